public import Dataset

/// Brings an atlas of the built-in catalog into a data directory, unless it is there, and says where.
///
/// The toolbox's `fetch_atlas`; its other names for atlases (`fslr`, `fsavg`, `mni152`) are understood.
///
/// - Parameters:
///   - name: `fsLR`, `fsaverage`, `civet` or `MNI152`.
///   - density: vertices per hemisphere, `32k`, or the edge of a voxel, `2mm`.
///   - dataDir: the data directory; else `$NEUROMAPS_DATA`, else `~/neuromaps-data`.
/// - Throws: ``NeuromapsFailure``.
public func fetchAtlas(
  _ name: String, density: String, dataDir: String? = nil
) async throws(NeuromapsFailure) -> AtlasFiles {
  try await Workspace.withoutProject(dataDir, nil) { workspace throws(NeuromapsFailure) in
    try await workspace.fetchAtlas(name, density: density, from: [.builtin])
  }
}

/// Brings the inputs of registration fusion, by which MNI152 is mapped to a surface, into a data directory.
///
/// The toolbox's `fetch_regfusion`.
///
/// - Parameters:
///   - space: the surface: `fsaverage`, `fsLR` or `civet`.
///   - dataDir: the data directory; else `$NEUROMAPS_DATA`, else `~/neuromaps-data`.
/// - Returns: by density, absolute paths of the left and the right hemisphere, in this order.
/// - Throws: ``NeuromapsFailure``.
public func fetchRegfusion(
  _ space: String, dataDir: String? = nil
) async throws(NeuromapsFailure) -> [String: [String]] {
  try await Workspace.withoutProject(dataDir, nil) { workspace throws(NeuromapsFailure) in
    try await workspace.fetchRegfusion(space, from: [.builtin])
  }
}

/// Brings every atlas of the built-in catalog, `regfusion` among them, into a data directory.
///
/// The toolbox's `fetch_all_atlases`.
///
/// - Parameter dataDir: the data directory; else `$NEUROMAPS_DATA`, else `~/neuromaps-data`.
/// - Throws: ``NeuromapsFailure``.
public func fetchAllAtlases(dataDir: String? = nil) async throws(NeuromapsFailure) -> [AtlasID: AtlasFiles] {
  try await Workspace.withoutProject(dataDir, nil) { workspace throws(NeuromapsFailure) in
    try await workspace.fetchAllAtlases(from: [.builtin])
  }
}
