"""Who is who: names to entities, offices on a day to their holders, entities to Wikidata.

The tables are CSV in ``seeds/authority``; each is read when first asked for. Names are compared folded (`kg.iris.fold`)
and never by likeness: a look-alike is a suggestion (`Authority.near_people`), not a match.
"""

import csv
import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Literal, TypeVar

import msgspec

from kg.errors import AuthorityError
from kg.iris import ascii_fold, fold
from kg.resources import folder as data_folder


class Person(msgspec.Struct, frozen=True):
    """A person, under the usual English spelling of the name."""

    id: str
    label: str
    aliases: tuple[str, ...]
    country: str
    """ISO alpha-2 code of the country of the main office, else empty."""
    wikidata: str
    """QID, else empty."""


class Office(msgspec.Struct, frozen=True):
    """An office: a kind of post in one country or organisation."""

    id: str
    label: str
    title: str
    """Plain English title, without the country: ``Minister of Foreign Affairs``."""
    kind: str
    """Notation of a top kind: ``head-of-state``, ``foreign-minister`` …"""
    of: str
    """ISO alpha-2 code or the acronym of an organisation."""
    aliases: tuple[str, ...]
    wikidata: str


class Tenure(msgspec.Struct, frozen=True):
    """A person in an office, with dates at the precision of the source."""

    person: str
    office: str
    start: str
    end: str
    """Empty where the tenure was open on `as_of`, which says nothing of later days."""
    as_of: str
    source: str
    """Keys of ``sources.csv``, separated by ``|``."""


class Organisation(msgspec.Struct, frozen=True):
    """An organisation, party, bloc or body."""

    id: str
    label: str
    acronym: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    """ISO alpha-2 code of the country whose party or body it is, else empty."""
    wikidata: str

    @property
    def code(self) -> str:
        """What offices and sides call it: the acronym, else the id."""
        return self.acronym or self.id


class Country(msgspec.Struct, frozen=True):
    """A country or territory of ISO 3166-1, or Kosovo (XK)."""

    iso: str
    label: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    """Adjectives and names of its people."""
    wikidata: str

    @property
    def code(self) -> str:
        """What offices and sides call it: the ISO alpha-2 code."""
        return self.iso


class Place(msgspec.Struct, frozen=True):
    """A city, residence or venue."""

    id: str
    label: str
    aliases: tuple[str, ...]
    country: str
    place: str
    """Id of the city a venue is in, else empty."""


class KnownAgreement(msgspec.Struct, frozen=True):
    """A treaty, agreement or initiative that articles name without introducing it."""

    id: str
    label: str
    aliases: tuple[str, ...]
    kind: str
    parties: tuple[str, ...]
    established: str


class Relation(msgspec.Struct, frozen=True):
    """The day on which two countries (``a`` before ``b``) established diplomatic relations."""

    a: str
    b: str
    established: str
    source: str


