// swift-tools-version: 6.2
import PackageDescription

// What users' packages look like from here: one imports Jukta alone, one beside Foundation.
// check.sh builds both, in debug and in release, and looks at what they load.
let package = Package(
  name: "client",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "jukta", path: "../..")],
  targets: [
    .executableTarget(
      name: "OnlyJukta", dependencies: [.product(name: "Jukta", package: "jukta")]),
    .executableTarget(
      name: "WithFoundation", dependencies: [.product(name: "Jukta", package: "jukta")]),
  ],
  swiftLanguageModes: [.v6]
)
