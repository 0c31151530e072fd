"""Events: the drafts of all sentences, one a real occurrence, main ones told from background and dated."""

from bisect import bisect_right
from datetime import date, timedelta
from itertools import pairwise

from kg.edtf import bounds
from kg.language.dates import When, compatible, parse_day, shift_years
from kg.language.lexicon import EVENTS, Hit
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.arguments import read_arguments
from kg.mappers.authors import find_author
from kg.mappers.background import is_background, is_earlier, is_recalled, is_time_before, is_told
from kg.mappers.circumstances import date_behind, date_event, date_within, locate, of_resolving, opens_apart, set_apart
from kg.mappers.claims import Span, Unread
from kg.mappers.clauses import Context, Sentence, Trigger
from kg.mappers.coreference import Coreference
from kg.mappers.drafts import Draft
from kg.mappers.groups import find_groups
from kg.mappers.instruments import find_instruments
from kg.mappers.kinds import ASSEMBLE
from kg.mappers.kinds.deeds import find_deeds
from kg.mappers.kinds.gathering import find_gathering
from kg.mappers.kinds.nominations import nominate
from kg.mappers.kinds.signing import issue
from kg.mappers.kinds.stays import day_of_visit, last_for
from kg.mappers.kinds.ties import find_ties
from kg.mappers.kinds.unions import united
from kg.mappers.kinds.visit import VISITING, guests_of, in_headline, there_for
from kg.mappers.lead import lead_sentences
from kg.mappers.modality import is_called_off, of_outcome, status
from kg.mappers.news import settle
from kg.mappers.person import Register
from kg.mappers.plans import is_scheduled, was_due
from kg.mappers.presence import Presence
from kg.mappers.reference import behind_opening, guest_of
from kg.mappers.turns import find_guest, find_turns, spoken_of

_BEING = words("grammar", "passive_helpers")
_DEFINITE = words("grammar", "definite_determiners")
_PARTING = words("acts", "no_adjectives") | words("grammar", "indefinite_determiners") | {","}
_TELLING = words("grammar", "announcing_verbs")
_ENDS = (",", '"', "”")
_LONGEST_APPOSITION = 9
"""Tokens that may tell between commas who somebody is."""
_NOT_SUBJECT = words("grammar", "before_no_subject")
_GONE = words("grammar", "gone")
_WHERE_DONE = words("grammar", "attending_prepositions")
_FOLLOWED = words("grammar", "afterwards")
_FEW = 8
"""The drafts told last among which is that which something is told to come before."""
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

_AHEAD = words("gatherings", "ahead_of")
_COMING = words("grammar", "verbs_of_its_time")
_PLACELESS = ("condemnation", "threat", "protest-note")
"""Kinds of statement told with the place of the deed they are about."""

_OF_UNIONS = ("aid", "coercion", "signing", "appointment")
"""Kinds that are the union's where an organ of it acts."""

_TALKS = ("meeting", "call", "conference")
_OCCASIONS_TOLD = ("conference", "visit", "meeting")
_ENDING = words("grammar", "ending_words")

