"""Which engine applies the shapes: the one that was asked for, or the fast one as far as that goes."""

from functools import partial

from kg.errors import ValidationError
from kg.validation import fast, reference
from kg.validation.results import Result
from kg.validation.shapes import Shapes
from kg.validation.statements import Statements
from kg.validation.versions import Find
from kg.validation.versions import findings as of_versions

ENGINES: dict[str, Find] = {"shacl-rust": fast.findings, "pyshacl": reference.findings}
"""What finds where data breaks shapes, by name; all give the same findings."""
AUTO = "auto"
"""The name of the choice: the fast engine, and the reference where that refuses."""


def find(data: Statements, shapes: Shapes, engine: str, until: float | None) -> tuple[list[Result], tuple[str, ...]]:
    """Return what breaks shapes, and a note where another engine than the fast one had to find it unasked."""
    if engine not in (*ENGINES, AUTO):
        raise ValidationError(f"there is no engine {engine!r}; use one of {', '.join((AUTO, *ENGINES))}")
    slow = partial(reference.findings, until=until)
    if engine == "pyshacl":
        return of_versions(data, shapes, slow), ()
    try:
        return of_versions(data, shapes, fast.findings), ()
    except fast.RefusalError as refusal:
        if engine != AUTO:
            raise ValidationError(f"{refusal}; leave the choice of engine to kg") from None
        return of_versions(data, shapes, slow), (f"pySHACL validates, and takes longer: {refusal}",)
