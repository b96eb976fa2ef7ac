internal import ArgumentParser
private import CSchemas

/// The JSON Schema of a kind of file: draft 2020-12, as kept in Sources/CSchemas.
///
/// It refuses nothing that the reader of such files takes. Tests/Interop/schemas.py checks that.
enum FileSchema: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// Of neuromaps.yaml.
  case manifest
  /// Of neuromaps.lock.
  case lock
  /// Of a catalog.
  case catalog

  /// The schema, with a newline at its end.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  private var bytes: UnsafeBufferPointer<UInt8> {
    var count = 0
    let start: UnsafePointer<UInt8>? =
      switch self {
      case .manifest: neuromaps_manifest_schema(&count)
      case .lock: neuromaps_lock_schema(&count)
      case .catalog: neuromaps_catalog_schema(&count)
      }
    return UnsafeBufferPointer(start: start, count: count)
  }
}
