import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where `-o` writes: through links, into devices and FIFOs, and in the place of files.
@Suite struct `The place of an output` {
  static func content(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  static func status(_ path: String) -> stat {
    var status = stat()
    #expect(lstat(path, &status) == 0)
    return status
  }

  static func normalize(_ text: String, to path: String) throws -> Jukta.Result {
    try Jukta.run(["normalize", "-o", path], input: Data(text.utf8))
  }

  @Test func `behind links is written, and the links stay`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.place("deep"), withIntermediateDirectories: false)
    scratch.file("deep/old", "before")
    for (link, target) in [
      ("one", "deep/old"), ("two", "one"), ("new", "deep/new"), ("whole", scratch.place("deep/w")),
      ("deep/up", "../beside"),
    ] {
      #expect(symlink(target, scratch.place(link)) == 0)
    }
    for (link, place) in [
      ("one", "deep/old"), ("two", "deep/old"), ("new", "deep/new"), ("whole", "deep/w"),
      ("deep/up", "beside"),
    ] {
      #expect(try Self.normalize("ক  \(link)\n", to: scratch.place(link)).status == 0)
      #expect(try Self.content(scratch.place(place)) == "ক \(link)\n")
      #expect(Self.status(scratch.place(link)).st_mode & S_IFMT == S_IFLNK)
    }
  }

  @Test func `that goes round in links or leads nowhere is refused by name`() throws {
    let scratch = try Scratch()
    #expect(symlink("b", scratch.place("a")) == 0 && symlink("a", scratch.place("b")) == 0)
    #expect(symlink("no/where", scratch.place("c")) == 0)
    for name in ["a", "c"] {
      let result = try Self.normalize("ক\n", to: scratch.place(name))
      #expect(result.status == 1 && result.errors.contains("/\(name): cannot be written"))
    }
    let result = try Self.normalize("ক\n", to: "")
    #expect(result.status == 1 && result.errors.contains("empty name"), "\(result.errors)")
  }

  @Test func `keeps the mode and the other names of a file`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a", "before, and longer than what comes")
    #expect(chmod(file, 0o640) == 0)
    #expect(try Self.normalize("ক\n", to: file).status == 0)
    #expect(Self.status(file).st_mode & 0o7777 == 0o640)
    #expect(link(file, scratch.place("b")) == 0)
    #expect(try Self.normalize("খ\n", to: file).status == 0)
    #expect(try Self.content(scratch.place("b")) == "খ\n")
    let status = Self.status(file)
    #expect(status.st_nlink == 2 && status.st_mode & 0o7777 == 0o640)
    #expect(scratch.names == ["a", "b"])
  }

  @Test func `that may not be written is told before the work`() throws {
    guard geteuid() != 0 else { return }
    let scratch = try Scratch()
    let file = scratch.file("a", "before")
    #expect(chmod(file, 0o400) == 0)
    let result = try Jukta.run(["normalize", "/nowhere", "-o", file])
    #expect(
      result.status == 1 && result.errors.contains("/a: cannot be written: Permission denied"))
  }

  @Test func `is found to be impossible before anything is read`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", "ক\n")
    for command in [
      ["normalize"], ["segment"], ["encode", "-m", model], ["decode", "-m", model], ["inspect"],
      ["evaluate", "-m", model], ["count"], ["corpus", "text"], ["corpus", "stats"],
    ] {
      // A text that is bad tells which of the two is found first.
      let bad = scratch.file("bad", Data([0xFF, 0x0A]))
      let result = try Jukta.run(command + [bad, "-o", text + "/out"])
      #expect(
        result.status == 1 && result.errors.contains(text + "/out: cannot be written"),
        "\(command): \(result.errors)")
    }
    let result = try Jukta.run(["convert", scratch.place("none"), "-o", text + "/out.model"])
    #expect(result.status == 1 && result.errors.contains(text + "/out.model"), "\(result.errors)")
  }

  @Test func `that is a FIFO is written to, and stays`() throws {
    let scratch = try Scratch()
    let fifo = scratch.place("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    #expect(symlink("fifo", scratch.place("link")) == 0)
    for path in [fifo, scratch.place("link")] {
      let result = try Jukta.run(
        [path], through: "cat \"$1\" & echo 'ক  খ' | \"$0\" normalize -o \"$1\" && wait")
      #expect(result.status == 0 && result.text == "ক খ\n")
      #expect(Self.status(fifo).st_mode & S_IFMT == S_IFIFO)
    }
  }

  @Test func `may be a device, and /dev/stdout in all its forms`() throws {
    let scratch = try Scratch()
    let out = scratch.file("out", "before\n")
    #expect(try Self.normalize("ক\n", to: "/dev/null").status == 0)
    #expect(Self.status("/dev/null").st_mode & S_IFMT == S_IFCHR)
    let before = Self.status("/dev/stdout")
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
      // Appended to: neither cut off nor replaced.
      let shell = "exec >> \"$1\"; echo ক | \"$0\" normalize -o \(name); echo after"
      #expect(try Jukta.run([out], through: shell).status == 0)
      #expect(try Self.content(out) == "before\nক\nafter\n")
      scratch.file("out", "before\n")
      let piped = try Jukta.run([], through: "echo খ | \"$0\" normalize -o \(name) | cat")
      #expect(piped.text == "খ\n")
    }
    #expect(Self.status("/dev/stdout").st_mode & S_IFMT == before.st_mode & S_IFMT)
    let closed = try Self.normalize("ক\n", to: "/dev/fd/77")
    #expect(closed.status == 1 && closed.errors.contains("/dev/fd/77: cannot be written"))
  }

  @Test func `of ids and of their index must be two`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", "আমি\n")
    let file = scratch.file("f", "before")
    #expect(symlink("f", scratch.place("l")) == 0)
    #expect(link(file, scratch.place("h")) == 0)
    for other in ["f", "./f", "l", "h", "../\(scratch.path.split(separator: "/").last ?? "")/f"] {
      let result = try Jukta.run([
        "encode", "-m", model, "--format", "u16", text, "-o", file,
        "--index", scratch.place(other),
      ])
      #expect(result.status == 1 && result.errors.contains("--index"), "\(other): \(result.errors)")
      #expect(try Self.content(file) == "before")
    }
    let fresh = try Jukta.run([
      "encode", "-m", model, "--format", "u16", text, "-o", scratch.place("n"),
      "--index", scratch.path + "/./n",
    ])
    #expect(fresh.status == 1 && fresh.errors.contains("--index"))
    let input = try Jukta.run([
      "encode", "-m", model, "--format", "u16", text, "-o", scratch.place("n"), "--index", text,
    ])
    #expect(input.status == 1 && input.errors.contains("a.txt: cannot be written"))
    #expect(try Self.content(text) == "আমি\n")
    #expect(scratch.names == ["a.txt", "f", "h", "l", "model", "train.txt"])
  }
}

