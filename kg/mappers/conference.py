"""Conferences: gatherings — what they are called, whose they are and who takes part."""

from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft

_ATTENDING = words("grammar", "attending_prepositions")
_ORDINALS = words("grammar", "ordinals")


def conference(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Gatherings: named ones, and talks of delegations."""
    low, words = s.text.low, s.text.tokens.words
    start = t.start
    while start > s.first and (
        words[start - 1][0].isupper()
        or words[start - 1][0].isdigit()
        or words[start - 1] in ("-", "–", "'s")
        or low[start - 1] in ("first-ever",)
    ):
        if low[start - 1] in ("the", "president", "at", "in", "on") or any(
            m.start <= start - 1 < m.end and m.type == "person" for m in s.text.mentions[s.index]
        ):
            break
        start -= 1
    if words[t.start - 1].lower() in ("video", "via", "press", "news") or low[t.start - 1] == "-":
        return ""
    named = start < t.start or (words[t.start][0].isupper() and t.start > s.first and t.kind != "congress")
    draft.name = s.text.printed(start, t.end)
    if (t.kind == "congress" and not named) or _in_round(s, t):
        return ""
    if low[t.start] in ("round", "rounds") and not _is_round(s, t):
        return ""
    talks = t.kind == "negotiation-round" or not named
    for name in ("adjective", "between", "of", "among", "involving", *(("with",) if talks else ())):
        if name in args:
            s.take(draft, "participant", args[name])
    for m in s.text.mentions[s.index]:
        if m.type == "body" and start <= m.start < t.end:
            draft.parties.add(m.value)
    subject = args.get("subject", [])
    if subject and _attends(s, subject[0].end, start):
        s.take(draft, "participant", subject)
    if "by" in args:
        s.take(draft, "participant", args["by"])
    gathers = s.text.says("gathering", *s.span)
    if gathers:
        for m in s.text.mentions[s.index]:
            if m.type == "body" and s.text.tokens.starts[m.start] > gathers[1]:
                draft.parties.add(m.value)
    if not named and len(draft.parties) + len(draft.people) < 2:
        return "the gathering is not named"
    for party in sorted(draft.parties):
        body = s.authority.organisations.get(party)
        if body and body.country:
            draft.parties.add(body.country)
    for m in s.text.mentions[s.index]:
        country = s.lex.country_of(m.value) if m.type == "place" and start <= m.start < t.end else None
        draft.parties |= {country} if country else set()
    if not draft.parties and named:
        s.locate(t, args, draft)
        country = s.lex.country_of(draft.place) if draft.place else None
        if country:
            draft.parties.add(country)
    if not draft.parties and not draft.people:
        return "whose gathering it is is not stated"
    return None


def _is_round(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase is the counted round of a series: "the 15th round of …"."""
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    return s.text.low[t.start] in ("round", "rounds") and (before[:1].isdigit() or before in _ORDINALS)


def _in_round(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase only says what the round just named is of ("third round of the trade negotiations")."""
    return any(0 < t.start - x.start < 12 and _is_round(s, x) for x in s.triggers)


def _attends(s: Sentence, a: int, b: int) -> bool:
    """Whether the words of tokens ``[a, b)`` make a subject take part in the gathering after them."""
    if a >= b:
        return False
    return bool(_ATTENDING & set(s.text.low[a:b])) or s.text.says("attending", *s.text.span(a, b)) is not None
