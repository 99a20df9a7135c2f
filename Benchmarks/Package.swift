// swift-tools-version: 6.2
import PackageDescription

// A package of its own: who imports Jukta never resolves what only benchmarks need.
let package = Package(
  name: "jukta-benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "jukta", path: "..")],
  targets: [
    .executableTarget(
      name: "JuktaBench",
      dependencies: [
        .product(name: "Jukta", package: "jukta")
      ])
  ],
  swiftLanguageModes: [.v6]
)
