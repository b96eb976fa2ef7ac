internal import Catalog
internal import Dataset
public import Diagnostics
internal import YAML

/// Reads neuromaps.lock.
///
/// The format, version 1, is described in docs/lock.md. A lock is accepted only in the form that
/// `LockWriter` gives it, byte for byte, so that two locks that say the same are the same file.
/// History: 1, the first; `atlases` is left out where there are none. Revision 2 of it: `groups` of atlases,
/// `revision` of maps and atlases; a lock that has none of these, nor `groups` of maps, is written as revision 1,
/// which has no number. Revision 3: `metadata` and `references`, with what is known of catalogs and maps; a lock
/// without `metadata` is written as before.
public enum LockReader {
  /// The version that this program reads and writes.
  public static let version: Int64 = 1

  /// The revision of that version, up to which locks are read. A program that knows less would not understand them.
  public static let revision: Int64 = 3

  /// What stands for a license that nobody stated.
  static let unknownLicense = "unknown"

  static let dialect = YAMLDialect(
    noun: "lock", byteLimit: 512 << 20, syntax: .lockSyntax, unknownKey: .lockUnknownKey,
    wrongValue: .lockWrongValue, duplicateKey: .lockDuplicateKey, missingKey: .lockMissingKey)

  /// What puts a broken lock right.
  static let repair = "`neuromaps lock` writes it anew from neuromaps.yaml"

  /// The lock of a file, or everything that is wrong with it.
  public static func read(_ source: SourceText) throws(Findings) -> Lockfile {
    if let marker = source.conflictMarker {
      throw Findings(
        Diagnostic(
          .lockConflictMarkers, "the lock has conflict markers of a merge", at: source.location(marker),
          hints: ["merge neuromaps.yaml, then run `neuromaps lock`, which merges the lock"]))
    }
    var problems = YAMLProblems(source, dialect)
    let lock = YAMLReader.read(&problems).flatMap { readLock($0, &problems) }
    guard problems.areNone, let lock else { throw Findings(problems.diagnostics) }
    if let difference = firstDifference(source, LockWriter.bytes(lock)) { throw Findings(difference) }
    return lock
  }

  /// What a lock says that git has merged line by line: it may have lost its order, and some of its entries. Nil for
  /// one that cannot be read at all.
  ///
  /// - Throws: that it is of a format that this program does not know.
  static func readMerged(_ source: SourceText) throws(Findings) -> Lockfile? {
    var problems = YAMLProblems(source, dialect)
    let lock = YAMLReader.read(&problems).flatMap { readLock($0, &problems, isWhole: false) }
    let formats = problems.diagnostics.filter { $0.code == .lockVersion }
    guard formats.isEmpty else { throw Findings(formats) }
    return lock
  }

  // MARK: The file as text

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

  /// The keys of a lock, in their order.
  package static let keys = [
    "version", "revision", "metadata", "manifest", "catalogs", "references", "maps", "atlases", "files",
  ]

  private static func readLock(
    _ root: YAMLNode, _ problems: inout YAMLProblems, isWhole: Bool = true
  ) -> Lockfile? {
    guard isOfKnownFormat(root, &problems) else { return nil }
    guard let fields = YAMLFields(root, of: "the lock", known: keys, &problems) else { return nil }
    _ = fields.required("version", &problems).flatMap { problems.count($0, for: "`version`") }
    _ = fields["revision"].flatMap { problems.count($0, for: "`revision`") }
    let metadata = fields["metadata"].flatMap { node in
      problems.value(node, for: "`metadata`", expected: "a whole number from 1 on") { text in
        Int64(text).flatMap { $0 >= 1 && String($0) == text ? $0 : nil }
      }
    }
    func items(_ name: String) -> [YAMLNode] {
      fields.required(name, &problems, hints: [repair]).flatMap { problems.list($0, for: "`\(name)`") } ?? []
    }
    var reader = LockEntryReader(readsFacts: metadata != nil)
    let declarations = items("manifest").compactMap { reader.readDeclaration($0, &problems) }
    let catalogs = items("catalogs").compactMap { reader.readCatalog($0, &problems) }
    let references = metadata == nil ? [] : items("references").compactMap { reader.readReference($0, &problems) }
    let maps = items("maps").compactMap { reader.readMap($0, &problems) }
    let atlases = fields["atlases"] == nil ? [] : items("atlases").compactMap { reader.readAtlas($0, &problems) }
    let files = items("files").compactMap { reader.readFile($0, &problems) }
    if isWhole, problems.areNone { reader.checkWhole(&problems) }
    return Lockfile(
      declarations: declarations, catalogs: catalogs, maps: maps, atlases: atlases, files: files, metadata: metadata,
      references: references)
  }

  /// What else a newer lock holds is not for us to judge, so this is looked at before anything else.
  private static func isOfKnownFormat(_ root: YAMLNode, _ problems: inout YAMLProblems) -> Bool {
    func number(_ key: String) -> (Int64, YAMLNode)? {
      guard let node = root.fields?.first(where: { $0.name == key })?.value else { return nil }
      return node.text.flatMap(Int64.init).map { ($0, node) }
    }
    func refuse(_ node: YAMLNode, _ message: String, isLater: Bool = true) -> Bool {
      problems.add(
        .lockVersion, message, at: node.span, notes: ["nothing was changed"],
        hints: [isLater ? "install a newer neuromaps" : repair])
      return false
    }
    if let (format, node) = number("version"), format != version {
      return refuse(
        node, "the lock is of format \(format); this program reads \(version)", isLater: format > version)
    }
    if let (part, node) = number("revision"), part > revision {
      return refuse(
        node, "the lock is of revision \(part) of format \(version); this program reads revision \(revision)")
    }
    // What would be written from it would not be what its version promises.
    if let (metadata, node) = number("metadata"), metadata > Lockfile.metadataVersion {
      return refuse(
        node, "the lock's metadata is of version \(metadata); this program writes \(Lockfile.metadataVersion)")
    }
    return true
  }
}
