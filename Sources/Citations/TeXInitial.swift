/// The first letter of a name as classic BibTeX can cut it off.
///
/// Styles that abbreviate take the first byte of a name, which is half of a letter like `Š` in UTF-8, and LaTeX
/// stops at that. BibTeX knows `{\v{S}}` for one letter, and biber reads it as `Š`.
enum TeXInitial {
  private static let accents: [(command: String, letters: String, bases: String)] = [
    ("'", "ÁÉÍÓÚÝĆĹŃŔŚŹ", "AEIOUYCLNRSZ"), ("`", "ÀÈÌÒÙ", "AEIOU"), ("^", "ÂÊÎÔÛĈĜĤĴŜŴŶ", "AEIOUCGHJSWY"),
    ("\"", "ÄËÏÖÜŸ", "AEIOUY"), ("~", "ÃÑÕĨŨ", "ANOIU"), ("v", "ČĎĚĽŇŘŠŤŽ", "CDELNRSTZ"), ("c", "ÇĢĶĻŅŖŞŢ", "CGKLNRST"),
    (".", "ĊĖĠİŻ", "CEGIZ"), ("=", "ĀĒĪŌŪ", "AEIOU"), ("u", "ĂĞŬ", "AGU"), ("H", "ŐŰ", "OU"), ("r", "Ů", "U"),
    ("k", "ĄĘĮŲ", "AEIU"),
  ]
  private static let whole: [Character: String] = [
    "Å": "\\AA", "Æ": "\\AE", "Ø": "\\O", "Ł": "\\L", "Œ": "\\OE", "Đ": "\\DJ", "Þ": "\\TH",
  ]
  private static let table: [Character: String] = accents.reduce(into: whole) { table, accent in
    for (letter, base) in zip(accent.letters, accent.bases) { table[letter] = "\\\(accent.command){\(base)}" }
  }

  /// The name with the first letter of each of its words in braces where need be; letters without a
  /// command stay.
  static func marked(_ name: String) -> String {
    var isFirst = true
    return name.map { letter in
      defer { isFirst = letter == " " || letter == "-" || letter == "{" }
      return isFirst ? table[letter].map { "{\($0)}" } ?? String(letter) : String(letter)
    }.joined()
  }
}
