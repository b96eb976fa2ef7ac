/// The values of a data array, made of its text as that comes: no more than a piece is in memory.
struct GIfTIArrayData: ~Copyable {
  /// What takes the values, in the order of the file.
  typealias Sink = (UnsafeBufferPointer<Double>) throws(ImageFailure) -> Void

  /// What they should be.
  let header: GIfTIArrayHeader

  private let limits: ImageLimits
  private let decoder: ValueDecoder
  private var base64 = Base64Decoder()
  private var scanner: NumberScanner
  private var inflater: Inflater?
  private var isUnpacked = false
  private var packedCount: Int64 = 0
  private var unpackedCount: Int64 = 0
  private var count = 0

  /// What base64 stands for; as much as a piece of text may bring.
  private let decoded = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Base64Decoder.room(for: textSize), alignment: 16)
  /// Bytes of values, of which the last may not be whole.
  private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  private var filled = 0
  private let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: 64 << 10)

  /// Bytes of text that are decoded at once.
  private static let textSize = 64 << 10

  /// Nothing has come yet.
  init(_ header: GIfTIArrayHeader, limits: ImageLimits) {
    self.header = header
    self.limits = limits
    decoder = ValueDecoder(type: header.dataType, order: header.byteOrder ?? .little)
    scanner = NumberScanner(header.dataType)
    inflater = header.encoding == .packed ? Inflater(.either) : nil
  }

  deinit {
    decoded.deallocate()
    bytes.deallocate()
    values.deallocate()
  }

  /// Goes on by some text.
  mutating func take(_ text: UnsafeRawBufferPointer, _ sink: Sink) throws(ImageFailure) {
    if header.encoding == .text {
      for start in stride(from: 0, to: text.count, by: Self.textSize) {
        let piece = text[start..<min(start + Self.textSize, text.count)]
        try scan(UnsafeRawBufferPointer(rebasing: piece), sink)
      }
      return
    }
    var start = 0
    while start < text.count {
      let end = min(start + Self.textSize, text.count)
      let count = try base64.decode(UnsafeRawBufferPointer(rebasing: text[start..<end]), into: decoded)
      try add(UnsafeRawBufferPointer(rebasing: decoded[..<count]), sink)
      start = end
    }
  }

  /// All the text has come: checks that it was whole.
  mutating func finish(_ sink: Sink) throws(ImageFailure) {
    switch header.encoding {
    case .text:
      if let last = try scanner.finish() {
        values[0] = last
        try hand(1, sink)
      }
    case .base64, .packed:
      let last = try base64.finish()
      decoded.copyBytes(from: last)
      try add(UnsafeRawBufferPointer(rebasing: decoded[..<last.count]), sink)
    }
    guard header.encoding != .packed || isUnpacked else {
      throw .broken("compressed data of a data array end too soon")
    }
    guard filled == 0 else { throw .broken("a data array ends in the middle of a value") }
    guard count == header.count else {
      throw .broken("a data array has \(count) values, and its dimensions say \(header.count)")
    }
  }

  private mutating func scan(_ text: UnsafeRawBufferPointer, _ sink: Sink) throws(ImageFailure) {
    var found = 0
    let values = self.values
    // A number and the white space behind it: there is room for all that a piece may have.
    try scanner.scan(text) { (number) throws(ImageFailure) in
      values[found] = number
      found += 1
    }
    try hand(found, sink)
  }

  private mutating func add(_ input: UnsafeRawBufferPointer, _ sink: Sink) throws(ImageFailure) {
    if header.encoding == .packed { return try unpack(input, sink) }
    var rest = input
    while !rest.isEmpty {
      let part = rest.prefix(bytes.count - filled)
      UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
      filled += part.count
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
      try drain(sink)
    }
  }

  private mutating func unpack(_ input: UnsafeRawBufferPointer, _ sink: Sink) throws(ImageFailure) {
    packedCount += Int64(input.count)
    var rest = input
    while true {
      guard !isUnpacked else {
        guard rest.isEmpty else { throw .broken("something follows the compressed data of a data array") }
        return
      }
      let room = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      guard let step = try inflater?.inflate(rest, into: room) else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step.consumed))
      filled += step.produced
      unpackedCount += Int64(step.produced)
      let limit = limits.bytes(for: packedCount)
      guard unpackedCount <= limit else { throw .tooLarge(limit: limit) }
      isUnpacked = step.isAtEnd
      try drain(sink)
      if step.consumed == 0, step.produced == 0, !isUnpacked { return }
    }
  }

  /// Hands over the values that are whole, and keeps the rest.
  private mutating func drain(_ sink: Sink) throws(ImageFailure) {
    let found = decoder.decode(UnsafeRawBufferPointer(rebasing: bytes[..<filled]), into: values)
    try hand(found, sink)
    let used = found * header.dataType.size
    bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[used..<filled]))
    filled -= used
  }

  /// Hands over the first of `values`.
  private mutating func hand(_ found: Int, _ sink: Sink) throws(ImageFailure) {
    count += found
    guard count <= header.count else {
      throw .broken("a data array has more values than the \(header.count) that its dimensions say")
    }
    if found > 0 { try sink(UnsafeBufferPointer(rebasing: values[..<found])) }
  }
}
