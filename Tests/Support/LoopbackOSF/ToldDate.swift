import Synchronization

/// The `Date` of all answers. Anyone may call at once.
final class ToldDate: Sendable {
  private let date = Mutex<String?>(nil)

  /// The header's value; nil for no header.
  var value: String? {
    get { date.withLock { $0 } }
    set { date.withLock { $0 = newValue } }
  }
}
