import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("Knowing files without reading them")
struct DataFolderIndexTests {
  private let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let other = MadeFile("lab/alpha/fsLR/32k", .right, size: 500)

  /// A data directory with both files, remembered, seen through a watch.
  private struct Known {
    let bench: FakeBench
    let files: WatchedFiles

    var index: FilePath { DataFolder.indexPath(bench.at("data")) }
    var folder: DataFolder { get throws { DataFolder(files, at: bench.at("data")) } }

    init(_ made: [MadeFile]) async throws {
      bench = try FakeBench()
      files = WatchedFiles(bench.files)
      for file in made { try bench.put(file.bytes, at: place(of: file)) }
      try await remember(made)
      files.forget()
    }

    func place(of file: MadeFile) -> FilePath { bench.at("data").pushing(FilePath(file.path.text)) }

    func remember(_ made: [MadeFile], clock: RecordingClock = RecordingClock()) async throws {
      let folder = try folder
      var found: [DatasetPath: DataIndex.Entry] = [:]
      for file in made {
        if case .matches(let entry) = folder.observe(file.path, expecting: file.checksums) {
          found[file.path] = entry
        }
      }
      try await folder.remember(found, clock: clock)
    }
  }

  private func isMatch(_ observation: Observation) -> Bool { if case .matches = observation { true } else { false } }

  @Test("a file that has not changed is not read again", arguments: MadeFile.Knowledge.allCases)
  func hit(_ knowledge: MadeFile.Knowledge) async throws {
    let known = try await Known([file, other])
    let folder = try known.folder
    #expect(isMatch(folder.observe(file.path, expecting: file.checksums(knowledge))))
    #expect(isMatch(folder.observe(other.path, expecting: other.checksums(knowledge))))
    #expect(known.files.count(.scan) == 0)
    #expect(isMatch(folder.observe(file.path, expecting: file.checksums, trustingIndex: false)))
    #expect(known.files.count(.scan) == 1)
  }

  @Test("of a file that has not changed it is known that it is not another")
  func otherLock() async throws {
    let known = try await Known([file])
    guard case .differs(500, _) = try known.folder.observe(file.path, expecting: other.checksums) else {
      Issue.record("a file is taken for another")
      return
    }
  }

  @Test("a changed content, time or file is read again")
  func misses() async throws {
    let made = [file]
    let edits: [(String, (Known) throws -> Void, isSame: Bool)] = [
      ("content", { try $0.bench.put(other.bytes, at: $0.place(of: file)) }, false),
      ("same content again", { try $0.bench.put(file.bytes, at: $0.place(of: file)) }, true),
      ("time", { try $0.bench.setModified(5, of: $0.place(of: file)) }, true),
      (
        "another file, all times alike",
        {
          let times = try #require(try $0.bench.files.status($0.place(of: file)))
          try $0.bench.put(other.bytes, at: $0.bench.at("new"))
          try $0.bench.setModified(times.modified, of: $0.bench.at("new"))
          try $0.bench.files.rename($0.bench.at("new"), to: $0.place(of: file), replacing: true)
        }, false
      ),
      (
        "content, with the old time of change",
        {
          let times = try #require(try $0.bench.files.status($0.place(of: file)))
          try $0.bench.put(other.bytes, at: $0.place(of: file))
          try $0.bench.setModified(times.modified, of: $0.place(of: file))
        }, false
      ),
    ]
    for (name, edit, isSame) in edits {
      let known = try await Known(made)
      try edit(known)
      let observation = try known.folder.observe(file.path, expecting: file.checksums)
      #expect(isMatch(observation) == isSame, "\(name)")
      #expect(known.files.count(.scan) == 1, "\(name)")
    }
  }

  @Test("a file that is edited after it was read is not remembered as it was")
  func editedMeanwhile() async throws {
    let known = try await Known([other])
    try known.bench.put(file.bytes, at: known.place(of: file))
    let folder = try known.folder
    guard case .matches(let entry) = folder.observe(file.path, expecting: file.checksums) else {
      Issue.record("the right bytes do not match")
      return
    }
    try known.bench.put(other.bytes, at: known.place(of: file))
    try await folder.remember([file.path: entry], clock: RecordingClock())
    #expect(!isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
  }

