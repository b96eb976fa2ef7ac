internal import Effects

extension World {
  /// The real world, or why there is none.
  static func realOrFailure() throws(NeuromapsFailure) -> World {
    do throws(FileError) { return try .real() } catch { throw NeuromapsFailure(error) }
  }

  /// Does something in the real world, and closes the connections that were opened for it.
  static func whileOpen<Result: Sendable>(
    _ body: (World) async throws(NeuromapsFailure) -> Result
  ) async throws(NeuromapsFailure) -> Result {
    let world = try realOrFailure()
    let result: Swift.Result<Result, NeuromapsFailure>
    do throws(NeuromapsFailure) { result = .success(try await body(world)) } catch { result = .failure(error) }
    await world.transport.shutdown()
    return try result.get()
  }
}
