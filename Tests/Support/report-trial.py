"""Works a page of `neuromaps report` in a browser as a person would, and says what is not as it should be.

usage: report-trial.py PAGE CHROMIUM SCREENSHOTS
"""

import pathlib
import re
import subprocess
import sys
import time

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import sync_playwright

page_file, chromium, shots = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
address = page_file.as_uri()
problems = []

# What a person sees; the script must not be asked about itself.
NAMES = "elements => elements.filter(e => e.offsetParent !== null).map(e => e.querySelector('.name code').textContent)"
ROWS = "elements => elements.filter(e => !e.hidden).map(e => e.cells[0].querySelector('code').textContent)"
CELLS = "(elements, column) => elements.map(e => e.cells[column].dataset.key ?? e.cells[column].textContent.trim())"


def expect(holds, what):
    print(f"  {'ok  ' if holds else 'FAIL'} {what}")
    if not holds:
        problems.append(what)


def natural(text):
    """As the page sorts: numbers by their value, without regard to case."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.lower()) for part in re.findall(r"\d+|\D+", text)]


class Visit:
    """A page in a window of its own, which notes all that goes wrong in it, and all that it asks for."""

    def __init__(self, browser, name, **options):
        self.name = name
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.told, self.asked = [], []
        self.page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def __enter__(self):
        self.start = time.monotonic()
        print(f"{self.name}:", flush=True)
        return self.page

    def __exit__(self, kind, *_):
        if kind is None:
            within = ("data:", "blob:")
            outside = [url for url in self.asked if not url.startswith(within) and url.split("#")[0] != address]
            expect(not self.told, f"nothing on the console {self.told[:3] or ''}")
            expect(not outside, f"nothing asked of the network {outside[:3] or ''}")
            print(f"  {time.monotonic() - self.start:.1f} s", flush=True)
        self.context.close()


def shoot(page, name):
    page.screenshot(path=shots / f"{name}.png")


def look(page, name, whole=False):
    """Takes pictures of the parts of the page, and checks what can be measured of its looks."""
    shoot(page, f"{name}-top")
    for part in ["#maps", ".map >> nth=0", ".map >> nth=1", ".atlas >> nth=0", "#cite"]:
        if page.locator(part).count():
            page.locator(part).evaluate("element => element.scrollIntoView()")
            shoot(page, f"{name}-{re.sub(r'[^a-z0-9]', '', part.replace('nth=', ''))}")
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    expect(width[0] <= width[1], f"no wider than the window: {width[0]} of {width[1]} px")
    broken = page.evaluate(
        "Promise.all(Array.from(document.images, i => i.decode().then(() => null, () => i.alt)))"
        ".then(all => all.filter(x => x !== null))")
    expect(not broken, f"all {page.locator('img').count()} pictures can be shown {broken[:3] or ''}")
    barriers(page, whole)


def barriers(page, whole):
    """What axe finds: contrast, names, roles, headings, what the keyboard cannot reach.

    It takes long, and looks at all maps once; else at a dozen, and at those that stand out.
    """
    rest = "" if whole else ".map:nth-of-type(n+13):not(:has(.state, .warnings)), #index tr:nth-of-type(n+13)"
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    scope = {"exclude": [rest]} if rest else {}
    run = "scope => axe.run({include: [':root'], ...scope}, {resultTypes: ['violations']})"
    found = page.evaluate(run, scope)["violations"]
    told = [f"{item['id']}: {item['nodes'][0]['html'][:90]} (and {len(item['nodes']) - 1} more)" for item in found]
    expect(not told, f"axe finds no barrier {told or ''}")


def sort(page):
    heads, rows = page.locator("#index thead th"), page.locator("#index tbody tr")
    for column in range(heads.count()):
        name = heads.nth(column).inner_text().strip()
        directions = ["descending", "ascending"] if column == 0 else ["ascending", "descending"]
        for direction in directions:
            heads.nth(column).locator("button").click()
            values = rows.evaluate_all(CELLS, column)
            known = [value for value in values if value]
            wanted = sorted(known, key=natural, reverse=direction == "descending")
            is_sorted = [natural(v) for v in known] == [natural(v) for v in wanted]
            expect(is_sorted and values[: len(known)] == known, f"sorted by {name}, {direction}")
            expect(heads.nth(column).get_attribute("aria-sort") == direction, f"aria-sort of {name} says so")
        cards = page.locator(".map").evaluate_all(NAMES)
        expect(cards == rows.evaluate_all(ROWS), f"the cards follow the rows by {name}")
    heads.nth(0).locator("button").press("Enter")
    expect(heads.nth(0).get_attribute("aria-sort") == "ascending", "the Enter key sorts, too")


def filter_(page):
    cards, rows, shown = page.locator(".map"), page.locator("#index tbody tr"), page.locator("#shown")
    total = cards.count()
    names = cards.evaluate_all(NAMES)

    def visible():
        found = cards.evaluate_all(NAMES)
        expect(sorted(found) == sorted(rows.evaluate_all(ROWS)), f"rows and cards show the same {len(found)}")
        words = shown.inner_text()
        expect(words.startswith(str(len(found))), f"the page tells how many: {words}")
        return found

    page.fill("#filter-text", names[-1])
    expect(names[-1] in visible(), "a name finds its map")
    shoot(page, "filtered")
    digest = cards.nth(0).locator(".files code").nth(1).text_content()
    page.fill("#filter-text", digest)
    expect(visible() == [names[0]], "a checksum that is folded away finds its map")
    page.fill("#filter-text", "no map has this 4711")
    expect(visible() == [], "what nothing answers shows nothing")
    shoot(page, "nothing")
    page.click("#clear")
    expect(len(visible()) == total and page.locator("#clear").is_hidden(), "all are shown again")
    for facet in page.locator("[data-facet]").all():
        name = facet.get_attribute("data-facet")
        for option in facet.locator("option").all()[1:]:
            label = option.text_content()
            facet.select_option(value=option.get_attribute("value"))
            count = int(re.search(r"\((\d+)\)$", label)[1])
            expect(len(visible()) == count, f"{name}: {label}")
        facet.select_option(index=0)
    page.fill("#filter-text", "no map has this 4711")
    page.evaluate("name => { location.hash = '#' + name }", names[0])
    page.wait_for_function("location.hash && !document.querySelector('.map').hidden")
    expect(len(visible()) == total, "a link to a map that is not shown shows it")


def copy(page):
    for button in page.locator("[data-copies]").all()[:6] + page.locator("#cite [data-copies]").all():
        label = button.get_attribute("aria-label")
        wanted = page.locator(f"[id='{button.get_attribute('data-copies')}']").text_content()
        button.click()
        page.wait_for_function("button => button.textContent === 'Copied'", arg=button.element_handle())
        expect(page.evaluate("navigator.clipboard.readText()") == wanted, label)
    for link in page.locator("a[download]").all():
        with page.expect_download() as download:
            link.click()
        name, text = download.value.suggested_filename, pathlib.Path(download.value.path()).read_text(encoding="utf-8")
        block = link.locator("xpath=ancestor::div[contains(@class, 'format')]//pre")
        is_same = text == block.text_content() and name == link.get_attribute("download")
        expect(is_same, f"{name} is saved as it is shown")


def keyboard(page):
    page.keyboard.press("Tab")
    expect(page.evaluate("document.activeElement.className") == "skip", "the first Tab offers to skip to the maps")
    shoot(page, "skip")
    page.keyboard.press("Enter")
    expect(page.evaluate("location.hash") == "#maps", "and it leads there")
    page.focus("#filter-text")
    for _ in range(5):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        expect(style != "none", f"focus is seen on {page.evaluate('document.activeElement.outerHTML.slice(0, 60)')}")


def paper(page):
    file = shots / "print.pdf"
    folded = page.locator("details:not([open])").count()
    page.pdf(path=file, format="A4")
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    expect(page.locator("details:not([open])").count() == folded, "what was folded is folded again after printing")
    squeezed = re.sub(r"\s", "", text)
    digest = page.locator(".files code").nth(1).text_content()
    expect(digest in squeezed, "checksums are on paper, though they are folded on the screen")
    names = page.locator(".map .name code").evaluate_all("elements => elements.map(e => e.textContent)")
    missing = [name for name in names if squeezed.count(name) < 2]
    expect(not missing, f"all maps are on paper, in the table and by themselves {missing[:3] or ''}")
    expect("Save references" not in text and "Search" not in text, "what is to be clicked is not")
    pages = text.count("\f")
    expect(pages <= len(names) + 30, f"{pages} pages for {len(names)} maps")


def unscripted(page):
    expect(page.locator(".map").count() > 0, "maps are there")
    expect(page.locator("#filters").is_hidden(), "what needs the script to choose maps is not")
    expect(page.locator("button:visible").count() == 0, "no button that does nothing")
    summary = page.locator("summary").nth(0)
    summary.click()
    expect(page.locator("details[open]").count() == 1, "files unfold without a script")


def main():
    size = page_file.stat().st_size
    expect(size < 10_000_000, f"the page has {size / 1e6:.1f} MB, of 10")
    with sync_playwright() as playwright:
        # As root Chromium has no sandbox; the page is one of ours, and there is no network.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desktop = {"viewport": {"width": 1280, "height": 900}}
        allowed = {"permissions": ["clipboard-read", "clipboard-write"]}
        with Visit(browser, "keyboard", **desktop) as page:
            keyboard(page)
        with Visit(browser, "desktop, light", color_scheme="light", **desktop) as page:
            look(page, "desktop", whole=True)
        with Visit(browser, "desktop, dark", color_scheme="dark", **desktop) as page:
            look(page, "dark")
        with Visit(browser, "phone", viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True) as page:
            look(page, "phone")
        with Visit(browser, "sorting", **desktop) as page:
            sort(page)
        with Visit(browser, "filtering", **desktop) as page:
            filter_(page)
        with Visit(browser, "copying", **allowed, **desktop) as page:
            copy(page)
        with Visit(browser, "paper", color_scheme="dark", **desktop) as page:
            paper(page)
        with Visit(browser, "without a script", java_script_enabled=False, **desktop) as page:
            unscripted(page)
        browser.close()
    print(f"screenshots and print.pdf are in {shots}")
    if problems:
        sys.exit(f"{len(problems)} not as it should be:\n  " + "\n  ".join(problems))
    print("the page is as it should be")


main()
