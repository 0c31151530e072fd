"""Event coreference: which mentions of an article tell one event, and what it is by all of them."""

import re
from dataclasses import replace
from datetime import timedelta

from kg.edtf import bounds
from kg.language.dates import compatible, overlay, parse_day
from kg.language.words import words
from kg.mappers.drafts import Draft, name_words, one_name
from kg.mappers.kinds.unions import on_record
from kg.mappers.person import Register

_SOMEWHERE = ("visit", "meeting", "ceremony", "signing")
"""Kinds of which two in different countries are not one."""
_EACH_BY_ITSELF = {"ratification", "adoption"}
_TALKS = ("meeting", "call", "conference")
_ROUNDING = 0.03
"""By what part a sum told roundly may differ from it."""
_GATHERINGS = {"conference", "summit", "session"}
_TELLING_NOTHING = words("gatherings", "telling_nothing")
_ORGANS = words("gatherings", "sitting_organs")
_ROUNDS = {"dialogue", "negotiation-round"}
_NEWS_LASTS = 3
"""Days within which talks are reported."""
_SOME_DAY = "week-of-publication"
"""The rule of days of which an event takes one or some."""
_NUMBER = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
_SURELY_ONE = 4
"""Words that two names of a gathering have in common, where one is a headline's."""
_MOST_NAMES = 8
"""Names besides its own by which a gathering is known again."""
_FROM_AFAR = "video-call"
_OF_COURTESY = "courtesy-call"
_TELEPHONES = words("grammar", "telephones")
_UNSURE = ("exchange-of-views",)
"""Kinds told of those who may have met or talked from afar."""
_DEFINITE = words("grammar", "definite_determiners")
_GONE_BY = words("grammar", "earlier_ones")
_TO_COME = words("gatherings", "others") - _GONE_BY
_CREDENTIALS = "credentials"
_RATIFIED = "ratification"
_NARROW = ("coercion", "relations", "ceremony", "appointment")
"""Kinds of which two narrower ones are not one event."""
_YEAR = 4
_TOGETHER = ("meeting", "call", "signing")
"""Kinds of which all who take part are told, or some of them."""
_BY_LANDS = ("meeting", "call", "message", "coercion", "relations", "signing")
"""Kinds of events between countries."""


