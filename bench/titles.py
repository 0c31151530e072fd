"""A second opinion at scale: titles as weak labels.

Most readouts say in their title what happened ("Readout of President X's Call with Prime Minister Y of Z"). Each article
is mapped without its title and compared with what the title says: the kind, both principals by surname, and the
guest's country.

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
from kg.mappers import ArticleClaims, map_article

_PERSON = r"[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]+,?|bin|al|de|van|von|der|el|Jr\.?|II|dos|da|del|la))*"
_TITLE = (
    r"(?:(?:Acting |Vice |Deputy |First |Former |National Security |White House |Special |U\.S\. )*"
    r"(?:President(?:-elect|-Elect)?|Prime Minister|Crown Prince|King|Sheikh|Chancellor|Secretary|Foreign Minister|Emir|Sultan|"
    r"Taoiseach|Premier|Minister|Advisor|Adviser|Chairman|Speaker|Amir|Secretary[- ]General)\s+)"
)
_KINDS = {
    "call": "call",
    "meeting": "meeting",
    "bilateral meeting": "meeting",
    "virtual meeting": "call",
    "meetings": "meeting",
}
_READOUT = re.compile(
    rf"Readout of (?P<host>{_TITLE}?{_PERSON})[’']?s? (?P<kind>Bilateral Meeting|Virtual Meeting|Phone Call|Call|Meeting)s? "
    rf"with (?:His Majesty |Her Majesty |His Highness |His Excellency )?(?P<guest>{_TITLE}?{_PERSON})"
    rf"(?: of (?:the )?(?P<of>[A-Z][\w’' -]+?))?(?: on .*)?$"
)
_KREMLIN = re.compile(
    rf"(?P<kind>Telephone conversation|Meeting|Talks) with (?P<guest>(?:[A-Z][\w ’'-]*? of (?:the )?(?P<of>[A-Z][\w’' -]+?) )?{_PERSON})$"
)


class Label(NamedTuple):
    """What a title says: kind of event, surnames of those named."""

    kind: str
    surnames: tuple[str, ...]
    title: str


def label_of(article: Article) -> Label | None:
    """Return what the title says, if it is of a form that says it."""
    title = article.title or ""
    found = _READOUT.match(title)
    if found:
        kind = "call" if "call" in found["kind"].lower() or "virtual" in found["kind"].lower() else "meeting"
        return Label(kind, tuple(_surname(found[name]) for name in ("host", "guest")), title)
    found = _KREMLIN.match(title)
    if found:
        return Label(
            "call" if found["kind"].startswith("Tele") else "meeting", ("putin", _surname(found["guest"])), title
        )
    return None


def _surname(name: str) -> str:
    words = [w for w in fold(name).split() if w not in ("jr", "ii", "iii", "s") and len(w) > 1]
    return words[-1] if words else ""


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
        if all(surname in names for surname in label.surnames):
            people = True
            main = main or event.main
    return kind, people, main


def rows(paths: list[str]) -> Iterator[tuple[Article, Label]]:
    """Yield the articles whose title is a label."""
    for reading in read(paths):
        if reading.article is not None:
            label = label_of(reading.article)
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
    for article, label in rows(args.paths):
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
        print(
            f"| {kind} | {n} | {hits[kind]['kind'] / n:.3f} | {hits[kind]['both'] / n:.3f} | {hits[kind]['main'] / n:.3f} |"
        )
    print("\n".join(misses[: args.misses]))


if __name__ == "__main__":
    main()
