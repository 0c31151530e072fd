"""What a target is known to hold: a file of the store's folder, written before and after each batch.

A line is a JSON object: ``{"to": …}`` begins it; ``{"doubt": [graphs]}`` stands before what is about to be sent,
``{"holds": {graph: digest}}`` and ``{"gone": [graphs]}`` after what the target has confirmed, ``{"all": …}`` where
everything of a build was. A process killed anywhere leaves a graph in doubt at worst, and it is sent again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from kg.errors import LoadError
from kg.iris import digest
from kg.store import Store


class Journal:
    """The graphs that a target holds because they were loaded from here.

    One process at a time has it, until it is closed. ``graphs`` has the digest of each by name, None where it is in
    doubt; ``complete`` is what was loaded whole.
    """

    def __init__(self, store: Store, target: str) -> None:
        self._store, self._target = store, target
        self._name = f"loaded-{digest(target)}.jsonl"
        self.graphs: dict[str, str | None] = {}
        self.complete: str | None = None
        with self._writing():
            self._lock = store.hold(f"{self._name}.lock")
        for line in (store.read_file(self._name) or b"").splitlines():
            with suppress(ValueError):  # the last line of a process that was killed
                self._apply(json.loads(line))

    def close(self) -> None:
        """Let another process have it."""
        self._lock.close()

    def _apply(self, line: Mapping[str, Any]) -> None:
        self.complete = line.get("all")
        self.graphs |= dict.fromkeys(line.get("doubt", ()))
        self.graphs |= line.get("holds", {})
        for graph in line.get("gone", ()):
            self.graphs.pop(graph, None)

    def begin(self) -> None:
        """Write the file anew, without what was overtaken."""
        holds = {name: value for name, value in self.graphs.items() if value is not None}
        doubt = [name for name, value in self.graphs.items() if value is None]
        lines = ({"to": self._target}, {"holds": holds}, {"doubt": doubt})
        with self._writing():
            self._store.write_file(self._name, b"".join(_line(line) for line in lines))
        self.complete = None

    def doubt(self, graphs: Iterable[str]) -> None:
        """Keep that ``graphs`` are about to be sent or dropped."""
        self._add({"doubt": list(graphs)})

    def confirm(self, holds: Mapping[str, str], gone: Iterable[str]) -> None:
        """Keep what the target has confirmed: the digests of graphs, and the graphs it no longer has."""
        self._add({"holds": dict(holds), "gone": list(gone)})

    def finish(self, state: str) -> None:
        """Keep that all of ``state`` is loaded."""
        self.begin()
        self._add({"all": state})

    def _add(self, line: dict[str, Any]) -> None:
        with self._writing():
            self._store.append_file(self._name, _line(line))
        self._apply(line)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LoadError(
                f"the store {self._store.path} cannot be written ({error.strerror}); what is loaded is kept there"
            ) from None


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
