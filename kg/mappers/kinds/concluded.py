"""What is concluded: the instruments that a phrase of signing, adopting or ratifying is about."""

from kg.language.words import words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.groups import Group
from kg.mappers.instruments import Instrument

_JOINS = words("grammar", "instrument_joins")
_DETERMINERS = words("grammar", "instrument_determiners")
_DEFINITE = words("grammar", "definite_determiners")
_BROAD = words("grammar", "broad_acts")
_BY_PREPOSITION = words("grammar", "acts_by_prepositions")
_CONCLUDED = words("grammar", "conclusion_participles") | words("grammar", "auxiliaries")
_SPECIFYING = words("grammar", "specifying")
_PASSIVE = words("grammar", "passive_helpers")
_HELPERS = words("grammar", "auxiliaries")
_RELATIVES = words("grammar", "relative_pronouns")
_PREPOSITIONS = words("grammar", "before_no_subject") | {"of", "within"}
_AGREED = words("grammar", "agreeing_verbs")
_ON_OR_TO = (["on"], ["upon"], ["to"])
_NOT_ISSUED = ("treaty", "agreement", "mou", "contract", "partnership")
_CONSENT = words("grammar", "consent")
_PAPERS = words("grammar", "papers")
_BETWEEN_SEVERAL = ("treaty", "agreement", "mou", "joint-statement")
_QUOTES = frozenset(('"', "“", "”"))
_ROW_MARKS = frozenset((",", ";", "and", "&", "well"))
_QUANTITIES = words("grammar", "quantities")
_PARTS = words("grammar", "parts_of_instruments")
_ROUGHLY = words("acts", "roughly") | {"more"}
_BY_WHOM = words("grammar", "attending_prepositions") | {"by"}
_FORCE = words("acts", "force")
_LATELY = words("acts", "before_done")
_PLANNED = words("grammar", "planning_participles")
_PRONOUNS = frozenset(("it", "they"))
_WHO = frozenset(("he", "she", "they", "we"))
_INCLUDING = words("grammar", "verbs_of_including")
_PUT_TO = ("to", "on", "under", "beneath")
_SIGNATURES = words("deeds", "signatures")
_NEAR = 5  # tokens between "include" and what is included
_FAR = 40  # tokens between a verb and the instrument it concludes: signatories with long titles may stand there


def comes_into_force(s: Sentence, t: Trigger) -> bool:
    """Return whether it is told of an instrument that it entered into force, and not who ratified it."""
    return t.predicate and t.kind == "ratification" and s.text.low[t.end - 1] in _FORCE


def concluded(s: Sentence, t: Trigger) -> list[Instrument]:
    """Return the instruments that a phrase concludes: the nearest of its clause, with those in a row with it."""
    here = s.context.instruments.get(s.index, [])
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    taken_up = opens_relative(s, begin) and s.text.low[begin - 2] not in _PREPOSITIONS  # not "under which"
    if t.predicate and taken_up and t.start - begin < 16 and not _is_done_by_text(s, t, begin):
        before = [p for p in here if not p.nested and begin - 3 <= p.end < begin]
        if before:
            return _row(s, here, before[-1])  # "the treaty, which they signed"
    fits = [p for p in here if not p.nested and begin <= p.start < end and _reaches(s, t, p)]
    if not fits and t.predicate and s.text.low[t.start - 1] == "," and s.text.low[t.end] in _PREPOSITIONS:
        fits = [p for p in here if not p.nested and p.end == t.start - 1]  # "the declaration, |adopted| on Tuesday,"
    if not fits:
        fits = _fronted(s, t, here) or _pointed_at(s, t, here)
        return fits[-1:]
    nearest = min(fits, key=lambda p: (p.start - t.end if p.end > t.start else (t.start - p.end) * 2, p.start))
    return [*_row(s, here, nearest), *_among_them(s, t, here, nearest)]


def _among_them(s: Sentence, t: Trigger, here: list[Instrument], p: Instrument) -> list[Instrument]:
    """What is among the papers signed: "|The documents| signed by X and Y |include| a treaty and a protocol".

    So is all that a list tells: "signed |the following documents|: a treaty; a protocol; and a memorandum".
    """
    if not p.plural or p.named:
        return []
    end = max(t.end, p.end)
    colon = next((k for k in range(end, s.last) if s.text.low[k] == ":"), s.last)
    if listed := [q for q in here if q.start > colon and not q.nested]:
        return listed
    told = next((k for k in range(end, s.last) if s.text.low[k] in _INCLUDING), s.last)
    inside = next((q for q in here if told < q.start < told + _NEAR and not q.nested), None)
    return _row(s, here, inside) if inside is not None and p.end <= t.start else []


