"""Modality: how sure an event phrase is of its event — occurred, planned or unreal — and whether it lies back."""

import re
from itertools import pairwise

from kg.language.words import words
from kg.mappers.acts import decided, given, proceeded
from kg.mappers.arguments import journey_for, undated
from kg.mappers.circumstances import date_behind, first_since, of_the_report, opening_end
from kg.mappers.claims import Span
from kg.mappers.clauses import Sentence, Trigger


def _any_of(name: str) -> str:
    """A class of words as alternatives, the longest first."""
    return "|".join(sorted(words("grammar", name), key=lambda phrase: (-len(phrase), phrase)))


_TO_COME = re.compile(rf"(?:\W*[\w' ]{{0,40}}|[\w'’ –-]{{0,60}})\b(?:{_any_of('coming_verbs')})\b")
_WILL = re.compile(r"[^.;,]{0,70}\bwill\b")
_IS_PLANNED = re.compile(rf"[^.;]{{0,220}}\b(?:is|are) (?:also )?(?:{_any_of('planning_participles')})\b")
_PLANNED_FOR = re.compile(
    rf"[^.;,]{{0,90}}(?:, )?\b(?:(?:{_any_of('planning_participles')})"
    rf" (?:{_any_of('before_plans')})|{_any_of('nearing')})\b"
)
_WILL_THEN = re.compile(r"(?:(?! that | which | who )[^.;]){0,90}\b(?:will|plans? to|is to|are to)\b")
_NEGATIONS = words("grammar", "negations")
_PLANNING = words("grammar", "planning_participles")
_FRONTING = words("grammar", "fronting_words")
_FUTURE = re.compile(rf"(?:{_any_of('future_auxiliaries')})\b")
_REQUESTS = words("grammar", "requests")
_ADVERBS = words("grammar", "clause_adverbs")
_PERFECT = words("grammar", "perfect_auxiliaries")
_TELLING = words("grammar", "telling_words")
_HEAVY = words("grammar", "barriers")
_UNDER_WAY = words("grammar", "under_way")
_MET = ("meeting", "call", "visit")
_MET_THERE = ("meeting", "conference")
_WELCOMING = words("grammar", "welcoming_verbs")
_AHEAD_OF_VERBS = tuple(sorted(words("grammar", "ahead_of_verbs")))
_DEPARTING = words("grammar", "departing_verbs")
_DECIDED = ("coercion", "relations", "appointment", "aid")
_DENIALS = words("grammar", "denials")
_KICKING = words("grammar", "kicking_verbs")
_CANCELLING = words("grammar", "cancelling_verbs")
_DENYING = words("grammar", "denying_verbs")
_HOPING = words("grammar", "hoping")
_HOPES = tuple([word, "that"] for word in sorted(_HOPING | words("grammar", "proposing")))
_SCHEDULED = words("grammar", "scheduled_verbs")
_RECALLED = ("meeting", "call", "visit", "message", "appointment")
_LOOKED_BACK = (*_RECALLED, "signing")
_CALLED_OFF = ("visit", "meeting", "conference", "ceremony")
_FIRST = words("grammar", "ordinals") | {"only"}
_STATES = words("grammar", "states_in_turn")
_BECOMING = words("grammar", "becoming_verbs")
_SAID = words("grammar", "promising_speech")
_SAYING = words("grammar", "announcing_verbs")
_COORDINATORS = frozenset(("and", ","))
_INFLECTED = ("ed", "ing", "s")
_SURELY = frozenset(("will",))
_ROWED = ("meeting", "call", "visit", "ceremony", "conference", "signing")
_ADVISING = words("grammar", "advising_verbs")
_LONGEST_GIFT = 6
"""Tokens up to which a verb of giving stands before what is given."""
_WHETHER = "whether"
_DISCUSSING = words("gatherings", "discussing")
_IF = words("grammar", "conditional_words")
_DEPENDING = words("grammar", "depending_joins")
_FARTHEST_IF = 8
"""Tokens behind what would be done up to what it depends on: "would visit Y |only if|"."""
_SUPPOSING = words("grammar", "supposing_words")
_BETWEEN = words("grammar", "argument_prepositions")
_PASSED_OVER = _BETWEEN | words("grammar", "closing_joins") | words("grammar", "definite_determiners")
_AFTERWARDS = words("grammar", "afterwards")
_STOPPING = frozenset((",", ".", ";"))
_RELATIVE = words("grammar", "personal_relatives")
_QUOTED = (',"', ",\N{RIGHT DOUBLE QUOTATION MARK}")
"""Behind words quoted, which say nothing of how sure what their speaker did is."""
_HELD = words("gatherings", "taking_place")
_CARRYING = words("gatherings", "carrying")
_BEFORE_INFINITIVES = words("grammar", "auxiliaries") - _PERFECT
_EARLIER = words("grammar", "earlier_ones")
_OCCASIONS = words("grammar", "occasion_prepositions")
_OFTEN = words("turns", "often")
_SETTING_OUT = words("grammar", "setting_out")
_CONCLUDING = words("grammar", "concluding")
_MEANING = words("grammar", "meaning_verbs")
_BEING = words("grammar", "passive_helpers")
_WERE = words("grammar", "forms_of_be_past")
_HAD, _PRESENT = words("turns", "had"), words("turns", "present")
_BOTH = words("turns", "both") | words("turns", "speaker") | words("turns", "addressee")
_SPEAKING = words("grammar", "speaking_verbs")
_UNFINISHED = words("turns", "before_unfinished")
_JUST = words("grammar", "right_now")
_AWAITING = words("grammar", "awaiting")
_DONE_THERE = words("grammar", "done_there")
_FRAMING = words("grammar", "attending_prepositions")
_AGREEING = words("grammar", "agreeing_verbs")
_ONE = ("a", "an")
_ITINERARIES = words("grammar", "itineraries")
_INCLUDING = words("grammar", "verbs_of_including")
_RECURRING = words("grammar", "recurring")
_HOLDING = words("grammar", "holding_verbs")
_AGREED_ON = ("meeting", "call", "conference", "visit", "signing")
_FARTHEST_AGREED = 6
"""Tokens between those who agree and on what they do: "agreed |during a telephone call| to"."""
_DONE_TOGETHER = ("meeting", "call")
_FARTHEST_WOULD = 18
"""Tokens behind a noun up to what "would" be done, people named between them."""
_FARTHEST_BEFORE = 14
"""Tokens between "before" and the verb that tells what is still to come."""
_SET_OFF = words("grammar", "set_off_verbs")
_FARTHEST_VERB = 5
"""Tokens between a verb of holding and what is held."""
_AFTER_CONCLUDED = words("grammar", "argument_prepositions") | words("grammar", "earlier_ones")


