#!/usr/bin/env python3
"""Opens Jukta's pages in headless Chromium, hovers, clicks and checks what is shown, at two widths:

    pages.py JUKTA MODEL [SCREENSHOTS]

JUKTA: the program; MODEL: a folder with a tokenizer.json. With SCREENSHOTS, pictures go there.
The browser is driven over its debugging pipe: the mouse is moved and pressed for real, then a script
asks what is lit. Needs Debian's `chromium` and a Bengali font.
"""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

EVIL = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
TEXTS = ["ক্ষ্মী স্বাতন্ত্র্য র‍্যাব অ্যান্ড ভর্ৎসনা", "অামি কিন্তুু হঠাত্‍ যাই, দু:খ পাই৷", "10টি <b>লাল</b> ফুল " + EVIL]
WIDTHS = [(1200, 900), (390, 844)]

LIT = """
(function () {
  var first = document.querySelector('section');
  var lit = [].slice.call(document.querySelectorAll('.on'));
  return {
    letters: lit.filter(function (e) { return e.classList.contains('a'); }).map(function (e) { return e.dataset.k; }),
    rows: lit.filter(function (e) { return e.tagName == 'TR'; }).map(function (e) { return e.dataset.k; }),
    tokens: lit.filter(function (e) { return e.classList.contains('t'); }).length,
    all: lit.length
  };
})()"""
SHOWN = """
(function () {
  return {
    title: document.title, injected: document.body.querySelectorAll('img, b b, u, section script, iframe').length,
    over: document.documentElement.scrollWidth - window.innerWidth, width: window.innerWidth,
    fetched: performance.getEntriesByType('resource').length,
    errors: document.querySelectorAll('section:nth-of-type(2) .a.error').length,
    levels: document.querySelectorAll('section:nth-of-type(2) li .level').length,
    cuts: [].map.call(document.querySelectorAll('.t.cut-start'), function (e) { return getComputedStyle(e).borderLeftColor; }),
    models: document.querySelectorAll('section:first-of-type .toks').length,
    rows: document.querySelectorAll('#figures tr').length,
    filters: document.querySelectorAll('#filters h3').length,
    bars: [].map.call(document.querySelectorAll('svg rect.bar'), function (e) { return e.getBoundingClientRect().width; }),
    background: getComputedStyle(document.body).backgroundColor
  };
})()"""


