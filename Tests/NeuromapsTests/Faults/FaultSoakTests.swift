import Dataset
import Diagnostics
import Effects
import LoopbackOSF
import MarkedText
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("Many faults at once", .serialized)
struct FaultSoakTests {
  /// What may befall a file, each so often that it still arrives or fails clearly.
  private static func fault(_ random: inout SeededGenerator, _ size: Int) -> (Fault, times: Int)? {
    let place = Int.random(in: 0..<max(size, 1), using: &random)
    let times = Int.random(in: 1...3, using: &random)
    let all: [Fault] = [
      .cut(after: place), .cutQuietly(after: place), .flipByte(at: place), .errorPage, .reset(after: place),
      .hangUp(), .hangUp(on: .front), .status(503), .status(429, retryAfter: "1", on: .front), .status(404),
      .status(500, on: .front), .tooLong(by: 10), .emptyBody, .ignoreRange, .wrongContentRange(nil), .wrongETag,
      .chunked, .noETag, .notHTTP(), .resetBeforeHead(), .redirectTo("http://127.0.0.1:1/x"),
      .wrongContentRange("bytes 1-2/3"), .lateHead(after: .milliseconds(20)),
    ]
    // A third of the files has no trouble.
    guard Int.random(in: 0..<3, using: &random) > 0 else { return nil }
    return (all[Int.random(in: 0..<all.count, using: &random)], times)
  }

  @Test(
    "whatever is mixed over hundreds of files, what is there is right, and what is not comes in the end",
    arguments: [1, 2, 3] as [UInt64])
  func soak(_ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let files = (0..<150).map { MadeFile("lab/soak\($0)/MNI152/2mm", size: Int.random(in: 1...40_000, using: &random)) }
    try await FaultScene.with(files) { scene in
      try await scene.makeLock()
      for file in files {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          if let (fault, times) = Self.fault(&random, file.bytes.count) {
            scene.server.lie(fault, about: file.id, times: times)
          }
        }
      }
      var rounds = 0
      while rounds < 12 {
        rounds += 1
        let outcome = try await scene.sync()
        for file in files {
          let bytes = try scene.bytes(file)
          #expect(bytes == nil || bytes == file.bytes, "seed \(seed), round \(rounds): \(file.map)")
        }
        #expect(outcome.exitCode == 0 || outcome.exitCode == 1)
        #expect(try scene.leftovers().allSatisfy { !$0.contains("draft-") })
        if outcome.exitCode == 0 { break }
      }
      #expect(rounds < 12, "seed \(seed)")
      #expect(try files.allSatisfy { try scene.bytes($0) == $0.bytes })
      #expect(try scene.leftovers().isEmpty)
    }
  }
}
