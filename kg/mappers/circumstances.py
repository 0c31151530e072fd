"""Circumstances: which of the dates and places that a sentence tells are those of an event phrase."""

from itertools import pairwise

from kg.edtf import bounds
from kg.language.dates import DATE_WORDS, WEEKDAYS, When, compatible
from kg.language.lexicon import AGREEMENTS
from kg.language.words import read_lexicon, words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, is_source

_CLAUSE_BREAKS = words("grammar", "clause_breaks")
_AUXILIARIES = words("grammar", "auxiliaries")
_BEING = words("grammar", "passive_helpers")
_LASTING = frozenset(("relations", "appointment", "coercion"))
_SUBORDINATORS = words("grammar", "subordinators")
_AT_ONCE = ("when",)
"""What opens a clause on something of the same day."""
_DONE_TO_TEXTS = words("grammar", "done_to_texts")
_ABOUT = words("grammar", "about_topics")
_CONCLUDED = words("grammar", "past_of_instruments")
_DONE_TO_THINGS = _DONE_TO_TEXTS | words("grammar", "done_to_occasions")
_DATING = words("grammar", "before_dates")
_BEFORE_FINITE = words("grammar", "before_finite")
_WHERE_DONE = words("grammar", "attending_prepositions")
_SAID = words("grammar", "said_verbs")
_OCCASIONS = words("grammar", "before_occasions")
_PLACING = words("grammar", "placing_prepositions")
_APART = words("grammar", "apart")
_TOPICS = words("grammar", "topics")
_RUNNING = words("gatherings", "running")
_TAKING_PLACE = words("gatherings", "taking_place")
_OPENING_OR_CLOSING = words("gatherings", "running_verbs")
_SET_OFF = words("grammar", "set_off_verbs")
_BEFORE_TOWNS = words("grammar", "before_towns")
_REPORTS = words("grammar", "report_words")
_RELATIVES = ("that", "which")
_HELD = words("grammar", "held_verbs")
_WHO = frozenset(("who", "whom", "whose", "where"))
_CAME = "came"
_BY_WHOM = ("who", "whom", "where")
_OPENING_ASIDES = ("who", "whose", "which", "where", ",")
_TO_COME = words("acts", "future_auxiliaries") | {"would"}
_IS_TO = (("is", "to"), ("are", "to"), ("was", "to"), ("were", "to"))
_AFTER = words("grammar", "afterwards")
_ANSWERS = words("grammar", "answers")
_ANSWERED = ("to", "for")
_TALKED = ("meeting", "call")
_ARRANGING = words("grammar", "agreeing_verbs") | words("grammar", "bidding_guests")
_PLANNING = words("grammar", "planning_participles")
_DELAYING = words("grammar", "delaying_verbs")
_TILL = ("to", "until", "till")
_AT_FIRST = words("grammar", "at_first")
_FOUNDING = words("grammar", "founding_participles")
_DAYS = frozenset((*WEEKDAYS, *DATE_WORDS["reference"]))
_TERMS = words("grammar", "before_terms")
_DECIDING = words("acts", "deciding_verbs")
_EARLIER = words("grammar", "earlier_ones")
_WHOSE = words("dates", "whose")
_EXCHANGES = ("meeting", "call", "visit", "message")
_TALKS = (*_EXCHANGES, "conference")
_FROM_AFAR = ("call", "message")
"""Kinds that are no part of what they follow, and so need not be of its day."""
_ANYHOW = "exchange-of-views"
_OCCASIONS_BEFORE = ("meeting", "visit", "conference")
_TOLD_AHEAD = (*_TALKS, "signing", "coercion", "appointment", "relations", "ceremony", "aid")
"""Kinds that are done on another day than that on which it is said that they will be."""
_ORDINALS = words("grammar", "ordinals")
_COUNTING = frozenset(read_lexicon()["grammar"]["ordinals"][:12])
"""Those of the ordinals that are numbers."""
_SPACED = words("grammar", "afterwards") | {"before"}
_SPANS = words("grammar", "spans_of_time")
_AHEAD_OF = words("gatherings", "ahead_of")
_COUNTED = "counted-from-date"
_YEAR = 4
_A_DAY = 10
"""Letters from which on a date tells the day."""
_FAR_BEHIND = 14
"""Tokens at most between the word that sets something apart in time and the phrase that tells it."""
_UNTIL = words("acts", "limits")
_SINCE = words("grammar", "afterwards") | {"since"}
_ACTING = ("person", "office", "he", "group")
_SAYING = words("acts", "speaking_pronouns") | {"that"}
_CAUSES = tuple(f"{phrase} " for phrase in sorted(words("grammar", "cause_openings")))
_BEGIN_CAUSES = frozenset(phrase.split()[0] for phrase in _CAUSES)
_DEFINITE = words("grammar", "definite_determiners")
_NO_NOUNS = words("grammar", "before_no_subject") | _AUXILIARIES | _CLAUSE_BREAKS | words("grammar", "conjunctions")
_BEING_PAST = words("grammar", "forms_of_be_past")
_FARTHEST_CLEFT = 14
"""Tokens at most from "it was" to the clause of which it tells the day."""
_BROKEN = words("relations", "broken")
_OF_A_BREAK = 12
"""Tokens up to which a date behind relations may be that of their end."""
_OPENING = 5
"""Tokens at most before the noun of the phrase that opens a sentence: "In a short and friendly |talk|"."""
_SHORT_OPENING = 8
"""Tokens at most that stand before a day and tell nothing: "As Ukrinform reported,"."""
_FRAMED = 30
"""Letters at most that a day set before a sentence counts for as standing from its verb."""
_OF_NOUNS = 5
"""Tokens behind "'s" beyond which a verb does not tell of the noun that a date so stands before."""
_WITH = ("with", "to")
_RIGHT_BEHIND = 5
"""Letters up to which nothing but a preposition parts a date from a phrase: "cut |in| 2016"."""
_AS_OF = 24
"""Letters at most of "As of the end of" before a date by which, at the latest, what follows was so."""
_FARTHEST_OF = 4
"""Tokens behind a gathering up to what it is one of."""
_FARTHEST_RELATIVE = (8, 24)
"""Tokens between a phrase and the relative that goes on with it: of any event, and of a gathering with a long name."""
_OF_ONE_PHRASE = 24
"""Letters up to which a place and a preposition part a gathering from its date: "the Forum |in Quito in| May"."""


