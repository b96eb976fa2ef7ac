import NIOHTTP1

/// What a request's `Range` asks of a body; only one simple `bytes=a-` or `bytes=a-b` is understood.
enum ByteRange {
  /// All of it: no range was asked, or one of another form, or `If-Range` names other bytes.
  case whole

  /// These bytes, at least one, all within the body.
  case part(Range<Int>)

  /// Bytes that start beyond the end.
  case beyond

  /// Reads `Range` and `If-Range` against a body of `size` bytes and its quoted entity tag.
  init(_ headers: HTTPHeaders, size: Int, etag: String) {
    self = .whole
    guard let field = headers.first(name: "range"), field.hasPrefix("bytes=") else { return }
    if let condition = headers.first(name: "if-range"), condition != etag { return }
    let bounds = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2, let first = Int(bounds[0]), first >= 0 else { return }
    let last = bounds[1].isEmpty ? Int.max - 1 : Int(bounds[1])
    guard let last, last >= first else { return }
    self = first < size ? .part(first..<min(last, size - 1) + 1) : .beyond
  }
}
