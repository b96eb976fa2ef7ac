internal import Citations
internal import Dataset
internal import Project

/// README: what is in the data directory, for whoever comes upon it. Plain text, as BIDS asks.
struct DatasetReadme {
  private let dataset: DescribedDataset

  /// The README of a dataset.
  init(_ dataset: DescribedDataset) { self.dataset = dataset }

  /// The bytes of the file.
  var bytes: [UInt8] {
    let sections = [
      section(DescribedDataset.name, introduction, underline: "="), section("What is here", contents),
      section("Spaces", spaces), section("To check", checking), section("To cite", citing),
      section("Licenses", licenses), section("Cautions of the catalogs", cautions),
    ]
    let lines = sections.filter { !$0.isEmpty }.joined(separator: [""])
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }

  /// Nothing of nothing.
  private func section(_ title: String, _ lines: [String], underline: String = "-") -> [String] {
    lines.isEmpty ? [] : [title, String(repeating: underline, count: title.count)] + lines
  }

  private var introduction: [String] {
    let files = dataset.maps.reduce(0) { $0 + dataset.files(of: .map($1.id)).count }
    let atlases = dataset.atlases.isEmpty ? "" : " and \(Self.counted(dataset.atlases.count, "template"))"
    return Paragraph(
      """
      \(Self.counted(dataset.maps.count, "map")) in \(Self.counted(files, "file"))\(atlases): what the neuromaps.lock \
      of the project names. Maps and templates are as their origins have them: brought and checked, not computed. \
      Some may not have been brought yet.
      """
    ).lines + [""]
      + Paragraph(
        """
        neuromaps writes this file and the others that describe the maps, and checks them as it checks the maps: keep \
        notes of your own elsewhere. `metadata: false` in neuromaps.yaml turns them off.
        """
      ).lines
  }

  private var contents: [String] {
    let maps = [
      "annotations/<source>/<desc>/<space>/",
      "    The maps. Beside the files of a map stands one that ends in .json: what it shows, of whom,",
      "    under which license, the papers behind it, and the address and checksums of each file.",
    ]
    let names = dataset.atlases.map(\.id.description).joined(separator: ", ")
    let atlases =
      dataset.atlases.isEmpty
      ? []
      : ["atlases/<atlas>/"]
        + Paragraph("Templates, under names like those of TemplateFlow: \(names).", first: "    ", rest: "    ").lines
    return maps + atlases + [
      "CITATION.cff",
      "    The papers to cite, for programs and for people.",
      "dataset_description.json, .bidsignore",
      "    What makes this a derivative dataset of BIDS. The names of maps and templates are like those",
      "    of BIDS, and not BIDS: its tools pass them over.",
    ]
  }

  private var spaces: [String] {
    let counts = dataset.maps.reduce(into: [String: Int]()) { $0["\($1.id.space) \($1.id.sampling)", default: 0] += 1 }
    return counts.sorted { precedes($0.key, $1.key) }.map { "\($0): \(Self.counted($1, "map"))" }
  }

  private var checking: [String] {
    Paragraph(
      """
      `neuromaps verify` in the folder of the project hashes every file and prints one digest: who reads the same one \
      has the same files. Without the program, compare each file with its checksums in the .json beside it.
      """
    ).lines
  }

  private var citing: [String] {
    let papers = dataset.bibliography.references.count
    let uncited = dataset.bibliography.uncited.map(\.description).joined(separator: ", ")
    return Paragraph(
      papers == 0
        ? "The catalogs of these maps name no papers to cite."
        : """
        Cite the papers behind the maps that you use. \(Self.counted(papers, "paper")) stand\(papers == 1 ? "s" : "") \
        in CITATION.cff, the scope of each being the maps that it is for; `neuromaps cite` writes them as text, \
        Markdown, BibTeX or CSL-JSON.
        """
    ).lines + (uncited.isEmpty || papers == 0 ? [] : Paragraph("Maps without a paper: \(uncited).").lines)
  }

  private var licenses: [String] {
    var counts: [String: Int] = [:]
    for map in dataset.maps { counts[map.statedLicense ?? LockedMap.noLicense, default: 0] += 1 }
    var lines = counts.sorted { precedes($0.key, $1.key) }.flatMap { item($0, Self.counted($1, "map")) }
    if !dataset.atlases.isEmpty {
      lines += item(LockedMap.noLicense, Self.counted(dataset.atlases.count, "template"))
    }
    let restricted = dataset.maps.filter(\.isRestricted).map(\.id.description).joined(separator: ", ")
    if !restricted.isEmpty {
      lines += Paragraph("Given by their origin only to people with access: \(restricted).").lines
    }
    return lines
  }

  private func item(_ license: String, _ count: String) -> [String] {
    Paragraph("\(license) (\(count))", first: "- ", rest: "  ").lines
  }

  /// What the catalogs want their users to know, in their words.
  private var cautions: [String] {
    dataset.catalogs.flatMap { catalog -> [String] in
      guard let caution = catalog.caution else { return [] }
      let title = catalog.title.map { " (\($0))" } ?? ""
      return Paragraph("\(catalog.name)\(title): \(caution)", first: "- ", rest: "  ").lines
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