class Words:
    """How names and titles are compared: the nicknames, honorifics, particles and spellings of ``name_words.csv``."""

    def __init__(self, groups: Mapping[str, list[tuple[str, ...]]]) -> None:
        def flat(kind: str) -> frozenset[str]:
            return frozenset(fold(word) for words in groups.get(kind, ()) for word in words)

        self.honorifics, self.suffixes, self.particles = flat("honorific"), flat("suffix"), flat("particle")
        self.family_first = {code.upper() for code in flat("family-first")}
        self.transliterated = {code.upper() for code in flat("transliterated")}
        self._short = {fold(word): fold(words[0]) for words in groups.get("nickname", ()) for word in words}
        self._spelt = {fold(word): fold(words[0]) for words in groups.get("spelling", ()) for word in words}

    def bare(self, name: str) -> list[str]:
        """Return the words of a name without honorifics before it and suffixes after it, at least one."""
        words = name_key(name).split()
        while len(words) > 1 and words[0] in self.honorifics:
            del words[0]
        while len(words) > 1 and words[-1] in self.suffixes:
            del words[-1]
        return words

    def plain(self, name: str) -> list[str]:
        """Return the words of a name without initials too, nicknames as the full given name."""
        words = self.bare(name)
        return [self._short.get(word, word) for word in words if len(word) > 1] or words

    def fits(self, name: str, person: Person) -> bool:
        """Return whether a name, perhaps only a surname or with initials, can be that person's.

        Each word must be a word of one spelling of the name, its initial or nickname; middle names may be missing on
        either side. Other romanisations ("Zelensky") fit in countries whose names are transliterated.
        """
        forms = self._forms(name)
        loose = person.country in self.transliterated
        return any(
            self._alike(words, said, loose)
            for spelling in (person.label, *person.aliases)
            for said in self._forms(spelling)
            for words in forms
        )

    def _alike(self, words: list[str], said: list[str], loose: bool) -> bool:
        if "".join(words) == "".join(said) or (loose and romanised("".join(words)) == romanised("".join(said))):
            return True
        return self._subset(words, said, loose) or self._subset(said, words, loose, least=2)

    def _forms(self, name: str) -> list[list[str]]:
        """Return the words of a name that tell people apart, and all of them where an honorific is part of the name."""
        words = self.bare(name)
        telling = [word for word in words if word not in self.particles] or words
        full = name_key(name).split()
        return [telling] if len(full) == len(words) else [telling, full]

    def _subset(self, words: list[str], others: list[str], loose: bool, least: int = 1) -> bool:
        """Return whether every word has its own partner among the others, ``least`` of them more than initials."""
        left = list(others)
        whole = 0
        for i, word in enumerate(words):
            partner = next((other for other in left if self._agree(word, other, loose)), None)
            if partner is not None:
                left.remove(partner)
                whole += min(len(word), len(partner)) > 1
            elif len(word) > 1 or i == 0:  # a middle initial that the other form leaves out says nothing
                return False
        return whole >= least

    def _agree(self, a: str, b: str, loose: bool) -> bool:
        if a == b or self._short.get(a, a) == self._short.get(b, b):
            return True
        if min(len(a), len(b)) == 1:
            return a[0] == b[0]
        if _levelled(a) == _levelled(b):
            return True
        return loose and romanised(a) == romanised(b)

    def title_key(self, title: str) -> str:
        """Return the key under which ways to say one title meet: "Minister for Defense" and "Defence Minister"."""
        words = [self._spelt.get(word, word) for word in fold(title).split() if word != "the"]
        words = ["of" if word == "for" else word for word in words]
        if words[-1:] == ["minister"] and len(words) > 1 and words[0] not in _NOT_A_PORTFOLIO:
            words = ["minister", "of", *words[:-1]]
        return " ".join(words)


_NOT_A_PORTFOLIO = frozenset(
    ("prime", "first", "chief", "deputy", "vice", "state", "cabinet", "senior", "junior", "federal")
)

_UMLAUT, _DOUBLE = re.compile("([aou])e"), re.compile(r"(.)\1+")


def _levelled(word: str) -> str:
    """Return a folded word with double letters single and "oe" as "o": Schroeder is Schröder, Roussef Rousseff."""
    return _DOUBLE.sub(r"\1", _UMLAUT.sub(r"\1", word))


