"""Tokens and sentences, with offsets into the article's text."""

import re
import unicodedata
from typing import NamedTuple

from kg.iris import ascii_fold

# Words with inner hyphens or apostrophes, a possessive, dotted abbreviations (U.S., S.A.S., H.E.), initials, one mark.
_TOKEN = re.compile(
    r"\w\w+(?:[-‑'’](?![sS]\b)\w+)*"
    r"|['’][sS]\b"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]\.(?=\s?[^\W\d_])"
    r"|\w(?:[-‑'’](?![sS]\b)\w+)*"
    r"|--|\S"
)
_LONGEST_SENTENCE = 250  # tokens; a list of ten thousand names is read in parts, in linear time
_BREAK = re.compile(r"\n\s*\n")
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


def fold_text(text: str) -> str:
    """Return ``text`` in lower case without diacritics, with straight quotes, at the same length.

    >>> fold_text("Võ Văn Thưởng’s “İ”")
    'vo van thuong\\'s "i"'
    """
    if not text.isascii():
        for (
            mark,
            plain,
        ) in _PUNCTUATION.items():  # most texts are plain but for their quotes, and then translate is slow
            text = text.replace(mark, plain)
    return text.lower() if text.isascii() else text.translate(_FOLDING)


class Tokens(NamedTuple):
    """The words and marks of a text as columns of equal length."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    """As printed, a possessive ``'s`` split off as a token of its own."""


def tokenize(text: str) -> Tokens:
    """Return the tokens of ``text``.

    >>> tokenize("Xi's U.S. visit, Feb. 2").words
    ['Xi', "'s", 'U.S.', 'visit', ',', 'Feb', '.', '2']
    """
    spans = [found.span() for found in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    return Tokens([start for start, _ in spans], [end for _, end in spans], words)


def split_sentences(text: str, tokens: Tokens, abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Return the sentences of ``text`` as half-open ranges of tokens; a blank line always ends one.

    ``abbreviations`` are folded words after which a full stop ends nothing ("gen", "dec").
    """
    starts, ends, words = tokens
    longest = _LONGEST_SENTENCE
    breaks = [found.start() for found in _BREAK.finditer(text)]
    breaks.append(len(text) + 1)
    next_break = iter(breaks)
    border = next(next_break)
    sentences: list[tuple[int, int]] = []
    first, last = 0, len(words)
    for i in range(last):
        if starts[i] > border:
            if first < i:
                sentences.append((first, i))
                first = i
            while starts[i] > border:
                border = next(next_break)
        word = words[i]
        if i - first >= longest and (i - first >= 2 * longest or not word.isalnum()):
            sentences.append((first, i + 1))
            first = i + 1
            continue
        if word in ".!?…" and i >= first and _ends_sentence(text, tokens, i, abbreviations):
            stop = i + 1
            while stop < last and words[stop] in _CLOSERS and starts[stop] == ends[stop - 1]:
                stop += 1
            if stop > first:
                sentences.append((first, stop))
                first = stop
    if first < last:
        sentences.append((first, last))
    return sentences


def _ends_sentence(text: str, tokens: Tokens, i: int, abbreviations: frozenset[str]) -> bool:
    starts, ends, words = tokens
    after = ends[i]
    while after < len(text) and text[after] in _CLOSERS:
        after += 1
    if after < len(text) and not text[after].isspace() and not text[after].isupper():
        return False
    rest = after
    while rest < len(text) and (text[rest].isspace() or text[rest] in _OPENERS):
        rest += 1
    if rest < len(text) and text[rest].islower():
        return False
    if words[i] != "." or i == 0 or starts[i] != ends[i - 1]:
        return True
    before = words[i - 1]
    return not (before.lower() in abbreviations or (len(before) == 1 and before.isupper()))
