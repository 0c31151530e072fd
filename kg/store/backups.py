"""Backups: a consistent copy of a store, made beside readers and builds, and verified."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.files import checksum, sync
from kg.store.damage import damage
from kg.store.generations import GENERATIONS
from kg.store.journal import JOURNAL, batches_of
from kg.store.ledger import write_ledger
from kg.store.store import OWN, settled, why_not


def back_up(path: Path, target: Path) -> dict[str, Any]:
    """Copy the store in ``path`` to the folder ``target``, new or empty, and return its ledger.

    The copy is a store: use it as one, or copy it back. What a build acknowledges while it is copied is in the next
    backup. Raises `StoreError` where the store is damaged, keeps changing, or the copy cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target} is there already; give the backup a new or empty folder")
    if target.resolve().is_relative_to(path.resolve()):
        raise StoreError(f"{target} lies inside the store; give the backup a folder elsewhere")
    ledger, _ = settled(path, lambda ledger: _copy(path, ledger, target))
    try:
        write_ledger(target, ledger)
    except OSError as error:
        raise _failed(target, error) from error
    if found := damage(target):
        raise StoreError(f"the backup in {target} is not what was copied ({found[0]}); try another disk")
    return ledger


def _copy(path: Path, ledger: Mapping[str, Any], target: Path) -> None:
    """Copy what ``ledger`` names; what is there already from a try before is begun anew."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        for part in (JOURNAL, GENERATIONS):
            (target / part).mkdir(parents=True)
        for file, known in _named(path, ledger):
            copied = target / file.relative_to(path)
            copied.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(file, copied)
            except FileNotFoundError:  # a build replaced it meanwhile, or it is lost
                raise StoreError(f"{file} is missing; see kg check") from None
            if known and checksum(copied) != known["sha256"]:
                raise StoreError(f"{file} is damaged; see kg check")
            sync(copied)
        for folder in {copied.parent for copied in target.rglob("*")}:
            sync(folder)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise _failed(target, error) from error
    except StoreError:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _named(path: Path, ledger: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the files of a store, those that the ledger names with what it says of them."""
    folder = path / GENERATIONS / str(ledger.get("generation"))
    for name, known in ledger.get("files", {}).items():
        yield folder / name, known
    for batch in (*ledger.get("volumes", ()), *batches_of(path, ledger)):
        yield path / JOURNAL / batch["name"], batch
    for file in path.iterdir():
        if file.is_file() and file.name not in OWN and file.suffix != ".lock" and not file.name.startswith("."):
            yield file, {}


def _failed(target: Path, error: OSError) -> StoreError:
    return StoreError(why_not(target, error).replace("; the old content is kept", "; no backup was made"))
