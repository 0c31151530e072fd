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
    inset: bool = False


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """Return ``chrome.toml`` as parsed; `ResourceError` where it is missing or broken."""
    source = folder("ontology") / "chrome.toml"
    try:
        return tomllib.loads(source.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"ontology/chrome.toml cannot be read ({error}); mend it or reinstall") from error


@lru_cache(maxsize=1)
def _compiled() -> tuple[re.Pattern[str], dict[str, Furniture]]:
    kinds = {f"k{n}": kind for n, kind in enumerate(vocabulary()["chrome"])}
    pattern = "|".join(f"(?P<{name}>{'|'.join(kind['lines'])})" for name, kind in kinds.items())
    furniture = {
        name: Furniture(kind["reason"], kind.get("ends", False), kind.get("inset", False))
        for name, kind in kinds.items()
    }
    return re.compile(pattern, re.IGNORECASE), furniture


@lru_cache(maxsize=4096)
def furniture(line: str) -> Furniture | None:
    """Return the kind of chrome that the whole line is, else ``None``.

    >>> furniture("Leave a Reply").reason
    'comment form'
    >>> furniture("The president will leave a reply to the envoy.") is None
    True
    """
    if len(line) > LONGEST:
        return None
    pattern, kinds = _compiled()
    found = pattern.fullmatch(line)
    if not found and (bare := line.strip(_OUTER)) != line:
        found = pattern.fullmatch(bare)
    return kinds[found.lastgroup] if found and found.lastgroup else None


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
