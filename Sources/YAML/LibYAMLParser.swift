private import CLibYAML
internal import Diagnostics

/// libyaml's parser over bytes in memory: events in, marks made 1-based, no C beyond this file.
struct LibYAMLParser: ~Copyable {
  /// What libyaml saw, of what concerns us.
  enum Event {
    case scalar(String, isPlain: Bool)
    case alias
    case sequenceStart(isFlow: Bool)
    case sequenceEnd
    case mappingStart(isFlow: Bool)
    case mappingEnd
    case documentStart
    case documentEnd
    case streamStart
    case streamEnd
  }

  /// An event, its place, and whether it carries properties that no file here may have.
  struct Mark {
    let event: Event
    let span: SourceSpan
    let hasAnchor: Bool
    let hasTag: Bool
  }

  /// Why libyaml could not go on.
  struct Failure: Error {
    let problem: String
    let context: String?
    let position: SourcePosition
    /// Where, in bytes, for what is no character that YAML may have: libyaml then has no position.
    let byteOffset: Int?
    let isOutOfMemory: Bool
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// A parser of `bytes`, which must outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("no memory for a YAML parser") }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  mutating func next() throws(Failure) -> Mark {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    let span = SourceSpan(SourcePosition(event.start_mark), SourcePosition(event.end_mark))
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return Mark(
        event: .scalar(text, isPlain: isPlain), span: span, hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    case YAML_ALIAS_EVENT: return Mark(event: .alias, span: span, hasAnchor: false, hasTag: false)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return Mark(
        event: .sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE), span: span,
        hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return Mark(
        event: .mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE), span: span,
        hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_SEQUENCE_END_EVENT: return Mark(event: .sequenceEnd, span: span, hasAnchor: false, hasTag: false)
    case YAML_MAPPING_END_EVENT: return Mark(event: .mappingEnd, span: span, hasAnchor: false, hasTag: false)
    case YAML_DOCUMENT_START_EVENT: return Mark(event: .documentStart, span: span, hasAnchor: false, hasTag: false)
    case YAML_DOCUMENT_END_EVENT: return Mark(event: .documentEnd, span: span, hasAnchor: false, hasTag: false)
    case YAML_STREAM_START_EVENT: return Mark(event: .streamStart, span: span, hasAnchor: false, hasTag: false)
    default: return Mark(event: .streamEnd, span: span, hasAnchor: false, hasTag: false)
    }
  }

  private var failure: Failure {
    let state = parser.pointee
    return Failure(
      problem: state.problem.map { String(cString: $0) } ?? "unreadable",
      context: state.context.map { String(cString: $0) },
      position: SourcePosition(state.problem_mark),
      byteOffset: state.error == YAML_READER_ERROR ? state.problem_offset : nil,
      isOutOfMemory: state.error == YAML_MEMORY_ERROR)
  }
}

extension SourcePosition {
  /// libyaml counts lines and columns from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
