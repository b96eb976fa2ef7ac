package import Catalog
package import Dataset

/// A paper to cite, with what it is cited for.
package struct CitedReference: Sendable {
  /// The section of a bibliography that a paper stands in: the first that it belongs to.
  package enum Role: CaseIterable, Sendable {
    /// It describes a map.
    case primary
    /// It is behind a map: its data, its method.
    case secondary
    /// It describes a catalog as a whole.
    case catalog
  }

  /// Unique within the bibliography, case aside, and without characters that BibTeX gives a meaning.
  package var key: String
  /// The paper.
  package let reference: Reference
  /// The maps that name it as primary, in order.
  package var primary: [AnnotationID] = []
  /// The maps that name it as secondary, in order.
  package var secondary: [AnnotationID] = []
  /// The names of the catalogs that ask to cite it for the whole, in order.
  package var catalogs: [String] = []

  /// The section it stands in.
  package var role: Role { !primary.isEmpty ? .primary : !secondary.isEmpty ? .secondary : .catalog }

  /// What it is cited for, in words: `primary for a; secondary for b, c`.
  var uses: String {
    var uses: [String] = []
    if !primary.isEmpty { uses.append("primary for \(MapNames(primary, most: nil).text())") }
    if !secondary.isEmpty { uses.append("secondary for \(MapNames(secondary, most: nil).text())") }
    if !catalogs.isEmpty { uses.append("for the catalog \(catalogs.joined(separator: ", "))") }
    return uses.joined(separator: "; ")
  }
}
