"""Acts: what the words right around a verb or noun tell of it — voice, object, and the date that is its own."""

from itertools import pairwise

from kg.language.dates import When
from kg.language.text import Mention
from kg.language.words import read_lexicon, words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group
from kg.mappers.reference import resolved
from kg.mappers.subjects import may_act

_PASSIVE = words("acts", "passive_auxiliaries")
_BETWEEN = words("acts", "between_auxiliary_and_participle")
_BEFORE_PLAIN = words("acts", "before_plain_verbs")
_AFTER_NOUNS = words("acts", "after_nouns")
_APART = words("grammar", "apart")
_DATE_BARRIERS = words("acts", "before_no_date")
_OBJECT_BARRIERS = words("acts", "before_no_object")
_NOT_SUBJECT = words("grammar", "before_no_subject")
_NOT_ADJECTIVES = words("acts", "no_adjectives")
_MARKS_WITHIN = frozenset("-,\"'“”’") | {"'s"}
_OWNING = (["'s"], ["'"], ["’"])
_FRESH = words("acts", "fresh")
_DOING = words("acts", "doing_verbs")
_BEFORE_INFINITIVES = _BEFORE_PLAIN - words("acts", "future_auxiliaries")
_DECIDING = words("acts", "deciding_verbs")
_THAT_DAY = words("dates", "weekdays") | {"today", "yesterday", "on", "in"}
_PROCEEDING = words("acts", "proceeding_verbs")
_ONWARD = words("acts", "proceeding_particles")
_HITTING = words("acts", "hitting_verbs")
_HYPOTHETICAL = words("acts", "hypothetical")
_FIRST_PERSON = words("acts", "first_person")
_LIMITS = words("acts", "limits")
_FUTURE = words("acts", "future_auxiliaries")
_PACKAGES = words("acts", "packages_of")
_YEARS = words("acts", "year_counts")
_ROUGHLY = words("acts", "roughly")
_SPANS: dict[str, int] = read_lexicon()["counts"]["spans"]
_NUMBERS: dict[str, int] = read_lexicon()["counts"]["numbers"]
_SAYING = words("grammar", "said_verbs")
_BESIDE_VERBS = words("acts", "beside_verbs")
_BEFORE_VERBS = _BESIDE_VERBS | _PASSIVE
_ORGANS = words("grammar", "speaking_organs")
_BEFORE_IT = words("acts", "before_it")
_BEFORE_GERUNDS = words("acts", "before_gerunds")
_OWN_MARKS = ("'s", "'", "’")
_WHICH = ("that", "which")
_HAVING = words("grammar", "perfect_auxiliaries")
_GIVING = words("acts", "giving_verbs")
_GIVEN = _GIVING - words("acts", "arriving_verbs")
_PUT_UP = words("acts", "put_up")
_BY_MEANS = words("acts", "by_means")
_ONGOING = words("acts", "ongoing")
_LANDS = words("acts", "lands")
_PROMPTING = words("acts", "prompting")
_CALAMITIES = words("acts", "calamities")
_FIRST_SENTENCES = 3
_UNIONS = words("acts", "unions")
_EMBASSIES = words("ceremonies", "offices_abroad")
_BEFORE_CAPITALS = words("relations", "before_capitals")


def passive(s: Sentence, t: Trigger) -> bool:
    """Whether the verb of a phrase is in the passive: "was duly elected", "has been appointed"."""
    low = s.text.low
    if low[t.start] in _PASSIVE and low[t.start + 1].endswith("ing"):
        return False  # "was expelling six envoys"
    if any(word in _PASSIVE for word in low[t.start : t.end - 1]):
        return True
    if low[t.start].endswith("ing"):
        return False  # "was recalling its ambassador"
    k = t.start - 1
    while k > s.first and (low[k] in _BETWEEN or low[k].endswith("ly")):
        k -= 1
    return k >= s.first and low[k] in _PASSIVE


def verbal(s: Sentence, t: Trigger) -> bool:
    """Whether a lone form that may be noun or verb ("attacks", "fire") is the verb, by the words beside it."""
    word = s.text.low[t.start]
    if t.end - t.start > 1 or not (t.predicate or word.endswith("s")):
        return t.predicate
    if t.predicate and (word.endswith(("ed", "ing")) or word in s.lex.verbs):
        return True
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    if t.predicate and (before in _PASSIVE or (before in _HAVING and word in s.lex.verb_forms)):
        return True  # "were withdrawn", "has |chosen|"
    if before in _BEFORE_PLAIN or before.endswith("ly"):
        return not word.endswith("s")
    behind = s.text.low[t.end] if t.end < s.last else ""
    if t.predicate and before == "who":
        return True
    if before in _ORGANS and t.predicate:
        return behind not in _AFTER_NOUNS  # "the parliament picks"
    return behind not in _AFTER_NOUNS and any(
        g.end == t.start
        and not (g.mentions[-1].type == "body" and (g.mentions[-1].adjective or done_upon(s, g) is not None))
        for g in s.groups
    )


