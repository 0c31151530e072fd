"""Series: talks with several, one after the other, that one sentence tells together."""

from dataclasses import replace
from itertools import pairwise

from kg.language.dates import When
from kg.language.lexicon import LEADERS
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.complements import has_own_day, met_in, seen_later
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, leaves_out, people_in

_WELCOMING = words("grammar", "welcoming_verbs")
_SEVERAL = words("grammar", "several_talks")
_APART = words("grammar", "one_by_one")
_ONE = frozenset(("a", "an", "another"))
_ARGUMENT = words("grammar", "argument_prepositions")
_MASS = words("gatherings", "talks_in_plural")
_JOINING = words("grammar", "closing_joins") | {",", "that"}
_OF_TWO = words("gatherings", "two_sided")
_OF_SEVERAL = words("gatherings", "of_several")
_ADDRESSING = ("with", "to")
_RANKS = (*LEADERS, "speaker")


def are_several_talks(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Return whether the clause tells of several talks: "met separately with", "a series of meetings with"."""
    clause = s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]
    if not _OF_SEVERAL.isdisjoint(s.text.low[max(s.first, t.start - 1) : t.end]):
        return False  # "a trilateral meeting with"
    if t.kind == "courtesy-call" and t.predicate and "visits" in s.words_of(t):
        return True
    if t.kind == "courtesy-call" and t.predicate and sum(people_in(g) for g in args.get("object", [])) > 1:
        return True  # "called on the president and the prime minister"
    if len(_principals(s, args)) > 1 or _principals_meet(s, args) or _on_journeys(s, args):
        return True
    if _some_of_many(s, args) or _on_several_days(s, args) or _one_later(s, t, args):
        return True
    if _two_sided(s, t, args) or _each_led(s, t, args) or _in_turn(s, t):
        return True
    return (
        bool(_SEVERAL.intersection(clause))
        or ("each" in clause and ("each", "of") in pairwise(clause))
        or (clause.count("with") > 1 and ("with" in s.text.low[t.start : t.end + 1] or len(args.get("with", [])) > 1))
    )


def _in_turn(s: Sentence, t: Trigger) -> bool:
    """Whether it is said that talks were with one after the other: "|individual| talks with", "will |each| meet"."""
    near = s.text.low[max(s.first, t.start - 2) : t.end + 1]
    if s.text.low[t.start - 1] == "each" or (not _APART.isdisjoint(near) and _ONE.isdisjoint(near)):
        return True
    return s.text.says("one_by_one", *s.text.span(s.clause_start(t.start), s.clause_end(t.end))) is not None


def _two_sided(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether talks that only two can have are with those of several countries: "|bilateral| talks with A and B"."""
    if _OF_TWO.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.end]):
        return False
    met = [m for name in ("object", "with") for g in args.get(name, []) for m in g.mentions]
    lands = s.register.homes(m.person for m in met if m.type == "person" and m.person >= 0)
    lands |= {m.value for m in met if m.type == "body"} & s.authority.countries.keys()
    lands |= {title.of for m in met if m.type == "office" for title in m.titles if title.of}
    people = sum(m.type != "body" or m.organ for m in met)
    return 1 < len(lands) >= people


