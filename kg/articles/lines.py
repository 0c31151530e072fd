"""The lines of a text, each with what it is: a paragraph of the article, its title, or chrome of some kind."""

import re
from functools import lru_cache
from itertools import pairwise, takewhile

import msgspec

from kg.articles.characters import clean, unescape
from kg.articles.chrome import furniture
from kg.articles.dates import find
from kg.articles.markup import untag
from kg.articles.wrapping import Row, unquoted, unwrapped

TEXT = "text"
_TAIL = (
    "page furniture",
    "share buttons",
    "related articles",
    "newsletter box",
    "copyright line",
    "inset",
    "foot of the article",
)
TITLE = "headline"

_ESCAPED_BREAK = re.compile(r"(?<![A-Za-z]:)\\{1,4}[nr](?![a-z])|(?<=[.!?\"”])\\{1,4}n")
_ESCAPED_TAB = re.compile(r"\\{1,4}t(?![a-z])")
_ESCAPED_QUOTE = re.compile(r"\\{1,4}([\"'“”‘’/])")
_PAGE_END = re.compile(r"(?:\n\s{0,99}(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?)?\s{0,99}\f\s{0,99}", re.IGNORECASE)
"""The end of a printed page with its number."""
_END = re.compile(r"[.!?…。！？][\'\"”’)\]»>*]*$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|St|No)\.)$")
_INNER_END = re.compile(r"[a-z]{4}[.!?][\"”’)]? +[\"“‘(]?[A-Z]")
_BULLET = re.compile(r"(?:[•·▪●○◦‣⁃*»›]|[-–—](?= ))\s*")


class Line(msgspec.Struct):
    """A line of text, whether a blank line stood before it, and what it is: text, headline or a reason to cut it."""

    text: str
    after_blank: bool = False
    kind: str = TEXT

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.text.count(" ") + 1


def unquote(text: str) -> str:
    """Return text without the backslashes that a program left before quotes and for line ends.

    >>> unquote('\\\\"China and Vietnam\\\\" met.\\\\n\\\\nThey agreed.')
    '"China and Vietnam" met.\\n\\nThey agreed.'
    """
    if "\\" not in text:
        return text
    return _ESCAPED_QUOTE.sub(r"\1", _ESCAPED_TAB.sub(" ", _ESCAPED_BREAK.sub("\n", text)))


def lines_of(text: str) -> tuple[list[Line], int]:
    """Return the lines of a raw text, cleaned, and the number of unwanted characters removed."""
    text, removed = clean(untag(unescape(unquote(text))))
    rows: list[Row] = []
    blanks = 1
    text = unquoted(_PAGE_END.sub("\n", text) if "\f" in text else text)
    for raw in text.split("\n"):
        plain = raw.isprintable() and "  " not in raw  # no white space but single blanks
        line = raw.strip(" ") if plain else " ".join(raw.split())
        if line:
            wide = raw.rstrip()
            rows.append(Row(line, len(wide) - len(wide.lstrip()), len(wide), blanks))
        blanks = 0 if line else blanks + 1
    return [Line(row.text, row.blanks > 0) for row in unwrapped(rows)], removed


def is_prose(line: str) -> bool:
    """Return whether a line is a sentence or more, not a headline, label or list item.

    >>> is_prose("The two ministers met in Hanoi on Monday."), is_prose("Readout of President Biden, Jr. Call")
    (True, False)
    """
    if len(line) > 320:
        return True
    words = line.count(" ") + 1
    if words >= 6 and _END.search(end := line[-9:]) and not _ABBREVIATED.search(end):
        return words > 16 or line[-1] not in "?!"
    return words >= 12 and bool(_INNER_END.search(line))


def is_item(line: Line) -> bool:
    """Return whether a line may be the item of a menu: few words and no punctuation at the end."""
    return line.words <= 5 and len(line.text) < 60 and line.text[-1] not in '.,;:?!…"”'


def bulleted(line: Line) -> bool:
    """Return whether a line begins with a bullet."""
    return _BULLET.match(line.text) is not None


