import Foundation

/// A text large enough to train a small vocabulary on.
enum SmallText {
  static let lines = [
    "আমি বাংলায় গান গাই, আমি বাংলার গান গাই।", "তুমি কি আজ বাজারে যাবে? আমি যাব না।",
    "নদীর ধারে একটা পুরনো বটগাছ আছে; তার নিচে হাট বসে।", "আজ বৃষ্টি হবে, ছাতা নিয়ে যেয়ো।",
    "The train leaves at 10:45, ট্রেনটা দশটা পঁয়তাল্লিশে ছাড়ে।", "র‍্যাব আর উদ্‌যাপন দুটোই ঠিক বানান।",
    "বাংলাদেশের রাজধানী ঢাকা, পশ্চিমবঙ্গের রাজধানী কলকাতা।", "সে বলল, \"আমি আর ফিরব না।\"",
  ]
  static var text: String {
    (0..<20).flatMap { _ in lines }.joined(separator: "\n") + "\n"
  }

  /// Trains into `folder`/model and gives that path.
  static func model(in folder: Scratch, _ more: String...) throws -> String {
    let text = folder.file("train.txt", text)
    let model = folder.place("model")
    let result = try Jukta.run(
      ["train", "unigram", text, "-o", model, "--vocab-size", "150", "-q", "--soft-vocab-limit"]
        + more)
    guard result.status == 0 else { throw Failure(message: result.errors) }
    return model
  }

  struct Failure: Error { let message: String }
}
