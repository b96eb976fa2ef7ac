private import CLibArchive

/// libarchive's reader of `.tar.gz`, fed by a closure: members in the order of the archive, nothing
/// written anywhere, no C beyond this file.
///
/// A name, a link or a size in the archive has no effect of its own: the caller decides what to do
/// with the bytes of which member.
package struct TarGzipReader: ~Copyable {
  /// Fills a buffer with the bytes from an offset on, and says how many; 0 at the end, nil for failure.
  package typealias Supply = (_ offset: Int64, _ buffer: UnsafeMutableRawBufferPointer) -> Int?

  private let archive: OpaquePointer
  private let feed: Feed
  private let limits: ArchiveLimits
  private let byteLimit: Int64
  private var members = 0
  private var bytes: Int64 = 0
  private var current: ArchiveMember?
  private var isAtEnd = false

  /// Begins to read.
  ///
  /// - Parameter packedSize: bytes of the archive itself, for the limit on how dense it may be.
  package init(packedSize: Int64, limits: ArchiveLimits = ArchiveLimits(), supply: @escaping Supply) {
    guard let archive = archive_read_new() else { preconditionFailure("no memory for an archive reader") }
    self.archive = archive
    self.limits = limits
    byteLimit = limits.bytes(for: packedSize)
    feed = Feed(supply)
    archive_read_support_format_tar(archive)
    archive_read_support_filter_gzip(archive)
    let context = Unmanaged.passUnretained(feed).toOpaque()
    // Should it not open, the first call of `next` says so.
    archive_read_open(archive, context, nil, { Feed.read($1, $2) }, nil)
  }

  deinit { archive_read_free(archive) }

  /// The next member; what was left of the one before is passed over. Nil at the end.
  package mutating func next() throws(ArchiveFailure) -> ArchiveMember? {
    if current != nil { try read { _ in true } }
    guard !isAtEnd else { return nil }
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    try checkFilters()
    if status == ARCHIVE_EOF {
      isAtEnd = true
      return nil
    }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw failure }
    members += 1
    guard members <= limits.members else { throw .tooManyMembers(limit: limits.members) }
    let member = ArchiveMember(name: Self.name(of: entry), kind: Self.kind(of: entry), size: archive_entry_size(entry))
    guard member.size <= byteLimit - bytes else { throw .tooLarge(limit: byteLimit) }
    current = member
    return member
  }

  /// Hands over the bytes of the member that `next` gave, piece by piece, while `body` says true.
  package mutating func read(_ body: (UnsafeRawBufferPointer) -> Bool) throws(ArchiveFailure) {
    guard let member = current else { return }
    current = nil
    var position: Int64 = 0
    while true {
      var piece: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      let status = archive_read_data_block(archive, &piece, &count, &offset)
      if status == ARCHIVE_EOF {
        guard position == member.size || member.kind != .file else { throw .sparse(member.name) }
        return
      }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw failure }
      guard offset == position else { throw .sparse(member.name) }
      position += Int64(count)
      bytes += Int64(count)
      guard bytes <= byteLimit else { throw .tooLarge(limit: byteLimit) }
      guard body(UnsafeRawBufferPointer(start: piece, count: count)) else { throw .interrupted }
    }
  }

  /// Exactly gzip, once; and what it gave counts, also what lies between the members.
  private func checkFilters() throws(ArchiveFailure) {
    guard archive_filter_count(archive) == 2, archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP else {
      throw feed.hasFailed ? .interrupted : .broken("it is not compressed with gzip, once")
    }
    // A member has a header, a long name perhaps, and padding.
    let slack = Int64(members + 16) * 4096
    guard archive_filter_bytes(archive, 0) <= byteLimit + slack else { throw .tooLarge(limit: byteLimit) }
  }

  private var failure: ArchiveFailure {
    if feed.hasFailed { return .interrupted }
    return .broken(archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be read")
  }

  private static func name(of entry: OpaquePointer) -> String {
    // In a C locale a name beyond ASCII has one form at most; one that has none is nobody's.
    (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map { String(cString: $0) } ?? ""
  }

  private static func kind(of entry: OpaquePointer) -> ArchiveMember.Kind {
    if archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil { return .link }
    // The types of stat(2), which libarchive spells as macros that Swift does not see.
    return switch UInt32(archive_entry_filetype(entry)) & 0o170000 {
    case 0o100000: .file
    case 0o040000: .folder
    case 0o120000: .link
    default: .special
    }
  }

  /// What libarchive asks for bytes; lives as long as the reader, and so does its buffer.
  private final class Feed {
    private let supply: Supply
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    private var offset: Int64 = 0
    private(set) var hasFailed = false

    init(_ supply: @escaping Supply) { self.supply = supply }
    deinit { buffer.deallocate() }

    static func read(
      _ context: UnsafeMutableRawPointer?, _ piece: UnsafeMutablePointer<UnsafeRawPointer?>?
    ) -> Int {
      guard let context, let piece else { return -1 }
      let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
      guard let count = feed.supply(feed.offset, feed.buffer) else {
        feed.hasFailed = true
        return -1
      }
      feed.offset += Int64(count)
      piece.pointee = UnsafeRawPointer(feed.buffer.baseAddress)
      return count
    }
  }
}
