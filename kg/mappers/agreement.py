"""Agreements: named or counted instruments, with their parties, date, count and stage."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.iris import fold
from kg.language.lexicon import AGREEMENTS, NAMES, Hit
from kg.language.text import Text
from kg.language.words import read_lexicon, words
from kg.mappers.claims import AgreementClaim, Span
from kg.mappers.drafts import Draft
from kg.mappers.event import Reader

_NUMBERS = {word: n for n, word in enumerate(read_lexicon()["grammar"]["numbers"], 1)}
_ADJECTIVES = words("grammar", "instrument_adjectives")
_CONCLUDED = words("grammar", "conclusion_participles")
_WEAK = words("grammar", "weak_instruments")


@dataclass(slots=True)
class _Phrase:
    """A noun phrase for an instrument, in tokens."""

    start: int
    end: int
    kind: str
    sentence: int
    key: str | None = None
    count: int | None = None
    named: bool = False


def map_agreements(reader: Reader, drafts: list[Draft]) -> tuple[AgreementClaim, ...]:
    """Return a claim for each instrument, once; events that concern one get its position.

    An instrument told by its days ("the trilateral statements of November 9, 2020, and January 11, 2021") is one a day,
    and each was signed or issued on its day: those signings are added to ``drafts``.
    """
    text = reader.text
    starts = [text.tokens.starts[a] for a, _ in text.sentences]
    claims: list[AgreementClaim] = []
    for phrase in _phrases(reader, starts):
        if not text.printed(phrase.start, phrase.end).strip(" ,"):
            continue
        days = _days(reader, phrase)
        if days:
            _dated(reader, drafts, claims, phrase, days)
            continue
        claim, event = _claim(reader, drafts, phrase)
        at = _known(claims, claim)
        if at is None:
            claims.append(claim)
            at = len(claims) - 1
        else:
            claims[at] = _joined(claims[at], claim)
        if event is not None and event.top == "signing":
            event.agreements.append(at)
    return tuple(claims)


def _phrases(reader: Reader, starts: list[int]) -> list[_Phrase]:
    text = reader.text
    found: list[_Phrase] = []
    for hit in text.layers[NAMES]:
        if hit.sense.type == "agreement":
            kind = reader.authority.agreements[hit.sense.value].kind
            found.append(
                _Phrase(
                    text.token_at(hit.start),
                    text.token_at(hit.end),
                    kind,
                    bisect_right(starts, hit.start) - 1,
                    hit.sense.value,
                    None,
                    True,
                )
            )
    for hit in text.layers[AGREEMENTS]:
        phrase = _around(reader, hit, bisect_right(starts, hit.start) - 1)
        if phrase and not any(p.start < phrase.end and phrase.start < p.end for p in found):
            found.append(phrase)
    return sorted(found, key=lambda p: p.start)


def _around(reader: Reader, hit: Hit, sentence: int) -> _Phrase | None:
    """The noun phrase around an instrument noun, if it names or counts an instrument."""
    text = reader.text
    low, words = text.low, text.tokens.words
    first, last = text.sentences[sentence]
    start, end = text.token_at(hit.start), text.token_at(hit.end)
    head_capital = words[start][0].isupper()
    begin, count, capitals = _left(text, start, first)
    capitals = capitals or (head_capital and start > first)
    plural = low[end - 1].endswith("s")
    end = _right(reader, end, last)
    described = end > text.token_at(hit.end)
    begun = begin < start
    headline = sentence == 0 and text.article.title is not None
    if headline and capitals and not described and not count:
        return None
    kind = hit.sense.value
    strong = (capitals and (begun or kind not in ("agreement", "plan", "initiative", "contract"))) or count is not None
    signed = text.says("concluding", *text.span(first, last)) is not None
    if not capitals and end < last and low[end] in _CONCLUDED and _has_year(text, end, last):
        return _Phrase(begin, end, kind, sentence, None, count, False)
    if (
        not strong
        and kind in _WEAK
        and not (signed and (described or begun or not plural))
        and not (described and _has_year(text, start, end))
    ):
        return None
    if (
        not strong
        and kind == "partnership"
        and not (begun and any(low[k] in ("strategic", "comprehensive") for k in range(begin, start + 1)))
    ):
        return None
    if not strong and kind == "joint-statement" and not (signed or described):
        return None
    if _wished(reader, begin, first):
        return None
    return _Phrase(begin, end, kind, sentence, None, count, strong)


def _left(text: Text, start: int, first: int) -> tuple[int, int | None, bool]:
    low, words = text.low, text.tokens.words
    k = start
    capitals = False
    count = None
    while k > first:
        w, word = low[k - 1], words[k - 1]
        if (
            word[0].isupper()
            and word[0].isalpha()
            and not (k - 1 == first and w in ("the", "a", "this", "our", "in", "under"))
        ):
            capitals = capitals or not _is_body(text, k - 1)
            k -= 1
        elif w in _ADJECTIVES or (
            w in ("-", "–", "and", "of", "on", "for")
            and k - 2 >= first
            and words[k - 2][0].isupper()
            and k < start
            and words[k][0].isupper()
        ):
            k -= 1
        elif w in _NUMBERS or (w.isdigit() and len(w) < 4):
            count = _NUMBERS.get(w) or int(w)
            k -= 1
            break
        else:
            break
    return k, count if count and count > 1 else None, capitals


def _is_body(text: Text, k: int) -> bool:
    return k in text.entities or k in text.compounds


def _right(reader: Reader, end: int, last: int) -> int:
    """Past "on …", "between X and Y", "of November 9, 2020", a quoted name."""
    text = reader.text
    low, words = text.low, text.tokens.words
    k = end
    while k + 1 < last and k - end < 24:
        w = low[k]
        if words[k] in ('"', "“"):
            close = next((m for m in range(k + 1, min(k + 25, last)) if words[m] in ('"', "”")), None)
            if close is None:
                break
            k = close + 1
        elif w in ("on", "between", "for", "of", "with", "by"):
            stop = _phrase_end(text, k + 1, last)
            if stop == k + 1:
                break
            k = stop
        else:
            break
    return k


def _phrase_end(text: Text, k: int, last: int) -> int:
    low, words = text.low, text.tokens.words
    n = k
    while n < last and n - k < 14:
        w = low[n]
        if words[n] in (".", ";", ":", '"', "”", "“", "(", "—", "--", "!") or w in (
            "which",
            "that",
            "who",
            "was",
            "were",
            "is",
            "are",
            "will",
            "has",
            "have",
            "had",
            "signed",
            "in",
            "at",
            "during",
            "to",
            "as",
            "between",
            "while",
            "where",
            "with",
            "by",
            "on",
        ):
            break
        if (
            words[n] == ","
            and not (n + 1 < last and words[n + 1][0].isupper())
            and not (n + 1 < last and low[n + 1].isdigit())
        ):
            break
        n += 1
    while n > k and low[n - 1] in (",", "and", "the", "of"):
        n -= 1
    return n


def _days(reader: Reader, phrase: _Phrase) -> list[str]:
    """The past days, whole as stated, that stand in or right before an instrument's name."""
    text = reader.text
    begin, end = text.span(*text.sentences[phrase.sentence])
    first, last = text.span(phrase.start, phrase.end)
    if phrase.key or phrase.count or reader.published is None:
        return []
    found = [w for w in text.dates(begin, end, reader.published) if len(w.value) == 10 and w.rule == "stated"]
    concluded = text.low[phrase.end] in _CONCLUDED if phrase.end < len(text.low) else False
    inside = [w for w in found if first <= w.start < last or (concluded and w.start >= last)]
    reach = max([last, *(w.end for w in inside)])
    for when in found:  # "of November 9, 2020, and January 11 …"
        if when.start >= reach and when.start - reach < 7:
            inside.append(when)
            reach = when.end
    reach = first
    for when in reversed([w for w in found if w.end <= first]):
        gap = text.folded[when.end : reach].strip(" ,")
        if gap in ("", "and", "of", "the", "tripartite", "trilateral", "joint"):
            inside.append(when)
            reach = when.start
    return sorted({w.value for w in inside if w.value < reader.published})


