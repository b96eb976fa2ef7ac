internal import Images

extension VoxelGrid {
  /// The voxel that slices go through. Nil where no voxel has a value.
  ///
  /// The map is smoothed (means over blocks of about 3 mm, then over their neighbors), so that slices show a strong
  /// region rather than a stray voxel at an edge. In the block where its absolute value is largest the voxel with the
  /// largest absolute value is taken; of several, the first.
  var strongest: Point? {
    let size = image.size
    let blocks = Blocks(image, [block(0), block(1), block(2)])
    guard let best = blocks.strongest else { return nil }
    let (xs, ys, zs) = (blocks.range(0, best.x), blocks.range(1, best.y), blocks.range(2, best.z))
    var strongest: (point: Point, strength: Float)?
    for z in zs {
      for y in ys {
        for x in xs {
          let value = image.values[(z * size.y + y) * size.x + x]
          guard value.isFinite, value != 0, abs(value) > strongest?.strength ?? 0 else { continue }
          strongest = (Point(x: Double(x), y: Double(y), z: Double(z)), abs(value))
        }
      }
    }
    return strongest?.point
  }

  /// How many voxels along an index make about 3 mm.
  private func block(_ axis: Int) -> Int {
    let width = image.toWorld?.voxelSize[axis] ?? 3
    return min(max(Int((3 / max(width, 0.1)).rounded()), 1), 30)
  }
}

/// A volume in blocks of voxels.
private struct Blocks {
  private let sides: [Int]
  private let size: [Int]
  private let counts: [Int]
  private var means: [Float]
  private var hasValue: [Bool]

  init(_ image: VolumeImage, _ sides: [Int]) {
    self.sides = sides
    size = [image.size.x, image.size.y, image.size.z]
    let counts = zip(size, sides).map { ($0 + $1 - 1) / $1 }
    self.counts = counts
    var means = [Float](repeating: 0, count: counts[0] * counts[1] * counts[2])
    var hasValue = [Bool](repeating: false, count: means.count)
    // Divided before they are added: the sum of large values may be no number.
    let share = 1 / Float(sides[0] * sides[1] * sides[2])
    image.values.withUnsafeBufferPointer { values in
      var index = 0
      for z in 0..<image.size.z {
        for y in 0..<image.size.y {
          let row = (z / sides[2] * counts[1] + y / sides[1]) * counts[0]
          for x in 0..<image.size.x {
            let value = values[index]
            index += 1
            guard value.isFinite, value != 0 else { continue }
            means[row + x / sides[0]] += value * share
            hasValue[row + x / sides[0]] = true
          }
        }
      }
    }
    (self.means, self.hasValue) = (means, hasValue)
    for reach in [1, 2] {
      for axis in 0..<3 { smooth(axis, reach) }
    }
  }

  /// The first block with a value where the absolute mean is largest.
  var strongest: (x: Int, y: Int, z: Int)? {
    var best: (index: Int, strength: Float)?
    for index in means.indices where hasValue[index] && abs(means[index]) > best?.strength ?? -1 {
      best = (index, abs(means[index]))
    }
    return best.map { ($0.index % counts[0], $0.index / counts[0] % counts[1], $0.index / counts[0] / counts[1]) }
  }

  /// The voxels of a block along one index.
  func range(_ axis: Int, _ block: Int) -> Range<Int> {
    block * sides[axis]..<min((block + 1) * sides[axis], size[axis])
  }

  /// A half of each block, a quarter of the two so far away along one index; nothing lies outside.
  private mutating func smooth(_ axis: Int, _ reach: Int) {
    let step = axis == 0 ? 1 : axis == 1 ? counts[0] : counts[0] * counts[1]
    let (offset, run) = (step * reach, step * counts[axis])
    let earlier = means
    for start in stride(from: 0, to: earlier.count, by: run) {
      for index in start..<start + run {
        let before = index - offset >= start ? earlier[index - offset] : 0
        let after = index + offset < start + run ? earlier[index + offset] : 0
        means[index] = earlier[index] / 2 + before / 4 + after / 4
      }
    }
  }
}
