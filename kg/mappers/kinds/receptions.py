"""Receptions: who received, hosted, saw or called on whom, and when that is a talk."""

from kg.language.dates import compatible
from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, people_in

_HOSTING = words("grammar", "hosting_verbs")
_WELCOMING = words("grammar", "welcoming_verbs")
_CALLED = words("grammar", "after_a_call")
_BIDDING = words("grammar", "bidding_particles")
_COURTESIES = words("grammar", "courtesy_purposes")
_BEING = words("grammar", "passive_helpers")
_ADVERBS = words("grammar", "clause_adverbs")
_LANDING = words("grammar", "landing_places")
_ARGUMENT = words("grammar", "argument_prepositions")
_SEATS = words("grammar", "seats")
_ON_BEING = [[word, "being"] for word in sorted(words("grammar", "before_deeds"))]
_QUOTES = frozenset("\"“‘'")
_CONVENING = words("gatherings", "convening_verbs")
_BEFORE_PEOPLE = words("groups", "own") | {"the"}
_AFTER_SEEN = words("gatherings", "after_sitting")
_LOCALS = words("grammar", "unnamed_partners")
_OFFICIALS = words("grammar", "unnamed_officials")
_DELEGATION = words("grammar", "delegations")
_NEW = words("grammar", "newly")
_AGAIN = words("grammar", "once_more")
_THOSE_MET = _LOCALS | _OFFICIALS | words("gatherings", "guests")
_PHRASE_ENDS = words("gatherings", "phrase_ends")
_FARTHEST_AGENT = 7
"""Tokens behind a participle up to by whom it was done."""
_LONGEST_APPOSITION = 10
"""Tokens that may tell between commas who somebody is."""
_BY_VIDEO = "video-call"
_LEADING = words("grammar", "leading_nouns")
_OF_COUNTRIES = ("of", "from")
_OF_PEOPLE = frozenset(_OF_COUNTRIES)
_MEMBERS = words("grammar", "unnamed_partners")
_TALKS_OF = ("meeting", "call", "conference")


