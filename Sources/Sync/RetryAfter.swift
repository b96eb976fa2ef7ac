internal import Effects

/// How long a server asks to be left alone: the field `Retry-After` (RFC 9110, 10.2.3), in seconds or as a date.
enum RetryAfter {
  /// Nil without the field, and for one that says nothing. A date counts from the server's own `Date`, as the
  /// clocks here and there need not agree.
  static func wait(_ response: TransportResponse) -> Duration? {
    guard let text = response.headers["retry-after"] else { return nil }
    if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      // A number beyond all measure is a long time.
      return text.isEmpty ? nil : .seconds(Int64(text).map { min($0, 1 << 40) } ?? 1 << 40)
    }
    guard let then = seconds(text), let now = response.headers["date"].flatMap(seconds) else { return nil }
    return .seconds(max(0, then - now))
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// Seconds since 1970 of a date in any of HTTP's three forms:
  /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
  static func seconds(_ date: String) -> Int64? {
    let words = date.lowercased().split { $0 == " " || $0 == "," || $0 == "-" }.dropFirst().map(String.init)
    guard words.count >= 4 else { return nil }
    let isOldest = months.contains(words[0])
    let (day, month, time, year) =
      isOldest ? (words[1], words[0], words[2], words[3]) : (words[0], words[1], words[3], words[2])
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) ?? -1 }
    guard let day = Int64(day), (1...31).contains(day), let month = months.firstIndex(of: month),
      var year = Int64(year), (0...9999).contains(year), clock.count == 3,
      (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    if year < 100 { year += year < 70 ? 2000 : 1900 }
    return days(year, Int64(month) + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// Days from 1970 to a day of the Gregorian calendar; years begin with March, so that the leap day is last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
