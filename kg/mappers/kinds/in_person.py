"""In person or from afar: what is called talks may have been a call, and what is called a call a meeting."""

from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.drafts import Draft
from kg.mappers.kinds.receptions import at_a_seat, is_lone_verb

_SPEAKING = words("grammar", "speaking_verbs")
_FROM_AFAR = words("grammar", "afar_prepositions")
_ADDRESSING = ("with", "to")
_WITH_OTHERS = frozenset(("with", "to", "between", "from", "of"))
_FARTHEST_WHERE = 8
"""Tokens before a verb of speaking within which "where" leads to it."""
_DURING = frozenset(("in", "during"))
_GATHERED = ("ceremony", "meeting", "visit")
_TALKS_OF = ("meeting", "call", "conference")


def tell_apart(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """A call held on the margins of a gathering was a meeting; a meeting by telephone or video link was a call."""
    begin, end = s.text.tokens.starts[s.clause_start(t.start)], s.text.span(t.start, max(t.end, s.clause_end(t.end)))[1]
    near, far = _told_around(s, t)
    talks = t.end - t.start == 1 and s.text.low[t.start].startswith("talk")  # "X, Y talk trade"
    if t.top == "call" and (
        s.text.says("in_person", near if len(s.triggers) > 1 else s.span[0], far)
        or (draft.headline and talks and s.text.says("by_telephone", 0, _end_of_news(s)) is None)
        or (draft.date is None and _in_one_room(s, t))
        or _at_a_place(s, t, args)
    ):
        draft.kind = draft.top = "meeting"
    elif t.kind == "exchange-of-views" and t.predicate and s.text.says("margins", max(begin, s.span[0]), end):
        draft.kind = "meeting"
    elif t.top == "meeting" and (
        s.text.says("by_video", max(begin, near), end)
        or (not t.predicate and "virtual" in s.text.low[t.start - 2 : t.start])
    ):
        draft.kind, draft.top = "video-call", "call"
    elif t.top == "meeting" and s.text.says("by_telephone", max(begin, near), far):
        draft.kind = draft.top = "call"
    elif t.predicate and t.top == "meeting" and (how := _told_how(s, t)) is not None:
        draft.kind, draft.top = how.kind, how.top


def _told_how(s: Sentence, t: Trigger) -> Trigger | None:
    """The call behind a verb that only says how people talked: "discussed Y with X |in a phone call|"."""
    low, end = s.text.low, s.clause_end(t.end)
    how = next((x for x in s.triggers if x.top == "call" and not x.predicate and t.end < x.start < end), None)
    if how is None or low[how.end] in _WITH_OTHERS:
        return None
    return how if not _DURING.isdisjoint(low[max(t.end, how.start - 3) : how.start + 1]) else None


def _told_around(s: Sentence, t: Trigger) -> tuple[int, int]:
    """The part of a clause that tells of one talk and not of the one before or behind it, as offsets."""
    begin, end = s.text.tokens.starts[s.clause_start(t.start)], s.text.span(t.start, max(t.end, s.clause_end(t.end)))[1]
    for x in s.triggers:
        if x.top in _TALKS_OF and x is not t and _FROM_AFAR.isdisjoint(s.text.low[x.start - 1 : x.start + 1]):
            if x.end <= t.start:
                begin = max(begin, x.hit.end)
            elif x.start >= t.end:
                end = min(end, x.hit.start)
    where = _where_done(s, t)
    return max(begin, s.text.tokens.starts[where]) if where is not None else begin, end


def _where_done(s: Sentence, t: Trigger) -> int | None:
    """The "where" that leads to a phrase: "will fly to Budapest, |where| the two will talk"."""
    near = range(max(s.first, t.start - _FARTHEST_WHERE), t.start)
    return next((k for k in near if s.text.low[k] == "where"), None)


def _end_of_news(s: Sentence) -> int:
    """The end of the first sentences, which tell the news."""
    first = s.text.sentences[:4]
    return s.text.span(*first[-1])[1]


def _in_one_room(s: Sentence, t: Trigger) -> bool:
    """Whether "talked with" is told of an occasion that people came to, and no telephone is spoken of."""
    news = next((d for d in s.drafts if d.lead), None)
    gathered = news is not None and (news.top in _GATHERED or news.kind == "credentials")
    heard = s.index < 2 and bool(s.context.turns)  # "X spoke with Y", and then what they said, word for word
    bare = is_lone_verb(t) or (heard and t.predicate and t.end - t.start == 2)
    if not (gathered or heard) or not (bare and s.text.low[t.start] in _SPEAKING):
        return False
    end = s.span[1] if heard else len(s.text.folded)
    return s.text.says("by_telephone", 0, end) is None and (not heard or s.text.says("by_video", 0, end) is None)


def _at_a_place(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether "spoke" is told with the place where it was: "spoke in Budapest with X", "talked with X in Sofia"."""
    low = s.text.low
    if not (t.predicate and low[t.start] in _SPEAKING and t.end - t.start < 3):
        return False
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    if s.text.says("by_telephone", begin, s.span[1]) or s.text.says("by_video", begin, s.span[1]):
        return False
    if at_a_seat(s, t):
        return True  # "spoke with community leaders at the palace"
    if _where_done(s, t) is not None:
        return True  # "will fly to Budapest, |where the two will talk|"
    before = [t.end, *(g.end for how in _ADDRESSING for g in args.get(how, []))]
    places = [m for m in s.text.mentions[s.index] if m.type == "place" and t.end <= m.start < s.clause_end(t.end)]
    return any(
        undated(s, low[k : m.start], k) in (["in"], ["today", "in"]) for m in places[:2] for k in before if k < m.start
    )
