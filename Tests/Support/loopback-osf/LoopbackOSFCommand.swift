import ArgumentParser
import Catalog
import Effects
import LoopbackOSF

/// `loopback-osf`: OSF on this machine, for trying neuromaps without a network.
@main
struct LoopbackOSFCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loopback-osf",
    abstract: "Serve a data directory on 127.0.0.1 as OSF would, under the built-in catalog's ids.",
    discussion: """
      Prints the address to put into NEUROMAPS_OSF_URL, then a line for each request, and runs until it is ended.
      Files of the catalog that the folder lacks are answered with 404.

      Example:
        loopback-osf --root data --port 8123
        NEUROMAPS_OSF_URL=http://127.0.0.1:8123 neuromaps sync
      """)

  @Option(help: "A folder laid out as a data directory.")
  var root: String

  @Option(help: "The port; 0 for any free one.")
  var port = 0

  @Option(help: "The token that opens restricted files.")
  var token: String?

  @Option(name: .customLong("static"), help: "A folder to serve below /static/ as it is.")
  var staticFolder: String?

  @Option(help: ArgumentHelp("Tell a lie: \(Lie.kinds), optionally =FILE-ID.", valueName: "kind"))
  var lie: [Lie] = []

  func run() async throws {
    let console = Console()
    let files = try ServedTree.files(in: root, of: BuiltinCatalog.load())
    let server = try await LoopbackOSF.start(files, token: token, staticRoot: staticFolder, frontPort: port) {
      request in
      console.write(
        "\(request.origin.rawValue) \(request.method) \(path(request.uri)) \(request.status)\n", to: .output)
    }
    for lie in lie { server.lie(lie.fault, about: lie.file) }
    console.write("serving \(files.count) files at \(server.url)\n", to: .output)
    while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
  }
}

/// The address without its query: a signature is nobody's business.
private func path(_ uri: String) -> Substring { uri.prefix { $0 != "?" } }

/// A lie by its name on the command line.
struct Lie: ExpressibleByArgument {
  static let kinds = "flip, cut, cut-quietly, page, 404, 429, 500, long, slow, stall, reset, loop"

  let fault: Fault
  let file: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    file = parts.count == 2 ? parts[1] : nil
    switch parts.first {
    case "flip": fault = .flipByte(at: 100)
    case "cut": fault = .cut(after: 1000)
    case "cut-quietly": fault = .cutQuietly(after: 1000)
    case "page": fault = .errorPage
    case "404": fault = .status(404, on: .front)
    case "429": fault = .status(429, retryAfter: "1", on: .front)
    case "500": fault = .status(500)
    case "long": fault = .tooLong(by: 100)
    case "slow": fault = .slow(bytesPerSecond: 100_000)
    case "stall": fault = .stall(after: 1000)
    case "reset": fault = .reset(after: 1000)
    case "loop": fault = .redirectLoop
    default: return nil
    }
  }
}
