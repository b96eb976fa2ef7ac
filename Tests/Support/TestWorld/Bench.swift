package import Effects
private import Foundation
package import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// A filesystem with an empty folder in it, and what a user's hands do there.
package protocol Bench: Sendable {
  /// The filesystem.
  var files: any FileSystem { get }
  /// The folder.
  var root: FilePath { get }

  /// Writes a file as a user does: folders made, an existing file kept as the same inode.
  func put(_ bytes: [UInt8], at path: FilePath) throws
  /// Makes a symbolic link.
  func link(_ path: FilePath, to target: String) throws
  /// Sets the time of last change, in nanoseconds since 1970.
  func setModified(_ time: Int64, of path: FilePath) throws
  /// Lets the writer of a draft die.
  func abandon(_ draft: Draft)
  /// Whether nobody may write to a file.
  func isReadOnly(_ path: FilePath) throws -> Bool
}

extension Bench {
  /// A path below the folder.
  package func at(_ path: String) -> FilePath { root.pushing(FilePath(path)) }

  /// The bytes of a file; nil when there is none.
  package func bytes(_ path: FilePath) throws -> [UInt8]? {
    guard try files.status(path)?.kind == .file else { return nil }
    return try files.read(path, limit: 1 << 30)
  }

  /// All files below a folder, sorted by path and relative to it, with their bytes; dot-files too.
  package func tree(_ folder: FilePath) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    var open = [FilePath("")]
    while let next = open.popLast() {
      for name in try files.names(in: folder.pushing(next)) {
        let path = next.appending(name)
        switch try files.status(folder.pushing(path))?.kind {
        case .folder: open.append(path)
        case .file: found[path.string] = try bytes(folder.pushing(path))
        case .other, nil: found[path.string] = []
        }
      }
    }
    return found
  }

  /// The drafts below a folder, wherever.
  package func drafts(_ folder: FilePath) throws -> [String] {
    try tree(folder).keys.filter { $0.contains(".neuromaps-draft-") }.sorted()
  }
}

/// The two filesystems that must not differ.
package enum BenchKind: String, CaseIterable, Sendable, CustomStringConvertible {
  /// The machine's.
  case disk
  /// In memory.
  case fake

  /// Hands an empty bench to `body`.
  package func with(_ body: (any Bench) throws -> Void) throws {
    switch self {
    case .disk: try TemporaryFolder.with { try body(DiskBench(root: $0)) }
    case .fake: try body(try FakeBench())
    }
  }

  /// Hands an empty bench to `body`, which may wait.
  package func with(
    isolation: isolated (any Actor)? = #isolation, _ body: (any Bench) async throws -> Void
  ) async throws {
    switch self {
    case .disk: try await TemporaryFolder.with { try await body(DiskBench(root: $0)) }
    case .fake: try await body(try FakeBench())
    }
  }

  /// The name.
  package var description: String { rawValue }
}

/// A folder in memory.
package struct FakeBench: Bench {
  /// The disk in memory.
  package let disk: FakeDisk

  /// A bench on a new disk, or on one that is there.
  package init(_ disk: FakeDisk = FakeDisk()) throws {
    self.disk = disk
    if try disk.status(root) == nil {
      try disk.put([], at: root.appending("x"))
      try disk.remove(root.appending("x"))
    }
  }

  package var files: any FileSystem { disk }
  package var root: FilePath { "/bench" }
  package func put(_ bytes: [UInt8], at path: FilePath) throws { try disk.put(bytes, at: path) }
  package func link(_ path: FilePath, to target: String) throws { try disk.link(path, to: target) }
  package func setModified(_ time: Int64, of path: FilePath) throws { try disk.setModified(time, of: path) }
  package func abandon(_ draft: Draft) { disk.abandon(draft) }
  package func isReadOnly(_ path: FilePath) throws -> Bool { try disk.isReadOnly(path) }
}

/// A folder of the machine.
package struct DiskBench: Bench {
  package let root: FilePath

  /// A bench in a folder that is there.
  package init(root: FilePath) { self.root = root }

  package var files: any FileSystem { Disk() }

  package func put(_ bytes: [UInt8], at path: FilePath) throws {
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path.string))
  }

  package func link(_ path: FilePath, to target: String) throws {
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path.string, withDestinationPath: target)
  }

  package func setModified(_ time: Int64, of path: FilePath) throws {
    let value = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
    guard utimensat(AT_FDCWD, path.string, [value, value], 0) == 0 else { throw Errno(rawValue: errno) }
  }

  package func abandon(_ draft: Draft) { close(draft.descriptor) }

  package func isReadOnly(_ path: FilePath) throws -> Bool {
    let mode = try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    return mode == 0o444
  }
}
