import Catalog
import Diagnostics
import Effects
import Neuromaps
import SystemPackage
import TestWorld
import Testing

@Suite("The toolbox's fetch_annotation")
struct FetchAnnotationTests {
  private let alpha = id("lab/alpha/fsLR/32k")
  private let beta = id("lab/beta/MNI152/2mm")
  private let gamma = id("lab/gamma/MNI152/1mm")

  private func path(_ file: MadeFile, in folder: String = "/home/u/neuromaps-data") -> String {
    "\(folder)/\(file.path)"
  }

  @Test("without a keyword it is told how to ask for everything")
  func noKeyword() async throws {
    let lab = try ToolboxLab(Lab.all)
    for restricted in [false, true] {
      let failure = try await failure { try await lab.fetch([:], restricted: restricted) }
      #expect(failure?.reason == .wrongUsage)
      #expect(failure?.diagnostics.map(\.code) == [.noKeyword])
      #expect(failure?.diagnostics.first?.code.rawValue == "NM0512")
      #expect(failure?.diagnostics.first?.hints.first?.contains("\"all\"") == true)
    }
    #expect(lab.lab.transport.requests.isEmpty)
    #expect(lab.lab.files.writes.isEmpty)
  }

  @Test("`all` of any keyword fetches every open map")
  func all() async throws {
    let fetched = try await ToolboxLab(Lab.all).fetch([.source: ["all"]])
    #expect(fetched == .several([alpha: [path(Lab.left), path(Lab.right)], beta: [path(Lab.beta)]]))
  }

