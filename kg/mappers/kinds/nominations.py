"""Nominations: those whom a list puts forward or into office, one by one."""

from dataclasses import replace

from kg.language.dates import compatible
from kg.language.lexicon import EVENTS, Hit
from kg.language.text import Mention, Text
from kg.mappers.drafts import Draft
from kg.mappers.kinds.delegations import seat_delegations
from kg.mappers.kinds.unions import countries_or_home
from kg.mappers.person import Register

_BROAD = ("appointment", "inauguration")


def nominate(register: Register, drafts: list[Draft], published: str | None) -> None:
    """Add those a list names: "NAME, of Ohio, to be Ambassador", "The following were appointed: …"."""
    text, listed = register.text, False
    appointed: dict[int, list[Draft]] = {}
    for d in drafts:
        for person in d.people if d.top == "appointment" else ():
            appointed.setdefault(person, []).append(d)
    for k, entry in enumerate(register.entries):
        if not any(t.proposed for t in entry.titles):
            continue
        proposed = next(m for m in entry.mentions if any(t.proposed for t in m.titles))
        near = next(
            (
                d
                for d in appointed.get(k, ())
                if (d.date == published and (d.lead or d.kind == "nomination"))
                or (not d.date and d.kind == "nomination")
            ),
            None,
        )
        if near is None:
            drafts.append(_listed(register, k, "nomination", text.sentence_of(proposed.start), published))
        elif not near.date:
            near.main = near.lead = True
            near.date, near.rule = published, "day-of-publication"
        listed = True
    if listed:  # what honours somebody put forward has had belongs to his life
        drafts[:] = [d for d in drafts if d.kind != "award" or d.date]
    for d in drafts if listed else ():
        if d.top == "appointment" and not d.parties and register.home:
            d.parties.add(register.home)
        if d.rule == "day-of-publication" and d.kind != "nomination" and d.top == "appointment" and not d.lead:
            d.forget_date()  # told of the life of somebody put forward
            d.background = True
    hits = [h for h in text.layers[EVENTS] if text.lexicon.event_kinds[h.sense.value].top == "appointment"]
    if hits and not listed:
        _read_lists(register, drafts, hits, published)
    _drop_unnamed(drafts)
    seat_delegations(register, drafts, published)
    _seat_envoys(register, drafts)
    drafts[:] = [one for d in drafts for one in _one_by_one(d)]


def _one_by_one(d: Draft) -> list[Draft]:
    """The appointment of each of several: "named X and Y ambassadors". A delegation is sent as one."""
    chosen = [role for role in d.roles if role[0] == "appointee"]
    if d.top != "appointment" or d.name or len(chosen) < 2:
        return [d]
    beside = [role for role in d.roles if role[0] != "appointee"]
    return [
        replace(d, roles=[role, *beside], parties=set(d.parties), spans=list(d.spans), premises=list(d.premises))
        for role in chosen
    ]


def _drop_unnamed(drafts: list[Draft]) -> None:
    """Drop what tells that some were put into office, where others tell who they are."""
    told = [d for d in drafts if d.top == "appointment" and d.people]
    for draft in [d for d in drafts if d.kind in _BROAD and not (d.people or d.offices or d.name)]:
        if any(draft.parties <= d.parties and compatible(draft.date, d.date) for d in told):
            drafts.remove(draft)


def _listed(register: Register, person: int, kind: str, sentence: int, published: str | None) -> Draft:
    """The appointment of one person of a list, on the day of publication."""
    span = register.text.spans[sentence]
    draft = Draft(kind, "appointment", roles=[("appointee", person)], spans=[span], order=span[0])
    draft.main = draft.lead = True
    draft.date, draft.rule = published, "day-of-publication" if published else None
    home = {register.home} if register.home else set()
    told = countries_or_home(register, register.homes(draft.people))
    draft.parties |= (told & register.authority.countries.keys()) or home or told  # put forward by it, to whatever body
    return draft


def _read_lists(register: Register, drafts: list[Draft], hits: list[Hit], published: str | None) -> None:
    """Add those named behind the colon of "the appointed ministers are as follows:"."""
    text = register.text
    known = {k for d in drafts if d.top == "appointment" for k in d.people}
    for index in dict.fromkeys(text.sentence_of(text.token_at(hit.start)) for hit in hits):
        for m in _behind_colon(text, index):
            if m.person not in known:
                known.add(m.person)
                drafts.append(_listed(register, m.person, "appointment", text.sentence_of(m.start), published))


def _behind_colon(text: Text, index: int) -> list[Mention]:
    """Those listed behind the colon of "… are as follows:", in the same sentence or in the lines below."""
    first, last = text.sentences[index]
    low = text.low[first:last]
    if ":" not in low or not ("follows" in low or "following" in low):
        return []
    colon = first + low.index(":")
    listed = [m for m in text.mentions[index] if m.start > colon and m.titles]
    while not listed or colon == last - 1:
        index += 1
        line = text.mentions[index] if index < len(text.sentences) else []
        put = [m for m in line if m.type == "person" and m.start == text.sentences[index][0] and _put_as(text, m)]
        if not put and not (any(m.titles for m in line) and _begins_with_office(text, index)):
            break
        listed += put or [m for m in line if m.titles]
    return [m for m in listed if m.type == "person" and m.person >= 0 and m.name and m.name[1] - m.name[0] > 1]


def _put_as(text: Text, m: Mention) -> bool:
    """Whether an office is given to somebody by "as", in a list: "X Y |as| ambassador to Z;"."""
    return text.low[m.end] == "as"


def _begins_with_office(text: Text, index: int) -> bool:
    """Whether a line begins with somebody or an office, behind no more than a bullet."""
    first, last = text.sentences[index]
    near = range(first, min(first + 3, last))
    return text.mentions[index][0].start in near or any(k in text.heads for k in near)


def _seat_envoys(register: Register, drafts: list[Draft]) -> None:
    """Add the envoys that the sentences behind name: "Among them are X of Sudan and Y of Angola"."""
    text = register.text
    for draft in (d for d in drafts if d.kind == "credentials"):
        told = text.sentence_of(text.token_at(max(begin for begin, _ in draft.spans)))
        for index in range(told + 1, min(told + 8, len(text.sentences))):
            first, last = text.sentences[index]
            if text.says("listing", text.tokens.starts[first], text.tokens.end(min(first + 6, last) - 1)) is None:
                continue
            row = text.mentions[index]
            for m in (m for m in row if m.type == "person" and m.person >= 0 and m.person not in draft.people):
                draft.roles.append(("participant", m.person))
                land = next((x for x in row if x.type == "body" and 0 <= x.start - m.end <= 2), None)
                draft.parties |= {land.value} if land else countries_or_home(register, register.homes([m.person]))
