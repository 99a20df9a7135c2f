import ArgumentParser

/// A list of vocabulary sizes, separated by commas.
struct VocabularySizes {
  let sizes: [Int]

  /// - Throws: `ValidationError` in words; parsers of options put the option in front.
  init(text: String) throws {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.map { $0.drop { $0 == " " } }
    sizes = numbers.compactMap { Int($0) }
    guard sizes.count == parts.count else {
      throw ValidationError("a size is a whole number, and several have commas between them.")
    }
    // 32,000 is what the program itself prints for 32000.
    let isGrouped =
      parts.count > 1 && parts[0].utf8.count <= 3
      && parts.dropFirst().allSatisfy { $0.utf8.count == 3 }
    guard !isGrouped else {
      let spaced = parts.joined(separator: ", ")
      throw ValidationError(
        "is \(text) one size or \(Self.number(parts.count))? Write \(parts.joined()) for one, "
          + "'\(spaced)' for \(Self.number(parts.count)).")
    }
    guard Set(sizes).count == sizes.count else {
      throw ValidationError("a size is given twice.")
    }
  }

  private static func number(_ count: Int) -> String {
    [2: "two", 3: "three"][count] ?? String(count)
  }
}
