"""A second opinion at scale: titles as weak labels.

Most readouts say in their title what happened ("Readout of President X's Call with Prime Minister Y of Z"). Each
article is mapped without its title and compared with what the title says: the kind, and both principals by surname.

    python bench/titles.py FOLDER-OR-FILE… [--misses N]
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from kg.articles import Article, read
from kg.iris import fold
from kg.language.lexicon import Lexicon, load_lexicon
from kg.language.tokens import fold_text
from kg.mappers import ArticleClaims, map_article

_READOUT = re.compile(
    r"Readout of (?P<host>.+?)(?:[’']s?)? (?P<kind>(?:Bilateral |Virtual |Phone |Video )?(?:Call|Meeting)) "
    r"with (?P<guest>.+)$"
)
_KREMLIN = re.compile(r"(?P<kind>Telephone conversation|Meeting|Talks) with (?P<guest>.+)$")
# What follows a guest's name, and guests that are nobody in particular.
_AFTER = re.compile(r",? (?:on|regarding|about|to|and the) .*$|, .*$")
_GROUPS = re.compile(
    r"(?:Leaders|Officials|Executives|Legislators|Members|Advisors|Activists|Leadership|Allies|CEOs|\.US)$"
)


class Label(NamedTuple):
    """What a title says: kind of event, surnames of those named."""

    kind: str
    surnames: tuple[str, ...]
    title: str


def label_of(article: Article, lexicon: Lexicon) -> Label | None:
    """Return what the title says, if it is of a form that says it."""
    title = article.title or ""
    found = _READOUT.match(title) or _KREMLIN.match(title)
    if not found:
        return None
    kind = "call" if re.search(r"Call|Phone|Tele|Virtual|Video", found["kind"]) else "meeting"
    host = found["host"] if "host" in found.groupdict() else "Putin"
    names = (_surname(host, lexicon), _surname(_AFTER.sub("", found["guest"]), lexicon))
    return Label(kind, names, title) if all(names) else None


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


def agrees(label: Label, claims: ArticleClaims, lexicon: Lexicon) -> tuple[bool, bool, bool]:
    """Return whether an event is of the kind, names both principals, and is a main one."""
    kind = people = main = False
    for event in claims.events:
        if event.top != label.kind:
            continue
        kind = True
        names = set()
        for _, k in event.people:
            claim = claims.people[k]
            known = lexicon.authority.people[claim.key].label if claim.key else ""
            names |= set(fold(claim.name).split()) | set(fold(known).split())
        for office in event.offices:
            for held in lexicon.offices(office.title, office.of or ""):
                for tenure in lexicon.authority.holders(held.id, claims.published or ""):
                    names |= set(fold(lexicon.authority.people[tenure.person].label).split())
        if all(surname in names for surname in label.surnames):
            people = True
            main = main or event.main
    return kind, people, main


def rows(paths: list[str], lexicon: Lexicon) -> Iterator[tuple[Article, Label]]:
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
    cli.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N misses")
    args = cli.parse_args()
    lexicon = load_lexicon()
    total: Counter[str] = Counter()
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    misses = []
    for article, label in rows(args.paths, lexicon):
        kind, people, main_ = agrees(label, map_article(untitled(article), lexicon), lexicon)
        total[label.kind] += 1
        hits[label.kind].update(kind=kind, both=people, main=main_)
        if not people:
            misses.append(
                f"{'kind' if not kind else 'who '}  {label.title}\n      {article.text[article.body_start :][:300]!r}"
            )
    print("| kind | titles | kind found | kind and both principals | as a main event |\n|---|---|---|---|---|")
    for kind in sorted(total):
        n = total[kind]
        rates = " | ".join(f"{hits[kind][name] / n:.3f}" for name in ("kind", "both", "main"))
        print(f"| {kind} | {n} | {rates} |")
    print("\n".join(misses[: args.misses]))


if __name__ == "__main__":
    main()
