import Catalog
import Diagnostics

/// Small catalogs for tests.
enum SmallCatalog {
  static let md5 = String(repeating: "0", count: 32)
  static let sha256 = String(repeating: "0", count: 64)

  /// Two catalogs: maps of every kind in the first, more of the same in the second.
  static let lab = read(
    """
    version: 1
    name: lab
    revision: "1"
    maps:
      - map: xu2020/depth/fsaverage/10k
        license: CC0
        tags: [cortex, PET, "größe"]
        files: [{hemi: R, url: r, md5: \(md5)}, {hemi: L, url: l, md5: \(md5)}]
      - map: xu/depth/fsLR/32k
        tags: [cortex]
        files: [{hemi: R, url: r, md5: \(md5)}]
      - map: xu2020/blob/MNI152/2mm
        license: CC BY 4.0
        tags: [PET]
        files: [{url: v, md5: \(md5)}]
      - map: secret/blob/MNI152/2mm
        tags: [PET]
        restricted: true
        files: [{url: v, md5: \(md5)}]
      - map: xu2020/blob/MNI152/3mm
        files: [{url: v, md5: \(md5)}]
    """)

  static let other = read(
    """
    version: 1
    name: other
    revision: "1"
    maps:
      - map: xu2020/depth/fsaverage/10k
        files: [{hemi: L, url: l, md5: \(md5)}]
    renamed:
      - {from: xu2019/deepness, to: xu2020/depth}
    """)

  static let both = CatalogSet([lab, other])

  static func read(_ text: String) -> MapCatalog {
    do throws(Findings) {
      return try CatalogReader.read(SourceText(name: "small.yaml", bytes: Array(text.utf8)))
    } catch {
      preconditionFailure("\(error.diagnostics)")
    }
  }
}
