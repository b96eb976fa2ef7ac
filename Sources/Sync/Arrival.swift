package import Dataset
package import Store

/// Bytes that have come and are the wanted ones; not in the store yet.
package struct Arrival: Sendable {
  /// What holds them.
  package let intake: ObjectIntake
  /// All that is known of them.
  package let checksums: Checksums
}

/// What a download came to.
package enum Supply: Sendable {
  /// The bytes have come.
  case arrived(Arrival)
  /// Somebody else has brought them into the store in the meantime.
  case stored(StoredObject)
}
