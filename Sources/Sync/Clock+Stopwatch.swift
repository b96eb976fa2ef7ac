extension Clock where Duration == Swift.Duration {
  /// Tells the time since now.
  func stopwatch() -> @Sendable () -> Swift.Duration {
    let start = now
    return { start.duration(to: self.now) }
  }
}
