extension FakeDisk {
  /// What is left of this disk when something happens at each step of some work, one after the other; every state
  /// once.
  ///
  /// - Parameters:
  ///   - steps: how many the work takes.
  ///   - survival: what the disk has afterwards.
  ///   - trouble: makes it happen after so many steps; the power fails unless said otherwise.
  ///   - work: what is done on a copy of this disk.
  ///   - look: is given that copy, restarted, and after how many steps it happened.
  package func sweep(
    _ steps: Int, _ survival: Survival, trouble: (FakeDisk, Int) -> Void = { $0.losePower(afterSteps: $1) },
    work: (FakeDisk) async throws -> Void, look: (FakeDisk, Int) async throws -> Void
  ) async rethrows {
    var seen: Set<[String: [UInt8]]> = []
    for step in 0...steps {
      let disk = FakeDisk(copying: self)
      trouble(disk, step)
      try await work(disk)
      disk.restart(survival)
      guard seen.insert(disk.everything()).inserted else { continue }
      try await look(disk, step)
    }
  }
}
