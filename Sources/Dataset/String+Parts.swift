extension String {
  /// What stands between its slashes, empty parts too.
  ///
  /// Counted by bytes: to Swift a slash with a combining mark behind it is another sign; to a filesystem it is not.
  package var slashParts: [String] {
    utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
  }

  /// Whether a slash stands in it.
  package var hasSlash: Bool { utf8.contains(UInt8(ascii: "/")) }
}
