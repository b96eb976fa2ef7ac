import Effects
import SystemPackage
import TestWorld
import Testing

@Suite("Every filesystem reads parts of files alike", .serialized)
struct ReadPartContractTests {
  private let content: [UInt8] = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  /// What a read of so many bytes gives, in a buffer that shows what was touched.
  private func read(_ files: any FileSystem, _ path: FilePath, from offset: Int64, room: Int) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0xee, count: room + 8)
    let count = try buffer.withUnsafeMutableBytes { all in
      try files.read(path, from: offset, into: UnsafeMutableRawBufferPointer(rebasing: all[..<room]))
    }
    #expect(buffer[count...].allSatisfy { $0 == 0xee }, "nothing is written behind what was read")
    return Array(buffer[..<count])
  }

  @Test(
    "a part is what stands there, as much as there is room for, and less only at the end",
    arguments: BenchKind.allCases, [0, 1, 511, 2999, 3000, 3001, 1 << 40] as [Int64])
  func parts(_ kind: BenchKind, _ offset: Int64) throws {
    try kind.with { bench in
      try bench.put(content, at: bench.at("a"))
      for room in [0, 1, 7, 2999, 3000, 3001, 100_000] {
        let expected = Array(content.dropFirst(Int(offset)).prefix(room))
        #expect(try read(bench.files, bench.at("a"), from: offset, room: room) == expected, "\(room) from \(offset)")
      }
    }
  }

  @Test("a file is the sum of its parts, whatever their size", arguments: BenchKind.allCases, [1, 7, 1000, 4096])
  func sum(_ kind: BenchKind, _ size: Int) throws {
    try kind.with { bench in
      try bench.put(content, at: bench.at("a"))
      var all: [UInt8] = []
      while true {
        let part = try read(bench.files, bench.at("a"), from: Int64(all.count), room: size)
        if part.isEmpty { break }
        all += part
      }
      #expect(all == content)
    }
  }

  @Test("an empty file has no parts", arguments: BenchKind.allCases)
  func empty(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put([], at: bench.at("a"))
      #expect(try read(bench.files, bench.at("a"), from: 0, room: 10) == [])
    }
  }

  @Test("a part of a link is a part of what it leads to", arguments: BenchKind.allCases)
  func link(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.put(content, at: bench.at("a"))
      try bench.link(bench.at("b"), to: "a")
      #expect(try read(bench.files, bench.at("b"), from: 10, room: 5) == Array(content[10..<15]))
    }
  }

  @Test("of what is not there, or no file, there are no parts", arguments: BenchKind.allCases)
  func missing(_ kind: BenchKind) throws {
    try kind.with { bench in
      try bench.files.createFolder(bench.at("folder"))
      for (name, reason) in [("no", Errno.noSuchFileOrDirectory), ("folder/no", .noSuchFileOrDirectory)] {
        #expect(throws: FileError(.read, bench.at(name), reason)) {
          try read(bench.files, bench.at(name), from: 0, room: 10)
        }
      }
      #expect(throws: FileError(.read, bench.at("folder"), .isDirectory)) {
        try read(bench.files, bench.at("folder"), from: 0, room: 10)
      }
    }
  }
}
