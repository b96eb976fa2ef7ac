internal import Catalog
internal import Dataset

/// Gathers papers, so that one that several maps or catalogs name is there once.
struct ReferenceShelf {
  private var entries: [Reference: CitedReference] = [:]
  private var catalogs: [Reference: String] = [:]

  /// Notes a use of a paper that a catalog knows.
  mutating func add(_ reference: Reference, of catalog: String, _ note: (inout CitedReference) -> Void) {
    if catalogs[reference] == nil { catalogs[reference] = catalog }
    note(&entries[reference, default: CitedReference(key: reference.key, reference: reference)])
  }

  /// All, section by section, by author, year and key; two papers of one key get keys of their own.
  var sorted: [CitedReference] {
    var used: Set<String> = []
    return CitedReference.Role.allCases.flatMap { role in
      entries.values.filter { $0.role == role }.sorted(by: isBefore)
    }.map { entry in
      var entry = entry
      let plain = Self.safe(entry.key)
      let ofCatalog = "\(plain)-\(catalogs[entry.reference] ?? "")"
      let candidates = [plain, ofCatalog] + (2...(entries.count + 2)).map { "\(ofCatalog)-\($0)" }
      entry.key = candidates.first { used.insert($0.lowercased()).inserted } ?? plain
      return entry
    }
  }

  /// Two papers of one catalog differ in their keys, unless they are from two of its revisions; two catalogs differ in
  /// their names.
  private func isBefore(_ a: CitedReference, _ b: CitedReference) -> Bool {
    let (x, y) = (sortKey(a), sortKey(b))
    for (p, q) in zip(x, y) where p != q { return precedes(p, q) }
    return false
  }

  private func sortKey(_ entry: CitedReference) -> [String] {
    let reference = entry.reference
    return [
      reference.authors.first?.lowercased() ?? "", reference.year ?? "", reference.key, catalogs[reference] ?? "",
      reference.type, reference.authors.joined(separator: ";"), reference.title ?? "", reference.journal ?? "",
      reference.volume ?? "", reference.number ?? "", reference.pages ?? "", reference.doi ?? "", reference.url ?? "",
      reference.publisher ?? "",
    ]
  }

  /// Letters, digits and what no program that reads BibTeX or CSL stumbles over.
  private static func safe(_ key: String) -> String {
    let text = key.unicodeScalars.map { scalar in
      let isSafe =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._:+/-".contains(Character(scalar)))
      return isSafe ? String(scalar) : "-"
    }.joined()
    return text.isEmpty ? "-" : text
  }
}