class Coreference:
    """Tells which mentions are of one event, among those that an article has told so far."""

    def __init__(self, register: Register, drafts: list[Draft], published: str | None, lead: int) -> None:
        self.register, self.text = register, register.text
        self.lex, self.authority = register.lexicon, register.authority
        self.drafts, self.published, self.lead = drafts, published, lead

    def add(self, draft: Draft) -> None:
        """Take in what is told, with what was told of the same event before."""
        for known in self.drafts:
            if self._one(known, draft):
                self._merge(known, draft)
                return
        self.drafts.append(draft)

    def give_way(self, talks: list[Draft]) -> None:
        """Drop what a headline tells together, told now of one after the other: "X meets Chadian, Malian ministers"."""
        sides, people = (set().union(*one) for one in ([d.parties for d in talks], [d.people for d in talks]))
        self.drafts[:] = [
            d
            for d in self.drafts
            if not (d.headline and d.top == talks[0].top and d.parties <= sides and d.people <= people)
            or any(d.parties <= one.parties for one in talks)
        ]

    def part(self, whole: Draft) -> None:
        """Part talks with several, told together first, of which each is told again by himself: "met A and B. … In his
        talks with A, …. Later, he met B"."""
        again = [d for d in self.drafts if _is_part(d, whole)] if whole.lead else []
        found = whole.rows + [d.people for d in again]
        rows = [row for n, row in enumerate(found) if row not in found[:n]]
        common = set.intersection(*rows) if rows else set()
        partners = [row - common for row in rows]
        homes = self.register.homes(common)
        if len(rows) < 2 or not homes or len(set.union(*partners)) < sum(map(len, partners)):
            return
        self.drafts[:] = [d for d in self.drafts if d not in again]
        named = set.union(*rows)
        alone = [{k} for k in sorted(whole.people - named) if not self.register.homes({k}) & homes]
        at = self.drafts.index(whole)
        beside = whole.people - named - set().union(*alone)
        self.drafts[at : at + 1] = [
            replace(
                whole,
                roles=[role for role in whole.roles if role[1] in common | row | beside],
                parties=homes | self.register.homes(row),
                spans=list(whole.spans),
                offices=[],
                rows=[],
            )
            for row in partners + alone
        ]

    def _one(self, a: Draft, b: Draft) -> bool:
        """Whether two mentions tell one event."""
        if not self._may_be_one(a, b):
            return False
        if a.top == "conference" and b.kind in _UNSURE:
            return a.spans[-1] == b.spans[-1]  # "held consultations where they exchanged views"
        if a.top == "conference":
            named = a.called(b.name) or self._headlined(a, b) or _called_meeting(a, b)
            return named and not self._follows_it(a, b)
        if _CREDENTIALS in (a.kind, b.kind):
            return _one_audience(a, b)
        if _of_other_kind(a, b):
            return False
        if a.top == "signing" and b.pointing and not {a.kind, b.kind} & _EACH_BY_ITSELF:
            return bool(a.parties & b.parties) or len(a.parties) < 2
        if a.top == "signing" and self._is_news(a) and not (a.date or a.headline) and len(b.date or "") == _YEAR:
            return self._is_news(b)  # "also signed a pact. They |signed another in 2019|"
        if a.top == "appointment" and a.people and b.people:
            return a.people == b.people or (a.headline and a.people <= b.people)
        return _of_the_same(a, b) and not self._told_apart(a, b) and self._of_the_same_sides(a, b)

    def _follows_it(self, a: Draft, b: Draft) -> bool:
        """Whether another of a series is told than the one whose day is known: "|The next| X Summit will be in Y"."""
        if b.gathering is None or not a.date or b.date or a.headline:
            return False
        return self.text.low[b.gathering.start - 1] in (_TO_COME if b.status == "planned" else _GONE_BY)

    def _may_be_one(self, a: Draft, b: Draft) -> bool:
        """Whether kind, day and status leave it open whether two mentions tell one event."""
        if (
            (a.top != b.top and not (_one_talk(a, b) or _headline_of(a, b) or _called_meeting(a, b)))
            or not (compatible(a.date, b.date) or self._set_out(a, b) or _reported_after(a, b))
            or self.long_before(a, b)
            or self.long_before(b, a)
            or (b.recalled and not self._same_day(a, b))
        ):
            return False
        if a.status == b.status or a.headline or b.headline or a.aside or b.aside:
            return True
        if _named_to_come(a, b) or _numbered_alike(a, b) or _told_together(a, b):
            return True
        return b.date is None and (_called_again(a, b) or self._taken_up(a, b))

    def _taken_up(self, a: Draft, b: Draft) -> bool:
        """Whether a noun speaks of what was told last of its kind: "X arrived in Y. During |the visit|, he will"."""
        of_it = b.people <= a.people and b.parties <= a.parties and bool(b.people or len(b.parties) > 1)
        if a.top == "conference" or not of_it or not self._is_news(a):
            return False
        if self.text.low[self.text.token_at(b.order) - 1] not in _DEFINITE:
            return False
        return next(d for d in reversed(self.drafts) if d.top == a.top) is a

    def _is_news(self, draft: Draft) -> bool:
        """Whether something is of these days or ahead: another is prepared than "visited X |last year|"."""
        day = parse_day(self.published or "")
        if draft.background or draft.date is None or day is None:
            return not draft.background
        return bounds(draft.date)[1] >= (day - timedelta(days=_NEWS_LASTS)).isoformat()

    def _told_apart(self, a: Draft, b: Draft) -> bool:
        """Whether what two mentions tell of the same people is done with others, elsewhere, or as well."""
        headline = a.headline or b.headline
        if a.top in ("meeting", "signing") and not headline and self._of_others(a, b):
            return True  # "met a delegation of X", and then one of the Y parliament
        by_themselves = a.top == "meeting" and not headline and a.spans[-1] != b.spans[-1]
        if by_themselves and (self._sees_another(a, b) or self._sees_another(b, a)):
            return True  # "met Prime Minister X of Y", and then Y's president
        elsewhere = a.place and b.place and self.lex.country_of(a.place) != self.lex.country_of(b.place)
        if elsewhere and a.top in _SOMEWHERE:
            return True
        if a.top == "aid":
            return bool(a.name and b.name and not _about(a.name, b.name)) or self._besides(a, b)
        by_others = a.helped and b.helped and not (a.parties - a.helped) & (b.parties - b.helped)
        return a.top == "coercion" and bool(by_others)

    def _of_the_same_sides(self, a: Draft, b: Draft) -> bool:
        """Whether the sides of two mentions may be those of one event."""
        if a.top == "aid":
            given, told = self._states(a.parties), self._states(b.parties)
            return given <= told or told <= given
        if a.top in _BY_LANDS:
            lands_a, lands_b = (d.parties & self.authority.countries.keys() for d in (a, b))
            if not (lands_a <= lands_b or lands_b <= lands_a):
                return False
            known = min(len(a.people), len(b.people)) if a.top != "message" else 2
            if lands_a != lands_b and min(len(lands_a), len(lands_b), known) > 1 and not (a.headline or b.headline):
                return False  # two met, and then three
        return len(a.parties & b.parties) * 2 >= min(len(a.parties), len(b.parties))

    def _besides(self, a: Draft, b: Draft) -> bool:
        """Whether a gift is told in a sentence of its own to have been made as well: "Japan |also donated| boats"."""
        k = self.text.token_at(b.order)
        return "also" in self.text.low[max(0, k - 2) : k] and not a.headline and a.spans[-1] != b.spans[-1]

    def _set_out(self, a: Draft, b: Draft) -> bool:
        """Whether two journeys are one that is told by its departure and, a day later, its arrival: "will visit Y next
        week. He leaves on Sunday"."""
        if a.top != "visit" or a.status != b.status or not a.people or a.people != b.people or not (a.date and b.date):
            return False
        land, where = (self.lex.country_of(d.place or "") for d in (a, b))
        if land is None or land != where or not (parse_day(a.date) or parse_day(b.date)):
            return False
        (_, ended), (began, _) = sorted((bounds(a.date), bounds(b.date)))
        end, begin = parse_day(ended), parse_day(began)
        return end is not None and begin is not None and (begin - end).days == 1

    def _same_day(self, news: Draft, recalled: Draft) -> bool:
        """Whether what two recall as they talk is what is told already: of the day of the news, or recalled as well."""
        if news.recalled:
            return compatible(news.date, recalled.date) and news.place == recalled.place
        same = recalled.date is not None and compatible(news.date or self.published, recalled.date)
        return same and news.people == recalled.people

    def _of_others(self, a: Draft, b: Draft) -> bool:
        """Whether of two meetings each is with states or organisations that the other is not with."""
        met_a, met_b = (self._states(on_record(d.parties, self.authority)) for d in (a, b))
        return bool(met_a - met_b) and bool(met_b - met_a)

    def _sees_another(self, a: Draft, b: Draft) -> bool:
        """Whether somebody met is told by an office that none of those of his country has who are named elsewhere."""
        for office in a.offices:
            there = [k for k in b.people - a.people if self.register.country_of(k) == office.of]
            held = [{t.kind for t in self.register.entries[k].titles if t.when != "former"} for k in sorted(there)]
            if held and all(kinds and office.kind not in kinds for kinds in held):
                return True
        return False

    def _states(self, parties: set[str]) -> set[str]:
        """The parties with the state in place of an agency of its own."""
        known = self.authority.organisations
        return {known[p].country or p if p in known else p for p in parties}

    def _from_afar(self, call: Draft) -> bool:
        """Whether it is said that people talked by telephone or video link: not so in "spoke at the summit with"."""
        first, last = self.text.token_at(call.spans[-1][0]), self.text.token_at(call.spans[-1][1] - 1)
        return call.kind != "call" or not _TELEPHONES.isdisjoint(self.text.low[first : last + 1])

    def _headlined(self, a: Draft, b: Draft) -> bool:
        """Whether a gathering is what the headline calls otherwise: the same organisation's, in the first sentence."""
        kinds = {a.kind, b.kind}
        if self._called_plainly(a, b) or self._told_by_host(a, b):
            return True
        if not (a.headline and b.lead) or (len(kinds) > 1 and kinds - _GATHERINGS and kinds != _ROUNDS):
            return False
        named = name_words(a.name) & name_words(b.name)
        alike = a.parties == b.parties if len(named) < _SURELY_ONE else a.parties <= b.parties
        alike = alike and (len(a.parties) > 1 or len(named) >= _SURELY_ONE)
        return alike or bool(a.parties & b.parties & self.authority.organisations.keys())

    def _told_by_host(self, a: Draft, b: Draft) -> bool:
        """Whether a headline tells a gathering of the news by where it is held alone: "Astana hosts summit"."""
        news = a.headline and b.lead and not (a.people or b.background or b.aside)
        return (
            news
            and set(a.name.lower().split()) <= _TELLING_NOTHING
            and {self.lex.country_of(b.place or "")} == a.parties
        )

    def _called_plainly(self, a: Draft, b: Draft) -> bool:
        """Whether the news calls an organisation's gathering no more than its summit, and then by its whole name."""
        news = a.lead and not (a.aside or b.aside or b.background) and {a.kind, b.kind} <= _GATHERINGS
        bodies = a.parties & b.parties & self.authority.organisations.keys()
        if news and bodies and _is_nameless(a) and "summit" not in b.name.lower():
            return self.text.sentence_of(self.text.token_at(b.order)) <= self.lead + 1
        if not news or not bodies or b.kind == "conference" or not _ORGANS.isdisjoint(b.name.lower().split()):
            return False
        plain = set(a.name.lower().split()) - {self.lex.notation(body).lower() for body in bodies}
        return plain <= _TELLING_NOTHING and self.text.sentence_of(self.text.token_at(b.order)) <= self.lead

    def long_before(self, news: Draft, other: Draft) -> bool:
        """Return whether something lies more than a month behind news that gives no date."""
        day = parse_day(self.published or "")
        if not news.lead or news.date or news.status != "occurred" or not other.date or day is None:
            return False
        return bounds(other.date)[1] < (day - timedelta(days=31)).isoformat()

    def _at_home(self, person: int, host: str) -> bool:
        """Whether somebody lives where others travel to: "talks of X and Y, who will arrive |on a visit|"."""
        return self.register.country_of(person) == host

    def _merge(self, a: Draft, b: Draft) -> None:
        if (a.kind in _UNSURE and b.kind not in _UNSURE) or (_headline_of(a, b) and self._from_afar(b)):
            a.kind, a.top = b.kind, b.top
        elif _called_meeting(a, b):
            a.kind, a.top, a.name = b.kind, b.top, ""
        elif a.top == "meeting" and b.kind == _FROM_AFAR:
            a.kind, a.top, a.place = b.kind, b.top, None
        elif a.top == "conference" and self._told_by_host(a, b):
            a.kind, a.name, a.parties = b.kind, b.name, set(b.parties)
        if a.top == b.top == "conference" and b.name:
            if a.name and not a.called(b.name):
                a.names = [*a.names, b.name][:_MOST_NAMES]
            elif a.headline and len(b.name) > len(a.name):
                a.name = b.name  # a headline is short of the whole name
        a.name = a.name or b.name
        people = a.people
        if a.top == "meeting" and not (b.lead or b.background) and 1 < len(b.people) < len(people):
            a.rows.append(b.people)
        host = self.lex.country_of(a.place or b.place or "") if a.top == "visit" else None
        a.roles += [role for role in b.roles if role[1] not in people and not (host and self._at_home(role[1], host))]
        a.parties |= b.parties
        a.offices += [o for o in b.offices if o not in a.offices]
        if _dated_by(a, b) is b:
            a.date_as(b)
            a.status = b.status if _numbered_alike(a, b) and b.date else a.status
        place = a.place
        if b.place and (
            place is None or (place in self.authority.countries and b.place not in self.authority.countries)
        ):
            a.place = b.place
        a.instruments += b.instruments
        recent = a.spans[-3:]  # sentences are read in order
        a.spans += [s for s in b.spans if s not in recent]
        if a.aside and not b.aside:
            a.status = b.status if b.date or b.lead or a.status == "occurred" else a.status
            a.aside = not b.lead
        a.lead, a.told = a.lead or b.lead, a.told or b.told
        if a.headline and not b.headline:
            a.status, a.headline = b.status, False
        elif _named_to_come(a, b) and b.status == "occurred":
            a.status = b.status
        if self.lex.event_kinds[a.kind].broader is None and b.kind not in _UNSURE and a.top == b.top:
            a.kind = b.kind


