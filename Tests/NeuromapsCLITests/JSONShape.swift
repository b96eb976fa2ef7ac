/// What JSON is made of: the names and types in it, without its values.
///
/// ```
/// {
///   data_dir: text
///   files: [ {
///     map?: text            not in every item
///     size: null | number   one or the other
///   } ]
/// }
/// ```
/// All items of a list have one shape; names are sorted, as their order means nothing.
struct JSONShape: Equatable {
  /// Of what has no parts: `boolean`, `null`, `number`, `text`.
  private var types: Set<String> = []
  /// Of lists, if there were any: the shape of their items, once there was an item.
  private var items: [JSONShape]?
  /// Of objects, if there were any.
  private var fields: [String: JSONShape]?
  /// Names that not every object had.
  private var optional: Set<String> = []

  /// The shape of both.
  func merged(with other: JSONShape) -> JSONShape {
    var result = self
    result.types.formUnion(other.types)
    result.optional.formUnion(other.optional)
    if let theirs = other.items { result.items = ((items ?? []) + theirs).merged }
    if let theirs = other.fields {
      if let ours = fields { result.optional.formUnion(Set(ours.keys).symmetricDifference(theirs.keys)) }
      result.fields = (fields ?? [:]).merging(theirs) { $0.merged(with: $1) }
    }
    return result
  }

  /// The shape as it is kept, without a newline at its end.
  var text: String { text(indent: "") }

  private func text(indent: String) -> String {
    var parts = types.sorted()
    if let items { parts.append(items.first.map { "[ \($0.text(indent: indent)) ]" } ?? "[]") }
    if let fields {
      let lines = fields.sorted { $0.key < $1.key }.map { name, shape in
        "\(indent)  \(name)\(optional.contains(name) ? "?" : ""): \(shape.text(indent: indent + "  "))\n"
      }
      parts.append("{\n\(lines.joined())\(indent)}")
    }
    return parts.joined(separator: " | ")
  }
}

extension [JSONShape] {
  /// One shape for all, none if there are none.
  fileprivate var merged: [JSONShape] {
    guard let first else { return [] }
    return [dropFirst().reduce(first) { $0.merged(with: $1) }]
  }
}

extension JSONShape: Decodable {
  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Name.self) {
      fields = [:]
      for name in object.allKeys { fields?[name.stringValue] = try object.decode(JSONShape.self, forKey: name) }
    } else if var list = try? decoder.unkeyedContainer() {
      var shapes: [JSONShape] = []
      while !list.isAtEnd { shapes.append(try list.decode(JSONShape.self)) }
      items = shapes.merged
    } else {
      types = [try Self.type(of: decoder.singleValueContainer())]
    }
  }

  private static func type(of value: any SingleValueDecodingContainer) throws -> String {
    if value.decodeNil() { return "null" }
    if (try? value.decode(Bool.self)) != nil { return "boolean" }
    if (try? value.decode(Double.self)) != nil { return "number" }
    _ = try value.decode(String.self)
    return "text"
  }
}