def status(s: Sentence, t: Trigger) -> str:
    """Return ``occurred``, ``planned``, or ``unreal`` for what is wished, advised, denied or only talked of."""
    told = _status(s, t)
    return "occurred" if told == "planned" and t.top in _MET and not t.predicate and _is_over(s, t) else told


def _status(s: Sentence, t: Trigger) -> str:
    text, folded = s.text, s.text.folded
    first = s.clause_start(t.start)
    begin, end = s.text.tokens.starts[max(first, opening_end(s, t.start))], t.hit.start
    for mark in _QUOTED:
        begin = max(begin, folded.rfind(mark, begin, end))
    begin = max(begin, _behind_aside(s, t))
    if t.top == "statement" and t.predicate and s.text.low[t.start] in _SAYING and "," in s.text.low[first : t.start]:
        begin = max(begin, folded.rfind(",", begin, end))  # "X will answer, the ministry |said in a statement|"
    if t.top == "appointment" and (text.says("congratulating", begin, end) or since_when(s, t)):
        return "occurred"
    if t.top == "relations" and since_when(s, t):
        return "occurred"
    if first > s.first and s.text.low[first - 1] == "that" and not _DENYING.isdisjoint(s.text.low[first - 5 : first]):
        return "unreal"  # "denied reports that"
    if t.predicate and first > s.first and s.text.low[first - 1] == "that" and _is_advised(s, t, first):
        return "unreal"
    if t.predicate and s.text.low[t.start].endswith("ing") and s.text.low[t.start - 1] in _DISCUSSING:
        return "unreal"  # "they discussed raising relations to"
    if t.predicate and _WHETHER in s.text.vocabulary and _WHETHER in s.text.low[first : t.start]:
        return "unreal"  # "it is not clear whether X will meet Y"
    if t.predicate and first > s.first and s.text.low[first - 2 : first] in _HOPES:
        return "unreal"  # "I hope that you will visit"
    if first > s.first and s.text.low[first - 1] == "that" and not _PLANNING.isdisjoint(s.text.low[first - 3 : first]):
        return "planned"  # "it is expected that the talks"
    if (not t.predicate or was_due(s, t)) and text.says("cancelled", t.hit.end, min(t.hit.end + 110, s.span[1])):
        return "unreal"
    if is_called_off(s, t) or _recurs(s, t):
        return "unreal"
    if not s.index and _is_announced(s, t):
        return "planned"
    if t.top in ("meeting", "call") and not t.predicate and not s.whens and s.text.low[t.start - 1] in _SETTING_OUT:
        return "unreal"  # "the steps taken to start talks"
    if s.index in s.context.turns and _of_this_talk(s, t):
        return "unreal"
    if t.top == "conference" and not t.predicate and _supposed(s, t) == "unreal":
        return "unreal"
    if t.top in _AGREED_ON and not t.predicate and _to_be_held(s, t):
        return "planned"
    if t.top == "conference" and not t.predicate and t.kind != "negotiation-round":
        ahead = text.says("ahead", max(begin, end - 60), end)
        to_come = (ahead and not _has_held(s, ahead)) or _is_to_come(s, t)
        return "planned" if to_come or _is_awaited(s, t) or _will_attend(s, begin, end) else "occurred"
    if t.top == "visit" and is_under_way(s, t):
        return "occurred"
    if t.top in ("meeting", "call", "visit") and not t.predicate and (would := _supposed(s, t)):
        return would
    if t.top in ("meeting", "call") and not t.predicate and _is_awaited(s, t):
        return "planned"
    if t.top in _MET and not t.predicate and _where_done(s, t):
        return "occurred"
    if t.top in ("meeting", "visit") and not t.predicate and _lies_ahead(s, t):
        return "planned"
    if _FUTURE.match(folded, t.hit.start, t.hit.end) and t.top != "appointment":
        wish = text.says("unreal", max(begin, end - 70), end)
        return "unreal" if wish and folded[wish[0] : wish[1]] in _HOPING else "planned"  # "hopes that X will visit"
    if t.top in _ROWED and (row := _rowed_verb(s, t)) and _goes_on_ahead(s, row):
        return "planned"
    if _on_the_programme(s, t):
        return "planned"
    dated = t.top == "signing" and t.predicate and date_behind(s, t) is not None
    if (dated or t.top in _DECIDED or (t.top in _MET and s.text.low[t.start] not in _WELCOMING)) and _promised(s, t):
        return "planned"
    if t.top == "meeting" and "would" in s.text.vocabulary and _would_go(s, t):
        return "planned"
    if t.top in _DONE_TOGETHER and not (s.whens and t.predicate) and _is_usual(s, t):
        return "unreal"
    if t.top in _DONE_TOGETHER and not t.predicate and (agreed := _only_agreed_on(s, t)):
        return agreed
    if t.predicate and (_was_once_due(s, t) or _once_done(s, t) or _serves_a_purpose(s, t)):
        return "unreal"
    if (t.predicate and s.text.low[t.end : t.end + 1] == ["no"]) or s.text.low[s.last - 1] == "?":
        return "unreal"  # "reached no agreement"
    if t.top == "signing" and t.predicate and _says_which(s, t):
        return "occurred"
    plan, wish = text.says("planned", begin, end), text.says("unreal", max(begin, end - 70), end)
    if plan and (_is_of_somebody(s, plan) or (t.top == "conference" and _has_held(s, plan))):
        plan = None
    if wish and wish[0] == s.span[0] and s.text.low[s.first + 1] == "by" and "," in s.text.low[first : t.start]:
        wish = None  # "|Invited by| X, Y visited"
    if plan and wish and wish[0] <= plan[0] and plan[1] <= wish[1]:
        return "unreal"  # "|had planned to| sign"
    lasting = t.top == "conference" or (t.top == "coercion" and not t.predicate)
    lasting = lasting or (t.top == "aid" and not t.predicate and given(s, t))
    lasting = lasting or s.text.low[t.start - 2 : t.start] == ["decision", "to"]  # "the importance of the decision to"
    if not lasting and text.says("scoping", begin, end):
        return "unreal"
    if wish and folded[wish[0] : wish[1]] not in _HOPING and _told_there(s, t, wish):
        wish = None  # "stressed the need for peace |at a meeting with| Y"
    if wish and t.top == "call" and not t.predicate and folded[wish[0] : wish[1]].startswith("discuss"):
        wish = None  # "discussed the war by phone"
    if wish and not t.predicate and folded.startswith("discuss", wish[0]) and _is_past_one(s, t, wish):
        wish = None  # "discussed the |Chancellor's recent| trip to Y"
    if wish and plan and plan[0] - wish[1] == 1 and folded[wish[0] : wish[1]] in _DENIALS:
        return "unreal"  # "has no plans to"
    if wish and not (plan and plan[0] > wish[0]) and (not lasting or folded[wish[0] : wish[1]] in _DENIALS):
        return "unreal"
    if plan and end - plan[1] < 110 and not _was_had(s, t, plan):
        return "planned"
    if t.top == "message" and _REQUESTS.intersection(s.text.low[first : t.start]):
        return "occurred"  # "asked X to convey his greetings"
    if t.predicate and t.top in _MET_THERE and s.text.low[t.start - 1] == "to" and (gone := _gone_to(s, t)):
        return gone
    if t.predicate and t.top in _AGREED_ON and (_is_agreed_on(s, t) or _is_to_be(s, t) or _comes_after(s, t)):
        return "planned"
    if t.top == "visit" and "invitation" in s.words_of(t):
        return "planned" if date_behind(s, t) else "unreal"
    aimed = t.predicate and _word_before(s, t) == "to" and t.top != "aid" and not _came_to(s, t)
    resolved = t.top in _DECIDED or t.kind == "adoption"
    sure = aimed and ((resolved and decided(s, t.start)) or proceeded(s, t.start))
    return "unreal" if aimed and not sure else "occurred"


