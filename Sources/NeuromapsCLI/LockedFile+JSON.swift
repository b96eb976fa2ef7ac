internal import Dataset
internal import JSON
internal import Project

extension LockedFile {
  /// The fields by which a row of `--json` says which file it is of: where it lies, what it is of, and whether it
  /// describes maps instead of being of one.
  var jsonFields: [(String, JSONValue)] {
    [
      ("path", .text(path.text)), (item.kind, .text(item.description)), ("metadata", .bool(isMetadata)),
    ]
  }
}
