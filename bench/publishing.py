"""What it takes to publish a store, how large its pages are, and whether all their links lead somewhere.

    python bench/publishing.py STORE... [--once] [--keep]

Each STORE is published twice, into two folders whose bytes are then compared; --once leaves the second out. "Processor
s" is what the first run used, "others" how many cores others kept busy. A page is the HTML alone; "with style"
adds the style sheet, "SPARQL" is what the page that asks loads besides, the data left out.
"""

import argparse
import filecmp
import html
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urldefrag

from growth import run
from measuring import report

from kg.store import Store

_LINK = re.compile(r'(?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r'\bid="([^"]*)"')
_OPTIONAL = ("sparql-page.js", "sparql-worker.js", "oxigraph.wasm.gz")


def publish(store: Path, target: Path) -> dict[str, float]:
    """Return what publishing a store took."""
    return run([sys.executable, "-m", "kg", "publish", str(target), "--store", str(store)])


def broken(site: Path) -> Iterator[tuple[str, str]]:
    """Yield page and link of each that leads nowhere, anchors included."""
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    anchors = {path: {html.unescape(name) for name in _ANCHOR.findall(text)} for path, text in pages.items()}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for page, text in pages.items():
        for link in {html.unescape(found) for found in _LINK.findall(text)}:
            if link.startswith(("http://", "https://")):
                continue
            path, anchor = urldefrag(link)
            target = normpath(join(dirname(page), unquote(path))) if path else page
            named = not anchor or target not in pages or target == "sparql.html" or unquote(anchor) in anchors[target]
            if target not in there or not named:
                yield page, link


def differing(one: Path, other: Path) -> int:
    """Return how many files two folders do not share byte for byte."""
    files = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    others = {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    shared = [str(path) for path in files & others]
    _, mismatch, errors = filecmp.cmpfiles(one, other, shared, shallow=False)
    return len(mismatch) + len(errors) + len(files ^ others)


def row(store: Path, folder: Path, *, twice: bool) -> dict[str, Any]:
    """Return a row of the table."""
    with Store.open(store) as opened:
        articles = len(opened.graphs())
    figures = publish(store, folder / "one")
    pages = sorted((folder / "one").rglob("*.html"), key=lambda path: path.stat().st_size)
    lost = list(broken(folder / "one"))
    for page, link in lost[:20]:
        print(f"broken: {page} {link}", file=sys.stderr)
    print(f"largest: {[path.relative_to(folder / 'one').as_posix() for path in pages[-5:]]}", file=sys.stderr)
    assets = folder / "one" / "assets"
    found = {
        "articles": f"{articles:,}",
        "files": f"{sum(1 for path in (folder / 'one').rglob('*') if path.is_file()):,}",
        **figures,
        "largest page kB": pages[-1].stat().st_size / 1000,
        "with style": (pages[-1].stat().st_size + (assets / "site.css").stat().st_size) / 1000,
        "SPARQL": sum((assets / name).stat().st_size for name in _OPTIONAL) / 1000,
        "broken links": f"{len(lost)}",
    }
    if twice:
        publish(store, folder / "two")
        found["files that differ"] = f"{differing(folder / 'one', folder / 'two')}"
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("stores", nargs="+", type=Path, metavar="STORE")
    parser.add_argument("--once", action="store_true", help="publish once, comparing nothing")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    rows = []
    for store in asked.stores:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(row(store, Path(folder), twice=not asked.once))
    report("publishing", "python bench/publishing.py store", rows, keep=asked.keep)


if __name__ == "__main__":
    main()
