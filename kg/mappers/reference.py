"""Reference: whom "he", "they", "the two leaders" and "the ministers" of a sentence stand for."""

from dataclasses import replace

from kg.language.lexicon import LEADERS
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.clauses import Sentence
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group
from kg.mappers.home import MONARCHS

_VOICES = words("grammar", "speaking_for_one")
_SUBORDINATORS = words("grammar", "subordinators")
_OWN = words("groups", "own")
_FRONTING = words("grammar", "fronting_words")
_BEFORE_DEEDS = words("grammar", "before_deeds")
_ANYBODY = ("person", "office", "guest", "he", "him", "own", "body")
_ATTENDED = ("meeting", "signing", "ceremony", "statement")
"""Kinds of occasion after which more is done by those who were there."""
_PARTICIPLES = ("ing", "ed")
_PARTED = words("grammar", "leading_participles") | words("grammar", "irregular_participles")
_GOING_ON = frozenset((",", "and", "'s", "'"))
"""Behind somebody: a list goes on, or he only owns what is spoken of."""
_STATES_OR_SIDES = words("grammar", "two_states")
_SAYING = words("grammar", "said_verbs")
_I = words("acts", "first_person_singular")
_TALKS = ("meeting", "call")
_QUOTES = frozenset(('"', "”", "»"))
_ACTING = ("person", "office", "he", "group")
_AMOUNTS = words("grammar", "amounts")
_SOME = words("grammar", "some_of_many")
_DEFINITE = words("grammar", "definite_determiners")
_DELEGATIONS = words("grammar", "delegations")
_OF_THREE = words("grammar", "counted_three")
_HEADING = words("grammar", "leading_verbs")
_AMBASSADOR = "ambassador"
_NEAR_BEFORE = 8
"""Sentences before "the envoy" in which it is told who that is."""
_RECENT = 12
"""The drafts told last that are looked at for talks of three."""
_BESIDE_NOUN = 4
"""Tokens between a verb and the noun it governs: "is leading a |high-level trade| delegation"."""
_OPENING = 4
"""Tokens up to which a pronoun belongs to the phrase that opens its sentence."""
_RIGHT_BEFORE = 4
"""Letters between two sentences of which one goes on from the other."""


def _rank(d: Draft) -> tuple[bool, bool]:
    """How soon those of a draft are meant by "the leaders": of the news first, of who only speaks last."""
    return d.top == "statement", not d.lead


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
    led = (k for k in range(first, first + 4) if low[k] in _BEFORE_DEEDS and low[k + 1].endswith("ing"))
    opening = next(led, first - 1) + 1  # "After laying a wreath, X …", "Weeks after taking office, X …"
    if not low[opening].endswith(_PARTICIPLES) and low[opening] not in _PARTED:
        return []
    if any(m.start <= first < m.end for m in text.mentions[index]):
        return []  # "Beijing", "United Nations"
    for n, m in enumerate(named):
        begin = m.start - 1 - (low[m.start - 1] in _DEFINITE)
        apposed = low[m.end] == "," and "," in low[m.start : m.end]  # "the Chadian minister, |X,| said"
        if low[begin] == "," and (apposed or low[m.end] not in _GOING_ON):
            return named[n:]
    return []


def resolved(s: Sentence, g: Group, *, nearest: bool = False) -> Group:
    """Return a group in which pronouns have given way to those they stand for."""
    if len(g.mentions) == 1 and g.mentions[0].type in ("person", "body", "place"):
        return g
    out: list[Mention] = []
    for m in g.mentions:
        if m.type in ("he", "own"):
            out += _one_meant(s, m, nearest=nearest)
        elif m.type == "him":
            out += _other_meant(s, m)
        elif m.type == "guest":
            out += _guests(s)
        elif m.type == "envoy":
            out += _envoy(s)
        elif m.type == "office" and m.titles[0].plural and m.titles[0].of is None and _definite(s, m):
            out += _officers(s, m) or [m]  # "the presidents of the two countries"
        elif m.type == "group":
            out += _all_meant(s, m)
        else:
            out.append(m)
    return Group(g.start, g.end, out)


