import Dataset
import MarkedText
import Project
import Testing

@Suite("The contents of a lock")
struct LockfileTests {
  @Test("files take over what was learned of their bytes, if it agrees and is theirs")
  func completed() throws {
    let lock = try Desk.readLock(try LockFixture.lab.text())
    let right = try #require(Checksums(size: 5, md5: MD5Digest(digest("b", 32)), sha256: SHA256Digest(digest("c", 64))))
    let wrong = try #require(Checksums(size: 5, md5: MD5Digest(digest("c", 32)), sha256: SHA256Digest(digest("c", 64))))
    let path = lock.files[2].path
    let other = try #require(DatasetPath("other"))
    let completed = lock.completed(with: [path: right])
    #expect(completed.files[2].checksums == right)
    #expect(completed.files[0] == lock.files[0] && completed.files[1] == lock.files[1])
    #expect(completed.maps == lock.maps && completed.catalogs == lock.catalogs)
    #expect(lock.completed(with: [path: wrong]) == lock)
    #expect(lock.completed(with: [:]) == lock)
    #expect(lock.completed(with: [other: right]) == lock)
    #expect(try Desk.readLock(Desk.print(completed)) == completed)
  }

  @Test("a completed lock answers the same manifest")
  func answers() throws {
    let lock = try Desk.lock("abagen/genepc1/fsaverage/10k")
    let manifest = try Desk.manifest("version: 1\nannotations: [[abagen, genepc1, fsaverage, 10k]]\n")
    #expect(lock.answers(manifest))
    #expect(try !lock.answers(Desk.manifest("version: 1\n")))
  }
}
