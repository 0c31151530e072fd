"""Visits: who travels, and where to; a visit to several countries is one a country."""

from dataclasses import replace

from kg.language.text import Mention
from kg.language.words import read_lexicon, words
from kg.mappers.acts import mission_named
from kg.mappers.arguments import read_arguments
from kg.mappers.background import is_under_way
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, people_in
from kg.mappers.kinds.goals import (
    behind_town,
    goal_untold,
    goals_needed,
    is_behind_land,
    is_country,
    lands_behind,
    leads_somewhere,
    take_goals,
)
from kg.mappers.reference import fronted, resolved
from kg.mappers.subjects import find_subject

_HOSTING = words("grammar", "hosting_verbs")
_CAREERS = words("grammar", "career_verbs")
_LATELY = words("grammar", "lately")
_EARLIER = words("grammar", "earlier_ones")
_BEING_NOW = words("grammar", "being_now")
_FRONTING = words("grammar", "fronting_words")
_OWN = words("groups", "own")
_ITS = words("groups", "its")
_REACHED = words("grammar", "reached_verbs")
_ENDING = words("grammar", "ending_words")
_REASONS = words("grammar", "reasons_to_travel")
_BEHIND_STATES = words("grammar", "behind_states")
_PASSIVE = words("grammar", "passive_helpers")
_POSTINGS = words("grammar", "career_journeys")
_ORDINALS: list[str] = read_lexicon()["grammar"]["ordinals"][:10]
_VAGUE = words("grammar", "vague_journeys")
VISITING = words("grammar", "visiting_verbs")
_TOURS = ("tour", "tours")
_TRAVELLERS = words("grammar", "unnamed_travellers")
_KEEPING = words("grammar", "keeping_in")
_DEFINITE = words("grammar", "definite_determiners")
_OF_A_VISIT = frozenset(("to", "of", "by", "possessor", "adjective"))
_BRINGING = words("grammar", "bringing_verbs")
_MEMORIALS = words("ceremonies", "memorials")
_LEADING = words("grammar", "leading_verbs")
_HEADED = words("grammar", "leading_participles")
_DISPATCHING = words("grammar", "dispatching_verbs")
_WHITHER = frozenset(("object", "to", "in", "at", "by"))
_TAKING_IN = ("in",)
_CALLING_ON = words("acts", "calling_on")
_LIGHT = words("grammar", "light_verbs")
_GOING_ALONG = words("presence", "going_along")
_SENT = words("grammar", "delegations")
_BEFORE_VERBS = words("grammar", "before_verbs")
_WERE = words("grammar", "forms_of_be_past")
_GONE = words("grammar", "gone")
_PRONOUNS = words("acts", "speaking_pronouns")
_PURPOSES = words("gatherings", "purpose")
_WHILE = words("grammar", "while_there")
_FEW = 8
"""The drafts told last among which is what somebody did where he is told to be."""
_FARTHEST_JOURNEY = 7
"""Tokens between the verb that a journey is made with and its noun."""
_RECEIVED = ("meeting", "ceremony", "signing")
"""Kinds that somebody "visiting" takes part in."""
_BROUGHT_TO = ("to", "in")
_TOWARDS = ("to", "in", "at", "for", "into")
_OF_GOALS = (*_TOWARDS, "object")


