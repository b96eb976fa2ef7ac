import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("Every lock that was ever written")
struct LockGoldenTests {
  @Test("reads, and prints back the same", arguments: LockFixture.all)
  func goldens(_ file: RepositoryFile) throws {
    let text = try file.text()
    #expect(Desk.print(try Desk.readLock(text)) == text)
  }

  @Test("prints the same whatever the order of its parts was", arguments: LockFixture.all)
  func shuffled(_ file: RepositoryFile) throws {
    let lock = try Desk.readLock(try file.text())
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<10 {
      let twin = Lockfile(
        declarations: lock.declarations.shuffled(using: &generator),
        catalogs: lock.catalogs.shuffled(using: &generator),
        maps: lock.maps.shuffled(using: &generator), atlases: lock.atlases.shuffled(using: &generator),
        files: lock.files.shuffled(using: &generator), metadata: lock.metadata,
        references: lock.references.shuffled(using: &generator))
      #expect(twin == lock)
      #expect(LockWriter.bytes(twin) == LockWriter.bytes(lock))
    }
  }

  @Test("every field of it arrives")
  func fields() throws {
    let lock = try Desk.readLock(try LockFixture.lab.text())
    #expect(lock.declarations.count == 5)
    #expect(lock.declarations[2] == #"annotation {restricted: true, source: [lab], tags: ["größe, außen", x]}"#)
    #expect(lock.catalogs.map(\.name) == ["lab", "zweites-labor"])
    #expect(lock.catalogs.map(\.revision) == ["2026-01-02", "größer als zuvor"])
    #expect(lock.catalogs.map(\.sha256.hex) == [digest("d", 64), digest("e", 64)])
    #expect(lock.names == ["a/blob/MNI152/2mm", "ab/depth/fsaverage/10k", "lab/v1.2/civet/41k"])
    #expect(lock.maps.map(\.catalog) == ["lab", "zweites-labor", "lab"])
    #expect(lock.maps.map(\.groups) == [["figures", "supplement"], ["1"], []])
    #expect(lock.maps.map(\.license) == ["CC BY-NC-SA 4.0", "only after writing to us: see our page", nil])
    #expect(lock.maps.map(\.isRestricted) == [false, true, false])
    #expect(lock.files.map(\.item.description) == [lock.names[0], lock.names[1], lock.names[1], lock.names[2]])
    let osf = [
      OSFFile(project: "4mw3a", file: "60c2290118f70b01fca797eb", version: 3),
      OSFFile(project: "4mw3a", file: "60c228f5f3ce9401fa24e521"),
    ].compactMap { $0 }.map(Origin.osf)
    #expect(
      lock.files.map(\.origin)
        == [.relative("my-lab/maps/blob.nii.gz")] + osf + [.url("https://lab.example.org/a%20b.gii?x=1#y")])
    #expect(lock.files.map(\.checksums?.size) == [0, .max, nil, nil])
    #expect(
      lock.files.map(\.checksums?.md5?.hex) == [digest("a", 32), nil, digest("b", 32), digest("0", 32)])
    #expect(lock.files.map(\.checksums?.sha256?.hex) == [digest("f", 64), digest("e", 64), nil, digest("1", 64)])
  }

  @Test("every field of an atlas arrives")
  func atlasFields() throws {
    let unpinned = try Desk.readLock(try LockFixture.atlases.text())
    #expect(
      unpinned.declarations == ["atlas MNI152/2mm", "atlas fsLR/*", "atlas regfusion", "catalog path lab/c.yaml"])
    #expect(unpinned.maps.isEmpty)
    #expect(unpinned.atlases.map(\.id.description) == ["MNI152/2mm", "fsLR/32k", "fsLR/4k", "regfusion"])
    #expect(unpinned.atlases.map(\.catalog) == ["neuromaps", "neuromaps", "neuromaps", "lab"])
    #expect(unpinned.atlases.map(\.archive) == ["MNI2mm.tar.gz", "fsLR32k.tar.gz", "fsLR4k.tgz", "größe, 1.tar.gz"])
    let osf = [
      OSFFile(project: "4mw3a", file: "60b684ab", version: 2), OSFFile(project: "4mw3a", file: "60b684ac"),
      OSFFile(project: "4mw3a", file: "60b684ad"),
    ].compactMap { $0 }.map(Origin.osf)
    #expect(unpinned.atlases.map(\.origin) == osf + [.relative("lab/archives/regfusion.tar.gz")])
    #expect(unpinned.atlases.map(\.checksums.size) == [nil, 0, nil, nil])
    #expect(unpinned.files.map(\.content) == [LockedFile.Content](repeating: .member(nil), count: 6))
    #expect(unpinned.files.map(\.item.kind) == [String](repeating: "atlas", count: 6))
    #expect(
      unpinned.files.map(\.item.description)
        == ["MNI152/2mm", "fsLR/32k", "fsLR/32k", "fsLR/4k", "regfusion", "regfusion"])

    let pinned = try Desk.readLock(try LockFixture.pinnedAtlases.text())
    #expect(pinned.items.map(\.description) == ["a/blob/MNI152/2mm", "fsLR/32k", "regfusion"])
    #expect(pinned.atlases.map(\.checksums.isComplete) == [true, true])
    #expect(pinned.files.map(\.checksums?.size) == [7, 0, .max, nil])
    #expect(
      pinned.files.map(\.checksums?.sha256?.hex) == [digest("f", 64), digest("1", 64), digest("e", 64), nil])
    #expect(pinned.files.map(\.checksums?.md5?.hex) == [nil, digest("0", 32), nil, nil])
  }

  @Test("every field that revision 2 has brought arrives")
  func revisionFields() throws {
    let lock = try Desk.readLock(try LockFixture.groups.text())
    #expect(lock.declarations.count == 10)
    #expect(lock.declarations[3] == "group 2 atlas regfusion")
    #expect(lock.declarations[5] == #"group figures annotation {source: [c], tags: ["größe, außen"]}"#)
    #expect(lock.declarations.suffix(2) == [#"license deny "CC BY-NC-SA 4.0""#, "license unknown warn"])
    #expect(lock.recorded == ["lab 2", "neuromaps 0.0.7-1"])
    #expect(
      lock.demanded == [
        "a/blob/MNI152/2mm", "b/depth/fsLR/32k figures", "c/one/MNI152/1mm figures supplement", "fsLR/32k",
        "regfusion 2 supplement",
      ])
    #expect(lock.maps.map(\.revision) == [nil, "1", "before the move"])
    #expect(lock.atlases.map(\.revision) == [nil, "0.9"])
    #expect(lock.groups == ["2", "figures", "supplement"])
  }

  @Test("every field that revision 3 has brought arrives")
  func facts() throws {
    let lock = try Desk.readLock(try LockFixture.facts.text())
    #expect(lock.metadata == 1)
    #expect(lock.catalogs.map(\.title) == ["Maps of our lab: größe, außen", nil])
    #expect(lock.catalogs.map(\.cite) == [["lab2024", "doe2020"], []])
    #expect(lock.catalogs.map(\.caution) == ["Ask us first.\nThen wait.", nil])
    let named = lock.references.map { "\($0.catalog) \($0.reference.key) \($0.revision ?? "-") \($0.reference.type)" }
    #expect(
      named == [
        "lab doe2020 - article", "lab doe2020 1 misc", "lab doe2020 unknown article", "lab lab2024 - misc",
        "other 2020 - article", "other doe2020 - article",
      ])
    let paper = try #require(lock.references.first?.reference)
    #expect(paper.authors == ["Doe, Jane Q", "Müller, José", "others"])
    #expect(
      [paper.title, paper.year, paper.journal, paper.volume] == ["Blobs: a review", "2020", "Journal of Brains", "1"])
    #expect([paper.number, paper.pages, paper.doi] == ["2-3", "e12", "10.1/x_y"])
    #expect([paper.url, paper.publisher] == ["https://example.org/blobs?a=b#c", "Brains & Sons"])
    let all = try #require(lock.maps[0].facts)
    #expect([all.licenseURL, all.title] == ["https://creativecommons.org/licenses/by/4.0/", "A blob: of nothing"])
    #expect([all.modality, all.measure, all.target] == ["PET", "BPnd", "5-HT1a"])
    #expect([all.n, all.age, all.note] == ["12", "28.4 (5.1)", "Mind\ttabs, \"quotes\"\nand lines."])
    #expect(
      lock.maps.map(\.facts?.primary) == [
        ["doe2020", "lab2024"], [], ["doe2020"], ["2020", "doe2020", "doe2020"], [],
      ])
    #expect(lock.maps.map(\.facts?.secondary) == [["lab2024", "doe2020"], ["doe2020"], [], [], []])
    #expect(lock.maps.map(\.facts?.title) == ["A blob: of nothing", "", nil, nil, nil])
    #expect(lock.maps[4].facts == MapFacts())
    let shelf = LockedReferences(lock)
    #expect(shelf.primary(of: lock.maps[0]).map(\.title) == ["Blobs: a review", nil])
    #expect(shelf.secondary(of: lock.maps[1]).map(\.title) == ["Blobs"], "of the map's own revision")
    #expect(shelf.primary(of: lock.maps[2]).map(\.type) == ["misc"])
    #expect(shelf.primary(of: lock.maps[3]).map(\.title) == [nil, "Something else", "Something else"])
    #expect(shelf.cite(of: lock.catalogs[0]).map(\.key) == ["lab2024", "doe2020"])
  }

  @Test("has the number that it needs, and before the third nothing is known of maps", arguments: LockFixture.all)
  func revisions(_ file: RepositoryFile) throws {
    let text = try file.text()
    let lock = try Desk.readLock(text)
    let number = file.path.contains("/v1/") ? nil : file.path.contains("/v1r2/") ? 2 : 3
    for other in 2...3 { #expect(text.contains("\nrevision: \(other)\n") == (other == number)) }
    if number != 3 { #expect(lock.groups.isEmpty == (number == nil)) }
    #expect((lock.metadata == nil) == (number != 3))
    #expect(lock.maps.allSatisfy { ($0.facts == nil) == (number != 3) })
  }

  @Test("of before there were atlases has no word of them", arguments: ["builtin", "empty", "lab"])
  func withoutAtlases(name: String) throws {
    let text = try RepositoryFile("Tests/ProjectTests/Locks/v1/\(name).lock").text()
    #expect(!text.contains("\natlases:"))
    #expect(try Desk.readLock(text).atlases.isEmpty)
  }

  @Test("cut short it is refused, between two files too: some map is then without its own", arguments: LockFixture.all)
  func prefixes(_ file: RepositoryFile) throws {
    let bytes = try file.bytes()
    // Without digests of its last file that it can do without, it is a lock like any other.
    let lines = try file.text().split(separator: "\n", omittingEmptySubsequences: false)
    let others = lines[..<(lines.lastIndex { $0.hasPrefix("- path: ") } ?? 0)].reduce(0) { $0 + $1.utf8.count + 1 }
    let read = (0..<bytes.count).filter { Desk.lockFindings(Array(bytes.prefix($0))).isEmpty }
    #expect(read.filter { $0 <= others } == [])
    #expect(Desk.lockFindings(bytes) == [])
  }

  @Test("with any byte changed it is refused, or is the canonical form of another lock", arguments: LockFixture.all)
  func flips(_ file: RepositoryFile) throws {
    let whole = try file.bytes()
    let original = try Desk.readLock(try file.text())
    var generator = SeededGenerator(seed: 7)
    for index in whole.indices {
      var bytes = whole
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      guard bytes != whole, let text = String(validating: bytes, as: UTF8.self) else { continue }
      do throws(Findings) {
        let lock = try Desk.readLock(text)
        #expect(Array(Desk.print(lock).utf8) == bytes)
        #expect(lock != original)
      } catch {
        #expect(error.diagnostics.allSatisfy { $0.location != nil })
      }
    }
  }

  @Test(
    "with any line taken out or repeated it is refused, or is the canonical form of another lock",
    arguments: LockFixture.all)
  func lines(_ file: RepositoryFile) throws {
    let whole = try file.text()
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for index in lines.indices.dropLast() {
      for edited in [Array(lines[..<index] + lines[(index + 1)...]), Array(lines[...index] + lines[index...])] {
        let text = edited.joined(separator: "\n")
        do throws(Findings) { #expect(try Desk.print(Desk.readLock(text)) == text) } catch {
          #expect(error.diagnostics.allSatisfy { $0.location != nil })
        }
      }
    }
  }
}
