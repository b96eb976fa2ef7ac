import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("The examples of the repository")
struct ExampleTests {
  private static let quickstart = RepositoryFile("examples/quickstart/neuromaps.yaml")

  private static func catalogs(of file: RepositoryFile) throws -> [LoadedCatalog] {
    guard file.path == quickstart.path else { return [Desk.builtin] }
    let lab = SourceText(
      name: "lab/catalog.yaml", bytes: try RepositoryFile("examples/quickstart/lab/catalog.yaml").bytes())
    return [Desk.builtin, LoadedCatalog(try CatalogReader.read(lab), folder: "lab")]
  }

  @Test(
    "an example reads and resolves without a word, and its lock reads back",
    arguments: [
      quickstart, RepositoryFile("examples/receptors/neuromaps.yaml"), RepositoryFile("neuromaps.yaml.example"),
    ])
  func clean(_ file: RepositoryFile) throws {
    let catalogs = try Self.catalogs(of: file)
    #expect(Desk.findings(try file.text(), catalogs: catalogs) == [])
    let lock = try Desk.resolve(try file.text(), catalogs: catalogs).lock
    #expect(!lock.files.isEmpty)
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
    #expect(lock.answers(try Desk.manifest(try file.text())))
  }

  @Test(
    "every prefix of an example gives a manifest or a diagnostic",
    arguments: [quickstart, RepositoryFile("neuromaps.yaml.example")])
  func prefixes(_ file: RepositoryFile) throws {
    let bytes = try file.bytes()
    for count in 0...bytes.count {
      let (manifest, found) = ManifestReader.readAll(SourceText(name: "m", bytes: Array(bytes.prefix(count))))
      #expect(manifest != nil || !found.isEmpty)
    }
  }

  @Test("the quick start's catalog gives its five files from beside the catalog")
  func besideCatalog() throws {
    let lock = try Desk.resolve(try Self.quickstart.text(), catalogs: try Self.catalogs(of: Self.quickstart)).lock
    #expect(lock.files.count == 5)
    #expect(lock.catalogs.map(\.name) == ["examplelab"])
    #expect(lock.files.allSatisfy { $0.origin?.description.hasPrefix("lab/maps/source-examplelab_") == true })
    #expect(lock.files.allSatisfy { $0.checksums?.isComplete == true })
  }
}
