"""A second opinion at scale: titles as weak labels.

Most items of an official site say in their title what happened ("Readout of President X's Call with Prime Minister Y of
Z"). Each article is mapped without its title, and its events are compared with what the title says: the kind; whom it
names, by surname; the sides whose countries it names.

    python bench/titles.py FOLDER-OR-FILE… [--misses N] [--kind KIND] [--keep]
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import measuring
import msgspec

from kg.articles import Article, read
from kg.iris import fold
from kg.language.lexicon import Lexicon, load_lexicon
from kg.language.tokens import fold_text
from kg.mappers import ArticleClaims, map_article
from kg.mappers.claims import EventClaim

_POSSESSED = r"(?P<host>[^,]+?)(?:[’']s?)?"
_WITH = r"(?:\w+ ){0,2}(?:Call|Meeting|Bilateral) with (?P<guest>.+)$"
_NOMINATING = r"Nominees?|Intent to (?:Nominate|Appoint)|Appointments?"
# Forms of titles, and the kind each means; the words that decide between call and meeting are looked at again.
_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("meeting", rf"Readout (?:of|by .+? of) {_POSSESSED} {_WITH}"),
        ("meeting", rf"Statement .+? on {_POSSESSED} {_WITH}"),
        ("meeting", r"Readout of (?:\w+ ){0,2}Meeting Between (?:the )?(?P<host>.+?) and (?P<guest>.+)$"),
        ("meeting", r"(?:Telephone conversation|Meeting|Talks) with (?P<guest>.+)$"),
        ("visit", r"Statement .+? on the (?:\w+ )?Visit of (?P<guest>.+)$"),
        ("visit", rf"Statement .+? on {_POSSESSED} (?:Travel|Visit|Trip) to (?P<place>.+)$"),
        ("visit", rf"Readout of {_POSSESSED} (?:Travel|[Vv]isit|Trip) to (?P<place>.+)$"),
        ("visit", r".+ Announces Presidential Delegation to (?P<place>.+?) to Attend .+$"),
        ("message", r"(?:Greetings|Congratulations|Condolences|Birthday greetings) to (?P<guest>.+)$"),
        ("appointment", r"(?:Press Release: )?Nominations? (?:and Withdrawals? )?Sent to the Senate"),
        ("appointment", rf"President .+? Announces (?:\w+ )*?(?:{_NOMINATING})\b"),
    )
)  # fmt: skip
_BY_VOICE = re.compile(r"\b(?:Call|Phone|Telephone|Virtual|Video)\b")
_HOST = {"Telephone": "Putin", "Meeting": "Putin", "Talks": "Putin"}  # one site's titles leave him out
# What follows a guest's name, and guests that are nobody in particular.
_AFTER = re.compile(r",? (?:on|regarding|about|to|and the) .*$|, .*$")
_GROUPS = re.compile(
    r"(?:Leaders|Officials|Executives|Legislators|Members|Advisors|Activists|Leadership|Allies|CEOs|Partners|Elders|\.US)$"
    r"|\b(?:Representatives|Counterparts|Senior Officials|Leaders of|Presidents|Organizations|participants)\b"
)


class Label(NamedTuple):
    """What a title says: kind of event, surnames of those named, countries named."""

    kind: str
    surnames: tuple[str, ...]
    countries: frozenset[str]
    title: str


def label_of(article: Article, lexicon: Lexicon) -> Label | None:
    """Return what the title says, if it is of a form that says it."""
    title = article.title or ""
    for kind, form in _FORMS:
        found = form.match(title)
        if found:
            groups = found.groupdict()
            parts = [groups.get("host") or _HOST.get(title.split()[0], ""), _AFTER.sub("", groups.get("guest") or "")]
            if kind == "meeting" and _BY_VOICE.search(title[: found.start("guest")]):
                kind = "call"
            names = [_surname(part, lexicon) for part in parts if part]
            place = " ".join(filter(None, (groups.get("guest"), groups.get("place"))))
            return Label(kind, tuple(names), _countries(place, lexicon), title) if all(names) else None
    return None


def _countries(phrase: str, lexicon: Lexicon) -> frozenset[str]:
    """The countries that a phrase names, as nouns or adjectives."""
    hits = [hit for layer in lexicon.scan(phrase, fold_text(phrase))[:1] for hit in layer]
    return frozenset(hit.sense.value for hit in hits if hit.sense.type in ("country", "demonym"))


def _surname(phrase: str, lexicon: Lexicon) -> str:
    """The last word of the name in a phrase of titles, countries and a name; "" for a group."""
    if _GROUPS.search(phrase):
        return ""
    spans = [
        hit for layer in lexicon.scan(phrase, fold_text(phrase))[:2] for hit in layer if hit.sense.type != "person"
    ]
    bare = "".join(" " if any(h.start <= n < h.end for h in spans) else c for n, c in enumerate(phrase))
    words = [
        w
        for w in re.findall(r"[A-Z][\w’'-]+", bare)
        if fold(w) not in lexicon.portfolio | lexicon.suffixes | lexicon.modifiers
    ]
    return fold(words[-1].removesuffix("’s")).split()[-1] if words else ""


def untitled(article: Article) -> Article:
    """Return the article as if its page had no headline."""
    return msgspec.structs.replace(article, title=None, text=article.text[article.body_start :])


def compare(label: Label, claims: ArticleClaims, lexicon: Lexicon) -> tuple[bool, bool, bool, bool]:
    """Return whether an event is of the kind; one names all those named; one has all sides; one of these is main."""
    alike = [event for event in claims.events if event.top == label.kind]
    people = [event for event in alike if set(label.surnames) <= _names(event, claims, lexicon)]
    if label.kind == "visit":  # there is one for each country
        seen = {party for event in people or alike for party in event.parties}
        sides = (people or alike) if label.countries <= seen else []
    else:
        sides = [event for event in alike if label.countries <= set(event.parties)]
    return bool(alike), bool(people), bool(sides), any(event.main and event in sides for event in people)


def _names(event: EventClaim, claims: ArticleClaims, lexicon: Lexicon) -> set[str]:
    """Every word of the names of those who take part, or who hold the offices that do."""
    names: set[str] = set()
    for _, k in event.people:
        known = claims.people[k].key
        names |= set(fold(claims.people[k].name).split())
        names |= set(fold(lexicon.authority.people[known].label).split()) if known else set()
    for office in event.offices:
        for held in lexicon.offices(office.title, office.of or ""):
            for tenure in lexicon.authority.holders(held.id, claims.published or ""):
                names |= set(fold(lexicon.authority.people[tenure.person].label).split())
    return names


def labelled(paths: list[str], lexicon: Lexicon) -> Iterator[tuple[Article, Label]]:
    """Yield the articles whose title is a label."""
    for reading in read(paths):
        if reading.article is not None:
            label = label_of(reading.article, lexicon)
            if label is not None:
                yield reading.article, label


def main() -> None:
    """Print recall by kind, and misses on request."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("paths", nargs="+")
    cli.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N misses of a kind")
    cli.add_argument("--kind", help="list the misses of this kind only")
    cli.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    args = cli.parse_args()
    lexicon = load_lexicon()
    total: Counter[str] = Counter()
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    misses: dict[str, list[str]] = defaultdict(list)
    for article, label in labelled(args.paths, lexicon):
        kind, people, sides, main_ = compare(label, map_article(untitled(article), lexicon), lexicon)
        total[label.kind] += 1
        hits[label.kind].update(kind=kind, people=people, sides=sides, both=people and sides, main=main_)
        if not (people and sides):
            what = "kind" if not kind else "who" if not people else "sides"
            text = article.text[article.body_start :][:300]
            misses[label.kind].append(f"{label.kind}: {what}: {label.title}\n      {text!r}")
    columns = {"kind": "kind", "people": "and those named", "sides": "and sides", "both": "all", "main": "as the news"}
    rows: list[dict[str, Any]] = [
        {"": kind, "titles": str(total[kind])} | {name: hits[kind][key] / total[kind] for key, name in columns.items()}
        for kind in sorted(total)
    ]
    command = f"python bench/titles.py {' '.join(Path(path).name for path in args.paths)}"
    measuring.report("titles", command, rows, keep=args.keep)
    for kind in sorted(misses):
        if args.kind in (None, kind):
            print("\n".join(misses[kind][: args.misses]), file=sys.stderr)


if __name__ == "__main__":
    main()
