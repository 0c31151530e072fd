"""Pictures made of numbers, as inline SVG: no script draws them, and the same numbers give the same bytes."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from kg.publishing.things import Link, Row

MOST_PEOPLE = 12
"""An event of more people than that is a gathering and says little of who meets whom."""


class Bar(NamedTuple):
    """A year of a bar chart, in the units of its view box."""

    year: str
    events: int
    x: float
    y: float
    width: float
    height: float
    path: str


def bars(rows: Iterable[Row], *, width: float = 640, height: float = 120) -> list[Bar]:
    """Return the events a year as bars, from the first year to the last; years without are gaps."""
    counts = Counter(int(row.earliest[:4]) for row in rows if row.earliest)
    if not counts:
        return []
    first, last, most = min(counts), max(counts), max(counts.values())
    # A single old event would squeeze all others together: the chart begins where a hundredth of the events is past.
    past = 0
    for year in sorted(counts):
        past += counts[year]
        if past * 100 >= sum(counts.values()):
            first = year
            break
    step = width / (last - first + 1)
    return [
        Bar(
            year=str(year),
            events=counts[year],
            x=round((year - first) * step, 2),
            y=round(height - height * counts[year] / most, 2),
            width=round(step * 0.86, 2),
            height=round(height * counts[year] / most, 2),
            path=f"timeline/{year}.html",
        )
        for year in range(first, last + 1)
        if counts[year]
    ]


class Dot(NamedTuple):
    """A person of the network."""

    link: Link
    events: int
    x: float
    y: float
    radius: float
    anchor: str
    """Where its label begins, as SVG's text-anchor has it."""
    turn: float
    """Degrees by which its label is turned."""


class Line(NamedTuple):
    """Two people who took part in the same events."""

    one: Dot
    other: Dot
    events: int
    width: float


def radius(people: int) -> int:
    """Return the radius of the circle that people stand on: their names need room beside one another.

    >>> radius(3), radius(16), radius(40)
    (110, 110, 220)
    """
    return max(110, round(people * 5.5))


def network(rows: Iterable[Row], *, most: int = 40) -> tuple[list[Dot], list[Line]]:
    """Return those who meet most, on a circle, and how often each two did."""
    together: Counter[tuple[Link, Link]] = Counter()
    for row in rows:
        if row.kind in ("meeting", "call", "visit", "signing") and len(row.people) <= MOST_PEOPLE:
            together.update(combinations(sorted(set(row.people)), 2))
    weight: Counter[Link] = Counter()
    for pair, count in together.items():
        for person in pair:
            weight[person] += count
    chosen = sorted(weight, key=lambda link: (-weight[link], link))[:most]
    ordered = _around(chosen, together)
    around = radius(len(ordered))
    dots = {link: _dot(link, weight[link], place, len(ordered), around) for place, link in enumerate(ordered)}
    most_often = max(together.values(), default=1)
    lines = [
        Line(dots[a], dots[b], count, round(0.6 + 5 * math.sqrt(count / most_often), 2))
        for (a, b), count in sorted(together.items())
        if a in dots and b in dots
    ]
    return list(dots.values()), lines


def _around(people: Sequence[Link], together: Counter[tuple[Link, Link]]) -> list[Link]:
    """Return people in an order that puts those who meet often beside each other."""
    left = list(people)
    ordered: list[Link] = []
    while left:
        last = ordered[-1] if ordered else None
        best = max(left, key=lambda link: (_often(last, link, together), -people.index(link)))
        ordered.append(best)
        left.remove(best)
    return ordered


def _often(one: Link | None, other: Link, together: Counter[tuple[Link, Link]]) -> int:
    return 0 if one is None else together[min(one, other), max(one, other)]


def _dot(link: Link, events: int, place: int, places: int, radius: float) -> Dot:
    angle = 2 * math.pi * place / max(places, 1)
    degrees = math.degrees(angle)
    left = 90 < degrees < 270
    return Dot(
        link=link,
        events=events,
        x=round(radius * math.cos(angle), 2),
        y=round(radius * math.sin(angle), 2),
        radius=round(3 + math.sqrt(events), 2),
        anchor="end" if left else "start",
        turn=round(degrees - 180 if left else degrees, 2),
    )


class Matrix(NamedTuple):
    """How often each two sides took part in the same event: a square of counts."""

    sides: list[Link]
    counts: list[list[int]]
    most: int


def matrix(rows: Iterable[Row], *, most: int = 30) -> Matrix:
    """Return the sides that take part most often, in that order, and how often each two did."""
    alone: Counter[Link] = Counter()
    together: Counter[tuple[Link, Link]] = Counter()
    for row in rows:
        sides = sorted(set(row.sides))
        if len(sides) > 1:
            alone.update(sides)
        if len(sides) <= MOST_PEOPLE:
            together.update(combinations(sides, 2))
    sides = sorted(alone, key=lambda link: (-alone[link], link))[:most]
    counts = [[0 if a == b else together[min(a, b), max(a, b)] for b in sides] for a in sides]
    return Matrix(sides, counts, max((n for row in counts for n in row), default=0))


class Box(NamedTuple):
    """A class of the diagram, at the middle of its box."""

    label: str
    x: int
    y: int
    own: bool = True


class Edge(NamedTuple):
    """A property of the diagram, from the class it is said of to that of its values."""

    label: str
    x1: int
    y1: int
    x2: int
    y2: int


class Diagram(NamedTuple):
    """The classes and what connects them."""

    boxes: list[Box]
    lines: list[Edge]


_BOXES = (
    *(Box("Tenure", 110, 60), Box("Person", 110, 190), Box("Office", 330, 60), Box("Event", 330, 190)),
    *(Box("Agreement", 580, 190), Box("Discrepancy", 330, 320), Box("Inference", 580, 320)),
    *(Box("Country", 580, 60, own=False), Box("Article", 110, 320, own=False)),
)
_EDGES = (
    *(("holder", "Tenure", "Person"), ("office", "Tenure", "Office"), ("of", "Office", "Country")),
    *(("participant", "Event", "Person"), ("party", "Event", "Country"), ("agreement", "Event", "Agreement")),
    *(("participatingOffice", "Event", "Office"), ("about", "Discrepancy", "Event")),
    *(("statedIn", "Discrepancy", "Article"), ("inference", "Discrepancy", "Inference")),
    ("party", "Agreement", "Country"),
)


def classes() -> Diagram:
    """Return the diagram of the ontology: who stands where is chosen by hand, what they are called is checked."""
    at = {box.label: box for box in _BOXES}
    lines = [Edge(name, at[a].x, at[a].y, at[b].x, at[b].y) for name, a, b in _EDGES]
    return Diagram(list(_BOXES), lines)
