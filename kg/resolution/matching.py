"""Matching: may two reports be one event, and what says so.

`apart` names what keeps two reports apart, `ground` what brings them together; clusters (`kg.resolution.clusters`)
need a ground between two reports and nothing apart among all. Both look at the two reports alone.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kg.edtf import bounds
from kg.iris import fold, slug
from kg.language.dates import compatible
from kg.language.words import words
from kg.resolution.reports import Report, Side, days_between, is_coarse, receivers, senders

CONTACT = frozenset(("meeting", "call"))
TWO_SIDED = CONTACT | {"message"}
_NAMED = frozenset(("conference", "ceremony", "signing", "aid"))
CROWD = 64
"""Reports that may share no more than their sides and still be compared."""
_WEEKS = 20
"""Days of a span that are looked at one by one."""
_VISIT_GAP = 2
"""Days between two days of a visit that two articles each report: nobody comes back so soon."""


class Ground(NamedTuple):
    """What says that two reports are one event; a smaller level is surer."""

    level: int
    rule: str


SAME = Ground(1, "same-people-same-day")
SAME_NAME = Ground(1, "same-name-same-time")
VISIT = Ground(1, "same-visitor-same-days")
SAME_WORDS = Ground(1, "same-words")
SAME_SIDES = Ground(1, "same-sides-same-day")
ONCE = Ground(1, "happens-once")
SHARED = Ground(2, "shared-people-same-day")
OFFICE = Ground(2, "same-office-same-day")
NEXT_DAY = Ground(3, "same-people-a-day-apart")
SILENT = Ground(4, "one-side-unnamed-same-day")
MONTH = Ground(5, "same-people-that-month")
PERIOD = Ground(5, "same-name-that-period")
LEVELS = (1, 2, 3, 4, 5)


def families(report: Report) -> tuple[str, ...]:
    """Return the kinds under which a report is compared: talks may be a call to one and a summit to another."""
    top = report.claim.top
    if top == "conference" and not _telling_name(report) and len(report.who) > 1:
        return (top, "contact")
    return ("contact",) if top in CONTACT else (top,)


def apart(a: Report, b: Report) -> bool:
    """Return whether something says that two reports are not one event.

    Within one article the reader has already told events apart.
    """
    if a.article == b.article or not set(families(a)) & set(families(b)) or _dates_apart(a, b):
        return True
    one, other = a.claim, b.claim
    if one.top == other.top in _NAMED and one.name and other.name and _names_apart(a, b):
        return True
    if one.top != other.top and "conference" in (one.top, other.top):
        return a.who != b.who or bool(one.place and other.place and one.place != other.place)
    if one.top in TWO_SIDED:
        return _medium_apart(a, b) or _people_apart(a, b) or (one.top == "message" and _direction_apart(a, b))
    if one.top == "visit":
        return bool(_visitors(a)) and bool(_visitors(b)) and not _visitors(a) & _visitors(b)
    if one.top == "signing" and a.agreements and b.agreements and not a.agreements & b.agreements:
        return True
    named = one.top == "conference" and _telling_name(a) and _telling_name(b)
    return not named and _others_apart(a, b)


def ground(a: Report, b: Report) -> Ground | None:
    """Return what says that two reports, which nothing keeps apart, are one event."""
    if a.words & b.words and _copied(a, b):
        return SAME_WORDS
    one, other = a.claim.date, b.claim.date
    if not one or not other:
        return None
    top = a.claim.top
    if top in TWO_SIDED or b.claim.top in TWO_SIDED:
        return _two_sided(a, b, one, other)
    if top == "visit":
        return _visit(a, b, one, other)
    if top == "relations":
        return ONCE if len(a.sides) > 1 and a.sides.keys() == b.sides.keys() and a.claim.kind == b.claim.kind else None
    if top == "conference" and _telling_name(a) and _telling_name(b):
        return _gathering(a, b, one, other)
    return _other(a, b, one, other)


# -- time -------------------------------------------------------------------------------------------------------------


def _copied(a: Report, b: Report) -> bool:
    """Return whether a sentence both print tells of one event: dated alike, or too long to be written twice."""
    one, other = a.claim.date, b.claim.date
    if one and other:
        return days_between(one, other) == 0
    return any(sentence.startswith("+") for sentence in a.words & b.words)


def _dates_apart(a: Report, b: Report) -> bool:
    one, other = a.claim.date, b.claim.date
    if not one or not other or compatible(one, other):
        return False
    gap = days_between(one, other)
    if a.claim.top == "visit":
        return gap > _VISIT_GAP or is_coarse(one) or is_coarse(other)
    return gap > 1 or a.claim.top not in TWO_SIDED or not _elsewhere(a, b)


def _elsewhere(a: Report, b: Report) -> bool:
    """Return whether two articles may date one event a day apart: from two capitals, or where one dates it by itself.

    A call late in the evening in one capital is one of the next morning in another; an article that names no day is
    taken to tell of the day it appeared.
    """
    if a.claim.place and b.claim.place and a.claim.place != b.claim.place:
        return False
    if a.home and b.home and a.home != b.home:
        return True
    two_outlets = bool(a.publisher and b.publisher and a.publisher != b.publisher)
    return two_outlets and (a.home != b.home or a.assumed or b.assumed)


# -- people -----------------------------------------------------------------------------------------------------------


def _people_apart(a: Report, b: Report) -> bool:
    """Return whether somebody else stands for a side, or other sides take part."""
    if a.who and a.who == b.who and len(a.who) > 1:
        return False
    if a.sides.keys() != b.sides.keys():
        return True
    return any(_stand(a.sides[body], b.sides[body]) == "apart" for body in a.sides)


def _stand(one: Side, other: Side) -> str:
    """Return how two reports agree on who stood for a side: same, shared, office, silent or apart."""
    if one.people and other.people:
        if one.people == other.people:
            return "same"
        if one.people & other.people:
            return "shared"
        if respelt(one, other):
            return "shared"
        return "office" if misprint(one, other) else "apart"
    if one.asked & (other.asked | other.held.keys()) or other.asked & one.held.keys():
        return "office"
    if (one.asked and other.people) or (other.asked and one.people):
        return "apart" if one.held or other.held else "silent"
    return "apart" if one.asked and other.asked else "silent"


def misprint(one: Side, other: Side) -> tuple[str, str] | None:
    """Return the one person each report names in one office that a single person holds, if the names are alike."""
    for name in sorted(one.sole & other.sole):
        mine, theirs = one.held[name] & one.people, other.held[name] & other.people
        if len(mine) == 1 == len(theirs) and mine != theirs:
            (a,), (b,) = mine, theirs
            if alike(a, b):
                return a, b
    return None


def respelt(one: Side, other: Side) -> tuple[str, str] | None:
    """Return somebody whom who is who does not know, and whose name the other report has in another length.

    That is evidence only among reports whose other side, day and kind agree, and is asked for no others.
    """
    pairs = ((a, b) for a in sorted(one.people) for b in sorted(other.people) if a in one.unknown or b in other.unknown)
    return next(((a, b) for a, b in pairs if one_person(a, b)), None)


@lru_cache(maxsize=4096)
def one_person(one: str, other: str) -> bool:
    """Return whether all words of one slug of a person, two or more, are in the other.

    >>> one_person("mohammed-bin-salman-bin-abdulaziz-sa", "mohammed-bin-salman")
    True
    >>> one_person("vo-van-thang-vn", "vo-van-thuong"), one_person("le-van-ha-vn", "le-van-vu-vn")
    (False, False)
    """
    a, b = name_words(one), name_words(other)
    return min(len(a), len(b)) > 1 and (a <= b or b <= a)


@lru_cache(maxsize=4096)
def name_words(person: str) -> frozenset[str]:
    """Return the words of a slug of a person, without the country that some end with."""
    words = person.split("-")
    return frozenset(words[:-1] if len(words) > 2 and len(words[-1]) == 2 else words)


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Return whether two slugs of people share a word of the name, or all but a letter or two.

    >>> alike("vo-van-thang-vn", "vo-van-thuong"), alike("abe-shinzo", "kishida-fumio")
    (True, False)
    """
    a, b = ([word for word in name.split("-") if len(word) > 2] for name in (one, other))
    return bool(set(a) & set(b))


