import Foundation
import Tarballs
import Testing

/// What the hand-made archives are, asked of the system's own tar and gzip.
@Suite("A tarball") struct TarballTests {
  @Test("Members of every kind and naming are listed as they were meant") func everyKind() throws {
    let deep = String(repeating: "folder/", count: 20) + "file"
    let long = String(repeating: "n", count: 300)
    let entries: [TarEntry] = [
      .folder("a/"), .file("a/text", "hello\n"), .file("/abs", "x"), .file("../up", "y"), .file(deep, "deep"),
      .file(long, "long"), .file("gnu", "g").named(.gnu), .file("pax", "p").named(.pax),
      .file("p" + long, "q").named(.pax), .symbolicLink("soft", to: "/etc/passwd"), .hardLink("hard", to: "a/text"),
      .symbolicLink("far", to: long).named(.pax), TarEntry("device", .characterDevice), TarEntry("pipe", .fifo),
    ]
    let names = [
      "a/", "a/text", "/abs", "../up", deep, long, "gnu", "pax", "p" + long, "soft", "hard", "far", "device", "pipe",
    ]
    #expect(try lines("tar", "-tPzf", Tarball.tarGz(entries)) == names)
    let described = try lines("tar", "-tvPf", Tarball.tar(entries))
    #expect(described.map { $0.first } == Array("d--------lhlcp"))
    #expect(described.contains { $0.hasSuffix("far -> \(long)") })
  }

  @Test("Bytes come back, across the borders of blocks", arguments: [0, 1, 511, 512, 513, 65_535, 65_536, 200_000])
  func roundTrip(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try output("gzip", "-dc", Tarball.gzip(bytes)) == Data(bytes))
    #expect(try output("tar", "-xOf", Tarball.tar([.file("a", bytes)])) == Data(bytes))
  }

  @Test("A bomb is small, and is what it says", arguments: [0, 1, 1000, 100 << 20] as [Int64])
  func bomb(_ size: Int64) throws {
    let bomb = Tarball.bomb(name: "zeros", size: size)
    #expect(bomb.count < 1000 + Int(size) / 1000)
    #expect(try lines("gzip", "-t", bomb).isEmpty)
    #expect(try lines("tar", "-tvzf", bomb).map { $0.split(separator: " ")[2] } == ["\(size)"])
  }

  @Test("A bomb of a gibibyte is a megabyte") func gibibyte() {
    #expect(Tarball.bomb(name: "zeros", size: 1 << 30).count < 1_100_000)
  }

  @Test("A size can be a lie, and an end can be missing") func lies() throws {
    let huge = Tarball.tar([TarEntry.file("a", "abc").declaring(size: 1 << 40)])
    #expect(try lines("tar", "-tvf", huge, exitCode: 2).first?.split(separator: " ")[2] == "\(Int64(1) << 40)")
    #expect(Tarball.tar([.file("a", "abc")], isTerminated: false).count == 1024)
  }

  private func lines(_ tool: String, _ flags: String, _ bytes: [UInt8], exitCode: Int32 = 0) throws -> [String] {
    let text = String(decoding: try output(tool, flags, bytes, exitCode: exitCode), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  /// What a tool prints of an archive on its standard output.
  private func output(_ tool: String, _ flags: String, _ bytes: [UInt8], exitCode: Int32 = 0) throws -> Data {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("tarball-\(UUID().uuidString).gz")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool, flags, file.path]
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == exitCode, "\(tool) \(flags)")
    return data
  }
}
