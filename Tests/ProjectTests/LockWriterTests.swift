import Catalog
import Dataset
import Project
import Testing

@Suite("Writing a lock")
struct LockWriterTests {
  @Test("the lock of one map is these bytes")
  func golden() throws {
    let lab = try Desk.catalog(
      "lab", revision: "1", folder: "lab",
      maps: [
        "{map: a/b/fsLR/32k, files: [{hemi: R, url: r.gii, md5: \(digest("a", 32))}, "
          + "{hemi: L, osf: 4mw3a/60c2, osf_version: 2, size: 7, sha256: \(digest("b", 64))}]}"
      ])
    let lock = try Desk.lock("a/b/fsLR/32k", catalogs: [lab])
    #expect(
      Desk.print(lock) == """
        # Written by `neuromaps lock`: the exact files that answer neuromaps.yaml.
        # Commit it; do not edit it by hand.
        version: 1
        manifest:
        - annotation a/b/fsLR/32k
        catalogs:
        - name: lab
          revision: '1'
          sha256: \(lab.catalog.digest.hex)
        maps:
        - map: a/b/fsLR/32k
          catalog: lab
          license: unknown
          restricted: false
          files: 2
        files:
        - path: annotations/a/b/fsLR/source-a_desc-b_space-fsLR_den-32k_hemi-L_feature.func.gii
          map: a/b/fsLR/32k
          osf: 4mw3a/60c2
          osf_version: 2
          size: 7
          sha256: \(digest("b", 64))
        - path: annotations/a/b/fsLR/source-a_desc-b_space-fsLR_den-32k_hemi-R_feature.func.gii
          map: a/b/fsLR/32k
          url: lab/r.gii
          md5: \(digest("a", 32))

        """)
  }

  @Test("no absolute path, time, machine or user gets into the lock of the built-in catalog")
  func nothingOfTheMachine() throws {
    let text = Desk.print(try Desk.lock("{source: all, restricted: true}"))
    #expect(!text.contains(" /"))
    #expect(!text.contains("file:"))
    #expect(text.split(separator: "\n").allSatisfy { $0.last != " " })
  }

  @Test(
    "wherever the lab's catalog is, the lock can be read back",
    arguments: ["my lab", "labör", "a:b", "/my lab", "..", "50%"])
  func folders(folder: String) throws {
    let lab = try Desk.catalog(
      "lab", folder: folder, maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("a", 32))}]}"])
    let lock = try Desk.lock("a/b/c/1mm", catalogs: [lab])
    #expect(Desk.lockFindings(LockWriter.bytes(lock)) == [])
  }
}
