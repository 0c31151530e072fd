"""shacl-rust, the fast engine: the data in batches, on all cores."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kg.validation.batches import SIZE, Batches
from kg.validation.results import Result
from kg.validation.shapes import Shapes
from kg.validation.statements import Settled


class RefusalError(Exception):
    """The engine cannot do what is asked; the message says why."""


def findings(data: Settled, shapes: Shapes, *, size: int = SIZE) -> list[Result]:
    """Return what ``data`` breaks, without labels and places; raise `RefusalError` where shacl-rust is no help."""
    _check(shapes)
    found = raw(data, shapes, size=size)
    if any(result.focus.startswith("_:") or result.value.startswith("_:") for result in found):
        raise RefusalError("findings are about blank nodes, which shacl-rust gives other names")
    return found


def raw(data: Settled, shapes: Shapes, *, size: int = SIZE) -> list[Result]:
    """Return what shacl-rust finds; blank nodes have other names than in the data."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:  # shacl-rust lets go of the interpreter's lock
        reports = list(workers.map(_report, Batches(data, shapes).jobs(size)))
    return [_result(result, shapes) for report in reports for result in report["results"]]


def _check(shapes: Shapes) -> None:
    try:
        import shacl_rust
    except ImportError as error:
        raise RefusalError(f"shacl-rust cannot be imported ({error})") from None
    if shapes.use("qualifiedValueShape"):  # 0.2.12: a literal fits no such shape
        raise RefusalError("shacl-rust counts literals wrongly by sh:qualifiedValueShape")
    told = shacl_rust.validate(
        "", shapes.ntriples, data_format="nq", shapes_format="nt", experimental_index=True, diagnostics=True
    )
    for diagnostic in told["diagnostics"]:
        raise RefusalError(f"shacl-rust refuses a shape: {diagnostic['title']}")


def _report(job: tuple[str, str]) -> dict[str, Any]:
    import shacl_rust

    report: dict[str, Any] = shacl_rust.validate(*job, data_format="nq", shapes_format="nt", experimental_index=True)
    return report


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
