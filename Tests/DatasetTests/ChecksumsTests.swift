import Dataset
import Testing

@Suite("What is known of a file's bytes")
struct ChecksumsTests {
  /// Size, MD5 and SHA-256 by one character each: `-` unknown, and two different values.
  private static func sums(_ text: String) -> Checksums? {
    let marks = Array(text)
    return Checksums(
      size: marks[0] == "-" ? nil : marks[0] == "a" ? 1 : 2,
      md5: marks[1] == "-" ? nil : MD5Digest(String(repeating: String(marks[1]), count: 32)),
      sha256: marks[2] == "-" ? nil : SHA256Digest(String(repeating: String(marks[2]), count: 64)))
  }

  private static let all = ["-", "a", "b"].flatMap { size in
    ["-", "a", "b"].flatMap { md5 in ["-", "a", "b"].map { size + md5 + $0 } }
  }

  @Test("a size alone binds nothing", arguments: ["---", "a--"])
  func nothing(_ text: String) {
    #expect(Self.sums(text) == nil)
  }

  @Test(
    "two descriptions can be of one file",
    arguments: [
      ("-a-", "-a-"), ("--a", "--a"), ("aaa", "aaa"), ("aaa", "-a-"), ("aaa", "--a"), ("-aa", "a-a"), ("aa-", "-aa"),
      ("--a", "-aa"),
    ])
  func agree(_ a: String, _ b: String) throws {
    let (a, b) = (try #require(Self.sums(a)), try #require(Self.sums(b)))
    #expect(a.agrees(with: b))
    #expect(b.agrees(with: a))
  }

  @Test(
    "two descriptions cannot be of one file, or nobody knows",
    arguments: [
      ("-a-", "-b-"), ("--a", "--b"), ("-a-", "--a"), ("aa-", "a-a"), ("aaa", "baa"), ("-aa", "-ab"), ("-aa", "-ba"),
      ("aa-", "ba-"), ("a-a", "b-a"),
    ])
  func differ(_ a: String, _ b: String) throws {
    let (a, b) = (try #require(Self.sums(a)), try #require(Self.sums(b)))
    #expect(!a.agrees(with: b))
    #expect(!b.agrees(with: a))
  }

  @Test("of all pairs, those agree that share a digest and contradict each other nowhere")
  func everyPair() {
    for x in Self.all {
      for y in Self.all {
        guard let a = Self.sums(x), let b = Self.sums(y) else { continue }
        let pairs = zip(x, y).map { (isKnown: $0 != "-" && $1 != "-", isSame: $0 == $1) }
        let contradicts = pairs.contains { $0.isKnown && !$0.isSame }
        let shares = pairs.dropFirst().contains { $0.isKnown && $0.isSame }
        #expect(a.agrees(with: b) == (shares && !contradicts), "\(x) \(y)")
      }
    }
  }

  @Test("what only the other knows is taken over, and nothing else")
  func completed() {
    for x in Self.all {
      for y in Self.all {
        guard let a = Self.sums(x), let b = Self.sums(y) else { continue }
        let both = String(zip(x, y).map { $0 == "-" ? $1 : $0 })
        #expect(a.completed(by: b) == Self.sums(both), "\(x) \(y)")
      }
    }
  }

  @Test(
    "size and SHA-256 are all that a lock needs",
    arguments: [("a-a", true), ("aaa", true), ("-aa", false), ("aa-", false)])
  func complete(_ text: String, isComplete: Bool) {
    #expect(Self.sums(text)?.isComplete == isComplete)
  }

  @Test("a sentence names the strongest digest and the size")
  func description() {
    let (md5, sha256) = (String(repeating: "a", count: 32), String(repeating: "a", count: 64))
    #expect(Self.sums("aaa")?.description == "sha256:\(sha256), 1 bytes")
    #expect(Self.sums("-a-")?.description == "md5:\(md5)")
  }
}
