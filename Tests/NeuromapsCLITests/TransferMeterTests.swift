import Dataset
import Sync
import Testing

@testable import NeuromapsCLI

@Suite("How progress is told")
struct TransferMeterTests {
  private func meter(_ events: [(Double, SyncEvent)]) -> TransferMeter {
    var meter = TransferMeter()
    for (time, event) in events { meter.note(event, at: .seconds(time)) }
    return meter
  }

  private func shown(_ meter: TransferMeter, at time: Double, width: Int = 200) -> [String] {
    meter.lines(at: .seconds(time), width: width).map { $0.map(\.text).joined() }
  }

  @Test("files, bytes, rate and time left")
  func line() {
    let meter = meter([
      (0, .planned(downloads: 2, bytes: 4_000_000)), (0, .transfer(.began("a", size: 3_000_000))),
      (1, .transfer(.received("a", 500_000))), (2, .transfer(.received("a", 500_000))),
    ])
    #expect(meter.line(at: .seconds(2)) == "downloading 0 of 2 files, 1.0 MB of 4.0 MB, 500 kB/s, 6 s left")
    #expect(meter.isBusy)
  }

  @Test("the rate is that of the last seconds, and nothing is guessed at the start")
  func rate() {
    var meter = meter([(0, .planned(downloads: 1, bytes: 100_000_000))])
    #expect(meter.line(at: .zero) == "downloading 0 of 1 file, 0 bytes of 100 MB")
    meter.note(.transfer(.received("a", 1_000_000)), at: .milliseconds(100))
    #expect(!meter.line(at: .milliseconds(100)).contains("/s"))
    for second in 1...20 { meter.note(.transfer(.received("a", 10_000)), at: .seconds(second)) }
    #expect(meter.line(at: .seconds(20)).contains("10.0 kB/s"))
  }

  @Test("what is under way has a line each, what waits says why, and what is more is counted")
  func running() {
    let names = ["a", "b", "c", "d", "e", "f", "g"]
    let begun: [(Double, SyncEvent)] = names.map { (0, .transfer(.began($0, size: $0 == "b" ? nil : 2000))) }
    var meter = meter([(0, .planned(downloads: 7, bytes: 14_000))] + begun)
    meter.note(.transfer(.received("a", 1000)), at: .seconds(1))
    meter.note(.transfer(.received("b", 1000)), at: .seconds(1))
    meter.note(.transfer(.waits("c", .seconds(3), reason: "x answered 503")), at: .seconds(1))
    #expect(
      shown(meter, at: 2).dropFirst() == [
        "  a  1.0 kB of 2.0 kB", "  b  1.0 kB", "  c  waits 2 s: x answered 503", "  d  0 bytes of 2.0 kB",
        "  e  0 bytes of 2.0 kB", "  and 2 more",
      ])
    for name in names.prefix(6) { meter.note(.transfer(.ended(name)), at: .seconds(3)) }
    #expect(shown(meter, at: 3).dropFirst() == ["  g  0 bytes of 2.0 kB"])
  }

  @Test("bytes that were no good are taken back")
  func takenBack() {
    let meter = meter([
      (0, .planned(downloads: 1, bytes: 2000)), (0, .transfer(.began("a", size: 2000))),
      (0, .transfer(.received("a", 1500))), (1, .transfer(.received("a", -1500))),
    ])
    #expect(shown(meter, at: 1) == ["downloading 0 of 1 file, 0 bytes of 2.0 kB", "  a  0 bytes of 2.0 kB"])
  }

  @Test("what is asked of OSF is counted until the downloads begin")
  func lookUps() {
    var meter = meter([(0, .transfer(.lookedUp(3, of: 9)))])
    #expect(meter.line(at: .zero) == "looked at 3 of 9 files")
    meter.note(.transfer(.lookedUp(9, of: 9)), at: .zero)
    #expect(!meter.isBusy)
  }

  @Test("no line is wider than the terminal; of a name the end stays")
  func width() {
    let name = "source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-L_feature.func.gii"
    let meter = meter([(0, .planned(downloads: 1, bytes: 14_000)), (0, .transfer(.began(name, size: 14_000)))])
    for width in 1...120 { #expect(shown(meter, at: 0, width: width).allSatisfy { $0.count <= max(width, 1) }) }
    #expect(shown(meter, at: 0, width: 60)[1].hasSuffix("hemi-L_feature.func.gii  0 bytes of 14.0 kB"))
  }
}