def _is_to_come(s: Sentence, t: Trigger) -> bool:
    """Whether a verb behind a noun puts it ahead; not so one of others: "A |hosted| the Forum and B will host …"."""
    verb = _TO_COME.match(s.text.folded, t.hit.end, t.hit.end + 60)
    if verb is None:
        return False
    low = s.text.low
    before = low[max(s.first, t.start - 6) : t.start]
    if not any(word.endswith("ed") or word in s.lex.verbs for word in before):
        return True
    between = range(t.end, s.text.token_at(verb.end()))
    return not any(low[k] == "and" and any(0 < g.start - k < 3 for g in s.groups) for k in between)


def _is_of_somebody(s: Sentence, plan: Span) -> bool:
    """Whether "plan to" leads to somebody, and is a noun: "presented the |plan to| President X"."""
    if not s.text.folded.endswith("plan to", *plan):
        return False
    behind = s.text.token_at(plan[1])
    return any(behind <= g.start < behind + 2 for g in s.groups)


def _is_advised(s: Sentence, t: Trigger, first: int) -> bool:
    """Whether a bare verb tells what somebody would have done: "suggested that A and B |hold| talks"."""
    verb = s.text.low[t.start]
    bare = not verb.endswith(_INFLECTED) and verb not in s.lex.verbs and s.text.low[t.start - 1] not in _SURELY
    return bare and not _ADVISING.isdisjoint(s.text.low[max(s.first, first - 3) : first - 1])


