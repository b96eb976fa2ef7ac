import MarkedText
import ReaderChecks
import Testing

@Suite("Readers keep their promises, whatever they read")
struct CorpusTests {
  @Test("every input that is kept", arguments: CheckedReader.allCases)
  func replay(_ reader: CheckedReader) throws {
    for file in try KeptCorpus.files(of: reader) {
      #expect(reader.read(try file.bytes()).violations == [], "\(file)")
    }
  }

  @Test("what is kept is read or refused, a few of each at least, and small", arguments: CheckedReader.allCases)
  func variety(_ reader: CheckedReader) throws {
    let inputs = try KeptCorpus.files(of: reader).map { try $0.bytes() }
    let accepted = inputs.count { reader.read($0).isAccepted }
    #expect(accepted >= 5)
    #expect(inputs.count - accepted >= 5)
    #expect(inputs.allSatisfy { $0.count <= 8 << 10 })
  }

  @Test("5,000 inputs that are made from those", arguments: CheckedReader.allCases)
  func mutations(_ reader: CheckedReader) throws {
    let inputs = try KeptCorpus.files(of: reader).map { try $0.bytes() }
    var mutator = ByteMutator(seed: 11, words: try KeptCorpus.words(of: reader), others: inputs)
    var accepted = 0
    for _ in 0..<5000 {
      let bytes = mutator.next()
      let reading = reader.read(bytes)
      accepted += reading.isAccepted ? 1 : 0
      #expect(reading.violations == [], "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    // Of what nobody accepts little would be seen.
    #expect(accepted >= 10)
  }
}
