import Images
import Pictures
import Testing

@Suite("Views of a surface")
struct SurfacePictureTests {
  private func values(_ values: [Float]) -> SurfaceValues { SurfaceValues(hemisphere: nil, values: values) }

  private func middle(_ picture: MapPicture, _ panel: Int) throws -> [UInt8] {
    let frame = picture.panels[panel].frame
    return try #require(DecodedPNG(picture.png))[frame.x + frame.width / 2, frame.y + frame.height / 2]
  }

  @Test("What is nearer hides what is farther, from both sides, in whatever order it comes", arguments: [true, false])
  func depth(outerFirst: Bool) throws {
    // The outer wall has low values, which are dark; the inner one high ones.
    let (outer, inner) = (wall(x: 60), wall(x: 10))
    let mesh = outerFirst ? outer + inner : inner + outer
    let map = outerFirst ? [1, 1, 1, 1, 9, 9, 9, 9] : [9, 9, 9, 9, 1, 1, 1, 1] as [Float]
    let picture = try MapPicture.surface(
      left: nil, right: values(map), meshes: SurfaceMeshes(left: nil, right: mesh))
    #expect(picture.panels.map { $0.name } == ["right lateral", "right medial"])
    let (lateral, medial) = (try middle(picture, 0), try middle(picture, 1))
    #expect(lateral[0] < 100 && lateral[1] < 40, "dark violet: \(lateral)")
    #expect(medial[0] > 190 && medial[1] > 190, "yellow: \(medial)")
  }

  @Test("Both halves are seen from outside and from the middle, the front outwards from there")
  func views() throws {
    // Values grow to the front; the mesh is the same on both sides.
    let map = values([1, 9, 9, 1])
    let picture = try MapPicture.surface(
      left: map, right: map, meshes: SurfaceMeshes(left: wall(x: -30), right: wall(x: 30)))
    #expect(picture.panels.map { $0.name } == ["left lateral", "right lateral", "left medial", "right medial"])
    let png = try #require(DecodedPNG(picture.png))
    let isFrontLeft = picture.panels.map { panel in
      let y = panel.frame.y + panel.frame.height / 2
      return png[panel.frame.x + 20, y][1] > png[panel.frame.x + panel.frame.width - 20, y][1]
    }
    #expect(isFrontLeft == [true, false, false, true])
    #expect(!picture.isFlat)
  }

  @Test("The top is up")
  func upright() throws {
    let picture = try MapPicture.surface(
      left: values([1, 1, 9, 9]), right: nil, meshes: SurfaceMeshes(left: wall(x: -30), right: nil))
    let png = try #require(DecodedPNG(picture.png))
    let frame = picture.panels[0].frame
    #expect(png[frame.width / 2, 20][1] > png[frame.width / 2, frame.height - 20][1])
  }

  @Test("What has no value is gray, and bounded sharply", arguments: [Float.nan, 0, .infinity])
  func noValue(_ none: Float) throws {
    let mesh = wall(x: 30, y: -50...0) + wall(x: 30, y: 0...50)
    let map: [Float] = [none, none, none, none, 3, 5, 5, 3]
    let picture = try MapPicture.surface(
      left: nil, right: values(map), meshes: SurfaceMeshes(left: nil, right: mesh))
    let png = try #require(DecodedPNG(picture.png))
    let frame = picture.panels[0].frame
    #expect(png.isDrawn(20, frame.height / 2) && png.isGray(20, frame.height / 2))
    #expect(png.isDrawn(frame.width - 20, frame.height / 2) && !png.isGray(frame.width - 20, frame.height / 2))
    #expect(picture.scale.count == 4)
  }

  @Test("Without a mesh for each half values are drawn flat, and it is said")
  func flat() throws {
    let map = values((0..<1000).map(Float.init))
    let right = SurfaceMeshes(left: nil, right: wall(x: 30))
    #expect(throws: PictureFailure.otherVertices(values: 1000, vertices: 4)) {
      try MapPicture.surface(left: map, right: map, meshes: right)
    }
    let picture = try MapPicture.surface(left: map, right: values([1, 2, 3, 4]), meshes: right)
    #expect(picture.isFlat)
    #expect(
      picture.panels.map { $0.name } == ["left in the order of the vertices", "right in the order of the vertices"])
    let png = try #require(DecodedPNG(picture.png))
    let frame = picture.panels[0].frame
    #expect(png.isGray(0, 0) && png.isDrawn(0, 0), "the first is 0")
    #expect(png.isDrawn(frame.width - 1, frame.height - 1), "the frame is full")
    // More values than pixels.
    let many = values((0..<163_842).map { Float($0 % 1000) })
    #expect(try MapPicture.surface(left: nil, right: many, meshes: nil).panels.count == 1)
  }

  @Test("The same map gives the same bytes")
  func deterministic() throws {
    let pictures = try (0..<2).map { _ in
      try MapPicture.surface(
        left: values([1, -2, 3, -4]), right: nil, meshes: SurfaceMeshes(left: wall(x: -30), right: nil),
        withColorBar: true)
    }
    #expect(pictures[0] == pictures[1])
    #expect(DecodedPNG(pictures[0].png) != nil)
  }

  @Test("A map of one value, of none, or of nothing but what is not a number is drawn", arguments: [Float.nan, 0, 7])
  func constant(_ value: Float) throws {
    let map = values([value, value, value, value])
    let picture = try MapPicture.surface(
      left: map, right: nil, meshes: SurfaceMeshes(left: wall(x: -30), right: nil), withColorBar: true)
    #expect(picture.scale.kind == (value == 7 ? .constant : .empty))
    #expect(try middle(picture, 0)[3] == 255)
    #expect(picture.bars.counts == (value == 7 ? [4] : []))
  }

  @Test("What cannot be drawn says why")
  func failures() {
    #expect(throws: PictureFailure.noValues) { try MapPicture.surface(left: nil, right: nil, meshes: nil) }
    #expect(throws: PictureFailure.noValues) { try MapPicture.surface(left: values([]), right: nil, meshes: nil) }
    let corner = SurfaceMesh.Point(x: 0, y: 0, z: 0)
    let meshes = [
      SurfaceMesh(vertices: [corner], triangles: [SurfaceMesh.Triangle(a: 0, b: 1, c: 0)]),
      SurfaceMesh(vertices: [corner], triangles: [SurfaceMesh.Triangle(a: 0, b: -1, c: 0)]),
      SurfaceMesh(vertices: [SurfaceMesh.Point(x: .nan, y: .nan, z: .nan)], triangles: []),
    ]
    for mesh in meshes {
      #expect(throws: PictureFailure.brokenMesh) {
        try MapPicture.surface(left: values([1]), right: nil, meshes: SurfaceMeshes(left: mesh, right: nil))
      }
    }
  }
}