def _dated(reader: Reader, drafts: list[Draft], claims: list[AgreementClaim], phrase: _Phrase, days: list[str]) -> None:
    text = reader.text
    span = text.span(*text.sentences[phrase.sentence])
    claim, _ = _claim(reader, drafts, phrase)
    tail = text.mentions[phrase.sentence]
    bodies = {m.value for m in tail if m.type == "body" and m.start >= phrase.start} | {
        m.titles[0].of for m in tail if m.type == "office" and m.start >= phrase.start and m.titles[0].of
    }
    parties = tuple(sorted(b for b in bodies if b in reader.authority.countries)) or claim.parties
    if len(parties) < 2:
        parties = claim.parties
    for day in days:
        claims.append(
            AgreementClaim(name=claim.name, kind=claim.kind, parties=parties, date=day, stage="signed", span=span)
        )
        signing = next((d for d in drafts if d.top == "signing" and d.date == day and span in d.spans), None)
        if signing is None and len(parties) > 1:
            signing = Draft(
                "signing", "signing", parties=set(parties), date=day, spans=[span], order=span[0], background=True
            )
            drafts.append(signing)
        if signing is not None:
            signing.agreements.append(len(claims) - 1)


def _has_year(text: Text, start: int, end: int) -> bool:
    a, b = text.span(start, end)
    return bool(re.search(r"\b(?:19|20)\d\d\b", text.folded[a:b]))


