"""Goals: where a journey leads, told with it, before it or not at all, and whose guests its travellers are."""

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.circumstances import locate
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group
from kg.mappers.subjects import may_act

_ROW_MARKS = words("grammar", "row_marks")
_LANDS = words("acts", "lands")
_REACHING = words("grammar", "reaching_verbs")
_GOING = words("grammar", "bare_journeys")
_ARRIVING = words("grammar", "arriving_verbs")
_TAKING = words("grammar", "taking_verbs")
_VAGUE = words("grammar", "vague_journeys")
_DEFINITE = words("grammar", "definite_determiners")
_BRINGING = words("grammar", "bringing_verbs")
_TAKING_IN = ("in",)
_PREPOSITIONS = words("grammar", "argument_prepositions")
_SENT = words("grammar", "delegations")
_FARTHEST_HERE = 7
"""Tokens before a visit in which "here" tells where it goes: "arrived here on Friday morning on a |visit|"."""
_TOWARDS = ("to", "in", "at", "for", "into")


def leads_somewhere(s: Sentence, k: int) -> bool:
    """Return whether at ``k`` a place or country follows, or a comma or preposition behind which one may stand."""
    k += k < s.last and s.text.low[k] in _DEFINITE
    return any(m.start <= k < m.end and m.is_where for m in s.text.mentions[s.index])


def behind_town(s: Sentence, t: Trigger) -> list[Group]:
    """Return the places in a row with a town that nobody knows: "travel to |Manaus| and Rio de Janeiro, Brazil"."""
    words = s.text.tokens.words
    found = next((g for g in s.groups if g.start >= t.end), None)
    if found is None or found.start - t.end > 4 or not all(is_country(s, m) for m in found.mentions):
        return []
    gap = words[t.end : found.start]
    return [found] if gap and gap[-1] in ("and", ",") and all(w[0].isupper() or w in ("and", ",") for w in gap) else []


def goals_needed(s: Sentence, t: Trigger) -> tuple[str, ...]:
    """Return where a verb of little sense must say where to: "arrived on Tuesday in Rabat", "left Tokyo for Paris"."""
    verb, last = s.text.low[t.start], s.text.low[t.end - 1]
    if t.predicate and last in _TAKING_IN and not _TAKING.isdisjoint(s.words_of(t)):
        return ("object",)  # "a tour that takes in France and Canada"
    if t.predicate and (verb in _VAGUE or s.text.low[t.end - 2] in _VAGUE):
        return ("object",)
    if not t.predicate or verb not in _GOING or (t.end - t.start > 1 and last != "from"):
        return ()
    return ("to", "for", "in", "at") if verb in _ARRIVING else ("to", "for")


def lands_behind(s: Sentence, t: Trigger) -> list[Group]:
    """Return the countries named in the rest of the clause: "that takes in several of the islands, A and B"."""
    stop = s.clause_end(t.end)
    return [g for g in s.groups if t.end <= g.start < stop and all(is_country(s, m) for m in g.mentions)]


def is_country(s: Sentence, m: Mention) -> bool:
    """Return whether a place or body lies in a country that is known."""
    return m.is_where and s.lex.country_of(m.value) is not None


