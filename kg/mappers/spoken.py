"""Bodies an article speaks of: which country or organisation an office is of that is printed without one."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from kg.iris import fold
from kg.language.text import Mention, Title
from kg.language.words import words
from kg.mappers.groups import find_groups
from kg.mappers.home import ACCREDITED, find_host
from kg.mappers.person import Register

_SIDES = words("grammar", "sides")
_REPRESENTED = words("presence", "standing_for") | words("grammar", "passive_helpers") | {"by", "the", "its"}
_SAID = words("grammar", "said_verbs")
_LONGEST_NAME = 6
"""Tokens of a name with its honorifics, at most."""
_ORGANS = words("grammar", "speaking_organs")
_ARTICLES = words("gatherings", "articles")
_OF_WHERE = ("of", "in")
_ACCORDING = ["according", "to"]
_MARKS = (",", ".")
_LONGEST_SPEAKER = 7
"""Tokens at most of who tells something behind the country he tells it for."""
_MOST_SPEAKERS = 40
"""Mentions of one sentence among which whoever tells it is looked for."""
_LISTING = words("grammar", "listing_verbs")
_ARRIVING = words("offices", "arriving")
_RECEIVED = words("offices", "received")
_MEETING = words("offices", "meeting")
_GOING_WITH = words("offices", "going_with")
_BESIDE = words("presence", "beside")
_COUNTING = words("presence", "counting_in")
_OWN = words("groups", "own")
_VISITING = words("grammar", "visiting_verbs")
_BY = ("by", "with")
_BEFORE_LISTING = (",", "also")
_JOINING = frozenset((",", "and", "&"))
_IN_ROWS = _JOINING | {"the", "as", "well"}
_CREDENTIALS = frozenset(("credentials", "credence"))
_APPOINTING = words("acts", "appointing_verbs")
_NOT_ACTING = words("grammar", "forms_of_be_past") | {"been", "being", "be", "who", "whom"}
"""Before a verb of appointing they tell that whoever stands before it is appointed."""
_FARTHEST_APPOINTED = 16
"""Tokens at most between a verb of appointing and the office."""
_NEAR = 7  # tokens between who meets and who is met


class Spoken:
    """The bodies that the titles and the text of an article speak of, before titles left open are completed."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._countries = register.authority.countries
        self._sides: dict[int, tuple[int, str] | None] = {}
        self.known: dict[str | None, list[int]] = {}
        """Those known to who is who, by the kinds of their titles."""
        for n, entry in enumerate(register.entries):
            for kind in {t.kind for t in entry.titles} if entry.key else ():
                self.known.setdefault(kind, []).append(n)

    @cached_property
    def most(self) -> str | None:
        """The country most of the article's people hold office in, where none ties with it; else that named most.

        It is none whose envoy is received: "the Minister met the Ambassador of X".
        """
        likened = [any(t.counterpart for t in entry.titles) for entry in self._register.entries]
        spoken_of = [
            [] if other else [self._speaks_of(t) for t in entry.titles]
            for other, entry in zip(likened, self._register.entries, strict=True)
        ]
        bodies = [[body for body in held if body and body not in self.accredited] for held in spoken_of]
        counts = Counter(body for held in bodies for body in set(held)).most_common(2)
        if counts:
            tied = [body for body, count in counts if count == counts[0][1]]
            return next(body for held in bodies for body in held if body in tied)  # whom the article begins with
        met = {t.of for entry in self._register.entries for t in entry.titles if t.counterpart}
        return self.besides(*self.accredited, *met)

    @cached_property
    def host(self) -> str | None:
        """The country whose offices the page of a foreign mission leaves unmarked."""
        return find_host(self._register.text.article, self._register.lexicon)

    def _speaks_of(self, title: Title) -> str | None:
        """The country of an office; of one country's envoys that to which they are sent, whose offices go unmarked."""
        if title.counterpart:
            return None  # whoever meets "his Chilean counterpart" is not of Chile
        host = self._register.authority.country(title.text.partition(" to ")[2]) if " to " in title.text else None
        return (
            host.iso
            if host and len(self._sending) == 1 and None not in self._sending
            else title.of
            if title.of in self._countries
            else None
        )

    @cached_property
    def _sending(self) -> set[str | None]:
        """The countries of those sent somewhere."""
        return {t.of for entry in self._register.entries for t in entry.titles if " to " in t.text}

    @cached_property
    def sender(self) -> str | None:
        """The one foreign country whose envoys the article names."""
        envoys = [body for body in self.senders if body in self._countries]
        return envoys[0] if len(envoys) == 1 else None

    def side(self, title: Title) -> str | None:
        """The country whose delegation the sentence lists: "The Chinese delegation included …, TITLE NAME"."""
        text = self._register.text
        low, sentence = text.low, text.sentence_of(title.start)
        if sentence not in self._sides:
            self._sides[sentence] = next(
                (
                    (m.end, body)
                    for m in text.mentions[sentence]
                    if m.type in ("body", "person", "office")
                    and (k := m.end - (low[m.end - 1] in _SIDES) + (low[m.end] == "'s")) + 1 < len(low)
                    and (
                        (low[k] in _SIDES and _lists(low, k + 1))
                        or low[m.start - 1 - (low[m.start - 1] == "the")] in _GOING_WITH
                    )
                    and (body := self._home_of(m))
                ),
                None,
            )
        found = self._sides[sentence]
        return found[1] if found and found[0] <= title.start and found[1] in self._countries else None

    def company(self, title: Title) -> str | None:
        """The country of whoever comes with a row of others: "NAME was |accompanied by| TITLE NAME and TITLE NAME"."""
        text, register = self._register.text, self._register
        low, index = text.low, text.sentence_of(title.start)
        row = [m for m in text.mentions[index] if m.type == "person" and m.person >= 0]
        begins = [min([m.start, *(t.start for t in m.titles)]) for m in row]
        n = next((n for n, m in enumerate(row) if begins[n] <= title.start < m.end), -1)
        while n > 0 and _IN_ROWS.issuperset(low[row[n - 1].end : begins[n]]):
            n -= 1
        if n < 0 or not self._opens_company(begins[n] - (low[begins[n] - 1] == "the")):
            return None
        if n:
            return register.country_of(row[n - 1].person)
        if not any(m.type in ("he", "own") for m in text.mentions[index] if m.end <= begins[0]):
            return None
        before = (m for m in text.mentions[max(0, index - 1)] if m.type == "person" and m.person >= 0 and index)
        return next((register.country_of(m.person) for m in before), None)

    def _opens_company(self, k: int) -> bool:
        """Whether before token ``k`` it is told who comes along: "joined by", "and his delegation, including"."""
        low = self._register.text.low
        if low[k - 1] in _BY:
            return low[k - 2] in _BESIDE
        side = k - 2 - (low[k - 2] in _BEFORE_LISTING)
        return low[k - 1] in _COUNTING and low[side] in _SIDES and low[side - 1] in _OWN

    def _home_of(self, m: Mention) -> str | None:
        """The body that a mention names or stands for."""
        if m.type == "office":
            return next((title.of for title in m.titles if title.of), None)
        return m.value if m.type == "body" else self._register.country_of(m.person)

    def receiving(self, title: Title) -> str | None:
        """The foreign country where somebody is met by officers: "At Hanoi airport X was welcomed by TITLE NAME"."""
        text = self._register.text
        index = text.sentence_of(title.start)
        first = text.sentences[index][0]
        row = text.low[first : title.start]
        by = len(row) - 1 - row[::-1].index("by") if "by" in row else 0
        if not by or _RECEIVED.isdisjoint(row[max(0, by - 8) : by]) or _ARRIVING.isdisjoint(row[:by]):
            return None
        rows = (text.mentions[index], *text.mentions[max(0, index - 1) : index])
        where = (m for row in rows for m in reversed(row) if m.is_where and m.start < title.start and not m.adjective)
        lands = (text.lexicon.country_of(m.value) if m.type == "place" else m.value for m in where)
        return next((land for land in lands if land in self._countries and land != self._register.home), None)

    @cached_property
    def foreign(self) -> str | None:
        """The foreign country the article speaks of most."""
        return self.besides(self._register.home)

    def besides(self, *others: str | None) -> str | None:
        """The country the article speaks of most beside some."""
        organisations = self._register.authority.organisations
        titles = (t.of for entry in self._register.entries for t in entry.titles if t.of in organisations)
        parties = (organisations[of].country for of in titles if of)
        lands = (land for land in (*self._named(), *parties) if land in self._countries)
        return _foremost(land for land in lands if land not in others)

    def before(self, title: Title) -> str | None:
        """The country stated for an office right before in the same sentence ("UAE President X, Vice President Y")."""
        text = self._register.text
        n = bisect_left(self._stated, (title.start,)) - 1
        first = text.sentences[text.sentence_of(title.start)][0]
        return self._stated[n][1] if n >= 0 and self._stated[n][0] >= first else None

    def row(self, title: Title) -> str | None:
        """The country of whoever is named right before in a row: "French Minister X |and Under Secretary Y|".

        At home only where somebody of home is told to meet them, else those named beside a guest are the hosts.
        """
        text, register = self._register.text, self._register
        people = [m for m in text.mentions[text.sentence_of(title.start)] if m.type == "person" and m.person >= 0]
        n = len(people) - 1
        while n >= 0 and people[n].end > title.start:
            n -= 1
        if n < 0 or not _JOINING.issuperset(text.low[people[n].end : title.start]):
            return None
        body = next((t.of for t in register.entries[people[n].person].titles if t.of and t.when == "current"), None)
        if body not in self._countries or body == register.home:
            return None
        if register.home is None:
            return body
        row = people[: n + 1]
        return body if self._met_by_them(row[0]) or any(self._meets(a, b) for a, b in pairwise(row)) else None

    def _met_by_them(self, b: Mention) -> bool:
        """Whether those spoken of before are told to meet the first named of a sentence: "They |held talks with| Y",
        "The President |met| Y"."""
        text = self._register.text
        index = text.sentence_of(b.start)
        begin = min([b.start, *(t.start for t in b.titles)])
        before = (m for m in text.mentions[index] if m.end <= begin)
        who = next(
            (m for m in before if m.type in ("he", "group") or (m.type == "office" and not m.titles[0].of)), None
        )
        if who is None:
            return False
        between = text.low[who.end : begin]
        return 0 < len(between) < _NEAR and not _MEETING.isdisjoint(between)

    def _meets(self, a: Mention, b: Mention) -> bool:
        """Whether somebody of home is told to meet somebody abroad: "X |met (with)| French Minister Y"."""
        begin = min([b.start, *(t.start for t in b.titles)])
        between = self._register.text.low[a.end : begin]
        met = bool(between) and len(between) < _NEAR and not _MEETING.isdisjoint(between)
        return met and self._register.country_of(a.person) == self._register.home

    def likened(self, k: int) -> set[str]:
        """The bodies of somebody's counterparts, of which he is not: "X met |his Chilean counterpart|"."""
        return self._likened.get(k, set())

    @cached_property
    def _likened(self) -> dict[int, set[str]]:
        text = self._register.text
        found: dict[int, set[str]] = {}
        visiting = not _VISITING.isdisjoint(text.vocabulary)
        for mentions in text.mentions:
            if visiting:
                self._set_off_guests(mentions, found)
            if not any(t.counterpart for m in mentions for t in m.titles):
                continue
            before: list[int] = []
            for m in (m for group in find_groups(text, mentions) for m in group.mentions):
                of = {t.of for t in m.titles if t.counterpart and t.of}
                for k in before if of else ():
                    found.setdefault(k, set()).update(of)
                if m.type == "person" and not of:
                    before.append(m.person)
        return found

    def _set_off_guests(self, mentions: list[Mention], found: dict[int, set[str]]) -> None:
        """Part those beside a guest from his country: "the |visiting Malian Premier X| and President Y"."""
        low = self._register.text.low
        stated = [t for m in mentions for t in m.titles if t.of in self._countries and not t.inferred]
        lands = {t.of for t in stated if not _VISITING.isdisjoint(low[max(0, t.start - 1) : t.start + 1])}
        for m in mentions if lands else ():
            if m.type == "person" and m.person >= 0 and not any(t in stated for t in m.titles):
                found.setdefault(m.person, set()).update(land for land in lands if land)

    def shared(self, top: str) -> list[set[str]]:
        """The countries whose holders of an office of a top kind are told of together: "the ministers of A and B"."""
        return self._shared.get(top, [])

    @cached_property
    def _shared(self) -> dict[str, list[set[str]]]:
        text, kinds = self._register.text, self._register.lexicon.office_kinds
        found: dict[str, list[set[str]]] = {}
        for mentions in text.mentions:
            plural = (t for m in mentions if m.type == "office" for t in m.titles if t.plural and t.kind)
            for top in {kinds[t.kind or ""].top for t in plural}:
                for group in find_groups(text, mentions):
                    titles = (t for m in group.mentions if m.type == "office" for t in m.titles if t.kind)
                    lands = {t.of for t in titles if t.of in self._countries and kinds[t.kind or ""].top == top}
                    if len(lands) > 1:
                        found.setdefault(top, []).append({land for land in lands if land})
        return found

    @cached_property
    def _stated(self) -> list[tuple[int, str]]:
        """Where titles state their country, and which."""
        titles = (t for entry in self._register.entries for t in entry.titles)
        return sorted((t.start, t.of) for t in titles if t.of and not t.inferred and t.of in self._countries)

    def accrediting(self, title: Title) -> str | None:
        """The country to whose head an envoy hands his credentials: "the Ambassador to Chad handed them to |X|"."""
        text = self._register.text
        low, index = text.low, text.sentence_of(title.start)
        before = low[max(text.sentences[index][0], title.start - _NEAR) : title.start]
        if "to" not in before[-3:] or _CREDENTIALS.isdisjoint(before):
            return None
        sent = (m for m in text.mentions[index] if m.type == "person" and m.end <= title.start)
        posts = [t.text.partition(" to ")[2] for m in sent for t in m.titles if " to " in t.text][:1]
        host = self._register.authority.country(posts[0].removeprefix("the ")) if posts else None
        return host.iso if host else None

    def next_to(self, country: str) -> str | None:
        """The country that the article names first beside one."""
        return next((body for body in self._named() if body in self._countries and body != country), None)

    def reporting(self, title: Title) -> str | None:
        """The country whose ministry tells what an office did: "|Seoul's foreign ministry said| TITLE NAME met",
        "|According to the Thai government|, TITLE NAME met", "TITLE NAME met X, |Lima's spokesman told| the press"."""
        text = self._register.text
        low, index = text.low, text.sentence_of(title.start)
        mentions, (first, last) = text.mentions[index][:_MOST_SPEAKERS], text.sentences[index]
        for n, m in enumerate(mentions):
            begin = self._opens_speaker(m, first)
            if begin is None:
                continue
            source = low[begin : begin + 2] == _ACCORDING
            near = range(m.end, min(m.end + _LONGEST_SPEAKER, last))
            end = next((k for k in near if low[k] in _SAID or (source and low[k] in _MARKS)), 0)
            if not end or _ORGANS.isdisjoint(low[begin:end]):
                continue
            told = mentions[n + 1 :] if begin - first < _LONGEST_SPEAKER else []
            told = mentions[:n] if low[begin - 1] == "," else told
            about = (x for x in told if x.type in ("person", "office") and not begin <= x.start < end)
            if title in next((x.titles for x in about), []):
                return self._speaks_for(m)
        return None

    def _opens_speaker(self, m: Mention, first: int) -> int | None:
        """Where those begin to be named who may speak for a country: "|Seoul's ministry|", "|the ministry of| Peru"."""
        low = self._register.text.low
        begin = m.start - (low[m.start - 1] in _ARTICLES)
        if self._speaks_for(m) is None:
            return None
        if low[begin - 1] not in _OF_WHERE:
            return begin - 2 * (low[begin - 2 : begin] == _ACCORDING)
        near = range(begin - 1, max(first, begin - _LONGEST_SPEAKER) - 1, -1)
        return next((k + (low[k] == ",") for k in near if k == first or low[k] == ","), None)

    def _speaks_for(self, m: Mention) -> str | None:
        """The country for which whoever is told of with it may speak: "Seoul's", "Thai", "of Peru", "a Thai aide"."""
        low = self._register.text.low
        if m.type not in ("body", "place"):
            land = next((t.of for t in m.titles if t.of and not t.inferred), None)
        elif m.adjective or m.organ or low[m.end : m.end + 1] in (["'s"], ["'"]) or low[m.start - 1] in _OF_WHERE:
            land = self._register.lexicon.country_of(m.value)
        else:
            land = None
        return land if land in self._countries else None

    def appointing(self, title: Title) -> str | None:
        """The body that puts somebody into an office: "|the Chadian president| named NAME |envoy to Y|"."""
        text = self._register.text
        low, index = text.low, text.sentence_of(title.start)
        begin = max(text.sentences[index][0], title.start - _FARTHEST_APPOINTED)
        verb = next((k for k in range(title.start - 1, begin, -1) if low[k] in _APPOINTING), begin)
        if verb == begin or not _NOT_ACTING.isdisjoint(low[verb - 2 : verb]):
            return None
        row = text.mentions[index]
        n = bisect_right(row, title.start, key=_where)
        people = [m for m in row[max(0, n - _FARTHEST_APPOINTED) : n] if m.type == "person" and m.start > verb]
        if len(people) != 1:
            return None
        begun = row[:1] if low[verb].endswith("ing") else row[max(0, n - _FARTHEST_APPOINTED) : n]
        before = [m for m in begun if m.end <= verb and m.type in ("body", "office", "person", "place")]
        if low[verb].endswith("ing") and low[verb - 1] == ",":
            before = before[:1]  # "|Chad's president| reshuffled the cabinet, naming NAME minister"
        elif before and "," in low[before[-1].end : verb]:
            return None
        if not before:
            return None
        last = before[-1]
        return text.lexicon.country_of(last.value) if last.type == "place" else self._home_of(last)

    def represented(self, title: Title) -> str | None:
        """The country for which somebody is there: "|Peru| was represented by TITLE NAME; |Chile| by TITLE NAME"."""
        text = self._register.text
        index = text.sentence_of(title.start)
        before = [m for m in text.mentions[index] if m.type == "body" and not m.adjective and m.end <= title.start]
        if not before or before[-1].value not in self._countries:
            return None
        between = text.low[before[-1].end : title.start]
        return before[-1].value if "by" in between and _REPRESENTED.issuperset(between) else None

    def announcing(self, title: Title) -> str | None:
        """The country whose deed somebody of it announces: "|Japan| will send aid, Foreign Minister NAME said"."""
        text = self._register.text
        low, k = text.low, title.end
        if low[title.start - 1] != ",":
            return None
        while k < title.end + _LONGEST_NAME and text.tokens.words[k][0].isupper():
            k += 1
        index = text.sentence_of(title.start)
        if k == title.end or low[k] not in _SAID or not text.mentions[index]:
            return None
        first = text.mentions[index][0]
        opens = first.type == "body" and first.start - text.sentences[index][0] < 2 and not first.adjective
        return first.value if opens and first.value in self._countries else None

    def introduced(self, title: Title) -> str | None:
        """The one country of which such an office was spoken of before, without a name ("Mexico's ambassador")."""
        if title.kind is None or title.kind not in self._unnamed or title.plural or title.kind == "president":
            return None  # companies and colleges have presidents too
        bodies = {of for start, of in self._unnamed[title.kind] if start < title.start}
        return bodies.pop() if len(bodies) == 1 else None

    @cached_property
    def _unnamed(self) -> dict[str, list[tuple[int, str]]]:
        """Where offices stand alone, and of which countries, by the kind of their heads."""
        found: dict[str, list[tuple[int, str]]] = {}
        kinds = self._register.lexicon.kind_by_label
        for title in (t for ms in self._register.text.mentions for m in ms if m.type == "office" for t in m.titles):
            if title.of and title.of in self._countries and not _set_apart(title):
                kind = title.kind or kinds.get(fold(title.text.partition(" to ")[0]))
                if kind:
                    found.setdefault(kind, []).append((title.start, title.of))
        return found

    def names(self, country: str) -> bool:
        """Whether the article names a country."""
        return country in self._named()

    @cached_property
    def organisation(self) -> str | None:
        """The international organisation the article names most."""
        organisations = self._register.authority.organisations
        named = (body for body in self._named() if body in organisations and not organisations[body].country)
        counts = Counter(named).most_common(1)
        return counts[0][0] if counts else None

    def _named(self) -> Iterator[str]:
        return (m.value for mentions in self._register.text.mentions for m in mentions if m.type == "body")

    @cached_property
    def senders(self) -> frozenset[str]:
        """The countries other than home whose envoys the article names."""
        envoys = (t.of for entry in self._register.entries for t in entry.titles if t.kind in ACCREDITED)
        return frozenset(of for of in envoys if of and of != self._register.home)

    @cached_property
    def accredited(self) -> frozenset[str]:
        """The countries whose envoys are named and not where they are sent, which is here: "the Ambassador of X"."""
        titles = (t for entry in self._register.entries for t in entry.titles if t.kind in ACCREDITED)
        here = (t.of for t in titles if " to " not in t.text and not t.inferred)
        return frozenset(of for of in here if of and of in self._countries)

    @cached_property
    def abroad(self) -> str | None:
        """The one other country the article's titles speak of."""
        bodies = {t.of for entry in self._register.entries for t in entry.titles if not t.inferred}
        abroad = {body for body in bodies if body in self._countries} - {self._register.home}
        return abroad.pop() if len(abroad) == 1 else None


def _where(m: Mention) -> int:
    """Where a mention begins."""
    return m.start


def _lists(low: list[str], k: int) -> bool:
    """Whether the word at ``k``, or behind "also" there, opens a list of those who belong to a side."""
    k += 2 * (low[k : k + 2] == [",", "which"])
    return low[k] in _LISTING or (low[k] == "also" and low[k + 1] in _LISTING)


def _set_apart(title: Title) -> bool:
    """Whether an office is that of several, of a counterpart, or no longer or not yet held."""
    return title.plural or title.counterpart or title.when != "current"


def _foremost(bodies: Iterable[str]) -> str | None:
    """The body named more than twice as often as any other."""
    named = Counter(bodies).most_common(2)
    return named[0][0] if named and (len(named) == 1 or named[0][1] > 2 * named[1][1]) else None
