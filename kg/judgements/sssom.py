"""SSSOM/TSV: a block of YAML behind number signs, then a table. https://mapping-commons.github.io/sssom/spec-formats-tsv/

Written canonically (order of columns and rows, quoting, line ends), but for two rules that would make a new row change
all the others in a diff: values that all rows share stay in the rows, and the usual columns stay when they are empty.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import JudgementError
from kg.files import write_whole
from kg.judgements.clusters import Clusters
from kg.judgements.record import SLOTS, Judgement
from kg.namespaces import PREFIXES

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
USUAL = frozenset(
    (*REQUIRED, "subject_label", "predicate_modifier", "object_label", "author_id", "author_label", "mapping_provider",
     "mapping_tool", "mapping_tool_version", "mapping_date", "confidence", "comment")
)  # fmt: skip
"""Columns that are always there."""
SHARED = frozenset(
    ("subject_type", "predicate_type", "object_type", "subject_source", "subject_source_version", "object_source",
     "object_source_version", "mapping_provider", "cardinality_scope", "mapping_tool", "mapping_tool_id",
     "mapping_tool_version", "mapping_date", "subject_match_field", "object_match_field", "subject_preprocessing",
     "object_preprocessing", "curation_rule", "curation_rule_text", "similarity_measure")
)  # fmt: skip
"""Slots that the block may hold for all rows (https://mapping-commons.github.io/sssom/spec-model/#propagation)."""
BUILT_IN = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")}
"""Prefixes that need no declaration."""
JUSTIFICATIONS = frozenset(
    f"semapv:{name}"
    for name in (
        "MappingReview", "ManualMappingCuration", "LogicalReasoning", "LexicalMatching", "CompositeMatching",
        "UnspecifiedMatching", "SemanticSimilarityThresholdMatching", "LexicalSimilarityThresholdMatching",
        "MappingChaining", "MappingInversion", "StructuralMatching", "InstanceBasedMatching",
        "BackgroundKnowledgeBasedMatching",
    )
)  # fmt: skip
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
SET_ID = "https://w3id.org/diplomacy-kg/judgements"
_CURIE = re.compile(r"([A-Za-z_][\w.-]*):([^\s<>\"{}|\\^`]*)")
_NAMESPACE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_MOST_PROBLEMS = 10


class Judgements(msgspec.Struct):
    """The judgements of one file, or of none."""

    name: str = "judgements"
    """What messages call the file."""
    rows: list[Judgement] = []
    prefixes: dict[str, str] = {}
    """The prefixes that the file declares."""
    metadata: dict[str, Any] = {}
    """What else its block says of all of them."""

    def clusters(self, known: Mapping[str, str] | None = None) -> Clusters:
        """Return which IRIs name one thing. Raises `JudgementError` where judgements contradict each other.

        ``known`` are matches from elsewhere, by subject: a judgement may deny one, but not put another beside it.
        """
        clusters = Clusters(self.rows, known or {})
        _raise_problems(f"{self.name}, {problem}" for problem in clusters.problems())
        return clusters

    def add(self, subject: str, predicate: str, value: str, **slots: str) -> Judgement:
        """Put a judgement on two IRIs beside the others, in its sorted place; return it."""
        ids = zip(("subject_id", "predicate_id", "object_id"), (subject, predicate, value), strict=True)
        cells = {slot: cell for slot, cell in slots.items() if cell} | {slot: self.curie(iri) for slot, iri in ids}
        judgement = Judgement(subject=subject, predicate=predicate, object=value, slots=cells)
        self.rows = sorted([*self.rows, judgement], key=lambda row: row.key)
        return judgement

    def curie(self, iri: str) -> str:
        """Return an IRI as the file writes it, with a prefix declared for its namespace if there is none yet."""
        fitting = [(space, name) for name, space in (BUILT_IN | self.prefixes).items() if iri.startswith(space)]
        for space, name in sorted(fitting, key=lambda pair: -len(pair[0])):
            if _CURIE.fullmatch(curie := f"{name}:{iri.removeprefix(space)}"):
                return curie
        space, name = _split(iri)
        if not name or not _NAMESPACE.fullmatch(space) or not _CURIE.fullmatch(f"a:{name}"):
            raise JudgementError(f"{iri} cannot be written into {self.name}; it is no IRI that ends in a name")
        prefix = self._free_prefix(space)
        self.prefixes[prefix] = space
        return f"{prefix}:{name}"

    def _free_prefix(self, space: str) -> str:
        """Return a prefix for a namespace: the one used here, else the namespace's last word."""
        usual = next((prefix for prefix, known in PREFIXES.items() if known == space), "")
        words = re.findall(r"[a-z][a-z0-9]*", space.lower())
        wanted = {"https://orcid.org/": "orcid"}.get(space) or usual or (words[-1] if words else "id")
        taken = BUILT_IN | self.prefixes
        return next(name for n in range(1, 10**6) if (name := f"{wanted}{n if n > 1 else ''}") not in taken)

    def text(self) -> str:
        """Return the file: the same judgements give the same bytes, and one more is one line more."""
        rows = sorted(self.rows, key=lambda row: row.key)
        present = {slot for row in rows for slot in row.slots} | USUAL
        columns = [slot for slot in SLOTS if slot in present]
        table = io.StringIO()
        writer = csv.writer(table, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.slots.get(slot, "") for slot in columns] for row in rows)
        return self._block() + table.getvalue()

    def _block(self) -> str:
        import yaml

        used = {row.slots[slot].partition(":")[0] for row in self.rows for slot in REQUIRED}
        used |= {part.partition(":")[0] for row in self.rows for part in row.slots.get("author_id", "").split("|")}
        declared = {name: space for name, space in sorted(self.prefixes.items()) if name in used}
        metadata = {"mapping_set_id": SET_ID, "license": LICENCE} | self.metadata
        block = ({"curie_map": declared} if declared else {}) | metadata
        lines = yaml.safe_dump(block, sort_keys=False, allow_unicode=True, width=10**6).splitlines()
        return "".join(f"#{line}\n" for line in lines)

    def save(self, path: Path) -> None:
        """Write the file; after a crash it is the old one or the new. Raises `JudgementError`."""
        try:
            write_whole(path, self.text().encode())
        except OSError as error:
            raise JudgementError(f"{path} cannot be written ({error.strerror}); name another file") from None


