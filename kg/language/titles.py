"""Titles: the name of an office around its head noun, with what stands before and after it.

"former deputy Chinese Foreign Minister", "Minister of Foreign Affairs of Ukraine", "Chairman of the Board of …".
"""

from dataclasses import dataclass, field

from kg.iris import fold
from kg.language.lexicon import Hit
from kg.language.text import Text, Title
from kg.language.words import words

_PREPOSITIONS = words("grammar", "title_prepositions")
_LEGAL_FORMS = words("grammar", "legal_forms")
_ELECTIVE = words("acts", "elective_participles")
_BEFORE_ADJECTIVES = words("acts", "lately") | words("grammar", "determiners") | {"'s"}
_STATE_BODIES = words("grammar", "state_bodies")
_GOVERNING = words("grammar", "governing_bodies")
_POSTED = words("grammar", "posted")
_COPULAS = words("grammar", "copulas")
_DETERMINERS = words("grammar", "determiners")
_BEFORE_BODIES = words("grammar", "before_bodies")
_GENERALS = words("offices", "before_general")
_BUSINESS = words("offices", "business")
_ELECT = words("offices", "elect")
_OF_TERRITORIES = words("offices", "of_territories")
_SENT = words("offices", "sent")
_OF_PORTFOLIOS = words("offices", "of_portfolios")
_POSTS = words("grammar", "posts")
_DISTRICTS = words("grammar", "districts")
_SERVICE = words("grammar", "service")
_SPOKEN_OF = words("grammar", "bodies_spoken_of")
_CROWNED = words("grammar", "crowned")
_WITHIN = words("grammar", "within_bodies")
_BODIES = ("country", "demonym", "organisation", "place")
_DASHES = ("–", "-", "—", "--")
_MOST_BODY_WORDS = 14
_MOST_PARTS = 10  # of what follows the head of a title


@dataclass(slots=True)
class _Tail:
    """What is read after the head of a title."""

    end: int
    start: int
    """Where the title begins."""
    words: list[str] = field(default_factory=list)
    of: str | None = None

    def text(self) -> str:
        return " ".join(self.words).replace(" ,", ",")


