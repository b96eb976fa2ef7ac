import Catalog
import Diagnostics
import Foundation
import MarkedText
import Project
import Testing

@testable import NeuromapsCLI

/// What the schemas say of keys is what the readers say; Tests/Interop/schemas.py compares what they make of values.
@Suite("JSON Schemas") struct FileSchemaTests {
  /// A mapping that a schema describes.
  struct Place: Sendable, CustomTestStringConvertible {
    let schema: FileSchema
    /// Where in the schema; empty for the whole file.
    let pointer: String
    /// A file with such a mapping, whose only key no reader knows.
    let text: String

    init(_ schema: FileSchema, _ pointer: String, _ text: String) {
      (self.schema, self.pointer, self.text) = (schema, pointer, text)
    }

    var testDescription: String { "\(schema) \(pointer)" }
  }

  private static let novelty = "qqqqqqqqqqqqqqqqqqqq"
  private static let one = "{\(novelty): 1}"

  static let places: [Place] = [
    Place(.manifest, "", "version: 1\n\(novelty): 1\n"),
    Place(.manifest, "properties/prefer", "version: 1\nprefer: \(one)\n"),
    Place(.manifest, "properties/licenses", "version: 1\nlicenses: \(one)\n"),
    Place(.manifest, "$defs/selector", "version: 1\nannotations: [\(one)]\n"),
    Place(.manifest, "$defs/group", "version: 1\ngroups: {figures: \(one)}\n"),
    Place(.manifest, "$defs/catalog", "version: 1\ncatalogs: [\(one)]\n"),
    Place(.lock, "", "version: 1\n\(novelty): 1\n"),
    Place(.lock, "$defs/catalog", "version: 1\ncatalogs: [\(one)]\n"),
    Place(
      .lock, "$defs/reference", "version: 1\nrevision: 3\nmetadata: 1\nreferences: [\(one)]\n"),
    Place(.lock, "$defs/map", "version: 1\nmaps: [\(one)]\n"),
    Place(.lock, "$defs/atlas", "version: 1\natlases: [\(one)]\n"),
    Place(.lock, "$defs/file", "version: 1\nfiles: [\(one)]\n"),
    Place(.lock, "$defs/member", "version: 1\nfiles: [{atlas: mine/1k, \(novelty): 1}]\n"),
    Place(.catalog, "", "version: 1\n\(novelty): 1\n"),
    Place(.catalog, "$defs/reference", "version: 1\nreferences: {doe2020: \(one)}\n"),
    Place(.catalog, "$defs/map", "version: 1\nmaps: [\(one)]\n"),
    Place(.catalog, "$defs/file", "version: 1\nmaps: [{files: [\(one)]}]\n"),
    Place(.catalog, "$defs/atlas", "version: 1\natlases: [\(one)]\n"),
    Place(.catalog, "$defs/renaming", "version: 1\nrenamed: [\(one)]\n"),
  ]

  @Test("The program prints the file that is kept, byte for byte", arguments: FileSchema.allCases)
  func printed(_ kind: FileSchema) async throws {
    let kept = try RepositoryFile("Sources/CSchemas/\(kind.rawValue).schema.json").text()
    #expect(kind.text == kept)
    #expect(kept.hasSuffix("}\n"))
    let program = Program(folder: FileManager.default.temporaryDirectory, environment: ["PATH": "/usr/bin:/bin"])
    let outcome = try await program.run(["schema", kind.rawValue])
    #expect(Array(outcome.output.utf8) == Array(kept.utf8))
    #expect(outcome.errors.isEmpty)
    #expect(outcome.exitCode == 0)
  }

