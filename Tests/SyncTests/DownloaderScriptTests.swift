import Dataset
import Effects
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Downloads from a network that does what it is told")
struct DownloaderScriptTests {
  typealias Reply = ScriptedTransport.Reply

  private let file = MadeFile("lab/alpha/MNI152/2mm", size: 1000)
  private let other = MadeFile("lab/beta/MNI152/2mm", size: 1000)
  private let secret = MadeFile("lab/gamma/MNI152/2mm", size: 1000, isRestricted: true)

  /// What came of a download, and what it took.
  private struct Outcome {
    var object: StoredObject?
    var failure: DownloadFailure?
    var naps: [Duration] = []
    var left: [String: [UInt8]] = [:]
    var drafts: [String] = []
  }

  private func fetch(
    _ file: MadeFile, _ transport: ScriptedTransport, knowing knowledge: MadeFile.Knowledge = .all,
    from origin: Origin? = nil, setUp: (inout SyncPlace, FakeBench) throws -> Void = { _, _ in }
  ) async throws -> Outcome {
    let bench = try FakeBench()
    let clock = RecordingClock()
    var place = SyncPlace(bench.files, bench.root, transport, clock: clock)
    try setUp(&place, bench)
    var outcome = Outcome()
    do throws(DownloadFailure) {
      outcome.object = try await place.downloader.fetch(
        file.locked(knowledge, from: origin), isRestricted: file.isRestricted
      ) { _ in }
    } catch {
      outcome.failure = error
    }
    outcome.naps = clock.naps
    outcome.left = try bench.tree(place.cache)
    outcome.drafts = try bench.drafts(bench.root)
    #expect(outcome.drafts.isEmpty)
    // What is left of a failure is what may be gone on with.
    #expect(outcome.failure == nil || outcome.left.keys.allSatisfy { $0.hasPrefix("v1/partial/") })
    return outcome
  }

  // MARK: What is right

  @Test("the right bytes come into the store by way of a redirect", arguments: MadeFile.Knowledge.allCases)
  func right(_ knowledge: MadeFile.Knowledge) async throws {
    let transport = ScriptedTransport.osf([file])
    let outcome = try await fetch(file, transport, knowing: knowledge)
    #expect(outcome.object?.checksums.agrees(with: file.checksums) == true)
    #expect(outcome.object?.checksums.isComplete == true)
    #expect(outcome.left.values.contains(file.bytes))
    #expect(transport.requests.count == 2)
    #expect(transport.requests.allSatisfy { $0.headers == ["Accept-Encoding": "identity"] })
    #expect(outcome.naps.isEmpty)
  }

  @Test("an empty file can be had")
  func empty() async throws {
    let empty = MadeFile("lab/empty/MNI152/2mm", size: 0)
    #expect(try await fetch(empty, .osf([empty])).object?.checksums == empty.checksums)
  }

  @Test("each kind of redirect is followed, wherever it leads on the web", arguments: [301, 302, 303, 307, 308])
  func redirects(_ status: Int) async throws {
    let file = file
    for (location, target) in [
      ("/b", "https://files.osf.io/b"), ("//x.example.org/b", "https://x.example.org/b"),
      ("http://x.example.org/b", "http://x.example.org/b"),
    ] {
      let start = location.hasPrefix("http:") ? "http://127.0.0.1:1" : OriginMap.osf
      let transport = ScriptedTransport { request, _ in
        if request.url == target { return .bytes(file.bytes) }
        return Reply(status, headers: ["location": location])
      }
      let outcome = try await fetch(file, transport) { place, _ in place.osfURL = start }
      #expect(outcome.object != nil, "\(location)")
      #expect(transport.urls.last == target)
    }
  }

