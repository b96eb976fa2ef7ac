import Foundation
import Testing

/// Programs read what `--json` prints: its names and types are kept in Shapes, and must stay.
///
/// With `NEUROMAPS_RECORD=1` they are written there instead, and the run fails, as for stories. A name that is new
/// there is an addition; one that goes, or has another type, breaks programs of others.
@Suite("The shape of JSON") struct JSONShapeTests {
  /// Something that is typed in the project of Shapes/project.case, and the name under which the shape of its answer
  /// is kept. Answers of one name are kept as one shape: the same command, in other circumstances.
  struct Step: Sendable {
    let name: String?
    let command: String

    init(_ name: String?, _ command: String) { (self.name, self.command) = (name, command) }
  }

  private static let blob =
    "data/annotations/lab/blob/MNI152/source-lab_desc-blob_space-MNI152_res-2mm_feature.nii.gz"
  private static let left =
    "data/annotations/lab/first/fsaverage/source-lab_desc-first_space-fsaverage_den-10k_hemi-L_feature.func.gii"
  private static let image = "images/source-lab_desc-first_space-fsaverage_den-10k_hemi-L_feature.func.gii"
  private static let unknown =
    "data/annotations/new/map/fsLR/source-new_desc-map_space-fsLR_den-32k_hemi-L_feature.func.gii"

  static let steps: [Step] = [
    Step("init", "neuromaps init --json --project fresh"),
    Step("lock", "neuromaps lock --json"),
    Step("lock-check", "neuromaps lock --check --json"),
    // No file is there yet.
    Step("report", "neuromaps report --json"),
    Step("sync-dry-run", "neuromaps sync --dry-run --json"),
    // One file is restricted, and fails.
    Step("sync", "neuromaps sync --json"),
    Step("status", "neuromaps status --json"),
    Step("verify", "neuromaps verify --json"),
    Step("verify-deep", "neuromaps verify --deep --json"),
    // Then one has other bytes of the same number, one another number, and one is nobody's.
    Step(nil, "write \(blob) A volume of voxels"),
    Step(nil, "write \(left) other"),
    Step(nil, "write \(unknown) mine"),
    Step("sync-dry-run", "neuromaps sync --dry-run --json"),
    Step("sync", "neuromaps sync --json"),
    Step("status", "neuromaps status --json"),
    Step("verify", "neuromaps verify --json"),
    Step("sync", "neuromaps sync --repair --json"),
    // Then less is wanted.
    Step(nil, "move fewer.yaml neuromaps.yaml"),
    Step("lock", "neuromaps lock --json"),
    Step(nil, "git init -q -b main"),
    Step(nil, "git add neuromaps.lock"),
    Step(nil, "git commit -q -m locked"),
    Step("sync-dry-run", "neuromaps sync --prune --dry-run --json"),
    Step("sync", "neuromaps sync --prune --json"),
    Step("status", "neuromaps status --json"),
    Step("verify", "neuromaps verify --json"),
    Step("add", "neuromaps add --json lab/local/MNI152/2mm"),
    Step("diff", "neuromaps diff --json"),
    Step("diff", "neuromaps diff --json neuromaps.lock HEAD"),
    Step("remove", "neuromaps remove --json lab/local/MNI152/2mm"),
    Step("tree", "neuromaps tree --json"),
    Step("why", "neuromaps why --json lab/blob/MNI152/2mm"),
    Step("report", "neuromaps report --json"),
    Step("view", "neuromaps view --json lab/small.func.gii"),
    Step("path", "neuromaps path --json lab/blob/MNI152/2mm mine/1k"),
    Step("cite", "neuromaps cite --json lab/first/fsaverage/10k lab/blob/MNI152/2mm"),
    Step("cite", "neuromaps cite --json --in-data-dir"),
    Step("list", "neuromaps list --json"),
    Step("list-atlases", "neuromaps list --atlases --json"),
    Step("tags", "neuromaps tags --json"),
    Step("info", "neuromaps info --json 'lab/*/*/*'"),
    Step("info-file", "neuromaps info --json \(image) images/nothing.gii"),
    Step("info-atlas", "neuromaps info --json mine/1k tiny"),
    Step("fetch", "neuromaps fetch --json --desc blob --atlas tiny"),
    Step("catalog-show", "neuromaps catalog show --json"),
    Step("catalog-show", "neuromaps catalog show --json lab"),
    Step("catalog-check", "neuromaps catalog check --json"),
    Step("catalog-check", "neuromaps catalog check --json --online lab/lab.yaml"),
    Step("catalog-import", "neuromaps catalog import --json data/annotations"),
    Step("catalog-import", "neuromaps catalog import --json data/annotations -o made.yaml"),
    Step("cache-dir", "neuromaps cache dir --json"),
    Step("cache-size", "neuromaps cache size --json"),
    Step("cache-verify", "neuromaps cache verify --json"),
    Step(nil, "remove store/v1/sha256/18/9124199e9a4de8d30c4dae1ce96b0479cbee1d85023b0b2100b974e5c3e9f1"),
    Step(nil, "write store/v1/sha256/18/9124199e9a4de8d30c4dae1ce96b0479cbee1d85023b0b2100b974e5c3e9f1 damage"),
    Step("cache-verify", "neuromaps cache verify --json"),
    Step("cache-prune-dry-run", "neuromaps cache prune --dry-run --json"),
    Step("cache-prune", "neuromaps cache prune --json"),
    Step("cache-clean", "neuromaps cache clean --json"),
    // A new revision of the catalog has another file for one of the two.
    Step(nil, "move lab/next.yaml lab/lab.yaml"),
    Step("lock", "neuromaps lock --upgrade --json"),
    Step("diff", "neuromaps diff --json"),
  ]

