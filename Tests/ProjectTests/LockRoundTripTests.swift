import Catalog
import Dataset
import MarkedText
import Project
import Testing

@Suite("A lock that is written and read")
struct LockRoundTripTests {
  @Test("is the same lock, and the same bytes when written again", arguments: 0..<100)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let catalogs = try (0..<2).map { try Self.catalog("lab\($0)", &generator) }
    let names = catalogs.flatMap { loaded in loaded.catalog.maps.map(\.id.description) }
    let wanted = names.filter { _ in Bool.random(using: &generator) } + [names[0]]
    let tags = catalogs.flatMap { $0.catalog.maps.flatMap(\.tags) }.prefix(2)
    let selectors = tags.map { "  - {tags: [\(quoted($0))], restricted: true}\n" }
    let entries = wanted.map { "  - \($0)\n" } + selectors
    let lock = try Desk.resolve(
      "version: 1\nannotations:\n\(entries.joined())", catalogs: catalogs + [Desk.builtin]
    ).lock
    let text = Desk.print(lock)
    let read = try Desk.readLock(text)
    #expect(read == lock)
    #expect(read.declarations.map { Array($0.utf8) } == lock.declarations.map { Array($0.utf8) })
    #expect(Desk.print(read) == text)
    #expect(text.utf8.filter { $0 == UInt8(ascii: "\n") }.count == Self.lines(of: lock), "one field a line")
  }

  /// Two lines of head, a line for each key of the whole, for each declaration and for each field.
  private static func lines(of lock: Lockfile) -> Int {
    let maps = lock.maps.reduce(0) { $0 + ($1.groups.isEmpty ? 5 : 6) }
    let files = lock.files.reduce(0) { count, file in
      let origin = if case .osf(let osf) = file.origin, osf.version != nil { 2 } else { 1 }
      let sums = [file.checksums?.size != nil, file.checksums?.md5 != nil, file.checksums?.sha256 != nil].filter { $0 }
      return count + 2 + origin + sums.count
    }
    return 2 + 5 + lock.declarations.count + lock.catalogs.count * 3 + maps + files
  }

  private static func catalog(_ name: String, _ generator: inout SeededGenerator) throws -> LoadedCatalog {
    var maps: [String] = []
    for index in 0..<Int.random(in: 1...5, using: &generator) {
      let isVolume = Bool.random(using: &generator)
      let hemispheres =
        isVolume
        ? [""] : [["hemi: L, "], ["hemi: R, "], ["hemi: R, ", "hemi: L, "]].randomElement(using: &generator) ?? []
      let files = hemispheres.map { "{\($0)\(bytes(&generator))}" }.joined(separator: ", ")
      let license = Bool.random(using: &generator) ? "license: \(quoted(generator.text(upTo: 6))), " : ""
      let restricted = Bool.random(using: &generator) ? "restricted: true, " : ""
      let tags = "tags: [\(quoted("t" + generator.text(upTo: 4)))]"
      maps.append(
        "{map: \(name)/m\(index).\(name)/X+/\(isVolume ? "2.5mm" : "10k"), \(license)\(restricted)\(tags), files: [\(files)]}"
      )
    }
    let revision = quoted("r" + generator.text(upTo: 4)).dropFirst().dropLast()
    return try Desk.catalog(
      name, revision: String(revision), folder: ["", "maps", "../x", "/abs"].randomElement(using: &generator) ?? "",
      maps: maps)
  }

  private static func bytes(_ generator: inout SeededGenerator) -> String {
    func hex(_ count: Int) -> String {
      String(
        (0..<count).map { _ in
          ["0123456789abcdef", "0123456789e"].randomElement(using: &generator)?.randomElement(using: &generator) ?? "0"
        })
    }
    let origin = [
      "osf: abc12/\(hex(24))", "osf: abc12/\(hex(24)), osf_version: 2", "url: \"a/\(hex(4))\"",
      "url: \"https://h/\(hex(4))?a=b#c\"",
    ]
    let sums = ["md5: \"\(hex(32))\"", "sha256: \"\(hex(64))\"", "md5: \"\(hex(32))\", sha256: \"\(hex(64))\""]
    let size = Bool.random(using: &generator) ? ", size: \(Int64.random(in: 0...Int64.max, using: &generator))" : ""
    return "\(origin.randomElement(using: &generator) ?? ""), \(sums.randomElement(using: &generator) ?? "")\(size)"
  }
}
