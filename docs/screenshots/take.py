"""Take the pictures of this folder anew: five pages of the sample articles' site, on a phone and on a desk.

    python docs/screenshots/take.py

It needs the extra ``dev``, and Chromium; fonts for Chinese are shown if there are any (Debian: fonts-wqy-microhei).
"""

import os
import shutil
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kg.cli import site_of
from kg.dumps import dump
from kg.engines import build
from kg.publishing import Release, publish
from kg.resources import folder
from kg.store import Store

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PAGES = {
    "start": "index.html",
    "person": "person/xi-jinping.html",
    "event": "event/2021-02-08-call-cn-vn-d834e7dc.html",
    "network": "network.html",
    "sparql": "sparql.html#tenures",
}
SIZES = {"phone": ({"width": 390, "height": 844}, "dark"), "desk": ({"width": 1280, "height": 780}, "light")}


class Quiet(SimpleHTTPRequestHandler):
    """A static host that says nothing."""

    def log_message(self, *values: object) -> None:
        """Say nothing."""


def settle(page: Page, name: str) -> None:
    """Wait for what a page loads, and bring what it shows into view."""
    if name == "sparql":
        page.wait_for_selector("#answer:not([hidden])")
        page.click("#as-timeline")
        page.locator("#about").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('status').textContent = document.getElementById('status').textContent"
                      ".replace(/ in .*/, '')")  # fmt: skip


def main() -> None:
    """Build, publish, look."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        build([str(folder("seeds") / "articles")], scratch / "store")
        with Store.open(scratch / "store") as store:
            publish(site_of(store, "Diplomacy knowledge graph"), scratch / "site", dump, Release("Sample"))
        host = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(scratch / "site")))
        threading.Thread(target=host.serve_forever, daemon=True).start()
        flags = ["--disable-gpu", "--disable-background-networking", *["--no-sandbox"] * (os.geteuid() == 0)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
            for size, (viewport, scheme) in SIZES.items():
                page = browser.new_page(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
                for shown, path in PAGES.items():
                    page.goto("about:blank")
                    page.goto(f"http://127.0.0.1:{host.server_port}/{path}")
                    settle(page, shown)
                    page.screenshot(path=HERE / f"{shown}-{size}.png")
            browser.close()
        host.shutdown()


if __name__ == "__main__":
    main()
