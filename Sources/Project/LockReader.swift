internal import Catalog
internal import Dataset
public import Diagnostics
internal import YAML

/// Reads neuromaps.lock.
///
/// The format, version 1, is described in docs/lock.md. A lock is accepted only in the form that
/// `LockWriter` gives it, byte for byte, so that two locks that say the same are the same file.
/// History: 1, the first; `atlases` is left out where there are none.
public enum LockReader {
  /// The version that this program reads and writes.
  public static let version: Int64 = 1

  /// What stands for a license that nobody stated.
  static let unknownLicense = "unknown"

  static let dialect = YAMLDialect(
    noun: "lock", byteLimit: 512 << 20, syntax: .lockSyntax, unknownKey: .lockUnknownKey,
    wrongValue: .lockWrongValue, duplicateKey: .lockDuplicateKey, missingKey: .lockMissingKey)

  /// What puts a broken lock right.
  static let repair = "`neuromaps lock` writes it anew from neuromaps.yaml"

  /// The lock of a file, or everything that is wrong with it.
  public static func read(_ source: SourceText) throws(Findings) -> Lockfile {
    if let marker = conflictMarker(source) { throw Findings(marker) }
    var problems = YAMLProblems(source, dialect)
    let lock = YAMLReader.read(&problems).flatMap { readLock($0, &problems) }
    guard problems.areNone, let lock else { throw Findings(problems.diagnostics) }
    if let difference = firstDifference(source, LockWriter.bytes(lock)) { throw Findings(difference) }
    return lock
  }

  // MARK: The file as text

  private static func conflictMarker(_ source: SourceText) -> Diagnostic? {
    let markers = ["<<<<<<< ", "=======", ">>>>>>> "].map { Array($0.utf8) }
    var number = 0
    for line in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard markers.contains(where: { line.starts(with: $0) }) else { continue }
      let span = SourceSpan(SourcePosition(line: number, column: 1), SourcePosition(line: number, column: 8))
      return Diagnostic(
        .lockConflictMarkers, "the lock has conflict markers of a merge", at: source.location(span),
        hints: ["merge neuromaps.yaml, then run `neuromaps lock`, which writes the lock anew"])
    }
    return nil
  }

  private static func firstDifference(_ source: SourceText, _ canonical: [UInt8]) -> Diagnostic? {
    guard source.bytes != canonical else { return nil }
    let same = zip(source.bytes, canonical).prefix { $0 == $1 }.count
    if same < source.bytes.count, source.bytes[same] == UInt8(ascii: "\r") {
      return Diagnostic(
        .lockNotCanonical, "the lines of the lock end in CR LF; it is written with LF",
        at: source.location(SourceSpan(line: source.position(ofByte: same).line, column: 1)),
        hints: ["keep git from changing it: a line `neuromaps.lock -text` in .gitattributes", repair])
    }
    let place = source.position(ofByte: same)
    let expected = SourceText(name: source.name, bytes: canonical).line(place.line)
    return Diagnostic(
      .lockNotCanonical, "the lock is not as neuromaps writes it; it has been edited",
      at: source.location(SourceSpan(line: place.line, column: place.column)),
      notes: ["this line should read `\(expected)`"], hints: [repair])
  }

  // MARK: The file as YAML

  private static func readLock(_ root: YAMLNode, _ problems: inout YAMLProblems) -> Lockfile? {
    // The version is looked at first: what else a newer lock holds is not for us to judge.
    if let node = root.fields?.first(where: { $0.name == "version" })?.value,
      let number = node.text.flatMap(Int64.init), number != version
    {
      problems.add(
        .lockVersion, "the lock is of format \(number); this program reads \(version)", at: node.span,
        notes: ["nothing was changed"], hints: [number > version ? "install a newer neuromaps" : repair])
      return nil
    }
    let known = ["version", "manifest", "catalogs", "maps", "atlases", "files"]
    guard let fields = YAMLFields(root, of: "the lock", known: known, &problems) else { return nil }
    _ = fields.required("version", &problems).flatMap { problems.count($0, for: "`version`") }
    func items(_ name: String) -> [YAMLNode] {
      fields.required(name, &problems, hints: [repair]).flatMap { problems.list($0, for: "`\(name)`") } ?? []
    }
    var reader = LockEntryReader()
    let declarations = items("manifest").compactMap { reader.readDeclaration($0, &problems) }
    let catalogs = items("catalogs").compactMap { reader.readCatalog($0, &problems) }
    let maps = items("maps").compactMap { reader.readMap($0, &problems) }
    let atlases = fields["atlases"] == nil ? [] : items("atlases").compactMap { reader.readAtlas($0, &problems) }
    let files = items("files").compactMap { reader.readFile($0, &problems) }
    if problems.areNone { reader.checkWhole(&problems) }
    return Lockfile(declarations: declarations, catalogs: catalogs, maps: maps, atlases: atlases, files: files)
  }
}
