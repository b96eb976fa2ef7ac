internal import Foundation
internal import ReaderChecks

/// The reader that this process fuzzes, named by `NEUROMAPS_FUZZ_READER`.
private let reader: CheckedReader = {
  let name = ProcessInfo.processInfo.environment["NEUROMAPS_FUZZ_READER"] ?? ""
  guard let reader = CheckedReader(rawValue: name) else {
    let names = CheckedReader.allCases.map(\.rawValue).joined(separator: ", ")
    preconditionFailure("NEUROMAPS_FUZZ_READER takes one of \(names), not `\(name)`")
  }
  return reader
}()

/// What libFuzzer calls with each input: ends the process if the reader breaks a promise.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzedInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let reading = reader.read(Array(UnsafeBufferPointer(start: start, count: count)))
  guard reading.violations.isEmpty else { preconditionFailure(reading.violations.joined(separator: "\n")) }
  return 0
}
