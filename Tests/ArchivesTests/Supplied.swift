import Archives

/// Bytes that a reader is fed with, and how many of them it has taken.
final class Supplied {
  /// How many bytes have been handed over.
  private(set) var taken = 0
  private let bytes: [UInt8]
  private let piece: Int
  private let failsAt: Int

  /// - Parameters:
  ///   - piece: bytes handed over at a time, at most.
  ///   - failsAt: where the bytes cannot be had any more.
  init(_ bytes: [UInt8], piece: Int = .max, failsAt: Int = .max) {
    self.bytes = bytes
    self.piece = piece
    self.failsAt = failsAt
  }

  /// How many there are.
  var count: Int64 { Int64(bytes.count) }

  /// A reader of them.
  func reader(_ limits: ArchiveLimits = ArchiveLimits()) -> TarGzipReader {
    TarGzipReader(packedSize: count, limits: limits) { offset, buffer in
      guard offset < self.failsAt else { return nil }
      let rest = self.bytes[min(Int(offset), self.bytes.count)...].prefix(min(self.piece, buffer.count))
      rest.withUnsafeBytes { buffer.copyMemory(from: $0) }
      self.taken += rest.count
      return rest.count
    }
  }
}

/// A member with its bytes.
struct ReadMember: Equatable {
  let member: ArchiveMember
  let content: [UInt8]
}

/// What a reader gave before it ended, and why it ended if that was not the end of the archive.
struct Reading: Equatable {
  var members: [ReadMember] = []
  var failure: ArchiveFailure?

  /// The names of the members, in order.
  var names: [String] { members.map(\.member.name) }

  /// Reads all members that `isWanted`; of the others there are no bytes.
  init(
    _ supplied: Supplied, _ limits: ArchiveLimits = ArchiveLimits(), isWanted: (ArchiveMember) -> Bool = { _ in true }
  ) {
    var reader = supplied.reader(limits)
    do throws(ArchiveFailure) {
      while let member = try reader.next() {
        var content: [UInt8] = []
        if isWanted(member) {
          try reader.read { piece in
            content += piece
            return true
          }
        }
        members.append(ReadMember(member: member, content: content))
      }
    } catch {
      failure = error
    }
  }

  /// Reads all members of an archive that is in memory.
  init(_ bytes: [UInt8], piece: Int = .max) { self.init(Supplied(bytes, piece: piece)) }
}
