"""Records of data files: one JSON object → a draft, whatever its keys are called."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from kg.articles.article import Reading
from kg.articles.chrome import vocabulary
from kg.articles.cleaning import article, refused
from kg.articles.draft import Draft, web_address
from kg.articles.tree import paragraphs_of

_MARKUP = re.compile(r"</(?:p|div|li|h[1-6]|span|article|section)>|<br ?/?>", re.IGNORECASE)


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


def _rows(value: Any) -> list[Any] | None:
    """Return the list of records that a JSON value is or wraps, ``None`` for a single record."""
    if isinstance(value, list):
        return value
    keys = vocabulary()["keys"]
    if isinstance(value, dict) and not any(key in value for key in keys["text"]):
        return next((value[key] for key in keys["lists"] if isinstance(value.get(key), list)), None)
    return None


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
    draft = Draft(
        file=file,
        title=_field(record, "title"),
        text=_field(record, "text") or "",
        publisher=_field(record, "publisher"),
        language=_field(record, "language"),
        warnings=[],
    )
    draft.state_date(_field(record, "published"))
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


def _words(value: Any) -> str | None:
    """Return a field's value as text: paragraphs of a list, the name of an object ({"source": {"name": …}})."""
    if isinstance(value, str):
        return None if value.isspace() else value or None
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_words, value))) or None
    if isinstance(value, dict):
        return next(
            (
                _words(value[key])
                for key in ("name", "title", "text", "content", "rendered", "@id", "url")
                if value.get(key)
            ),
            None,
        )
    return None
