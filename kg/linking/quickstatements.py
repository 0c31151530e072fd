"""New tenures as commands of QuickStatements, for review and never sent.

Properties, as https://www.wikidata.org/wiki/Property:P39 and the like describe them: P39 position held, with the
qualifiers P580 start time and P582 end time; in the reference P854 reference URL, P577 publication date, P1476 title.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from kg.authority import Authority
from kg.linking.statements import Source, is_elsewhere, items_of_things, sources
from kg.linking.unlinked import rows, value
from kg.store import Store

TAKES_OFFICE = ("appointment", "inauguration")
LEAVES_OFFICE = ("resignation", "dismissal")
HEADS = ("head-of-state", "head-of-government")
BELOW_HEADS = ("ambassador", "other")
"""Kinds of office that nobody holds beside one of `HEADS`."""
_PRECISION = {4: 9, 7: 10, 10: 11}  # https://www.wikidata.org/wiki/Help:Dates#Precision, by length of the date


class Given(msgspec.Struct, frozen=True):
    """A tenure that an article states and Wikidata, as far as who is who has it, does not."""

    person: str
    office: str
    source: Source
    start: str = ""
    end: str = ""

    def line(self) -> str:
        """Return it as a command of QuickStatements, version 1 (https://www.wikidata.org/wiki/Help:QuickStatements)."""
        cells = [self.person, "P39", self.office]
        cells += ["P580", quick_date(self.start)] if self.start else []
        cells += ["P582", quick_date(self.end)] if self.end else []
        cells += ["S854", f'"{_quotable(self.source.url)}"']
        cells += ["S577", quick_date(self.source.published)] if self.source.published else []
        title = _quotable(self.source.title)
        cells += ["S1476", f'{self.source.language}:"{title}"'] if title == self.source.title != "" else []
        return "\t".join(cells)


def quick_date(date: str) -> str:
    """Return a year, month or day as QuickStatements writes it, with its precision.

    >>> quick_date("2024-05-12"), quick_date("2024-05"), quick_date("2024")
    ('+2024-05-12T00:00:00Z/11', '+2024-05-00T00:00:00Z/10', '+2024-00-00T00:00:00Z/9')
    """
    year, month, day = (*date.split("-"), "00", "00")[:3]
    return f"+{year}-{month}-{day}T00:00:00Z/{_PRECISION[len(date)]}"


def _quotable(text: str) -> str:
    """Return text without what ends a value, a command or a line of QuickStatements.

    >>> _quotable('https://example.org/?a="b"|c')
    'https://example.org/?a=%22b%22%7Cc'
    """
    return re.sub(r'[\x00-\x20"|]', lambda found: f"%{ord(found[0]):02X}", text) if "://" in text else _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(re.sub(r'["|]', "", text).split())


class Tenures(msgspec.Struct):
    """What there is to give, and why the rest stays here."""

    given: list[Given] = []
    known: int = 0
    unlinked: int = 0
    doubtful: int = 0
    """Where who is who knows another holder that day, or the office is another country's."""
    unsourced: int = 0
    """Without the address of an article that says so of its own day, or with the day."""

    def text(self) -> str:
        """Return the commands, a line each, sorted."""
        return "".join(f"{line}\n" for line in sorted(one.line() for one in self.given))

    def summary(self) -> str:
        """Return what was left out, in one line."""
        return (
            f"{len(self.given)} tenures to review; left out: {self.known} known already, {self.unlinked} of people or "
            f"offices without item, {self.doubtful} doubtful, {self.unsourced} without day or address of an article"
        )


def tenures(store: Store, authority: Authority) -> Tenures:
    """Return the tenures that articles state between things with items and who is who has not."""
    known = {
        (authority.people[one.person].wikidata, authority.offices[one.office].wikidata) for one in authority.tenures
    }
    items, disputed = items_of_things(store), {value(row, "who") for row in rows(store, "?dispute dip:stated ?who")}
    articles, turns = sources(store), _turns(store)
    found = Tenures()
    for tenure, (holder, office) in sorted(_claimed(store).items()):
        person, post = items.get(holder, ""), items.get(office, "")
        if holder in disputed:
            found.doubtful += 1
        elif not person or not post:
            found.unlinked += 1
        elif (person, post) in known:
            found.known += 1
        elif not (stated := _stated(tenure, store, articles, turns)):
            found.unsourced += 1
        elif sure := [(a, dates) for a, dates in stated if not _is_doubtful(holder, office, a, dates, authority)]:
            found.given += [Given(person, post, article, *dates) for article, dates in sure]
        else:
            found.doubtful += 1
    return found


def _claimed(store: Store) -> dict[str, tuple[str, str]]:
    """Return holder and office of the tenures that articles state and who is who has not."""
    pattern = (
        "?tenure a dip:Tenure ; dip:holder ?holder ; dip:office ?office FILTER NOT EXISTS { ?tenure dip:asOf ?known }"
    )
    return {value(r, "tenure"): (value(r, "holder"), value(r, "office")) for r in rows(store, pattern)}


Dates = tuple[str, str]
"""Start and end, either of them empty where it is not told."""


def _stated(
    tenure: str, store: Store, articles: dict[str, Source], turns: dict[tuple[str, str], Dates]
) -> list[tuple[Source, Dates]]:
    """Return the articles that give start or end, else the first one in which the tenure is current."""
    pattern = f"GRAPH ?article {{ <{tenure}> dip:tenureStatus ?status }}"
    status = {value(row, "article"): value(row, "status") for row in rows(store, pattern)}
    dated = [(articles[a], turns[tenure, a]) for a in sorted(status) if a in articles and (tenure, a) in turns]
    current = [articles[a] for a, said in status.items() if said == "current" and a in articles]
    return dated or [(min(current), ("", "")) for _ in current[:1]]


def _is_doubtful(holder: str, office: str, article: Source, dates: Dates, authority: Authority) -> bool:
    """Return whether who is who speaks against a tenure: misread, most likely, or misprinted.

    The office is another country's, or somebody else's that day, or below what the person certainly was that day.
    """
    person = authority.people.get(holder.rpartition("/")[2])
    post = authority.offices.get(office.rpartition("/")[2])
    if post is None:
        return False
    if person and is_elsewhere(person, post, authority):
        return True
    on = dates[0] or ("" if dates[1] else article.published)
    if on and not authority.is_shared(post.id) and authority.holders(post.id, on, certain=True):
        return True
    held = authority.tenures_of(person.id) if person and on and post.kind in BELOW_HEADS else ()
    return any(authority.offices[one.office].kind in HEADS and authority.covers(one, on) == "certain" for one in held)


def _turns(store: Store) -> dict[tuple[str, str], Dates]:
    """Return start and end of tenures by article, where one sentence tells of the office and that it is taken or left.

    Where articles contradict each other there is none; else it is the most exact date, by the articles that have it.
    """
    pattern = """
      GRAPH ?article {
        ?tenure dip:holder ?who ; dip:evidence ?said . ?said oa:start ?a ; oa:end ?b .
        ?event dip:appointee ?who ; dip:kind ?kind ; dip:status "occurred" ; dip:date ?date ; dip:evidence ?told .
        ?told oa:start ?c ; oa:end ?d FILTER(?a < ?d && ?c < ?b)
      }"""
    dates: dict[tuple[str, bool], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(store, pattern):
        kind, date = value(row, "kind").rpartition("/")[2], value(row, "date")
        if kind in (*TAKES_OFFICE, *LEAVES_OFFICE) and re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
            dates[value(row, "tenure"), kind in TAKES_OFFICE][value(row, "article")].add(date)
    turns: dict[tuple[str, str], Dates] = {}
    for (tenure, takes), said in dates.items():
        date = _agreed(said.values())
        for article in (article for article, own in said.items() if date and own == {date}):
            start, end = turns.get((tenure, article), ("", ""))
            turns[tenure, article] = (date, end) if takes else (start, date)
    return turns


def _agreed(said: Iterable[set[str]]) -> str:
    """Return the most exact of the dates that articles give, empty where they differ; who gives two gives none.

    >>> _agreed([{"2024-05"}, {"2024-05-12"}, {"2023", "2024"}]), _agreed([{"2024-05"}, {"2024-06"}])
    ('2024-05-12', '')
    """
    dates = [next(iter(own)) for own in said if len(own) == 1]
    best = max(dates, key=len, default="")
    return best if all(best.startswith(date) for date in dates) else ""
