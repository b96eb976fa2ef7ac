import CSystemCallSpy
import SystemPackage

/// The system calls that a piece of code makes, watched and made to fail on its own thread.
final class SystemCalls {
  /// One call: its name, and the last part of the path that it is about.
  struct Call: Hashable, CustomStringConvertible {
    let name: String
    let path: FilePath

    var description: String { "\(name) \(path.lastComponent?.string ?? "/")" }
  }

  /// Whether calls can be watched here.
  static var canBeWatched: Bool { nm_can_watch_system_calls() != 0 }

  private var calls: [Call] = []
  private let answer: (Int, Call) -> Errno?

  private init(_ answer: @escaping (Int, Call) -> Errno?) { self.answer = answer }

  /// Does `body`, asking `answer` before each watched call, which may refuse it; the calls made.
  static func watch(
    _ answer: @escaping (_ number: Int, _ call: Call) -> Errno? = { _, _ in nil }, during body: () throws -> Void
  ) rethrows -> [Call] {
    let spy = SystemCalls(answer)
    nm_watch_system_calls(
      { context, name, path in
        guard let context, let name, let path else { return 0 }
        let spy = Unmanaged<SystemCalls>.fromOpaque(context).takeUnretainedValue()
        let call = Call(name: String(cString: name), path: FilePath(String(cString: path)))
        defer { spy.calls.append(call) }
        return spy.answer(spy.calls.count, call)?.rawValue ?? 0
      }, Unmanaged.passUnretained(spy).toOpaque())
    defer { nm_watch_system_calls(nil, nil) }
    try body()
    return withExtendedLifetime(spy) { spy.calls }
  }
}