def _split(iri: str) -> tuple[str, str]:
    """Return the namespace and the name of an IRI.

    >>> _split("http://www.wikidata.org/entity/Q1")
    ('http://www.wikidata.org/entity/', 'Q1')
    """
    end = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:end], iri[end:]


def load(path: Path) -> Judgements:
    """Return the judgements of a file. Raises `JudgementError` that names the lines to mend."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise JudgementError(f"{path} cannot be read ({error.strerror}); name a file of SSSOM/TSV") from None
    except UnicodeDecodeError:
        raise JudgementError(f"{path} is not UTF-8; save it in that encoding") from None
    return parse(text, str(path))


def parse(text: str, name: str = "judgements") -> Judgements:
    """Return the judgements of SSSOM/TSV. Raises `JudgementError` that names the lines to mend."""
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    height = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    # YAML knows more line ends than the spec; inside a line they are spaces.
    metadata = _metadata([re.sub("[\x85\u2028\u2029]", " ", line[1:]) for line in lines[:height]], name)
    prefixes = metadata.pop("curie_map", None) or {}
    if not _is_prefix_map(prefixes):
        raise JudgementError(f"{name} has a curie_map that is no map of prefixes to IRIs; mend the block at its head")
    shared = {slot: _cell(metadata.pop(slot), slot, name) for slot in sorted(SHARED & set(metadata))}
    found = Judgements(name, [], prefixes, metadata)
    problems: list[str] = []
    for line, cells in _rows(lines[height:], height, name):
        try:
            found.rows.append(_judgement(cells, line, BUILT_IN | prefixes))
        except ValueError as error:
            problems.append(f"{name}, line {line}: {error}")
    _raise_problems(problems)
    _spread(found, shared)
    return found


def _metadata(lines: list[str], name: str) -> dict[str, Any]:
    import yaml

    try:
        metadata = yaml.safe_load("".join(lines)) or {}
    except (yaml.YAMLError, ValueError) as error:
        problem = " ".join(str(error).split())
        raise JudgementError(f"{name} has a block at its head that is no YAML ({problem}); mend it") from None
    if not isinstance(metadata, dict):
        raise JudgementError(f"{name} has a block at its head that is no map of names to values; mend it")
    return {str(key): value for key, value in metadata.items()}


def _is_prefix_map(prefixes: Any) -> bool:
    return isinstance(prefixes, dict) and all(
        isinstance(name, str) and isinstance(space, str) and _NAMESPACE.fullmatch(space)
        for name, space in prefixes.items()
    )


def _cell(value: Any, slot: str, name: str) -> str:
    """Return a value of the block as a cell writes it."""
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | int | float | date) for one in values):
        raise JudgementError(f"{name} has a {slot} in its block that is no word or list of words; mend it")
    return "|".join(map(str, values))


def _rows(lines: list[str], height: int, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the cells that are not empty of each row."""
    reader = csv.reader(lines, delimiter="\t", strict=True)
    header: list[str] = []
    begin = height + 1
    try:
        for cells in reader:
            line, begin = begin, height + reader.line_num + 1
            if not header:
                header = cells
                _check_header(header, line, name)
            elif any(cells):
                if len(cells) > len(header):
                    raise JudgementError(
                        f"{name}, line {line}: {len(cells)} cells, {len(header)} columns; mend its tabs"
                    )
                pairs = zip(header, cells, strict=False)
                yield line, {slot: cell.strip() for slot, cell in pairs if cell.strip() and slot in SLOTS}
    except csv.Error as error:
        raise JudgementError(f"{name}, line {begin}: the row is broken ({error}); mend its quotes and tabs") from None


