internal import Dataset
package import Diagnostics
internal import YAML

/// Reads the files in which the Python toolbox says what maps there are: `osf.json` and `meta.json`, of
/// `neuromaps/datasets/data`.
///
/// ```
/// osf.json   {"fsLR": {"32k": {"url": [PROJECT, FILE], "md5": …}, …}, "regfusion": {"url": …, "md5": …}, …,
///             "annotations": [{"source", "desc", "space", "den" or "res", "hemi", "format", "fname", "rel_path",
///                              "checksum", "title", "tags": […], "redir", "url": [PROJECT, FILE]}, …]}
/// meta.json  {"annotations": [{"annot": {"source", "desc", "space", "den" or "res"}, "full_desc",
///                              "refs": {"primary": [{"citation", "bibkey"}], "secondary": […]},
///                              "demographics": {"N", "age"}, "warning", "license": {"type", "url"}}, …]}
/// ```
/// That is how version 0.0.7 has them. JSON is read as the YAML that it is, so that each mistake has its place.
package enum ToolboxReader {
  /// A longer file is refused; those of 0.0.7 have 130 kB.
  package static let byteLimit = 16 << 20

  static let dialect = YAMLDialect(
    noun: "toolbox's file", byteLimit: byteLimit, syntax: .toolboxFileWrong, unknownKey: .toolboxFileWrong,
    wrongValue: .toolboxFileWrong, duplicateKey: .toolboxFileWrong, missingKey: .toolboxFileWrong)

  /// What both files say, or everything that is wrong with them.
  ///
  /// - Parameters:
  ///   - osf: where the files are.
  ///   - meta: what there is to know of the maps.
  package static func read(osf: SourceText, meta: SourceText) throws(Findings) -> ToolboxFiles {
    var result = ToolboxFiles()
    var origins = ToolboxOriginReader(osf)
    origins.read(&result)
    var facts = ToolboxFactReader(meta)
    facts.read(&result)
    let diagnostics = origins.problems.diagnostics + facts.problems.diagnostics
    guard origins.problems.areNone, facts.problems.areNone else { throw Findings(diagnostics) }
    result.warnings = diagnostics + origins.omissions.diagnostics + facts.omissions.diagnostics
    return result
  }

  /// The root of a file, an object with the list `annotations`.
  static func root(
    _ problems: inout YAMLProblems, hint: String
  ) -> (entry: ToolboxEntry, annotations: [YAMLNode])? {
    guard let node = YAMLReader.read(&problems), let root = ToolboxEntry(node, of: "the file", &problems) else {
      return nil
    }
    guard let list = root["annotations"], let items = problems.list(list, for: "`annotations`") else {
      if root["annotations"] == nil {
        problems.add(
          .toolboxFileWrong, "the file has no `annotations`", at: SourceSpan(line: 1, column: 1), hints: [hint])
      }
      return nil
    }
    return (root, items)
  }

  /// JSON that YAML does not take for the same: tabs between values, and letters beyond the first plane of Unicode,
  /// which JSON writes as two halves. No line gets longer, and none shorter but by such letters.
  static func source(_ json: SourceText) -> SourceText {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(json.bytes.count)
    var rest = json.bytes[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "\\") {
        if let scalar = letter(rest.prefix(12)) {
          bytes += Array(String(scalar).utf8)
          rest = rest.dropFirst(12)
        } else {
          // So that of two signs the second begins nothing.
          bytes += rest.prefix(2)
          rest = rest.dropFirst(2)
        }
      } else {
        bytes.append(byte == UInt8(ascii: "\t") ? UInt8(ascii: " ") : byte)
        rest = rest.dropFirst()
      }
    }
    return SourceText(name: json.name, bytes: bytes)
  }

  /// The letter of `\ud83e\udde0`.
  private static func letter(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.count == 12, text.hasPrefix("\\u"), text.dropFirst(6).hasPrefix("\\u"),
      let high = UInt32(text.dropFirst(2).prefix(4), radix: 16), let low = UInt32(text.suffix(4), radix: 16),
      (0xd800...0xdbff).contains(high), (0xdc00...0xdfff).contains(low)
    else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
  }

  /// `source`, `desc`, `space`, and `den` or `res`, as a name; a problem, or what keeps it from being one.
  static func id(_ entry: ToolboxEntry, _ problems: inout YAMLProblems) -> AnnotationID? {
    var parts: [String] = []
    for key in ["source", "desc", "space"] {
      guard let text = entry.text(key, &problems) else { continue }
      parts.append(text)
    }
    guard parts.count == 3, let grain = entry["den"] ?? entry["res"], let label = grain.text,
      let sampling = Sampling(label)
    else { return nil }
    return AnnotationID(source: parts[0], desc: parts[1], space: parts[2], sampling: sampling)
  }
}