def done_upon(s: Sentence, g: Group) -> int | None:
    """The verb of doing right before a body whose name goes before what is done to it: "|extends| new X sanctions"."""
    k = g.start - 1
    k -= k > s.first and s.text.low[k] in _FRESH
    return k if k >= s.first and s.text.low[k] in _DOING else None


def first_object(s: Sentence, t: Trigger, reach: int = 8) -> Group | None:
    """The person or office next behind a verb, with those in the same row; ``None`` where something parts them."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.start < t.start or m.end <= t.end or m.type not in ("person", "office") or m.predicative:
            continue  # a title may have swallowed the verb: "parliament elected Speaker NAME"
        gap = low[t.end : m.start]
        if len(gap) > reach or any(word in _OBJECT_BARRIERS for word in gap):
            return None
        return next((g for g in s.groups if g.start <= m.start < g.end), Group(m.start, m.end, [m]))
    return None


def country_behind(s: Sentence, t: Trigger) -> Mention | None:
    """The country itself, and nothing of it, right behind a verb: "recognised Palestine", "suspended Gabon"."""
    begin = t.end + (s.text.low[t.end] in ('"', "”"))  # 'decided to "suspend" Gabon'
    at = begin + (s.text.low[begin] == "the")
    named = next((m for m in s.text.mentions[s.index] if m.start in (at, at - 1) and m.type == "body"), None)
    if named is None or named.value not in s.authority.countries or named.adjective or named.organ:
        return None
    return None if named.end < s.last and s.text.low[named.end][0] in "'’" else named


_TO_FRONTED = 5
"""Tokens before a date that a sentence begins with: "(Oslo) Late on Monday,"."""
_LONGEST_SUBJECT = 7


def own_date(s: Sentence, t: Trigger, reach: int = 24) -> When | None:
    """The date of what a noun names: right before it ("the March 12 election"), or behind it in the same phrase."""
    low = s.text.low
    best: When | None = None
    for when in s.whens:
        first, last = s.text.token_at(when.start), s.text.token_at(when.end)
        if last <= t.start:
            gap = low[last : t.start]
            if len(gap) <= 4 and _APART.isdisjoint(gap) and all(word.isalpha() or word == "'s" for word in gap):
                best = when
        elif first >= t.end:
            begin = _past_person(s, t.end, first)
            named = (*s.groups, *(s.context.instruments.get(s.index, ()) if t.top == "signing" else ()))
            within = {k for g in named if begin <= g.start and g.end <= first for k in range(g.start, g.end)}
            gap = [low[k] for k in range(begin, first) if k not in within]  # "between X |and| Y in May"
            parted = any(word in _DATE_BARRIERS for word in gap) or any(
                x is not t and t.end <= x.start < first and x.top != t.top for x in s.triggers
            )
            return best if len(gap) > reach or parted else best or when
    return best or _fronted(s, t)


def _fronted(s: Sentence, t: Trigger) -> When | None:
    """The date set before a sentence of which the noun is the subject: "On Monday, |X's recall of its envoy| led"."""
    when = next(iter(s.whens), None)
    if when is None or s.text.token_at(when.start) - s.first > _TO_FRONTED:
        return None
    low, begin = s.text.low, s.text.token_at(when.end)
    if low[begin] != "," or not 0 < t.start - begin <= _LONGEST_SUBJECT:
        return None
    named = {k for g in s.groups if begin < g.start < t.start for k in range(g.start, g.end)}
    rest = [low[k] for k in range(begin + 1, t.start) if k not in named]
    plain = (w == "'s" or (w.isalpha() and not w.endswith(("ed", "ing")) and w not in s.lex.verb_forms) for w in rest)
    return when if all(plain) and _OBJECT_BARRIERS.isdisjoint(rest) else None


def is_past(s: Sentence, t: Trigger) -> bool:
    """Return whether a noun has a date of its own that is past: "recalled X's assistance to Y |in 2015|"."""
    own = own_date(s, t)
    return own is not None and own.value < (s.published or "")


def _past_person(s: Sentence, begin: int, end: int) -> int:
    """Past whose it is and what is said of him: "the inauguration |of NAME, Prime Minister of X,| on May 5"."""
    of = next((m for m in s.text.mentions[s.index] if begin <= m.start < end and m.type == "person"), None)
    if of is None or not of.titles or s.text.low[begin] != "of":
        return begin
    past = max([of.end, *(title.end for title in of.titles)])
    return past + (s.text.low[past] == ",") if past < end else begin


def owners(s: Sentence, t: Trigger, reach: int = 9) -> list[Group]:
    """Those whose a noun is, adjectives between: "Russia's unprovoked and unjustified invasion"."""
    low = s.text.low
    for g in reversed(s.groups):
        gap = low[g.end : t.start]
        if g.end > t.start or len(gap) > reach:
            continue
        last = g.mentions[-1]
        own = gap[:1] in _OWNING or last.type == "its"
        own = own or (last.type == "body" and (last.adjective or low[g.end - 1] == ")"))  # "the Republic (R) recent"
        if last.type == "its":  # "X's withdrawal and |its| war against"
            alone = (x for x in s.groups if len(x.mentions) == 1)  # "X and |its| attacks", not "A and B and its"
            beside = (x for x in alone if x.end == g.start - 1 and low[x.end] == "and")
            marked = (x for x in reversed(s.groups) if x.end < g.start and low[x.end] in _OWN_MARKS)
            g = next(marked, next(beside, g))
        return [resolved(s, g)] if own and all(_adjectival(w) for w in gap) else []
    return []


def _adjectival(word: str) -> bool:
    """Whether a word may stand between an owner and a noun."""
    return word not in _NOT_ADJECTIVES and (word.isalnum() or "-" in word or word in _MARKS_WITHIN)


def doer(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Who does what a noun names, by a verb before it or a participle behind: "announced new sanctions"."""
    low = s.text.low
    if any(w in _DOING for w in low[t.end : t.end + 3]) and "by" in low[t.end : t.end + 4]:
        by = low.index("by", t.end)
        return [g for g in s.groups if by < g.start <= by + 3][:1]
    if (verb := told_at(s, t)) is not None:
        return told_by(s, t, verb)
    begin = max(s.clause_start(t.start), t.start - 9)
    at = next((k for k in range(t.start - 1, begin - 1, -1) if low[k] in _DOING), None)
    plain = at is not None and at > s.first and low[at - 1] in _BEFORE_INFINITIVES and not low[at].endswith("ing")
    if at is not None and plain and not decided(s, at):
        return []
    if at is None or not _undivided(s, t, at):
        at = next((k for k in range(t.start - 1, begin - 1, -1) if low[k] in _HITTING), None)
        if at is None or "with" not in low[at + 1 : t.start]:
            return []
    free = [g for g in s.groups if g.end <= at and acts(s, g)]
    if low[at - 1] == "to" or low[at].endswith("ing"):
        free = owner_of_deed(s, at) or free
    if not free and s.register.home and _FIRST_PERSON.intersection(low[max(s.first, at - 3) : at]):
        return [Group(at, at, [Mention("body", at, at, value=s.register.home)])]  # "we are announcing sanctions"
    return [resolved(s, free[-1])] if free else metonym(s, at)


