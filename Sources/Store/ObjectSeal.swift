package import Dataset
internal import Effects
internal import SystemPackage

/// A mark on an object of the store that any writing to it breaks: its time of last change.
///
/// An object is given a time that follows from its name when its bytes have been hashed. As long as it has that
/// time, nobody has written to it, through whatever name or link, and it need not be hashed to be used. (Bits that
/// rot on the disk break no seal; `cache verify` and `verify` find those.) The times are even seconds, which every
/// filesystem can keep, between 2001 and 2018.
package enum ObjectSeal {
  /// The time of last change of a sealed object, in nanoseconds since 1970.
  package static func time(of digest: SHA256Digest) -> Int64 {
    (1_000_000_000 + Int64(digest.prefix >> 36) * 2) * 1_000_000_000
  }

  /// Whether a file has the seal of an object.
  static func isOn(_ status: FileStatus, of digest: SHA256Digest) -> Bool { status.modified == time(of: digest) }

  /// Says of an object that it was hashed just now and is what its name says. It only saves time, so one that is
  /// somebody else's does without.
  static func renew(on path: FilePath, of digest: SHA256Digest, _ files: any FileSystem) {
    do throws(FileError) { try files.setModified(time(of: digest), of: path) } catch {
      // It is hashed again the next time.
    }
  }

  /// Whether a file is still the sealed one it was. Its time of any change may be another, as it moves with each
  /// name that the file is given or loses.
  static func isUnbroken(on now: FileStatus, before: FileStatus, of digest: SHA256Digest) -> Bool {
    isOn(now, of: digest) && now.hasContent(of: before)
  }
}