def _behind_aside(s: Sentence, t: Trigger) -> int:
    """Where what is told begins if words before the verb only say who acts: "X, who will go to Y, |met Z|"; else 0."""
    low = s.text.low
    past = low[t.start].endswith("ed") or low[t.start] in s.lex.verbs
    if not (t.predicate and past and low[t.start - 1] == ","):
        return 0
    opened = any(a == "," and b in _RELATIVE for a, b in pairwise(low[s.first : t.start - 1]))
    return s.text.tokens.starts[t.start - 1] if opened else 0


def _says_which(s: Sentence, t: Trigger) -> bool:
    """Whether a participle only says which instrument is meant: "discussed the treaty |signed| in Oslo last year"."""
    end = t.start - (s.text.low[t.start - 1] == ",")  # "the pact, |signed| in May, for"
    known = any(p.end == end for p in s.context.instruments.get(s.index, ()))
    behind = s.text.low[t.end : t.end + 1] if s.text.low[t.end - 1] not in _AFTER_CONCLUDED else ["by"]
    dated = any(w.start - s.text.span(t.start, t.end)[1] in (0, 1) for w in s.whens)
    return known and (dated or not _AFTER_CONCLUDED.isdisjoint(behind))


def _recurs(s: Sentence, t: Trigger) -> bool:
    """Whether no one event but a series without a day is told: "agreed to |hold annual cabinet meetings|"."""
    if t.predicate or t.top not in _AGREED_ON or s.whens or _RECURRING.isdisjoint(s.text.vocabulary):
        return False
    low = s.text.low
    often = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if low[k] in _RECURRING), None)
    several = low[t.end - 1].endswith("s") or low[t.end].endswith("s")
    return several and often is not None and low[often - 1] in _HOLDING


def _is_agreed_on(s: Sentence, t: Trigger) -> bool:
    """Whether two have agreed to sign something, or to do something on a day: "agreed |to meet| again in June"."""
    low = s.text.low
    agreed = t.start - 2 >= s.first and low[t.start - 1] == "to" and low[t.start - 2] in _AGREEING
    return agreed and (t.top == "signing" or bool(date_behind(s, t)))