def owner_of_deed(s: Sentence, at: int) -> list[Group]:
    """Whose role it is to do what the verb at ``at`` says: "|X's| leadership in imposing", "|X's| decision to send"."""
    low = s.text.low
    if low[at - 1] != "to" and low[at - 1] not in _BEFORE_GERUNDS:
        return []
    return [g for g in s.groups if 0 < at - g.end < 7 and low[g.end] in _OWN_MARKS][-1:]


def told_at(s: Sentence, t: Trigger, reach: int = 16) -> int | None:
    """The verb of a clause behind a noun that tells who did it: "the attacks that X |launched| on Y"."""
    low = s.text.low
    at = next((k for k in range(t.end + 1, min(s.last, t.end + reach)) if low[k] in _DOING), None)
    return at if at is not None and told_by(s, t, at) else None


def told_by(s: Sentence, t: Trigger, at: int) -> list[Group]:
    """Who does it by the verb at token ``at``: "sanctions |that X and Y have| imposed", "the attack |X| launched"."""
    low = s.text.low
    for g in s.groups:
        if t.end <= g.start and g.end <= at and all(w in _BEFORE_VERBS for w in low[g.end : at]):
            begin = g.start - (low[g.start - 1] == "the")
            return [g] if begin == t.end or low[begin - 1] in _WHICH else []
    return []