def visit(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Visits: who travels, and where to; a visit to several countries is one a country."""
    reach = 16 if s.text.low[t.start] in _POSTINGS else 4
    if _CAREERS.intersection(s.text.low[max(s.first, t.start - reach) : t.start]):
        return ""  # "served tours of duty in Geneva"
    if s.text.low[t.end] in _KEEPING:
        return ""  # "stay in close touch"
    if t.predicate and not _MEMORIALS.isdisjoint(s.text.low[t.end : min(t.end + 7, s.clause_end(t.end))]):
        return ""  # "went to the war memorial in Y"
    if t.end - t.start == 1 and s.text.low[t.start] in _REACHED and not leads_somewhere(s, t.end):
        return ""  # "reached a decision in Y"
    if _is_participle(s, t) and not args.keys() & _WHITHER:
        return ""  # "the nations just visited"
    if s.text.low[t.end - 1] == "to" and s.text.low[t.start] in _VAGUE and _is_bare(s, t):
        return ""  # "a return to democracy", "X's return to Y"
    if t.predicate and s.text.low[t.end - 1] == "to":
        lands = _included(s, t) or (behind_town(s, t) if args.keys().isdisjoint(_WHITHER) else [])
        args = {**args, "object": lands} if lands else args
    going_on = s.text.low[t.end - 2 : t.end] == ["on", "to"]
    if t.predicate and s.text.low[t.end - 1] == "to" and (going_on or s.text.low[t.start] in _VAGUE):
        begin = t.end + (s.text.low[t.end] == "the")
        if not any(g.start == begin for g in s.groups):
            return ""  # "continuing to support Y"
    if t.predicate and s.text.low[t.start] in _PASSIVE and s.text.low[t.end - 1] in _TAKING_IN and _in_no_place(s, t):
        return ""  # "was in response to Y's tests", "is in talks with X"
    if t.predicate and t.end - t.start == 1 and s.text.low[t.start] in _CALLING_ON and _is_somebody(args):
        draft.kind = draft.top = "meeting"  # "the ambassador |visited| President X"
        s.take(draft, "participant", args.get("subject", []) + args["object"])
        return None if len(draft.people) + len(draft.offices) > 1 else "fewer than two take part"
    passive = t.predicate and s.text.low[t.start - 1] in _PASSIVE and "object" not in args
    if passive and args.keys() >= {"subject", "by"}:
        args = {**args, "subject": [], "object": args["subject"]}  # "Y was visited by X"
    if goals := goals_needed(s, t):
        if s.text.low[t.end - 1] in _TAKING_IN:
            args = {**args, "object": lands_behind(s, t)}
            if draft.date is None and len(s.whens) == 1:
                draft.take_date(s.whens[0])  # the day of setting out
        args = {k: v for k, v in args.items() if k in goals or k not in _OF_GOALS}
        if not any(is_country(s, m) for name in goals for g in args.get(name, []) for m in g.mentions):
            return ""  # "arrived late", "left the room", "the visiting minister"
    if s.text.low[t.end - 2 : t.end] == ["tour", "of"] or (not t.predicate and s.text.low[t.end - 1] in _TOURS):
        args = {**{k: v for k, v in args.items() if k != "of"}, "to": args.get("to", []) + args.get("of", [])}
    if t.predicate and (owner := mission_named(s, t.end, min(t.end + 6, s.clause_end(t.end)))):
        args = {how: [g for g in groups if g.mentions[-1].value != owner] for how, groups in args.items()}
        args = {how: groups for how, groups in args.items() if groups}
        if not args.keys() & {"in", "at", "object", "to"}:
            return ""  # "visited the X Embassy": no journey
    if is_under_way(s, t) and s.published and (draft.date or "") > s.published:
        draft.forget_date()  # the day of what is done there
    args = {**args, **_brought(s, t)}
    visitors = args.get("of", [])
    if not (t.predicate and s.text.low[t.start] in _PASSIVE):
        visitors = visitors + args.get("by", [])
    visitors = args.get("possessor", []) + [_their_people(s, g) for g in visitors]
    if not visitors or (t.predicate and "possessor" not in args):  # not in "they discussed |X's| travel to Y"
        visitors += _of_delegation(s, t) or _sent(s, t) or _subjects(s, t, args) or _back(s, t)
    if (
        not visitors
        and (not t.predicate or t.start == s.first or s.text.low[t.start] in VISITING)
        and (t.start == s.first or _FRONTING.intersection(s.text.low[_opening(s) : t.start]) or _made(s, t))
    ):
        ahead = fronted(s, t.end)
        visitors = [Group(m.start, m.end, [m]) for m in ahead]
    visitors += _company(s, t) if "possessor" in args else []
    visitors = _at_its_head(s, t) or _last_to_go(s, t) or visitors
    if t.predicate and not _DISPATCHING.isdisjoint(s.words_of(t)) and any(map(people_in, args.get("object", []))):
        visitors = args["object"]  # "X dispatched |its foreign minister| to Y"
        if "to" not in args:
            return ""  # "sent his envoy to discuss the matter"
    welcome = _welcome(s, t)
    known = s.take(draft, "visitor", (visitors or welcome.get("object", [])) + args.get("adjective", []))
    if not known and not _by_own_officials(s, t, draft):
        return None if _of_guests(s, t, args, draft) else "nobody is said to travel"
    if (guest := _guest_meant(s, t, args, draft)) is not None:
        draft.roles = [("visitor", guest)]
    homes = s.register.homes(draft.people)
    seat = take_goals(s, t, args, draft)
    if draft.place is None and draft.people.intersection(
        m.person for g in welcome.get("object", []) for m in g.mentions
    ):
        _take_host(s, t, welcome, draft)
    _leave_at_home(s, draft, homes)
    placed = seat or draft.place is not None
    sent = (
        m for g in visitors for m in g.mentions if m.organ or m.type == "office"
    )  # "Chadian |officials|, ministers"
    named = draft.people or draft.offices or not visitors or any(sent)
    if not named and not (placed and len(draft.parties) > 1 and not t.predicate):
        return "nobody is said to travel"
    if not placed and t.predicate and "by" in args and s.text.low[t.start] in _PASSIVE:
        draft.kind = draft.top = "meeting"  # "was welcomed to the headquarters by X"
        s.take(draft, "host", args["by"])
        return None if len(draft.people) > 1 else "no host is stated"
    reason = None if placed else goal_untold(s, t, args, draft, homes)
    if reason is not None:
        return reason
    if placed and len(homes) == 1 and s.lex.country_of(draft.place or "") in homes and len(draft.parties) < 2:
        if (met := _met_abroad(s, t, homes)) is None:
            return ""  # a trip at home
        draft.roles = [("visitor", met)]
    if _counted_again(s, t, draft):
        return ""
    draft.apart = _by_country(s, t, draft)
    draft.under_way = not draft.recalled and (_goes_on(s, t) or _frames_news(s, t, draft))
    if draft.date is None and not (t.predicate or draft.background) and _is_announced(s, draft):
        draft.status = "planned"  # "The visit reaffirms …", said of one that was announced
    return None


def _counted_again(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether a noun only counts a journey told before it: "will travel to Y, it was said, |his second trip| to Y"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if low[k] in _ORDINALS), s.first)
    if t.predicate or low[at - 2] != ",":
        return False
    told = (d for d in s.drafts if d.top == "visit" and d.spans[-1] == s.span and d.people == draft.people)
    return any(draft.parties <= d.parties for d in told)


def _opening(s: Sentence) -> int:
    """Where a sentence begins, behind words on what is only spoken of: "|Commenting on| the visit to X, Y …"."""
    return s.first + 2 * (s.text.low[s.first].endswith("ing") and s.text.low[s.first + 1] == "on")


def _made(s: Sentence, t: Trigger) -> bool:
    """Whether the participle that opens a sentence tells of making a journey: "|Concluding| his visit to X, Y …"."""
    stem, ending = s.text.low[s.first][:-3], s.text.low[s.first][-3:]
    return ending == "ing" and stem + "ed" in _LIGHT and t.start - s.first < _FARTHEST_JOURNEY


def _brought(s: Sentence, t: Trigger) -> Arguments:
    """Whom a journey takes somewhere, and where: "a |trip| that will take President X to Y", "a |tour| saw X in Y"."""
    low = s.text.low
    verb = next((k for k in range(t.end, min(t.end + 6, s.last)) if low[k] in _BRINGING), None)
    if t.predicate or verb is None:
        return {}
    who = next((g for g in s.groups if 0 < g.start - verb < 3 and g.mentions[0].type in ("person", "office")), None)
    if who is None or low[who.end] not in _BROUGHT_TO:
        return {}
    goals = [g for g in s.groups if who.end < g.start < who.end + 3 and all(m.is_where for m in g.mentions)]
    return {"possessor": [who], "to": goals} if goals else {}


def _sent(s: Sentence, t: Trigger) -> list[Group]:
    """Whose people travel that somebody else sends: "thanked X for sending |the Y delegation to| Z"."""
    sent = [g for g in s.groups if g.start < t.start < g.end and g.mentions[-1].organ]
    return [] if t.predicate or not _LEADING.isdisjoint(s.text.low[max(s.first, t.start - 6) : t.start]) else sent


def _is_bare(s: Sentence, t: Trigger) -> bool:
    """Whether a form that may be verb or noun is no verb."""
    verbal = s.text.low[t.start].endswith(("ed", "ing", "s")) or s.text.low[t.start] in _GONE
    return not verbal and (s.text.low[t.start - 1] not in _BEFORE_VERBS or t.start == s.first)


def _at_its_head(s: Sentence, t: Trigger) -> list[Group]:
    """Who leads a delegation that somebody else sends: "X sent a delegation to Y, |led by Z|"."""
    low = s.text.low
    if _DISPATCHING.isdisjoint(low[max(s.first, t.start - 3) : t.start + 1]) or _SENT.isdisjoint(low[t.start : t.end]):
        return []
    return [g for g in s.groups if g.start > t.start and low[g.start - 1] == "by" and low[g.start - 2] in _HEADED][:1]


def _their_people(s: Sentence, g: Group) -> Group:
    """Those who travel, or for people of theirs only their country: "the visit by |President X's| adviser"."""
    if s.text.low[g.end] != "'s":
        return g
    of = Draft("visit", "visit")
    s.take(of, "visitor", [g])
    lands = sorted(s.register.homes(of.people) | of.parties)
    theirs = [Mention("body", g.start, g.end, value=land, organ=True) for land in lands[:1]]
    return Group(g.start, g.end, theirs or g.mentions)


def _guest_meant(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> int | None:
    """Who travels, where "he" who is said to cannot be the host: "During |his| visit to Y, Y's minister, X, called on
    President |Z of W|", "X looks forward to seeing |Z| when he visits"."""
    owner = next(iter(args.get("possessor", [])), None)
    opens = owner is not None and s.text.low[owner.start] in _OWN and owner.start <= _opening(s) + 1
    doer = next(iter(args.get("subject", [])), None)
    if not opens and (not t.predicate or doer is None or s.text.low[doer.start] not in _PRONOUNS):
        return None
    goals = (m.value for name in _OF_GOALS for g in args.get(name, []) for m in g.mentions if m.is_where)
    lands = {s.lex.country_of(goal) for goal in goals}
    homes = s.register.homes(draft.people)
    if not homes or not homes <= lands:
        return None
    named = [m for m in s.text.mentions[s.index] if m.type == "person" and (m.start > t.end or not opens)]
    others = {m.person for m in named if m.person >= 0}
    guests = [k for k in sorted(others - draft.people) if not s.register.homes([k]) <= lands]
    return guests[0] if len(guests) == 1 else None


def _of_delegation(s: Sentence, t: Trigger) -> list[Group]:
    """The delegation last spoken of, where a visit is "its": "the welcome given to |the Y delegation| on its visit"."""
    if t.predicate or _ITS.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start]):
        return []
    return [g for g in s.groups if g.end < t.start and g.mentions[-1].organ][-1:]


