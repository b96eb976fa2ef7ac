import Effects
import SystemPackage
import TestWorld
import Testing

@Suite("Links, folders, times and locks, on the disk and the fake alike", .serialized)
struct LinkContractTests {
  private let one: [UInt8] = Array("one".utf8)
  private let two: [UInt8] = Array("two two".utf8)

  // MARK: Drafts of a file

  @Test(
    "a draft of a file has its content, however it is made", arguments: BenchKind.allCases,
    [LinkMode.auto, .copy, .hardlink, .symlink])
  func content(_ kind: BenchKind, _ mode: LinkMode) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      let draft = try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: mode)
      #expect(try bench.bytes(draft.path) == one)
      let source = try #require(try bench.files.status(bench.at("a")))
      let made = try #require(try bench.files.status(draft.path))
      #expect((made == source) == mode.sharesFile)
      #expect((made.inode == source.inode) == mode.sharesFile)
      #expect(try bench.files.linkTarget(draft.path) == (mode == .symlink ? bench.at("a") : nil))
      bench.files.discard(draft)
      #expect(try bench.tree(bench.root) == ["a": one])
    }
  }

  @Test("a reflink is a file of its own, or says that there are none", arguments: BenchKind.allCases)
  func reflink(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      var made: Draft?
      do throws(FileError) {
        made = try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: .reflink)
      } catch {
        #expect(error.operation == .share)
        #expect(error.path == bench.at("a"))
      }
      if let made {
        try bench.put(two, at: bench.at("a"))
        #expect(try bench.bytes(made.path) == one)
        bench.files.discard(made)
      }
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test(
    "a draft of what is not there is an error and leaves nothing", arguments: BenchKind.allCases, LinkMode.allCases)
  func noSource(_ kind: BenchKind, _ mode: LinkMode) throws {
    try kind.with { bench in
      #expect(throws: FileError(.read, bench.at("a"), .noSuchFileOrDirectory)) {
        try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: mode)
      }
      let left = try bench.files.names(in: bench.root)
      #expect(left.isEmpty)
    }
  }

  @Test(
    "a link gets its name when it is published, and what it is of stays", arguments: BenchKind.allCases,
    [LinkMode.hardlink, .symlink])
  func publish(_ kind: BenchKind, _ mode: LinkMode) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      let draft = try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: mode)
      try bench.files.publish(Publication(draft, as: bench.at("b"), replacing: false))
      bench.files.discard(draft)
      #expect(try bench.tree(bench.root) == ["a": one, "b": one])
      #expect(try bench.files.status(bench.at("b")) == bench.files.status(bench.at("a")))
      #expect(try bench.files.linkTarget(bench.at("b")) == (mode == .symlink ? bench.at("a") : nil))
      let second = try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: mode)
      #expect(throws: FileError(.place, bench.at("b"), .fileExists)) {
        try bench.files.publish(Publication(second, as: bench.at("b"), replacing: false))
      }
      bench.files.discard(second)
      #expect(try bench.tree(bench.root) == ["a": one, "b": one])
    }
  }

  @Test(
    "many links to one file are made at once, and swept when their writers are dead", .timeLimit(.minutes(1)),
    arguments: BenchKind.allCases, [LinkMode.hardlink, .symlink])
  func sweep(_ kind: BenchKind, _ mode: LinkMode) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      var drafts: [Draft] = []
      for _ in 0..<3 { drafts.append(try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: mode)) }
      #expect(Set(drafts.map(\.path)).count == 3)
      try bench.files.sweepDrafts(in: bench.root)
      for draft in drafts { #expect(try bench.bytes(draft.path) == one) }
      for draft in drafts { bench.abandon(draft) }
      try bench.files.sweepDrafts(in: bench.root)
      #expect(try bench.tree(bench.root) == ["a": one])
    }
  }

  @Test("the draft of a link to what is gone is swept", arguments: BenchKind.allCases)
  func sweepDangling(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      bench.abandon(try bench.files.createDraft(in: bench.root, of: bench.at("a"), by: .symlink))
      try bench.files.remove(bench.at("a"))
      #expect(try bench.files.names(in: bench.root).count == 1)
      try bench.files.sweepDrafts(in: bench.root)
      let left = try bench.files.names(in: bench.root)
      #expect(left.isEmpty)
    }
  }

  // MARK: Folders

  @Test("entries tell folders from files, and a link to a folder is none", arguments: BenchKind.allCases)
  func entries(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("f/a"))
      try bench.put(one, at: bench.at("f/d/x"))
      try bench.link(bench.at("f/toFolder"), to: "d")
      try bench.link(bench.at("f/toNothing"), to: "nowhere")
      let found = Set(try bench.files.entries(in: bench.at("f")))
      #expect(
        found == [
          FolderEntry(name: "a", isFolder: false), FolderEntry(name: "d", isFolder: true),
          FolderEntry(name: "toFolder", isFolder: false), FolderEntry(name: "toNothing", isFolder: false),
        ])
      #expect(try bench.files.entries(in: bench.at("no")).isEmpty)
    }
  }

  @Test("a link says where it leads as it is written, and nothing else does", arguments: BenchKind.allCases)
  func linkTarget(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("f/a"))
      for target in ["f/a", "f", "../up", bench.at("f/a").string, "nowhere"] {
        try bench.link(bench.at("l"), to: target)
        #expect(try bench.files.linkTarget(bench.at("l")) == FilePath(target))
        try bench.files.remove(bench.at("l"))
      }
      for path in ["f", "f/a", "nothing", "nothing/below", "f/a/below"] {
        #expect(try bench.files.linkTarget(bench.at(path)) == nil, "\(path)")
      }
    }
  }

  @Test("only an empty folder is removed, and nothing else is an error", arguments: BenchKind.allCases)
  func removeFolder(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.files.createFolder(bench.at("empty"))
      try bench.put(one, at: bench.at("full/.hidden"))
      try bench.files.createFolder(bench.at("other"))
      try bench.link(bench.at("l"), to: "other")
      for path in ["empty", "empty", "full", "full/.hidden", "no/such", "l"] {
        try bench.files.removeFolder(bench.at(path))
      }
      #expect(try bench.files.names(in: bench.root).sorted() == ["full", "l", "other"])
      #expect(try bench.bytes(bench.at("full/.hidden")) == one)
    }
  }

  // MARK: Times

  @Test(
    "a file has the time that it is given, to the nanosecond", arguments: BenchKind.allCases,
    [1_600_000_000_123_456_789, 1_234_567_890_000_000_000, 1_000_000_000_000_000_000] as [Int64])
  func setModified(_ kind: BenchKind, _ time: Int64) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      try bench.files.setModified(time, of: bench.at("a"))
      #expect(try bench.files.status(bench.at("a"))?.modified == time)
      #expect(try bench.bytes(bench.at("a")) == one)
      try bench.put(one, at: bench.at("a"))
      #expect(try bench.files.status(bench.at("a"))?.modified != time)
      #expect(throws: FileError(.write, bench.at("no"), .noSuchFileOrDirectory)) {
        try bench.files.setModified(time, of: bench.at("no"))
      }
    }
  }

  @Test("a file is published with the time that it shall have", arguments: BenchKind.allCases)
  func publicationTime(_ kind: BenchKind) throws {
    try kind.with { bench in
      let time: Int64 = 1_234_567_890_000_000_000
      let draft = try bench.files.createDraft(in: bench.root)
      try bench.files.append(one, to: draft)
      try bench.files.publish(
        Publication(draft, as: bench.at("a"), replacing: false, isReadOnly: true, modified: time))
      bench.files.discard(draft)
      #expect(try bench.files.status(bench.at("a"))?.modified == time)
      #expect(try bench.isReadOnly(bench.at("a")))
      #expect(try bench.tree(bench.root) == ["a": one])
    }
  }

  // MARK: Holding

  @Test("what one holds nobody else does, until it is let go of or its holder dies", arguments: BenchKind.allCases)
  func lock(_ kind: BenchKind) throws {
    try kind.with { bench in
      let first = try #require(try bench.files.lock(bench.at("lock")))
      #expect(try bench.files.lock(bench.at("lock")) == nil)
      try bench.files.append(one, to: first)
      #expect(try bench.bytes(bench.at("lock")) == one)
      bench.files.keep(first)
      let second = try #require(try bench.files.lock(bench.at("lock")))
      #expect(try bench.files.lock(bench.at("lock")) == nil)
      bench.abandon(second)
      let third = try #require(try bench.files.lock(bench.at("lock")))
      bench.files.keep(third)
      #expect(try bench.tree(bench.root) == ["lock": one])
    }
  }

  @Test("a draft that somebody writes is not resumed", arguments: BenchKind.allCases)
  func resume(_ kind: BenchKind) throws {
    try kind.with { bench in
      let first = try #require(try bench.files.resumeDraft(bench.at("p")))
      try bench.files.append(one, to: first)
      #expect(try bench.files.resumeDraft(bench.at("p")) == nil)
      bench.abandon(first)
      let second = try #require(try bench.files.resumeDraft(bench.at("p")))
      try bench.files.append(two, to: second)
      bench.files.keep(second)
      #expect(try bench.bytes(bench.at("p")) == one + two)
    }
  }

  @Test("a disk says what room it has, also for what is not there yet")
  func room() throws {
    try TemporaryFolder.with { folder in
      for path in [folder, folder.appending("no"), folder.appending("no").appending("such").appending("folder")] {
        let room = try #require(Disk().room(at: path))
        #expect(room > 0)
      }
    }
  }
}