def _this_year(when: When) -> bool:
    """Whether words tell a year by the day of the text: "this year"."""
    return len(when.value) == 4 and when.rule != "stated"


def date_event(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Date the draft by the date that stands nearest the trigger."""
    if not draft.date and (day := _day_when(s, t) or _in_cleft(s, t)) is not None:
        draft.take_date(day)
    if draft.date or (t.top == "appointment" and any(first_since(s, x, t) for x in s.triggers)):
        return
    if not t.predicate and t.top != "conference" and _date_as_adjective(s, t, draft):
        return
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    end = s.text.span(t.start, _reach(s, t))[1]
    best: tuple[int, When] | None = None
    for when in s.whens:
        if _is_apart(s, t, when) or _is_of_the_telling(s, t, when, draft):
            continue
        cost = _distance(s, t, when, _behind_name(s, t, draft), inside=begin <= when.start < end)
        if cost < (300 if draft.lead else 180) and (best is None or cost < best[0]):
            best = (cost, when)
    if best is not None:
        draft.take_date(_narrower(s, t, best[1]))
        draft.reported = of_the_report(s, best[1])


def _date_as_adjective(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Date a noun by what is set before it: "the |2019| restoration of ties", "since the |June 2023| signing of"."""
    low, year = s.text.low, t.start - 1
    if low[year].isalpha() and low[year - 1].isdigit() and low[year] not in _NO_NOUNS:
        year -= 1  # "his |2019| state visit"
    if year <= s.first + 1 or not low[year].isdigit() or len(low[year]) != 4 or low[year][:2] not in ("19", "20"):
        return False
    when = next((w for w in s.whens if s.text.token_at(w.end) == year + 1), None)
    first = year if when is None else s.text.token_at(when.start)
    if low[first] in _DATING or low[first - 1] in _DATING or low[first - 1] in (",", "("):
        return False
    if when is None:
        draft.date = low[year]
    else:
        draft.take_date(when)
    return True


def _is_apart(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is surely that of something else: of what is counted from, of somebody, or of another deed."""
    folded, behind = s.text.folded, when.start > t.hit.end
    if behind and when.rule == _COUNTED and folded.endswith(" after", when.start, when.end):
        return True  # "restored ties on Monday, |six years after| a row"
    if (t.top not in _LASTING or _last_time(s, when)) and _since(s, t, when):
        return True  # "the first visit since 2016", "steps since the June 2023 declaration"
    if len(when.value) >= _A_DAY and (at := set_apart(s, t)) is not None and _beyond(s, t, when, at):
        return True  # "met on Saturday, |days after| the two had spoken"
    if not behind and _before_what_it_followed(s, t, when):
        return True  # "met on Monday |following| Y's donation to X", "|after| his talks with Z in May"
    if behind and t.predicate and len(when.value) < 10 and _of_what_it_followed(s, t, when):
        return True  # "withdrew its envoy following the coup |in 2006|"
    if behind and (_of_whom(s, t, when) or (not t.predicate and _of_the_other(s, t, when))):
        return True  # "expelled the envoy of X, |who was jailed this week|", "his visit |reciprocates| the one in June"
    told = t.top in _TALKS and not behind and s.text.low[s.text.token_at(when.end)] in _SAID
    if told and date_behind(s, t) is not None:
        return True  # "a statement |on Sunday| said the meeting was held on May 3"
    if not behind and _before_what_it_answers(s, t, when):
        return True  # "called the step on Monday a |response to| Y's decision to expel envoys"
    if not behind and t.top != "conference" and _of_opening_noun(s, t, when):
        return True  # "Following |Tuesday's| strikes, X recalled its envoy"
    if not behind and (t.top in _FROM_AFAR or t.kind == _ANYHOW) and _of_opening_talks(s, t, when):
        return True  # "Following the talks held in X |on May 2|, Y called Z"
    if _put_off(s, when) or put_off_to(s, t) not in (None, when):
        return True  # "the talks, originally scheduled |for Friday|, will take place in May"
    if behind and t.top in _EXCHANGES and _behind_frame(s, t, when):
        return True  # "In a talk in X, Y thanked Z for his visit |in January|"
    if (t.top in _EXCHANGES and _counted(s, t, when)) or _counts_another(s, t, when):
        return True  # "his first trip abroad this year", "our first meeting after the events in January"
    until = t.top == "visit" and s.text.low[s.text.token_at(when.start) - 1] in _UNTIL
    if until and put_off_to(s, t) is None:
        return True  # "is in Y through Monday"
    if t.top == "signing" and t.predicate and _of_the_text(s, t, when):
        return True
    if behind and t.kind == "ratification" and not _CONCLUDED.isdisjoint(_between(s, t, when)):
        return True  # "ratified the treaty with X, |signed in May 2023|"
    if t.top == "statement" and s.index == 0 and behind and len(when.value) == _YEAR and s.text.article.title:
        return True  # "Statement by X on the Selection of Y for |2025| Forum"
    if folded.startswith("as of", s.span[0]) and when.start - s.span[0] < _AS_OF:
        return True  # "As of the end of May, ten states have ratified"
    if of_the_break(s, t, when) or (behind and _of_what_befell(s, t, when)):
        return True
    if when.end <= t.hit.start and s.text.low[s.text.token_at(when.start) - 1] == "by" and not t.predicate:
        return True  # "ordered it closed |by May 3| in reply to the expulsion of"
    return folded[when.start - 7 : when.start] == "before "  # "before today, X had sanctioned"


def _of_what_befell(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is that of what somebody named suffered: "gave aid to X, |which was hit on Monday|"."""
    between = _between(s, t, when)
    at = next((n for n in range(len(between) - 2, 0, -1) if between[n] == "which"), 0)
    if t.top == "conference" and not _TAKING_PLACE.isdisjoint(between[at + 1 : at + 4]):
        return False  # "the round of talks between X and Y, |which was held on Monday|"
    if at < 1 or between[at - 1] != "," or between[at + 1] not in _BEING_PAST or "," in between[at:]:
        return False
    return any(m.end == t.end + at - 1 and m.is_where for m in s.text.mentions[s.index])


def _between(s: Sentence, t: Trigger, when: When) -> list[str]:
    """The words between a phrase and a date behind it."""
    return s.text.low[t.end : s.text.token_at(when.start)]


def of_the_break(s: Sentence, t: Trigger, when: When) -> bool:
    """Return whether a date tells when the relations that are restored were cut: "ties |severed in May 2011|"."""
    if t.kind != "restoration" or when.start < t.hit.end:
        return False
    between = _between(s, t, when)
    first = next((w for w in s.whens if w.start > t.hit.end), when)
    return first is when and len(between) < _OF_A_BREAK and not _BROKEN.isdisjoint(between)


def _is_of_the_telling(s: Sentence, t: Trigger, when: When, draft: Draft) -> bool:
    """Whether a date is that on which an event was spoken of, announced or agreed on."""
    recent = not t.predicate and not _EARLIER.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start])
    if recent and (when.rule == "day-of-publication" or _of_telling(s, t, when)):
        return True  # "spoke |today| to discuss X's recent trip"
    if draft.status == "planned":
        if t.top in _EXCHANGES and when.value == s.published and _of_another(s, t, when):
            return True  # "X spoke |today| with Y about his coming visit"
        if s.text.folded[when.start - 6 : when.start] == "after ":
            return True  # "will begin talks on prisoners captured after May 7"
        if t.top != "aid" and when.end <= t.hit.start and of_resolving(s, t, when):
            return True  # "agreed |on Monday| to hold talks soon"
    if t.top == "statement" or (draft.status != "planned" and draft.lead):
        return False
    return of_the_report(s, when) or _of_the_attribution(s, t, when)  # "X will visit Y, the ministry said on Monday"


