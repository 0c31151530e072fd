"""Events: the drafts of all sentences, one a real occurrence, main ones told from background and dated."""

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from kg.edtf import bounds
from kg.language.dates import When, compatible, overlay, parse_day, shift_years
from kg.language.lexicon import EVENTS, Hit
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.arguments import read_arguments
from kg.mappers.authors import find_author
from kg.mappers.background import is_background, is_earlier, is_recalled, is_told
from kg.mappers.circumstances import date_behind, date_event, date_within, locate, of_resolving, set_apart
from kg.mappers.claims import Span, Unread
from kg.mappers.clauses import Context, Sentence, Trigger
from kg.mappers.drafts import Draft, name_words, one_name
from kg.mappers.groups import find_groups
from kg.mappers.instruments import find_instruments
from kg.mappers.kinds import ASSEMBLE
from kg.mappers.kinds.deeds import find_deeds
from kg.mappers.kinds.gathering import find_gathering
from kg.mappers.kinds.nominations import nominate
from kg.mappers.kinds.signing import issue
from kg.mappers.kinds.ties import find_ties
from kg.mappers.kinds.unions import on_record, united
from kg.mappers.kinds.visit import VISITING, day_of_visit, guests_of, in_headline, last_for
from kg.mappers.lead import lead_sentences
from kg.mappers.modality import is_called_off, status
from kg.mappers.news import settle
from kg.mappers.person import Register
from kg.mappers.plans import is_scheduled, was_due
from kg.mappers.presence import Presence
from kg.mappers.reference import _guest_of, behind_opening
from kg.mappers.turns import find_guest, find_turns, spoken_of

_DEFINITE = words("grammar", "definite_determiners")
_PARTING = words("acts", "no_adjectives") | words("grammar", "indefinite_determiners") | {","}
_TELLING = words("grammar", "announcing_verbs")
_ENDS = (",", '"', "”")
_LONGEST_APPOSITION = 9
"""Tokens that may tell between commas who somebody is."""
_NOT_SUBJECT = words("grammar", "before_no_subject")
_GONE = words("grammar", "gone")
_WHERE_DONE = words("grammar", "attending_prepositions")
_JUST_BEFORE = 2
"""Days back for which a weekday planned for is sooner that one than the next."""
_TOO_EARLY = 30
"""Days up to which a day ahead may be that of what is told with it, though the verb is in the past."""
_PRESS = words("turns", "press")
_OF_OTHERS = words("grammar", "of_others")
"""Words before those who are not whom a sentence tells of."""
_THERE = words("presence", "opening")
_WERE = words("grammar", "passive_helpers")
_OPENING = 4
"""Tokens within which a sentence says that it lists those who were there."""
_SOON = ("meeting", "call", "visit")
"""Kinds planned for no year two or more ahead."""
_TAKEN_UP = ("visit", "meeting", "call", "appointment")
"""Kinds of event whose nouns give what was told before a date: "|The visit| takes place from May 5"."""
_TOLD_OF_ONESELF = ("meeting", "call", "visit", "message", "aid", "ceremony")
"""Kinds of which two who talk tell with "I", "we" and "you"."""
_SOMEWHERE = ("visit", "meeting", "ceremony", "signing")
"""Kinds of which two in different countries are not one."""

_AHEAD = words("gatherings", "ahead_of")
_COMING = words("grammar", "verbs_of_its_time")
_PLACELESS = ("condemnation", "threat", "protest-note")
"""Kinds of statement told with the place of the deed they are about."""

_EACH_BY_ITSELF = {"ratification", "adoption"}
_OF_UNIONS = ("aid", "coercion", "signing", "appointment")
"""Kinds that are the union's where an organ of it acts."""

_TALKS = ("meeting", "call", "conference")
_ROUNDING = 0.03
"""By what part a sum told roundly may differ from it."""
_GATHERINGS = {"conference", "summit", "session"}
_TELLING_NOTHING = words("gatherings", "telling_nothing")
_ORGANS = words("gatherings", "sitting_organs")
_ROUNDS = {"dialogue", "negotiation-round"}
_NEWS_LASTS = 3
"""Days within which talks are reported."""
_NUMBER = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
_SURELY_ONE = 4
"""Words that two names of a gathering have in common, where one is a headline's."""
_MOST_NAMES = 8
"""Names besides its own by which a gathering is known again."""
_OCCASIONS_TOLD = ("conference", "visit", "meeting")
_FROM_AFAR = "video-call"
_OF_COURTESY = "courtesy-call"
_TELEPHONES = words("grammar", "telephones")
_ENDING = words("grammar", "ending_words")
_UNSURE = ("exchange-of-views",)
"""Kinds told of those who may have met or talked from afar."""

