"""Complements: who stands behind an event phrase, as its object or behind a preposition."""

from kg.language.dates import WEEKDAYS
from kg.language.words import words
from kg.mappers.circumstances import first_since, town_before
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.groups import Arguments, Group, add
from kg.mappers.reference import resolved

_ARGUMENT = words("grammar", "argument_prepositions")
_INNER = words("grammar", "inner_prepositions")
_HOSTED = words("grammar", "agentive_participles")
_ORGANS = words("grammar", "state_organs")
_SENT = _ORGANS | words("grammar", "people_of_states")
_CLAUSE_OPENERS = words("grammar", "clause_openers")
_REPORTING = words("grammar", "reporting_verbs")
_TELLING = words("grammar", "announcing_verbs")
_PRESENCE = words("grammar", "presence")
_APART = words("grammar", "apart")
_CARRYING = words("gatherings", "carrying")
_ABOUT = words("grammar", "about_topics")
_FINITE = words("grammar", "finite_helpers")
_OF_ITS_TIME = words("grammar", "verbs_of_its_time")
_HOLDING = words("gatherings", "taking_place")
_LEADING = words("grammar", "leading_participles")
_INSIDE = "inside"
"""How a group stands that belongs to another noun, behind which the phrase goes on."""
_MEMBERS = words("grammar", "members")
_FOLLOWING_ON = words("grammar", "closing_joins") | {"along"}
_AMOUNTS = words("grammar", "amounts")
_WHOLE = words("grammar", "whole_of_them")
_BEFORE_NAMES = words("grammar", "before_names")
_AUXILIARIES = words("grammar", "auxiliaries")
_HELPING = _AUXILIARIES - {"to"}
_THIRD_POSSESSIVES = words("groups", "own") | words("groups", "their")
_OF_PAIRS = ("meeting", "call", "conference")
_DONE_TOGETHER = ("meeting", "call")
_FROM_AFAR = words("grammar", "afar_prepositions")
_INCLUDING = "including"
_HOURS = words("grammar", "times_of_day")
_BETWEEN_HOURS = words("grammar", "joins") | words("grammar", "closing_joins") | {"in", "at", "the", "also", "on"}
_NAMING = words("grammar", "naming_some")
_MOST_BEFORE_NAMING = 3
"""Words that may tell of what people they are, before some are named: "counterparts |from other states| such as"."""
_JOINS = words("grammar", "joins")
_HAPPENING = ("meeting", "call", "visit", "conference")
_BEFORE_DAYS = ("on", "in", "at")
_MOST_GROUPS = 15
"""Groups that are looked at before and behind a phrase."""
_SHORT_PREFIX = 2
"""Letters before a hyphen that may make another verb of one."""
_NEAR_BESIDE = 10
"""Tokens behind a gathering within which whom somebody met there is told."""