def _officers(s: Sentence, m: Mention) -> list[Mention]:
    """Who "the presidents" are: those of the news, or others of their countries where none of them is one."""
    of_news, title = leaders(s), m.titles[0]
    if title.kind is None or s.lex.office_kinds[title.kind].top in LEADERS:
        return of_news
    people = {x.person for x in of_news if x.type == "person"}
    kinds = {t.kind for k in people for t in s.register.entries[k].titles}
    bodies = {x.value for x in of_news if x.type == "body"} | s.register.homes(people)
    lands = sorted(bodies & s.authority.countries.keys())
    if title.kind in kinds or not people or len(lands) < 2:
        return of_news
    return [Mention("office", m.start, m.end, titles=[replace(title, of=land, plural=False)]) for land in lands]


def _one_meant(s: Sentence, m: Mention, *, nearest: bool) -> list[Mention]:
    same = next((x for x in s.text.mentions[s.index] if x.type == "he" and x.end <= m.start), None)
    if same is not None and m.type == "he":
        return _one_meant(s, same, nearest=nearest)  # "he will meet X, his first trip since he took office"
    since = s.text.low[m.start - 1] in _SUBORDINATORS  # "X's first visit since he took office"
    before = [
        x
        for x in s.text.mentions[s.index]
        if x.end <= m.start
        and x.type in ("person", "office")
        and not x.predicative
        and not (x.type == "office" and x.titles[0].plural)  # "told lawmakers that he"
        and not (m.type == "he" and s.text.low[x.end] == "'s" and not since and s.text.low[x.end + 1] not in _VOICES)
        and (x.name is not None or x.titles)  # not "I", "you"
    ]
    if before and m.type == "he" and s.context.last_subject and (_behind_quote(s, m) or _met_first(s, m, before)):
        return s.context.last_subject
    if m.type == "he" and m.end - m.start > 1:  # "a minister, who handed |His Majesty| a letter"
        reigning = [x for x in before if any(title.kind in MONARCHS for title in x.titles)]
        if reigning:
            return reigning[:1]
    if not before:
        ahead = fronted(s, m.start) if m.type == "own" else m.type == "he" and _acting_behind(s, m.end)
        return ahead or _one_of(s, s.context.last_subject)
    if m.type == "he" and (told := _told_of(s, before)):
        return told
    whose = _antecedent(s, m, before)
    if whose is None and s.text.low[m.start - 1] == "including":  # "A praised B's visit, including |his| talks"
        whose = next((x for x in reversed(before) if s.text.low[x.end] == "'s"), None)
    if whose:
        return [whose]
    return before[-1:] if nearest else behind_opening(s.text, s.index, before)[:1]


def _told_of(s: Sentence, before: list[Mention]) -> list[Mention]:
    """Of whom it is said, if that comes from another: "A spokesman said on May 2 |that X| will go to Y, where he"."""
    low = s.text.low
    that = (x for x in before[1:] if low[x.start - 1 - (low[x.start - 1] == "the")] == "that")
    return [x for x in that if not _SAYING.isdisjoint(low[before[0].end : x.start])][:1]


def _one_of(s: Sentence, last: list[Mention]) -> list[Mention]:
    """Who alone is named beside several: "The envoys of A and B presented their credentials to X. |He| hosted …"."""
    if not (last and last[0].type == "office" and last[0].titles[0].plural):
        return last
    people = {m.person: m for m in s.text.mentions[s.index - 1] if m.type == "person"} if s.index else {}
    return list(people.values()) if len(people) == 1 else last


def _behind_quote(s: Sentence, m: Mention) -> bool:
    """Whether who "he" is has just been quoted, and so is nobody named in his words: '"X was a friend," he said'."""
    return m.start > s.first and s.text.low[m.start - 1] in _QUOTES


