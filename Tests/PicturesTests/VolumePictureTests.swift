import Images
import Pictures
import Testing

@Suite("Slices of a volume")
struct VolumePictureTests {
  /// The middle of what is drawn in a panel, as shares of its width and height.
  private func place(_ picture: MapPicture, _ panel: Int) throws -> (across: Double, down: Double) {
    let png = try #require(DecodedPNG(picture.png))
    let frame = picture.panels[panel].frame
    var (x, y, count) = (0.0, 0.0, 0.0)
    for row in 0..<frame.height {
      for column in 0..<frame.width where png.isDrawn(frame.x + column, frame.y + row) {
        x += Double(column) + 0.5
        y += Double(row) + 0.5
        count += 1
      }
    }
    return (x / count / Double(frame.width), y / count / Double(frame.height))
  }

  /// Two voxels: a strong one that slices go through, and one far away that keeps the picture from being cut to it.
  private func expect(_ image: VolumeImage) throws {
    let picture = try MapPicture.volume(image)
    #expect(picture.panels.map { $0.name } == ["sagittal x = 12 mm", "coronal y = 8 mm", "axial z = -4 mm"])
    #expect(!picture.isFlat)
    // The volume is from -21 to 21 mm each way, and the box from the other voxel's face at -21 to 13, 9 and -3 mm, but
    // at least 21 mm long.
    let sagittal = try place(picture, 0)
    #expect(abs(sagittal.across - 29.0 / 30) < 0.02)
    #expect(abs(sagittal.down - 4.0 / 21) < 0.03)
    let coronal = try place(picture, 1)
    #expect(abs(coronal.across - 33.0 / 34) < 0.02)
    let axial = try place(picture, 2)
    #expect(abs(axial.across - 33.0 / 34) < 0.02)
    #expect(abs(axial.down - 1.0 / 30) < 0.02)
  }

  @Test("A bright voxel is where it is in the world: left is left, the front is right, the top is up")
  func orientation() throws {
    try expect(volume((21, 21, 21), upright, [(16, 14, 8, 5), (0, 0, 0, 1)]))
  }

  @Test("A volume stored from right to left is drawn alike")
  func flipped() throws {
    let affine = Affine(x: (-2, 0, 0, 20), y: (0, 2, 0, -20), z: (0, 0, 2, -20))
    try expect(volume((21, 21, 21), affine, [(4, 14, 8, 5), (20, 0, 0, 1)]))
  }

  @Test("A volume with its axes in another order is drawn alike")
  func permuted() throws {
    let affine = Affine(x: (0, 0, 2, -20), y: (2, 0, 0, -20), z: (0, -2, 0, 20))
    try expect(volume((21, 21, 21), affine, [(14, 12, 16, 5), (0, 20, 0, 1)]))
  }

  @Test("Voxels that are no cubes keep their shape")
  func anisotropic() throws {
    let affine = Affine(x: (2, 0, 0, -20), y: (0, 2, 0, -20), z: (0, 0, 6, -18))
    var image = volume((21, 21, 7), affine, [])
    image = VolumeImage(size: image.size, toWorld: affine, values: image.values.indices.map { Float($0 % 17 + 1) })
    let frames = try MapPicture.volume(image).panels.map { $0.frame }
    #expect(frames.map { [$0.width, $0.height] } == [[224, 224], [224, 224], [224, 224]])
  }

  @Test("A slanted volume is drawn as it stands")
  func slanted() throws {
    let affine = Affine(x: (1.6, -1.2, 0, 0), y: (1.2, 1.6, 0, 0), z: (0, 0, 2, 0))
    let picture = try MapPicture.volume(volume((11, 11, 11), affine, [(5, 5, 5, 1)]))
    #expect(picture.panels.map { $0.name } == ["sagittal x = 2 mm", "coronal y = 14 mm", "axial z = 10 mm"])
  }

