private import CExpat

/// expat's parser over bytes that come piece by piece, no C beyond this file.
///
/// A document type may be named, and is never fetched. What a document might grow by is refused: entities and attributes
/// that it declares itself. Depth, elements and the length of a tag or comment are limited.
struct XMLReader: ~Copyable {
  /// What stands in the document, in its order.
  enum Event {
    /// An element begins.
    case start(String, [String: String])
    /// Some of the text within, in UTF-8; there may be more.
    case text(UnsafeRawBufferPointer)
    /// The element ends.
    case end
  }

  /// Elements within elements.
  static let depthLimit = 32
  /// Elements in all.
  static let elementLimit = 1 << 20
  /// Bytes of a tag, a comment or another whole that cannot be handed over in parts.
  static let markupLimit = 1 << 20
  /// Bytes taken at a time.
  static let pieceSize = 64 << 10

  private let parser: OpaquePointer
  private let handler: Handler

  /// A reader that hands what it finds to `take`, and stops when that throws.
  init(_ take: @escaping (Event) throws(ImageFailure) -> Void) {
    guard let parser = XML_ParserCreate(nil) else { preconditionFailure("no memory for an XML parser") }
    self.parser = parser
    handler = Handler(parser, take)
    XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER)
    XML_SetElementHandler(
      parser, { Handler.of($0)?.start($1, $2) }, { context, _ in Handler.of(context)?.end() })
    XML_SetCharacterDataHandler(parser) { context, text, count in
      Handler.of(context)?.hand(.text(UnsafeRawBufferPointer(start: text, count: Int(count))))
    }
    XML_SetEntityDeclHandler(parser) { context, _, _, _, _, _, _, _, _ in
      Handler.of(context)?.stop(.unsupported("an entity that it declares itself"))
    }
    XML_SetAttlistDeclHandler(parser) { context, _, _, _, _, _ in
      Handler.of(context)?.stop(.unsupported("attributes that it declares itself"))
    }
    XML_SetSkippedEntityHandler(parser) { context, _, _ in
      Handler.of(context)?.stop(.unsupported("an entity that is declared elsewhere"))
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads a document to its end.
  mutating func read(_ bytes: inout ImageBytes) throws(ImageFailure) {
    var taken = 0
    while true {
      guard let buffer = XML_GetBuffer(parser, CInt(Self.pieceSize)) else {
        preconditionFailure("no memory for a piece of XML")
      }
      let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Self.pieceSize))
      taken += count
      let status = XML_ParseBuffer(parser, CInt(count), count == 0 ? 1 : 0)
      if let failure = handler.failure { throw failure }
      guard status == XML_STATUS_OK else { throw failure }
      guard count > 0 else { return }
      // What is not whole yet is looked at again with each piece: this bounds the time, too.
      guard taken - Int(XML_GetCurrentByteIndex(parser)) <= Self.markupLimit else {
        throw .broken("a tag or comment in line \(XML_GetCurrentLineNumber(parser)) is longer than any should be")
      }
    }
  }

  private var failure: ImageFailure {
    let code = XML_GetErrorCode(parser)
    switch code {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR:
      return .truncated(expected: nil)
    default:
      let words = XML_ErrorString(code).map { String(cString: $0) } ?? "it cannot be read"
      return .broken("its XML is wrong in line \(XML_GetCurrentLineNumber(parser)): \(words)")
    }
  }

  /// What expat calls; lives as long as the reader.
  private final class Handler {
    private let parser: OpaquePointer
    private let take: (Event) throws(ImageFailure) -> Void
    private var depth = 0
    private var elements = 0
    /// Why it was stopped.
    private(set) var failure: ImageFailure?

    init(_ parser: OpaquePointer, _ take: @escaping (Event) throws(ImageFailure) -> Void) {
      self.parser = parser
      self.take = take
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> Handler? {
      context.map { Unmanaged<Handler>.fromOpaque($0).takeUnretainedValue() }
    }

    /// expat may still tell of this and that after it was stopped.
    func hand(_ event: Event) {
      guard failure == nil else { return }
      do throws(ImageFailure) { try take(event) } catch { stop(error) }
    }

    func stop(_ reason: ImageFailure) {
      guard failure == nil else { return }
      failure = reason
      XML_StopParser(parser, 0)
    }

    func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
      guard let name else { return }
      depth += 1
      elements += 1
      guard depth <= depthLimit else { return stop(.broken("it nests more than \(depthLimit) levels deep")) }
      guard elements <= elementLimit else { return stop(.broken("it has more than \(elementLimit) elements")) }
      var values: [String: String] = [:]
      var next = attributes
      while let pair = next, let key = pair[0], let value = pair[1] {
        values[String(cString: key)] = String(cString: value)
        next = pair + 2
      }
      hand(.start(String(cString: name), values))
    }

    func end() {
      depth -= 1
      hand(.end)
    }
  }
}
