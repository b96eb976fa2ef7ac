import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("A data directory")
struct DataFolderTests {
  private let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let other = MadeFile("lab/alpha/fsLR/32k", .right, size: 500)

  private func object(_ file: MadeFile, in bench: any Bench) throws -> StoredObject {
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    var intake = try store.intake(expecting: file.checksums)
    try intake.append(file.bytes)
    return try store.add(intake, as: intake.checksums)
  }

  private func folder(_ bench: any Bench, _ files: (any FileSystem)? = nil) throws -> DataFolder {
    DataFolder(files ?? bench.files, at: bench.at("data"))
  }

  private func place(_ file: MadeFile, in bench: any Bench) -> FilePath {
    bench.at("data").pushing(FilePath(file.path.text))
  }

  // MARK: Looking

  @Test("a file is what it is", arguments: MadeFile.Knowledge.allCases)
  func observes(_ knowledge: MadeFile.Knowledge) throws {
    let bench = try FakeBench()
    let data = try folder(bench)
    let wanted = file.checksums(knowledge)
    #expect(data.observe(file.path, expecting: wanted) == .missing)
    try bench.put(file.bytes, at: place(file, in: bench))
    guard case .matches(let entry) = data.observe(file.path, expecting: wanted) else {
      Issue.record("the right bytes do not match")
      return
    }
    #expect(entry.checksums.isComplete)
    #expect(entry.checksums.agrees(with: file.checksums))
    #expect(try bench.files.status(place(file, in: bench)) == entry.status)
    try bench.put(other.bytes, at: place(file, in: bench))
    guard case .differs(500, let different?) = data.observe(file.path, expecting: wanted) else {
      Issue.record("other bytes of the same size are not told")
      return
    }
    #expect(different.sha256 == other.checksums.sha256)
  }

  @Test("a file of another size is not read")
  func wrongSize() throws {
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    try bench.put([1, 2, 3], at: place(file, in: bench))
    #expect(try folder(bench, files).observe(file.path, expecting: file.checksums) == .differs(size: 3, nil))
    #expect(files.count(.scan) == 0)
  }

  @Test("a folder or a link to nowhere is not a file")
  func notAFile() throws {
    let bench = try FakeBench()
    try bench.put([1], at: place(file, in: bench).appending("below"))
    try bench.link(place(other, in: bench), to: "nowhere")
    let data = try folder(bench)
    #expect(data.observe(file.path, expecting: file.checksums) == .notAFile)
    #expect(data.observe(other.path, expecting: other.checksums) == .notAFile)
  }

