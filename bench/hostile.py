"""How long one megabyte takes that was made to be slow, from the file to its claims.

    python bench/hostile.py [NAME …] [--size N] [--keep]

Each input is read and mapped in a process of its own, and given up on after a minute; half of it beside it shows
whether the time grows with the size or faster. Seconds are processor time without the start of the program.
"""

import argparse
import base64
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import measuring

MEGABYTE = 1_000_000
PATIENCE = 60
LETTERS = "bdfgklmnprstvz"


def names(size: int) -> str:
    """Return one sentence that names so many people."""
    made = (f"{_word(n)} {_word(n * 7 + 3)}" for n in count())
    return _filled(size, made, ", ", "President ", " met in Accra on Monday.")


def pairs(size: int) -> str:
    """Return sentences in each of which two people meet who meet nobody else."""
    return _filled(size, (f"President {_word(n)} Ama met Minister {_word(n + 9**5)} Kofi." for n in count()), " ")


def countries(size: int) -> str:
    """Return sentences in which presidents of a few countries meet, ever others."""
    lands = ("Ghana", "Togo", "Kenya", "Fiji", "Nepal", "Chile", "Malta", "Japan")
    made = (f"President {_word(n)} Ama of {lands[n % 8]} visited {lands[n // 8 % 8]}." for n in count())
    return _filled(size, made, " ")


def agreements(size: int) -> str:
    """Return sentences in each of which another agreement is signed."""
    return _filled(size, (f"Ghana and Togo signed the {_word(n).title()} Trade Agreement." for n in count()), " ")


def shared(size: int) -> str:
    """Return sentences about people whose names share two words, and about nobody in particular of that name."""
    return _filled(size, (f"Ama Kofi {_word(n)} left. President Ama stayed. Kofi slept." for n in count()), " ")


def forums(size: int) -> str:
    """Return sentences about one gathering after another, each with a long name of its own."""
    made = (f"The {n}th Accra Forum on Trade and the {_word(n)} Sea opened in Lima." for n in count(4))
    return _filled(size, made, " ")


def unknown(size: int) -> str:
    """Return sentences about a meeting and who else was there, of countries that nobody tells."""
    made = (f"The leaders met the envoys. Others included Minister {_word(n)} Ama." for n in count())
    return _filled(size, made, " ")


def nominations(size: int) -> str:
    """Return a list of nominations."""
    return _filled(size, (f"{_word(n)} Ama, of Ohio, to be Ambassador to Ghana." for n in count()), "\n\n")


def nested(size: int) -> str:
    """Return a page of nested boxes around one sentence."""
    deep = size // 11
    return "<html><body>" + "<div>" * deep + "<p>Xi Jinping met Joe Biden.</p>" + "</div>" * deep


def table_rows(size: int) -> str:
    """Return a page that is one table."""
    row = "<tr><td>Xi Jinping</td><td>President</td><td>China</td><td>May 5, 2021</td></tr>"
    return f"<html><body><table>{row * (size // len(row))}</table></body></html>"


