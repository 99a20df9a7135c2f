import Foundation
import Testing

/// `make install` and `make uninstall`, without the build.
@Suite struct `Installing` {
  static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Scripts/install.sh").standardizedFileURL.path

  static func run(_ verb: String, in scratch: Scratch) throws -> Jukta.Result {
    try Jukta.run(
      [script, verb, scratch.path],
      through: "BINARY=\"$0\" DESTDIR=\"$3\" PREFIX=/usr bash \"$1\" \"$2\"")
  }

  static func files(_ scratch: Scratch) -> [String] {
    let all = FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String }
    return (all ?? []).filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: scratch.place(path), isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  @Test func `puts program, pages and completions there, and takes them away`() throws {
    let scratch = try Scratch()
    let result = try Self.run("install", in: scratch)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let files = Self.files(scratch)
    for name in [
      "usr/bin/jukta", "usr/share/bash-completion/completions/jukta",
      "usr/share/zsh/site-functions/_jukta", "usr/share/fish/vendor_completions.d/jukta.fish",
      "usr/share/man/man1/jukta.1", "usr/share/man/man1/jukta-corpus-text.1",
      "usr/share/man/man1/jukta-train-unigram.1",
    ] { #expect(files.contains(name), "\(name)") }
    let program = scratch.place("usr/bin/jukta")
    let version = try Jukta.run([program], through: "\"$1\" --version")
    let expected = try Jukta.run(["--version"]).output
    #expect(version.status == 0 && version.output == expected)
    let page = try String(
      contentsOfFile: scratch.place("usr/share/man/man1/jukta-encode.1"), encoding: .utf8)
    #expect(page.hasPrefix(".TH JUKTA-ENCODE 1") && page.contains("\\-\\-no\\-special\\-tokens"))
    let completion = scratch.place("usr/share/bash-completion/completions/jukta")
    #expect(try Jukta.run([completion], through: "bash -n \"$1\"").status == 0)
    #expect(try Self.run("uninstall", in: scratch).status == 0)
    #expect(Self.files(scratch).isEmpty)
  }
}
