import Metadata
import Project
import Testing

@Suite("dataset_description.json")
struct DatasetDescriptionTests {
  private func text(_ lock: Lockfile) throws -> String { try Written(lock).text("dataset_description.json") }

  @Test("version 1 has exactly these bytes, for ever")
  func golden() throws {
    #expect(
      try text(MadeLock.lab) == """
        {
          "Name": "Brain maps of a neuromaps project",
          "BIDSVersion": "1.11.1",
          "DatasetType": "derivative",
          "GeneratedBy": [
            {
              "Name": "neuromaps",
              "Description": "Brought the files of neuromaps.lock from their origins as they are there, and wrote this \
        metadata, version 1."
            }
          ],
          "SourceDatasets": [
            {
              "URL": "https://osf.io/4mw3a/"
            },
            {
              "URL": "https://x.org/maps/%C3%B6/"
            },
            {
              "URL": "https://doi.org/10.18112/openneuro.ds1.v1",
              "DOI": "doi:10.18112/openneuro.ds1.v1"
            }
          ]
        }

        """)
  }

  @Test(
    "there is a license if one is stated for all maps, and it is one and the same",
    arguments: [
      (["CC0", "CC0"], [], "CC0"), (["Ask Bob's \\\"lab\\\""], [], "Ask Bob's \\\"lab\\\""),
      (["CC0", "CC0-1.0"], [], nil),
      (["CC0", nil], [], nil), ([nil, nil], [], nil), ([], [], nil), (["Unknown"], [], nil), (["\u{20}"], [], nil),
      (["CC0"], ["fsLR/32k"], nil),
    ] as [([String?], [String], String?)])
  func license(_ licenses: [String?], _ atlases: [String], _ whole: String?) throws {
    let maps = licenses.enumerated().map { index, license in
      let words = license.map { "license: \"\($0)\", " } ?? ""
      return "  - {map: lab/m\(index)/MNI152/2mm, \(words)files: [{url: v, md5: \(MadeLock.md5)}]}\n"
    }
    let catalog = "version: 1\nname: lab\nrevision: \"1\"\nmaps:\(maps.isEmpty ? " []" : "")\n\(maps.joined())"
    let text = try text(MadeLock.lock(catalog, atlases: atlases))
    #expect(text.contains("\"License\"") == (whole != nil))
    if let whole { #expect(text.contains("\"License\": \"\(whole)\"")) }
  }

  @Test(
    "a source is a project on OSF or the folder of an address; a file on a disk is none",
    arguments: [
      ("osf: grh4d/60c2290118f70b01fca797eb", "https://osf.io/grh4d/"),
      ("url: \"https://x.org/a/b/c?d=/e#/f\"", "https://x.org/a/b/"),
      ("url: \"http://x.org/c\"", "http://x.org/"), ("url: \"https://x.org\"", "https://x.org/"),
      ("url: \"https://x.org/a/\"", "https://x.org/a/"), ("url: maps/c", nil), ("url: \"file:///a/b\"", nil),
    ] as [(String, String?)])
  func sources(_ origin: String, _ address: String?) throws {
    let text = try text(MadeLock.one(origin: origin))
    #expect(text.contains("SourceDatasets") == (address != nil))
    if let address { #expect(text.contains("\"URL\": \"\(address)\"")) }
  }

  @Test("the archives of templates are sources too")
  func archives() throws {
    let catalog = "version: 1\nname: lab\nrevision: \"1\"\nmaps: []\n"
    #expect(try text(MadeLock.lock(catalog, atlases: ["fsLR/32k"])).contains("https://osf.io/abcde/"))
  }
}
