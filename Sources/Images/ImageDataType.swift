/// How each value of an image is stored; raw values are numpy's names.
package enum ImageDataType: String, CaseIterable, Hashable, Sendable {
  /// Whole numbers from 0 to 255.
  case uint8
  /// Whole numbers from -128 to 127.
  case int8
  /// Whole numbers of two bytes, with a sign.
  case int16
  /// Whole numbers of two bytes.
  case uint16
  /// Whole numbers of four bytes, with a sign.
  case int32
  /// Whole numbers of four bytes.
  case uint32
  /// Whole numbers of eight bytes, with a sign.
  case int64
  /// Whole numbers of eight bytes.
  case uint64
  /// IEEE 754, single precision.
  case float32
  /// IEEE 754, double precision.
  case float64

  /// Bytes of a value.
  package var size: Int {
    switch self {
    case .uint8, .int8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}
