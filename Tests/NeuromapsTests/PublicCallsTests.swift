import Catalog
import Dataset
import Effects
import Foundation
import LoopbackOSF
import Neuromaps
import SystemPackage
import TestWorld
import Testing

/// The public calls read the process's environment and folder, so each of these runs in a process of its own. A server
/// on this machine stands in for OSF; it has the built-in catalog's files, with other bytes.
@Suite("The public calls, in a process of their own", .timeLimit(.minutes(2)))
struct PublicCallsTests {
  @Test("the data directory is the parameter, else $NEUROMAPS_DATA, else ~/neuromaps-data")
  func dataDir() async throws {
    try await TemporaryFolder.with { folder in
      let names = try Self.names(of: "neurosynth")
      for place in ["given", "named", "home/neuromaps-data"] {
        for name in names { try Self.write("changed", at: folder.appending(place).pushing(FilePath(name))) }
      }
      await #expect(processExitsWith: .success) { [folder = folder.string as String] in
        Self.live(in: folder)
        // Where it looks is told by the file that it finds changed.
        func message(_ dataDir: String? = nil) async -> String {
          do throws(NeuromapsFailure) {
            let fetched = try await fetchAnnotation(source: "neurosynth", dataDir: dataDir)
            return "\(fetched)"
          } catch {
            return "\(error.reason) \(error.diagnostics)"
          }
        }
        setenv("NEUROMAPS_DATA", "\(folder)/named", 1)
        #expect(await message("\(folder)/given").contains("dataDiffers"))
        #expect(await message().contains("dataDiffers"))
        try Disk().remove(FilePath("\(folder)/named/\(try Self.names(of: "neurosynth")[0])"))
        #expect(await message().contains("couldNot"))
        #expect(await message("\(folder)/given").contains("dataDiffers"))
        unsetenv("NEUROMAPS_DATA")
        #expect(await message().contains("dataDiffers"))
      }
      for place in ["given", "home/neuromaps-data"] {
        for name in names {
          let path = folder.appending(place).pushing(FilePath(name))
          #expect(try Disk().read(path, limit: 100) == Array("changed".utf8))
        }
      }
    }
  }

  @Test("the token that is given is shown, and not the environment's")
  func token() async throws {
    try await TemporaryFolder.with { folder in
      let files = try Self.served("spreng")
      try await LoopbackOSF.serving(files, token: "given") { server in
        await #expect(processExitsWith: .success) { [folder = folder.string as String, url = server.url as String] in
          Self.live(in: folder, osf: url)
          setenv("NEUROMAPS_OSF_TOKEN", "environment", 1)
          let refused = try await failure { _ = try await fetchAnnotation(source: "spreng", restricted: true) }
          #expect(refused?.reason == .tokenNeeded)
          let wrong = try await failure {
            _ = try await fetchAnnotation(source: "spreng", desc: "feobv", space: "MNI152", res: "1mm", token: "given")
          }
          #expect(wrong?.reason == .couldNot)
          #expect(wrong?.diagnostics.map(\.code) == [.wrongBytes])
        }
        let shown = server.requests().compactMap { $0.header("Authorization") }
        #expect(Set(shown) == ["Bearer environment", "Bearer given"])
        #expect(server.requests().filter { $0.origin == .storage }.allSatisfy { $0.header("Authorization") == nil })
      }
      let tree = try DiskBench(root: folder).tree(folder)
      #expect(!tree.keys.contains { $0.contains("/annotations/") })
    }
  }

  @Test("without a keyword nothing is asked, and what matches nothing could not be")
  func keywords() async throws {
    try await TemporaryFolder.with { folder in
      await #expect(processExitsWith: .success) { [folder = folder.string as String] in
        Self.live(in: folder)
        let none = try await failure {
          _ = try await fetchAnnotation(restricted: true, token: "x", returnSingle: false)
        }
        #expect(none?.reason == .wrongUsage)
        #expect(none?.diagnostics.map(\.code) == [.noKeyword])
        for work in [
          { _ = try await fetchAnnotation(source: "nobody") },
          { _ = try await fetchAnnotation(desc: "genepc1", hemi: "X") },
          { _ = try await fetchAnnotation(source: "abagen", format: "volume") },
          { _ = try await fetchAnnotation(space: "fsaverage", den: "10k", tags: ["genetics", "PET"]) },
          { _ = try await fetchAnnotation(source: "spreng") },
        ] as [() async throws -> Void] {
          #expect(try await failure(work)?.diagnostics.map(\.code) == [.noSuchMap])
        }
      }
      let tree = try DiskBench(root: folder).tree(folder)
      #expect(tree.isEmpty)
    }
  }

  @Test("every keyword reaches the question", .enabled(if: RealData.isThere, "they lie beside the repository"))
  func realMap() async throws {
    let map = try #require(try RealData.maps().first { $0.files.count == 2 })
    let parts = map.id.parts
    let names = map.files.map { DatasetPath(map.id, hemi: $0.hemi).text }
    try await TemporaryFolder.with { folder in
      for name in names {
        let bytes = try Disk().read(FilePath("\(RealData.folder)/\(name)"), limit: 1 << 30)
        try DiskBench(root: folder).put(bytes, at: folder.appending("data").pushing(FilePath(name)))
      }
      await #expect(processExitsWith: .success) {
        [folder = folder.string as String, parts = parts as [String], names = names as [String]] in
        Self.live(in: folder)
        let (data, source, desc) = ("\(folder)/data", Values(parts[0]), Values(parts[1]))
        let (space, den) = (Values(parts[2]), Values(parts[3]))
        let paths = names.map { "\(data)/\($0)" }
        #expect(
          try await fetchAnnotation(source: source, desc: desc, space: space, den: den, dataDir: data)
            == .single(paths))
        #expect(
          try await fetchAnnotation(source: source, desc: desc, space: space, den: den, hemi: "R", dataDir: data)
            == .single([paths[1]]))
        let several = try await fetchAnnotation(
          source: source, desc: desc, space: space, den: den, format: "surface", dataDir: data, returnSingle: false)
        #expect(several.paths == paths)
        #expect(AnnotationID(parts.joined(separator: "/")).flatMap { several[$0] } == paths)
      }
    }
  }

  @Test("atlases that are there come without a network")
  func atlases() async throws {
    try await TemporaryFolder.with { folder in
      for member in BuiltinCatalog.load().atlases.flatMap(\.members) {
        try Self.write(member.text, at: folder.appending("data").pushing(FilePath(member.text)))
      }
      await #expect(processExitsWith: .success) { [folder = folder.string as String] in
        Self.live(in: folder)
        let data = "\(folder)/data"
        let surfaces = try await fetchAtlas("fslr", density: "32k", dataDir: data)
        #expect(
          surfaces["sphere"]
            == ["L", "R"].map { "\(data)/atlases/fsLR/tpl-fsLR_den-32k_hemi-\($0)_sphere.surf.gii" })
        setenv("NEUROMAPS_DATA", data, 1)
        #expect(Set(try await fetchRegfusion("fsaverage").keys) == ["3k", "10k", "41k", "164k"])
        #expect(try await fetchAllAtlases().count == 14)
        #expect(try await failure { _ = try await fetchAtlas("fsLR", density: "all") }?.reason == .couldNot)
        #expect(try await failure { _ = try await fetchRegfusion("MNI152") }?.reason == .couldNot)
      }
    }
  }

  @Test(
    "a project is the nearest from the current folder upwards, and its files are where manifest and environment say")
  func nearestProject() async throws {
    try await TemporaryFolder.with { folder in
      let study = folder.appending("study")
      let sums = MadeFile.checksums(of: Array("blob\n".utf8))
      try Self.write("blob\n", at: study.appending("blob"))
      try Self.write(
        """
        version: 1
        name: lab
        revision: "1"
        maps: [{map: lab/blob/MNI152/8mm, files: [{url: blob, md5: \(sums.md5?.hex ?? "")}]}]
        """, at: study.appending("catalog.yaml"))
      try Self.write(
        "version: 1\ndata_dir: own\nbuiltin: false\ncatalogs: [{path: catalog.yaml}]\nannotations: [lab/blob/MNI152/8mm]\n",
        at: study.appending("neuromaps.yaml"))
      try Self.write("", at: study.appending("deep/down/x"))
      await #expect(processExitsWith: .success) { [folder = folder.string as String] in
        Self.live(in: folder)
        chdir(folder)
        let none = try await failure { _ = try NeuromapsProject() }
        #expect(none?.reason == .wrongInput)
        #expect(none?.diagnostics.map(\.code) == [.noManifest])
        chdir("\(folder)/study/deep/down")
        let project = try NeuromapsProject()
        #expect(project.folder.hasSuffix("/study"))
        #expect(try await project.sync().dataDir.hasSuffix("/study/own"))
        setenv("NEUROMAPS_DATA", "\(folder)/named", 1)
        #expect(try await project.sync().dataDir == "\(folder)/named")
        #expect(
          try project.paths("lab/blob/MNI152/8mm").allSatisfy { $0.hasPrefix("\(folder)/named/annotations/lab/") })
        chdir("/")
        _ = try await project.verify()
      }
      #expect(try DiskBench(root: folder).tree(folder.appending("home/.cache")).values.contains(Array("blob\n".utf8)))
    }
  }

  // MARK: Parts

  /// What the process of a test knows of the world: a home of its own, and a server that stands in for OSF, or nobody.
  private static func live(in folder: String, osf url: String = "http://127.0.0.1:1") {
    for name in ["NEUROMAPS_DATA", "NEUROMAPS_CACHE_DIR", "NEUROMAPS_MIRRORS", "NEUROMAPS_OSF_TOKEN", "XDG_CACHE_HOME"]
    {
      unsetenv(name)
    }
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] { unsetenv(name) }
    setenv("HOME", "\(folder)/home", 1)
    setenv("NEUROMAPS_OSF_URL", url, 1)
  }

  private static func maps(of source: String) throws -> [CatalogMap] {
    BuiltinCatalog.load().maps.filter { $0.id.source == source }
  }

  private static func names(of source: String) throws -> [String] {
    try maps(of: source).flatMap { map in map.files.map { DatasetPath(map.id, hemi: $0.hemi).text } }
  }

  /// A source's files, with other bytes than the catalog's.
  private static func served(_ source: String) throws -> [ServedFile] {
    try maps(of: source).flatMap { map in
      try map.files.map { file in
        guard case .osf(let origin) = file.origin else { throw CocoaError(.featureUnsupported) }
        let bytes = Array("other".utf8)
        let sums = MadeFile.checksums(of: bytes)
        return ServedFile(
          project: origin.project, file: origin.file, name: DatasetPath(map.id, hemi: file.hemi).fileName,
          versions: [ServedVersion(bytes: bytes, md5: sums.md5?.hex ?? "", sha256: sums.sha256?.hex ?? "")],
          isRestricted: map.isRestricted)
      }
    }
  }

  private static func write(_ text: String, at path: FilePath) throws {
    try DiskBench(root: "/").put(Array(text.utf8), at: path)
  }
}
