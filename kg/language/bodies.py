"""Bodies and portfolios: runs of capitals that name a ministry, a company, a field, and where such a name ends."""

from kg.iris import fold
from kg.language.lexicon import Hit
from kg.language.text import Text
from kg.language.words import words

_LEGAL_FORMS = words("grammar", "legal_forms")
_STATE_BODIES = words("grammar", "state_bodies")
_GOVERNING = words("grammar", "governing_bodies")
_GENERALS = words("offices", "before_general")
_CROWNED = words("grammar", "crowned")
_WITHIN = words("grammar", "within_bodies")
_JOINS = words("offices", "portfolio_joins")
_CLOSING = words("offices", "closing_portfolios")
_POSTS = words("grammar", "posts")
_IN_PORTFOLIOS = words("offices", "within_portfolios")
_LEADING_OUT = words("offices", "leading_out")
_MOST_BODY_WORDS = 14
_BEFORE_GOVERNMENTS = words("grammar", "before_governments")
_ADVERBS = words("grammar", "clause_adverbs")
_DAY_WORDS = words("dates", "day_words")
_AFTER_GOVERNMENTS = words("grammar", "after_governments")
_NO_SUBJECTS = words("grammar", "before_no_subject")
DASHES = ("–", "-", "—", "--")
BODIES = ("country", "demonym", "organisation", "place")
"""Types of names that may stand in a title."""