def _only_agreed_on(s: Sentence, t: Trigger) -> str:
    """What talks are that are agreed to, ahead if they have a day: "agreed |to hold| a meeting"; "" of others."""
    low = s.text.low
    to = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if low[k] in ("to", "on")), s.first)
    lead = low[max(s.clause_start(t.start), to - _FARTHEST_AGREED) : to]
    if to == s.first or _AGREEING.isdisjoint(lead):
        return ""
    return "planned" if any(w.start > t.hit.end and not of_the_report(s, w) for w in s.whens) else "unreal"


def _was_once_due(s: Sentence, t: Trigger) -> bool:
    """Whether it is told only what had been planned: "|had been due to| visit X in May but postponed"."""
    return s.text.low[t.start - 1 : t.start + 1] == ["had", "been"] and not _PLANNING.isdisjoint(s.words_of(t))


def was_due(s: Sentence, t: Trigger) -> bool:
    """Return whether a verb tells what had been planned: "|was to meet| X on Tuesday", "|was due to| visit"."""
    low = s.text.low
    to = next((k for k in range(t.start - 1, t.end) if low[k] == "to"), s.first)
    before = to - 1 - (low[to - 1] in _PLANNING)
    return t.predicate and before >= s.first and low[before] in _WERE


def _is_usual(s: Sentence, t: Trigger) -> bool:
    """Whether it is told what somebody does time and again: "I |meet regularly| with X"."""
    return t.predicate and not _OFTEN.isdisjoint((s.text.low[t.start - 1], *s.text.low[t.end : t.end + 1]))


def _comes_after(s: Sentence, t: Trigger) -> bool:
    """Whether a verb in the present tells what something else comes before: "days |before| X |meets| Y on Friday"."""
    low, verb = s.text.low, s.text.low[t.start]
    if "before" not in s.text.vocabulary or verb in s.lex.verbs or verb.endswith(("ed", "ing")):
        return False
    near = range(t.start - 1, max(s.clause_start(t.start), t.start - _FARTHEST_BEFORE), -1)
    before = next((k for k in near if low[k] == "before"), s.first)
    return before > s.first and any(before < g.start and g.end == t.start for g in s.groups)


def _to_be_held(s: Sentence, t: Trigger) -> bool:
    """Whether somebody has resolved to hold it: "agreed on Monday |to hold| emergency talks"."""
    low, begin = s.text.low, s.clause_start(t.start)
    near = range(t.start - 1, max(s.first, t.start - _FARTHEST_VERB), -1)
    verb = next((k for k in near if low[k] in _HOLDING and low[k - 1] == "to"), None)
    several = low[t.end - 1].endswith("s") and not any(w.start > t.hit.end for w in s.whens)
    if verb is None or several:
        return False  # "agreed to hold more meetings"
    row = [verb, *(k + 1 for k in range(begin, verb - 2) if low[k] == "to")] if low[verb - 2] == "and" else [verb]
    return any(decided(s, k) for k in row)


def _is_to_be(s: Sentence, t: Trigger) -> bool:
    """Whether something is told to be done on a day or occasion: "|to be signed| in June", "during the visit"."""
    low = s.text.low
    if t.top in _MET and was_due(s, t):
        return bool(date_behind(s, t))  # "was to meet X on Tuesday", "was due to visit"
    ahead = (
        low[t.start] == "be" and t.start - 1 > s.first and low[t.start - 1] == "to" and low[t.start - 2] not in _SAID
    )
    return ahead and (low[t.end : t.end + 1] == ["during"] or bool(date_behind(s, t)))


def _is_past_one(s: Sentence, t: Trigger, said: Span) -> bool:
    """Whether a word right before a noun tells that what was discussed has happened: "the recent talks"."""
    between = s.text.low[s.text.token_at(said[1] - 1) + 1 : t.start]
    return not _EARLIER.isdisjoint(between) and _STOPPING.isdisjoint(between) and len(between) < 8


def _was_had(s: Sentence, t: Trigger, plan: Span) -> bool:
    """Whether a past tense behind what lies ahead tells the event: "hosting X ahead of Y, today |had talks| with Z"."""
    low = s.text.low
    near = (t.start,) if t.predicate else range(t.start - 1, max(s.first, t.start - 4), -1)
    verb = next((k for k in near if low[k] in _HAD and low[k - 1] not in _BEING), None)
    return verb is not None and s.text.tokens.starts[verb] >= plan[1]


