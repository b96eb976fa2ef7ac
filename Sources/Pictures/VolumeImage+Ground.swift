internal import Images

extension VolumeImage {
  /// What stands where nothing was measured, if that is not 0: the one value that all eight corners have, if they do
  /// and others are there. Some volumes have a number a little off 0 there.
  var ground: Float? {
    let (right, front, top) = (size.x - 1, (size.y - 1) * size.x, (size.z - 1) * size.x * size.y)
    let ground = values[0]
    let corners = [0, right, front, right + front].flatMap { [$0, $0 + top] }
    guard ground != 0, ground.isFinite, corners.allSatisfy({ values[$0] == ground }),
      values.contains(where: { $0 != ground })
    else { return nil }
    return ground
  }

  /// The same volume with 0 for its ground.
  func clearing(_ ground: Float) -> VolumeImage {
    VolumeImage(size: size, toWorld: toWorld, values: values.map { $0 == ground ? 0 : $0 })
  }
}
