"""Paragraphs broken at a fixed width, as in mail and typed releases: told by how the lines are built, joined again.

A line that was broken at a width ends where the next word would not have fitted. Lines that no width broke, those of
a list or of an address, end wherever their author pleased.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import groupby, islice, pairwise, takewhile

import msgspec

from kg.articles.chrome import furniture, named_publisher, vocabulary
from kg.articles.dates import find, stamp

_WIDEST = 140
"""Letters beyond which no line is broken at a width."""
_NARROWEST = 35
_SHORT = 0.6
"""The part of the width that a line has at least if it runs on in the next although the next word would have fitted."""
_RAGGED = 0.8
"""The part of the width that lines of letters of differing width fill at least."""
_PARTED_OFTEN = 0.06
"""The part of the lines that end in a hyphen at least where words were parted by syllables."""
_LONGEST_WORD = 40
_HEADER, _LONGEST_HEAD = 20, 8
"""Lines above the first sentence at most, and of them without a blank line between."""
_CLOSED = frozenset('.!?…:;"”')
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_PARTED = re.compile(r"([^\W\d_]+)-\Z")
_HALVES = re.compile(r"[^\W\d_]+-\n[^\W\d_]+")
_START = re.compile(r"[a-zß-öø-ÿ]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ITEM = re.compile(r"(?:[•·▪●○◦‣⁃*»›]|[-–—](?= )|\(?(?:\d{1,3}|[a-z])[.)] )\s*")


class Row(msgspec.Struct):
    """A line as it was typed: its words, the blanks before them, its width with these, the blank lines above."""

    text: str
    indent: int
    width: int
    blanks: int


def unquoted(text: str) -> str:
    """Return text without the marks that mail sets before each line it quotes, where most lines have one.

    >>> unquoted("> Talks were\\n> held.\\n>\\n> They went well.")
    'Talks were\\nheld.\\n\\nThey went well.'
    """
    if text.count("\n>") * 2 <= text.count("\n"):
        return text
    return _QUOTED.sub("", text)


def unwrapped(rows: list[Row]) -> list[Row]:
    """Return rows with the broken paragraphs joined again; the rows themselves where no width broke them."""
    near = [(a, b) for a, b in pairwise(rows) if b.blanks < 2 and _NARROWEST <= a.width <= _WIDEST]
    pairs = [(a, b) for a, b in near if _runs_on(a.text, b.text)]
    spaced = sum(b.blanks for _, b in pairs) * 2 > len(pairs) and any(row.blanks > 1 for row in rows[1:])
    pairs = [(a, b) for a, b in pairs if b.blanks <= spaced]
    if len(pairs) < 2 + spaced:
        return rows
    reaches = sorted(_reach(a, b) for a, b in pairs)
    width, reach = max(a.width for a, _ in pairs), reaches[len(reaches) // 4]
    if reach < _RAGGED * width:
        return rows
    ragged = reaches[len(reaches) // 10] <= width
    base = Counter(b.indent for _, b in pairs).most_common(1)[0][0]
    header = _header(rows, spaced)
    paragraphs: list[list[Row]] = []
    for row in rows[sum(map(len, header)) :]:
        above = paragraphs[-1][-1] if paragraphs else None
        least = int(0.9 * reach) if ragged else width + 1
        if above and row.blanks <= spaced and _goes_on(above, row, base, width, least, ragged):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    parted = sum(bool(_PARTED.search(a.text[-_LONGEST_WORD:])) for a, _ in pairs)
    words = _words(rows) if parted else frozenset()
    often = parted > max(2, _PARTED_OFTEN * len(rows))
    return [_joined(paragraph, words, often) for paragraph in (*header, *paragraphs)]


def _goes_on(above: Row, row: Row, base: int, width: int, least: int, ragged: bool) -> bool:
    """Return whether a row belongs to the paragraph of the row above, whose width left no room for its first word."""
    if above.width > 1.1 * width:
        return False
    if _runs_on(above.text, row.text) or (ragged and above.text[-1] not in _CLOSED):
        return _reach(above, row) >= _SHORT * width
    listed = above.text[-1] in _CLOSED and _ITEM.match(row.text)
    return row.indent == base and _reach(above, row) >= least and not listed


def _header(rows: list[Row], spaced: bool) -> list[list[Row]]:
    """Return the rows above the first sentence, those of a headline together.

    A headline is broken at a width of its own. What is known for a date, a body's name or chrome is no part of it.
    """
    whole: list[list[Row]] = []
    start = 0
    begun = False
    while start < min(len(rows), _HEADER) and not begun:
        below = islice(rows, start + 1, start + _LONGEST_HEAD + 1)
        block = [rows[start], *takewhile(lambda row: row.blanks <= spaced, below)]
        begun = len(block) > _LONGEST_HEAD or any(row.text[-1] in _CLOSED for row in block)
        if begun:  # where no blank line parts it from the text, a header ends in a date or chrome
            head = list(takewhile(lambda row: row.text[-1] not in _CLOSED, block))
            block = head[: max((n for n, row in enumerate(head, 1) if _is_stamp(row)), default=0)]
        for apart, lines in groupby(block, key=_is_apart):
            several = list(lines)
            whole += [several] if not apart and _is_title(several) else [[row] for row in several]
        start += len(block)
    return whole


def _is_stamp(row: Row) -> bool:
    return bool(stamp(row.text) or furniture(row.text))


def _is_apart(row: Row) -> bool:
    """Return whether a row is a line of its own by what it says: one with a date, a body's name, chrome."""
    return bool(find(row.text) or named_publisher(row.text) or furniture(row.text))


