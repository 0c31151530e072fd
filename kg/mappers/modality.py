"""Modality: how sure an event phrase is of its event: occurred, planned or unreal."""

import re
from itertools import pairwise

from kg.language.words import alternatives, words
from kg.mappers.acts import decided, given, proceeded
from kg.mappers.background import is_over, is_under_way, since_when, was_done_there, word_before
from kg.mappers.circumstances import date_behind, opening_end, put_off_to
from kg.mappers.claims import Span
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.negation import is_conditional, is_denied, is_supposed
from kg.mappers.plans import (
    comes_after,
    goes_on_ahead,
    has_held,
    is_agreed_on,
    is_ahead,
    is_announced,
    is_awaited,
    is_of_somebody,
    is_on_programme,
    is_promised,
    is_to_be,
    is_to_come,
    lies_ahead,
    only_agreed_on,
    only_where,
    rowed_verb,
    to_be_held,
    was_due,
    was_had,
    will_attend,
    would_go,
)

_PLANNING = words("grammar", "planning_participles")
_BEGIN_FUTURE = frozenset(phrase.split()[0] for phrase in words("grammar", "future_auxiliaries"))
_FUTURE = re.compile(rf"(?:{alternatives('grammar', 'future_auxiliaries')})\b")
_REQUESTS = words("grammar", "requests")
_MET = ("meeting", "call", "visit")
_VOTED = "voted"
_MET_THERE = ("meeting", "conference", "signing")
_WELCOMING = words("grammar", "welcoming_verbs")
_DEPARTING = words("grammar", "departing_verbs")
_DECIDED = ("coercion", "relations", "appointment", "aid", "conference")
_DENIALS = words("grammar", "denials")
_KICKING = words("grammar", "kicking_verbs")
_CANCELLING = words("grammar", "cancelling_verbs")
_HOPING = words("grammar", "hoping")
_HOPES = tuple([word, "that"] for word in sorted(_HOPING | words("grammar", "proposing")))
_CALLED_OFF = ("visit", "meeting", "conference", "ceremony")
_FIRST = words("grammar", "ordinals") | {"only"}
_QUICK = frozenset(("quick", "swift", "prompt"))
_STATES = words("grammar", "states_in_turn")
_BECOMING = words("grammar", "becoming_verbs")
_SAYING = words("grammar", "announcing_verbs")
_INFLECTED = ("ed", "ing", "s")
_HAD_BEEN = words("grammar", "forms_of_be_past") | {"had", "has", "have", "been"}
_ADVERBS = words("grammar", "clause_adverbs")
_SURELY = frozenset(("will",))
_ROWED = ("meeting", "call", "visit", "ceremony", "conference", "signing")
_ADVISING = words("grammar", "advising_verbs")
_WHETHER = "whether"
_ABOUT = words("grammar", "about_topics") | {"on"}
_TALKS = ("meeting", "conference", "call")
_DISCUSSING = words("gatherings", "discussing")
_SUPPOSING = words("grammar", "supposing_words")
_BETWEEN = words("grammar", "argument_prepositions")
_PASSED_OVER = _BETWEEN | words("grammar", "closing_joins") | words("grammar", "definite_determiners")
_STOPPING = frozenset((",", ".", ";"))
_RELATIVE = words("grammar", "personal_relatives")
_WHICH = _RELATIVE | {"which"}
_HELPING = words("grammar", "auxiliaries") | words("acts", "beside_verbs")
_QUOTED = (',"', ",\N{RIGHT DOUBLE QUOTATION MARK}")
"""Behind words quoted, which say nothing of how sure what their speaker did is."""
_AFTERWARDS = words("grammar", "afterwards")
_WAYS = words("grammar", "ways")
_OUTCOMES = words("grammar", "outcomes")
_HELD = words("gatherings", "taking_place")
_EARLIER = words("grammar", "earlier_ones")
_OFTEN = words("turns", "often")
_SETTING_OUT = words("grammar", "setting_out")
_WERE = words("grammar", "forms_of_be_past")
_PRESENT = words("turns", "present")
_BOTH = words("turns", "both") | words("turns", "speaker") | words("turns", "addressee")
_SPEAKING = words("grammar", "speaking_verbs")
_FRAMING = words("grammar", "attending_prepositions")
_ONE = ("a", "an")
_RECURRING = words("grammar", "recurring")
_HOW_OFTEN = words("grammar", "how_often")
_BEING = words("grammar", "passive_helpers") | {"become", "became", "remain", "remained"}
_DEFINITE = words("grammar", "definite_determiners")
_FARTHEST_RATED = 4
"""Tokens from such a verb on in which it is told what it says: "|have become| quite |common|"."""
_KEEPING_UP = words("grammar", "keeping_up")
_WILL = frozenset(("will", "shall"))
_HOLDING = words("grammar", "holding_verbs")
_AGREED_ON = ("meeting", "call", "conference", "visit", "signing")
_HOSTING = words("grammar", "holding_verbs") | words("grammar", "hosting_verbs")
_NEAR_VERB = 6
"""Tokens before a noun among which stands the verb that governs it."""
_DONE_TOGETHER = ("meeting", "call")
_FARTHEST_WOULD = 18
"""Tokens behind a noun up to what "would" be done, people named between them."""
_LEADING_ON = words("grammar", "before_no_subject")
_ARTICLES = words("grammar", "definite_determiners") | {"a", "an"}
_PLANNED_THINGS = ("planned", "scheduled", "upcoming", "forthcoming")
_WHEN = ("when", "while", "as")
_LONGEST_SUBJECT = 24
"""Tokens between such a word and its verb."""
_FARTHEST_CANCELLED = 110
"""Letters behind an event up to the words that call it off, though others stand between."""
_FARTHEST_PLAN = 110
"""Letters between words of planning and what is planned."""
_FARTHEST_WISH = 70
"""Letters before an event in which words may only wish for it."""
_FARTHEST_OUTCOME = 12
"""Tokens before a noun in which it is told that something came of it."""
_NEAR_BEFORE = 60
"""Letters before a gathering in which a word puts it ahead."""
_AFTER_CONCLUDED = (
    words("grammar", "argument_prepositions") | words("grammar", "earlier_ones") | words("dates", "day_words")
) - {"."}