  @Test("a placed file that is edited before the end is not remembered as it was")
  func editedAfterPlacing() async throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    var intake = try store.intake(expecting: file.checksums)
    try intake.append(file.bytes)
    let object = try store.add(intake, as: intake.checksums)
    let folder = DataFolder(bench.files, at: bench.at("data"))
    let placement = try folder.place(
      object, at: file.path, expecting: file.checksums, settingAside: false)
    let entry = try #require(placement?.entry)
    try bench.put(other.bytes, at: folder.path(file.path))
    try await folder.remember([file.path: entry], clock: RecordingClock())
    let again = DataFolder(bench.files, at: bench.at("data"))
    #expect(!isMatch(again.observe(file.path, expecting: file.checksums)))
  }

  @Test("a file that somebody changes while it is placed has nothing to be remembered")
  func editedWhilePlacing() async throws {
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    let store = ObjectStore(files, at: bench.at("cache"))
    var intake = try store.intake(expecting: file.checksums)
    try intake.append(file.bytes)
    let object = try store.add(intake, as: intake.checksums)
    let folder = DataFolder(files, at: bench.at("data"))
    let (target, bytes) = (folder.path(file.path), other.bytes)
    files.beforeEach { record in
      guard record.call == .status, record.path == target else { return }
      do { if try bench.bytes(target) != nil { try bench.put(bytes, at: target) } } catch { Issue.record(error) }
    }
    let placement = try folder.place(
      object, at: file.path, expecting: file.checksums, settingAside: false)
    #expect(placement != nil)
    #expect(placement?.entry == nil)
  }

  @Test("a file of this very tick is remembered only when the clock has moved on")
  func racy() async throws {
    let known = try await Known([other])
    let disk = known.bench.disk
    disk.setTick(0)
    try known.bench.put(file.bytes, at: known.place(of: file))
    let clock = RecordingClock { _ in disk.pass(1_000_000) }
    try await known.remember([file], clock: clock)
    #expect(clock.naps.count == 1)
    known.files.forget()
    #expect(isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
    #expect(known.files.count(.scan) == 0)
    let left = try known.bench.drafts(known.bench.root)
    #expect(left.isEmpty)
  }

  @Test("a file that is edited while the clock is waited for is not remembered")
  func racyEdit() async throws {
    let known = try await Known([other])
    let (bench, place) = (known.bench, known.place(of: file))
    bench.disk.setTick(0)
    try bench.put(file.bytes, at: place)
    let edited = other.bytes
    let clock = RecordingClock { _ in
      bench.disk.pass(1_000_000)
      do { try bench.put(edited, at: place) } catch { Issue.record(error) }
      bench.disk.pass(1_000_000)
    }
    try await known.remember([file], clock: clock)
    #expect(!isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
  }

  @Test("where the clock stands still, nothing is remembered and nothing is wrong")
  func stoppedClock() async throws {
    let known = try await Known([other])
    known.bench.disk.setTick(0)
    try known.bench.put(file.bytes, at: known.place(of: file))
    let clock = RecordingClock()
    try await known.remember([file], clock: clock)
    #expect(!clock.naps.isEmpty)
    #expect(clock.naps.reduce(.zero, +) < .seconds(1))
    #expect(isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
    #expect(known.files.count(.scan) > 0)
    let left = try known.bench.drafts(known.bench.root)
    #expect(left.isEmpty)
  }

  @Test("a file as young as the index is read again, until an index is written that is younger")
  func youngFile() async throws {
    let known = try await Known([other])
    known.bench.disk.setTick(0)
    try known.bench.put(file.bytes, at: known.place(of: file))
    try await known.remember([file])
    known.bench.disk.setTick(1_000_000)
    for scans in [1, 0] {
      known.files.forget()
      #expect(isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
      #expect(known.files.count(.scan) == scans)
      try await known.remember([file])
    }
  }

  @Test("an edit in the tick of the index is found, also when the index is written anew for another file")
  func youngEdit() async throws {
    let known = try await Known([])
    known.bench.disk.setTick(0)
    try known.bench.put(file.bytes, at: known.place(of: file))
    try await known.remember([file])
    try known.bench.put(other.bytes, at: known.place(of: file))
    known.bench.disk.setTick(1_000_000)
    try known.bench.put(other.bytes, at: known.place(of: other))
    try await known.remember([other])
    #expect(!isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
  }

  @Test("with nothing new nothing is written")
  func nothingNew() async throws {
    let known = try await Known([file, other])
    try await known.remember([file, other])
    try await known.remember([file])
    try await known.remember([])
    #expect(known.files.writes.isEmpty)
  }

  @Test("what others remembered of other files is kept")
  func keepsOthers() async throws {
    let known = try await Known([file])
    try known.bench.put(other.bytes, at: known.place(of: other))
    try await known.remember([other])
    known.files.forget()
    #expect(isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
    #expect(known.files.count(.scan) == 0)
  }

  @Test("a folder that cannot be written to says so", arguments: [Errno.permissionDenied, .readOnlyFileSystem])
  func unwritable(_ reason: Errno) async throws {
    let known = try await Known([file])
    try known.bench.put(other.bytes, at: known.place(of: other))
    known.files.fail(.createDraft, with: reason)
    let error = await #expect(throws: FileError.self) { try await known.remember([other]) }
    #expect(error?.reason == reason)
    #expect(isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
  }

  @Test("any part of the index costs a reading of the files and nothing else")
  func prefixes() async throws {
    let known = try await Known([file, other])
    let whole = try #require(try known.bench.bytes(known.index))
    for count in whole.indices {
      try known.bench.put(Array(whole[..<count]), at: known.index)
      let folder = try known.folder
      #expect(isMatch(folder.observe(file.path, expecting: file.checksums)), "\(count) bytes")
      #expect(isMatch(folder.observe(other.path, expecting: other.checksums)))
    }
    #expect(known.files.count(.scan) == 2 * whole.count)
  }

  @Test(
    "a changed byte of the index costs a reading of the files and nothing else", arguments: MadeFile.Knowledge.allCases)
  func flips(_ knowledge: MadeFile.Knowledge) async throws {
    let known = try await Known([file])
    let whole = try #require(try known.bench.bytes(known.index))
    let wrong = MadeFile("lab/wrong/fsLR/32k", .left, size: 500)
    var believed: [String] = []
    for place in whole.indices {
      for mask: UInt8 in [1, 3, 0x40] {
        var damaged = whole
        damaged[place] ^= mask
        try known.bench.put(damaged, at: known.index)
        let folder = try known.folder
        let observation = folder.observe(file.path, expecting: file.checksums(knowledge))
        if case .matches(let entry) = observation, entry.checksums.agrees(with: file.checksums),
          !isMatch(folder.observe(file.path, expecting: wrong.checksums(knowledge)))
        {
          continue
        }
        believed.append("byte \(place) by \(mask): \(observation)")
      }
    }
    #expect(believed.isEmpty, "\(believed.count) changes are believed, the first \(believed.first ?? "")")
  }

  @Test("an index that is no file is none")
  func folderInPlace() async throws {
    let known = try await Known([file])
    try known.bench.files.remove(known.index)
    try known.bench.files.createFolder(known.index)
    #expect(isMatch(try known.folder.observe(file.path, expecting: file.checksums)))
  }
}