/// Where `-o` writes folders.
@Suite struct `The place of a folder` {
  static let files = [
    "recipe.json", "report.html", "special_tokens_map.json", "tokenizer.json",
    "tokenizer_config.json",
  ]

  static func train(_ text: String, to path: String, in folder: String) throws -> Jukta.Result {
    try Jukta.run(
      ["train", "bpe", text, "-o", path, "--vocab-size", "100", "-q"],
      through: "cd '\(folder)' && exec \"$0\" \"$@\"")
  }

  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @Test func `may be a link, a dot, two dots, or the folder itself`() throws {
    let scratch = try Scratch()
    let text = scratch.file("text", SmallText.text)
    for name in ["real", "in"] {
      try FileManager.default.createDirectory(
        atPath: scratch.place(name + "/below"), withIntermediateDirectories: true)
    }
    #expect(symlink("real", scratch.place("link")) == 0)
    #expect(symlink("fresh", scratch.place("ahead")) == 0)
    for (path, folder, place) in [
      ("link", "", "real"), ("link/", "", "real"), (".", "in", "in"), ("./", "in", "in"),
      ("..", "in/below", "in"), ("../", "in/below", "in"), ("ahead", "", "fresh"),
      ("./ahead/.", "", "fresh"),
    ] {
      let result = try Self.train(text, to: path, in: scratch.place(folder))
      #expect(result.status == 0, "\(path): \(result.errors)")
      let found = Self.names(scratch.place(place))
      #expect(Set(Self.files).isSubset(of: found), "\(path)")
      #expect(!found.contains { $0.contains("partial") || $0.hasPrefix(".") })
      for name in found where name != "below" { unlink(scratch.place(place + "/" + name)) }
    }
    #expect(scratch.names == ["ahead", "fresh", "in", "link", "real", "text"])
  }

  @Test func `keeps modes, links and other names of the files in it`() throws {
    let scratch = try Scratch()
    let text = scratch.file("text", SmallText.text)
    try FileManager.default.createDirectory(
      atPath: scratch.place("m"), withIntermediateDirectories: true)
    scratch.file("m/recipe.json", "before")
    #expect(chmod(scratch.place("m/recipe.json"), 0o600) == 0)
    scratch.file("blob", "before")
    #expect(symlink("../blob", scratch.place("m/tokenizer.json")) == 0)
    scratch.file("m/report.html", "before")
    #expect(link(scratch.place("m/report.html"), scratch.place("other")) == 0)
    #expect(try Self.train(text, to: "m", in: scratch.path).status == 0)
    var status = stat()
    #expect(lstat(scratch.place("m/recipe.json"), &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(lstat(scratch.place("m/tokenizer.json"), &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    for name in ["blob", "other"] {
      #expect(try String(contentsOfFile: scratch.place(name), encoding: .utf8) != "before")
    }
  }

  @Test(arguments: ["", "-", "/dev/null", "text", "text/below", "/proc/x", "ring"])
  func `that cannot be one is refused before the work, by name`(_ path: String) throws {
    let scratch = try Scratch()
    scratch.file("text", "ক\n")
    #expect(symlink("ring", scratch.place("ring")) == 0)
    // A text that is not there tells which of the two is found first.
    // For training, standard output is a slip of the command line, told before anything else.
    for command in path == "-" ? ["convert"] : ["train", "convert"] {
      let result = try Jukta.run(
        (command == "train" ? ["train", "bpe", "nowhere"] : ["convert", "nowhere"]) + ["-o", path],
        through: "cd '\(scratch.path)' && exec \"$0\" \"$@\"")
      #expect(result.status == 1)
      #expect(
        result.errors.hasPrefix(
          "jukta: \(path.isEmpty ? "''" : path == "text/below" ? "text" : path)"
            .replacingOccurrences(of: "/proc/x", with: "/proc")),
        "\(command): \(result.errors)")
    }
    #expect(scratch.names == ["ring", "text"])
  }
}