def _met_first(s: Sentence, m: Mention, before: list[Mention]) -> bool:
    """Whether those named in a phrase set before the sentence are others: "After talks |with X|, he flew to Y"."""
    low = s.text.low
    if low[m.start - 1] != "," or low[s.first] not in _FRONTING or "," in low[s.first : before[0].start]:
        return False
    lead = low[before[0].start - 1 - (low[before[0].start - 1] == "the")]
    return lead == "with" or lead.endswith("ing")


def _definite(s: Sentence, m: Mention) -> bool:
    """Whether those who hold an office are told to be the ones spoken of: not so "Latin American ministers"."""
    k = m.start - 1
    if k >= s.first and s.text.low[k] in _SOME:
        return False  # "some heads of state"
    if k > s.first and s.text.low[k] == "of" and s.text.low[k - 1] in _AMOUNTS:
        return False  # "a number of presidents"
    return k < s.first or s.text.low[k] in _DEFINITE or s.text.tokens.words[k].islower()


def _other_meant(s: Sentence, m: Mention) -> list[Mention]:
    """Whom "him" stands for: whoever the text went on about, unless it is he who acts here."""
    he = next((x for x in s.text.mentions[s.index] if x.type == "he" and x.end <= m.start), None)
    if he is not None:
        meant = _one_meant(s, he, nearest=False)
        between = (x for x in s.text.mentions[s.index] if he.end <= x.start < m.start)
        named_between = any(x.type in ("person", "office") for x in between)
        return meant if named_between else _other_of_two(s, meant)  # "he goes on to Y, where X will host him"
    named = [x for x in s.text.mentions[s.index] if x.end <= m.start and x.type in ("person", "office")]
    acting = {x.person for x in named if x.type == "person"}
    acting |= {k for x in named if x.type == "office" and (k := s.register.holder(x.titles[0])) is not None}
    last = [x for x in s.context.last_subject if x.type == "person" and x.person not in acting]
    if not named and s.context.author is not None and not _I.isdisjoint(s.text.low[s.first : m.start]):
        return _spoken_of(s)  # "|I| spoke to him yesterday"
    if len({x.start for x in named}) == 2 and all(x.type == "person" for x in named):
        near = m.start - named[1].end < 3 or "who" in s.text.low[named[1].end : named[1].end + 2]
        return named[:1] if near else named[1:]  # "X met Y, who thanked |him|", "X met Y and thanked |him|"
    if len({x.start for x in named}) != 1:
        return _met_just(s, named[-1].person) if named else []
    if not last and (met := next((d for d in reversed(s.drafts) if acting <= d.people), None)):
        others = sorted(met.people - acting)
        return [Mention("person", 0, 0, person=k) for k in others] if len(others) == 1 else []
    if len(last) == 1 and s.register.homes(acting) == s.register.homes({last[0].person}):
        return guest_of(s, last[0].person) or last  # "A received B of Y. C will also meet |him|."
    return last


def _met_just(s: Sentence, person: int) -> list[Mention]:
    """Who from abroad meets another in what the sentence has told: "A will talk with B, and |C| will meet him"."""
    told = s.drafts[-1] if s.drafts else None
    home = s.register.country_of(person) if person >= 0 else None
    if told is None or home is None or told.spans[-1] != s.span or told.top not in _TALKS or person in told.people:
        return []
    abroad = [k for k in sorted(told.people) if s.register.country_of(k) not in (home, None)]
    return [Mention("person", 0, 0, person=abroad[0])] if len(abroad) == 1 else []


def _other_of_two(s: Sentence, one: list[Mention]) -> list[Mention]:
    """With whom somebody talks in the news, if with one alone: "He thanked |him|"; else he hims."""
    who = {m.person for m in one}
    news: set[int] = next((d.people for d in s.drafts if d.lead and d.top in _TALKS), set())
    others = sorted(news - who)
    return [Mention("person", 0, 0, person=others[0])] if who < news and len(others) == 1 else one


