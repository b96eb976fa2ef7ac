import Dataset
import SampleImages
import TestWorld

/// A lab whose maps are images: a surface on a template of its own, a volume, and a file that is no image.
enum PictureLab {
  static let left = made("lab/alpha/lab/1k", .left, surface([1, 2, 3, -4]))
  static let right = made("lab/alpha/lab/1k", .right, surface([2, 4, 6, 1]))
  static let volume = made("lab/beta/MNI152/2mm", nil, cube.gzipped)
  static let broken = MadeFile("lab/gamma/MNI152/2mm", size: 300)
  static let all = [left, right, volume, broken]

  static let maps = ["lab/alpha/lab/1k", "lab/beta/MNI152/2mm", "lab/gamma/MNI152/2mm"]

  /// Its template, whose surfaces are of one kind, and have so many vertices more than the map has values.
  static func atlas(_ kind: String = "inflated", more: Int = 0) -> LabAtlas {
    LabAtlas(
      "lab/1k",
      Dictionary(uniqueKeysWithValues: ["L", "R"].map { ("tpl-lab_den-1k_hemi-\($0)_\(kind).surf.gii", mesh(more)) }))
  }

  /// A lab that wants all of it, and has brought nothing yet.
  static func lab(_ atlas: LabAtlas = atlas(), also more: String = "") throws -> Lab {
    let lab = try Lab(.osf(all))
    let facts =
      "    title: The alpha map\n    license: CC0-1.0\n    license_url: https://example.org/cc0\n"
      + "    tags: [first]\n    primary: [doe]\n"
    let catalog = Lab.catalog(all)
      .replacing("maps:\n", with: "references:\n  doe: {type: misc, title: On alpha}\nmaps:\n", maxReplacements: 1)
      .replacing("- map: lab/alpha/lab/1k\n", with: "- map: lab/alpha/lab/1k\n\(facts)")
    try lab.write(catalog + "atlases:\n\(atlas.entry())", at: "catalog.yaml")
    try lab.bench.put(atlas.archive, at: lab.project(atlas.origin))
    try lab.write(Lab.manifest("- lab/*/*/*", metadata: nil, also: "atlases: [lab/1k]\n\(more)"))
    return lab
  }

  /// The same with everything in place.
  static func synced(_ atlas: LabAtlas = atlas(), also more: String = "") async throws -> Lab {
    let lab = try lab(atlas, also: more)
    try await lab.sync()
    lab.forget()
    return lab
  }

  private static func made(_ map: String, _ hemi: Hemisphere?, _ bytes: [UInt8]) -> MadeFile {
    var file = MadeFile(map, hemi, size: 0)
    file.bytes = bytes
    return file
  }

  /// A map of these values.
  static func surface(_ values: [Double]) -> [UInt8] { SampleGIfTI.map(values).bytes }

  private static var cube: SampleNIfTI {
    SampleNIfTI(shape: [4, 4, 4], values: (0..<64).map { Double($0) / 8 })
  }

  /// A tetrahedron, and vertices that belong to no triangle.
  private static func mesh(_ more: Int) -> String {
    let rest = [Double](repeating: 5, count: 3 * more)
    var points = SampleDataArray([0, 0, 40, 30, 0, -10, -20, 30, -10, -20, -30, -10] + rest)
    points.intent = "POINTSET"
    points.shape = [4 + more, 3]
    var triangles = SampleDataArray([0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2])
    triangles.intent = "TRIANGLE"
    triangles.type = "INT32"
    triangles.shape = [4, 3]
    return SampleGIfTI([points, triangles]).text
  }
}