  @Test("progress adds up to the bytes, also when they are asked for anew")
  func progress() async throws {
    let bench = try FakeBench()
    let file = file
    let transport = ScriptedTransport { request, earlier in
      guard earlier == 0 else { return .bytes(file.bytes) }
      var reply = Reply(200, pieces: [Array(file.bytes.prefix(400))])
      reply.failure = .broken("cut")
      return reply
    }
    let told = Told()
    _ = try await SyncPlace(bench.files, bench.root, transport).downloader
      .fetch(file.locked(), isRestricted: false) { told.add($0) }
    #expect(told.parts.prefix(2) == [400, -400])
    #expect(told.sum == 1000)
  }

  // MARK: What is wrong

  @Test("wrong bytes are tried for once more, and refused", arguments: MadeFile.Knowledge.allCases)
  func wrongBytes(_ knowledge: MadeFile.Knowledge) async throws {
    let other = other
    let transport = ScriptedTransport { _, _ in .bytes(other.bytes) }
    let outcome = try await fetch(file, transport, knowing: knowledge)
    guard case .wrongBytes(let expected, let received, "files.osf.io")? = outcome.failure else {
      Issue.record("\(String(describing: outcome.failure))")
      return
    }
    #expect(expected == file.checksums(knowledge))
    #expect(received.sha256 == other.checksums.sha256)
    #expect(transport.requests.count == 2)
  }

  @Test("wrong bytes the first time and right ones the second are no failure")
  func wrongOnce() async throws {
    let (file, other) = (file, other)
    let transport = ScriptedTransport { _, earlier in .bytes(earlier == 0 ? other.bytes : file.bytes) }
    #expect(try await fetch(file, transport).object != nil)
  }

  @Test("a page in place of the file is told as such")
  func page() async throws {
    let transport = ScriptedTransport { _, _ in
      Reply(200, headers: ["content-type": "text/html; charset=utf-8"], pieces: [Array("<html>".utf8)])
    }
    let outcome = try await fetch(file, transport)
    guard case .page? = outcome.failure else {
      Issue.record("\(String(describing: outcome.failure))")
      return
    }
  }

  @Test("a body that is too short is tried for four times more, and refused")
  func tooShort() async throws {
    let file = file
    let transport = ScriptedTransport { _, _ in .bytes(Array(file.bytes.prefix(900))) }
    let outcome = try await fetch(file, transport)
    #expect(outcome.failure == .wrongLength(expected: 1000, received: 900, host: "files.osf.io"))
    #expect(transport.requests.count == 5)
    #expect(outcome.naps.count == 4)
  }

  @Test("a body that is too long is stopped at once")
  func tooLong() async throws {
    let file = file
    let transport = ScriptedTransport { _, _ in
      Reply(200, pieces: [file.bytes] + [[UInt8]](repeating: [1], count: 1000))
    }
    let outcome = try await fetch(file, transport)
    guard case .wrongLength(expected: 1000, received: 1001..., _)? = outcome.failure else {
      Issue.record("\(String(describing: outcome.failure))")
      return
    }
    #expect(transport.piecesTaken <= 3 * 2)
  }

  @Test(
    "trouble that may pass is met with four more tries, and waits between",
    arguments: [
      Reply.failure(.unreachable("x")), .failure(.timedOut("x")), .failure(.broken("x")), Reply(408), Reply(425),
      Reply(429),
      Reply(500), Reply(501), Reply(502), Reply(503), Reply(504), Reply(599), Reply(206),
    ])
  func transient(_ reply: Reply) async throws {
    let always = ScriptedTransport { _, _ in reply }
    let outcome = try await fetch(file, always)
    #expect(outcome.failure != nil)
    #expect(always.requests.count == 5)
    #expect(outcome.naps == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
    let file = file
    let passing = ScriptedTransport { request, earlier in
      earlier < 4 && request.url.contains("osf.io") ? reply : ScriptedTransport.answer(request, [file])
    }
    #expect(try await fetch(file, passing).object != nil)
  }

