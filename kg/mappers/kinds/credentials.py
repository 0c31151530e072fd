"""Credentials: an envoy hands letters of credence to the head of state, and so takes up the post."""

from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import locates
from kg.mappers.reference import resolved

_HANDING = words("credentials", "handing")
_LISTING = words("credentials", "listing")
_ENVOYS = words("deeds", "envoys")
_INCLUDING = words("grammar", "verbs_of_including")
_NAMING = _INCLUDING | {"including"}
_OTHERS = ("the others", "the other")
_OFFICES = ("person", "office")
_LONGEST_LIST = 24
_LONGEST_ITEM = 30
_BEFORE_ITEMS = 4
"""How many tokens may stand before who an item of a list is about: a bullet, "Mr", "H.E."."""
_OPENING = frozenset(":;")
_PASSED_OVER = 3
"""Sentences between the news and the list of those who came."""


def credentials(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """The envoys who present their letters, and who receives them, whichever way it is told."""
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    if not t.predicate and _HANDING.isdisjoint(s.text.low[begin:end]):
        return ""
    groups = [
        resolved(s, g)
        for g in s.groups
        if begin <= g.start < end and (g.mentions[0].type in _OFFICES or g.mentions[-1].type == "he")
    ]
    for how in ("of", "from", "subject"):
        groups += [g for g in args.get(how, []) if any(m.type == "body" for m in g.mentions)]
    s.take(draft, "participant", groups)
    draft.roles = [("guest" if _is_envoy(s, person) else "host", person) for _, person in draft.roles]
    _take_listed(s, draft)
    draft.parties |= s.register.homes(draft.people)
    told = next((d for d in reversed(s.drafts) if d.kind == draft.kind), None)
    if told is not None and draft.people and not s.whens and all(role == "guest" for role, _ in draft.roles):
        told.roles += [one for one in draft.roles if one not in told.roles]
        told.parties |= draft.parties
        return ""  # "Those presenting their letters were …"
    home = s.register.home
    if len(draft.parties) == 1 and home and not any(role == "host" for role, _ in draft.roles):
        draft.parties.add(home)
    return None if (draft.people and draft.parties) or len(draft.parties) > 1 else "nobody is said to present them"


def _is_envoy(s: Sentence, person: int) -> bool:
    kinds = s.lex.office_kinds
    return any(t.kind and kinds[t.kind].top == "ambassador" for t in s.register.entries[person].titles)


def _opens_list(text: Text, first: int, last: int) -> bool:
    """Whether a sentence opens a list of those told of before it: "|They are| A of X", "The four |envoys are| A"."""
    low = text.low
    if not _LISTING.isdisjoint({" ".join(low[first : min(first + n, last)]) for n in (1, 2, 3)}):
        return True
    return any(
        low[k] in _ENVOYS and low[k + 1] in _INCLUDING for k in range(first, min(first + _BEFORE_ITEMS, last - 1))
    )


def _names_envoys(text: Text, k: int) -> bool:
    """Whether a sentence names the envoys told of before it: "he said the new |envoys are A| of X", "|the others were|
    B and C"."""
    low, (first, last) = text.low, text.sentences[k]
    if " ".join(low[first : first + 2]) in _OTHERS:
        return True
    named = {m.start for m in text.mentions[k] if m.type == "person"}
    told = (n for n in range(first, last - 2) if low[n] in _ENVOYS and low[n + 1] in _NAMING)
    return any(not named.isdisjoint(range(n + 2, n + _BEFORE_ITEMS)) for n in told)


def _take_listed(s: Sentence, draft: Draft) -> None:
    """Add those whom the sentences behind list: "Among them are NAME of X and NAME (Y).", "The envoys: 1. NAME, …"."""
    text = s.text
    open_list, listed = text.low[s.last - 1] == ":", False
    for k in range(s.index + 1, min(s.index + _LONGEST_LIST, len(text.sentences))):
        first, last = text.sentences[k]
        mentions = text.mentions[k]
        if _opens_list(text, first, last) if listed or k == s.index + 1 else _names_envoys(text, k):
            open_list, listed = text.low[last - 1] in _OPENING, True
        elif not (open_list or listed) and k <= s.index + _PASSED_OVER:
            continue
        elif not open_list or (mentions and not _is_item(mentions[0], first)) or last - first > _LONGEST_ITEM:
            return
        draft.roles += [("guest", m.person) for m in mentions if m.type == "person" and m.person >= 0]
        lands = (m for m in mentions if m.type == "body" and not locates(text, m))
        draft.parties |= {m.value for m in lands if m.value in s.authority.countries}
        draft.parties |= {title.of for m in mentions if m.type == "office" for title in m.titles if title.of}


def _is_item(m: Mention, first: int) -> bool:
    """Whether an item of a list begins with somebody: "1. NAME, Envoy of X;", or a line of its own, "Envoy of X"."""
    return m.type in _OFFICES and m.start - first <= _BEFORE_ITEMS
