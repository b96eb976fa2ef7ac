/// What the values of an image are like, scaled as its header says.
package struct ValueSummary: Hashable, Sendable {
  /// How many there are.
  package let count: Int64
  /// How many are NaN or infinite; they count neither for the range nor for the mean.
  package let nonFinite: Int64
  /// How many are zero.
  package let zeros: Int64
  /// The least finite one; nil where none is finite.
  package let minimum: Double?
  /// The greatest finite one; nil where none is finite.
  package let maximum: Double?
  /// The mean of the finite ones; nil where none is finite, or their sum is not.
  package let mean: Double?

  /// Whether all finite ones are the same; so too where there are none.
  package var isConstant: Bool { minimum == maximum }
}
