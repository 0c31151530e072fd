"""Web pages → drafts: metadata read, the article's block found by where its sentences are, the rest cut away."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.articles.article import Cut, Reading
from kg.articles.characters import clean
from kg.articles.chrome import vocabulary
from kg.articles.cleaning import article
from kg.articles.dates import is_update, stamp
from kg.articles.draft import Draft, one_line
from kg.articles.lines import is_prose
from kg.articles.markup import BLOCKS, harmless
from kg.articles.metadata import document_title, read_metadata, title_parts, without_site
from kg.iris import fold

_CALLED = {"nav": "navigation", "figcaption": "photo caption", "figure": "photo caption"}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def read_page(text: str, file: str, warnings: Sequence[str] = ()) -> Iterator[Reading]:
    """Yield the reading of one web page."""
    draft = Page(text).draft(file)
    draft.warnings[:0] = warnings
    yield article(draft)


def paragraphs_of(markup: str) -> list[str]:
    """Return the paragraphs of a piece of HTML, nothing left out.

    >>> paragraphs_of("<p>They <b>met</b>.</p><ul><li>Trade</li></ul>")
    ['They met.', 'Trade']
    """
    return [block.text for block in Page(markup).blocks()]


class Block(msgspec.Struct):
    """A run of text in one block element: its words, characters in links or times, and the element's index."""

    text: str
    linked: int
    element: int


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
        self.linked.append(tag in ("a", "time") or (parent >= 0 and self.linked[parent]))
        self.block_of.append(index if tag in BLOCKS or parent < 0 else self.block_of[parent])
        if tag == "br":
            self.texts.append((parent, "\n"))

    def blocks(self) -> list[Block]:
        """Return the page's text block by block, in document order; scripts and styles have none."""
        blocks: list[Block] = []
        pieces: list[str] = []
        here, linked, before = -1, 0, -1
        for element, text in [*self.texts, (-2, "")]:
            block = self.block_of[element] if element >= 0 else element
            if block != here:
                _close(blocks, pieces, linked, here)
                pieces, linked, here = [], 0, block
            if element >= 0 and self.tags[element] not in ("script", "style", "noscript", "template", "title"):
                # Elements side by side ("<em>Ana</em><em>3 March</em>") are words apart, however near.
                apart = " " if element != before and self._is_beside(element, before) else ""
                pieces.append(text if text == "\n" else apart + text.replace("\n", " "))
                before = element
                linked += len(text.strip()) if self.linked[element] else 0
        return blocks

    def _is_beside(self, one: int, other: int) -> bool:
        alike = other >= 0 and self.tags[one] == self.tags[other] and self.parents[one] == self.parents[other]
        return alike and self.tags[one] not in BLOCKS

    def draft(self, file: str) -> Draft:
        """Return the page as a draft: metadata, the article's paragraphs, and what was cut."""
        draft = Draft(file=file, cut=[])
        read_metadata(self.tree, draft)
        blocks = self.blocks()
        reasons = self._reasons(blocks)
        kept = [not reasons[block.element] for block in blocks]
        start, end = self._article(blocks, kept)
        inside = [start <= block.element < end and keep for block, keep in zip(blocks, kept, strict=True)]
        draft.title = self._title(draft.title, blocks)
        self._read_visible_date(draft, blocks, reasons, end)
        text = "\n\n".join(b.text for b, keep in zip(blocks, inside, strict=True) if keep and not _is_links(b))
        draft.cut = _cuts(blocks, inside, reasons)
        # Pages built by scripts hold the article in their metadata only.
        draft.text = draft.text if len(text) < 200 < len(draft.text) else text
        return draft

    def _reasons(self, blocks: list[Block]) -> list[str]:
        """Return, for each element, why it is not the article (an ancestor's reason is inherited), or nothing."""
        weight = self._prose(blocks)
        total = weight[0] if weight else 0
        reasons: list[str] = []
        for index, tag in enumerate(self.tags):
            parent = self.parents[index]
            reason = reasons[parent] if parent >= 0 else ""
            # An element with half of the page's sentences is the article, whatever it is called.
            if not reason and weight[index] * 2 <= total:
                reason = _reason(tag, self.classes[index])
            reasons.append(reason)
        return reasons

    def _prose(self, blocks: list[Block]) -> list[int]:
        """Return, for each element, how many characters of sentences outside links it holds."""
        weight = [0] * len(self.tags)
        for block in blocks:
            if is_prose(block.text) and block.linked * 3 < len(block.text):
                weight[block.element] += len(block.text)
        for index in range(len(self.tags) - 1, 0, -1):
            if self.parents[index] >= 0:
                weight[self.parents[index]] += weight[index]
        return weight

    def _article(self, blocks: list[Block], kept: list[bool]) -> tuple[int, int]:
        """Return the range of elements that is the article's: the smallest with nearly all its sentences.

        From the element with most sentences of its own it widens to ancestors that add much to it.
        """
        prose = self._prose([block for block, keep in zip(blocks, kept, strict=True) if keep])
        own = [0] * len(self.tags)
        for block, keep in zip(blocks, kept, strict=True):
            if keep and is_prose(block.text) and block.linked * 3 < len(block.text):
                for element in (block.element, self.parents[block.element]):
                    if element >= 0:
                        own[element] += len(block.text)
        if not own or not max(own):
            return 0, len(self.tags)
        best = max(range(len(own)), key=own.__getitem__)
        widest = here = best
        while (here := self.parents[here]) >= 0 and self.tags[here] != "body":
            if prose[here] >= 1.15 * prose[widest] or self.tags[here] == "article":
                widest = here
        return widest, self.ends[widest]

    def _title(self, stated: str | None, blocks: list[Block]) -> str | None:
        """Return the headline: the ``h1`` that metadata bears out, else what metadata states, without the site."""
        headings = [one_line(b.text) or "" for b in blocks if self.tags[b.element] == "h1"]
        lesser = [one_line(b.text) or "" for b in blocks if self.tags[b.element] in ("h2", "h3")]
        stated, document = one_line(stated), one_line(document_title(self.tree))
        known = [fold(title) for title in (stated, document) if title]
        parts = {fold(part) for title in (stated, document) if title for part in title_parts(title)}
        for heading in headings:
            if fold(heading) and any(fold(heading) in title for title in known):
                return heading
        for heading in lesser:
            words, bare = heading.count(" ") + 1, fold(heading)
            if words >= 3 and (bare in parts or (words >= 5 and any(title.startswith(bare + " ") for title in known))):
                return heading
        if stated:
            return without_site(stated)
        long = [heading for heading in headings if heading.count(" ") >= 2]
        return long[0] if long else without_site(document) if document and document.count(" ") >= 3 else None

    def _read_visible_date(self, draft: Draft, blocks: list[Block], reasons: list[str], end: int) -> None:
        """Read the date printed between headline and text where metadata gives none."""
        if draft.published:
            return
        first = next((b.element for b in blocks if self.tags[b.element] == "h1"), 0)
        furniture = ("navigation", "footer", "aside", "related", "banner")
        runs = [(b.element, b.text) for b in blocks] + self.texts  # a date may share its block with a byline
        near = [(e, t) for e, t in runs if 0 <= e < end and 5 < len(t) < 100 and not reasons[e].startswith(furniture)]
        for _, text in sorted(near, key=lambda run: run[0] < first):
            line = " ".join(clean(text)[0].split())
            found = stamp(line)
            if found and is_update(line):
                draft.updated = draft.updated or found.iso
            elif found:
                draft.state_date(line)
                return


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
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["roles"])