# Differences between romanisations of one name, in the order in which they are levelled.
_ROMANISED = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (r"(.)\1+", r"\1"),
        (r"ph", "f"),
        (r"tch|tsch|tj|s?ch", "sh"),
        (r"dj", "d"),
        (r"[kg]h", "h"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"q|ck|c(?!h)", "k"),
        (r"w", "v"),
        (r"ou|oo|o", "u"),
        (r"e[iy]|ai|ay", "a"),
        (r"e", "a"),
        (r"(?:ij|iy|yi|[iy])+", "i"),
        (r"j(?=[au])", "i"),
        (r"i(?=[au])", ""),
        (r"(?<=.)h$", ""),
        (r"d$", "t"),
        (r"n(?=[bp])", "m"),
        (r"^g(?=r)", "h"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """Return a folded word with the usual differences between romanisations levelled.

    >>> romanised("zelenskyy") == romanised("zelensky"), romanised("muhammad") == romanised("mohammed")
    (True, True)
    >>> romanised("thang") == romanised("thuong")
    False
    """
    for pattern, level in _ROMANISED:
        word = pattern.sub(level, word)
    return word


def name_key(name: str) -> str:
    """Return the key of a person's name: folded, or as written where it mixes in letters of another script.

    >>> name_key("Võ Văn Thưởng"), name_key("习近平")
    ('vo van thuong', '习近平')
    >>> name_key("Х" + "i Jinping") == name_key("Xi Jinping")  # a Cyrillic Kha is no X
    False
    """
    latin = ascii_fold(name)
    if latin.isascii() or not any(c.isalpha() and not c.isascii() for c in latin):
        return fold(name)
    return " ".join(name.casefold().split())


Body = Country | Organisation
Verdict = Literal["holder", "also-held", "unknown", "contradicted"]
Cover = Literal["certain", "possible", "no"]


class Answer(msgspec.Struct, frozen=True):
    """Who held an office on a day, or why that cannot be said."""

    verdict: Verdict
    holders: tuple[Person, ...] = ()
    """Those known to hold it that day; the person asked about comes first."""
    tenure: Tenure | None = None
    """The tenure that says so."""
    candidates: tuple[Person, ...] = ()
    """Who may have been meant, the likeliest first."""
    reason: str = ""


Table = TypeVar("Table", bound=msgspec.Struct)


class Authority:
    """The tables of who is who and the look-ups in them."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder

    @classmethod
    def load(cls, folder: Traversable | None = None) -> "Authority":
        """Return the authority of a folder of tables, by default the one shipped, which is kept."""
        return cls(folder) if folder is not None else _shipped()

    # -- tables ----------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """People by id."""
        return {row.id: row for row in self._read("people", Person)}

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """Offices by id."""
        return {row.id: row for row in self._read("offices", Office)}

    @cached_property
    def tenures(self) -> tuple[Tenure, ...]:
        """All tenures, sorted by person, office and start."""
        return tuple(self._read("tenures", Tenure))

    @cached_property
    def organisations(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {row.id: row for row in self._read("organisations", Organisation)}

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """Countries by ISO alpha-2 code."""
        return {row.iso: row for row in self._read("countries", Country)}

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return {row.id: row for row in self._read("places", Place)}

    @cached_property
    def agreements(self) -> Mapping[str, KnownAgreement]:
        """Known agreements by id."""
        return {row.id: row for row in self._read("agreements", KnownAgreement)}

    @cached_property
    def relations(self) -> Mapping[frozenset[str], Relation]:
        """Relations by the two codes, in either order."""
        return {frozenset((row.a, row.b)): row for row in self._read("relations", Relation)}

    @cached_property
    def name_words(self) -> Words:
        """Nicknames, honorifics, particles and spellings that comparing names needs."""
        groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for kind, words in self._rows("name_words"):
            groups[kind].append(tuple(words.split("|")))
        return Words(groups)

    def _rows(self, name: str) -> Iterator[list[str]]:
        try:
            text = self.folder.joinpath(f"{name}.csv").read_text(encoding="utf-8")
        except OSError as error:
            message = f"the table {name}.csv of who is who is missing from {self.folder}; derive it again or reinstall"
            raise AuthorityError(message) from error
        rows = csv.reader(text.split("\n"))
        next(rows, None)
        return filter(None, rows)

    def _read(self, name: str, kind: type[Table]) -> Iterator[Table]:
        """Yield the rows of a table; columns that are tuples in ``kind`` are split at ``|``."""
        lists = [i for i, field in enumerate(kind.__struct_fields__) if kind.__annotations__[field] == tuple[str, ...]]
        width = len(kind.__struct_fields__)
        for row in self._rows(name):
            if len(row) != width:
                raise AuthorityError(f"{name}.csv: the row {','.join(row)!r} has {len(row)} cells; give it {width}")
            for i in lists:
                row[i] = tuple(row[i].split("|")) if row[i] else ()  # type: ignore[call-overload]
            yield kind(*row)

    # -- countries and organisations -------------------------------------------------------------------------------

    def country(self, text: str, *, widely: bool = False) -> Country | None:
        """Return the country of an ISO code, name, official name or adjective; names shared by two give none.

        What is all upper case in the tables (``US``, ``U.S.``, ``UAE``) is found only so written. ``widely`` asks the
        library rigour too, for other languages and spellings; that costs two seconds the first time.
        """
        found = self._countries_by_name.get(_name_key(_unbent(text)))
        return found or (self._country_of_rigour(text) if widely else None)

    @cached_property
    def _countries_by_name(self) -> Mapping[str, Country]:
        named = ((name, one) for one in self.countries.values() for name in (one.label, *one.aliases, *one.demonyms))
        return {**_unshared(named), **self.countries}

    def _country_of_rigour(self, text: str) -> Country | None:
        if self.place(text):
            return None  # rigour takes a capital for its country
        from rigour.territories import lookup_territory

        territory = lookup_territory(text)
        return self.countries.get(territory.code.upper()) if territory else None

    def organisation(self, text: str) -> Organisation | None:
        """Return the organisation of an acronym, name or alias; acronyms are found only in their own case."""
        return self._organisations_by_name.get(_name_key(text.removeprefix("the ")))

    @cached_property
    def _organisations_by_name(self) -> Mapping[str, Organisation]:
        named = ((name, one) for one in self.organisations.values() for name in (one.label, *one.aliases))
        codes = {name: one for one in self.organisations.values() for name in (one.acronym, one.id) if name}
        return _unshared(named) | codes

    def body(self, text: str) -> Body | None:
        """Return the country or else the organisation of that name or code."""
        return self.country(text) or self.organisation(text)

    def place(self, text: str) -> Place | None:
        """Return the place of that name; names shared by two give none."""
        return self._places_by_name.get(_name_key(text))

    @cached_property
    def _places_by_name(self) -> Mapping[str, Place]:
        return _unshared((name, one) for one in self.places.values() for name in (one.label, *one.aliases))

    def relation(self, a: str, b: str) -> Relation | None:
        """Return when two countries, given by code, established diplomatic relations."""
        return self.relations.get(frozenset((a, b)))

    # -- people ----------------------------------------------------------------------------------------------------

    def find_people(self, name: str) -> tuple[Person, ...]:
        """Return the people a full name fits: exactly, else in the other order, else without initials and middle names.

        No name is stretched: nobody is found by likeness, and a name that mixes scripts fits nobody.
        """
        key = name_key(name)
        exact = self._people_by_name.get(key, ())
        if exact or " " not in key:
            return exact  # one word alone is no full name: "Xi" and "Trong" are resolved inside an article
        return next((found for form in self._forms(name) if (found := self._people_by_form.get(form))), ())

    def _forms(self, name: str) -> Iterator[str]:
        words = self.name_words.plain(name)
        yield " ".join(words)
        if len(words) > 2:
            yield f"{words[0]} … {words[-1]}"

    @cached_property
    def _people_by_name(self) -> Mapping[str, tuple[Person, ...]]:
        return _grouped((name_key(name), one) for one in self.people.values() for name in (one.label, *one.aliases))

    @cached_property
    def _people_by_form(self) -> Mapping[str, tuple[Person, ...]]:
        return _grouped((form, one) for one in self.people.values() for form in self._forms_of(one))

    def _forms_of(self, person: Person) -> Iterator[str]:
        """Yield the forms under which a person is found: other order; middle names dropped where they may be."""
        for name in (person.label, *person.aliases):
            words = self.name_words.plain(name)
            if 2 <= len(words) <= 4:
                yield " ".join(words)
                yield " ".join((*words[1:], words[0]))
                yield " ".join((words[-1], *words[:-1]))
                if person.country not in self.name_words.family_first:
                    yield f"{words[0]} … {words[-1]}" if len(words) == 2 else f"{words[0]} {words[-1]}"

    def near_people(self, name: str, n: int = 5) -> tuple[Person, ...]:
        """Return up to ``n`` people whose names look like this one, the likeliest first, for "did you mean"."""
        key = name_key(name)
        pool = {near for word in key.split() for near in self._names_by_start.get(word[:2], ())}
        close = difflib.get_close_matches(key, sorted(pool), n=2 * n, cutoff=0.6)
        people = dict.fromkeys(one for near in close for one in self._people_by_name[near])
        return tuple(people)[:n]

    @cached_property
    def _names_by_start(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((start, key) for key in self._people_by_name for start in {word[:2] for word in key.split()})

    # -- offices ---------------------------------------------------------------------------------------------------

    def offices_of(self, body: str) -> tuple[Office, ...]:
        """Return the offices of a country or organisation, given by code."""
        return self._offices_by_body.get(body, ())

    @cached_property
    def _offices_by_body(self) -> Mapping[str, tuple[Office, ...]]:
        return _grouped((one.of, one) for one in self.offices.values())

    def find_offices(self, title: str, of: str) -> tuple[Office, ...]:
        """Return the offices of a title in a country or body, those whose own title it is first.

        ``of`` is a code or a name; the offices of a country's party count as the country's ("Party chief", Vietnam).
        """
        body = self.body(of)
        if body is None:
            return ()
        key = self.name_words.title_key(title)
        shorter = self.name_words.title_key(self._without_body(title, body))
        found = [
            one for code in self._codes(body) for form in (key, shorter) for one in self._by_title.get((form, code), ())
        ]
        own = [one for one in found if self.name_words.title_key(one.title) in (key, shorter)]
        return tuple(dict.fromkeys(own + found))

    def _codes(self, body: Body) -> tuple[str, ...]:
        return (body.code, *self._parties.get(body.code, ()))

    @cached_property
    def _parties(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((one.country, one.code) for one in self.organisations.values() if one.country)

    def _without_body(self, title: str, body: Body) -> str:
        """Return a title without its body's adjective or name: "Vietnamese President" is "President"."""
        first, _, rest = title.partition(" ")
        if rest and self.body(first) is body:
            return rest
        head, of, last = title.rpartition(" of ")
        return head if of and self.body(last.removeprefix("the ")) is body else title

    @cached_property
    def _by_title(self) -> Mapping[tuple[str, str], tuple[Office, ...]]:
        key = self.name_words.title_key
        return _grouped(
            ((key(said), one.of), one)
            for one in self.offices.values()
            for said in (one.title, *one.aliases, one.label)
        )  # fmt: skip

    # -- tenures ---------------------------------------------------------------------------------------------------

    def tenures_of(self, person: str) -> tuple[Tenure, ...]:
        """Return the tenures of a person, given by id."""
        return self._tenures_by_person.get(person, ())

    def tenures_in(self, office: str) -> tuple[Tenure, ...]:
        """Return the tenures in an office, given by id, by start."""
        return self._tenures_by_office.get(office, ())

    @cached_property
    def _tenures_by_person(self) -> Mapping[str, tuple[Tenure, ...]]:
        return _grouped((one.person, one) for one in self.tenures)

    @cached_property
    def _tenures_by_office(self) -> Mapping[str, tuple[Tenure, ...]]:
        groups = _grouped((one.office, one) for one in self.tenures)
        return {
            office: tuple(sorted(group, key=lambda one: (one.start, one.person))) for office, group in groups.items()
        }

    def is_shared(self, office: str) -> bool:
        """Return whether several people hold an office at once, as its closed tenures show."""
        return office in self._shared

    @cached_property
    def _shared(self) -> frozenset[str]:
        return frozenset(office for office, group in self._tenures_by_office.items() if _overlap(group))

    def end_of(self, tenure: Tenure) -> str:
        """Return the end of a tenure, in an office with one holder the start of the next person's; empty if open."""
        if tenure.end or self.is_shared(tenure.office):
            return tenure.end
        later = (one.start for one in self.tenures_in(tenure.office) if one.person != tenure.person)
        return min((start for start in later if start > tenure.start), default="")

    def covers(self, tenure: Tenure, on: str) -> Cover:
        """Return whether a tenure covers a day, month or year: for certain, possibly, or not."""
        first, last = bounds(on)
        end = self.end_of(tenure)
        if bounds(tenure.start)[0] > last or (end and bounds(end)[1] < first):
            return "no"
        surely_ends = (
            bounds(tenure.end)[0] if tenure.end else min(tenure.as_of, bounds(end)[0] if end else tenure.as_of)
        )
        return "certain" if bounds(tenure.start)[1] <= first and last <= surely_ends else "possible"

    def holders(self, office: str, on: str, *, certain: bool = False) -> tuple[Tenure, ...]:
        """Return the tenures in an office that cover a day, month or year, or may; with ``certain``, surely do."""
        wanted = ("certain",) if certain else ("certain", "possible")
        return tuple(one for one in self.tenures_in(office) if self.covers(one, on) in wanted)

    # -- who -------------------------------------------------------------------------------------------------------

    def who(self, title: str, of: str, on: str, name: str | None = None) -> Answer:
        """Return who held the office of a title in a country or body on a day, or what contradicts the name given."""
        offices = self.find_offices(title, of)
        if not offices:
            return Answer("unknown", reason=f"no office {title!r} of {of!r} is known")
        sure, maybe = self._cover(offices, on)
        if not sure and not maybe:
            return Answer("unknown", reason=f"nobody is known to have been {title} of {of} on {on}")
        if name is None:
            return self._holder(sure, maybe, on)
        return self._check(name, sure, maybe, on)

    def _cover(self, offices: Iterable[Office], on: str) -> tuple[list[Tenure], list[Tenure]]:
        found: dict[Cover, list[Tenure]] = {"certain": [], "possible": [], "no": []}
        for office in offices:
            for one in self.tenures_in(office.id):
                found[self.covers(one, on)].append(one)
        return found["certain"], found["possible"]

    def _holder(self, sure: list[Tenure], maybe: list[Tenure], on: str) -> Answer:
        if not sure:
            return Answer("unknown", candidates=self._people(maybe), reason=_why_open(maybe, on))
        people = self._people(sure)
        verdict: Verdict = "holder" if len(people) == 1 else "also-held"
        reason = "" if len(people) == 1 else f"{len(people)} people held it on {on}"
        return Answer(verdict, people, sure[0], reason=reason)

    def _check(self, name: str, sure: list[Tenure], maybe: list[Tenure], on: str) -> Answer:
        for tenure in (*sure, *maybe):
            if self.name_words.fits(name, self.people[tenure.person]):
                return self._confirmed(tenure, sure, on)
        people = self._people(sure)
        near = self._likely(name, self._people((*sure, *maybe)))
        if not sure or maybe or any(self.is_shared(one.office) for one in sure):
            reason = _why_open(maybe, on) if maybe else "several people hold this office and not all are known"
            return Answer("unknown", people, candidates=near, reason=reason)
        shown = " and ".join(person.label for person in people)
        return Answer("contradicted", people, sure[0], near, f"{shown} held it on {on}, not {name}")

    def _confirmed(self, tenure: Tenure, sure: list[Tenure], on: str) -> Answer:
        person = self.people[tenure.person]
        if tenure not in sure and not tenure.end and bounds(on)[1] > tenure.as_of:
            return Answer("unknown", candidates=(person,), tenure=tenure, reason=_why_open([tenure], on))
        others = tuple(one for one in self._people(sure) if one is not person)
        if others:
            shown = " and ".join(one.label for one in others)
            return Answer("also-held", (person, *others), tenure, reason=f"{shown} held it on {on} too")
        return Answer("holder", (person,), tenure)

    def likely_holder(self, name: str, title: str, of: str, on: str) -> tuple[Person, ...]:
        """Return who is likely meant by a misprinted name in an office on a day, the likeliest first."""
        sure, maybe = self._cover(self.find_offices(title, of), on)
        return self._likely(name, self._people((*sure, *maybe)))

    def _likely(self, name: str, people: tuple[Person, ...]) -> tuple[Person, ...]:
        key = name_key(name)
        likeness = {
            one: max(difflib.SequenceMatcher(None, key, name_key(said)).ratio() for said in (one.label, *one.aliases))
            for one in people
        }
        return tuple(sorted(people, key=lambda one: (-likeness[one], one.id)))

    def _people(self, tenures: Iterable[Tenure]) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(self.people[one.person] for one in tenures))


