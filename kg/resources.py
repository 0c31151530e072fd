"""Where the data folders are: inside an installed wheel, or beside the package in a checkout."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import ResourceError

FOLDERS = ("ontology", "shapes", "queries", "seeds")
_COMPILED = (".so", ".pyd")


def folder(name: str) -> Traversable:
    """Return the data folder ``name``, one of `FOLDERS`.

    A wheel carries the folders under ``kg/data``; a checkout (and so an editable install) has them beside the
    package. Works from a zipped wheel too, hence a `Traversable` and not a path.

    >>> folder("ontology").is_dir()
    True
    """
    packed = resources.files("kg") / "data" / name
    if packed.is_dir():
        return packed
    checkout = Path(__file__).parent.parent / name
    if name in FOLDERS and checkout.is_dir():
        return checkout
    raise ResourceError(f"the data folder {name!r} is missing; reinstall diplomacy-kg (folders: {', '.join(FOLDERS)})")


def files_below(place: Traversable | Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file below ``place``, or of itself, in order of name.

    What is hidden is left out, and so is what is compiled from the sources beside it.
    """
    if place.is_file():
        yield place.name, place.read_bytes()
        return
    for inner in sorted(place.iterdir(), key=lambda inner: inner.name):
        if not inner.name.startswith((".", "__pycache__")) and not inner.name.endswith(_COMPILED):
            yield from files_below(inner)


def digest_of(places: Iterable[Traversable | Path]) -> str:
    """Return the SHA-256 of all files below ``places``, with their names: 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for place in places:
        for name, content in files_below(place):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