def since_when(s: Sentence, t: Trigger) -> bool:
    """Return whether an office taken, or relations raised, only tell since when.

    "it will be his first visit |since he took office|", "his first visit |after taking office|".
    """
    low = s.text.low
    lead = low[max(s.first, t.start - 3) : t.start]
    first = "after" in lead and "first" in low[max(s.first, t.start - 9) : t.start]
    return t.predicate and ("since" in lead or first)


def _is_awaited(s: Sentence, t: Trigger) -> bool:
    """Whether something is looked forward to in its clause: "looking forward to the meeting in May"."""
    return not _AWAITING.isdisjoint(s.text.low[s.clause_start(t.start) : t.start])


def _where_done(s: Sentence, t: Trigger) -> bool:
    """Whether something is told as done at talks, which so took place: "the pledges they made |during their call|"."""
    lead = s.text.low[max(s.first, t.start - 6) : t.start]
    occasions = _OCCASIONS if t.top == "visit" else _FRAMING  # "agreed following the visit", not "following the talks"
    return any(a in _DONE_THERE and b in occasions for a, b in pairwise(lead))


def _told_there(s: Sentence, t: Trigger, wish: Span) -> bool:
    """Whether a wish is what was told in talks, and not the talks: "called for peace |in a phone call| with Y"."""
    if t.predicate or t.top not in ("meeting", "call"):
        return False
    low = s.text.low
    k = next((k for k in range(t.start - 1, max(s.first, t.start - 5), -1) if low[k] in _FRAMING), s.first)
    told = _HOPING.isdisjoint(low[s.clause_start(t.start) : k])  # not "hopes to stress the need for peace at a meeting"
    return told and k > s.first and low[k + 1] in _ONE and s.text.tokens.starts[k] > wish[1]


def _is_over(s: Sentence, t: Trigger) -> bool:
    """Whether words before a noun put it behind: "after the conclusion of his visit", "X's recent visit".

    So does "will" behind a journey told of already that only tells what it means: "The visit will mark a new phase".
    """
    lead = s.text.low[max(s.clause_start(t.start), t.start - 7) : t.start]
    if not (_AFTERWARDS.isdisjoint(lead) or _CONCLUDING.isdisjoint(lead)) or "recent" in lead[-2:]:
        return True
    behind = s.text.low[t.end : min(t.end + 9, s.clause_end(t.end))]
    meant = "will" in behind and not _MEANING.isdisjoint(behind[behind.index("will") :][:3])
    return meant and t.top == "visit" and any(d.top == "visit" and d.status == "occurred" for d in s.drafts)


def _once_done(s: Sentence, t: Trigger) -> bool:
    """Whether something is told as the condition of what comes then: "once all members |have ratified| it, X will"."""
    low = s.text.low
    if _word_before(s, t) not in {"have", "has"}:
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


def _has_held(s: Sentence, plan: Span) -> bool:
    """Whether the next of a series was held then: "the two sides |held the next| round of talks"."""
    low, k = s.text.low, s.text.token_at(plan[0]) - 2  # "planned", "ahead": "next"
    held = k > s.first and low[k + 1] == "the" and low[k] in _CARRYING and low[k].endswith(("ed", "held"))
    return held and low[k - 1] not in _BEFORE_INFINITIVES


def _will_attend(s: Sentence, begin: int, end: int) -> bool:
    """Whether somebody is to be at a gathering: "is also |set to| speak at a forum"."""
    there = s.text.says("attending", begin, end)
    if there is None:
        return False
    return _goes_on_ahead(s, s.text.token_at(there[0])) or any(
        s.text.folded.startswith(phrase, max(begin, there[0] - len(phrase) - 1)) for phrase in _AHEAD_OF_VERBS
    )


def _on_the_programme(s: Sentence, t: Trigger) -> bool:
    """Whether a noun is part of a journey to come: "|The programme includes| a meeting with Y and the signing of Z"."""
    before = s.text.low[s.first : t.start]
    if t.predicate or _ITINERARIES.isdisjoint(before) or _INCLUDING.isdisjoint(before):
        return False
    journey = next((d for d in reversed(s.drafts) if d.top == "visit" and d.people), None)
    return journey is not None and journey.status == "planned"


def _rowed_verb(s: Sentence, t: Trigger) -> int:
    """The token of a verb that tells an event: itself, or that by which somebody is at what a noun names; or 0."""
    if t.predicate:
        return t.start
    starts = s.text.tokens.starts
    there = s.text.says("attending", starts[max(s.first, t.start - 5)], t.hit.start)
    return s.text.token_at(there[0]) if there is not None else 0


