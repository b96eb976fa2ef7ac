import Catalog
import Dataset
import Diagnostics
import Metadata
import Project
import Testing

@Suite("What describes a data directory")
struct DatasetMetadataTests {
  @Test("four files are about the whole, and one about each map, beside its files")
  func paths() throws {
    let files = DatasetMetadata.files(of: MadeLock.lab)
    #expect(
      files.map(\.path.text) == [
        ".bidsignore", "CITATION.cff", "README",
        "annotations/lab/depth/fsLR/source-lab_desc-depth_space-fsLR_den-32k_feature.json",
        "annotations/lab/plain/civet/source-lab_desc-plain_space-civet_den-41k_feature.json",
        "annotations/lab/tracer/MNI152/source-lab_desc-tracer_space-MNI152_res-2mm_feature.json",
        "dataset_description.json",
      ])
    let described = files.compactMap(\.map)
    #expect(described == MadeLock.lab.maps.map(\.id))
    for file in files { #expect(DatasetPath(file.path.text) == file.path) }
    #expect(DatasetMetadata.count(of: MadeLock.lab) == files.count)
  }

  @Test("a lock that names no version, or one from the future, has none", arguments: [nil, 0, 2] as [Int64?])
  func versions(_ version: Int64?) {
    var lock = MadeLock.lab
    lock.metadata = version
    #expect(DatasetMetadata.files(of: lock).isEmpty)
    #expect(DatasetMetadata.count(of: lock) == 0)
  }

  @Test("size and digests are those of the bytes")
  func checksums() throws {
    let file = try #require(DatasetMetadata.files(of: MadeLock.lab).first { $0.path == .bidsIgnore })
    #expect(file.bytes == Array("annotations\natlases\n".utf8))
    #expect(file.checksums.size == 20)
    #expect(file.checksums.md5?.hex == "b93ca399f6ed843d9309526322b8d219")
    #expect(file.checksums.sha256?.hex == "96c0df23a13c4297f75cb8dfe0050ae3721bb6bbfa91eba07041be470eada721")
  }

  @Test("the order of a lock does not count")
  func order() {
    let lock = MadeLock.lab
    var shuffled = lock
    shuffled.maps.reverse()
    shuffled.files.reverse()
    shuffled.references.reverse()
    shuffled.catalogs.reverse()
    #expect(shuffled != lock)
    #expect(DatasetMetadata.files(of: shuffled) == DatasetMetadata.files(of: lock))
  }

  @Test("a lock that was written and read says the same")
  func roundTrip() throws {
    let source = SourceText(name: "neuromaps.lock", bytes: LockWriter.bytes(MadeLock.lab))
    let read = try LockReader.read(source)
    #expect(DatasetMetadata.files(of: read) == DatasetMetadata.files(of: MadeLock.lab))
  }

  @Test("a map that is known under other names of papers in another revision has those papers")
  func revisions() throws {
    let lock = MadeLock.lab
    let id = try #require(lock.maps.first?.id)
    var other = lock
    other.maps = lock.maps.map { map in
      map.id != id
        ? map
        : LockedMap(
          id: id, catalog: map.catalog, revision: "0", groups: [], license: map.license, isRestricted: false,
          facts: map.facts)
    }
    let paper = try #require(lock.references.first { $0.reference.key == "own" })
    let renamed = LockedReference(catalog: "lab", revision: "0", paper.reference)
    other.references.append(renamed)
    let text = try Written(other).text("depth_space-fsLR_den-32k_feature.json")
    #expect(!text.contains("References"))
    other.maps = other.maps.map { map in
      map.id != id
        ? map
        : LockedMap(
          id: id, catalog: map.catalog, revision: "0", groups: [], license: nil, isRestricted: false,
          facts: MapFacts(primary: ["own"]))
    }
    #expect(try Written(other).text("depth_space-fsLR_den-32k_feature.json").contains("The lab's maps"))
  }

  @Test("nothing is said of groups: who brings a part has the same description")
  func groups() {
    var lock = MadeLock.lab
    lock.maps = lock.maps.map { map in
      LockedMap(
        id: map.id, catalog: map.catalog, groups: ["figures"], license: map.license,
        isRestricted: map.isRestricted, facts: map.facts)
    }
    #expect(DatasetMetadata.files(of: lock) == DatasetMetadata.files(of: MadeLock.lab))
  }

  @Test("no program's version, no time and no folder of a machine is in any of them")
  func nothingElse() throws {
    let lock = MadeLock.one(origin: "url: \"file:///home/u/secret/v.nii.gz\"")
    for file in DatasetMetadata.files(of: lock) {
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(!text.contains("/home/u"))
      #expect(!text.contains("\"Version\""))
      #expect(text.hasSuffix("\n") && !text.contains("\r"))
    }
  }
}