  @Test(
    "what will not pass is asked for once",
    arguments: [
      Reply(400), Reply(401), Reply(403), Reply(404), Reply(410), Reply(204), Reply(304),
      .failure(.insecure("x")), .failure(.cancelled),
    ])
  func lasting(_ reply: Reply) async throws {
    let transport = ScriptedTransport { _, _ in reply }
    let outcome = try await fetch(file, transport)
    if reply.status > 0 { #expect(outcome.failure == .status(reply.status, host: "files.osf.io")) }
    #expect(outcome.failure != nil)
    #expect(transport.requests.count == 1)
    #expect(outcome.naps.isEmpty)
  }

  @Test("a file whose size nobody told has a limit all the same")
  func endless() async throws {
    let piece = [UInt8](repeating: 0, count: 1 << 20)
    let transport = ScriptedTransport { _, _ in Reply(200, pieces: [[UInt8]](repeating: piece, count: 5000)) }
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    files.fail(.append, turn: 8, with: .noSpace)
    let place = SyncPlace(files, bench.root, transport)
    await #expect(throws: DownloadFailure.self) {
      try await place.downloader.fetch(file.locked(.md5), isRestricted: false) { _ in }
    }
    #expect(transport.piecesTaken == 8)
    #expect(transport.requests.count == 1)
  }

  @Test("redirects without end come to one")
  func loop() async throws {
    let transport = ScriptedTransport { request, _ in .redirect(to: "\(request.url)x") }
    #expect(try await fetch(file, transport).failure?.isRedirect(.loop) == true)
    #expect((5...30).contains(transport.requests.count))
  }

  @Test("a redirect from TLS to plain HTTP is not followed, at whichever step")
  func downgrade() async throws {
    let transport = ScriptedTransport { request, _ in
      request.url.contains("/b") ? .redirect(to: "http://x.example.org/c") : .redirect(to: "https://x.example.org/b")
    }
    #expect(try await fetch(file, transport).failure == .redirect(.downgrade, host: "x.example.org"))
    #expect(transport.urls.allSatisfy { $0.hasPrefix("https:") })
    #expect(transport.requests.count == 2)
  }

  @Test("a redirect to nowhere is not followed", arguments: ["file:///etc/passwd", "https://u:p@x.org/", "//"])
  func redirectNowhere(_ location: String) async throws {
    let transport = ScriptedTransport { _, _ in .redirect(to: location) }
    #expect(try await fetch(file, transport).failure == .redirect(.nowhere, host: "files.osf.io"))
    #expect(transport.requests.count == 1)
    let without = ScriptedTransport { _, _ in Reply(302) }
    #expect(try await fetch(file, without).failure == .redirect(.nowhere, host: "files.osf.io"))
  }

  @Test(
    "a disk that fails ends the download, with no more tries and no more places", arguments: [Errno.noSpace, .ioError])
  func diskFails(_ reason: Errno) async throws {
    let file = file
    for (call, turn) in [(FileCall.createFolder, 1), (.createDraft, 1), (.append, 1), (.append, 2), (.publish, 1)] {
      let transport = ScriptedTransport { _, _ in .bytes(file.bytes) }
      let outcome = try await fetch(file, transport) { place, bench in
        let files = WatchedFiles(bench.files)
        files.fail(call, turn: turn, with: reason)
        place.files = files
        place.mirrors = ["https://mirror.example.org"]
      }
      guard case .file(let error)? = outcome.failure else {
        Issue.record("\(call): \(String(describing: outcome.failure))")
        continue
      }
      #expect(error.reason == reason)
      #expect(transport.requests.count <= 1)
    }
  }

  @Test("a cancelled download ends without waiting")
  func cancelled() async throws {
    let file = file
    let transport = ScriptedTransport { _, _ in
      withUnsafeCurrentTask { $0?.cancel() }
      return .failure(.broken("cut"))
    }
    let bench = try FakeBench()
    let clock = RecordingClock()
    let place = SyncPlace(bench.files, bench.root, transport, clock: clock)
    let failure = await Task { () -> DownloadFailure? in
      do throws(DownloadFailure) {
        _ = try await place.downloader.fetch(file.locked(), isRestricted: false) { _ in }
        return nil
      } catch {
        return error
      }
    }.value
    guard case .transport(.cancelled, _)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(transport.requests.count == 1)
    #expect(clock.naps.isEmpty)
  }

