/// The bytes of a file in order, unpacked if they are gzip: members in a row, and zeros after the last, as
/// Python's gzip takes them.
struct ImageBytes: ~Copyable {
  /// Whether they are gzip; known once a byte was asked for.
  private(set) var isCompressed = false

  private let supply: ImageSupply
  private let limits: ImageLimits
  /// What was supplied last, and what of it is still to be used.
  private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  private var unused = 0..<0
  private var offset: Int64 = 0
  private var unpacked: Int64 = 0
  /// What was only looked at.
  private var peeked: [UInt8] = []
  private var inflater: Inflater?
  private var isBetweenMembers = false
  private var hasBegun = false

  /// Nothing is asked for yet.
  init(limits: ImageLimits, supply: @escaping ImageSupply) {
    self.limits = limits
    self.supply = supply
  }

  deinit { window.deallocate() }

  /// The next bytes, which remain the next; fewer only at the end.
  mutating func peek(_ count: Int) throws(ImageFailure) -> [UInt8] {
    guard peeked.count < count else { return Array(peeked.prefix(count)) }
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try read(&bytes)
    peeked = Array(bytes.prefix(filled))
    return peeked
  }

  /// Fills an array; says how many bytes came, fewer only at the end.
  mutating func read(_ bytes: inout [UInt8]) throws(ImageFailure) -> Int {
    var failure: ImageFailure?
    let count = bytes.withUnsafeMutableBytes { buffer in
      do throws(ImageFailure) { return try read(into: buffer) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }

  /// Fills a buffer; says how many bytes came, fewer only at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ImageFailure) -> Int {
    if !hasBegun { try begin() }
    var count = min(peeked.count, buffer.count)
    peeked.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    peeked.removeFirst(count)
    while count < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let more = isCompressed ? try unpack(into: rest) : try copy(into: rest)
      guard more > 0 else { break }
      count += more
      unpacked += Int64(more)
      let limit = isCompressed ? limits.bytes(for: offset) : limits.bytes
      guard unpacked <= limit else { throw .tooLarge(limit: limit) }
    }
    return count
  }

  /// Passes over some bytes; false if there are fewer.
  mutating func skip(_ count: Int64) throws(ImageFailure) -> Bool {
    var scratch = [UInt8](repeating: 0, count: Int(min(max(count, 0), 64 << 10)))
    var rest = count
    while rest > 0 {
      if rest < scratch.count { scratch.removeLast(scratch.count - Int(rest)) }
      let skipped = try read(&scratch)
      guard skipped > 0 else { return false }
      rest -= Int64(skipped)
    }
    return true
  }

  /// Reads to the end, so that a checksum there is looked at. A little may follow the data.
  mutating func finish() throws(ImageFailure) {
    var scratch = [UInt8](repeating: 0, count: 64 << 10)
    var rest: Int64 = 0
    while true {
      let count = try read(&scratch)
      guard count > 0 else { return }
      rest += Int64(count)
      guard rest <= limits.trailingBytes else { throw .broken("far more follows its data than belongs there") }
    }
  }

  private mutating func begin() throws(ImageFailure) {
    hasBegun = true
    while unused.count < 2 {
      let count = try supplied(UnsafeMutableRawBufferPointer(rebasing: window[unused.upperBound...]))
      guard count > 0 else { break }
      unused = 0..<unused.upperBound + count
    }
    isCompressed = unused.count >= 2 && window[0] == 0x1f && window[1] == 0x8b
    if isCompressed { inflater = Inflater(.gzip) }
  }

  private mutating func copy(into buffer: UnsafeMutableRawBufferPointer) throws(ImageFailure) -> Int {
    guard !unused.isEmpty else { return try supplied(buffer) }
    let piece = unused.prefix(buffer.count)
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: window[piece]))
    unused = piece.upperBound..<unused.upperBound
    return piece.count
  }

  private mutating func unpack(into buffer: UnsafeMutableRawBufferPointer) throws(ImageFailure) -> Int {
    while true {
      if isBetweenMembers {
        guard try findMember() else { return 0 }
        inflater?.reset()
        isBetweenMembers = false
      }
      let input = UnsafeRawBufferPointer(rebasing: window[unused])
      guard let step = try inflater?.inflate(input, into: buffer) else { return 0 }
      unused = unused.lowerBound + step.consumed..<unused.upperBound
      isBetweenMembers = step.isAtEnd
      if step.produced > 0 { return step.produced }
      // zlib may still have something when all is supplied; only then is it time to ask for more.
      if step.consumed == 0, !step.isAtEnd {
        guard try refill() else { throw .truncated(expected: nil) }
      }
    }
  }

  /// Whether another member follows; else the end does.
  private mutating func findMember() throws(ImageFailure) -> Bool {
    while true {
      if let index = unused.first(where: { window[$0] != 0 }) {
        unused = index..<unused.upperBound
        guard window[index] == 0x1f else { throw .broken("something that is not gzip follows its compressed data") }
        return true
      }
      guard try refill() else { return false }
    }
  }

  private mutating func refill() throws(ImageFailure) -> Bool {
    unused = 0..<(try supplied(window))
    return !unused.isEmpty
  }

  private mutating func supplied(_ buffer: UnsafeMutableRawBufferPointer) throws(ImageFailure) -> Int {
    guard let count = supply(offset, buffer), (0...buffer.count).contains(count) else { throw .interrupted }
    offset += Int64(count)
    return count
  }
}
