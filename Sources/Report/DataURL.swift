/// Something that is in the page itself, so that nothing has to be fetched.
struct DataURL {
  /// What the bytes are.
  enum MediaType: String {
    case png = "image/png"
    case text = "text/plain;charset=utf-8"
    case bibtex = "application/x-bibtex;charset=utf-8"
    case csl = "application/vnd.citationstyles.csl+json;charset=utf-8"
  }

  let type: MediaType
  let bytes: [UInt8]

  /// Adds the address to `output`; no character of it has a meaning in HTML.
  func append(to output: inout [UInt8]) {
    output += "data:\(type.rawValue);base64,".utf8
    Base64.append(bytes, to: &output)
  }
}
