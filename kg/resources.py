"""Where the data folders are: inside an installed wheel, or beside the package in a checkout."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import ResourceError

FOLDERS = ("ontology", "shapes", "queries", "seeds")


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
