"""The vocabulary of chrome, ``ontology/chrome.toml``, compiled: which lines of a page are not the article."""

import re
import tomllib
from functools import lru_cache
from typing import Any

import msgspec

from kg.errors import ResourceError
from kg.resources import folder

LONGEST = 300
"""Characters beyond which a line is never chrome: it is a paragraph."""

LABEL = 120
"""Characters beyond which the punctuation around a line is its own, not that of a label."""

_OUTER = " \t*•·|-–—_>»›<[](){}:.…"


class Furniture(msgspec.Struct, frozen=True):
    """One kind of chrome: why its lines go, and what becomes of the lines below."""

    reason: str
    ends: bool = False
    firm: bool = False
    inset: bool = False
    loose: bool = False


_RULE = Furniture("rule")
"""A line of dashes or dots."""


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """Return ``chrome.toml`` as parsed; `ResourceError` where it is missing or broken."""
    source = folder("ontology") / "chrome.toml"
    try:
        return tomllib.loads(source.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"ontology/chrome.toml cannot be read ({error}); mend it or reinstall") from error


@lru_cache(maxsize=1)
def _general() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of line starts and of whole lines that are tried on every line."""
    kinds = {f"k{n}": kind for n, kind in enumerate(vocabulary()["chrome"]) if "needs" not in kind}
    return _joined(kinds, "starts"), _joined(kinds, "lines")


@lru_cache(maxsize=2)
def _rarer(long: bool) -> tuple[tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]], ...]:
    """Return the same of the kinds that are tried only on lines with one of some strings, and those strings.

    For long lines only kinds that know how a paragraph starts are given.
    """
    kinds = {f"k{n}": kind for n, kind in enumerate(vocabulary()["chrome"]) if "needs" in kind}
    kinds = {name: kind for name, kind in kinds.items() if not long or "starts" in kind}
    return tuple(
        (tuple(kind["needs"]), _joined({name: kind}, "starts"), _joined({name: kind}, "lines"))
        for name, kind in kinds.items()
    )


def _joined(kinds: dict[str, dict[str, Any]], key: str) -> re.Pattern[str]:
    forms = (f"(?P<{name}>{'|'.join(kind[key])})" for name, kind in kinds.items() if key in kind)
    return re.compile("|".join(forms) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Furniture]:
    marks = ("ends", "firm", "inset", "loose")
    return {
        f"k{n}": Furniture(kind["reason"], **{mark: kind.get(mark, False) for mark in marks})
        for n, kind in enumerate(vocabulary()["chrome"])
    }


@lru_cache(maxsize=4096)
def furniture(line: str) -> Furniture | None:
    """Return the kind of chrome that the whole line is, else ``None``.

    >>> furniture("Leave a Reply").reason, furniture("We and our 84 partners store personal data on a device.").reason
    ('comment form', 'cookie note')
    >>> furniture("The president will leave a reply to the envoy.") is None
    True
    """
    bare = line.strip(_OUTER)
    if not bare:
        return _RULE
    starts, lines = _general()
    found = starts.match(line) or _whole(lines, line, bare) or _rare(line, bare)
    return _kinds()[found.lastgroup] if found and found.lastgroup else None


def _whole(pattern: re.Pattern[str], line: str, bare: str) -> re.Match[str] | None:
    """Return the match of a line, with or without its outer punctuation, unless it is too long for chrome."""
    if len(line) > LONGEST:
        return None
    return pattern.fullmatch(line) or (pattern.fullmatch(bare) if bare != line and len(line) < LABEL else None)


def _rare(line: str, bare: str) -> re.Match[str] | None:
    low = line[:LONGEST].lower()
    for needs, starts, lines in _rarer(len(line) > LONGEST):
        for need in needs:
            if need in low:
                if found := starts.match(line) or _whole(lines, line, bare):
                    return found
                break
    return None


@lru_cache(maxsize=1)
def agencies() -> dict[str, str]:
    """Return the signs of news agencies and the publishers they stand for."""
    return dict(vocabulary()["agencies"])


@lru_cache(maxsize=1)
def agency_pattern() -> str:
    """Return a regular expression that fits any agency's sign, longest first."""
    return "|".join(re.escape(sign) for sign in sorted(agencies(), key=lambda sign: (-len(sign), sign)))


@lru_cache(maxsize=1)
def _publisher_line() -> re.Pattern[str]:
    patterns = (p.replace("(?P<name>", "(") for p in vocabulary()["publishers"]["patterns"])
    return re.compile("|".join(patterns), re.IGNORECASE)


@lru_cache(maxsize=1)
def _copyright_line() -> re.Pattern[str]:
    return re.compile(vocabulary()["copyright"]["name"], re.IGNORECASE)


def copyright_holder(line: str) -> str | None:
    """Return whom a copyright line names, else ``None``.

    >>> copyright_holder("© 2022 Dnipro Observer. All rights reserved.")
    'Dnipro Observer'
    """
    found = _copyright_line().fullmatch(line.strip())
    return found["name"] if found and "all rights" not in found["name"].lower() else None


def named_publisher(line: str) -> str | None:
    """Return the publisher that a line of its own names, else ``None``.

    >>> named_publisher("Source: Ministry of Foreign Affairs of Japan")
    'Ministry of Foreign Affairs of Japan'
    >>> named_publisher("President of Russia (kremlin.ru)")
    'President of Russia (kremlin.ru)'
    >>> named_publisher("The two ministers met on Monday.") is None
    True
    """
    found = _publisher_line().fullmatch(line.strip()) if len(line) < 140 and line[-1:] != "." else None
    return next(name.strip() for name in found.groups() if name) if found else None


def is_body(line: str) -> bool:
    """Return whether a line is no more than the name of a body: capitals but for small words.

    >>> is_body("Ministry of Foreign Affairs and Trade"), is_body("Ministry of Foreign Affairs summons envoy")
    (True, False)
    """
    return all(word[0].isupper() or len(word) <= 3 for word in line.split()) and named_publisher(line) is not None
