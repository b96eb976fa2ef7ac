import Catalog
import Dataset
import Diagnostics
import Effects
import Foundation
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("The toolbox's fetch_atlas, fetch_regfusion and fetch_all_atlases")
struct FetchAtlasTests {
  /// The keys of what the toolbox's `fetch_atlas` returns, written down from its code.
  private static let keys: [String: [String]] = [
    "civet/41k": ["white", "midthickness", "inflated", "veryinflated", "sphere", "medial", "sulc", "vaavg"],
    "civet/164k": ["white", "midthickness", "inflated", "veryinflated", "sphere", "medial", "sulc", "vaavg"],
    "fsaverage/3k": ["white", "pial", "inflated", "sphere", "medial", "sulc", "vaavg"],
    "fsaverage/10k": ["white", "pial", "inflated", "sphere", "medial", "sulc", "vaavg"],
    "fsaverage/41k": ["white", "pial", "inflated", "sphere", "medial", "sulc", "vaavg"],
    "fsaverage/164k": ["white", "pial", "inflated", "sphere", "medial", "sulc", "vaavg"],
    "fsLR/4k": ["midthickness", "inflated", "sphere", "medial", "sulc", "vaavg"],
    "fsLR/8k": ["midthickness", "inflated", "sphere", "medial", "sulc", "vaavg"],
    "fsLR/32k": ["midthickness", "inflated", "veryinflated", "sphere", "medial", "sulc", "vaavg"],
    "fsLR/164k": ["midthickness", "inflated", "veryinflated", "sphere", "medial", "sulc", "vaavg"],
    "MNI152/1mm": volumes + ["6Asym_T1w", "6Asym_brainmask"], "MNI152/2mm": volumes + ["6Asym_T1w", "6Asym_brainmask"],
    "MNI152/3mm": volumes,
  ]

  private static let volumes = [
    "2009cAsym_T1w", "2009cAsym_T2w", "2009cAsym_PD", "2009cAsym_brainmask", "2009cAsym_CSF", "2009cAsym_GM",
    "2009cAsym_WM",
  ]

  private static let data = "/home/u/neuromaps-data"

  /// A disk with every file of some atlases of the built-in catalog, as the toolbox has unpacked them, and no network.
  private func filled(_ pattern: String) throws -> Lab {
    let lab = try Lab(.silent())
    let atlases = CatalogSet([LoadedCatalog.builtin.catalog]).atlases(Glob(pattern)).map(\.atlas)
    for member in atlases.flatMap(\.members) {
      try lab.bench.put(Array(member.text.utf8), at: FilePath("\(Self.data)/\(member)"))
    }
    return lab
  }

  // MARK: What the built-in catalog has

  @Test(
    "the kinds of every atlas are the toolbox's keys, in its order, each left before right",
    arguments: keys.keys.sorted())
  func kinds(_ name: String) async throws {
    let lab = try filled(name)
    let parts = name.split(separator: "/").map(String.init)
    let files = try await lab.workspace().fetchAtlas(parts[0], density: parts[1], from: [.builtin])
    #expect(files.id.description == name)
    #expect(files.kinds == Self.keys[name])
    #expect(files.kinds.flatMap { files[$0] } == files.paths)
    for kind in files.kinds {
      if parts[0] == "MNI152" {
        #expect(files[kind].count == 1)
      } else {
        #expect(files[kind].count == 2)
        #expect(files[kind].first?.contains("_hemi-L_") == true)
        #expect(files[kind].last == files[kind].first?.replacing("_hemi-L_", with: "_hemi-R_"))
      }
    }
    #expect(files["nothing"] == [])
    #expect(files[""] == [])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a kind's files have the toolbox's names")
  func names() async throws {
    let lab = try filled("*2*")
    let surfaces = try await lab.workspace().fetchAtlas("fsLR", density: "32k", from: [.builtin])
    let folder = "\(Self.data)/atlases/fsLR"
    let expected = [
      "midthickness": "midthickness.surf.gii", "veryinflated": "veryinflated.surf.gii",
      "medial": "desc-nomedialwall_dparc.label.gii", "sulc": "desc-sulc_midthickness.shape.gii",
      "vaavg": "desc-vaavg_midthickness.shape.gii",
    ]
    for (kind, name) in expected {
      #expect(
        surfaces[kind] == [
          "\(folder)/tpl-fsLR_den-32k_hemi-L_\(name)", "\(folder)/tpl-fsLR_den-32k_hemi-R_\(name)",
        ])
    }
    let volumes = try await lab.workspace().fetchAtlas("MNI152", density: "2mm", from: [.builtin])
    let there = "\(Self.data)/atlases/MNI152"
    #expect(volumes["2009cAsym_brainmask"] == ["\(there)/tpl-MNI152NLin2009cAsym_res-2mm_desc-brain_mask.nii.gz"])
    #expect(volumes["2009cAsym_CSF"] == ["\(there)/tpl-MNI152NLin2009cAsym_res-2mm_label-csf_probseg.nii.gz"])
    #expect(volumes["6Asym_brainmask"] == ["\(there)/tpl-MNI152NLin6Asym_res-2mm_desc-brain_mask.nii.gz"])
    #expect(volumes["T1w"] == [])
  }