  // MARK: Places

  @Test("mirrors are asked in order, and the origin last")
  func mirrorsFirst() async throws {
    let file = file
    let transport = ScriptedTransport { request, _ in
      if request.url.hasPrefix("https://one") { return Reply(404) }
      if request.url.hasPrefix("https://two") { return .failure(.unreachable("x")) }
      return ScriptedTransport.answer(request, [file])
    }
    let outcome = try await fetch(file, transport) { place, _ in
      place.mirrors = ["https://one.example.org", "https://two.example.org/tree/"]
    }
    #expect(outcome.object != nil)
    #expect(transport.urls.first == "https://one.example.org/\(file.path)")
    #expect(transport.urls.dropFirst().first == "https://two.example.org/tree/\(file.path)")
    #expect(transport.urls.last?.hasPrefix("https://storage.example.org/") == true)
  }

  @Test("a mirror that has the file is enough")
  func mirrorSuffices() async throws {
    let file = file
    let transport = ScriptedTransport { _, _ in .bytes(file.bytes) }
    let outcome = try await fetch(file, transport) { place, _ in place.mirrors = ["https://one.example.org"] }
    #expect(outcome.object != nil)
    #expect(transport.urls == ["https://one.example.org/\(file.path)"])
  }

  @Test("what a mirror has wrong comes from the origin")
  func mirrorCorrupt() async throws {
    let (file, other) = (file, other)
    let transport = ScriptedTransport { request, _ in
      request.url.hasPrefix("https://one") ? .bytes(other.bytes) : ScriptedTransport.answer(request, [file])
    }
    let outcome = try await fetch(file, transport) { place, _ in place.mirrors = ["https://one.example.org"] }
    #expect(outcome.object?.checksums == file.checksums)
    #expect(outcome.left.values.contains(other.bytes) == false)
  }

  @Test("a folder of this machine can be a mirror; what it lacks or has wrong comes from the origin")
  func fileMirror() async throws {
    let file = file
    for content in [file.bytes, other.bytes, nil] {
      let transport = ScriptedTransport.osf([file])
      let outcome = try await fetch(file, transport) { place, bench in
        place.mirrors = ["file://\(bench.at("mirror"))"]
        if let content { try bench.put(content, at: bench.at("mirror").pushing(FilePath(file.path.text))) }
      }
      #expect(outcome.object?.checksums == file.checksums)
      #expect(transport.requests.isEmpty == (content == file.bytes))
    }
  }

  @Test("relative and file origins are read from this machine, and nobody is asked")
  func localOrigins() async throws {
    let file = file
    for origin in [Origin.relative("maps/a.nii.gz"), .url("file:///bench/maps/a.nii.gz")] {
      let transport = ScriptedTransport.silent()
      let there = try await fetch(file, transport, from: origin) { _, bench in
        try bench.put(file.bytes, at: bench.at("maps/a.nii.gz"))
      }
      #expect(there.object?.checksums == file.checksums)
      let gone = try await fetch(file, transport, from: origin)
      #expect(gone.failure == .originMissing("/bench/maps/a.nii.gz"))
      let wrong = try await fetch(file, transport, from: origin) { _, bench in
        try bench.put(Array(file.bytes.reversed()), at: bench.at("maps/a.nii.gz"))
      }
      guard case .wrongBytes? = wrong.failure else {
        Issue.record("\(String(describing: wrong.failure))")
        continue
      }
      let folder = try await fetch(file, transport, from: origin) { _, bench in
        try bench.put([1], at: bench.at("maps/a.nii.gz/below"))
      }
      #expect(folder.failure == .originMissing("/bench/maps/a.nii.gz"))
      #expect(transport.requests.isEmpty)
    }
  }

  @Test("an origin that is no address is nowhere")
  func nowhere() async throws {
    let transport = ScriptedTransport.silent()
    #expect(try await fetch(file, transport, from: .url("gopher://x/a")).failure == .nowhere)
    #expect(transport.requests.isEmpty)
  }