def status(s: Sentence, t: Trigger) -> str:
    """Return ``occurred``, ``planned``, or ``unreal`` for what is wished, advised, denied or only talked of."""
    told = _status(s, t)
    if told == "planned" and is_conditional(s, t):
        return "unreal"
    past = told == "planned" and not t.predicate and (of_outcome(s, t) or (t.top in _MET and is_over(s, t)))
    return "occurred" if past else told


def _status(s: Sentence, t: Trigger) -> str:
    """What the first of these to know says of a phrase."""
    begin = _where_told(s, t)
    return (
        _led_in(s, t, begin)
        or _taken_back(s, t)
        or (_of_noun(s, t, begin) if not t.predicate else "")
        or _announced(s, t, begin)
        or _done_or_spoken_of(s, t)
        or _by_words_before(s, t, begin)
        or _by_verb(s, t)
    )


def _where_told(s: Sentence, t: Trigger) -> int:
    """Where in the text the words begin that may say how sure an event is."""
    text, folded, end = s.text, s.text.folded, t.hit.start
    first = s.clause_start(t.start)
    begin = text.tokens.starts[max(first, opening_end(s, t.start))]
    for mark in _QUOTED:
        begin = max(begin, folded.rfind(mark, begin, end))
    begin = max(begin, _behind_aside(s, t), _in_aside(s, t))
    if t.top == "statement" and t.predicate and text.low[t.start] in _SAYING and "," in text.low[first : t.start]:
        begin = max(begin, folded.rfind(",", begin, end))  # "X will answer, the ministry |said in a statement|"
    return begin


def _led_in(s: Sentence, t: Trigger, begin: int) -> str:
    """What the words before a clause make of it: "denied reports |that|", "it is expected |that|"; "" if nothing."""
    low, first = s.text.low, s.clause_start(t.start)
    if t.top == "appointment" and (s.text.says("congratulating", begin, t.hit.start) or since_when(s, t)):
        return "occurred"
    if t.top == "relations" and since_when(s, t):
        return "occurred"
    subordinate = first > s.first and low[first - 1] == "that"
    if is_denied(s, t) or is_supposed(s, t):
        return "unreal"
    if subordinate and _is_advised(s, t, first):
        return "unreal"
    if t.predicate and subordinate and low[max(0, first - 2) : first] in _HOPES:
        return "unreal"  # "I hope that you will visit"
    if t.predicate and low[t.start].endswith("ing") and (low[t.start - 1] in _DISCUSSING or _in_talks_on(s, t)):
        return "unreal"  # "they discussed raising relations to"
    if t.predicate and _WHETHER in s.text.vocabulary and _WHETHER in low[first : t.start]:
        return "unreal"  # "it is not clear whether X will meet Y"
    if t.predicate and s.text.says("unsure", s.span[0], t.hit.start):
        return "unreal"  # "it is |unclear when| X will meet Y"
    return "planned" if subordinate and not _PLANNING.isdisjoint(low[max(0, first - 3) : first]) else ""