def _medium_apart(a: Report, b: Report) -> bool:
    """Return whether one report tells of a call and the other of people in one room."""
    if a.claim.top == b.claim.top:
        return False
    met = a if a.claim.top == "meeting" else b
    return bool(met.claim.place) or met.claim.kind != "meeting" or a.who != b.who or len(a.who) < 2


def _direction_apart(a: Report, b: Report) -> bool:
    """Return whether one message goes the other way: a letter and its answer are two."""
    sent, other_sent = senders(a), senders(b)
    return bool((sent & receivers(b)) - other_sent or (other_sent & receivers(a)) - sent)


def _visitors(report: Report) -> set[str]:
    return {person for role, person in report.people if role in ("visitor", "guest")}


def _others_apart(a: Report, b: Report) -> bool:
    """Return whether nobody is in both reports, or each has a side that the other has not."""
    if a.who and b.who and not a.who & b.who:
        return True
    return not (a.sides.keys() <= b.sides.keys() or b.sides.keys() <= a.sides.keys())


# -- kinds ------------------------------------------------------------------------------------------------------------


def _two_sided(a: Report, b: Report, one: str, other: str) -> Ground | None:
    if len(one) == 4 or len(other) == 4:
        return None
    stands = {_stand(a.sides[body], b.sides[body]) for body in a.sides} if a.sides.keys() == b.sides.keys() else set()
    same_people = len(a.who) > 1 and a.who == b.who
    same = same_people or stands == {"same"}
    fine = not is_coarse(one) and not is_coarse(other)
    if len(a.sides) < 2 and not same_people:
        return None
    if not fine:
        return MONTH if same or (stands <= {"same", "shared", "office"} and stands) else None
    if days_between(one, other):
        return NEXT_DAY if same or (stands and stands <= {"same", "shared", "office"}) else None
    if same:
        return SAME
    if not stands:
        return None
    if stands <= {"same", "shared"}:
        return SHARED
    if "silent" not in stands:
        return OFFICE
    if len(a.sides) == 2:
        return SILENT if _half_told(a, b) else None
    return SAME_SIDES if stands == {"silent"} else None


