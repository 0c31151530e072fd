"""Rules: what graphs are held to."""

import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.errors import ValidationError
from kg.resources import digest_of, folder

if TYPE_CHECKING:
    from kg.validation import Check, Report, Shapes


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What graphs are held to: our own shapes and checks, folders of more, and the engine that validates."""

    shapes: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    engine: str = "auto"
    deadline: float | None = None
    """Seconds for what may take for ever: pySHACL at each look, and checks of a user's own."""

    def report(self, quads: bytes, texts: dict[str, str] | None = None) -> "Report":
        """Return what is wrong with ``quads``; ``texts`` are articles' texts by IRI. Raises `ValidationError`."""
        from kg.validation import validate

        shapes, checks = self.load()
        return validate(quads, shapes, checks=checks, engine=self.engine, texts=texts, deadline=self.deadline)

    def load(self) -> "tuple[Shapes, tuple[Check, ...]]":
        """Return the shapes and the checks, read once in a process. Raises `ValidationError`."""
        return _load(self, self.digest)

    @property
    def until(self) -> float | None:
        """When what begins now has to be done, by `time.monotonic`."""
        return None if self.deadline is None else time.monotonic() + self.deadline

    @property
    def digest(self) -> str:
        """What the rules of a user's own say. Raises `ValidationError` for folders that hold none."""
        from kg.validation.checks import check_files
        from kg.validation.shapes import shape_files

        shapes = [file for directory in self.shapes for file in shape_files(directory)]
        checks = [file for directory in self.checks for file in check_files(directory)]
        try:
            return digest_of([*shapes, *checks]) + self.engine
        except OSError as error:
            raise ValidationError(f"{error.filename} cannot be read: {error.strerror}") from error


@lru_cache(maxsize=2)
def _load(rules: Rules, content: str) -> "tuple[Shapes, tuple[Check, ...]]":
    from kg.validation import load_checks, load_shapes, own_checks, own_shapes

    own = folder("shapes")
    return (
        load_shapes([own, *rules.shapes]) if rules.shapes else own_shapes(),
        load_checks([own, *rules.checks]) if rules.checks else own_checks(),
    )