def read_complements(s: Sentence, t: Trigger, found: Arguments) -> None:
    """Add the groups behind a phrase, one after the other, up to the first that belongs to something else."""
    low = s.text.low
    stop = s.clause_end(t.end)
    if (shared := _object_shared(s, t)) is not None:
        add(found, low[t.end - 1] if low[t.end - 1] in _ARGUMENT else "object", resolved(s, shared))
        return
    together = t.predicate and t.top in _DONE_TOGETHER
    beside = next((x for x in s.triggers if _held_beside(s, t, x)), None) if together else None
    signed = s.context.instruments.get(s.index, ()) if t.top == "signing" else ()
    for x in s.triggers:
        if t.end <= x.start < stop and x is not beside and _parts(s, t, x) and not _names_people(s, x):
            stop = x.start if not any(p.start < x.start < p.end for p in signed) else stop
    aside = next((x for x in s.triggers if first_since(s, t, x)), None) if not t.predicate else beside
    k = aside.end if aside is not None else t.end
    right = [g for g in s.groups if (k if beside else t.end) <= g.start < stop][:_MOST_GROUPS]
    how = low[t.end - 1] if not t.predicate and low[t.end - 1] in _ARGUMENT else "object"
    among, partner = False, ""
    for n, g in enumerate(right):
        following = right[n + 1].start if n + 1 < len(right) else s.last
        k = max([k, *(p.end for p in signed if k <= p.start and p.end <= g.start)])  # whatever an instrument is on
        if g.mentions[0].type in ("own", "group") and low[g.start] in _THIRD_POSSESSIVES and following - g.end < 3:
            continue  # "his Chilean counterpart", "his finance minister": somebody else is meant
        if t.predicate and t.top in _DONE_TOGETHER and g.end - g.start == 1 and low[g.start] in _THIRD_POSSESSIVES:
            continue  # "receive |their| salaries"
        gap = _before_whole(low[k : g.start])
        if gap and gap != [","] and all(w in s.lex.honorific_words or w == "," for w in gap):
            gap = []  # "with His Royal Highness, Crown Prince X"
        if gap[-1:] == [","] and g.mentions[0].is_where and (town := town_before(s, g.start)) >= k:
            gap = gap[: town - k]  # "to |Lucerne|, Switzerland"
        among = among and g.mentions[0].type == "person" and all(w in _JOINS or w in s.lex.particles for w in gap)
        again = _on_another_day(s, gap, k, g)
        if again and how in ("in", "at") and t.predicate and t.top in _DONE_TOGETHER and partner in found:
            how = partner  # "met A |in Y in May and B in Z| in June"
        more = among or again or _listed_on(s, gap, g) or seen_later(t, gap, g)
        if k > t.end and how in ("object", "with") and (more or _among_them(s, gap, right[n - 1], g)):
            among = not more or among
            add(found, how, resolved(s, g))
            k = g.end
            continue
        if t.top not in _DONE_TOGETHER and gap[-2:] == [_INCLUDING, "with"]:
            break  # "met leaders at the summit, including with X"
        next_how = None if _closed(s, gap, k, g) else _standing(s, t, gap, k, how)
        if next_how is None or (next_how == "between" and _is_met(s, t, gap, found)):
            break  # "with X on the war |between| A and B"
        how = next_how
        if how == _INSIDE:
            k = g.end
            continue
        add(found, how, resolved(s, g, nearest=t.top == "appointment"))
        partner = how if how in ("object", "with") else partner
        k = g.end


def _before_whole(gap: list[str]) -> list[str]:
    """The words before a group without those that take in the whole of it: "with |each of the| envoys"."""
    of = len(gap) - 1 - (gap[-1:] == ["the"])
    return gap[: of - 1] if of > 0 and gap[of] == "of" and gap[of - 1] in _WHOLE else gap


def _is_met(s: Sentence, t: Trigger, gap: list[str], found: Arguments) -> bool:
    """Whether it is told already who talk with each other, up to the words of a gap."""
    met = "with" in found or ("object" in found and s.text.low[t.end - 1] == "with")
    return t.top in _OF_PAIRS and (met or ("subject" in found and t.predicate and "," in gap))


def _object_shared(s: Sentence, t: Trigger) -> Group | None:
    """Whom two verbs have in common: "met with |and thanked| X"."""
    low = s.text.low
    if not t.predicate or low[t.end] != "and" or not low[t.end + 1].endswith("ed"):
        return None
    begin = t.end + 2 + (low[t.end + 2] == "the")
    return next((g for g in s.groups if g.start == begin and g.mentions[0].type in ("person", "office")), None)


