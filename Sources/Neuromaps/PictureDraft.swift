internal import Dataset
internal import Effects
internal import Project
internal import Store
internal import SystemPackage

/// A map that is to be drawn, or why it cannot be.
struct PictureDraft: Sendable {
  /// What it is called: the map, or the file as it was written.
  let name: String
  /// The name of a file for its picture.
  let fileName: String
  /// The map; nil of a file whose name says none.
  let map: AnnotationID?
  /// Its files, left before right.
  let images: [MapImage]
  /// What is known to be in the way.
  let obstacle: PictureObstacle?

  /// A locked map.
  ///
  /// - Parameters:
  ///   - files: what is there of its files.
  ///   - root: the data directory.
  init(_ map: AnnotationID, _ files: [FileState], in root: FilePath) {
    let stem = DatasetPath(map, hemi: nil).fileName.split(separator: "_").dropLast().joined(separator: "_")
    name = map.description
    fileName = "\(stem).png"
    self.map = map
    images = files.map { state in
      MapImage(root.pushing(FilePath(state.file.path.text)), digest: state.found?.sha256)
    }
    obstacle = files.compactMap(\.obstacle).first
  }

  /// A file, and why it cannot be read.
  init(_ path: FilePath, name: String, _ refusal: FileError?) {
    let image = MapImage(path)
    self.name = name
    fileName = "\(PictureSubject.stem(of: path.lastComponent?.string ?? "") ?? "map").png"
    map = image.entities?.map
    images = [image]
    obstacle = refusal.map(PictureObstacle.disk)
  }
}

extension FileState {
  /// Why its map cannot be drawn.
  var obstacle: PictureObstacle? {
    switch observation {
    case .matches: nil
    case .missing: .missing
    case .differs, .outdated, .unverified, .notAFile: .changed
    case .unreadable(let error): .disk(error)
    }
  }
}
