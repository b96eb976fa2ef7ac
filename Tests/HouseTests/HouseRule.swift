/// A rule of the house: a function from a file to the lines that break it.
struct HouseRule: Sendable {
  let name: String
  /// What is wrong in a file, a line each; none when it keeps the rule.
  let violations: @Sendable (SourceTree.File) -> [String]
  /// A file that breaks the rule, so that a test can show that the rule sees it.
  let badExample: SourceTree.File

  static let all = [imports, forbiddenCalls, documentation, length]

  /// Arrows go one way; see docs/architecture.md.
  static let imports = HouseRule(
    name: "A module imports only what lies below it",
    violations: { file in
      guard let allowed = arrows[file.module] else { return ["\(file.path): the module has no place in the house"] }
      return file.lines.compactMap { line in
        guard let name = importedModule(line), !(allowed + ["Synchronization"]).contains(name) else { return nil }
        return "\(file.path): \(file.module) must not import \(name)"
      }
    },
    badExample: SourceTree.File(path: "Sources/YAML/Bad.swift", text: "internal import Project\n"))

  private static let kernel = ["Glibc", "Musl", "Darwin"]
  private static let arrows: [String: [String]] = [
    "Diagnostics": [],
    "Archives": ["CLibArchive"],
    "Images": ["CExpat", "CZlib", "Dataset", "Diagnostics"],
    "Pictures": ["CPNG", "Dataset", "Images"],
    "Dataset": ["Crypto"],
    "JSON": [],
    "Effects": kernel
      + ["AsyncHTTPClient", "CSystemCalls", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "SystemPackage"],
    "YAML": ["CLibYAML", "Diagnostics"],
    "Catalog": ["CBuiltinCatalog", "Dataset", "Diagnostics", "YAML"],
    "Citations": ["Catalog", "Dataset", "JSON", "YAML"],
    "Metadata": ["Catalog", "Citations", "Dataset", "Diagnostics", "JSON", "Project"],
    "CatalogMaking": ["Catalog", "Dataset", "Diagnostics", "YAML"],
    "Project": ["Catalog", "Dataset", "Diagnostics", "YAML"],
    "OSFMetadata": ["Dataset", "Foundation", "FoundationEssentials"],
    "Report": ["CReportAssets", "Dataset"],
    "Store": ["Dataset", "Diagnostics", "Effects", "SystemPackage"],
    "Sync": [
      "Archives", "Dataset", "Diagnostics", "Effects", "OSFMetadata", "Project", "Store", "SystemPackage",
    ],
    "Neuromaps": [
      "Catalog", "CatalogMaking", "Citations", "Dataset", "Diagnostics", "Effects", "Images", "Metadata",
      "Pictures", "Project", "Report", "Store", "Sync", "SystemPackage",
    ],
    "NeuromapsCLI": [
      "ArgumentParser", "CSchemas", "Catalog", "Citations", "Dataset", "Diagnostics", "Effects", "Images", "JSON",
      "Neuromaps", "Project", "Store", "Sync", "SystemPackage",
    ],
    "NeuromapsMain": ["NeuromapsCLI"],
  ]

  private static func importedModule(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else { return nil }
    return words[index + 1]
  }

  /// What hides errors, crashes, escapes structure, or reaches outside past `World`.
  static let forbiddenCalls = HouseRule(
    name: "Nothing hides errors, crashes at will or reaches outside",
    violations: { file in
      let words =
        [
          "as!", "fatalError(", "@unchecked", " Task {", "Task.detached", "FileManager", "getenv(", "Date()", "TODO",
          "FIXME",
        ] + (file.module == "OSFMetadata" ? [] : ["import Foundation"])
        // Optimized async frames misplace vectors; these modules have none.
        + (["Images", "Pictures"].contains(file.module) ? [] : ["SIMD"])
      return file.lines.filter { !$0.trimmed.hasPrefix("//") }.flatMap { line in
        words.filter { line.contains($0) }.map { "\(file.path): `\($0)` in: \(line.trimmed)" }
          + (line.contains(#/\btry[?!]/#) ? ["\(file.path): a swallowed error in: \(line.trimmed)"] : [])
          + (line.contains(#/[\w\)\]]!(?![=\w"`])/#) ? ["\(file.path): a force unwrap in: \(line.trimmed)"] : [])
          + (line.contains(#/^\s*print\(/#) && file.module != "NeuromapsCLI" ? ["\(file.path): prints"] : [])
      }
    },
    badExample: SourceTree.File(path: "Sources/YAML/Bad.swift", text: "let x = try? y()\n"))

  /// Witnesses are documented where their protocol is.
  private static let witnesses = [
    "Sources/Effects/Disk.swift", "Sources/Effects/Disk+Drafts.swift", "Sources/Effects/Disk+Filesystems.swift",
    "Sources/Effects/WebTransport.swift",
  ]

  /// Every declaration that another module can see says what it promises.
  static let documentation = HouseRule(
    name: "Every declaration that other modules see is documented",
    violations: { file in
      guard !witnesses.contains(file.path) else { return [] }
      let lines = file.lines
      return lines.indices.compactMap { index in
        let line = lines[index].trimmed
        guard line.contains(#/^(public|package) (?!import)/#) || line.contains(#/^case \w/#) && isEnumCase(lines, index)
        else { return nil }
        var above = index - 1
        while above >= 0, lines[above].trimmed.hasPrefix("@") { above -= 1 }
        return above >= 0 && lines[above].trimmed.hasPrefix("///") ? nil : "\(file.path):\(index + 1): \(line)"
      }
    },
    badExample: SourceTree.File(path: "Sources/YAML/Bad.swift", text: "\npublic let x = 1\n"))

  /// A case of a public or package enum, not one of a switch.
  private static func isEnumCase(_ lines: [String], _ index: Int) -> Bool {
    let indent = lines[index].prefix { $0 == " " }.count
    guard !lines[index].hasSuffix(":"), !lines[index].contains(#/: /#) else { return false }
    let owner = lines[..<index].last { line in
      !line.trimmed.isEmpty && line.prefix { $0 == " " }.count < indent
    }
    return owner?.contains(#/(public|package) (indirect )?enum /#) == true
  }

  /// A file holds one type and answers one question.
  static let length = HouseRule(
    name: "No file is longer than 300 lines, no line than 120 characters",
    violations: { file in
      (file.lines.count > 301 ? ["\(file.path) has \(file.lines.count) lines"] : [])
        + file.lines.filter { $0.count > 120 }.map { "\(file.path): a long line: \($0.prefix(60))…" }
    },
    badExample: SourceTree.File(
      path: "Sources/YAML/Bad.swift", text: String(repeating: "// a line\n", count: 400)))
}

extension String {
  var trimmed: String { String(drop { $0 == " " }) }
}