def _last_to_go(s: Sentence, t: Trigger) -> list[Group]:
    """Who is told behind to have gone last or first: "the last Y leader to visit Z was |X|"."""
    low = s.text.low
    if not t.predicate or low[t.start - 1] != "to" or _EARLIER.isdisjoint(low[max(s.first, t.start - 8) : t.start]):
        return []
    was = next((k for k in range(t.end, min(t.end + 9, s.last)) if low[k] in _WERE), None)
    return [g for g in s.groups if was is not None and g.start == was + 1 and g.mentions[0].type == "person"]


def _by_country(s: Sentence, t: Trigger, draft: Draft) -> list[Draft]:
    """What people of several countries are told in the plural to have made: a visit each country's."""
    homes = sorted(s.register.homes(draft.people))
    if t.predicate or not s.text.low[t.start].endswith("s") or len(homes) < 2 or len(draft.legs) > 1:
        return []
    hosts = draft.parties - set(homes)
    roles = [[role for role in draft.roles if s.register.country_of(role[1]) == home] for home in homes]
    legs = [replace(draft, roles=own, parties=hosts | {home}) for home, own in zip(homes, roles, strict=True)]
    return [replace(leg, offices=list(draft.offices), spans=list(draft.spans)) for leg in legs]


def _company(s: Sentence, t: Trigger) -> list[Group]:
    """Who goes along, and with whom: "|X| accompanied |the President| on his trip to Y"."""
    low, begin = s.text.low, s.clause_start(t.start)
    verb = next((k for k in range(begin, t.start) if low[k] in _GOING_ALONG and low[k + 1] != "by"), None)
    if verb is None:
        return []
    before = [g for g in s.groups if begin <= g.start and g.end <= verb and g.mentions[-1].type in ("person", "he")]
    return [resolved(s, g) for g in [*before[-1:], *(g for g in s.groups if 0 < g.start - verb < 3)]]


