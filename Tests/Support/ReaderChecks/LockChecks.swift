internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Project

/// What must hold of a lock that was read, of what is told of one that was not, and of what a merge makes of one that
/// git could not merge.
enum LockChecks {
  static func read(_ bytes: [UInt8]) -> Reading {
    let source = SourceText(name: "neuromaps.lock", bytes: bytes)
    do throws(Findings) {
      let lock = try LockReader.read(source)
      var violations = Violations()
      violations.require(LockWriter.bytes(lock) == bytes, "it prints other bytes than it was read from")
      violations.add(order(lock))
      violations.add(entries(lock))
      return Reading(isAccepted: true, violations)
    } catch {
      var violations = DiagnosticChecks(source).violations(error.diagnostics)
      violations.require(!error.diagnostics.isEmpty, "refused without a word")
      violations.add(merging(source))
      return Reading(isAccepted: false, violations)
    }
  }

  /// Both sides may be anything, so that little can be said of what was made of them.
  private static func merging(_ source: SourceText) -> Violations {
    var violations = Violations()
    do throws(Findings) {
      guard let merged = try MergedLock(source) else { return violations }
      violations.add(DiagnosticChecks(source).violations([merged.diagnostic]))
      violations.requireOrder(merged.lock.declarations, of: "merged declarations")
      violations.require(!LockWriter.bytes(merged.lock).isEmpty, "what was merged is printed as nothing")
    } catch {
      // Places of a refused side are those of that side's text.
      violations.require(!error.diagnostics.isEmpty, "a merge is refused without a word")
    }
    return violations
  }

  private static func order(_ lock: Lockfile) -> Violations {
    var violations = Violations()
    violations.requireOrder(lock.declarations, of: "declarations")
    violations.requireOrder(lock.catalogs.map(\.name), of: "catalogs")
    violations.requireOrder(lock.files.map(\.path.text), of: "files")
    let items = lock.items
    violations.require(zip(items, items.dropFirst()).allSatisfy { $0 < $1 }, "maps and atlases are not in order")
    return violations
  }

  /// Something is known of maps only where all is, and every paper that is cited is there.
  private static func papers(_ lock: Lockfile) -> Violations {
    var violations = Violations()
    let (papers, isKnown) = (LockedReferences(lock), lock.metadata != nil)
    violations.require(isKnown || lock.references.isEmpty, "papers of a lock that knows nothing of its maps")
    violations.refuse(lock.maps.filter { ($0.facts != nil) != isKnown }) { "facts of some maps alone: \($0.id)" }
    violations.refuse(
      lock.maps.filter { map in
        papers.primary(of: map).map(\.key) != map.facts?.primary ?? []
          || papers.secondary(of: map).map(\.key) != map.facts?.secondary ?? []
      }
    ) { "a map cites a paper that is not there: \($0.id)" }
    violations.refuse(lock.catalogs.filter { papers.cite(of: $0).map(\.key) != $0.cite }) { catalog in
      "a catalog cites a paper that is not there: \(catalog.name)"
    }
    let catalogs = Set(lock.catalogs.map(\.name))
    violations.refuse(lock.references.filter { !catalogs.contains($0.catalog) }) {
      "a paper of no catalog: \($0.catalog)"
    }
    return violations
  }

  /// Maps and atlases are from a catalog of the lock, and have files, and every file is of one of them.
  private static func entries(_ lock: Lockfile) -> Violations {
    var violations = Violations()
    let catalogs = Set(lock.catalogs.map(\.name))
    let named = lock.maps.map(\.catalog) + lock.atlases.map(\.catalog)
    violations.refuse(named.filter { !catalogs.contains($0) }) { "an unknown catalog: \($0)" }
    violations.add(papers(lock))
    violations.require(Set(lock.items) == Set(lock.files.map(\.item)), "files of other maps and atlases")
    for file in lock.files {
      violations.require(DatasetPath(file.path.text) == file.path, "no path: \(file.path.text.debugDescription)")
      violations.add(OriginChecks.violations(file.origin, file.checksums))
    }
    for atlas in lock.atlases {
      violations.add(OriginChecks.violations(atlas.origin, atlas.checksums, archive: atlas.archive))
    }
    return violations
  }
}
