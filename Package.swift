// swift-tools-version: 6.3
import PackageDescription

/// Every Swift target is built alike: Swift 6, no implicit `any`, imports that
/// stay inside unless said otherwise, and no warning that is not an error.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// How libFuzzer is asked for; nil in all builds but that of Tests/Support/fuzz.sh.
let fuzzing = Context.environment["NEUROMAPS_FUZZ"].map { "-sanitize=\($0)" }
/// So that every module tells libFuzzer which ways it goes, and stops at what a debug build stops at.
let watched: [SwiftSetting] = fuzzing.map { [.unsafeFlags([$0, "-assert-config", "Debug"])] } ?? []

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// A module of the program: its own folder under Sources, the house's settings.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house + watched)
}

/// The tests of one module, in a folder that mirrors Sources.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, exclude: exclude, swiftSettings: house)
}

let package = Package(
  name: "neuromaps",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "neuromaps", targets: ["NeuromapsMain"]),
    .library(name: "Neuromaps", targets: ["Neuromaps"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // Leaves.
    module("Diagnostics"),
    module("Dataset", [crypto]),
    module("JSON"),
    module(
      "Effects",
      [
        "CSystemCalls", system,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),

    // What a project wants, as values.
    module("YAML", ["CLibYAML", "Diagnostics"]),
    module("Catalog", ["CBuiltinCatalog", "Dataset", "Diagnostics", "YAML"]),
    module("CatalogMaking", ["Catalog", "Dataset", "Diagnostics", "YAML"]),
    module("Citations", ["Catalog", "Dataset", "JSON", "YAML"]),
    module("Project", ["Catalog", "Dataset", "Diagnostics", "YAML"]),
    module("Metadata", ["Catalog", "Citations", "Dataset", "Diagnostics", "JSON", "Project"]),
    module("OSFMetadata", ["Dataset"]),

    // What comes out of an archive.
    module("Archives", ["CLibArchive"]),

    // What is in an image.
    module("Images", ["CExpat", "CZlib", "Dataset", "Diagnostics"]),

    // What a map looks like.
    module("Pictures", ["CPNG", "Dataset", "Images"]),
    // What a person looks at.
    module("Report", ["CReportAssets", "Dataset"]),

    // What is done about it.
    module("Store", ["Dataset", "Diagnostics", "Effects", system]),
    module(
      "Sync", ["Archives", "Dataset", "Diagnostics", "Effects", "OSFMetadata", "Project", "Store", system]),
    module(
      "Neuromaps",
      [
        "Catalog", "CatalogMaking", "Citations", "Dataset", "Diagnostics", "Effects", "Images", "Metadata",
        "Pictures", "Project", "Report", "Store", "Sync", system,
      ]),
    module(
      "NeuromapsCLI",
      [
        "CSchemas", "Catalog", "Citations", "Dataset", "Diagnostics", "Effects", "Images", "JSON", "Neuromaps",
        "Project", "Store", "Sync", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "NeuromapsMain", dependencies: ["NeuromapsCLI"], swiftSettings: house),

    // The example of the library is a package of its own. It is built here with the rest, and sees no more than there.
    .executableTarget(
      name: "library-tour", dependencies: ["Neuromaps"], path: "examples/library/Sources/library-tour",
      packageAccess: false),

    // A server that speaks OSF's protocol, for tests and for people who try the program.
    .target(
      name: "LoopbackOSF",
      dependencies: [
        "Catalog", "Dataset", "Effects", system,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/Support/LoopbackOSF", swiftSettings: house),
    .executableTarget(
      name: "loopback-osf",
      dependencies: [
        "Effects", "LoopbackOSF", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Support/loopback-osf", swiftSettings: house),
    // What the tests of the readers share: texts that carry the places of their own mistakes.
    .target(
      name: "MarkedText", dependencies: ["Diagnostics"], path: "Tests/Support/MarkedText", swiftSettings: house),
    // What must hold of the answers of a reader, whatever it is given.
    .target(
      name: "ReaderChecks",
      dependencies: ["Catalog", "Dataset", "Diagnostics", "Images", "OSFMetadata", "Project", "YAML"],
      path: "Tests/Support/ReaderChecks", swiftSettings: house),
    tests("Fuzz", ["Diagnostics", "MarkedText", "ReaderChecks"], exclude: ["Corpus", "Dictionaries"]),
    // Archives that a hostile server might send.
    .target(name: "Tarballs", path: "Tests/Support/Tarballs", swiftSettings: house),
    tests("Tarballs", ["Tarballs"]),
    tests("Archives", ["Archives", "MarkedText", "Tarballs"]),
    // Images that are right, and images that are not.
    .target(
      name: "SampleImages", dependencies: ["CZlib", "Tarballs"], path: "Tests/Support/SampleImages",
      swiftSettings: house),
    tests("Images", ["Dataset", "Diagnostics", "Images", "MarkedText", "SampleImages"]),
    tests("Pictures", ["CPNG", "Dataset", "Images", "Pictures"]),
    tests("Diagnostics", ["Diagnostics"]),
    tests("Dataset", ["Dataset", "MarkedText"]),
    tests("JSON", ["JSON"]),
    tests("YAML", ["Diagnostics", "MarkedText", "YAML"]),
    tests("Catalog", ["Catalog", "Dataset", "Diagnostics", "MarkedText", "YAML"]),
    tests("CatalogMaking", ["Catalog", "CatalogMaking", "Dataset", "Diagnostics", "MarkedText"]),
    tests("Citations", ["Catalog", "Citations", "Dataset", "Diagnostics", "JSON"]),
    tests("Metadata", ["Catalog", "Dataset", "Diagnostics", "Metadata", "Project"]),
    tests("Report", ["Dataset", "Report"]),
    tests("OSFMetadata", ["Dataset", "MarkedText", "OSFMetadata"]),
    tests("Project", ["Catalog", "Dataset", "Diagnostics", "MarkedText", "Project"], exclude: ["Locks"]),
    // A world for tests: a disk that loses power, a network by script, and what libc was asked.
    .target(
      name: "TestWorld",
      dependencies: [
        "Dataset", "Diagnostics", "Effects", "LoopbackOSF", "MarkedText", "Project", "Store", "Sync", system,
      ],
      path: "Tests/Support/TestWorld", swiftSettings: house),
    .target(name: "CSystemCallSpy", path: "Tests/Support/CSystemCallSpy"),
    tests("Effects", ["CSystemCallSpy", "Effects", "LoopbackOSF", "TestWorld", system]),
    tests("Store", ["Dataset", "Diagnostics", "Effects", "MarkedText", "Store", "TestWorld", system]),
    tests(
      "Sync",
      [
        "Archives", "Dataset", "Diagnostics", "Effects", "LoopbackOSF", "MarkedText", "Project", "Store", "Sync",
        "Tarballs", "TestWorld", system,
      ]),
    tests(
      "Neuromaps",
      [
        "Catalog", "Citations", "Dataset", "Diagnostics", "Effects", "Images", "LoopbackOSF", "MarkedText",
        "Metadata", "Neuromaps", "Project", "SampleImages", "Store", "Sync", "Tarballs", "TestWorld", system,
      ]),
    tests("House", ["Diagnostics"]),
    tests(
      "NeuromapsCLI",
      [
        "Catalog", "Dataset", "Diagnostics", "LoopbackOSF", "MarkedText", "NeuromapsCLI", "NeuromapsMain", "Project",
        "Sync", "Tarballs",
      ],
      exclude: ["Shapes", "Stories"]),

    // C, one file each.
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CBuiltinCatalog", exclude: ["neuromaps.yaml", "make-catalog.py", "check-catalog.py"]),
    .target(name: "CReportAssets", exclude: ["report.css", "report.js"]),
    .target(name: "CSchemas", exclude: ["catalog.schema.json", "lock.schema.json", "manifest.schema.json"]),
    .target(name: "CSystemCalls"),
  ],
  swiftLanguageModes: [.v6]
)

if let fuzzing {
  package.targets += [
    .target(
      name: "ReaderFuzzing", dependencies: ["ReaderChecks"], path: "Tests/Support/ReaderFuzzing",
      swiftSettings: house + watched),
    .executableTarget(
      name: "fuzz-readers", dependencies: ["ReaderFuzzing"], path: "Tests/Support/fuzz-readers",
      linkerSettings: [.unsafeFlags([fuzzing])]),
  ]
}