def _one_audience(a: Draft, b: Draft) -> bool:
    """Whether two mentions tell of credentials handed over once: "The ceremony was on Friday"."""
    same = a.kind == b.kind or (b.kind == b.top and b.people <= a.people) or (a.headline and a.kind == a.top)
    return same and bool(a.people & b.people or a.parties & b.parties)


def _of_other_kind(a: Draft, b: Draft) -> bool:
    """Whether two mentions of one broad kind tell narrower things, or things of other names."""
    if a.top == "statement":
        return bool(a.people) and not b.people and a.date != b.date  # a spokesperson's, and then one that it recalls
    if a.top == "message":
        return not a.sent_with(b)
    if a.top in _NARROW and a.kind != b.kind and a.top not in (a.kind, b.kind):
        return True
    if a.top == "signing" and (a.kind == _RATIFIED) != (b.kind == _RATIFIED):
        return True
    if a.name == b.name:
        return False
    if a.top == "ceremony":  # "hosted a banquet", and then "planted a tree"
        return not a.headline and (a.kind != b.kind or bool(a.name and b.name))
    return a.top == "appointment" or (a.top in ("meeting", "signing") and not (a.headline or b.headline))


def _of_the_same(a: Draft, b: Draft) -> bool:
    """Whether somebody takes part in what both mentions tell; of talks all of one in the other."""
    if not (a.people and b.people):
        return bool(a.parties & b.parties)
    if a.top in _TOGETHER:
        return bool(a.people & b.people) and (a.people <= b.people or b.people <= a.people)
    return bool(a.people & b.people)