def guest_of(s: Sentence, person: int) -> list[Mention]:
    """Return who from abroad met somebody in the talk that was told right before."""
    told = s.drafts[-1] if s.drafts else None
    home = s.register.country_of(person)
    if told is None or person not in told.people or s.span[0] - told.spans[-1][1] not in range(_RIGHT_BEFORE):
        return []
    abroad = [k for k in sorted(told.people) if s.register.country_of(k) not in (None, home)]
    return [Mention("person", 0, 0, person=k) for k in abroad] if len(abroad) == 1 else []


def _occasion(s: Sentence) -> Draft | None:
    """The talks of several, told right before, that a sentence without anybody goes on from: "Dinner followed"."""
    if not s.index or any(m.type in _ANYBODY for m in s.text.mentions[s.index]):
        return None
    before = s.text.spans[s.index - 1]
    told = [d for d in s.drafts if d.top in _ATTENDED and before in d.spans and not d.background]
    return next((d for d in reversed(told) if len(s.register.homes(d.people)) > 1), None)


def go_on(s: Sentence, draft: Draft, role: str) -> None:
    """Take those of the occasion told right before, with its day and place, for what it went on with."""
    occasion = _occasion(s)
    if occasion is None:
        return
    s.take(draft, role, [Group(0, 0, [Mention("person", 0, 0, person=k) for k in sorted(occasion.people)])])
    if draft.date is None and occasion.date and occasion.status == draft.status:
        draft.share(occasion)


def _spoken_of(s: Sentence) -> list[Mention]:
    """Whom the sentences right before name last, beside who says "I"."""
    rows = s.text.mentions[max(0, s.index - 2) : s.index]
    named = [x for row in rows for x in row if x.type == "person" and x.person not in (-1, s.context.author)]
    return named[-1:]


def _guests(s: Sentence) -> list[Mention]:
    """Who came on the visit, or was received, that was told last."""
    for draft in reversed(s.drafts):
        came = [k for role, k in draft.roles if role in ("visitor", "guest")]
        if came:
            return [Mention("person", 0, 0, person=k) for k in came]
        if draft.top == "visit" and draft.place and not draft.people:
            away = draft.parties - {s.lex.country_of(draft.place)}
            return [Mention("body", 0, 0, value=party) for party in sorted(away)]  # "a delegation of French MPs"
    return s.context.last_subject if _led_before(s) else _from_abroad(s)


def _envoy(s: Sentence) -> list[Mention]:
    """The one envoy whom the sentences before name: "|The diplomat| was received by the minister"."""
    named = {m.person: m for row in s.text.mentions[: s.index][-_NEAR_BEFORE:] for m in row if m.type == "person"}
    kinds = s.lex.office_kinds
    posted = [
        m
        for k, m in named.items()
        if k >= 0 and any(x.kind and kinds[x.kind].top == _AMBASSADOR for x in s.register.entries[k].titles)
    ]
    return posted if len(posted) == 1 else []


def _from_abroad(s: Sentence) -> list[Mention]:
    """Who alone came to talks in the country of another: "X held talks with Y in Z. The |visiting leader| then …"."""
    told = next((d for d in reversed(s.drafts[-_RECENT:]) if d.top == "meeting" and len(d.people) > 1), None)
    host = (s.lex.country_of(told.place) if told.place else s.register.home) if told is not None else None
    if told is None or host is None or host not in s.register.homes(told.people):
        return []
    came = [k for k in sorted(told.people) if s.register.country_of(k) not in (host, None)]
    return [Mention("person", 0, 0, person=came[0])] if len(came) == 1 else []


def _led_before(s: Sentence) -> bool:
    """Whether whoever the text went on about leads a delegation: "X is |leading a delegation| to Y and Z"."""
    first, low = s.text.sentences[max(0, s.index - 1)][0], s.text.low
    sent = next((k for k in range(first, s.first) if low[k] in _DELEGATIONS), 0)
    return sent > 0 and not _HEADING.isdisjoint(low[max(first, sent - _BESIDE_NOUN) : sent])