def _undivided(s: Sentence, t: Trigger, at: int) -> bool:
    """Whether the verb at token ``at`` does what a noun names, and no other noun between: "issued |a statement …"."""
    low, end = s.text.low, t.start
    if low[end - 1] == "of" and low[end - 2] in _PACKAGES:
        end -= 2  # "imposed three |rounds of| sanctions"
    if not all(_adjectival(w) for w in low[at + 1 : end]):
        return False
    return not any(at + 1 < x.end <= end and x.top != t.top for x in s.triggers)


def decided(s: Sentence, at: int) -> bool:
    """Whether the infinitive at token ``at`` is firmly resolved on: "decided to impose"."""
    low = s.text.low
    k = at - 2
    begun = {s.text.token_at(when.end): s.text.token_at(when.start) for when in s.whens}
    while k > s.first and (k + 1 in begun or low[k].endswith("ly") or low[k] in _THAT_DAY):
        k = begun.get(k + 1, k) - 1
    return k >= s.first and low[at - 1] == "to" and low[k] in _DECIDING


def proceeded(s: Sentence, at: int) -> bool:
    """Whether the infinitive at token ``at`` is of what was done: "proceeded to sign", "went on to hand over"."""
    low = s.text.low
    k = at - 2 - (low[at - 2] in _ONWARD)
    return k >= s.first and low[at - 1] == "to" and low[k] in _PROCEEDING


def reported(s: Sentence, t: Trigger) -> list[Group]:
    """Who speaks of "it" before a reported clause: "X's Foreign Ministry announced that it was recalling …"."""
    begin = s.clause_start(t.start)
    if begin == s.first or s.text.low[begin - 1] != "that":
        begin = _it_said(s, t)
    if begin == s.first:
        return []
    before = [g for g in s.groups if g.end <= begin and acts(s, g)]
    return [resolved(s, before[-1])] if before else []


def _it_said(s: Sentence, t: Trigger) -> int:
    """The token after the verb of saying in "the ministry said it was ordering"; else the first of the sentence."""
    low = s.text.low
    it = next((k for k in range(t.start - 1, max(s.first, t.start - 6), -1) if low[k] == "it"), s.first)
    return it if it > s.first and low[it - 1] in _SAYING else s.first


