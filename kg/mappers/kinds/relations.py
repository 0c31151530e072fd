"""Relations: states set them up, raise, lower, cut or restore them, or look back on the years since."""

import re
from dataclasses import replace
from itertools import pairwise

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.acts import (
    acting_capitals,
    bodies,
    count,
    country_behind,
    is_past,
    own_date,
    owners,
    reported,
    stand_in,
)
from kg.mappers.background import since_when
from kg.mappers.circumstances import date_announced, date_behind, of_the_break
from kg.mappers.clauses import Arguments, Group, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.reference import leaders, resolved

_YEARS_SINCE = re.compile(
    r"\b(\d{1,3})(?:(?:st|nd|rd|th)?[\s-](?:years?|anniversary)|(?:st|nd|rd|th)\s(?:year\s)?since)\b"
)
_OF_STATES = words("relations", "nouns") | words("relations", "missions") | words("relations", "partners")
_MISSIONS = words("relations", "missions")
_EMBASSIES = words("grammar", "posts")
_STATEHOOD = words("deeds", "statehood")
_BEHIND_STATES = words("relations", "behind_states")
_JOINING = words("relations", "joining_words")
_MEMBERSHIPS = words("relations", "joining_nouns")
_FACING = words("relations", "facing")
_ORGANS = words("grammar", "state_organs")
_OWN_MARKS = ("'s", "’s", "'")
_DECISIONS = words("acts", "decisions")
_PROCESSES = words("relations", "processes")
_ANNIVERSARIES = words("relations", "lasting")
_SINCE_THEN = ("of", "since", "after")
_BEFORE_TIES = 8
"""Tokens before ties within which it is told how long they have lasted."""
_DECADE = 10
_TO_WHAT = 5
"""Tokens behind "became the first" up to what somebody was the first to do."""
_EACH_IN_TURN = "respectively"