def _is_title(rows: list[Row]) -> bool:
    """Return whether each row breaks where the width of the widest asks for it, or in the midst of a phrase."""
    widest = max(len(row.text) for row in rows)
    full = widest if widest >= _NARROWEST else _WIDEST
    return all(len(a.text) + 1 + len(_first(b)) > full or _runs_on(a.text, b.text) for a, b in pairwise(rows))


def _reach(above: Row, row: Row) -> int:
    """Return how wide a line would be with the first word of the next."""
    return above.width + 1 + len(_first(row))


def _first(row: Row) -> str:
    return row.text.partition(" ")[0]


def _runs_on(above: str, below: str) -> bool:
    """Return whether no line that ends as the one above is followed by a new paragraph as below."""
    if above[-1] in _CLOSED:
        return False
    return below[0].islower() or above.rpartition(" ")[2] in _small_words()


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(vocabulary()["stopwords"]["en"])


def _words(rows: list[Row]) -> frozenset[str]:
    """Return the words of rows, no halves of those that a hyphen parts at the end of one."""
    text = "\n".join(row.text for row in rows)
    return frozenset(word.lower() for word in _WORD.findall(_HALVES.sub(" ", text)))


def _joined(rows: list[Row], words: frozenset[str], often: bool) -> Row:
    """Return the rows of a paragraph as one.

    The hyphen that parts a word goes unless the text, whose ``words`` are given, shows that it belongs there: spelt
    so, or with both halves as words. Where lines end in hyphens not ``often``, one such half is enough.
    """
    pieces: list[str] = []
    for row, below in pairwise(rows):
        parted = _PARTED.search(row.text[-_LONGEST_WORD:])
        if not parted or len(parted[1]) < 2:
            pieces += (row.text, " ")
            continue
        start = _START.match(below.text)
        head, tail = parted[1].lower(), start[0] if start else ""
        halves = (head in words) + (tail in words)
        shown = f"{head}-{tail}" in words or head in _hyphenated() or halves > often
        pieces.append(row.text[:-1] if tail and (head + tail in words or not shown) else row.text)
    first = rows[0]
    return Row("".join((*pieces, rows[-1].text)), first.indent, first.width, first.blanks)


@lru_cache(maxsize=1)
def _hyphenated() -> frozenset[str]:
    return frozenset(vocabulary()["hyphens"]["heads"])
