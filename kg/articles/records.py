"""Records of data files: one JSON object → a draft, whatever its keys are called."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from kg.articles.article import Reading
from kg.articles.chrome import vocabulary
from kg.articles.cleaning import article, refused
from kg.articles.draft import Draft, web_address
from kg.articles.tree import paragraphs_of

_MARKUP = re.compile(r"</(?:p|div|li|h[1-6]|span|article|section)>|<br ?/?>", re.IGNORECASE)


_DEEPEST = 3
"""Objects within one another at most that are looked into for records and their fields."""
_EARLIEST, _MILLISECONDS = 10**8, 10**11
"""Seconds since 1970 that may be a day's; from the second on it is milliseconds."""


def parse(text: str) -> Any:
    """Return the value of a JSON text; `ValueError` where it is none.

    Strict first; then with the liberties that programs take: raw line ends in strings, lone surrogates, NaN.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def read_json(text: str, file: str, warnings: Sequence[str] = ()) -> Iterator[Reading]:
    """Yield the readings of a JSON text: one object, or a list of them (numbered from 1)."""
    try:
        value = parse(text)
    except ValueError as error:
        if _is_object(text.lstrip().partition("\n")[0]):  # JSON lines after all
            rows = enumerate(text.split("\n"), 1)
            yield from (read_row(row, f"{file}#{number}", warnings) for number, row in rows if row.strip())
        else:
            yield refused(file, f"is not JSON ({_brief(error)}); mend it")
        return
    records = _rows(value)
    if records is None:
        yield read_record(value, file, warnings)
    elif not records:
        yield refused(file, "is an empty list; give it articles")
    for number, row in enumerate(records or (), 1):
        yield read_record(row, f"{file}#{number}", warnings)


def _is_object(text: str) -> bool:
    try:
        return isinstance(parse(text), dict)
    except ValueError:
        return False


def _rows(value: Any, depth: int = 0) -> list[Any] | None:
    """Return the list of records that a JSON value is or wraps, ``None`` for a single record."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth == _DEEPEST:
        return None
    fields = fields_of(value)
    if any(key in fields for key in vocabulary()["keys"]["text"]):
        return None
    wrapped = (_rows(fields[key], depth + 1) for key in vocabulary()["keys"]["lists"] if key in fields)
    return next(
        (rows for rows in wrapped if rows is not None and (not rows or any(isinstance(row, dict) for row in rows))),
        None,
    )


def fields_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record by its keys as ``chrome.toml`` spells them.

    >>> fields_of({"datePublished": 1, "Date_Published": None, "og:title": 2})
    {'datepublished': 1, 'ogtitle': 2}
    """
    fields: dict[str, Any] = {}
    for key, value in record.items():
        fields.setdefault(_spelt(key), value)
    return fields


@lru_cache(maxsize=4096)
def _spelt(key: str) -> str:
    return "".join(filter(str.isalnum, key)).lower()


def _whole(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record, with those of the object in it that holds its text, if it does not itself."""
    fields = fields_of(record)
    keys = vocabulary()["keys"]
    for _ in range(_DEEPEST):
        if any(fields.get(key) for key in keys["text"]):
            break
        parts = [(key, fields_of(fields[key])) for key in keys["parts"] if isinstance(fields.get(key), dict)]
        holding = (
            (key, part) for key, part in parts if any(part.get(inner) for inner in (*keys["text"], *keys["parts"]))
        )
        found, part = next(holding, ("", {}))
        if not found:
            break
        fields = {key: value for key, value in fields.items() if key != found} | part
    return fields


def read_row(row: str, file: str, warnings: Sequence[str] = ()) -> Reading:
    """Return the reading of one line of JSONL."""
    try:
        return read_record(parse(row), file, warnings)
    except ValueError as error:
        return refused(file, f"is not JSON ({_brief(error)}); mend this line")


def _brief(error: ValueError) -> str:
    return str(error).split("\n")[0][:100]


def read_record(record: Any, file: str, warnings: Sequence[str] = ()) -> Reading:
    """Return the reading of one record, its keys matched against the spellings in ``chrome.toml``."""
    if not isinstance(record, dict):
        return refused(file, "is no JSON object; give one object with a text an article")
    draft = record_draft(record, file)
    draft.warnings[:0] = warnings
    if not draft.text.strip():
        keys = ", ".join(vocabulary()["keys"]["text"][:4])
        return refused(file, f"has no text; give it under one of the keys {keys}")
    return article(draft)


def record_draft(record: Mapping[str, Any], file: str) -> Draft:
    """Return the draft of a record: its fields, and its text without markup."""
    record = _whole(record)
    draft = Draft(
        file=file,
        title=_field(record, "title"),
        text=_field(record, "text") or "",
        publisher=_field(record, "publisher"),
        language=_field(record, "language"),
        warnings=[],
    )
    draft.state_date(_day(record))
    draft.state_url(_field(record, "url"))
    if draft.publisher and draft.publisher.startswith(("http://", "https://")):
        # What trafilatura calls "source" is the page's address.
        draft.url, draft.publisher = draft.url or web_address(draft.publisher), _publisher(record)
    if _MARKUP.search(draft.text):
        draft.text = "\n\n".join(paragraphs_of(draft.text))
    return draft


def _publisher(record: Mapping[str, Any]) -> str | None:
    """Return the first filled field for the publisher that is no address."""
    found = (_words(record[key]) for key in vocabulary()["keys"]["publisher"] if record.get(key))
    return next((words for words in found if words and not words.startswith(("http://", "https://"))), None)


def _field(record: Mapping[str, Any], name: str) -> str | None:
    """Return the first filled field among the spellings of ``name``."""
    for key in vocabulary()["keys"][name]:
        if (value := record.get(key)) and (words := _words(value)):
            return words
    return None


def _day(record: Mapping[str, Any]) -> str | None:
    """Return the first filled field for the day of publication; one in seconds or milliseconds since 1970 as a day."""
    for key in vocabulary()["keys"]["published"]:
        value = record.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if value >= _MILLISECONDS else value
            if _EARLIEST <= seconds < _MILLISECONDS:
                return datetime.fromtimestamp(seconds, UTC).date().isoformat()
        elif value and (words := _words(value)):
            return words
    return None


def _words(value: Any) -> str | None:
    """Return a field's value as text: paragraphs of a list, the name of an object ({"source": {"name": …}})."""
    if isinstance(value, str):
        return None if value.isspace() else value or None
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_words, value))) or None
    if isinstance(value, dict):
        return next((_words(value[key]) for key in vocabulary()["keys"]["words"] if value.get(key)), None)
    return None
