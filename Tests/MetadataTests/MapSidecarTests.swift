import Foundation
import Metadata
import Project
import Testing

@Suite("The JSON file beside the files of a map")
struct MapSidecarTests {
  @Test("version 1 has exactly these bytes of a map of which all is known, for ever")
  func golden() throws {
    #expect(
      try Written(MadeLock.lab).text("den-32k_feature.json") == """
        {
          "Description": "Depth of folds",
          "Map": "lab/depth/fsLR/32k",
          "Catalog": "lab",
          "Density": "32k vertices in each hemisphere, by the name of the map",
          "Modality": "MRI",
          "N": 12,
          "Age": "20-30",
          "Note": "Mind it.",
          "License": "CC0",
          "LicenseURL": "https://creativecommons.org/publicdomain/zero/1.0/",
          "References": [
            {
              "Role": "primary",
              "Citation": "Xu T, Body of People, et al. (2020). Depth: a study. Brain 1(2):3-4.",
              "DOI": "10.1234/x_y",
              "URL": "https://doi.org/10.1234/x_y"
            },
            {
              "Role": "secondary",
              "Citation": "Aa B (n.d.). Data.",
              "DOI": "10.18112/openneuro.ds1.v1",
              "URL": "https://doi.org/10.18112/openneuro.ds1.v1"
            }
          ],
          "Files": {
            "source-lab_desc-depth_space-fsLR_den-32k_hemi-L_feature.func.gii": {
              "SourceURL": "https://files.osf.io/v1/resources/4mw3a/providers/osfstorage/60c2290118f70b01fca797eb",
              "Size": 5,
              "MD5": "\(MadeLock.md5)",
              "SHA256": "\(MadeLock.sha256)"
            },
            "source-lab_desc-depth_space-fsLR_den-32k_hemi-R_feature.func.gii": {
              "SourceURL": "https://files.osf.io/v1/resources/4mw3a/providers/osfstorage/60c228f5f3ce9401fa24e521",
              "MD5": "\(MadeLock.md5)"
            }
          }
        }

        """)
  }

  @Test("and these of one of which nothing is known")
  func nothingKnown() throws {
    #expect(
      try Written(MadeLock.lab).text("den-41k_feature.json") == """
        {
          "Description": "The brain map lab/plain/civet/41k",
          "Map": "lab/plain/civet/41k",
          "Catalog": "lab",
          "Density": "41k vertices in each hemisphere, by the name of the map",
          "SpatialReference": "civet: so named by the catalog, which does not say which template it stands for",
          "License": "unknown: none is stated, which is no permission",
          "Files": {
            "source-lab_desc-plain_space-civet_den-41k_hemi-R_feature.func.gii": {
              "SHA256": "\(MadeLock.sha256)"
            }
          }
        }

        """)
  }

  @Test("of a volume it tells the size of voxels, of a nuclear map what was measured, of a restricted one that it is")
  func volume() throws {
    let json = try Written(MadeLock.lab).json("res-2mm_feature.json")
    #expect(json["Resolution"] as? String == "2mm voxels, by the name of the map")
    #expect(json["Density"] == nil)
    #expect((json["SpatialReference"] as? String)?.hasPrefix("MNI152: ") == true)
    #expect(json["Measure"] as? String == "BPnd" && json["Target"] as? String == "D2")
    #expect(json["N"] as? String == "about 9")
    #expect(json["Restricted"] as? Bool == true)
    let files = try #require(json["Files"] as? [String: [String: Any]])
    let address = files.values.first?["SourceURL"] as? String
    #expect(address == "https://x.org/maps/%C3%B6/t.nii.gz?a=b")
  }

  @Test(
    "a tracer is told where the toolbox calls a map by it, and nowhere else",
    arguments: [
      ("neuromaps", "modality: PET, target: D2", "a"), ("neuromaps", "modality: SPECT, target: D2", "a"),
      ("neuromaps", "modality: PET", nil), ("neuromaps", "modality: MRI, target: D2", nil), ("neuromaps", "", nil),
      ("lab", "modality: PET, target: D2", nil),
    ] as [(String, String, String?)])
  func tracer(_ catalog: String, _ fields: String, _ tracer: String?) throws {
    #expect(try Written(MadeLock.one(fields, catalog: catalog)).json()["Tracer"] as? String == tracer)
  }

  @Test(
    "a space that BIDS has a label for needs no reference",
    arguments: [
      ("lab/a/fsaverage/10k", false), ("lab/a/fsLR/32k", false), ("lab/a/MNI152NLin2009cAsym/2mm", false),
      ("lab/a/MNI152/2mm", true), ("lab/a/civet/41k", true), ("lab/a/fslr/32k", true),
    ])
  func spaces(_ map: String, _ needsReference: Bool) throws {
    #expect(try (Written(MadeLock.one(map: map)).json()["SpatialReference"] != nil) == needsReference)
  }

  @Test(
    "how finely it is sampled is told as the name tells it",
    arguments: [
      ("lab/a/fsLR/32k", "32k vertices in each hemisphere, by the name of the map"),
      ("lab/a/fsLR/native", "native, by the name of the map"), ("lab/a/fsLR/k", "k, by the name of the map"),
    ])
  func density(_ map: String, _ words: String) throws {
    #expect(try Written(MadeLock.one(map: map)).json()["Density"] as? String == words)
  }

  @Test(
    "a license is what the catalog writes; what says nothing is none",
    arguments: [
      ("CC BY 4.0", "CC BY 4.0"), ("Fragt uns!", "Fragt uns!"), ("none", "none"), (" CC0 ", "CC0"),
      ("UNKNOWN", "unknown: none is stated, which is no permission"),
      ("", "unknown: none is stated, which is no permission"),
    ])
  func license(_ written: String, _ told: String) throws {
    #expect(try Written(MadeLock.one("license: \"\(written)\"")).json()["License"] as? String == told)
  }

  @Test("numbers of people are numbers where they are whole", arguments: ["7", "07", "7.5", "+7", "7 + 7", ""])
  func people(_ written: String) throws {
    let n = try Written(MadeLock.one("n: \"\(written)\"")).json()["N"]
    if written == "7" { #expect(n as? Int == 7) } else { #expect(n as? String == written) }
  }

  @Test(
    "any title is a title, whatever is in it",
    arguments: [
      "\"quotes\" and \\ 'more'", "two\nlines\r\n\tof it", "🧠 מפה خريطة \u{202e}abc\u{202c}", "\u{0}\u{1}\u{7f}\u{85}",
      "{}[]: # & * ! | >", "e\u{301} \u{2028} \u{feff}", String(repeating: "a", count: 10_000),
    ])
  func titles(_ title: String) throws {
    var lock = MadeLock.one()
    lock.maps = lock.maps.map { map in
      LockedMap(
        id: map.id, catalog: map.catalog, groups: [], license: title, isRestricted: false,
        facts: MapFacts(licenseURL: title, title: title, note: title))
    }
    let json = try Written(lock).json()
    let told = try #require(json["Description"] as? String)
    #expect(Array(told.unicodeScalars) == Array(title.unicodeScalars))
    #expect((json["Note"] as? String).map { Array($0.unicodeScalars) } == Array(title.unicodeScalars))
  }

  @Test("the version that is pinned on OSF is part of the address")
  func version() throws {
    let text = try Written(MadeLock.one(origin: "osf: 4mw3a/60c2290118f70b01fca797eb, osf_version: 3")).text(
      "feature.json")
    #expect(text.contains("osfstorage/60c2290118f70b01fca797eb?version=3\""))
  }
}
