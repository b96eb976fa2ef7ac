import Effects
import SystemPackage
import Testing

@Suite("The environment")
struct EnvironmentTests {
  @Test(
    "a path as the user wrote it becomes absolute",
    arguments: [
      ("data", "/home/u/project/data"), ("./data/", "/home/u/project/data"), (".", "/home/u/project"),
      ("../data", "/home/u/data"), ("../../../../data", "/data"), ("/data/../x", "/x"), ("/data//x/.", "/data/x"),
      ("~", "/home/u"), ("~/data", "/home/u/data"), ("~/../data", "/home/data"), ("~//data", "/home/u/data"),
      ("a/~/b", "/home/u/project/a/~/b"),
    ])
  func absolute(_ written: String, _ path: String) {
    let environment = Environment(["HOME": "/home/u"], currentFolder: "/home/u/project")
    #expect(environment.absolute(written) == FilePath(path))
  }

  @Test("what only a shell knows is no path, nor a home that nothing tells")
  func nowhere() {
    #expect(Environment(["HOME": "/home/u"], currentFolder: "/").absolute("~x/data") == nil)
    #expect(Environment([:], currentFolder: "/").absolute("~/data") == nil)
    #expect(Environment(["HOME": ""], currentFolder: "/").absolute("~") == nil)
    #expect(Environment([:], currentFolder: "/").absolute("a/~/b") == "/a/~/b")
  }

  @Test("an empty variable is as good as none")
  func empty() {
    let environment = Environment(["A": "", "B": "b", "HOME": ""], currentFolder: "/")
    #expect(environment["A"] == nil)
    #expect(environment["B"] == "b")
    #expect(environment["C"] == nil)
    #expect(environment.home == nil)
  }

  @Test("the process's own has its folder and its variables")
  func ofProcess() throws {
    let environment = try Environment.ofProcess()
    #expect(environment.currentFolder.isAbsolute)
    #expect(try Disk().status(environment.currentFolder)?.kind == .folder)
    #expect(environment["PATH"] != nil)
  }
}
