import Effects
import SystemPackage
import TestWorld
import Testing

@Suite("Every filesystem, the disk and the fake alike", .serialized)
struct FileSystemContractTests {
  private let one: [UInt8] = Array("one".utf8)
  private let two: [UInt8] = Array("two two".utf8)

  // MARK: Drafts

  @Test("a draft becomes a file when it is published, and not before", arguments: BenchKind.allCases)
  func publish(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try bench.files.createDraft(in: bench.root)
      try bench.files.append(one, to: draft)
      try bench.files.append(two, to: draft)
      #expect(try bench.files.status(bench.at("a")) == nil)
      #expect(draft.path.removingLastComponent() == bench.root)
      try bench.files.publish(draft, as: bench.at("a"), replacing: false, isReadOnly: false)
      bench.files.discard(draft)
      #expect(try bench.tree(bench.root) == ["a": one + two])
      #expect(try !bench.isReadOnly(bench.at("a")))
    }
  }

  @Test("an empty draft becomes an empty file", arguments: BenchKind.allCases)
  func empty(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.files.write([], to: bench.at("a"))
      #expect(try bench.files.status(bench.at("a"))?.size == 0)
      #expect(try bench.files.read(bench.at("a"), limit: 0) == [])
    }
  }

  @Test("a discarded draft leaves nothing", arguments: BenchKind.allCases)
  func discard(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try bench.files.createDraft(in: bench.root)
      try bench.files.append(one, to: draft)
      bench.files.discard(draft)
      #expect(try bench.files.names(in: bench.root).isEmpty)
    }
  }

  @Test("two drafts in one folder are two files", arguments: BenchKind.allCases)
  func twoDrafts(_ kind: BenchKind) throws {
    try kind.with { bench in
      let drafts = [try bench.files.createDraft(in: bench.root), try bench.files.createDraft(in: bench.root)]
      try bench.files.append(one, to: drafts[0])
      try bench.files.append(two, to: drafts[1])
      try bench.files.publish(drafts[1], as: bench.at("b"), replacing: true, isReadOnly: false)
      try bench.files.publish(drafts[0], as: bench.at("a"), replacing: true, isReadOnly: false)
      for draft in drafts { bench.files.discard(draft) }
      #expect(try bench.tree(bench.root) == ["a": one, "b": two])
    }
  }

  @Test("publishing takes the place of what is there only when it may", arguments: BenchKind.allCases)
  func replacing(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      #expect(throws: FileError(.place, bench.at("a"), .fileExists)) {
        try bench.files.write(two, to: bench.at("a"), replacing: false)
      }
      #expect(try bench.tree(bench.root) == ["a": one])
      try bench.files.write(two, to: bench.at("a"))
      #expect(try bench.tree(bench.root) == ["a": two])
    }
  }

  @Test("a link counts as something that is there, wherever it leads", arguments: BenchKind.allCases)
  func replacingLink(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.link(bench.at("a"), to: "nowhere")
      #expect(throws: FileError(.place, bench.at("a"), .fileExists)) {
        try bench.files.write(two, to: bench.at("a"), replacing: false)
      }
      try bench.put(one, at: bench.at("b"))
      try bench.link(bench.at("c"), to: "b")
      try bench.files.write(two, to: bench.at("c"))
      #expect(try bench.bytes(bench.at("b")) == one)
      #expect(try bench.bytes(bench.at("c")) == two)
    }
  }

  @Test("publishing never takes the place of a folder", arguments: BenchKind.allCases)
  func replacingFolder(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.files.createFolder(bench.at("a"))
      #expect(throws: FileError(.place, bench.at("a"), .isDirectory)) { try bench.files.write(one, to: bench.at("a")) }
      #expect(throws: FileError(.place, bench.at("a"), .fileExists)) {
        try bench.files.write(one, to: bench.at("a"), replacing: false)
      }
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("a file may be published for reading only", arguments: BenchKind.allCases)
  func readOnly(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try bench.files.createDraft(in: bench.root)
      try bench.files.append(one, to: draft)
      try bench.files.publish(draft, as: bench.at("a"), replacing: false, isReadOnly: true)
      bench.files.discard(draft)
      #expect(try bench.isReadOnly(bench.at("a")))
      #expect(try bench.bytes(bench.at("a")) == one)
    }
  }

  @Test("publishing into a folder that is not there says so, and leaves the draft", arguments: BenchKind.allCases)
  func noFolder(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try bench.files.createDraft(in: bench.root)
      try bench.files.append(one, to: draft)
      #expect(throws: FileError(.place, bench.at("no/a"), .noSuchFileOrDirectory)) {
        try bench.files.publish(draft, as: bench.at("no/a"), replacing: true, isReadOnly: false)
      }
      try bench.files.publish(draft, as: bench.at("a"), replacing: true, isReadOnly: false)
      bench.files.discard(draft)
      #expect(try bench.tree(bench.root) == ["a": one])
    }
  }

  @Test("a draft needs a folder", arguments: BenchKind.allCases)
  func draftNeedsFolder(_ kind: BenchKind) throws {
    try kind.with { bench in
      let error = #expect(throws: FileError.self) { try bench.files.createDraft(in: bench.at("no")) }
      #expect(error?.operation == .create)
      #expect(error?.reason == .noSuchFileOrDirectory)
    }
  }

  @Test("a draft that is a copy has the content, and is a file of its own", arguments: BenchKind.allCases)
  func copy(_ kind: BenchKind) throws {
    try kind.with { bench in
      let big = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try bench.put(big, at: bench.at("a"))
      let draft = try bench.files.createDraft(in: bench.root, copying: bench.at("a"))
      #expect(try bench.bytes(draft.path) == big)
      try bench.put(one, at: bench.at("a"))
      try bench.files.publish(draft, as: bench.at("b"), replacing: false, isReadOnly: false)
      bench.files.discard(draft)
      #expect(try bench.tree(bench.root) == ["a": one, "b": big])
    }
  }

  @Test("a copy of a read-only file can be written to", arguments: BenchKind.allCases)
  func copyOfReadOnly(_ kind: BenchKind) throws {
    try kind.with { bench in
      let first = try bench.files.createDraft(in: bench.root)
      try bench.files.publish(first, as: bench.at("a"), replacing: false, isReadOnly: true)
      bench.files.discard(first)
      let second = try bench.files.createDraft(in: bench.root, copying: bench.at("a"))
      try bench.files.publish(second, as: bench.at("b"), replacing: false, isReadOnly: false)
      bench.files.discard(second)
      #expect(try !bench.isReadOnly(bench.at("b")))
    }
  }

  @Test("a copy of what is not there leaves no draft", arguments: BenchKind.allCases)
  func copyOfNothing(_ kind: BenchKind) throws {
    try kind.with { bench in
      #expect(throws: FileError(.read, bench.at("a"), .noSuchFileOrDirectory)) {
        try bench.files.createDraft(in: bench.root, copying: bench.at("a"))
      }
      let left = try bench.files.names(in: bench.root)
      #expect(left.isEmpty)
    }
  }

  // MARK: Sweeping

  @Test("sweeping removes the drafts of the dead and keeps those of the living", arguments: BenchKind.allCases)
  func sweep(_ kind: BenchKind) throws {
    try kind.with { bench in
      let living = try bench.files.createDraft(in: bench.root)
      let copied = try bench.files.createDraft(in: bench.root, copying: living.path)
      let dead = try bench.files.createDraft(in: bench.root)
      try bench.files.append(one, to: dead)
      bench.abandon(dead)
      let others = [
        ".hidden", ".draft-1", ".neuromaps-draft-", ".neuromaps-draft-12345", ".neuromaps-draft-0123456789abcdeF",
      ]
      for name in others { try bench.put(two, at: bench.at(name)) }
      try bench.files.sweepDrafts(in: bench.root)
      let left = try bench.files.names(in: bench.root).sorted()
      #expect(left == (others + [living, copied].compactMap { $0.path.lastComponent?.string }).sorted())
      try bench.files.append(one, to: living)
      try bench.files.publish(living, as: bench.at("a"), replacing: false, isReadOnly: false)
      bench.files.discard(living)
      bench.files.discard(copied)
      #expect(try bench.bytes(bench.at("a")) == one)
    }
  }

  @Test("sweeping a folder that is not there does nothing", arguments: BenchKind.allCases)
  func sweepNothing(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.files.sweepDrafts(in: bench.at("no"))
      #expect(try bench.files.names(in: bench.root).isEmpty)
    }
  }

  // MARK: Looking

  @Test("a status tells what is there, links followed", arguments: BenchKind.allCases)
  func status(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(two, at: bench.at("f/a"))
      try bench.link(bench.at("toFile"), to: "f/a")
      try bench.link(bench.at("toFolder"), to: bench.at("f").string)
      try bench.link(bench.at("toNothing"), to: "f/b")
      #expect(try bench.files.status(bench.at("f"))?.kind == .folder)
      #expect(try bench.files.status(bench.at("f/a"))?.size == Int64(two.count))
      #expect(try bench.files.status(bench.at("toFile")) == bench.files.status(bench.at("f/a")))
      #expect(try bench.files.status(bench.at("toFolder"))?.kind == .folder)
      #expect(try bench.files.status(bench.at("toFolder/a"))?.kind == .file)
      #expect(try bench.files.status(bench.at("toFolder/../f/a"))?.kind == .file)
      #expect(try bench.files.status(bench.at("toNothing"))?.kind == .other)
      #expect(try bench.files.status(bench.at("nothing")) == nil)
      #expect(try bench.files.status(bench.at("nothing/below")) == nil)
      #expect(try bench.files.status(bench.at("f/a/below")) == nil)
    }
  }

  @Test("a link that leads to itself is something, and cannot be read", arguments: BenchKind.allCases)
  func endlessLink(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.link(bench.at("a"), to: "a")
      #expect(try bench.files.status(bench.at("a"))?.kind == .other)
      #expect(throws: FileError(.read, bench.at("a"), .tooManySymbolicLinkLevels)) {
        try bench.files.read(bench.at("a"), limit: 10)
      }
    }
  }

  @Test("a link is told from what it leads to", arguments: BenchKind.allCases)
  func isLink(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(two, at: bench.at("f/a"))
      for (name, target) in [("toFile", "f/a"), ("toFolder", "f"), ("toNothing", "f/b"), ("toItself", "toItself")] {
        try bench.link(bench.at(name), to: target)
        #expect(try bench.files.isLink(bench.at(name)))
      }
      for path in ["f", "f/a", "toFolder/a", "nothing", "nothing/below", "f/a/below"] {
        #expect(try !bench.files.isLink(bench.at(path)), "\(path)")
      }
    }
  }

  @Test("a status changes with the content, with the name, and with the file", arguments: BenchKind.allCases)
  func statusChanges(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      try bench.setModified(1_600_000_000_123_456_789, of: bench.at("a"))
      let first = try #require(try bench.files.status(bench.at("a")))
      #expect(first.kind == .file)
      #expect(first.modified == 1_600_000_000_123_456_789)
      #expect(try bench.files.status(bench.at("a")) == first)
      try bench.put(two, at: bench.at("b"))
      let other = try #require(try bench.files.status(bench.at("b")))
      #expect(other.inode != first.inode)
      #expect(other.size != first.size)
      try bench.files.rename(bench.at("b"), to: bench.at("a"), replacing: true)
      let second = try #require(try bench.files.status(bench.at("a")))
      #expect(second.inode == other.inode)
      #expect(second.modified == other.modified)
      #expect(second.changed >= other.changed)
    }
  }

  @Test("reading stops at the limit", arguments: BenchKind.allCases)
  func readLimit(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(two, at: bench.at("a"))
      #expect(try bench.files.read(bench.at("a"), limit: two.count) == two)
      #expect(throws: FileError(.read, bench.at("a"), .fileTooLarge)) {
        try bench.files.read(bench.at("a"), limit: two.count - 1)
      }
    }
  }

  @Test("what cannot be read says why", arguments: BenchKind.allCases)
  func unreadable(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("f/a"))
      try bench.link(bench.at("l"), to: "nowhere")
      for (path, reason) in [
        ("no", Errno.noSuchFileOrDirectory), ("no/a", .noSuchFileOrDirectory), ("l", .noSuchFileOrDirectory),
        ("f/a/b", .notDirectory), ("f", .isDirectory),
      ] {
        #expect(throws: FileError(.read, bench.at(path), reason)) { try bench.files.read(bench.at(path), limit: 10) }
        #expect(throws: FileError(.read, bench.at(path), reason)) { try bench.files.scan(bench.at(path)) { _ in } }
      }
    }
  }

  @Test("a scan gives the bytes in order and the status of what was read", arguments: BenchKind.allCases)
  func scan(_ kind: BenchKind) throws {
    try kind.with { bench in
      let big = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
      try bench.put(big, at: bench.at("a"))
      var read: [UInt8] = []
      let status = try bench.files.scan(bench.at("a")) { read.append(contentsOf: $0) }
      #expect(read == big)
      #expect(try bench.files.status(bench.at("a")) == status)
    }
  }

  @Test("a folder's names are all there, dot-files too, and a missing folder has none", arguments: BenchKind.allCases)
  func names(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("f/.a"))
      try bench.put(one, at: bench.at("f/ä b"))
      try bench.put(one, at: bench.at("f/c/d"))
      #expect(try bench.files.names(in: bench.at("f")).sorted() == [".a", "c", "ä b"])
      #expect(try bench.files.names(in: bench.at("no")) == [])
      #expect(try bench.files.names(in: bench.at("f/.a")) == [])
      #expect(try bench.files.names(in: bench.at("f/.a/b")) == [])
    }
  }

  // MARK: Changing

  @Test("a folder is made with those above it, and once is as good as twice", arguments: BenchKind.allCases)
  func createFolder(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.files.createFolder(bench.at("a/b/c"))
      try bench.files.createFolder(bench.at("a/b/c"))
      #expect(try bench.files.status(bench.at("a/b/c"))?.kind == .folder)
      try bench.link(bench.at("l"), to: "a")
      try bench.files.createFolder(bench.at("l/d"))
      #expect(try bench.files.status(bench.at("a/d"))?.kind == .folder)
    }
  }

  @Test("a folder cannot be made below a file", arguments: BenchKind.allCases)
  func createFolderBelowFile(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      let error = #expect(throws: FileError.self) { try bench.files.createFolder(bench.at("a/b/c")) }
      #expect(error?.reason == .notDirectory)
      #expect(error?.operation == .create)
    }
  }

  @Test("renaming moves a file over another", arguments: BenchKind.allCases)
  func rename(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      try bench.put(two, at: bench.at("f/b"))
      try bench.files.rename(bench.at("a"), to: bench.at("f/b"), replacing: true)
      #expect(try bench.tree(bench.root) == ["f/b": one])
      for replacing in [true, false] {
        #expect(throws: FileError(.place, bench.at("c"), .noSuchFileOrDirectory)) {
          try bench.files.rename(bench.at("a"), to: bench.at("c"), replacing: replacing)
        }
      }
    }
  }

  @Test("renaming moves a file over another only when it may", arguments: BenchKind.allCases)
  func renameExclusively(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("a"))
      try bench.put(two, at: bench.at("b"))
      try bench.link(bench.at("c"), to: "nowhere")
      for target in ["b", "c"] {
        #expect(throws: FileError(.place, bench.at(target), .fileExists)) {
          try bench.files.rename(bench.at("a"), to: bench.at(target), replacing: false)
        }
      }
      #expect(try bench.bytes(bench.at("a")) == one)
      try bench.files.rename(bench.at("a"), to: bench.at("d"), replacing: false)
      #expect(try bench.tree(bench.root) == ["b": two, "c": [], "d": one])
    }
  }

  @Test("removing takes away a file or a link, and nothing is as good as a file", arguments: BenchKind.allCases)
  func remove(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(one, at: bench.at("f/a"))
      try bench.link(bench.at("l"), to: "f/a")
      try bench.files.remove(bench.at("l"))
      #expect(try bench.tree(bench.root) == ["f/a": one])
      try bench.files.remove(bench.at("f/a"))
      try bench.files.remove(bench.at("f/a"))
      try bench.files.remove(bench.at("no/a"))
      #expect(try bench.tree(bench.root) == [:])
      let error = #expect(throws: FileError.self) { try bench.files.remove(bench.at("f")) }
      #expect(error?.operation == .remove)
      #expect(try bench.files.status(bench.at("f"))?.kind == .folder)
    }
  }
}
