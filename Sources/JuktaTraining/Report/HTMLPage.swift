/// What our pages share: one file, no network, light and dark, on paper and on a phone.
package enum HTMLPage {
  /// The start of a page. HTML lets `body` and `html` end with the file, so nothing has to follow.
  package static func head(_ title: String, _ more: String = "") -> String {
    """
    <!DOCTYPE html>
    <html lang="bn"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>\(escape(title))</title>
    <style>\(style)</style>
    \(more)
    </head><body>
    <h1>\(escape(title))</h1>

    """
  }

  /// Text that can stand between tags or in a quoted attribute. What is not seen or turns the line
  /// around is shown by its code point.
  package static func escape(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        escaped.append("\u{FFFD}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  private static let style = """
    :root{--bg:#fbfaf7;--fg:#1f2328;--dim:#5f6670;--line:#d9d6ce;--card:#fff;--accent:#0b6b57;\
    --mark:#fff0b8;--error:#c62828;--warning:#b26a00;--info:#31679a;--cut:#d32f2f;--bar:#7fb8a8}
    @media (prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e4df;--dim:#9aa3ad;\
    --line:#343a40;--card:#1c2125;--accent:#6fd3ba;--mark:#4d4316;--error:#ff7b72;\
    --warning:#e3a33c;--info:#79b8f2;--cut:#ff6b63;--bar:#2f7f6c}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:72rem;padding:1rem;background:var(--bg);color:var(--fg);\
    font:16px/1.5 system-ui,"Noto Sans Bengali","Noto Serif Bengali","Kalpurush",sans-serif}
    h1{font-size:1.3rem;color:var(--accent);margin:.2rem 0 1rem}
    h2{font-size:1.05rem;margin:1rem 0 .4rem}
    h3{font-size:.95rem;font-weight:500;margin:.9rem 0 .2rem}
    section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;\
    padding:.8rem 1rem;margin:0 0 1rem;break-inside:avoid-page;overflow-wrap:anywhere}
    .dim{color:var(--dim);font-size:.85rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.9rem}
    th,td{text-align:left;padding:.15rem .6rem .15rem 0;vertical-align:top;\
    border-bottom:1px solid var(--line)}
    th{color:var(--dim);font-weight:500}
    td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
    code{font-family:ui-monospace,monospace;font-size:.85em}
    .source{font-size:1.7rem;line-height:2;margin:.2rem 0}
    .a{padding:.1rem .05rem;border-radius:.25rem;border-bottom:2px solid transparent;cursor:pointer}
    .a.error{border-bottom-color:var(--error)}.a.warning{border-bottom-color:var(--warning)}
    .a.info{border-bottom:2px dotted var(--info)}
    .on{background:var(--mark)!important}
    .toks{display:flex;flex-wrap:wrap;gap:.25rem;margin:.3rem 0 .6rem}
    .t{border:1px solid var(--line);border-radius:.35rem;padding:.1rem .4rem;cursor:pointer}
    .t.unknown{background:var(--mark);border-color:var(--warning)}
    .facts{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:.2rem 0 .4rem}
    .facts div{min-width:8rem}.facts b{display:block;font-size:1.5rem;font-weight:600}
    .t small{display:block;color:var(--dim);font-size:.7rem}
    .t.cut-start{border-left:3px solid var(--cut)}.t.cut-end{border-right:3px solid var(--cut)}
    .level{font-weight:600}.level.error{color:var(--error)}.level.warning{color:var(--warning)}
    .level.info{color:var(--info)}
    ul{padding-left:1.1rem;margin:.3rem 0}
    .meter{width:40%;min-width:4rem}.meter i{display:block;height:.8em;margin-top:.35em;\
    border-radius:.2em;background:var(--bar)}
    svg{max-width:100%;height:auto}svg text{fill:var(--fg);font-size:12px}
    svg .axis{stroke:var(--line)}svg .bar{fill:var(--bar)}svg .plot{fill:none;stroke:var(--accent);\
    stroke-width:2}
    @media (max-width:40rem){body{padding:.5rem}.source{font-size:1.4rem}.wide{display:none}\
    table{font-size:.8rem}}
    @media print{body{background:#fff;color:#000;max-width:none}section{border-color:#999}\
    .a.error{border-bottom-style:double}}
    """
}
