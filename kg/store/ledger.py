"""The ledger of a store: which files hold what is acknowledged, how many bytes each has, and what these sum up to.

A file of the store counts once the ledger names it, and the ledger is replaced in one step. So whatever a killed
process leaves half done is a file nobody names, and whatever is acknowledged can be checked.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.files import checksum, sync, write_whole

FORMAT = 2
LEDGER = "store.json"


def read_ledger(path: Path) -> dict[str, Any]:
    """Return the ledger of the store in the folder ``path``. Raises `StoreError`."""
    if not path.exists():
        raise StoreError(f"there is no store at {path}; make one with: kg build PATH --store {path}")
    not_one = f"{path} is not a store; name the folder that kg build was given as --store"
    try:
        data = (path / LEDGER).read_bytes()
    except FileNotFoundError:
        if any((path / part).is_dir() for part in ("journal", "generations")):
            raise StoreError(f"the ledger of the store {path} is missing; {AGAIN}") from None
        raise StoreError(not_one) from None
    except OSError as error:
        raise StoreError(f"{not_one} ({error.strerror})") from None
    try:
        ledger = json.loads(data)
    except ValueError:
        raise StoreError(f"the ledger of the store {path} is damaged; {AGAIN}") from None
    if not isinstance(ledger, dict) or ledger.get("format") != FORMAT:
        found = ledger.get("format") if isinstance(ledger, dict) else None
        raise StoreError(
            f"the store {path} has format {found}, this kg reads {FORMAT}; delete the folder and build it again"
        )
    if ledger.pop("seal", None) != _seal(ledger):
        raise StoreError(f"the ledger of the store {path} is damaged; {AGAIN}")
    return ledger


AGAIN = "restore a backup (kg backup makes them), or delete the folder and build it again"
"""What to do where nothing in the store can make up for what is lost."""


def write_ledger(path: Path, ledger: Mapping[str, Any]) -> None:
    """Make ``ledger`` that of the store in ``path``; on return it is on disk. Raises `OSError`."""
    complete = {**ledger, "seal": _seal(ledger)}
    text = json.dumps(complete, indent=1, sort_keys=True, ensure_ascii=False)
    write_whole(path / LEDGER, text.encode("utf-8", "surrogatepass") + b"\n")
    sync(path)


def _seal(ledger: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(ledger, sort_keys=True).encode()).hexdigest()


def described(path: Path) -> dict[str, Any]:
    """Return what the ledger says of a file: its size and its checksum. Raises `OSError`."""
    return {"size": path.stat().st_size, "sha256": checksum(path)}
