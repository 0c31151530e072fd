"""shacl-rust, the fast engine: the data in batches, on all cores."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kg.namespaces import PREFIXES
from kg.validation.results import Result
from kg.validation.shapes import ELSEWHERE, Shapes
from kg.validation.statements import batches, types

SIZE = 60_000
"""Lines in a batch: enough that reading the shapes anew for each costs little."""

_TYPE, _SUBCLASS = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['rdfs']}subClassOf>"


class RefusalError(Exception):
    """The engine cannot do what is asked; the message says why."""


def findings(lines: Sequence[str], shapes: Shapes, *, size: int = SIZE) -> list[Result]:
    """Return what ``lines`` break, without labels and places; raise `RefusalError` where shacl-rust is no help."""
    _check(shapes)
    found = raw(lines, shapes, size=size)
    if any(result.focus.startswith("_:") or result.value.startswith("_:") for result in found):
        raise RefusalError("findings are about blank nodes, which shacl-rust gives other names")
    return found


def raw(lines: Sequence[str], shapes: Shapes, *, size: int = SIZE) -> list[Result]:
    """Return what shacl-rust finds; blank nodes have other names than in the data."""
    if shapes.local and len(lines) > size:
        parts, text = _parts(lines, size), shapes.batched
    else:
        parts, text = iter(["\n".join(lines)]), shapes.ntriples
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:  # shacl-rust lets go of the interpreter's lock
        reports = list(workers.map(lambda part: _report(part, text), parts))
    return [_result(result, shapes) for report in reports for result in report["results"]]


def _check(shapes: Shapes) -> None:
    try:
        import shacl_rust
    except ImportError as error:
        raise RefusalError(f"shacl-rust cannot be imported ({error})") from None
    told = shacl_rust.validate(
        "", shapes.ntriples, data_format="nq", shapes_format="nt", experimental_index=True, diagnostics=True
    )
    for diagnostic in told["diagnostics"]:
        raise RefusalError(f"shacl-rust refuses a shape: {diagnostic['title']}")


def _report(data: str, shapes: str) -> dict[str, Any]:
    import shacl_rust

    report: dict[str, Any] = shacl_rust.validate(
        data, shapes, data_format="nq", shapes_format="nt", experimental_index=True
    )
    return report


def _parts(lines: Sequence[str], size: int) -> Iterator[str]:
    """Yield the data in batches, each with the classes of the things it refers to.

    Such a thing is given no class of its own but that class's `ELSEWHERE`, of which the class is made a part: so it
    counts as an instance where a shape asks for one, and is no target itself.
    """
    classes = types(lines)
    above = "\n".join(_above(lines, {kind for kinds in classes.values() for kind in kinds}))
    for batch in batches(lines, size):
        others = classes.keys() & {line.split(" ", 3)[2] for line in batch}
        others -= {line[: line.find(" ")] for line in batch}
        context = [f"{other} {_TYPE} <{ELSEWHERE}{kind[1:]} ." for other in others for kind in classes[other]]
        yield "\n".join([*batch, *context, above])


def _above(lines: Iterable[str], kinds: set[str]) -> Iterator[str]:
    for line in lines:
        if _SUBCLASS in line:
            lower, predicate, upper, _ = line.split(" ", 3)
            if predicate == _SUBCLASS and upper.startswith("<"):
                kinds |= {lower, upper}
                yield f"{lower} {_SUBCLASS} {upper} ."
                yield f"<{ELSEWHERE}{lower[1:]} {_SUBCLASS} <{ELSEWHERE}{upper[1:]} ."
    for kind in sorted(kinds):
        yield f"{kind} {_SUBCLASS} <{ELSEWHERE}{kind[1:]} ."


def _result(found: dict[str, Any], shapes: Shapes) -> Result:
    shape = _bare(found.get("sourceShape", ""))
    return Result(
        severity=found["severity"].rpartition("#")[2].rstrip(">"),
        focus=_bare(found["focusNode"]),
        path=_bare(found.get("resultPath", "")),
        value=found.get("value", ""),
        message=shapes.messages.get(shape) or found["messages"][-1],
        shape="" if shape.startswith("_:") else shape,
        component=_bare(found["sourceConstraintComponent"]),
    )


def _bare(term: str) -> str:
    """Return an IRI without its brackets, and anything else (blank node, literal, path) as it is."""
    inner = term[1:-1]
    return inner if term.startswith("<") and term.endswith(">") and not set(inner) & set("<> ") else term
