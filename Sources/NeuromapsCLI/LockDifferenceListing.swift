internal import Catalog
internal import Dataset
internal import JSON
internal import Project

/// What two locks differ in, for programs: everything that both say of it.
struct LockDifferenceListing {
  private let difference: LockDifference

  init(_ difference: LockDifference) { self.difference = difference }

  /// As `lock` tells it.
  var json: JSONValue { .object(fields) }

  /// The fields of it.
  var fields: [(String, JSONValue)] {
    [
      ("added", .list(difference.only(.added).map { whole($0, $0.newer) })),
      ("removed", .list(difference.only(.removed).map { whole($0, $0.older) })),
      ("changed", .list(difference.only(.changed).map(both))),
      ("catalogs", .list(difference.catalogs.map(json))), ("metadata", .optional(difference.metadata?.rawValue)),
    ]
  }

  private func whole(_ change: LockItemChange, _ side: LockedItem?) -> JSONValue {
    let files = change.files.map { file in JSONValue.object([name(file)] + known(of: file.newer ?? file.older)) }
    var fields = [name(change)] + facts(of: side)
    fields.append(("files", .list(files)))
    return .object(fields)
  }

  private func both(_ change: LockItemChange) -> JSONValue {
    let files = change.files.map { file in
      JSONValue.object([
        name(file), ("change", .text(file.kind.rawValue)), ("from", json(file.older)), ("to", json(file.newer)),
      ])
    }
    return .object([
      name(change), ("from", .object(facts(of: change.older))), ("to", .object(facts(of: change.newer))),
      ("files", .list(files)),
      (
        "references",
        .list(
          change.references.map { paper in
            .object([("key", .text(paper.key)), ("from", json(paper.older)), ("to", json(paper.newer))])
          })
      ),
    ])
  }

  private func name(_ change: LockItemChange) -> (String, JSONValue) {
    (change.item.kind, .text(change.item.description))
  }

  private func name(_ file: LockFileChange) -> (String, JSONValue) {
    (file.isArchive ? "archive" : "path", .text(file.path))
  }

  private func facts(of side: LockedItem?) -> [(String, JSONValue)] {
    guard let side else { return [] }
    return [
      ("catalog", .text(side.catalog)), ("revision", .optional(side.revision)),
      ("license", .optional(side.license)), ("restricted", .bool(side.isRestricted)),
      ("groups", .texts(side.groups)), ("size", side.size.map { .number($0) } ?? .null),
      ("metadata", json(side.facts)),
    ]
  }

  private func json(_ facts: MapFacts?) -> JSONValue {
    guard let facts else { return .null }
    let texts = facts.texts.map { ($0.name, JSONValue.optional($0.text)) }
    return .object(texts + [("primary", .texts(facts.primary)), ("secondary", .texts(facts.secondary))])
  }

  private func json(_ reference: Reference) -> JSONValue {
    let texts = reference.texts.map { ($0.name, JSONValue.optional($0.text)) }
    return .object([("type", .text(reference.type)), ("authors", .texts(reference.authors))] + texts)
  }

  private func json(_ pin: LockPin?) -> JSONValue {
    guard let pin else { return .null }
    return .object(known(of: pin))
  }

  private func known(of pin: LockPin?) -> [(String, JSONValue)] {
    var fields: [(String, JSONValue)] = []
    if let origin = pin?.origin { fields += JSONValue.fields(of: origin) }
    if case .osf(let file)? = pin?.origin, let version = file.version {
      fields.append(("osf_version", .number(Int64(version))))
    }
    if let checksums = pin?.checksums { fields += JSONValue.fields(of: checksums) }
    return fields
  }

  private func json(_ catalog: LockCatalogChange) -> JSONValue {
    func state(_ catalog: LockedCatalog) -> JSONValue {
      .object([
        ("revision", .text(catalog.revision)), ("sha256", .text(catalog.sha256.hex)),
        ("title", .optional(catalog.title)), ("caution", .optional(catalog.caution)), ("cite", .texts(catalog.cite)),
      ])
    }
    return .object([
      ("name", .text(catalog.name)), ("from", state(catalog.older)), ("to", state(catalog.newer)),
    ])
  }
}