def _each_led(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether the preposition stands before each of those talked to: "spoke |to| A, and |to| B"."""
    low = s.text.low
    met = [g for name in ("object", "with", "to") for g in args.get(name, [])] if t.top == "call" else []
    led = (g.start - 1 - (low[g.start - 1] == "the") for g in met[1:])
    return any(low[k] in _ADDRESSING and low[k - 1] == "and" for k in led)


def _some_of_many(s: Sentence, args: Arguments) -> bool:
    """Whether those met are some of many, of several countries: "met a number of presidents, |including| A and B"."""
    met = [g for name in ("object", "with") for g in args.get(name, [])]
    named = [x for x in s.groups if met and x.start == met[0].start]  # as printed: "her counterparts"
    several = any(_in_plural(m) for g in named for m in g.mentions)
    people = [m.person for g in met for m in g.mentions if m.type == "person" and m.person >= 0]
    return several and len(s.register.homes(people)) > 1


def _on_several_days(s: Sentence, args: Arguments) -> bool:
    """Whether each of those met has a day of his own behind him: "met A on Monday and B on Tuesday"."""
    met = [g for name in ("object", "with") for g in args.get(name, [])] if len(s.whens) > 1 else []
    return len(met) > 1 and all(has_own_day(s, g) for g in met)


def _one_later(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether the second of those met was seen at another hour: "met A and, |later|, B"."""
    met = [g for name in ("object", "with") for g in args.get(name, [])]
    return any(seen_later(t, s.text.low[a.end : b.start], b) for a, b in pairwise(met))


def _in_plural(m: Mention) -> bool:
    """Whether those who hold an office are spoken of, and none of them."""
    return m.type == "office" and m.titles[0].plural


def _on_journeys(s: Sentence, args: Arguments) -> bool:
    """Whether those met are of as many countries as somebody travels to: "will travel to A and B, and meet X and Y"."""
    met = [m.person for name in ("object", "with") for g in args.get(name, []) for m in g.mentions if m.person >= 0]
    lands = s.register.homes(met)
    journeys = (d.place for d in s.drafts if d.top == "visit" and d.place)
    return 1 < len(lands) == len(met) and lands <= {s.lex.country_of(place) for place in journeys}


def heads_several(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Return whether a headline tells of talks with several, one after the other.

    "Telephone |conversations with| X and Y".
    """
    noun = t.end - 1 - (s.text.low[t.end - 1] in _ARGUMENT)
    several = s.text.low[noun].endswith("s") and s.text.low[noun] not in _MASS
    return draft.headline and several and not t.predicate and set(args) == {"with"}


def further_partners(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Return those behind a further "with" that a semicolon parts: "met with A; |with B and C|; and |with D|"."""
    low = s.text.low
    if ";" not in low[t.end : s.last] or not {"object", "with"} & args.keys():
        return []
    stop = min((x.start for x in s.triggers if x.start > t.start), default=s.last)
    found: list[Group] = []
    for g in s.groups:
        k = g.start - 1 - (low[g.start - 1] == "the")
        linked = t.end < k < stop and low[k] == "with" and low[k - 1] in (";", ",", "and")
        if linked and any(m.type in ("person", "office") for m in g.mentions):
            found.append(g)
    return found


def _principals(s: Sentence, args: Arguments) -> list[Mention]:
    """Those who rank so high that one traveller sees each by himself: "met President A, Prime Minister B and C"."""
    each = [m for name in ("object", "with") for g in args.get(name, []) for m in g.mentions]
    ranks = {
        s.lex.office_kinds[x.kind].top: m
        for m in each
        if m.type == "person"
        for x in m.titles
        if x.kind in s.lex.office_kinds
    }
    alone = [m for g in args.get("subject", []) for m in g.mentions]
    people = [m for m in each if m.type == "person" and m.titles]
    high = [r for r in _RANKS if r in ranks]
    if any(leaves_out(s.text, g.end) for name in ("object", "with") for g in args.get(name, [])):
        return []  # "met with President A, Minister B, and others"
    if len(alone) != 1 or not (high[:1] and (len(high) > 1 or (len(people) > 2 and high[0] != _RANKS[2]))):
        return []
    homes = s.register.homes({m.person for m in each if m.type == "person"})
    away = s.register.country_of(alone[0].person) if alone[0].type == "person" and alone[0].person >= 0 else None
    return (
        (people if len(people) > 2 else [ranks[r] for r in high])
        if len(homes) == 1 and away and away not in homes
        else []
    )


def _principals_meet(s: Sentence, args: Arguments) -> bool:
    """Whether those who meet one from abroad rank so high that each does so: "President A and Premier B met C"."""
    guests = [g for name in ("object", "with") for g in args.get(name, [])]
    return (
        sum(len(g.mentions) for g in args.get("subject", [])) == 2
        and len(_principals(s, {"subject": guests, "object": args.get("subject", [])})) > 1
    )


def part_hosts(s: Sentence, args: Arguments, draft: Draft) -> bool:
    """Make a draft for each of those who received somebody: "was received |by| A and |by| B", "by President A and B."""
    hosts, guests = args.get("subject", []), args.get("object", [])
    if len(hosts) < 2 and len(_principals(s, {"subject": guests, "object": hosts})) < 2:
        return False
    rows = hosts if len(hosts) > 1 else [Group(m.start, m.end, [m]) for g in hosts for m in g.mentions]
    for host in rows:
        meet_apart(s, draft, ("host", [host]), ("guest", guests))
    return True


def in_each_land(s: Sentence, t: Trigger, draft: Draft) -> list[Draft]:
    """Return the meetings of a journey to several countries with those of each: "will meet |his counterparts|"."""
    mentions = [m for m in s.text.mentions[s.index] if m.start >= t.end]
    if draft.top != "meeting" or not any(m.type == "office" and m.titles[0].plural for m in mentions[:2]):
        return []
    journeys = [d for d in s.drafts if d.top == "visit" and d.people == draft.people and d.place and not d.background]
    lands = {s.lex.country_of(d.place or "") for d in journeys if d.spans[0] == journeys[-1].spans[0]}
    homes = s.register.homes(draft.people)
    if any(m.type == "person" for m in mentions):
        return []  # "met his counterparts: President X of Y and"
    named = {s.lex.country_of(m.value) for m in mentions if m.is_where}
    if len(lands) < 2 or named not in (set(), lands) or draft.parties - homes - lands:
        return []
    apart = sorted(land for land in lands if land)
    return [replace(draft, parties=homes | {k}, offices=[o for o in draft.offices if o.of == k]) for k in apart]


def meet_apart(s: Sentence, draft: Draft, *took_part: tuple[str, list[Group]]) -> None:
    """Add a meeting of its own to those a sentence tells together, of the groups given with their roles."""
    one = replace(draft, roles=[], offices=[], parties=set(), spans=list(draft.spans), apart=[])
    for role, groups in took_part:
        s.take(one, role, groups)
    one.parties |= s.register.homes(one.people)
    draft.apart.append(one)


def part_talks(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """Make a draft for each of those somebody met one after the other."""
    hosts = ("subject", "possessor", *(("of",) if "with" in args and not t.predicate else ()))
    common = [g for name in hosts for g in args.get(name, [])]
    ends = ("object", "with", "from", "to") if t.top == "call" else ("object", "with", "from")
    partners = [m for name in ends for g in args.get(name, []) for m in g.mentions]
    partners = [m for m in partners if not _in_plural(m)] or partners
    each = [m for g in common for m in g.mentions if m.type in ("person", "office")]
    alone = len(partners) == 1 and (_one_by_one(s, t) or _principals_meet(s, args))
    if alone:
        common, partners = [Group(m.start, m.end, [m]) for m in partners], each  # "X and Y separately received Z"
    if len(partners) < 2 or not (common or draft.headline):
        return
    rows = _with_their_lands(partners)
    for n, several in enumerate(rows):
        met = [Group(several[0].start, several[-1].end, several)]
        meet_apart(s, draft, ("participant", common), ("participant", met))
        if len(s.whens) > 1 and not alone and (day := _day_of(s, t, rows, n)) is not None:
            draft.apart[-1].take_date(day)
        if len(rows) > 1 and (place := met_in(s, met[0])) is not None and has_own_day(s, met[0]):
            draft.apart[-1].place = place.mentions[0].value


def _one_by_one(s: Sentence, t: Trigger) -> bool:
    """Whether those who did something did so by themselves: "met |separately|", and not "in |a separate meeting|"."""
    clause = s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]
    apart = any(word in _APART and before not in _ONE for before, word in pairwise(["", *clause]))
    return apart or _in_turn(s, t)


def _day_of(s: Sentence, t: Trigger, rows: list[list[Mention]], n: int) -> When | None:
    """The day of its own on which one of several is met: "A on Monday and |B on Tuesday|", "A and |tomorrow B|"."""
    begin, end = rows[n][0].start, rows[n][-1].end
    ends = (k for k in range(end, s.last) if s.text.low[k] == ",")  # "A on Monday and B|, officials said on Tuesday|"
    stop = rows[n + 1][0].start if n + 1 < len(rows) else next(ends, s.last)
    behind = [w for w in s.whens if end <= s.text.token_at(w.start) < stop]
    if n + 1 < len(rows):
        behind = [w for w in behind if not _of_next(s, w, stop)]
    before = [w for w in s.whens if (_of_next(s, w, begin) if n else w.end <= t.hit.start)]
    return next(iter(before if n and before else behind or before), None)


def _of_next(s: Sentence, when: When, begin: int) -> bool:
    """Whether a day stands right before somebody, whom token ``begin`` opens, and behind what joins him to others."""
    gap = s.text.low[s.text.token_at(when.end) : begin]
    return begin < s.last and when.start < s.text.tokens.starts[begin] and len(gap) < 4 and _JOINING.isdisjoint(gap)


def visit_to_come(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> Draft | None:
    """Return the visit that is announced with a welcome: "X will welcome Y of Z |to the palace| on March 1"."""
    hosts, guests = ({k for role, k in draft.roles if role == end} for end in ("host", "guest"))
    lands = s.register.homes(hosts)
    goals = [m for g in args.get("to", []) for m in g.mentions if m.type in ("place", "body")]
    if not guests or len(lands) != 1 or not goals or lands & s.register.homes(guests):
        return None
    if s.lex.country_of(goals[0].value) not in lands or _WELCOMING.isdisjoint(s.words_of(t)[-2:]):
        return None
    roles = [("visitor", k) for k in sorted(guests)]
    return replace(draft, kind="visit", top="visit", roles=roles, spans=list(draft.spans), apart=[])


def _with_their_lands(partners: list[Mention]) -> list[list[Mention]]:
    """Those met, each with the country behind "of" that is his: "X of Norway and Y of Chad"."""
    rows: list[list[Mention]] = []
    for m in partners:
        if rows and m.type == "body" and rows[-1][-1].type == "person":
            rows[-1].append(m)
        else:
            rows.append([m])
    return rows