def relations(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Relations set up, raised, lowered or cut between two bodies."""
    back = None if t.kind == "recognition" and t.predicate else _years_since(s, t)
    if t.kind == "relations" and not t.predicate and not back:
        return ""
    if not t.predicate and s.text.low[t.start] in _PROCESSES and not back and not is_past(s, t):
        return ""  # "supports the normalisation of relations between X and Y"
    if t.predicate and "being" in s.text.low[t.start - 1 : t.end]:
        return ""  # "relations are now |being restored|" goes on and on
    told = not t.predicate and own_date(s, t) is not None and bool(_owner(s, t))
    done = (told and _of_state(s, t)) or {"of", "by"} <= args.keys()
    if t.kind == "recognition" and not t.predicate and t.end - t.start == 1 and not done:
        return ""  # "in recognition of", "international recognition"
    if t.kind == "recognition" and t.predicate and t.end - t.start == 1 and not _recognises(s, t):
        return ""
    joining = not t.predicate and s.text.low[t.start] in _MEMBERSHIPS
    if joining and not told and _FACING.isdisjoint(s.text.low[max(s.first, t.start - 9) : t.start]):
        return ""  # "supports X's accession to"
    for name in ("between", "with", "adjective", "of", "possessor", "object", "to", "by"):
        s.take(draft, "participant", args.get(name, []))
    draft.parties |= bodies(s, _owner(s, t)) if told else set()
    s.take(draft, "participant", _within(s, t) + stand_in(s, t.start) * t.predicate)
    if not joining and s.text.low[t.start] not in _FACING and (t.predicate or not _told_whole(s, draft)):
        # not X of "X welcomed Y's accession", "X welcomed the restoration of ties between Y and Z"
        acting = _congratulated(s, t) or _between_before(s, t) or args.get("subject", [])
        if t.predicate and all(m.type == "group" for g in acting for m in g.mentions):
            acting = reported(s, t) or acting  # "X and Y announced that |they| will recognise Z"
        if s.text.low[t.start - 1] == "to" and s.text.low[t.start - 2] in _DECISIONS:
            acting = [g for g in acting if s.text.low[g.end] == "'s"]  # "X said the decision to recognise Y"
        s.take(draft, "participant", acting)
    if t.kind == "recognition" and s.text.low[t.end - 1] in ("from", "to"):
        # "switched recognition from Taipei to Beijing"
        draft.parties |= bodies(s, args.get("subject", []) + [g for g in s.groups if 0 <= g.start - t.end < 5])
    attended = bool(draft.people) or (draft.date is not None and len(draft.date) == 10)
    if attended and t.kind != "severance" and not _EMBASSIES.isdisjoint(s.words_of(t)):
        return ""  # a ceremony
    draft.parties |= s.register.homes(draft.people)
    draft.roles.clear()
    draft.offices.clear()
    if joining or (t.predicate and (t.kind == "withdrawal" or _joins(s, t))):
        if joining:
            draft.parties |= bodies(s, owners(s, t))
        if _member(s, t, draft):
            return None
        if t.kind != "withdrawal" or joining:
            return ""
    if t.kind == "establishment" and not _OF_STATES.intersection(s.text.low[max(s.first, t.start - 2) : t.end]):
        return None if draft.parties & s.authority.organisations.keys() else ""  # "the SCO was founded in 2001"
    if t.kind == "recognition" and t.end - t.start == 1 and len(draft.parties) < 2:
        return "fewer than two parties are stated"
    if not _take_sides(s, t, draft, looks_back=back is not None):
        return "fewer than two parties are stated"
    if back:
        _look_back(s, t, draft, *back)
    elif since_when(s, t):  # "the first visit, from May 3 to 5, since the two |upgraded| their ties"
        when = date_behind(s, t)
        draft.date = when.value if when else None
    elif draft.date is None:
        date_announced(s, t, draft)
    _part_respectively(s, t, args, draft)
    _part_break(s, t, draft)
    return None


def _years_since(s: Sentence, t: Trigger) -> tuple[int, tuple[int, int]] | None:
    """How many years a sentence says relations have lasted, in figures or in words, and where it says so."""
    found = _YEARS_SINCE.search(s.text.folded, *s.span)
    if found is not None:
        return int(found[1]), found.span()
    low = s.text.low
    for k in range(max(s.first + 1, t.start - _BEFORE_TIES), t.end):
        if low[k] in _ANNIVERSARIES and low[k + 1] in _SINCE_THEN and (years := count(low[k - 1])):
            return years * (_DECADE if low[k].startswith("decade") else 1), s.text.span(k - 1, k + 1)
    return None


def _owner(s: Sentence, t: Trigger) -> list[Group]:
    """The state whose step a noun names: "|X's| accession to", "|Oslo's| recognition of"."""
    town = next((g for g in s.groups if g.end == t.start - 1 and s.text.low[g.end] == "'s"), None)
    return [town] if town is not None else owners(s, t)


def _of_state(s: Sentence, t: Trigger) -> bool:
    """Whether a noun goes on with the state it is of: "recognition |of X|"."""
    behind = t.end + 1 + (s.text.low[t.end + 1] == "the")
    named = (m for m in s.text.mentions[s.index] if m.start in (behind, behind - 1) and m.type == "body")
    whole = (m for m in named if m.value in s.authority.countries and s.text.low[m.end] not in _OWN_MARKS)
    return s.text.low[t.end] == "of" and any(whole)  # not "recognition of |X's| efforts"


def _told_whole(s: Sentence, draft: Draft) -> bool:
    """Whether the words right around a noun tell two states, whoever speaks of what became of their relations."""
    return len(draft.parties & s.authority.countries.keys()) > 1


def _congratulated(s: Sentence, t: Trigger) -> list[Group]:
    """Who is praised for what a form in "-ing" tells: "congratulated |X| on joining"."""
    low = s.text.low
    if not low[t.start].endswith("ing") or low[t.start - 1] not in ("on", "for"):
        return []
    return [g for g in s.groups if g.end == t.start - 1]


def _between_before(s: Sentence, t: Trigger) -> list[Group]:
    """Whose instrument it is that a verb tells of: "the agreement |between X and Y| to restore relations"."""
    low = s.text.low
    if low[t.start] != "to" and low[t.start - 1] != "to":
        return []
    near = [g for g in s.groups if 0 <= t.start - g.end < 2 and len(g.mentions) > 1]
    return [g for g in near if low[g.start - 1 - (low[g.start - 1] == "the")] == "between"]


def _recognises(s: Sentence, t: Trigger) -> bool:
    """Whether a lone "recognised" has a state for its object, and nothing that this did or is good for."""
    low = s.text.low
    near = range(t.end, min(t.end + 9, s.last - 1))
    if low[t.end] != "that" and any(low[k] in _STATEHOOD and low[k + 1] != "of" for k in near):
        return True
    state = country_behind(s, t)
    if state is None:
        return False
    behind = low[state.end] if state.end < s.last else "."
    return not behind[0].isalpha() or behind in _BEHIND_STATES


def _joins(s: Sentence, t: Trigger) -> bool:
    """Whether a verb tells that a state becomes a member: "joined", "became the 20th member of"."""
    alone = t.end - t.start == 1
    if ("member", "to") in pairwise(s.text.low[t.start : t.end + _TO_WHAT]):
        return False  # "became the first EU |member to| adopt"
    return not _JOINING.isdisjoint(s.text.low[t.start : t.end + 6 * alone])


def _member(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether a state joins or leaves an organisation: "became a member of NATO", "was readmitted to the League"."""
    behind = (m for m in s.text.mentions[s.index] if t.end - 3 <= m.start < t.end + 9 and m.type == "office")
    draft.parties |= {title.of for m in behind for title in m.titles if title.of and not title.inferred}
    organisations = draft.parties & s.authority.organisations.keys()
    lands = draft.parties & s.authority.countries.keys()
    return bool(organisations and lands)


def _within(s: Sentence, t: Trigger) -> list[Group]:
    """Those between whom relations are, where the phrase goes around them: "ties between X and Y were raised"."""
    return [g for g in s.groups if t.start <= g.start < t.end and all(m.type == "body" for m in g.mentions)]


def _take_sides(s: Sentence, t: Trigger, draft: Draft, *, looks_back: bool) -> bool:
    """Complete the sides from the words around; return whether there are two. Whoever looks back may be at home."""
    sides = {p for p in draft.parties if p in s.authority.countries}
    if len(sides) == 1 and draft.parties & s.authority.organisations.keys():
        return True  # "the 30th anniversary of relations between India and ASEAN"
    for more in (acting_capitals, _seat, _beside, _actor_before, _common, _others_here, _known, _all_here):
        if len(sides) >= 2:
            break
        found = more(s, t) - sides
        if sides or len(found) > 1:
            sides |= found
    home = s.register.home
    if len(sides) == 1 and looks_back and home and home in s.authority.countries:
        sides.add(home)
    if len(sides) < 2:
        return t.kind == "recognition" and t.predicate and bool(sides)
    if len(sides) <= 3 or not draft.parties:
        draft.parties = sides
    return True


def _seat(s: Sentence, t: Trigger) -> set[str]:
    """The country of the city in which an embassy is opened or closed: "reopened its embassy in Tokyo"."""
    if _MISSIONS.isdisjoint(s.words_of(t)):
        return set()
    cities = (m.value for m in s.text.mentions[s.index] if m.type == "place" and t.start <= m.start < t.end + 3)
    return {land for city in cities if (land := s.lex.country_of(city))}


def _actor_before(s: Sentence, t: Trigger) -> set[str]:
    """The country of who is named next before the phrase, whatever clause it is in."""
    for g in reversed(s.groups):
        if g.end > t.start or (g.mentions[-1].adjective and s.text.low[g.end] not in _ORGANS):
            continue  # "the Central American nation" is none of America's
        if countries := _countries(s, resolved(s, g).mentions):
            return countries
    return set()


def _beside(s: Sentence, t: Trigger) -> set[str]:
    """With whom it is told to have been, behind other words: "to establish relations was signed … with X"."""
    low = s.text.low
    for g in s.groups:
        begin = g.start - 1 - (low[g.start - 1] in ("the", "republic"))
        if t.end <= begin < s.clause_end(t.end) and low[begin] == "with":
            return _countries(s, g.mentions)
    return set()


def _common(s: Sentence, t: Trigger) -> set[str]:
    """The country that takes part in all changes of relations told before ("this country")."""
    told = [d.parties for d in s.drafts if d.top == "relations"]
    return set.intersection(*told) if len(told) > 1 else set()


def _others_here(s: Sentence, t: Trigger) -> set[str]:
    """All countries the sentence names before the phrase, where they are two."""
    found = {c for g in s.groups if g.end <= t.start for c in _countries(s, g.mentions)}
    return found if len(found) <= 2 else set()


def _all_here(s: Sentence, t: Trigger) -> set[str]:
    """The two countries the sentence names: "ties were upgraded during the visit of |X| to |a city of Y|"."""
    mentions = s.text.mentions[s.index]
    found = {land for m in mentions if m.type == "place" and (land := s.lex.country_of(m.value))}
    found |= _countries(s, mentions)
    return found if len(found) == 2 else set()


def _known(s: Sentence, t: Trigger) -> set[str]:
    """The parties of the news."""
    return _countries(s, leaders(s))


def _countries(s: Sentence, mentions: list[Mention]) -> set[str]:
    draft = Draft("relations", "relations")
    s.take(draft, "participant", [Group(0, 0, mentions)])
    return {p for p in draft.parties | s.register.homes(draft.people) if p in s.authority.countries}


def _look_back(s: Sentence, t: Trigger, draft: Draft, years: int, span: tuple[int, int]) -> None:
    """Date what is so many years ago: from the year the anniversary falls in, else that of publication."""
    behind = next((w for w in s.whens if w.start >= span[1]), None)
    named = int(behind.value[:4]) if behind is not None else None
    this = int(s.published[:4]) if s.published else None
    if behind and named is not None and this is not None and named <= this - years + 1 and years > 1:
        draft.take_date(behind)
        return  # "the 30th anniversary of the relations set up in 1992": that year is theirs
    year = named if named is not None and this is not None and abs(named - this) <= 2 else this
    draft.status = "occurred"
    if year is not None:
        draft.date, draft.rule, draft.premises = str(year - years), "years-since", [span]


def _part_respectively(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """ "With X and Y on the 9th and the 24th, respectively": relations each, of a day each."""
    if _EACH_IN_TURN not in s.text.low[t.end : s.last]:
        return
    others = [c for g in args.get("with", []) for m in g.mentions for c in sorted(_countries(s, [m]))]
    days = [w for w in s.whens if w.start >= t.hit.end]
    own = draft.parties - set(others)
    if len(others) < 2 or len(days) != len(others) or len(own) != 1:
        return
    for other, day in zip(others, days, strict=True):
        one = replace(draft, parties=own | {other}, roles=[], offices=[], spans=list(draft.spans))
        one.take_date(day)
        draft.apart.append(one)


def _part_break(s: Sentence, t: Trigger, draft: Draft) -> None:
    """ "Restored the ties |broken off in 2011|": their end is told as well, with its own day."""
    when = next((w for w in s.whens if of_the_break(s, t, w)), None)
    told = any(x.kind == "severance" and x.start > t.start for x in s.triggers)
    if when is not None and not told:
        end = replace(
            draft, kind="severance", roles=[], offices=[], spans=list(draft.spans), background=True, lead=False
        )
        end.status = "occurred"
        end.take_date(when)
        draft.apart = [*(draft.apart or [replace(draft, spans=list(draft.spans))]), end]