def _goes_on_ahead(s: Sentence, verb: int) -> bool:
    """Whether a bare verb goes on a row of what is to come: "will visit Y, meet Z |and attend| a forum"."""
    low = s.text.low
    if verb - 1 <= s.first or low[verb - 1] not in _COORDINATORS:
        return False
    if low[verb].endswith(_INFLECTED) or low[verb] in s.lex.verbs:
        return False  # "X, who will go to Y, |met| Z"
    will = next((k for k in range(verb - 2, s.first, -1) if low[k] in _SURELY), s.first)
    between = low[will + 1 : verb - 1]
    return will > s.first and ";" not in between and "that" not in between and _is_sure(s, will)


def _is_sure(s: Sentence, will: int) -> bool:
    """Whether nobody only hopes or doubts what "will" at a token says."""
    starts = s.text.tokens.starts
    return s.text.says("unreal", starts[s.first], starts[will]) is None


def _gone_to(s: Sentence, t: Trigger) -> str:
    """What a journey told right before makes of a meeting it was made for: "flew to Y |to meet| X"; "" without one."""
    low = s.text.low
    told = next((x for x in reversed(s.triggers) if x.top == "visit" and x.predicate and x.end <= t.start - 2), None)
    if told is None or "and" in low[told.end : t.start]:
        return ""
    if (t.start - told.end > 9 or "," in low[told.end : t.start]) and not _only_where(s, told.end, t.start - 1):
        return ""
    if told.end - told.start > 3 or status(s, told) != "occurred" or low[told.start].endswith("ing"):
        return ""
    return "planned" if low[told.start] in _DEPARTING or low[told.start].endswith("s") else "occurred"


def _would_go(s: Sentence, t: Trigger) -> bool:
    """Whether talks are what a journey announced is for: "said X would fly to Y |to meet| Z", "|for talks with|"."""
    journey = journey_for(s, t)
    if t.predicate and s.text.low[t.start - 1] == "to":
        told = (x for x in reversed(s.triggers) if x.top == "visit" and x.predicate and x.end <= t.start - 2)
        journey = next((x for x in told if _only_where(s, x.end, t.start - 1)), None)
    return journey is not None and _promised(s, journey)


def _only_where(s: Sentence, begin: int, end: int) -> bool:
    """Whether tokens ``[begin, end)`` only tell where to and when: "flew to |Y, Z, on May 7, 2024,| to meet X"."""
    low = s.text.low
    places = (m for m in s.text.mentions[s.index] if m.is_where and begin <= m.start < end)
    named = {word for m in places for word in low[m.start : m.end]}
    return all(word in named or word in (",", "the") for word in undated(s, low[begin:end], begin))


def is_called_off(s: Sentence, t: Trigger) -> bool:
    """Return whether a verb before a noun takes the event back: "postponed his visit to", "called off talks with"."""
    if t.predicate or t.top not in _CALLED_OFF or _CANCELLING.isdisjoint(s.text.vocabulary):
        return False
    low = s.text.low
    before = low[max(s.clause_start(t.start), t.start - 6) : t.start]
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n] in _CANCELLING), None)
    begun = at is not None and before[at] == "off" and before[at - 1] in _KICKING
    return at is not None and not begun and "," not in before[at:]


def _is_announced(s: Sentence, t: Trigger) -> bool:
    """Whether a headline puts an event ahead by a bare infinitive: "X to visit Y", "A, B to hold talks"."""
    if s.text.article.title is None:
        return False
    low = s.text.low
    to = (
        t.start if low[t.start] == "to" else next((k for k in range(t.start - 1, t.start - 5, -1) if low[k] == "to"), 0)
    )
    if not _AFTERWARDS.isdisjoint(low[to : t.start]):
        return False  # "X to return after concluding his visit to Y"
    return to > s.first and any(g.end == to and g.mentions[-1].type in ("person", "office", "body") for g in s.groups)


def is_scheduled(s: Sentence, t: Trigger, words_of_date: list[Span]) -> bool:
    """Return whether a verb in the present tense at or behind a phrase, before its date, tells of what is to come."""
    low = s.text.low
    stop = s.text.token_at(words_of_date[0][0]) if words_of_date else s.first
    if t.predicate and low[t.start] in _SCHEDULED:
        return t.start < stop
    return not t.predicate and any(low[k] in _SCHEDULED for k in range(t.end, min(stop, t.end + 8)))


