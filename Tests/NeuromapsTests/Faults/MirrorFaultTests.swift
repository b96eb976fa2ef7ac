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

@Suite("Mirrors that fall short")
struct MirrorFaultTests {
  /// What is wrong with a mirror, and how often it is asked for two files.
  enum Trouble: String, CaseIterable, Sendable {
    case nothing, lacks, isDown, isWrong, isShort, isPage, saysNo, isSilent, hasNoFolder
  }

  @Test("what a mirror lacks or has wrong comes from the origin, and is said once", arguments: Trouble.allCases)
  func falls(_ trouble: Trouble) async throws {
    try await TemporaryFolder.with { tree in
      let bench = DiskBench(root: tree)
      if trouble != .lacks {
        for file in FaultScene.files { try bench.put(file.bytes, at: bench.at(file.path.text)) }
      }
      let mirror = try await LoopbackOSF.start([], staticRoot: tree.string)
      tell(trouble, mirror)
      do {
        try await FaultScene.with { scene in
          let address =
            switch trouble {
            case .isDown: "http://127.0.0.1:1"
            case .hasNoFolder: "file:///nowhere"
            default: "\(mirror.url)/static"
            }
          scene.variables["NEUROMAPS_MIRRORS"] = address
          try await scene.makeLock()
          let outcome = try await scene.sync()
          #expect(outcome.exitCode == 0, "\(outcome.told)")
          for file in FaultScene.files { #expect(try scene.bytes(file) == file.bytes) }
          #expect(outcome.warnings == (trouble == .nothing ? [] : [.mirrorFellShort]), "\(outcome.told)")
          #expect(outcome.requests.isEmpty == (trouble == .nothing))
          #expect(try scene.leftovers().isEmpty)
          scene.variables = [:]
          try await scene.expectHonestSyncEndsRight("\(trouble)")
        }
      } catch {
        try await mirror.stop()
        throw error
      }
      #expect(mirror.requests().count <= 2 * FaultScene.files.count)
      #expect(mirror.requests().allSatisfy { $0.header("Authorization") == nil })
      try await mirror.stop()
    }
  }

  private func tell(_ trouble: Trouble, _ mirror: LoopbackOSF) {
    switch trouble {
    case .nothing, .lacks, .isDown, .hasNoFolder: return
    case .isWrong: mirror.lie(.flipByte(at: 100), about: "/static")
    case .isShort: mirror.lie(.cutQuietly(after: 100), about: "/static")
    case .isPage: mirror.lie(.errorPage, about: "/static")
    case .saysNo: mirror.lie(.status(503, on: .front), about: "/static")
    case .isSilent: mirror.lie(.silence(on: .front), about: "/static")
    }
  }

  @Test("what a mirror began, the origin ends: a part is gone on with elsewhere")
  func goesOnElsewhere() async throws {
    try await TemporaryFolder.with { tree in
      let bench = DiskBench(root: tree)
      try bench.put(FaultScene.victim.bytes, at: bench.at(FaultScene.victim.path.text))
      try await FaultScene.with([FaultScene.victim]) { scene in
        let mirror = try await LoopbackOSF.start([], staticRoot: tree.string)
        mirror.lie(.cut(after: 5000), about: "/static", times: 2)
        mirror.lie(.status(404, on: .front), about: "/static")
        scene.variables["NEUROMAPS_MIRRORS"] = "\(mirror.url)/static"
        try await scene.makeLock()
        let outcome = try await scene.sync()
        #expect(outcome.exitCode == 0)
        #expect(try scene.bytes(FaultScene.victim) == FaultScene.victim.bytes)
        let storage = outcome.requests.filter { $0.origin == .storage }
        #expect(storage.map { $0.header("Range") } == ["bytes=10000-"])
        #expect(storage.map { $0.header("If-Range") } == [nil])
        try await mirror.stop()
      }
    }
  }
}
