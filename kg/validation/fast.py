"""shacl-rust, the fast engine."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import Any

from kg.validation.results import Result
from kg.validation.shapes import Shapes

_CHUNK = 1 << 30
"""Bytes written at once; systems write no more than 2 GiB."""


class RefusalError(Exception):
    """The engine cannot do what is asked; the message says why."""


def findings(data: bytes, shapes: Shapes, about: str = "") -> list[Result]:
    """Return what ``data``, N-Quads taken as one graph, breaks, about things whose IRIs begin with ``about``.

    Raises `RefusalError` where shacl-rust is no help.
    """
    if reason := refusal(shapes):
        raise RefusalError(reason)
    found = raw(data, shapes, about)
    if any(result.focus.startswith("_:") or result.value.startswith("_:") for result in found):
        raise RefusalError("findings are about blank nodes, which shacl-rust gives other names")
    return found


def raw(data: bytes, shapes: Shapes, about: str = "") -> list[Result]:
    """Return what shacl-rust finds; blank nodes have other names than in the data."""
    import shacl_rust

    with _streamed(data) as source:
        report = shacl_rust.validate_file(
            source,
            io.BytesIO(shapes.ntriples.encode()),
            data_format="nq",
            shapes_format="nt",
            experimental_index=True,
        )
    begun = f"<{about}" if about else ""
    return [_result(result, shapes) for result in report["results"] if result["focusNode"].startswith(begun)]


@contextmanager
def _streamed(data: bytes) -> Iterator[str | io.BytesIO]:
    """Give ``data`` as a file: a pipe where there are any, as what Python reads needs its lock each 8 kB."""
    if not Path("/dev/fd").exists():
        yield io.BytesIO(data)
        return
    reading, writing = os.pipe()
    writer = Thread(target=_write, args=(writing, memoryview(data)))
    writer.start()
    try:
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)
        writer.join()


def _write(pipe: int, data: memoryview) -> None:
    with suppress(BrokenPipeError), open(pipe, "wb", buffering=0) as opened:
        while data:
            data = data[opened.write(data[:_CHUNK]) :]


def refusal(shapes: Shapes) -> str:
    """Return why shacl-rust is no help with shapes, or nothing."""
    try:
        import shacl_rust  # noqa: F401
    except ImportError as error:
        return f"shacl-rust cannot be imported ({error})"
    if shapes.use("qualifiedValueShape"):  # 0.2.12: a literal fits no such shape
        return "shacl-rust counts literals wrongly by sh:qualifiedValueShape"
    return _refused(shapes.ntriples)


@lru_cache(maxsize=4)
def _refused(ntriples: str) -> str:
    import shacl_rust

    told = shacl_rust.validate(
        "", ntriples, data_format="nq", shapes_format="nt", experimental_index=True, diagnostics=True
    )
    return next((f"shacl-rust refuses a shape: {diagnostic['title']}" for diagnostic in told["diagnostics"]), "")


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
