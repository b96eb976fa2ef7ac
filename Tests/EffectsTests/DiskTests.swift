import Effects
import Foundation
import SystemPackage
import TestWorld
import Testing

@Suite("The disk itself")
struct DiskTests {
  // MARK: The order of system calls

  private static let watched = ConditionTrait.enabled(
    if: SystemCalls.canBeWatched, "system calls can be watched on Linux with glibc only")

  @Test("the bytes are flushed before the file has its name, and the name after it", watched, arguments: [true, false])
  func flushes(replacing: Bool) throws {
    try TemporaryFolder.with { folder in
      let draft = try Disk().createDraft(in: folder)
      let name = draft.path.lastComponent?.string ?? ""
      let calls = try SystemCalls.watch {
        try Disk().append([1, 2, 3], to: draft)
        try Disk().publish(draft, as: folder.appending("a"), replacing: replacing, isReadOnly: true)
      }
      Disk().discard(draft)
      let move = replacing ? "rename a" : "renameat2 a"
      let expected = [
        "write \(name)", "fchmod \(name)", "fsync \(name)", move, "fsync \(folder.lastComponent?.string ?? "")",
      ]
      #expect(calls.map(\.description) == expected)
    }
  }

  @Test("who may do what with a file may do it with the one that takes its place", arguments: [0o600, 0o664, 0o755])
  func permissions(_ mode: Int) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appending("a")
      try Disk().write([1], to: file)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.string)
      try Disk().write([2], to: file)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.string)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test("what is in the way of a folder is told by its name", arguments: ["a/b", "a/b/c/d", "link/b", "link"])
  func folderInTheWay(_ path: String) throws {
    try TemporaryFolder.with { folder in
      try Disk().write([1], to: folder.appending("a"))
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending("link").string, withDestinationPath: "nowhere")
      let name = path.prefix { $0 != "/" }
      let error = FileError(.create, folder.appending(String(name)), .notDirectory)
      #expect(throws: error) { try Disk().createFolder(folder.pushing(FilePath("\(path)/new"))) }
    }
  }

  @Test("a renamed file's new name is flushed", watched)
  func flushesRename() throws {
    try TemporaryFolder.with { folder in
      try Disk().write([1], to: folder.appending("a"))
      let calls = try SystemCalls.watch {
        try Disk().rename(folder.appending("a"), to: folder.appending("b"), replacing: true)
      }
      #expect(calls.map(\.description) == ["rename b", "fsync \(folder.lastComponent?.string ?? "")"])
    }
  }

  @Test("whichever call fails, the target is what it was or whole, and no draft is left", watched, arguments: 0..<5)
  func fails(at number: Int) throws {
    try TemporaryFolder.with { folder in
      let target = folder.appending("a")
      try Disk().write([1], to: target)
      var error: FileError?
      let calls = SystemCalls.watch({ index, _ in index == number ? .ioError : nil }) {
        do throws(FileError) {
          let draft = try Disk().createDraft(in: folder)
          defer { Disk().discard(draft) }
          try Disk().append([2, 2], to: draft)
          try Disk().publish(draft, as: target, replacing: true, isReadOnly: false)
        } catch let failure {
          error = failure
        }
      }
      let operations: [FileError.Operation?] = [nil, .write, .flush, .place, .flush]
      #expect(error?.operation == operations[number], "\(calls)")
      #expect(error == nil || error?.reason == .ioError)
      #expect(try Disk().read(target, limit: 10) == (number == 0 || number == 4 ? [2, 2] : [1]))
      let left = try Disk().names(in: folder)
      #expect(left == ["a"])
    }
  }

  @Test(
    "where a file cannot be renamed exclusively, it is linked", watched,
    arguments: [Errno.notSupported, .invalidArgument])
  func links(_ reason: Errno) throws {
    try TemporaryFolder.with { folder in
      let calls = try SystemCalls.watch({ _, call in call.name == "renameat2" ? reason : nil }) {
        try Disk().write([1, 2], to: folder.appending("a"), replacing: false)
        #expect(throws: FileError(.place, folder.appending("a"), .fileExists)) {
          try Disk().write([3], to: folder.appending("a"), replacing: false)
        }
      }
      #expect(calls.count { $0.description == "link a" } == 2)
      #expect(try Disk().read(folder.appending("a"), limit: 10) == [1, 2])
      let left = try Disk().names(in: folder)
      #expect(left == ["a"])
    }
  }

  @Test("where a file cannot be moved exclusively, it is linked and loses its old name", watched)
  func linksAndUnlinks() throws {
    try TemporaryFolder.with { folder in
      try Disk().write([1, 2], to: folder.appending("a"))
      _ = try SystemCalls.watch({ _, call in call.name == "renameat2" ? .notSupported : nil }) {
        try Disk().rename(folder.appending("a"), to: folder.appending("b"), replacing: false)
      }
      let left = try Disk().names(in: folder)
      #expect(left == ["b"])
    }
  }

  @Test("a folder that cannot be flushed on its filesystem need not be", watched)
  func unflushableFolder() throws {
    try TemporaryFolder.with { folder in
      _ = try SystemCalls.watch({ _, call in call.name == "fsync" && call.path == folder ? .invalidArgument : nil }) {
        try Disk().write([1], to: folder.appending("a"))
      }
      #expect(try Disk().read(folder.appending("a"), limit: 10) == [1])
    }
  }

  @Test("a sweep never takes a draft that was born this moment", watched)
  func sweepsTheNewborn() throws {
    try TemporaryFolder.with { folder in
      var sweeps = 0
      _ = try SystemCalls.watch({ _, call in
        guard call.name == "flock", sweeps == 0 else { return nil }
        sweeps += 1
        do { try Disk().sweepDrafts(in: folder) } catch { Issue.record(error) }
        return nil
      }) {
        let draft = try Disk().createDraft(in: folder)
        defer { Disk().discard(draft) }
        try Disk().append([1], to: draft)
        try Disk().publish(draft, as: folder.appending("a"), replacing: false, isReadOnly: false)
      }
      #expect(sweeps == 1)
      #expect(try Disk().read(folder.appending("a"), limit: 10) == [1])
    }
  }

  // MARK: A full disk

  @Test("a full disk is told as such, and leaves the target as it was", .enabled(if: SmallDisk.isPossible))
  func fullDisk() throws {
    try SmallDisk.with(kilobytes: 64) { folder in
      let disk = Disk()
      try disk.write([1, 2, 3], to: folder.appending("a"))
      let big = [UInt8](repeating: 7, count: 200_000)
      let error = #expect(throws: FileError.self) { try disk.write(big, to: folder.appending("a")) }
      #expect(error?.isFull == true)
      #expect(error?.operation == .write)
      #expect(try disk.read(folder.appending("a"), limit: 10) == [1, 2, 3])
      #expect(try disk.names(in: folder) == ["a"])
      try disk.write(Array(big.prefix(20_000)), to: folder.appending("b"))
    }
  }

  @Test("a copy that does not fit leaves no draft", .enabled(if: SmallDisk.isPossible))
  func fullDiskCopy() throws {
    try TemporaryFolder.with { outside in
      let source = outside.appending("big")
      try Disk().write([UInt8](repeating: 7, count: 200_000), to: source)
      try SmallDisk.with(kilobytes: 64) { folder in
        let error = #expect(throws: FileError.self) { try Disk().createDraft(in: folder, copying: source) }
        #expect(error?.isFull == true)
        let left = try Disk().names(in: folder)
        #expect(left.isEmpty)
      }
    }
  }

  @Test("a copy goes from one filesystem to another", .enabled(if: SmallDisk.isPossible))
  func copyAcross() throws {
    try TemporaryFolder.with { outside in
      let source = outside.appending("a")
      let bytes = (0..<30_000).map { UInt8(truncatingIfNeeded: $0) }
      try Disk().write(bytes, to: source)
      try SmallDisk.with(kilobytes: 256) { folder in
        let draft = try Disk().createDraft(in: folder, copying: source)
        try Disk().publish(draft, as: folder.appending("a"), replacing: false, isReadOnly: false)
        Disk().discard(draft)
        #expect(try Disk().read(folder.appending("a"), limit: 1 << 20) == bytes)
      }
    }
  }
}

/// A filesystem of a few kilobytes; only where this process may mount one.
private enum SmallDisk {
  /// Whether it can be had: on Linux, as root.
  static let isPossible: Bool = {
    do {
      try with(kilobytes: 16) { _ in }
      return true
    } catch {
      return false
    }
  }()

  static func with(kilobytes: Int, _ body: (FilePath) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      try run(["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.string])
      let result = Result { try body(folder) }
      try run(["umount", folder.string])
      try result.get()
    }
  }

  private struct Refused: Error {}

  private static func run(_ words: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused() }
  }
}
