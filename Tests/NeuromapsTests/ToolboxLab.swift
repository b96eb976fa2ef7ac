import Catalog
import Dataset
import Diagnostics
import Neuromaps
import Project
import SystemPackage
import TestWorld

/// A lab without a project, whose one catalog is handed to the toolbox's calls.
struct ToolboxLab {
  var lab: Lab
  let catalog: LoadedCatalog

  /// A catalog of these files, and OSF with them; `more` is for what else a catalog may say.
  init(_ files: [MadeFile], also more: String = "", _ transport: ScriptedTransport? = nil) throws {
    lab = try Lab(transport ?? .osf(files))
    let text = Lab.catalog(files) + more
    catalog = LoadedCatalog(
      try CatalogReader.read(SourceText(name: "catalog.yaml", bytes: Array(text.utf8))), folder: "")
  }

  /// The toolbox's `fetch_annotation`.
  @discardableResult
  func fetch(
    _ patterns: [MapQuery.Key: [String]], restricted: Bool = false, returnSingle: Bool = true
  ) async throws -> FetchedAnnotations {
    let query = MapQuery(patterns.mapValues { $0.map(Glob.init) }, includesRestricted: restricted)
    return try await lab.workspace().fetch(query, from: [catalog], returnSingle: returnSingle)
  }

  /// The bytes of a file by its absolute path.
  func bytes(_ path: String) throws -> [UInt8]? { try lab.bench.bytes(FilePath(path)) }
}

/// The name of a map, for tests, which know what they write.
func id(_ text: String) -> AnnotationID {
  guard let id = AnnotationID(text) else { preconditionFailure("`\(text)` names a map") }
  return id
}
