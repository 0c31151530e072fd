"""Titles: the name of an office around its head noun, with what stands before and after it.

"former deputy Chinese Foreign Minister", "Minister of Foreign Affairs of Ukraine", "Chairman of the Board of …".
"""

from functools import lru_cache

from kg.iris import fold
from kg.language.bodies import BODIES, DASHES
from kg.language.lexicon import Hit, Lexicon
from kg.language.tails import Tail, TailReader
from kg.language.text import Text, Title
from kg.language.words import read_lexicon, words

_PREPOSITIONS = words("grammar", "title_prepositions")
_ELECTIVE = words("acts", "elective_participles")
_BEFORE_ADJECTIVES = words("acts", "lately") | words("grammar", "determiners") | {"'s"}
_COPULAS = words("grammar", "copulas")
_PERFECT = words("grammar", "perfect_auxiliaries")
_DETERMINERS = words("grammar", "determiners")
_SPELT_OUT: dict[str, str] = read_lexicon()["offices"]["spelt_out"]
_SPELT_OUT.update({f"{short}'s": f"{long}'s" for short, long in _SPELT_OUT.items()})
_GOVERNING = words("grammar", "before_no_subject")
_RANKED_BELOW = words("offices", "ranked_below")
_TAKEN = words("deeds", "posts")
_GENERALS = words("offices", "before_general")
_BUSINESS = words("offices", "business")
_FIRM_HEADS = words("offices", "heads_of_firms")
_DAYS = words("dates", "weekdays") | words("dates", "months")
_ELECT = words("offices", "elect")
_SERVICE = words("grammar", "service")
_STATES = words("grammar", "words_for_states")
_JOINS = words("offices", "portfolio_joins")
_OF_PORTFOLIOS = words("offices", "portfolio_apart")
_MINISTERS = ("minister", "deputy-minister")  # kinds of office
_FOREIGN_MINISTER = "foreign-minister"
_MOST_NAMING = 14  # words of a body's name