def _wished(reader: Reader, start: int, first: int) -> bool:
    """Whether the words right before an instrument wish for one that does not exist."""
    text = reader.text
    begin, end = text.tokens.starts[first], text.tokens.starts[start]
    return text.says("hoped", max(begin, end - 28), end) is not None


def _claim(reader: Reader, drafts: list[Draft], phrase: _Phrase) -> tuple[AgreementClaim, Draft | None]:
    text = reader.text
    span: Span = text.span(*text.sentences[phrase.sentence])
    begin, end = text.span(phrase.start, phrase.end)
    name = text.printed(phrase.start, phrase.end).strip(" ,")
    event = _event_of(drafts, span, phrase)
    bodies = {
        m.value for m in text.mentions[phrase.sentence] if m.type == "body" and phrase.start <= m.start < phrase.end
    }
    bodies |= {
        m.titles[0].of
        for m in text.mentions[phrase.sentence]
        if m.type == "office" and phrase.start <= m.start < phrase.end and m.titles[0].of
    }
    bodies = {b for b in bodies if b}
    if len(bodies) < 2:
        source = event or next((d for d in drafts if d.main and d.parties), None)
        if source is not None:
            bodies |= source.parties
    date = None
    inside = text.dates(begin, end, reader.published)
    if inside:
        date = inside[0].value
    elif event is not None and event.top == "signing":
        date = event.date
    stage = "signed" if event is not None and event.top == "signing" else "cited"
    if stage == "signed" and event is not None and (event.kind == "ratification" or event.status == "planned"):
        stage = "ratified" if event.kind == "ratification" else "announced"
    return AgreementClaim(
        name=name,
        key=phrase.key,
        kind=phrase.kind,
        parties=tuple(sorted(bodies)),
        date=date,
        count=phrase.count,
        stage=stage,
        span=span,
    ), event


def _event_of(drafts: list[Draft], span: Span, phrase: _Phrase) -> Draft | None:
    here = [d for d in drafts if span in d.spans and d.top == "signing"]
    return here[0] if here else None


def _known(claims: list[AgreementClaim], claim: AgreementClaim) -> int | None:
    words = set(fold(claim.name).split())
    for k, other in enumerate(claims):
        if claim.key and claim.key == other.key:
            return k
        if claim.kind != other.kind or claim.count != other.count or claim.key or other.key:
            continue
        theirs = set(fold(other.name).split())
        if (words <= theirs or theirs <= words) and not (claim.date and other.date and claim.date != other.date):
            return k
    return None


def _joined(a: AgreementClaim, b: AgreementClaim) -> AgreementClaim:
    longer = a if len(a.name) >= len(b.name) else b
    stage = a.stage if a.stage != "cited" else b.stage
    return AgreementClaim(
        name=longer.name,
        key=a.key,
        kind=a.kind,
        parties=tuple(sorted({*a.parties, *b.parties})) if not a.parties else a.parties,
        date=a.date or b.date,
        count=a.count or b.count,
        stage=stage,
        span=a.span,
    )