  @Test("a link to a file is as good as the file", arguments: BenchKind.allCases)
  func symlinkedFile(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(file.bytes, at: bench.at("elsewhere"))
      try bench.link(place(file, in: bench), to: bench.at("elsewhere").string)
      let data = try folder(bench)
      guard case .matches = data.observe(file.path, expecting: file.checksums) else {
        Issue.record("a linked file does not match")
        return
      }
      try bench.put(other.bytes, at: bench.at("elsewhere"))
      guard case .differs = data.observe(file.path, expecting: file.checksums) else {
        Issue.record("a change through the link is not seen")
        return
      }
    }
  }

  @Test("every file below a folder, sorted, dot-files aside", arguments: BenchKind.allCases)
  func paths(_ kind: BenchKind) throws {
    try kind.with { bench in
      for path in [
        "annotations/b/c", "annotations/b-", "annotations/.x", "annotations/.d/e", "annotations/ä", "top", "atlases/z",
      ] {
        try bench.put([1], at: bench.at("data/\(path)"))
      }
      try bench.put([1], at: bench.at("data/annotations/tab\tand\nline"))
      try bench.put([1], at: bench.at("far/away"))
      try bench.link(bench.at("data/annotations/gone"), to: "nowhere")
      try bench.link(bench.at("data/annotations/elsewhere"), to: bench.at("far").string)
      let found = try folder(bench).paths(below: "annotations")
      #expect(
        found == [
          "annotations/b-", "annotations/b/c", "annotations/elsewhere", "annotations/gone",
          "annotations/tab\tand\nline",
          "annotations/ä",
        ])
      #expect(try folder(bench).paths(below: "nothing").isEmpty)
    }
  }

  @Test(
    "a link that leads back up ends the search all the same", .timeLimit(.minutes(1)), arguments: BenchKind.allCases)
  func linkLoop(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put([1], at: bench.at("data/annotations/a"))
      try bench.link(bench.at("data/annotations/up"), to: ".")
      try bench.link(bench.at("data/annotations/again"), to: "../annotations")
      try bench.link(bench.at("data/annotations/self"), to: "self")
      let found = try folder(bench).paths(below: "annotations")
      #expect(found == ["annotations/a", "annotations/again", "annotations/self", "annotations/up"])
    }
  }

  // MARK: Placing

  @Test("a placed file is a copy that can be written to", arguments: BenchKind.allCases)
  func places(_ kind: BenchKind) throws {
    try kind.with { bench in
      let object = try object(file, in: bench)
      let data = try folder(bench)
      let placement = try data.place(
        object, at: file.path, expecting: file.checksums, settingAside: false)
      #expect(placement != nil)
      #expect(placement?.setAside == nil)
      #expect(try bench.bytes(place(file, in: bench)) == file.bytes)
      #expect(try !bench.isReadOnly(place(file, in: bench)))
      try bench.put([1], at: place(file, in: bench))
      #expect(try bench.bytes(object.path) == file.bytes)
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("what is at the path stays, whatever it is", arguments: BenchKind.allCases)
  func keepsWhatIsThere(_ kind: BenchKind) throws {
    try kind.with { bench in
      let object = try object(file, in: bench)
      try bench.put([1], at: place(file, in: bench))
      let data = try folder(bench)
      let error = #expect(throws: FileError.self) {
        try data.place(object, at: file.path, expecting: file.checksums, settingAside: false)
      }
      #expect(error?.operation == .place)
      #expect(error?.reason == .fileExists)
      #expect(try bench.bytes(place(file, in: bench)) == [1])
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("a file that turns up while another is set aside stays too")
  func race() throws {
    let bench = try FakeBench()
    let object = try object(file, in: bench)
    try bench.put([1], at: place(file, in: bench))
    let files = WatchedFiles(bench.files)
    let target = place(file, in: bench)
    files.beforeEach { record in
      guard record.call == .publish, record.path == target else { return }
      do { try bench.put([2], at: target) } catch { Issue.record(error) }
    }
    let data = try folder(bench, files)
    let error = #expect(throws: FileError.self) {
      try data.place(object, at: file.path, expecting: file.checksums, settingAside: true)
    }
    #expect(error?.reason == .fileExists)
    let tree = try bench.tree(bench.at("data"))
    #expect(Set(tree.values) == [[1], [2]])
    #expect(tree[file.path.text] == [2])
  }

  @Test("a file that gives way is kept aside", arguments: BenchKind.allCases)
  func setsAside(_ kind: BenchKind) throws {
    try kind.with { bench in
      let object = try object(file, in: bench)
      try bench.put([1, 2], at: place(file, in: bench))
      let placement = try folder(bench).place(
        object, at: file.path, expecting: file.checksums, settingAside: true)
      let aside = try #require(placement?.setAside)
      #expect(aside.removingLastComponent() == bench.at("data/.neuromaps/replaced"))
      #expect(try bench.bytes(aside) == [1, 2])
      #expect(try bench.bytes(place(file, in: bench)) == file.bytes)
    }
  }

  @Test("nothing that was set aside is ever lost, be the times alike", arguments: BenchKind.allCases)
  func setsAsideTwice(_ kind: BenchKind) throws {
    try kind.with { bench in
      let object = try object(file, in: bench)
      for content in [[1], [2], [3]] as [[UInt8]] {
        try bench.put(content, at: place(file, in: bench))
        try bench.setModified(1_600_000_000_000_000_000, of: place(file, in: bench))
        _ = try folder(bench).place(
          object, at: file.path, expecting: file.checksums, settingAside: true)
      }
      let kept = try bench.tree(bench.at("data/.neuromaps/replaced"))
      #expect(Set(kept.values) == [[1], [2], [3]])
    }
  }

  @Test("a file whose place is not to be had goes back to where it was")
  func setsBack() throws {
    let bench = try FakeBench()
    let object = try object(file, in: bench)
    try bench.put([1], at: place(file, in: bench))
    let files = WatchedFiles(bench.files)
    files.fail(.publish, on: file.path.fileName, with: .noSpace)
    let data = try folder(bench, files)
    #expect(throws: FileError(.place, place(file, in: bench), .noSpace)) {
      try data.place(object, at: file.path, expecting: file.checksums, settingAside: true)
    }
    let tree = try bench.tree(bench.at("data"))
    #expect(tree == [file.path.text: [1]])
  }

  @Test("an object that is gone is not placed, nor one that is another than its name says")
  func wrongObject() throws {
    let bench = try FakeBench()
    let object = try object(file, in: bench)
    let data = try folder(bench)
    let wanted = other.checksums(.md5)
    #expect(try data.place(object, at: other.path, expecting: wanted, settingAside: false) == nil)
    try bench.files.remove(object.path)
    #expect(
      try data.place(object, at: file.path, expecting: file.checksums, settingAside: false) == nil)
    let tree = try bench.tree(bench.at("data"))
    #expect(tree.isEmpty)
  }

  @Test("an object that is damaged is not placed, and nothing is set aside for it")
  func damagedObject() throws {
    let bench = try FakeBench()
    try bench.put(other.bytes, at: try object(file, in: bench).path)
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    let object = try #require(try store.object(file.checksums))
    #expect(!object.isSealed)
    try bench.put([1], at: place(file, in: bench))
    let data = try folder(bench)
    let placement = try data.place(
      object, at: file.path, expecting: file.checksums, settingAside: true)
    #expect(placement == nil)
    let tree = try bench.tree(bench.at("data"))
    #expect(tree == [file.path.text: [1]])
  }
}