def _is_part(one: Draft, whole: Draft) -> bool:
    """Whether a talk told by itself is one of those that the news tells together."""
    among = 1 < len(one.people) < len(whole.people) and one.people < whole.people and one.parties < whole.parties
    alike = (
        among
        and one.top == whole.top
        and one.status == whole.status
        and not one.lead
        and (one.told or not one.background)
    )
    return alike and compatible(one.date, whole.date)


def _about(one: str, other: str) -> bool:
    """Whether one sum is the other, told roundly.

    >>> _about("1500000", "1540000"), _about("20", "30")
    (True, False)
    """
    if not (one.isdigit() and other.isdigit()):
        return one == other
    less, more = sorted((int(one), int(other)))
    return more - less <= more * _ROUNDING


def _one_talk(a: Draft, b: Draft) -> bool:
    """Whether one only tells that views were exchanged, and the other whether that was face to face or by telephone."""
    if a.headline and a.top == "meeting" and b.kind == _FROM_AFAR:
        return True  # "X's meeting with Y", which was a virtual one
    if a.headline and a.top == "call" and b.kind == _OF_COURTESY:
        return True  # "X's call with Y", which was an introductory one
    unsure = b if b.kind in _UNSURE else a
    sure = a if unsure is b else b
    return unsure.kind in _UNSURE and sure.top in _TALKS and unsure.parties <= sure.parties


