import Dataset
import Testing

@Suite("The entities in a file's name")
struct FileEntitiesTests {
  private static let names: [(String, String, Hemisphere?)] = [
    (
      "source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-L_feature.func.gii", "abagen/genepc1/fsaverage/10k",
      .left
    ),
    ("source-hill2010_desc-devexp_space-fsLR_den-164k_hemi-R_feature.func.gii", "hill2010/devexp/fsLR/164k", .right),
    ("source-neurosynth_desc-cogpc1_space-MNI152_res-2mm_feature.nii.gz", "neurosynth/cogpc1/MNI152/2mm", nil),
    ("source-lab_desc-v1.2_space-MNI152_res-2.5mm_feature.nii.gz", "lab/v1.2/MNI152/2.5mm", nil),
  ]

  @Test("a name is read and written the same", arguments: names)
  func roundTrip(name: String, map: String, hemi: Hemisphere?) throws {
    let entities = try #require(FileEntities(fileName: name))
    #expect(entities == FileEntities(map: try #require(AnnotationID(map)), hemi: hemi))
    #expect(entities.fileName == name)
  }

  @Test(
    "a name that would not be written so is none",
    arguments: [
      "", "feature.nii.gz", "README",
      "desc-b_source-a_space-c_res-1mm_feature.nii.gz",
      "source-a_desc-b_space-c_res-1mm_feature.func.gii",
      "source-a_desc-b_space-c_den-10k_feature.nii.gz",
      "source-a_desc-b_space-c_den-10k_hemi-X_feature.func.gii",
      "source-a_desc-b_space-c_den-10k_res-1mm_feature.nii.gz",
      "source-a_desc-b_desc-b_space-c_res-1mm_feature.nii.gz",
      "source-a_desc-b_space-c_res-1mm_feature.nii",
      "source-a_desc-b_space-c_res-1mm_bold.nii.gz",
      "source-a_desc-b_space-c_res-1mm_feature.nii.gz.part",
      "source-_desc-b_space-c_res-1mm_feature.nii.gz",
      "source-a_desc-b-c_space-c_res-1mm_feature.nii.gz",
      "x/source-a_desc-b_space-c_res-1mm_feature.nii.gz",
      "Source-a_desc-b_space-c_res-1mm_feature.nii.gz",
      "source-a_desc-b_space-c_res-1mm_run-1_feature.nii.gz",
      "source-a_desc-b_space-c_res-1mm__feature.nii.gz",
    ])
  func refuses(_ name: String) {
    #expect(FileEntities(fileName: name) == nil)
  }

  @Test(
    "den and res tell what their names say, so that name and tuple mean the same map",
    arguments: [
      "source-a_desc-b_space-c_den-2mm_hemi-L_feature.func.gii", "source-a_desc-b_space-c_res-10k_feature.nii.gz",
    ])
  func mixedUp(_ name: String) {
    guard let entities = FileEntities(fileName: name) else { return }
    #expect(AnnotationID(entities.map.description) == entities.map)
  }
}