def _antecedent(s: Sentence, m: Mention, before: list[Mention]) -> Mention | None:
    """Whom a "who" between takes up: "welcomed X, who came on her first visit"."""
    who = next((k for k in range(m.start - 1, before[0].end - 1, -1) if s.text.low[k] == "who"), None)
    return next((x for x in reversed(before) if who is not None and who - 2 < x.end <= who), None)


def fronted(s: Sentence, k: int) -> list[Mention]:
    """Return whom the opening phrase of a sentence, around token ``k``, is told of: "During a visit to Y, X met …"."""
    low = s.text.low
    if acting := acting_behind(s, k):
        return acting
    if k - s.opening(k) > 8:
        return []
    for x in s.text.mentions[s.index]:
        if x.start > k and x.type == "he" and low[x.start - 1] == ",":
            return s.context.last_subject  # "Besides meeting with X, he …"
        if x.start > k and x.type in ("person", "office") and not x.predicative:
            owner = next((m for m in s.text.mentions[s.index] if m.owns(x, low)), x)
            begin = owner.start - 1 - (low[owner.start - 1] == "the" or low[owner.start - 1] in _OWN)
            if low[begin] == ",":
                return [x]
    return []


def acting_behind(s: Sentence, k: int) -> list[Mention]:
    """Return whom a participle that opens the sentence, before token ``k``, is told of: "Addressing Y, |X| said"."""
    named = [x for x in s.text.mentions[s.index] if x.type in _ACTING and not x.predicative]
    acting = behind_participle(s.text, s.index, named)[:1]
    if not acting or acting[0].start <= k:
        return []
    if acting[0].type == "group":  # "Having visited X, |they| agreed"
        return _all_meant(s, acting[0]) if s.text.low[acting[0].start] == "they" else []
    return s.context.last_subject if acting[0].type == "he" else acting


def _acting_behind(s: Sentence, k: int) -> list[Mention]:
    """Return who is named behind a participle that opens the sentence with a "he" of his: "Speaking in X, where |he|
    met Y, |Z| said"."""
    acting = acting_behind(s, k)
    return acting if acting and acting[0].type in ("person", "office") else []


def _all_meant(s: Sentence, m: Mention) -> list[Mention]:
    if s.index in s.context.turns and s.text.low[m.start] == "they":
        return []  # others than the two who talk
    row = None
    if s.text.low[m.start] == "their" or s.text.low[m.start - 1] == "that":  # "A, B and C announced |that they|"
        row = next((x for x in reversed(s.groups) if x.end <= m.start and len(x.mentions) > 1), None)
    row = row or _row_behind(s, m)
    if row is None and (three := _three_meant(s, m)):
        return three
    return resolved(s, row).mentions if row else _pair_before(s, m) or _two_before(s, m) or _those_spoken_of(s, m)


def _three_meant(s: Sentence, m: Mention) -> list[Mention]:
    """Those of the talks of three that were told last: "the |three| ministers", "the trio"."""
    if _OF_THREE.isdisjoint(s.text.low[m.start : m.end]) or s.text.low[m.end - 1] in _STATES_OR_SIDES:
        return []
    told = next((d for d in reversed(s.drafts[-_RECENT:]) if len(d.people) + len(d.offices) == 3), None)
    return of_draft(told) if told is not None else []


def of_draft(d: Draft) -> list[Mention]:
    """Return the people and bodies of a draft as mentions."""
    people = [Mention("person", 0, 0, person=k) for k in sorted(d.people)]
    return people + [Mention("body", 0, 0, value=p) for p in sorted(d.parties)]


def _row_behind(s: Sentence, m: Mention) -> Group | None:
    """The several people whom a phrase set before the sentence speaks of: "At |their| meeting, A and B agreed"."""
    low = s.text.low
    if m.start - s.first > _OPENING or low[s.first] not in _FRONTING:
        return None
    found = next((g for g in s.groups if g.start > m.start and g.mentions[0].type in ("person", "office")), None)
    before = found.start - 1 - (low[found.start - 1] in _DEFINITE) if found is not None else 0
    return found if found is not None and len(found.mentions) > 1 and low[before] == "," else None


