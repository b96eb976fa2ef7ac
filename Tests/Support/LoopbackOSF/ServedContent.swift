/// Where the bytes of a served file are.
public enum ServedContent: Sendable, Hashable {
  /// A file on disk, streamed in chunks and never held as a whole.
  case path(String)

  /// Bytes in memory.
  case bytes([UInt8])
}
