import Dataset
import Diagnostics
import SampleImages

/// The file of a map that is not as it should be, and what there is to say of it.
struct WrongImage: Sendable, CustomStringConvertible {
  let description: String
  let map: String
  let hemi: Hemisphere?
  let bytes: [UInt8]
  let codes: Set<DiagnosticCode>

  private static func surface(
    _ name: String, _ codes: Set<DiagnosticCode>, vertices: Int = 4002, _ change: (inout SampleGIfTI) -> Void
  ) -> WrongImage {
    var image = SampleGIfTI.map((0..<vertices).map { Double($0) / 100 }, structure: "CortexLeft")
    change(&image)
    return WrongImage(
      description: name, map: "lab/depth/fsLR/4k", hemi: .left, bytes: image.bytes, codes: codes)
  }

  private static func file(_ name: String, _ codes: Set<DiagnosticCode>, _ bytes: [UInt8]) -> WrongImage {
    WrongImage(description: name, map: "lab/blob/MNI152/3mm", hemi: nil, bytes: bytes, codes: codes)
  }

  private static func volume(
    _ name: String, _ codes: Set<DiagnosticCode>, _ change: (inout SampleNIfTI) -> Void
  ) -> WrongImage {
    var image = good
    change(&image)
    return file(name, codes, image.gzipped)
  }

  private static let good = SampleNIfTI.mni152(millimeters: 3)

  /// All of them; none has anything wrong that is not told.
  static let all = surfaces + volumes

  private static let surfaces = [
    surface("is right", []) { _ in },
    surface("has another density", [.imageWrongVertexCount], vertices: 7842) { _ in },
    surface("has no vertex more than nobody's surface", [.imageWrongVertexCount], vertices: 5) { _ in },
    surface("is of the right half", [.imageWrongHemisphere]) { image in
      image.metadata = [("AnatomicalStructurePrimary", "CortexRight")]
    },
    surface("has a NaN", [.imageNonFinite]) { image in image.arrays[0].values[7] = .nan },
    surface("has an infinity", [.imageNonFinite]) { image in image.arrays[0].values[7] = -.infinity },
    surface("is one value", [.imageConstant]) { image in
      image.arrays[0].values = Array(repeating: 3.5, count: 4002)
    },
    surface("is zero", [.imageEmpty]) { image in image.arrays[0].values = Array(repeating: 0, count: 4002) },
    surface("claims the other byte order", [.imageAbsurdValues]) { image in image.arrays[0].isBig = true },
    surface("holds two maps", [.imageSeveralMaps]) { image in image.arrays.append(image.arrays[0]) },
    surface("has two columns", [.imageSeveralMaps]) { image in
      image.arrays[0].shape = [4002, 2]
      image.arrays[0].values += image.arrays[0].values
    },
    surface("has a second dimension", [.imageOddShape]) { image in image.arrays[0].shape = [4002, 1] },
    surface("has damage in what is compressed", [.imageUnreadable]) { image in
      var packed = Packed.zlib(image.arrays[0].raw)
      packed[packed.count / 2] ^= 0x55
      image.arrays[0].data = SampleDataArray.base64(packed)
    },
    surface("ends within base64", [.imageUnreadable]) { image in
      image.arrays[0].data = String(SampleDataArray.base64(Packed.zlib(image.arrays[0].raw)).dropLast(8))
    },
    surface("announces more arrays than it has", [.imageUnreadable]) { image in image.announced = "2" },
    surface("has its data elsewhere", [.imageUnreadable]) { image in
      image.arrays[0].attributes["Encoding"] = .some("ExternalFileBinary")
    },
    surface("has entities that grow", [.imageUnreadable]) { image in
      let laughs = (1..<30).map { "<!ENTITY l\($0) \"&l\($0 - 1);&l\($0 - 1);\">" }.joined()
      image.head = "<!DOCTYPE GIFTI [<!ENTITY l0 \"ha\">\(laughs)]>"
      image.metadata = [("Name", "&l29;")]
    },
    WrongImage(
      description: "is a volume", map: "lab/depth/fsLR/4k", hemi: .left, bytes: good.gzipped,
      codes: [.imageWrongFormat]),
  ]

  private static let volumes = [
    volume("is right", []) { _ in },
    file("is cut short", [.imageUnreadable], Array(good.gzipped.dropLast(20))),
    file("is cut in half", [.imageUnreadable], Array(good.gzipped.prefix(good.gzipped.count / 2))),
    file("is a header", [.imageUnreadable], Packed.gzip(Array(good.bytes.prefix(348)))),
    file("has another checksum", [.imageUnreadable], good.gzipped.dropLast(8) + [1, 2, 3, 4] + good.gzipped.suffix(4)),
    file("unpacks to far more than it says", [.imageUnreadable], Packed.gzipBomb(good.bytes + [0], zeros: 64 << 20)),
    file("is a page", [.imageUnreadable], Array("<html><body>Not found</body></html>\n".utf8)),
    file("is one byte", [.imageUnreadable], [0]),
    file("is a surface", [.imageWrongFormat], SampleGIfTI.map([1, 2, 3]).bytes),
    volume("claims to be huge", [.imageUnreadable]) { image in
      image.claims.dimensions = [3, 30_000, 30_000, 30_000, 1, 1, 1, 1]
    },
    volume("claims no dimension", [.imageUnreadable]) { image in
      image.claims.dimensions = [0, 61, 73, 61, 1, 1, 1, 1]
    },
    volume("claims other bits", [.imageUnreadable]) { image in image.claims.bits = 16 },
    volume("has complex values", [.imageUnreadable]) { image in (image.claims.code, image.claims.bits) = (32, 64) },
    volume("is half of a pair", [.imageUnreadable]) { image in image.claims.magic = "ni1\0" },
    volume("claims the other byte order", [.imageUnreadable]) { image in
      image.claims.headerSize = Int32(348).byteSwapped
    },
    volume("has voxels of another size", [.imageWrongVoxelSize]) { image in
      image.spacing = [1, 2.5, 2.5, 3]
      image.rows = [[-2.5, 0, 0, 78], [0, 2.5, 0, -106], [0, 0, 3, -72]]
    },
    volume("lies beside the brain", [.imageBesideBrain]) { image in image.rows?[0][3] = 500 },
    volume("lacks an origin", [.imagePartOfBrain]) { image in
      image.rows = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0]]
    },
    volume("is one value", [.imageConstant]) { image in image.values = [7] },
    volume("is zero", [.imageEmpty]) { image in image.values = [0] },
    volume("has NaN", [.imageNonFinite]) { image in
      (image.type, image.values) = (.float32, [0, 1, .nan])
    },
    volume("has absurd values", [.imageAbsurdValues]) { image in
      (image.type, image.values) = (.float32, [0, 1e30])
    },
    volume("has time points", [.imageSeveralMaps]) { image in
      image.shape = [61, 73, 61, 2]
    },
    volume("has a fourth dimension", [.imageOddShape]) { image in image.shape = [61, 73, 61, 1] },
  ]
}