def _came_to(s: Sentence, t: Trigger) -> bool:
    """Whether "to" tells what somebody was the first to do: "became the 50th state to ratify"."""
    before = s.text.low[max(s.first, t.start - 8) : t.start]
    first = before[-2:-1] and (before[-2] in _STATES or before[-2] == "first") and not _FIRST.isdisjoint(before)
    if t.top == "message" and not _FIRST.isdisjoint(before):
        return True  # "was among the first leaders to congratulate X"
    if t.top == "visit":  # "became the first head of state to visit X", "the last one to visit X was Y"
        beside = s.text.low[max(s.first, t.start - 12) : min(t.end + 9, s.last)]
        return not (_FIRST | _EARLIER).isdisjoint(before) and not (_BECOMING | _WERE).isdisjoint(beside)
    return t.top in ("signing", "relations", "coercion") and (first or not _BECOMING.isdisjoint(before))


def _promised(s: Sentence, t: Trigger) -> bool:
    """Whether "would" tells what was announced: "X said it would expel two diplomats"."""
    low = s.text.low
    near = 2 if t.predicate else _LONGEST_GIFT * (t.top == "aid")  # "would |send 200 tonnes of| rice"
    if t.start - near < s.first or "would" not in low[t.start - near : t.start]:
        return False
    lead = low[max(s.first, t.start - 18) : t.start]
    behind = low[max(t.end, s.last - 9) : s.last]
    said = not _SAID.isdisjoint(lead) or ("," in behind and not _SAID.isdisjoint(behind))
    return said and _IF.isdisjoint(lead) and _DEPENDING.isdisjoint(low[t.end : min(t.end + _FARTHEST_IF, s.last)])


def _lies_ahead(s: Sentence, t: Trigger) -> bool:
    """Whether what follows a noun puts it ahead: "the visit will", "During the visit, X will"."""
    folded, end = s.text.folded, t.hit.end
    if _WILL.match(folded, end, end + 90) or _PLANNED_FOR.match(folded, end, min(end + 120, s.span[1])):
        return True
    behind = s.text.low[t.end : s.clause_end(t.end)]
    denied = not _NEGATIONS.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start])
    if not denied and not _PLANNING.isdisjoint(behind) and _IS_PLANNED.match(folded, end, min(end + 240, s.span[1])):
        return not any(x.predicate and x.start > t.end for x in s.triggers)
    fronted = t.start - s.first < 4 and s.text.low[s.first] in _FRONTING
    lead = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if s.text.low[k] in _FRONTING), s.first)
    fronted = fronted or (
        lead > s.first and s.text.low[lead - 1] in _COORDINATORS
    )  # "…, and during the meeting, X will"
    if s.text.low[s.first if t.start - s.first < 4 else lead] in _AFTERWARDS:
        return False  # "Following X's talks with Y, Z will"
    return fronted and _WILL_THEN.match(folded, end, min(end + 110, s.span[1])) is not None


def is_under_way(s: Sentence, t: Trigger) -> bool:
    """Return whether a visit goes on as the article is written: "X, currently on a state visit to Y"."""
    return not t.predicate and not _UNDER_WAY.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start])


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


def _word_before(s: Sentence, t: Trigger) -> str:
    """The word before a phrase, adverbs passed over; "" at the head of a sentence."""
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
        return _word_before(s, t) not in _PERFECT
    lead = low[max(s.clause_start(t.start), t.start - 9) : t.start]
    if _TELLING.isdisjoint(lead):
        return False
    at = next(n for n in range(len(lead) - 1, -1, -1) if lead[n] in _TELLING)
    return _HEAVY.isdisjoint(lead[at + 1 :])


def is_background(s: Sentence, t: Trigger) -> bool:
    """Return whether words before the trigger put it behind the news ("recent", "last")."""
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    if t.predicate and _word_before(s, t) == "had":
        return True
    if t.top == "appointment" and any(first_since(s, x, t) for x in s.triggers):
        return True
    if t.top == "relations" and since_when(s, t):
        return True
    if t.predicate and s.text.low[t.start - 1] in _PERFECT and s.whens and _counted_since(s, t):
        return True
    if t.predicate and s.text.low[s.first] == "before" and _opened_by_another(s, t):
        return True  # "Before his tour of X, Y visited Z"
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
    return low[t.start] in _PRESENT and _word_before(s, t) in _BOTH


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


def _of_other(s: Sentence, t: Trigger, said: Span) -> bool:
    """Whether "recent", "last" belong to a noun before a verb: "on his |recent| election victory and conveyed"."""
    if not t.predicate or s.text.folded[said[0] : said[1]].split()[-1] not in _EARLIER:
        return False
    return any(said[1] <= x.hit.start and x.hit.end < t.hit.start and not x.predicate for x in s.triggers)
