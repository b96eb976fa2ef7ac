import Catalog
import Dataset
import Foundation
import Testing

@Suite(
  "The built-in catalog and the tables it was made from",
  .enabled(if: Tables.folder != nil, "the tables are at $NEUROMAPS_TABLES or in ../shared/catalog, and here in neither")
)
struct CatalogTablesTests {
  private let catalog = BuiltinCatalog.load()

  @Test("have the same maps with the same facts, in the same order")
  func maps() throws {
    let rows = try Tables.rows("maps")
    #expect(rows.count == catalog.maps.count)
    for (row, map) in zip(rows, catalog.maps) {
      #expect(map.id.parts == ["source", "desc", "space", "density"].map { row[$0] ?? "" })
      #expect(map.title == row.value("title"), "\(map.id)")
      #expect(map.modality == row.value("modality"), "\(map.id)")
      #expect(map.measure == row.value("measure"), "\(map.id)")
      #expect(map.target == row.value("target"), "\(map.id)")
      #expect(map.n == row.value("n"), "\(map.id)")
      #expect(map.age == row.value("age"), "\(map.id)")
      #expect(map.license == row.value("license"), "\(map.id)")
      #expect(map.licenseURL == row.value("license_url"), "\(map.id)")
      #expect(map.primary == row.list("primary"), "\(map.id)")
      #expect(map.secondary == row.list("secondary"), "\(map.id)")
      #expect(map.note == row.value("note"), "\(map.id)")
    }
  }

  @Test("have the same files with the same origins and checksums")
  func files() throws {
    let known = Dictionary(
      uniqueKeysWithValues: try Tables.rows("known_bytes").map {
        ("\($0["osf_project"] ?? "")/\($0["osf_file"] ?? "")", $0)
      })
    let rows = try Tables.rows("annotations")
    let files = catalog.maps.flatMap { map in map.files.map { (map: map, file: $0) } }
    #expect(rows.count == files.count)
    let byName = Dictionary(uniqueKeysWithValues: rows.map { ($0["filename"] ?? "", $0) })
    for (map, file) in files {
      let row = try #require(byName[FileEntities(map: map.id, hemi: file.hemi).fileName], "\(map.id)")
      let osf = try #require(OSFFile(project: row["osf_project"] ?? "", file: row["osf_file"] ?? ""))
      let bytes = known[osf.text]
      #expect(map.id.parts.prefix(3) == ["source", "desc", "space"].map { row[$0] ?? "" }[...])
      #expect(map.id.sampling == (row.value("den").map(Sampling.density) ?? row.value("res").map(Sampling.resolution)))
      #expect(file.hemi?.rawValue == row.value("hemi"))
      #expect(map.format.rawValue == row["format"])
      #expect(file.origin == .osf(osf))
      #expect(file.checksums.md5?.hex == row["md5"])
      #expect(file.checksums.size == bytes?.value("size").flatMap(Int64.init))
      #expect(file.checksums.sha256?.hex == bytes?.value("sha256"))
      #expect(map.tags == row.list("tags"))
      #expect(map.isRestricted == (row["restricted"] == "yes"))
    }
  }

  @Test("have the same references")
  func references() throws {
    let rows = try Tables.rows("references").map(Self.corrected)
    #expect(Set(rows.compactMap { $0["key"] } + catalog.cite) == Set(catalog.references.keys))
    for row in rows {
      let reference = try #require(catalog.references[row["key"] ?? ""])
      #expect(reference.type == row["type"], "\(reference.key)")
      #expect(reference.authors == row.list("authors", separator: "; "), "\(reference.key)")
      #expect(
        [
          reference.year, reference.title, reference.journal, reference.volume, reference.number, reference.pages,
          reference.doi, reference.url, reference.publisher,
        ]
          == ["year", "title", "journal", "volume", "number", "pages", "doi", "url", "publisher"].map { row.value($0) },
        "\(reference.key)")
    }
  }

  /// Rows that do not keep to the table's own form, as make-catalog.py puts them right.
  private static func corrected(_ row: Tables.Row) -> Tables.Row {
    let (key, authors) = (row["key"] ?? "", row["authors"] ?? "")
    var row = row
    switch key {
    case "ds004401:1.0.1", "ivangonzalez2018zenodo1174364":
      row["authors"] = authors.components(separatedBy: "; ").map { name in
        let words = name.components(separatedBy: " ")
        return "\(words[1]), \(words[0])"
      }.joined(separator: "; ")
      row["title"] = row["title"]?.replacing("\"", with: "")
      row["doi"] = row["doi"]?.replacing("doi:", with: "")
    case "li2014neuroimage": row["authors"] = authors.replacing("Chiang-shan, R Li", with: "Li, Chiang-shan R")
    case "galovic2021vivo": row["pages"] = ""
    default: break
    }
    return row
  }

  @Test("have the same atlases with the same members")
  func atlases() throws {
    let rows = try Tables.rows("atlases")
    let members = try Tables.rows("atlas_members")
    let known = Dictionary(uniqueKeysWithValues: try Tables.rows("known_bytes").map { ($0["name"] ?? "", $0) })
    #expect(rows.count == catalog.atlases.count)
    #expect(catalog.atlases.flatMap(\.members).count == members.count)
    for (row, atlas) in zip(rows, catalog.atlases) {
      let isRegfusion = row["atlas"] == "regfusion"
      #expect(atlas.id.description == (isRegfusion ? "regfusion" : "\(row["atlas"] ?? "")/\(row["density"] ?? "")"))
      #expect(atlas.archive == row["archive"])
      #expect(atlas.origin == OSFFile(project: row["osf_project"] ?? "", file: row["osf_file"] ?? "").map(Origin.osf))
      #expect(atlas.checksums.md5?.hex == row["md5"])
      #expect(atlas.checksums.size == known[atlas.archive]?.value("size").flatMap(Int64.init))
      #expect(atlas.checksums.sha256?.hex == known[atlas.archive]?.value("sha256"))
      let own = members.filter { $0["atlas"] == row["atlas"] && (isRegfusion || $0["density"] == row["density"]) }
      #expect(atlas.members.map(\.fileName) == own.compactMap { $0["file"] }, "\(atlas.id)")
    }
  }
}
