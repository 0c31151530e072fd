"""Clauses: a sentence taken apart around its event phrases — who stands for whom, when, where."""

from bisect import bisect_left
from dataclasses import dataclass, replace

from kg.authority import Authority
from kg.edtf import bounds
from kg.language.dates import DATE_WORDS, WEEKDAYS, When
from kg.language.lexicon import AGREEMENTS, LEADERS, Hit, Lexicon
from kg.language.text import Mention, Text, Title
from kg.language.words import words
from kg.mappers.claims import OfficeRef, Span
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group, find_groups, is_source, lists
from kg.mappers.instruments import Instrument
from kg.mappers.person import Register
from kg.mappers.sittings import is_opening, is_sitting
from kg.mappers.turns import Turn

__all__ = ["Arguments", "Context", "Group", "Sentence", "Trigger"]

_ANOTHER = words("gatherings", "others")
_CLAUSE_BREAKS = words("grammar", "clause_breaks")
_FORMS_OF_BE = words("grammar", "passive_helpers")
_NOMINAL = words("grammar", "before_nouns")
_AUXILIARIES = words("grammar", "auxiliaries")
_BEFORE_VERBS = words("grammar", "before_verbs")
_BEFORE_PARTICIPLES = words("grammar", "before_participles")
_LASTING = frozenset(("relations", "appointment", "coercion"))
_SUBORDINATORS = words("grammar", "subordinators")
_DONE_TO_TEXTS = words("grammar", "done_to_texts")
_ABOUT = words("grammar", "about_topics")
_DONE_TO_THINGS = _DONE_TO_TEXTS | words("grammar", "done_to_occasions")
_DATING = words("grammar", "before_dates")
_BEFORE_FINITE = words("grammar", "before_finite")
_WHERE_DONE = words("grammar", "attending_prepositions")
_SAID = words("grammar", "said_verbs")
_OWN = words("groups", "own")
_VISITING = words("grammar", "visiting_verbs")
_OCCASIONS = words("grammar", "before_occasions")
_PLACING = words("grammar", "placing_prepositions")
_APART = words("grammar", "apart")
_TOPICS = words("grammar", "topics")
_RUNNING = words("gatherings", "running")
_SET_OFF = words("grammar", "set_off_verbs")
_BEFORE_TOWNS = words("grammar", "before_towns")
_FRONTING = words("grammar", "fronting_words")
_BEFORE_DEEDS = words("grammar", "before_deeds")
_LEADING = words("grammar", "leading_participles")
_ANYBODY = ("person", "office", "guest", "he", "him", "own", "body")
_ATTENDED = ("meeting", "signing", "ceremony", "statement")
"""Kinds of occasion after which more is done by those who were there."""
_PARTICIPLES = ("ing", "ed")
_GOING_ON = frozenset((",", "and", "'s", "'"))
"""Behind somebody: a list goes on, or he only owns what is spoken of."""
_REPORTS = words("grammar", "report_words")
_STATES_OR_SIDES = words("grammar", "two_states")
_RELATIVES = ("that", "which")
_WHO = frozenset(("who", "whose"))
_FOUNDING = words("grammar", "founding_participles")
_DAYS = frozenset((*WEEKDAYS, *DATE_WORDS["reference"]))
_TERMS = words("grammar", "before_terms")
_ANY = words("grammar", "any_one")
_EARLIER = words("grammar", "earlier_ones")
_WHOSE = words("dates", "whose")
_I = words("acts", "first_person_singular")
_EXCHANGES = ("meeting", "call", "visit", "message")
_ORDINALS = words("grammar", "ordinals")
_UNTIL = words("acts", "limits")
_SINCE = words("grammar", "afterwards") | {"since"}
_TALKS = ("meeting", "call")
_ACTING = ("person", "office", "he", "group")
_CAUSES = tuple(f"{phrase} " for phrase in sorted(words("grammar", "cause_openings")))
_AMOUNTS = words("grammar", "amounts")
_SOME = words("grammar", "some_of_many")
_DEFINITE = words("grammar", "definite_determiners")
_NO_NOUNS = words("grammar", "before_no_subject") | _AUXILIARIES | _CLAUSE_BREAKS | words("grammar", "conjunctions")
_SHORT_OPENING = 8
"""Tokens at most that stand before a day and tell nothing: "As Ukrinform reported,"."""
_FRAMED = 30
"""Letters at most that a day set before a sentence counts for as standing from its verb."""


@dataclass(slots=True, init=False)
class Trigger:
    """An event phrase in tokens ``[start, end)``."""

    start: int
    end: int
    hit: Hit
    kind: str
    top: str

    predicate: bool
    """Whether the phrase is a predicate ("met with") and not a noun ("talks")."""

    def __init__(self, start: int, end: int, hit: Hit, kind: str, top: str, predicate: bool) -> None:
        # written out, since compiled it then is
        self.start, self.end, self.hit, self.kind, self.top, self.predicate = start, end, hit, kind, top, predicate


class Context:
    """What a sentence knows of the article around it."""

    register: Register
    text: Text
    lex: Lexicon
    authority: Authority
    published: str | None
    drafts: list[Draft]
    author: int | None
    """Who says "I"."""
    turns: dict[int, Turn]
    """By sentence who says it to whom, where the words of two are printed."""
    before_press: bool
    """Whether those two speak to the press, and so of the talks that they have had."""
    last_subject: list[Mention]
    last_acting: dict[str, str]
    """The country ("land") and the organisation ("body") that were last told to act, or were spoken of first."""
    instruments: dict[int, list[Instrument]]
    """The instruments of each sentence that has any."""


_WITH = ("with", "to")
_RIGHT_BEHIND = 5
"""Letters up to which nothing but a preposition parts a date from a phrase: "cut |in| 2016"."""
_OF_ONE_PHRASE = 24
"""Letters up to which a place and a preposition part a gathering from its date: "the Forum |in Quito in| May"."""
_OPENING = 4
"""Tokens up to which a pronoun belongs to the phrase that opens its sentence."""
_RIGHT_BEFORE = 4
"""Letters between two sentences of which one goes on from the other."""


def _rank(d: Draft) -> tuple[bool, bool]:
    """How soon those of a draft are meant by "the leaders": of the news first, of who only speaks last."""
    return d.top == "statement", not d.lead


def _this_year(when: When) -> bool:
    """Whether words tell a year by the day of the text: "this year"."""
    return len(when.value) == 4 and when.rule != "stated"


