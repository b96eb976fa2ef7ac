internal import Catalog
internal import Citations
internal import Dataset
internal import JSON
internal import Project

/// dataset_description.json of a derivative dataset.
///
/// The format: https://bids-specification.readthedocs.io/en/v1.11.1/modality-agnostic-files/dataset-description.html.
/// There are no `Authors`, as CITATION.cff is there, and no version of the program, as the bytes do not follow from it.
struct DatasetDescription {
  private let dataset: DescribedDataset

  /// The description of a dataset.
  init(_ dataset: DescribedDataset) { self.dataset = dataset }

  /// The bytes of the file.
  var bytes: [UInt8] {
    let sources = sources
    return JSONValue.object(
      [
        ("Name", .text(DescribedDataset.name)), ("BIDSVersion", .text("1.11.1")), ("DatasetType", .text("derivative")),
      ]
        + (dataset.license.map { [("License", .text($0))] } ?? [])
        + [("GeneratedBy", .list([.object([("Name", .text("neuromaps")), ("Description", .text(Self.making))])]))]
        + (sources.isEmpty ? [] : [("SourceDatasets", .list(sources))])
    ).fileBytes
  }

  private static let making =
    "Brought the files of neuromaps.lock from their origins as they are there, and wrote this metadata, version 1."

  /// Where the files are from, sorted; then the datasets that are cited for maps.
  private var sources: [JSONValue] {
    let files = dataset.maps.flatMap { dataset.files(of: .map($0.id)) }
    let origins = files.compactMap(\.origin) + dataset.atlases.map(\.origin)
    let addresses = Set(origins.compactMap(\.datasetAddress)).sorted(by: precedes)
    return addresses.map { .object([("URL", .text($0))]) } + cited
  }

  private var cited: [JSONValue] {
    let papers = dataset.bibliography.references.filter { !$0.primary.isEmpty || !$0.secondary.isEmpty }
    let identifiers = papers.compactMap { entry in
      CitationLine(entry.reference).doi.flatMap { Self.isDataset(entry.reference, $0) ? $0 : nil }
    }
    let byText = Dictionary(identifiers.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first })
    return byText.values.sorted { precedes($0.text, $1.text) }.map { doi in
      .object([("URL", .text(doi.url)), ("DOI", .text("doi:\(doi.text)"))])
    }
  }

  /// What OpenNeuro gives an identifier is a dataset, though catalogs call it otherwise.
  private static func isDataset(_ reference: Reference, _ doi: DOI) -> Bool {
    reference.type.lowercased() == "dataset" || doi.text.lowercased().hasPrefix("10.18112/openneuro.")
  }
}

extension JSONValue {
  /// The document as a file of its own.
  var fileBytes: [UInt8] { Array("\(text)\n".utf8) }
}