def _fronted(s: Sentence, t: Trigger, here: list[Instrument]) -> list[Instrument]:
    """The instrument of which a participle before it tells: "|Approved| in 2019, the trade agreement …"."""
    low = s.text.low
    if t.start != s.first or t.end - t.start > 1 or not low[t.start].endswith("ed"):
        return []
    comma = next((k for k in range(t.end, s.last) if low[k] == ","), s.last)
    return [p for p in here if not p.nested and 0 < p.start - comma < 3][:1]


def _pointed_at(s: Sentence, t: Trigger, here: list[Instrument]) -> list[Instrument]:
    """The instrument named last before "it": "X ratified the pact, and Y |signed it|", "It was |ratified by| Z"."""
    low = s.text.low
    if not t.predicate or low[t.start - 1] in _RELATIVES:
        return []
    if low[t.end] != "it" and not _of_it(s, t):
        return []
    before = [p for p in here if p.end <= t.start] or s.context.instruments.get(s.index - 1, [])
    return [p for p in before if not p.nested and p.kind in _BETWEEN_SEVERAL]


def _of_it(s: Sentence, t: Trigger) -> bool:
    """Whether "it" or "they" is what was signed, or entered into force: "|It was| earlier ratified by"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and (low[k] in _PASSIVE or low[k] in _HELPERS or low[k].endswith("ly") or low[k] in _LATELY):
        k -= 1
    done = low[t.start] in _PASSIVE or not _PASSIVE.isdisjoint(low[k + 1 : t.start])
    return k >= s.first and low[k] in _PRONOUNS and (done or comes_into_force(s, t))


def signer_between(s: Sentence, t: Trigger, p: Instrument) -> list[Group]:
    """Return who signs in a clause that no pronoun opens: "the agreement |Switzerland| concluded with Russia"."""
    if p.end == t.start - 1 and s.text.low[p.end] in _WHO:  # "congratulated X on the agreement |he| reached with Y"
        return [g for g in s.groups if g.end <= p.start and any(m.type == "person" for m in g.mentions)][-1:]
    begin = p.end + (s.text.low[p.end] == "the")
    if s.text.low[t.start] in _PASSIVE or s.text.low[t.start - 1] in _PASSIVE:
        return []  # "a declaration between X and Y |was signed|"
    return [g for g in s.groups if g.start == begin and g.end in (t.start, t.start - 1) and g.end <= t.start]


def _is_done_by_text(s: Sentence, t: Trigger, begin: int) -> bool:
    """Whether "which" is no object of a verb on anything: "a text, which |approved| it", "which he wrote and sent"."""
    low = s.text.low
    if low[t.start] not in _BROAD:
        return False
    return t.start == begin or not s.lex.verb_forms.isdisjoint(low[begin : t.start])


def named_by_news(s: Sentence, p: Instrument) -> str:
    """Return what is signed by the news, where the words only point back to it: "those who signed |the agreement|"."""
    others = p.plural and (s.text.low[p.start] not in _PAPERS or p.start < p.head)  # "the accession protocols"
    if p.kind != "agreement" or others or not is_bare(p):
        return ""
    return next((d.name for d in reversed(s.drafts) if d.top == "signing" and not d.background), "")


def is_bare(p: Instrument) -> bool:
    """Return whether an instrument is told by no more than its noun, as one that is known: "the agreements"."""
    return not (p.named or p.described or p.count) and p.determiner in _DEFINITE


def opens_relative(s: Sentence, begin: int) -> bool:
    """Return whether a relative stands right before a token: "the pact |which| X signed"."""
    return begin > s.first and s.text.low[begin - 1] in _RELATIVES


def _reaches(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether a phrase reaches an instrument: no preposition makes it a mere circumstance of what is signed."""
    if p.start < t.end and p.end > t.start:
        return True
    low = s.text.low
    after = p.start >= t.end
    gap = low[t.end : p.start] if after else low[p.end : t.start]
    if after and t.predicate and gap[1:2] in _ON_OR_TO and gap[0] in _CONSENT and len(gap) <= _NEAR:
        return _PREPOSITIONS.isdisjoint(gap[2:])  # "reached |agreement on an| Agreement on Trade"
    if low[t.start] in _AGREED and t.kind == "adoption":
        return after and gap[:1] in _ON_OR_TO and _PREPOSITIONS.isdisjoint(gap[1:]) and len(gap) < 7
    act = low[t.end - 1 - (low[t.end - 1] == "of" and not t.predicate)]
    if t.kind == "issuance" and p.kind in _NOT_ISSUED and low[p.head] not in _PAPERS:
        return False  # "an agreement on recognition of visas |issued| in X"
    beside = _beside(act, undated(s, gap, t.end) if after else gap, after)
    if act in _BROAD and not beside and not (t.predicate and signer_between(s, t, p)):
        return False  # what is issued or released may be anything
    before = p.start
    while p.count and before > t.end and low[before - 1] in _ROUGHLY:
        before -= 1  # "signed |more than| 30 deals"
    leads = next((w for w in reversed(low[t.end if after else s.first : before]) if w not in _DETERMINERS), "")
    of = before - 1 - (low[before - 1] in _DETERMINERS)
    if leads == "of" and (low[of - 1] in _QUANTITIES or (t.predicate and after and low[of - 1] in _PARTS)):
        leads = ""  # "signed |a number of| agreements", "|the first part of| the agreement"
    if leads == "of" and low[t.start] in _PASSIVE and not after:
        return False  # "few |details of| the agreement were released"
    if after and low[t.end - 1] == "to" and (len(gap) > 3 or "and" in gap):
        return False  # "Finland's accession to NATO, and …"
    if after and t.predicate and low[t.start] in _BY_PREPOSITION:
        return True
    if not after and len(gap) == 1 and gap[0] in _WHO and t.predicate:
        return True  # "the agreement |he| reached with"
    if leads in _PUT_TO and after and t.predicate and not _SIGNATURES.isdisjoint(gap[:-1]):
        return len(gap) < _NEAR + 1 or _PREPOSITIONS.isdisjoint(gap[:-2])  # "set their |signatures to| a pact"
    if leads in _PREPOSITIONS and (gap or not after):
        noun = not t.predicate or low[t.end - 1].endswith("ion")  # "|deposited its instrument of ratification| of"
        inner = leads == "of" and after and noun
        return len(gap) < _FAR and (inner or (not after and not gap))
    return len(gap) < _FAR