_NEAR_BEHIND = 6
"""Tokens behind an act within which the occasion is named that it was done at."""
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
        self.coreference = Coreference(register, self.drafts, published, self.lead)
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
            self.coreference.part(draft)
        self._drop_unattended()
        settle(self.text, self.register, self.drafts, self.published)
        told = {_family(d.top) for d in self.drafts}
        return self.drafts, [sentence for sentence, again in self.unread if again not in told]

    def _drop_unattended(self) -> None:
        """Take back the gatherings of which nobody was told to take part in the end."""
        for draft in [d for d in self.drafts if d.top == "conference" and not d.weight()]:
            self.drafts.remove(draft)
            reason = "whose gathering it is is not stated"
            self.unread.append((Unread(draft.spans[0], draft.kind, reason), _family(draft.top)))

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
            if m.type in ("person", "office", "guest", "envoy"):
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
        if low[end] == ",":
            styled = m.name is not None and m.name[1] < end  # "X, spokesman of Y, told"
            end += 1 if styled else 2 + beside.index(",") if "," in beside else 0
        return low[end] in _TELLING or (low[m.start - 1] in _TELLING and low[m.start - 2] in _ENDS)

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
                    self.coreference.give_way(legs)
                for leg in legs:
                    self.coreference.add(leg)
                for visit in guests_of(sentence, draft) if visiting else ():
                    self.coreference.add(visit)
            elif draft and not self._again(sentence, trigger):
                again = _family(trigger.top) if self._speaks_of(sentence, trigger) else ""
                self.unread.append((Unread(sentence.span, trigger.kind, draft), again))
        for visit in there_for(sentence):
            self.coreference.add(visit)
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
        return guest_of(s, host) if goal and home and self.lex.country_of(goal.value) == home else []

    def _draft(self, s: Sentence, t: Trigger) -> Draft | str:
        """The event a trigger tells, or why it tells none ("" where it is none of its own)."""
        sure = status(s, t)
        if sure == "unreal" and is_called_off(s, t):
            self._call_off(t)
        gathering = find_gathering(s, t) if sure != "unreal" and t.top == "conference" else None
        if sure == "unreal" or (t.top == "conference" and gathering is None):
            return ""
        if _counted_anew(s, t) and any(d.top == t.top for d in self.drafts[-_FEW:]):
            return ""
        draft = Draft(t.kind, t.top, status=sure, spans=[s.span], lead=s.index < self.lead, order=t.hit.start)
        draft.gathering = gathering
        draft.headline = s.index == 0 and self.text.article.title is not None
        draft.recalled, draft.told = is_recalled(s, t) or is_time_before(s, t), is_told(s, t)
        draft.background = is_background(s, t) or draft.recalled
        args = read_arguments(s, t)
        self._date(s, t, draft)
        reason = ASSEMBLE.get(t.kind, ASSEMBLE[t.top])(s, t, args, draft)
        if reason is not None:
            return reason
        for one in draft.apart:
            if one.rule == "weekday-before-publication" and one.date != self.published:
                _schedule(s, t, one)
        if draft.status == "planned" and draft.date is None and draft.top in _SOON and s.index in self.turns:
            return ""  # "we will talk about it in detail"
        if (
            set_apart(s, t)
            or (draft.date is None and opens_apart(s, t))
            or (draft.status == "planned" and not t.predicate and _told_before(s, t))
        ):
            draft.aside = True
        draft.aside = draft.aside or _counted_first(s, t)
        if draft.top in _OF_UNIONS:
            draft.parties = united(draft.parties, self.authority)
        if draft.top not in ("call", "message") and draft.kind not in _PLACELESS:
            locate(s, t, args, draft)
        self._date_by_others(s, t, draft)
        if draft.date and self.published and sure == "occurred" and _after(draft.date, self.published):
            self._look_back(s, t, draft)
        if draft.top != "appointment":
            homes = s.register.homes(draft.people)
            draft.parties |= homes if homes <= self.authority.countries.keys() else united(homes, self.authority)
        if self._is_to_come(t, draft) or (sure == "occurred" and self._later(s, draft)):
            draft.status = "planned"
        return draft

    def _date(self, s: Sentence, t: Trigger, draft: Draft) -> None:
        """Date an event by its sentence."""
        date_event(s, t, draft)
        date_within(s, t, draft)
        if draft.rule == "day-of-publication" and is_earlier(s, t):
            draft.forget_date()  # "spoke today of X's recent journey"
        if draft.status == "planned" and was_due(s, t):
            _nearest(draft, self.published)
        elif draft.status == "planned" and (next_told := _followed_by(s, t)) is not None:
            _put_before(draft, next_told, self.published)
        elif draft.rule == "weekday-before-publication" and draft.date != self.published:
            _schedule(s, t, draft)
        elif draft.rule == "counted-from-date" and (journey := self._planned_for(draft)) is not None:
            draft.date_as(journey)  # "flies to X |on Thursday|. He will meet Y the same day"
            draft.status = "planned"
        elif draft.rule == "month-before-publication" and t.top == "visit" and is_scheduled(s, t, draft.premises):
            draft.status = "planned"  # "leaves in November for Y"

    def _planned_for(self, draft: Draft) -> Draft | None:
        """What is planned for the weekday after the article from which a date was counted as if it lay before."""
        day = parse_day(draft.date or "")
        if day is None or not self.published or (draft.date or "") > self.published:
            return None
        ahead = (day + timedelta(days=7)).isoformat()
        near = (d for d in self.drafts[-_FEW:] if d.status == "planned" and d.rule == "weekday-after-publication")
        return next((d for d in near if d.date == ahead), None)

    def _date_by_others(self, s: Sentence, t: Trigger, draft: Draft) -> None:
        """Date an event by how long it lasts, by what was told before, and by the day of the article."""
        if draft.top in ("visit", "conference"):
            last_for(s, t, draft)
        if draft.top != "visit":
            day_of_visit(s, draft)
        self._date_by_occasion(s, t, draft)
        lies_back = (draft.told and "to" not in s.text.low[max(0, t.start - 7) : t.start]) or _was_so(s, t, draft)
        lies_back = lies_back or any(self.text.folded.startswith("last ", begin) for begin, _ in draft.premises)
        _look_ahead(draft, self.published, lies_back=lies_back)
        if draft.top == "conference" and draft.date is None and self.published and self._goes_on(t):
            draft.date, draft.rule = self.published[:7], "month-of-publication"

    def _look_back(self, s: Sentence, t: Trigger, draft: Draft) -> None:
        """Take what is told as done for a day still ahead as of the year before, of no day, or as planned."""
        verb, published = s.text.low[t.start], self.published or ""
        past = t.predicate and (verb.endswith("ed") or verb in s.lex.verbs)
        last_year = past and draft.rule == "year-of-publication" and _far_ahead(draft.date or "", published)
        if last_year or (draft.rule and of_outcome(s, t)):
            draft.date = "/".join(shift_years(day, -1) for day in (draft.date or "").split("/"))
        elif (
            (past or verb in _GONE) and draft.rule == "weekday-after-publication" and _is_own_day(s, t, draft.premises)
        ):
            day = parse_day(draft.date or "")
            draft.date = (day - timedelta(days=7)).isoformat() if day else None
            draft.rule = "weekday-before-publication"  # "had been due in May, but he |arrived in X on Monday|"
        elif t.top == "visit" and t.predicate and (verb.endswith("ed") or verb in _GONE):
            draft.forget_date()  # "arrived in X for the summit |on May 28|"
        elif not (
            draft.top in _TALKS and t.predicate and verb in s.lex.verbs and _the_day_after(draft.date or "", published)
        ):
            draft.status = "planned"  # not "|met| on May 28", where it is the 27th still

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
        opening = s.triggers[0] if s.triggers[0].start < t.start else self._occasion_behind(s, t, draft)
        near = self.drafts[-1].top == opening.top and self.drafts[-1].spans[-1] == self.text.spans[s.index - 1]
        news = (d for d in self.drafts if d.top == opening.top == "visit" and (d.main or d.lead))
        told = self.drafts[-1] if near else next(news, None)
        if told is None or told.date is None or told.top not in _OCCASIONS_TOLD:
            return
        first = opening.top == told.top and (opening.start > t.start or opening.start - s.first < 3)
        if first and not opening.predicate and self.text.low[opening.start - 1] in _DEFINITE:
            draft.share_within(told)
            if draft.status == "planned" and told.date == self.published:
                draft.date = told.date[:7]  # of a visit that begins today

    def _occasion_behind(self, s: Sentence, t: Trigger, draft: Draft) -> Trigger:
        """The occasion named behind what was done there: "signed a pact after |the talks|"; else the phrase itself."""
        ends = (p.end for p in self.instruments.get(s.index, ()) if p.start in draft.instruments)
        end = max([t.end, *ends])
        near = (x for x in s.triggers if x.top in _TALKS and 1 < x.start - end < _NEAR_BEHIND)
        return next((x for x in near if "," not in s.text.low[end : x.start]), t)

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
        if self.coreference.long_before(last, again):
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


