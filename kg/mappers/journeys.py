"""Journeys: of which country they are whom somebody is told to meet abroad, whose offices it leaves unmarked."""

from bisect import bisect_left
from itertools import takewhile
from typing import NamedTuple

from kg.language.lexicon import EVENTS, Hit
from kg.language.text import Mention, Title
from kg.language.words import words
from kg.mappers.person import Register

_GOING_ON = ("he", "own", "office", "guest")
_ACTING = ("person", *_GOING_ON)
_FRAMING = words("grammar", "attending_prepositions") | {"while"}
_FUTURE = words("acts", "future_auxiliaries") | {"to"}
_WERE = words("grammar", "forms_of_be_past")
_RELATIVES = frozenset(("who", "which", "that"))
_RETURNING = words("offices", "coming_home")
_BESIDE = words("presence", "beside")
_INVITED = ["invitation", "of"]
_NEAR = 8
"""Tokens at most between a journey and where it leads to."""
_FAR = 3
"""Sentences back in which the journey is told that a sentence goes on from."""
_FARTHEST = 40
"""Tokens behind where a journey leads in which a verb is looked for."""
_MOST = 8
"""Phrases before an office that are looked at for the talk that it is met in."""


class _Goal(NamedTuple):
    """Where a journey leads."""

    land: str
    begin: int
    """The token by which it is told."""
    end: int
    """The token behind where it leads."""
    ahead: bool
    """Whether it is yet to come."""
    named: bool
    """Whether the country itself is named, and no place in it."""
    back: bool
    """Whether it is told by the return from it."""


class Journeys:
    """Where those named in an article travel."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._text = register.text
        self._hits: list[Hit] = register.text.layers[EVENTS]
        self._begins = [hit.start for hit in self._hits]
        self._goals: dict[int, _Goal | None] = {}

    def host(self, title: Title) -> str | None:
        """Return the country visited in which somebody is met: "X will visit Chad. He will call on |President Y|"."""
        text, index = self._text, self._text.sentence_of(title.start)
        low, first = text.low, text.sentences[index][0]
        if low[max(first, title.start - 2) : title.start] == _INVITED:
            goal = self._goal(index)
            return self._abroad(goal.land, None) if goal else None
        who = self._acting(index, title)
        if who is None or not self._is_met(who, title):
            return None
        goal = self._goal(index)
        if goal is not None:
            done = goal.ahead and self._is_past(goal.end, title.start)
            apart = goal.back or done or self._beside_others(title, goal.land)
            return None if apart else self._abroad(goal.land, who)
        framed = low[first] in _FRAMING
        if not framed and who.type not in _GOING_ON:
            return None
        told = (self._goal(k) for k in range(index - 1, max(-1, index - 1 - _FAR), -1))
        goal = next((found for found in told if found), None)
        if goal is None or (goal.back and not framed):
            return None
        ahead = not _FUTURE.isdisjoint(low[who.end : title.start])
        return self._abroad(goal.land, who) if framed or ahead or not goal.ahead else None

    def arrives(self, title: Title, home: str) -> bool:
        """Return whether a country is told by its name to be visited by whoever has an office, who so is of another."""
        index = self._text.sentence_of(title.start)
        who = next((m for m in self._text.mentions[index] if m.type in _ACTING and not m.predicative), None)
        goal = self._goal(index) if who is not None and title in who.titles else None
        if who is None or goal is None or goal.land != home or not goal.named or goal.back or goal.begin < who.end:
            return False
        between = self._text.low[who.end + 2 : goal.begin]  # not "X received Y, |who| is on a visit"
        return len(between) < _NEAR and _RELATIVES.isdisjoint(between) and not self._meets(who.end, goal.begin)

    def _meets(self, begin: int, end: int) -> bool:
        """Whether a talk is told between two tokens."""
        kinds, (first, last) = self._register.lexicon.event_kinds, self._text.span(begin, end)
        near = self._hits[bisect_left(self._begins, first) : bisect_left(self._begins, last)]
        return any(kinds[hit.sense.value].top == "meeting" for hit in near)

    def _acting(self, index: int, title: Title) -> Mention | None:
        """Who is told first in a sentence to do something, before an office."""
        before = takewhile(lambda m: m.end <= title.start, self._text.mentions[index])
        return next((m for m in before if m.type in _ACTING and not m.predicative), None)

    def _is_met(self, who: Mention, title: Title) -> bool:
        """Whether somebody who acts is told to meet or call on whoever has an office, or to be received by him."""
        text, kinds = self._text, self._register.lexicon.event_kinds
        if text.low[title.start - 1] == "with" and text.low[title.start - 2] not in _BESIDE:
            return True
        begin, end = text.span(who.end - 1, title.start)
        last = bisect_left(self._begins, end)
        near = self._hits[max(0, last - _MOST) : last]
        return any(hit.start > begin and kinds[hit.sense.value].top == "meeting" for hit in near)

    def _is_past(self, begin: int, end: int) -> bool:
        """Whether a verb in the past stands between two tokens: "X, who will visit Chad, |met| President Y"."""
        verbs = self._register.lexicon.verbs
        return any(word in verbs or word in _WERE for word in self._text.low[begin : min(end, begin + _FARTHEST)])

    def _beside_others(self, title: Title, land: str) -> bool:
        """Whether somebody of a third country is named right before: "flew to X to meet Minister Y of Z and |W|"."""
        row = self._text.mentions[self._text.sentence_of(title.start)]
        before = row[max(0, bisect_left(row, title.start, key=lambda m: m.start) - 1)]
        bodies = {t.of for t in before.titles if t.of and not t.inferred}
        return before.end <= title.start and bool(bodies - {land, self._register.home})

    def _goal(self, index: int) -> _Goal | None:
        """Where the one journey leads that a sentence tells, if to one country."""
        if index not in self._goals:
            self._goals[index] = self._find_goal(index)
        return self._goals[index]

    def _find_goal(self, index: int) -> _Goal | None:
        text, register = self._text, self._register
        begin, end = text.spans[index]
        hits = self._hits[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]
        kinds = register.lexicon.event_kinds
        journeys = [text.token_at(hit.start) for hit in hits if kinds[hit.sense.value].top == "visit"]
        if not journeys:
            return None
        where = [m for m in text.mentions[index] if m.is_where][: _MOST * 2]
        goals = {
            land: m
            for k in journeys[:_MOST]
            for m in where
            if 0 <= m.start - k <= _NEAR and (land := register.lexicon.country_of(m.value))
        }
        if len(goals) != 1:
            return None
        land, goal = goals.popitem()
        before = text.low[max(text.sentences[index][0], journeys[0] - 4) : journeys[0] + 1]
        ahead, back = not _FUTURE.isdisjoint(before), not _RETURNING.isdisjoint(before)
        return _Goal(land, journeys[0], goal.end, ahead, goal.type == "body", back)

    def _abroad(self, land: str, who: Mention | None) -> str | None:
        """A country, unless it is that of the article or of whoever travels."""
        home = self._register.country_of(who.person) if who is not None and who.person >= 0 else None
        return land if land not in (self._register.home, home) else None