def _in_talks_on(s: Sentence, t: Trigger) -> bool:
    """Whether a gerund only tells what talks are on: "is in talks |on restoring| ties with"."""
    low, k = s.text.low, t.start - 1
    return k - 1 > s.first and low[k] in _ABOUT and any(x.end == k and x.top in _TALKS for x in s.triggers)


def _taken_back(s: Sentence, t: Trigger) -> str:
    """Whether an event is called off, no single one or no more than begun, or ahead by a headline; "" if neither."""
    if t.top in _CALLED_OFF and put_off_to(s, t) is not None:
        return "planned"
    cancelled = s.text.says("cancelled", t.hit.end, s.span[1]) and (not t.predicate or was_due(s, t))
    if cancelled and s.text.says("cancelled", t.hit.end, _where_cancelled(s, t)):
        return "unreal"
    if is_called_off(s, t) or _recurs(s, t) or _is_rated(s, t) or _only_kept_up(s, t):
        return "unreal"
    if not s.index and is_announced(s, t):
        return "planned"
    if t.top in _DONE_TOGETHER and not t.predicate and not s.whens and s.text.low[t.start - 1] in _SETTING_OUT:
        return "unreal"  # "the steps taken to start talks"
    return "unreal" if s.index in s.context.turns and _of_this_talk(s, t) else ""


def _only_offered(s: Sentence, t: Trigger) -> bool:
    """Whether the verb that governs the noun of talks is only wished for: "|offered to host| talks in Y"."""
    starts, verb = s.text.tokens.starts, _governing(s, t) if t.top in _MET_THERE else 0
    if verb <= s.first:
        return False
    wish = s.text.says("unreal", starts[s.first], starts[verb])
    return wish is not None and starts[verb] - wish[1] == 1 and s.text.folded[wish[0] : wish[1]].endswith(" to")


def _where_cancelled(s: Sentence, t: Trigger) -> int:
    """Up to where words may call an event off: far behind a noun, but not behind another that they may be of."""
    near = min(t.hit.end + _FARTHEST_CANCELLED, s.span[1])
    others = (x.hit.start for x in s.triggers if x.start >= t.end and not x.predicate)
    return (
        near if t.predicate else max(near, min(next(others, s.span[1]), s.text.span(s.first, s.clause_end(t.end))[1]))
    )


def _of_noun(s: Sentence, t: Trigger, begin: int) -> str:
    """What the words around a noun make of it: "looking forward to |the summit|", "|The visit| would"; or ""."""
    gathering = t.top == "conference"
    would = _supposed(s, t) if gathering or t.top in _MET else ""
    if (gathering and would == "unreal") or _only_offered(s, t):
        return "unreal"
    first = s.clause_start(t.start)
    if would and s.text.low[max(0, first - 2) : first] in _HOPES:
        return "unreal"  # "expressed the hope that the talks would continue"
    if t.top in _AGREED_ON and _looked_into(s, t):
        return "unreal"
    if t.top in _AGREED_ON and to_be_held(s, t):
        return "planned"
    if gathering and t.kind != "negotiation-round":
        return "planned" if _gathering_ahead(s, t, begin) else "occurred"
    if gathering and is_to_come(s, t) and not _HELD.isdisjoint(s.text.low[t.end : s.clause_end(t.end)]):
        return "planned"  # "|Negotiations| will be held"
    if t.top == "visit" and is_under_way(s, t):
        return "occurred"
    if would and not gathering:
        return would
    if t.top in _DONE_TOGETHER and is_awaited(s, t):
        return "planned"
    if t.top in _MET and was_done_there(s, t):
        return "occurred"
    return "planned" if t.top in ("meeting", "visit") and lies_ahead(s, t) else ""


def _looked_into(s: Sentence, t: Trigger) -> bool:
    """Whether it is only spoken of how an event may come about: "discussed |ways to hold| a summit"."""
    if _WAYS.isdisjoint(s.text.vocabulary) or s.whens:
        return False
    lead = s.text.low[max(s.clause_start(t.start), t.start - _FARTHEST_OUTCOME) : t.start]
    at = next((n for n, (a, b) in enumerate(pairwise(lead)) if a in _WAYS and b in ("to", "of")), len(lead))
    return not _HOLDING.isdisjoint(lead[at:]) and "," not in lead[at:]