def _back(s: Sentence, t: Trigger) -> list[Group]:
    """Who comes home from a visit: "|X| returned to Y on Tuesday from a state visit to Z"."""
    if t.predicate or "from" not in s.text.low[max(s.first, t.start - 4) : t.start]:
        return []
    back = not _ENDING.isdisjoint(s.text.low[s.clause_start(t.start) : t.start])
    return find_subject(s, t) if back else []


def _is_somebody(args: Arguments) -> bool:
    """Whether those visited are people."""
    visited = args.get("object", [])[:1]
    return bool(visited) and all(m.type in ("person", "office") for m in visited[0].mentions)


def _included(s: Sentence, t: Trigger) -> list[Group]:
    """The countries that a region is told to include: "travel to the Middle East, |including| A and B"."""
    near = s.text.low[t.end : min(t.end + 7, s.last)]
    if "including" not in near or any(t.end <= g.start < t.end + near.index("including") for g in s.groups):
        return []
    at = t.end + near.index("including")
    behind = [g for g in s.groups if at < g.start <= at + 2]
    return [g for g in behind if all(is_country(s, m) for m in g.mentions)][:1]


def _met_abroad(s: Sentence, t: Trigger, homes: set[str]) -> int | None:
    """Who came, where "his" is not of whoever acts at home: "Nauseda met Y of Chad during |his visit| to Vilnius"."""
    low = s.text.low
    whose = next((k for k in range(t.start - 1, max(s.first, t.start - 4) - 1, -1) if low[k] in _OWN), None)
    if whose is None:
        return None
    before = {m.person for m in s.text.mentions[s.index] if m.type == "person" and m.person >= 0 and m.end <= whose}
    abroad = [k for k in before if (land := s.register.country_of(k)) is not None and land not in homes]
    return abroad[0] if len(abroad) == 1 else None


