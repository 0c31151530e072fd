"""Mentions: the people, offices, countries and bodies a sentence speaks of, titles and names read together.

The grammar is that of news English: a title is a head noun with what may stand before it ("Chinese Foreign …",
"former deputy …") and after it ("… of Foreign Affairs of Ukraine"); a name stands beside it ("President of the
Republic of Angola Joao Lourenco", "Santosh Jha, High Commissioner of India to Sri Lanka").
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from kg.articles import Article
from kg.iris import fold
from kg.language.dates import When, find_dates
from kg.language.lexicon import ANAPHORS, MOODS, NAMES, TIMES, TITLES, Hit, Lexicon
from kg.language.words import words
from kg.language.tokens import Tokens, fold_text, split_sentences, tokenize

_PREPOSITIONS = words("grammar", "title_prepositions")
_MOST_NAME_WORDS = 7
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GLUE = re.compile(r"[a-z]([A-Z][a-z]+)$")
_COPULAS = words("grammar", "copulas")
_DETERMINERS = words("grammar", "determiners")
_AFTER_NAMES = words("grammar", "after_names")
_LEGAL_FORMS = words("grammar", "legal_forms")
_PAST = words("grammar", "past_service")


@dataclass(slots=True)
class Title:
    """An office as printed beside a name or alone, in tokens ``[start, end)``."""

    start: int
    end: int
    text: str
    """Without the country and without "former", "acting" kept."""
    kind: str | None
    """Notation of the office kind, where the words are one of its labels."""
    of: str | None
    """ISO code (capitals) or id of an organisation (small letters)."""
    when: str = "current"
    plural: bool = False
    printed: str = ""
    """All of it as printed."""
    proposed: bool = False
    """Somebody is named for it ("to be …", "nominee for …")."""


@dataclass(slots=True)
class Mention:
    """One mention in tokens ``[start, end)``, titles included; ``name`` spans the bare name."""

    type: str
    """``person``, ``office``, ``body`` (country or organisation), ``place``, ``group``, ``he``, ``own``."""
    start: int
    end: int
    name: tuple[int, int] | None = None
    titles: list[Title] = field(default_factory=list)
    value: str = ""
    """Body or place; the homonyms of a known name apart by ``|``."""
    adjective: bool = False
    predicative: bool = False
    """Of an office: said of somebody ("… as President"), not somebody's stand-in."""
    person: int = -1
    """Position of the person in the article's register, once known."""


