"""Articles in the data of a page's scripts: pages built in the browser hold their text nowhere else."""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from kg.articles.chrome import vocabulary
from kg.articles.records import fields_of

MOST_VALUES = 100_000
"""Values of a script's data beyond which the search for an article is given up."""
SHORTEST = 200
"""Characters that a text has at least to be taken for an article's."""

_STATE = re.compile(r"\b(?:window|self|globalThis)[\w.\[\]\"']{1,60}\s*=\s*(?=\{)")


def scripted_record(tree: LexborHTMLParser) -> dict[str, Any] | None:
    """Return the object with a title and the longest text in the data of a page's scripts, else ``None``."""
    found = [record for value in _data(tree) for record in _records(value)]
    return max(found, key=_length, default=None)


def _data(tree: LexborHTMLParser) -> Iterator[Any]:
    """Yield the values of JSON scripts and of objects assigned to the window (``window.__STATE__ = {…}``)."""
    for node in tree.css("script"):
        text = (node.text() or "").strip()
        kind = node.attributes.get("type") or ""
        state = _STATE.search(text[:2000]) if "json" not in kind else None
        if "json" in kind or state:
            try:
                yield json.JSONDecoder(strict=False).raw_decode(text, state.end() if state else 0)[0]
            except (ValueError, RecursionError):
                continue


def _records(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects within a value that have a title and a text long enough, those less deep first."""
    queue, seen = deque([value]), 0
    while queue and seen < MOST_VALUES:
        item = queue.popleft()
        seen += 1
        if isinstance(item, dict):
            fields = fields_of(item)
            if any(isinstance(fields.get(key), str) for key in vocabulary()["keys"]["title"]) and _length(fields):
                yield fields
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _length(record: dict[str, Any]) -> int:
    """Return how long the longest text field of an object is, 0 where it is no article's."""
    lengths = (_extent(record.get(key)) for key in vocabulary()["keys"]["text"])
    longest = max(lengths, default=0)
    return longest if longest >= SHORTEST else 0


def _extent(value: Any) -> int:
    if isinstance(value, str):
        return len(value) if value.count(" ") > 20 else 0
    if isinstance(value, list):  # paragraphs
        texts = [item.get("text", item.get("content")) if isinstance(item, dict) else item for item in value]
        return sum(len(text) for text in texts if isinstance(text, str))
    return 0
