internal import Citations
package import Dataset

extension Origin {
  /// Where anybody can ask for it; nil for what is a file on somebody's disk.
  ///
  /// A file on OSF has the address that it is downloaded from, with the version that is pinned.
  package var publicAddress: String? {
    switch self {
    case .osf(let osf):
      "https://files.osf.io/v1/resources/\(osf.project)/providers/osfstorage/\(osf.file)"
        + (osf.version.map { "?version=\($0)" } ?? "")
    case .url(let text): text.hasPrefix("https://") || text.hasPrefix("http://") ? addressable(text) : nil
    case .relative: nil
    }
  }

  /// The address of what it is part of: a project on OSF, or the folder of an address.
  var datasetAddress: String? {
    if case .osf(let osf) = self { return "https://osf.io/\(osf.project)/" }
    guard let address = publicAddress?.prefix(while: { $0 != "?" && $0 != "#" }) else { return nil }
    let parts = address.split(separator: "/", omittingEmptySubsequences: false)
    // Of `https://host/folder/file` the first three are scheme, nothing and host.
    return parts.prefix(max(3, parts.count - 1)).joined(separator: "/") + "/"
  }
}
