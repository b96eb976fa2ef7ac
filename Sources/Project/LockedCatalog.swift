internal import Catalog
public import Dataset

/// A catalog as it was when a lock was made.
public struct LockedCatalog: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// What it calls its state.
  public let revision: String
  /// Of its bytes.
  public let sha256: SHA256Digest
  /// One line for people; nil where there is none, or the lock knows nothing of its maps.
  public let title: String?
  /// Keys of the papers to cite for the catalog as a whole, in order; none where the lock knows nothing of its maps.
  public let cite: [String]
  /// What whoever uses or passes on its maps must know; nil as the title is.
  public let caution: String?

  /// A catalog.
  package init(
    name: String, revision: String, sha256: SHA256Digest, title: String? = nil, cite: [String] = [],
    caution: String? = nil
  ) {
    self.name = name
    self.revision = revision
    self.sha256 = sha256
    self.title = title
    self.cite = cite
    self.caution = caution
  }

  /// A catalog as it is now, of which nothing is said yet.
  init(_ present: MapCatalog) {
    self.init(name: present.name, revision: present.revision, sha256: present.digest)
  }

  /// Whether it is the same in the same state, whatever is said of it.
  func isState(of other: LockedCatalog) -> Bool {
    name == other.name && revision == other.revision && sha256 == other.sha256
  }

  /// The same, of which that is said which is said of it now.
  func described(by present: MapCatalog) -> LockedCatalog {
    LockedCatalog(
      name: name, revision: revision, sha256: sha256, title: present.title, cite: present.cite,
      caution: present.caution)
  }

  /// The same, of which nothing is said.
  var undescribed: LockedCatalog { LockedCatalog(name: name, revision: revision, sha256: sha256) }

  /// The same without the keys that do not meet a condition.
  func filteringKeys(_ isIncluded: (String) -> Bool) -> LockedCatalog {
    LockedCatalog(
      name: name, revision: revision, sha256: sha256, title: title, cite: cite.filter(isIncluded), caution: caution)
  }
}
