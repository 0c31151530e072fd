"""Rules: what graphs are held to."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.resources import digest_of, folder

if TYPE_CHECKING:
    from kg.validation import Report


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What graphs are held to: our own shapes and checks, folders of more, and the engine that validates."""

    shapes: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    engine: str = "auto"
    deadline: float | None = None

    def report(self, quads: bytes, texts: dict[str, str] | None = None) -> "Report":
        """Return what is wrong with ``quads``; ``texts`` are articles' texts by IRI. Raises `ValidationError`."""
        from kg.validation import load_checks, load_shapes, own_checks, own_shapes, validate

        own = folder("shapes")
        return validate(
            quads,
            load_shapes([own, *self.shapes]) if self.shapes else own_shapes(),
            checks=load_checks([own, *self.checks]) if self.checks else own_checks(),
            engine=self.engine,
            texts=texts,
            deadline=self.deadline,
        )

    @property
    def digest(self) -> str:
        """What the rules of a user's own say."""
        return digest_of([*self.shapes, *self.checks]) + self.engine