def behind_opening(text: Text, index: int, named: list[Mention]) -> list[Mention]:
    """Return those of the ``named`` behind a phrase set before the sentence ("At the invitation of X, Y"), else all."""
    first = text.sentences[index][0]
    if len(named) > 1 and (acting := behind_participle(text, index, named)):
        return acting
    if len(named) < 2 or text.low[first] not in _FRONTING:
        return named
    low = text.low
    comma = next((k for k in range(named[0].end, min(named[1].start, named[0].end + 8)) if low[k] == ","), None)
    return (
        named[1:]
        if comma is not None and named[1].start - comma < 3 and low[first : named[0].start].count(",") < 1
        else named
    )


def behind_participle(text: Text, index: int, named: list[Mention]) -> list[Mention]:
    """Return those of the ``named`` from whom on a participle set before the sentence is told of, if one opens it.

    "Speaking after talks with A, |B| said", "Flanked by A, |B| received C".
    """
    low, first = text.low, text.sentences[index][0]
    opening = first + (low[first] in _BEFORE_DEEDS and low[first + 1].endswith("ing"))  # "After laying a wreath, X …"
    if not low[opening].endswith(_PARTICIPLES) and low[opening] not in _LEADING:
        return []
    if any(m.start <= first < m.end for m in text.mentions[index]):
        return []  # "Beijing", "United Nations"
    for n, m in enumerate(named):
        begin = m.start - 1 - (low[m.start - 1] in _DEFINITE)
        if low[begin] == "," and _GOING_ON.isdisjoint(low[m.end : m.end + 1]):
            return named[n:]
    return []


