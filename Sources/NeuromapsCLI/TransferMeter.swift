internal import Neuromaps
internal import Sync

/// How far downloads have come, how fast they are, and what is under way; a value, told what happens and when.
struct TransferMeter: Sendable {
  /// A file that is under way.
  private struct Running {
    let name: String
    let size: Int64?
    var bytes: Int64 = 0
    /// Why it waits, if it does, and until when.
    var wait: (end: Duration?, reason: String)?
  }

  /// Bytes that had come at a time.
  private struct Sample {
    let time: Duration
    let bytes: Int64
  }

  private var files = 0
  private var filesWanted = 0
  private var bytes: Int64 = 0
  private var bytesWanted: Int64 = 0
  private var lookUps: (done: Int, all: Int)?
  /// In the order in which they began.
  private var running: [Running] = []
  private var samples: [Sample] = []

  /// The rate is that of the last few seconds.
  private static let window = Duration.seconds(5)
  private static let sampleGap = Duration.milliseconds(200)
  private static let mostRunning = 5

  /// Whether there is anything to show.
  var isBusy: Bool { lookUps != nil || filesWanted > 0 }

  // MARK: What happens

  /// Takes note of an event at a time, which only ever grows.
  mutating func note(_ event: SyncEvent, at time: Duration) {
    switch event {
    case .planned(let downloads, let bytes):
      (filesWanted, bytesWanted, lookUps) = (downloads, bytes, nil)
      samples = [Sample(time: time, bytes: self.bytes)]
    case .transfer(let event): note(event, at: time)
    case .isBusy: return
    case .finished(let outcome): if outcome.fate == .downloaded { files += 1 }
    }
  }

  private mutating func note(_ event: TransferEvent, at time: Duration) {
    switch event {
    case .began(let name, let size): running.append(Running(name: name, size: size))
    case .received(let name, let count):
      bytes += count
      update(name) { running in
        running.bytes += count
        running.wait = nil
      }
      sample(at: time)
    case .waits(let name, let wait, let reason): update(name) { $0.wait = (time + wait, reason) }
    case .ended(let name): running.removeAll { $0.name == name }
    case .lookedUp(let done, let all): lookUps = done < all ? (done, all) : nil
    case .asked: return
    case .isElsewhere(let name): update(name) { $0.wait = (nil, "another neuromaps downloads it") }
    }
  }

  private mutating func update(_ name: String, _ change: (inout Running) -> Void) {
    guard let index = running.firstIndex(where: { $0.name == name }) else { return }
    change(&running[index])
  }

  private mutating func sample(at time: Duration) {
    if let last = samples.last, time - last.time < Self.sampleGap { return }
    samples.append(Sample(time: time, bytes: bytes))
    samples.removeAll { time - $0.time > Self.window }
  }

  // MARK: What it comes to

  /// Bytes a second; nil while there is too little to tell.
  private func rate(at time: Duration) -> Double? {
    guard let first = samples.first, time - first.time >= .milliseconds(500), bytes > first.bytes else { return nil }
    return Double(bytes - first.bytes) / ((time - first.time) / .seconds(1))
  }

  /// The whole in one line: `downloading 3 of 7 files, 1.2 of 4.5 MB, 2.1 MB/s, 2 s left`.
  func line(at time: Duration) -> String {
    if let lookUps { return "looked at \(lookUps.done) of \(lookUps.all) files" }
    var parts = ["downloading \(files) of \(counted(filesWanted, "file"))"]
    let isWhole = bytesWanted > bytes
    parts.append(isWhole ? "\(ByteCount(bytes)) of \(ByteCount(bytesWanted))" : "\(ByteCount(bytes))")
    if let rate = rate(at: time) {
      parts.append("\(ByteCount(Int64(rate)))/s")
      if isWhole { parts.append("\(Self.told(.seconds(Double(bytesWanted - bytes) / rate))) left") }
    }
    return parts.joined(separator: ", ")
  }

  /// The whole, and beneath it what is under way, a line each.
  func lines(at time: Duration, width: Int) -> [[TextSpan]] {
    let shown = running.prefix(Self.mostRunning)
    var lines = [[TextSpan(line(at: time))]]
    lines += shown.map { [TextSpan("  \($0.name)", .dim), TextSpan("  \(Self.state($0, at: time))", .dim)] }
    if running.count > shown.count { lines.append([TextSpan("  and \(running.count - shown.count) more", .dim)]) }
    return lines.map { Self.fitted($0, to: width) }
  }

  private static func state(_ file: Running, at time: Duration) -> String {
    if let wait = file.wait, let end = wait.end, end > time { return "waits \(told(end - time)): \(wait.reason)" }
    if let wait = file.wait, wait.end == nil { return "waits: \(wait.reason)" }
    return file.size.map { "\(ByteCount(file.bytes)) of \(ByteCount($0))" } ?? "\(ByteCount(file.bytes))"
  }

  /// A name gives way to what is said of it: its end tells more than its start.
  private static func fitted(_ line: [TextSpan], to width: Int) -> [TextSpan] {
    guard line.count == 2 else { return line.cut(to: width) }
    let room = width - line[1].text.columns
    guard room > 12, line[0].text.columns > room else { return line.cut(to: width) }
    return [TextSpan("  …\(line[0].text.suffix(room - 3))", line[0].style), line[1]]
  }

  private static func told(_ duration: Duration) -> String {
    let seconds = max(1, Int64((duration / .seconds(1)).rounded(.up)))
    switch seconds {
    case ..<100: return "\(seconds) s"
    case ..<6000: return "\((seconds + 30) / 60) min"
    default: return "\((seconds + 1800) / 3600) h"
    }
  }
}
