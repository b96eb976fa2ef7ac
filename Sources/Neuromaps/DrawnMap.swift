internal import Dataset
internal import Effects
internal import Images
internal import Pictures

/// A map that has been looked at: its picture, and what its files hold.
struct DrawnMap: Sendable {
  /// What is in one of its files.
  struct Content: Sendable {
    /// The half that its name says, or the file itself; nil of a volume.
    let hemisphere: Hemisphere?
    /// What it is.
    let summary: ImageSummary
  }

  /// How it looks, or why it cannot be seen.
  var picture: Result<MapPicture, PictureObstacle>
  /// What it is drawn on, in words; nil of a volume.
  var surface: String?
  /// What its files hold, left before right; of those that can be read.
  var contents: [Content] = []
  /// What is not as its names say; of each what it is about: `the left file`, or the map.
  var findings: [(name: String, finding: ImageFinding)] = []

  /// A map without a picture.
  init(_ obstacle: PictureObstacle) { picture = .failure(obstacle) }

  /// Looks at a map, which takes its time.
  ///
  /// - Parameters:
  ///   - images: its files: a volume, or one or both halves of a surface.
  ///   - name: what it is called.
  ///   - pair: what surfaces are drawn on; nil where there is none.
  ///   - withColorBar: whether colors and numbers are drawn beneath.
  init(_ images: [MapImage], name: String, on pair: MeshShelf.Pair?, withColorBar: Bool, _ files: any FileSystem) {
    self.init(.notOneMap)
    var obstacle: PictureObstacle?
    for image in images {
      do throws(PictureObstacle) {
        let summary = try image.read(from: files) { supply throws(ImageFailure) in
          try ImageReader.summary(limits: Self.limits, supply: supply)
        }
        contents.append(Content(hemisphere: image.entities?.hemi ?? summary.hemisphere, summary: summary))
        findings += image.entities.map { ImageCheck.findings(summary, of: $0) }?.map { (image.word, $0) } ?? []
      } catch {
        obstacle = obstacle ?? error
      }
    }
    if contents.count == 2, images.count == 2 {
      let areSame = images[0].digest != nil && images[0].digest == images[1].digest
      findings += ImageCheck.findings(
        left: contents[0].summary, right: contents[1].summary, areSameBytes: areSame
      ).map { (name, $0) }
    }
    if let obstacle { picture = .failure(obstacle) } else { draw(images, pair, withColorBar, files) }
  }

  /// So much is held of an image at most; a volume of half a millimeter has less.
  private static var limits: ImageLimits {
    var limits = ImageLimits()
    limits.heldValues = 1 << 26
    return limits
  }

  private mutating func draw(
    _ images: [MapImage], _ pair: MeshShelf.Pair?, _ withColorBar: Bool, _ files: any FileSystem
  ) {
    let formats = Set(contents.map(\.summary.format.mapFormat))
    do throws(PictureObstacle) {
      switch (formats.first, images.count) {
      case (.volume, 1): picture = .success(try volume(images[0], withColorBar, files))
      case (.surface, 1...2) where formats.count == 1:
        picture = .success(try surface(images, pair, withColorBar, files))
      default: throw .notOneMap
      }
    } catch {
      picture = .failure(error)
    }
  }

  private func volume(
    _ image: MapImage, _ withColorBar: Bool, _ files: any FileSystem
  ) throws(PictureObstacle) -> MapPicture {
    let values = try image.read(from: files) { supply throws(ImageFailure) in
      try ImageReader.volume(limits: Self.limits, supply: supply)
    }
    do throws(PictureFailure) {
      return try MapPicture.volume(values, withColorBar: withColorBar)
    } catch {
      throw .picture(error)
    }
  }

  private mutating func surface(
    _ images: [MapImage], _ pair: MeshShelf.Pair?, _ withColorBar: Bool, _ files: any FileSystem
  ) throws(PictureObstacle) -> MapPicture {
    var halves: [Hemisphere: SurfaceValues] = [:]
    for (image, content) in zip(images, contents) {
      let values = try image.read(from: files) { supply throws(ImageFailure) in
        try ImageReader.surfaceValues(limits: Self.limits, supply: supply)
      }
      guard halves.updateValue(values, forKey: content.hemisphere ?? .left) == nil else { throw .notOneMap }
    }
    func picture(on meshes: SurfaceMeshes?) throws(PictureFailure) -> MapPicture {
      try MapPicture.surface(
        left: halves[.left], right: halves[.right], meshes: meshes, withColorBar: withColorBar)
    }
    do throws(PictureFailure) {
      do throws(PictureFailure) {
        let drawn = try picture(on: pair?.meshes)
        surface = drawn.isFlat ? "flat, as no surface of its space and density is locked and there" : pair?.kind
        return drawn
      } catch {
        guard error.isOfMesh else { throw error }
        let drawn = try picture(on: nil)
        surface = "flat, as the surface that is locked for its space and density does not fit"
        return drawn
      }
    } catch {
      throw .picture(error)
    }
  }
}

extension PictureFailure {
  /// Whether it is the surface's fault, and none of the map.
  fileprivate var isOfMesh: Bool {
    switch self {
    case .otherVertices, .brokenMesh: true
    case .noValues, .valuesDoNotFill, .noPlaceInWorld, .notWritten: false
    }
  }
}

extension MapImage {
  /// What it is called among the files of its map.
  fileprivate var word: String {
    switch entities?.hemi {
    case .left: "the left file"
    case .right: "the right file"
    case nil: "the file"
    }
  }
}
