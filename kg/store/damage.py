"""Damage: what of a store is not as it was acknowledged, and what to do about it."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.files import checksum
from kg.store import generations
from kg.store.generations import GENERATIONS
from kg.store.journal import JOURNAL, batches_of, read_index
from kg.store.ledger import AGAIN, read_ledger
from kg.store.seals import unsealed
from kg.store.store import OWN

FILL = "delete the folder {0} and run kg build --store {1}, which fills it anew from the journal"


def damage(path: Path) -> list[str]:
    """Return a sentence for each thing in the store in ``path`` that is not as it was acknowledged; none: all is whole.

    Reads every byte. A build may go on meanwhile. Raises `StoreError` where there is no store.
    """
    if not path.is_dir():
        read_ledger(path)
    while True:
        try:
            ledger = read_ledger(path)
        except StoreError as error:
            if "is not a store" in str(error) or "has format" in str(error):
                raise
            return [str(error)]
        found = list(_damage(path, ledger))
        if not found or _same(path, ledger):
            return found


def extent(path: Path) -> str:
    """Return what a store holds, by its ledger, in one line. Raises `StoreError`."""
    ledger = read_ledger(path)
    batches, files = [*ledger.get("volumes", ()), *batches_of(path, ledger)], ledger.get("files", {})
    size = sum(item["size"] for item in (*batches, *files.values()))
    articles, quads, graphs = (ledger.get(name, 0) for name in ("articles", "quads", "graphs"))
    told = f"{articles:,} articles, {quads:,} quads in {graphs:,} graphs"
    waiting = "; a build was stopped: run it again" if ledger.get("resolved", "") != _last(batches) else ""
    return f"{path}: {told}; {len(batches) + len(files)} files, {size:,} bytes, all as they were written{waiting}"


def _last(batches: list[dict[str, Any]]) -> str:
    return str(batches[-1]["name"]) if batches else ""


def _same(path: Path, ledger: Mapping[str, Any]) -> bool:
    """Tell whether the ledger is still the same: else a build went on, and what was missed may have been replaced."""
    try:
        return read_ledger(path) == ledger
    except StoreError:
        return True


def _damage(path: Path, ledger: Mapping[str, Any]) -> Iterator[str]:
    folder = path / GENERATIONS / str(ledger.get("generation"))
    fill = FILL.format(folder, path)
    volumes = {path / JOURNAL / volume["name"]: volume for volume in ledger.get("volumes", ())}
    broken = {file: what for file, volume in volumes.items() if (what := _wrong(file, volume))}
    if broken:  # what they list is not known
        yield from (f"{file.relative_to(path)} {what}; {AGAIN}" for file, what in broken.items())
        return
    described = {path / JOURNAL / batch["name"]: batch for batch in batches_of(path, ledger)}
    described |= {folder / name: file for name, file in ledger.get("files", {}).items()}
    with ThreadPoolExecutor(2) as pool:
        wrong = list(pool.map(_wrong, described, described.values()))
    for file, what in zip(described, wrong, strict=True):
        if what:
            yield f"{file.relative_to(path)} {what}; {AGAIN if file.parent.name == JOURNAL else fill}"
    if not any(wrong):
        yield from _disagreement(path, ledger, fill)
    for name in sorted(set(generations.sizes(folder)) - set(ledger.get("files", ())) if folder.is_dir() else ()):
        yield f"{folder.relative_to(path) / name} is no file of the store; {fill}"
    for file in sorted(path.iterdir()):
        if file.is_file() and file.name not in OWN and file.suffix != ".lock" and not file.name.startswith("."):
            yield from _broken_seal(file)


def _wrong(file: Path, known: Mapping[str, Any]) -> str:
    """Return what is wrong with a file, as the rest of a sentence; empty where it is what it was."""
    try:
        size = file.stat().st_size
        if size != known["size"]:
            return f"has {size} bytes where {known['size']} were written"
        return "" if checksum(file) == known["sha256"] else "is not what was written (its checksum differs)"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _disagreement(path: Path, ledger: Mapping[str, Any], fill: str) -> Iterator[str]:
    """Yield where files that are what they were do not hold what the ledger says."""
    for batch in batches_of(path, ledger):
        try:
            entries = len(read_index(path / JOURNAL / batch["name"]).entries)
        except (OSError, ValueError) as error:
            yield f"{JOURNAL}/{batch['name']} cannot be read ({error}); {AGAIN}"
            continue
        if entries != batch["count"]:
            yield f"{JOURNAL}/{batch['name']} has {entries} articles where {batch['count']} are counted; {AGAIN}"
    if "files" in ledger:
        try:
            quads = len(generations.open_database(path / GENERATIONS / str(ledger["generation"]), ledger["files"]))
        except StoreError:
            yield f"the database cannot be opened; {fill}"
            return
        if quads != ledger["quads"]:
            yield f"the database has {quads} quads where {ledger['quads']} are counted; {fill}"


def _broken_seal(file: Path) -> Iterator[str]:
    try:
        unsealed(file.read_bytes())
    except (OSError, ValueError) as error:
        yield f"{file.name} is damaged ({error}); delete it, and the command that keeps it begins anew"
