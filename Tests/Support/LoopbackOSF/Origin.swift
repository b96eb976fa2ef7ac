/// The two origins of the server, each on a port of its own.
public enum Origin: String, Sendable, Hashable {
  /// What files.osf.io is: ids, metadata, redirects; and the static folder.
  case front

  /// What storage.googleapis.com is: the bytes, for whoever holds a signature.
  case storage
}
