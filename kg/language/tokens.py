"""Tokens and sentences, with offsets into the article's text."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from kg.iris import ascii_fold
from kg.language.words import read_lexicon
from kg.language.words import words as read_words

# Words with inner hyphens or apostrophes, a possessive, dotted abbreviations (U.S., S.A.S., H.E.), initials, one mark;
# each with the white space after it, so that nothing is left out between two. Most are plain letters or common marks.
_MARK = r"[,.;:()“”\"?!]"
_WORD = (
    rf"[A-Za-z]{{2,}}+(?=[,.;:)])|{_MARK}\s*+|"
    r"(?:\w\w+(?:[-‑'’](?![sS]\b)(?!(?:[^\W\d_]\.){2})\w+)*"
    r"|['’][sS]\b"
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?"
    r"|[^\W\d_]\.(?=\s?[^\W\d_])"
    r"|\w(?:[-‑'’](?![sS]\b)\w++)*+"
    r"|--|\S)\s*+"
)
_TOKEN = re.compile(_WORD)
_RUN = re.compile(rf"[A-Za-z0-9][A-Za-z0-9 ]*(?: (?!\s)|(?={_MARK})(?<=[A-Za-z0-9]{{2}}))|" + _WORD)
"""The same, but of plain words, single blanks between them, as many at once as there are: three times as fast."""
_SHORT_MONTHS = frozenset(short for names in read_lexicon()["dates"]["months"] for short in names.split()[1:])
"""Before a day their full stop is no mark."""
_LONGEST_SENTENCE = 250  # tokens; a list of ten thousand names is read in parts, in linear time
_LONGEST_QUOTE = 120
"""Letters before a mark in which one that opens a quotation is looked for."""
_BREAK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"[^\S\n]*+([-•*–]) ")
"""What a paragraph that is a list begins with."""
_ITEM = re.compile(r" [-•*–] (?=[A-Z*_\[])")
_OPENING = "|".join(sorted(word.capitalize() for word in read_words("grammar", "sentence_openers")))
_DOTTED_END = re.compile(rf"\b(?:[^\W\d_]\.){{2,}}(?=\s+(?:{_OPENING})\b)")
"""An abbreviation whose full stop ends a sentence too, by the word behind: "in Washington, |D.C.| In the talks"."""
_LAST_DOTS = re.compile(rf"\.[^\W\d_]\.(?=\s+(?:{_OPENING})\b)")
"""The end of such an abbreviation; what begins with a plain letter is searched for forty times as fast."""
_STOPS = frozenset(".!?…")
_FOLDED_STOPS = frozenset(".!?")
_CLOSERS = "\"'”’)]»"
_OPENERS = "\"'“‘([«*•-–—"
_PUNCTUATION = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "\u00a0": " ",
    "«": '"',
    "»": '"',
    "‒": "-",
    "‑": "-",
    "…": ".",
}


class _Folding(dict[int, str]):
    """Character table of `fold_text`, filled as characters are met; every character maps to exactly one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _PUNCTUATION.get(char)
        if folded is None:
            plain = ascii_fold(char) if char.isalpha() else char
            folded = (plain if len(plain) == 1 else unicodedata.normalize("NFD", char)[0]).lower()
            folded = folded if len(folded) == 1 else char
        self[code] = folded
        return folded


_FOLDING = _Folding()
_COMMON = "’“”–—\u00a0"
_ODD = re.compile(r"[^\x00-\x7f]")
_MANY_ODD = 40


def fold_text(text: str) -> str:
    """Return ``text`` in lower case without diacritics, with straight quotes, at the same length.

    >>> fold_text("Võ Văn Thưởng’s “İ”")
    'vo van thuong\\'s "i"'
    """
    # most texts are plain but for their quotes and a few names: translating all of them is slow
    for char in _COMMON if not text.isascii() else ():
        text = text.replace(char, _FOLDING[ord(char)])
    if not text.isascii():
        odd = set(_ODD.findall(text))
        if len(odd) > _MANY_ODD:
            return text.translate(_FOLDING)
        for char in odd:
            text = text.replace(char, _FOLDING[ord(char)])
    return text.lower()  # what is odd still, as a bullet is, is as it shall be


class Tokens:
    """The words and marks of a text as columns of equal length."""

    __slots__ = ("capitals", "low", "starts", "words")

    def __init__(self, starts: list[int], words: list[str], low: list[str], capitals: list[int]) -> None:
        self.starts = starts
        self.words = words
        """As printed, a possessive ``'s`` split off as a token of its own."""
        self.low = low
        """The words as `fold_text` gives them; the mark of a possessive in -s' is "'s" too."""
        self.capitals = capitals
        """Where the words are that begin with a capital."""

    def end(self, i: int) -> int:
        """Return the offset behind a token; few are asked for."""
        return self.starts[i] + len(self.words[i])


