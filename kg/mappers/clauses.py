"""Clauses: a sentence taken apart around its event phrases — who stands where, when, where, and how sure it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.authority import Authority
from kg.language.dates import When
from kg.language.lexicon import Hit, Lexicon
from kg.language.text import Mention, Text, Title
from kg.language.words import words
from kg.mappers.claims import OfficeRef, Span
from kg.mappers.drafts import Draft
from kg.mappers.person import Register

_JOINS = words("grammar", "joins")
_CLAUSE_BREAKS = words("grammar", "clause_breaks")
_NOT_SUBJECT = words("grammar", "before_no_subject")
_ARGUMENT = words("grammar", "argument_prepositions")
_LIGHT = words("grammar", "light_verbs")
_HOSTED = words("grammar", "agentive_participles")
_NOMINAL = words("grammar", "before_nouns")
_HEAVY = words("grammar", "barriers")
_ORGANS = words("grammar", "state_organs")
_POSSESSIVES = words("groups", "own") | words("groups", "their")
_COUNTERPARTS = frozenset(("counterpart", "counterparts"))
_TO_COME = re.compile(
    r"\W*(?:[\w' ]{0,40})?\b(?:will|is scheduled|is to|is set|are to|to be held|is expected|scheduled|slated)\b"
)
_WILL = re.compile(r"[^.;,]{0,70}\bwill\b")
_FUTURE = re.compile(
    r"(?:will|shall|(?:is|are) to|(?:is|are) set to|(?:is|are) scheduled|(?:is|are) expected|to be|plans? to)\b"
)

Arguments = dict[str, list["Group"]]
"""Groups by how they stand to a phrase: ``subject``, ``possessor``, ``adjective``, ``object``, or a preposition."""


@dataclass(slots=True)
class Group:
    """Mentions in a row: "President X, Prime Minister Y and Z"."""

    start: int
    end: int
    mentions: list[Mention]


@dataclass(slots=True)
class Trigger:
    """An event phrase in tokens ``[start, end)``."""

    start: int
    end: int
    hit: Hit
    kind: str
    top: str

    predicate: bool
    """Whether the phrase is a predicate ("met with") and not a noun ("talks")."""


class Context(Protocol):
    """What a sentence knows of the article around it."""

    register: Register
    text: Text
    lex: Lexicon
    authority: Authority
    published: str | None
    drafts: list[Draft]
    last_subject: list[Mention]


class Sentence:
    """One sentence with its groups, dates and triggers."""

    def __init__(self, reader: "Context", index: int, hits: list[Hit]) -> None:
        self.context = reader
        self.register, self.text, self.lex = reader.register, reader.text, reader.lex
        self.authority, self.published, self.drafts = reader.authority, reader.published, reader.drafts
        self.index = index
        self.first, self.last = self.text.sentences[index]
        self.span: Span = self.text.span(self.first, self.last)
        self.groups = list(_groups(self.text, self.text.mentions[index]))
        self.whens = self.text.dates(*self.span, self.published)
        self.triggers = [self._trigger(hit) for hit in hits]

    def _trigger(self, hit: Hit) -> Trigger:
        start, stop, code = self.text.token_at(hit.start), self.text.token_at(hit.end), hit.sense.value
        if (
            self.lex.event_kinds[code].top == "statement"
            and "joint" in self.text.low[max(self.first, start - 1) : stop]
        ):
            code = "issuance"  # a joint statement is an instrument that is issued
        predicate = hit.sense.type == "predicate" and not self._noun_like(start)
        return Trigger(start, max(stop, start + 1), hit, code, self.lex.event_kinds[code].top, predicate)

    def _noun_like(self, i: int) -> bool:
        """Whether a form that may be verb or noun ("visit", "meeting with") is the noun here."""
        low = self.text.low
        word = low[i]
        if word not in self.lex.event_nouns or word in (
            "will",
            "shall",
            "is",
            "are",
            "was",
            "were",
            "to",
            "has",
            "have",
            "had",
            "be",
            "been",
        ):
            return False
        if (word.endswith(("ed", "id", "et")) and word != "meet") or word in self.lex.verbs:
            return False
        before = low[i - 1] if i > self.first else ""
        if word.endswith("ing"):
            return before not in (
                "is",
                "are",
                "was",
                "were",
                "be",
                "been",
                "after",
                "by",
                "while",
                ",",
                "and",
                "before",
                "for",
            )
        if word.endswith("s"):
            return before in _NOMINAL
        return before not in (
            "to",
            "will",
            "would",
            "can",
            "shall",
            "must",
            "should",
            "may",
            "might",
            "and",
            "not",
            "also",
            "have",
            "has",
            "had",
            "officially",
            "then",
        ) and not before.endswith("ly")

    def status(self, t: Trigger) -> str:
        """``occurred``, ``planned``, or ``unreal`` for what is wished, advised, denied or only talked of."""
        says, folded = self.text.says, self.text.folded
        begin, end = self.text.tokens.starts[self.clause_start(t.start)], t.hit.start
        if t.top == "conference" and not t.predicate and t.kind != "negotiation-round":
            ahead = says("ahead", max(begin, end - 60), end) or _TO_COME.match(folded, t.hit.end, t.hit.end + 60)
            return "planned" if ahead else "occurred"
        if t.top in ("meeting", "visit") and not t.predicate and _WILL.match(folded, t.hit.end, t.hit.end + 90):
            return "planned"
        if _FUTURE.match(folded, t.hit.start, t.hit.end) and t.top != "appointment":
            return "planned"
        plan, wish = says("planned", begin, end), says("unreal", max(begin, end - 70), end)
        lasting = t.top in ("conference", "coercion")
        if not lasting and says("scoping", begin, end):
            return "unreal"
        if wish and not (plan and plan[0] > wish[0]) and (not lasting or folded[wish[0] : wish[1]] in ("not", "no")):
            return "unreal"
        if plan and end - plan[1] < 110:
            return "planned"
        return "unreal" if t.predicate and folded[end - 4 : end].strip() == "to" and t.top != "aid" else "occurred"

    def is_background(self, t: Trigger) -> bool:
        """Return whether words before the trigger put it behind the news ("recent", "last")."""
        begin = self.text.tokens.starts[self.clause_start(t.start)]
        return self.text.says("background", max(begin, t.hit.start - 40), t.hit.start) is not None

    def clause_start(self, i: int) -> int:
        """Return the first token of the clause around token ``i``."""
        low = self.text.low
        for k in range(i - 1, self.first - 1, -1):
            if low[k] in _CLAUSE_BREAKS:
                return k + 1
        return self.first

    def clause_end(self, i: int) -> int:
        """Return the token after the clause around token ``i``."""
        low = self.text.low
        for k in range(i, self.last):
            if low[k] in _CLAUSE_BREAKS:
                return k
        return self.last

    def arguments(self, t: Trigger) -> Arguments:
        """Return the groups around a trigger by how they stand to it."""
        found: Arguments = {}
        lo = self.clause_start(t.start)
        left = [g for g in self.groups if g.end <= t.start and g.start >= lo]
        low = self.text.low
        # possessor and adjectives: "Xi's state visit", "Russian-Ukrainian talks"
        rest = list(left)
        while rest:
            g = rest[-1]
            gap = low[g.end : t.start]
            if gap[:1] == ["'s"] and len(gap) <= 7 and not any(w in (",", "and") or w in _NOT_SUBJECT for w in gap):
                found.setdefault("possessor", []).append(g)
                rest.pop()
            elif (
                not t.predicate
                and (g.mentions[-1].type in ("own", "group") and low[g.end - 1] in ("his", "her", "their"))
                and len(gap) <= 6
                and not any(w in _NOT_SUBJECT for w in gap)
            ):
                found.setdefault("possessor", []).append(self.resolved(g, nearest=t.top == "appointment"))
                rest.pop()
            elif (
                not t.predicate
                and all(m.type == "body" for m in g.mentions)
                and len(gap) <= 4
                and all(w.isalnum() or w in "-" for w in gap)
                and not any(w in _NOT_SUBJECT or w in ("and", "the", "a") for w in gap)
            ):
                found.setdefault("adjective", []).append(g)
                rest.pop()
            else:
                break
        subject = self._subject(t, rest)
        if subject and (t.predicate or t.top == "relations" or self._carries(subject, t)):
            found["subject"] = [subject]
        self._right(t, found)
        return {how: kept for how, groups in found.items() if (kept := [g for g in groups if g.mentions])}

    def _carries(self, subject: Group, t: Trigger) -> bool:
        """Whether the verb between a subject and a noun makes the subject take part ("held … talks")."""
        gap = self.text.low[subject.end : t.start] if subject.end <= t.start else []
        at = next((n for n in range(len(gap) - 1, -1, -1) if gap[n] in _LIGHT), None)
        return at is not None and len(gap) - at < 14 and not any(w in _HEAVY for w in gap[at + 1 :])

    def _subject(self, t: Trigger, left: list[Group]) -> Group | None:
        low = self.text.low
        who = next((k for k in range(t.start - 1, self.clause_start(t.start) - 1, -1) if low[k] == "who"), None)
        if who is not None and t.start - who < 12:
            for g in reversed(left):
                if g.end <= who and who - g.end < 2:
                    single = low[who + 1] in ("is", "was", "has")
                    return Group(g.start, g.end, g.mentions[-1:] if single else g.mentions)
        free = []
        for g in reversed(left):
            before = low[g.start - 1] if g.start > self.first else ""
            if before == "the" and g.start - 2 >= self.first:
                before = low[g.start - 2]
            if before not in _NOT_SUBJECT or (before == "of" and self._organ_before(g)):
                free.append(g)
        if low[t.start].endswith("ing") and t.predicate and t.start > self.first and low[t.start - 1] == "for" and free:
            return self.resolved(free[0], nearest=t.top == "appointment")
        free.sort(key=lambda g: all(m.type == "body" for m in g.mentions))
        for g in free:
            if g.mentions[-1].type in ("place",) or (
                g.mentions[-1].type == "body" and g.mentions[-1].adjective and len(g.mentions) == 1
            ):
                continue
            return self.resolved(g, nearest=t.top == "appointment")
        if t.predicate and not free and self.clause_start(t.start) > self.first:
            for g in reversed([g for g in self.groups if g.end <= t.start]):
                before = low[g.start - 1] if g.start > self.first else ""
                if before not in _NOT_SUBJECT and any(m.type == "person" for m in g.mentions):
                    return g
        return None

    def _organ_before(self, g: Group) -> bool:
        """Whether "the Foreign Ministry of", "the government of" stands before a country: the country acts."""
        at = g.start - 2 - (self.text.low[g.start - 1] == "the")
        return at >= self.first and self.text.low[at] in _ORGANS

    def resolved(self, g: Group, *, nearest: bool = False) -> Group:
        """A pronoun gives way to those it stands for."""
        out: list[Mention] = []
        for m in g.mentions:
            if m.type in ("he", "own"):
                before = [
                    x
                    for x in self.text.mentions[self.index]
                    if x.end <= m.start and x.type in ("person", "office") and not x.predicative
                ]
                out += (before[-1:] if nearest else before[:1]) if before else self.context.last_subject
            elif m.type == "office" and m.titles[0].plural and m.titles[0].of is None:
                out += self.leaders() or [m]  # "the presidents of the two countries"
            elif m.type == "group":
                row = (
                    next((x for x in reversed(self.groups) if x.end <= m.start and len(x.mentions) > 1), None)
                    if self.text.low[m.start] == "their"
                    else None
                )
                out += row.mentions if row else self.leaders()
            else:
                out.append(m)
        return Group(g.start, g.end, out)

    def leaders(self) -> list[Mention]:
        """Those whom "the two leaders", "both sides" stand for: who takes part in the news."""
        for draft in sorted(self.drafts, key=lambda d: not d.lead):
            if draft.weight() > 1:
                return [Mention("person", 0, 0, person=k) for k in sorted(draft.people)] + [
                    Mention("body", 0, 0, value=p) for p in sorted(draft.parties)
                ]
        spoken = [self.register.country_of(k) for k in range(len(self.register.entries))]
        return [Mention("body", 0, 0, value=b) for b in dict.fromkeys(spoken) if b][:2]

    def _right(self, t: Trigger, found: Arguments) -> None:
        low = self.text.low
        stop = self.clause_end(t.end)
        right = [g for g in self.groups if g.start >= t.end and g.start < stop]
        k = t.end
        stop = min([stop, *(x.start for x in self.triggers if x.start >= t.end and x.top != t.top)])
        right = [g for g in right if g.start < stop]
        prep = low[t.end - 1] if not t.predicate and low[t.end - 1] in _ARGUMENT else "object"
        for n, g in enumerate(right):
            following = right[n + 1].start if n + 1 < len(right) else self.last
            if g.mentions[0].type in ("own", "group") and low[g.start] in _POSSESSIVES and following - g.end < 3:
                continue  # "his Chilean counterpart", "his finance minister": somebody else is meant
            gap = low[k : g.start]
            if all(w in self.lex.honorific_words or w == "," for w in gap):
                gap = []  # "with His Royal Highness, Crown Prince X"
            if "'s" in gap or len(gap) > 12:
                break
            preps = [w for w in gap if w in _ARGUMENT]
            if any(w in (".", ";") for w in gap) or (
                "," in gap and not self._dates_between(k, g.start) and not preps and not _COUNTERPARTS & set(gap)
            ):
                break
            if any(w in ("who", "where", "when", "after", "before", "said", "and") for w in gap) and not preps:
                break
            if any(w in ("who", "where", "said", "told", "discussed", "stressed", "noted") for w in gap):
                break
            if preps[-1:] == ["by"] and any(w.endswith("ed") and w not in _HOSTED for w in gap):
                break
            if preps == ["of"] and k == t.end and t.predicate and low[t.end - 1] in _ARGUMENT:
                preps = []  # "sent greetings to the people of X"
            prep = preps[-1] if preps else prep
            if "presence" in gap or "witnessed" in gap:
                prep, preps = "presence", ["presence"]
            if prep == "of" and len(preps) > 1 and preps[-2] in ("with", "between", "by", "to", "among", "from"):
                prep = preps[-2]  # "with the leaders of Armenia"
            if preps[-1:] == ["of"] and len(preps) > 1 and prep == "of" and preps[-2] != "of":
                break
            if _COUNTERPARTS & set(gap):
                preps = [prep]  # "with his Israeli counterpart, Foreign Minister X"
            if not preps and t.predicate and prep in ("in", "at") and not gap:
                prep = "object"  # "received in the Kremlin President X"
            elif (not preps and k > t.end) or (prep == "of" and k > t.end and preps == ["of"]):
                break
            found.setdefault(prep, []).append(self.resolved(g, nearest=t.top == "appointment"))
            k = g.end

    def _dates_between(self, a: int, b: int) -> bool:
        starts = self.text.tokens.starts
        lo, hi = starts[a] if a < len(starts) else 0, starts[b]
        return any(lo <= w.start < hi for w in self.whens)

    def take(self, draft: Draft, role: str, groups: list[Group]) -> int:
        """Add the members of groups in a role; return how many were added."""
        before = draft.weight()
        for g in groups:
            for m in g.mentions:
                if m.type == "person" and m.person >= 0:
                    if (role, m.person) not in draft.roles:
                        draft.roles.append((role, m.person))
                elif m.type == "body":
                    draft.parties.add(m.value)
                elif m.type == "office":
                    self._take_office(draft, role, m.titles[0])
        return draft.weight() - before

    def _take_office(self, draft: Draft, role: str, title: Title) -> None:
        k = self.holder_here(title)
        if k is not None:
            if (role, k) not in draft.roles:
                draft.roles.append((role, k))
            return
        label, of = self.lex.office_named(title.printed, title.of, title.kind, title.text)
        if of:
            draft.parties.add(of)
            if not title.plural and title.kind not in (None, "other"):
                draft.offices.append(OfficeRef(title=label, kind=title.kind, of=of))

    def holder_here(self, title: Title) -> int | None:
        """The person whom the article itself gives this office."""
        wanted = title.kind or title.text.lower()
        kinds = self.lex.office_kinds
        fits = []
        for k, entry in enumerate(self.register.entries):
            for other in entry.titles:
                same = (other.kind or other.text.lower()) == wanted or (other.kind and kinds[other.kind].top == wanted)
                if same and other.when != "former" and (title.of is None or other.of in (None, title.of)):
                    fits.append(k)
                    break
        if len(fits) > 1 and title.of is None:
            home = [k for k in fits if self.register.country_of(k) == self.register.home]
            fits = home or fits
        return fits[0] if len(fits) == 1 or (fits and title.of is not None) else None

    def date(self, t: Trigger, draft: Draft) -> None:
        """Date the draft by the date that stands nearest the trigger."""
        if draft.date:
            return
        begin, end = (
            self.text.tokens.starts[self.clause_start(t.start)],
            self.text.span(t.start, self.clause_end(t.end))[1],
        )
        best: tuple[int, When] | None = None
        for when in self.whens:
            inside = begin <= when.start < end
            gap = when.start - t.hit.end if when.start >= t.hit.end else t.hit.start - when.end
            cost = gap + (0 if inside else 60 if self._relative(t, when) else 250)
            between = self.text.folded[min(when.end, t.hit.end) : max(when.start, t.hit.start)]
            for other in self.triggers:
                if other is not t and min(when.end, t.hit.end) <= other.hit.start < max(when.start, t.hit.start):
                    cost += 60
            if when.rule == "stated" and len(when.value) == 4:
                cost += 30
            del between
            if cost < (300 if draft.lead else 180) and (best is None or cost < best[0]):
                best = (cost, when)
        if best is not None:
            draft.take_date(best[1])

    def date_within(self, t: Trigger, draft: Draft) -> None:
        """What a visit of the same sentence "included" is of its date and place."""
        host = next(
            (
                d
                for d in self.drafts
                if d.spans[-1] == self.span and d.top in ("visit", "meeting") and d.order < t.hit.start and d.date
            ),
            None,
        )
        if (
            draft.date is None
            and host is not None
            and t.top in ("signing", "relations", "ceremony")
            and "includ" in self.text.folded[host.order : t.hit.start]
        ):
            draft.date, draft.rule, draft.premises, draft.place = host.date, host.rule, host.premises, host.place

    def _relative(self, t: Trigger, when: When) -> bool:
        """Whether only "which" parts a date from the trigger: "the visit in December 2023, which included …"."""
        lo, hi = self.text.token_at(when.end), t.start
        breaks = [w for w in self.text.low[lo:hi] if w in _CLAUSE_BREAKS]
        return breaks == ["which"]

    def locate(self, t: Trigger, args: Arguments, draft: Draft) -> None:
        """Place the draft at the place the clause names nearest the trigger."""
        if draft.place:
            return
        low = self.text.low
        lo, hi = self.clause_start(t.start), self.clause_end(t.end)
        best: tuple[int, str] | None = None
        for m in self.text.mentions[self.index]:
            if m.type not in ("place", "body") or m.adjective or not lo <= m.start < hi or m.start == 0:
                continue
            before = low[m.start - 1] if low[m.start - 1] != "the" else low[m.start - 2]
            if before not in ("in", "at") and not (before == "," and m.type == "place"):
                continue
            if m.type == "body" and m.value not in self.authority.countries:
                continue
            gap = m.start - t.end if m.start >= t.end else (t.start - m.end) + 12
            if gap < 30 and (best is None or gap < best[0]):
                best = (gap, m.value)
        if best is not None:
            draft.place = best[1]


def _groups(text: Text, mentions: list[Mention]) -> Iterator[Group]:
    """Mentions joined by "and", and by commas where an "and" closes the row: "A, B and C"."""
    low = text.low
    row: list[Mention] = []
    commas: list[int] = []
    for mention in mentions:
        if mention.predicative:
            continue
        if row:
            gap = low[max(m.end for m in row) : mention.start]
            if _joined(gap, row[-1], mention):
                if "and" in gap or "&" in gap or "well" in gap or gap in (["-"], ["–"]):
                    commas = []
                elif "," in gap and not (mention.adjective and row[-1].adjective):
                    commas.append(len(row))
                row.append(mention)
                continue
            yield from _split(row, commas)
        row, commas = [mention], []
    if row:
        yield from _split(row, commas)


def _joined(gap: list[str], one: Mention, other: Mention) -> bool:
    pronouns = ("he", "own", "group")
    return (
        len(gap) <= 4
        and all(w in _JOINS for w in gap)
        and other.type not in pronouns
        and one.type not in pronouns
        and (one.type == "place") == (other.type == "place")
    )


def _split(row: list[Mention], commas: list[int]) -> Iterator[Group]:
    """A row, parted at the commas no "and" came after; a list of countries stays whole."""
    if len(row) > 2 and all(m.type == "body" for m in row):
        commas = []
    start = 0
    for cut in [*commas, len(row)]:
        part = row[start:cut]
        if part:
            yield Group(part[0].start, max(m.end for m in part), part)
        start = cut
