import CatalogMaking
import Diagnostics
import Testing

@Suite("The files of a folder that is imported")
struct FolderListingTests {
  private typealias Entry = FolderListing.Entry

  private static let left = "source-a_desc-b_space-fsLR_den-32k_hemi-L_feature.func.gii"
  private static let right = "source-a_desc-b_space-fsLR_den-32k_hemi-R_feature.func.gii"
  private static let volume = "source-a_desc-b_space-MNI152_res-2mm_feature.nii.gz"

  private func listing(_ paths: String...) -> FolderListing {
    FolderListing(paths.map { Entry($0, .file) }, in: "maps")
  }

  @Test("files of maps are taken from any folder, in the order of maps and hemispheres")
  func takes() {
    let listing = listing("z/\(Self.right)", Self.volume, "\(Self.left)")
    #expect(listing.choices.map(\.path) == [Self.volume, Self.left, "z/\(Self.right)"])
    #expect(listing.problems.isEmpty)
    #expect(listing.warnings.isEmpty)
  }

  @Test("what is passed over is counted, with the first few names, a warning for each reason")
  func passesOver() {
    let links = (1...7).map { Entry("l\($0)/\(Self.left)", .link) }
    let listing = FolderListing(
      links + [
        Entry(Self.volume, .file), Entry("notes.txt", .file), Entry("pipe", .other), Entry("secret", .closedFolder),
        Entry("source-a_desc-b_space-MNI152_res-2mm_feature.nii", .file),
      ], in: "maps")
    #expect(listing.problems.isEmpty)
    #expect(listing.choices.map(\.path) == [Self.volume])
    #expect(listing.warnings.map(\.code) == [.leftOut, .leftOut, .leftOut, .leftOut, .leftOut])
    #expect(listing.warnings.allSatisfy { $0.severity == .warning })
    let told = listing.warnings.map(\.message)
    #expect(told[0] == "passed over: 1 not quite called as files of maps are")
    #expect(told[1] == "passed over: 1 not called as files of maps are")
    #expect(told[2] == "passed over: 7 symbolic links, which are not followed")
    #expect(listing.warnings[2].notes.count == 6)
    #expect(listing.warnings[2].notes.last == "and 2 more")
    #expect(listing.warnings[1].notes == ["`notes.txt`"])
  }

  @Test("a folder without any is refused")
  func nothing() {
    let listing = listing("a.txt")
    #expect(listing.problems.map(\.code) == [.cannotImport])
    #expect(FolderListing([], in: "maps").problems.map(\.code) == [.cannotImport])
  }

  @Test("the same name in two folders is refused, whatever the bytes")
  func twice() {
    let listing = listing("b/\(Self.volume)", "a/\(Self.volume)")
    #expect(listing.problems.map(\.message) == ["2 files are called `\(Self.volume)`"])
    #expect(listing.problems.first?.notes == ["a/\(Self.volume)", "b/\(Self.volume)"])
  }

  @Test("a surface that says no hemisphere is refused, and a volume that says one")
  func halfNamed() {
    let half = "source-a_desc-b_space-fsLR_den-32k_feature.func.gii"
    let listing = listing(half, Self.left, "source-a_desc-b_space-MNI152_res-2mm_hemi-L_feature.nii.gz")
    #expect(listing.problems.map(\.code) == [.cannotImport, .cannotImport])
    #expect(listing.problems.contains { $0.message == "`\(half)` does not say which hemisphere it holds" })
    #expect(listing.problems.contains { $0.notes == ["of the same map there is `\(Self.left)`"] })
    #expect(listing.problems.contains { $0.message.hasSuffix("and is a volume") })
  }

  @Test("one hemisphere alone is taken, and told of")
  func lonely() {
    let listing = listing(Self.right)
    #expect(listing.problems.isEmpty)
    #expect(listing.warnings.map(\.notes) == [["`a/b/fsLR/32k`: right only"]])
  }

  @Test(
    "names that are nearly right, or that mean harm, belong to no map",
    arguments: [
      "source-a_desc-b_space-fsLR_den-32k_hemi-L_feature.func.gii.gz", "Source-a_desc-b_space-fsLR_den-32k_hemi-L.gii",
      "source-a_space-fsLR_desc-b_den-32k_hemi-L_feature.func.gii",
      "source-_desc-b_space-MNI152_res-2mm_feature.nii.gz",
      "source-a_desc-..%2f_space-MNI152_res-2mm_feature.nii.gz",
      "source-a_desc-b\n_space-MNI152_res-2mm_feature.nii.gz",
      "source-a_desc-b\u{301}_space-MNI152_res-2mm_feature.nii.gz", "",
    ])
  func hostileNames(_ name: String) {
    #expect(listing(Self.volume, "x/\(name)").choices.map(\.path) == [Self.volume])
  }
}
