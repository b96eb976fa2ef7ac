import Catalog
import Citations
import Dataset
import Diagnostics

/// Small catalogs with papers, for tests.
enum PaperCatalog {
  static let md5 = String(repeating: "0", count: 32)

  static let lab = read(
    """
    version: 1
    name: lab
    revision: "1"
    cite: [own2020, xu2020]
    caution: Ask us first.
    references:
      xu2020:
        {type: article, authors: ["Xu, Ting", "Body of People", others], year: "2020", title: Depth, journal: Brain,
         volume: "1", number: "2", pages: "3-4", doi: 10.1/x_y, url: "https://doi.org/10.1/x_y", publisher: P}
      aa2021: {type: misc, authors: ["Aa, Bee C"], year: "2021", title: Data}
      own2020: {type: misc, title: The lab's maps}
      unused: {type: misc}
    maps:
      - {map: lab/a/fsLR/32k, primary: [xu2020], secondary: [aa2021], note: Mind it., files: \(surface)}
      - {map: lab/b/MNI152/2mm, primary: [aa2021], secondary: [xu2020], note: Mind it., files: \(volume)}
      - {map: lab/c/MNI152/2mm, note: Mind that., files: \(volume)}
      - {map: lab/d/MNI152/2mm, restricted: true, primary: [xu2020], files: \(volume)}
    renamed: [{from: lab/old, to: lab/b}]
    """)

  /// A catalog with a map of the same name, and another paper under the same key.
  static let other = read(
    """
    version: 1
    name: other
    revision: "1"
    references:
      Xu2020: {type: article, authors: ["Xu, Ting"], year: "2020", title: Another, journal: J}
      same: {type: misc, authors: ["Aa, Bee C"], year: "2021", title: Data}
    maps:
      - {map: lab/a/fsLR/32k, primary: [Xu2020], files: \(surface)}
      - {map: other/a/fsLR/32k, secondary: [Xu2020], files: \(surface)}
    """)

  static let both = CatalogSet([lab, other])

  private static let surface = "[{hemi: L, url: l, md5: \(md5)}]"
  private static let volume = "[{url: v, md5: \(md5)}]"

  static func read(_ text: String) -> MapCatalog {
    do throws(Findings) {
      return try CatalogReader.read(SourceText(name: "papers.yaml", bytes: Array(text.utf8)))
    } catch {
      preconditionFailure("\(error.diagnostics)")
    }
  }

  static func ids(_ texts: [String]) -> [AnnotationID] { texts.compactMap { AnnotationID($0) } }

  static func cited(_ texts: String..., in set: CatalogSet = both) -> Bibliography {
    Bibliography(of: ids(texts), in: set)
  }

  /// A bibliography of one map with one paper, whose fields are given as YAML.
  static func paper(_ fields: String, key: String = "k", caution: String = "Mind.") -> Bibliography {
    let catalog = read(
      """
      version: 1
      name: one
      revision: "1"
      caution: \(caution)
      references:
        \(key): {\(fields)}
      maps:
        - {map: a/b/MNI152/2mm, primary: [\(key)], files: \(volume)}
      """)
    return Bibliography(of: catalog.maps.map(\.id), in: CatalogSet([catalog]))
  }
}
