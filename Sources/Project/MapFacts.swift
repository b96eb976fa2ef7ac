public import Catalog

/// What the catalog knew of a map when it was locked. Unknown facts are nil.
public struct MapFacts: Hashable, Sendable {
  /// Where the license is written.
  public let licenseURL: String?
  /// One line for people.
  public let title: String?
  /// How it was measured: `PET`, `MRI`, `MEG`, `microarray`.
  public let modality: String?
  /// The quantity of a PET map: `BPnd`, `SUVR`, `Vt`, `Bmax`.
  public let measure: String?
  /// What a tracer binds to.
  public let target: String?
  /// How many people it was made from, as published.
  public let n: String?
  /// Their age in years, as published.
  public let age: String?
  /// Something to know before using it.
  public let note: String?
  /// Keys of the papers to cite, in order.
  public let primary: [String]
  /// Keys of papers on data or method behind it, in order.
  public let secondary: [String]

  /// Facts; without arguments those of a map of which nothing is known.
  package init(
    licenseURL: String? = nil, title: String? = nil, modality: String? = nil, measure: String? = nil,
    target: String? = nil, n: String? = nil, age: String? = nil, note: String? = nil, primary: [String] = [],
    secondary: [String] = []
  ) {
    self.licenseURL = licenseURL
    self.title = title
    self.modality = modality
    self.measure = measure
    self.target = target
    self.n = n
    self.age = age
    self.note = note
    self.primary = primary
    self.secondary = secondary
  }

  /// What a catalog knows of a map.
  ///
  /// - Parameter map: the map as its catalog has it.
  public init(_ map: CatalogMap) {
    self.init(
      licenseURL: map.licenseURL, title: map.title, modality: map.modality, measure: map.measure, target: map.target,
      n: map.n, age: map.age, note: map.note, primary: map.primary, secondary: map.secondary)
  }

  /// The names of the facts that are one text, in the order in which a lock has them.
  static let textNames = ["license_url", "title", "modality", "measure", "target", "n", "age", "note"]

  /// What these facts say, in the same order.
  package var texts: [(name: String, text: String?)] {
    zip(Self.textNames, [licenseURL, title, modality, measure, target, n, age, note]).map { (name: $0, text: $1) }
  }

  /// The keys of all papers: those to cite, and those behind them.
  package var keys: [String] { primary + secondary }

  /// The same without the keys that do not meet a condition.
  func filteringKeys(_ isIncluded: (String) -> Bool) -> MapFacts {
    MapFacts(
      licenseURL: licenseURL, title: title, modality: modality, measure: measure, target: target, n: n, age: age,
      note: note, primary: primary.filter(isIncluded), secondary: secondary.filter(isIncluded))
  }
}
