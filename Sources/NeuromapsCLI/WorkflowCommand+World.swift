internal import Diagnostics
internal import Effects
internal import Neuromaps
internal import SystemPackage

extension WorkflowCommand {
  /// The command that tells a diagnostic to GitHub Actions; nil unless the program runs there.
  init?(_ diagnostic: Diagnostic, in world: World, _ settings: Settings) {
    guard world.environment["GITHUB_ACTIONS"] == "true" else { return nil }
    self.init(diagnostic, file: Self.file(of: diagnostic, in: world, settings))
  }

  /// The file of the repository that a diagnostic is about.
  private static func file(of diagnostic: Diagnostic, in world: World, _ settings: Settings) -> String? {
    if let file = diagnostic.location?.file {
      // A catalog that is named by an address is no file of the repository.
      return file.contains("://") ? nil : fromTop(file, world.environment)
    }
    switch diagnostic.code {
    case .lockMissing, .lockStale:
      // The lock has no line for it, or is not there: it is the manifest that went ahead.
      do {
        let workspace = try Workspace(world, settings)
        return workspace.project.map { folder in
          fromTop(workspace.shown(folder.appending("neuromaps.yaml")), world.environment)
        }
      } catch {
        return nil
      }
    default: return nil
    }
  }

  /// A path as seen from the top of what is checked out, if it lies below; else as it is.
  private static func fromTop(_ file: String, _ environment: Environment) -> String {
    guard let top = environment["GITHUB_WORKSPACE"], var path = environment.absolute(file) else { return file }
    guard path.removePrefix(FilePath(top).lexicallyNormalized()), !path.isEmpty else { return file }
    return path.string
  }
}
