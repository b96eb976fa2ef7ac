internal import Catalog
internal import Citations
internal import Dataset
internal import JSON
internal import Project

/// The JSON file beside the files of a map. What is unknown is left out, but for the license.
///
/// `Description`, `Density`, `Resolution` and `SpatialReference` are BIDS's, for files whose names say `den-`, `res-`
/// and `space-`; the other fields are ours.
struct MapSidecar {
  private let map: LockedMap
  private let dataset: DescribedDataset

  /// The description of a map of a dataset.
  init(_ map: LockedMap, in dataset: DescribedDataset) {
    self.map = map
    self.dataset = dataset
  }

  /// The bytes of the file.
  var bytes: [UInt8] {
    let facts = map.facts
    let fields: [(String, JSONValue?)] = [
      ("Description", .text(facts?.title ?? "The brain map \(map.id)")), ("Map", .text(map.id.description)),
      ("Catalog", .text(map.catalog)), sampling,
      ("SpatialReference", spatialReference.map(JSONValue.text)), ("Modality", (facts?.modality).map(JSONValue.text)),
      ("Measure", (facts?.measure).map(JSONValue.text)), ("Tracer", tracer.map(JSONValue.text)),
      ("Target", (facts?.target).map(JSONValue.text)), ("N", (facts?.n).map(Self.number)),
      ("Age", (facts?.age).map(JSONValue.text)), ("Note", (facts?.note).map(JSONValue.text)),
      ("License", .text(map.statedLicense ?? LockedMap.noLicense)),
      ("LicenseURL", (facts?.licenseURL).map(JSONValue.text)),
      ("Restricted", map.isRestricted ? .bool(true) : nil), ("References", references), ("Files", files),
    ]
    return JSONValue.object(fields.compactMap { name, value in value.map { (name, $0) } }).fileBytes
  }

  /// What the name says, and not more: one map of the toolbox has other voxels than its name.
  private var sampling: (String, JSONValue?) {
    switch map.id.sampling {
    case .density(let label):
      let counts = label.count > 1 && label.hasSuffix("k") && label.dropLast().allSatisfy(\.isNumber)
      return ("Density", .text("\(label)\(counts ? " vertices in each hemisphere" : ""), by the name of the map"))
    case .resolution(let label): return ("Resolution", .text("\(label) voxels, by the name of the map"))
    }
  }

  private var spatialReference: String? {
    StandardSpace.labels.contains(map.id.space)
      ? nil : "\(map.id.space): so named by the catalog, which does not say which template it stands for"
  }

  /// In the built-in catalog, as in the toolbox, a nuclear map that has a target is called by its tracer; what a lab
  /// calls its maps by is the lab's matter.
  private var tracer: String? {
    guard map.catalog == BuiltinCatalog.name, let facts = map.facts, facts.target != nil else { return nil }
    return ["PET", "SPECT"].contains(facts.modality) ? map.id.desc : nil
  }

  /// Catalogs have texts, as papers do; most of these are whole numbers.
  private static func number(_ text: String) -> JSONValue {
    guard let number = Int64(text), String(number) == text else { return .text(text) }
    return .number(number)
  }

  private var references: JSONValue? {
    let papers = dataset.papers(of: map)
    guard !papers.isEmpty else { return nil }
    return .list(
      papers.map { role, reference in
        let line = CitationLine(reference)
        let links: [(String, String?)] = [("DOI", line.doi?.text), ("URL", line.doi?.url ?? line.url)]
        return .object(
          [("Role", .text(role)), ("Citation", .text(line.body))]
            + links.compactMap { name, value in value.map { (name, .text($0)) } })
      })
  }

  /// By name, as BIDS has one sidecar for the files of both hemispheres.
  private var files: JSONValue {
    .object(
      dataset.files(of: .map(map.id)).map { file in
        let checksums = file.checksums
        let fields: [(String, JSONValue?)] = [
          ("SourceURL", file.origin?.publicAddress.map(JSONValue.text)),
          ("Size", checksums?.size.map(JSONValue.number)), ("MD5", (checksums?.md5?.hex).map(JSONValue.text)),
          ("SHA256", (checksums?.sha256?.hex).map(JSONValue.text)),
        ]
        return (file.path.fileName, .object(fields.compactMap { name, value in value.map { (name, $0) } }))
      })
  }
}
