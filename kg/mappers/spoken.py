"""Bodies an article speaks of: which country or organisation an office is of that is printed without one."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from kg.iris import fold
from kg.language.text import Mention, Title
from kg.language.words import words
from kg.mappers.groups import find_groups
from kg.mappers.home import ACCREDITED, find_host
from kg.mappers.person import Register
from kg.mappers.sides import home_of

_SIDES = words("grammar", "sides")
_LISTING = words("grammar", "listing_verbs")
_GOING_WITH = words("offices", "going_with")
_VISITING = words("grammar", "visiting_verbs")


class Spoken:
    """The bodies that the titles and the text of an article speak of, before titles left open are completed."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._countries = register.authority.countries
        self._sides: dict[int, tuple[int, str] | None] = {}
        self.known: dict[str | None, list[int]] = {}
        """Those known to who is who, by the kinds of their titles."""
        for n, entry in enumerate(register.entries):
            for kind in {t.kind for t in entry.titles} if entry.key else ():
                self.known.setdefault(kind, []).append(n)

    @cached_property
    def most(self) -> str | None:
        """The country most of the article's people hold office in, where none ties with it; else that named most.

        It is none whose envoy is received: "the Minister met the Ambassador of X".
        """
        likened = [any(t.counterpart for t in entry.titles) for entry in self._register.entries]
        spoken_of = [
            [] if other else [self._speaks_of(t) for t in entry.titles]
            for other, entry in zip(likened, self._register.entries, strict=True)
        ]
        bodies = [[body for body in held if body and body not in self.accredited] for held in spoken_of]
        counts = Counter(body for held in bodies for body in set(held)).most_common(2)
        if counts:
            tied = [body for body, count in counts if count == counts[0][1]]
            return next(body for held in bodies for body in held if body in tied)  # whom the article begins with
        met = {t.of for entry in self._register.entries for t in entry.titles if t.counterpart}
        return self.besides(*self.accredited, *met)

    @cached_property
    def host(self) -> str | None:
        """The country whose offices the page of a foreign mission leaves unmarked."""
        return find_host(self._register.text.article, self._register.lexicon)

    def _speaks_of(self, title: Title) -> str | None:
        """The country of an office; of one country's envoys that to which they are sent, whose offices go unmarked."""
        if title.counterpart:
            return None  # whoever meets "his Chilean counterpart" is not of Chile
        host = self._register.authority.country(title.text.partition(" to ")[2]) if " to " in title.text else None
        return (
            host.iso
            if host and len(self._sending) == 1 and None not in self._sending
            else title.of
            if title.of in self._countries
            else None
        )

    @cached_property
    def _sending(self) -> set[str | None]:
        """The countries of those sent somewhere."""
        return {t.of for entry in self._register.entries for t in entry.titles if " to " in t.text}

    @cached_property
    def sender(self) -> str | None:
        """The one foreign country whose envoys the article names."""
        envoys = [body for body in self.senders if body in self._countries]
        return envoys[0] if len(envoys) == 1 else None

    def side(self, title: Title) -> str | None:
        """The country whose delegation the sentence lists: "The Chinese delegation included …, TITLE NAME"."""
        text = self._register.text
        low, sentence = text.low, text.sentence_of(title.start)
        if sentence not in self._sides:
            self._sides[sentence] = next(
                (
                    (m.end, body)
                    for m in text.mentions[sentence]
                    if m.type in ("body", "person", "office")
                    and (k := m.end - (low[m.end - 1] in _SIDES) + (low[m.end] == "'s")) + 1 < len(low)
                    and (
                        (low[k] in _SIDES and _lists(low, k + 1))
                        or low[m.start - 1 - (low[m.start - 1] == "the")] in _GOING_WITH
                    )
                    and (body := home_of(self._register, m))
                ),
                None,
            )
        found = self._sides[sentence]
        return found[1] if found and found[0] <= title.start and found[1] in self._countries else None

    @cached_property
    def foreign(self) -> str | None:
        """The foreign country the article speaks of most."""
        return self.besides(self._register.home)

    def besides(self, *others: str | None) -> str | None:
        """The country the article speaks of most beside some."""
        organisations = self._register.authority.organisations
        titles = (t.of for entry in self._register.entries for t in entry.titles if t.of in organisations)
        parties = (organisations[of].country for of in titles if of)
        lands = (land for land in (*self._named(), *parties) if land in self._countries)
        return _foremost(land for land in lands if land not in others)

    def before(self, title: Title) -> str | None:
        """The country stated for an office right before in the same sentence ("UAE President X, Vice President Y")."""
        text = self._register.text
        n = bisect_left(self._stated, (title.start,)) - 1
        first = text.sentences[text.sentence_of(title.start)][0]
        return self._stated[n][1] if n >= 0 and self._stated[n][0] >= first else None

    def likened(self, k: int) -> set[str]:
        """The bodies of somebody's counterparts, of which he is not: "X met |his Chilean counterpart|"."""
        return self._likened.get(k, set())

    @cached_property
    def _likened(self) -> dict[int, set[str]]:
        text = self._register.text
        found: dict[int, set[str]] = {}
        visiting = not _VISITING.isdisjoint(text.vocabulary)
        for mentions in text.mentions:
            if visiting:
                self._set_off_guests(mentions, found)
            if not any(t.counterpart for m in mentions for t in m.titles):
                continue
            before: list[int] = []
            for m in (m for group in find_groups(text, mentions) for m in group.mentions):
                of = {t.of for t in m.titles if t.counterpart and t.of}
                for k in before if of else ():
                    found.setdefault(k, set()).update(of)
                if m.type == "person" and not of:
                    before.append(m.person)
        return found

    def _set_off_guests(self, mentions: list[Mention], found: dict[int, set[str]]) -> None:
        """Part those beside a guest from his country: "the |visiting Malian Premier X| and President Y"."""
        low = self._register.text.low
        stated = [t for m in mentions for t in m.titles if t.of in self._countries and not t.inferred]
        lands = {t.of for t in stated if not _VISITING.isdisjoint(low[max(0, t.start - 1) : t.start + 1])}
        for m in mentions if lands else ():
            if m.type == "person" and m.person >= 0 and not any(t in stated for t in m.titles):
                found.setdefault(m.person, set()).update(land for land in lands if land)

    def shared(self, top: str) -> list[set[str]]:
        """The countries whose holders of an office of a top kind are told of together: "the ministers of A and B"."""
        return self._shared.get(top, [])

    @cached_property
    def _shared(self) -> dict[str, list[set[str]]]:
        text, kinds = self._register.text, self._register.lexicon.office_kinds
        found: dict[str, list[set[str]]] = {}
        for mentions in text.mentions:
            plural = (t for m in mentions if m.type == "office" for t in m.titles if t.plural and t.kind)
            for top in {kinds[t.kind or ""].top for t in plural}:
                for group in find_groups(text, mentions):
                    titles = (t for m in group.mentions if m.type == "office" for t in m.titles if t.kind)
                    lands = {t.of for t in titles if t.of in self._countries and kinds[t.kind or ""].top == top}
                    if len(lands) > 1:
                        found.setdefault(top, []).append({land for land in lands if land})
        return found

    @cached_property
    def _stated(self) -> list[tuple[int, str]]:
        """Where titles state their country, and which."""
        titles = (t for entry in self._register.entries for t in entry.titles)
        return sorted((t.start, t.of) for t in titles if t.of and not t.inferred and t.of in self._countries)

    def next_to(self, country: str) -> str | None:
        """The country that the article names first beside one."""
        return next((body for body in self._named() if body in self._countries and body != country), None)

    def introduced(self, title: Title) -> str | None:
        """The one country of which such an office was spoken of before, without a name ("Mexico's ambassador")."""
        if title.kind is None or title.kind not in self._unnamed or title.plural or title.kind == "president":
            return None  # companies and colleges have presidents too
        bodies = {of for start, of in self._unnamed[title.kind] if start < title.start}
        return bodies.pop() if len(bodies) == 1 else None

    @cached_property
    def _unnamed(self) -> dict[str, list[tuple[int, str]]]:
        """Where offices stand alone, and of which countries, by the kind of their heads."""
        found: dict[str, list[tuple[int, str]]] = {}
        kinds = self._register.lexicon.kind_by_label
        for title in (t for ms in self._register.text.mentions for m in ms if m.type == "office" for t in m.titles):
            if title.of and title.of in self._countries and not _set_apart(title):
                kind = title.kind or kinds.get(fold(title.text.partition(" to ")[0]))
                if kind:
                    found.setdefault(kind, []).append((title.start, title.of))
        return found

    def names(self, country: str) -> bool:
        """Whether the article names a country."""
        return country in self._named()

    @cached_property
    def organisation(self) -> str | None:
        """The international organisation the article names most."""
        organisations = self._register.authority.organisations
        named = (body for body in self._named() if body in organisations and not organisations[body].country)
        counts = Counter(named).most_common(1)
        return counts[0][0] if counts else None

    def _named(self) -> Iterator[str]:
        return (m.value for mentions in self._register.text.mentions for m in mentions if m.type == "body")

    @cached_property
    def senders(self) -> frozenset[str]:
        """The countries other than home whose envoys the article names."""
        envoys = (t.of for entry in self._register.entries for t in entry.titles if t.kind in ACCREDITED)
        return frozenset(of for of in envoys if of and of != self._register.home)

    @cached_property
    def accredited(self) -> frozenset[str]:
        """The countries whose envoys are named and not where they are sent, which is here: "the Ambassador of X"."""
        titles = (t for entry in self._register.entries for t in entry.titles if t.kind in ACCREDITED)
        here = (t.of for t in titles if " to " not in t.text and not t.inferred)
        return frozenset(of for of in here if of and of in self._countries)

    @cached_property
    def abroad(self) -> str | None:
        """The one other country the article's titles speak of."""
        bodies = {t.of for entry in self._register.entries for t in entry.titles if not t.inferred}
        abroad = {body for body in bodies if body in self._countries} - {self._register.home}
        return abroad.pop() if len(abroad) == 1 else None


def _lists(low: list[str], k: int) -> bool:
    """Whether the word at ``k``, or behind "also" there, opens a list of those who belong to a side."""
    k += 2 * (low[k : k + 2] == [",", "which"])
    return low[k] in _LISTING or (low[k] == "also" and low[k + 1] in _LISTING)


def _set_apart(title: Title) -> bool:
    """Whether an office is that of several, of a counterpart, or no longer or not yet held."""
    return title.plural or title.counterpart or title.when != "current"


def _foremost(bodies: Iterable[str]) -> str | None:
    """The body named more than twice as often as any other."""
    named = Counter(bodies).most_common(2)
    return named[0][0] if named and (len(named) == 1 or named[0][1] > 2 * named[1][1]) else None