class Text:
    """An article's text, scanned and split, with the mentions of each sentence."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article = article
        self.lexicon = lexicon
        self.text = article.text
        self.folded = fold_text(article.text)
        self.tokens: Tokens = tokenize(article.text)
        self.low: list[str] = [self.folded[s:e] for s, e in zip(self.tokens.starts, self.tokens.ends, strict=True)]
        self.sentences = split_sentences(article.text, self.tokens, lexicon.abbreviations)
        self.layers = lexicon.scan(self.text, self.folded)
        self.layers[MOODS].sort()
        self.date_words = sorted(
            [hit.start for hit in self.layers[TIMES]] + [year.start() for year in _YEAR.finditer(self.folded)]
        )
        self._dates: dict[tuple[int, int, str | None], list[When]] = {}
        self.entities: dict[int, tuple[Hit, int]] = {}
        """Names that begin at a token: the hit and the token after it."""
        self.compounds: dict[int, list[str]] = {}
        """Bodies joined in one token ("Russian-Chinese")."""
        self.heads: dict[int, tuple[Hit, int]] = {}
        self._place_hits()
        self.anaphors = self._find_anaphors()
        self.starts = self._mark_starts()
        self.mentions: list[list[Mention]] = [Parser(self, first, last).parse() for first, last in self.sentences]

    def _find_anaphors(self) -> dict[int, tuple[str, int]]:
        """Words that stand for somebody, by their first token: which sort, and the token after."""
        found: dict[int, tuple[str, int]] = {}
        for hit in self.layers[ANAPHORS]:
            first, last = self.token_at(hit.start), self.token_at(hit.end)
            if hit.sense.value != "leaders":
                found[first] = ("group" if hit.sense.value == "their" else hit.sense.value, last)
            elif last >= len(self.low) or self.low[last] not in ("of", "and"):
                found[first] = ("group", last)
        return found

    def _mark_starts(self) -> list[int]:
        """The tokens at which a mention may begin, so that the rest need no look."""
        marks = {*self.entities, *self.heads, *self.compounds, *self.anaphors}
        if "vice" in self.low:
            marks.update(i for i, word in enumerate(self.low) if word == "vice")
        return [i for i, word in enumerate(self.tokens.words) if i in marks or word[0].isupper()]

    def token_at(self, offset: int) -> int:
        """The first token that begins at or after ``offset``."""
        return bisect_left(self.tokens.starts, offset)

    def says(self, mood: str, begin: int, end: int) -> tuple[int, int] | None:
        """The last phrase of a mood ("planned", "unreal" …) between two offsets, as offsets."""
        hits = self.layers[MOODS]
        for k in range(bisect_left(hits, (end,)) - 1, -1, -1):
            if hits[k].start < begin:
                return None
            if hits[k].sense.value == mood and hits[k].end <= end:
                return hits[k].start, hits[k].end
        return None

    def dates(self, begin: int, end: int, anchor: str | None) -> list[When]:
        """The dates between two offsets; see `kg.language.dates.find_dates`."""
        k = bisect_left(self.date_words, begin)
        if k == len(self.date_words) or self.date_words[k] >= end:
            return []
        key = (begin, end, anchor)
        found = self._dates.get(key)
        if found is None:
            found = self._dates[key] = find_dates(self.folded[begin:end], anchor, begin)
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the tokens ``[start, end)``."""
        return self.tokens.starts[start], self.tokens.ends[end - 1]

    def printed(self, start: int, end: int) -> str:
        """The words of the tokens ``[start, end)`` as printed, white space made single."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        return " ".join(self.text[first:last].split())

    def _place_hits(self) -> None:
        starts, ends = self.tokens.starts, self.tokens.ends
        size = len(starts)
        for layer, index in ((NAMES, self.entities), (TITLES, self.heads)):
            for hit in self.layers[layer]:
                first = bisect_left(starts, hit.start)
                if first < size and starts[first] == hit.start:
                    last = first
                    while last < size and ends[last] < hit.end:
                        last += 1
                    if ends[last] > hit.end and hit.sense.type in ("country", "demonym", "organisation"):
                        self.compounds.setdefault(first, []).append(_body(hit))
                    if ends[last] == hit.end or layer == TITLES:
                        index[first] = (hit, last + 1)
                elif layer == NAMES and hit.sense.type in ("country", "demonym", "organisation"):
                    self.compounds.setdefault(first - 1, []).append(_body(hit))


def _body(hit: Hit) -> str:
    return hit.sense.value


class Parser:
    """Reads the mentions of one sentence, left to right."""

    def __init__(self, text: Text, first: int, last: int) -> None:
        self.t = text
        self.lex = text.lexicon
        self.words = text.tokens.words
        self.low = text.low
        self.first, self.last = first, last
        self.out: list[Mention] = []

    def parse(self) -> list[Mention]:
        """Return the mentions in order."""
        starts = self.t.starts
        done = self.first
        for n in range(bisect_left(starts, self.first), bisect_left(starts, self.last)):
            i = starts[n]
            if i >= done:
                done = max(done, self._at(i) or i + 1)
        return self.out

    def _at(self, i: int) -> int | None:
        """Record what begins at token ``i``; return the token after it, if anything does."""
        low, words = self.low, self.words
        capital = words[i][0].isupper()
        after = None
        if low[i] == "vice" and i + 1 < self.last and words[i - 1] == "," and words[i + 1][0].isupper():
            after = self._vice(i)
        if after is None and i in self.t.heads:
            after = self._titled(i)
        if after is None and i in self.t.entities:
            after = self._entity(i)
        if after is None and capital and low[i] in self.lex.honorific_starts and self._past_honorifics(i) > i:
            after = self._honoured(i)
        if after is None and capital:
            after = self._capital(i)
        if after is None and i in self.t.anaphors:
            sort, after = self.t.anaphors[i]
            self.out.append(Mention(sort, i, after))
        if after is None and i in self.t.compounds:
            for body in self.t.compounds[i]:
                self.out.append(Mention("body", i, i + 1, value=body, adjective=True))
            after = i + 1
        return after

    # -- what may begin at a token ------------------------------------------------------------------------------

    def _entity(self, i: int) -> int | None:
        hit, end = self.t.entities[i]
        kind = hit.sense.type
        if kind == "person":
            if end < self.last and self.low[end] in self.lex.institutions:
                return end + 1  # a hospital named after somebody is nobody
            return self._named(i, [])
        if kind == "agreement":
            return end
        if kind == "place":
            self.out.append(Mention("place", i, end, value=hit.sense.value))
            return end
        if kind in ("country", "demonym") and end < self.last and self._joins_name(i, end):
            return None
        self.out.append(Mention("body", i, end, value=hit.sense.value, adjective=kind == "demonym"))
        return end

    def _joins_name(self, i: int, end: int) -> bool:
        """Whether a country's name is a person's first name here ("Jordan Bardella", "Chad Wolf")."""
        return False

    def _honoured(self, i: int) -> int | None:
        j = self._past_honorifics(i)
        if j >= self.last:
            return None
        if j in self.t.heads or self.low[j] in self.lex.heads:
            return j
        end = self._name_end(j, titled=True)
        return self._named(j, [], start=i, end=end) if end > j else None

    def _capital(self, i: int) -> int | None:
        """A run of capitalised words that is nobody known: a person if its first word is somebody's name."""
        if self.low[i] in self.lex.never or not self._runs_on(i):
            return None
        end = self._name_end(i, titled=False)
        if end - i < 2 or self.words[end - 1].isupper() and len(self.words[end - 1]) > 3:
            return None
        if self._titled_after(end):
            return self._named(i, [], end=end)
        first = fold(self.words[i]).split()
        last = fold(self.words[end - 1]).split()
        known = self.lex.name_words
        if not first or not last or first[0] not in known or last[-1] not in known:
            return None
        if end < self.last and self.low[end] in self.lex.institutions:
            return None
        if any(self.low[k] in self.lex.portfolio for k in range(i, end)):
            return None
        return self._named(i, [], end=end)

    def _runs_on(self, i: int) -> bool:
        """Whether the word after ``i`` may go on a name."""
        if i + 1 >= self.last:
            return False
        following = self.words[i + 1]
        return following[0].isupper() or following == "." or self.low[i + 1] in self.lex.particles

    def _titled_after(self, end: int) -> bool:
        """Whether an office follows the words before ``end``: ", chairman of …", ", of Ohio, to be …"."""
        low, words = self.low, self.words
        k = end
        if k + 2 >= self.last or words[k] != ",":
            return False
        if low[k + 1] == "of" and words[k + 2][0].isupper():
            k = next((n for n in range(k + 2, min(k + 8, self.last)) if words[n] == ","), k)
            return low[k + 1 : k + 3] == ["to", "be"] or (
                k + 2 < self.last and self._title_from(k + 1 + (low[k + 1] in _DETERMINERS)) is not None
            )
        if low[k + 1 : k + 3] in (["to", "be"], ["nominee", "for"]):
            return True
        title = self._title_from(k + 1 + (low[k + 1] in _DETERMINERS))
        return title is not None and self._closes(title.end, listed=False, bare=low[k + 1] not in _DETERMINERS)

    # -- names --------------------------------------------------------------------------------------------------

    def _name_end(self, i: int, *, titled: bool) -> int:
        """The token after the personal name that begins at ``i``; ``i`` itself where none does."""
        words, low, lex, entities = self.words, self.low, self.lex, self.t.entities
        j = i
        while j < self.last and j - i < _MOST_NAME_WORDS:
            word = words[j]
            if j in entities and not (word.endswith(".") and len(word) == 2):
                hit, end = entities[j]
                kind = hit.sense.type
                if kind == "person":
                    if j == i:
                        return self._extended(end, i)
                    j = end
                    continue
                if j == i or kind != "place" or not titled or end - j > 1:
                    break
            if (
                low[j] in lex.particles
                and j + 1 < self.last
                and words[j + 1][0].isupper()
                and (j > i or word[0].isupper())
            ):
                if not word[0].isupper() and low[j] == "e" and j == i:
                    break
                j += 1
                continue
            if (
                j == i
                and titled
                and low[j] in lex.never
                and low[j] in lex.heads
                and j + 1 < self.last
                and words[j + 1][0].isupper()
                and low[j + 1] not in lex.never
            ):
                j += 1
                continue
            if j == i and low[j] in lex.heads and low[j] not in lex.name_words:
                break
            if not word[0].isupper() or low[j] in lex.never or not word[0].isalpha() or self._glued(j):
                break
            if j > i and (j in self.t.heads or low[j] in lex.heads) and not (low[j] in lex.name_words):
                break
            if j > i and low[j] in lex.portfolio and low[j] not in lex.name_words:
                break
            if len(word) == 1 and j + 1 < self.last and words[j + 1] == ".":
                j += 2
                continue
            j += 1
        j = self._extended(j, i)
        while j > i and (low[j - 1] in lex.particles and not words[j - 1][0].isupper()):
            j -= 1
        if j > i and all(len(words[k].rstrip(".")) < 2 for k in range(i, j)):
            return i
        return j

    def _glued(self, j: int) -> bool:
        """Whether a layout fault glued a title to the word ("JairPresident")."""
        found = _GLUE.search(self.words[j])
        return bool(found and found[1].lower() in self.lex.heads)

    def _extended(self, j: int, i: int) -> int:
        """Past a suffix: "Biden, Jr.", "Lemmon, II"."""
        k = j + 1 if j < self.last and self.words[j] == "," else j
        if j > i and k < self.last and self.low[k].rstrip(".") in self.lex.suffixes and self.words[k][0].isupper():
            return k + 2 if k + 1 < self.last and self.words[k + 1] == "." and not self.low[k].endswith(".") else k + 1
        return j

    def _named(self, i: int, titles: list[Title], *, start: int | None = None, end: int | None = None) -> int:
        """Record the person whose name begins at ``i``, with what follows the name; return the token after."""
        known = ""
        if i in self.t.entities and self.t.entities[i][0].sense.type == "person":
            known = self.t.entities[i][0].sense.value
        end = self._name_end(i, titled=bool(titles)) if end is None else end
        mention = Mention(
            "person", titles[0].start if titles else i if start is None else start, end, (i, end), titles, known
        )
        self.out.append(mention)
        mention.end = self._after_name(mention, end)
        return mention.end

    def _after_name(self, mention: Mention, end: int) -> int:
        """Read "of COUNTRY" and appositions after a name."""
        end = self._of_body(mention.titles, end)
        if end < self.last and self.words[end] == "(":
            close = next((k for k in range(end + 1, min(end + 8, self.last)) if self.words[k] == ")"), None)
            if close and not any(k in self.t.heads for k in range(end + 1, close)):
                end = close + 1
        return self._apposition(mention, end)

    def _of_body(self, titles: list[Title], end: int) -> int:
        if titles and end + 1 < self.last and self.low[end] == "of":
            k = end + 1 + (self.low[end + 1] == "the")
            if k in self.t.entities and self.t.entities[k][0].sense.type == "country":
                hit, after = self.t.entities[k]
                if after < self.last and self.low[after] == "'s":
                    return end
                for title in titles:
                    title.of = title.of or hit.sense.value
                return after
        return end

    def _apposition(self, mention: Mention, end: int) -> int:
        """ ", TITLE …", ", who is also the TITLE", ", of Ohio, to be TITLE" after a name."""
        words, low = self.words, self.low
        k = end
        titles: list[Title] = []
        while k + 1 < self.last and (words[k] in (",", "(", "–", "—") or (titles and low[k] == "and")):
            n = k + 1 + (words[k] == "," and low[k + 1] == "and")
            when = ""
            if low[n : n + 1] == ["who"] and n + 2 < self.last and low[n + 1] in ("is", "was", "serves", "served"):
                when = "former" if low[n + 1] in ("was", "served") else ""
                n += 2
            elif low[n : n + 2] == ["to", "be"]:
                when, n = "incoming", n + 2
            elif low[n : n + 1] == ["nominee"] and low[n + 1 : n + 2] in (["for"], ["to"]):
                when, n = "incoming", n + 2 + (low[n + 2 : n + 3] == ["be"])
            elif low[n] == "of" and not titles and n + 1 < self.last and words[n + 1][0].isupper():
                n += 1
                while n < self.last and words[n] != ",":
                    n += 1
                if n - k > 8 or n >= self.last:
                    break
                k = n
                continue
            while n < self.last and low[n] in (
                "the",
                "a",
                "an",
                "his",
                "her",
                "its",
                "also",
                "currently",
                "concurrently",
                "as",
            ):
                n += 1
            title = self._title_from(n) if n < self.last else None
            if title is None or not (
                when == "incoming" or self._closes(title.end, listed=bool(titles), bare=low[n - 1] not in _DETERMINERS)
            ):
                break
            title.proposed = when == "incoming" or bool(titles and low[k] == "and" and titles[-1].proposed)
            title.when = when or (
                titles[-1].when if titles and low[k] == "and" and titles[-1].when == "incoming" else title.when
            )
            self._body_after(title)
            titles.append(title)
            k = title.end
        if not titles:
            return end
        mention.titles = mention.titles + titles
        return titles[-1].end

    def _closes(self, k: int, *, listed: bool, bare: bool) -> bool:
        """Whether an apposition may end before ``k``: a mark follows, and no other name that the title belongs to.

        Without an article the verb may follow at once ("A B, chairman of C said"); "…, the President said" is another.
        """
        if k >= self.last or self._next_line(k):
            return True
        if self.low[k] == "and" and k + 1 < self.last:
            following = self._title_from(k + 1 + (self.low[k + 1] in _DETERMINERS))
            return following is None or not self._leads_to_name(following.end)
        if self.words[k][0].isalnum():
            return bare and not self.words[k][0].isupper()
        return not (self.words[k] == "," and self._leads_to_name(k))

    def _body_after(self, title: Title) -> None:
        """The body set off by a mark: "Deputy Administrator, United States Agency for International Development"."""
        k = title.end
        if title.of is None and k + 1 < self.last and self.words[k] in (",", "–", "-") and k + 1 in self.t.entities:
            hit, after = self.t.entities[k + 1]
            ends = after >= self.last or not self.words[after][0].isupper()
            if hit.sense.type == "organisation" and ends:
                title.of, title.end = hit.sense.value, after

    def _vice(self, i: int) -> int | None:
        """ ", vice NAME, term expired": whom a nominee is to follow."""
        before = next(
            (m for m in reversed(self.out) if m.type == "person" and any(t.when == "incoming" for t in m.titles)), None
        )
        end = self._name_end(i + 1, titled=True) if before else i + 1
        if before is None or end == i + 1:
            return None
        titles = [
            Title(t.start, t.end, t.text, t.kind, t.of, "former", False, t.printed)
            for t in before.titles
            if t.when == "incoming"
        ]
        self.out.append(Mention("person", i + 1, end, (i + 1, end), titles))
        return end

    # -- titles -------------------------------------------------------------------------------------------------

    def _title_from(self, i: int) -> Title | None:
        """The title that begins exactly at ``i``, modifiers first."""
        k = i
        while k < self.last and k - i < 9:
            if k in self.t.heads or self.low[k] in self.lex.heads:
                nxt = k + 1
                # "Secretary General", "chief negotiator": the last head of a run counts
                while self._bare_head(k) and nxt < self.last and self._bare_head(nxt):
                    k, nxt = nxt, nxt + 1
                title = self._title(k, i)
                return title if title.start == i else None
            word = self.words[k]
            if k in self.t.entities and self.t.entities[k][0].sense.type in (
                "country",
                "demonym",
                "organisation",
                "place",
            ):
                k = self.t.entities[k][1]
            elif (
                self.low[k] in self.lex.modifiers
                or self.low[k] in self.lex.former
                or self.low[k] in self.lex.incoming
                or self.low[k] in self.lex.skipped
                or self.low[k] in self.lex.portfolio
                or self.low[k] in ("'s", "-")
            ):
                k += 1
            else:
                return None
        return None

    def _bare_head(self, k: int) -> bool:
        """Whether a head of no known kind stands at ``k``."""
        hit = self.t.heads.get(k)
        return hit is not None and not hit[0].sense.value

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
        head = self.printed_head(h, end)
        of, when, start, prefix = self._left(h, lo)
        plural = (
            self.low[end - 1].endswith("s")
            and self.low[end - 1] not in ("affairs",)
            and (hit is None or not self.low[end - 1].endswith("ss"))
        )
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
        return Title(start, end, _clean(text), kind2, of, when, plural, self.t.printed(start, end))

    def printed_head(self, h: int, end: int) -> list[str]:
        return [self.words[k] for k in range(h, end)]

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
            ended = self._entity_ending(k, lo)
            if ended is not None:
                begin, hit = ended
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
            elif (
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
        words, low, lex, entities = self.words, self.low, self.lex, self.t.entities
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
                    elif kind == "place" and w in ("of", "in") and words[end - 1][0].isupper():
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
                        found = found or self._unknown_body(n, stop)
                        if found is None or w == "of" and found != self._unknown_body(n, stop):
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

    def _titled(self, h: int) -> int | None:
        """A title whose head is at ``h``, with the name or names it stands beside."""
        out = self.out
        lo = out[-1].end if out and out[-1].type in ("person", "office") else self.first
        title = self._title(h, lo)
        while out and out[-1].start >= title.start and out[-1].type in ("body", "place"):
            out.pop()
        titles = [title]
        k = title.end
        # "General Secretary … and State President NAME": titles in a row share the name
        while k + 1 < self.last and (self.low[k] == "and" or self.words[k] == ","):
            n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
            n += n < self.last and self.low[n] in ("the", "concurrently", "also")
            following = self._title_from(n) if n < self.last else None
            if following is None or self.words[k] == "," and not self._leads_to_name(following.end):
                break
            titles.append(following)
            k = following.end
        k2 = self._skip_to_name(k)
        end = self._name_end(k2, titled=True) if k2 < self.last else k2
        if end > k2 and (self.words[k2][0].isupper() or self.low[k2] in self.lex.particles):
            for t in titles:
                if t.of is None and len(titles) > 1:
                    t.of = None
            k = self._named(k2, titles, end=end)
            if title.plural:
                k = self._name_list(k, titles)
            return k
        before = title.start - 1
        while before > self.first and self.low[before] in _DETERMINERS:
            before -= 1
        predicative = before >= self.first and self.low[before] in _COPULAS
        if predicative:
            if any(w in _PAST for w in self.low[max(self.first, before - 3) : before + 1]) and self.low[before] != "is":
                for t in titles:
                    t.when = "former"
        elif not self._weighty(title):
            return None
        for t in titles:
            out.append(Mention("office", t.start, t.end, titles=[t], predicative=predicative))
        return titles[-1].end

    def _weighty(self, title: Title) -> bool:
        """Whether a title without a name is worth a mention: one of a known kind, or of a known body."""
        return title.kind is not None

    def _leads_to_name(self, k: int) -> bool:
        n = self._skip_to_name(k)
        return n < self.last and self.words[n][0].isupper() and self._name_end(n, titled=True) > n

    def _skip_to_name(self, k: int) -> int:
        """Past honorifics, a comma before a name, quotation marks."""
        n = k
        if n + 1 < self.last and self.words[n] in (",", "–", "-", ":") and self.words[n + 1][0].isupper():
            m = self._past_honorifics(n + 1)
            end = self._name_end(m, titled=True) if m < self.last else m
            closed = (
                end >= self.last
                or not self.words[end][0].isalpha()
                or self.low[end] in _AFTER_NAMES
                or self._next_line(end)
            )
            if end - m >= 2 and closed and not any(self.low[x] in self.lex.portfolio for x in range(m, end)):
                n += 1
        return self._past_honorifics(n)

    def _past_honorifics(self, n: int) -> int:
        """Past "Mr.", "His Excellency Dr." …"""
        begin = n
        if n < self.last and self.low[n] not in self.lex.honorific_starts:
            return n
        while n < self.last:
            if " ".join(self.low[n : n + 3]) in self.lex.honorifics:
                n += 3
            elif " ".join(self.low[n : n + 2]) in self.lex.honorifics:
                n += 2
            elif self.low[n] in self.lex.honorifics or (self.words[n] == "." and n > begin):
                n += 1
            else:
                break
        return n

    def _next_line(self, k: int) -> bool:
        """Whether a line break stands before token ``k``."""
        return "\n" in self.t.text[self.t.tokens.ends[k - 1] : self.t.tokens.starts[k]]

    def _name_list(self, k: int, titles: list[Title]) -> int:
        """The names that share a title in the plural: "Presidents A of X and B of Y"."""
        while k + 1 < self.last and (self.words[k] == "," or self.low[k] == "and"):
            n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
            if n >= self.last or not self.words[n][0].isupper():
                break
            end = self._name_end(n, titled=True)
            if end == n:
                break
            copies = [Title(t.start, t.end, t.text, t.kind, None, t.when, True, t.printed) for t in titles]
            start = len(self.out)
            k = self._named(n, copies, end=end)
            self.out[start].start = n
        return k


def _clean(text: str) -> str:
    return " ".join(text.replace(" ,", ",").split())
