// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "library-tour",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In a package of your own: .package(url: "https://github.com/…/neuromaps", from: "0.1.0")
    .package(name: "neuromaps", path: "../..")
  ],
  targets: [
    .executableTarget(name: "library-tour", dependencies: [.product(name: "Neuromaps", package: "neuromaps")])
  ],
  swiftLanguageModes: [.v6]
)
