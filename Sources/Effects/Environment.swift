package import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The process's variables and current folder, as they were when it started.
package struct Environment: Sendable {
  /// By name; an empty value counts as unset.
  private let variables: [String: String]
  /// Absolute.
  package let currentFolder: FilePath

  /// Which process this is, as others who wait for it would say.
  package let process: String

  /// An environment.
  package init(
    _ variables: [String: String], currentFolder: FilePath, process: String = "another neuromaps"
  ) {
    self.variables = variables
    self.currentFolder = currentFolder
    self.process = process
  }

  /// One that says nothing.
  package static let empty = Environment([:], currentFolder: "/")

  /// The value of a variable; nil when it is unset or empty.
  package subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Every variable as `NAME=value`, sorted: the environment of another program.
  ///
  /// - Parameter changes: variables that it gets beside these or in their place; nil for those that it must not get.
  func lines(changing changes: [String: String?]) -> [String] {
    var all = variables
    for (name, value) in changes { all[name] = value }
    return all.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// The user's folder; nil when nothing says where it is.
  package var home: FilePath? { self["HOME"].map { FilePath($0) } }

  /// A path as the user wrote it, made absolute; `~/` is the user's folder.
  ///
  /// Nil when nothing says where that is, and for `~name`, which only a shell knows.
  package func absolute(_ path: String) -> FilePath? {
    guard !path.hasPrefix("~") else {
      guard path == "~" || path.hasPrefix("~/") else { return nil }
      return home?.pushing(FilePath(String(path.dropFirst().drop { $0 == "/" }))).lexicallyNormalized()
    }
    return currentFolder.pushing(FilePath(path)).lexicallyNormalized()
  }

  /// That of this process; an error when its folder is gone or cannot be told.
  package static func ofProcess() throws(FileError) -> Environment {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    if variables["HOME"]?.isEmpty ?? true, let user = getpwuid(getuid()), let folder = user.pointee.pw_dir {
      variables["HOME"] = String(cString: folder)
    }
    guard let name = getcwd(nil, 0) else { throw FileError(.look, ".", Errno(rawValue: errno)) }
    defer { free(name) }
    let folder = String(cString: name)
    return Environment(
      variables, currentFolder: FilePath(folder), process: "process \(getpid()) on \(hostName())")
  }
}

private func hostName() -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
    guard let start = buffer.baseAddress, gethostname(start, buffer.count) == 0 else { return "this machine" }
    start[buffer.count - 1] = 0
    return String(cString: start)
  }
}