def _told_before(s: Sentence, t: Trigger) -> bool:
    """Whether an event is only what something is told to have happened before: "met X |ahead of| the ceremony"."""
    lead = s.text.low[max(s.first, t.start - 9) : t.start]
    return any(a in _AHEAD and b in ("of", "to") and "," not in lead[n:] for n, (a, b) in enumerate(pairwise(lead)))


def _counted_anew(s: Sentence, t: Trigger) -> bool:
    """Whether it is only told that what was told before is new: "It |will be the first time| a queen |visits| Y"."""
    if t.top not in _SOON or not t.predicate or "time" not in s.text.vocabulary:
        return False
    low, near = s.text.low, range(max(s.first + 1, t.start - 14), t.start - 2)
    at = next((k for k in near if low[k : k + 3] == ["the", "first", "time"]), None)
    return at is not None and low[at - 1] in _BEING and "," not in low[at : t.start]


def _counted_first(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is only told to be the first who travels: "Roe, |the first minister to visit| Y since May"."""
    low = s.text.low
    if t.top != "visit" or not t.predicate or low[t.start - 1] != "to":
        return False
    return any(low[k : k + 3] == [",", "the", "first"] for k in range(max(s.first, t.start - 10), t.start - 3))


def _family(top: str) -> str:
    """The kind of event, all sorts of talks being one."""
    return _TALKS[0] if top in _TALKS else top


def _schedule(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Put a weekday ahead that was taken for the last of its name: "to visit Y on Thursday", "arrives on Tuesday"."""
    days = [parse_day(day) for day in (draft.date or "").split("/")]
    week = [(day + timedelta(days=7)).isoformat() for day in days if day is not None]
    before = (x for x in s.triggers if x.start < t.start)
    told = (t, *(x for x in before if x.top == "visit" or (x.top == "meeting" and x.predicate)))
    # "|leaves| on Monday to attend Z", "|meet| on Monday for a summit"
    if draft.top == "aid" and any(of_resolving(s, t, w) for w in s.whens if (w.start, w.end) in draft.premises):
        return  # "X |said on Tuesday| it will give": a gift is of the day on which it is pledged
    if week and draft.status == "planned" and _of_what_was_done(s, t, draft.premises):
        draft.forget_date()  # "arrived on Monday and is to meet X"
    elif week and (draft.status == "planned" or any(is_scheduled(s, x, draft.premises) for x in told)):
        draft.date, draft.rule = "/".join(week), "weekday-after-publication"


def _is_own_day(s: Sentence, t: Trigger, premises: list[Span]) -> bool:
    """Whether nothing that may be on another day stands between a verb and a day behind it."""
    first = premises[0][0] if premises else 0
    near = s.text.low[t.end : s.text.token_at(first)] if first > t.hit.end else ["for"]
    return "for" not in near and not any(t.hit.end <= x.hit.start < first for x in s.triggers)


def _followed_by(s: Sentence, t: Trigger) -> date | None:
    """The day of what lies ahead and comes after what a noun tells: "will fly to Y on Friday, |following talks|"."""
    if t.predicate or s.text.low[t.start - 1] not in _FOLLOWED:
        return None
    ahead = next((d for d in reversed(s.drafts[-_FEW:]) if d.spans[-1] == s.span and d.order < t.hit.start), None)
    return parse_day((ahead.date or "").partition("/")[0]) if ahead and ahead.status == "planned" else None


def _put_before(draft: Draft, day: date, published: str | None) -> None:
    """Give an event the last weekday of its name before a day, and tell it as done where that lies back."""
    told, of_text = parse_day(draft.date or ""), parse_day(published or "")
    if told is None or of_text is None or not (draft.rule or "").startswith("weekday"):
        return
    that = day - timedelta(days=(day.weekday() - told.weekday()) % 7)
    draft.date, draft.status = that.isoformat(), "planned" if that > of_text else "occurred"
    draft.rule = f"weekday-{'after' if that > of_text else 'before'}-publication"


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
    A day that lies far back is of the next year. A year far ahead is a goal set ("plans to 2045"), not the day of
    something told as done.
    """
    aimed_at = draft.status == "occurred" or (draft.top in _SOON and len(draft.date or "") == 4)
    if draft.date and day and aimed_at and int(draft.date[:4]) > int(day[:4]) + 1:
        draft.forget_date()
    if draft.date and day and draft.status == "planned" and len(draft.date) == 4 and draft.date < day[:4]:
        draft.forget_date()  # that of what was told before
    first, given = parse_day((draft.date or "").partition("/")[0]), parse_day(day or "")
    passed = first is not None and given is not None and (given - first).days > _TOO_EARLY
    if passed and draft.status == "planned" and draft.rule == "year-of-publication":
        draft.date = "/".join(shift_years(d, 1) for d in (draft.date or "").split("/"))
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