def _beside(word: str, gap: list[str], after: bool) -> bool:
    """Whether nothing stands between an act on anything and an instrument: "issued a joint …", "… was approved"."""
    if after:
        joined = not word.endswith("ed") and "and" in gap  # "the conclusion of his term |and| the pact"
        return not joined and all(
            (w[0].isalnum() or w in _QUOTES) and (w not in _PREPOSITIONS or w == "of") for w in gap
        )
    return word.endswith("ed") and all(w in _PASSIVE or w in _HELPERS or w in _PLANNED for w in gap)


def _row(s: Sentence, here: list[Instrument], one: Instrument) -> list[Instrument]:
    """An instrument and those joined to it: "a treaty, two protocols and a joint statement"."""
    n = here.index(one)
    lo = hi = n
    while lo > 0 and _joined(s, here[lo - 1], here[lo]):
        lo -= 1
    while hi + 1 < len(here) and _joined(s, here[hi], here[hi + 1]):
        hi += 1
    return [one, *here[lo:n], *here[n + 1 : hi + 1]]


def _joined(s: Sentence, a: Instrument, b: Instrument) -> bool:
    if b.nested:
        return True
    gap = s.text.low[a.end : b.start]
    if not _SPECIFYING.isdisjoint(gap):  # "documents were signed, including …"
        return a.plural and not a.named and all(w in _JOINS or w in _DETERMINERS or w in _CONCLUDED for w in gap)
    if gap[-2:] == ["along", "with"] and gap[-3:-2] == [","]:
        return b.plural  # "memoranda covering trade and culture, |along with| agreements on"
    begin = 0
    if gap and gap[0] in _BY_WHOM:  # "an agreement |in Rome|, a memorandum and …"
        begin = next((n for n, w in enumerate(gap) if w in _ROW_MARKS), 0)
        if not s.lex.verb_forms.isdisjoint(gap[:begin]):
            return False
    return (
        len(gap) - begin < 7
        and not _ROW_MARKS.isdisjoint(gap[begin:])
        and all(w in _JOINS or w in _DETERMINERS for w in gap[begin:])
    )
