"""Feeds: the entries of RSS (0.9 to 2.0) and Atom, each an article or a summary of one.

https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, https://www.rfc-editor.org/rfc/rfc4287
"""

import html
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.articles.article import Reading
from kg.articles.characters import clean, unescape
from kg.articles.cleaning import article, refused
from kg.articles.dates import parse
from kg.articles.markup import untag
from kg.articles.records import record_draft

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_ELEMENTS = 500_000
SUMMARY = 600
"""Characters below which a description without a text beside it is taken for a summary."""

_ENTRIES = frozenset({"item", "entry"})
# What of a feed belongs to these vocabularies is read; media:title, itunes:summary and the like are not.
_SPACES = frozenset({
    "", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/",
    "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://backend.userland.com/rss2",
    "http://rssnamespace.org/feedburner/ext/1.0",
})  # fmt: skip
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([a-zA-Z][a-zA-Z0-9]{1,30});)?")


class _TooMuchError(ValueError):
    """A feed has more elements than any honest one."""


def read_feed(text: str, file: str, warnings: Sequence[str] = ()) -> Iterator[Reading]:
    """Yield the readings of a feed, an entry each, numbered from 1."""
    text = _DECLARATION.sub("", clean(text)[0].lstrip("\ufeff"), count=1)
    entries, problem = _parse(text)
    if problem and (mended := _BARE.sub(_escaped, text)) != text:
        entries, problem = _parse(mended)  # entities of HTML and bare ampersands are the commonest faults of feeds
    for number, entry in enumerate(entries, 1):
        yield _read_entry(entry, f"{file}#{number}", warnings)
    if problem:
        yield refused(file, f"{problem}; what comes before is read, mend it" if entries else f"{problem}; mend it")
    elif not entries:
        yield refused(file, "is XML without entries of RSS or Atom; give a feed that has some")


def _escaped(found: re.Match[str]) -> str:
    named = html.unescape(found[0]) if found[1] else found[0]
    return html.escape(named, quote=False) if named == found[0] else html.escape(named)


def _read_entry(entry: dict[str, str], file: str, warnings: Sequence[str]) -> Reading:
    summary = entry.get("summary", "")
    draft = record_draft({**entry, "text": entry.get("content") or summary}, file)
    draft.warnings[:0] = warnings
    if not draft.text.strip():
        return refused(file, "is an entry without a text; fetch the article it points to")
    if not entry.get("content") and len(draft.text) < SUMMARY:
        draft.warn("the feed may hold a summary only; fetch the article it points to")
    if updated := entry.get("updated"):
        draft.updated = next((found.iso for found in [parse(updated)] if found), None)
    return article(draft)


def _parse(text: str) -> tuple[list[dict[str, str]], str]:
    """Return the entries of a feed up to where it cannot be parsed, and why it cannot."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    entries: list[dict[str, str]] = []
    try:
        for entry in _entries(text):
            entries.append(entry)  # noqa: PERF402 - those before a fault are kept
    except ParseError as error:
        return entries, f"is no well-formed XML ({error})"
    except DefusedXmlException:
        return entries, "defines entities of its own, which may grow without measure"
    except (_TooMuchError, RecursionError):
        return entries, f"has more than {MOST_ELEMENTS:,} elements or nests them without end"
    return entries, ""


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Yield the entries of a feed as records whose keys are those of data files."""
    from defusedxml.ElementTree import iterparse

    of_feed: dict[str, str] = {}
    path: list[Element] = []
    count = 0
    for event, element in iterparse(io.BytesIO(text.encode("utf-8", "replace")), events=("start", "end")):
        if event == "start":
            count += 1
            if count > MOST_ELEMENTS:
                raise _TooMuchError
            path.append(element)
            continue
        path.pop()
        name = _name(element)
        if name in _ENTRIES and path:
            yield of_feed | _entry(element)
            element.clear()
        elif path and _name(path[-1]) in ("channel", "feed") and len(path) <= 2:
            _describe(of_feed, name, element)


def _describe(of_feed: dict[str, str], name: str, element: "Element") -> None:
    """Note what a feed says of itself and so of its entries."""
    key = {"title": "publisher", "publisher": "publisher", "language": "language"}.get(name)
    if key and (words := _words(element)):
        of_feed[key] = words


_KEYS = {
    "title": "title", "encoded": "content", "description": "summary", "summary": "summary", "pubDate": "published",
    "published": "published", "issued": "published", "created": "published", "date": "published",
    "updated": "updated", "modified": "updated", "publisher": "publisher", "language": "language",
}  # fmt: skip
"""Plain elements of an entry, and what they say."""


def _entry(element: "Element") -> dict[str, str]:
    """Return what an entry says of an article; of several elements that say the same the first counts."""
    told: dict[str, str] = {}
    addresses: dict[int, str] = {}
    for child in element:
        name = _name(child)
        if name in _KEYS:
            told.setdefault(_KEYS[name], _words(child))
        elif name == "content" and not child.get("src"):
            told.setdefault("content", _markup(child) if child.get("type") == "xhtml" else _words(child))
        elif name == "source":  # an entry taken over from another feed names it
            told["publisher"] = _words(child) or next((_words(c) for c in child if _name(c) == "title"), "")
        elif address := _address(child, name):
            addresses.setdefault(*address)
    if "title" in told:
        told["title"] = untag(unescape(told["title"]))
    if addresses:
        told["url"] = addresses[min(addresses)]
    return {key: value for key, value in told.items() if value}


def _address(child: "Element", name: str) -> tuple[int, str] | None:
    """Return an address of the article and how far it stands behind others, ``None`` where the element has none."""
    if name == "origLink":
        return 0, _words(child)
    if name == "link" and child.get("rel", "alternate") == "alternate":
        return 1, child.get("href") or _words(child)
    if name == "guid" and child.get("isPermaLink", "true") == "true" and _words(child).startswith("http"):
        return 2, _words(child)
    return (3, _words(child)) if name == "id" and _words(child).startswith("http") else None


def _name(element: "Element") -> str:
    """Return the local name of an element, empty where its vocabulary is none of feeds."""
    space, _, name = element.tag.rpartition("}")
    return name if space[1:] in _SPACES else ""


def _words(element: "Element") -> str:
    return (element.text or "").strip()


def _markup(element: "Element") -> str:
    """Return the content of an element as HTML."""
    from xml.etree.ElementTree import tostring

    for inner in element.iter():
        inner.tag = inner.tag.rpartition("}")[2]
    return tostring(element, encoding="unicode", method="html")
