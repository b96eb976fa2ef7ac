import Dataset
import Report

/// Contents in which every field is told; each text that a catalog or a lab may write is `text`.
enum SampleReport {
  static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47]
  private static let sha256 = SHA256Digest(String(repeating: "5a", count: 32))
  private static let md5 = MD5Digest(String(repeating: "c3", count: 16))

  static func contents(text: String = "a text", address: String? = "https://example.org/a", maps: Int = 3)
    -> ReportContents
  {
    var contents = ReportContents(title: text)
    contents.program = text
    contents.lockDigest = text
    contents.treeDigest = text
    contents.size = ReportedSize(bytes: 3_000, text: text)
    contents.catalogs = ["b", "a"].map { ReportedCatalog(name: "\(text) \($0)", revision: text, sha256: sha256) }
    contents.warnings = [text]
    contents.maps = (0..<maps).compactMap { map($0, text, address) }
    contents.atlases = ["fsLR/32k", "MNI152/2mm", "regfusion"].compactMap { atlas($0, text, address) }
    contents.citations = ReportedCitations(text: text, bibtex: text, csl: text, notes: [text])
    return contents
  }

  private static func map(_ number: Int, _ text: String, _ address: String?) -> ReportedMap? {
    guard let sampling = Sampling(number.isMultiple(of: 2) ? "10k" : "2mm"),
      let id = AnnotationID(source: "lab", desc: "map\(number)", space: "space\(number % 3)", sampling: sampling)
    else { return nil }
    var map = ReportedMap(id: id, catalog: text, state: [.there, .missing, .changed][number % 3])
    map.title = text
    map.modality = text
    map.measure = text
    map.target = text
    map.people = text
    map.age = text
    map.note = text
    map.tags = [text, "tag\(number % 2)"]
    map.license = number == 1 ? nil : ReportedLicense(name: text, address: address)
    map.groups = [text]
    map.isRestricted = number == 0
    map.size = ReportedSize(bytes: Int64(number) * 1_000, text: text)
    map.files = file(DatasetPath(id, hemi: nil), text, address).map { [$0] } ?? []
    map.references = [ReportedReference(text: text, address: address)]
    map.background = [ReportedReference(text: text, address: "doi:10.1/\(number)")]
    map.drawing = number == 2 ? .missing(because: text) : .picture(picture(text), legend(text))
    map.histogram = ReportedHistogram(lowest: -1, highest: 3, counts: [1, 0, 12, 4])
    map.images = [image(text)]
    map.warnings = [text]
    return map
  }

  private static func atlas(_ name: String, _ text: String, _ address: String?) -> ReportedAtlas? {
    guard let id = AtlasID(name) else { return nil }
    var atlas = ReportedAtlas(id: id, state: .missing)
    atlas.title = text
    atlas.license = ReportedLicense(name: text, address: address)
    atlas.note = text
    atlas.size = ReportedSize(bytes: 1, text: text)
    atlas.files = [DatasetPath(id, member: "a.txt")].compactMap { $0.flatMap { file($0, text, address) } }
    atlas.references = [ReportedReference(text: text, address: address)]
    return atlas
  }

  private static func file(_ path: DatasetPath, _ text: String, _ address: String?) -> ReportedFile? {
    Checksums(size: 1_234, md5: md5, sha256: sha256).map { checksums in
      ReportedFile(
        path: path, size: ReportedSize(bytes: 1_234, text: text), checksums: checksums, origin: text, address: address)
    }
  }

  private static func picture(_ text: String) -> ReportedPicture {
    ReportedPicture(
      png: png, width: 4, height: 2, alternative: text, panels: [[text, "left, medial"], [text]], note: text)
  }

  private static func legend(_ text: String) -> ReportedLegend {
    ReportedLegend(
      colors: [ReportedColor(red: 0, green: 9, blue: 255), ReportedColor(red: 16, green: 171, blue: 205)],
      lowest: -2, highest: 2, ticks: [.init(value: -2, text: text)], isSymmetric: true,
      quantity: text, palette: text)
  }

  private static func image(_ text: String) -> ReportedImage {
    var image = ReportedImage(name: text)
    image.shape = text
    image.dataType = text
    image.units = text
    image.voxelSize = text
    image.minimum = text
    image.maximum = text
    image.mean = text
    image.count = 20_484
    image.zeros = 1_204
    image.nonFinite = 1
    return image
  }
}