def _called_meeting(a: Draft, b: Draft) -> bool:
    """Whether a headline names by a board a meeting of those who sit on it: "the Meeting of the A-B Group"."""
    named = a.headline and a.top == "conference" and "meeting" in a.name.lower()
    return (
        named and b.top == "meeting" and b.lead and len(b.people) > 1 and len(b.parties) > 1 and a.parties == b.parties
    )


def _headline_of(a: Draft, b: Draft) -> bool:
    """Whether a headline calls a meeting what the first sentences say the same people did by talking."""
    told = a.headline and a.top == "meeting" and b.top == "call" and b.lead and bool(a.people) and a.people == b.people
    return told and (len(a.people) > 1 or b.parties <= a.parties)  # "X holds talks with |counterparts|"


def _named_to_come(a: Draft, b: Draft) -> bool:
    """Whether one tells that somebody was appointed and the other that he is to follow somebody in the office."""
    return a.kind == b.kind == "appointment"


def _told_together(a: Draft, b: Draft) -> bool:
    """Whether one sentence tells of what goes on as done and as ahead: "has left for Y on a visit, during which he will
    meet W", "received X, and the two will discuss Y"."""
    return a.top in ("visit", "meeting") and a.spans[-1] == b.spans[-1] and a.people == b.people


def _numbered_alike(a: Draft, b: Draft) -> bool:
    """Whether both are one gathering of a series by number: "arrived for the 78th session. |The 78th session| will"."""
    numbered = a.top == b.top == "conference" and all(_NUMBER.search(d.name) for d in (a, b))
    return numbered and one_name(a.name, b.name)


def _called_again(a: Draft, b: Draft) -> bool:
    """Whether a gathering of the news is spoken of again by its name."""
    again = a.top == b.top == "conference" and a.lead and not b.background
    return again and (a.called(b.name) or _is_nameless(a))


def _is_nameless(d: Draft) -> bool:
    """Whether a gathering is only told as members of a body who met: "Ministers of X will meet on Monday"."""
    return d.kind == "conference" and d.name.lower() in ("", "conference", "meeting")


def _reported_after(a: Draft, b: Draft) -> bool:
    """Whether talks that the news dates by its report alone are told again with their own day, just before."""
    one, other = parse_day(a.date or ""), parse_day(b.date or "")
    if not a.reported or b.reported or a.top not in ("meeting", "call") or not (one and other):
        return False
    return a.lead and len(a.people) > 1 and a.people == b.people and 0 < (one - other).days <= _NEWS_LASTS


def _dated_by(a: Draft, b: Draft) -> Draft:
    """Whichever of two mentions of an event gives its date: the more precise, but of a journey the days it took."""
    if a.reported and b.date and not b.reported:
        return b
    spans = [d for d in (a, b) if a.top == "visit" and d.date and len(d.date) == 21 and d.rule != _SOME_DAY]
    if len(spans) == 1 and a.date and b.date:
        return spans[0]
    return a if overlay(a.date, b.date) == a.date else b