def mark_furniture(lines: list[Line]) -> None:
    """Mark the lines that the vocabulary knows as chrome, with what stands below them where that is theirs."""
    seen_prose, ended, inset, list_follows = 0, "", "", False
    after: list[int] = []
    for index, line in enumerate(lines):
        if ended:
            line.kind = ended
            continue
        prose = is_prose(line.text)
        kind = furniture(line.text)
        if kind:
            line.kind = kind.reason
            inset, list_follows = kind.reason if kind.inset else "", kind.loose
            if kind.ends:
                after = after or _prose_after(lines)
                # The end is believed where most of the sentences are above it, and the article does not go on below.
                likely = seen_prose * (6 if kind.firm else 1) > after[index]
                list_follows = likely and not kind.firm and _resumes(lines, index)
                ended = kind.reason if likely and not list_follows else ""
                inset = kind.reason if list_follows else ""
        elif inset and not prose and (list_follows or not line.after_blank) and line.words < 20:
            line.kind = inset
        else:
            inset = ""
        seen_prose += len(line.text) if prose and line.kind == TEXT else 0


def _resumes(lines: list[Line], index: int) -> bool:
    """Return whether the article goes on soon below a line: two paragraphs in a row, where teasers alternate."""
    below = [
        is_prose(line.text) and len(line.text) > 80 and not furniture(line.text) for line in lines[index + 1 :][:8]
    ]
    return any(one and other for one, other in pairwise(below))


def _prose_after(lines: list[Line]) -> list[int]:
    """Return, for each line, how many characters of sentences, other than chrome, follow."""
    total, after = 0, []
    for line in reversed(lines):
        after.append(total)
        total += len(line.text) if is_prose(line.text) and not furniture(line.text) else 0
    return after[::-1]


def mark_menu(lines: list[Line]) -> None:
    """Mark the run of short lines, bulleted or not, with which a page's menu comes before its article."""
    run: list[Line] = []
    for line in lines:
        if line.kind != TEXT:
            continue
        if not (is_item(line) or (bulleted(line) and line.words < 12)):
            break
        if not find(line.text):
            run.append(line)
    items = sum(bulleted(line) for line in run)
    if items >= 3:
        run = run[: max(i for i, line in enumerate(run) if bulleted(line)) + 1]
    elif run and run[-1].words >= 4:
        run = run[:-1]  # the headline, more likely
    if len(run) >= 4 or items >= 3:
        for line in run:
            line.kind = "menu"


def mark_tail(lines: list[Line]) -> None:
    """Mark what is no sentence around the page's own matter that follows the last sentence: tags, headlines, names."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].kind == TEXT and is_prose(lines[i].text)), None)
    if last is None or last + 1 == len(lines):
        return
    below = lines[last + 1 :]
    ended = any(line.kind == "press contact" for line in below)
    run = list(takewhile(lambda line: line.kind == TEXT, below))
    listed = lines[last].text[-1] == ":" or any(bulleted(line) or line.words < 5 for line in run)
    # Headlines of other articles run on to the foot of the page; a list of the article's is announced.
    ended |= 1 < len(run) < len(below) and not listed and below[len(run)].kind in _TAIL
    for line in below:
        if line.kind == TEXT and ended:
            line.kind = "below the article"
        ended = ended or line.kind in _TAIL or line.kind == "rule"


@lru_cache(maxsize=1)
def _crumbs() -> re.Pattern[str]:
    return re.compile(r"(?:home|main|you are here|news)?\b.{0,80}?(?: ?[>»›→] ?| :: ).{1,200}", re.IGNORECASE)


def is_breadcrumb(line: str) -> bool:
    """Return whether a line is the path of the page in its site.

    >>> is_breadcrumb("Home > Chinese Diplomatic News"), is_breadcrumb("Home / News / Talks in Hanoi")
    (True, True)
    >>> is_breadcrumb("The Hanoi/Beijing talks")
    False
    """
    if len(line) > 250 or is_prose(line):
        return False
    home = line[:12].lower().startswith(("home", "you are here", "main page"))
    slashes = home and line.count(" / ") + line.count("|") >= 1
    return slashes or (_crumbs().fullmatch(line) is not None and (home or sum(line.count(c) for c in ">»›→") > 1))