def _gathering_ahead(s: Sentence, t: Trigger, begin: int) -> bool:
    """Whether a gathering is still to come, or somebody is still to attend it."""
    end = t.hit.start
    ahead = s.text.says("ahead", max(begin, end - _NEAR_BEFORE), end)
    to_come = (ahead and not has_held(s, ahead)) or is_to_come(s, t)
    attending = is_ahead(s, t.start, begin) if t.predicate else will_attend(s, begin, end)
    return to_come or is_awaited(s, t) or attending


def _announced(s: Sentence, t: Trigger, begin: int) -> str:
    """Whether an event is told as decided for later: "|will visit|", "said it would |expel|"; "" of others."""
    text, low = s.text, s.text.low
    ahead = _FUTURE.match(text.folded, t.hit.start, t.hit.end) if low[t.start] in _BEGIN_FUTURE else None
    to_a_place = t.predicate and t.start > s.first and text.tokens.words[t.end][:1].isupper()
    if t.top == "visit" and to_a_place and low[t.start].endswith("ing"):
        ahead = ahead or _FUTURE.match(text.folded, text.tokens.starts[t.start - 1], t.hit.end)  # "|is going| to"
    if ahead and t.top != "appointment":
        given_up = text.says("unreal", max(begin, t.hit.start - _FARTHEST_WISH), ahead.end())
        if given_up and t.hit.start < given_up[1]:
            return "unreal"  # "scrapped |plans to| visit Y"
        wish = text.says("unreal", max(begin, t.hit.start - _FARTHEST_WISH), t.hit.start)
        denied = wish and text.folded[wish[0] : wish[1]] in _DENIALS and t.hit.start - wish[1] == 1
        hoped = wish and text.folded[wish[0] : wish[1]] in _HOPING  # "hopes that X will visit", "has |no| plans to"
        return "unreal" if denied or hoped else "planned"
    if t.top in _ROWED and (row := rowed_verb(s, t)) and goes_on_ahead(s, row):
        return "planned"
    if is_on_programme(s, t):
        return "planned"
    signed = t.top == "signing" and t.predicate
    if (signed or t.top in _DECIDED or (t.top in _MET and low[t.start] not in _WELCOMING)) and is_promised(s, t):
        return "planned"
    return "planned" if t.top == "meeting" and "would" in text.vocabulary and would_go(s, t) else ""


def _done_or_spoken_of(s: Sentence, t: Trigger) -> str:
    """What a phrase says by itself: "I |meet regularly| with X", "|reached no agreement|"; "" if nothing."""
    low = s.text.low
    if t.top in _DONE_TOGETHER and not (s.whens and t.predicate) and _is_usual(s, t):
        return "unreal"
    if t.top in _DONE_TOGETHER and not t.predicate and (agreed := only_agreed_on(s, t)):
        return agreed
    if t.predicate and (_was_once_due(s, t) or _once_done(s, t) or _serves_a_purpose(s, t)):
        return "unreal"
    if (t.predicate and low[t.end] == "no") or low[s.last - 1] == "?":
        return "unreal"  # "reached no agreement"
    return "occurred" if t.top == "signing" and t.predicate and _says_which(s, t) else ""


def _by_words_before(s: Sentence, t: Trigger, begin: int) -> str:
    """What words of planning and of wishing before a phrase make of it; "" if there are none."""
    text, folded, low, end = s.text, s.text.folded, s.text.low, t.hit.start
    plan, wish = text.says("planned", begin, end), text.says("unreal", max(begin, end - _FARTHEST_WISH), end)
    if plan and (is_of_somebody(s, plan) or (t.top == "conference" and has_held(s, plan))):
        plan = None
    if plan and folded[plan[0] : plan[1]] in _PLANNED_THINGS and _of_something_else(s, t, plan):
        plan = None
    if wish and wish[0] == s.span[0] and low[s.first + 1] == "by" and "," in low[s.clause_start(t.start) : t.start]:
        wish = None  # "|Invited by| X, Y visited"
    if plan and wish and wish[0] <= plan[0] and plan[1] <= wish[1]:
        return "unreal"  # "|had planned to| sign"
    lasting = t.top == "conference" or (t.top in ("coercion", "aid") and not t.predicate)
    lasting = lasting and (t.top != "aid" or given(s, t))
    lasting = lasting or low[t.start - 2 : t.start] == ["decision", "to"]  # "the importance of the decision to"
    scope = None if lasting else text.says("scoping", begin, end)
    if scope and any(scope[0] < w.start <= scope[1] + 1 for w in s.whens):
        scope = None  # "a telephone |call on| Monday"
    meant = scope and (_told_there(s, t, scope) or _done_meanwhile(s, t, scope) or _done_before(s, t, scope))
    if scope and not meant:
        return "unreal"
    if wish and _leaves_event(s, t, wish):
        wish = None
    denied = wish is not None and folded[wish[0] : wish[1]] in _DENIALS
    if wish and plan and plan[0] - wish[1] == 1 and denied:
        return "unreal"  # "has no plans to"
    if wish and not (plan and plan[0] > wish[0]) and (not lasting or denied):
        return "unreal"
    return "planned" if plan and end - plan[1] < _FARTHEST_PLAN and not was_had(s, t, plan) else ""