def _those_spoken_of(s: Sentence, m: Mention) -> list[Mention]:
    """Those of the news; of a journey to several countries, "they" are the travellers and none of their hosts."""
    meant = leaders(s)
    told = next((d for d in sorted(s.drafts, key=_rank) if d.weight() > 1), None)
    if s.text.low[m.start] != "they" or told is None or told.top != "visit" or len(told.people) < 2:
        return meant
    if len({tuple(d.legs) for d in s.drafts if d.top == "visit" and d.people == told.people}) < 2:
        return meant
    travellers = [x for x in meant if x.type == "person"]
    return travellers if {x.person for x in travellers} == told.people else meant


def _two_before(s: Sentence, m: Mention) -> list[Mention]:
    """The two countries of the sentence before that "the two sides", "both countries" are, and not the news."""
    if s.text.low[m.end - 1] not in _STATES_OR_SIDES or not s.index:
        return []
    named = [x for x in s.text.mentions[s.index - 1] if x.type in ("body", "person", "office")]
    bodies = {x.value for x in named if x.type == "body"}
    lands = bodies & s.authority.countries.keys()
    told = any(lands & d.parties for d in s.drafts if d.lead and len(d.parties) > 1 and lands <= d.parties)
    alone = len(bodies) == len(lands) == 2 and all(x.type == "body" for x in named)
    return [Mention("body", 0, 0, value=land) for land in sorted(lands)] if alone and not told else []


def _pair_before(s: Sentence, m: Mention) -> list[Mention]:
    """The two people, of two countries, that the sentence has named before "they", "where the two met"."""
    named = {x.person: x for x in s.text.mentions[s.index] if x.type == "person" and x.person >= 0}
    before = [x for x in named.values() if x.end <= m.start]
    lands = s.register.homes([x.person for x in before])
    if len(before) == 1:  # "|the Chadian president| and X discussed it when they met"
        offices = [x for x in s.text.mentions[s.index] if x.type == "office" and x.end <= m.start]
        before += [x for x in offices if not x.titles[0].plural]
        lands |= {x.titles[0].of for x in before if x.type == "office" and x.titles[0].of}
    return before if len(before) == 2 and len(lands) == 2 else []


def leaders(s: Sentence) -> list[Mention]:
    """Return whom "the two leaders", "both sides" stand for: who takes part in the news, or the two named so far."""
    last = s.drafts[-1] if s.drafts else None
    if last is not None and last.top in _TALKS and last.told and not last.lead and _pair_of(s, last):
        return of_draft(last)
    told = next((d for d in sorted(s.drafts, key=_rank) if d.weight() > 1), None)
    pair = _pair_named(s) if told is None or len(told.people) < 2 else []
    if pair:
        return [Mention("person", 0, 0, person=k) for k in pair]
    if told is not None:
        return of_draft(told)
    return [Mention("body", 0, 0, value=body) for body in s.register.first_two()]


def _pair_of(s: Sentence, last: Draft) -> bool:
    """Whether the sentence right before tells of a talk of two, of two countries."""
    near = last.spans[-1][1] <= s.span[0] and s.text.sentence_of(s.text.token_at(last.order)) >= s.index - 1
    return near and len(last.people) == 2 and len(s.register.homes(last.people)) == 2


def _pair_named(s: Sentence) -> list[int]:
    """The two people, of two countries, that the sentences just before name, and nobody else."""
    for far in (3, 1):
        rows = s.text.mentions[max(0, s.index - far) : s.index]
        named = list(dict.fromkeys(m.person for row in rows for m in row if m.type == "person" and m.person >= 0))
        if len(named) == 2 and len(s.register.homes(named)) == 2:
            return named
    return []
