internal import ArgumentParser
internal import Catalog
internal import Effects
internal import Neuromaps

/// What `info` is asked of: maps and atlases of the catalogs, or files.
struct InfoSubjects {
  /// Names and patterns of maps.
  let maps: [MapPattern]
  /// Names and patterns of atlases.
  let atlases: [Glob]
  /// Paths, as a person wrote them.
  let files: [String]

  /// Reads words of a command line that have been found to mean something.
  init(valid texts: [String], in world: World) {
    files = texts.filter { Workspace.meansFile($0, in: world) }
    let patterns = texts.filter { !Workspace.meansFile($0, in: world) }.compactMap { ItemPattern($0) }
    maps = patterns.compactMap { if case .map(let pattern) = $0 { pattern } else { nil } }
    atlases = patterns.compactMap { if case .atlas(let name) = $0 { name } else { nil } }
  }

  /// Reads words of a command line, or tells of the first that means nothing.
  init(_ texts: [String], in world: World) throws {
    self.init(valid: texts, in: world)
    guard let wrong = texts.first(where: { ItemPattern($0) == nil && !Workspace.meansFile($0, in: world) }) else {
      return
    }
    throw ValidationError(
      "`\(wrong)` is neither a map (source/desc/space/den-or-res) nor an atlas (fsLR/32k, regfusion), nor a file here.")
  }
}