class TitleReader(TailReader):
    """Reads titles in one sentence."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.elects = not text.vocabulary.isdisjoint(_ELECT)
        """Whether the text says of anybody that they are to take an office."""

    def _title_from(self, i: int, *, after_name: bool = False) -> Title | None:
        """The title that begins exactly at ``i``: the last head of the run of words that may stand in one."""
        head = None
        k = i
        while k < self.last and k - i < 9:
            hit = self.t.heads.get(k)
            if hit is not None:
                head, k = k, hit[1] if hit[0].sense.value else k + 1
                if hit[0].sense.value:
                    break
            elif k in self.t.entities and self.t.entities[k][0].sense.type in BODIES:
                k = self.t.entities[k][1]
            elif self._in_title(k, begun=head is not None) or (k > i and head is None and self._lists_portfolios(k)):
                k += 1
            else:
                break
        if head is None:
            return None
        title = self._title(head, i, after_name=after_name)
        return title if title.start == i else None

    def _lists_portfolios(self, k: int) -> bool:
        """Whether a comma at ``k`` parts portfolios before a head: "Ports|,| Roads and Rail Minister"."""
        return (
            self.words[k] == ","
            and k + 2 < self.last
            and all(self.low[n] in self.lex.portfolio and self.words[n][0].isupper() for n in (k - 1, k + 1))
        )

    def _in_title(self, k: int, *, begun: bool) -> bool:
        """Whether the word at ``k`` may stand before the head of a title."""
        low, lex = self.low[k], self.lex
        if low in lex.before_heads:
            return True
        if low in ("'s", "-"):
            return True
        if begun or not self.words[k][0].isupper() or not self.words[k].isalpha():
            return False
        return low not in lex.name_words and low not in lex.action_words and low not in lex.honorific_words

    def _title(self, h: int, lo: int, *, after_name: bool = False) -> Title:
        """The title around the head at ``h``, reaching left no farther than ``lo``."""
        if self.low[h] in self.lex.modifiers:
            h = self._last_head(h)
        hit = self.t.heads.get(h)
        end, kind = self._head_end(h)
        owner, head = self._owned(h, end, kind) if h in self.t.entities else (None, self.words[h:end])
        of, when, start, prefix = self._left(h, lo)
        of = of or owner
        if h in self.t.prefixed:
            head, when = [head[0].partition("-")[2], *head[1:]], "former"
        plural = hit[0].sense.type == "titles" if hit else self.low[end - 1].endswith("s")
        past = self._past_elect(end) if self.elects else end
        if past > end or self.low[end - 1].endswith(("-elect", "-designate")):
            when, end = "incoming", past
        called = fold(" ".join(head)) if kind is None else ""
        counterpart = called in self.lex.counterparts or (of is not None and called in self.lex.colleagues)
        tail = Tail(end, start)
        if not counterpart and end + 1 < self.last and self._may_trail(end):
            closed = after_name or self._predicated(start)
            self._right(tail, of, after_name=after_name, closed=closed)
            of = tail.of or of
        elif kind in _MINISTERS and (low_portfolio := self._portfolio_unjoined(end)):
            tail.words, tail.end = ["of", self.t.printed(end, low_portfolio)], low_portfolio
        if plural:
            head = [w[:-1] if w.lower().endswith("s") and w.lower()[:-1] in self.lex.heads else w for w in head]
        called = " ".join((*prefix, *head)).replace("’", "'").removeprefix("'s ").replace(" 's ", "'s ")
        text, kind = _worded(self.lex, called, tail.text(), kind, alone=not prefix)
        title = Title(start, tail.end, text, kind, of, when, plural, self.t.printed(start, tail.end))
        title.counterpart = counterpart
        if counterpart and not plural:
            self._from_country(title)
        return title

    def _portfolio_unjoined(self, end: int) -> int:
        """Past the portfolio that follows a minister without "of" ("Deputy Minister | Economic Development"), or 0."""
        if end + 2 >= self.last or self.low[end] not in self.lex.portfolio:
            return 0
        if not self.words[end][0].isupper() or self.low[end] in self.lex.honorific_starts:
            return 0
        after = self._portfolios(end)
        return after if after - end > 1 else 0

    def _head_end(self, h: int) -> tuple[int, str | None]:
        """The token after the head at ``h``, and the kind of office the head alone names."""
        hit = self.t.heads.get(h)
        end = hit[1] if hit else h + 1
        kind = hit[0].sense.value or None if hit else None
        for k in range(h + 1, end):
            if k in self.t.entities and self.t.entities[k][1] > end:  # "President of the Republic of Angola"
                end = next((m for m in range(k - 1, h, -1) if self.low[m] == "of"), k)
                kind = self._kind_of(self.t.printed(h, end))
                break
        if self.low[end] == "'s" and "of" in self.low[h + 1 : end] and self._capital_at(end + 1):
            end = self.low.index("of", h)  # "Chairman | of the National Assembly's Committee"
            kind = self._kind_of(self.t.printed(h, end))
        if end < self.last and self.words[end] == "General" and self.low[end - 1] in _GENERALS:
            end += 1
            kind = self._kind_of(self.t.printed(h, end))
        return end, kind

    def _capital_at(self, k: int) -> bool:
        """Whether a capitalised word that is no head of a title stands at ``k``."""
        return k < self.last and self.words[k][0].isupper() and k not in self.t.heads

    def _past_elect(self, end: int) -> int:
        """Past "elect", "-designate" after a head."""
        if end < self.last and self.low[end] in _ELECT:
            return end + 1
        if end + 1 < self.last and self.words[end] in DASHES and self.low[end + 1] in _ELECT:
            return end + 2
        return end

    def _from_country(self, title: Title) -> None:
        """Read the country behind "his counterpart from"."""
        n = title.end + 1
        n += n < self.last and self.low[n] == "the"
        if n < self.last and self.low[title.end] == "from" and n in self.t.entities:
            hit, after = self.t.entities[n]
            if hit.sense.type == "country":
                title.of, title.end = hit.sense.value, after

    def _owned(self, h: int, end: int, kind: str | None) -> tuple[str | None, list[str]]:
        """The body that a label of an office begins with, and the words of the head without it ("EU | Ambassador")."""
        found = self.t.entities.get(h)
        if kind is None or found is None or found[1] >= end or found[0].sense.type not in BODIES:
            return None, self.words[h:end]
        label = self.lex.office_kinds[kind].label
        if fold(label).startswith(fold(self.t.printed(h, found[1]))):
            return self._body_of(found[0]), self.words[h:end]
        rest = found[1] + (self.low[found[1]] == "'s")
        known = self._kind_of(self.t.printed(rest, end)) == kind
        return self._body_of(found[0]), self.words[rest:end] if known else label.split()

    def _last_head(self, h: int) -> int:
        """The head that ends the title begun at ``h``: "Deputy" is none before "Inspector General"."""
        while h + 1 < self.last and self.low[h] in self.lex.modifiers:
            hit = self.t.heads.get(h)
            k = hit[1] if hit else h + 1
            while k < self.last and (
                self.low[k] in self.lex.modifiers
                or (self.low[k] in self.lex.portfolio and self.words[k][0].isupper() and k not in self.t.heads)
            ):
                if k in self.t.heads:
                    break
                k += 1
            if k >= self.last or k not in self.t.heads or (hit and hit[1] - h > 1):
                return h
            h = k
        return h

    def _predicated(self, start: int) -> bool:
        """Whether a title is said of somebody named before: "is the …", "served as …", "a member of …"."""
        low, before = self.low, start - 1
        if before >= self.first and low[before] in ("a", "an"):
            return True
        if before - 1 > self.first and low[before] == "'s" and low[before - 1] in _STATES:
            before -= 2  # "was his country's ambassador to …"
        while before > self.first and low[before] in _DETERMINERS:
            before -= 1
        if before < self.first or low[before] not in _COPULAS or self._puts_another(before):
            return False
        return low[before] != "as" or not _SERVICE.isdisjoint(low[max(self.first, before - 3) : before])

    def _puts_another(self, verb: int) -> bool:
        """Whether a participle tells what somebody did to another: "the President |has appointed| Minister X"."""
        return self.low[verb].endswith("ed") and verb > self.first and self.low[verb - 1] in _PERFECT

    # -- before the head ------------------------------------------------------------------------------------------

    def _left(self, h: int, lo: int) -> tuple[str | None, str, int, list[str]]:
        """What stands before the head: country, "former", "deputy" …; and where it begins."""
        lex, low, words = self.lex, self.low, self.words
        of: str | None = None
        when = "current"
        prefix: list[str] = []
        k = h
        while k > lo:
            if words[k - 1] == ")" and k - 3 > lo and words[k - 3] == "(" and self._entity_ending(k - 3, lo):
                k -= 3  # "Republic of Korea (ROK) National Security Advisor"
            ended = self._entity_ending(k, lo) if k in self.ending else None
            if ended is not None:
                begin, hit = ended
                if hit.sense.type == "place" and self._after_preposition(begin, lo):
                    break
                if hit.sense.type == "country" and begin > self.first and low[begin - 1] == "in":
                    break  # "In South Africa | Foreign Minister X will"
                if of is None:
                    of = self._body_of(hit)
                    if hit.sense.type == "place":
                        prefix.insert(0, self.t.printed(begin, k))
                elif self._body_of(hit) != of and hit.sense.type not in ("country", "demonym", "organisation"):
                    break
                k = begin
                continue
            w = low[k - 1]
            field = k == h and of is None and low[k] in _BUSINESS and w in lex.portfolio and words[k - 1][0].isupper()
            if field and (begin := self._company(k - 1, lo)) < k - 1:
                of, k = self.t.printed(begin, k), begin  # "Siemens Energy | CEO"
            elif w == "'s" and k - 1 > lo and self._entity_ending(k - 1, lo) is not None:
                k -= 1
            elif w in lex.former:
                when, k = "former", k - 1
            elif w in lex.incoming:
                when, k = "incoming", k - 1
            elif (
                w in lex.modifiers and not self._is_preposition(k - 1) and not (w in _TAKEN and words[k][0].isupper())
            ) or (w in lex.portfolio and (words[k - 1][0].isupper() or (k == h and low[h] in _OF_PORTFOLIOS))):
                prefix.insert(0, words[k - 1])
                k -= 1
            elif w in lex.skipped and (w not in _ELECTIVE or k - 1 == lo or low[k - 2] in _BEFORE_ADJECTIVES):
                k -= 1
            elif (prefix or k - 1 == lo or (k == h and low[h] in lex.portfolio)) and (
                self._opens_title(k, lo) or self._joins_portfolios(k, lo, prefix) or self._goes_before(k, lo, prefix)
            ):
                prefix.insert(0, words[k - 1])
                k -= 1
            elif of is None and k == h and self._of_firms(k) and (begin := self._company(k, lo)) < k:
                of, k = self.t.printed(begin, k), begin
            elif k - 1 in self.t.compounds and of is None:
                of = self.t.compounds[k - 1][0]
                when = "former" if w.partition("-")[0] in lex.former else when  # "ex-Guatemalan"
                k -= 1
            else:
                break
        return of, when, k, prefix

    def _of_firms(self, h: int) -> bool:
        """Whether the name of a firm may stand right before a head: "Alstom | CEO", "MSB | chairman"."""
        low = self.low
        if low[h] in _BUSINESS or " ".join(low[h : h + 2]) in _BUSINESS:
            return True
        before = low[h - 1]
        ordinary = before in self.lex.portfolio or before in self.lex.institutions or before in self.lex.name_words
        return low[h] in _FIRM_HEADS and self.words[h].islower() and not ordinary and before not in _DAYS

    def _is_preposition(self, k: int) -> bool:
        """Whether the modifier at ``k`` is a preposition here: "Under | President X", not "Under Secretary"."""
        return self.low[k] in _GOVERNING and (self.words[k].islower() or self.low[k + 1] not in _RANKED_BELOW)

    def _company(self, k: int, lo: int) -> int:
        """Where the name of a company that stands right before token ``k`` begins ("Alstom | CEO")."""
        begin = k
        while begin > lo and k - begin < 4 and self.words[begin - 1][0].isupper():
            if self.low[begin - 1] in self.lex.never or begin - 1 in self.t.entities or begin - 1 in self.t.heads:
                break
            begin -= 1
        return begin

    def _opens_title(self, k: int, lo: int) -> bool:
        """Whether the word before ``k`` begins a title that was found from its left end."""
        return k - 1 == lo > self.first and self._in_title(lo, begun=False)

    def _goes_before(self, k: int, lo: int, prefix: list[str]) -> bool:
        """Whether the word before ``k`` goes with a portfolio: "the | Cultural | Affairs Officer"."""
        if (
            not prefix
            or k - 2 < lo
            or prefix[0].lower() not in self.lex.portfolio
            or not self.words[k - 1][0].isupper()
        ):
            return False
        opened = self.low[k - 2] in _DETERMINERS or self.low[k - 2] in _COPULAS
        return opened and self._in_title(k - 1, begun=False) and self.low[k - 1] not in self.lex.never

    def _joins_portfolios(self, k: int, lo: int, prefix: list[str]) -> bool:
        """Whether the word before ``k`` joins two portfolios: "Transport and | Communications Minister"."""
        listed = self.words[k - 1] == "," and not _JOINS.isdisjoint(prefix)  # "Ports, | Roads and Rail Minister"
        return (
            (listed or self.low[k - 1] in _JOINS)
            and k - 1 > lo
            and self.low[k - 2] in self.lex.portfolio
            and self.words[k - 2][0].isupper()
        )

    def _after_preposition(self, k: int, lo: int) -> bool:
        before = k - 1 - (k - 1 > lo and self.low[k - 1] == "the")
        return before >= lo and self.low[before] in _PREPOSITIONS

    def _entity_ending(self, k: int, lo: int) -> tuple[int, Hit] | None:
        """The body or place whose name ends right before token ``k``."""
        found = self.ending.get(k)
        return found if found is not None and found[0] >= lo and k - found[0] <= _MOST_NAMING else None


@lru_cache(maxsize=16384)
def _worded(lexicon: Lexicon, title: str, tail: str, kind: str | None, *, alone: bool) -> tuple[str, str | None]:
    """The words of a title with its tail, and the kind of office they name.

    ``kind`` is that of the head, ``alone`` whether nothing stands before it.
    """
    if tail:
        if alone and kind is not None and tail.startswith("to ") and lexicon.office_kinds[kind].top == "ambassador":
            label = lexicon.office_kinds[kind].label  # without what every letter of credence says
            title = label if set(fold(label).split()) <= set(fold(title).split()) else title
        title = f"{title}{tail}" if tail.startswith(",") else f"{title} {tail}"
    if tail or not alone:
        kind = lexicon.kind_by_label.get(fold(title))
        if kind is None and " and " in title:
            kind = _first_portfolio(lexicon, fold(title))
    if kind is not None and "secretary" in title.lower() and "inister" in lexicon.office_kinds[kind].label:
        kind = None  # a Secretary of the Treasury is known by that name
    return _plain(title), kind


def _first_portfolio(lexicon: Lexicon, title: str) -> str | None:
    """The kind of a foreign minister with further portfolios ("Minister of Foreign Affairs and Expatriates")."""
    kind = lexicon.kind_by_label.get(title.replace(",", " and").partition(" and ")[0])
    return kind if kind and lexicon.office_kinds[kind].top == _FOREIGN_MINISTER else None


def _plain(title: str) -> str:
    """A title with single blanks and its usual abbreviations written out ("Vice Chairman of the NA")."""
    words = " ".join(title.replace(",", ", ").replace(" ,", ",").split()).strip("-–— ").split()
    return " ".join(_SPELT_OUT.get(word, word) for word in words)
