/// What WaterButler tells of a file, in its own shapes.
enum Metadata {
  /// The answer to `?meta=`, and the header `X-Waterbutler-Metadata`: always of the newest version.
  static func newest(of file: ServedFile) -> JSON {
    let version = file.newest
    return .object([
      (
        "data",
        .object([
          ("id", .string("osfstorage/\(file.file)")),
          ("type", .string("files")),
          (
            "attributes",
            .object([
              ("name", .string(file.name)),
              ("kind", .string("file")),
              ("path", .string("/\(file.file)")),
              ("materialized", .string("/\(file.name)")),
              ("size", .integer(version.size)),
              ("etag", .string(version.sha256)),
              (
                "extra",
                .object([
                  ("hashes", hashes(of: version)),
                  ("version", .integer(file.versions.count)),
                  ("downloads", .integer(0)),
                ])
              ),
            ])
          ),
        ])
      )
    ])
  }

  /// The answer to `?versions=`: all versions, newest first.
  static func versions(of file: ServedFile) -> JSON {
    let items = file.versions.enumerated().reversed().map { index, version -> JSON in
      let number = JSON.string(String(index + 1))
      return .object([
        ("id", number),
        ("type", .string("file_versions")),
        (
          "attributes",
          .object([
            ("version", number),
            ("versionIdentifier", .string("version")),
            ("size", .integer(version.size)),
            (
              "extra",
              .object([
                ("md5", .string(version.md5)),
                ("sha256", .string(version.sha256)),
                ("hashes", hashes(of: version)),
              ])
            ),
          ])
        ),
      ])
    }
    return .object([("data", .array(items))])
  }

  private static func hashes(of version: ServedVersion) -> JSON {
    .object([("md5", .string(version.md5)), ("sha256", .string(version.sha256))])
  }
}
