import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("From manifest and catalogs to a lock")
struct ResolverTests {
  private static let gradients = (1...10).map { "margulies2016/fcgradient\($0 < 10 ? "0" : "")\($0)/fsLR/32k" }

  private static let answers: [(entry: String, names: [String])] = [
    ("abagen/genepc1/fsaverage/10k", ["abagen/genepc1/fsaverage/10k"]),
    ("[abagen, genepc1, fsaverage, 10k]", ["abagen/genepc1/fsaverage/10k"]),
    ("\"abagen/genepc1/fsaverage/10k\"", ["abagen/genepc1/fsaverage/10k"]),
    ("margulies2016/fcgradient*/fsLR/32k", gradients),
    ("margulies2016/fcgradient0?/fsLR/32k", Array(gradients.dropLast())),
    ("[margulies2016, all, all, all]", gradients),
    ("\"*/myelinmap/*/*\"", ["hcps1200/myelinmap/fsLR/32k"]),
    ("{source: xu2020}", ["xu2020/FChomology/fsLR/32k", "xu2020/evoexp/fsLR/32k"]),
    ("{source: [xu2020, abagen], desc: \"*e*1\"}", ["abagen/genepc1/fsaverage/10k"]),
    (
      "{source: savli2012, exclude: [savli2012/[dp]*/*/*, \"*/dasb/*/*\", savli2012/p943/MNI152/3mm]}".replacing(
        "savli2012/[dp]*/*/*, ", with: ""),
      ["savli2012/altanserin/MNI152/3mm", "savli2012/way100635/MNI152/3mm"]
    ),
    ("{desc: dasb, den: 164k, res: 3mm}", ["beliveau2017/dasb/fsaverage/164k", "savli2012/dasb/MNI152/3mm"]),
    ("{desc: feobv, source: [tuominen, spreng]}", ["tuominen/feobv/MNI152/2mm"]),
    ("spreng/feobv/MNI152/1mm", ["spreng/feobv/MNI152/1mm"]),
    ("{source: spreng, restricted: true}", ["spreng/feobv/MNI152/1mm"]),
    (
      "{desc: feobv, source: [tuominen, spreng], restricted: true}",
      ["spreng/feobv/MNI152/1mm", "tuominen/feobv/MNI152/2mm"]
    ),
    ("\"*/feobv/MNI152/1mm\"", ["aghourian2017/feobv/MNI152/1mm", "bedard2019/feobv/MNI152/1mm"]),
    ("raichle/cmruglu/fsLR/164k", ["raichle/cmrglc/fsLR/164k"]),
  ]

  @Test("an entry is answered by its maps, sorted by name", arguments: answers)
  func answered(entry: String, names: [String]) throws {
    #expect(try Desk.lock(entry).names == names)
  }

  @Test("`{source: all}` is everything but what is restricted")
  func everything() throws {
    let lock = try Desk.lock("{source: all}")
    #expect(lock.maps.count == 86)
    #expect(lock.files.count == 123)
    #expect(try Desk.lock("{source: all, restricted: true}").files.count == 124)
  }