def _of_something_else(s: Sentence, t: Trigger, plan: Span) -> bool:
    """Whether an adjective only puts something else ahead: "discussed the |planned| treaty during a call"."""
    low = s.text.low
    k = s.text.token_at(plan[0])
    between = low[k + 1 : t.start]
    return low[k - 1] in _ARTICLES and between[:1] != [] and not _LEADING_ON.isdisjoint(w for w in between if w != "of")


def _leaves_event(s: Sentence, t: Trigger, wish: Span) -> bool:
    """Whether words of wishing before a phrase are what was said on the occasion, and not of the event."""
    wished = s.text.folded[wish[0] : wish[1]]
    if wished not in _HOPING and (_told_there(s, t, wish) or _done_meanwhile(s, t, wish)):
        return True  # "stressed the need for peace |at a meeting with| Y"
    if wished not in _HOPING and (of_outcome(s, t) or _done_before(s, t, wish)):
        return True  # "discussed the results of the visit", "called for peace |after| meeting Y"
    if t.predicate or not wished.startswith("discuss"):
        return False
    return t.top == "call" or _is_past_one(s, t, wish)  # "discussed the war by phone", "the |recent| trip to Y"


def _by_verb(s: Sentence, t: Trigger) -> str:
    """What the verb of a phrase makes of it: "flew to Y |to meet| X", "decided |to expel|"."""
    low = s.text.low
    if t.top == "message" and _REQUESTS.intersection(low[s.clause_start(t.start) : t.start]):
        return "occurred"  # "asked X to convey his greetings"
    if t.kind == "ratification" and low[t.start - 1] == "to" and _VOTED in low[s.clause_start(t.start) : t.start]:
        return "occurred"  # "voted 61 to 9 on Monday |to ratify| the treaty"
    if t.predicate and t.top in _MET_THERE and low[t.start - 1] == "to" and (gone := _gone_to(s, t)):
        return gone
    if t.predicate and t.top in _AGREED_ON and (is_agreed_on(s, t) or is_to_be(s, t) or comes_after(s, t)):
        return "planned"
    if t.top == "visit" and "invitation" in s.words_of(t):
        return "planned" if date_behind(s, t) else "unreal"
    aimed = t.predicate and word_before(s, t) == "to" and t.top != "aid" and not _came_to(s, t)
    resolved = t.top in _DECIDED or t.kind == "adoption"
    sure = aimed and ((resolved and decided(s, t.start)) or proceeded(s, t.start))
    return "unreal" if aimed and not sure else "occurred"


def _is_advised(s: Sentence, t: Trigger, first: int) -> bool:
    """Whether a bare verb tells what somebody would have done: "suggested on May 5 that A and B |hold| talks"."""
    low, at = s.text.low, t.start if t.predicate else _governing(s, t)
    verb = low[at]
    bare = not verb.endswith(_INFLECTED) and verb not in s.lex.verbs and low[at - 1] not in _SURELY
    day = next((w for w in s.whens if s.text.token_at(w.end) == first - 1), None)
    that = s.text.token_at(day.start) - (low[s.text.token_at(day.start) - 1] == "on") if day else first - 1
    return at > first and bare and not _ADVISING.isdisjoint(low[max(s.first, that - 2) : that])


def _governing(s: Sentence, t: Trigger) -> int:
    """The verb of holding that governs a noun: "|host| peace talks"; 0 where there is none."""
    near = range(t.start - 1, max(s.clause_start(t.start), t.start - _NEAR_VERB), -1)
    return next((k for k in near if s.text.low[k] in _HOSTING), 0)