def _parts(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a later phrase begins something else, so that what stands behind it is none of this one's."""
    if first_since(s, t, x) or _tells_how(s, t, x):
        return False
    again = _does_again(s, t, x) or _carried_on(s, t, x) or _of_other_time(s, t, x)
    return x.top != t.top or again or _aimed_at(s, t, x)


def _tells_how(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a later phrase only tells how people talk: "met |via videoconference| with X"."""
    told = t.top in _OF_PAIRS and x.top == "call" and not x.predicate
    return told and s.text.low[x.start] in _FROM_AFAR


def _held_beside(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a gathering only tells where a talk was: "met |on the sidelines of the forum| on Friday with X"."""
    if x.top != "conference" or x.predicate or x.start <= t.end:
        return False
    if any(t.end <= g.start and g.mentions[0].type in ("person", "office") for g in s.groups if g.end <= x.start):
        return False
    near = s.text.low[x.end : x.end + _NEAR_BESIDE]
    return "with" in near and "," not in near and s.text.says("margins", *s.text.span(t.end, x.start)) is not None


def _names_people(s: Sentence, x: Trigger) -> bool:
    """Whether what may be a gathering is only whose people are spoken of: "met with |G7| leaders"."""
    return x.top == "conference" and any(g.start == x.start and g.mentions[0].organ for g in s.groups)


def _does_again(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a phrase goes on to somebody else: "met X, |held talks with| Y", "talks with X and |one with| Z"."""
    again = x.predicate if t.predicate else not x.predicate and "with" in s.text.low[x.end - 1 : x.end + 1]
    return again and any(t.end <= g.start and g.end <= x.start for g in s.groups)


def _carried_on(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a verb goes on from one gathering to the next: "attended the Forum and |held| a summit with X"."""
    if t.top != "conference":
        return False
    low = s.text.low
    if x.predicate:
        return "and" in low[max(t.end, x.start - 5) : x.start]
    verb = next((k for k in range(x.start - 1, max(t.end, x.start - 5), -1) if low[k] in _CARRYING), t.end)
    return verb > t.end and "and" in low[max(t.end, verb - 5) : verb]


def _listed_on(s: Sentence, gap: list[str], g: Group) -> bool:
    """Whether a comma goes on with those of a list that closes with people unnamed: "A, |Minister B| and experts"."""
    if gap not in ([], [","], [",", "the"]) or g.end >= s.last:
        return False
    named = all(m.type == "person" and m.titles and m.titles[0].start < (m.name or (0,))[0] for m in g.mentions)
    after = s.text.low[g.end : g.end + 2]
    return named and (after[0] == "and" or after == [",", "and"] or after == ["as", "well"])


def _on_another_day(s: Sentence, gap: list[str], k: int, g: Group) -> bool:
    """Whether a list goes on with whom somebody met on a day of its own: "met A on Monday |and B on Tuesday|"."""
    if len(s.whens) < 2 or gap[-1:] not in (["and"], ["the"], [","]) or g.mentions[0].type not in ("person", "office"):
        return False
    joined = [w for w in undated(s, gap, k) if w != "the"]
    dated = s.date_between(k, g.start) and has_own_day(s, g)
    return dated and joined in (["and"], [","], [",", "and"])


def has_own_day(s: Sentence, g: Group) -> bool:
    """Return whether a date stands right behind somebody, or behind where he was met: "B |in Oslo on Tuesday|"."""
    place = met_in(s, g)
    end = place.end if place is not None else g.end
    return s.date_between(end, end + 2)


def met_in(s: Sentence, g: Group) -> Group | None:
    """Return where somebody was met, told right behind him: "B |in Oslo|"."""
    if s.text.low[g.end] not in ("in", "at"):
        return None
    return next((x for x in s.groups if x.start == g.end + 1 and x.mentions[0].is_where), None)


def seen_later(t: Trigger, gap: list[str], g: Group) -> bool:
    """Return whether a list goes on with whom somebody met at another hour: "A in the morning |and, later,| B"."""
    if t.top not in _DONE_TOGETHER or "and" not in gap or g.mentions[0].type not in ("person", "office"):
        return False
    return not _HOURS.isdisjoint(gap) and all(w in _HOURS or w in _BETWEEN_HOURS for w in gap)


def _among_them(s: Sentence, gap: list[str], before: Group, g: Group) -> bool:
    """Whether somebody is one of those told of in general before: "with leaders |of other states, including| X"."""
    told = [w for w in gap if w not in s.lex.honorific_words and w not in (",", "the")]
    named = told[:-2] if told[-2:] == ["such", "as"] else told[:-1] if told and told[-1] in _NAMING else None
    if named is None or len(named) > _MOST_BEFORE_NAMING or not s.lex.verb_forms.isdisjoint(named):
        return False
    several = before.mentions[-1].organ or any(title.plural for title in before.mentions[-1].titles)
    return several and g.mentions[0].type == "person"


def _of_other_time(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a noun names another event of the kind, before or after: "on a visit |ahead of| a visit to Y"."""
    return not t.predicate and not x.predicate and not _APART.isdisjoint(s.text.low[t.end : x.start])


def _aimed_at(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a noun names an earlier talk of others, to which a talk goes back: "met X |to follow up on| the talks
    between A and B"."""
    low = s.text.low
    if not t.predicate or x.predicate or low[x.end] != "between":
        return False
    met = next((g.end for g in s.groups if t.end <= g.start < x.start), x.start)
    return "to" in low[met : x.start]


def _closed(s: Sentence, gap: list[str], k: int, g: Group) -> bool:
    """Whether the words between token ``k`` and a group part it from the phrase before."""
    if k in s.item_marks and [w for w in gap[1:] if w != "the"] in ([], ["and"]):
        return False
    if gap[-1:] == ["'s"] and len(gap) < 5 and g.mentions[0].titles and gap[0] == "the":
        return False  # "with the Forum's Secretary General, X"
    if "'s" in gap and "," not in gap and g.mentions[0].titles and _in_capitals(s, k, g.start):
        return False  # "with |People's Party Chairman| X"
    led = gap.index("by") - 1 if "by" in gap[1:] else 0
    if led and gap[led] in _LEADING and gap[:1] == ["'s"] and gap.count(",") == (gap[led - 1] == ","):
        return False  # "met a delegation from Chad|'s parliament led by| X"
    if "," in gap and g.end < s.last and s.text.low[g.end] in _TELLING:
        return True  # "will meet on May 3, the minister |said|"
    if len(gap) > 2 and "and" in gap[-2:] and g.end < s.last and s.text.low[g.end] in _HELPING:
        return True  # "hosted it in May |and B will| host"
    far = len(gap) > 12 and sum(w != "," for w in undated(s, gap, k)) > 8
    if far or "'s" in gap or "." in gap or ";" in gap:
        return True
    preps = [w for w in gap if w in _ARGUMENT]
    if not _APART.isdisjoint(gap) and _other_time(gap):
        return True
    if "," in gap and not preps and not _dates_between(s, k, g.start):
        return True
    if not preps and not _CLAUSE_OPENERS.isdisjoint(gap) and not _two_sorts(s, gap, k, g):
        return True
    return not _REPORTING.isdisjoint(gap)


def _two_sorts(s: Sentence, gap: list[str], k: int, g: Group) -> bool:
    """Whether an "and" only joins two words before people in the plural: "met the |foreign and| defence ministers"."""
    m = g.mentions[0]
    plural = m.organ or (m.type == "office" and m.titles[0].plural)
    return plural and gap[-1:] == ["and"] and 1 < len(gap) < 4 and undated(s, gap, k) == gap


def _in_capitals(s: Sentence, begin: int, end: int) -> bool:
    """Whether tokens ``[begin, end)`` are, "with" and "'s" aside, words in capitals, as of a party's name."""
    printed = [w for w in s.text.tokens.words[begin:end] if w not in ("'s", "’s", "with")]
    return bool(printed) and all(w[0].isupper() for w in printed)


def _other_time(gap: list[str]) -> bool:
    """Whether what follows a gap is of another occasion: "met in May |before| the conference", not "… with X"."""
    apart = max(n for n, w in enumerate(gap) if w in _APART)
    return not any(w in _ARGUMENT for w in gap[apart + 1 + (gap[apart] in ("ahead", "prior")) :])


def _standing(s: Sentence, t: Trigger, gap: list[str], k: int, how: str) -> str | None:
    """How the group after a gap stands to the phrase; ``None`` where it belongs to something else."""
    if k in s.item_marks:
        return how
    if _PRESENCE.intersection(gap):
        return "presence"
    preps = [w for w in gap if w in _ARGUMENT]
    if t.top == "call" and t.predicate and gap[-1:] and gap[-1] in _ABOUT:
        return None  # "X and Y spoke today |about| Z"
    if s.whens and any(w in _BEFORE_DAYS for w in preps) and _dates_between(s, k, k + len(gap)):
        gap = undated(s, gap, k)  # "received on Monday in Y the minister"
        preps = [w for w in gap if w in _ARGUMENT]
    if t.predicate and k == t.end and len(preps) > 1 and preps[0] == "of":
        of = gap.index("of")
        if gap[of - 1] in _AMOUNTS:
            gap = gap[of + 1 :]  # "met with |a range of| Government of X officials"
            preps = [w for w in gap if w in _ARGUMENT]
    if preps[-1:] == ["by"]:
        if gap[gap.index("by") - 1] in _LEADING and len(preps) == 1 and not (t.top == "conference" and k == t.end):
            return how  # "met a delegation led by X", not "the dialogue was led by X"
        if any(w.endswith("ed") and w not in _HOSTED for w in gap):
            return None
    if preps == ["of"] and k == t.end and t.predicate and s.text.low[k - 1] in _ARGUMENT:
        preps = []  # "sent greetings to the people of X"
    if t.predicate and k == t.end and preps == [s.text.low[k - 1]] and undated(s, gap, k)[:1] == preps:
        return how  # "paid a call on Monday |on| X"
    own = [w for n, w in enumerate(gap) if w in _ARGUMENT and not _of_organ(gap, n)]
    if preps and not own and (k == t.end or _FOLLOWING_ON.intersection(gap)):
        return how  # "met the leaders of X", "…, as well as a delegation from Y"
    if preps and not own and t.predicate and how in ("in", "at"):
        return "object"  # "received in Y a delegation from X"
    if preps[-1:] == ["of"] and len(preps) > 1:
        if preps[-2] in _INNER or preps[-2] == "of":
            return preps[-2]  # "with the leaders of X"
        return _INSIDE if t.top == "message" else None  # "condolences on the passing of X to Y"
    if "to" in (preps if t.top == "visit" and t.predicate else preps[-1:]) and _infinitive(s, gap):
        return None  # "flew to X to strengthen Y"
    from_at = len(gap) - 1 - (gap[-1:] == ["the"])
    if preps[-1:] == ["from"] and own and own[-1] in _INNER and gap[from_at] == "from" and _of_organ(gap, from_at):
        return own[-1]  # "between officials from X and Y"
    if not t.predicate and k == t.end and t.top in _HAPPENING and _does_something(s, gap):
        return None  # "the talks |will strengthen ties between| A and B"
    if preps[-1:] == ["between"] and k == t.end and gap[0] in _OF_ITS_TIME and _INCLUDING not in gap:
        return None  # "the meeting |follows a rise of trade between| A and B"
    if not preps and k > t.end and len(gap) < 3 and gap[-1:] and gap[-1] in _MEMBERS:
        return how  # "from NATO |allies| A, B and C"
    if preps:
        return None if preps == ["of"] and k > t.end and not _of_traveller(t, how) else preps[-1]
    if t.predicate and how in ("in", "at") and undated(s, gap, k) in ([], ["the"]):
        return "object"  # "received in the Kremlin President X"
    return None if k > t.end or how == _INSIDE else how


def undated(s: Sentence, gap: list[str], k: int) -> list[str]:
    """Return the words from token ``k`` on without the dates among them, nor what leads to or encloses these."""
    if not s.whens:
        return gap
    spans = [(_from_weekday(s, s.text.token_at(w.start)), s.text.token_at(w.end)) for w in s.whens]
    dated = {n for first, last in spans for n in range(first - (s.text.low[first - 1] in _BEFORE_DAYS), last)}
    low = s.text.low
    dated |= {n for first, last in spans if low[first - 1] == "(" and low[last] == ")" for n in (first - 1, last)}
    return [w for n, w in enumerate(gap, k) if n not in dated]


def _from_weekday(s: Sentence, k: int) -> int:
    """The first token of a date at token ``k`` with the day of the week told before it: "on |Tuesday|, May 13"."""
    low = s.text.low
    weekday = k - 1 - (low[k - 1] in (",", "("))
    return weekday if weekday >= s.first and low[weekday] in WEEKDAYS else k


def _does_something(s: Sentence, gap: list[str]) -> bool:
    """Whether a verb behind a noun tells what the event did, and not that it was held: "the call |took up|"."""
    if len(gap) < 2 or not _HOLDING.isdisjoint(gap):
        return False  # "joining X on the call |were| A and B"
    return any(w in _FINITE or w in s.lex.verb_forms for w in gap)


def _infinitive(s: Sentence, gap: list[str]) -> bool:
    """Whether the last "to" of a gap leads a verb and no name."""
    after = next((gap[n + 1] for n in range(len(gap) - 1, -1, -1) if gap[n] == "to" and n + 1 < len(gap)), "")
    if after == gap[-1] and after.find("-") > _SHORT_PREFIX:
        return False  # "sent tents to |earthquake-hit| X", not "to re-arm X"
    return after.replace("-", "").isalpha() and not (
        after in _BEFORE_NAMES or after in _ORGANS or after in s.lex.honorific_words
    )


def _of_traveller(t: Trigger, how: str) -> bool:
    """Whether "of" goes on with who travels: "the visits to X of Y and Z"."""
    return t.top == "visit" and not t.predicate and how in ("to", "in")


def _of_organ(gap: list[str], n: int) -> bool:
    """Whether the preposition at ``n`` only says whose leaders or delegation they are."""
    return n > 0 and gap[n] in ("of", "from") and gap[n - 1] in _SENT


def _dates_between(s: Sentence, a: int, b: int) -> bool:
    starts = s.text.tokens.starts
    lo, hi = starts[a] if a < len(starts) else 0, starts[b]
    return any(lo <= w.start < hi for w in s.whens)
