import NeuromapsCLI

/// The program. Everything it does is in NeuromapsCLI, which tests can call.
@main
enum Main {
  static func main() async {
    await NeuromapsCommand.start()
  }
}