def bounds(date: str) -> tuple[str, str]:
    """Return the first and last day that a date of any precision may mean, as strings that compare like dates.

    >>> bounds("2024"), bounds("2023-12")
    (('2024-01-01', '2024-12-31'), ('2023-12-01', '2023-12-31'))
    """
    return date + "0000-01-01"[len(date) :], date + "0000-12-31"[len(date) :]


def _overlap(group: tuple[Tenure, ...]) -> bool:
    """Return whether more than a quarter of an office's closed tenures began before the one before them had ended."""
    closed = [one for one in group if one.end]
    overlaps = sum(
        later.person != one.person and bounds(one.start)[1] <= bounds(later.start)[0] < bounds(one.end)[0]
        for one, later in pairwise(closed)
    )
    return overlaps > 1 and overlaps * 4 > len(closed)  # one overlap is an acting holder or an error


def _why_open(tenures: Iterable[Tenure], on: str) -> str:
    known = max((one.as_of for one in tenures if not one.end), default="")
    if known and known < bounds(on)[1]:
        return f"the source was last read on {known}, before {on}"
    return f"the dates of the tenures are not exact enough for {on}"


def _unbent(text: str) -> str:
    """Return a country's name without article and possessive, "Korea, Republic of" turned round."""
    text = text.strip().removeprefix("the ").removesuffix("'s").removesuffix("’s")
    name, comma, before = text.partition(", ")
    return f"{before} {name}" if comma else text


def _name_key(text: str) -> str:
    """Return the key of a name: what is written in capitals only is found only so, the rest folded.

    >>> _name_key("US"), _name_key("us"), _name_key("Việt Nam")
    ('US', 'us', 'viet nam')
    """
    return text if text.isupper() else fold(text)


Value = TypeVar("Value")
Key = TypeVar("Key")


def _unshared(named: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return the values by name, names that several values share left out."""
    groups = _grouped((_name_key(name), value) for name, value in named)
    return {key: values[0] for key, values in groups.items() if len(values) == 1}


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Return the values by key, in order; a value that comes again at once is taken once."""
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        group = groups[key]
        if not group or group[-1] is not value:
            group.append(value)
    return {key: tuple(group) for key, group in groups.items()}


@lru_cache(maxsize=1)
def _shipped() -> Authority:
    return Authority(data_folder("seeds") / "authority")
