// swift-tools-version: 6.2
import PackageDescription

// libFuzzer targets, a package of its own: `make fuzz`.
func fuzzer(_ name: String, _ modules: String...) -> Target {
  .executableTarget(
    name: name, dependencies: modules.map { .product(name: $0, package: "jukta") })
}

let package = Package(
  name: "jukta-fuzz",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "jukta", path: "../..")],
  targets: [
    fuzzer("FuzzTokenizerJSON", "Jukta"),
    fuzzer("FuzzNormalizer", "Jukta"),
    fuzzer("FuzzPattern", "Jukta"),
    fuzzer("FuzzSentencePiece", "Jukta"),
    fuzzer("FuzzCorpus", "JuktaCorpus"),
    fuzzer("FuzzParquet", "JuktaCorpus"),
  ],
  swiftLanguageModes: [.v6]
)