def _since(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date only tells since when: "the first talks |since last year|", not "since their May talks"."""
    folded = s.text.folded
    if folded.startswith("since", when.start) or folded.endswith("since the ", 0, when.start):
        return True
    if not folded.endswith("since ", 0, when.start):
        return False
    whose = s.text.low[s.text.token_at(when.start)] in _WHOSE
    return (t.top in _TALKS and not whose) or (t.top == "visit" and when.start > t.hit.end)


def set_apart(s: Sentence, t: Trigger) -> int | None:
    """Return where it is told how long before or after the news something was: "flew in |days after| X's election"."""
    low = s.text.low
    first = max(s.first, t.start - _FAR_BEHIND) + 1  # what is set apart opens no sentence
    if _SPACED.isdisjoint(low[first : t.start]):
        return None
    at = next(k for k in range(t.start - 1, first - 1, -1) if low[k] in _SPACED)
    return at if low[at - 1] in _SPANS and "," not in low[at : t.start] else None


def opens_apart(s: Sentence, t: Trigger) -> bool:
    """Return whether a sentence begins with how long before or after something it was: "|Days before the vote|, X"."""
    low = s.text.low
    at = next((k for k in range(s.first, s.first + _OPENING) if low[k] in _SPANS), None)
    if at is None or low[at + 1] not in _SPACED | _AHEAD_OF or at >= t.start:
        return False
    return "," in low[at + 2 : t.start] and not s.date_between(s.first, t.start)


def _beyond(s: Sentence, t: Trigger, when: When, at: int) -> bool:
    """Whether a date stands before the word ``at`` that opens a clause, or behind the comma that closes it."""
    first = s.text.token_at(when.start)
    return s.text.token_at(when.end) < at or "," in s.text.low[t.end : first]


def _before_what_it_followed(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is that of what was done after what a noun tells; talks and journeys end on the same day."""
    low, end = s.text.low, s.text.token_at(when.end)
    at = next((k for k in range(t.start - 1, max(end - 1, t.start - _FAR_BEHIND), -1) if low[k] in _APART), None)
    first = s.text.token_at(when.start)
    if (
        at is not None
        and "and" in low[end:at]
        and not _AFTER.isdisjoint(low[max(s.first, first - _FAR_BEHIND) + 1 : first])
    ):
        return "," not in low[at : t.start]  # "comes after the vote in May and right |after| his visit to Y"
    if t.predicate or at is None or "," in low[at : t.start]:
        return False
    commas = (k for k in range(t.end, s.clause_end(t.end)) if low[k] == ",")
    stop = next(commas, s.clause_end(t.end))  # "speaking on Monday after talks with Y|,| said he would go in June"
    return t.top not in _TALKS or any(at <= s.text.token_at(w.start) < stop for w in s.whens)


def _before_what_it_answers(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date stands before the answer to what a phrase tells: "on Monday, |in response to| Y's decision to"."""
    low, end = s.text.low, s.text.token_at(when.end)
    at = next((k for k in range(t.start - 1, max(end - 1, t.start - _FAR_BEHIND), -1) if low[k] in _ANSWERS), None)
    return at is not None and low[at + 1] in _ANSWERED and "," not in low[at : t.start]


def _of_what_it_followed(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a year or month is that of what the deed of a verb came after: "left |after the vote of| May 2016"."""
    between = _between(s, t, when)
    return not _AFTER.isdisjoint(between) and "," not in between


def _put_off(s: Sentence, when: When) -> bool:
    """Whether a date is that for which something was planned at first."""
    low, day = s.text.low, s.text.token_at(when.start)
    return any(low[k] in _PLANNING and low[k - 1] in _AT_FIRST for k in range(max(s.first + 1, day - _OF_NOUNS), day))


def put_off_to(s: Sentence, t: Trigger) -> When | None:
    """Return the day to which an event is put off: "|the talks| planned for Friday have been moved to May 20"."""
    if t.predicate or _DELAYING.isdisjoint(s.text.vocabulary):
        return None
    low = s.text.low
    by_somebody = not _DELAYING.isdisjoint(low[max(s.clause_start(t.start), t.start - _OF_NOUNS) : t.start])
    for when in (w for w in s.whens if w.start > t.hit.end):
        first = s.text.token_at(when.start)
        till = first - (low[first] not in _TILL)
        behind = not _DELAYING.isdisjoint(low[max(t.end, till - 2) : till])
        if (low[till] in _TILL and (behind or by_somebody)) or (low[till] == "for" and behind):
            return when
    return None


def _of_opening_noun(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a day is that of what a sentence is told to follow: "After |Monday's| strikes, X recalled its envoy"."""
    low, first, after = s.text.low, s.text.token_at(when.start), s.text.token_at(when.end)
    if first != s.first + 1 or low[s.first] not in _AFTER or low[after] != "'s":
        return False
    return "," in low[after : t.start]


def _of_opening_talks(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is that of the talks, gathering or journey that a sentence is told to follow."""
    first, after = s.text.token_at(when.start), s.text.token_at(when.end)
    if s.text.low[s.first] not in _AFTER or "," not in s.text.low[after : t.start]:
        return False
    return any(x.top in _OCCASIONS_BEFORE and s.first < x.start and x.end <= first for x in s.triggers)


def _of_the_other(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is that of what an event is told to follow or precede; not so "|the visit| follows one by X"."""
    between = _between(s, t, when)
    of_one = s.text.low[t.start - 1] == "the" and "one" in between[1:3] and between[0] in _SET_OFF
    came = between.index(_CAME) if _CAME in between else len(between)  # "the talks |came days after| X's in May"
    return not of_one and not (_SET_OFF.isdisjoint(between) and _AFTER.isdisjoint(between[came : came + 4]))


def _of_telling(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a day is that on which somebody spoke of what is past: "briefed them |on Tuesday| on his recent trip"."""
    if len(when.value) < 10 or when.end > t.hit.start or s.text.low[s.text.token_at(when.end)] == "'s":
        return False
    return _WHERE_DONE.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start])


def of_resolving(s: Sentence, t: Trigger, when: When) -> bool:
    """Return whether a date is that on which it was resolved or told: "|agreed on Monday|", "said |on Monday| that"."""
    low, first, begin = s.text.low, s.text.token_at(when.start), s.clause_start(t.start)
    if first < begin and low[begin - 1] == "that" and not _SAID.isdisjoint(low[max(s.first, first - 4) : first]):
        return True
    first -= low[first - 1] in _DATING
    verb = low[first - 1] if first > s.first else ""
    return verb in _DECIDING or (verb in _SAID and t.top in _TOLD_AHEAD)


def _behind_frame(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is told of another thing in the main clause, behind the noun that a sentence is set in."""
    low, day = s.text.low, s.text.token_at(when.start)
    if t.predicate or t.start - s.first > _OPENING or low[s.first] not in _WHERE_DONE or "," not in low[t.end : day]:
        return False
    comma = low.index(",", t.end)
    return any(comma < x.start and x.end <= day and day - x.end < _SHORT_OPENING for x in s.triggers)


def _day_when(s: Sentence, t: Trigger) -> When | None:
    """The date right before the "when" of a verb's clause: "the first since May 2019, |when X visited Y|"."""
    low = s.text.low
    if not t.predicate or "when" not in low[max(s.first, t.start - 9) + 1 : t.start]:
        return None
    opener = next(k for k in range(t.start - 1, s.first, -1) if low[k] in ("when", ","))
    if low[opener] != "when" or opener <= s.first + 1:
        return None
    end = s.text.tokens.end(opener - 1 - (low[opener - 1] == ","))
    return next((w for w in s.whens if w.end == end), None)


def _in_cleft(s: Sentence, t: Trigger) -> When | None:
    """The date that goes before what was done then: "it was in Oslo |in 1991| that the pact was signed"."""
    low, that = s.text.low, s.clause_start(t.start) - 1
    if not t.predicate or that <= s.first or low[that] != "that":
        return None
    end = s.text.tokens.end(that - 1)
    day = next((w for w in s.whens if w.end == end), None)
    near = range(max(s.first, that - _FARTHEST_CLEFT), that - 2)
    cleft = any(low[k] == "it" and low[k + 1] in _BEING_PAST and low[k + 2] in _WHERE_DONE for k in near)
    return day if cleft else None


def _of_whom(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date behind a phrase is of somebody named between them: "met X, |who| began in 2020".

    A day behind the comma that closes such a clause is not: "met X, who is on a visit, |on Monday|".
    """
    between = _between(s, t, when)
    if len(when.value) < 8:
        return not _WHO.isdisjoint(between)
    who = next((n for n, word in enumerate(between) if word in _BY_WHOM), len(between))
    return who < len(between) and "," not in between[who:]


def _of_another(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date before a noun is that of a predicate which it stands in or beside."""
    told = (x for x in s.triggers if x is not t and x.predicate and x.start < t.start)
    return not t.predicate and when.end <= t.hit.start and any(when.end > x.hit.start - 12 for x in told)


def _narrower(s: Sentence, t: Trigger, when: When) -> When:
    """The day that is set behind the time it lies in: "earlier this week, |on Tuesday|", "last year |on May 5|".

    So is that printed behind what a date is only counted for: "a week before X hosts talks, |on May 5|".
    """
    if when.rule == _COUNTED and when.end <= t.hit.start and (told := date_behind(s, t)) is not None:
        return told if compatible(when.value, told.value) else when
    low, after = s.text.low, s.text.token_at(when.end)
    if len(when.value) == 10 or after == s.last or low[after] not in (",", "on"):
        return when
    first, last = bounds(when.value)
    near = (w for w in s.whens if len(w.value) == 10 and 0 < s.text.token_at(w.start) - after < 3)
    return next((w for w in near if first <= w.value <= last), when)


def _last_time(s: Sentence, when: When) -> bool:
    """Whether a date tells when something was the last time: "restored ties for the first time since 2019"."""
    return "first time" in s.text.folded[max(s.span[0], when.start - 24) : when.start]


def _of_the_text(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a year is that of an instrument another is about, or its term: "a protocol to the pact |of 1996|"."""
    first = s.text.token_at(when.start)
    if len(when.value) != 4 or first < t.end:
        return False
    if s.text.low[first] in _TERMS:
        return True  # "signed a plan |for| 2024"
    whole = next((p for p in s.context.instruments.get(s.index, ()) if t.start <= p.start < first <= p.end), None)
    if whole is None or s.text.low[first] != "of":
        return False
    begin = s.text.tokens.starts[whole.tail]
    return any(begin <= hit.start < when.start for hit in s.text.layers[AGREEMENTS])


def _frames(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date opens the sentence whose verb a phrase is: "On May 5, a …", "As X says, |on May 5|, a …".

    So it does that of which it is told that it was held: "On May 5, on the margins of …, |talks were held|".
    """
    first, after = s.text.token_at(when.start), s.text.token_at(when.end)
    told = t.predicate or not _HELD.isdisjoint(s.text.low[t.end : t.end + 2])
    if not told or s.text.low[after] != ",":
        return False
    if first - s.first < 2:
        return True
    opening = first - (s.text.low[first - 1] in _DATING)
    if opening - s.first > _SHORT_OPENING or s.text.low[opening - 1] != ",":
        return False
    return not any(x.start < first for x in s.triggers) and not any(
        m.start < first and m.type in _ACTING for m in s.text.mentions[s.index]
    )


def _of_gathering_before(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date stands right behind another gathering: "the A Conference |in May|, and went to the B one"."""
    between = s.text.low[s.text.token_at(when.end) : t.start]
    if s.text.low[s.text.token_at(when.start)] in _WHOSE or "and" not in between:
        return False  # "the May meeting, |the June| summit"
    others = (x for x in s.triggers if x is not t and x.top == "conference" and x.hit.end <= when.start)
    return any(when.start - x.hit.end < _OF_ONE_PHRASE for x in others)


def _of_noun(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date tells which of its kind a noun behind it is, and the phrase none: "the |July 7| murder"."""
    first, after = s.text.token_at(when.start), s.text.token_at(when.end)
    if after < s.last and s.text.low[after] == "'s":  # "|last month's| A Summit and the coming B Summit"
        if t.predicate and t.start - after > _OF_NOUNS:
            return True  # "X, |this year's| chair of the group, held talks"
        return any(not x.predicate and after < x.start and x.end < t.start for x in s.triggers)
    if first == s.first or after == s.last or s.text.low[first - 1] not in _DEFINITE:
        return False
    capital = s.text.tokens.words[after][0].isupper() and after + 1 < s.last
    named = after + capital  # "the July 7 |Brexit| deadline"
    noun = s.text.tokens.words[named]
    return noun.isalpha() and noun.islower() and noun not in _NO_NOUNS and not after <= t.start < after + 4


def _heads(s: Sentence, when: When) -> bool:
    """Whether a day is set before what happened on it, with a colon: "August 30, 2023: Officers seize power"."""
    if s.text.token_at(when.start) != s.first:
        return False
    after = s.text.token_at(when.end)
    return after < s.last and s.text.low[after] == ":"


def _counted(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a number before a phrase counts what has happened in or since a time: "the third visit this year"."""
    if t.predicate and s.text.low[t.start - 1] == "last":
        return False  # "last visited X |last year|"
    said = t.end + 4 if s.text.low[t.end] in _BEING else t.end  # "the visit |is the first| since"
    if when.start < t.hit.start or _ORDINALS.isdisjoint(s.text.low[max(s.first, t.start - 4) : said]):
        return False
    numbered = not (t.predicate or _COUNTING.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start]))
    if _this_year(when) and (t.top == "visit" or numbered):
        return True
    return len(when.value) < 8 and not _SINCE.isdisjoint(_between(s, t, when))


def _counts_another(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a year counts the journey told right before it: "flew to Y, |his second trip this year|, and"."""
    told = [x for x in s.triggers if x.hit.end <= when.start] if _this_year(when) else []
    return bool(told) and told[-1] is not t and told[-1].top == "visit" and _counted(s, told[-1], when)


def _reach(s: Sentence, t: Trigger) -> int:
    """The end of a phrase's clause, and of what goes on right behind: "the summit that opens in X on Tuesday"."""
    end, low = s.clause_end(t.end), s.text.low
    goes_on = end + 1 < s.last and low[end] in _RELATIVES and end - t.end < _FARTHEST_RELATIVE[t.top == "conference"]
    goes_on = goes_on and (low[end + 1] in _RUNNING or (t.top == "conference" and _attended_behind(s, end + 1)))
    return s.clause_end(end + 1) if goes_on and low[end - 1] not in _SAID else end


def _attended_behind(s: Sentence, k: int) -> bool:
    """Whether somebody is told in few words to attend or host what a relative takes up: "which |he will host|"."""
    near = s.text.span(k, min(k + 8, s.clause_end(k), s.last))
    return s.text.says("attending", *near) is not None


def _behind_name(s: Sentence, t: Trigger, draft: Draft) -> int:
    """Where in the text a phrase ends, with the name of the gathering that it tells."""
    end = t.end if draft.gathering is None else max(t.end, draft.gathering.end)
    if draft.gathering is not None and s.text.low[end] == "of":  # "the third session |of bilateral consultations|"
        of_it = (x.end for x in s.triggers if x.top == "conference" and 0 < x.start - end < _FARTHEST_OF)
        end = next(of_it, end)
    return max(t.hit.end, s.text.tokens.end(end - 1))


def _distance(s: Sentence, t: Trigger, when: When, end: int, *, inside: bool) -> int:
    """How far a date stands from a phrase that ends at ``end``, in letters; what speaks against it counts as such."""
    end = end if when.start >= end else t.hit.end
    gap = when.start - end if when.start >= end else t.hit.start - when.end
    if when.end <= t.hit.start and _frames(s, t, when):
        gap = min(gap, _FRAMED)
        inside = inside or not any(x.predicate and when.end <= x.hit.start < t.hit.start for x in s.triggers)
    beside = _relative(s, t, when) or _of_the_attribution(s, t, when)
    cost = gap + (0 if inside or _heads(s, when) else 60 if beside else 250)
    before = [x for x in s.triggers if x.hit.end <= when.start and when.end <= t.hit.start]
    if any(not x.predicate and when.start - x.hit.end < _OF_ONE_PHRASE for x in before) and date_behind(s, t):
        cost += 85  # "During his visit |from 1 to 3 May|, X met Y on 2 May"
    elif any(x.predicate for x in before):
        cost += 25  # it dates what was told before it, if this has a day of its own
        if (t.predicate or when.end + 5 >= t.hit.start) and date_behind(s, t):
            cost += 60  # "met X |on Monday| and called Y on Tuesday"
    if when.end <= t.hit.start and _of_its_like(s, t, when):
        cost += 60  # "X's visit to Y |in 2021| and Z's trip to W in 2018"
    for other in s.triggers:
        if other is not t and min(when.end, end) <= other.hit.start < max(when.start, t.hit.start):
            cost += 400 if when.start > t.hit.end and _subordinate(s, t, other) else 60
    if when.start > t.hit.end and _of_what_follows(s, t, when):
        cost += 400
    if when.rule == "stated" and len(when.value) == 4 and not 0 < when.start - t.hit.end < _RIGHT_BEHIND:
        cost += 30
    if when.end <= t.hit.start and (_aside(s, t, when) or _in_brackets(s, when)):
        cost += 400
    if _of_noun(s, t, when):
        first, after = s.text.token_at(when.start), s.text.token_at(when.end)
        of_another = not _APART.isdisjoint(s.text.low[max(t.end, first - 4) : first])
        of_another = of_another or (t.predicate and s.text.low[after] == "'s")
        cost += 400 if of_another else 120  # "met X |ahead of the July 7| vote", "X, |this year's| chair, met Y"
    if t.top == "conference" and when.end <= t.hit.start and _of_gathering_before(s, t, when):
        cost += 200
    if when.end <= t.hit.start and (of_the_cause(s, t, when) or _leads_away(s, t, when) or _tells_who(s, t, when)):
        cost += 400
    if t.top != "statement" and of_the_report(s, when):
        cost += 80
    if when.start > t.hit.end and _of_a_thing(s, t, s.text.token_at(when.start)):
        cost += 400
    if t.top == "message" and when.start > t.hit.end and _of_the_occasion(s, t, when):
        cost += 400
    if t.top == "statement" and when.start > t.hit.end and _of_what_is_said(s, t, when):
        cost += 400
    if when.start > t.hit.end and not inside and _of_the_founding(s, t, when):
        cost += 400
    return cost


def _of_what_is_said(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is told in the words reported: "told reporters |he hopes to meet X in| November"."""
    between = _between(s, t, when)
    return "," not in between and not _SAYING.isdisjoint(between)


def _of_its_like(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date stands behind another noun of the kind, where this one has a date of its own."""
    nouns = (x for x in s.triggers if x.top == t.top and not (x.predicate or t.predicate))
    return any(x.hit.end <= when.start for x in nouns) and date_behind(s, t) is not None


def _of_what_follows(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date stands as an adjective before the noun it dates: "spoke about |the June 2| Climate Summit"."""
    low, first, after = s.text.low, s.text.token_at(when.start), s.text.token_at(when.end)
    if low[first] in _WHOSE or low[first] == "'s":
        return when.rule == "month-before-publication"
    if t.top == "visit" or (low[first - 1] not in _WHOSE and low[first - 1] != "'s"):
        return False  # a journey is made on the day of what it is for
    noun = next((x for x in s.triggers if x is not t and not x.predicate and 0 <= x.start - after < 6), None)
    return noun is not None and all(word[0].isalnum() for word in low[after : noun.start])


def _of_the_founding(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is told of what takes part: "met with the group, |which was set up| in May"."""
    between = _between(s, t, when)
    at = next((n for n in range(len(between) - 1, -1, -1) if between[n] in _RELATIVES), len(between))
    return not _FOUNDING.isdisjoint(between[at + 1 : at + 5])


def _of_a_thing(s: Sentence, t: Trigger, k: int) -> bool:
    """Whether a participle has a date or place at ``k`` for a noun: "discussed the pact |signed| on May 3"."""
    low = s.text.low
    at = next((n for n in range(k - 1, max(t.end, k - 9), -1) if low[n] in _DONE_TO_THINGS), None)
    if at is None or low[at - 1] in _BEFORE_FINITE or "," in low[at:k]:
        return False
    if low[at + 1] not in _DATING and low[at + 1] != "at":
        return False
    if t.top == "conference" and not t.predicate and low[at] in _OPENING_OR_CLOSING:
        return any(p.tail == at for p in s.context.instruments.get(s.index, ())) and t.kind != "negotiation-round"
    if any(g.end == at and g.mentions[-1].type in ("person", "office") for g in s.groups):
        return False
    if low[at] in _DONE_TO_TEXTS:
        return t.top != "relations" and (t.top != "signing" or t.predicate)
    at -= 1 + (low[at - 1] == ",")
    if _WHERE_DONE.intersection(low[max(t.end, at - 5) : at]):
        return False  # "signed Z at a ceremony held in Y on May 3"
    return t.predicate and (low[at] in s.lex.event_nouns or low[at].removesuffix("s") in s.lex.event_nouns)


def _aside(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date stands in a clause on somebody, closed before the phrase: "X, who spoke on Sunday, met Y"."""
    first = s.text.token_at(when.start)
    if t.start - s.text.token_at(when.end) < 4 and not t.predicate:
        return False  # "which was told at the June 26, 2022, summit"
    low, words = s.text.low, s.text.tokens.words
    at = next(
        (n for n in range(first - 1, s.first - 1, -1) if low[n] in _OPENING_ASIDES and not in_row(words, n)), None
    )
    return at is not None and low[at] != "," and "," in low[first : t.start]


def in_row(words: list[str], k: int) -> bool:
    """Return whether a token is a comma between names: "from Oslo|,| Rome and Lima".

    >>> in_row(["Oslo", ",", "Rome"], 1), in_row(["Oslo", ",", "which"], 1)
    (True, False)
    """
    return words[k] == "," and words[k - 1][:1].isupper() and words[k + 1][:1].isupper()


def _in_brackets(s: Sentence, when: When) -> bool:
    """Whether a date is set in brackets behind what it dates: "After the talks in X |(May 3)|, Y met"."""
    first = s.text.token_at(when.start)
    return (
        s.text.low[first - 1] == "(" and any(x.end < first for x in s.triggers) and s.text.low[first - 2] not in _DAYS
    )


def of_the_cause(s: Sentence, t: Trigger, when: When) -> bool:
    """Return whether a date stands in an opening that tells why: "In view of the raid of May 5, X broke ties"."""
    opened = _tells_why(s)
    since = s.text.low[s.first] == "since" and s.text.token_at(when.start) - s.first > 1
    return (opened or since) and "," in s.text.low[s.text.token_at(when.end) : t.start]


def _tells_why(s: Sentence) -> bool:
    """Whether a sentence opens with words that tell why: "In view of the raid of May 5, X broke ties"."""
    return s.text.low[s.first] in _BEGIN_CAUSES and s.text.folded.startswith(_CAUSES, s.span[0])


def opening_end(s: Sentence, k: int) -> int:
    """Return where, up to token ``k``, it is told who acts, behind an opening that tells why or ahead of what."""
    low = s.text.low
    if not _tells_why(s) or "," not in low[s.first : k]:
        return s.first
    begun = [g.start for g in s.groups if g.mentions[0].type in _ACTING]
    commas = [n for n in range(s.first, k) if low[n] == ","]
    return next((n for n in commas if any(n < start < n + 4 for start in begun)), commas[0]) + 1


def _leads_away(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether what was done on a day is only about the event: "had a call on Friday |about| the next meeting"."""
    between = s.text.low[s.text.token_at(when.end) : t.start]
    return not _ABOUT.isdisjoint(between) and any(x.hit.end <= when.start for x in s.triggers)


def _tells_who(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a phrase tells who somebody is with whom something is done on a day: "met X on Monday, |who chairs| Z".

    Who visits or is visited is so on that day.
    """
    if t.top == "visit" or "who" not in s.text.vocabulary:
        return False
    between = s.text.low[s.text.token_at(when.end) : t.start]
    at = next((k for k in range(len(between) - 1, 0, -1) if between[k] == "who"), 0)
    return at > 0 and between[at - 1] == "," and "," not in between[at:]


def _of_the_occasion(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is that of what a message is about: "congratulated X on his election of May 3"."""
    if when.rule.startswith(("weekday", "day-of")):
        return False
    first = s.text.token_at(when.start)
    low = s.text.low
    peoples = [m.end for m in s.text.mentions[s.index] if m.type == "body" and low[m.start - 1] == "of"]
    people = [m.end for m in s.text.mentions[s.index] if m.type in ("person", "office")] + peoples
    return not _OCCASIONS.isdisjoint(low[max([t.end, *(end for end in people if end <= first)]) : first - 1])


def _subordinate(s: Sentence, t: Trigger, other: Trigger) -> bool:
    """Whether a phrase behind stands in a clause of its own: "met for the first time since Y took office"."""
    if first_since(s, t, other):
        return False
    between = s.text.low[max(t.end, other.start - 8) : other.start]
    if other.top == "appointment" and t.top != "appointment":
        if "after" in between:
            return True  # "his first visit |after| being appointed in May"
        if s.text.says("congratulating", t.hit.end, other.hit.start) is not None:
            return True  # "met X |to congratulate him on| his inauguration in January"
    if "to" in between and not _ARRANGING.isdisjoint(between):
        return True  # "met X, and the two |agreed to meet| again in May"
    before = s.text.low[max(s.first, t.start - 3) : t.end]
    gone_by = t.predicate or (t.top in _TALKED and not _AFTER.isdisjoint(before))
    ahead = not _TO_COME.isdisjoint(between) or any(pair in _IS_TO for pair in pairwise(between))
    if gone_by and other.predicate and ahead and _TO_COME.isdisjoint(before):
        return True  # "had spoken to X and |would travel| to Y on Friday", "after talks with X, Z |will|"
    return bool(_SUBORDINATORS.difference(_AT_ONCE).intersection(between))


def first_since(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Return whether an appointment only counts what is told: "the first call |since taking office| with"."""
    low = s.text.low
    if x.top != "appointment" or t.predicate or x.start - t.end not in (1, 2) or low[x.start - 1] != "since":
        return False
    return low[x.end] in _WITH


def date_announced(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Date what was "announced on Tuesday" in the clause around, as done or as what somebody would do."""
    firm = draft.status == "occurred" or "would" in s.text.low[max(s.first, t.start - 3) : t.start]
    if not firm or draft.date is not None or not s.text.says("announcing", s.span[0], t.hit.start):
        return
    before = [w for w in s.whens if w.end <= t.hit.start and not of_the_cause(s, t, w)]
    if before:
        draft.take_date(before[-1])


def of_the_report(s: Sentence, when: When) -> bool:
    """Return whether a date is the dateline's or the report's: "(AP - May 2, 2021)", "…, X said on Monday"."""
    first, after = s.text.token_at(when.start), s.text.token_at(when.end)
    low = s.text.low
    if low[after] == ")" and after - s.first < 16:
        told = any(x.end <= first for x in s.triggers)  # "the treaty (signed in May)", "talks in Oslo (May 3)"
        return low[first - 2] not in _DAYS and not told  # "on Monday (May 8)"
    if low[s.first : s.first + 2] == ["according", "to"] and "," not in low[s.first : first]:
        return True  # "According to the ministry on Monday, X will …"
    if first - s.first <= 8:
        return False
    if any(w in _SAID for w in low[max(s.first, first - 2) : first + 1]):
        return True
    said = next((k for k in range(first - 1, first - 9, -1) if low[k] not in _REPORTS), first)
    return low[said] in _SAID  # "…, the ministry said in a statement on Monday"


def _of_the_attribution(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether a date is told with who said so, behind what was said: "X will go, Y told Z |on Monday|"."""
    return t.start < s.attribution <= s.text.token_at(when.start)


def date_within(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Give what a visit of the same sentence "included" its date and place."""
    if draft.date is not None or t.top not in ("signing", "relations", "ceremony"):
        return
    if "includ" not in s.text.folded[s.span[0] : t.hit.start]:
        return
    here = (d for d in s.drafts if d.spans[-1] == s.span and d.top in ("visit", "meeting"))
    host = next((d for d in here if d.order < t.hit.start and d.date), None)
    if host is not None and "includ" in s.text.folded[host.order : t.hit.start]:
        draft.date, draft.rule, draft.premises, draft.place = host.date, host.rule, host.premises, host.place


def date_behind(s: Sentence, t: Trigger) -> When | None:
    """Return the date right behind a phrase, no other phrase between: "the visit, which is to be on May 5"."""
    told = (x for x in s.triggers if x.hit.start > t.hit.start and x.kind != "invitation")
    others = (x.hit.start for x in told if x.predicate or x.top != t.top or x.start - t.end > 1)  # "spoke |by phone|"
    end, begin = min(others, default=s.span[1]), t.hit.end
    near = (w for w in s.whens if begin <= w.start < min(end, begin + (180 if "/" in w.value else 60)))
    return next((w for w in near if not _counted(s, t, w)), None)


def _relative(s: Sentence, t: Trigger, when: When) -> bool:
    """Whether only "which" parts a date from the trigger: "the visit in December 2023, which included …"."""
    lo, hi = sorted((s.text.token_at(when.end), t.start))
    breaks = [w for w in s.text.low[lo:hi] if w in _CLAUSE_BREAKS]
    return breaks == ["which"] or (hi - lo == 1 and s.text.low[lo] == "that")


def town_before(s: Sentence, k: int) -> int:
    """Return where a town nobody knows begins that a comma parts from its country at ``k``; else ``k``."""
    words, begin = s.text.tokens.words, k - 1
    while begin > s.first + 1 and k - begin < 5 and words[begin - 1][0].isupper():
        begin -= 1
    led = begin < k - 1 and words[begin - 1].lower() in _BEFORE_TOWNS
    return begin if led and k > s.first + 1 and words[k - 1] == "," else k


def locate(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """Place the draft at the place the clause names nearest the trigger."""
    if draft.place:
        return
    low = s.text.low
    lo, hi = s.clause_start(t.start), _reach(s, t)
    best: tuple[int, str] | None = None
    for m in s.text.mentions[s.index]:
        if not m.is_where or not lo <= m.start < hi or m.start == 0:
            continue
        k = m.start - 1 if low[m.start - 1] != "the" else m.start - 2
        if low[k] == "," and m.type == "body":
            k = town_before(s, m.start) - 1
        if low[k] not in _PLACING and not (low[k] == "," and m.type == "place"):
            continue
        if is_source(s.text, m):
            continue
        if k > t.end and (low[k - 1] in _TOPICS or _of_a_thing(s, t, m.start)):
            continue  # "a session on the situation in X", "discussed the pact signed in X"
        if m.type == "body" and m.value not in s.authority.countries:
            continue
        if m.start < t.start and _APART.intersection(low[m.end : t.start]):
            continue
        gap = m.start - t.end if m.start >= t.end else (t.start - m.end) + 12
        if gap < 30 and (best is None or gap < best[0]):
            best = (gap, m.value)
    if best is not None:
        draft.place = best[1]