class BodyReader:
    """Reads the names of bodies and portfolios in one sentence of a text, ``[first, last)`` in tokens."""

    def __init__(self, text: Text) -> None:
        self.t = text
        self.lex = text.lexicon
        self.words = text.tokens.words
        self.low = text.low
        self.first, self.last = 0, len(self.low)
        self.ending: dict[int, tuple[int, Hit]] = {
            end: (begin, hit) for begin, (hit, end) in text.entities.items() if hit.sense.type in BODIES
        }
        """Where the names of bodies and places begin, by the token after them."""
        self._governing: set[int] = set()
        """Where capitals begin that stand for governments."""

    def _kind_of(self, text: str) -> str | None:
        return self.lex.kind_by_label.get(fold(text))

    def _body_of(self, hit: Hit) -> str | None:
        if hit.sense.type == "place":
            return self.lex.authority.places[hit.sense.value].country
        return hit.sense.value

    def _government(self, i: int, end: int) -> str | None:
        """The country whose government the name of its capital ``[i, end)`` stands for: "Ankara signed …"."""
        place = self.lex.authority.places[self.t.entities[i][0].sense.value]
        if not place.governs or end >= self.last:
            return None
        before = self.low[i - 1] if i > self.first else ""
        joined = before == "and" and i - 1 in self.ending and self.ending[i - 1][0] in self._governing
        if not joined and before not in _BEFORE_GOVERNMENTS:
            k = end
            if self.low[k] == "and" and (pair := self.t.entities.get(k + 1)):  # "Ankara and Tripoli signed"
                k = pair[1]
            k = self._past_day(k)
            while k < self.last and (self.low[k] in _ADVERBS or self.low[k].endswith("ly")):
                k += 1
            if before in _NO_SUBJECTS or before == "," or k >= self.last or not self._acts(k):
                return None
        self._governing.add(i)
        return place.governs

    def _past_day(self, k: int) -> int:
        """The token behind a day told between a capital and its verb: "Kyiv |on Monday| said"; else ``k``."""
        n = k
        while n < min(self.last, k + 5) and (self.low[n] in _DAY_WORDS or self.low[n][0].isdigit()):
            n += 1
        return n if n > k + 1 and self.low[k] in ("on", "in", "last", "this") else k

    def _acts(self, k: int) -> bool:
        """Whether the word at ``k`` is the verb of a government: "ordered", "has" (but no passive: "has been hit")."""
        word = self.low[k]
        if word in _AFTER_GOVERNMENTS:
            return self.low[k + 1] != "been"
        return word in self.lex.action_words or (word.endswith("ed") and self.words[k].islower())

    def _label(self, hit: Hit) -> str:
        if hit.sense.type in ("country", "demonym"):
            return self.lex.authority.countries[hit.sense.value].label
        if hit.sense.type == "organisation":
            return self.lex.authority.organisations[hit.sense.value].label
        return self.t.text[hit.start : hit.end]

    def _next_line(self, k: int) -> bool:
        """Whether a line break stands before token ``k``."""
        return "\n" in self.t.text[self.t.tokens.end(k - 1) : self.t.tokens.starts[k]]

    def _is_state_body(self, n: int, end: int) -> bool:
        n += self.low[n] == "'s"
        return self.low[end - 1] in _STATE_BODIES or (
            self.low[n] in _STATE_BODIES or self.low[min(n + 1, end - 1)] in _STATE_BODIES
        )

    def _is_organ(self, n: int, end: int) -> bool:
        """Whether the words ``[n, end)`` end as the name of a body does."""
        low = self.low[end - 1]
        if self._is_state_body(n, end):
            return True
        return low in self.lex.portfolio or low in _STATE_BODIES or low in self.lex.institutions or low in _LEGAL_FORMS

    def _is_demonym(self, k: int) -> bool:
        """Whether the word at ``k`` is the adjective of a people."""
        found = self.t.entities.get(k)
        return found is not None and found[0].sense.type == "demonym"

    def _owner_within(self, n: int, end: int) -> str | None:
        """The country whose body a run of words names: "Chinese Foreign Ministry", "China's Ministry of …"."""
        hit = self.t.entities.get(n + (self.low[n] in _CROWNED))
        if hit and hit[0].sense.type in ("country", "demonym") and hit[1] < end and self._is_state_body(hit[1], end):
            return hit[0].sense.value
        return None

    def _shortens(self, k: int, names: list[str]) -> bool:
        """Whether the word at ``k`` is an acronym or short form of a name ("Afreximbank")."""
        word = self.words[k]
        if word.isupper():  # not that of a place: "Dillard University (LA)"
            return any(name[0] == word[0] for name in names) and word not in self.lex.authority.countries
        return word[0].isupper() and bool(names) and word[:3].lower() == names[0][:3].lower()

    def _abbreviated(self, end: int) -> bool:
        """Whether the acronym of the words before ``end`` follows in brackets, so that they are one name."""
        if end + 2 >= self.last or self.words[end] != "(" or self.words[end + 2] != ")":
            return False
        acronym = self.words[end + 1]
        return len(acronym) > 1 and acronym[:2].isupper() and self.words[end - 1][0] in acronym

    # -- runs of capitals -----------------------------------------------------------------------------------------

    def _portfolios(self, n: int) -> int:
        """Past capitalised words of portfolios from ``n``."""
        words, low, lex = self.words, self.low, self.lex
        k = good = n
        while k < self.last:
            found = self.t.entities.get(k) if k > n else None
            if found is not None and found[0].sense.type in ("person", "country"):
                break
            if words[k][0].isupper() and low[k] in lex.portfolio:
                k += 1
                good = k
            elif (low[k] in _IN_PORTFOLIOS and k > n) or (
                words[k][0].isupper()
                and k not in self.t.entities
                and k + 1 < self.last
                and low[k + 1] in lex.portfolio
                and words[k + 1][0].isupper()
                and low[k] not in lex.name_words
                and k not in self.t.heads
            ):
                k += 1
            else:
                break
        return good

    def _run(self, n: int, *, past: int = 0) -> int:
        """Past the name of a body or portfolio from ``n``: capitals and what joins them; a name may stand at its end.

        ``past``: the end of a known name that the run begins with.
        """
        words, low, lex = self.words, self.low, self.lex
        k = good = max(n, past)
        while k < self.last and k - n < _MOST_BODY_WORDS:
            w = low[k]
            if words[k][0].isupper():
                if self._stops_run(k, n):
                    break
                k += 1
                good = k
                if k < self.last and words[k] == "." and len(w) == 1:
                    k += 1
            elif w in lex.inner and (
                k == n
                or low[k - 1] in lex.inner
                or low[k - 1] in _WITHIN
                or w in _CLOSING
                or (k == past and w in _POSTS)  # "the U.S. |embassy| in Riga"
            ):
                k += 1
                good = good if w in lex.modifiers and self._modifies(k) else k
            elif w in _WITHIN and k > n and not self._leaves_organ(k):
                k += 1
            else:
                break
        return good

    def _modifies(self, k: int) -> bool:
        """Whether the word before ``k`` is of a noun that is none of an organ: "X on the |national| holiday"."""
        return k < self.last and self.words[k].islower() and self.words[k].isalpha() and self.low[k] not in _WITHIN

    def _stops_run(self, k: int, n: int) -> bool:
        """Whether the capital at ``k`` begins something else: a person, a title, the body the run belongs to."""
        low, lex = self.low, self.lex
        if k == n and low[k] in lex.never and low[k] not in lex.portfolio and k not in self.t.entities:
            named = low[k] in lex.institutions and low[k + 1] in ("for", "of", "on")
            return k + 1 >= self.last or not (named or self.words[k + 1][0].isupper())
        if low[k] in _DAY_WORDS and low[k - 1] == "on":
            return True  # "of the Center for Water Studies on |Monday|"
        found = self.t.entities.get(k)
        apart = found is not None and low[k - 1] not in _WITHIN and k > n
        if apart and found and found[0].sense.type in ("person", "organisation"):
            return not (found[1] - k > 1 and self._is_demonym(k - 1))  # "of the Russian |Security Council|"
        if low[k] in lex.honorific_starts and low[k] not in lex.portfolio and low[k] not in lex.heads:
            return True
        if low[k] in lex.portfolio:
            return False
        begin = k - 1
        while begin > n and low[begin] in lex.modifiers:
            begin -= 1
        if begin < k - 1 and low[begin] == "the":
            return False  # "Office of the Special Envoy"
        heads = (k in self.t.heads or low[k] in lex.heads) and low[k + 1] != "'s"  # "County |Sheriff's| Office"
        return heads and (low[k - 1] not in ("of", "the") or low[k - 2] == "and") and not low[k].endswith("s")

    def _leaves_organ(self, k: int) -> bool:
        """Whether the small word at ``k`` leads from an organ to the body it is of, or to another title or person.

        "Board | of ROX Group", "Ministry of Health | of Oman", "Industry | and Ambassador X".
        """
        low, lex = self.low, self.lex
        n = k + 1 + (low[k + 1] == "the")
        if n >= self.last:
            return True
        if low[k] in _JOINS:
            return self._leads_to_head(n) or self._first_name(n, min(n + 2, self.last)) < min(n + 2, self.last)
        if low[k] not in _LEADING_OUT:
            return False
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type in ("country", "organisation", "place"):
            return True
        if found is not None and found[0].sense.type == "demonym" and not _STATE_BODIES.isdisjoint(low[n + 1 : n + 4]):
            return True  # "the Asia department | of the Israeli Foreign Ministry"
        if low[k] != "of":
            return True
        unknown = low[n] not in lex.portfolio and n not in self.t.heads and not low[n].endswith("s")
        return low[k - 1] in _GOVERNING and unknown

    def _leads_to_head(self, n: int) -> bool:
        """Whether the capitals from ``n`` are those of another title ("and | Moscow Mayor X")."""
        for k in range(n, min(n + 4, self.last)):
            if (k in self.t.heads or self.low[k] in self.lex.heads) and (
                k > n or self.low[k] not in self.lex.portfolio
            ):
                return True
            if not self.words[k][0].isupper() and self.low[k] != "'s":
                return False
        return False

    def _marks_body(self, m: int) -> bool:
        """Whether the word at ``m`` belongs to a body or portfolio for certain."""
        low = self.low[m]
        if low == "general" and self.low[m - 1] not in _GENERALS:
            return False  # "Chief of Army Staff | General X"
        return (
            low in self.lex.portfolio
            or low in _WITHIN
            or low in _STATE_BODIES
            or (low in self.lex.institutions and low not in self.lex.name_words)
            or low.replace(".", "") in _LEGAL_FORMS
        )

    def _first_name(self, begin: int, end: int) -> int:
        """The first word in ``[begin, end)`` that is somebody's name; ``end`` if none is."""
        for m in range(begin, end):
            if len(self.words[m]) == 1 and m + 1 < self.last and self.words[m + 1] == ".":
                return m  # an initial
            if self.low[m] == "general" and self.low[m - 1] not in _GENERALS:
                return m
            parts = fold(self.words[m]).split()
            acronym = self.words[m].isupper() and len(self.words[m]) < 4
            if parts and parts[0] in self.lex.name_words and not acronym and not self._marks_body(m):
                return m
        return end
