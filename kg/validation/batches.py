"""The data in pieces that can be validated apart, for shapes that look no further than a value's classes."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.namespaces import PREFIXES
from kg.validation.shapes import ELSEWHERE, Shapes
from kg.validation.statements import Settled, batches, types

SIZE = 60_000
"""Lines in a batch: enough that reading the shapes anew for each costs little."""

_TYPE, _SUBCLASS = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['rdfs']}subClassOf>"


class Batches:
    """Cuts data, and completes what is cut with the classes of the things it refers to.

    Such a thing is given no class of its own but that class's `ELSEWHERE`, of which the class is made a part: so it
    counts as an instance where a shape asks for one, and is no target itself.
    """

    def __init__(self, data: Settled, shapes: Shapes) -> None:
        self._data, self._shapes = data, shapes

    def jobs(self, size: int) -> Iterator[tuple[str, str]]:
        """Yield data and shapes that belong together, N-Quads and N-Triples."""
        lines, others = self._data
        shapes = self._shapes
        if shapes.local and len(lines) > size:
            yield from ((self._completed(batch), shapes.batched) for batch in batches(lines, size))
        else:
            yield "\n".join(lines), shapes.ntriples
        for other in others:
            if shapes.local:
                yield self._completed(other), shapes.batched
            else:
                yield "\n".join(self._replaced(other)), shapes.ntriples

    def _completed(self, batch: Sequence[str]) -> str:
        classes, above = self._classes
        others = classes.keys() & {line.split(" ", 3)[2] for line in batch}
        others -= {line[: line.find(" ")] for line in batch}
        context = [f"{other} {_TYPE} <{ELSEWHERE}{kind[1:]} ." for other in others for kind in classes[other]]
        return "\n".join([*batch, *context, above])

    def _replaced(self, lines: Sequence[str]) -> list[str]:
        things = {line[: line.find(" ")] for line in lines}
        return [line for line in self._data.lines if line[: line.find(" ")] not in things] + list(lines)

    @cached_property
    def _classes(self) -> tuple[dict[str, list[str]], str]:
        """The classes of each thing, and the lines that put each class below its `ELSEWHERE`."""
        classes = types(self._data.lines)
        return classes, "\n".join(self._above({kind for kinds in classes.values() for kind in kinds}))

    def _above(self, kinds: set[str]) -> Iterator[str]:
        for line in self._data.lines:
            if _SUBCLASS in line:
                lower, predicate, upper, _ = line.split(" ", 3)
                if predicate == _SUBCLASS and upper.startswith("<"):
                    kinds |= {lower, upper}
                    yield f"{lower} {_SUBCLASS} {upper} ."
                    yield f"<{ELSEWHERE}{lower[1:]} {_SUBCLASS} <{ELSEWHERE}{upper[1:]} ."
        for kind in sorted(kinds):
            yield f"{kind} {_SUBCLASS} <{ELSEWHERE}{kind[1:]} ."
