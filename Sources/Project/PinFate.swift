/// What became of an earlier pin of a map or an atlas.
enum PinFate {
  /// The catalog says the same.
  case same
  /// It stays, although the catalog says otherwise now.
  case other
  /// It stays, although the catalog has nothing of that name now.
  case departed
  /// There was none, or the catalog knows more of it now, or another place for it: that is taken.
  case moved
  /// Some of it stays, although the catalog says otherwise now; the rest is taken from the catalog.
  case mixed

  /// - Parameters:
  ///   - isOtherwise: whether something stays that the catalog has otherwise now.
  ///   - isTaken: whether something is taken from the catalog as it is now.
  init(isOtherwise: Bool, isTaken: Bool) {
    switch (isOtherwise, isTaken) {
    case (false, false): self = .same
    case (true, false): self = .other
    case (false, true): self = .moved
    case (true, true): self = .mixed
    }
  }

  /// Whether the catalog as it is now says what is locked.
  var isPresent: Bool {
    switch self {
    case .same, .moved: true
    case .other, .departed, .mixed: false
    }
  }

  /// Whether something of it is from the catalog as it is now.
  var isTaken: Bool {
    switch self {
    case .moved, .mixed: true
    case .same, .other, .departed: false
    }
  }
}
