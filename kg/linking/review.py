"""The review file: things with their candidates, a row a candidate, for a person to decide on."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import msgspec

from kg.errors import LinkError
from kg.files import write_whole
from kg.judgements import EXACT_MATCH, NO_TERM, Judgements

COLUMNS = (
    "thing", "label", "known", "reason", "service", "rank", "candidate", "id", "name", "score", "description",
)  # fmt: skip


class Proposal(msgspec.Struct, frozen=True):
    """A candidate for a thing."""

    iri: str
    id: str
    name: str
    score: float
    description: str = ""


class Item(msgspec.Struct, frozen=True):
    """A thing that a person has to decide on."""

    subject: str
    label: str
    known: str
    """What the graph knows of it, in words."""
    reason: str
    """Why it was not decided."""
    service: str
    proposals: tuple[Proposal, ...] = ()

    def text(self) -> str:
        """Return the thing and its numbered candidates as lines for a terminal."""
        known = f" ({self.known})" if self.known else ""
        lines = [f"{self.label}{known}", f"  {self.subject}", f"  not decided: {self.reason}"]
        for number, one in enumerate(self.proposals, 1):
            words = f", {one.description}" if one.description else ""
            lines.append(f"  {number}  {one.id}  {one.name}{words}  [{one.score:g}]")
        return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)


def load_items(path: Path) -> list[Item]:
    """Return the items of a review file, none where there is no file. Raises `LinkError`."""
    if not path.exists():
        return []
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""), delimiter="\t"))
        return [_item(list(group)) for _, group in groupby(rows, key=lambda row: row["thing"])]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError):
        raise LinkError(f"{path} is not a review file; delete it and run kg link again") from None


def _item(rows: Sequence[dict[str, str]]) -> Item:
    first = rows[0]
    found = tuple(
        Proposal(row["candidate"], row["id"], row["name"], float(row["score"]), row["description"])
        for row in rows
        if row["candidate"]
    )
    return Item(first["thing"], first["label"], first["known"], first["reason"], first["service"], found)


def save_items(path: Path, items: Iterable[Item]) -> None:
    """Write a review file, sorted; after a crash it is the old one or the new. Raises `LinkError`."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in sorted(items, key=lambda item: item.subject):
        head = (item.subject, item.label, item.known, item.reason, item.service)
        for rank, one in enumerate(item.proposals, 1):
            writer.writerow((*head, rank, one.iri, one.id, one.name, f"{one.score:g}", one.description))
        if not item.proposals:
            writer.writerow((*head, *[""] * (len(COLUMNS) - len(head))))
    try:
        write_whole(path, table.getvalue().encode())
    except OSError as error:
        raise LinkError(f"{path} cannot be written ({error.strerror}); give --judgements another folder") from None


def decide(judgements: Judgements, item: Item, choice: str, *, author: str, on: date) -> None:
    """Add what a person decided: the number of a candidate, ``n`` for none of them, ``t`` for no term found.

    Raises `LinkError` for another choice, `JudgementError` where it contradicts a judgement; nothing is added then.
    """
    slots = {
        "subject_label": item.label,
        "mapping_justification": "semapv:ManualMappingCuration",
        "mapping_date": on.isoformat(),
        **_author(judgements, author),
    }
    before = list(judgements.rows)
    try:
        if choice == "t":
            judgements.add(item.subject, EXACT_MATCH, NO_TERM, **slots)
        for one in item.proposals if choice == "n" else ():
            judgements.add(item.subject, EXACT_MATCH, one.iri, object_label=one.name, predicate_modifier="Not", **slots)
        if choice not in ("t", "n"):
            one = _chosen(item, choice)
            judgements.add(item.subject, EXACT_MATCH, one.iri, object_label=one.name, **slots)
        judgements.clusters()
    except Exception:
        judgements.rows = before
        raise


def _chosen(item: Item, choice: str) -> Proposal:
    if choice.isdecimal() and 0 < int(choice) <= len(item.proposals):
        return item.proposals[int(choice) - 1]
    numbers = f"a number up to {len(item.proposals)}, " if item.proposals else ""
    raise LinkError(f"{choice!r} is no choice; give {numbers}n, t, s or q")


def _author(judgements: Judgements, author: str) -> dict[str, str]:
    """Return the slot for who decided: an ORCID is an identifier, anything else a name."""
    if not author:
        return {}
    number = author.removeprefix("https://orcid.org/").removeprefix("orcid:")
    if len(number) == 19 and number.replace("-", "")[:15].isdecimal() and number.count("-") == 3:
        return {"author_id": judgements.curie(f"https://orcid.org/{number}")}
    return {"author_label": author}
