"""Background: what puts an event phrase behind the news — told, recalled, under way or over."""

from itertools import pairwise

from kg.language.words import words
from kg.mappers.circumstances import first_since, set_apart
from kg.mappers.claims import Span
from kg.mappers.clauses import Sentence, Trigger

_ADVERBS = words("grammar", "clause_adverbs")
_PERFECT = words("grammar", "perfect_auxiliaries")
_TELLING = words("grammar", "telling_words")
_HEAVY = words("grammar", "barriers")
_UNDER_WAY = words("grammar", "under_way")
_MET = ("meeting", "call", "visit")
_RECALLED = ("meeting", "call", "visit", "message", "appointment")
_LOOKED_BACK = (*_RECALLED, "signing")
_AFTERWARDS = words("grammar", "afterwards")
_EARLIER = words("grammar", "earlier_ones")
_OCCASIONS = words("grammar", "occasion_prepositions")
_CONCLUDING = words("grammar", "concluding")
_MEANING = words("grammar", "meaning_verbs")
_WERE = words("grammar", "forms_of_be_past")
_HAD = words("turns", "had")
_UNFINISHED = words("turns", "before_unfinished")
_JUST = words("grammar", "right_now")
_DONE_THERE = words("grammar", "done_there")
_FRAMING = words("grammar", "attending_prepositions")
_BEFORE_THE_NEWS = words("grammar", "before_the_news")
_THEIR = words("groups", "their")
_SET_OFF = words("grammar", "set_off_verbs")


def since_when(s: Sentence, t: Trigger) -> bool:
    """Return whether an office taken, or relations raised, only tell since when.

    "it will be his first visit |since he took office|", "his first visit |after taking office|".
    """
    low = s.text.low
    lead = low[max(s.first, t.start - 3) : t.start]
    first = "after" in lead and "first" in low[max(s.first, t.start - 9) : t.start]
    return t.predicate and ("since" in lead or first)


def was_done_there(s: Sentence, t: Trigger) -> bool:
    """Return whether something is told as done at talks, which so took place.

    "the pledges they made |during their call|".
    """
    lead = s.text.low[max(s.first, t.start - 6) : t.start]
    occasions = _OCCASIONS if t.top == "visit" else _FRAMING  # "agreed following the visit", not "following the talks"
    return any(a in _DONE_THERE and b in occasions for a, b in pairwise(lead))


def is_over(s: Sentence, t: Trigger) -> bool:
    """Return whether words before a noun put it behind: "after the conclusion of his visit", "X's recent visit".

    So does "will" behind a journey told of already that only tells what it means: "The visit will mark a new phase".
    """
    lead = s.text.low[max(s.clause_start(t.start), t.start - 7) : t.start]
    if not (_AFTERWARDS.isdisjoint(lead) or _CONCLUDING.isdisjoint(lead)) or "recent" in lead[-2:]:
        return True
    behind = s.text.low[t.end : min(t.end + 9, s.clause_end(t.end))]
    meant = "will" in behind and not _MEANING.isdisjoint(behind[behind.index("will") :][:3])
    return meant and t.top == "visit" and any(d.top == "visit" and d.status == "occurred" for d in s.drafts)


def is_under_way(s: Sentence, t: Trigger) -> bool:
    """Return whether a visit goes on as the article is written: "X, currently on a state visit to Y"."""
    return not t.predicate and not _UNDER_WAY.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start])


def word_before(s: Sentence, t: Trigger) -> str:
    """Return the word before a phrase, adverbs passed over; "" at the head of a sentence."""
    low = s.text.low
    k = t.start - 1
    while k >= s.first and (low[k] in _ADVERBS or low[k].endswith("ly")):
        k -= 1
    return low[k] if k >= s.first else ""


def is_told(s: Sentence, t: Trigger) -> bool:
    """Return whether a phrase tells that something happened ("met", "held talks", "after the talks"), and not that
    it had happened ("has visited") or that it was spoken of ("recalled the visit")."""
    low = s.text.low
    if t.predicate:
        return word_before(s, t) not in _PERFECT
    lead = low[max(s.clause_start(t.start), t.start - 9) : t.start]
    if _TELLING.isdisjoint(lead):
        return False
    at = next(n for n in range(len(lead) - 1, -1, -1) if lead[n] in _TELLING)
    return _HEAVY.isdisjoint(lead[at + 1 :])


