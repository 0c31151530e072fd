"""Office at date, asked at scale: whom the presidents and secretaries of state of the United States met, and when.

Each remark of us-travels.jsonl ("Met with Prime Minister Boris Johnson") asks who held a title in a country on a day
and states the name. Asked are the holder without the name, the name, and a name swapped in from another remark
(at random, of a fixed seed). Counted are the questions on countries and years of which who is who knows any tenure.

    python bench/who.py us-travels.jsonl [--since YEAR] [--misses N] [--kind KIND] [--by WHAT] [--keep]
"""

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import measuring

from kg.authority import Authority
from kg.iris import ascii_fold

SEED = 20211110
_TITLE = (
    r"(?:(?:Vice|Interim|Acting|Deputy|Federal|State|Transitional|Grand|Crown|Foreign Affairs|External Affairs) )?"
    r"(?:Prime Minister|(?:Foreign|Defen[cs]e|Finance|Interior) (?:Minister|Secretary)|President|Premier|Chancellor"
    r"|King|Queen|Emperor|Emir|Amir|Sultan|Pope|Taoiseach|Chairman|General Secretary|Prince|Duke"
    r"|Minister (?:of|for) [A-Z]\w+(?: Affairs| Relations)?|Secretary of State|Captain Regent)"
)
_PARTICLE = r"(?:al|el|bin|bint|ibn|de|da|do|dos|la|le|van|von|der|den|ul|ur)"
_WORD = r"(?:(?:Dr|Sheikh|Sir)\.? )?(?:(?:al|el|ash|as|ul)[-–][A-Z]|[A-Z])[\w.’'–-]*"
_ASKED = re.compile(
    rf"(?P<before>(?:[\w’-]+ ){{0,3}})\b(?P<title>{_TITLE})(?P<more>(?:,? and [A-Z][\w ]+?)?) "
    rf"(?P<name>(?:{_PARTICLE} )*{_WORD}(?: (?:{_PARTICLE} )*{_WORD}| II)*)"
)
_ELSEWHERE = re.compile(r",? of (?:the )?(?P<of>[A-Z]\w+(?: [A-Z]\w+)*)")
_SENTENCE = re.compile(r"(?<![A-Z]\.)(?<!Dr\.)(?<!St\.)(?<=[.;]) ")
# Sentences that name whom they did not meet there, words that say that the title is not held, and Americans.
_NOT_MET = re.compile(
    r"Accompan|Supported|Joined|Offered|Participated|Vacationed|memorial|commemorat|[Ff]uneral|grave|birthday|[Ii]naugurat"
)
_NOT_HELD = re.compile(
    r"\b(?:former|late|elect|then|incoming|outgoing|Dhabi|Dubai|Greenland|Faroese|Kurdish|Kurdistan)\b", re.I
)
_AMERICAN = re.compile(
    r"\b(?:Bush|Clinton|Obama|Trump|Biden|Harris|Gore|Cheney|Quayle|Pence|Powell|Rice|Kerry|Tillerson|Pompeo)\b"
)
_WITH = re.compile(
    r"\b(?:[Mm]et|with|[Ww]ith|[Dd]iscussed|and|by|[Gg]reeted|[Hh]osted|[Ff]rom|[Aa]lso|to|the|between|both)$"
)


class Question(NamedTuple):
    """A title in a country, by code, on a day, and the name stated for it."""

    title: str
    of: str
    on: str
    name: str
    remark: str


def questions(rows: Iterable[dict[str, str]], authority: Authority) -> Iterator[Question]:
    """Yield what the remarks ask; those who are only spoken of, groups and holders of no country are left out."""
    for row in rows:
        visited = authority.country(re.sub(r" \(.*\)$", "", row["country"]))
        for sentence in filter(None, _SENTENCE.split(row["remarks"])):
            if _NOT_MET.search(sentence):
                continue
            for found in _ASKED.finditer(sentence):
                code = _country(found, sentence, visited.code if visited else "", authority)
                if code and code != "US" and not _AMERICAN.search(found["name"]):
                    name = re.sub(r"[’']s?$|(?<=\w\w)[.]$", "", found["name"])
                    yield Question(found["title"], code, row["start"], name, sentence)


def _country(found: re.Match[str], sentence: str, visited: str, authority: Authority) -> str:
    """Return the country of an office: the adjective before it, "of" a country after it, or the country visited."""
    words = found["before"].split()
    if _NOT_HELD.search(found["before"]) or sentence[found.end() :].startswith("-elect"):
        return ""
    for i in range(len(words)):
        if country := authority.country(" ".join(words[i:])):
            return country.code
    if words and not (_WITH.search(words[-1]) or sentence[: found.start("title")].endswith(", ")):
        return ""  # of a province or an organisation
    if after := _ELSEWHERE.match(sentence, found.end()):
        country = authority.country(after["of"])
        return country.code if country else ""
    others = _foreign(sentence[: found.start("title")], authority, visited)
    return "" if others else visited


