// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with: no warnings, C modules kept out of our interface.
let strict: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "jukta",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "Jukta", targets: ["Jukta"]),
    .library(name: "JuktaCorpus", targets: ["JuktaCorpus"]),
    .library(name: "JuktaTraining", targets: ["JuktaTraining"]),
    .executable(name: "jukta", targets: ["JuktaCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // System libraries: a module map each, nothing else.
    .systemLibrary(
      name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"]), .brew(["snappy"])]),
    .systemLibrary(
      name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec",
      providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),

    // C of our own: the only place where a foreign header is included.
    .target(
      name: "CJuktaICU", dependencies: ["CICU"],
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .target(name: "CJuktaSupport"),
    .target(name: "CJuktaJSON", linkerSettings: [.linkedLibrary("simdjson")]),

    // What people import. One module, so that hot loops inline; rooms are folders.
    .target(name: "Jukta", dependencies: ["CJuktaICU", "CJuktaSupport"], swiftSettings: strict),
    // Files and streams into documents. Of Jukta it knows what a source of documents is.
    .target(
      name: "JuktaCorpus",
      dependencies: ["Jukta", "CZlib", "CZstd", "CSnappy", "CLZ4", "CBrotli", "CJuktaJSON"],
      swiftSettings: strict),
    // Word counts and trainers, over any sequence of byte documents. Does not know JuktaCorpus.
    .target(name: "JuktaTraining", dependencies: ["Jukta"], swiftSettings: strict),
    .executableTarget(
      name: "JuktaCLI",
      dependencies: [
        "Jukta", "JuktaCorpus", "JuktaTraining",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The shortest whole programs, which a test runs.
    .executableTarget(
      name: "TrainFromFiles", dependencies: ["Jukta", "JuktaCorpus", "JuktaTraining"],
      path: "Examples/TrainFromFiles", swiftSettings: strict),
    .executableTarget(
      name: "TrainFromStrings", dependencies: ["Jukta", "JuktaTraining"],
      path: "Examples/TrainFromStrings", swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Jukta"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "TestPacking", dependencies: ["CZlib", "CZstd"], path: "Tests/TestPacking",
      swiftSettings: strict),
    .testTarget(
      name: "JuktaTests", dependencies: ["Jukta", "CJuktaICU", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "JuktaCorpusTests", dependencies: ["JuktaCorpus", "TestPacking", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "JuktaTrainingTests", dependencies: ["Jukta", "JuktaTraining", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "JuktaCLITests",
      dependencies: [
        "JuktaCLI", "Jukta", "JuktaCorpus", "JuktaTraining", "TestPacking", "TestSupport",
        "TrainFromFiles", "TrainFromStrings",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// The plugin that builds the documentation: for `make docs` alone, so that nobody who imports the
// library resolves it.
if Context.environment["JUKTA_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
