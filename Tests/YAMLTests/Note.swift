import Diagnostics
import MarkedText
import YAML

/// A kind of file for tests: YAML with the manifest's codes and a limit of 1 MiB.
enum Note {
  static let dialect = YAMLDialect(
    noun: "note", byteLimit: 1 << 20, syntax: .manifestSyntax, unknownKey: .manifestUnknownKey,
    wrongValue: .manifestWrongValue, duplicateKey: .manifestDuplicateKey, missingKey: .manifestMissingKey)

  /// The root and everything that is wrong.
  static func read(_ bytes: [UInt8]) -> (root: YAMLNode?, problems: YAMLProblems) {
    var problems = YAMLProblems(SourceText(name: "note.yaml", bytes: bytes), dialect)
    let root = YAMLReader.read(&problems)
    return (root, problems)
  }

  static func read(_ text: String) -> (root: YAMLNode?, problems: YAMLProblems) { read(Array(text.utf8)) }
}

extension YAMLNode {
  /// The value in short: `plain`, `'quoted'`, `[a, b]`, `{k: v}`.
  var outline: String {
    switch content {
    case .scalar(let text, isPlain: true): text
    case .scalar(let text, isPlain: false): "'\(text)'"
    case .sequence(let items): "[\(items.map(\.outline).joined(separator: ", "))]"
    case .mapping(let fields): "{\(fields.map { "\($0.key.outline): \($0.value.outline)" }.joined(separator: ", "))}"
    }
  }

  /// Every text and key, in the order of the file.
  var scalars: [YAMLNode] {
    switch content {
    case .scalar: [self]
    case .sequence(let items): items.flatMap(\.scalars)
    case .mapping(let fields): fields.flatMap { $0.key.scalars + $0.value.scalars }
    }
  }
}
