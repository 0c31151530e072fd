"""What a web page says of itself: meta elements, JSON-LD, ``time`` elements, the document's title."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.articles.chrome import vocabulary
from kg.articles.draft import Draft

_TITLE_END = re.compile(r"\s+(?:[|–—»·•]|-|::)\s+")


def read_metadata(tree: LexborHTMLParser, draft: Draft) -> None:
    """Set the fields of ``draft`` that the page's metadata states: JSON-LD first, then meta elements, then ``time``."""
    objects, metas, words = list(_linked_data(tree)), _metas(tree), vocabulary()["html"]
    draft.title = _first(objects, "headline") or _first_meta(metas, words["title"])
    draft.publisher = _first(objects, "publisher") or _first_meta(metas, words["publisher"])
    if draft.publisher and draft.publisher.startswith("http"):
        draft.publisher = None  # article:publisher may be the address of a profile
    draft.language = _attribute(tree.css_first("html"), "lang") or _first(objects, "inLanguage")
    draft.text = _first(objects, "articleBody") or ""
    canonical = _attribute(tree.css_first("link[rel=canonical]"), "href")
    address = canonical or _first_meta(metas, words["url"]) or _first(objects, "url")
    if address and address.startswith("http"):  # a path alone is no address
        draft.state_url(address)
    for stated in (_first(objects, "datePublished"), _first_meta(metas, words["published"]), *_times(tree)):
        draft.state_date(stated)


def _times(tree: LexborHTMLParser) -> Iterator[str | None]:
    """Yield the dates of elements marked as the article's, then of ``time`` where it is not one of a list."""
    tagged = tree.css_first("[itemprop=datePublished]")
    yield _attribute(tagged, "content") or _attribute(tagged, "datetime")
    times = tree.css("time[datetime]")
    yield next((_attribute(node, "datetime") for node in times if "publi" in (_attribute(node, "class") or "")), None)
    yield _attribute(times[0], "datetime") if 0 < len(times) <= 3 else None


def document_title(tree: LexborHTMLParser) -> str | None:
    """Return the text of the ``title`` element."""
    node = tree.css_first("title")
    return node.text() if node else None


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content and content.strip():
            metas.setdefault(name.lower(), content)
    return metas


def _first_meta(metas: dict[str, str], names: list[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _attribute(node: LexborNode | None, name: str) -> str | None:
    return (node.attributes.get(name) or None) if node else None


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield the page's JSON-LD objects that describe an article; what does not parse is passed over."""
    types = frozenset(vocabulary()["html"]["article_types"])
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            value = msgspec.json.decode(node.text() or "")
        except (msgspec.DecodeError, RecursionError):
            continue
        found = [o for o in _objects(value) if types & set(_listed(o.get("@type")))]
        yield from sorted(found, key=lambda o: "headline" not in o)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in _listed(value):
        if isinstance(item, dict):
            yield item
            yield from (o for o in _listed(item.get("@graph")) if isinstance(o, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(objects: list[dict[str, Any]], key: str) -> str | None:
    for item in objects:
        value = _listed(item.get(key))[0] if item.get(key) else None
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value
    return None


def title_parts(title: str) -> list[str]:
    """Return what bars and dashes keep apart in a title.

    >>> title_parts("MOFA | Norway and Peru agree")
    ['MOFA', 'Norway and Peru agree']
    """
    return _TITLE_END.split(title)


def without_site(title: str) -> str:
    """Return a title without the site's name after a bar or dash.

    >>> without_site("Leaders of Japan and India hold talks | Ministry of Foreign Affairs")
    'Leaders of Japan and India hold talks'
    >>> without_site("Japan - India talks")
    'Japan - India talks'
    """
    parts = _TITLE_END.split(title)
    kept = title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-") if len(parts) > 1 else title
    return kept if kept.count(" ") >= 3 and len(parts[-1]) < len(kept) else title
