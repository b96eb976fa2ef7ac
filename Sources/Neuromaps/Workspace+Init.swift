internal import Diagnostics
package import Effects
internal import SystemPackage

extension Workspace {
  /// Writes a commented neuromaps.yaml into a folder and a line for the data directory into its
  /// .gitignore.
  ///
  /// - Returns: the files written, as the user would call them.
  package static func initialize(_ world: World, _ settings: Settings) throws(NeuromapsFailure) -> [String] {
    var folder = world.environment.currentFolder
    if let named = settings.project { folder = try place(named, world.environment) }
    let manifest = folder.appending(manifestName)
    do throws(FileError) {
      try world.files.createFolder(folder)
      try world.files.write(Array(template.utf8), to: manifest, replacing: false)
      let ignore = folder.appending(".gitignore")
      let earlier = try world.files.status(ignore) == nil ? [] : try world.files.read(ignore, limit: 1 << 20)
      let newline = UInt8(ascii: "\n")
      let lines = earlier.split(separator: newline).map { String(decoding: $0, as: UTF8.self) }
      guard !lines.contains(where: { ["/data/", "/data", "data/", "data"].contains($0) }) else { return [manifestName] }
      let gap = earlier.isEmpty || earlier.last == newline ? [] : [newline]
      try world.files.write(earlier + gap + Array("/data/\n".utf8), to: ignore)
      return [manifestName, ".gitignore"]
    } catch {
      guard error.operation == .place, error.reason == .fileExists else { throw NeuromapsFailure(error) }
      throw NeuromapsFailure(
        .couldNot,
        [
          Diagnostic(
            .alreadyThere, "there is a `\(manifestName)` already", notes: ["it was left as it is"],
            hints: ["edit it, then run `neuromaps sync`"])
        ])
    }
  }

  /// What `init` writes; checked by a test.
  package static let template = """
    # Which brain maps this project uses. `neuromaps sync` brings them into data_dir and pins
    # their exact bytes in neuromaps.lock; commit both files.
    version: 1
    data_dir: data

    # What is known of each map (title, license, papers) is locked with it, and written beside the files.
    # metadata: false

    annotations: []
    # Replace `[]` by a list of maps. `neuromaps list` and `neuromaps tags` show what there is.
    #  - abagen/genepc1/fsaverage/10k           # one map: source/desc/space/density
    #  - margulies2016/fcgradient*/fsLR/32k     # several, by a pattern
    #  - tags: [PET, receptors]                 # all maps with both tags …
    #    space: [MNI152, fsaverage]             # … in either space

    # Of a map that an entry finds in several spaces, keep the first of these.
    # prefer:
    #   space: [fsaverage, fsLR, MNI152]

    # Sets that come only with `neuromaps sync --group figures`, or `--all-groups`.
    # groups:
    #   figures:
    #     annotations:
    #      - hcps1200/myelinmap/fsLR/32k

    """
}
