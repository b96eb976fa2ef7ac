extension Unicode.Scalar {
  /// Whether it could steer a terminal, or turn the direction in which it writes.
  package var steersTerminal: Bool {
    switch value {
    case 0..<0x20, 0x7f...0x9f, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
