"""A real browser on a published site: a host for it, tabs that note what goes wrong, what a page must hold.

It needs Playwright and axe (in the extra ``dev``) and Chromium: Debian's, or another named by KG_CHROMIUM.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
"""Keep Chromium from asking hosts of its maker."""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
SETTINGS: dict[str, dict[str, Any]] = {
    f"{size}, {scheme}": {**screen, "color_scheme": scheme}
    for size, screen in (("phone", PHONE), ("desk", DESK))
    for scheme in ("light", "dark")
}
SEEN_OTHERWISE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""Rules of axe whose outcome depends on the setting; the others are asked once a page."""
OBSERVE = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
PATIENCE = 120_000
"""Milliseconds after which what has not come is taken for missing: long, as a busy machine is slow."""


class Quiet(SimpleHTTPRequestHandler):
    """A plain static host."""

    def log_message(self, *values: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Yield the address of a static host of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def launched() -> Iterator[Any]:
    """Yield the browser."""
    from playwright.sync_api import sync_playwright

    flags = [*FLAGS, *["--no-sandbox"] * (os.geteuid() == 0)]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, headless=True, args=flags, timeout=PATIENCE)
        yield browser
        browser.close()


class Visit:
    """A tab, and what went wrong in it."""

    def __init__(self, chromium: Any, home: str, **settings: Any):
        self.home, self.faults = home, list[str]()
        self.context = chromium.new_context(**settings)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(OBSERVE)
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else 0)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("requestfailed", self._failed)

    def _failed(self, request: Any) -> None:
        # Who goes on to the next page before the icon of this one has come aborts it; what is missing,
        # refused or blocked fails in other words.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure} {request.url}")

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, "blob:", "data:")):
            self.faults.append(f"asked for {url}, outside of the site")

    def open(self, path: str) -> Any:
        self.page.goto("about:blank")
        self.page.goto(self.home + path)
        return self.page

    def set(self, setting: dict[str, Any]) -> None:
        """Be a screen of another size and scheme."""
        self.page.set_viewport_size(setting["viewport"])
        self.page.emulate_media(color_scheme=setting["color_scheme"])

    def ask(self, path: str = "sparql.html") -> Any:
        """Open the page that asks SPARQL, where the address says a query that is run at once."""
        return self.open(path)

    def answered(self) -> str:
        """Wait for an answer or a refusal; return what the page says of it."""
        self.page.wait_for_selector("#run:enabled")
        return str(self.page.inner_text("#status"))

    def saved(self, name: str) -> list[list[str]]:
        """Return the rows, the columns first, that the page that asks saves as the answer of a stored query."""
        self.page.select_option("#stored", name)
        self.page.click("#run")
        self.answered()
        with self.page.expect_download() as saved:
            self.page.click("#save-csv")
        assert saved.value.suggested_filename == f"{name}.csv"
        return read_csv(saved.value.path().read_text("utf-8"))


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def alike(found: list[list[str]], expected: list[list[str]]) -> bool:
    """Tell whether two answers have the same columns and, in any order, the same rows."""
    return found[0] == expected[0] and sorted(found) == sorted(expected)


def faults(visit: Visit, axe: Any, path: str, settings: Iterable[dict[str, Any]]) -> list[str]:
    """Return what is wrong with a page as it is seen in each of the settings."""
    visit.faults.clear()
    page, found = visit.page, []
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    for setting in settings:
        visit.set(setting)
        visit.open(path)
        where = f"{setting['viewport']['width']} {setting['color_scheme']}"
        found += [f"axe, {where}: {fault}" for fault in grave(axe, page, options)]
        options["runOnly"] = SEEN_OTHERWISE
        if (shifted := page.evaluate("window.shifted")) >= 0.01:
            found.append(f"layout, {where}: shifts by {shifted}")
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"sideways, {where}: the page scrolls")
    if (heads := page.locator("h1").count()) != 1:
        found.append(f"layout: {heads} headings of the first level")
    return found + [f"console: {fault}" for fault in visit.faults]


def grave(axe: Any, page: Any, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the serious and critical faults, each with the first places where it is."""
    found = axe.run(page, options=options).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]][:3]) for fault in found
            if fault["impact"] in ("serious", "critical")]  # fmt: skip


def validator() -> list[str] | None:
    """Return how the HTML validator is run, None where it is not at hand; tests/peers.txt says how to get it."""
    jar = Path(os.environ.get("KG_PEERS") or "nowhere") / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return ["java", "-Xss4m", "-jar", str(jar)] if jar.is_file() and shutil.which("java") else None


def invalid(command: list[str], files: Iterable[Path]) -> list[Any]:
    """Return what the validator says against some pages."""
    done = subprocess.run(
        [*command, "--errors-only", "--exit-zero-always", "--format", "json", *map(str, files)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return list(json.loads(done.stderr)["messages"])
