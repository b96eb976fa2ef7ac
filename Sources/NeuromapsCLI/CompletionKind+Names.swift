internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Effects
internal import Neuromaps

/// What the arguments of this program can be completed with. Whatever goes wrong, there is nothing to choose from.
extension CompletionKind {
  /// Maps and atlases of the catalogs.
  static var catalogItems: CompletionKind {
    offering { workspace, line in
      let catalogs = workspace.catalogsAtHand()
      return CompletionChoices.parts(of: maps(catalogs) + atlases(catalogs), after: line.word)
    }
  }

  /// Maps and atlases of the catalogs, and files that may be images.
  static var catalogItemsAndImages: CompletionKind {
    offering { workspace, line in
      let catalogs = workspace.catalogsAtHand()
      return CompletionChoices.parts(
        of: maps(catalogs) + atlases(catalogs) + workspace.imagesAtHand(line.word), after: line.word)
    }
  }

  /// Maps of the catalogs.
  static var catalogMaps: CompletionKind {
    offering { workspace, line in
      CompletionChoices.parts(of: maps(workspace.catalogsAtHand()), after: line.word)
    }
  }

  /// Atlases of the catalogs.
  static var catalogAtlases: CompletionKind {
    offering { workspace, line in
      CompletionChoices.parts(of: atlases(workspace.catalogsAtHand()), after: line.word)
    }
  }

  /// Maps and atlases of the project's lock.
  static var lockedItems: CompletionKind {
    offering { workspace, line in
      CompletionChoices.parts(of: workspace.lockedAtHand().map(\.description), after: line.word)
    }
  }

  /// Maps, atlases and files of the project's lock.
  static var lockedItemsAndFiles: CompletionKind {
    offering { workspace, line in
      CompletionChoices.parts(
        of: workspace.lockedAtHand().map(\.description) + workspace.lockedFilesAtHand(), after: line.word)
    }
  }

  /// Groups of the project's manifest.
  static var groups: CompletionKind {
    offering { workspace, _ in CompletionChoices.choices(workspace.groupsAtHand()) }
  }

  /// Values of a keyword.
  static func values(of key: MapQuery.Key) -> CompletionKind {
    offering { workspace, line in
      CompletionChoices.values(of: key, in: workspace.catalogsAtHand(), line)
    }
  }

  private static func maps(_ catalogs: CatalogSet) -> [String] {
    catalogs.catalogs.flatMap(\.maps).map(\.id.description)
  }

  private static func atlases(_ catalogs: CatalogSet) -> [String] {
    catalogs.catalogs.flatMap(\.atlases).map(\.id.description)
  }

  private static func offering(
    _ choices: @escaping @Sendable (Workspace, CompletionLine) -> [String]
  ) -> CompletionKind {
    let complete: @Sendable ([String], Int, String) -> [String] = { words, place, beginning in
      let line = CompletionLine(words, at: place, beginning)
      return workspace(line).map { choices($0, line) } ?? []
    }
    return .custom(complete)
  }

  /// Where the line would work.
  private static func workspace(_ line: CompletionLine) -> Workspace? {
    var settings = Settings()
    settings.project = line.values(of: "--project").last
    do {
      return try Workspace(.real(), settings)
    } catch {
      // The command itself tells of it.
      return nil
    }
  }
}