def tokenize(text: str, folded: str | None = None) -> Tokens:
    """Return the tokens of ``text``; ``folded`` is `fold_text` of it where that is known.

    >>> tokenize("Xi's U.S. visit, Feb. 2").words
    ['Xi', "'s", 'U.S.', 'visit', ',', 'Feb', '2']
    >>> tokenize("an ASEAN-U.S. summit").words
    ['an', 'ASEAN', '-', 'U.S.', 'summit']
    >>> tokenize("two  blanks").starts
    [0, 5]
    """
    folded = fold_text(text) if folded is None else folded
    words: list[str] = []
    low: list[str] = []
    starts: list[int] = []
    capitals: list[int] = []
    at = len(text) - len(text.lstrip())
    runs: list[str] = (_TOKEN if "  " in text else _RUN).findall(text)
    for run in runs:
        start, at = at, at + len(run)
        plain = folded[start:at]
        if run[0] == "." and low and low[-1] in _SHORT_MONTHS and text[at : at + 1].isdigit():
            continue  # "met on |Feb.| 2 with"
        if run == plain:  # as most are: the words are kept once
            told = run.split()
            words += told
            low += told
            for word in told:
                starts.append(start)
                start += len(word) + 1
            continue
        small = plain.split()
        for n, word in enumerate(run.split()):
            if word == small[n]:
                low.append(word)
            else:
                low.append(small[n])
                if word[0].isupper():
                    capitals.append(len(words))
            words.append(word)
            starts.append(start)
            start += len(word) + 1
    for k in [k for k, word in enumerate(low) if word == "'"] if "' " in folded else ():
        if _owns(words[k - 1], text, starts[k] - 1):
            low[k] = "'s"
    return Tokens(starts, words, low, capitals)


def _owns(name: str, text: str, end: int) -> bool:
    """Whether the mark behind a capitalised name in -s, whose last letter is at ``end``, makes it own what follows."""
    if not (name[:1].isupper() and name[-1:] == "s" == text[end : end + 1] and text[end + 2 : end + 3] == " "):
        return False
    before = text[max(0, end - _LONGEST_QUOTE) : end]
    return "‘" not in before and " '" not in before


def _items(text: str, breaks: list[tuple[int, int]]) -> Iterator[int]:
    """Where a list printed in one line goes on with the next item: "- X, Minister of Y |- Z, Minister of W"."""
    for (_, begin), (end, _) in pairwise([(0, 0), *breaks, (len(text), 0)]):
        if bullet := _BULLET.match(text, begin):
            for item in _ITEM.finditer(text, bullet.end(1), end):
                if item[0][1] == bullet[1]:
                    yield item.start()


def split_sentences(text: str, tokens: Tokens, abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Return the sentences of ``text`` as half-open ranges of tokens; a blank line always ends one.

    ``abbreviations`` are folded words after which a full stop ends nothing ("gen", "dec").
    """
    starts, words = tokens.starts, tokens.words
    last = len(words)
    breaks = [found.span() for found in _BREAK.finditer(text)]
    borders = sorted([*[begin for begin, _ in breaks], *_items(text, breaks)])
    paragraphs = [bisect_left(starts, place) for place in borders]
    stops = [2 * i + 1 for i, word in enumerate(tokens.low) if word in _FOLDED_STOPS]
    dotted: set[int] = set()
    if _LAST_DOTS.search(text):
        dotted = {bisect_left(starts, found.start()) for found in _DOTTED_END.finditer(text)}
    stops += [2 * i + 1 for i in dotted]
    sentences: list[tuple[int, int]] = []
    first = 0
    # borders before a token and stops at one, in order: twice its place, for a stop one more
    for border in sorted([*[2 * p for p in paragraphs], 2 * last, *stops]):
        i, within = border >> 1, border & 1
        if i - first >= _LONGEST_SENTENCE:
            parts = _parts(words, first, i + within)
            sentences += parts
            first = parts[-1][1] if parts else first
        if not within:
            stop = i
        elif i >= first and (i in dotted or (words[i] in _STOPS and _ends_sentence(text, tokens, i, abbreviations))):
            stop = i + 1
            while stop < last and words[stop] in _CLOSERS and starts[stop] == tokens.end(stop - 1):
                stop += 1
        else:
            continue
        if stop > first:
            sentences.append((first, stop))
            first = stop
    return sentences


def _parts(words: list[str], first: int, stop: int) -> list[tuple[int, int]]:
    """What is read of a sentence too long to be read at once: parts that end at a mark before ``stop``."""
    parts = []
    i = first + _LONGEST_SENTENCE
    while i < stop:
        if i - first >= 2 * _LONGEST_SENTENCE or not words[i].isalnum():
            parts.append((first, i + 1))
            first, i = i + 1, i + _LONGEST_SENTENCE
        i += 1
    return parts


def _ends_sentence(text: str, tokens: Tokens, i: int, abbreviations: frozenset[str]) -> bool:
    starts, words = tokens.starts, tokens.words
    after = tokens.end(i)
    while after < len(text) and text[after] in _CLOSERS:
        after += 1
    if after < len(text) and not text[after].isspace() and not text[after].isupper():
        return False
    rest = after
    while rest < len(text) and (text[rest].isspace() or text[rest] in _OPENERS):
        rest += 1
    if rest < len(text) and text[rest].islower():
        return False
    if words[i] != "." or i == 0 or starts[i] != tokens.end(i - 1):
        return True
    before = words[i - 1]
    return not (before.lower() in abbreviations or (len(before) == 1 and before.isupper()))