def _check_header(header: list[str], line: int, name: str) -> None:
    missing = [slot for slot in REQUIRED if slot not in header]
    if missing:
        raise JudgementError(f"{name}, line {line}: no column {', '.join(missing)}; SSSOM/TSV needs them, tabs between")
    if len(set(header)) < len(header):
        raise JudgementError(f"{name}, line {line}: two columns have one name; keep one of them")


def _judgement(cells: dict[str, str], line: int, prefixes: Mapping[str, str]) -> Judgement:
    """Return a row as a judgement; raise `ValueError` that says what is wrong with it."""
    missing = [slot for slot in REQUIRED if slot not in cells]
    if missing:
        raise ValueError(f"{', '.join(missing)} is empty; fill it in")
    if cells["mapping_justification"] not in JUSTIFICATIONS:
        raise ValueError(
            f"{cells['mapping_justification']!r} is no justification; use semapv:ManualMappingCuration, say"
        )
    if cells.get("predicate_modifier", "Not") != "Not":
        raise ValueError(f"predicate_modifier is {cells['predicate_modifier']!r}; write Not or leave it empty")
    _check_number(cells.get("confidence", "1"))
    _check_day(cells.get("mapping_date", "2000-01-01"))
    for author in cells.get("author_id", "").split("|") if "author_id" in cells else ():
        _expand(author, prefixes)
    subject, predicate, value = (_expand(cells[slot], prefixes) for slot in REQUIRED[:3])
    return Judgement(subject=subject, predicate=predicate, object=value, slots=cells, line=line)


def _expand(curie: str, prefixes: Mapping[str, str]) -> str:
    found = _CURIE.fullmatch(curie)
    if not found:
        raise ValueError(f"{curie!r} is not a CURIE; write prefix:name")
    prefix, name = found.groups()
    if prefix not in prefixes:
        raise ValueError(f"the prefix of {curie!r} is unknown; declare it in curie_map at the head of the file")
    iri = prefixes[prefix] + name
    if not _is_iri(iri):
        raise ValueError(f"{curie!r} stands for {iri!r}, which is no IRI; mend it or its prefix")
    return iri


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _check_number(text: str) -> None:
    try:
        fine = 0 <= float(text) <= 1
    except ValueError:
        fine = False
    if not fine:
        raise ValueError(f"confidence is {text!r}; write a number from 0 to 1")


def _check_day(text: str) -> None:
    try:
        fine = date.fromisoformat(text).isoformat() == text
    except ValueError:
        fine = False
    if not fine:
        raise ValueError(f"mapping_date {text!r} is not a day of the calendar; write it as 2024-02-29")


def _spread(found: Judgements, shared: Mapping[str, str]) -> None:
    """Give every row what the block holds for all; a slot that one row fills itself is not spread."""
    spread = {slot: cell for slot, cell in shared.items() if not any(slot in row.slots for row in found.rows)}
    if "mapping_date" in spread:
        try:
            _check_day(spread["mapping_date"])
        except ValueError as error:
            raise JudgementError(f"{found.name}, at its head: {error}") from None
    found.rows = [msgspec.structs.replace(row, slots={**row.slots, **spread}) for row in found.rows]


def _raise_problems(problems: Iterable[str]) -> None:
    """Raise `JudgementError` with the problems, a line each, if there are any."""
    listed = list(problems)
    more = [f"and {len(listed) - _MOST_PROBLEMS} more"] if len(listed) > _MOST_PROBLEMS else []
    if listed:
        raise JudgementError("\n".join((*listed[:_MOST_PROBLEMS], *more)))
