"""Instruments: the noun phrases that name, count or describe a treaty, a memorandum, a statement, a plan …"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.authority import Authority
from kg.iris import fold
from kg.language.dates import MONTHS
from kg.language.lexicon import AGREEMENTS, NAMES, Hit
from kg.language.text import Mention, Text
from kg.language.words import read_lexicon, words

_NUMBERS = {word: n for n, word in enumerate(read_lexicon()["grammar"]["numbers"], 1)}
_TENS = {word: 10 * n for n, word in enumerate(read_lexicon()["grammar"]["tens"], 2)}
_SCALES = words("grammar", "scales")
_MONEY = words("deeds", "money")
_DOZENS = words("grammar", "dozens")
_SMALL = words("grammar", "instrument_adjectives")
_DETERMINERS = words("grammar", "instrument_determiners")
_BEFORE_BARE = _DETERMINERS | _SMALL | {"'s"}
_DEFINITE = words("grammar", "definite_determiners")
_SINGULAR = words("grammar", "singular_in_s")
_FUNCTION = words("grammar", "function_words")
_COMPLEMENT = words("grammar", "instrument_prepositions")
_CLOSING = _COMPLEMENT - {"of", "for", "to"}
_LOOSE_ENDS = _FUNCTION | {",", "-"}
_PARTY = words("grammar", "party_prepositions")
_TOPICAL = words("grammar", "topic_prepositions")
_STOPS = words("grammar", "complement_stops")
_FIELDS = words("grammar", "field_nouns")
_NAMING = words("grammar", "naming_participles")
_BODIES = words("grammar", "bodies_by_instruments")
_VERBS = words("grammar", "instrument_verbs")
_ACTS = words("grammar", "broad_acts")
_KINDS = words("grammar", "kind_acronyms")
_FRAMES = words("grammar", "frames")
_MANNERS = words("grammar", "manners")
_PARTICLES = words("grammar", "verb_particles")
_STATEMENTS = words("grammar", "bare_statements")
_SIGNED = words("grammar", "signing_verbs")
_CONSENT = words("grammar", "consent")
_RELATIVES = words("grammar", "relative_pronouns")
_REACHING = words("grammar", "coming_to_terms")
_MUTUAL = words("grammar", "of_one_mind")
_HOLDING = words("grammar", "holding_verbs")
_QUOTES = frozenset(('"', "“", "”", "«", "»"))
_SPAN = re.compile(r"(?:19|20)\d\d[-/](?:(?:19|20)\d\d|\d\d)")
_WEAK = frozenset(("plan", "initiative", "partnership"))
CONCLUDED_BY = words("grammar", "concluded_by")
"""What those do who help others to an instrument: they are no parties to it."""
_LONGEST_NAME = 3  # tokens of a name before "initiative", "strategy"
_LONGEST = 30  # tokens of a complement or quotation
_LONGEST_CONSENT = 12  # tokens between "agreement" and what it is to do: who reached it may stand there


@dataclass(slots=True)
class Instrument:
    """A noun phrase for an instrument, in tokens ``[start, end)``, its head noun in ``[head, tail)``."""

    start: int
    end: int
    head: int
    tail: int
    kind: str
    sentence: int
    key: str | None = None
    """Id in who is who, where it is an instrument everyone knows."""
    count: int | None = None
    named: bool = False
    """Whether it is a proper name: in capitals that mean something, or in quotation marks."""
    described: bool = False
    """Whether it says more than what kind it is: what it is on, between whom."""
    determiner: str = ""
    """The folded word before it."""
    plural: bool = False
    nested: bool = False
    """Whether another is about it: "a statement on the strategic partnership"."""
    owner: int = 0
    """The first token of whose it is ("Vietnam's"), else ``start``."""


def find_instruments(text: Text, authority: Authority) -> list[Instrument]:
    """Return the instruments of a text in order; none stands in another unless it is a partnership or well known."""
    known = [hit for hit in text.layers[NAMES] if hit.sense.type == "agreement"]
    if not known and not text.layers[AGREEMENTS]:
        return []
    finder = _Finder(text, authority, known)
    found = list(finder.find())
    return sorted([*found, *finder.abbreviated(found)], key=lambda phrase: phrase.start)


def party_mentions(text: Text, phrase: Instrument) -> list[Mention]:
    """The mentions in an instrument's name of those it is between, not of what it is on."""
    found = []
    for m in text.mentions[phrase.sentence]:
        if not phrase.owner <= m.start < phrase.end:
            continue
        if not any(word.rpartition("-")[2] in CONCLUDED_BY for word in text.low[m.start : m.end]):
            before = (text.low[k] for k in range(m.start - 1, phrase.tail - 1, -1))
            if next((w for w in before if w in _PARTY or w in _TOPICAL), "of") not in _TOPICAL:
                found.append(m)
    return found


