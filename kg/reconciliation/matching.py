"""Which entities a name may mean, how likely, and whether that is safe to take.

Names are compared as who is who compares them (`kg.authority`): folded, in any order, without honorifics and
initials, through romanisations; what is only near is found by rapidfuzz and never safe.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kg.authority import name_key
from kg.reconciliation.entities import Entities, Entity
from kg.reconciliation.properties import PROPERTIES, Given, agreement

LONGEST = 300
"""Characters of a name that are compared."""
_SURE, _LIKELY, _NEAR = 2, 1, 0
_LABEL, _OTHER, _FORM, _WIDE, _TITLE, _SLIP = 100.0, 99.0, 97.0, 90.0, 88.0, 85.0
_CUT = 65
_PART = 80.0
"""How like a name is one that has all its words and others."""
_POOL = 40
"""Names near to the one asked for that are looked at more closely."""


class Name(NamedTuple):
    """How well a name fits an entity."""

    score: float
    grade: int
    """`_SURE`: its name; `_LIKELY`: its name if something else agrees too; `_NEAR`: a name like it."""


class Candidate(NamedTuple):
    """An entity that a query may mean."""

    entity: Entity
    score: float
    name: Name
    agreement: dict[str, float | None]
    match: bool = False

    @property
    def contradicted(self) -> bool:
        """Whether a property of the query is known to be otherwise."""
        return 0 in self.agreement.values()

    @property
    def borne_out(self) -> bool:
        """Whether a property that tells like names apart agrees, beside the country of a person: many share that."""
        return any(
            share == 1 and PROPERTIES[pid].telling and (pid, self.entity.type) != ("country", "person")
            for pid, share in self.agreement.items()
        )


class Index:
    """The names of entities."""

    def __init__(self, entities: Entities):
        self.entities = entities
        self._keys: dict[str, dict[str, float]] = defaultdict(dict)
        """How well each key names entities, by their ids."""
        for entity in entities.all.values():
            for score, names in ((_LABEL, (entity.name,)), (_OTHER, (*entity.others, *entity.codes))):
                for key in map(name_key, names):
                    self._keys[key].setdefault(entity.id, score)
        self._starts: dict[str, list[str]] = defaultdict(list)
        """Keys by the first two letters of each of their words."""
        for key in self._keys:
            for start in {word[:2] for word in key.split()}:
                self._starts[start].append(key)
        self._ordered = {key: _in_order(key) for key in self._keys}
        self._words = {key: frozenset(key.split()) for key in self._keys}
        self._ends = sorted((key[place:], key) for key in self._keys for place in _words_of(key))
        """What keys are from each of their words on, for finding beginnings."""

    # ------------------------------------------------------------------------------------------ candidates

    def candidates(
        self, text: str, types: Sequence[str], given: Mapping[str, Sequence[Given]], limit: int
    ) -> list[Candidate]:
        """Return the entities of some of the types that a name and values of properties may mean, best first.

        Without a name it is whoever held the office, or has the item of Wikidata, that the properties give.
        """
        names = self._named(text, types) if text.strip() else self._by_properties(given, types)
        found = [self._candidate(self.entities.all[id_], name, given) for id_, name in names.items()]
        found.sort(key=lambda one: (-one.score, -one.entity.articles, one.entity.id))
        if found and _is_safe(found):
            found[0] = found[0]._replace(match=True)
        return found[:limit]

    def _candidate(self, entity: Entity, name: Name, given: Mapping[str, Sequence[Given]]) -> Candidate:
        """Return an entity with its score: that of the name, and half as much for each property."""
        known = agreement(self.entities, entity, given) if given else {}
        shares = [0.5 if share is None else share for share in known.values()]
        score = (name.score + 50 * sum(shares)) / (1 + 0.5 * len(shares))
        return Candidate(entity, round(score, 2), name, known)

    def _named(self, text: str, types: Sequence[str]) -> dict[str, Name]:
        """Return the entities whose names fit."""
        text = " ".join(text[:LONGEST].split())
        key = name_key(text)
        found: dict[str, Name] = {}

        def take(id_: str, score: float, grade: int) -> None:
            if id_.partition("/")[0] in types and found.get(id_, Name(-1, 0)) < (score, grade):
                found[id_] = Name(score, grade)

        if (itself := self.entities.find(text)) is not None:
            take(itself.id, _LABEL, _SURE)
        for id_, score in self._keys.get(key, {}).items():
            take(id_, score, _SURE if _is_full(id_, key) else _LIKELY)
        for id_, score, grade in self._by_authority(text, types):
            take(id_, score, grade)
        people = self.entities.authority.people
        words = self.entities.authority.name_words
        for near, ratio in self._near(key):
            for id_ in self._keys[near]:
                take(id_, min(0.9 * ratio, _SLIP - 1), _NEAR)
                if id_ in people and id_ in found and found[id_].score < _WIDE:
                    if words.fits(text, people[id_]):
                        take(id_, _WIDE if " " in key else _SLIP, _LIKELY if " " in key else _NEAR)
                    elif words.resembles(text, people[id_]):
                        take(id_, _SLIP, _NEAR)
        return found

    def _by_authority(self, text: str, types: Sequence[str]) -> Iterator[tuple[str, float, int]]:
        """Yield what who is who finds: people by other forms, countries by other names, offices by title and body."""
        authority = self.entities.authority
        if "person" in types:
            for name in self._untitled(text):
                for person in authority.find_people(name):
                    yield person.id, _FORM, _SURE if _is_full(person.id, name_key(name)) else _LIKELY
        if {"country", "organisation"} & set(types) and (body := authority.body_asked(text)) is not None:
            for id_ in self._keys.get(name_key(body.code), ()):
                if body.code in self.entities.all[id_].codes:
                    yield id_, _OTHER, _SURE
        if "office" in types:
            yield from self._offices(text)

    def _untitled(self, text: str) -> Iterator[str]:
        """Yield a name as it stands, and without the title of an office before it: "President Xi Jinping"."""
        yield text
        words = text.split(" ")
        key = self.entities.authority.name_words.title_key
        for n in range(1, min(6, len(words) - 1)):
            if key(" ".join(words[:n])) in self._titles:
                yield " ".join(words[n:])

    def _offices(self, text: str) -> Iterator[tuple[str, float, int]]:
        """Yield offices by a title with its body ("Vietnamese Foreign Minister"), or a title alone."""
        authority = self.entities.authority
        for title, of in _bodies_in(text):
            for office in authority.find_offices(title, of):
                yield office.id, _FORM, _SURE
        key = authority.name_words.title_key(text)
        for id_ in self._titles.get(key, ()):
            yield id_, _TITLE, _LIKELY

    @cached_property
    def _titles(self) -> Mapping[str, list[str]]:
        """The offices of each title."""
        authority = self.entities.authority
        found = defaultdict(list)
        for office in authority.offices.values():
            found[authority.name_words.title_key(office.title)].append(office.id)
        return found

    def _near(self, key: str) -> list[tuple[str, float]]:
        """Return keys like this one in any order of words, and those that have all its words, with how like to 100."""
        words = frozenset(key.split())
        telling = {word for word in words if len(word) > 3} or words  # not "of", which is everywhere
        pool = sorted({near for word in telling for near in self._starts.get(word[:2], ())})
        ordered = {near: self._ordered[near] for near in pool}
        found = process.extract(_in_order(key), ordered, scorer=fuzz.ratio, limit=_POOL, score_cutoff=_CUT)
        wider = [near for near in pool if words <= self._words[near]] if words else []
        wider.sort(key=lambda near: (len(near), near))
        ratios = dict.fromkeys(wider[:_POOL], _PART) | {near: ratio for _, ratio, near in found}
        return list(ratios.items())

    def _by_properties(self, given: Mapping[str, Sequence[Given]], types: Sequence[str]) -> dict[str, Name]:
        """Return who may be meant where no name is given."""
        found: dict[str, Name] = {}
        for value in given.get("wikidata", ()):
            entity = self.entities.find(_text(value).rpartition("/")[2])
            if entity is not None and entity.type in types:
                found[entity.id] = Name(_LABEL, _SURE)
        for value in given.get("office", ()) if "person" in types else ():
            for candidate in self.candidates(_text(value), ("office",), {}, 3):
                for held in self.entities.tenures(candidate.entity) if candidate.name.grade == _SURE else ():
                    found.setdefault(held.person, Name(_WIDE, _LIKELY))
        return found

    # ------------------------------------------------------------------------------------------ beginnings

    def beginning(self, prefix: str, types: Iterable[str], limit: int) -> list[Entity]:
        """Return the entities of a name, or of a word of one, that begins so: whole names first, then by articles."""
        key = name_key(prefix[:LONGEST])
        wanted = set(types)
        found: dict[str, bool] = {}
        place = bisect_left(self._ends, (key,))
        for end, whole in self._ends[place : place + 2000]:
            if not end.startswith(key):
                break
            for id_ in self._keys[whole]:
                if id_.partition("/")[0] in wanted:
                    found[id_] = found.get(id_, True) and end != whole
        order = sorted(found, key=lambda id_: (found[id_], -self.entities.all[id_].articles, id_))
        return [self.entities.all[id_] for id_ in order[:limit]]


def _in_order(key: str) -> str:
    """Return the words of a key in the order of letters."""
    return " ".join(sorted(key.split()))


def _is_safe(found: Sequence[Candidate]) -> bool:
    """Return whether the first candidate can be taken unseen: nothing speaks against it, and nobody else is likely.

    Of several of one name it is the one that something agrees with, if it speaks against all the others.
    """
    best, others = found[0], found[1:]
    if best.contradicted or best.name.grade == _NEAR:
        return False
    if best.name.grade == _SURE:
        namesakes = [one for one in others if one.name.grade == _SURE]
        return not namesakes or (1 in best.agreement.values() and all(one.contradicted for one in namesakes))
    return best.borne_out and all(one.contradicted for one in others if one.name.grade > _NEAR)


def _is_full(id_: str, key: str) -> bool:
    """Return whether a key that is a person's is more than a surname; names of other scripts are written as one."""
    return not id_.startswith("person/") or " " in key or not key.isascii()


def _words_of(key: str) -> Iterator[int]:
    yield 0
    for found in re.finditer(" ", key):
        yield found.end()


def _bodies_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a title and its body.

    >>> list(_bodies_in("Foreign Minister of Vietnam")), list(_bodies_in("Vietnamese President"))
    ([('Foreign Minister', 'Vietnam')], [('President', 'Vietnamese')])
    """
    head, of, last = text.rpartition(" of ")
    if of:
        yield head, last.removeprefix("the ")
        return
    words = text.split(" ")
    for n in range(1, min(4, len(words))):
        yield " ".join(words[n:]), " ".join(words[:n])


def _text(value: Given) -> str:
    return value.get("id", value.get("name", "")) if isinstance(value, dict) else str(value)
