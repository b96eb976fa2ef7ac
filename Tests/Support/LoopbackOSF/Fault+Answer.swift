import NIOHTTP1

/// What each lie is told about, and what it does: all that a new case needs.
extension Fault {
  /// Whether the lie would show in this exchange.
  func suits(_ exchange: Exchange) -> Bool {
    let isContent = exchange.kind == .content
    return switch self {
    case .status(_, _, let origin), .silence(let origin), .hangUp(let origin), .lateHead(_, let origin),
      .notHTTP(let origin), .resetBeforeHead(let origin):
      exchange.origin == origin
    case .statusOfMetadata: exchange.kind == .metadata
    case .metadata: exchange.kind == .metadata && exchange.request.method != .HEAD
    case .redirectLoop, .redirectTo, .redirectWithoutLocation: exchange.kind == .redirect
    case .ignoreRange, .wrongContentRange: isContent && exchange.answer.status == 206
    case .errorPage, .emptyBody, .wrongETag, .weakETag, .noETag, .gzipEncoded, .replaced: isContent
    case .flipByte, .cut, .cutQuietly, .tooLong, .wrongLength, .chunked, .slow, .stall, .reset:
      isContent && exchange.request.method != .HEAD
    }
  }

  /// The exchange's answer with the lie in it.
  func answer(in exchange: Exchange) -> Answer {
    var answer = exchange.answer
    switch self {
    case .flipByte(let offset): answer.body.flipped.append(offset)
    case .cut(let count): answer.ending = .close(after: count)
    case .cutQuietly(let count):
      answer.body.range = answer.body.range.prefix(max(count, 0))
      answer.length = answer.body.count
    case .errorPage:
      let page = "<!DOCTYPE html><html><title>Error</title><body><h1>Something went wrong</h1></body></html>\n"
      answer = .text(page, type: "text/html; charset=utf-8")
    case .status(let status, let retryAfter, let origin):
      answer = origin.error(status)
      if let retryAfter { answer.headers.add(name: "Retry-After", value: retryAfter) }
    case .statusOfMetadata(let status, let retryAfter):
      answer = Origin.front.error(status)
      if let retryAfter { answer.headers.add(name: "Retry-After", value: retryAfter) }
    case .metadata(let text): answer = .text(text, type: "application/json; charset=UTF-8")
    case .tooLong(let count, let isChunked):
      answer.body.excess = max(count, 0)
      answer.length = isChunked ? nil : answer.body.count
    case .wrongLength(let count):
      let size = answer.body.count
      answer.length = max(size + count, 0)
      if count > 0 { answer.ending = .close(after: size) }
    case .chunked: answer.length = nil
    case .emptyBody:
      answer = exchange.contentAnswer(without: ["range"])
      answer.body = AnswerBody([])
      answer.length = 0
    case .slow(let speed): answer.bytesPerSecond = max(speed, 1)
    case .stall(let count): answer.ending = .stall(after: count)
    case .reset(let count): answer.ending = .reset(after: count)
    case .silence:
      answer.hasHead = false
      answer.ending = .stall(after: 0)
    case .hangUp:
      answer.hasHead = false
      answer.ending = .close(after: 0)
    case .resetBeforeHead:
      answer.hasHead = false
      answer.ending = .reset(after: 0)
    case .notHTTP:
      answer.hasHead = false
      answer.bytesInstead = Array("SSH-2.0-OpenSSH_9.9\r\n".utf8)
    case .lateHead(let delay, _): answer.delay = delay
    case .redirectLoop: answer = .redirect(to: exchange.loop(1))
    case .redirectTo(let location): answer = .redirect(to: location)
    case .redirectWithoutLocation: answer = Answer(status: 302, body: AnswerBody([]))
    case .ignoreRange: answer = exchange.contentAnswer(without: ["range"])
    case .wrongContentRange(nil):
      answer = exchange.contentAnswer(without: ["range"])
      let size = answer.body.count
      answer.status = 206
      answer.headers.add(name: "Content-Range", value: "bytes 0-\(size - 1)/\(size)")
    case .wrongContentRange(let label?):
      answer.headers.replaceOrAdd(name: "Content-Range", value: label)
    case .wrongETag: answer.headers.replaceOrAdd(name: "ETag", value: "\"not-the-tag-of-any-content\"")
    case .weakETag:
      guard let tag = answer.headers.first(name: "ETag") else { break }
      answer.headers.replaceOrAdd(name: "ETag", value: "W/\(tag)")
    case .noETag: answer.headers.remove(name: "ETag")
    case .gzipEncoded: answer.headers.replaceOrAdd(name: "Content-Encoding", value: "gzip")
    case .replaced(let version): answer = exchange.contentAnswer(of: version)
    }
    return answer
  }
}

extension Origin {
  /// A refusal as the origin words it.
  fileprivate func error(_ status: Int) -> Answer {
    self == .front ? .frontError(status, "told to fail") : .storageError(status, "ToldToFail")
  }
}