class _Finder:
    """Finds the instruments of one text."""

    def __init__(self, text: Text, authority: Authority, known: list[Hit]) -> None:
        self.text = text
        self.low, self.words = text.low, text.tokens.words
        self.agreements = authority.agreements
        self.known = known
        self.starts = [text.tokens.starts[first] for first, _ in text.sentences]
        self.begins = [hit.start for hit in text.layers[NAMES]]
        self.bodies: set[int] = set(text.compounds)
        """Tokens of names of countries and organisations: their capitals name no instrument."""
        self.names: set[int] = set()
        """Tokens of all names known."""
        self.persons: set[int] = set()
        self.covered: list[tuple[int, int]] = []
        for sentence in sorted({self._sentence(hit) for hit in (*text.layers[AGREEMENTS], *known)}):
            self._note_names(sentence)
        self.heads = {text.token_at(hit.start): hit for hit in text.layers[AGREEMENTS]}
        self.plain = self._headline_in_capitals()

    def _sentence(self, hit: Hit) -> int:
        """The number of the sentence that a phrase stands in."""
        return max(0, bisect_right(self.starts, hit.start) - 1)

    def _note_names(self, sentence: int) -> None:
        """Note the tokens of names in a sentence that has an instrument."""
        hits = self.text.layers[NAMES]
        for m in self.text.mentions[sentence]:
            if m.type == "person":
                self.persons.update(range(m.start, m.end))
        begin, end = self.text.spans[sentence]
        for hit in hits[bisect_left(self.begins, begin) : bisect_left(self.begins, end)]:
            first, last = self.text.tokens_of(hit)
            if hit.sense.type not in ("agreement", "place"):
                self.bodies.update(range(first, last))
            self.names.update(range(first, last))
            self.covered.append((first, last))

    def find(self) -> Iterator[Instrument]:
        """Yield the instruments in the order of the text."""
        taken, last = 0, None
        hits = sorted([*self.text.layers[AGREEMENTS], *self.known], key=lambda hit: (hit.start, -hit.end))
        for n, hit in enumerate(hits):
            start, end = self.text.tokens_of(hit)
            if start == end:  # part of a word: "the PGI-IPEF Accelerator"
                continue
            known = hit.sense.type == "agreement"
            if not known and (self._inside_a_name(start, end) or self._modifies(hits[n + 1 : n + 2], end)):
                continue
            nested = start < taken
            if known and nested and last is not None and self.low[start - 1] == "(":
                if self._is_called(last, hit.sense.value):
                    last.key = last.key or hit.sense.value  # "the Declaration on … (DOC)"
                continue
            if known and nested and last is not None and last.key is None and self._calls(last, start):
                last.key, last.kind = hit.sense.value, self.agreements[hit.sense.value].kind
                continue  # "the accord known as the DOC"
            if last is not None and last.end < start and self.low[last.end] == "(" and self.low[end] == ")":
                continue  # "the ASEAN Declaration (Bangkok |Declaration|)"
            if nested and not (known or hit.sense.value == "partnership"):
                continue
            sentence = self._sentence(hit)
            found = self._known(hit, start, end, sentence) if known else self._around(hit, start, end, sentence)
            if found is not None and (not nested or (found.end <= taken and found.determiner in _DEFINITE)):
                found.nested = nested
                taken = max(taken, found.end)
                last = last if nested else found
                yield found

    def _calls(self, phrase: Instrument, start: int) -> bool:
        """Whether a name at ``start`` is what an instrument is called: "the accord |known as the| DOC"."""
        told = self.low[max(phrase.tail, start - 3) : start]
        return not phrase.plural and not _NAMING.isdisjoint(told)

    def _is_called(self, phrase: Instrument, known: str) -> bool:
        """Whether a name spelt out is that of a known agreement, whose acronym others may have too."""
        agreement = self.agreements[known]
        names = {word for name in (agreement.label, *agreement.aliases) for word in fold(name).split()}
        own = [k for k in range(phrase.start, phrase.end) if not phrase.head <= k < phrase.tail]
        told = [self.low[k] for k in own if len(self.low[k]) > 3]
        return not told or not names.isdisjoint(told)

    def abbreviated(self, found: list[Instrument]) -> Iterator[Instrument]:
        """Yield the later mentions by acronym only of what was named with it: "the Agreement … (CEPA)", "the CEPA"."""
        introduced: dict[str, Instrument] = {}
        for phrase in found:
            if "(" not in self.low[phrase.tail : phrase.end]:
                continue
            initials: set[str] = {word[0] for word in self.low[phrase.start : phrase.tail]}
            for k in range(phrase.tail, phrase.end - 2):
                if self.low[k] in _PARTY:
                    break  # "the deal between X and the Movement for Y |(MFY)|"
                initials.add(self.low[k][0])
                if self.low[k] == "(" and self.low[k + 2] == ")":
                    short = self.words[k + 1]
                    if short.isupper() and short.lower() not in _KINDS and self.low[k + 1][0] in initials:
                        introduced.setdefault(short, phrase)
        if not introduced:
            return
        told = {k for phrase in found for k in range(phrase.start, phrase.end)}
        for k in self.text.tokens.capitals:
            named = introduced.get(self.words[k])
            if named is not None and k > named.end and k not in told:
                sentence = bisect_right(self.starts, self.text.tokens.starts[k]) - 1
                yield Instrument(
                    k, k + 1, k, k, named.kind, sentence, named.key, named=True, determiner=self.low[k - 1], owner=k
                )

    def _inside_a_name(self, start: int, end: int) -> bool:
        at = bisect_right(self.covered, (start, len(self.low))) - 1
        return any(a <= start and end <= b for a, b in self.covered[max(0, at - 1) : at + 1])

    def _modifies(self, following: list[Hit], end: int) -> bool:
        """Whether another instrument noun comes right after: "Partnership Agreement", "Partnership (X) agreement"."""
        if not following or following[0].sense.type == "agreement":
            return False
        start = self.text.token_at(following[0].start)
        return start in (end, self._past_acronym(end))

    def _past_acronym(self, k: int) -> int:
        """The token after "(RCEP)" at ``k``, else ``k``."""
        inside = self.words[k + 1] if k + 2 < len(self.words) and self.low[k] == "(" else ""
        return k + 3 if inside[:2] != inside[:2].lower() and self.low[k + 2] == ")" else k

    def _headline_in_capitals(self) -> bool:
        """Whether the headline prints nearly every word with a capital, so that capitals name nothing there."""
        if self.text.article.title is None or not self.text.sentences:
            return False
        first, last = self.text.sentences[0]
        long = [word for word in self.words[first:last] if len(word) > 3 and word[0].isalpha()]
        return sum(word[0].isupper() for word in long) * 10 >= len(long) * 7

    def _known(self, hit: Hit, start: int, end: int, sentence: int) -> Instrument | None:
        last = self.text.sentences[sentence][1]
        end = self._past_acronym(end)
        if end < last and end in self.heads:
            end = self.text.token_at(self.heads[end].end)  # "the RCEP agreement"
        if self._of_a_body(end, last):
            return None
        kind = self.agreements[hit.sense.value].kind
        determiner = self.low[start - 1] if start else ""
        return Instrument(
            start, end, start, end, kind, sentence, hit.sense.value, None, True, True, determiner, owner=start
        )

    def _of_a_body(self, end: int, last: int) -> bool:
        """Whether the name goes on as that of a body or gathering: "Treaty Organisation", "Partnership Summit"."""
        return end < last and self.low[end] in _BODIES and self.words[end][0].isupper()

    def _around(self, hit: Hit, start: int, end: int, sentence: int) -> Instrument | None:
        """The noun phrase around an instrument noun; none where the word is a verb or belongs to another name."""
        first, last = self.text.sentences[sentence]
        plain = (self.plain and sentence == 0) or (
            end - start == 1 and len(self.words[start]) > 5 and self.words[start].isupper()
        )
        if end - start == 1 and self.low[start] in _STATEMENTS and not self._dated_or_signed(start, end, first, last):
            return None
        if self._verb(start, end, first, last) or self._of_a_body(end, last) or self._frame(start, end, last):
            return None
        if hit.sense.value == "agreement" and end - start == 1 and self._consent(start, first, last):
            return None
        head_capital = self.words[start][0].isupper() and not plain
        begin, count = self._left(start, first, plain)
        stop, called = self._right(begin, end, last, head_capital)
        if self._of_another(begin, stop, first, last, hit.sense.value):
            return None
        title = self._quoted(begin, stop, first, last)
        if title:
            begin, stop = title
        titled = head_capital and (start > first or self._capital_inside(end, stop))
        determiner = self.low[begin - 1] if begin > first else ""
        modified = self._capital_inside(begin, start) and (
            head_capital or hit.sense.value not in _WEAK or self._is_name(begin, start, determiner, hit.sense.value)
        )
        called = called or (begin < start - 2 and self.words[begin] in _QUOTES)
        titled = titled and (stop > end or end - start > 2 or self._the_one(determiner, start, end))
        named = called or (not plain and (bool(title) or modified or titled))
        return Instrument(
            start=begin,
            end=stop,
            head=start,
            tail=end,
            kind=hit.sense.value,
            sentence=sentence,
            count=count,
            named=named,
            described=stop > end or bool(title),
            determiner=determiner,
            plural=self.low[end - 1].endswith(("s", "da")) and self.low[end - 1] not in _SINGULAR,
            owner=self._owner(begin, first),
        )

    def _is_name(self, begin: int, start: int, determiner: str, kind: str) -> bool:
        """Whether words before a noun of many things are a name: "the |Silver Bridge| initiative", not of a body."""
        longest = 1 if kind == "partnership" else _LONGEST_NAME
        named = all(self.words[k][0].isupper() and k not in self.names for k in range(begin, start))
        return determiner in _DEFINITE and (start - begin == 1 or (named and start - begin <= longest))

    def _dated_or_signed(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether a statement is told by its day or is signed, so that it is an instrument and no mere words."""
        low, after = self.low, self.low[end : min(end + 3, last)]
        k = start - 1 - (start > first and low[start - 1] == ",")
        if k - 1 > first and low[k].isdigit() and (len(low[k]) == 4 or low[k - 1] in MONTHS):
            return True
        if any(
            low[n] == "of" and not MONTHS.keys().isdisjoint(low[n + 1 : n + 3]) for n in range(end, min(end + 14, last))
        ):
            return True
        signed = any(word in _SIGNED for word in low[max(first, start - 3) : start])
        return signed and self.words[start][0].isupper() and after[:1] in (["of"], ["on"], ["by"])

    def _the_one(self, determiner: str, start: int, end: int) -> bool:
        """Whether a bare name means one instrument only: "the Peace Accord"."""
        return determiner in _DEFINITE and end - start == 2 and self.words[end - 1][0].isupper()

    def _of_another(self, begin: int, stop: int, first: int, last: int, kind: str) -> bool:
        """Whether it belongs to the name of something else: "Office of Political Strategy", "Strategy Advisor"."""
        if begin - 2 >= first and self.low[begin - 1] in ("of", "on", "for") and self.low[begin - 2] in _BODIES:
            return self.words[begin - 2][0].isupper()
        return kind in _WEAK and stop < last and self.words[stop][0].isupper() and stop not in self.names

    def _capital_inside(self, begin: int, end: int) -> bool:
        return any(self.words[k][0].isupper() and k not in self.bodies for k in range(begin, end))

    def _verb(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether the noun is the verb of its form: "the two sides plan to …"."""
        if start > first and self.low[start - 1] == "to" and end < last and self.low[end] == "with":
            return True  # "how to |deal| with the flood"
        if self.low[start] not in _VERBS or end - start > 1 or self.words[start][0].isupper():
            return False
        before = self.low[start - 1] if start > first else ""
        return end < last and self.low[end] in ("to", "that") and before not in _BEFORE_BARE and "-" not in before

    def _consent(self, k: int, first: int, last: int) -> bool:
        """Whether it is no text: "reached |agreement| on tourism", "an |agreement| (reached by X) to hold talks"."""
        low, before = self.low, self.low[k - 1] if k > first else ""
        if self.words[k][0].isupper() or low[k] not in _CONSENT:
            return False
        if before in _RELATIVES and not _REACHING.isdisjoint(low[k + 1 : k + 4]):
            return True  # "on which |agreement| was reached"
        if before in _REACHING or (before in _MUTUAL and not _REACHING.isdisjoint(low[k + 1 : k + 4])):
            return True  # "a mutual |agreement| was reached on some articles"
        near = range(k + 1, min(k + _LONGEST_CONSENT, last - 1))
        to = next((n for n in near if low[n] == "to" or low[n] in _COMPLEMENT - _PARTY), last)
        if to == last or low[to] != "to" or low[to + 1] not in _HOLDING:
            return False
        return _SIGNED.isdisjoint(low[max(first, k - 6) : to])

    def _frame(self, start: int, end: int, last: int) -> bool:
        """Whether it is only "in the framework of" something."""
        return self.words[start] in _FRAMES and end < last and self.low[end] == "of"

    def _left(self, start: int, first: int, plain: bool) -> tuple[int, int | None]:
        """The first token of the words before a head that belong to it, and the count among them."""
        k = start
        if self.words[k - 1] in _QUOTES and k - 1 > first and (opened := self._called_before(k - 1, first)):
            return opened, None
        while k > first and self._belongs(k, first, plain):
            k -= 1
        if not self._capital_inside(k, start):
            k = self._back_to_determiner(k, first)
        count = self._number(k - 1) if k > first else None
        if count is not None and self.low[k - 2] in MONTHS and k - 2 >= first:  # "the February 13 agreement"
            return k - 2, None
        if count is not None and self.low[k].partition("-")[0] in _SCALES:  # "a EUR 178 million loan agreement"
            return k - 1 - (k - 2 > first and self.low[k - 2] in _MONEY), None
        if count is not None:
            k -= 2 if self.low[k - 1] in _DOZENS and k - 1 > first else 1
        return k, count if count and count > 1 else None

    def _called_before(self, close: int, first: int) -> int:
        """The first token of a name in quotation marks before a head: "the 'Clean X' initiative"; 0 without one."""
        k = close - 1
        while k > first and close - k < 8 and self.words[k] not in _QUOTES:
            k -= 1
        name = range(k + 1, close)
        named = (
            self.words[k] in _QUOTES
            and len(name) > 1
            and all(self.words[n][0].isupper() or self.low[n] in _FUNCTION for n in name)
        )
        return k if named else 0

    def _belongs(self, k: int, first: int, plain: bool) -> bool:
        """Whether the token before ``k`` goes on the phrase to the left."""
        word, low = self.words[k - 1], self.low[k - 1]
        if low in _SMALL:
            return True
        if low == "-" and self._apart(k - 1):
            return False
        if low == "and" and self.low[k - 2] in _SMALL and self.low[k] in _SMALL and k - 2 >= first:
            return True  # "cooperation and joint investment agreements"
        if low in ("and", "&", "-", "/"):
            return (
                k - 2 >= first
                and self._capital(k - 2, first, plain)
                and self._capital(k, first, plain)
                and (k - 2 not in self.heads and not self._inside_a_head(k - 2))
            )
        if low == ")":
            return k - 3 >= first and self.low[k - 3] == "(" and self.words[k - 2].isupper()
        if low == "(":
            return self.low[k + 1] == ")"
        if _SPAN.fullmatch(low):
            return True  # "the 2024-2026 Cooperation Plan"
        if low.isdigit():
            return len(low) == 4 and (self.low[k - 2] not in _FUNCTION or self.low[k - 2] in _DETERMINERS)
        return self._capital(k - 1, first, plain) and word[0].isalpha()

    def _capital(self, k: int, first: int, plain: bool) -> bool:
        if not self.words[k][0].isupper() or self.low[k] in _FUNCTION or self.low[k] in _NUMBERS:
            return False
        if k in self.persons or (plain and k not in self.bodies):
            return False
        return k > first or k in self.bodies or self.words[k + 1][:1].isupper()

    def _inside_a_head(self, k: int) -> bool:
        return any(at in self.heads and self.text.token_at(self.heads[at].end) > k for at in range(max(0, k - 3), k))

    def _back_to_determiner(self, k: int, first: int) -> int:
        """Further left over plain words up to an article or number not far away: "a landmark border trade" deal."""
        for n in range(k - 1, max(first - 1, k - 6), -1):
            low = self.low[n]
            if low in _DETERMINERS or low == "'s" or self._number(n) is not None:
                return n + 1
            if low.isdigit() and len(low) == 4 and self.low[n - 1] in _DETERMINERS:
                return n  # "a |2024 cultural exchange| agreement"
            noun = low in _FUNCTION and self.low[n - 1] in _BEFORE_BARE  # "a cultural |exchange| agreement"
            if (low in _FUNCTION and not noun) or not low[0].isalpha() or self._finite(n):
                break
        return k

    def _finite(self, n: int) -> bool:
        """Whether a word is a verb that tells something: "X's cabinet |approves| tax treaty", "X |passed| UNSCR 1"."""
        low = self.low[n]
        if low.endswith("ed"):
            return self.words[n - 1][0].isupper() and self.words[n].islower()
        return low.endswith("s") and (low in _ACTS or low in self.text.lexicon.verb_forms)

    def _number(self, k: int) -> int | None:
        """The cardinal number at token ``k``."""
        low = self.low[k]
        if low in _DOZENS:
            return 12 * (_NUMBERS.get(self.low[k - 1], 1) if k else 1)
        tens, _, ones = low.partition("-")
        if tens in _TENS:
            return _TENS[tens] + _NUMBERS.get(ones, 0)
        return int(low) if low.isdigit() and low.isascii() and len(low) < 4 else _NUMBERS.get(low)

    def _owner(self, begin: int, first: int) -> int:
        """The first token of the name before "'s", else ``begin``."""
        k = begin - 1
        if k <= first or self.low[k] != "'s":
            return begin
        while k > first and k - 1 in self.bodies:
            k -= 1
        return k

    def _right(self, begin: int, end: int, last: int, titled: bool) -> tuple[int, bool]:
        """Past "on …", "between X and Y", "(RCEP)", "called …", a quoted name, a number; and whether that named it."""
        k, called = end, False
        while k < last and k - end < 2 * _LONGEST:
            low = self.low[k]
            if self.words[k] in _QUOTES:
                opens = self.text.tokens.end(k - 1) < self.text.tokens.starts[k]  # no end of what somebody said
                stop = (self._close(k, last) if opens else None) or k
                called = stop > k
            elif low == "(":
                stop = self._past_acronym(k)
                called = called or (stop > k > end and self._stands_for(k + 1, begin, end))
            elif low in _COMPLEMENT or (k == end and self._says_what_for(k, last)):
                stop = k if self._for_whom(begin, k, last) else self._complement(k, last, titled)
            elif low in _NAMING or (low == "," and k + 1 < last and self.low[k + 1] in _NAMING):
                at = k + (low == ",")
                stop = self._called(at, last)
                stop = k if stop == at else stop
                called = called or stop > k
            elif low[0].isdigit() and not self._new_line(k):
                stop = k + 1
            else:
                break
            if stop <= k:
                break
            k = stop
        return k, called

    def _for_whom(self, begin: int, k: int, last: int) -> bool:
        """Whether it is told for whom an instrument was signed: "signed the accord |for Norway|", "|on behalf of|"."""
        if self.low[k + 1] == "behalf":
            return True
        nxt = k + 1 + (self.low[k + 1] == "the")
        signed = begin > 1 and self.low[begin - 1] in _DEFINITE and self.low[begin - 2] in _SIGNED
        return signed and self.low[k] == "for" and nxt < last and nxt in self.bodies

    def _says_what_for(self, k: int, last: int) -> bool:
        """Whether a participle tells what an instrument does: "an agreement laying out the …", "a pact ending a …"."""
        low = self.low[k]
        if not low.endswith("ing") or low in _STOPS or self.words[k][0].isupper() or k + 1 >= last:
            return False
        return self.low[k + 1] in _DETERMINERS or self.low[k + 1] in _PARTICLES

    def _stands_for(self, k: int, begin: int, end: int) -> bool:
        """Whether the acronym at ``k`` is that of an instrument, not of a party: "initiative on … (iCET)"."""
        initials = {word[0] for word in self.low[begin:end]}
        return k not in self.names and self.low[k] not in _KINDS and self.low[k][0] in initials

    def _close(self, k: int, last: int) -> int | None:
        """The token after the quotation that opens at ``k``."""
        ends = (m + 1 for m in range(k + 1, min(k + _LONGEST, last)) if self.words[m] in _QUOTES)
        return next(ends, None)

    def _called(self, k: int, last: int) -> int:
        """Past "called “AUKUS”", "known as the Quad"; ``k`` where no name follows."""
        n = k + 1
        while n < last and self.low[n] in ("as", "the", "a"):
            n += 1
        if n < last and self.words[n] in _QUOTES:
            return self._close(n, last) or k
        begin = n
        while n < last and self.words[n][0].isupper():
            n += 1
        return n if n > begin else k

    def _complement(self, k: int, last: int, titled: bool) -> int:
        """The token after the complement that the preposition at ``k`` opens; ``k`` where it opens none."""
        low, nxt = self.low[k], k + 1
        if nxt < last and low == "for" and _SPAN.fullmatch(self.low[nxt]):
            return nxt + 1  # "the plan for 2024-2026"
        if nxt >= last or (low != "of" and self._date_at(nxt)) or self.low[nxt] in _STOPS:
            return k
        if (low == "in" and not self._subject_matter(nxt, last)) or (low == "on" and self._beside(k, last)):
            return k
        if (low == "by" and self.low[nxt].endswith("ing")) or (low == "for" and "side" in self.low[nxt : nxt + 4]):
            return k  # "signed the agreement |for| the government side"
        if titled and low in ("for", "to") and not self._capital_inside(nxt, min(nxt + 3, last)):
            return k  # "the Action Plan to …" is called Action Plan
        n, ands = nxt, 0
        while n < last and n - k < _LONGEST and ands < 3:
            if self._acronym_of_party(n, last):
                n += 3
                continue
            if self.words[n] == "." and n + 1 < last and self.low[n - 1].isdigit() and self.low[n + 1].isdigit():
                n += 2  # "a deal between X and Y worth $7|.8| billion"
                continue
            if not self._goes_on(n, last, low == "between" and not ands) or (ands and self._tells(n)):
                break
            ands += self.low[n] == "and"
            n += 1
        while n > nxt and self.low[n - 1] in _LOOSE_ENDS:
            n -= 1
        return n if n > nxt else k

    def _beside(self, k: int, last: int) -> bool:
        """Whether the words from ``k`` on only say at what occasion: "signed the pact |on the margins of| X"."""
        begin, end = self.text.span(k, min(k + 5, last))
        told = self.text.says_first("margins", begin, end)
        return told is not None and told[0] == begin

    def _tells(self, n: int) -> bool:
        """Whether a verb behind a party tells what an instrument does: "the pact between X and Y |defines| the"."""
        verbal = self.words[n].islower() and self.low[n].endswith("s") and n - 1 in self.bodies
        return verbal and self.low[n + 1] in _DETERMINERS

    def _acronym_of_party(self, n: int, last: int) -> bool:
        """Whether an acronym of one of those in a row stands at ``n``: "between the European Union |(EU)| and"."""
        if self.words[n] != "(" or n + 3 >= last or n - 1 not in self.bodies:
            return False
        return self.words[n + 1].isupper() and self.low[n + 2] == ")" and self.low[n + 3] == "and"

    def _subject_matter(self, k: int, last: int) -> bool:
        """Whether the words after "in" say of what an instrument is, not where, when or how it was made."""
        if any(self.low[n] in _FIELDS for n in range(k, min(k + 3, last))):
            return True
        low = self.low[k]
        return not (low in _FUNCTION or low in _MANNERS or k in self.names or self._date_at(k) or not low[0].isalpha())

    def _date_at(self, k: int) -> bool:
        offset, dates = self.text.tokens.starts[k], self.text.date_words
        at = bisect_right(dates, (offset,))
        return self.low[k][0].isdigit() or (at < len(dates) and dates[at][0] == offset)

    def _time_at(self, n: int) -> bool:
        """Whether a day is told at token ``n``, which is no more of the name: "on transport next month"."""
        dates = self.text.date_words
        at = bisect_right(dates, (self.text.tokens.starts[n],))
        if at == len(dates) or dates[at][0] != self.text.tokens.starts[n]:
            return False
        return dates[at][1] == "weekday" or (dates[at][1] == "reference" and self.low[n - 1] not in _DETERMINERS)

    def _goes_on(self, n: int, last: int, between: bool) -> bool:
        """Whether the token ``n`` still belongs to a complement."""
        word, low = self.words[n], self.low[n]
        closed = word == "'" and not self.words[n - 1].endswith("s")  # "…, 'a memorandum with X|'| he said"
        if low in _STOPS or low in _CLOSING or word in _QUOTES or closed or n in self.persons:
            return False
        after = self.low[n + 1] if n + 1 < last else ""
        if low.endswith("ed") and word.islower() and after in _COMPLEMENT:
            return False  # "launched by", "adopted in"
        if low.endswith("ed") and word.islower() and n - 1 in self.bodies:
            return False  # "between Norway and Chile |ended| the war"
        if low == "to" and self.words[n - 1][0].isupper() and after.isalpha() and self.words[n + 1].islower():
            return after in _DETERMINERS  # "the Agreement on Trade |to strengthen| ties"
        if low == ",":
            return self._list_goes_on(n, last)
        if low in ("and", "&"):
            return (between and (after not in _DETERMINERS or after in _DEFINITE)) or self._and_goes_on(n, last)
        if low == "-":
            return not self._apart(n)
        if self._number(n) is not None and n + 1 in self.heads:
            return False  # "… on customs affairs Four Memoranda"
        if self._time_at(n):
            return False
        return word not in (".", ";", ":", "(", "—", "--", "!", "?", "•", "*") and not self._new_line(n)

    def _and_goes_on(self, n: int, last: int) -> bool:
        """Whether what the "and" at ``n`` adds belongs to the same complement, and is no other instrument or clause."""
        if n + 1 >= last or self._number(n + 1) is not None:
            return False
        if self.low[n + 1] == "to":
            return False  # "the strategy |and to| sign the pact"
        if n + 1 in self.heads:  # "Treaty on Friendship |and Partnership|", "… on the basis |and principles| of ties"
            inner = self.heads[n + 1].sense.value == "partnership" or self.low[n + 1] in _SINGULAR
            return inner and self.words[n - 1][0].isupper() == self.words[n + 1][0].isupper()
        if n - 1 in self.bodies and n + 1 not in self.bodies and self.words[n + 1].islower():
            return self.low[n + 1] in _DETERMINERS and n + 2 in self.bodies  # "between A and B |and advance| trade"
        if self.low[n + 1] in _DETERMINERS:
            return (n - 1 in self.bodies or self.low[n - 1] == ",") and n + 2 in self.bodies
        return True

    def _apart(self, n: int) -> bool:
        """Whether a dash has blanks around it and joins no two countries."""
        end, starts = self.text.tokens.end, self.text.tokens.starts
        spaced = end(n - 1) < starts[n] and n + 1 < len(starts) and end(n) < starts[n + 1]
        return spaced and not (n - 1 in self.bodies and n + 1 in self.bodies)

    def _list_goes_on(self, n: int, last: int) -> bool:
        """Whether a comma stands in a row of like things that an "and" closes, or in a date."""
        after = self.low[n + 1] if n + 1 < last else ""
        if after.isdigit():
            return len(after) == 4
        if n - 1 in self.bodies and (n + 1 in self.bodies or (after == "the" and n + 2 in self.bodies)):
            return True
        if after == "and":
            return "," in self.low[max(0, n - 8) : n]
        for m in range(n + 1, min(n + 13, last)):
            if self.low[m] in ("and", "&"):
                return m + 1 < last and (self.low[m + 1] not in _DETERMINERS or self.low[m + 1] == "the")
            if self.low[m] in _STOPS or self.words[m] in _QUOTES or m in self.heads or m in self.persons:
                return False
        return False

    def _new_line(self, n: int) -> bool:
        """Whether an item of a list begins at token ``n``."""
        gap = self.text.text[self.text.tokens.end(n - 1) : self.text.tokens.starts[n]]
        return "\n" in gap and (n in self.heads or not self.low[n][0].isalpha())

    def _quoted(self, begin: int, end: int, first: int, last: int) -> tuple[int, int] | None:
        """The whole name in quotation marks that the phrase opens, if it is printed like a name."""
        if begin <= first or self.words[begin - 1] not in _QUOTES or not self.words[begin][0].isupper():
            return None
        if any(self.words[k] in _QUOTES for k in range(begin, end)):
            return None
        close = next((k for k in range(end, min(end + _LONGEST, last)) if self.words[k] in _QUOTES), None)
        if close is None or self.low[begin] in _DETERMINERS:
            return None
        return begin, close
