internal import ArgumentParser
internal import Catalog

/// The keywords that `list` and `fetch` share with the Python toolbox.
struct QueryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who made it: abagen, beliveau2017.", valueName: "s"), completion: .values(of: .source))
  var source: [String] = []

  @Option(help: ArgumentHelp("What it shows: genepc1, cimbi36.", valueName: "d"), completion: .values(of: .desc))
  var desc: [String] = []

  @Option(
    help: ArgumentHelp("Coordinate system: MNI152, fsaverage, fsLR, civet.", valueName: "s"),
    completion: .values(of: .space))
  var space: [String] = []

  @Option(
    help: ArgumentHelp("Density of a surface: 10k. With --res, either.", valueName: "d"),
    completion: .values(of: .den))
  var den: [String] = []

  @Option(help: ArgumentHelp("Resolution of a volume: 2mm.", valueName: "r"), completion: .values(of: .res))
  var res: [String] = []

  @Option(help: ArgumentHelp("Hemisphere: L or R.", valueName: "h"), completion: .values(of: .hemi))
  var hemi: [String] = []

  @Option(
    help: ArgumentHelp("A tag; all that are given must be there.", valueName: "t"),
    completion: .values(of: .tags))
  var tag: [String] = []

  @Option(help: ArgumentHelp("surface or volume.", valueName: "f"), completion: .values(of: .format))
  var format: [String] = []

  @Flag(help: "Restricted maps too.")
  var restricted = false

  /// The query; the keys that were not given match anything.
  var query: MapQuery {
    var query = MapQuery(includesRestricted: restricted)
    let given: [(MapQuery.Key, [String])] = [
      (.source, source), (.desc, desc), (.space, space), (.den, den), (.res, res), (.hemi, hemi), (.tags, tag),
      (.format, format),
    ]
    for (key, values) in given where !values.isEmpty { query.patterns[key] = values.map(Glob.init) }
    return query
  }
}