class TitleReader:
    """Reads titles in one sentence."""

    def __init__(self, text: Text, first: int, last: int) -> None:
        self.t = text
        self.lex = text.lexicon
        self.words = text.tokens.words
        self.low = text.low
        self.first, self.last = first, last

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
            elif k in self.t.entities and self.t.entities[k][0].sense.type in _BODIES:
                k = self.t.entities[k][1]
            elif self._in_title(k, begun=head is not None):
                k += 1
            else:
                break
        if head is None:
            return None
        title = self._title(head, i, after_name=after_name)
        return title if title.start == i else None

    def _in_title(self, k: int, *, begun: bool) -> bool:
        """Whether the word at ``k`` may stand before the head of a title."""
        low, lex = self.low[k], self.lex
        if (
            low in lex.modifiers
            or low in lex.former
            or low in lex.incoming
            or low in lex.skipped
            or low in lex.portfolio
        ):
            return True
        if low in ("'s", "-"):
            return True
        if begun or not self.words[k][0].isupper() or not self.words[k].isalpha():
            return False
        return low not in lex.name_words and low not in lex.action_words

    def _title(self, h: int, lo: int, *, after_name: bool = False) -> Title:
        """The title around the head at ``h``, reaching left no farther than ``lo``."""
        h = self._last_head(h)
        hit = self.t.heads.get(h)
        end, kind = self._head_end(h)
        owner, head = self._owned(h, end, kind)
        of, when, start, prefix = self._left(h, lo)
        of = of or owner
        if h in self.t.prefixed:
            head, when = [head[0].partition("-")[2], *head[1:]], "former"
        plural = hit[0].sense.type == "titles" if hit else self.low[end - 1].endswith("s")
        if self.low[end - 1].endswith("-elect") or self._past_elect(end) > end:
            when, end = "incoming", self._past_elect(end)
        counterpart = fold(" ".join(head)) in self.lex.counterparts
        tail = _Tail(end, start)
        if not counterpart:
            closed = after_name or self._predicated(start)
            tail = self._right(start, end, of, after_name=after_name, closed=closed)
        of = tail.of or of
        if plural:
            head = [w[:-1] if w.lower().endswith("s") and w.lower()[:-1] in self.lex.heads else w for w in head]
        text = " ".join((*prefix, *head))
        if prefix:
            kind = self._kind_of(text)
        if tail.words:
            after = tail.text()
            text = f"{text}{after}" if after.startswith(",") else f"{text} {after}"
            kind = self._kind_of(text)
        if kind is not None and "secretary" in text.lower() and "inister" in self.lex.office_kinds[kind].label:
            kind = None  # a Secretary of the Treasury is known by that name
        text = self._spelt_out(_clean(text))
        title = Title(start, tail.end, text, kind, of, when, plural, self.t.printed(start, tail.end))
        title.counterpart = counterpart
        if counterpart and not plural:
            self._from_country(title)
        return title

    def _head_end(self, h: int) -> tuple[int, str | None]:
        """The token after the head at ``h``, and the kind of office the head alone names."""
        hit = self.t.heads.get(h)
        end = hit[1] if hit else h + 1
        kind = hit[0].sense.value or None if hit else None
        for k in range(h + 1, end):
            if k in self.t.entities and self.t.entities[k][1] > end:  # "President of the Republic of Angola"
                end = next(m for m in range(h + 1, k) if self.low[m] == "of") if "of" in self.low[h + 1 : k] else k
                kind = self._kind_of(self.t.printed(h, end))
                break
        if end < self.last and self.words[end] == "General" and self.low[end - 1] in _GENERALS:
            end += 1
            kind = self._kind_of(self.t.printed(h, end))
        return end, kind

    def _past_elect(self, end: int) -> int:
        """Past "elect", "-designate" after a head."""
        if end < self.last and self.low[end] in _ELECT:
            return end + 1
        if end + 1 < self.last and self.words[end] in _DASHES and self.low[end + 1] in _ELECT:
            return end + 2
        return end

    def _spelt_out(self, text: str) -> str:
        """A title with its usual abbreviations written out ("Vice Chairman of the NA")."""
        long = self.lex.spelt_out
        return (
            " ".join(long.get(word, word) for word in text.split()) if any(w.isupper() for w in text.split()) else text
        )

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
        if kind is None or found is None or found[1] >= end or found[0].sense.type not in _BODIES:
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
        while before > self.first and low[before] in _DETERMINERS:
            before -= 1
        if before < self.first or low[before] not in _COPULAS:
            return False
        return low[before] != "as" or any(w in _SERVICE for w in low[max(self.first, before - 3) : before])

    def _kind_of(self, text: str) -> str | None:
        return self.lex.kind_by_label.get(fold(text))

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
            ended = self._entity_ending(k, lo)
            if ended is not None:
                begin, hit = ended
                if hit.sense.type == "place" and self._after_preposition(begin, lo):
                    break
                if of is None:
                    of = self._body_of(hit)
                    if hit.sense.type == "place":
                        prefix.insert(0, self.t.printed(begin, k))
                elif self._body_of(hit) != of and hit.sense.type not in ("country", "demonym", "organisation"):
                    break
                k = begin
                continue
            w = low[k - 1]
            if w == "'s" and k - 1 > lo and self._entity_ending(k - 1, lo) is not None:
                k -= 1
            elif w in lex.former:
                when, k = "former", k - 1
            elif w in lex.incoming:
                when, k = "incoming", k - 1
            elif (w in lex.modifiers and words[k - 1] != "under") or (w in lex.portfolio and words[k - 1][0].isupper()):
                prefix.insert(0, words[k - 1])
                k -= 1
            elif w in lex.skipped and (w not in _ELECTIVE or k - 1 == lo or low[k - 2] in _BEFORE_ADJECTIVES):
                k -= 1
            elif self._opens_title(k, lo) or self._joins_portfolios(k, lo, prefix) or self._goes_before(k, lo, prefix):
                prefix.insert(0, words[k - 1])
                k -= 1
            elif of is None and k == h and low[k] in _BUSINESS and (begin := self._company(k, lo)) < k:
                of, k = self.t.printed(begin, k), begin
            elif k - 1 in self.t.compounds and of is None:
                of = self.t.compounds[k - 1][0]
                k -= 1
            else:
                break
        return of, when, k, prefix

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
        return (
            self.low[k - 1] in ("and", "&")
            and k - 1 > lo
            and bool(prefix)
            and self.low[k - 2] in self.lex.portfolio
            and self.words[k - 2][0].isupper()
        )

    def _after_preposition(self, k: int, lo: int) -> bool:
        before = k - 1 - (k - 1 > lo and self.low[k - 1] == "the")
        return before >= lo and self.low[before] in _PREPOSITIONS

    def _entity_ending(self, k: int, lo: int) -> tuple[int, Hit] | None:
        """The body or place whose name ends right before token ``k``."""
        for size in (1, 2, 3, 4, 5, 6):
            begin = k - size
            if begin < lo:
                return None
            found = self.t.entities.get(begin)
            if found and found[1] == k and found[0].sense.type in _BODIES:
                return begin, found[0]
        return None

    def _body_of(self, hit: Hit) -> str | None:
        if hit.sense.type == "place":
            return self.lex.authority.places[hit.sense.value].country
        return hit.sense.value

    # -- after the head -------------------------------------------------------------------------------------------

    def _right(self, start: int, end: int, of: str | None, *, after_name: bool, closed: bool) -> _Tail:
        """What stands after the head: "of Foreign Affairs", "of the Republic of Latvia", "to Sri Lanka".

        ``closed``: no name can follow, so that a run of capitals belongs to the title as a whole.
        """
        tail = _Tail(end, start)
        head = self.low[end - 1]
        for _ in range(_MOST_PARTS):
            k = tail.end
            if k + 1 >= self.last:
                break
            w = self.low[k]
            if w == "(":
                close = next((m for m in range(k + 1, min(k + 4, self.last)) if self.words[m] == ")"), None)
                if close is None:
                    break
                tail.end = close + 1
            elif w in _PREPOSITIONS and self.words[k][0].islower():  # "President To Lam"
                if not self._prepositional(tail, head, of, closed=closed):
                    break
            elif not self._goes_on(tail, end) and not (after_name and self._set_off(tail)):
                break
        return tail

    def _prepositional(self, tail: _Tail, head: str, of: str | None, *, closed: bool) -> bool:
        """Read a preposition and what it governs into the tail."""
        k = tail.end
        if head.endswith("s") and head[:-1] in self.lex.heads and self.low[k] in ("on", "in", "for", "at"):
            return False  # "Presidents on Strengthening …"
        n = k + 1
        while n < self.last and (self.words[n] in _BEFORE_BODIES or self.words[n][0].isdigit()):
            n += 1
        if n >= self.last:
            return False
        if self.low[k + 1] == "the":
            if self._of_office(tail, n):
                return True
            body = next((m for m in range(n, min(n + 3, self.last)) if self.words[m] in _SPOKEN_OF), None)
            if body is not None:  # "Secretary General of the regional bloc"
                tail.end = body + 1
                return True
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type in _BODIES:
            return self._of_entity(tail, n, head, of, closed=closed)
        if self.words[n] in ('"', "“") and self.low[k] in ("of", "at"):
            close = next((m for m in range(n + 1, min(n + 8, self.last)) if self.words[m] in ('"', "”")), None)
            if close is not None:
                tail.of, tail.end = tail.of or self.t.printed(n + 1, close), close + 1
            return close is not None
        whole = self._run(n)
        of_body = (self.low[k] in ("of", "at") and head not in _OF_PORTFOLIOS) or head in _SENT
        end = whole if closed else self._before_name(tail, n, whole, body=of_body)
        if end == n:
            return False
        if self.low[k] in ("of", "at") and self._names_body(n, end, head, tail):
            self._take_body(tail, n, end)
        else:
            self._take(tail, n, end)
        return True

    def _take(self, tail: _Tail, n: int, end: int) -> None:
        """Take the words up to ``end``, from the preposition that governs the token ``n``."""
        article = ["the"] if n - 1 > tail.end and self.low[n - 1] == "the" else []
        w = self.low[tail.end]
        if not (  # a bureau of a department is told by itself
            w in ("in", "at", "within") and tail.words and self._is_state_body(n, end)
        ):
            owner = self._owner_within(n, end)
            own = self.t.entities[n][1] if owner and n in self.t.entities else n
            own += owner is not None and self.low[own] == "'s"
            post = self.low[own] in _POSTS
            tail.words += ["at" if post else w, *(["the"] if post else article), self.t.printed(own, end)]
            tail.of = tail.of or owner
        tail.end = end

    def _owner_within(self, n: int, end: int) -> str | None:
        """The country whose body a run of words names: "Chinese Foreign Ministry", "China's Ministry of …"."""
        hit = self.t.entities.get(n + (self.low[n] in _CROWNED))
        if hit and hit[0].sense.type in ("country", "demonym") and hit[1] < end and self._is_state_body(hit[1], end):
            return hit[0].sense.value
        return None

    def _is_state_body(self, n: int, end: int) -> bool:
        n += self.low[n] == "'s"
        return self.low[end - 1] in _STATE_BODIES or any(self.low[k] in _STATE_BODIES for k in (n, min(n + 1, end - 1)))

    def _take_body(self, tail: _Tail, n: int, end: int) -> None:
        """Take an organisation nobody knows: by the acronym that follows, else as printed without its legal form."""
        names = [w for w in self.words[n:end] if w.lower().replace(".", "") not in _LEGAL_FORMS and w not in ",."]
        close = end + 2
        if close < self.last and self.words[end] == "(" and self.words[close] == ")" and self._shortens(end + 1, names):
            names = [self.words[end + 1]]
            end = close + 1
        tail.of = tail.of or " ".join(names) or None
        tail.end = end

    def _shortens(self, k: int, names: list[str]) -> bool:
        """Whether the word at ``k`` is an acronym or short form of a name ("Afreximbank")."""
        word = self.words[k]
        return word.isupper() or (word[0].isupper() and bool(names) and word[:3].lower() == names[0][:3].lower())

    def _names_body(self, n: int, end: int, head: str, tail: _Tail) -> bool:
        """Whether the run ``[n, end)`` after "of" names an organisation, not a portfolio or a part of the state."""
        low, lex = self.low, self.lex
        if tail.of or head in _OF_PORTFOLIOS or head in _OF_TERRITORIES or self.words[end - 1] in lex.spelt_out:
            return False
        if all(low[k] in lex.portfolio or low[k] in lex.heads for k in range(n, end) if self.words[k][0].isupper()):
            return False
        noun = next((k for k in range(n + 1, end) if low[k] in _WITHIN), end) - 1  # of "Superior Court of …" the court
        return not {low[end - 1], low[n], low[noun]} & (_STATE_BODIES | _GOVERNING)

    def _of_office(self, tail: _Tail, n: int) -> bool:
        """Read "to the President", "of the Romanian President": whom the office serves."""
        found = self.t.entities.get(n)
        k = n
        if found is not None and found[0].sense.type in ("country", "demonym"):
            k = found[1] + (found[1] < self.last and self.low[found[1]] == "'s")
        hit = self.t.heads.get(k)
        if hit is None or not hit[0].sense.value or hit[0].sense.type == "titles" or not self.words[k][0].isupper():
            return False
        tail.words += [self.low[tail.end], "the", self.t.printed(k, hit[1])]
        if k > n and found:
            tail.of = tail.of or found[0].sense.value
        tail.end = hit[1]
        return True

    def _of_entity(self, tail: _Tail, n: int, head: str, of: str | None, *, closed: bool) -> bool:
        """Read a known country, body or place after a preposition."""
        w = self.low[tail.end]
        hit, after = self.t.entities[n]
        kind = hit.sense.type
        if kind == "country" and after < self.last and self.words[after] in ("Republic", "Federation"):
            after += 1
        if kind == "demonym" or (kind in ("country", "place") and w != "to"):
            organ = self._run(n, past=after)
            organ = organ if closed else self._before_name(tail, n, organ, past=after)
            if organ > after and self._is_organ(after, organ):
                institution = self.low[organ - 1] in self.lex.institutions - _STATE_BODIES
                if institution or (kind == "place" and not self._is_state_body(after, organ)):
                    self._take_body(tail, n, organ)
                else:
                    self._take(tail, n, organ)
                    tail.of = tail.of or (self._body_of(hit) if kind == "place" else None)
                return True
        if kind == "demonym":
            return False
        if kind == "place":
            if w != "of" and not (w == "in" and (tail.words or head in _POSTED)):
                return False
            tail.words += [w, self.t.printed(n, after)]
            if w == "of" and tail.of is None and of is None:
                tail.of = self._body_of(hit)
        elif w in ("of", "at"):
            if kind == "country" and self.low[tail.end - 1] in _DISTRICTS:
                tail.words += [w, self._label(hit)]  # "United States Attorney for the District of Guam"
                tail.end = after
            else:
                self._belongs_to(tail, hit, after)
            return True
        else:
            if w == "in" and not tail.words and not self.words[tail.end - 1][0].isupper():
                return False
            article = (
                ["the"] if self.low[n - 1] == "the" and fold(self.t.printed(n, after)) == fold(self._label(hit)) else []
            )
            tail.words += [w, *article, self.t.printed(n, after) if kind == "organisation" else self._label(hit)]
            after = self._further_countries(tail, after) if w in ("to", "for") else after
        tail.end = after
        return True

    def _belongs_to(self, tail: _Tail, hit: Hit, after: int) -> None:
        """Take the country or organisation an office is "of"."""
        is_country = hit.sense.type == "country"
        if tail.of is None or (is_country and tail.of not in self.lex.authority.countries and not tail.of.islower()):
            if tail.of is not None:
                tail.words += ["of", "the", tail.of]
            tail.of = hit.sense.value
        tail.end = self._organ(after, tail.words)

    def _further_countries(self, tail: _Tail, k: int) -> int:
        """Past further countries an envoy is sent to: "to India, Nepal and Bhutan"."""
        while k + 1 < self.last and (self.words[k] == "," or self.low[k] in ("and", "&")):
            n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
            n += n < self.last and self.low[n] == "the"
            found = self.t.entities.get(n)
            if found is None or found[0].sense.type != "country":
                break
            after = found[1]
            if after < self.last and (
                self.low[after] == "'s" or (self.words[after][0].isalnum() and self.low[after] != "and")
            ):
                break
            tail.words += [self.words[k], self._label(found[0])]
            k = after
        return k

    def _goes_on(self, tail: _Tail, end: int) -> bool:
        """Read further portfolios: "Minister of Trade, | Commerce and | Tourism"."""
        k = tail.end
        if not (
            self.words[k] in (",", "and", "&")
            and (tail.words[:1] in (["of"], ["for"]) or "of" in self.low[max(end - 4, 0) : end])
            and self.words[k - 1][0].isupper()
        ):
            return False
        n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
        after = self._portfolios(n)
        if {self.low[end - 1], self.low[max(end - 4, 0)]} & _OF_PORTFOLIOS:
            run = self._run(n)
            ends = run < self.last and self.words[run] in (",", ".", ")", ";") and self._first_name(n, run) == run
            joined = self.words[k] != "," or "and" in self.low[n:run]
            after = max(after, run if ends and joined and run - n < 6 else n)
        if after == n or self._begins_title(n, after):
            return False
        tail.words.append(self.t.printed(k, after) if self.words[k] != "," else "," + self.t.printed(k + 1, after))
        tail.end = after
        return True

    def _set_off(self, tail: _Tail) -> bool:
        """Read the body or the field set off by a mark: "executive secretary, Union of …", "Director – South Asia"."""
        k = tail.end
        n = k + 1 + (self.low[k + 1] == "the")
        dash = self.words[k] in _DASHES
        if n >= self.last or not (dash or self.words[k] == ",") or tail.of or not self.words[n][0].isupper():
            return False
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type == "organisation":
            if found[1] < self.last and self.words[found[1]][0].isupper():
                return False
            tail.of, tail.end = found[0].sense.value, found[1]
            return True
        if dash and found is not None and found[0].sense.type == "country":
            tail.words += ["for", self._label(found[0])]
            tail.end = self._further_countries(tail, found[1])
            return True
        end = self._run(n)
        if (
            end == n
            or n in self.t.heads
            or (end < self.last and self.words[end][0].isupper() and end not in self.t.entities)
        ):
            return False
        if dash:
            if found is None and not all(w in self.lex.portfolio for w in self.low[n:end]):
                return False
            tail.words += ["for", self.t.printed(n, end)]
            tail.end = end
        elif self.low[end - 1] in self.lex.institutions - _STATE_BODIES and self.low[n] not in _STATE_BODIES:
            self._take_body(tail, n, end)
        elif self._is_state_body(n, end):
            owner = self._owner_within(n, end)
            own = self.t.entities[n][1] if owner and n in self.t.entities else n
            if self.low[own] not in _POSTS:
                tail.words += ["of", "the", self.t.printed(own, end)]
            tail.end, tail.of = end, owner
        else:
            return False
        return True

    def _capital_at(self, k: int) -> bool:
        return k < self.last and self.words[k][0].isupper()

    def _label(self, hit: Hit) -> str:
        if hit.sense.type in ("country", "demonym"):
            return self.lex.authority.countries[hit.sense.value].label
        if hit.sense.type == "organisation":
            return self.lex.authority.organisations[hit.sense.value].label
        return self.t.text[hit.start : hit.end]

    def _organ(self, k: int, tail: list[str]) -> int:
        """Past the organ of a body just named: "… of the CPV Central Committee"."""
        words, low = self.words, self.low
        if k + 2 < self.last and words[k] == "(" and words[k + 2] == ")":
            k += 3
        n = k
        while n < self.last and words[n][0].isupper() and low[n] in self.lex.portfolio:
            n += 1
        if n > k and " ".join(low[k:n]) not in ("central committee",):
            tail += ["of", self.t.printed(k, n)]
        return n

    def _is_organ(self, n: int, end: int) -> bool:
        """Whether the words ``[n, end)`` end as the name of a body does."""
        low = self.low[end - 1]
        if self._is_state_body(n, end):
            return True
        return low in self.lex.portfolio or low in _STATE_BODIES or low in self.lex.institutions

    def _begins_title(self, n: int, after: int) -> bool:
        """Whether the words ``[n, after)`` lead to another head ("… and Foreign Minister X")."""
        return (
            after in self.t.heads
            or (after < self.last and self.low[after] in self.lex.heads)
            or any(m in self.t.heads or self.low[m] in self.lex.heads for m in range(n, after))
        )

    # -- runs of capitals -----------------------------------------------------------------------------------------

    def _portfolios(self, n: int) -> int:
        """Past capitalised words of portfolios from ``n``."""
        words, low, lex = self.words, self.low, self.lex
        k = good = n
        while k < self.last:
            if words[k][0].isupper() and low[k] in lex.portfolio and (k == n or not self._is_person(k)):
                k += 1
                good = k
            elif (low[k] in ("and", "of", "the", "for", "&") and k > n) or (
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

    def _is_person(self, k: int) -> bool:
        hit = self.t.entities.get(k)
        return hit is not None and hit[0].sense.type == "person"

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
            elif w in lex.inner and (k == n or low[k - 1] in lex.inner or low[k - 1] in _WITHIN):
                k += 1
                good = k
            elif w in _WITHIN and k > n and not self._leaves_organ(k):
                k += 1
            else:
                break
        return good

    def _stops_run(self, k: int, n: int) -> bool:
        """Whether the capital at ``k`` begins something else: a person, a title, the body the run belongs to."""
        low, lex = self.low, self.lex
        if k == n and low[k] in lex.never and low[k] not in lex.portfolio and k not in self.t.entities:
            return k + 1 >= self.last or not self.words[k + 1][0].isupper()
        found = self.t.entities.get(k)
        apart = found is not None and low[k - 1] not in _WITHIN and k > n
        if apart and found and found[0].sense.type in ("person", "organisation"):
            return True
        if low[k] in lex.honorific_starts and low[k] not in lex.portfolio and low[k] not in lex.heads:
            return True
        if low[k] in lex.portfolio:
            return False
        begin = k - 1
        while begin > n and low[begin] in lex.modifiers:
            begin -= 1
        if begin < k - 1 and low[begin] == "the":
            return False  # "Office of the Special Envoy"
        heads = k in self.t.heads or low[k] in lex.heads
        return heads and (low[k - 1] not in ("of", "the") or low[k - 2 : k - 1] == ["and"]) and not low[k].endswith("s")

    def _leaves_organ(self, k: int) -> bool:
        """Whether the small word at ``k`` leads from an organ to the body it is of, or to another title or person.

        "Board | of ROX Group", "Ministry of Health | of Oman", "Industry | and Ambassador X".
        """
        low, lex = self.low, self.lex
        n = k + 1 + (low[k + 1 : k + 2] == ["the"])
        if n >= self.last:
            return True
        if low[k] in ("and", "&"):
            return self._leads_to_head(n) or self._first_name(n, min(n + 2, self.last)) < min(n + 2, self.last)
        if low[k] not in ("of", "at", "to", "in"):
            return False
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type in ("country", "organisation", "place"):
            return True
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

    def _before_name(self, tail: _Tail, n: int, end: int, *, body: bool = False, past: int = 0) -> int:
        """Where the name of a person begins in the run ``[n, end)``, or its end if none seems to.

        ``body``: the run may name a body nobody knows, which a name may follow.
        """
        marked = max((m for m in range(n, end) if self._marks_body(m)), default=-1) + 1
        begin = max(marked, n + 1, past)
        if begin >= end or self._abbreviated(end):
            return end
        rest = end - begin
        first = self._first_name(begin, end)
        if first == end - 1 and first > begin:
            first -= 1  # a surname known, and a first name that is not
        if first < end:
            return begin if marked and self._kind_of(self.t.printed(tail.start, begin)) is not None else first
        if marked or past:
            known = rest == 1 and self._kind_of(self.t.printed(tail.start, begin)) is not None
            return begin if known or 2 <= rest <= 5 else end
        if not body:
            return begin if self._kind_of(self.t.printed(tail.start, begin)) is not None else end
        return end - 2 if end - n > 3 else n + 1

    def _abbreviated(self, end: int) -> bool:
        """Whether the acronym of the words before ``end`` follows in brackets, so that they are one name."""
        if end + 2 >= self.last or self.words[end] != "(" or self.words[end + 2] != ")":
            return False
        acronym = self.words[end + 1]
        return len(acronym) > 1 and acronym[:2].isupper() and self.words[end - 1][0] in acronym

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

    def _next_line(self, k: int) -> bool:
        """Whether a line break stands before token ``k``."""
        return "\n" in self.t.text[self.t.tokens.ends[k - 1] : self.t.tokens.starts[k]]


def _clean(text: str) -> str:
    return " ".join(text.replace(",", ", ").replace(" ,", ",").split()).strip("-–— ")
