/// A picture that goes into the page as it is; a transparent ground suits light and dark.
package struct ReportedPicture: Sendable {
  /// The file's bytes.
  package var png: [UInt8]
  /// In pixels.
  package var width: Int
  /// In pixels.
  package var height: Int
  /// What it shows, for who does not see it.
  package var alternative: String
  /// What stands below each panel: rows from top to bottom, in each from left to right panels of the same width.
  package var panels: [[String]]
  /// What a reader must know of how it was drawn: `drawn on a sphere, as no mesh of civet/41k is locked`.
  package var note: String?

  /// A picture with its size in pixels.
  package init(
    png: [UInt8], width: Int, height: Int, alternative: String, panels: [[String]] = [], note: String? = nil
  ) {
    self.png = png
    self.width = width
    self.height = height
    self.alternative = alternative
    self.panels = panels
    self.note = note
  }
}
