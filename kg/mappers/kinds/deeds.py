"""Deeds: phrases put together of a verb and what it is done to — "asked 41 diplomats to leave", "sent 20 tonnes of".

Between the verb and its object stand numbers, countries and names, so that no list of phrases holds them all. Each
table of ``deeds.constructions`` in the lexicon names the kind of event, the verbs, the nouns that the verbs are done to
and, where these are not enough, what else has to stand near by.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from kg.language.bodies import DASHES
from kg.language.lexicon import EVENTS, Hit, Lexicon, Sense, inflect
from kg.language.text import Text
from kg.language.words import read_lexicon, words

_BREAKS = words("deeds", "phrase_breaks")
_BEING = words("acts", "passive_auxiliaries")
_BEFORE_PLAIN = words("acts", "before_plain_verbs")
_BEFORE_NOUNS = words("deeds", "before_nouns")
_BEFORE_GERUNDS = words("deeds", "before_gerunds")
_HAVING = words("grammar", "perfect_auxiliaries")
_GRATITUDE = words("acts", "gratitude") | words("deeds", "congratulating")
_FOR_WHAT = ("for", "on")
_STEPS = words("deeds", "steps")
_AFTER_STEPS = words("deeds", "after_steps")
_BETWEEN = words("acts", "between_auxiliary_and_participle")
_AMOUNTS = words("grammar", "some_of_many") | words("grammar", "quantities") | words("acts", "packages_of") | {"all"}
_PARTING = words("grammar", "before_no_subject") | {","}
_BESIDE_VERBS = words("acts", "beside_verbs")
_STAND_INS = words("acts", "lands") | words("acts", "unions") | {"it"}
_VALUED = words("deeds", "valued")
_REACH = 8
_LONGEST_NAMES = 8
"""By how many tokens the names of a list between verb and object may add to their distance."""
_IN_LISTS = ("and", "the")
_FARTHEST = 18
_WHICH = ("that", "which")
_PARTIES = ("body", "place", "person", "office")
_LANDS = ("body", "place")
_TALKS = "meeting"
"""What is told by verb and object, though the object alone may tell it as well: "engaged in |discussions with|"."""


@dataclass(frozen=True, slots=True)
class _Construction:
    """A verb and its object that together tell an event."""

    kind: str
    top: str
    objects: frozenset[str]
    behind: frozenset[str]
    """Of these one has to stand behind the object; none: nothing has to."""
    never: frozenset[str]
    """None of these stands right behind the object."""
    near: frozenset[str]
    """Of these one has to stand right before or between the two; none: nothing has to."""
    reach: int
    subject: bool
    """Whether the noun is what does something ("a shipment arrived") and stands before the verb."""
    between: bool
    """Whether the sentence has to name two who may give and take."""
    taken: frozenset[str]
    """Right behind one of these the object is that noun's and not the verb's: "discussed his |talks| with X"."""
    weak: bool
    """Whether any phrase known to stand there tells it better."""
    tight: bool
    """Whether only adjectives may part the verb from its object."""


_Table = tuple[dict[str, tuple[frozenset[str], list[_Construction]]], frozenset[str]]


@cache
def _constructions(lexicon: Lexicon) -> _Table:
    """The constructions of each form of each verb, with all the nouns that may be its objects; all forms and nouns."""
    data = read_lexicon()["deeds"]
    found: dict[str, list[_Construction]] = {}
    for row in data["constructions"]:
        one = _Construction(
            kind=row["kind"],
            top=lexicon.event_kinds[row["kind"]].top,
            objects=frozenset(word for name in row["objects"] for word in data[name]),
            behind=frozenset(row.get("behind", ())),
            never=frozenset(row.get("never", ())),
            near=frozenset(word for name in row.get("near", ()) for word in data[name]),
            reach=row.get("reach", _REACH),
            subject=row.get("subject", False),
            between=row.get("between", False),
            taken=frozenset(word for name in row.get("taken", ()) for word in data[name]),
            weak=row.get("weak", False),
            tight=row.get("tight", False),
        )
        for form in {form.split()[0] for verb in row["verbs"] for form in inflect(f"{verb} it", lexicon.verbs)}:
            found.setdefault(form, []).append(one)
    objects = {form: frozenset().union(*(one.objects for one in rows)) for form, rows in found.items()}
    table = {form: (objects[form], rows) for form, rows in found.items()}
    return table, frozenset(table).union(*objects.values())


def find_deeds(text: Text, known: list[Hit]) -> list[Hit]:
    """Return the ``known`` phrases of an article's events with the verbs whose objects make them deeds.

    A verb known to tell something else alone ("called") gives way; where a longer phrase is, that is read.
    """
    low = text.low
    table, parts = _constructions(text.lexicon)
    told = parts & text.vocabulary
    verbs = {word for word in told if word in table and not table[word][0].isdisjoint(told)}
    if not verbs:
        return known
    added = []
    places = [k for k, word in enumerate(low) if word in told]
    begin = 0
    for k in places:
        if low[k] not in verbs:
            continue
        objects, rows = table[low[k]]
        while places[begin] < k - _FARTHEST:
            begin += 1
        if not _stands_near(low, places, begin, k + _FARTHEST, objects):
            continue
        for one in rows:
            at = _object_told(text, k, one)
            if at is not None:
                added.append((k, at, one))
                break
    return _with(text, known, added) if added else known


def _stands_near(low: list[str], places: list[int], begin: int, end: int, objects: frozenset[str]) -> bool:
    """Whether one of the objects of a verb stands at one of the ``places`` before token ``end``."""
    for n in range(begin, len(places)):
        if places[n] >= end:
            return False
        if low[places[n]] in objects:
            return True
    return False


def _with(text: Text, known: list[Hit], added: list[tuple[int, int, _Construction]]) -> list[Hit]:
    """The known phrases with the verbs added that none of them rules out, in order; "travel" of "travel bans" goes."""
    starts = [hit.start for hit in known]
    kinds, tokens = text.lexicon.event_kinds, text.tokens
    kept: list[Hit] = []
    gone: set[int] = set()
    for k, at, one in added:
        new = Hit(tokens.starts[k], tokens.end(k), Sense(EVENTS, "predicate", one.kind))
        after = tokens.end(at if one.weak else min(k + 2 * _REACH, text.sentences[text.sentence_of(k)][1] - 1))
        before = min(tokens.starts[at], new.start) if one.weak else new.start
        near = range(max(0, bisect_right(starts, before) - 1), bisect_left(starts, after))
        engaged = one.top == _TALKS and text.low[at + 1] == "with" and at > k
        own = [n for n in near if engaged and known[n].start == tokens.starts[at]]
        beyond = tokens.end(max(k, at))  # "sent 40 tents to X and |pledged| more"
        rivals = [n for n in near if known[n].end > before and n not in own]
        rivals = [n for n in rivals if known[n].start < beyond or known[n].sense.type != "predicate"]
        if not any(_rules_out(known[n], new, kinds[known[n].sense.value].top, one) for n in rivals):
            gone.update(own)
            gone.update(n for n in rivals if known[n].start < new.end or known[n].end == tokens.end(at - 1))
            gone.update(n for n in rivals if known[n].end == tokens.end(at) and known[n].sense.value != one.kind)
            kept.append(new)
    kept += [hit for n, hit in enumerate(known) if n not in gone]
    return sorted(kept, key=lambda hit: hit.start)


def _rules_out(hit: Hit, new: Hit, top: str, one: _Construction) -> bool:
    """Whether a known phrase is told instead: a longer one around the verb, or another gift near by."""
    if one.weak:
        return (hit.start, hit.end) != (new.start, new.end)
    if (hit.start, hit.end) == (new.start, new.end):
        return hit.sense.value == one.kind or (one.between and top == one.top)
    if hit.start < new.end:
        return top == one.top or not one.subject
    return top == one.top and one.between


def _object_told(text: Text, k: int, one: _Construction) -> int | None:
    """The noun with which the verb at token ``k`` tells an event: what it is done to, or what does it."""
    low = text.low
    index = text.sentence_of(k)
    first, last = text.sentences[index]
    at = None if one.subject else _object(text, k, min(last, k + 1 + one.reach), one)
    if (one.subject or at is not None) and not _acts(text, first, k):
        return None
    at = _subject(low, k, max(first, k - one.reach), one) if at is None else at
    at = _taken_up(text, index, k, one) if at is None and not one.subject else at
    if at is None or not one.never.isdisjoint(low[at + 1 : at + 4]):
        return None
    stop = max(k, at)
    if one.behind and one.behind.isdisjoint(low[stop + 1 : min(last, stop + 2 + one.reach)]):
        return None
    if one.near and one.near.isdisjoint(low[max(first, min(k, at) - 5) : stop]):
        return None
    if one.between:
        sorts = [m.type for m in text.mentions[index] if m.type in _PARTIES]
        spoken_of = low[k - 1 - (low[k - 1] in _BESIDE_VERBS)] in _STAND_INS
        enough = len(sorts) > (not one.subject) and any(sort in _LANDS for sort in sorts)
        enough = enough or (sorts.count("person") > 1 and _for_what(low, first, k))
        enough = enough or (spoken_of and not one.objects.isdisjoint(_VALUED))
        return at if enough else None
    return at


def _object(text: Text, k: int, stop: int, one: _Construction) -> int | None:
    """The object behind the verb at token ``k``."""
    low, words, listed = text.low, text.tokens.words, 0
    for n in range(k + 1, min(stop + _LONGEST_NAMES, len(low) - 1)):
        word = low[n]
        if n >= stop + listed:
            return None
        if word == "," and words[n - 1][:1].isupper() and (words[n + 1][:1].isupper() or low[n + 1] in _IN_LISTS):
            listed = min(listed + 2, _LONGEST_NAMES)
            continue  # "will provide X, Y and Z with"
        if word in one.objects and one.never.isdisjoint(low[n + 1 : n + 4]) and low[n - 1] not in one.taken:
            return None if low[n - 1] == "of" and low[n - 2] in one.taken else n
        if one.tight and word in _PARTING and not (word == "of" and low[n - 1] in _AMOUNTS):
            return None
        if word == "." and low[n - 1].isdigit():
            continue  # "4.2 billion"
        if word == "to" and low[n + 1] in one.objects:
            continue  # "picked X to lead"
        if word in _BREAKS or (word == "to" and text.tokens.words[n + 1].islower() and low[n + 1] not in _BEFORE_NOUNS):
            return None
    return None


def _acts(text: Text, first: int, n: int) -> bool:
    """Whether a form at token ``n`` is a verb here, and no noun or adjective."""
    low, word = text.low, text.low[n]
    before = low[n - 1] if n > first else ""
    if word.endswith("ing"):
        taken = n - 1 > first and before in _AFTER_STEPS and low[n - 2] in _STEPS
        return (
            taken
            or _for_what(low, first, n)
            or before in _BEING
            or before in _BEFORE_GERUNDS
            or _hangs_on(low, first, n)
        )
    if word.endswith(("ed", "s")) or word in text.lexicon.verbs:
        if before.endswith("ly") and n - 1 > first:
            before = low[n - 2]  # "the |recently| sent", "X |recently| sent"
        return before not in _BEFORE_NOUNS
    if before in _BEFORE_PLAIN or before in _HAVING or before in _BEING or before == "and" or before.endswith("ly"):
        return True
    if low[n + 1] == "by":
        return True  # "20 buses |given by| X"
    return not first and any(m.end == n for m in text.mentions[0])  # "X, Y |issue| joint statement"


def _hangs_on(low: list[str], first: int, n: int) -> bool:
    """Whether a participle tells behind a comma what was done, and is none of a list of what is spoken of."""
    if n - 1 <= first or low[n - 1] != ",":
        return False
    begun = next((k + 1 for k in range(n - 2, first, -1) if low[k] in (",", "including")), first)
    return not low[begun].endswith("ing")  # "on issues including freeing trade, |sending| aid and"


def _for_what(low: list[str], first: int, n: int) -> bool:
    """Whether a form at token ``n`` tells what somebody is thanked for: "thanked X |for| sending"."""
    return n > first and low[n - 1] in _FOR_WHAT and not _GRATITUDE.isdisjoint(low[max(first, n - 14) : n])


def _taken_up(text: Text, index: int, k: int, one: _Construction) -> int | None:
    """The object before who does it: "the ambulances |that X| sent to Y", "the tents |X| sent to Y"."""
    low = text.low
    it = k - 1 - (low[k - 1] in _HAVING)
    if low[it] == "it" and _GRATITUDE.intersection(low[max(text.sentences[index][0], k - _FARTHEST) : it]):
        return it - 1 if low[it - 1] in one.objects else None  # "thanked X for the tents |it| sent"
    doer = next((m for m in text.mentions[index] if m.end in (k, k - 1) and m.type in _PARTIES), None)
    if doer is None or (doer.end < k and low[k - 1] not in _BESIDE_VERBS):
        return None
    at = doer.start - 1 - (low[doer.start - 1] == "the")
    at -= low[at] in _WHICH
    at -= low[at] == ","
    return at if low[at] in one.objects else None


def _subject(low: list[str], k: int, start: int, one: _Construction) -> int | None:
    """The noun before the verb at token ``k``: of the passive ("diplomats were asked"), or one that does something."""
    if low[k].endswith("ing"):
        return None
    n = k - 1
    if not one.subject:
        while n > start and (low[n] in _BETWEEN or low[n].endswith("ly")):
            n -= 1
        if low[n] not in _BEING:
            return None
    while n >= start:
        if low[n] in one.objects:
            return n
        opened = next((m for m in range(n - 1, start - 1, -1) if low[m] in DASHES), n) if low[n] in DASHES else n
        if opened < n:
            n = opened - 1
            continue  # "A salute |– an honour – was fired|"
        relative = low[n] in _WHICH and low[n - 1] in one.objects  # "the support |that X gave|"
        if low[n] in _BREAKS and not relative and not (low[n] == "." and low[n - 1].isdigit()):
            return None
        n -= 1
    return None
