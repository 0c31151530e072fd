"""Titles: the name of an office around its head noun, with what stands before and after it.

"former deputy Chinese Foreign Minister", "Minister of Foreign Affairs of Ukraine", "Chairman of the Board of …".
"""

from kg.iris import fold
from kg.language.lexicon import Hit
from kg.language.text import Text, Title
from kg.language.words import words

_PREPOSITIONS = words("grammar", "title_prepositions")
_LEGAL_FORMS = words("grammar", "legal_forms")


_STATE_BODIES = words("grammar", "state_bodies")
_POSTED = words("grammar", "posted")
_BODIES = ("country", "demonym", "organisation", "place")


class TitleReader:
    """Reads titles in one sentence."""

    def __init__(self, text: Text, first: int, last: int) -> None:
        self.t = text
        self.lex = text.lexicon
        self.words = text.tokens.words
        self.low = text.low
        self.first, self.last = first, last

    def _title_from(self, i: int) -> Title | None:
        """The title that begins exactly at ``i``: the last head of the run of words that may stand in one."""
        head = None
        k = i
        while k < self.last and k - i < 9:
            hit = self.t.heads.get(k)
            if hit is not None:
                if hit[0].sense.value:
                    head, k = k, hit[1]
                    break
                head, k = k, k + 1
            elif k in self.t.entities and self.t.entities[k][0].sense.type in _BODIES:
                k = self.t.entities[k][1]
            elif self._in_title(k, begun=head is not None):
                k += 1
            else:
                break
        if head is None:
            return None
        title = self._title(head, i)
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
        return not begun and self.words[k][0].isupper() and self.words[k].isalpha() and low not in lex.name_words

    def _title(self, h: int, lo: int) -> Title:
        """The title around the head at ``h``, reaching left no farther than ``lo``."""
        hit = self.t.heads.get(h)
        end = hit[1] if hit else h + 1
        kind = hit[0].sense.value or None if hit else None
        for k in range(h + 1, end):
            if k in self.t.entities and self.t.entities[k][1] > end:  # "President of the Republic of Angola"
                end = next(m for m in range(h + 1, k) if self.low[m] == "of") if "of" in self.low[h + 1 : k] else k
                kind = self._kind_of(self.t.printed(h, end))
                break
        head = self.words[h:end]
        of, when, start, prefix = self._left(h, lo)
        plural = hit[0].sense.type == "titles" if hit else self.low[end - 1].endswith("s")
        if self.low[end - 1].endswith("-elect") or (end < self.last and self.low[end] in ("elect", "designate")):
            when = "incoming"
            end += end < self.last and self.low[end] in ("elect", "designate")
        elif end + 1 < self.last and self.words[end] in ("-", "–") and self.low[end + 1] in ("elect", "designate"):
            when, end = "incoming", end + 2
        end, tail, of2 = self._right(end, of)
        of = of2 or of
        text = " ".join((*prefix, *head))
        kind2 = self._kind_of(text) if prefix else kind
        if tail:
            text = f"{text}{tail}" if tail.startswith(",") else f"{text} {tail}"
            kind2 = self._kind_of(text)
        if kind2 is not None and "secretary" in text.lower() and "inister" in self.lex.office_kinds[kind2].label:
            kind2 = None  # a Secretary of the Treasury is known by that name
        title = Title(start, end, _clean(text), kind2, of, when, plural, self.t.printed(start, end))
        title.counterpart = fold(" ".join(head)) in self.lex.counterparts
        if title.counterpart and not plural:
            self._from_country(title)
        return title

    def _from_country(self, title: Title) -> None:
        """Read the country behind "his counterpart from"."""
        n = title.end + 1
        n += n < self.last and self.low[n] == "the"
        if n < self.last and self.low[title.end] == "from" and n in self.t.entities:
            hit, after = self.t.entities[n]
            if hit.sense.type == "country":
                title.of, title.end = hit.sense.value, after

    def _kind_of(self, text: str) -> str | None:
        return self.lex.kind_by_label.get(fold(text))

    def _left(self, h: int, lo: int) -> tuple[str | None, str, int, list[str]]:
        """What stands before the head: country, "former", "deputy" …; and where it begins."""
        lex, low, words = self.lex, self.low, self.words
        of: str | None = None
        when = "current"
        prefix: list[str] = []
        k = h
        while k > lo:
            if self.words[k - 1] == ")" and k - 3 > lo and self.words[k - 3] == "(" and self._entity_ending(k - 3, lo):
                k -= 3  # "Republic of Korea (ROK) National Security Advisor"
            ended = self._entity_ending(k, lo)
            if ended is not None:
                begin, hit = ended
                if hit.sense.type == "place" and self._after_preposition(begin, lo):
                    break
                if of is None:
                    of = self._body_of(hit)
                    if hit.sense.type == "place" and fold(self.t.printed(begin, k)) in lex.office_places:
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
            elif w in lex.modifiers or (w in lex.portfolio and words[k - 1][0].isupper()):
                prefix.insert(0, words[k - 1])
                k -= 1
            elif w in lex.skipped:
                k -= 1
            elif (k - 1 == lo and prefix is not None and self._in_title(k - 1, begun=False) and lo > self.first) or (
                w in ("-", "and", "&")
                and k - 1 > lo
                and prefix
                and low[k - 2] in lex.portfolio
                and words[k - 2][0].isupper()
                and w != "-"
            ):
                prefix.insert(0, words[k - 1])
                k -= 1
            elif k - 1 in self.t.compounds and of is None:
                of = self.t.compounds[k - 1][0]
                k -= 1
            else:
                break
        return of, when, k, prefix

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
            if found and found[1] == k and found[0].sense.type in ("country", "demonym", "organisation", "place"):
                return begin, found[0]
        return None

    def _body_of(self, hit: Hit) -> str | None:
        if hit.sense.type == "place":
            return self.lex.authority.places[hit.sense.value].country
        return hit.sense.value

    def _right(self, end: int, of: str | None) -> tuple[int, str, str | None]:
        """What stands after the head: "of Foreign Affairs", "of the Republic of Latvia", "to Sri Lanka"."""
        words, low, entities = self.words, self.low, self.t.entities
        tail: list[str] = []
        found: str | None = None
        k = end
        while k + 1 < self.last:
            w = low[k]
            if w == "(":
                close = next((m for m in range(k + 1, min(k + 5, self.last)) if words[m] == ")"), None)
                if close is None or close - k > 3:
                    break
                k = close + 1
                continue
            if w in _PREPOSITIONS:
                n = k + 1
                while n < self.last and (low[n] in ("the", "his", "her", "its", "our", "new") or words[n][0].isdigit()):
                    n += 1
                if n >= self.last:
                    break
                if n in entities and entities[n][0].sense.type in ("country", "organisation", "place", "demonym"):
                    hit, after = entities[n]
                    kind = hit.sense.type
                    more = self._portfolio_run(after) if kind == "demonym" else after
                    if kind == "demonym" and more == after:
                        break
                    if w in ("of", "at") and kind in ("country", "organisation"):
                        if kind == "country" and (organ := self._portfolio_run(after, firm=True, lead=True)) > after:
                            tail += [w, self.t.printed(n, organ)]
                            after = organ
                        if found is None or (
                            kind == "country" and found not in self.lex.authority.countries and not found.islower()
                        ):
                            found = hit.sense.value
                        after = self._organ(after, tail)
                    elif w in ("to", "for", "at", "in", "on", "of") and kind != "place":
                        if w == "in" and not tail and not words[end - 1][0].isupper():
                            break
                        tail += [w, self._label(hit)] if kind != "demonym" else [w, self.t.printed(n, more)]
                        after = more
                    elif kind == "place" and (w == "of" or (w == "in" and (tail or low[end - 1] in _POSTED))):
                        tail += [w, self.t.printed(n, after)]
                        if found is None and of is None:
                            found = self._body_of(hit)
                    else:
                        break
                    k = after
                    continue
                after = self._portfolio_run(n, lead=w == "for")
                if after == n:
                    if w in ("of", "at") and words[n][0].isupper() and (stop := self._proper_run(n)) > n:
                        if low[stop - 1] in _STATE_BODIES:
                            tail += [w, self.t.printed(n, stop)]
                            k = stop
                            continue
                        found = found or self._unknown_body(n, stop)
                        if found is None or (w == "of" and found != self._unknown_body(n, stop)):
                            tail += [w, self.t.printed(n, stop)]
                        k = stop
                        continue
                    if words[n] in ('"', "“") and w in ("of", "at"):
                        close = next((m for m in range(n + 1, min(n + 8, self.last)) if words[m] in ('"', "”")), None)
                        if close:
                            found = found or self.t.printed(n + 1, close)
                            k = close + 1
                            continue
                    break
                tail += [w, self.t.printed(n, after)]
                k = after
                continue
            if (
                w == "general"
                and words[k][0].isupper()
                and low[end - 1] in ("secretary", "director", "consul", "attorney", "governor", "auditor")
            ):
                tail.append(words[k])
                k += 1
                continue
            if (
                words[k] in (",", "and", "&")
                and (tail[:1] in (["of"], ["for"]) or "of" in low[end - 3 : end])
                and words[k - 1][0].isupper()
            ):
                n = k + 1 + (words[k] == "," and low[k + 1] == "and")
                after = self._portfolio_run(n, firm=True)
                if after > n and not self._begins_title(n, after):
                    tail.append(self.t.printed(k, after) if words[k] != "," else "," + self.t.printed(k + 1, after))
                    k = after
                    continue
            break
        return k, " ".join(tail).replace(" ,", ", "), found

    def _unknown_body(self, n: int, stop: int) -> str | None:
        """An organisation nobody knows, as printed without its legal form."""
        words = [
            w for w in self.words[n:stop] if w.lower().replace(".", "") not in _LEGAL_FORMS and w not in (",", ".")
        ]
        return " ".join(words) or None

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

    def _begins_title(self, n: int, after: int) -> bool:
        """Whether the words ``[n, after)`` lead to another head ("… and Foreign Minister X")."""
        return (
            after in self.t.heads
            or (after < self.last and self.low[after] in self.lex.heads)
            or any(m in self.t.heads or self.low[m] in self.lex.heads for m in range(n, after))
        )

    def _portfolio_run(self, n: int, *, firm: bool = False, lead: bool = False) -> int:
        """Past words of portfolios from ``n``: capitalised ones, or small ones that may stand inside an office."""
        words, low, lex = self.words, self.low, self.lex
        k = n
        good = n
        while k < self.last:
            w = low[k]
            capital = words[k][0].isupper()
            if k in self.t.entities and k > n:
                kind = self.t.entities[k][0].sense.type
                if kind == "person":
                    break
            if (capital and w in lex.portfolio) or (not firm and not capital and w in lex.inner):
                k += 1
                good = k
            elif w in ("and", "of", "the", "for", "'s", "&") and k > n:
                k += 1
            elif capital and k > n and low[k - 1] in ("of", "for", "the") and good > n and self._closed_capitals(k):
                k = good = self._closed_capitals(k)
            elif (
                capital
                and (k > n or lead)
                and k + 1 < self.last
                and low[k + 1] in lex.portfolio
                and words[k + 1][0].isupper()
                and w not in lex.name_words
                and k not in self.t.heads
            ):
                k += 1
            else:
                break
            if (
                good < k
                and k < self.last
                and not (words[k][0].isupper() or low[k] in lex.inner or low[k] in ("of", "the", "for"))
            ):
                break
        return good

    def _closed_capitals(self, k: int) -> int:
        """The end of a short run of capitals that no name can follow ("District of Maryland, …"); 0 where one may."""
        n = k
        while n < self.last and n - k < 4 and self.words[n][0].isupper() and n not in self.t.heads:
            n += 1
        closed = (
            n < self.last
            and not self.words[n][0].isupper()
            and (not self.words[n][0].isalpha() or self.low[n] in ("for", "to", "and", "in", "who"))
        )
        return n if closed and n > k else 0

    def _proper_run(self, n: int) -> int:
        """Past a proper name of an unknown body: up to where a known first name begins, or all but two words."""
        words, low, lex = self.words, self.low, self.lex
        k = n
        while k < self.last and k - n < 8 and (words[k][0].isupper() or low[k] in ("of", "and", "for", "the")):
            if k in self.t.entities and self.t.entities[k][0].sense.type == "person":
                break
            if k in self.t.heads or low[k] in lex.heads:
                break
            k += 1
        while k > n and not words[k - 1][0].isupper():
            k -= 1
        marked = max((m for m in range(n, k) if low[m] in lex.portfolio or low[m].endswith(".")), default=None)
        if marked is not None:
            return marked + 1
        for m in range(n + 1, k):
            if (
                fold(words[m]).split()[:1]
                and fold(words[m]).split()[0] in lex.name_words
                and low[m] not in lex.portfolio
            ):
                return m
        return k if k - n <= 1 else k - 2 if k - n > 3 else n + 1

    def _next_line(self, k: int) -> bool:
        """Whether a line break stands before token ``k``."""
        return "\n" in self.t.text[self.t.tokens.ends[k - 1] : self.t.tokens.starts[k]]


def _clean(text: str) -> str:
    return " ".join(text.replace(",", ", ").replace(" ,", ",").split()).strip("-–— ")
