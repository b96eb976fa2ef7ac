import Dataset
import Diagnostics
import Metadata
import Project
import SystemPackage
import TestWorld

/// A lab whose data directory describes itself.
extension Lab {
  static let alphaMap = "lab/alpha/fsLR/32k"
  static let betaMap = "lab/beta/MNI152/2mm"
  static let alphaSidecar = "annotations/lab/alpha/fsLR/source-lab_desc-alpha_space-fsLR_den-32k_feature.json"
  static let betaSidecar = "annotations/lab/beta/MNI152/source-lab_desc-beta_space-MNI152_res-2mm_feature.json"
  static let deltaSidecar = "annotations/lab/delta/MNI152/source-lab_desc-delta_space-MNI152_res-2mm_feature.json"

  /// What describes the whole, sorted.
  static let wholeMetadata = [".bidsignore", "CITATION.cff", "README", "dataset_description.json"]

  /// What describes both open maps, sorted.
  static let openMetadata = [
    ".bidsignore", "CITATION.cff", "README", alphaSidecar, betaSidecar, "dataset_description.json",
  ]

  /// A catalog of all maps, of which one cites a paper.
  static func citingCatalog(_ files: [MadeFile] = all) -> String {
    catalog(files)
      .replacing("maps:\n", with: "references:\n  doe: {type: misc, title: On alpha}\nmaps:\n", maxReplacements: 1)
      .replacing("- map: \(alphaMap)\n", with: "- map: \(alphaMap)\n    primary: [doe]\n")
  }

  /// A lab that wants both open maps and what describes them, and has brought nothing yet.
  static func described(_ transport: ScriptedTransport = .osf(Lab.all)) throws -> Lab {
    let lab = try Lab(transport)
    try lab.write(citingCatalog(), at: "catalog.yaml")
    try lab.want(alphaMap, betaMap, metadata: true)
    return lab
  }

  /// The metadata that comes with the lock of the current folder, by path.
  func metadata() throws -> [String: [UInt8]] {
    let bytes = try bench.bytes(current.appending("neuromaps.lock")) ?? []
    let lock = try LockReader.read(SourceText(name: "neuromaps.lock", bytes: bytes))
    return Dictionary(
      DatasetMetadata.files(of: lock).map { ($0.path.text, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }

  /// All that is in a data directory and is no map, by path.
  func described(in folder: String = "project/data") throws -> [String: [UInt8]] {
    let maps = Set((Lab.all + [Lab.delta]).map(\.path.text))
    return try bench.tree(bench.at(folder)).filter { !$0.key.hasPrefix(".neuromaps/") && !maps.contains($0.key) }
  }

  /// What has been set aside in a data directory.
  func replaced(in folder: String = "project/data") throws -> [[UInt8]] {
    Array(try bench.tree(bench.at("\(folder)/.neuromaps/replaced")).values)
  }
}
