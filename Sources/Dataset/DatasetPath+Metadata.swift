/// The files that describe a data directory, where BIDS looks for them. No lock can name one: its files are those of
/// maps and of atlases, whose places are elsewhere.
extension DatasetPath {
  /// What makes the directory a dataset of BIDS.
  package static let datasetDescription = DatasetPath(metadata: "dataset_description.json")
  /// For people, without an ending as BIDS prefers it.
  package static let readme = DatasetPath(metadata: "README")
  /// The papers to cite, in the Citation File Format.
  package static let citation = DatasetPath(metadata: "CITATION.cff")
  /// What tools that read BIDS pass over.
  package static let bidsIgnore = DatasetPath(metadata: ".bidsignore")

  /// Those that describe the directory as a whole, in order.
  package static let wholeMetadata = [bidsIgnore, citation, readme, datasetDescription]

  /// Where the description of a map belongs: beside its files, one for both hemispheres.
  ///
  /// `annotations/<source>/<desc>/<space>/source-…_desc-…_space-…_(den|res)-…_feature.json`
  package init(sidecarOf map: AnnotationID) {
    self.init(metadata: "annotations/\(map.source)/\(map.desc)/\(map.space)/\(FileEntities.sidecarName(of: map))")
  }
}
