/// The head of an answer, and its body piece by piece.
package struct TransportResponse: Sendable {
  /// The status code.
  package let status: Int
  /// Header fields by lower-case name; of repeated ones the last.
  package let headers: [String: String]
  /// The body in order; what it throws are errors of the network.
  package let pieces: any AsyncSequence<BodyPiece, any Error> & Sendable

  /// A response.
  package init(
    status: Int, headers: [String: String], pieces: any AsyncSequence<BodyPiece, any Error> & Sendable
  ) {
    self.status = status
    self.headers = headers
    self.pieces = pieces
  }
}
