import Jukta

/// The article “Normalising with a way back”.
func normalising() throws {
  // A look-alike of আ, two spaces, a zero-width space, ৷ for a danda.
  let normalizer = try Normalizer.preset(named: "bengali")
  let clean = try normalizer.normalize("অ\u{9BE}মি  যাব\u{200B} ৷")
  print(clean.text)  // আমি যাব।

  // Which bytes of the original did the last word come from?
  let word = clean.text.utf8.count - "যাব।".utf8.count
  print(clean.alignment.originalRange(of: word..<clean.text.utf8.count))  // 14..<30

  // Everything but lower case.
  let repairs = BengaliRepair.allCases.filter { $0 != .lowercase }
  let cased = try Normalizer(repairs.flatMap(\.steps))
  print(try cased.normalize("BBC   বাংলা").text)  // BBC বাংলা

  // Steps of your own.
  let strict = try Normalizer([
    .nfc(), .replace(.regex("[0-9]+"), content: "#"), .strip(left: true, right: true),
  ])
  print(try strict.normalize(" রুম 304 ").text)  // রুম #

  // Many texts on one thread: a worker keeps its buffers.
  var worker = try normalizer.makeWorker()
  var output = ByteBuffer(capacity: 1 << 16)
  for line in ["প্রথম  লাইন", "দ্বিতীয়  লাইন"] {
    try worker.normalize(line.utf8Span.span, into: &output)
    output.append(UInt8(ascii: "\n"))
  }
  print(String(decoding: output.bytes, as: UTF8.self), terminator: "")
}

/// The article “What the sahajbert preset damages”.
func damage() throws {
  let recipe = try Normalizer.preset(named: "sahajbert")
  for text in ["র\u{200D}্যাব", "উদ্\u{200C}যাপন", "সময়: দশটা", "অনুপাত ১:২"] {
    print(text, "→", try recipe.normalize(text).text)
  }
}
