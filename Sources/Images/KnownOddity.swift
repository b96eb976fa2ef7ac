internal import Dataset

/// Something of a map of the built-in catalog that its name would not make one expect.
struct KnownOddity: Sendable {
  private let source: String
  private let desc: String?
  private let isMeant: @Sendable (ImageFinding.Problem) -> Bool
  private let words: String

  /// What is known, and for how long: all of it is so at the origin, too.
  private static let all = [
    KnownOddity(
      source: "turtonen2020", desc: "carfentanil",
      isMeant: { if case .wrongVoxelSize(let sizes, _) = $0 { sizes.allSatisfy { $0.isNearly(1.5) } } else { false } },
      words: "the origin's file is called res-1mm and has voxels of 1.5 mm"),
    KnownOddity(
      source: "beliveau2017", desc: nil,
      isMeant: { $0 == .oddShape([182, 218, 182, 1]) },
      words: "the volumes of beliveau2017 have a fourth dimension of one point"),
  ]

  /// What is known of a finding about a file; nil if it is a surprise.
  static func words(for problem: ImageFinding.Problem, of file: FileEntities) -> String? {
    all.first { oddity in
      oddity.source == file.map.source && (oddity.desc ?? file.map.desc) == file.map.desc && oddity.isMeant(problem)
    }?.words
  }
}

extension Double {
  /// Whether two lengths are the same but for what a header's 32 bits lose, and some more.
  func isNearly(_ other: Double) -> Bool { abs(self - other) <= 0.01 * abs(other) }
}