  @Test("a file has its path, its map, its origin and its checksums from the catalog")
  func files() throws {
    let lock = try Desk.lock("abagen/genepc1/fsaverage/10k", "neurosynth/cogpc1/MNI152/2mm")
    #expect(
      lock.files.map(\.path.text) == [
        "annotations/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-L_feature.func.gii",
        "annotations/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-R_feature.func.gii",
        "annotations/neurosynth/cogpc1/MNI152/source-neurosynth_desc-cogpc1_space-MNI152_res-2mm_feature.nii.gz",
      ])
    #expect(lock.files.map(\.item.description) == [lock.names[0], lock.names[0], lock.names[1]])
    let catalog = Desk.builtin.catalog
    for file in lock.files {
      guard case .map(let id) = file.item else { continue }
      let own = try #require(catalog[id]?.files.first { $0.origin == file.origin })
      #expect(own.checksums == file.checksums)
      #expect(DatasetPath(id, hemi: own.hemi) == file.path)
    }
  }

  @Test("a map has its license and its restriction, and the catalog its revision and digest")
  func maps() throws {
    let lock = try Desk.lock("spreng/feobv/MNI152/1mm", "{license: CC*}")
    let catalog = Desk.builtin.catalog
    for map in lock.maps {
      #expect(map.catalog == "neuromaps")
      #expect(map.groups == [])
      #expect(map.license == catalog[map.id]?.license)
      #expect(map.isRestricted == (map.id.source == "spreng"))
    }
    #expect(lock.catalogs.map(\.name) == ["neuromaps"])
    #expect(lock.catalogs.map(\.revision) == [catalog.revision])
    #expect(lock.catalogs.map(\.sha256) == [catalog.digest])
  }

  @Test("a selector with a hemisphere takes that file only, and two entries take what each asks for")
  func hemisphere() throws {
    let right = try Desk.lock("{source: abagen, hemi: R}")
    #expect(right.files.map(\.path.fileName).map { $0.contains("_hemi-R_") } == [true])
    #expect(try Desk.lock("{source: abagen, hemi: R}", "{source: abagen, hemi: L}").files.count == 2)
    #expect(try Desk.lock("{source: abagen, hemi: R}", "abagen/*/*/*").files.count == 2)
    #expect(try Desk.lock("{source: [abagen, neurosynth], hemi: [L, R]}").files.count == 2)
  }

  @Test("a map that several entries ask for is there once")
  func once() throws {
    let lock = try Desk.lock("abagen/genepc1/fsaverage/10k", "{source: abagen}", "abagen/*/*/*", "abagen/*/*/*")
    #expect(lock.names == ["abagen/genepc1/fsaverage/10k"])
    #expect(lock.files.count == 2)
  }

  @Test("an exclusion holds for its own entry only")
  func exclusion() throws {
    #expect(
      try Desk.lock("{source: savli2012, exclude: [savli2012/dasb/*/*]}", "savli2012/dasb/MNI152/3mm").names.count == 4)
  }

  @Test("a catalog without an answer in it is not recorded")
  func unused() throws {
    let lab = try Desk.catalog("lab", maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("a", 32))}]}"])
    #expect(
      try Desk.lock("abagen/genepc1/fsaverage/10k", catalogs: [Desk.builtin, lab]).catalogs.map(\.name) == ["neuromaps"]
    )
    #expect(try Desk.lock("a/b/c/1mm", catalogs: [Desk.builtin, lab]).catalogs.map(\.name) == ["lab"])
    #expect(try Desk.resolve("version: 1\n").lock.files.isEmpty)
  }

  @Test(
    "a catalog's relative origins start from its folder",
    arguments: [
      ("", "maps/a.nii.gz", Origin.relative("maps/a.nii.gz")), ("lab", "maps/a.nii.gz", .relative("lab/maps/a.nii.gz")),
      ("../lab", "./a.nii.gz", .relative("../lab/a.nii.gz")), ("/lab", "../a.nii.gz", .url("file:///a.nii.gz")),
      ("lab", "https://h/a", .url("https://h/a")),
    ])
  func relative(folder: String, url: String, origin: Origin) throws {
    let lab = try Desk.catalog(
      "lab", folder: folder, maps: ["{map: a/b/c/1mm, files: [{url: \"\(url)\", md5: \(digest("a", 32))}]}"])
    #expect(try Desk.lock("a/b/c/1mm", catalogs: [lab]).files.map(\.origin) == [origin])
  }

  // MARK: prefer

  private static let preferences: [(spaces: String, entry: String, names: [String])] = [
    ("[fsaverage, MNI152]", "{desc: dasb}", ["beliveau2017/dasb/fsaverage/164k", "savli2012/dasb/MNI152/3mm"]),
    ("[MNI152, fsaverage]", "{desc: dasb}", ["beliveau2017/dasb/MNI152/1mm", "savli2012/dasb/MNI152/3mm"]),
    ("[fsaverage]", "beliveau2017/dasb/*/*", ["beliveau2017/dasb/fsaverage/164k"]),
    ("[fsLR, civet]", "beliveau2017/dasb/*/*", ["beliveau2017/dasb/MNI152/1mm", "beliveau2017/dasb/fsaverage/164k"]),
    ("[\"fs*\"]", "beliveau2017/dasb/*/*", ["beliveau2017/dasb/fsaverage/164k"]),
    ("[fsaverage]", "beliveau2017/dasb/MNI152/1mm", ["beliveau2017/dasb/MNI152/1mm"]),
    ("[fsaverage]", "[beliveau2017, dasb, MNI152, 1mm]", ["beliveau2017/dasb/MNI152/1mm"]),
    ("[fsaverage]", "{source: beliveau2017, desc: dasb, space: MNI152}", ["beliveau2017/dasb/MNI152/1mm"]),
    (
      "[fsaverage]", "{desc: dasb, exclude: [\"*/*/fsaverage/*\"]}",
      ["beliveau2017/dasb/MNI152/1mm", "savli2012/dasb/MNI152/3mm"]
    ),
  ]

  @Test(
    "of a map in several spaces the first preferred is kept, unless the tuple is written out", arguments: preferences)
  func preference(spaces: String, entry: String, names: [String]) throws {
    let lock = try Desk.resolve("version: 1\nannotations:\n- \(entry)\nprefer: {space: \(spaces)}\n").lock
    #expect(lock.names == names)
  }

  @Test("an old name is answered with a warning and kept in the declarations")
  func renamed() throws {
    let resolution = try Desk.resolve("version: 1\nannotations:\n- norgaard2020/flumazenil/MNI152/1mm\n")
    #expect(resolution.lock.names == ["norgaard2021/flumazenil/MNI152/1mm"])
    #expect(resolution.lock.declarations == ["annotation norgaard2020/flumazenil/MNI152/1mm"])
    #expect(resolution.warnings.map(\.severity) == [.warning])
  }

  // MARK: Order

  @Test("the order of entries, keys, values and catalogs makes no difference", arguments: 0..<20)
  func order(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (md5, other) = (digest("a", 32), digest("b", 32))
    let lab = try Desk.catalog(
      "lab", folder: "lab",
      maps: ["{map: a/b/fsLR/32k, files: [{hemi: L, url: l, md5: \(md5)}, {hemi: R, url: r, md5: \(other)}]}"])
    let copy = try Desk.catalog(
      "copy", folder: "copy",
      maps: ["{map: a/b/fsLR/32k, files: [{hemi: R, url: r, md5: \(other)}, {hemi: L, url: l, md5: \(md5)}]}"])
    func list(_ words: [String]) -> String { "[\(words.shuffled(using: &generator).joined(separator: ", "))]" }
    func text() -> String {
      let selector = [
        "tags: \(list(["PET", "receptors"]))", "space: \(list(["MNI152", "fsaverage"]))",
        "exclude: \(list(["savli2012/*/*/*", "\"*/feobv/*/*\""]))",
      ].shuffled(using: &generator).joined(separator: ", ")
      let entries = ["a/b/fsLR/32k", "abagen/*/*/*", "{\(selector)}", "[neurosynth, cogpc1, MNI152, 2mm]"]
      let items = entries.shuffled(using: &generator).map { "  - \($0)\n" }.joined()
      let keys = ["version: 1\n", "data_dir: x\n", "annotations:\n\(items)", "prefer: {space: [fsaverage, MNI152]}\n"]
      return keys.shuffled(using: &generator).joined()
    }
    let first = try Desk.resolve(text(), catalogs: [Desk.builtin, lab, copy]).lock
    let second = try Desk.resolve(text(), catalogs: [Desk.builtin, lab, copy].shuffled(using: &generator)).lock
    #expect(LockWriter.bytes(first) == LockWriter.bytes(second))
    #expect(first.catalogs.map(\.name) == ["copy", "neuromaps"])
  }
}
