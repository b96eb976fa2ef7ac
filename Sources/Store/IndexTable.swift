internal import Dataset
package import Effects
package import SystemPackage

/// An index as it lies in its file: read without making a value of every line, so that a hundred thousand files
/// are looked at as fast as the system can.
package struct IndexTable: Sendable {
  /// A line: where its parts are in the bytes, and the numbers that are compared at every look.
  struct Row: Sendable {
    let path: Range<Int>
    /// SHA-256, MD5 and flags.
    let rest: Range<Int>
    let status: FileStatus
  }

  static let text = SealedText("neuromaps-index 2")

  /// Whose it is.
  package let project: String
  /// The lock that the directory answers.
  package let answer: IndexedAnswer?
  /// Those of the files sorted by path, then those of the folders.
  let rows: [Row]
  private let bytes: [UInt8]

  /// Nil for anything that is not an index, whole.
  package init?(bytes: [UInt8]) {
    guard let start = Self.text.start(of: bytes) else { return nil }
    var reader = LineReader(bytes: bytes, position: start)
    guard let project = reader.fields(), project.count == 2, project[0] == "project",
      let answer = reader.fields(), answer.count >= 2, answer[0] == "answer"
    else { return nil }
    self.bytes = bytes
    self.project = project[1]
    self.answer = IndexedAnswer(Array(answer.dropFirst()))
    guard self.answer != nil || answer[1] == "-" else { return nil }
    var rows: [Row] = []
    rows.reserveCapacity(self.answer?.files ?? 0)
    while !reader.isAtEnd {
      guard let row = reader.row() else { return nil }
      rows.append(row)
    }
    self.rows = rows
  }

  /// Whether the project has placed files that it does not want any more.
  package var hasLeftovers: Bool { rows.contains { $0.status.kind == .file && !isWanted($0) } }

  /// Whether it is known that there was nothing in the folders but files of the project.
  package var knowsFolders: Bool { rows.last?.status.kind == .folder }

  /// Whether every file that the project wants, or every folder that leads to one, is there and as it was; what was
  /// changed in the tick in which the index was written does not count as such.
  ///
  /// - Parameters:
  ///   - part: which lines are looked at.
  ///   - kind: files or folders.
  ///   - root: the data directory.
  ///   - written: when the index was written, in nanoseconds since 1970.
  package func isStillSo(
    _ part: Range<Int>, _ kind: FileStatus.Kind, in root: FilePath, written: Int64, _ files: any FileSystem
  ) throws(FileError) -> Bool {
    let asked = rows[part].filter { $0.status.kind == kind && (kind == .folder || isWanted($0)) }
    guard asked.allSatisfy({ $0.status.changed < written }) else { return false }
    for (row, status) in zip(asked, try files.statuses(asked.map(\.path), of: bytes, below: root)) {
      guard let status, row.status == status || entry(of: row)?.describes(status) == true else { return false }
    }
    return true
  }

  /// How many lines there are.
  package var count: Int { rows.count }

  /// Whether the project wants all of some paths, which are sorted.
  package func wants(_ paths: [String]) -> Bool {
    var wanted = rows.lazy.filter { isWanted($0) }.map { bytes[$0.path] }.makeIterator()
    var next = wanted.next()
    return paths.allSatisfy { path in
      while let line = next, line.lexicographicallyPrecedes(path.utf8) { next = wanted.next() }
      return next?.elementsEqual(path.utf8) ?? false
    }
  }

  /// The path of a line, as it is written.
  func path(of row: Row) -> String { String(decoding: bytes[row.path], as: UTF8.self) }

  /// Whether the project wants the file of a line.
  func isWanted(_ row: Row) -> Bool {
    // The flags are what stands behind the last tab.
    bytes[row.rest.upperBound - 1] == UInt8(ascii: "w") || bytes[row.rest].suffix(2).elementsEqual("wp".utf8)
  }

  /// All that a line says; nil when it is none of an index.
  func entry(of row: Row) -> DataIndex.Entry? {
    let fields = bytes[row.rest].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 3, let sha256 = SHA256Digest(fields[0]), fields[1] == "-" || MD5Digest(fields[1]) != nil,
      ["", "w", "p", "wp"].contains(fields[2])
    else { return nil }
    return DataIndex.Entry(
      status: row.status,
      checksums: Checksums(size: row.status.size, md5: MD5Digest(fields[1]), sha256: sha256),
      isPlaced: fields[2].hasSuffix("p"), isWanted: fields[2].hasPrefix("w"))
  }
}

/// Takes an index apart, byte for byte.
private struct LineReader {
  private let bytes: [UInt8]
  private var position: Int

  init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next line's fields.
  mutating func fields() -> [String]? {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { position = end + 1 }
    return bytes[position..<end].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The next line, one of a file.
  mutating func row() -> IndexTable.Row? {
    guard let path = text(to: UInt8(ascii: "\t")), !path.isEmpty, let size = number(), let modified = number(),
      let changed = number(), let inode = number(), let rest = text(to: UInt8(ascii: "\n"))
    else { return nil }
    let isFolder = bytes[path.upperBound - 1] == UInt8(ascii: "/")
    let status = FileStatus(
      kind: isFolder ? .folder : .file, size: size, modified: modified, changed: changed,
      inode: UInt64(bitPattern: inode))
    return IndexTable.Row(path: isFolder ? path.lowerBound..<(path.upperBound - 1) : path, rest: rest, status: status)
  }

  private mutating func text(to end: UInt8) -> Range<Int>? {
    let start = position
    while position < bytes.count {
      if bytes[position] == end {
        position += 1
        return start..<(position - 1)
      }
      position += 1
    }
    return nil
  }

  /// A decimal number of 64 bits and the tab behind it; an inode may need them all.
  private mutating func number() -> Int64? {
    let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var value: UInt64 = 0
    let start = position
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = shifted.addingReportingOverflow(UInt64(digit))
      guard !overflows, !overflowsToo else { return nil }
      value = sum
      position += 1
    }
    guard position > start, position < bytes.count, bytes[position] == UInt8(ascii: "\t") else { return nil }
    position += 1
    return Int64(bitPattern: isNegative ? 0 &- value : value)
  }
}
