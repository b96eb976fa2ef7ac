internal import Catalog
internal import Dataset

/// Gathers papers, so that one that several maps or catalogs name is there once.
struct ReferenceShelf {
  private var entries: [Reference: CitedReference] = [:]
  private var catalogs: [Reference: String] = [:]

  /// Notes a use of the paper that a catalog has under a key.
  mutating func add(_ key: String, of catalog: MapCatalog, _ note: (inout CitedReference) -> Void) {
    // The reader refuses a key that is not there.
    guard let reference = catalog.references[key] else { return }
    if catalogs[reference] == nil { catalogs[reference] = catalog.name }
    note(&entries[reference, default: CitedReference(key: key, reference: reference)])
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

  /// Two papers of one catalog differ in their keys, and two catalogs in their names.
  private func isBefore(_ a: CitedReference, _ b: CitedReference) -> Bool {
    let (x, y) = (sortKey(a), sortKey(b))
    for (p, q) in zip(x, y) where p != q { return precedes(p, q) }
    return false
  }

  private func sortKey(_ entry: CitedReference) -> [String] {
    let reference = entry.reference
    return [
      reference.authors.first?.lowercased() ?? "", reference.year ?? "", reference.key,
      catalogs[reference] ?? "",
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