def _is_participle(s: Sentence, t: Trigger) -> bool:
    """Whether a lone verb only tells which places are spoken of, right behind their noun."""
    low, k = s.text.low, t.start - 1
    while k > s.first and low[k] in _LATELY:
        k -= 1
    if not t.predicate or t.end - t.start > 1 or not low[t.start].endswith("ed") or k <= s.first:
        return False
    plural = low[k].endswith("s") and s.text.tokens.words[k] == low[k]
    return plural and not any(m.start <= k < m.end for m in s.text.mentions[s.index])


def in_headline(s: Sentence) -> Draft | None:
    """Return the visit that a headline without a verb tells: "X's foreign minister in Y for talks"; else ``None``."""
    low, who = s.text.low, s.groups[0] if s.groups else None
    if who is None or who.start - s.first > 2 or who.mentions[-1].type not in ("person", "office"):
        return None
    if low[who.end] != "in":
        return None
    where = next((g for g in s.groups if g.start == who.end + 1), None)
    if where is None or not all(m.is_where for m in where.mentions) or low[where.end] not in _REASONS:
        return None
    draft = Draft("visit", "visit", spans=[s.span], lead=True, headline=True, order=s.text.tokens.starts[who.start])
    s.take(draft, "visitor", [who])
    homes = s.register.homes(draft.people) | (draft.parties & s.authority.countries.keys())
    host = s.lex.country_of(where.mentions[0].value)
    if not homes or host is None or host in homes:
        return None
    draft.place = where.mentions[0].value
    draft.parties |= homes | {host}
    return draft


