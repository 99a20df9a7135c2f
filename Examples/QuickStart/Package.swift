// swift-tools-version: 6.2
import PackageDescription

// What the README and the documentation show, as a program: `swift run` in this folder.
let package = Package(
  name: "QuickStart",
  platforms: [.macOS(.v26)],
  dependencies: [
    // In a package of your own: .package(url: "…/jukta", from: "0.1.0")
    .package(name: "jukta", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "QuickStart",
      dependencies: [
        .product(name: "Jukta", package: "jukta"),
        .product(name: "JuktaCorpus", package: "jukta"),
        .product(name: "JuktaTraining", package: "jukta"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
