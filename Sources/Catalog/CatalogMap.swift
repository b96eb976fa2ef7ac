public import Dataset

/// One brain map of a catalog: its files, and what is known of it. Unknown facts are nil.
public struct CatalogMap: Sendable {
  /// Its name.
  public let id: AnnotationID
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
  /// Their age in years, as published: a range, or mean and deviation.
  public let age: String?
  /// The license's name; nil when none is stated, which is no permission.
  public let license: String?
  /// Where the license is written.
  public let licenseURL: String?
  /// Keys of the papers to cite, in order.
  public let primary: [String]
  /// Keys of papers on data or method behind it, in order.
  public let secondary: [String]
  /// Something to know before using it.
  public let note: String?
  /// Words to find it by.
  public let tags: [String]
  /// Whether OSF gives it only to people with access.
  public let isRestricted: Bool
  /// Its files: left, then right hemisphere, or one volume.
  public let files: [CatalogFile]

  /// A map with what is known of it.
  package init(
    id: AnnotationID, title: String? = nil, modality: String? = nil, measure: String? = nil, target: String? = nil,
    n: String? = nil, age: String? = nil, license: String? = nil, licenseURL: String? = nil, primary: [String] = [],
    secondary: [String] = [], note: String? = nil, tags: [String] = [], isRestricted: Bool = false,
    files: [CatalogFile]
  ) {
    self.id = id
    self.title = title
    self.modality = modality
    self.measure = measure
    self.target = target
    self.n = n
    self.age = age
    self.license = license
    self.licenseURL = licenseURL
    self.primary = primary
    self.secondary = secondary
    self.note = note
    self.tags = tags
    self.isRestricted = isRestricted
    self.files = files
  }

  /// Drawn on a surface or in a volume.
  public var format: MapFormat { id.sampling.format }
}