def there_for(s: Sentence) -> list[Draft]:
    """Return the visits of those who are told with no verb to be abroad: "|In Oslo for| the summit, X met Y", "X, |in
    Oslo to| attend the summit, met Y"."""
    found: list[Draft] = []
    for where in s.groups:
        k = where.start - 1
        if s.text.low[k] != "in" or s.text.low[where.end] not in _PURPOSES:
            continue
        place, who = where.mentions[-1], _told_there(s, k)
        land = s.lex.country_of(place.value) if place.is_where and not (place.adjective or place.organ) else None
        draft = Draft("visit", "visit", place=place.value, spans=[s.span], order=s.text.tokens.starts[k])
        s.take(draft, "visitor", who)
        homes = s.register.homes(draft.people)
        told = next((d for d in s.drafts[-_FEW:] if d.spans[-1] == s.span and draft.people <= d.people), None)
        if land is None or not homes or land in homes or told is None or told.status != "occurred":
            continue
        draft.parties |= homes | {land}
        draft.date_as(told)
        found.append(draft)
    return found


def _told_there(s: Sentence, k: int) -> list[Group]:
    """Of whom an "in" at token ``k`` tells where they are: who stands behind that opening, or before its comma."""
    before = k - (k > s.first and s.text.low[k - 1] in _WHILE)
    if before == s.first:
        return [Group(m.start, m.end, [m]) for m in fronted(s, k)]
    people = (g for g in s.groups if g.end == before - 1 and g.mentions[-1].type == "person")
    return list(people) if s.text.low[before - 1] == "," else []


def guests_of(s: Sentence, draft: Draft) -> list[Draft]:
    """Return the visits of those whom an event calls guests: "met with the |visiting| prime minister of X, Y"."""
    low, homes = s.text.low, s.register.country_of
    if draft.top not in _RECEIVED or draft.background:
        return []
    guests = [
        m.person
        for m in s.text.mentions[s.index]
        if m.type == "person" and m.person in draft.people and not VISITING.isdisjoint(low[max(0, m.start - 1) : m.end])
    ]
    from_abroad = {land for k in guests if (land := homes(k))}
    hosts = {land for k in draft.people - set(guests) if (land := homes(k))} or draft.parties - from_abroad
    if not from_abroad or len(hosts) != 1 or hosts & from_abroad or not hosts <= s.authority.countries.keys():
        return []
    at = s.lex.country_of(draft.place or "")
    place = draft.place if at in hosts else min(hosts) if at is None else None
    if place is None:
        return []
    roles = [("visitor", k) for k in guests]
    visit = replace(draft, kind="visit", top="visit", roles=roles, parties=from_abroad | hosts, place=place)
    return [replace(visit, lead=False, headline=False, name="", offices=[], instruments=[], spans=[s.span], apart=[])]


def _in_no_place(s: Sentence, t: Trigger) -> bool:
    """Whether what somebody is "in" is told by a lone noun in small letters, and a preposition behind it."""
    noun = s.text.tokens.words[t.end] if t.end + 1 < s.last else ""
    return noun.isalpha() and noun.islower() and s.text.low[t.end + 1] in _BEHIND_STATES