def take_goals(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Take where a visit goes; return whether that is the seat of an organisation."""
    seat = False
    goals = [g for name in _TOWARDS for g in args.get(name, [])]
    goals += args.get("object", []) if t.predicate else []
    goals = [g for g in goals if not _of_next_journey(s, t, g)]
    for m in (m for g in [*goals, *_further(s, goals)] for m in g.mentions):
        country = s.lex.country_of(m.value) if m.is_where else None
        if country is None and _is_seat(s, t, m):
            draft.parties.add(m.value)
            seat = True
        elif country or m.type == "place":
            draft.place = draft.place or m.value
            draft.parties |= {country} if country else set()
            if country and country not in draft.legs:
                draft.legs.append(country)
                draft.leg_dates += [
                    (country, when) for when in s.whens if 0 <= when.start - s.text.span(m.start, m.end)[1] < 5
                ]
    if t.predicate and draft.place is None:
        locate(s, t, args, draft)
        _take_land(s, draft)
    return seat


def _of_next_journey(s: Sentence, t: Trigger, g: Group) -> bool:
    """Whether a goal is that of a journey told behind: "ended a visit to X and will |head to Y|"."""
    others = (x for x in s.triggers if x.top == "visit" and x.predicate and t.end <= x.start < g.start)
    return any("and" in s.text.low[t.end : x.start] for x in others)


def _take_land(s: Sentence, draft: Draft) -> None:
    """Take the country of the place of a visit for a party to it."""
    country = s.lex.country_of(draft.place) if draft.place else None
    draft.parties |= {country} if country else set()


def _is_seat(s: Sentence, t: Trigger, m: Mention) -> bool:
    """Whether an organisation is what is visited: "visited NATO", "a visit to the headquarters of NATO"."""
    low = s.text.low
    if m.value not in s.authority.organisations or m.adjective or low[m.end] == "'s":
        return False
    return m.start - t.end < 5 and not any(x.start > t.start and x.end <= m.start for x in s.text.mentions[s.index])


def _further(s: Sentence, goals: list[Group]) -> list[Group]:
    """The rest of a row of places that commas part: "to Warsaw, Poland, and Bucharest, Romania"."""
    further: list[Group] = []
    reach = max((g.end for g in goals if all(m.type in ("place", "body") for m in g.mentions)), default=s.last)
    for m in s.text.mentions[s.index]:  # set between commas: "Warsaw, |Poland|, and Bucharest, Romania"
        if m.start == reach + 1 and m.is_where and s.text.low[reach] == "," and s.text.low[m.end] == ",":
            reach = m.end
            break
    for g in s.groups:
        if reach <= g.start and all(m.is_where for m in g.mentions):
            gap = s.text.low[reach : g.start]
            bare = undated(s, gap, reach)
            goes_on = bare == gap or "and" in bare or s.date_between(g.end, g.end + 2)
            if not (_ROW_MARKS.issuperset(bare) and goes_on):
                break  # "to Y on Monday, Z on Tuesday and", not "to Y on Monday, Z said"
            if gap == [","] and _acts_next(s, g):
                break  # "During X's visit to Y, |Z signed|"
            further.append(g)
            reach = g.end
    return further


def _acts_next(s: Sentence, g: Group) -> bool:
    """Whether the word behind a country is a verb, whose subject it so is."""
    after = s.text.low[g.end] if g.end < s.last else ""
    return all(m.type == "body" for m in g.mentions) and (after in s.lex.verb_forms or after.endswith("ed"))


def _goal_before(s: Sentence, t: Trigger) -> str | None:
    """The place between a traveller and a visit that names none: "X in Cuba on a working visit"."""
    low = s.text.low
    for m in reversed(s.text.mentions[s.index]):
        if m.end > t.start or not m.is_where or m.start < s.clause_start(t.start):
            continue
        if low[m.start - 1 - (low[m.start - 1] == "the")] in _TOWARDS or low[m.start - 1] in _REACHING:
            return m.value
    return None


def _goal_taken_up(s: Sentence, t: Trigger) -> str | None:
    """The place that "where" right before a journey takes up: "came back from Y, |where he paid a visit|"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - _FARTHEST_HERE), -1) if low[k] == "where"), None)
    end = at - (low[at - 1] == ",") if at is not None else -1
    return next((m.value for m in s.text.mentions[s.index] if m.is_where and m.end == end), None)


def _goal_behind(s: Sentence, t: Trigger) -> str | None:
    """The place told behind those who travel: "the visit of the President's adviser |to Y|"."""
    low, stop = s.text.low, s.clause_end(t.end)
    behind = (m for m in s.text.mentions[s.index] if m.is_where and t.end < m.start < stop and m.start - t.end < 12)
    return next((m.value for m in behind if low[m.start - 1 - (low[m.start - 1] == "the")] == "to"), None)


def _hosts_of(s: Sentence, draft: Draft) -> set[str]:
    """The countries of those who, as was just told, receive the travellers."""
    for d in s.drafts:
        if d.top == "meeting" and draft.people & {k for role, k in d.roles if role == "guest"}:
            return s.register.homes({k for role, k in d.roles if role == "host"})
    return set()


