package import Effects
package import Store

extension ObjectIntake {
  /// Takes the next bytes.
  package mutating func append(_ bytes: [UInt8]) throws(FileError) {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(FileError) in try append(bytes) } }
    try result.get()
  }
}
