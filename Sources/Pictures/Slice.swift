/// A plane through a volume, as one looks at it: left is left, the front is right, the top is up.
struct Slice: Hashable, Sendable {
  /// The number of the world's axis that it stands upon.
  let axis: Int
  /// The world's axis that grows to the right of the picture.
  let across: Int
  /// The world's axis that grows upwards in the picture.
  let up: Int
  /// What it is called.
  let word: String
  /// The coordinate it is at.
  let letter: String
  /// What lies at its left and right edge.
  let sides: (left: String, right: String)

  static func == (a: Slice, b: Slice) -> Bool { a.axis == b.axis }
  func hash(into hasher: inout Hasher) { hasher.combine(axis) }

  /// The three that are drawn, in order.
  static let all = [
    Slice(axis: 0, across: 1, up: 2, word: "sagittal", letter: "x", sides: ("P", "A")),
    Slice(axis: 1, across: 0, up: 2, word: "coronal", letter: "y", sides: ("L", "R")),
    Slice(axis: 2, across: 0, up: 1, word: "axial", letter: "z", sides: ("L", "R")),
  ]
}
