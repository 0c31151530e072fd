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


@lru_cache(maxsize=2)
def _compiled(key: str) -> re.Pattern[str]:
    kinds = {f"k{n}": kind[key] for n, kind in enumerate(vocabulary()["chrome"]) if key in kind}
    return re.compile("|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in kinds.items()), re.IGNORECASE)


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
    found = _compiled("starts").match(line)
    if not found and len(line) <= LONGEST:
        found = _compiled("lines").fullmatch(line)
        if not found and (bare := line.strip(_OUTER)) != line:
            if not bare:
                return _RULE
            found = _compiled("lines").fullmatch(bare)
    return _kinds()[found.lastgroup] if found and found.lastgroup else None


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