def _half_told(a: Report, b: Report) -> bool:
    """Return whether one of the reports leaves out whom the other names; one outlet rather tells of another guest."""
    return not a.who or not b.who or not a.publisher or a.publisher != b.publisher


def _visit(a: Report, b: Report, one: str, other: str) -> Ground | None:
    """Who comes is the same and so is where, as far as it is said."""
    if len(one) == 4 or len(other) == 4 or not _visitors(a) & _visitors(b):
        return None
    sides = a.sides.keys() & b.sides.keys()
    if len(sides) < 2 and not (a.claim.place and a.claim.place == b.claim.place):
        return None
    if len(a.sides) > 2 and len(b.sides) > 2 and a.sides.keys() != b.sides.keys():
        return None
    return MONTH if is_coarse(one) or is_coarse(other) else VISIT


def _gathering(a: Report, b: Report, one: str, other: str) -> Ground | None:
    if days_between(one, other):
        return None
    alike_names = _key(a.claim.name or "") == _key(b.claim.name or "")
    if is_coarse(one) or is_coarse(other):
        return PERIOD if alike_names and _telling_name(a) else None
    if alike_names:
        return SAME_NAME
    return SHARED if a.sides.keys() & b.sides.keys() or a.who & b.who else None


def _other(a: Report, b: Report, one: str, other: str) -> Ground | None:
    """One day or period, and half of those who take part."""
    if one[:10] != other[:10] or not a.telling or not b.telling:
        return None
    parties = a.sides.keys() & b.sides.keys()
    if a.who and b.who:
        smaller = min(len(a.who), len(b.who))
        shared = len(a.who & b.who)
        enough = shared >= min(2, smaller) and shared * 2 >= smaller
        return SHARED if enough and len(parties) >= min(2, len(a.sides), len(b.sides)) else None
    return SAME_SIDES if a.sides.keys() == b.sides.keys() and len(parties) > 1 else None


# -- names ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _key(name: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in fold(name).split() if not (word.isdigit() and len(word) == 4))


def _telling_name(report: Report) -> bool:
    """Return whether a gathering has a name that tells it from others: not just "trilateral summit"."""
    return bool(_key(report.claim.name or "") - words("gatherings", "telling_nothing"))


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    return frozenset(slug(name).split("-"))


def _names_apart(a: Report, b: Report) -> bool:
    """Return whether two events have names of which neither holds the other."""
    one, other = a.claim.name or "", b.claim.name or ""
    if a.claim.top == "signing":  # the kind of instrument: what is a memorandum to one is an agreement to all
        one_room = a.claim.place == b.claim.place is not None or len(a.who & b.who) > 1
        return one != other and not ("agreement" in (one, other) and one_room)
    return not (_words(one) <= _words(other) or _words(other) <= _words(one) or _key(one) == _key(other))


