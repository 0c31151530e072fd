"""Delegations: who leads one and who goes with it, the journey it is designated for and the occasion there."""

from dataclasses import replace

from kg.language.dates import When
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.clauses import Sentence
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments
from kg.mappers.person import Register

_TO_ATTEND = words("acts", "attending_occasions")
_GOING_TO = words("acts", "before_goals")
_OCCASIONS = words("ceremonies", "heads")
_MOST_MEMBERS = 100
_ATTENDED = ("ceremony", "appointment", "conference")
"""Kinds of occasion a delegation is sent to."""
_OF_THE_ARTICLE = ("day-of-publication", "announced-for", "same-occasion")
"""Rules by which a date is that of the article rather than that of the event."""


def delegation(s: Sentence, args: Arguments, draft: Draft) -> str | None:
    """A delegation designated for an occasion abroad; its members are listed behind."""
    draft.parties = s.homes_of(args.get("subject", [])) or ({s.register.home} if s.register.home else set())
    draft.name = "delegation"
    return None if draft.parties else "nobody is said to be sent"


def seat_delegations(register: Register, drafts: list[Draft], published: str | None) -> None:
    """Add to a delegation those who lead it and those listed as its members, and the journey it is to make."""
    text = register.text
    for draft in [d for d in drafts if d.top == "appointment" and d.name == "delegation"]:
        announced = text.sentence_of(text.token_at(max(begin for begin, _ in draft.spans)))
        parts = _delegations_apart(text, announced)
        if not parts:
            draft.roles += _members(register, draft, range(announced + 1, _end_of_lists(text, announced)))
            if draft.people and published:
                rows = [k for k in (announced, announced + 1) if k == announced or _says_more(text, k)]
                _send(register, drafts, draft, rows, published)
            continue
        together = {text.spans[k] for k in (0, announced)}
        drafts[:] = [d for d in drafts if d is not draft and not (d.top == "ceremony" and together & set(d.spans))]
        for part in parts:
            told = text.spans[part.start]
            sent = replace(draft, roles=[], parties=set(draft.parties), spans=[*draft.spans, told])
            sent.roles = _members(register, sent, part)
            drafts.append(sent)
            if sent.people and published:
                _send(register, drafts, sent, [announced, *part[:2]], published, apart=True)


def _end_of_lists(text: Text, announced: int) -> int:
    return min(len(text.sentences), announced + _MOST_MEMBERS)


def _delegations_apart(text: Text, announced: int) -> list[range]:
    """The sentences that tell of each of several delegations: "X will lead the |delegation to| the Opening"."""
    end = _end_of_lists(text, announced)
    low = text.low
    starts = []
    for k in range(announced + 1, end):
        first, last = text.sentences[k]
        if any(low[n] == "delegation" and low[n + 1] == "to" for n in range(first, last - 1)):
            starts.append(k)
    return [range(k, stop) for k, stop in zip(starts, [*starts[1:], end], strict=True)] if len(starts) > 1 else []


def _members(register: Register, draft: Draft, rows: range) -> list[tuple[str, int]]:
    """Those whom sentences behind the news of a delegation name as who leads it and who goes with it."""
    text, listed = register.text, False
    found: dict[int, None] = {}
    for index in rows:
        first, last = text.sentences[index]
        low = text.low[first:last]
        at = low.index("delegation") if "delegation" in low else -1
        listed = listed or (at >= 0 and low[at + 1 : at + 2] == [":"])
        if listed or at >= 0 or (index == rows.start and not _TO_ATTEND.isdisjoint(low)):
            found |= dict.fromkeys(m.person for m in text.mentions[index] if m.type == "person" and m.person >= 0)
    return [("appointee", k) for k in found if k not in draft.people]


