internal import Dataset
package import Project

/// What makes a data directory a described dataset: files about the whole, and one about each map.
///
/// Version 1, described in docs/dataset.md. Everything is a function of the lock, so that the same lock gives the same
/// bytes, whoever writes them, where, when, and with which program: what a later version writes otherwise it writes
/// only for locks that name that version. History: 1, the first.
package enum DatasetMetadata {
  /// The files, sorted by path; none for a lock that names no version of them, or one that is not known here.
  ///
  /// - Parameter lock: what the data directory answers.
  package static func files(of lock: Lockfile) -> [MetadataFile] {
    guard lock.metadata == 1 else { return [] }
    let dataset = DescribedDataset(lock)
    let whole = [
      MetadataFile(.datasetDescription, DatasetDescription(dataset).bytes),
      MetadataFile(.readme, DatasetReadme(dataset).bytes),
      MetadataFile(.citation, dataset.citation),
      MetadataFile(.bidsIgnore, Array(ignored.utf8)),
    ]
    let sidecars = dataset.maps.map { map in
      MetadataFile(sidecarOf: map.id, MapSidecar(map, in: dataset).bytes)
    }
    return (whole + sidecars).sorted { $0.path < $1.path }
  }

  /// How many files that are.
  ///
  /// - Parameter lock: what the data directory answers.
  package static func count(of lock: Lockfile) -> Int {
    lock.metadata == 1 ? DatasetPath.wholeMetadata.count + lock.maps.count : 0
  }

  /// The names of maps and templates are like those of BIDS, and none of them. A slash behind a name would have it mean
  /// folders alone, which the validator does not look for.
  private static let ignored = "annotations\natlases\n"
}
