package import Diagnostics
package import Effects
package import Images
package import Pictures
internal import SystemPackage

/// Why a map has no picture.
package enum PictureObstacle: Error, Hashable, Sendable {
  /// A file of it is not there.
  case missing
  /// A file of it has other bytes than the locked ones.
  case changed
  /// The disk refused to give a file of it.
  case disk(FileError)
  /// A file of that name is no image that can be read.
  case image(ImageFailure, file: String)
  /// Its files are not one volume, nor the halves of one surface.
  case notOneMap
  /// What its files hold cannot be drawn.
  case picture(PictureFailure)

  /// A phrase without a full stop.
  package var words: String {
    switch self {
    case .missing: "its files are missing"
    case .changed: "its files are not the locked ones"
    case .disk(let error): "it cannot be read: \(error.reason)"
    case .image(let failure, let file): "`\(file)` cannot be read: \(failure.words)"
    case .notOneMap: "its files are neither one volume nor the halves of one surface"
    case .picture(let failure): failure.words
    }
  }

  /// The obstacle as a person reads it.
  ///
  /// - Parameter name: what was to be drawn: the name of a map, or of a file.
  package func diagnostic(_ name: String) -> Diagnostic {
    let hint: String =
      switch self {
      case .missing: "`neuromaps sync` brings them"
      case .changed: "`neuromaps sync --repair` sets them aside and brings the locked ones"
      case .disk(let error) where error.reason == .noSuchFileOrDirectory: "see whether its path is right"
      case .disk: "check who owns the files and who may read them"
      case .image, .notOneMap, .picture:
        "if these are the locked files, their origin has them so; if not, `neuromaps sync --repair` brings those"
      }
    return Diagnostic(.notDrawn, "`\(name)` cannot be drawn", causes: [words], hints: [hint])
  }
}

extension PictureFailure {
  /// Why a map cannot be drawn, as a phrase.
  fileprivate var words: String {
    switch self {
    case .noValues: "there is no value in it"
    case .valuesDoNotFill(let values, let voxels): "it has \(values) values for \(voxels) voxels"
    case .noPlaceInWorld: "it does not say where its voxels are"
    case .otherVertices(let values, let vertices):
      "it has \(values) values, and the surface that it is drawn on \(vertices) vertices"
    case .brokenMesh: "the surface that it is drawn on is broken"
    case .notWritten(let words): "libpng: \(words)"
    }
  }
}
