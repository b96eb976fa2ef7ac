private import MarkedText

/// What a disk has of the changes that were not flushed when the power failed.
package enum Survival: Hashable, Sendable {
  /// The folders that were made; of files only what was flushed, name and bytes.
  case foldersAndFlushed
  /// All names, with the bytes that were flushed: a file that was renamed too early is empty.
  case namesAndFlushedBytes
  /// Everything: the program was killed and the machine went on.
  case everything
  /// Each change by the toss of a coin, of bytes any part from the front.
  case chance(UInt64)

  /// What sweeps are run with.
  package static let all: [Survival] = [.foldersAndFlushed, .namesAndFlushedBytes, .everything, .chance(1)]

  func bytes(now: [UInt8], flushed: [UInt8], _ coin: inout Coin) -> [UInt8] {
    switch self {
    case .foldersAndFlushed, .namesAndFlushedBytes: flushed
    case .everything: now
    case .chance: now == flushed || coin.isHeads ? flushed : Array(now.prefix(coin.number(upTo: now.count)))
    }
  }

  func names(
    now: [String: FakeTree.ID], flushed: [String: FakeTree.ID], _ coin: inout Coin,
    isFolder: (FakeTree.ID) -> Bool
  ) -> [String: FakeTree.ID] {
    switch self {
    case .foldersAndFlushed: return flushed.merging(now.filter { isFolder($0.value) }) { kept, _ in kept }
    case .namesAndFlushedBytes, .everything: return now
    case .chance:
      var names: [String: FakeTree.ID] = [:]
      for name in Set(now.keys).union(flushed.keys).sorted() {
        names[name] = now[name] == flushed[name] || coin.isHeads ? now[name] : flushed[name]
      }
      return names
    }
  }
}

/// Decides by a seed.
struct Coin: Sendable {
  private var generator: SeededGenerator

  init(_ survival: Survival) {
    if case .chance(let seed) = survival { generator = SeededGenerator(seed: seed) } else { generator = .init(seed: 0) }
  }

  var isHeads: Bool { mutating get { Bool.random(using: &generator) } }

  mutating func number(upTo most: Int) -> Int { Int.random(in: 0...most, using: &generator) }
}