def _foreign(before: str, authority: Authority, visited: str) -> bool:
    """Return whether other countries are named before an office, so that it may be theirs."""
    named = (authority.country(word) for word in re.findall(r"[A-Z]\w+(?: [A-Z]\w+)?|[A-Z]\w+", before))
    return any(country and country.code not in (visited, "US") for country in named)


class Coverage:
    """Which countries and years who is who knows any tenure of."""

    def __init__(self, authority: Authority) -> None:
        self._years: dict[str, set[int]] = defaultdict(set)
        for one in authority.tenures:
            start, end = int(one.start[:4]), int((authority.end_of(one) or one.as_of)[:4])
            self._years[authority.offices[one.office].of].update(range(start, max(start, end) + 1))

    def __contains__(self, question: Question) -> bool:
        return int(question.on[:4]) in self._years[question.of]


def swapped(asked: list[Question], authority: Authority) -> Iterator[Question]:
    """Yield the questions with the names of others, which fit nobody whom the remark names."""
    chance = random.Random(SEED)  # noqa: S311 -- no secret; the same swaps each time
    for one in asked:
        other = chance.choice(asked)
        while other.name in one.remark or ascii_fold(other.name).split()[-1] in ascii_fold(one.name):
            other = chance.choice(asked)
        yield one._replace(name=other.name)


def outcomes(asked: list[Question], authority: Authority) -> dict[str, list[tuple[str, Question, str]]]:
    """Return what came of the three ways to ask, each with the question and the answer in words."""
    result: dict[str, list[tuple[str, Question, str]]] = defaultdict(list)
    for one in asked:
        answer = authority.who(one.title, one.of, one.on)
        words = authority.name_words  # remarks are misspelt now and then
        fits = any(words.fits(one.name, person) or words.resembles(one.name, person) for person in answer.holders)
        said = "silent" if not answer.holders else "right" if fits else "wrong"
        result["who"].append((said, one, f"{'; '.join(p.label for p in answer.holders)} | {answer.reason}"))
    for way, those in (("true", asked), ("false", list(swapped(asked, authority)))):
        for one in those:
            answer = authority.who(one.title, one.of, one.on, one.name)
            text = f"{'; '.join(p.label for p in answer.holders)} | {answer.reason}"
            result[way].append((answer.verdict, one, text))
    return result


def figures(result: dict[str, list[tuple[str, Question, str]]]) -> dict[str, float]:
    """Return the shares that count, in percent."""
    who, true, false = (Counter(said for said, _, _ in result[way]) for way in ("who", "true", "false"))
    n = max(1, who.total())
    return {
        "answered": 100 * (n - who["silent"]) / n,
        "right": 100 * who["right"] / max(1, n - who["silent"]),
        "true held": 100 * (true["holder"] + true["also-held"]) / n,
        "true unknown": 100 * true["unknown"] / n,
        "true contradicted": 100 * true["contradicted"] / n,
        "false found out": 100 * (false["contradicted"] + false["unknown"]) / n,
        "false contradicted": 100 * false["contradicted"] / n,
    }


def read_questions(path: Path, authority: Authority, since: int) -> list[Question]:
    """Return the questions of a file, those asked twice once, from a year on."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    covered = Coverage(authority)
    asked = dict.fromkeys(q for q in questions(rows, authority) if int(q.on[:4]) >= since and q in covered)
    return list(asked)


GROUPS = {
    "decade": lambda q: q.on[:3] + "0s",
    "title": lambda q: q.title,
    "country": lambda q: q.of,
}


def main() -> None:
    """Print the shares, by decade, title or country, and the misses asked for."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("path", type=Path)
    cli.add_argument("--since", type=int, default=1990)
    cli.add_argument("--by", choices=GROUPS, default="decade")
    cli.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N questions of an outcome")
    cli.add_argument("--kind", default="", help="outcomes to list: who:wrong, who:silent, true:contradicted …")
    cli.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    args = cli.parse_args()
    authority = Authority.load()
    asked = read_questions(args.path, authority, args.since)
    groups: dict[str, list[Question]] = defaultdict(list)
    for one in asked:
        groups[GROUPS[args.by](one)].append(one._replace(name=""))
    rows: list[dict[str, Any]] = []
    result = outcomes(asked, authority)
    for name in [*sorted(groups), "all"]:
        kept = {
            way: [x for x in those if name == "all" or GROUPS[args.by](x[1]) == name] for way, those in result.items()
        }
        rows.append({"": name, "questions": float(len(kept["who"]))} | figures(kept))
    measuring.report("who", f"python bench/who.py {args.path.name}", rows, keep=args.keep)
    way, _, outcome = args.kind.partition(":")
    for said, one, text in [x for x in result.get(way, ()) if x[0] == outcome][: args.misses]:
        print(f"{said}: {one.title} | {one.of} | {one.on} | {one.name} || {text} || {one.remark}", file=sys.stderr)


if __name__ == "__main__":
    main()