def _behind_aside(s: Sentence, t: Trigger) -> int:
    """Where what is told begins if words before the verb only say who acts: "X, who will go to Y, |met Z|"; else 0."""
    low, k = s.text.low, t.start
    past = low[k].endswith("ed") or low[k] in s.lex.verbs or low[k] in _HAD_BEEN
    while k > s.first and (low[k - 1] in _HAD_BEEN or low[k - 1] in _ADVERBS or low[k - 1].endswith("ly")):
        k -= 1  # "X, whose term ends next May, |had earlier| met Y"
    if not (t.predicate and past and low[k - 1] == ","):
        return 0
    opened = any(a == "," and b in _RELATIVE for a, b in pairwise(low[s.first : k - 1]))
    return s.text.tokens.starts[k - 1] if opened else 0


def _in_aside(s: Sentence, t: Trigger) -> int:
    """Where what is told begins if it is only said of somebody named: "hopes to meet X, who |visited Y|"; else 0."""
    low, k = s.text.low, t.start - 1
    while t.predicate and k > s.first and (low[k] in _HELPING or low[k].endswith("ly")):
        k -= 1
    named = k > s.first and t.predicate and low[k] in _WHICH and low[k - 1] == ","
    return s.text.tokens.starts[k] if named else 0


def _says_which(s: Sentence, t: Trigger) -> bool:
    """Whether a participle only says which instrument is meant: "discussed the treaty |signed| in Oslo last year"."""
    end = t.start - (s.text.low[t.start - 1] == ",")  # "the pact, |signed| in May, for"
    if not any(p.end == end for p in s.context.instruments.get(s.index, ())):
        return False
    if s.text.low[t.end - 1] in _AFTER_CONCLUDED or s.text.low[t.end] in _AFTER_CONCLUDED:
        return True
    behind = s.text.span(t.start, t.end)[1]
    return any(w.start - behind in (0, 1) for w in s.whens)


def _recurs(s: Sentence, t: Trigger) -> bool:
    """Whether no one event but a series without a day is told: "hold |annual cabinet meetings|"."""
    if t.predicate or t.top not in _AGREED_ON or s.whens or _RECURRING.isdisjoint(s.text.vocabulary):
        return False
    low = s.text.low
    near = range(t.end - 1, max(s.first, t.start - 4), -1)
    often = next((k for k in near if s.text.tokens.words[k] in _RECURRING), None)
    return often is not None and (low[t.end - 1].endswith("s") or low[t.end].endswith("s"))


def _is_rated(s: Sentence, t: Trigger) -> bool:
    """Whether it is only told how often such things are done: "|Visits| by X's officials |are not unusual|"."""
    if t.predicate or _HOW_OFTEN.isdisjoint(s.text.vocabulary):
        return False
    low = s.text.low
    if not (low[t.end - 1].endswith("s") or low[t.start - 1] in _ONE) or low[t.start - 1] in _DEFINITE:
        return False
    end = s.clause_end(t.end)
    be = next((k for k in range(t.end, min(t.end + _FARTHEST_WOULD, end)) if low[k] in _BEING), end)
    near = low[be : min(be + _FARTHEST_RATED, end)]
    rated = next((n for n, word in enumerate(near) if word in _HOW_OFTEN), 0)
    told = rated > 0 and _STOPPING.isdisjoint(low[t.end : be]) and _ARTICLES.isdisjoint(near[:rated])
    return told and not s.date_between(t.end, be)


def _only_kept_up(s: Sentence, t: Trigger) -> bool:
    """Whether talks are told to go on, and on no day: "|Talks| with Y |will continue|", "will |continue its talks|"."""
    if t.predicate or t.top not in _TALKS or _KEEPING_UP.isdisjoint(s.text.vocabulary):
        return False
    low, end = s.text.low, s.clause_end(t.end)
    before = range(t.start - 1, max(s.clause_start(t.start), t.start - _NEAR_VERB), -1)
    behind = range(t.end, min(t.end + _FARTHEST_WOULD, end))
    will = next((k for k in (*before, *behind) if low[k] in _WILL), None)
    if will is None or low[will - 1] == "and":
        return False
    kept = next((k for k in range(will + 1, min(will + _FARTHEST_RATED, end)) if low[k] in _KEEPING_UP), None)
    if kept is None or low[kept + 1] == "to":
        return False  # "will continue |to| work toward talks"
    between = low[t.end : will]
    other = any(word in _STOPPING or word.endswith("ed") or word in s.lex.verbs for word in between)
    return not other and not s.date_between(min(will, t.start), end)


def _was_once_due(s: Sentence, t: Trigger) -> bool:
    """Whether it is told only what had been planned: "|had been due to| visit X in May but postponed"."""
    return s.text.low[t.start - 1 : t.start + 1] == ["had", "been"] and not _PLANNING.isdisjoint(s.words_of(t))


