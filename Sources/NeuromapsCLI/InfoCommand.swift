internal import ArgumentParser
internal import Catalog
internal import Diagnostics
internal import Effects
internal import Neuromaps

/// `neuromaps info`.
struct InfoCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tell everything that is known of a map or an atlas, or what is in an image.",
    discussion: """
      Of an image, NIfTI or GIfTI: shape, type, voxel size or hemisphere, range, mean, zeros, and on a terminal how \
      its values are spread. If its name says which map it is of, what does not fit is told. Of a map that the \
      project has locked and in place its images, too.

      Examples:
        neuromaps info abagen/genepc1/fsaverage/10k
        neuromaps info --json 'beliveau2017/cimbi36/*/*'
        neuromaps info fsLR/32k
        neuromaps info scan.nii.gz
      """)

  @Argument(
    help: ArgumentHelp(
      "source/desc/space/den-or-res, or atlas/den-or-res; parts may be patterns. Or a file with an image.",
      valueName: "tuple-or-file"),
    completion: .catalogItemsAndImages)
  var subjects: [String]

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    do {
      _ = try InfoSubjects(subjects, in: .real())
    } catch is FileError {
      // There is no current folder; to run tells of it.
      return
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let report = InfoReport(run)
    let workspace = try run.workspace()
    let asked = InfoSubjects(valid: subjects, in: run.world)
    let atlases = asked.atlases.isEmpty ? [] : try await workspace.atlases(asked.atlases)
    var maps: [InfoReport.Map] = []
    if !asked.maps.isEmpty {
      let (matches, set) = try await workspace.matches(asked.maps)
      let references = Dictionary(
        set.catalogs.map { ($0.name, $0.references) }, uniquingKeysWith: { first, _ in first })
      let images = try await workspace.looksIntoLocked(matches.map(\.map.id), bins: report.bins)
      maps = matches.map { match in
        InfoReport.Map(
          match: match, references: references[match.catalog] ?? [:], images: images[match.map.id] ?? [])
      }
    }
    let images = try await workspace.looks(into: asked.files, bins: report.bins)
    report.tell(maps, atlases, images)
    let problems = images.compactMap { if case .problem(let problem) = $0 { problem } else { nil } }
    if !problems.isEmpty { throw NeuromapsFailure(.couldNot, problems) }
  }
}
