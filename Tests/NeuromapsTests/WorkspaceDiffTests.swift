import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("Comparing locks of files and of git")
struct WorkspaceDiffTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"

  /// The texts of three locks: of one map, of two, and of two of which the second has other bytes.
  private struct Locks {
    let one: String
    let two: String
    let three: String

    init() async throws {
      let lab = try Lab.complete()
      try lab.write(Lab.manifest("- \(WorkspaceDiffTests.alpha)"))
      try await lab.makeLock()
      one = try #require(try lab.text("neuromaps.lock"))
      try lab.write(Lab.manifest("- \(WorkspaceDiffTests.alpha)", "- \(WorkspaceDiffTests.beta)"))
      try await lab.makeLock()
      two = try #require(try lab.text("neuromaps.lock"))
      var other = Lab.beta
      other.bytes.reverse()
      try lab.write(Lab.catalog([Lab.left, Lab.right, other], revision: "2"), at: "catalog.yaml")
      try await lab.makeLock(upgradesAll: true)
      three = try #require(try lab.text("neuromaps.lock"))
    }
  }

  /// A repository with three commits, tagged one, two and three.
  private func withHistory(
    project: String = "", _ body: (GitProject, Locks) async throws -> Void
  ) async throws {
    let locks = try await Locks()
    try await TemporaryFolder.with { folder in
      let repository = try await GitProject(folder.appending("repository"), project: project)
      try await repository.commit(locks.one, tag: "one")
      try await repository.commit(locks.two, tag: "two")
      try await repository.commit(locks.three, tag: "three")
      try await body(repository, locks)
    }
  }

  private func signs(_ result: DiffResult) -> [String] {
    let difference = result.difference
    return difference.added.map { "+ \($0)" } + difference.removed.map { "- \($0)" }
      + difference.changed.map { "~ \($0)" }
  }

  private func isUnavailable(_ failure: NeuromapsFailure?) -> Bool {
    failure?.reason == .couldNot && failure?.diagnostics.map(\.code) == [.revisionUnavailable]
  }

  // MARK: What is compared

  @Test("without arguments it is the last commit and the lock on disk")
  func last() async throws {
    try await withHistory { repository, locks in
      #expect(try await !repository.workspace().diff().difference.hasNews)
      try repository.write(locks.one)
      let result = try await repository.workspace().diff()
      #expect(signs(result) == ["- \(Self.beta)"])
      #expect(result.older == "HEAD")
      #expect(result.newer == "neuromaps.lock")
      #expect(result.warnings.isEmpty)
    }
  }

  @Test("one name is compared with the lock on disk, two with each other")
  func names() async throws {
    try await withHistory { repository, _ in
      try await repository.run("branch", "some/branch", "two")
      try await repository.run("tag", "-a", "-m", "a tag of its own", "annotated", "one")
      let workspace = try repository.workspace()
      for revision in ["one", "HEAD~2", "annotated", "main~2"] {
        let result = try await workspace.diff(from: revision)
        #expect(signs(result) == ["+ \(Self.beta)"], "\(revision)")
        #expect(result.older == revision)
      }
      #expect(signs(try await workspace.diff(from: "some/branch")) == ["~ \(Self.beta)"])
      #expect(signs(try await workspace.diff(from: "two", to: "one")) == ["- \(Self.beta)"])
      #expect(try await !workspace.diff(from: "three", to: "main").difference.hasNews)
      #expect(try await !workspace.diff(from: ":/a state").difference.hasNews)
      #expect(try await workspace.diff(from: "two", to: "three").difference.catalogs.count == 1)
    }
  }

  @Test("a file is taken as one, wherever the user is, and goes before a revision of its name")
  func files() async throws {
    try await withHistory { repository, locks in
      try repository.write(locks.two, at: "one")
      let folder = repository.folder.appending("below")
      try Disk().createFolder(folder)
      try repository.write(locks.one, at: "below/old.lock")
      let workspace = try repository.workspace()
      #expect(signs(try await workspace.diff(from: "one")) == ["~ \(Self.beta)"])
      #expect(signs(try await workspace.diff(from: "refs/tags/one")) == ["+ \(Self.beta)"])
      #expect(signs(try await workspace.diff(from: "below/old.lock", to: "two")) == ["+ \(Self.beta)"])
      let result = try await repository.workspace(at: folder).diff(from: "old.lock", to: "../one")
      #expect(signs(result) == ["+ \(Self.beta)"])
      #expect(result.older == "old.lock")
      // A folder of that name is no file.
      #expect(isUnavailable(try await failure { _ = try await workspace.diff(from: "below") }))
    }
  }

  @Test("two files need neither git nor a project")
  func withoutProject() async throws {
    let locks = try await Locks()
    let lab = try Lab()
    try lab.write(locks.one, at: "a.lock")
    try lab.write(locks.two, at: "b.lock")
    let workspace = try lab.workspace()
    #expect(workspace.project == nil)
    #expect(signs(try await workspace.diff(from: "a.lock", to: "b.lock")) == ["+ \(Self.beta)"])
    #expect(isUnavailable(try await failure { _ = try await workspace.diff(from: "a.lock", to: "c.lock") }))
    let failure = try await failure { _ = try await workspace.diff(from: "a.lock") }
    #expect(failure?.diagnostics.map(\.code) == [.noManifest])
  }

  @Test("a project below the top of its repository is found there, wherever the user is")
  func below() async throws {
    try await withHistory(project: "study/maps") { repository, locks in
      try Disk().write(Array("not a lock".utf8), to: repository.top.appending("neuromaps.lock"))
      try await repository.commit(tag: "four")
      try repository.write(locks.one)
      #expect(signs(try await repository.workspace().diff(from: "four")) == ["- \(Self.beta)"])
      var settings = Settings()
      settings.project = repository.folder.string
      let elsewhere = try repository.workspace(at: repository.top, [:], settings)
      #expect(signs(try await elsewhere.diff(from: "four", to: "two")) == ["~ \(Self.beta)"])
    }
  }

  @Test("what a hook of git says of its own repository leads nowhere else")
  func insideHook() async throws {
    try await withHistory(project: "study") { repository, _ in
      let hook = [
        "GIT_DIR": ".git", "GIT_WORK_TREE": "/nowhere", "GIT_PREFIX": "elsewhere/", "GIT_INDEX_FILE": ".git/index",
      ]
      let difference = try await repository.workspace(hook).diff(from: "two")
      #expect(signs(difference) == ["~ \(Self.beta)"])
    }
  }

  @Test("another working tree of the repository has the same revisions")
  func workingTrees() async throws {
    try await withHistory(project: "study") { repository, _ in
      let other = repository.top.removingLastComponent().appending("other")
      try await repository.run("worktree", "add", "-q", other.string, "one")
      let workspace = try repository.workspace(at: other.appending("study"))
      #expect(try await !workspace.diff().difference.hasNews)
      #expect(signs(try await workspace.diff(to: "main")) == ["+ \(Self.beta)"])
    }
  }

  @Test("nothing is changed: neither the repository nor the project")
  func changesNothing() async throws {
    try await withHistory { repository, locks in
      try repository.write(locks.one)
      let bench = DiskBench(root: repository.top)
      let before = try bench.tree(repository.top)
      _ = try await repository.workspace().diff(from: "two")
      #expect(try bench.tree(repository.top) == before)
    }
  }

  // MARK: What is not there

  @Test("against a revision without a lock everything is added, and the other way round removed, with a word on it")
  func withoutLock() async throws {
    try await withHistory { repository, _ in
      try await repository.run("rm", "-q", "--cached", "neuromaps.lock")
      try await repository.run("commit", "-q", "-m", "no lock")
      let workspace = try repository.workspace()
      let added = try await workspace.diff()
      #expect(signs(added) == ["+ \(Self.alpha)", "+ \(Self.beta)"])
      #expect(added.warnings.map(\.code) == [.revisionUnavailable])
      #expect(added.warnings.map(\.severity) == [.warning])
      let removed = try await workspace.diff(from: "three", to: "main")
      #expect(signs(removed) == ["- \(Self.alpha)", "- \(Self.beta)"])
      #expect(removed.warnings.first?.notes == ["everything is told as removed"])
    }
  }

  @Test("without a lock on disk there is nothing to compare with")
  func withoutLockOnDisk() async throws {
    try await withHistory { repository, _ in
      try Disk().remove(repository.folder.appending("neuromaps.lock"))
      let failure = try await failure { _ = try await repository.workspace().diff() }
      #expect(failure?.reason == .lockStale)
      #expect(failure?.diagnostics.map(\.code) == [.lockMissing])
      #expect(try await repository.workspace().diff(from: "one", to: "two").difference.added.count == 1)
    }
  }

  @Test(
    "what git knows no single commit of is neither a file nor a commit; nothing is an option of git",
    arguments: [
      "mian", "origin/main", "", "main..one", "^main", "--all", "-h", "--git-dir", "HEAD:neuromaps.lock",
      "HEAD^{tree}", "0123456789012345678901234567890123456789", "a b", "main one", "~nobody/x",
    ])
  func unknown(_ name: String) async throws {
    try await withHistory { repository, _ in
      let failure = try await failure { _ = try await repository.workspace().diff(from: name) }
      #expect(isUnavailable(failure))
      #expect(failure?.diagnostics.first?.message == "`\(name)` is neither a file nor a commit")
    }
  }

  @Test("before the first commit there is no last one")
  func noCommit() async throws {
    let locks = try await Locks()
    try await TemporaryFolder.with { folder in
      let repository = try await GitProject(folder.appending("repository"))
      try repository.write(locks.one)
      let failure = try await failure { _ = try await repository.workspace().diff() }
      #expect(isUnavailable(failure))
      #expect(failure?.diagnostics.first?.message.contains("nothing has been committed") == true)
    }
  }

  @Test("without a repository git says why, in its own words")
  func noRepository() async throws {
    let locks = try await Locks()
    try await TemporaryFolder.with { folder in
      let repository = try await GitProject(folder.appending("repository"))
      try repository.write(locks.one)
      let plain = folder.appending("plain")
      try Disk().createFolder(plain)
      for name in ["neuromaps.yaml", "neuromaps.lock"] {
        let bytes = try Disk().read(repository.folder.appending(name), limit: 1 << 20)
        try Disk().write(bytes, to: plain.appending(name))
      }
      let variables = ["GIT_CEILING_DIRECTORIES": folder.string]
      let failure = try await failure { _ = try await repository.workspace(at: plain, variables).diff(from: "main") }
      #expect(isUnavailable(failure))
      #expect(failure?.diagnostics.first?.message == "there is no git repository to look up `main` in")
      #expect(failure?.diagnostics.first?.causes.first?.hasPrefix("not a git repository") == true)
    }
  }

  @Test("without git it is said that git is missing, and what needs none")
  func noGit() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    let failure = try await failure { _ = try await lab.workspace().diff() }
    #expect(isUnavailable(failure))
    #expect(failure?.diagnostics.first?.causes.first?.contains("not installed") == true)
    #expect(failure?.diagnostics.first?.hints.first?.contains("neuromaps diff OLD.lock NEW.lock") == true)
  }

  @Test("a lock that cannot be read is told of with the name of its revision, or of its file")
  func unreadable() async throws {
    try await withHistory { repository, locks in
      try await repository.commit("version: 1\n", tag: "bad")
      try repository.write(locks.one)
      try repository.write("nonsense: [", at: "bad.lock")
      let workspace = try repository.workspace()
      for (name, shown) in [("bad", "bad:neuromaps.lock"), ("bad.lock", "bad.lock")] {
        let failure = try await failure { _ = try await workspace.diff(from: name) }
        #expect(failure?.reason == .wrongInput)
        #expect(failure?.diagnostics.isEmpty == false)
        #expect(failure?.diagnostics.allSatisfy { $0.location?.file == shown } == true)
      }
    }
  }
}
