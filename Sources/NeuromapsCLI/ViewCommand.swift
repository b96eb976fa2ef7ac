internal import ArgumentParser
internal import JSON
internal import Neuromaps
internal import SystemPackage

/// `neuromaps view`.
struct ViewCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract: "Draw maps, each to a PNG file, and print the paths of these.",
    discussion: """
      Of a volume three slices through its strongest point, of a surface both halves from outside and from the middle, \
      with the colors and their numbers beneath. Surfaces are drawn on the atlas of their space and density that is \
      locked and there, inflated if there is such a one; without it values are drawn flat, in the order of the vertices.

      Examples:
        neuromaps view abagen/genepc1/fsaverage/10k
        neuromaps view 'margulies2016/*/fsLR/32k' -o figures
        neuromaps view mine.nii.gz -o mine.png
      """)

  @Argument(
    help: ArgumentHelp(
      "source/desc/space/den-or-res of locked maps, parts may be patterns; or a file (.nii.gz, .nii, .gii).",
      valueName: "tuple"),
    completion: .lockedItems)
  var tuples: [String]

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("A folder, or for one picture a file that ends in .png; else the current folder."),
    completion: .file(extensions: ["png"]))
  var output: String?

  @Flag(help: "Overwrite pictures that are there.")
  var force = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    for text in tuples where PictureSubject(text) == nil {
      throw ValidationError(
        "`\(text)` is neither a map (source/desc/space/den-or-res) nor an image (.nii.gz, .nii, .gii).")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    let result = try await workspace.draw(
      tuples.compactMap { PictureSubject($0) }, to: output, overwriting: force)
    if run.isJSON {
      run.print(.list(result.pictures.map(Self.json)))
    } else {
      for picture in result.pictures {
        run.print(workspace.shown(picture.path))
        if picture.isFlat, let surface = picture.surface { run.say("\(picture.name) is drawn \(surface)") }
      }
    }
    guard result.problems.isEmpty else {
      throw NeuromapsFailure(result.lacksFilesOnly ? .dataDiffers : .couldNot, result.problems)
    }
  }

  private static func json(_ picture: PictureResult.Picture) -> JSONValue {
    .object([
      ("name", .text(picture.name)), ("path", .text(picture.path.string)), ("width", .number(Int64(picture.width))),
      ("height", .number(Int64(picture.height))), ("flat", .bool(picture.isFlat)),
      ("surface", .optional(picture.isFlat ? nil : picture.surface)),
    ])
  }
}
