internal import Catalog
internal import Dataset
internal import YAML

/// A bibliography as a CITATION.cff, of a collection that is cited by the papers behind what it gathers.
///
/// The format: https://github.com/citation-file-format/citation-file-format, version 1.2.0. What a paper is cited for
/// stands in its `scope`. There is no `preferred-citation`: programs would cite that in place of all the others.
package struct BibliographyCFF {
  private let bibliography: Bibliography
  private let title: String

  /// The CITATION.cff of a bibliography.
  ///
  /// - Parameter title: what the collection is called.
  package init(_ bibliography: Bibliography, title: String) {
    self.bibliography = bibliography
    self.title = title
  }

  /// The bytes of the file.
  package var bytes: [UInt8] {
    let references = references
    var writer = YAMLWriter()
    writer.mapping { writer in
      writer.field("cff-version", "1.2.0")
      writer.field("message", references.isEmpty ? Self.nothingToCite : Self.message)
      writer.field("title", title)
      writer.field("type", "dataset")
      // The format wants an author, and nobody is that of a collection: those who are stand with their papers.
      writer.field("authors") { writer in
        writer.sequence { writer in writer.mapping { writer in writer.field("name", "The authors of the maps") } }
      }
      guard !references.isEmpty else { return }
      writer.field("references") { writer in
        writer.sequence { writer in
          for (reference, uses) in references { reference.write(scope: uses, &writer) }
        }
      }
    }
    return writer.finish()
  }

  private static let message =
    "Cite the papers behind the maps that you use: each of the references says in its scope which maps it is for."
  private static let nothingToCite = "The catalogs of these maps name no papers to cite."

  /// The format allows no two references that are the same; of two keys for one paper the first stays.
  private var references: [(CFFReference, uses: String)] {
    var places: [CFFReference: Int] = [:]
    var merged: [(reference: CFFReference, entry: CitedReference)] = []
    for entry in bibliography.references {
      let reference = CFFReference(entry.reference)
      guard let place = places[reference] else {
        places[reference] = merged.count
        merged.append((reference, entry))
        continue
      }
      merged[place].entry.primary = Set(merged[place].entry.primary + entry.primary).sorted()
      merged[place].entry.secondary = Set(merged[place].entry.secondary + entry.secondary).sorted()
      merged[place].entry.catalogs = Set(merged[place].entry.catalogs + entry.catalogs).sorted(by: precedes)
    }
    return merged.map { ($0.reference, $0.entry.uses) }
  }
}