  @Test(
    "the toolbox's other names are understood",
    arguments: [
      ("fslr", "32k", "fsLR/32k"), ("FSLR", "8k", "fsLR/8k"), ("fsavg", "10k", "fsaverage/10k"),
      ("mni152", "2mm", "MNI152/2mm"), ("mni", "3mm", "MNI152/3mm"), ("CIVET", "41k", "civet/41k"),
    ])
  func aliases(_ name: String, _ density: String, _ expected: String) async throws {
    let lab = try filled(expected)
    #expect(try await lab.workspace().fetchAtlas(name, density: density, from: [.builtin]).id.description == expected)
  }

  @Test("a density that there is not is told of with those that there are")
  func density() async throws {
    let lab = try Lab(.silent())
    let failure = try await failure {
      _ = try await lab.workspace().fetchAtlas("fsaverage", density: "999k", from: [.builtin])
    }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap])
    #expect(failure?.diagnostics.first?.message == "no catalog has an atlas `fsaverage/999k`")
    let hint = try #require(failure?.diagnostics.first?.hints.first)
    #expect(["3k", "10k", "41k", "164k"].allSatisfy { hint.contains("`fsaverage/\($0)`") }, "\(hint)")
  }

  @Test("what is no density is told of under the name that was asked for", arguments: ["thick", "32", "32k/", "*", ""])
  func noDensity(_ density: String) async throws {
    let lab = try Lab(.silent())
    let failure = try await failure {
      _ = try await lab.workspace().fetchAtlas("fsLR", density: density, from: [.builtin])
    }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.first?.message == "no catalog has an atlas `fsLR/\(density)`")
  }

  @Test(
    "no pattern, and not `all`, stands for an atlas",
    arguments: [
      ("all", "32k"), ("fsLR", "all"), ("all", "all"), ("*", "32k"), ("fsLR", "*"), ("fs*", "10k"), ("fsLR", "?k"),
      ("", ""), ("regfusion", ""), ("fsLR/32k", ""), ("fsLR", "32K"), ("fsLr", "32k"), ("..", "32k"),
    ])
  func patterns(_ name: String, _ density: String) async throws {
    let lab = try Lab(.silent())
    let failure = try await failure {
      let files = try await lab.workspace().fetchAtlas(name, density: density, from: [.builtin])
      Issue.record("\(name)/\(density) brought \(files.id)")
    }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap])
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  // MARK: Registration fusion

  @Test(
    "registration fusion to a space has the toolbox's densities",
    arguments: [
      ("civet", ["41k"]), ("CIVET", ["41k"]), ("fsLR", ["32k", "164k"]), ("fslr", ["32k", "164k"]),
      ("fsaverage", ["3k", "10k", "41k", "164k"]), ("fsavg", ["3k", "10k", "41k", "164k"]),
    ])
  func regfusion(_ space: String, _ densities: [String]) async throws {
    let lab = try filled("regfusion")
    let fusion = try await lab.workspace().fetchRegfusion(space, from: [.builtin])
    #expect(Set(fusion.keys) == Set(densities))
    let name = ["CIVET": "civet", "fslr": "fsLR", "fsavg": "fsaverage"][space] ?? space
    for density in densities {
      #expect(
        fusion[density]
          == ["L", "R"].map {
            "\(Self.data)/atlases/regfusion/tpl-MNI152_space-\(name)_den-\(density)_hemi-\($0)_regfusion.txt"
          })
    }
  }

  @Test(
    "a space that registration fusion does not lead to is told of with those that it does",
    arguments: ["MNI152", "fs", "*", "all", ""])
  func noRegfusion(_ space: String) async throws {
    let lab = try filled("regfusion")
    let failure = try await failure { _ = try await lab.workspace().fetchRegfusion(space, from: [.builtin]) }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap])
    #expect(failure?.diagnostics.first?.hints == ["it leads to `civet`, `fsLR`, `fsaverage`"])
  }

  // MARK: All of them

  @Test("all atlases are the fourteen, with every file of theirs")
  func all() async throws {
    let lab = try filled("all")
    let all = try await lab.workspace().fetchAllAtlases(from: [.builtin])
    #expect(Set(all.keys.map(\.description)) == Set(Self.keys.keys).union(["regfusion"]))
    #expect(all.allSatisfy { $0.key == $0.value.id })
    #expect(all.values.reduce(0) { $0 + $1.paths.count } == 179)
    let fusion = try #require(all.first { $0.key.description == "regfusion" }?.value)
    #expect(
      fusion.kinds == [
        "civet/41k", "fsaverage/3k", "fsaverage/10k", "fsaverage/41k", "fsaverage/164k", "fsLR/32k", "fsLR/164k",
      ])
    #expect(fusion["fsLR/32k"].count == 2)
  }

  // MARK: By download

  @Test("an archive is downloaded once, and its files are the locked members alone")
  func downloads() async throws {
    let (lab, catalog) = try Self.archives()
    let fetched = try await lab.workspace().fetchAtlas("fslr", density: "32k", from: [catalog])
    #expect(fetched.kinds == ["midthickness", "sulc"])
    for path in fetched.paths {
      #expect(try lab.bench.bytes(FilePath(path)) == Array((path.split(separator: "/").last ?? "").utf8))
    }
    #expect(lab.transport.urls == ["https://example.org/fslr32k.tar.gz"])
    lab.forget()
    #expect(try await lab.workspace().fetchAtlas("fsLR", density: "32k", from: [catalog]) == fetched)
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("all of a catalog's atlases come, each by its own archive")
  func downloadsAll() async throws {
    let (lab, catalog) = try Self.archives()
    let all = try await lab.workspace().fetchAllAtlases(from: [catalog])
    #expect(Set(all.keys.map(\.description)) == ["fsLR/32k", "regfusion"])
    #expect(all.values.reduce(0) { $0 + $1.paths.count } == 10)
    #expect(lab.transport.requests.count == 2)
    let fusion = try await lab.workspace().fetchRegfusion("fsaverage", from: [catalog])
    #expect(Set(fusion.keys) == ["3k", "10k"])
    #expect(lab.transport.requests.count == 2)
  }

  @Test("an atlas that cannot be had is a failure, and an unknown space is told before anything is downloaded")
  func unreachable() async throws {
    let (lab, catalog) = try Self.archives(.silent())
    #expect(
      try await failure { _ = try await lab.workspace().fetchAtlas("fsLR", density: "32k", from: [catalog]) }?.reason
        == .couldNot)
    lab.forget()
    _ = try await failure { _ = try await lab.workspace().fetchRegfusion("nowhere", from: [catalog]) }
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("an archive that ends too early leaves no file")
  func brokenArchive() async throws {
    let (lab, catalog) = try Self.archives(cutShort: 40)
    let failure = try await failure {
      _ = try await lab.workspace().fetchAtlas("fsLR", density: "32k", from: [catalog])
    }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.archiveUnusable])
    #expect(!lab.bench.disk.everything().keys.contains { $0.contains("/atlases/") })
  }

  /// A lab with two archives on the web, made by `tar`: each file's content is its own name.
  ///
  /// - Parameter cutShort: how many bytes the archives lack at their ends, which is what the catalog knows of them.
  private static func archives(
    _ transport: ScriptedTransport? = nil, cutShort: Int = 0
  ) throws -> (Lab, LoadedCatalog) {
    let bytes = try [fsLR, regfusion].map { Array(try #require(Data(base64Encoded: $0)).dropLast(cutShort)) }
    let atlas = ["midthickness.surf.gii", "desc-sulc_midthickness.shape.gii"]
      .flatMap { kind in ["L", "R"].map { "tpl-fsLR_den-32k_hemi-\($0)_\(kind)" } }
    let fusion = ["fsaverage_den-3k", "fsaverage_den-10k", "fsLR_den-32k"]
      .flatMap { kind in ["L", "R"].map { "tpl-MNI152_space-\(kind)_hemi-\($0)_regfusion.txt" } }
    let text = """
      version: 1
      name: lab
      revision: "1"
      maps: []
      atlases:
        - atlas: fsLR/32k
          archive: fslr32k.tar.gz
          url: https://example.org/fslr32k.tar.gz
          md5: \(MadeFile.checksums(of: bytes[0]).md5?.hex ?? "")
          members: [\(atlas.joined(separator: ", "))]
        - atlas: regfusion
          archive: regfusion.tar.gz
          url: https://example.org/regfusion.tar.gz
          md5: \(MadeFile.checksums(of: bytes[1]).md5?.hex ?? "")
          members: [\(fusion.joined(separator: ", "))]

      """
    let web = ScriptedTransport { request, _ in
      switch request.url {
      case "https://example.org/fslr32k.tar.gz": .bytes(bytes[0])
      case "https://example.org/regfusion.tar.gz": .bytes(bytes[1])
      default: .init(404)
      }
    }
    let catalog = try CatalogReader.read(SourceText(name: "catalog.yaml", bytes: Array(text.utf8)))
    return (try Lab(transport ?? web), LoadedCatalog(catalog, folder: ""))
  }

  private static let fsLR = """
    H4sIAAAAAAACA+2VPQ6DMAxGc5ReIBDlh16CiQugCEKJCAjhcP+GLkhZQKraqNRvseXFg/30ae80GMg7KKvcz45uTd2aiQo+1L0ZLS3r0ba+\
    t80wGYAM1qXLHtaS07BAIeWrBuLKmFJ7v805U1KRGyNfYAWvl7Ce/CcfOjnyI+hj/6sU/iuB/qfzv0L/0f89DFoDDYXVNdFb9Ho2J/7i0P87\
    i/znBcf8T5r/b54cuVL+J/BfYP4nzX/0H0EQ5No8AUXQD7AAFAAA
    """
  private static let regfusion = """
    H4sIAAAAAAACA+3WUQ6CIBjAcY7SBUgD1DO0WQ9cgLFCc5k5wdbxI9tq8yGXZZF+/xeczvnw+RtIk0uttFepNKl1diw8U+Z4tV4uAiJ0KTcK\
    J1qeVCVTJbaqwHQvduqQ4VjcX5mbs0FP8m0hY81qa6/2Yfi4vt4nlLIQzXz0hWptZGU/j6bZ56cN/VOyr38+rP+AgX+H/HPwD/6bP2Lhv7wl\
    dPuP2v4ZCcC/A/57TBuahn8+qH9Kwb9L/uEAMGH/Mb8dBkm/zaDbP2n5J5RE4P9H/t+cNjR6/3x4/xTO/674h60fgiBohF0AQ4JA9gAcAAA=
    """
}