_MOST_EVENTS = 500
"""Of one article; every event is compared with those before."""
_MOST_READ = 10_000
"""Phrases of one article that are read, whatever they tell."""
_MOST_PHRASES = 40
"""Of one sentence; each is read with all that stands around it."""


class Reader(Context):
    """Reads the events of one article."""

    def __init__(self, register: Register, published: str | None) -> None:
        self.register = register
        self.text = register.text
        self.lex = register.lexicon
        self.authority = register.authority
        self.published = published
        self.drafts = []
        self.unread: list[tuple[Unread, str]] = []
        """Each with the kind of event it may only speak of again; "" where it can be none of those told."""
        self.last_subject = []
        self.last_acting = {}
        self.instruments = {}
        for phrase in find_instruments(self.text, self.authority):
            self.instruments.setdefault(phrase.sentence, []).append(phrase)
        register.name_leaders()
        self.author = find_author(self.text, register)
        self.turns = find_turns(self.text)
        self.before_press = bool(self.turns) and not _PRESS.isdisjoint(self.text.low[: self.text.sentences[0][1]])
        self._starts = [self.text.tokens.starts[a] for a, _ in self.text.sentences]
        self.lead = lead_sentences(self.text)
        self.visiting = not VISITING.isdisjoint(self.text.vocabulary)
        """Whether the text says of anybody that they visit."""

    def read(self) -> tuple[list[Draft], list[Unread]]:
        """Return the events, each once, and the triggers that gave none."""
        per_sentence: dict[int, list[Hit]] = {}
        for hit in find_deeds(self.text, find_ties(self.text, self.text.layers[EVENTS])):
            k = bisect_right(self._starts, hit.start) - 1
            if k >= 0:
                per_sentence.setdefault(k, []).append(hit)
        issued = issue(Sentence(self, 0, [])) if 0 in self.instruments else None
        self.drafts += [issued] if issued else []
        gone = in_headline(Sentence(self, 0, [])) if self.text.article.title and self.text.sentences else None
        self.drafts += [gone] if gone else []
        presence = Presence(self.register, self.drafts, self.published)
        phrases = 0
        for k in range(len(self.text.sentences)):
            hits = per_sentence.get(k)
            phrases += len(hits or ())
            if len(self.drafts) >= _MOST_EVENTS or phrases > _MOST_READ:
                self._leave(k, hits or [], "article")
            elif presence.take(k, hits or [], self.last_subject):
                continue
            else:
                if hits:
                    (self._turn if k in self.turns else self._sentence)(k, hits)
                    presence.accompany(k)
                self._remember(k)
        if self.turns:
            self._greet()
        nominate(self.register, self.drafts, self.published)
        for draft in [d for d in self.drafts if d.top == "meeting" and len(d.people) > 2]:
            self._part(draft)
        settle(self.text, self.register, self.drafts, self.published)
        told = {_family(d.top) for d in self.drafts}
        return self.drafts, [sentence for sentence, again in self.unread if again not in told]

    def _leave(self, k: int, hits: list[Hit], what: str) -> None:
        """Note the phrases of a sentence that are not read, since there are too many of them."""
        if not hits:
            return
        span = self.text.spans[k]
        reason = f"the {what} tells more events than are read of one"
        self.unread += [(Unread(span, hit.sense.value, reason), "") for hit in hits[:1]]

    def _remember(self, k: int) -> None:
        """Keep whom the next sentence may call "he": the first named, behind "At the invitation of X," if so opened."""
        for m in self.text.mentions[k]:
            if m.type == "he" and self.last_subject:
                return  # "He also met Y.": the text goes on about him
            if m.type in ("person", "office", "guest"):
                break
        named = [m for m in self.text.mentions[k] if m.type in ("person", "office")]
        if named and self.last_subject and self._lists_those_there(k, named[0].start):
            return
        acting = [m for m in named if self.text.low[m.start - 1] not in _OF_OTHERS]
        if 0 < len(acting) < len(named):
            acting = [m for m in acting if not self._beside_others(k, m)]  # "with X |and Y|"
        if any(self._only_tells(m) for m in acting):
            acting = self._told_of(k, acting, named)
        if acting or (named and not self.last_subject):
            told = named if len(acting) == len(named) else acting or named
            self.last_subject = behind_opening(self.text, k, told)[:1]
        for m in self.text.mentions[k]:
            if m.type == "body" and (m.organ or not m.adjective) and not self._led_by(m):
                self.last_acting["land" if m.value in self.authority.countries else "body"] = m.value
                break

    def _lists_those_there(self, k: int, named: int) -> bool:
        """Whether a sentence only lists who was there too: "|Also present were| X and Y"."""
        lead = self.text.low[self.text.sentences[k][0] : named]
        return not _THERE.isdisjoint(lead[:_OPENING]) and not _WERE.isdisjoint(lead[1:])

    def _beside_others(self, k: int, m: Mention) -> bool:
        """Whether somebody stands in a row of which a preposition makes others than whom the sentence tells of."""
        row = next((g for g in find_groups(self.text, self.text.mentions[k]) if g.start < m.start < g.end), None)
        return row is not None and self.text.low[row.start - 1] in _OF_OTHERS

    def _told_of(self, k: int, acting: list[Mention], named: list[Mention]) -> list[Mention]:
        """Those without who only tells the news ("…, X said", "according to X"), if the text is about others."""
        span = self.text.spans[k]
        told = [d for d in self.drafts if d.top != "statement"]
        about = {person for d in told for person in d.people}
        here = {person for d in told if d.spans[-1] == span for person in d.people}
        if here & {m.person for m in acting if self._only_tells(m)}:
            return acting
        rest = [m for m in acting if m.person in here] or [m for m in named if m.person in here]
        if rest or about.isdisjoint(m.person for m in self.last_subject):
            return rest or acting
        return [] if about.isdisjoint(m.person for m in acting if self._only_tells(m)) else acting

    def _only_tells(self, m: Mention) -> bool:
        """Whether somebody is named as the source of what is told: "X, a spokesman, |told|", "|according to| X"."""
        low, end = self.text.low, m.end
        if low[max(0, m.start - 2) : m.start] == ["according", "to"]:
            return True
        beside = low[end + 1 : end + _LONGEST_APPOSITION]
        if low[end : end + 1] == [","]:
            styled = m.name is not None and m.name[1] < end  # "X, spokesman of Y, told"
            end += 1 if styled else 2 + beside.index(",") if "," in beside else 0
        return not _TELLING.isdisjoint(low[end : end + 1]) or (
            low[m.start - 1] in _TELLING and low[m.start - 2] in _ENDS
        )

    def _led_by(self, m: Mention) -> bool:
        """Whether a preposition stands before a body, which so is no subject."""
        before = m.start - 1 - (self.text.low[m.start - 1] == "the")
        return before >= 0 and self.text.low[before] in _NOT_SUBJECT

    def _greet(self) -> None:
        """Add the visit of a guest whom his host greets in the country, if nothing else tells of it."""
        greeted = find_guest(self.text, self.turns, self.register)
        if greeted is None:
            return
        guest, where, k = greeted
        land = self.lex.country_of(where.value)
        if any(d.top == "visit" and guest in d.people and land in d.parties and not d.recalled for d in self.drafts):
            return
        span = self.text.spans[k]
        visit = Draft("visit", "visit", [("visitor", guest)], place=where.value, spans=[span], order=span[0])
        visit.parties = self.register.homes({guest}) | ({land} if land else set())
        self.drafts.append(visit)

    def _turn(self, index: int, hits: list[Hit]) -> None:
        """Read a sentence said to somebody: where talks or journeys are told in it, "I" and "you" stand for people."""
        named = self.text.mentions[index]
        if any(self.lex.event_kinds[hit.sense.value].top in _TOLD_OF_ONESELF for hit in hits):
            self.text.mentions[index] = spoken_of(self.text, index, self.turns[index], self.register)
        self._sentence(index, hits)
        self.text.mentions[index] = named

    def _sentence(self, index: int, hits: list[Hit]) -> None:
        sentence = Sentence(self, index, hits[:_MOST_PHRASES])
        visiting = self.visiting and not VISITING.isdisjoint(self.text.low[sentence.first : sentence.last])
        self.last_subject = self._come_from_abroad(sentence) or self.last_subject
        for trigger in sentence.triggers:
            draft = self._draft(sentence, trigger)
            if isinstance(draft, Draft):
                legs = draft.parted()
                if len(legs) > 1 and draft.top in _TALKS:
                    self._give_way(legs)
                for leg in legs:
                    self._add(leg)
                for visit in guests_of(sentence, draft) if visiting else ():
                    self._add(visit)
            elif draft and not self._again(sentence, trigger):
                again = _family(trigger.top) if self._speaks_of(sentence, trigger) else ""
                self.unread.append((Unread(sentence.span, trigger.kind, draft), again))
        self._leave(index, hits[_MOST_PHRASES:], "sentence")

    def _come_from_abroad(self, s: Sentence) -> list[Mention]:
        """Who was received in his country by the one told of last, if "he" is now told to have come there."""
        journey = next((t for t in s.triggers if t.top == "visit"), None)
        if journey is None or len(self.last_subject) != 1 or self.last_subject[0].type != "person":
            return []
        host, mentions = self.last_subject[0].person, self.text.mentions[s.index]
        if host < 0 or any(m.type in ("person", "office") and m.start < journey.start for m in mentions):
            return []
        goal = next((m for m in mentions if m.is_where and m.start >= journey.start), None)
        home = self.register.country_of(host)
        return _guest_of(s, host) if goal and home and self.lex.country_of(goal.value) == home else []

    def _draft(self, s: Sentence, t: Trigger) -> Draft | str:
        """The event a trigger tells, or why it tells none ("" where it is none of its own)."""
        sure = status(s, t)
        if sure == "unreal" and is_called_off(s, t):
            self._call_off(t)
        gathering = find_gathering(s, t) if sure != "unreal" and t.top == "conference" else None
        if sure == "unreal" or (t.top == "conference" and gathering is None):
            return ""
        draft = Draft(t.kind, t.top, status=sure, spans=[s.span], lead=s.index < self.lead, order=t.hit.start)
        draft.gathering = gathering
        draft.headline = s.index == 0 and self.text.article.title is not None
        draft.background, draft.told = is_background(s, t), is_told(s, t)
        draft.recalled = is_recalled(s, t)
        draft.background = draft.background or draft.recalled
        args = read_arguments(s, t)
        date_event(s, t, draft)
        date_within(s, t, draft)
        if draft.rule == "day-of-publication" and is_earlier(s, t):
            draft.forget_date()  # "spoke today of X's recent journey"
        if draft.status == "planned" and was_due(s, t):
            _nearest(draft, self.published)
        elif draft.rule == "weekday-before-publication" and draft.date != self.published:
            _schedule(s, t, draft)
        reason = ASSEMBLE.get(t.kind, ASSEMBLE[t.top])(s, t, args, draft)
        if reason is not None:
            return reason
        for one in draft.apart:
            if one.rule == "weekday-before-publication" and one.date != self.published:
                _schedule(s, t, one)
        if draft.status == "planned" and draft.date is None and draft.top in _SOON and s.index in self.turns:
            return ""  # "we will talk about it in detail"
        if set_apart(s, t) or (draft.status == "planned" and not t.predicate and _told_before(s, t)):
            draft.aside = True
        if draft.top in _OF_UNIONS:
            draft.parties = united(draft.parties, self.authority)
        if draft.top not in ("call", "message") and draft.kind not in _PLACELESS:
            locate(s, t, args, draft)
        if draft.top == "visit":
            last_for(s, t, draft)
        else:
            day_of_visit(s, draft)
        self._date_by_occasion(s, t, draft)
        lies_back = (draft.told and "to" not in s.text.low[t.start - 7 : t.start]) or _was_so(s, t, draft)
        _look_ahead(draft, self.published, lies_back=lies_back)
        if draft.top == "conference" and draft.date is None and self.published and self._goes_on(t):
            draft.date, draft.rule = self.published[:7], "month-of-publication"
        if draft.date and self.published and sure == "occurred" and _after(draft.date, self.published):
            verb = s.text.low[t.start]
            past = t.predicate and (verb.endswith("ed") or verb in s.lex.verbs)
            if past and draft.rule == "year-of-publication" and _far_ahead(draft.date, self.published):
                draft.date = "/".join(shift_years(day, -1) for day in draft.date.split("/"))
            elif t.top == "visit" and t.predicate and (verb.endswith("ed") or verb in _GONE):
                draft.forget_date()  # "arrived in X for the summit |on May 28|"
            elif not (
                draft.top in _TALKS
                and t.predicate
                and verb in s.lex.verbs
                and _the_day_after(draft.date, self.published)
            ):
                draft.status = "planned"  # not "|met| on May 28", where it is the 27th still
        if draft.top != "appointment":
            homes = s.register.homes(draft.people)
            draft.parties |= homes if homes <= self.authority.countries.keys() else united(homes, self.authority)
        if self._is_to_come(t, draft) or (sure == "occurred" and self._later(s, draft)):
            draft.status = "planned"
        return draft

    def _later(self, s: Sentence, draft: Draft) -> bool:
        """Whether the date given is still ahead: "at the summit |later this month|"."""
        told = (w for w in s.whens if w.value == draft.date)
        return any(self.text.folded.startswith("later this", w.start) for w in told)

    def _is_to_come(self, t: Trigger, draft: Draft) -> bool:
        """Whether a noun speaks of what is told as ahead: "X will meet Y. |Their meeting comes| as …"."""
        if t.predicate or draft.date is not None or not draft.people or self.text.low[t.end] not in _COMING:
            return False
        told = [d for d in self.drafts if d.top == draft.top and d.people == draft.people]
        return bool(told) and all(d.status == "planned" for d in told)

    def _date_by_occasion(self, s: Sentence, t: Trigger, draft: Draft) -> None:
        """Date what a gathering told right before, or the visit of the news, brought: "|The visit| saw the signing"."""
        if draft.date is None and s.index and (day := self._day_of_remark(s) or self._day_of_meeting(s, t)):
            draft.take_day(day)
        if draft.date is not None or draft.top not in ("signing", "relations") or not self.drafts or not s.index:
            return
        opening = s.triggers[0]
        near = self.drafts[-1].top == opening.top and self.drafts[-1].spans[-1] == self.text.spans[s.index - 1]
        news = (d for d in self.drafts if d.top == opening.top == "visit" and (d.main or d.lead))
        told = self.drafts[-1] if near else next(news, None)
        if told is None or told.date is None or told.top not in _OCCASIONS_TOLD:
            return
        first = opening.top == told.top and opening.start < t.start and opening.start - s.first < 3
        if first and not opening.predicate and self.text.low[opening.start - 1] in _DEFINITE:
            draft.share_within(told)
            if draft.status == "planned" and told.date == self.published:
                draft.date = told.date[:7]  # of a visit that begins today

    def _day_of_remark(self, s: Sentence) -> When | None:
        """The day on which something was said of which it is told when: "X |made the remarks| when meeting Y"."""
        said = self.text.says("remarking", *s.span)
        if said is None:
            return None
        rows = (self.text.spans[k] for k in range(s.index - 1, max(-1, s.index - 3), -1))
        days = ([w for w in self.text.dates(*row, self.published) if len(w.value) == 10] for row in rows)
        return next((found[0] for found in days if found), None)

    def _day_of_meeting(self, s: Sentence, t: Trigger) -> When | None:
        """The day that opens the sentence before a talk that opens this one: "On May 2, X … |At the meeting|, Y"."""
        low = self.text.low
        if t.top != "meeting" or t.predicate or t.start - s.first > 4 or low[s.first] not in _WHERE_DONE:
            return None
        first, last = self.text.sentences[s.index - 1]
        days = self.text.dates(*self.text.span(first, last), self.published) if low[s.first + 1] == "the" else []
        opening = (w for w in days if len(w.value) == 10 and self.text.token_at(w.start) - first < 2)
        return next(opening, None)

    def _call_off(self, t: Trigger) -> None:
        """Take back what only the headline tells, where the text says that it will not be."""
        self.drafts[:] = [d for d in self.drafts if not (d.headline and d.top == t.top)]

    def _again(self, s: Sentence, t: Trigger) -> bool:
        """Take the date of what was told before: "The visit, which takes place from May 5 to 7, …"."""
        if t.predicate or t.top not in _TAKEN_UP:
            return False
        known = [d for d in self.drafts if d.top == t.top and (d.lead or d.spans[-1][1] < s.span[0])]
        if t.top == "appointment":
            known = [d for d in known if d.kind == t.kind]  # not "the dismissal" of one appointed
        when = self._day_before(s, t) or (date_behind(s, t) if self.text.low[t.start - 1] in _DEFINITE else None)
        if not known or when is None or len(when.value) == 4:
            return False
        day = (when.start, when.end) if len(when.value) == 10 else (s.span[0], s.span[0])  # not "|last| Friday" itself
        if self.text.says("background", s.span[0], day[0]) or self.text.says("background", day[1], s.span[1]):
            return False
        again = Draft(t.kind, t.top)
        again.take_date(when)
        last = known[-1] if not known[0].lead else known[0]
        if self._long_before(last, again):
            return False
        if t.top == "visit" and not _ENDING.isdisjoint(self.text.low[t.end : self.text.token_at(when.start)]):
            _end_on(last, when.value)
            return True  # "The visit, which |ends| on Friday, includes"
        whole = last.top == "visit" and "/" in when.value and compatible(last.date, when.value)
        if last.date is None or last.rule == "day-of-publication" or whole:
            last.date_as(again)
            last.spans.append(s.span)
        return True

    def _day_before(self, s: Sentence, t: Trigger) -> When | None:
        """The day by which a noun takes up what was told before: "At |Monday's| meeting, the two leaders …"."""
        if self.text.low[t.start - 1] != "'s":
            return None
        return next((w for w in s.whens if self.text.token_at(w.end) == t.start - 1), None)

    def _speaks_of(self, s: Sentence, t: Trigger) -> bool:
        """Whether a noun takes up what is told elsewhere: a headline's, "the three-day visit", "(Reappointment)"."""
        if s.index == 0 and self.text.article.title is not None:
            return True
        if t.predicate:
            return False
        named = {m.person for m in self.text.mentions[s.index] if m.type == "person"}
        if not self.text.mentions[s.index] or (
            named and any(d.top == t.top and named <= d.people for d in self.drafts)
        ):
            return True
        before = reversed(self.text.low[max(s.first, t.start - 4) : t.start])
        return next((w for w in before if w in _DEFINITE or w in _PARTING), "") in _DEFINITE

    def _goes_on(self, t: Trigger) -> bool:
        """Whether the words before a phrase tell that it goes on: "the ongoing talks"."""
        return self.text.says("ongoing", max(0, t.hit.start - 40), t.hit.start) is not None

    def _add(self, draft: Draft) -> None:
        for known in self.drafts:
            if self._one(known, draft):
                self._merge(known, draft)
                return
        self.drafts.append(draft)

    def _give_way(self, talks: list[Draft]) -> None:
        """Drop what a headline tells together, told now of one after the other: "X meets Chadian, Malian ministers"."""
        sides, people = (set().union(*one) for one in ([d.parties for d in talks], [d.people for d in talks]))
        self.drafts[:] = [
            d
            for d in self.drafts
            if not (d.headline and d.top == talks[0].top and d.parties <= sides and d.people <= people)
            or any(d.parties <= one.parties for one in talks)
        ]

    def _part(self, whole: Draft) -> None:
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
        if (
            (a.top != b.top and not (_one_talk(a, b) or _headline_of(a, b) or _called_meeting(a, b)))
            or not (compatible(a.date, b.date) or self._set_out(a, b) or _reported_after(a, b))
            or self._long_before(a, b)
            or self._long_before(b, a)
            or (b.recalled and not self._same_day(a, b))
        ):
            return False
        one = a.headline or b.headline or a.aside or b.aside or _named_to_come(a, b) or _numbered_alike(a, b)
        one = one or _taken_up(a, b)
        one = one or _told_together(a, b)
        if a.status != b.status and not one:
            return False
        if a.top == "conference" and b.kind in _UNSURE:
            return a.spans[-1] == b.spans[-1]  # "held consultations where they exchanged views"
        if a.top == "conference":
            return a.called(b.name) or self._headlined(a, b) or _called_meeting(a, b)
        if "credentials" in (a.kind, b.kind):
            same = a.kind == b.kind or (b.kind == b.top and not b.people)  # "The ceremony was on Friday"
            same = same or (a.headline and a.kind == a.top)
            return same and bool(a.people & b.people or a.parties & b.parties)
        if a.top == "appointment" and a.name != b.name:
            return False
        if a.top == "statement" and a.people and not b.people and a.date != b.date:
            return False  # a spokesperson's, and then one that it recalls
        if a.top == "signing" and a.name != b.name and not (a.headline or b.headline):
            return False
        if a.top == "signing" and (a.kind == "ratification") != (b.kind == "ratification"):
            return False
        if a.top == "signing" and b.pointing and not {a.kind, b.kind} & _EACH_BY_ITSELF:
            return bool(a.parties & b.parties) or len(a.parties) < 2
        if (
            a.top in ("coercion", "relations", "ceremony", "appointment")
            and a.kind != b.kind
            and a.top not in (a.kind, b.kind)
        ):
            return False
        if a.top == "meeting" and a.name != b.name and not (a.headline or b.headline):
            return False  # with other people unnamed
        if a.top == "ceremony" and a.name != b.name and (a.kind != b.kind or (a.name and b.name)) and not a.headline:
            return False  # "hosted a banquet", and then "planted a tree"
        people_a, people_b = a.people, b.people
        if a.top == "message" and not a.sent_with(b):
            return False
        if people_a and people_b:
            if not people_a & people_b:
                return False
            if a.top == "appointment":
                return people_a == people_b or (a.headline and people_a <= people_b)
            if a.top in ("meeting", "call", "signing") and not (people_a <= people_b or people_b <= people_a):
                return False
        elif not (a.parties & b.parties):
            return False
        if a.top in ("meeting", "signing") and not (a.headline or b.headline) and self._of_others(a, b):
            return False  # "met a delegation of X", and then one of the Y parliament
        told_apart = a.top == "meeting" and not (a.headline or b.headline) and a.spans[-1] != b.spans[-1]
        if told_apart and (self._sees_another(a, b) or self._sees_another(b, a)):
            return False  # "met Prime Minister X of Y", and then Y's president
        apart = a.place and b.place and self.lex.country_of(a.place) != self.lex.country_of(b.place)
        if apart and a.top in _SOMEWHERE:
            return False
        if a.top == "aid" and ((a.name and b.name and not _about(a.name, b.name)) or self._besides(a, b)):
            return False
        if a.top == "coercion" and a.helped and b.helped and not (a.parties - a.helped) & (b.parties - b.helped):
            return False  # by others
        if a.top == "aid":
            given, told = self._states(a.parties), self._states(b.parties)
            return given <= told or told <= given
        if a.top in ("meeting", "call", "message", "coercion", "relations", "signing"):
            lands_a, lands_b = (d.parties & self.authority.countries.keys() for d in (a, b))
            if not (lands_a <= lands_b or lands_b <= lands_a):
                return False
            known = min(len(people_a), len(people_b)) if a.top != "message" else 2
            if lands_a != lands_b and min(len(lands_a), len(lands_b), known) > 1 and not (a.headline or b.headline):
                return False  # two met, and then three
        return len(a.parties & b.parties) * 2 >= min(len(a.parties), len(b.parties))

    def _besides(self, a: Draft, b: Draft) -> bool:
        """Whether a gift is told in a sentence of its own to have been made as well: "Japan |also donated| boats"."""
        k = self.text.token_at(b.order)
        return "also" in self.text.low[max(0, k - 2) : k] and not a.headline and a.spans[-1] != b.spans[-1]

    def _set_out(self, a: Draft, b: Draft) -> bool:
        """Whether two journeys are one that is told by its departure and, a day later, its arrival."""
        one, other = parse_day(a.date or ""), parse_day(b.date or "")
        if a.top != "visit" or a.status != b.status or not a.people or a.people != b.people or not (one and other):
            return False
        land, where = (self.lex.country_of(d.place or "") for d in (a, b))
        return land is not None and land == where and abs((one - other).days) == 1

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
        if self._called_plainly(a, b):
            return True
        if not (a.headline and b.lead) or (len(kinds) > 1 and kinds - _GATHERINGS and kinds != _ROUNDS):
            return False
        named = name_words(a.name) & name_words(b.name)
        alike = a.parties == b.parties if len(named) < _SURELY_ONE else a.parties <= b.parties
        alike = alike and (len(a.parties) > 1 or len(named) >= _SURELY_ONE)
        return alike or bool(a.parties & b.parties & self.authority.organisations.keys())

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

    def _long_before(self, news: Draft, other: Draft) -> bool:
        """Whether something lies more than a month behind news that gives no date."""
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