def welcomed_into_office(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Make a change of office of a welcome: "welcomes X |as the new| Secretary General of Y"."""
    if t.end - t.start > 1 or s.text.low[t.start] not in _WELCOMING:
        return False
    who = next((m for m in s.text.mentions[s.index] if 0 <= m.start - t.end < 2 and m.type == "person"), None)
    behind = who.name[1] if who is not None and who.name else s.last
    if who is None or s.text.low[behind] != "as" or _NEW.isdisjoint(s.text.low[behind + 1 : behind + 3]):
        return False
    draft.kind = draft.top = "appointment"
    s.take(draft, "appointee", [Group(who.start, who.end, [who])])
    body = s.register.country_of(who.person)
    draft.parties |= {body} if body else set()
    return True


def hosted_from_afar(s: Sentence, t: Trigger) -> bool:
    """Return whether somebody is only host on a screen: "will host X |for a virtual meeting|"."""
    behind = (x for x in s.triggers if x.kind == _BY_VIDEO and t.end <= x.start < s.clause_end(t.end))
    return any("for" in s.text.low[max(t.end, x.start - 3) : x.start] for x in behind)


def called_together(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Make a gathering of those whom somebody calls together: "X convened |more than 20 legislators|"."""
    low, k = s.text.low, t.end
    while s.date_between(k, k + 1):
        k += 1  # "convened |today| the ministers"
    if not (convenes(s, t) and draft.people and low[k][:1].isalnum()) or low[k] in _PHRASE_ENDS:
        return False
    stop = next((n for n in range(k, min(k + 7, s.last)) if low[n] in _PHRASE_ENDS), min(k + 7, s.last))
    called = [g for g in s.groups if k <= g.start < stop and any(m.type == "office" or m.organ for m in g.mentions)]
    if not called and _THOSE_MET.isdisjoint(low[k:stop]):
        return False
    news = (d for d in s.drafts if d.top in _TALKS_OF and d.lead and d.people & draft.people)
    told = next((d for d in news if compatible(d.date or s.published, draft.date)), None)
    by_office = [g for g in called if any(m.type == "office" for m in g.mentions)]
    s.take(told or draft, "participant", called if told is None else by_office)
    if told is not None:
        return False  # the meeting that the headline is about
    draft.kind = draft.top = "conference"
    draft.name = s.text.printed(k, stop)
    return True


def is_lone_verb(t: Trigger) -> bool:
    """Return whether the phrase is a lone verb ("spoke", "met", "called on"), which says little by itself."""
    return t.predicate and (t.end - t.start == 1 or (t.kind == "courtesy-call" and t.end - t.start == 2))


def convenes(s: Sentence, t: Trigger) -> bool:
    """Return whether the verb is one that bodies do, and with nobody: "the Council convened"."""
    return s.text.low[t.start] in _CONVENING


def come_together(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Return whether several people are told to have convened, and nobody whom they convened.

    "A, B and C convened |to|".
    """
    row = args.get("subject", [])
    people = {m.person for g in row for m in g.mentions if m.type == "person"}
    offices = sum(m.type == "office" for g in row for m in g.mentions)
    several = len(people) + offices > 1 or any(len(g.mentions) > 1 and _leads_row(s, g) for g in row)
    return several and "object" not in args and s.text.low[t.end] in _AFTER_SEEN


def is_addressed(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Return whether a lone verb has somebody it is done with.

    "spoke today with X", "X and Y spoke", "welcomed X to Z".
    """
    low = s.text.low
    if low[t.start] in _HOSTING and is_received(s, t):
        guests = [g.end for g in args.get("subject", []) if g.end <= t.start]
        beside = bool(guests) and not any(guests[-1] <= x.start < t.start for x in s.triggers)
        beside = beside or t.start == s.first  # "Received by X, Y said"
        beside = beside or low[t.start - 2 : t.start] in _ON_BEING  # "X praised Y |after being| received by Z"
        return (
            (low[t.start] not in _WELCOMING or "in" in args or at_a_seat(s, t))
            and beside
            and bool(_people_among(args, "by"))
            and bool(_people_among(args, "subject"))
        )
    if low[t.start] in _HOSTING:
        owning = any(low[g.end] == "'s" for g in args.get("object", []) if g.end < s.last)
        seated = not owning and ("to" in args or at_a_seat(s, t))
        guests_named = _people_among(args, "object") or ("object" in args and sent_by(s, t)) or _are_led(s, args)
        return bool(guests_named) and (low[t.start] not in _WELCOMING or seated or _is_whole_headline(s, t, args))
    if t.top == "call" and low[t.start - 1] in _BEING and _people_among(args, "by") and _people_among(args, "subject"):
        return True  # "X was telephoned by Y"
    if t.kind == "courtesy-call":
        return bool(_people_among(args, "object")) and not any(_bidden(s, g) for g in args["object"])
    if low[t.start].startswith("call"):  # "called X today", not "called X's words a threat"
        ends = [g.end for g in args.get("object", []) if g.end < s.last]
        behind = any(low[end + (low[end] == ",")] in _CALLED for end in ends)
        behind = behind or any(end == s.attribution or s.date_between(end, end + 1) for end in ends)
        return behind and bool(_people_among(args, "object"))
    named = {g.start for g in s.groups if people_in(g)}
    row = args.get("subject", [])
    together = (
        any(g.start in named or all(m.end for m in g.mentions) for g in row) and _people_among(args, "subject") > 1
    )
    together = together or any(len(g.mentions) > 1 and _leads_row(s, g) for g in row)
    if together or _people_among(args, "with", "to", "object", "between") or _are_led(s, args):
        return True
    if t.kind == "meeting" and _are_members(s, t, args):
        return True
    if t.top == "call" and _people_among(args, "subject") > 1 and _by_telephone(s, t):
        return True  # "after the two spoke on phone"
    placed = _is_dated(s, t) or not args.keys().isdisjoint(("in", "at", "on"))
    return t.kind == "meeting" and placed and (_people_among(args, "subject") > 1 or _two_states(s, t, args))


def _by_telephone(s: Sentence, t: Trigger) -> bool:
    """Whether it is told in the clause of a verb that people talked by telephone."""
    return s.text.says("by_telephone", t.hit.end, s.text.span(t.start, s.clause_end(t.end))[1]) is not None


def _is_whole_headline(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether a headline says no more than who welcomes whom: "President X |welcomes Chadian counterpart Y|"."""
    return not s.index and any(g.end >= s.last - 1 and people_in(g) for g in args.get("object", []))


def _people_among(args: Arguments, *names: str) -> int:
    """How many people stand to a phrase in any of these ways."""
    return sum(people_in(g) for name in names for g in args.get(name, []))


def _are_led(s: Sentence, args: Arguments) -> bool:
    """Whether those who lead several countries are met or spoken with."""
    return any(_leads_row(s, g) for name in ("object", "from") for g in args.get(name, []))


def _are_members(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether people of a body are met: "met |heads of the main| African Union |institutions|"."""
    gaps = (s.text.low[t.end : g.start] for g in args.get("object", [])[:1] if g.mentions[0].type == "body")
    return any(
        word in _MEMBERS and not _OF_PEOPLE.isdisjoint(gap[n + 1 : n + 2]) and "," not in gap
        for gap in gaps
        for n, word in enumerate(gap)
    )


def sent_by(s: Sentence, t: Trigger) -> bool:
    """Return whether it is a delegation, of whatever body, that stands behind the phrase."""
    return not _DELEGATION.isdisjoint(s.text.low[t.end : min(t.end + 3, s.last)])


def _leads_row(s: Sentence, g: Group) -> bool:
    """Whether those who lead countries are spoken of: "the |leaders| of A, B and C", "|leaders| from A"."""
    lead = g.start - 1 - (s.text.low[g.start - 1] == "the")
    return lead > s.first and s.text.low[lead] in _OF_COUNTRIES and s.text.low[lead - 1] in _LEADING


def _two_states(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether those of two states are spoken of together: "|the two foreign ministers| also met in November".

    No person of theirs need be known where they do it once more: "The two sides agreed to |meet again| in June".
    """
    spoken_of = {g.start for g in s.groups if g.mentions[0].type == "group"}
    row = [g for g in args.get("subject", []) if g.start in spoken_of]
    again = s.text.low[t.end] in _AGAIN
    row = [g for g in row if sum(m.type == "body" for m in g.mentions) == 2]
    return any(again or people_in(g) or _of_lands(s, g) for g in row)


def _of_lands(s: Sentence, g: Group) -> bool:
    """Whether it is people of those spoken of: "diplomats |of the two countries|"."""
    return s.text.low[g.start - 1] in _OF_COUNTRIES


def sees_somebody(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Return whether it is people, and right behind the verb, whom somebody sees."""
    begin = t.end + (s.text.low[t.end] in _BEFORE_PEOPLE)
    printed = s.text.tokens.words[t.end - 1]
    return printed.islower() and any(g.start == begin and _alone(s, g) for g in args.get("object", []))


def _alone(s: Sentence, g: Group) -> bool:
    """Whether somebody seen does nothing: "saw X in Y on Monday", not "saw X fall", "saw X's hopes"."""
    after = s.text.low[g.end]
    return (
        all(m.type == "person" for m in g.mentions) and (not after.isalpha() or after in _AFTER_SEEN) and after != "'s"
    )


def _is_dated(s: Sentence, t: Trigger) -> bool:
    """Whether the clause of a phrase gives it a day of its own: "the two leaders |last met in November|"."""
    begin, end = s.text.span(t.start, max(t.end, s.clause_end(t.end)))
    return any(begin <= w.start < end for w in s.whens)


def at_a_seat(s: Sentence, t: Trigger) -> bool:
    """Return whether somebody is welcomed where people are talked to: "welcomed X at the presidential palace"."""
    low = s.text.low
    at = next((k for k in range(t.end, s.clause_end(t.end)) if low[k] == "at"), None)
    return at is not None and not _SEATS.isdisjoint(low[at + 1 : at + 6])


def is_received(s: Sentence, t: Trigger) -> bool:
    """Return whether somebody is received: "was received by X", "was warmly received on Monday by X"."""
    low = s.text.low
    verb = next((k for k in range(t.start, t.end) if low[k] in _HOSTING), None) if t.predicate else None
    if verb is None or t.top != "meeting":
        return False
    being = next((k for k in range(verb - 1, max(s.first, verb - 6) - 1, -1) if low[k] in _BEING), None)
    if being is None:
        beside = verb == s.first or low[verb - 1] == ","  # "Received by X, Y said", "Y, received by X, said"
        return beside and low[verb].endswith("ed") and _agent_behind(s, t)
    return all(w in _ADVERBS or w.endswith("ly") for w in undated(s, low[being + 1 : verb], being + 1))


def _agent_behind(s: Sentence, t: Trigger) -> bool:
    """Whether a participle leads to by whom it was done: "received |at Y by| X", "|on Monday by| X"."""
    gap = undated(s, s.text.low[t.end : s.clause_end(t.end)], t.end)[:_FARTHEST_AGENT]
    where = gap[: gap.index("by")] if "by" in gap else ["?"]
    return s.text.low[t.end - 1] == "by" or not where or (where[0] in ("at", "in") and "," not in where)


def at_the_landing(s: Sentence, t: Trigger) -> bool:
    """Return whether somebody is received on arrival, which is no meeting yet."""
    if not t.predicate or not _HOSTING.intersection(s.words_of(t)):
        return False
    return bool(_LANDING.intersection(s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]))


def _bidden(s: Sentence, g: Group) -> bool:
    """Whether somebody called on is asked for something: "called on X to withdraw", "called on X for restraint"."""
    low, end = s.text.low, g.end
    if low[end : end + 1] == [","]:  # "called on X, |the president of Y,| to withdraw"
        end = next((k for k in range(end + 1, min(end + _LONGEST_APPOSITION, s.last)) if low[k] == ","), end)
        end += low[end + 1 : end + 2] != [] and low[end + 1] in _BIDDING
    after = low[end : end + 1]
    if after != [] and after[0] in _BIDDING and not _in_courtesy(s, end + 1):
        return True
    rest = low[g.end : min(g.end + 8, s.last - 1)]
    to = rest.index("to") if "to" in rest else 0
    whole = all(word in _QUOTES or (word.isalpha() and word not in _ARGUMENT) for word in rest[:to])
    return to > 0 and whole and not _in_courtesy(s, g.end + to + 1)  # 'called on the X army "to respect Y"'


def _in_courtesy(s: Sentence, k: int) -> bool:
    """Whether the verb at a token tells what people call on somebody for: "to |discuss| trade", "to |take leave|"."""
    return s.text.low[k] in _COURTESIES or s.text.low[k + 1] == "leave"