  @Test("what matches nothing is no empty answer", arguments: [[MapQuery.Key.desc: ["omega"]], [.source: []]])
  func nothing(_ patterns: [MapQuery.Key: [String]]) async throws {
    let lab = try ToolboxLab(Lab.all)
    let failure = try await failure { try await lab.fetch(patterns) }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap])
    #expect(lab.lab.files.writes.isEmpty)
  }

  @Test("one map is its paths alone unless a dictionary is asked for")
  func returnSingle() async throws {
    let lab = try ToolboxLab(Lab.all)
    #expect(try await lab.fetch([.desc: ["beta"]]) == .single([path(Lab.beta)]))
    #expect(try await lab.fetch([.desc: ["beta"]], returnSingle: false) == .several([beta: [path(Lab.beta)]]))
    let two = try await lab.fetch([.desc: ["beta", "alpha"]], returnSingle: true)
    #expect(two[beta] == [path(Lab.beta)])
    #expect(two[alpha] == [path(Lab.left), path(Lab.right)])
  }

  @Test("a hemisphere brings its file alone", arguments: [("L", Lab.left), ("R", Lab.right)])
  func hemisphere(_ hemi: String, _ file: MadeFile) async throws {
    let lab = try ToolboxLab(Lab.all)
    #expect(try await lab.fetch([.hemi: [hemi]]) == .single([path(file)]))
    let maps = lab.lab.bench.disk.everything().keys.filter { $0.contains("/annotations/") }
    #expect(maps == [path(file)])
    #expect(try lab.bytes(path(file)) == file.bytes)
  }

  @Test("left comes before right, whatever the catalog's order")
  func order() async throws {
    let lab = try ToolboxLab([Lab.right, Lab.left])
    #expect(try await lab.fetch([.source: ["lab"]]) == .single([path(Lab.left), path(Lab.right)]))
  }

  // MARK: Again

  @Test("a second call makes no request and no write, and says the same")
  func again() async throws {
    let lab = try ToolboxLab(Lab.all)
    let first = try await lab.fetch([.source: ["lab"]])
    #expect(!lab.lab.transport.requests.isEmpty)
    lab.lab.forget()
    #expect(try await lab.fetch([.source: ["lab"]]) == first)
    #expect(lab.lab.transport.requests.isEmpty)
    #expect(lab.lab.files.writes.isEmpty)
  }

  @Test("a changed file is told of and left as it is; the others come")
  func changed() async throws {
    let lab = try ToolboxLab(Lab.all)
    let place = path(Lab.left)
    try lab.lab.bench.put([1, 2, 3], at: FilePath(place))
    let failure = try await failure { try await lab.fetch([.source: ["lab"]]) }
    #expect(failure?.reason == .dataDiffers)
    #expect(failure?.diagnostics.map(\.code) == [.differs])
    #expect(failure?.diagnostics.first?.message.contains(Lab.left.path.fileName) == true)
    #expect(try lab.bytes(place) == [1, 2, 3])
    #expect(try lab.bytes(path(Lab.right)) == Lab.right.bytes)
    #expect(try lab.bytes(path(Lab.beta)) == Lab.beta.bytes)
    #expect(try await lab.fetch([.desc: ["beta"]]) == .single([path(Lab.beta)]))
  }

  @Test("a wrong download is an error each time, and never in place")
  func wrongBytes() async throws {
    var lie = Lab.beta
    lie.bytes[0] ^= 1
    let lab = try ToolboxLab([Lab.beta], .osf([lie]))
    for _ in 1...2 {
      let failure = try await failure { try await lab.fetch([.desc: ["beta"]]) }
      #expect(failure?.reason == .couldNot)
      #expect(failure?.diagnostics.map(\.code) == [.wrongBytes])
      #expect(try lab.bytes(path(Lab.beta)) == nil)
    }
  }

  // MARK: Restricted maps

  private let fullName: [MapQuery.Key: [String]] = [
    .source: ["lab"], .desc: ["gamma"], .space: ["MNI152"], .res: ["1mm"],
  ]

  @Test("a token in the environment alone brings no restricted map")
  func tokenAlone() async throws {
    var lab = try ToolboxLab(Lab.all)
    lab.lab.variables["NEUROMAPS_OSF_TOKEN"] = "right"
    #expect(try await lab.fetch([.source: ["lab"]])[gamma] == nil)
    #expect(try await lab.fetch([.source: ["lab"]], restricted: true)[gamma] == [path(Lab.secret)])
  }

  @Test("named in full without a token, it is a token that is needed")
  func tokenNeeded() async throws {
    let lab = try ToolboxLab(Lab.all)
    let failure = try await failure { try await lab.fetch(fullName) }
    #expect(failure?.reason == .tokenNeeded)
    #expect(failure?.diagnostics.map(\.code) == [.tokenNeeded])
    #expect(try lab.bytes(path(Lab.secret)) == nil)
  }

  @Test("without a token all others that were asked for arrive")
  func othersArrive() async throws {
    let lab = try ToolboxLab(Lab.all)
    let failure = try await failure { try await lab.fetch([.source: ["lab"]], restricted: true) }
    #expect(failure?.reason == .tokenNeeded)
    for file in Lab.open { #expect(try lab.bytes(path(file)) == file.bytes) }
    #expect(try lab.bytes(path(Lab.secret)) == nil)
  }

  @Test("the token that is given goes before the environment's")
  func token() async throws {
    var lab = try ToolboxLab(Lab.all)
    lab.lab.variables["NEUROMAPS_OSF_TOKEN"] = "wrong"
    #expect(try await failure { try await lab.fetch(fullName) }?.reason == .tokenNeeded)
    lab.lab.settings.token = "right"
    #expect(try await lab.fetch(fullName) == .single([path(Lab.secret)]))
    #expect(try lab.bytes(path(Lab.secret)) == Lab.secret.bytes)
    lab.lab.settings = Settings()
    lab.lab.settings.dataDir = "/elsewhere"
    lab.lab.settings.cacheDir = "/empty"
    lab.lab.variables["NEUROMAPS_OSF_TOKEN"] = "right"
    #expect(try await lab.fetch(fullName) == .single([path(Lab.secret, in: "/elsewhere")]))
  }

  @Test("an empty token is none, as an empty variable is")
  func emptyToken() async throws {
    var lab = try ToolboxLab(Lab.all)
    lab.lab.settings.token = ""
    #expect(try await failure { try await lab.fetch(fullName) }?.reason == .tokenNeeded)
    #expect(lab.lab.transport.requests.allSatisfy { $0.headers["Authorization"] == nil })
  }

  // MARK: Where

  @Test(
    "the data directory is the parameter, else $NEUROMAPS_DATA, else ~/neuromaps-data",
    arguments: [
      ("/given", "/named", "/given"), ("given", "/named", "/bench/project/given"), ("~/given", nil, "/home/u/given"),
      (nil, "/named", "/named"), (nil, "~/named", "/home/u/named"), (nil, nil, "/home/u/neuromaps-data"),
      (nil, "", "/home/u/neuromaps-data"),
    ] as [(String?, String?, String)])
  func dataDir(_ parameter: String?, _ variable: String?, _ expected: String) async throws {
    var lab = try ToolboxLab(Lab.all)
    lab.lab.settings.dataDir = parameter
    lab.lab.variables["NEUROMAPS_DATA"] = variable
    #expect(try await lab.fetch([.desc: ["beta"]]) == .single([path(Lab.beta, in: expected)]))
    #expect(try lab.bytes(path(Lab.beta, in: expected)) == Lab.beta.bytes)
  }

  @Test("without a home nothing can be told apart from where it is")
  func noHome() async throws {
    var lab = try ToolboxLab(Lab.all)
    lab.lab.variables = [:]
    let failure = try await failure { try await lab.fetch([.desc: ["beta"]]) }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.badAddress])
  }

  @Test("at once from many tasks it brings each file once, and all say the same")
  func atOnce() async throws {
    var made = try ToolboxLab(Lab.all)
    made.lab.waitsReally = true
    let lab = made
    let expected = FetchedAnnotations.several([alpha: [path(Lab.left), path(Lab.right)], beta: [path(Lab.beta)]])
    try await withThrowingTaskGroup(of: FetchedAnnotations.self) { group in
      for _ in 0..<8 { group.addTask { try await lab.fetch([.source: ["lab"]]) } }
      for try await fetched in group { #expect(fetched == expected) }
    }
    for file in Lab.open { #expect(try lab.bytes(path(file)) == file.bytes) }
  }
}