def _is_usual(s: Sentence, t: Trigger) -> bool:
    """Whether it is told what somebody does time and again: "I |meet regularly| with X"."""
    return t.predicate and (s.text.low[t.start - 1] in _OFTEN or s.text.low[t.end] in _OFTEN)


def _is_past_one(s: Sentence, t: Trigger, said: Span) -> bool:
    """Whether a word right before a noun tells that what was discussed has happened: "the recent talks"."""
    between = s.text.low[s.text.token_at(said[1] - 1) + 1 : t.start]
    return not _EARLIER.isdisjoint(between) and _STOPPING.isdisjoint(between) and len(between) < 8


def _done_before(s: Sentence, t: Trigger, wish: Span) -> bool:
    """Whether it is told that something was said after an event: "urged restraint |after his talks with| Y"."""
    low, told = s.text.low, s.text.token_at(wish[1])
    at = next((k for k in range(t.start - 1, max(told, t.start - _FARTHEST_OUTCOME), -1) if low[k] in _AFTERWARDS), 0)
    if not at and t.predicate:
        at = next((k for k in range(t.start - 1, max(told, t.start - 4), -1) if low[k] == "having"), 0)
    told_when = t.predicate or any(at <= s.text.token_at(w.start) for w in s.whens)
    return at > 0 and told_when and "," not in low[at : t.start]


def of_outcome(s: Sentence, t: Trigger) -> bool:
    """Return whether a noun tells of that of which something came: "the results of |the visit|"."""
    if t.predicate or _OUTCOMES.isdisjoint(s.text.vocabulary):
        return False
    low, first = s.text.low, max(s.first + 1, t.start - _FARTHEST_OUTCOME)
    at = next((k for k in range(t.start - 1, first, -1) if low[k - 1] in _OUTCOMES and low[k] in ("of", "from")), 0)
    if not at or "," in low[at : t.start] or low[at - 2] in _PLANNING:
        return False
    return s.text.says("ahead", s.text.tokens.starts[at], t.hit.start) is None and not lies_ahead(s, t)


def _told_there(s: Sentence, t: Trigger, wish: Span) -> bool:
    """Whether a wish is what was told in talks, and not the talks: "called for peace |in a phone call| with Y"."""
    if t.predicate or t.top not in ("meeting", "call"):
        return False
    low = s.text.low
    k = next((k for k in range(t.start - 1, max(s.first, t.start - 5), -1) if low[k] in _FRAMING), s.first)
    told = _HOPING.isdisjoint(low[s.clause_start(t.start) : k])  # not "hopes to stress the need for peace at a meeting"
    behind = (g for g in s.groups if t.end <= g.start < t.end + 8 and "with" in low[g.start - 2 : g.start])
    with_whom = next((g.mentions[0] for g in behind), None)
    talks = k + 1 == t.start and with_whom is not None and with_whom.type == "person"  # "in talks with President Y"
    return told and k > s.first and (talks or low[k + 1] in _ONE) and s.text.tokens.starts[k] > wish[1]


def _done_meanwhile(s: Sentence, t: Trigger, wish: Span) -> bool:
    """Whether a wish is what was said when people met: "discussed trade |when they met|", "|while receiving| Y"."""
    low = s.text.low
    near = range(t.start - (low[t.start] not in _WHEN), max(s.first, t.start - _LONGEST_SUBJECT), -1)
    k = next((k for k in near if low[k] in _WHEN), s.first)
    past = low[t.start].endswith("ed") or low[t.start] in s.lex.verbs or low[k + 1].endswith("ing")
    return t.predicate and t.top in _DONE_TOGETHER and past and k > s.first and s.text.tokens.starts[k] > wish[1]


def _once_done(s: Sentence, t: Trigger) -> bool:
    """Whether something is told as the condition of what comes then: "once all members |have ratified| it, X will"."""
    low = s.text.low
    if word_before(s, t) not in {"have", "has"}:
        return False
    near = low[max(s.first, t.start - 10) : t.start]
    return "once" in near and "," not in near[near.index("once") :]


def _serves_a_purpose(s: Sentence, t: Trigger) -> bool:
    """Whether it is an event that is good for something: "X's visit to Y |will serve as| an opportunity"."""
    if t.top != "appointment" or s.text.low[t.end - 1] != "as":
        return False
    mentions = s.text.mentions[s.index]
    if any(t.end <= title.start < t.end + 6 for m in mentions for title in m.titles):
        return False
    told = next((x for x in reversed(s.triggers) if not x.predicate and x.end <= t.start), None)
    named = (m for m in mentions if m.type in ("person", "office", "he"))
    return told is not None and not any(told.end <= m.start < t.start for m in named)