def _share_welcome(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Put "his visit" ahead, on its day, where it was just announced that he will be received."""
    told = (d for d in s.drafts if d.top == "meeting" and d.status == "planned" and draft.people <= d.people)
    welcome = next(told, None)
    if welcome is None or t.predicate or draft.background or not (draft.date is None or draft.date == welcome.date):
        return
    draft.status = "planned"
    if welcome.date:
        draft.share(welcome)


def _same_travellers(d: Draft, draft: Draft) -> bool:
    """Whether a visit is told of the same people, or where none is named, of the same country's."""
    return bool(d.people & draft.people) or (not draft.people and bool(draft.parties) and draft.parties <= d.parties)


def is_behind_land(s: Sentence, t: Trigger) -> bool:
    """Return whether the name of a country stands right before a noun: "the May 2024 |Y| visit"."""
    land = next((g.mentions[-1] for g in s.groups if g.end == t.start), None)
    if t.predicate or land is None or land.type != "body" or s.text.low[land.start - 1] in _PREPOSITIONS:
        return False  # "throughout the Investing |in Y| tour"
    return not (land.organ or land.adjective) and _SENT.isdisjoint(s.words_of(t))


def _land_right_before(s: Sentence, t: Trigger, homes: set[str]) -> str | None:
    """The country of "X's |Y| visit", "the |Y| visit of X", which is none of the travellers' own."""
    land = next((g.mentions[-1].value for g in s.groups if g.end == t.start), "") if is_behind_land(s, t) else ""
    return land if land in s.authority.countries and homes and land not in homes else None


def _others_of_news(s: Sentence, t: Trigger, draft: Draft) -> set[str]:
    """With whom the country named right before a visit has to do in the news: "since |the May 2024 Y visit|"."""
    if not is_behind_land(s, t):
        return set()
    told = next((d.parties & s.authority.countries.keys() for d in s.drafts if d.lead), set())
    return told - draft.parties if len(told) == 2 and draft.parties < told else set()


def _other_of_two(s: Sentence, t: Trigger, homes: set[str]) -> str | None:
    """Where "here" is, or a "return visit" goes, in news of two countries: the one that is not the traveller's."""
    low = s.text.low
    if "return" not in s.words_of(t) and "here" not in low[max(s.first, t.start - _FARTHEST_HERE) : t.end + 1]:
        return None
    lands = s.authority.countries.keys()
    told = [d.parties & lands for d in s.drafts if d.lead]
    told += [{m.value for m in mentions if m.type == "body"} & lands for mentions in s.text.mentions[:2]]
    two = next((both for both in told if len(both) == 2 and len(both & homes) == 1), set())
    return min(two - homes, default=None)


def _of_a_land(s: Sentence, t: Trigger) -> bool:
    """Whether a journey goes to a country spoken of and not named: "a visit |to the island nation|"."""
    return not _LANDS.isdisjoint(s.text.low[t.end + 1 : t.end + 6])


def _that_land(s: Sentence, t: Trigger, homes: set[str]) -> str | None:
    """The country that "that country" takes up: "will leave |Y| after a state visit |to that country|"."""
    taken_up = s.text.low[t.end : t.end + 2] if not t.predicate else ["to", *s.text.low[t.end : t.end + 1]]
    if taken_up not in (["to", "that"], ["to", "the"]) or not _of_a_land(s, t):
        return None
    before = [m for m in s.text.mentions[s.index] if m.end <= t.start and m.is_where]
    before = before or [m for m in s.text.mentions[max(0, s.index - 1)] if m.is_where]
    named = [land for m in before if (land := s.lex.country_of(m.value)) and land not in homes]
    return named[-1] if named else None


def _hosts_here(s: Sentence, t: Trigger, draft: Draft) -> set[str]:
    """The country that "the island nation" of a visit is: of whom the sentence has the visitor meet."""
    if s.text.low[t.end] not in ("to", "the") or _LANDS.isdisjoint(s.text.low[t.end : t.end + 6]):
        return set()
    met = (d for d in reversed(s.drafts) if d.top == "meeting" and d.spans[-1] == s.span and draft.people <= d.people)
    return next((d.parties & s.authority.countries.keys() for d in met), set()) - s.register.homes(draft.people)


def _guests_here(s: Sentence, t: Trigger, draft: Draft) -> Draft | None:
    """The visit of whom the sentence has somebody receive, where it is to a country spoken of and not named.

    "X received Y on the occasion of |his visit to the country|".
    """
    if t.predicate or s.text.low[t.end : t.end + 1] not in (["to"], ["the"]) or not _of_a_land(s, t):
        return None
    told = next((d for d in reversed(s.drafts) if d.top == "meeting" and d.spans[-1] == s.span), None)
    guests = sorted(k for role, k in told.roles if role == "guest") if told is not None else []
    lands = s.register.homes(k for role, k in told.roles if role == "host") if told is not None else set()
    if not guests or len(lands) != 1 or draft.people & set(guests) or lands & s.register.homes(guests):
        return None
    roles = [("visitor", k) for k in guests]
    return Draft("visit", "visit", roles, place=min(lands), parties=lands | s.register.homes(guests))


def _returned_to(s: Sentence, t: Trigger, draft: Draft, homes: set[str]) -> set[str]:
    """The country of the other of two who met, to which one "is to pay a |return visit|"."""
    if "return" not in s.words_of(t):
        return set()
    met = (d for d in s.drafts if d.top in ("meeting", "visit") and draft.people and draft.people <= d.people)
    return next((d.parties & s.authority.countries.keys() for d in met), set()) - homes


def _whose_guest(s: Sentence, t: Trigger, args: Arguments, homes: set[str]) -> str | None:
    """The country of who does something while a guest is there: "Y hailed the ties |during X's visit|"."""
    guest = next(iter(args.get("possessor", [])), None)
    if t.predicate or guest is None or not homes or guest.start - 3 < s.first:
        return None
    if s.text.low[guest.start - 1] != "during" and s.text.low[guest.start - 2 : guest.start] != ["occasion", "of"]:
        return None
    begin = s.clause_start(guest.start)
    acting = [g for g in s.groups if begin <= g.start and g.end < guest.start and may_act(s, g)][:1]
    lands = s.register.homes(m.person for g in acting for m in g.mentions if m.type == "person" and m.person >= 0)
    return min(lands) if len(lands) == 1 and not lands & homes else None


def goal_untold(s: Sentence, t: Trigger, args: Arguments, draft: Draft, homes: set[str]) -> str | None:
    """Take a visit to nowhere for the one just told of, or for a guest's; return why it is none, or ``None``.

    It is a guest's where the article speaks for another country than his.
    """
    if any(x.top == "visit" and s.text.low[x.start] in _BRINGING and 0 <= x.start - t.end < 6 for x in s.triggers):
        return ""  # "his first visit abroad |took him to| Y"
    begun = next((d for d in reversed(s.drafts) if d.top == "visit" and _same_travellers(d, draft)), None)
    if begun is not None and begun.spans[-1] == s.span:
        draft.parties |= begun.parties
        draft.place, draft.status = begun.place, begun.status
        draft.date_as(begun)
        return None
    if s.text.low[t.end] == "to" and not t.predicate and not _of_a_land(s, t):
        return "no destination is stated"  # "his ninth trip |to the region|"
    if (visit := _guests_here(s, t, draft)) is not None:
        draft.roles, draft.place = visit.roles, visit.place
        draft.parties |= visit.parties
        return None
    hosts = _hosts_of(s, draft) or _hosts_here(s, t, draft) or _returned_to(s, t, draft, homes)
    if len(hosts) == 1 and not hosts & homes:
        draft.parties |= hosts
        draft.place = min(hosts)
        _share_welcome(s, t, draft)
        return None
    before = None if t.predicate else _goal_taken_up(s, t) or _goal_before(s, t) or _land_right_before(s, t, homes)
    if before is not None:
        draft.place = before
        country = s.lex.country_of(before)
        draft.parties |= {country} if country else set()
        return "" if country in homes and len(draft.parties) < 2 else None
    goal = None if t.predicate else _goal_behind(s, t)
    if goal is not None and not draft.people:
        draft.place = goal
        _take_land(s, draft)
        return None
    if there := _that_land(s, t, homes):
        draft.place = there
        draft.parties.add(there)
        return None
    land = _other_of_two(s, t, homes) or _whose_guest(s, t, args, homes)
    if land is not None:
        draft.place = land
        draft.parties |= homes | {land}
        return None
    home = s.register.home
    if not homes and len(draft.parties) == 1 and (others := _others_of_news(s, t, draft)):
        draft.parties |= others
        return None
    if "tour" in s.words_of(t) and not draft.parties - homes:
        return "no destination is stated"
    if (
        t.predicate
        or not (draft.lead or args.keys() & {"possessor", "of", "by"})
        or not home
        or not homes
        or home in homes
    ):
        again = "possessor" in args or (begun is not None and s.text.low[t.start - 1] == "the")  # "after X's visit"
        dated = s.whens and len(draft.date or "") > len("2024-")
        return (
            None if dated and draft.people and not again else "no destination is stated"
        )  # "|arrived here| on Friday"
    draft.parties.add(home)
    draft.place = home
    if s.index in s.context.turns:
        draft.status = "occurred"  # "your visit will help", said to a guest
    return None