  @Test("Slices go through the strong region, not through a stray voxel at the edge; the sign does not matter")
  func strongest() throws {
    var voxels: [(Int, Int, Int, Float)] = [(0, 0, 0, 9)]
    for x in 8...12 {
      for y in 8...12 { for z in 8...12 { voxels.append((x, y, z, x == 10 && y == 10 && z == 10 ? -6 : -5)) } }
    }
    let picture = try MapPicture.volume(volume((21, 21, 21), upright, voxels))
    #expect(picture.panels.map { $0.name } == ["sagittal x = 0 mm", "coronal y = 0 mm", "axial z = 0 mm"])
  }

  @Test("Of voxels that are alike the first is taken")
  func ties() throws {
    let picture = try MapPicture.volume(volume((21, 21, 21), upright, [(4, 4, 4, 1), (16, 16, 16, 1)]))
    #expect(picture.panels[0].name == "sagittal x = -12 mm")
  }

  @Test("A number that fills all corners is the ground, and clear")
  func ground() throws {
    let picture = try MapPicture.volume(
      volume((21, 21, 21), upright, ground: -0.009, [(10, 10, 10, 5), (9, 10, 10, 4)]))
    let png = try #require(DecodedPNG(picture.png))
    #expect(png[1, 1][3] == 0)
    #expect(picture.scale.count == 2)
    #expect(picture.scale.legend.rangeText.hasSuffix("what is finite and not the ground, -0.009"))
  }

  @Test("What is 0, not a number or infinite is clear", arguments: [0, Float.nan, .infinity, -.infinity])
  func clear(_ value: Float) throws {
    let picture = try MapPicture.volume(volume((5, 5, 5), upright, ground: value, []))
    let png = try #require(DecodedPNG(picture.png))
    let middle = picture.panels[2].frame
    #expect(!png.isDrawn(middle.x + middle.width / 2, middle.y + middle.height / 2))
    #expect(picture.scale.kind == .empty)
  }

  @Test("Numbers as large and small as there are do no harm")
  func huge() throws {
    let most = Float.greatestFiniteMagnitude
    let picture = try MapPicture.volume(
      volume((5, 5, 5), upright, [(1, 1, 1, most), (2, 1, 1, -most), (3, 1, 1, .leastNonzeroMagnitude)]),
      withColorBar: true)
    #expect(picture.scale.kind == .diverging)
    #expect(DecodedPNG(picture.png) != nil)
  }

  @Test("The same volume gives the same bytes, a small file")
  func deterministic() throws {
    var image = volume((40, 40, 40), upright, [])
    let values = image.values.indices.map { Float(($0 % 40) * ($0 / 40 % 40) + $0 / 1600) }
    image = VolumeImage(size: image.size, toWorld: upright, values: values)
    let pictures = try (0..<2).map { _ in try MapPicture.volume(image, withColorBar: true) }
    #expect(pictures[0] == pictures[1])
    #expect(pictures[0].png.count < 30_000)
    let png = try #require(DecodedPNG(pictures[0].png))
    #expect([png.width, png.height] == [pictures[0].width, pictures[0].height])
    // No chunk but those that a picture needs.
    let text = String(decoding: pictures[0].png, as: Unicode.ASCII.self)
    #expect(text.contains("PLTE") && text.contains("tRNS") && !text.contains("tIME") && !text.contains("tEXt"))
  }

  @Test("What cannot be drawn says why")
  func failures() {
    let size = VolumeSize(x: 2, y: 2, z: 2)
    #expect(throws: PictureFailure.valuesDoNotFill(values: 3, voxels: 8)) {
      try MapPicture.volume(VolumeImage(size: size, toWorld: upright, values: [1, 2, 3]))
    }
    #expect(throws: PictureFailure.noValues) {
      try MapPicture.volume(VolumeImage(size: VolumeSize(x: 0, y: 2, z: 2), toWorld: upright, values: []))
    }
    let values = [Float](repeating: 1, count: 8)
    let flat = Affine(x: (1, 0, 0, 0), y: (0, 1, 0, 0), z: (1, 1, 0, 0))
    let lost = Affine(x: (.nan, 0, 0, 0), y: (0, 1, 0, 0), z: (0, 0, 1, 0))
    for affine in [nil, flat, lost] {
      #expect(throws: PictureFailure.noPlaceInWorld) {
        try MapPicture.volume(VolumeImage(size: size, toWorld: affine, values: values))
      }
    }
  }
}