def _gone_to(s: Sentence, t: Trigger) -> str:
    """What a journey told right before makes of a meeting it was made for: "flew to Y |to meet| X"; "" without one."""
    low = s.text.low
    told = next((x for x in reversed(s.triggers) if x.top == "visit" and x.predicate and x.end <= t.start - 2), None)
    if told is None or "and" in low[told.end : t.start]:
        return ""
    if (t.start - told.end > 9 or "," in low[told.end : t.start]) and not only_where(s, told.end, t.start - 1):
        return ""
    if told.end - told.start > 3 or status(s, told) != "occurred" or low[told.start].endswith("ing"):
        return ""
    return "planned" if low[told.start] in _DEPARTING or low[told.start].endswith("s") else "occurred"


def is_called_off(s: Sentence, t: Trigger) -> bool:
    """Return whether a verb before a noun takes the event back: "postponed his visit to", "called off talks with"."""
    if t.predicate or t.top not in _CALLED_OFF or _CANCELLING.isdisjoint(s.text.vocabulary):
        return False
    low = s.text.low
    before = low[max(s.clause_start(t.start), t.start - 6) : t.start]
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n] in _CANCELLING), None)
    begun = at is not None and before[at] == "off" and before[at - 1] in _KICKING
    return at is not None and not begun and "," not in before[at:]


def _came_to(s: Sentence, t: Trigger) -> bool:
    """Whether "to" tells what somebody was the first to do: "became the 50th state to ratify"."""
    before = s.text.low[max(s.first, t.start - 8) : t.start]
    first = before[-2:-1] and (before[-2] in _STATES or before[-2] == "first") and not _FIRST.isdisjoint(before)
    if t.top == "message" and not (_FIRST | _QUICK).isdisjoint(before):
        return True  # "was among the first leaders to congratulate X"
    if t.top == "visit":  # "became the first head of state to visit X", "the last one to visit X was Y"
        beside = s.text.low[max(s.first, t.start - 12) : min(t.end + 9, s.last)]
        return not (_FIRST | _EARLIER).isdisjoint(before) and not (_BECOMING | _WERE).isdisjoint(beside)
    return t.top in ("signing", "relations", "coercion") and (first or not _BECOMING.isdisjoint(before))


def _supposed(s: Sentence, t: Trigger) -> str:
    """What "would" behind a noun makes of it: ahead in "the visit would take place", else thought of; "" without."""
    if _SUPPOSING.isdisjoint(s.text.vocabulary):
        return ""
    low = s.text.low
    behind = low[t.end : min(t.end + _FARTHEST_WOULD, s.clause_end(t.end))]
    at = next((n for n, word in enumerate(behind) if word in _SUPPOSING), None)
    if at is None or not _STOPPING.isdisjoint(behind[:at]):
        return ""
    if at and behind[0] not in _BETWEEN and low[t.end - 1] not in _BETWEEN:
        return ""
    named = s.text.tokens.words[t.end : t.end + at]
    if s.text.tokens.words[t.end + at][0].isupper():
        return ""  # "the visit in |May|"
    those = {k for m in s.text.mentions[s.index] if t.end <= m.start < t.end + at for k in range(m.start, m.end)}
    passed = (word[0].isupper() or low[k] in _PASSED_OVER or k in those for k, word in enumerate(named, t.end))
    if not all(passed):
        return ""
    return "planned" if not _HELD.isdisjoint(behind[at + 1 : at + 4]) and behind[at] == "would" else "unreal"


def _of_this_talk(s: Sentence, t: Trigger) -> bool:
    """Whether two who talk only speak of doing so: "I welcome you", "we talked about trade", "we meet often"."""
    turn, low = s.context.turns[s.index], s.text.low
    if t.start < turn.start:
        return False
    if t.kind == "exchange-of-views":
        return True
    if t.top == "call" and not _OFTEN.isdisjoint(low[max(turn.start, t.start - 6) : t.end + 6]):
        return True
    if not t.predicate:
        return False
    if low[t.start] in _SPEAKING and not {"with", "to"} & set(low[t.end - 1 : t.end + 1]):
        return s.text.says("by_telephone", s.text.tokens.starts[s.clause_start(t.start)], s.span[1]) is None
    return low[t.start] in _PRESENT and word_before(s, t) in _BOTH
