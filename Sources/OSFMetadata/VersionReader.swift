package import Dataset

#if canImport(FoundationEssentials)
  private import FoundationEssentials
#else
  private import Foundation
#endif

/// Reads what OSF's file servers (WaterButler) say of a file, in JSON.
///
/// Of `?meta=` (the newest version) these members are looked at:
/// ```
/// {"data": {"attributes": {"size": 159, "extra": {"version": 2, "hashes": {"md5": "…", "sha256": "…"}}}}}
/// ```
/// and of `?versions=` (all of them, newest first, in `data`):
/// ```
/// {"data": [{"attributes": {"version": "2", "extra": {"hashes": {"md5": "…", "sha256": "…"}}}}]}
/// ```
/// Numbers may be written as texts, digests may lack, and any other members may be there.
package enum VersionReader {
  /// An answer longer than this is none.
  package static let byteLimit = 4 << 20

  /// The newest version; nil from anything that does not tell it.
  package static func newest(_ json: [UInt8]) -> OSFVersion? {
    (decoded(json) as Answer<Item>?)?.data.attributes.version
  }

  /// All versions that have a digest; nil from anything that is no list of versions.
  package static func all(_ json: [UInt8]) -> [OSFVersion]? {
    (decoded(json) as Answer<[Item]>?)?.data.compactMap(\.attributes.version)
  }

  private static func decoded<Value: Decodable>(_ json: [UInt8]) -> Value? {
    guard json.count <= byteLimit else { return nil }
    do { return try JSONDecoder().decode(Value.self, from: Data(json)) } catch {
      // Why it is no answer of OSF helps nobody.
      return nil
    }
  }
}

private struct Answer<Content: Decodable>: Decodable {
  let data: Content
}

private struct Item: Decodable {
  let attributes: Attributes
}

private struct Attributes: Decodable {
  let number: WholeNumber?
  let size: WholeNumber?
  let extra: Extra

  enum CodingKeys: String, CodingKey {
    case number = "version"
    case size, extra
  }

  var version: OSFVersion? {
    guard let number = number ?? extra.number, let number = Int(exactly: number.value) else { return nil }
    let checksums = Checksums(
      size: size?.value, md5: extra.hashes.md5.flatMap { MD5Digest($0.lowercased()) },
      sha256: extra.hashes.sha256.flatMap { SHA256Digest($0.lowercased()) })
    return checksums.flatMap { OSFVersion(number: number, checksums: $0) }
  }
}

private struct Extra: Decodable {
  let number: WholeNumber?
  let hashes: Hashes

  enum CodingKeys: String, CodingKey {
    case number = "version"
    case hashes
  }
}

private struct Hashes: Decodable {
  let md5: String?
  let sha256: String?
}

/// A number from 0 on, or its digits as a text.
private struct WholeNumber: Decodable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number: Int64?
    do { number = try container.decode(Int64.self) } catch { number = Int64(try container.decode(String.self)) }
    guard let number, number >= 0 else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number from 0 on")
    }
    value = number
  }
}
