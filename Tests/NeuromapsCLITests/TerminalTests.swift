import Foundation
import Testing

/// The real binary on a real terminal, its own end of a pseudo-terminal.
@Suite("On a terminal") struct TerminalTests {
  @Test("Maps are aligned, cut to the width, marked and counted") func list() throws {
    let arguments = ["list", "--source", "spreng", "--source", "savli2012", "--desc", "feobv", "--desc", "dasb"]
    #expect(
      try shown(arguments + ["--restricted", "--color", "never"], columns: 60) == [
        "source     desc   space   den/res  format  tags",
        "savli2012  dasb   MNI152  3mm      volume  receptors,PET",
        "spreng     feobv  MNI152  1mm      volume  restricted recep…",
        "2 maps, 2 sources",
      ])
  }

  @Test("Tags have their counts at the right, and bars") func tags() throws {
    let lines = try shown(["tags", "--color", "never"], columns: 80)
    #expect(lines.first == "tag            maps")
    #expect(lines.contains("PET              55  ████████████████████"))
    #expect(lines.contains("ASL               1  ▎"))
    #expect(lines.last == "12 tags")
    #expect(try shown(["tags", "--color", "never", "--quiet"], columns: 80) == lines.dropLast())
  }

  @Test("An image has a histogram of what is not zero, a block for each of forty bins") func histogram() throws {
    let bins = (0..<40).flatMap { Array(repeating: "\($0).5", count: $0 % 10) }
    let values = ["0", "0", "0", "0"] + bins.dropLast() + ["40"]
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("neuromaps-\(UUID().uuidString).gii")
    try """
    <GIFTI Version="1.0" NumberOfDataArrays="1"><DataArray Intent="NIFTI_INTENT_SHAPE" DataType="NIFTI_TYPE_FLOAT32"
    ArrayIndexingOrder="RowMajorOrder" Dimensionality="1" Dim0="\(values.count)" Encoding="ASCII" Endian="LittleEndian">
    <Data>\(values.joined(separator: " "))</Data></DataArray></GIFTI>
    """.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let part = "▁▂▃▄▄▅▆▇█"
    let lines = try shown(["info", file.path, "--color", "never"], columns: 120)
    #expect(lines.last == "  histogram    \(part) \(part) \(part) \(part)")
    #expect(try shown(["info", file.path, "--json"], columns: 120).contains { $0.contains("histogram") } == false)
  }

  @Test("There are colors, unless NO_COLOR is set") func colors() throws {
    let escape = "\u{1b}["
    let colored = try shown(["list", "--source", "spreng", "--restricted"], columns: 80)
    #expect(colored[1].hasPrefix("\(escape)1mspreng\(escape)0m  feobv  \(escape)36mMNI152\(escape)0m"))
    #expect(colored[1].contains("\(escape)33mrestricted\(escape)0m"))
    let plain = try shown(["list", "--source", "spreng", "--restricted"], columns: 80, ["NO_COLOR": "1"])
    #expect(plain == colored.map { $0.replacing(#/\u{1b}\[[0-9]*m/#, with: "") })
  }

  @Test("A pipe gets tabs, no count, no mark, and colors only if it asks for them") func pipe() async throws {
    let folder = FileManager.default.temporaryDirectory
    let program = Program(folder: folder, environment: ["HOME": folder.path])
    let plain = "source\tdesc\tspace\tden/res\tformat\ttags\nspreng\tfeobv\tMNI152\t1mm\tvolume\treceptors,PET\n"
    let arguments = ["list", "--source", "spreng", "--restricted"]
    #expect(try await program.run(arguments).output == plain)
    let colored = try await program.run(arguments + ["--color", "always"]).output
    #expect(colored != plain)
    #expect(colored.replacing(#/\u{1b}\[[0-9]*m/#, with: "") == plain)
    #expect(try await program.run(["tags"]).output.hasPrefix("tag\tmaps\nASL\t1\n"))
  }

  private func shown(
    _ arguments: [String], columns: UInt16, _ variables: [String: String] = [:]
  ) throws -> [String] {
    let terminal = try PseudoTerminal(columns: columns)
    let folder = FileManager.default.temporaryDirectory
    let process = Process()
    process.executableURL = try Program.path
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path].merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = terminal.user
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = try terminal.read()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\r\n").map(String.init)
  }
}
