/// Everything outside of the program, in one value: what tests replace.
package struct World: Sendable {
  /// Files.
  package var files: any FileSystem
  /// The network.
  package var transport: any Transport
  /// Time to wait by.
  package var clock: any Clock<Duration>
  /// Settings that came with the process.
  package var environment: Environment
  /// Other programs.
  package var programs: any Programs

  /// A world made of these parts.
  ///
  /// - Parameter programs: nil for those that the environment's PATH leads to.
  package init(
    files: any FileSystem, transport: any Transport, clock: any Clock<Duration>, environment: Environment,
    programs: (any Programs)? = nil
  ) {
    self.files = files
    self.transport = transport
    self.clock = clock
    self.environment = environment
    self.programs = programs ?? MachinePrograms(environment)
  }

  /// The real one; an error when the process has no current folder any more.
  package static func real() throws(FileError) -> World {
    Disk.raiseDescriptorLimit()
    let environment = try Environment.ofProcess()
    return World(
      files: Disk(), transport: WebTransport(environment), clock: ContinuousClock(), environment: environment)
  }
}
