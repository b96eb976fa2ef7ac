import MarkedText
import ReaderChecks

/// Inputs that are kept for ever: examples, what is refused, what broke a reader once, and what libFuzzer found to
/// lead a reader along ways of its own.
enum KeptCorpus {
  /// The inputs of a reader, sorted by name.
  static func files(of reader: CheckedReader) throws -> [RepositoryFile] {
    try RepositoryFile.all(in: "Tests/FuzzTests/Corpus/\(reader)", ending: "")
  }

  /// What means something to a reader: for it alone, and, if it reads that, to YAML.
  static func words(of reader: CheckedReader) throws -> [[UInt8]] {
    let names =
      switch reader {
      case .manifest, .lock, .catalog: ["yaml", reader.rawValue]
      case .osf, .nifti, .gifti: [reader.rawValue]
      }
    return try names.flatMap { name in
      try RepositoryFile("Tests/FuzzTests/Dictionaries/\(name).dict").text()
        .split(separator: "\n").filter { !$0.hasPrefix("#") }.map(word)
    }
  }

  /// A line of a dictionary of libFuzzer: `"text"`, in which `\"`, `\\` and `\xAB` stand for one byte each.
  private static func word(_ line: Substring) throws -> [UInt8] {
    guard line.hasPrefix("\""), line.hasSuffix("\""), line.count >= 2 else { throw BadWord(line: String(line)) }
    var rest = Array(line.utf8.dropFirst().dropLast())[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "\"")?: bytes.append(UInt8(ascii: "\""))
      case UInt8(ascii: "\\")?: bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "x")?:
        guard let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
          throw BadWord(line: String(line))
        }
        bytes.append(byte)
        rest = rest.dropFirst(2)
      default: throw BadWord(line: String(line))
      }
    }
    return bytes
  }

  private struct BadWord: Error {
    let line: String
  }
}
