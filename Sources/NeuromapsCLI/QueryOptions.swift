internal import ArgumentParser
internal import Catalog

/// The keywords that `list` and `fetch` share with the Python toolbox.
struct QueryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who made it: abagen, beliveau2017.", valueName: "s"))
  var source: [String] = []

  @Option(help: ArgumentHelp("What it shows: genepc1, cimbi36.", valueName: "d"))
  var desc: [String] = []

  @Option(help: ArgumentHelp("Coordinate system: MNI152, fsaverage, fsLR, civet.", valueName: "s"))
  var space: [String] = []

  @Option(help: ArgumentHelp("Density of a surface: 10k. With --res, either.", valueName: "d"))
  var den: [String] = []

  @Option(help: ArgumentHelp("Resolution of a volume: 2mm.", valueName: "r"))
  var res: [String] = []

  @Option(help: ArgumentHelp("Hemisphere: L or R.", valueName: "h"))
  var hemi: [String] = []

  @Option(help: ArgumentHelp("A tag; all that are given must be there.", valueName: "t"))
  var tag: [String] = []

  @Option(help: ArgumentHelp("surface or volume.", valueName: "f"))
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