  // MARK: The token

  @Test("a restricted file comes with the right token, which nobody but OSF sees")
  func token() async throws {
    let transport = ScriptedTransport.osf([secret])
    let outcome = try await fetch(secret, transport) { place, _ in place.token = "right" }
    #expect(outcome.object != nil)
    #expect(transport.requests.map { $0.headers["Authorization"] } == ["Bearer right", nil])
  }

  @Test("without a token or with a wrong one a restricted file does not come, and that is asked once")
  func noToken() async throws {
    let missing = ScriptedTransport.osf([secret])
    #expect(try await fetch(secret, missing).failure == .tokenMissing)
    #expect(missing.requests.count == 1)
    let wrong = ScriptedTransport.osf([secret])
    let outcome = try await fetch(secret, wrong) { place, _ in place.token = "wrong" }
    #expect(outcome.failure == .tokenRefused(403))
    #expect(outcome.failure?.isAboutToken == true)
    #expect(wrong.requests.count == 1)
  }

  @Test("a file that is not restricted is asked for without a token")
  func tokenUnasked() async throws {
    let transport = ScriptedTransport.osf([file])
    _ = try await fetch(file, transport) { place, _ in place.token = "right" }
    #expect(transport.requests.allSatisfy { $0.headers["Authorization"] == nil })
  }

  @Test(
    "another server in OSF's place never sees the token, nor a mirror, nor a redirect's target",
    arguments: [
      "https://osf.example.org", "https://files.osf.io.example.org", "https://evilosf.io", "http://files.osf.io",
      "https://files.osf.io:8443", "http://192.168.0.1:8080",
    ])
  func tokenElsewhere(_ osfURL: String) async throws {
    let transport = ScriptedTransport { request, _ in
      request.url.hasPrefix(osfURL) && !request.url.hasSuffix("/again")
        ? .redirect(to: "\(request.url)/again") : Reply(401)
    }
    let outcome = try await fetch(secret, transport) { place, _ in
      place.token = "right"
      place.osfURL = osfURL
      place.mirrors = ["https://mirror.example.org", "https://files.osf.io.mirror.example.org"]
    }
    #expect(outcome.failure?.isAboutToken == true)
    #expect(transport.requests.count == 4)
    #expect(transport.requests.allSatisfy { request in !request.headers.values.contains { $0.contains("right") } })
  }

  @Test("a redirect back to OSF by plain HTTP or another port does not bring the token there")
  func tokenAfterRedirect() async throws {
    for target in ["https://files.osf.io:444/x", "https://files.osf.io.evil.org/x", "https://osf.io/x"] {
      let transport = ScriptedTransport { request, _ in
        request.url.contains("osfstorage") ? .redirect(to: target) : Reply(401)
      }
      _ = try await fetch(secret, transport) { place, _ in place.token = "right" }
      #expect(transport.requests.map { $0.headers["Authorization"] } == ["Bearer right", nil])
    }
  }

  @Test(
    "a token that cannot stand in a header reaches neither the network nor the message",
    arguments: ["s3cret\n", "s3\r\ncret", "s3cret\0"])
  func tokenWithLineFeed(_ token: String) async throws {
    let bench = try FakeBench()
    let transport = WebTransport()
    var place = SyncPlace(bench.files, bench.root, transport)
    place.token = token
    place.osfURL = "http://127.0.0.1:9"
    do throws(DownloadFailure) {
      _ = try await place.downloader.fetch(secret.locked(), isRestricted: true) { _ in }
      Issue.record("a download from nowhere")
    } catch {
      #expect(!"\(error) \(String(describing: error.diagnostic(for: secret.locked()))) \(error.summary)".contains("s3"))
    }
    await transport.shutdown()
  }
}

extension DownloadFailure {
  fileprivate func isRedirect(_ problem: RedirectProblem) -> Bool {
    if case .redirect(problem, _) = self { true } else { false }
  }
}
