/// The values of a map in order of size, without sorting them: any percentiles, exactly, in two passes.
///
/// Floats whose bits are turned a little sort as whole numbers do; the upper half of them is counted for all values,
/// the lower half for those that share the upper half of one that is looked for.
struct ValueRanks {
  /// How many values are finite and not 0.
  private(set) var count = 0
  /// How many are 0.
  private(set) var zeros = 0
  /// How many are not finite.
  private(set) var nonFinite = 0
  private let parts: [[Float]]
  private var upperHalves = [Int](repeating: 0, count: 1 << 16)

  /// Counts all values of these parts as one map.
  init(_ parts: [[Float]]) {
    self.parts = parts
    var (count, zeros, nonFinite) = (0, 0, 0)
    upperHalves.withUnsafeMutableBufferPointer { upperHalves in
      for part in parts {
        for value in part {
          if !value.isFinite {
            nonFinite += 1
          } else if value == 0 {
            zeros += 1
          } else {
            count += 1
            upperHalves[Int(Self.key(value) >> 16)] += 1
          }
        }
      }
    }
    (self.count, self.zeros, self.nonFinite) = (count, zeros, nonFinite)
  }

  /// The values at these shares (0…1) of the way from the smallest to the largest; none where there are no values.
  func values(at shares: [Double]) -> [Float] {
    guard count > 0 else { return [] }
    let places = shares.map { place(min(max(Int(($0 * Double(count - 1)).rounded()), 0), count - 1)) }
    var lowerHalves = [[Int]](repeating: [Int](repeating: 0, count: 1 << 16), count: shares.count)
    for part in parts {
      for value in part where value.isFinite && value != 0 {
        let key = Self.key(value)
        for index in places.indices where Int(key >> 16) == places[index].upper {
          lowerHalves[index][Int(key & 0xFFFF)] += 1
        }
      }
    }
    return zip(places, lowerHalves).map { place, lowerHalves in
      let lower = Self.bucket(lowerHalves, place.rest).index
      return Self.value(UInt32(place.upper) << 16 | UInt32(lower))
    }
  }

  /// The upper half of the value of a rank, and its rank among those of the same upper half.
  private func place(_ rank: Int) -> (upper: Int, rest: Int) {
    let found = Self.bucket(upperHalves, rank)
    return (found.index, found.rest)
  }

  private static func bucket(_ counts: [Int], _ rank: Int) -> (index: Int, rest: Int) {
    var (index, rest) = (0, rank)
    while rest >= counts[index] {
      rest -= counts[index]
      index += 1
    }
    return (index, rest)
  }

  private static func key(_ value: Float) -> UInt32 {
    let bits = value.bitPattern
    return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
  }

  private static func value(_ key: UInt32) -> Float {
    Float(bitPattern: key >> 31 == 1 ? key & 0x7FFF_FFFF : ~key)
  }
}