  @Test("It is a schema of draft 2020-12 with a name that stays", arguments: FileSchema.allCases)
  func head(_ kind: FileSchema) throws {
    let schema = try Self.schema(kind)
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["$id"] as? String == "urn:neuromaps:schema:\(kind.rawValue):1")
  }

  @Test("The keys of a mapping are those that its reader knows", arguments: places)
  func keys(_ place: Place) throws {
    let message = "unknown key `\(Self.novelty)`"
    let finding = try #require(Self.findings(place).first { $0.message.hasPrefix(message) })
    let hint = try #require(finding.hints.first)
    try #require(hint.hasPrefix("its keys are "))
    let known = hint.matches(of: #/`([^`]+)`/#).map { String($0.1) }
    let keys = try Self.properties(place).keys
    #expect(keys.sorted() == known.sorted())
  }

  @Test("No mapping of a schema takes other keys, and each is compared", arguments: FileSchema.allCases)
  func mappings(_ kind: FileSchema) throws {
    let schema = try Self.schema(kind)
    let compared = Self.places.filter { $0.schema == kind }.map(\.pointer)
    #expect(Self.mappings(in: schema).sorted() == compared.sorted())
    for pointer in compared {
      #expect(Self.part(schema, at: pointer)?["additionalProperties"] as? Bool == false, "\(pointer)")
    }
  }

  @Test("Every key has a title and says what it means", arguments: places)
  func descriptions(_ place: Place) throws {
    let schema = try Self.schema(place.schema)
    for (name, value) in try Self.properties(place) {
      var facts = try #require(value as? [String: Any])
      if let reference = facts["$ref"] as? String {
        let target = try #require(Self.part(schema, at: String(reference.dropFirst(2))), "\(reference)")
        facts.merge(target) { own, _ in own }
      }
      for fact in ["title", "description"] {
        #expect((facts[fact] as? String)?.isEmpty == false, "\(name) of \(place.testDescription) has no \(fact)")
      }
    }
  }

  @Test(
    "The page on a kind of file names every key",
    arguments: [(FileSchema.manifest, "manifest"), (FileSchema.lock, "lock"), (FileSchema.catalog, "catalogs")])
  func documentation(_ kind: FileSchema, _ name: String) throws {
    let page = try RepositoryFile("docs/\(name).md").text()
    let keys = try Self.places.filter { $0.schema == kind }.flatMap { try Self.properties($0).keys }
    let missing = Set(keys).filter { key in
      !["`\(key)`", "`\(key):", "**\(key)**", "\(key):"].contains { page.contains($0) }
    }
    #expect(missing.sorted() == [])
  }

  // MARK: The readers

  private static func findings(_ place: Place) -> [Diagnostic] {
    let source = SourceText(name: "file", bytes: Array(place.text.utf8))
    do throws(Findings) {
      switch place.schema {
      case .manifest: _ = try ManifestReader.read(source)
      case .lock: _ = try LockReader.read(source)
      case .catalog: _ = try CatalogReader.read(source)
      }
      return []
    } catch {
      return error.diagnostics
    }
  }

  // MARK: The schemas

  private static func schema(_ kind: FileSchema) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(kind.text.utf8))
    return try #require(object as? [String: Any])
  }

  private static func properties(_ place: Place) throws -> [String: Any] {
    let schema = try schema(place.schema)
    let mapping = try #require(part(schema, at: place.pointer), "there is no \(place.pointer)")
    return try #require(mapping["properties"] as? [String: Any])
  }

  private static func part(_ schema: [String: Any], at pointer: String) -> [String: Any]? {
    var part: [String: Any]? = schema
    for name in pointer.split(separator: "/") { part = part?[String(name)] as? [String: Any] }
    return part
  }

  /// Where a schema lists keys by their names, conditions aside.
  private static func mappings(in part: [String: Any], at path: [String] = []) -> [String] {
    var found = part["properties"] is [String: Any] ? [path.joined(separator: "/")] : []
    for (name, value) in part where !["if", "then", "else"].contains(name) {
      guard let inner = value as? [String: Any] else { continue }
      found += mappings(in: inner, at: path + [name])
    }
    return found
  }
}
