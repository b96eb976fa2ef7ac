/// A GIfTI file for tests, right unless something in it is set wrong.
package struct SampleGIfTI {
  /// What stands before the root.
  package var head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE GIFTI SYSTEM "http://www.nitrc.org/frs/download.php/115/gifti.dtd">

    """
  /// The version that the root says; nil for a root that says none.
  package var version: String? = "1.0"
  /// How many data arrays are announced; as many as there are, if nil.
  package var announced: String?
  /// Metadata of the whole file.
  package var metadata: [(String, String)] = []
  /// What stands between the metadata and the data arrays.
  package var middle = "<LabelTable><Label Key=\"0\" Red=\"1\" Alpha=\"0\"><![CDATA[???]]></Label></LabelTable>\n"
  /// The data arrays.
  package var arrays: [SampleDataArray]

  /// A file of these data arrays.
  ///
  /// - Parameters:
  ///   - arrays: the data arrays.
  ///   - structure: what AnatomicalStructurePrimary says; nil leaves it out.
  package init(_ arrays: [SampleDataArray], structure: String? = nil) {
    self.arrays = arrays
    if let structure { metadata = [("AnatomicalStructurePrimary", structure)] }
  }

  /// A map of these values.
  ///
  /// - Parameters:
  ///   - values: one a vertex.
  ///   - structure: what AnatomicalStructurePrimary says; nil leaves it out.
  package static func map(_ values: [Double], structure: String? = nil) -> SampleGIfTI {
    SampleGIfTI([SampleDataArray(values)], structure: structure)
  }

  /// The file as text.
  package var text: String {
    let version = version.map { " Version=\"\($0)\"" } ?? ""
    return head + "<GIFTI\(version) NumberOfDataArrays=\"\(announced ?? "\(arrays.count)")\">\n"
      + Self.metadata(metadata) + middle + arrays.map(\.text).joined() + "</GIFTI>\n"
  }

  /// The file.
  package var bytes: [UInt8] { Array(text.utf8) }

  /// Metadata as an element.
  static func metadata(_ pairs: [(String, String)]) -> String {
    let elements = pairs.map { "<MD><Name><![CDATA[\($0)]]></Name>\n<Value><![CDATA[\($1)]]></Value></MD>\n" }
    return "<MetaData>\n\(elements.joined())</MetaData>\n"
  }
}
