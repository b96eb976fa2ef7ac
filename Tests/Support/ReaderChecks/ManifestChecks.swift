internal import Catalog
internal import Diagnostics
internal import Project

/// What must hold of a manifest that was read, and of what is told of it.
enum ManifestChecks {
  static func read(_ bytes: [UInt8]) -> Reading {
    let source = SourceText(name: "neuromaps.yaml", bytes: bytes)
    let (manifest, findings) = ManifestReader.readAll(source)
    guard let manifest else { return Reading(refusing: source, with: findings) }
    let checks = DiagnosticChecks(source)
    var violations = checks.violations(findings)
    violations.add(checks.violations(spans(manifest), of: "a part of the manifest"))
    violations.add(values(manifest))
    // What is left of a manifest with mistakes need not be one that could have been written.
    if findings.isEmpty {
      violations.add(reprint(manifest))
      violations.add(EditChecks.violations(manifest))
    }
    return Reading(isAccepted: findings.isEmpty, violations)
  }

  /// All places that the resolver might point at.
  private static func spans(_ manifest: Manifest) -> [SourceSpan] {
    let entries = manifest.entries + manifest.groups.flatMap(\.entries)
    let values =
      manifest.atlases + manifest.groups.flatMap(\.atlases) + manifest.preferredSpaces + manifest.licenses.denied
    return entries.flatMap(spans) + values.map(\.span) + manifest.groups.map(\.span) + manifest.catalogs.map(\.span)
      + [manifest.licenses.unknownSpan].compactMap { $0 }
  }

  private static func spans(_ entry: ManifestEntry) -> [SourceSpan] {
    switch entry.form {
    case .tuple(_, let parts): parts + [entry.span]
    case .selector(let selector):
      selector.values.values.flatMap { $0.map(\.span) } + selector.exclude.map(\.span) + [entry.span]
    }
  }

  private static func values(_ manifest: Manifest) -> Violations {
    var violations = Violations()
    violations.requireOrder(manifest.declarations, of: "declarations")
    // Each is one line of a lock.
    violations.refuse(manifest.declarations.filter { line in line.utf8.contains { $0 < 0x20 || $0 == 0x7f } }) { line in
      "a declaration has a control character: \(line.debugDescription)"
    }
    // By bytes: what is a slash to the kernel is none to Swift if a combining mark follows.
    for catalog in manifest.catalogs {
      guard case .path(let path) = catalog.place else { continue }
      violations.require(
        path.utf8.first != UInt8(ascii: "/"), "an absolute path of a catalog: \(path.debugDescription)")
    }
    return violations
  }

  /// Written anew, it is the same manifest.
  private static func reprint(_ manifest: Manifest) -> Violations {
    var violations = Violations()
    let bytes = ManifestPrint.bytes(manifest)
    let (copy, findings) = ManifestReader.readAll(SourceText(name: "a copy", bytes: bytes))
    let text = String(decoding: bytes, as: UTF8.self)
    guard let copy, findings.isEmpty else {
      violations.require(false, "the copy is refused: \(findings): \(text)")
      return violations
    }
    violations.require(texts(of: copy) == texts(of: manifest), "the copy is another manifest: \(text)")
    return violations
  }

  /// As bytes, which can differ where characters are equal.
  private static func texts(of manifest: Manifest) -> [[UInt8]] {
    let texts = [manifest.dataDir ?? ".", "\(manifest.usesBuiltin)", "\(manifest.entries.count)"] + manifest.mirrors
    return (texts + manifest.declarations).map { Array($0.utf8) }
  }
}
