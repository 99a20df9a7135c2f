// One thread of Jukta over lines held in memory, so that reading, printing and starting up do not
// count: JuktaBench TASK LINES [MODEL] [ROUNDS]
//
//   normalize PRESET | aligned PRESET | words PRESET | encode MODEL | ranges MODEL |
//   offsets MODEL | load MODEL | encode-again MODEL | ranges-again MODEL   (one encoder throughout)
//   shape MODEL | calls MODEL | batch MODEL   (CPU time: a whole text; single calls; 1,000 short texts)
//   segment THREADS
//   units - | inspect - | characters -   (graphemes and aksharas; all of inspect; Swift's Character)
//
// Prints one JSON line a round: {"task", "seconds", "bytes", "check"}. The first round warms caches
// up; Benchmarks/run.py takes the median of the others.

import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func stop(_ message: String, _ status: Int32) -> Never {
  let line = Array((message + "\n").utf8)
  _ = write(STDERR_FILENO, line, line.count)
  exit(status)
}

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func contents(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else {
    stop("cannot open \(path)", 1)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

/// The bounds of the lines of a text.
func lineEnds(_ bytes: [UInt8]) -> [Int] {
  bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
}

let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
  stop(
    "usage: JuktaBench normalize|aligned|words|encode|ranges|offsets|load|segment LINES MODEL [ROUNDS]",
    2)
}
let (task, lines, model) = (arguments[1], contents(arguments[2]), arguments[3])
let rounds = arguments.count > 4 ? Int(arguments[4]) ?? 5 : 5
let ends = lineEnds(lines)

func report(_ elapsed: Double, _ check: Int) {
  print(
    "{\"task\": \"\(task)\", \"seconds\": \(elapsed), \"bytes\": \(lines.count), "
      + "\"check\": \(check)}")
}

func eachLine(_ body: (Span<UInt8>) throws -> Void) throws {
  let span = lines.span
  var start = 0
  for end in ends {
    try body(span.extracting(start..<end))
    start = end + 1
  }
}

func normalize(aligned: Bool) throws {
  var worker = try Normalizer.preset(named: model).makeWorker()
  var output = ByteBuffer(capacity: 1 << 16)
  var alignment = Alignment()
  for _ in 0..<rounds {
    let start = seconds()
    var total = 0
    try eachLine { line in
      output.removeAll()
      if aligned {
        try worker.normalize(line, into: &output, alignment: &alignment)
      } else {
        try worker.normalize(line, into: &output)
      }
      total += output.count
    }
    report(seconds() - start, total)
  }
}

func splitWords() throws {
  let frontEnd = TextFrontEnd(normalizer: try .preset(named: model), preTokenizer: .bengali)
  var splitter = try frontEnd.makeWordSplitter()
  var words = WordBuffer()
  for _ in 0..<rounds {
    let start = seconds()
    var total = 0
    try eachLine { line in
      words.removeAll()
      try splitter.split(line, into: &words)
      total += words.ends.count
    }
    report(seconds() - start, total)
  }
}

/// What is asked of an encoder.
enum Wanted {
  case ids, ranges, everything
}

/// - Parameter keepsEncoder: otherwise each round has a fresh one, whose word cache starts empty.
func encode(_ wanted: Wanted, keepsEncoder: Bool = false) throws {
  var encoder = try Tokenizer(contentsOf: model).makeEncoder()
  for round in 0..<rounds {
    // Loaded again: copies of a tokenizer share their scratch.
    if round > 0, !keepsEncoder { encoder = try Tokenizer(contentsOf: model).makeEncoder() }
    var ids: [UInt32] = []
    var ranges: [Range<Int>] = []
    let start = seconds()
    var total = 0
    try eachLine { line in
      ids.removeAll(keepingCapacity: true)
      switch wanted {
      case .ids: try encoder.encode(line, into: &ids)
      case .ranges:
        ranges.removeAll(keepingCapacity: true)
        try encoder.encode(line, into: &ids, ranges: &ranges)
      case .everything: ids = try encoder.encoding(of: line).ids
      }
      total += ids.count
    }
    report(seconds() - start, total)
  }
}

func takeApart(_ body: (Span<UInt8>) -> Int) throws {
  for _ in 0..<rounds {
    let start = seconds()
    var total = 0
    try eachLine { total += body($0) }
    report(seconds() - start, total)
  }
}

func units() throws {
  var scanner = SyllableScanner()
  try takeApart { line in
    scanner.scan(line)
    return scanner.graphemeEnds.count + scanner.aksharaEnds.count
  }
}

func inspect() throws {
  var inspector = Inspector()
  try takeApart { line in
    inspector.inspect(line)
    return inspector.codes.count + inspector.conjuncts.count
  }
}

/// Swift's own clusters, over strings made beforehand.
func characters() throws {
  var strings: [String] = []
  try eachLine { line in
    line.withUnsafeBufferPointer { strings.append(String(decoding: $0, as: UTF8.self)) }
  }
  for _ in 0..<rounds {
    let start = seconds()
    let total = strings.reduce(0) { $0 + $1.count }
    report(seconds() - start, total)
  }
}

switch task {
case "units": try units()
case "inspect": try inspect()
case "characters": try characters()
case "normalize": try normalize(aligned: false)
case "aligned": try normalize(aligned: true)
case "words": try splitWords()
case "encode": try encode(.ids)
case "ranges": try encode(.ranges)
case "encode-again": try encode(.ids, keepsEncoder: true)
case "ranges-again": try encode(.ranges, keepsEncoder: true)
case "offsets": try encode(.everything)
case "load":
  for _ in 0..<rounds {
    let start = seconds()
    let tokenizer = try Tokenizer(contentsOf: model)
    report(seconds() - start, tokenizer.model.pieces.count)
  }
case "shape": try shape(model)
case "calls": try calls(model, rounds: rounds)
case "batch": try await batch(model, rounds: rounds)
case "segment": segment(lines, threads: Int(model) ?? 1, rounds: rounds)
default:
  stop("no task is named \(task)", 2)
}
