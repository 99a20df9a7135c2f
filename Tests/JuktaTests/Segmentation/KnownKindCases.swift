/// Inputs of Tests/Fixtures/segmentation/kinds that are not answered as they are marked.
enum KnownKindCases {
  static let inputs: Set<String> = [
    "কখনো বলে ‘এসো!’ কখনো বলে ‘যাও!’ তার মতির ঠিক নেই।"
  ]
}