def prompted(s: Sentence, t: Trigger) -> list[Group]:
    """Who is led to do something, before the infinitive: "…, prompting |X| to immediately recall"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and low[k].endswith("ly"):
        k -= 1
    led = [g for g in s.groups if g.end == k] if low[k] == "to" else []
    return [g for g in led if low[g.start - 1 - (low[g.start - 1] == "the")] in _PROMPTING]


def reporting(s: Sentence, t: Trigger) -> list[Group]:
    """Whose ministry closes the sentence by telling what it did: "was summoned on Monday, |X's ministry| said"."""
    low = s.text.low
    for g in reversed([g for g in s.groups if g.start >= t.end][-2:]):
        organ = next((k for k in range(g.end - 1, min(s.last, g.end + 5)) if low[k] in _ORGANS), None)
        if organ is not None and not _SAYING.isdisjoint([*low[organ + 1 : organ + 3], low[g.start - 1]]):
            return [g]
    return []


def acts(s: Sentence, g: Group) -> bool:
    """Whether no preposition keeps a group from being who acts; places and what follows them ("Rome, Italy") do not."""
    if g.mentions[-1].type == "place" or not may_act(s, g):
        return False
    comma = g.start > s.first and s.text.low[g.start - 1] == ","
    return not comma or not any(m.type == "place" and m.end == g.start - 1 for m in s.text.mentions[s.index])


def metonym(s: Sentence, at: int) -> list[Group]:
    """The capital that stands for its state right before a verb at token ``at``: "Caracas had broken ties"."""
    for m in s.text.mentions[s.index]:
        if m.type == "place" and m.end <= at <= m.end + 3:
            before = s.text.low[m.start - 1] if m.start > s.first else ""
            seat = before == "in" and s.text.low[m.start - 2] in _ORGANS  # "the foreign office |in Lima| summoned"
            if seat or (before not in _NOT_SUBJECT and not (before == "," and _ends_place(s, m.start - 1))):
                return [Group(m.start, m.end, [m])]
    return []


def stand_in(s: Sentence, at: int) -> list[Group]:
    """Whom "it", "the republic", "the bank", ", which" right before a verb at token ``at`` stand for."""
    low = s.text.low
    k = at - 1
    while k > s.first and (low[k] in _BESIDE_VERBS or low[k].endswith("ly")):
        k -= 1
    if k < s.first:
        return []
    if low[k] == "which" and low[k - 1] == ",":
        return [g for g in s.groups if g.end == k - 1 and all(m.type == "body" for m in g.mentions)]
    sort = "land" if low[k] in _LANDS else "body" if low[k] in _UNIONS else ""
    if low[k] == "it":
        dated = any(s.text.token_at(w.end) == k for w in s.whens)
        if k > s.first and low[k - 1] not in _BEFORE_IT and not dated:
            return []  # "said it would give"
        here = next((g for g in s.groups if g.end <= k and g.mentions[0].type == "body" and acts(s, g)), None)
        if here is not None:
            return [here]
    elif not sort or not _spoken_of(s, k):
        return []
    named = {m.value for m in s.text.mentions[s.index] if m.start > at}
    acting = s.context.last_acting
    found = next((acting[how] for how in ((sort,) if sort else ("land", "body")) if how in acting), None)
    home = s.register.home if sort == "land" else None
    found = home if found in named or not found else found
    return [Group(k, k + 1, [Mention("body", k, k + 1, value=found)])] if found and found not in named else []


def _spoken_of(s: Sentence, k: int) -> bool:
    """Whether the noun at token ``k`` is definite and no name: "the island nation", not "the Pandemic Fund"."""
    low, words = s.text.low, s.text.tokens.words
    the = next((n for n in range(k - 1, max(s.first, k - 4) - 1, -1) if low[n] == "the"), None)
    return the is not None and all(words[n].islower() for n in range(the + 1, k + 1))


def _ends_place(s: Sentence, k: int) -> bool:
    """Whether the name of a place ends at token ``k``: "Rome, Italy"."""
    return any(m.type in ("place", "body") and m.end == k for m in s.text.mentions[s.index])


def governed(s: Sentence, t: Trigger) -> bool:
    """Whether a participle behind a noun says that it was done, by whomever: "sanctions introduced in May"."""
    return done_at(s, t) is not None or any(w in _DOING for w in s.text.low[t.end : t.end + 2])


def done_at(s: Sentence, t: Trigger) -> int | None:
    """The verb set apart behind a noun that tells when it was done: "the sanctions on X, |imposed| in May"."""
    low = s.text.low
    near = range(t.end + 1, min(t.end + 7, s.last - 1))
    begun = {s.text.token_at(when.start) for when in s.whens}
    done = (k for k in near if low[k] in _DOING and low[k].endswith("ed") and not begun.isdisjoint((k + 1, k + 2)))
    return next((k for k in done if low[k - 1] in (",", "(")), None)


def given(s: Sentence, t: Trigger) -> bool:
    """Whether it is told beside the noun of aid that it was given: "assistance |announced| last week"."""
    low = s.text.low
    if t.end < s.last and low[t.end] in _GIVEN and low[t.end].endswith("ed"):
        return True  # not "ensure that assistance |reached| civilians"
    before = low[max(s.first, t.start - 5) : t.start + 1]
    if any(a in _PUT_UP and b in _BY_MEANS for a, b in pairwise(before)):
        return True  # "projects |funded through| X's loans"
    if low[t.start] == "with" and not _ONGOING.isdisjoint(low[max(s.first, t.start - 10) : t.start]):
        return True  # "the |current| projects with the support of X"
    return bool(given_by(s, t))


def given_by(s: Sentence, t: Trigger, reach: int = 9) -> list[Group]:
    """Who gave what a noun names, by a clause behind it: "the assistance |X| has provided"."""
    at = given_at(s, t, reach)
    return [] if at is None else told_by(s, t, at)


def given_at(s: Sentence, t: Trigger, reach: int = 9) -> int | None:
    """The verb of giving behind a noun: "the assistance X has |provided|"."""
    return next((k for k in range(t.end + 1, min(s.last, t.end + reach)) if s.text.low[k] in _GIVING), None)


def hypothetical(s: Sentence, t: Trigger) -> bool:
    """Whether a noun names what may come or is feared: "a possible invasion", "threats of sanctions"."""
    low = s.text.low
    if t.start > s.first and low[t.start - 1] in _BEFORE_PLAIN:
        return True
    feared = (k for k in range(max(s.first, t.start - 4), t.start) if low[k] in _HYPOTHETICAL)
    return any(not s.date_between(k, k + 1) and not low[k - 1].isdigit() for k in feared)  # not "on 12 |May|"


def bodies(s: Sentence, groups: list[Group]) -> set[str]:
    """The bodies that the members of groups are or stand for."""
    found: set[str | None] = set()
    for m in (m for g in groups for m in g.mentions):
        if m.type == "body":
            found.add(m.value)
        elif m.type == "place":
            found.add(s.lex.country_of(m.value))
        elif m.type == "person" and m.person >= 0:
            found.add(s.register.country_of(m.person))
        elif m.type == "office":
            k = s.register.holder(m.titles[0])
            found.add(m.titles[0].of or (s.register.country_of(k) if k is not None else s.register.home))
    return {body for body in found if body}


def stricken(s: Sentence) -> set[str]:
    """The land that the first sentences tell to be struck: "the earthquake in |X|", "|X's| floods", "the |X| crash"."""
    text = s.text
    for k, (first, last) in enumerate(text.sentences[:_FIRST_SENTENCES]):
        at = next((n for n in range(first, last) if text.low[n] in _CALAMITIES), None)
        lands = [m for m in text.mentions[k] if at is not None and m.type in ("place", "body")]
        near = min(lands, key=lambda m: abs(m.start - (at or 0)), default=None)
        if near is not None and (land := s.lex.country_of(near.value)):
            return {land}
    return set()


def years_told(s: Sentence, t: Trigger, reach: int = 14) -> int:
    """The years that "N years of", "the N-th anniversary of", "N years ago" near a phrase count; 0 where none are."""
    low = s.text.low
    near = range(max(s.first, t.start - reach), min(s.last, t.end + 6))
    for k in near:
        word = low[k]
        stem, dash, unit = word.rpartition("-")
        if dash and unit in _YEARS:
            return count(stem)
        if word in _YEARS and k > s.first and not _ROUGHLY.intersection(low[max(s.first, k - 4) : k]):
            return count(low[k - 1])
        if word in _SPANS and low[k + 1] == "of":
            return _SPANS[word]
    return 0


def count(word: str) -> int:
    """Return a number in figures or words, cardinal or ordinal; 0 where it is none.

    >>> count("75th"), count("seventy-fifth"), count("fifty"), count("happy")
    (75, 75, 50, 0)
    """
    figures = word.rstrip("stndrh")
    if figures.isdigit():
        return int(figures) if len(figures) < 4 else 0
    parts = [_NUMBERS.get(part, 0) for part in word.split("-")]
    return sum(parts) if all(parts) else 0


def drop_limit(s: Sentence, draft: Draft, further: str = "") -> None:
    """Undate a draft whose date only says how long, or ``further``, by when: "extended until January"."""
    for when in s.whens:
        at = s.text.token_at(when.start)
        begun = s.text.low[at] in _LIMITS  # "|until March 2025|"
        before = s.text.low[max(s.first, at - 1)]
        if when.value == draft.date and (begun or before in _LIMITS or before == further):
            draft.forget_date()
            done = begun and _FUTURE.isdisjoint(s.text.low[s.first : at])
            draft.status = "occurred" if done or before == further else draft.status


def acting_capitals(s: Sentence, t: Trigger) -> set[str]:
    """The countries of cities that stand for them: "Caracas broke off ties with Lima", "Manila protested"."""
    out = set()
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.type != "place" or not s.clause_start(t.start) <= m.start < s.clause_end(t.end):
            continue
        before = low[m.start - 1] if m.start > s.first else ","
        acting = m.end <= t.start and before in _BEFORE_CAPITALS
        country = s.lex.country_of(m.value) if acting or before == "with" else None
        if country:
            out.add(country)
    return out


def mission_named(s: Sentence, begin: int, end: int) -> str | None:
    """Return whose embassy is named between two tokens: "the X Embassy", "X's consulate", "the embassy of X"."""
    if _EMBASSIES.isdisjoint(s.text.vocabulary):
        return None
    low = s.text.low
    for k in (k for k in range(begin, end) if low[k] in _EMBASSIES):
        for m in (m for m in s.text.mentions[s.index] if m.type == "body" and m.value in s.authority.countries):
            if m.start < k <= m.end + 1 or (low[k + 1] == "of" and k < m.start < k + 4):
                return m.value
    return None