@lru_cache(maxsize=1)
def _elements() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["elements"])


@lru_cache(maxsize=1)
def _class_words() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["words"])


@lru_cache(maxsize=8192)
def _reason(tag: str, names: str) -> str:
    """Return why an element is chrome, by its tag, role, class or id, or nothing.

    >>> _reason("nav", ""), _reason("div", "td-related-articles box"), _reason("p", "lead")
    ('navigation', 'related', '')
    """
    if tag in _elements():
        return _CALLED.get(tag, tag)
    if names == "role-chrome":
        return "navigation"
    if not names or tag in ("html", "body", "main"):
        return ""
    for name in names.split():
        whole: list[str] = _WORD.findall(name)
        parts = [part for word in whole for part in word.split("-")]
        if known := next((word for word in [*whole, *parts] if word in _class_words()), None):
            return known
    return ""


def _is_links(block: Block) -> bool:
    """Return whether a block is a link to elsewhere ("Read also: …") rather than text with links in it."""
    return block.linked * 10 > len(block.text) * 7 and not (is_prose(block.text) and len(block.text) > 200)


def _cuts(blocks: list[Block], inside: list[bool], reasons: list[str]) -> list[Cut]:
    cuts: list[Cut] = []
    for block, keep in zip(blocks, inside, strict=True):
        reason = reasons[block.element] or (
            "links or dates" if _is_links(block) else "" if keep else "outside the article"
        )
        if reason and cuts and cuts[-1].reason == reason:
            cuts[-1] = Cut(f"{cuts[-1].text}\n{block.text}", reason)
        elif reason:
            cuts.append(Cut(block.text, reason))
    return cuts
