package import Catalog
package import Diagnostics

/// What a catalog is to be made from, and where it is to go.
package struct CatalogImport: Sendable {
  /// What there is.
  package enum Source: Sendable {
    /// A folder with files of maps.
    case folder(String)
    /// The two files of the Python toolbox.
    case toolbox(osf: String, meta: String)
  }

  /// What there is.
  package let source: Source
  /// The file to write; nil to write none.
  package var output: String?
  /// What to call the catalog; nil for what suits.
  package var name: String?
  /// What to call this state of it; nil for what suits.
  package var revision: String?
  /// Where the folder is to be on the web; nil for origins relative to the catalog.
  package var baseURL: String?
  /// An earlier catalog that knows more than the files tell; nil for none, or the built-in one for the toolbox.
  package var facts: String?
  /// Whether a file that is there is written over.
  package var replaces = false

  /// An import with nothing set.
  package init(_ source: Source) { self.source = source }
}

/// A catalog that was made.
package struct ImportedCatalog: Sendable {
  /// The bytes of its file.
  package let bytes: [UInt8]
  /// What the reader makes of them.
  package let catalog: MapCatalog
  /// The file that was written, as the user would call it; nil if none was.
  package let place: String?
  /// What was passed over, or is less than it could be.
  package let warnings: [Diagnostic]

  /// How many files its maps have.
  package var files: Int { catalog.maps.reduce(0) { $0 + $1.files.count } }
}
