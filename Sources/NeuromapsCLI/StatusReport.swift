internal import Dataset
internal import JSON
internal import Neuromaps
internal import Project
internal import Store
internal import SystemPackage

/// How `status` is told: by map, what is not as it should be.
struct StatusReport {
  /// Files of one map, or extra ones, that stand alike.
  private struct Row {
    let state: String
    /// A map or atlas; the path of an extra file that is of none.
    let name: String
    var paths: [String]
  }

  private let result: StatusResult

  init(_ result: StatusResult) { self.result = result }

  /// Prints a line for each map and state; the files too where a person must look at them, or wants to.
  func print(in folder: String, _ run: CommandRun) {
    for row in rows(of: result.files.filter { !$0.isRight || run.isVerbose }) + extraRows {
      let showsPaths =
        run.isVerbose || row.name == DatasetItem.dataset.description
        || ["changed", "unreadable", "unverified"].contains(row.state)
      if row.name == row.paths.first {
        run.print("\(row.state)\t\(row.name.printable)")
      } else if showsPaths {
        for path in row.paths { run.print("\(row.state)\t\(row.name)\t\(path)") }
      } else {
        run.print("\(row.state)\t\(row.name)\t\(counted(row.paths.count, "file"))")
      }
    }
    let files = result.files.filter { !$0.file.isMetadata }
    let wrong = result.files.count { $0.file.isMetadata && !$0.isRight }
    let metadata = wrong > 0 ? "; \(counted(wrong, "file")) of metadata not" : ""
    run.report("\(files.count(where: \.isRight)) of \(counted(files.count, "file")) in place in \(folder)\(metadata)")
  }

  /// All of it for a program.
  var json: JSONValue {
    .object([
      ("data_dir", .text(result.folder.string)), ("clean", .bool(result.isClean)),
      ("lock_current", .bool(result.staleness == nil)), ("files", .list(result.files.map(\.json))),
      ("extra", .texts(result.extra)),
    ])
  }

  private func rows(of states: [FileState]) -> [Row] {
    grouped(states.map { ($0.word, $0.file.item.description, $0.file.path.text) })
  }

  /// What is in the place of a map's file belongs to that map.
  private var extraRows: [Row] {
    grouped(result.extra.map { ("extra", Self.map(of: $0)?.description ?? $0, $0) })
  }

  private static func map(of path: String) -> AnnotationID? {
    guard let name = path.split(separator: "/").last, let entities = FileEntities(fileName: name),
      DatasetPath(entities.map, hemi: entities.hemi).text == path
    else { return nil }
    return entities.map
  }

  /// In the order of their first files.
  private func grouped(_ files: [(state: String, name: String, path: String)]) -> [Row] {
    var rows: [Row] = []
    var places: [String: Int] = [:]
    for (state, name, path) in files {
      if let place = places["\(state)\t\(name)"] {
        rows[place].paths.append(path)
      } else {
        places["\(state)\t\(name)"] = rows.count
        rows.append(Row(state: state, name: name, paths: [path]))
      }
    }
    return rows
  }
}

extension FileState {
  /// How it stands, in a word.
  var word: String {
    switch observation {
    case .matches: "ok"
    case .missing: "missing"
    case .outdated: "outdated"
    case .differs, .notAFile: "changed"
    case .unverified: "unverified"
    case .unreadable: "unreadable"
    }
  }

  /// A row of `status` and `verify`: what is expected, and what was found where that is known.
  var json: JSONValue {
    var fields = file.jsonFields + [("state", .text(word))]
    if !isRight {
      let (size, found) = foundBytes
      fields += [
        ("expected", Self.json(file.checksums?.size, file.checksums)), ("found", Self.json(size, found)),
      ]
    }
    return .object(fields)
  }

  private var foundBytes: (size: Int64?, checksums: Checksums?) {
    switch observation {
    case .matches(let entry): (entry.checksums.size, entry.checksums)
    case .outdated(let checksums): (checksums.size, checksums)
    case .differs(let size, let checksums): (size, checksums)
    case .unverified(let size): (size, nil)
    case .missing, .notAFile, .unreadable: (nil, nil)
    }
  }

  private static func json(_ size: Int64?, _ checksums: Checksums?) -> JSONValue {
    guard size != nil || checksums != nil else { return .null }
    return .object([
      ("size", size.map { .number($0) } ?? .null), ("md5", .optional(checksums?.md5?.hex)),
      ("sha256", .optional(checksums?.sha256?.hex)),
    ])
  }
}