class Browser:
    """Chromium at the other end of a pipe: JSON messages that end with a zero byte."""

    def __init__(self):
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        (to_read, self.to), (self.back, back_write) = os.pipe(), os.pipe()

        def connect():
            # The browser reads from descriptor 3 and writes to 4; neither may be overwritten first.
            reading, writing = os.dup2(to_read, 20), os.dup2(back_write, 21)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.profile = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile.name}", "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(back_write)
        self.number, self.buffer, self.session = 0, b"", None
        page = next(t for t in self("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        self("Page.enable")

    def message(self):
        while b"\0" not in self.buffer:
            self.buffer += os.read(self.back, 1 << 16)
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def __call__(self, method, **parameters):
        self.number += 1
        call = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            call["sessionId"] = self.session
        os.write(self.to, json.dumps(call).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, page, width, height, scheme="light"):
        self("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self("Page.navigate", url=f"file://{page}")
        while self.ask("document.readyState") != "complete":
            time.sleep(0.05)

    def ask(self, expression):
        answer = self("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def mouse(self, selector, click=False):
        """Moves to the middle of an element, and presses there."""
        box = self.ask(f"(function (e) {{ e.scrollIntoView({{block: 'center'}}); var r = e.getClientRects()[0];"
                       f" return [r.x + r.width / 2, r.y + r.height / 2]; }})(document.querySelector({json.dumps(selector)}))")
        at = {"x": box[0], "y": box[1]}
        self("Input.dispatchMouseEvent", type="mouseMoved", **at)
        if click:
            self("Input.dispatchMouseEvent", type="mousePressed", button="left", clickCount=1, **at)
            self("Input.dispatchMouseEvent", type="mouseReleased", button="left", clickCount=1, **at)
        return self.ask(LIT)

    def picture(self, path):
        data = self("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self):
        # It answers or is gone already.
        os.write(self.to, json.dumps({"id": 0, "method": "Browser.close"}).encode() + b"\0")
        self.process.wait(timeout=20)
        self.profile.cleanup()


def inspect_checks(browser, shown):
    lit = browser.mouse('.a[data-k="2"]')
    yield "hovering an akshara lights it alone", lit["letters"] == ["2"]
    yield "and its code points", set(lit["rows"]) == {"2"}
    yield "and its tokens", lit["tokens"] >= 2
    lit = browser.mouse('tr[data-k="0"] td code')
    yield "hovering a code point lights its akshara", lit["letters"] == ["0"]
    token = browser.mouse(".t:last-child")
    covered = browser.ask("document.querySelector('.t:last-child').dataset.k").split(" ")
    yield "hovering a token lights what it covers", token["letters"] == covered != [""]
    pinned = browser.mouse('.a[data-k="2"]', click=True)
    moved = browser.mouse('.a[data-k="0"]')
    yield "a click pins", pinned["letters"] == moved["letters"] == ["2"]
    yield "a second click lets go", browser.mouse('.a[data-k="2"]', click=True)["all"] == 0
    yield "anomalies are marked", shown["errors"] >= 2 and shown["levels"] >= 5
    yield "cuts are red", shown["cuts"] and all(re.match(r"rgb\((1[5-9]|2[0-9])[0-9], (\d\d|1[01]\d), ", c) for c in shown["cuts"])
    yield "two models are shown", shown["models"] == 2


def evaluate_checks(_, shown):
    yield "a row a model", shown["rows"] == 3
    yield "plots have bars that are seen", len(shown["bars"]) > 4 and min(shown["bars"]) > 1


def stats_checks(_, shown):
    yield "a table of sums", shown["rows"] > 5
    yield "what each filter would drop", shown["filters"] == 9


def pages(jukta, model, folder):
    evil = folder / "<b>model" / "&<i>x"
    shutil.copytree(model, evil)
    text = folder / "<u>text&.txt"
    text.write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
    for name, command, checks in [
        ("inspect", ["inspect", "--fix", "--format", "html"], inspect_checks),
        ("evaluate", ["evaluate", "--format", "html"], evaluate_checks),
    ]:
        page = folder / f"{name}.html"
        subprocess.run([jukta, *command, "-m", model, "-m", evil, "-o", page, text], check=True)
        yield name, page, checks
    page = folder / "stats.html"
    subprocess.run([jukta, "corpus", "stats", "--html", "-o", page, text], check=True)
    yield "stats", page, stats_checks
    report = pathlib.Path(model) / "report.html"
    if report.exists():
        yield "report", report.resolve(), lambda _, shown: [("curves and bars", len(shown["bars"]) > 4)]


def common_checks(width, shown):
    yield "text stays text", "pwned" not in shown["title"] and shown["injected"] == 0
    yield "nothing sticks out", shown["over"] <= 0 and shown["width"] == width
    yield "nothing is fetched", shown["fetched"] == 0


def main():
    jukta, model = sys.argv[1:3]
    pictures = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    bad = 0
    browser = Browser()
    with tempfile.TemporaryDirectory() as scratch:
        for name, page, checks in pages(jukta, model, pathlib.Path(scratch)):
            for width, height in WIDTHS:
                browser.open(page, width, height)
                shown = browser.ask(SHOWN)
                results = [*common_checks(width, shown), *checks(browser, shown)]
                if pictures:
                    pictures.mkdir(parents=True, exist_ok=True)
                    browser.ask("scrollTo(0, 0)")
                    browser.picture(pictures / f"{name}-{width}.png")
                browser.open(page, width, height, "dark")
                results.append(("dark follows the system", browser.ask(SHOWN)["background"] != shown["background"]))
                failed = [what for what, holds in results if not holds]
                bad += len(failed)
                print(f"{name:9} {width:5} px  {len(results):3} checks, {len(failed)} failed {failed or ''}")
    browser.close()
    return 1 if bad else 0


sys.exit(main())
