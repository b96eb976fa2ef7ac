import Catalog
import Diagnostics

/// What is wrong with a catalog; nothing when it can be read.
func findings(_ bytes: [UInt8]) -> [Diagnostic] {
  do throws(Findings) {
    _ = try CatalogReader.read(SourceText(name: "catalog.yaml", bytes: bytes))
    return []
  } catch {
    return error.diagnostics.isEmpty ? [Diagnostic(.catalogSyntax, "refused without a word")] : error.diagnostics
  }
}
