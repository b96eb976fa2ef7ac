internal import Catalog
internal import Dataset
internal import Diagnostics

/// What a person is told of a manifest that cannot be answered, or not as it says.
extension Resolver {
  /// A place of the manifest.
  func place(_ span: SourceSpan) -> SourceLocation { manifest.source.location(span) }

  /// Two catalogs have different bytes for one file.
  mutating func report(
    conflictOf id: AnnotationID, between a: (key: String, value: Choice), and b: (key: String, value: Choice)
  ) {
    guard let first = a.value.entries.first, let second = b.value.entries.last else { return }
    findings.append(
      Diagnostic(
        .pathConflict, "`\(id)` comes from two catalogs with different bytes, and both would be the same file",
        at: place(second.span),
        notes: [
          "catalog `\(b.key)` by line \(second.span.start.line): `\(text(of: second))`",
          "catalog `\(a.key)` by line \(first.span.start.line): `\(text(of: first))`",
        ],
        hints: ["choose one with `catalog:` in a selector"]))
  }

  private func text(of entry: ManifestEntry) -> String {
    manifest.source.line(entry.span.start.line).drop { $0 == " " || $0 == "-" }.description
  }

  /// A tuple matches nothing, or only what must be asked for by name.
  mutating func report(noMatchFor pattern: MapPattern, _ parts: [SourceSpan], restricted: [CatalogMatch]) {
    if let match = restricted.first {
      findings.append(
        Diagnostic(
          .onlyRestricted, "`\(pattern)` matches only restricted maps", at: place(parts[0]),
          hints: ["write the tuple out: `\(match.map.id)`"]))
      return
    }
    let wrong = ResolverHints.firstWrongPart(of: pattern, in: set)
    let span = wrong.part < parts.count ? parts[wrong.part] : parts[0]
    findings.append(
      Diagnostic(
        .matchesNothing, "no map matches `\(pattern)`", at: place(span), notes: [wrong.note], hints: [wrong.hint]))
  }

  /// A selector matches nothing, or only what must be asked for.
  ///
  /// - Parameters:
  ///   - all: what matches its values.
  ///   - open: what of these it may take.
  mutating func report(
    noMatchFor selector: ManifestSelector, _ entry: ManifestEntry, all: [CatalogMatch], open: [CatalogMatch]
  ) {
    if open.isEmpty, let match = all.first {
      findings.append(
        Diagnostic(
          .onlyRestricted, "the selector matches only restricted maps, such as `\(match.map.id)`",
          at: place(entry.span), hints: ["add `restricted: true`, or write the tuple out"]))
      return
    }
    let reason =
      open.isEmpty
      ? "each value exists, but no map has all of them" : "it excludes all \(open.count) maps that it selects"
    findings.append(
      Diagnostic(
        .matchesNothing, "the selector matches no map", at: place(entry.span), notes: [reason],
        hints: ["`neuromaps list` with the same keywords shows what there is"]))
  }

  /// A map stays locked that its catalog has no more.
  mutating func warn(departureOf map: LockedMap, _ entry: ManifestEntry) {
    let name = newName(of: map)
    warnings.append(
      Diagnostic(
        .leftCatalog, "the catalog `\(map.catalog)` has no `\(map.id)` any more; it stays locked", severity: .warning,
        at: place(entry.span), notes: name.map { ["it is called `\($0)` now"] } ?? [],
        hints: [
          name == nil
            ? "its files come from where they were, as long as they are there; a mirror keeps them"
            : "`neuromaps lock --upgrade-map \(map.id)` takes it under its new name"
        ]))
  }

  // MARK: Licenses

  /// Whether the maps may have the licenses that they have.
  mutating func checkLicenses(of lock: Lockfile) {
    let policy = manifest.licenses
    for value in policy.denied where value.glob.isLiteral {
      let words = set.vocabulary(.license)
      guard !words.contains(value.glob.text), let near = Suggestion.nearest(to: value.glob.text, among: words) else {
        continue
      }
      warnings.append(
        Diagnostic(
          .unknownValue, "no map has the license `\(value.glob)`", severity: .warning, at: place(value.span),
          hints: ["did you mean `\(near)`?"]))
    }
    for map in lock.maps {
      guard let license = map.license, let rule = policy.rule(against: license) else { continue }
      findings.append(
        Diagnostic(
          .licenseDenied, "`\(map.id)` has the license `\(license)`, which this project denies",
          at: place(demands[map.id]?.first?.span ?? rule.span),
          notes: ["`licenses` denies `\(rule.glob)`, line \(rule.span.start.line)"], hints: [Self.leaveOut]))
    }
    guard policy.unknown != .allow, let span = policy.unknownSpan else { return }
    let unknown = lock.maps.filter { $0.license == nil }
    guard let first = unknown.first else { return }
    let isDenied = policy.unknown == .deny
    let names = unknown.dropFirst().prefix(10).map { "the same for `\($0.id)`" }
    let rest = unknown.count > 11 ? ["and for \(unknown.count - 11) more"] : []
    let diagnostic = Diagnostic(
      .licenseUnknown,
      "the authors of `\(first.id)` state no license, which is no permission"
        + (isDenied ? "; this project denies that" : ""),
      severity: isDenied ? .error : .warning,
      at: place(isDenied ? demands[first.id]?.first?.span ?? span : span),
      notes: names + rest,
      hints: [isDenied ? Self.leaveOut : "`neuromaps info` tells whom to ask; `unknown: allow` silences this"])
    if isDenied { findings.append(diagnostic) } else { warnings.append(diagnostic) }
  }

  private static let leaveOut = "leave it out, with `exclude` where a selector brings it in, or change `licenses`"
}