def encoded(size: int) -> str:
    """Return bytes in base 64."""
    return "".join(base64.b64encode(sha256(str(n).encode()).digest()).decode() for n in range(size // 44 + 1))


def _word(n: int) -> str:
    """Return a word of its own for each number, beginning with a capital."""
    made = ""
    while n or not made:
        n, digit = divmod(n, len(LETTERS) * 5)
        made += LETTERS[digit // 5] + "aeiou"[digit % 5]
    return made.title()


def _filled(size: int, made: Any, between: str, before: str = "", behind: str = "") -> str:
    """Return what is made, one after the other, up to a size."""
    parts, length = [], 0
    for part in made:
        parts.append(part)
        length += len(part) + len(between)
        if length >= size:
            return before + between.join(parts) + behind
    return ""


def _again(phrase: str) -> Callable[[int], str]:
    return lambda size: phrase * (size // len(phrase) + 1)


BAIT: dict[str, Callable[[int], str]] = {
    "one sentence of names": names,
    "pairs who met": pairs,
    "presidents on visit": countries,
    "agreements signed": agreements,
    "one word in all names": shared,
    "forums": forums,
    "others included": unknown,
    "nominations": nominations,
    "an ambiguous surname": _again("Kim Yong Nam saw Kim Jong Un. President Kim left. Kim smiled. "),
    "delegations": _again(
        "Delegation of Ghana: President Ama Kofi.\n\nThe President announced the designation of a delegation.\n\n"
    ),
    "no sentence ends": _again("the minister and the president of the republic met with the council "),
    "all capitals": _again("THE PRESIDENT OF CHINA XI JINPING MET THE PRESIDENT OF FRANCE. "),
    "all capitals, no stops": _again("PRESIDENT OF CHINA XI JINPING MET PRESIDENT "),
    "brackets": _again("("),
    "pairs of brackets": _again("President ("),
    "quotes": _again("“"),
    "straight quotes": _again('"'),
    "commas": _again(","),
    "full stops": _again("."),
    "hyphens": _again("a-"),
    "apostrophes": _again("a'"),
    "digits": _again("1"),
    "numbers": _again("19 20 21 "),
    "dates": _again("on May 5 and "),
    "spans of dates": _again("May 5 to 7 and 9-"),
    "months": _again("may "),
    "years": _again("in 2021 of "),
    "and": _again(" and "),
    "President": _again("President "),
    "President of the": _again("President of the "),
    "titles": _again("Deputy Prime Minister and Minister for Foreign Affairs and "),
    "titles with commas": _again("former Deputy Foreign Minister, "),
    "honorifics": _again("His Excellency Dr. "),
    "initials": _again("A. "),
    "particles": _again("van der "),
    "capitals": _again("Ama "),
    "one event phrase": _again("met with "),
    "one sentence of visits": _again("visit to China and "),
    "X met Y.": _again("Xi Jinping met Joe Biden. "),
    "they met": _again("The two leaders met him. "),
    "moods": _again("will not be "),
    "table": _again("| Xi Jinping | President | China | 5 May 2021 |\n"),
    "lines": _again("Xi Jinping\n"),
    "blank lines": _again("\n"),
    "blanks": _again(" "),
    "one word": _again("a"),
    "base 64": encoded,
    "accents": _again("Z" + "\u0301" * 40),
    "soft hyphens": _again("Pre\u00adsi\u00addent Xi Jin\u00adping "),
    "Chinese": _again("习近平主席会见了普京总统。"),
    "Vietnamese": _again("Chủ tịch nước Võ Văn Thưởng tiếp Bộ trưởng Ngoại giao Vương Nghị. "),
    "nested boxes": nested,
    "table cells": table_rows,
    "comments": _again("<!--"),
    "open brackets": _again("<"),
    "entities": _again("&amp;"),
}


def measure(name: str, size: int) -> dict[str, float]:
    """Return the seconds it takes to read and to map an input of a size."""
    from kg.articles import read
    from kg.engines import map_articles
    from kg.language.lexicon import load_lexicon

    lexicon = load_lexicon()
    suffix = "html" if BAIT[name](99).startswith("<") else "txt"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"bait.{suffix}"
        path.write_text(BAIT[name](size), encoding="utf-8")
        begun = time.process_time()
        readings = list(read([path]))
        done = time.process_time()
        map_articles(readings, lexicon=lexicon)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {"read": done - begun, "map": time.process_time() - done, "peak MB": peak}


def apart(name: str, size: int) -> dict[str, float]:
    """Return what `measure` does, measured in a process of its own; infinite seconds where patience ran out."""
    command = [sys.executable, __file__, name, "--size", str(size), "--here"]
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return {"read": float("inf"), "map": float("inf"), "peak MB": float("inf")}
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def row(name: str, size: int) -> dict[str, Any]:
    """Return the figures of one input, with its time as a multiple of the time of half of it."""
    whole, half = apart(name, size), apart(name, size // 2)
    spent = whole["read"] + whole["map"]
    return {"": name, **whole, "times half": spent / (half["read"] + half["map"])}


def main() -> None:
    """Measure and print; with ``--here`` one input in this process, as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", default=list(BAIT), metavar="NAME", help=", ".join(BAIT))
    parser.add_argument("--size", type=int, default=MEGABYTE, metavar="N", help="bytes or more")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        print(json.dumps(measure(asked.names[0], asked.size)))
        return
    rows = [row(name, asked.size) for name in asked.names]
    rows.sort(key=lambda r: -r["read"] - r["map"])
    measuring.report("hostile", "python bench/hostile.py", rows, keep=asked.keep)


if __name__ == "__main__":
    main()