class Sentence:
    """One sentence with its groups, dates and triggers."""

    def __init__(self, reader: Context, index: int, hits: list[Hit]) -> None:
        self.context = reader
        self.register, self.text, self.lex = reader.register, reader.text, reader.lex
        self.authority, self.published, self.drafts = reader.authority, reader.published, reader.drafts
        self.index = index
        self.first, self.last = self.text.sentences[index]
        self.span: Span = self.text.span(self.first, self.last)
        self.groups = find_groups(self.text, self.text.mentions[index])
        self.whens = self.text.dates(*self.span, self.published)
        words = self.text.low[self.first : self.last]
        self._breaks = [self.first + n for n, word in enumerate(words) if word in _CLAUSE_BREAKS]
        self._breaks = [k for k in self._breaks if self.text.low[k + 1 : k + 2] != ["ago"]]  # "a while ago"
        if ":" in words:
            listing = {m.end for m in self.text.mentions[index] if lists(self.text, m)}
            self._breaks = [k for k in self._breaks if k not in listing and not self._of_clock(k)]
        """The tokens that end clauses."""
        self.triggers = [t for t in map(self._trigger, hits) if not self._in_name(t)]
        if not _VISITING.isdisjoint(self.text.vocabulary) and not _VISITING.isdisjoint(words):
            self.triggers = [t for t in self.triggers if not self._adjectival(t)]
        self.item_marks = self._find_item_marks()
        if self.item_marks:
            self._breaks = [k for k in self._breaks if k not in self.item_marks]

    def _in_name(self, t: Trigger) -> bool:
        """Whether a noun belongs to the name of a house or a palace: "at the |Jubilee| House"."""
        named = (m for m in self.text.mentions[self.index] if m.type == "place" and m.end - m.start > t.end - t.start)
        return not t.predicate and any(m.start <= t.start and t.end <= m.end for m in named)

    def _trigger(self, hit: Hit) -> Trigger:
        (start, stop), code = self.text.tokens_of(hit), hit.sense.value
        if self.lex.event_kinds[code].top == "statement" and any(
            p.start <= start < p.end for p in self.context.instruments.get(self.index, ())
        ):
            code = "issuance"  # a joint statement is an instrument that is issued
        elif code == "meeting" and (is_sitting(self.text, self.index, start, stop) or self._sits_again(start, stop)):
            code = "conference"
        elif code == "inauguration" and is_opening(self.text, self.index, start, stop):
            code = "opening"
        verbal = hit.sense.type == "predicate" and not self._noun_like(start)
        predicate = verbal or self._in_progress(start, stop) or (code == "visit" and self._with_object(start, stop))
        return Trigger(start, max(stop, start + 1), hit, code, self.lex.event_kinds[code].top, predicate)

    def _sits_again(self, start: int, stop: int) -> bool:
        """Whether a meeting is one more of the gathering told right before: "|The 46th meeting| will be held in X"."""
        told = self.drafts[-1] if self.drafts else None
        if told is None or told.top != "conference" or told.aside or self.text.low[stop - 1] != "meeting":
            return False
        before = self.text.low[start - 1] if start > self.first else ""
        if not (before in _ANOTHER or (before[:1].isdigit() and before.isalnum() and not before.isdigit())):
            return False
        return told.spans[-1] in (self.span, self.text.span(*self.text.sentences[self.index - 1]))

    def _in_progress(self, start: int, stop: int) -> bool:
        """Whether a lone noun in -ing is the verb of "will be meeting", "is meeting with"."""
        low = self.text.low
        return (
            stop - start == 1
            and start > self.first
            and low[start].endswith("ing")
            and low[start - 1] in _FORMS_OF_BE
            and low[stop] not in ("of", "between")
        )

    def _adjectival(self, t: Trigger) -> bool:
        """Whether a form that may stand before a title does so: "the visiting minister", not "after visiting Y"."""
        if self.text.low[t.start] not in _VISITING or t.end - t.start > 1:
            return False
        behind = t.end + (self.text.low[t.end : t.end + 1] == ["the"])
        told = t.start == self.first or self.text.low[t.start - 1] in _BEFORE_PARTICIPLES
        return not told or not any(g.start == behind and g.mentions[0].type in ("place", "body") for g in self.groups)

    def _with_object(self, start: int, stop: int) -> bool:
        """Whether a lone noun is the verb, by the country or body right behind it: "X visits Y", "to visit Y"."""
        if stop - start > 1 or start == self.first:
            return False
        after = stop + (self.text.low[stop : stop + 1] == ["the"])
        if not any(g.start == after and g.mentions[0].type in ("place", "body") for g in self.groups):
            return False
        return not self._noun_like(start) or any(g.end == start for g in self.groups)

    def _noun_like(self, i: int) -> bool:
        """Whether a form that may be verb or noun ("visit", "meeting with") is the noun here."""
        low = self.text.low
        word = low[i]
        if i > self.first and low[i - 1] in ("a", "an") and not word.endswith(("ed", "ing")):
            return True  # "is a sign of friendship"
        if (
            i - 1 > self.first
            and low[i - 1] in _EARLIER
            and low[i - 2] in _NOMINAL
            and not word.endswith(("ed", "ing"))
        ):
            return True  # "his recent travel to"
        if word not in self.lex.event_nouns or word in _AUXILIARIES or word in self.lex.verbs:
            return False
        if word.endswith("ed"):
            return False
        before = low[i - 1] if i > self.first else ""
        if word.endswith("ing"):
            return before not in _BEFORE_PARTICIPLES
        if word.endswith("s"):
            return before in _NOMINAL
        return before not in _BEFORE_VERBS and not before.endswith("ly")

    def clause_start(self, i: int) -> int:
        """Return the first token of the clause around token ``i``."""
        n = bisect_left(self._breaks, i) if self._breaks else 0
        return self._breaks[n - 1] + 1 if n else self.first

    def clause_end(self, i: int) -> int:
        """Return the token after the clause around token ``i``."""
        if not self._breaks:
            return self.last
        n = bisect_left(self._breaks, i)
        return self._breaks[n] if n < len(self._breaks) else self.last

    def _of_clock(self, k: int) -> bool:
        """Whether a colon stands within the time of a day: "at 10|:|30"."""
        low = self.text.low
        return low[k] == ":" and low[k - 1].isdigit() and k + 1 < self.last and low[k + 1][:2].isdigit()

    def _find_item_marks(self) -> frozenset[int]:
        """The semicolons that part the items of a list, each a row of mentions, and no clauses."""
        marks = [k for k in self._breaks if self.text.low[k] == ";"]
        if not marks:
            return frozenset()
        begun = {g.start for g in self.groups}
        told = [t.start for t in self.triggers if t.predicate]
        items = set()
        for k, stop in zip(marks, [*marks[1:], self.last], strict=True):
            at = k + 1 + (self.text.low[k + 1 : k + 2] == ["and"])
            at += self.text.low[at : at + 1] == ["the"]
            if at in begun and not any(k < start < stop for start in told):
                items.add(k)
        return frozenset(items)

    def resolved(self, g: Group, *, nearest: bool = False) -> Group:
        """A pronoun gives way to those it stands for."""
        if len(g.mentions) == 1 and g.mentions[0].type in ("person", "body", "place"):
            return g
        out: list[Mention] = []
        for m in g.mentions:
            if m.type in ("he", "own"):
                out += self._one_meant(m, nearest=nearest)
            elif m.type == "him":
                out += self._other_meant(m)
            elif m.type == "guest":
                out += self._guests()
            elif m.type == "office" and m.titles[0].plural and m.titles[0].of is None and self._definite(m):
                out += self._officers(m) or [m]  # "the presidents of the two countries"
            elif m.type == "group":
                out += self._all_meant(m)
            else:
                out.append(m)
        return Group(g.start, g.end, out)

    def _officers(self, m: Mention) -> list[Mention]:
        """Who "the presidents" are: those of the news, or others of their countries where none of them is one."""
        leaders, title = self.leaders(), m.titles[0]
        if title.kind is None or self.lex.office_kinds[title.kind].top in LEADERS:
            return leaders
        people = {x.person for x in leaders if x.type == "person"}
        kinds = {t.kind for k in people for t in self.register.entries[k].titles}
        bodies = {x.value for x in leaders if x.type == "body"} | self.register.homes(people)
        lands = sorted(bodies & self.authority.countries.keys())
        if title.kind in kinds or not people or len(lands) < 2:
            return leaders
        return [Mention("office", m.start, m.end, titles=[replace(title, of=land, plural=False)]) for land in lands]

    def _one_meant(self, m: Mention, *, nearest: bool) -> list[Mention]:
        same = next((x for x in self.text.mentions[self.index] if x.type == "he" and x.end <= m.start), None)
        if same is not None and m.type == "he":
            return self._one_meant(same, nearest=nearest)  # "he will meet X, his first trip since he took office"
        since = self.text.low[m.start - 1] in _SUBORDINATORS  # "X's first visit since he took office"
        before = [
            x
            for x in self.text.mentions[self.index]
            if x.end <= m.start
            and x.type in ("person", "office")
            and not x.predicative
            and not (m.type == "he" and self.text.low[x.end] == "'s" and not since)
            and (x.name is not None or x.titles)  # not "I", "you"
        ]
        if before and m.type == "he" and self.context.last_subject and self._met_first(m, before):
            return self.context.last_subject
        if not before:
            return (m.type == "own" and self.fronted(m.start)) or self.context.last_subject
        whose = self._antecedent(m, before)
        if whose is None and self.text.low[m.start - 1] == "including":  # "A praised B's visit, including |his| talks"
            whose = next((x for x in reversed(before) if self.text.low[x.end] == "'s"), None)
        if whose:
            return [whose]
        return before[-1:] if nearest else behind_opening(self.text, self.index, before)[:1]

    def _met_first(self, m: Mention, before: list[Mention]) -> bool:
        """Whether those named in a phrase set before the sentence are others: "After talks |with X|, he flew to Y"."""
        low = self.text.low
        if low[m.start - 1] != "," or low[self.first] not in _FRONTING or "," in low[self.first : before[0].start]:
            return False
        lead = low[before[0].start - 1 - (low[before[0].start - 1] == "the")]
        return lead == "with" or lead.endswith("ing")

    def _definite(self, m: Mention) -> bool:
        """Whether those who hold an office are told to be the ones spoken of: not so "Latin American ministers"."""
        k = m.start - 1
        if k >= self.first and self.text.low[k] in _SOME:
            return False  # "some heads of state"
        if k > self.first and self.text.low[k] == "of" and self.text.low[k - 1] in _AMOUNTS:
            return False  # "a number of presidents"
        return k < self.first or self.text.low[k] in _DEFINITE or self.text.tokens.words[k].islower()

    def _other_meant(self, m: Mention) -> list[Mention]:
        """Whom "him" stands for: whoever the text went on about, unless it is he who acts here."""
        he = next((x for x in self.text.mentions[self.index] if x.type == "he" and x.end <= m.start), None)
        if he is not None:
            meant = self._one_meant(he, nearest=False)
            between = (x for x in self.text.mentions[self.index] if he.end <= x.start < m.start)
            named_between = any(x.type in ("person", "office") for x in between)
            return meant if named_between else self._other_of_two(meant)  # "he goes on to Y, where X will host him"
        named = [x for x in self.text.mentions[self.index] if x.end <= m.start and x.type in ("person", "office")]
        acting = {x.person for x in named if x.type == "person"}
        acting |= {k for x in named if x.type == "office" and (k := self.register.holder(x.titles[0])) is not None}
        last = [x for x in self.context.last_subject if x.type == "person" and x.person not in acting]
        if not named and self.context.author is not None and not _I.isdisjoint(self.text.low[self.first : m.start]):
            return self._spoken_of()  # "|I| spoke to him yesterday"
        if len({x.start for x in named}) == 2 and all(x.type == "person" for x in named):
            return named[:1] if m.start - named[1].end < 3 else named[1:]  # "X met Y and thanked |him|"
        if len({x.start for x in named}) != 1:
            return []
        if not last and (met := next((d for d in reversed(self.drafts) if acting <= d.people), None)):
            others = sorted(met.people - acting)
            return [Mention("person", 0, 0, person=k) for k in others] if len(others) == 1 else []
        if len(last) == 1 and self.register.homes(acting) == self.register.homes({last[0].person}):
            return self.guest_of(last[0].person) or last  # "A received B of Y. C will also meet |him|."
        return last

    def _other_of_two(self, one: list[Mention]) -> list[Mention]:
        """With whom somebody talks in the news, if with one alone: "He thanked |him|"; else he himself."""
        who = {m.person for m in one}
        news: set[int] = next((d.people for d in self.drafts if d.lead and d.top in _TALKS), set())
        others = sorted(news - who)
        return [Mention("person", 0, 0, person=others[0])] if who < news and len(others) == 1 else one

    def guest_of(self, person: int) -> list[Mention]:
        """Return who from abroad met somebody in the talk that was told right before."""
        told = self.drafts[-1] if self.drafts else None
        home = self.register.country_of(person)
        if told is None or person not in told.people or self.span[0] - told.spans[-1][1] not in range(_RIGHT_BEFORE):
            return []
        abroad = [k for k in sorted(told.people) if self.register.country_of(k) not in (None, home)]
        return [Mention("person", 0, 0, person=k) for k in abroad] if len(abroad) == 1 else []

    def occasion(self) -> Draft | None:
        """The talks of several, told right before, that a sentence without anybody goes on from: "Dinner followed"."""
        if not self.index or any(m.type in _ANYBODY for m in self.text.mentions[self.index]):
            return None
        before = self.text.spans[self.index - 1]
        told = [d for d in self.drafts if d.top in _ATTENDED and before in d.spans and not d.background]
        return next((d for d in reversed(told) if len(self.register.homes(d.people)) > 1), None)

    def go_on(self, draft: Draft, role: str) -> None:
        """Take those of the occasion told right before, with its day and place, for what it went on with."""
        occasion = self.occasion()
        if occasion is None:
            return
        self.take(draft, role, [Group(0, 0, [Mention("person", 0, 0, person=k) for k in sorted(occasion.people)])])
        if draft.date is None and occasion.date and occasion.status == draft.status:
            draft.share(occasion)

    def _spoken_of(self) -> list[Mention]:
        """Whom the sentences right before name last, beside who says "I"."""
        rows = self.text.mentions[max(0, self.index - 2) : self.index]
        named = [x for row in rows for x in row if x.type == "person" and x.person not in (-1, self.context.author)]
        return named[-1:]

    def _guests(self) -> list[Mention]:
        """Who came on the visit, or was received, that was told last."""
        for draft in reversed(self.drafts):
            came = [k for role, k in draft.roles if role in ("visitor", "guest")]
            if came:
                return [Mention("person", 0, 0, person=k) for k in came]
            if draft.top == "visit" and draft.place and not draft.people:
                away = draft.parties - {self.lex.country_of(draft.place)}
                return [Mention("body", 0, 0, value=party) for party in sorted(away)]  # "a delegation of French MPs"
        return []

    def _antecedent(self, m: Mention, before: list[Mention]) -> Mention | None:
        """Whom a "who" between takes up: "welcomed X, who came on her first visit"."""
        who = next((k for k in range(m.start - 1, before[0].end - 1, -1) if self.text.low[k] == "who"), None)
        return next((x for x in reversed(before) if who is not None and who - 2 < x.end <= who), None)

    def fronted(self, k: int) -> list[Mention]:
        """Whom the opening phrase of a sentence, around token ``k``, is told of: "During a visit to Y, X met …"."""
        low = self.text.low
        if acting := self.acting_behind(k):
            return acting
        if k - self.first > 8:
            return []
        for x in self.text.mentions[self.index]:
            if x.start > k and x.type == "he" and low[x.start - 1] == ",":
                return self.context.last_subject  # "Besides meeting with X, he …"
            if x.start > k and x.type in ("person", "office") and not x.predicative:
                owner = next((m for m in self.text.mentions[self.index] if m.owns(x, low)), x)
                begin = owner.start - 1 - (low[owner.start - 1] == "the" or low[owner.start - 1] in _OWN)
                if low[begin] == ",":
                    return [x]
        return []

    def acting_behind(self, k: int) -> list[Mention]:
        """Whom a participle that opens the sentence, before token ``k``, is told of: "Addressing Y, |X| said"."""
        named = [x for x in self.text.mentions[self.index] if x.type in _ACTING and not x.predicative]
        acting = behind_participle(self.text, self.index, named)[:1]
        if not acting or acting[0].start <= k:
            return []
        if acting[0].type == "group":  # "Having visited X, |they| agreed"
            return self._all_meant(acting[0]) if self.text.low[acting[0].start] == "they" else []
        return self.context.last_subject if acting[0].type == "he" else acting

    def _all_meant(self, m: Mention) -> list[Mention]:
        if self.index in self.context.turns and self.text.low[m.start] == "they":
            return []  # others than the two who talk
        row = None
        if self.text.low[m.start] == "their":
            row = next((x for x in reversed(self.groups) if x.end <= m.start and len(x.mentions) > 1), None)
        row = row or self._row_behind(m)
        return row.mentions if row else self._pair_before(m) or self._two_before(m) or self._those_spoken_of(m)

    def _row_behind(self, m: Mention) -> Group | None:
        """The several people whom a phrase set before the sentence speaks of: "At |their| meeting, A and B agreed"."""
        low = self.text.low
        if m.start - self.first > _OPENING or low[self.first] not in _FRONTING:
            return None
        found = next((g for g in self.groups if g.start > m.start and g.mentions[0].type in ("person", "office")), None)
        before = found.start - 1 - (low[found.start - 1] in _DEFINITE) if found is not None else 0
        return found if found is not None and len(found.mentions) > 1 and low[before] == "," else None

    def _those_spoken_of(self, m: Mention) -> list[Mention]:
        """Those of the news; of a journey to several countries, "they" are the travellers and none of their hosts."""
        meant = self.leaders()
        told = next((d for d in sorted(self.drafts, key=_rank) if d.weight() > 1), None)
        if self.text.low[m.start] != "they" or told is None or told.top != "visit" or len(told.people) < 2:
            return meant
        if len({tuple(d.legs) for d in self.drafts if d.top == "visit" and d.people == told.people}) < 2:
            return meant
        travellers = [x for x in meant if x.type == "person"]
        return travellers if {x.person for x in travellers} == told.people else meant

    def _two_before(self, m: Mention) -> list[Mention]:
        """The two countries of the sentence before that "the two sides", "both countries" are, and not the news."""
        if self.text.low[m.end - 1] not in _STATES_OR_SIDES or not self.index:
            return []
        named = [x for x in self.text.mentions[self.index - 1] if x.type in ("body", "person", "office")]
        bodies = {x.value for x in named if x.type == "body"}
        lands = bodies & self.authority.countries.keys()
        told = any(lands & d.parties for d in self.drafts if d.lead and len(d.parties) > 1 and lands <= d.parties)
        alone = len(bodies) == len(lands) == 2 and all(x.type == "body" for x in named)
        return [Mention("body", 0, 0, value=land) for land in sorted(lands)] if alone and not told else []

    def _pair_before(self, m: Mention) -> list[Mention]:
        """The two people, of two countries, that the sentence has named before "they", "where the two met"."""
        named = {x.person: x for x in self.text.mentions[self.index] if x.type == "person" and x.person >= 0}
        before = [x for x in named.values() if x.end <= m.start]
        return before if len(before) == 2 and len(self.register.homes([x.person for x in before])) == 2 else []

    def leaders(self) -> list[Mention]:
        """Whom "the two leaders", "both sides" stand for: who takes part in the news, or the two named so far."""
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.top in _TALKS and last.told and not last.lead and self._pair_of(last):
            return [Mention("person", 0, 0, person=k) for k in sorted(last.people)] + [
                Mention("body", 0, 0, value=p) for p in sorted(last.parties)
            ]
        told = next((d for d in sorted(self.drafts, key=_rank) if d.weight() > 1), None)
        pair = self._pair_named() if told is None or len(told.people) < 2 else []
        if pair:
            return [Mention("person", 0, 0, person=k) for k in pair]
        if told is not None:
            return [Mention("person", 0, 0, person=k) for k in sorted(told.people)] + [
                Mention("body", 0, 0, value=p) for p in sorted(told.parties)
            ]
        spoken = [self.register.country_of(k) for k in range(len(self.register.entries))]
        return [Mention("body", 0, 0, value=b) for b in dict.fromkeys(spoken) if b][:2]

    def _pair_of(self, last: Draft) -> bool:
        """Whether the sentence right before tells of a talk of two, of two countries."""
        near = (
            last.spans[-1][1] <= self.span[0]
            and self.text.sentence_of(self.text.token_at(last.order)) >= self.index - 1
        )
        return near and len(last.people) == 2 and len(self.register.homes(last.people)) == 2

    def _pair_named(self) -> list[int]:
        """The two people, of two countries, that the sentences just before name, and nobody else."""
        for far in (3, 1):
            rows = self.text.mentions[max(0, self.index - far) : self.index]
            named = list(dict.fromkeys(m.person for row in rows for m in row if m.type == "person" and m.person >= 0))
            if len(named) == 2 and len(self.register.homes(named)) == 2:
                return named
        return []

    def take(self, draft: Draft, role: str, groups: list[Group]) -> int:
        """Add the members of groups in a role; return how many were added."""
        if not groups:
            return 0
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
        indefinite = self.text.low[title.start - 1] in _ANY and title.start > self.first
        if title.plural and title.of is None and title.kind and self.lex.office_kinds[title.kind].top in LEADERS:
            indefinite = True  # "from a number of heads of state"
        k = self.register.holder(title) if not indefinite else None
        k = self._acting_in_office(title) if k is None and not indefinite else k
        if k is not None and not self._named_behind(title, k):
            if (role, k) not in draft.roles:
                draft.roles.append((role, k))
            return
        label, of = self.lex.office_named(title.printed, title.of, title.kind, title.text)
        of = of or self.lex.only_body(title.text) or (self._at_home(title) if draft.top in _EXCHANGES else None)
        if of:
            draft.parties.add(of)
            if not title.plural and title.kind not in (None, "other"):
                named = OfficeRef(title=label, kind=title.kind, of=of)
                draft.offices += [named] * (named not in draft.offices)

    def _acting_in_office(self, title: Title) -> int | None:
        """Who "the President" is where the article names several: the one whom the text goes on about."""
        if title.of is not None or title.kind is None or title.plural or title.counterpart:
            return None
        last = [m.person for m in self.context.last_subject if m.type == "person" and m.person >= 0]
        held = [t.kind for k in last for t in self.register.entries[k].titles if t.when == title.when]
        return last[0] if len(last) == 1 and title.kind in held else None

    def _named_behind(self, title: Title, k: int) -> bool:
        """Whether the one holder of an office in the article comes only behind it, as somebody else: "The President
        of the Republic wrote to his Chinese counterpart, X"."""
        mentions = self.text.mentions[self.index]
        here = next((m for m in mentions if m.person == k), None)
        return title.of is None and here is not None and here.start > title.start

    def _at_home(self, title: Title) -> str | None:
        """The country of the press that says "the President", "His Highness the Amir" without saying of where."""
        top = self.lex.office_kinds[title.kind].top if title.kind else ""
        bare = top in LEADERS and not title.plural and not title.counterpart and title.when == "current"
        printed = self.text.tokens.words[title.start][:1].isupper() and self.text.low[title.end : title.end + 1] != [
            "of"
        ]
        return self.register.home if bare and printed else None

    def date(self, t: Trigger, draft: Draft) -> None:
        """Date the draft by the date that stands nearest the trigger."""
        if not draft.date and (day := self._day_when(t)) is not None:
            draft.take_date(day)
        if draft.date or (t.top == "appointment" and any(self.first_since(x, t) for x in self.triggers)):
            return
        begin = self.text.tokens.starts[self.clause_start(t.start)]
        end = self.text.span(t.start, self._reach(t))[1]
        best: tuple[int, When] | None = None
        earlier = not t.predicate and not _EARLIER.isdisjoint(self.text.low[max(self.first, t.start - 3) : t.start])
        for when in self.whens:
            if (t.top not in _LASTING or self._first_since(when)) and (
                self.text.folded.startswith("since", when.start)
                or self.text.folded[when.start - 10 : when.start] == "since the "
            ):
                continue  # "the first visit since 2016", "steps since the June 2023 declaration"
            if when.start > t.hit.end and self._of_whom(t, when):
                continue  # "expelled the envoy of X, |who was jailed this week|"
            if not t.predicate and when.start > t.hit.end and self._of_the_other(t, when):
                continue  # "his visit |reciprocates| the one paid by X in June"
            if earlier and when.rule == "day-of-publication":
                continue  # "spoke |today| to discuss X's recent trip"
            if (t.top in _EXCHANGES and self._counted(t, when)) or self._counts_another(t, when):
                continue  # "his first trip abroad this year", "our first meeting after the events in January"
            if t.top == "visit" and self.text.low[self.text.token_at(when.start) - 1] in _UNTIL:
                continue  # "is in Y through Monday"
            if t.top == "signing" and t.predicate and self._of_the_text(t, when):
                continue
            if self.text.folded[when.start - 7 : when.start] == "before ":
                continue  # "before today, X had sanctioned"
            if (
                draft.status == "planned"
                and t.top in _EXCHANGES
                and when.value == self.published
                and self._of_another(t, when)
            ):
                continue  # "X spoke |today| with Y about his coming visit"
            if draft.status == "planned" and self.text.folded[when.start - 6 : when.start] == "after ":
                continue  # "will begin talks on prisoners captured after May 7"
            if (draft.status == "planned" or not draft.lead) and t.top != "statement" and self.of_the_report(when):
                continue  # "X will visit Y, the ministry said on Monday"
            cost = self._distance(t, when, inside=begin <= when.start < end)
            if cost < (300 if draft.lead else 180) and (best is None or cost < best[0]):
                best = (cost, when)
        if best is not None:
            draft.take_date(self._narrower(best[1]))
            draft.reported = self.of_the_report(best[1])

    def _of_the_other(self, t: Trigger, when: When) -> bool:
        """Whether a date is that of what an event is told to follow or precede."""
        return not _SET_OFF.isdisjoint(self.text.low[t.end : self.text.token_at(when.start)])

    def _day_when(self, t: Trigger) -> When | None:
        """The date right before the "when" of a verb's clause: "the first since May 2019, |when X visited Y|"."""
        low = self.text.low
        opener = next((k for k in range(t.start - 1, max(self.first, t.start - 9), -1) if low[k] in ("when", ",")), 0)
        if not t.predicate or low[opener] != "when" or opener <= self.first + 1:
            return None
        end = self.text.tokens.end(opener - 1 - (low[opener - 1] == ","))
        return next((w for w in self.whens if w.end == end), None)

    def _of_whom(self, t: Trigger, when: When) -> bool:
        """Whether a date behind a phrase is of somebody named between them: "met X, |who| began in 2020".

        A day behind the comma that closes such a clause is not: "met X, who is on a visit, |on Monday|".
        """
        between = self.text.low[t.end : self.text.token_at(when.start)]
        if len(when.value) < 8:
            return not _WHO.isdisjoint(between)
        return "who" in between and "," not in between[between.index("who") :]

    def _of_another(self, t: Trigger, when: When) -> bool:
        """Whether a date before a noun is that of a predicate which it stands in or beside."""
        told = (x for x in self.triggers if x is not t and x.predicate and x.start < t.start)
        return not t.predicate and when.end <= t.hit.start and any(when.end > x.hit.start - 12 for x in told)

    def _narrower(self, when: When) -> When:
        """The day that is set behind the week or month it lies in: "earlier this week, |on Tuesday|"."""
        low, after = self.text.low, self.text.token_at(when.end)
        if len(when.value) == 10 or low[after : after + 1] != [","]:
            return when
        first, last = bounds(when.value)
        near = (w for w in self.whens if len(w.value) == 10 and 0 < self.text.token_at(w.start) - after < 3)
        return next((w for w in near if first <= w.value <= last), when)

    def _first_since(self, when: When) -> bool:
        """Whether a date tells when something was the last time: "restored ties for the first time since 2019"."""
        return "first time" in self.text.folded[max(self.span[0], when.start - 24) : when.start]

    def _of_the_text(self, t: Trigger, when: When) -> bool:
        """Whether a year is that of an instrument another is about, or its term: "a protocol to the pact |of 1996|"."""
        first = self.text.token_at(when.start)
        if len(when.value) != 4 or first < t.end:
            return False
        if self.text.low[first] in _TERMS:
            return True  # "signed a plan |for| 2024"
        whole = next(
            (p for p in self.context.instruments.get(self.index, ()) if t.start <= p.start < first <= p.end), None
        )
        if whole is None or self.text.low[first] != "of":
            return False
        begin = self.text.tokens.starts[whole.tail]
        return any(begin <= hit.start < when.start for hit in self.text.layers[AGREEMENTS])

    def _frames(self, t: Trigger, when: When) -> bool:
        """Whether a date opens the sentence whose verb a phrase is: "On May 5, a …", "As X says, |on May 5|, a …"."""
        first, after = self.text.token_at(when.start), self.text.token_at(when.end)
        if not t.predicate or self.text.low[after : after + 1] != [","]:
            return False
        if first - self.first < 2:
            return True
        opening = first - (self.text.low[first - 1] in _DATING)
        if opening - self.first > _SHORT_OPENING or self.text.low[opening - 1] != ",":
            return False
        return not any(x.start < first for x in self.triggers) and not any(
            m.start < first and m.type in _ACTING for m in self.text.mentions[self.index]
        )

    def _of_gathering_before(self, t: Trigger, when: When) -> bool:
        """Whether a date stands right behind another gathering: "the A Conference |in May|, and went to the B one"."""
        between = self.text.low[self.text.token_at(when.end) : t.start]
        if self.text.low[self.text.token_at(when.start)] in _WHOSE or "and" not in between:
            return False  # "the May meeting, |the June| summit"
        others = (x for x in self.triggers if x is not t and x.top == "conference" and x.hit.end <= when.start)
        return any(when.start - x.hit.end < _OF_ONE_PHRASE for x in others)

    def _of_noun(self, t: Trigger, when: When) -> bool:
        """Whether a date tells which of its kind a noun behind it is, and the phrase none: "the |July 7| murder"."""
        first, after = self.text.token_at(when.start), self.text.token_at(when.end)
        if after < self.last and self.text.low[after] == "'s":  # "|last month's| A Summit and the coming B Summit"
            return any(not x.predicate and after < x.start and x.end < t.start for x in self.triggers)
        if first == self.first or after == self.last or self.text.low[first - 1] not in _DEFINITE:
            return False
        noun = self.text.tokens.words[after]
        return noun.isalpha() and noun.islower() and noun not in _NO_NOUNS and not after <= t.start < after + 4

    def _heads(self, when: When) -> bool:
        """Whether a day is set before what happened on it, with a colon: "August 30, 2023: Officers seize power"."""
        if self.text.token_at(when.start) != self.first:
            return False
        after = self.text.token_at(when.end)
        return after < self.last and self.text.low[after] == ":"

    def _counted(self, t: Trigger, when: When) -> bool:
        """Whether a number before a phrase counts what has happened in or since a time: "the third visit this year"."""
        if when.start < t.hit.start or _ORDINALS.isdisjoint(self.text.low[max(self.first, t.start - 4) : t.end]):
            return False
        if t.top == "visit" and _this_year(when):
            return True
        return len(when.value) < 8 and not _SINCE.isdisjoint(self.text.low[t.end : self.text.token_at(when.start)])

    def _counts_another(self, t: Trigger, when: When) -> bool:
        """Whether a year counts the journey told right before it: "flew to Y, |his second trip this year|, and"."""
        told = [x for x in self.triggers if x.hit.end <= when.start] if _this_year(when) else []
        return bool(told) and told[-1] is not t and told[-1].top == "visit" and self._counted(told[-1], when)

    def _reach(self, t: Trigger) -> int:
        """The end of a phrase's clause, and of what goes on right behind: "the summit that opens in X on Tuesday"."""
        end, low = self.clause_end(t.end), self.text.low
        goes_on = end + 1 < self.last and end - t.end < 8 and low[end] in _RELATIVES
        goes_on = goes_on and (low[end + 1] in _RUNNING or (t.top == "conference" and self._attended_behind(end + 1)))
        return self.clause_end(end + 1) if goes_on and low[end - 1] not in _SAID else end

    def _attended_behind(self, k: int) -> bool:
        """Whether somebody is told in few words to attend or host what a relative takes up: "which |he will host|"."""
        near = self.text.span(k, min(k + 8, self.clause_end(k), self.last))
        return self.text.says("attending", *near) is not None

    def _distance(self, t: Trigger, when: When, *, inside: bool) -> int:
        """How far a date stands from a phrase, in letters; what speaks against it counts as letters."""
        gap = when.start - t.hit.end if when.start >= t.hit.end else t.hit.start - when.end
        if when.end <= t.hit.start and self._frames(t, when):
            gap = min(gap, _FRAMED)
        cost = gap + (0 if inside or self._heads(when) else 60 if self._relative(t, when) else 250)
        if any(x.predicate and x.hit.end <= when.start and when.end <= t.hit.start for x in self.triggers):
            cost += 25  # it dates what was told before it, if this has a day of its own
            if when.end + 5 >= t.hit.start and self.date_behind(t):
                cost += 60  # "met X |on Monday| and called Y on Tuesday"
        if when.end <= t.hit.start and self._of_its_like(t, when):
            cost += 60  # "X's visit to Y |in 2021| and Z's trip to W in 2018"
        for other in self.triggers:
            if other is not t and min(when.end, t.hit.end) <= other.hit.start < max(when.start, t.hit.start):
                cost += 400 if when.start > t.hit.end and self._subordinate(t, other) else 60
        if when.start > t.hit.end and self._of_what_follows(t, when):
            cost += 400
        if when.rule == "stated" and len(when.value) == 4 and not 0 < when.start - t.hit.end < _RIGHT_BEHIND:
            cost += 30
        if when.end <= t.hit.start and self._aside(t, when):
            cost += 200
        if self._of_noun(t, when):
            cost += 120
        if t.top == "conference" and when.end <= t.hit.start and self._of_gathering_before(t, when):
            cost += 200
        if when.end <= t.hit.start and (self.of_the_cause(t, when) or self._leads_away(t, when)):
            cost += 400
        if t.top != "statement" and self.of_the_report(when):
            cost += 80
        if when.start > t.hit.end and self._of_a_thing(t, self.text.token_at(when.start)):
            cost += 400
        if t.top == "message" and when.start > t.hit.end and self._of_the_occasion(t, when):
            cost += 400
        if when.start > t.hit.end and not inside and self._of_the_founding(t, when):
            cost += 400
        return cost

    def _of_its_like(self, t: Trigger, when: When) -> bool:
        """Whether a date stands behind another noun of the kind, where this one has a date of its own."""
        nouns = (x for x in self.triggers if x.top == t.top and not (x.predicate or t.predicate))
        return any(x.hit.end <= when.start for x in nouns) and self.date_behind(t) is not None

    def _of_what_follows(self, t: Trigger, when: When) -> bool:
        """Whether a date stands as an adjective before the noun it dates: "spoke about |the June 2| Climate Summit"."""
        low, first, after = self.text.low, self.text.token_at(when.start), self.text.token_at(when.end)
        if low[first] in _WHOSE or low[first] == "'s":
            return when.rule == "month-before-publication"
        if t.top == "visit" or (low[first - 1] not in _WHOSE and low[first - 1] != "'s"):
            return False  # a journey is made on the day of what it is for
        noun = next((x for x in self.triggers if x is not t and not x.predicate and 0 <= x.start - after < 6), None)
        return noun is not None and all(word[0].isalnum() for word in low[after : noun.start])

    def _of_the_founding(self, t: Trigger, when: When) -> bool:
        """Whether a date is told of what takes part: "met with the group, |which was set up| in May"."""
        between = self.text.low[t.end : self.text.token_at(when.start)]
        at = next((n for n in range(len(between) - 1, -1, -1) if between[n] in _RELATIVES), len(between))
        return not _FOUNDING.isdisjoint(between[at + 1 : at + 5])

    def _of_a_thing(self, t: Trigger, k: int) -> bool:
        """Whether a participle has a date or place at ``k`` for a noun: "discussed the pact |signed| on May 3"."""
        low = self.text.low
        at = next((n for n in range(k - 1, max(t.end, k - 9), -1) if low[n] in _DONE_TO_THINGS), None)
        if at is None or low[at + 1] not in _DATING or low[at - 1] in _BEFORE_FINITE or "," in low[at:k]:
            return False
        if any(g.end == at and g.mentions[-1].type in ("person", "office") for g in self.groups):
            return False
        if low[at] in _DONE_TO_TEXTS:
            return t.top != "relations" and (t.top != "signing" or t.predicate)
        at -= 1 + (low[at - 1] == ",")
        if _WHERE_DONE.intersection(low[max(t.end, at - 5) : at]):
            return False  # "signed Z at a ceremony held in Y on May 3"
        return t.predicate and (low[at] in self.lex.event_nouns or low[at].removesuffix("s") in self.lex.event_nouns)

    def _aside(self, t: Trigger, when: When) -> bool:
        """Whether a date stands in a clause on somebody, closed before the phrase: "X, who spoke on Sunday, met Y"."""
        first = self.text.token_at(when.start)
        if t.start - self.text.token_at(when.end) < 4 and not t.predicate:
            return False  # "which was told at the June 26, 2022, summit"
        lead = self.text.low[self.first : first]
        at = next((n for n in range(len(lead) - 1, -1, -1) if lead[n] in ("who", "which", ",")), None)
        return at is not None and lead[at] != "," and "," in self.text.low[first : t.start]

    def of_the_cause(self, t: Trigger, when: When) -> bool:
        """Return whether a date stands in an opening that tells why: "In view of the raid of May 5, X broke ties"."""
        opened = self.text.folded.startswith(_CAUSES, self.span[0])
        return opened and "," in self.text.low[self.text.token_at(when.end) : t.start]

    def opening_end(self, k: int) -> int:
        """Return where, up to token ``k``, it is told who acts, behind an opening that tells why or ahead of what."""
        low = self.text.low
        if not self.text.folded.startswith(_CAUSES, self.span[0]) or "," not in low[self.first : k]:
            return self.first
        begun = [g.start for g in self.groups if g.mentions[0].type in _ACTING]
        commas = [n for n in range(self.first, k) if low[n] == ","]
        return next((n for n in commas if any(n < start < n + 4 for start in begun)), commas[0]) + 1

    def _leads_away(self, t: Trigger, when: When) -> bool:
        """Whether what was done on a day is only about the event: "had a call on Friday |about| the next meeting"."""
        between = self.text.low[self.text.token_at(when.end) : t.start]
        return not _ABOUT.isdisjoint(between) and any(x.hit.end <= when.start for x in self.triggers)

    def _of_the_occasion(self, t: Trigger, when: When) -> bool:
        """Whether a date is that of what a message is about: "congratulated X on his election of May 3"."""
        if when.rule.startswith(("weekday", "day-of")):
            return False
        first = self.text.token_at(when.start)
        people = (m.end for m in self.text.mentions[self.index] if m.type in ("person", "office") and m.end < first)
        return not _OCCASIONS.isdisjoint(self.text.low[max(t.end, *people, 0) : first - 1])

    def _subordinate(self, t: Trigger, other: Trigger) -> bool:
        """Whether a phrase behind stands in a clause of its own: "met for the first time since Y took office"."""
        if self.first_since(t, other):
            return False
        between = self.text.low[max(t.end, other.start - 8) : other.start]
        if other.top == "appointment" and t.top != "appointment":
            if "after" in between:
                return True  # "his first visit |after| being appointed in May"
            if self.text.says("congratulating", t.hit.end, other.hit.start) is not None:
                return True  # "met X |to congratulate him on| his inauguration in January"
        return bool(_SUBORDINATORS.intersection(between))

    def first_since(self, t: Trigger, x: Trigger) -> bool:
        """Return whether an appointment only counts what is told: "the first call |since taking office| with"."""
        low = self.text.low
        if x.top != "appointment" or t.predicate or x.start - t.end not in (1, 2) or low[x.start - 1] != "since":
            return False
        return low[x.end] in _WITH

    def of_the_report(self, when: When) -> bool:
        """Return whether a date is the dateline's or the report's: "(AP - May 2, 2021)", "…, X said on Monday"."""
        first, after = self.text.token_at(when.start), self.text.token_at(when.end)
        low = self.text.low
        if low[after : after + 1] == [")"] and after - self.first < 16:
            return low[first - 2] not in _DAYS  # "on Monday (May 8)"
        if low[self.first : self.first + 2] == ["according", "to"] and "," not in low[self.first : first]:
            return True  # "According to the ministry on Monday, X will …"
        if first - self.first <= 8:
            return False
        if any(w in _SAID for w in low[max(self.first, first - 2) : first + 1]):
            return True
        said = next((k for k in range(first - 1, first - 9, -1) if low[k] not in _REPORTS), first)
        return low[said] in _SAID  # "…, the ministry said in a statement on Monday"

    def date_within(self, t: Trigger, draft: Draft) -> None:
        """What a visit of the same sentence "included" is of its date and place."""
        if draft.date is not None or t.top not in ("signing", "relations", "ceremony"):
            return
        if "includ" not in self.text.folded[self.span[0] : t.hit.start]:
            return
        here = (d for d in self.drafts if d.spans[-1] == self.span and d.top in ("visit", "meeting"))
        host = next((d for d in here if d.order < t.hit.start and d.date), None)
        if host is not None and "includ" in self.text.folded[host.order : t.hit.start]:
            draft.date, draft.rule, draft.premises, draft.place = host.date, host.rule, host.premises, host.place

    def date_behind(self, t: Trigger) -> When | None:
        """The date right behind a phrase, no other phrase between: "the visit, which takes place from May 5 to 7"."""
        others = (x.hit.start for x in self.triggers if x.hit.start > t.hit.start and x.kind != "invitation")
        end, begin = min(others, default=self.span[1]), t.hit.end
        near = (w for w in self.whens if begin <= w.start < min(end, begin + (180 if "/" in w.value else 60)))
        return next((w for w in near if not self._counted(t, w)), None)

    def date_between(self, first: int, stop: int) -> bool:
        """Return whether tokens ``[first, stop)`` hold a date."""
        begin, end = self.text.span(first, max(stop, first + 1))
        return any(begin <= w.start < end for w in self.whens)

    def _relative(self, t: Trigger, when: When) -> bool:
        """Whether only "which" parts a date from the trigger: "the visit in December 2023, which included …"."""
        lo, hi = sorted((self.text.token_at(when.end), t.start))
        breaks = [w for w in self.text.low[lo:hi] if w in _CLAUSE_BREAKS]
        return breaks == ["which"] or (hi - lo == 1 and self.text.low[lo] == "that")

    def town_before(self, k: int) -> int:
        """Return where a town nobody knows begins that a comma parts from its country at ``k``; else ``k``."""
        words, begin = self.text.tokens.words, k - 1
        while begin > self.first + 1 and k - begin < 5 and words[begin - 1][0].isupper():
            begin -= 1
        led = begin < k - 1 and words[begin - 1].lower() in _BEFORE_TOWNS
        return begin if led and k > self.first + 1 and words[k - 1] == "," else k

    def locate(self, t: Trigger, args: Arguments, draft: Draft) -> None:
        """Place the draft at the place the clause names nearest the trigger."""
        if draft.place:
            return
        low = self.text.low
        lo, hi = self.clause_start(t.start), self._reach(t)
        best: tuple[int, str] | None = None
        for m in self.text.mentions[self.index]:
            if not m.is_where or not lo <= m.start < hi or m.start == 0:
                continue
            k = m.start - 1 if low[m.start - 1] != "the" else m.start - 2
            if low[k] == "," and m.type == "body":
                k = self.town_before(m.start) - 1
            if low[k] not in _PLACING and not (low[k] == "," and m.type == "place"):
                continue
            if is_source(self.text, m):
                continue
            if k > t.end and (low[k - 1] in _TOPICS or self._of_a_thing(t, m.start)):
                continue  # "a session on the situation in X", "discussed the pact signed in X"
            if m.type == "body" and m.value not in self.authority.countries:
                continue
            if m.start < t.start and _APART.intersection(low[m.end : t.start]):
                continue
            gap = m.start - t.end if m.start >= t.end else (t.start - m.end) + 12
            if gap < 30 and (best is None or gap < best[0]):
                best = (gap, m.value)
        if best is not None:
            draft.place = best[1]