def is_background(s: Sentence, t: Trigger) -> bool:
    """Return whether words before the trigger put it behind the news ("recent", "last")."""
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    if t.predicate and word_before(s, t) == "had":
        end = s.text.span(t.start, s.clause_end(t.end))[1]
        return s.text.says("same_day", begin, end) is None  # "had held talks |earlier that day|"
    if t.top == "appointment" and any(first_since(s, x, t) for x in s.triggers):
        return True
    if t.top == "relations" and since_when(s, t):
        return True
    if t.predicate and s.text.low[t.start - 1] in _PERFECT and s.whens and _counted_since(s, t):
        return True
    if t.predicate and s.text.low[s.first] == "before" and _opened_by_another(s, t):
        return True  # "Before his tour of X, Y visited Z"
    if set_apart(s, t):
        return True  # "met X on Monday, |days after| Y took office"
    days = (s.text.token_at(w.start) for w in s.whens if w.end <= t.hit.start) if t.predicate else ()
    if any(s.text.low[day - 1] in _SET_OFF for day in days):
        return True  # "The visit comes |a day after| X met Y"
    behind = t.hit.end if s.text.low[t.start] in _EARLIER else t.hit.start  # "his |recent victory|"
    said = s.text.says("background", max(begin, t.hit.start - 40), behind)
    if said is None or _of_other(s, t, said):
        return False
    return s.text.says("same_day", begin, t.hit.start) is None


def _counted_since(s: Sentence, t: Trigger) -> bool:
    """Whether it is told what was done again and again since a time: "have signed five pacts |since 2021|"."""
    end = s.text.tokens.starts[min(s.clause_end(t.end), s.last - 1)]
    return any(t.hit.end < when.start < end and s.text.folded.startswith("since", when.start) for when in s.whens)


def _opened_by_another(s: Sentence, t: Trigger) -> bool:
    """Whether the words that open a sentence, up to a comma, name an event before a phrase."""
    comma = next((k for k in range(s.first, min(t.start, s.first + 12)) if s.text.low[k] == ","), s.first)
    return any(not x.predicate and x.end <= comma for x in s.triggers)


def is_earlier(s: Sentence, t: Trigger) -> bool:
    """Return whether a noun tells of what came before the news: "discussed X's |recent| journey to Y"."""
    return (
        t.top in _MET and not t.predicate and not _EARLIER.isdisjoint(s.text.low[max(s.first, t.start - 2) : t.start])
    )


def is_recalled(s: Sentence, t: Trigger) -> bool:
    """Return whether two who talk speak of something that happened before: "you and I |met| in Sofia"."""
    turn, kinds = s.context.turns.get(s.index), _RECALLED if s.context.before_press else _LOOKED_BACK
    if turn is None or t.start < turn.start or t.top not in kinds:
        return False
    low = s.text.low
    if not t.predicate:
        return t.top == "appointment" or not _HAD.isdisjoint(low[max(turn.start, t.start - 4) : t.start])
    if (low[t.start].endswith(("ing", "s")) and low[t.start] not in _WERE) or low[t.start - 1] in _UNFINISHED:
        return False  # "is visiting", "to visit", "your stay"
    return _JUST.isdisjoint(low[max(s.first, t.start - 3) : t.start])


def is_time_before(s: Sentence, t: Trigger) -> bool:
    """Return whether talks or a journey are those before the news: "the two |last met|", "their last talks"."""
    low, k = s.text.low, t.start - 1
    if t.top not in _MET or k <= s.first or low[k] not in _BEFORE_THE_NEWS:
        return False
    return t.predicate or low[k - 1] in _THEIR


def _of_other(s: Sentence, t: Trigger, said: Span) -> bool:
    """Whether "recent", "last" belong to a noun before a verb: "on his |recent| election victory and conveyed"."""
    if not t.predicate or s.text.folded[said[0] : said[1]].split()[-1] not in _EARLIER:
        return False
    return any(said[1] <= x.hit.start and x.hit.end < t.hit.start and not x.predicate for x in s.triggers)