  /// Commands with `--json` that print no JSON of their own.
  static let withoutShape: Set<String> = []

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Shapes")

  @Test("Every command keeps the shape of its JSON") func keepsShapes() async throws {
    let shapes = try await Self.shapes()
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      let file = Self.folder.appendingPathComponent("\(name).txt")
      let kept = FileManager.default.fileExists(atPath: file.path) ? try String(contentsOf: file, encoding: .utf8) : ""
      guard kept != shape.text + "\n" else { continue }
      if ProcessInfo.processInfo.environment["NEUROMAPS_RECORD"] == "1" {
        try (shape.text + "\n").write(to: file, atomically: true, encoding: .utf8)
        Issue.record("recorded \(file.path); read it, then run again without NEUROMAPS_RECORD")
      } else {
        Issue.record("\(name) has another shape\nexpected:\n\(kept)got:\n\(shape.text)")
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".txt") }
    #expect(Set(names) == Set(shapes.keys.map { "\($0).txt" }))
  }

  @Test("No command with --json is left out") func coversCommands() async throws {
    let program = Program(folder: FileManager.default.temporaryDirectory, environment: ["PATH": "/usr/bin:/bin"])
    let outcome = try await program.run(["--experimental-dump-help"])
    let help = try JSONDecoder().decode(Help.self, from: Data(outcome.output.utf8))
    let commands = help.command.namesWithJSON.filter { !Self.withoutShape.contains($0) }
    #expect(commands.count >= 15)
    for command in commands {
      let isKept = Self.steps.contains { $0.name != nil && $0.command.hasPrefix("\(command) ") }
      #expect(isKept, "no shape is kept of what `\(command) --json` prints")
    }
  }

  @Test("A shape tells names and types, and not values") func tellsTypes() throws {
    let shape = try JSONShape(#"{"b": [{"x": 1, "y": null}, {"x": null, "z": [true]}], "a": "t", "c": []}"#)
    let text = """
      {
        a: text
        b: [ {
          x: null | number
          y?: null
          z?: [ boolean ]
        } ]
        c: []
      }
      """
    #expect(shape.text == text)
    #expect(try JSONShape(#"{"a": 0}"#).text != JSONShape(#"{"a": false}"#).text)
    #expect(try JSONShape("[1, 2]") == JSONShape("[3]"))
  }

  @Test("Two answers of one command have one shape") func merges() throws {
    let shape = try JSONShape(#"{"a": [], "b": 1}"#).merged(with: JSONShape(#"{"a": ["t"], "c": 1}"#))
    #expect(shape.text == "{\n  a: [ text ]\n  b?: number\n  c?: number\n}")
  }

  /// By name.
  private static func shapes() async throws -> [String: JSONShape] {
    let project = try String(contentsOf: folder.appendingPathComponent("project.case"), encoding: .utf8)
    let told = try await StoryRunner.tell(Story(project + steps.map { "$ \($0.command)\n" }.joined()))
    var shapes: [String: JSONShape] = [:]
    for (step, answer) in zip(steps, told.steps) {
      guard let name = step.name else { continue }
      do {
        let shape = try JSONShape(answer.output.joined(separator: "\n"))
        shapes[name] = shapes[name]?.merged(with: shape) ?? shape
      } catch {
        Issue.record("`\(step.command)` printed no JSON: \(answer.output) \(answer.errors)")
      }
    }
    return shapes
  }
}

extension JSONShape {
  /// The shape of a text.
  fileprivate init(_ text: String) throws { self = try JSONDecoder().decode(JSONShape.self, from: Data(text.utf8)) }
}

/// What the program says of itself when asked to dump its help.
private struct Help: Decodable {
  struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// The commands without subcommands that take `--json`, as they are typed.
    var namesWithJSON: [String] {
      if let subcommands { return subcommands.flatMap(\.namesWithJSON).map { "\(commandName) \($0)" } }
      let isReporting = (arguments ?? []).contains { ($0.names ?? []).contains { $0.name == "json" } }
      return isReporting ? [commandName] : []
    }
  }

  struct Argument: Decodable {
    let names: [Name]?
  }

  struct Name: Decodable {
    let name: String
  }

  let command: Command
}