def _send(
    register: Register, drafts: list[Draft], sent: Draft, rows: list[int], published: str, *, apart: bool = False
) -> None:
    """Add the visit a delegation is designated for: "… to Bogotá to attend the Inauguration on August 7".

    Where and when may be told in the sentence behind: "The delegation will visit Hanoi on July 27".
    """
    text = register.text
    span = text.spans[rows[1] if apart else rows[0]]
    goals = [m for k in rows for m in text.mentions[k] if m.type in ("body", "place") and _is_goal(text, m)]
    hosts = {c for m in goals if (c := text.lexicon.country_of(m.value))} - sent.parties
    told = [w for k in rows for w in text.dates(*text.spans[k], published)]
    days = [w for w in told if len(w.value) >= 10 and _ahead(w, published)]
    if len(hosts) != 1:
        return
    visit = None if apart else next((d for d in drafts if d.top == "visit" and hosts <= d.parties), None)
    if visit is None:
        visit = Draft("presidential-delegation", "visit", spans=[span], order=span[0] + 1)
        drafts.append(visit)
    visit.main = visit.lead = True
    visit.status, visit.parties = "planned", visit.parties | sent.parties | hosts
    town = next((m.value for m in goals if m.type == "place"), None)
    visit.place = (town if visit.place in hosts else None) or visit.place or town or next(iter(hosts))
    visit.roles = [("visitor", k) for k in sorted(sent.people)]
    if days:
        visit.take_date(days[0])
    _attend(register, drafts, sent, visit, rows[1:] if apart else [0, rows[0]])


def _says_more(text: Text, index: int) -> bool:
    """Whether a sentence goes on about a delegation just told of: it is named there, or who will attend."""
    first, last = text.sentences[index] if index < len(text.sentences) else (0, 0)
    return any(text.low[k] == "delegation" or text.low[k] in _TO_ATTEND for k in range(first, last))


def _is_goal(text: Text, m: Mention) -> bool:
    """Whether a country or town is where somebody goes: "to the Republic of Y", "the Rio 2016 Games"."""
    before = m.start - 1 - (text.low[m.start - 1] == "the")
    return text.low[before] in _GOING_TO or (m.type == "place" and before < m.start - 1)


def _ahead(when: When, published: str) -> bool:
    """Whether a day lies ahead, or is that of publication and printed in full."""
    return when.value > published or (when.value == published and when.rule == "stated")


def _attend(register: Register, drafts: list[Draft], sent: Draft, visit: Draft, rows: list[int]) -> None:
    """Tell the occasion a delegation is sent to: its day and place, and of a ceremony those who attend it."""
    text = register.text
    spans = {text.spans[k] for k in rows}
    told = [d for d in drafts if d.top in _ATTENDED and d is not sent and d.spans and spans.issuperset(d.spans)]
    low = [word for k in rows for word in text.low[slice(*text.sentences[k])]]
    if not told and not (_TO_ATTEND | _OCCASIONS).isdisjoint(low):
        kind = "opening" if "opening" in low else "ceremony"
        told = [Draft(kind, "ceremony", spans=list(visit.spans), order=visit.order + 1)]
        drafts += told
    if told and rows[-1] != rows[0] and all(d.top == "appointment" for d in told):
        told += _beside_inauguration(text, drafts, visit, rows[-1])
    for d in told:
        d.main = d.lead = False
        d.status, d.place = "planned", visit.place
        d.parties |= visit.parties
        if d.date is None or d.rule in _OF_THE_ARTICLE:
            d.date_as(visit)
        if d.top == "ceremony":
            d.roles = [("participant", k) for k in sorted(sent.people)]


def _beside_inauguration(text: Text, drafts: list[Draft], visit: Draft, index: int) -> list[Draft]:
    """The ceremonies beside an inauguration: "to attend the Inauguration on May 5 and |ceremonies| on May 6"."""
    first, last = text.sentences[index]
    attend = [k for k in range(first, last) if text.low[k] in _TO_ATTEND]
    head = next((k for k in range(attend[1], last) if text.low[k] in _OCCASIONS), None) if len(attend) > 1 else None
    if head is None:
        return []
    ceremony = Draft("ceremony", "ceremony", spans=list(visit.spans), order=text.tokens.starts[head])
    begin, end = text.span(head, last)
    for when in text.dates(begin, end, None)[:1]:
        ceremony.take_date(when)
    drafts.append(ceremony)
    return [ceremony]
