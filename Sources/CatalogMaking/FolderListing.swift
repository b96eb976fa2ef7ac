package import Dataset
package import Diagnostics

/// The files of a folder, told apart by what a catalog can say of them.
package struct FolderListing: Sendable {
  /// Something in the folder.
  package struct Entry: Hashable, Sendable {
    /// What it is.
    package enum Kind: Hashable, Sendable {
      /// A regular file.
      case file
      /// A symbolic link, which is not followed.
      case link
      /// Neither file nor folder, or gone again.
      case other
      /// A folder that could not be listed, or is too deep.
      case closedFolder
    }

    /// Relative to the folder.
    package let path: String
    /// What it is.
    package let kind: Kind

    /// Something at a path.
    package init(_ path: String, _ kind: Kind) {
      self.path = path
      self.kind = kind
    }

    fileprivate var name: String { path.slashParts.last ?? path }
  }

  /// A file that belongs to a map by its name.
  package struct Choice: Hashable, Sendable {
    /// Relative to the folder.
    package let path: String
    /// What its name says.
    package let entities: FileEntities
  }

  /// What a catalog takes, in the order of maps and hemispheres.
  package let choices: [Choice]
  /// What is wrong with files that a catalog would take.
  package let problems: [Diagnostic]
  /// What was passed over, and what seems to be missing.
  package let warnings: [Diagnostic]

  /// Tells the files apart.
  ///
  /// - Parameters:
  ///   - entries: what is in the folder, folders that were listed aside.
  ///   - folder: what the user calls the folder.
  package init(_ entries: [Entry], in folder: String) {
    let sorted = entries.sorted { precedes($0.path, $1.path) }
    let named = sorted.compactMap { entry in
      entry.kind == .file
        ? FileEntities(fileName: entry.name).map { Choice(path: entry.path, entities: $0) } : nil
    }
    let chosen = Set(named.map(\.path))
    choices = named.sorted { a, b in
      let (x, y) = (a.entities, b.entities)
      return x.map == y.map ? (x.hemi?.rawValue ?? "") < (y.hemi?.rawValue ?? "") : x.map < y.map
    }
    var problems = Self.repeats(named) + named.compactMap { Self.halfNamed($0, among: named) }
    if named.isEmpty {
      problems.append(
        Diagnostic(
          .cannotImport, "no file below `\(folder)` is called as files of maps are", hints: [Self.form]))
    }
    self.problems = problems
    warnings = Self.passedOver(sorted.filter { !chosen.contains($0.path) }) + Self.lonely(named)
  }

  // MARK: What is wrong

  private static func repeats(_ choices: [Choice]) -> [Diagnostic] {
    Dictionary(grouping: choices, by: \.entities).filter { $1.count > 1 }.values
      .sorted { precedes($0[0].path, $1[0].path) }
      .map { same in
        Diagnostic(
          .cannotImport, "\(same.count) files are called `\(same[0].entities.fileName)`",
          notes: shown(same.map(\.path)), hints: ["keep one of them; a catalog has each file of a map once"])
      }
  }

  /// A surface that does not say which hemisphere it holds, or a volume that does.
  private static func halfNamed(_ choice: Choice, among others: [Choice]) -> Diagnostic? {
    let entities = choice.entities
    switch (entities.map.sampling.format, entities.hemi) {
    case (.surface, nil):
      let beside = others.filter { $0.entities.map == entities.map && $0.entities.hemi != nil }
      let wanted = FileEntities(map: entities.map, hemi: .left).fileName
      return Diagnostic(
        .cannotImport, "`\(choice.path)` does not say which hemisphere it holds",
        notes: beside.map { "of the same map there is `\($0.path)`" },
        hints: ["call it `\(wanted)`, or the same with `hemi-R`"])
    case (.volume, let hemi?):
      let wanted = FileEntities(map: entities.map, hemi: nil).fileName
      return Diagnostic(
        .cannotImport, "`\(choice.path)` has `hemi-\(hemi.rawValue)` in its name, and is a volume",
        hints: ["call it `\(wanted)`, or name the density of a surface by `den-`"])
    case (.surface, _?), (.volume, nil): return nil
    }
  }

  // MARK: What is left out

  private static func lonely(_ choices: [Choice]) -> [Diagnostic] {
    let halves = Dictionary(grouping: choices.filter { $0.entities.hemi != nil }, by: \.entities.map)
    let lonely = halves.filter { Set($1.map(\.entities.hemi)).count == 1 && $0.sampling.format == .surface }
    guard !lonely.isEmpty else { return [] }
    let names = lonely.keys.sorted().map { id in
      "`\(id)`: \(lonely[id]?.first?.entities.hemi == .left ? "left" : "right") only"
    }
    return [
      Diagnostic(
        .leftOut, lonely.count == 1 ? "a map has one hemisphere only" : "\(lonely.count) maps have one hemisphere only",
        severity: .warning, notes: shown(names))
    ]
  }

  private static func passedOver(_ entries: [Entry]) -> [Diagnostic] {
    func group(_ kind: Entry.Kind) -> [String] { entries.filter { $0.kind == kind }.map(\.path) }
    let files = entries.filter { $0.kind == .file }
    let near = files.filter { $0.name.hasPrefix("source-") }.map(\.path)
    let far = files.filter { !$0.name.hasPrefix("source-") }.map(\.path)
    return [
      warning(near, "not quite called as files of maps are", [form]),
      warning(far, "not called as files of maps are", near.isEmpty ? [form] : []),
      warning(group(.link), "symbolic links, which are not followed", ["put the files themselves into the folder"]),
      warning(group(.other), "neither files nor folders", []),
      warning(group(.closedFolder), "folders that cannot be listed, or too deep", []),
    ].compactMap { $0 }
  }

  private static func warning(_ paths: [String], _ reason: String, _ hints: [String]) -> Diagnostic? {
    guard !paths.isEmpty else { return nil }
    return Diagnostic(
      .leftOut, "passed over: \(paths.count) \(reason)", severity: .warning, notes: shown(paths.map { "`\($0)`" }),
      hints: hints)
  }

  private static let form =
    "a surface is called `source-…_desc-…_space-…_den-…_hemi-L_feature.func.gii`, a volume "
    + "`source-…_desc-…_space-…_res-…_feature.nii.gz`"

  /// The first few, and how many more.
  static func shown(_ names: [String]) -> [String] {
    let most = 5
    return names.prefix(most) + (names.count > most ? ["and \(names.count - most) more"] : [])
  }
}
