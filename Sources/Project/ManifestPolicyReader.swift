internal import Catalog
internal import Diagnostics
internal import YAML

/// Reads what a manifest says of its maps beside which they are: `groups` and `licenses`.
enum ManifestPolicyReader {
  /// The groups, in order.
  static func readGroups(_ node: YAMLNode?, _ problems: inout YAMLProblems) -> [ManifestGroup] {
    guard let node, !node.isNull else { return [] }
    guard let fields = node.fields else {
      problems.wrongValue("`groups` takes names and what each wants, not \(node.kindName)", at: node)
      return []
    }
    return fields.compactMap { field in
      guard ManifestGroup.isName(field.name) else {
        problems.wrongValue(
          "a group's name has letters, digits, `-` and `_`, at most \(ManifestGroup.nameLimit), "
            + "and begins with a letter or digit", at: field.key)
        return nil
      }
      let what = "the group `\(field.name)`"
      guard let set = YAMLFields(field.value, of: what, known: ["annotations", "atlases"], &problems) else {
        return nil
      }
      return ManifestGroup(
        name: field.name, entries: ManifestReader.readEntries(set, &problems),
        atlases: ManifestReader.readAtlases(set, &problems), span: field.key.span)
    }
  }

  /// The policy; that of a manifest without one where there is none.
  static func readLicenses(_ node: YAMLNode?, _ problems: inout YAMLProblems) -> LicensePolicy {
    guard let node, !node.isNull,
      let fields = YAMLFields(node, of: "`licenses`", known: ["deny", "unknown"], &problems)
    else { return .none }
    let denied = ManifestReader.list(fields["deny"], "`deny`", &problems).compactMap { item -> ManifestValue? in
      let text = problems.value(item, for: "each of `deny`", expected: "the name of a license, or a pattern") {
        $0.isEmpty ? nil : $0
      }
      guard let text else { return nil }
      guard text != LockReader.unknownLicense else {
        problems.wrongValue(
          "`deny` lists licenses; what has none is a matter of `unknown`", at: item, hints: ["write `unknown: deny`"])
        return nil
      }
      return ManifestValue(glob: Glob(text), span: item.span)
    }
    let unknown = fields["unknown"].flatMap {
      problems.value($0, for: "`unknown`", expected: "allow, warn or deny", LicensePolicy.Unknown.init)
    }
    return LicensePolicy(denied: denied, unknown: unknown ?? .allow, unknownSpan: fields["unknown"]?.span)
  }
}