def _goes_on(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is abroad as the article is written: "X, who is in Y for", "is on a visit to Y"."""
    return is_under_way(s, t) or (t.predicate and not _BEING_NOW.isdisjoint(s.text.low[t.start - 1 : t.start + 1]))


def _frames_news(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the news is told to have happened on a visit: "During his visit to Y, X opened a forum"."""
    low = s.text.low
    opened = draft.lead and t.start - s.first < 7 and low[s.first] == "during" and not t.predicate
    return opened and _EARLIER.isdisjoint(low[s.first : t.start])


def _of_guests(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Take "the visit" for that of those who, as was told last, are received from abroad."""
    if t.predicate or args.keys() & _OF_A_VISIT or not _is_theirs(s, t):
        return False
    meetings = [d for n, d in enumerate(s.drafts) if d.top == "meeting" and (d.lead or n + 2 >= len(s.drafts))]
    told = meetings[-1] if meetings else None  # behind it, what was signed there
    if told is None or (not told.lead and any(d.top == "visit" for d in s.drafts)):
        return False
    hosts, guests = ({k for role, k in told.roles if role == end} for end in ("host", "guest"))
    if not guests and (told.lead or told.place):  # "X met Y", there or in the country that the article speaks for
        land = s.lex.country_of(told.place) if told.place else s.register.home
        hosts = {k for k in told.people if s.register.country_of(k) == land}
        guests = told.people - hosts
    envoys = (x.kind or "" for k in guests for x in s.register.entries[k].titles)
    if any(kind in s.lex.office_kinds and s.lex.office_kinds[kind].top == "ambassador" for kind in envoys):
        return False  # who lives there
    lands = s.register.homes(hosts)
    if len(lands) != 1 or not guests or lands & s.register.homes(guests):
        return False
    draft.roles = [("visitor", k) for k in sorted(guests)]
    draft.parties |= lands
    draft.place, draft.status = min(lands), told.status
    if draft.date is None:
        draft.date_as(told)
    return True


def _by_own_officials(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Make a journey of officials unnamed in a headline one of those the text speaks for: "Delegation Travel to X"."""
    before = s.text.low[max(s.first, t.start - 2) : t.start]
    home = s.register.home
    if not draft.headline or home is None or _TRAVELLERS.isdisjoint(before):
        return False
    draft.parties.add(home)
    return True


def _is_theirs(s: Sentence, t: Trigger) -> bool:
    """Whether a visit is that of those spoken of: "the visit", "His Majesty's visit", "the Chancellor's visit"."""
    low = s.text.low
    before = t.start - 1
    if low[t.end - 1].endswith("s"):
        return False  # "preparations for the |visits|"
    if low[before] in _DEFINITE - {"'s", "that"}:
        return True
    lone = before - 1 if low[before] in ("'s", "'") else t.end
    return low[lone] in s.lex.honorific_words or lone in s.text.heads


def _leave_at_home(s: Sentence, draft: Draft, homes: set[str]) -> None:
    """Take out those who live where the others travel to: "X and Y went to the memorial in Washington"."""
    goal = s.lex.country_of(draft.place or "")
    if goal in homes and len(homes) > 1:
        draft.roles = [(role, k) for role, k in draft.roles if s.register.country_of(k) != goal]


def _welcome(s: Sentence, t: Trigger) -> Arguments:
    """Who receives whom in the same clause: "X hosted Y on a state visit", "X welcomed Y to Z for a visit"."""
    for x in s.triggers:
        if (
            x.predicate
            and x.end <= t.start
            and _HOSTING.intersection(s.text.low[x.start : x.end])
            and x.start >= s.clause_start(t.start)
        ):
            return read_arguments(s, x)
    return {}


def _take_host(s: Sentence, t: Trigger, welcome: Arguments, draft: Draft) -> None:
    """The guest of a welcome comes to where he is welcomed, else to the host's country."""
    host = Draft(draft.kind, draft.top)
    s.take(host, "host", welcome.get("subject", []))
    take_goals(s, t, {"to": welcome.get("to", [])}, draft)
    homes = (s.register.homes(host.people) | host.parties) & s.authority.countries.keys()
    if draft.place is None and len(homes) == 1:
        draft.place = min(homes)
    draft.parties |= homes


def _is_announced(s: Sentence, draft: Draft) -> bool:
    """Whether the visit is one that was just told to lie ahead."""
    told = (d for d in s.drafts if d.top == "visit" and d.people & draft.people and draft.parties <= d.parties)
    return any(d.status == "planned" for d in told)


def _subjects(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Who acts, unless the country right before a noun says whose visit is spoken of: "X recalled |the Y visit|"."""
    return [] if is_behind_land(s, t) and t.start - 1 > s.first else args.get("subject", [])