def keys(report: Report, block: str | None = None) -> Iterable[tuple[str, ...]]:
    """Yield the keys of which two reports of one event share at least one: who, where, and when to the day or month.

    With ``block`` only those of a block: reports that share none share no key, so that each can be looked at apart.
    """
    actors = () if (block or "").startswith("words-") else tuple(_actors(report))
    for kin in families(report):
        for sentence in report.words:
            if block is None or block == _block_of_words(sentence):
                yield ("words", kin, sentence)
                yield from (("words", kin, sentence, day) for day in _days(report.claim.date))
        for when in _whens(report.claim.date, kin) if report.claim.date and actors else ():
            if block is None or block == when[:7]:
                yield from ((kin, when, *actor) for actor in actors)


def blocks(report: Report) -> Iterable[str]:
    """Yield the blocks in which a report has keys: months, "ever", and one of 256 for each sentence."""
    yield from map(_block_of_words, report.words)
    if report.claim.date:
        yield from (when[:7] for kin in families(report) for when in _whens(report.claim.date, kin))


def _block_of_words(sentence: str) -> str:
    return f"words-{sentence.removeprefix('+')[:2]}"


def loose(report: Report, key: tuple[str, ...]) -> bool:
    """Return whether a report may meet others under a key that few reports need: those of a month, or without names.

    A pair is worth a look under such a key only if one of the two is loose; most pairs of a day never are. Of what
    prints one sentence, which some outlets do every week, those of one day are, and what is of no day.
    """
    kin, when, *actor = key
    if kin == "words":
        return len(key) == 4 or not _days(report.claim.date)
    alone = actor[:1] in (["sides"], ["who-of"]) and report.claim.top in TWO_SIDED
    if len(when) == 7:
        return not alone and is_coarse(report.claim.date or "")
    return not alone or _unnamed(report)


def crowded(key: tuple[str, ...], members: int) -> bool:
    """Return whether so many reports share no more than their sides that none can be told to be another's."""
    return "sides" in key[2:3] and members > CROWD


def _unnamed(report: Report) -> bool:
    return not all(side.people for side in report.sides.values())


def _actors(report: Report) -> Iterable[tuple[str, ...]]:
    top = report.claim.top
    if top == "visit":
        yield from (("who", person) for person in sorted(_visitors(report)))
    elif top in TWO_SIDED:
        yield from _two_sided_actors(report)
    else:
        if report.sides:
            yield ("sides", *sorted(report.sides))
        yield from (("who", person) for person in sorted(report.who))
    if top == "conference" and report.claim.name:
        yield ("name", *sorted(_key(report.claim.name)))


def _two_sided_actors(report: Report) -> Iterable[tuple[str, ...]]:
    """Yield who is on both sides, two by two; for reports that leave a side unnamed also each alone, and the sides."""
    sides = sorted(report.sides)
    people = [sorted(report.sides[body].people) for body in sides]
    yield ("sides", *sides)
    yield from (("who-of", person, *sides) for named in people for person in named)
    if len(report.who) > 1:
        yield ("who", *sorted(report.who))
    if len(sides) > 1:
        yield from (("pair", one, other, *sides) for one in people[0] for other in people[1])
        for body, named in zip(sides[:2], people[1::-1], strict=True):  # a post or name and the other side
            telling = {*report.sides[body].sole, *(w for p in report.sides[body].people for w in name_words(p))}
            yield from (("half", said, person) for said in sorted(telling) if len(said) > 3 for person in named)


def _days(date: str | None) -> list[str]:
    """Return the days of a date; none where it names no day, or a span of weeks."""
    if not date or is_coarse(date):
        return []
    first, last = map(dt.date.fromisoformat, bounds(date))
    days = (last - first).days + 1
    return [(first + dt.timedelta(days=n)).isoformat() for n in range(days)] if days <= _WEEKS else []


def _whens(date: str, kin: str) -> Iterable[str]:
    """Yield the days an event may be dated by, one after it too, and its month; a period of months has these only.

    >>> list(_whens("2021-11-30", "contact"))
    ['2021-11', '2021-11-30', '2021-12-01']
    """
    first, last = bounds(date)
    yield first[:7]
    if kin == "relations":
        yield "ever"
    if is_coarse(date):
        return
    day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    end = min(end, day + dt.timedelta(days=_WEEKS)) + dt.timedelta(days=_VISIT_GAP if kin == "visit" else 1)
    while day <= end:
        yield day.isoformat()
        day += dt.timedelta(days=1)
