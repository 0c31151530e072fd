"""A parsed page as flat lists: its elements in document order, and its text block by block."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.articles.chrome import vocabulary
from kg.articles.lines import is_prose
from kg.articles.markup import BLOCKS, harmless

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SILENT = frozenset({"script", "style", "noscript", "template", "title"})
"""Elements whose text nobody reads."""


class Block(msgspec.Struct):
    """A run of text in one block element: its words, characters in links or times, and the element's index."""

    text: str
    linked: int
    element: int

    @property
    def is_paragraph(self) -> bool:
        """Whether the block is sentences, most of them outside links."""
        return self.linked * 3 < len(self.text) and is_prose(self.text)

    @property
    def is_link(self) -> bool:
        """Whether the block is a link to elsewhere ("Read also: …") rather than text with links in it."""
        return self.linked * 10 > len(self.text) * 7 and not (is_prose(self.text) and len(self.text) > 200)


class Page:
    """A parsed page as flat lists, one entry an element in document order, so that no step recurses."""

    def __init__(self, markup: str) -> None:
        self.tree = LexborHTMLParser(harmless(markup))
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.classes: list[str] = []
        self.linked: list[bool] = []
        self.block_of: list[int] = []
        self.texts: list[tuple[int, str]] = []
        self._flatten()
        self.blocks = self._blocks()
        self.prose = self.sums((b.element, len(b.text)) for b in self.blocks if b.is_paragraph)

    def _flatten(self) -> None:
        """Fill the lists; an element's descendants are the entries up to its end."""
        index_of: dict[int, int] = {}
        root = self.tree.root
        for node in root.traverse(include_text=True) if root else ():
            parent = index_of.get(node.parent.mem_id, -1) if node.parent else -1
            tag = node.tag or ""
            if tag == "-text":
                self.texts.append((parent, node.text_content or ""))
            elif not tag.startswith("-"):
                index_of[node.mem_id] = len(self.tags)
                self._add(node, tag, parent)
        self.ends = [index + 1 for index in range(len(self.tags))]
        for index in range(len(self.tags) - 1, 0, -1):
            parent = self.parents[index]
            if parent >= 0:
                self.ends[parent] = max(self.ends[parent], self.ends[index])

    def _add(self, node: LexborNode, tag: str, parent: int) -> None:
        index = len(self.tags)
        self.tags.append(tag)
        self.parents.append(parent)
        self.classes.append(_names(node))
        leads = tag == "time" or (tag == "a" and not (self.tags[parent] in HEADINGS and _leads_here(node)))
        self.linked.append(leads or (parent >= 0 and self.linked[parent]))
        self.block_of.append(index if tag in BLOCKS or parent < 0 else self.block_of[parent])
        if tag == "br":
            self.texts.append((parent, "\n"))

    def _blocks(self) -> list[Block]:
        """Return the page's text block by block, in document order; scripts and styles have none."""
        blocks: list[Block] = []
        pieces: list[str] = []
        here, linked, before = -1, 0, -1
        for element, text in [*self.texts, (-2, "")]:
            block = self.block_of[element] if element >= 0 else element
            if block != here:
                _close(blocks, pieces, linked, here)
                pieces, linked, here = [], 0, block
            if element >= 0 and self.tags[element] not in SILENT:
                if element != before and pieces and self._is_beside(element, before, pieces[-1][-1:] + text[:1]):
                    pieces.append(_gap(pieces[-1], text))
                pieces.append(text if text == "\n" or self.tags[block] == "pre" else text.replace("\n", " "))
                before = element
                linked += len(text.strip()) if self.linked[element] else 0
        return blocks

    def _is_beside(self, one: int, other: int, meeting: str) -> bool:
        """Return whether elements stand side by side that are of one kind, or whose figures meet: a day and a year."""
        beside = other >= 0 and self.parents[one] == self.parents[other] and self.tags[one] not in BLOCKS
        return beside and (self.tags[one] == self.tags[other] or (len(meeting) == 2 and meeting.isdecimal()))

    def sums(self, amounts: Iterable[tuple[int, int]]) -> list[int]:
        """Return, for each element, the total of the amounts that it and its descendants hold."""
        totals = [0] * len(self.tags)
        for element, amount in amounts:
            totals[element] += amount
        for index in range(len(self.tags) - 1, 0, -1):
            if self.parents[index] >= 0:
                totals[self.parents[index]] += totals[index]
        return totals

    def holds(self, element: int, other: int) -> bool:
        """Return whether an element is another or an ancestor of it."""
        return element <= other < self.ends[element]


def paragraphs_of(markup: str) -> list[str]:
    """Return the paragraphs of a piece of HTML, nothing left out.

    >>> paragraphs_of("<p>They <b>met</b>.</p><ul><li>Trade</li></ul>")
    ['They met.', 'Trade']
    """
    return [block.text for block in Page(markup).blocks]


def _leads_here(node: LexborNode) -> bool:
    """Return whether a link leads to a part of its own page."""
    return (node.attributes.get("href") or "").startswith("#")


def _gap(before: str, after: str) -> str:
    """Return what parts elements side by side: words apart ("<em>Ana</em><em>3 March</em>"), but no word's letters."""
    within = before[-1:].islower() and after[:1].islower()
    return "" if within or not (before[-1:].isalnum() and after[:1].isalnum()) else " "


def _close(blocks: list[Block], pieces: list[str], linked: int, element: int) -> None:
    text = "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n")).strip()
    if text:
        blocks.append(Block(text, linked, element))


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    if not attributes:
        return ""
    if attributes.get("role") in _roles() or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return "role-chrome"
    property_of = f" itemprop-{attributes['itemprop']}" if attributes.get("itemprop") else ""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}{property_of}".lower()


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["roles"])