def _told_before(s: Sentence, t: Trigger) -> bool:
    """Whether an event is only what something is told to have happened before: "met X |ahead of| the ceremony"."""
    lead = s.text.low[max(s.first, t.start - 9) : t.start]
    return any(a in _AHEAD and b in ("of", "to") and "," not in lead[n:] for n, (a, b) in enumerate(pairwise(lead)))


def _family(top: str) -> str:
    """The kind of event, all sorts of talks being one."""
    return _TALKS[0] if top in _TALKS else top


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


def _taken_up(a: Draft, b: Draft) -> bool:
    """Whether a gathering of the news is spoken of again by its name, and given no other day."""
    again = a.top == b.top == "conference" and a.lead and b.date is None and not b.background
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
    spans = [d for d in (a, b) if a.top == "visit" and d.date and len(d.date) == 21]
    if len(spans) == 1 and a.date and b.date:
        return spans[0]
    return a if overlay(a.date, b.date) == a.date else b


def _schedule(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Put a weekday ahead that was taken for the last of its name: "to visit Y on Thursday", "arrives on Tuesday"."""
    day = parse_day(draft.date or "")
    told = (t, *(x for x in s.triggers if x.top == "visit" and x.start < t.start))  # "|leaves| on Monday to attend Z"
    if draft.top == "aid" and any(of_resolving(s, t, w) for w in s.whens if (w.start, w.end) in draft.premises):
        return  # "X |said on Tuesday| it will give": a gift is of the day on which it is pledged
    if day is not None and draft.status == "planned" and _of_what_was_done(s, t, draft.premises):
        draft.forget_date()  # "arrived on Monday and is to meet X"
    elif day is not None and (draft.status == "planned" or any(is_scheduled(s, x, draft.premises) for x in told)):
        draft.date, draft.rule = (day + timedelta(days=7)).isoformat(), "weekday-after-publication"


def _nearest(draft: Draft, published: str | None) -> None:
    """Take the nearer of two weekdays for what it is told had been planned: "|was to meet| X on Tuesday"."""
    day, told = parse_day(draft.date or ""), parse_day(published or "")
    if day is None or told is None or not (draft.rule or "").startswith("weekday"):
        return
    away = (day - told).days
    week = 7 if away < -_JUST_BEFORE else -7 if away >= 7 - _JUST_BEFORE else 0
    if week:
        draft.date = (day + timedelta(days=week)).isoformat()
        draft.rule = f"weekday-{'after' if week > 0 else 'before'}-publication"


def _end_on(journey: Draft, last: str) -> None:
    """Give a journey of which the first day is known its last day, of a weekday the next of its name."""
    begun, day = parse_day(journey.date or ""), parse_day(last)
    if begun is None or day is None:
        return
    if day < begun and begun - day < timedelta(days=7):
        day += timedelta(days=7)
    if begun < day:
        journey.date, journey.rule = f"{begun.isoformat()}/{day.isoformat()}", "duration"


def _of_what_was_done(s: Sentence, t: Trigger, premises: list[Span]) -> bool:
    """Whether a day before a phrase is that of what is told before it as done."""
    told = [x for x in s.triggers if x.predicate and any(x.hit.end <= begin < t.hit.start for begin, _ in premises)]
    return bool(told) and status(s, told[-1]) == "occurred"


def _look_ahead(draft: Draft, day: str | None, *, lies_back: bool) -> None:
    """Put a month that was taken for the last of its name in the coming year, if the event is planned.

    A gathering is in the month of that name that is nearer, unless something is told as done at it.
    A year far ahead is a goal set ("plans to 2045"), not the day of something told as done.
    """
    aimed_at = draft.status == "occurred" or (draft.top in _SOON and len(draft.date or "") == 4)
    if draft.date and day and aimed_at and int(draft.date[:4]) > int(day[:4]) + 1:
        draft.forget_date()
    if draft.date and day and draft.status == "planned" and len(draft.date) == 4 and draft.date < day[:4]:
        draft.forget_date()  # that of what was told before
    if draft.date and day and draft.rule == "month-before-publication" and draft.date < day[:7]:
        back = int(day[:4]) * 12 + int(day[5:7]) - int(draft.date[:4]) * 12 - int(draft.date[5:7])
        nearer = draft.top == "conference" and back > 6 and not (draft.background or lies_back)
        if draft.status == "planned" or nearer:
            draft.date, draft.status = f"{int(draft.date[:4]) + 1}{draft.date[4:]}", "planned"


def _was_so(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the verb of a dated noun is in the past: "the summit in February |brought| no agreement"."""
    end = max((end for _, end in draft.premises), default=0)
    if t.predicate or end < t.hit.end or s.text.token_at(end) >= s.last:
        return False
    verb = s.text.low[s.text.token_at(end)]
    return verb.endswith("ed") or verb in s.lex.verbs


def _the_day_after(date: str, day: str) -> bool:
    """Whether an EDTF value is the day after another, where the calendar is ahead."""
    given = parse_day(day)
    return given is not None and date == (given + timedelta(days=1)).isoformat()


def _far_ahead(date: str, day: str) -> bool:
    """Whether the days of an EDTF value lie farther ahead than what is told too early: then they are of last year."""
    first, given = parse_day(date.partition("/")[0]), parse_day(day)
    return first is not None and given is not None and (first - given).days > _TOO_EARLY


def _after(date: str, day: str) -> bool:
    """Whether an EDTF value lies wholly after a day."""
    return bounds(date)[0] > bounds(day)[1]
