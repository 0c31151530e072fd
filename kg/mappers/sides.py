"""Sides: for which country somebody in an office acts, by the sentence around: who tells it, comes or receives."""

from bisect import bisect_right
from itertools import pairwise

from kg.language.text import Mention, Title
from kg.language.words import words
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
_ARRIVING = words("offices", "arriving")
_RECEIVED = words("offices", "received")
_MEETING = words("offices", "meeting")
_BESIDE = words("presence", "beside")
_COUNTING = words("presence", "counting_in")
_OWN = words("groups", "own")
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


def reporting(register: Register, title: Title) -> str | None:
    """Return the country whose ministry tells what an office did: "|Seoul's foreign ministry said| TITLE NAME met",
    "|According to the Thai government|, TITLE NAME met", "TITLE NAME met X, |Lima's spokesman told| the press"."""
    text = register.text
    low, index = text.low, text.sentence_of(title.start)
    mentions, (first, last) = text.mentions[index][:_MOST_SPEAKERS], text.sentences[index]
    for n, m in enumerate(mentions):
        begin = _opens_speaker(register, m, first)
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
            return _speaks_for(register, m)
    return None


def receiving(register: Register, title: Title) -> str | None:
    """Return the foreign country where somebody is met by officers: "At Hanoi airport X was welcomed by TITLE NAME"."""
    text = register.text
    index = text.sentence_of(title.start)
    first = text.sentences[index][0]
    row = text.low[first : title.start]
    by = len(row) - 1 - row[::-1].index("by") if "by" in row else 0
    if not by or _RECEIVED.isdisjoint(row[max(0, by - 8) : by]) or _ARRIVING.isdisjoint(row[:by]):
        return None
    rows = (text.mentions[index], *text.mentions[max(0, index - 1) : index])
    where = (m for row in rows for m in reversed(row) if m.is_where and m.start < title.start and not m.adjective)
    lands = (text.lexicon.country_of(m.value) if m.type == "place" else m.value for m in where)
    return next((land for land in lands if land in register.authority.countries and land != register.home), None)


def represented(register: Register, title: Title) -> str | None:
    """Return the country for which somebody is there: "|Peru| was represented by TITLE NAME; |Chile| by TITLE NAME"."""
    text = register.text
    index = text.sentence_of(title.start)
    before = [m for m in text.mentions[index] if m.type == "body" and not m.adjective and m.end <= title.start]
    if not before or before[-1].value not in register.authority.countries:
        return None
    between = text.low[before[-1].end : title.start]
    return before[-1].value if "by" in between and _REPRESENTED.issuperset(between) else None


def appointing(register: Register, title: Title) -> str | None:
    """Return the body that puts somebody into an office: "|the Chadian president| named NAME |envoy to Y|"."""
    text = register.text
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
    return text.lexicon.country_of(last.value) if last.type == "place" else home_of(register, last)


def in_company(register: Register, title: Title) -> str | None:
    """Return the country of whoever comes with others: "NAME was |accompanied by| TITLE NAME and TITLE NAME"."""
    text = register.text
    low, index = text.low, text.sentence_of(title.start)
    row = [m for m in text.mentions[index] if m.type == "person" and m.person >= 0]
    begins = [min([m.start, *(t.start for t in m.titles)]) for m in row]
    n = next((n for n, m in enumerate(row) if begins[n] <= title.start < m.end), -1)
    while n > 0 and _IN_ROWS.issuperset(low[row[n - 1].end : begins[n]]):
        n -= 1
    if n < 0 or not _opens_company(register, begins[n] - (low[begins[n] - 1] == "the")):
        return None
    if n:
        return register.country_of(row[n - 1].person)
    if not any(m.type in ("he", "own") for m in text.mentions[index] if m.end <= begins[0]):
        return None
    before = (m for m in text.mentions[max(0, index - 1)] if m.type == "person" and m.person >= 0 and index)
    return next((register.country_of(m.person) for m in before), None)


def in_row(register: Register, title: Title) -> str | None:
    """Return the country of whoever is named right before in a row: "French Minister X |and Under Secretary Y|".

    At home only where somebody of home is told to meet them, else those named beside a guest are the hosts.
    """
    text = register.text
    people = [m for m in text.mentions[text.sentence_of(title.start)] if m.type == "person" and m.person >= 0]
    n = len(people) - 1
    while n >= 0 and people[n].end > title.start:
        n -= 1
    if n < 0 or not _JOINING.issuperset(text.low[people[n].end : title.start]):
        return None
    body = next((t.of for t in register.entries[people[n].person].titles if t.of and t.when == "current"), None)
    if body not in register.authority.countries or body == register.home:
        return None
    if register.home is None:
        return body
    row = people[: n + 1]
    return body if _met_by_them(register, row[0]) or any(_meets(register, a, b) for a, b in pairwise(row)) else None


def accrediting(register: Register, title: Title) -> str | None:
    """Return the country to whose head an envoy hands his credentials: "the Ambassador to Chad handed them to |X|"."""
    text = register.text
    low, index = text.low, text.sentence_of(title.start)
    before = low[max(text.sentences[index][0], title.start - _NEAR) : title.start]
    if "to" not in before[-3:] or _CREDENTIALS.isdisjoint(before):
        return None
    sent = (m for m in text.mentions[index] if m.type == "person" and m.end <= title.start)
    posts = [t.text.partition(" to ")[2] for m in sent for t in m.titles if " to " in t.text][:1]
    host = register.authority.country(posts[0].removeprefix("the ")) if posts else None
    return host.iso if host else None


def announcing(register: Register, title: Title) -> str | None:
    """Return the country whose deed somebody of it announces: "|Japan| will send aid, Foreign Minister NAME said"."""
    text = register.text
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
    return first.value if opens and first.value in register.authority.countries else None


def home_of(register: Register, m: Mention) -> str | None:
    """Return the body that a mention names or stands for."""
    if m.type == "office":
        return next((title.of for title in m.titles if title.of), None)
    return m.value if m.type == "body" else register.country_of(m.person)


def _opens_company(register: Register, k: int) -> bool:
    """Whether before token ``k`` it is told who comes along: "joined by", "and his delegation, including"."""
    low = register.text.low
    if low[k - 1] in _BY:
        return low[k - 2] in _BESIDE
    side = k - 2 - (low[k - 2] in _BEFORE_LISTING)
    return low[k - 1] in _COUNTING and low[side] in _SIDES and low[side - 1] in _OWN


def _met_by_them(register: Register, b: Mention) -> bool:
    """Whether those spoken of before are told to meet the first named of a sentence: "They |held talks with| Y",
    "The President |met| Y"."""
    text = register.text
    index = text.sentence_of(b.start)
    begin = min([b.start, *(t.start for t in b.titles)])
    before = (m for m in text.mentions[index] if m.end <= begin)
    who = next((m for m in before if m.type in ("he", "group") or (m.type == "office" and not m.titles[0].of)), None)
    if who is None:
        return False
    between = text.low[who.end : begin]
    return 0 < len(between) < _NEAR and not _MEETING.isdisjoint(between)


def _meets(register: Register, a: Mention, b: Mention) -> bool:
    """Whether somebody of home is told to meet somebody abroad: "X |met (with)| French Minister Y"."""
    begin = min([b.start, *(t.start for t in b.titles)])
    between = register.text.low[a.end : begin]
    met = bool(between) and len(between) < _NEAR and not _MEETING.isdisjoint(between)
    return met and register.country_of(a.person) == register.home


def _opens_speaker(register: Register, m: Mention, first: int) -> int | None:
    """Where those begin to be named who may speak for a country: "|Seoul's ministry|", "|the ministry of| Peru"."""
    low = register.text.low
    begin = m.start - (low[m.start - 1] in _ARTICLES)
    if _speaks_for(register, m) is None:
        return None
    if low[begin - 1] not in _OF_WHERE:
        return begin - 2 * (low[begin - 2 : begin] == _ACCORDING)
    near = range(begin - 1, max(first, begin - _LONGEST_SPEAKER) - 1, -1)
    return next((k + (low[k] == ",") for k in near if k == first or low[k] == ","), None)


def _speaks_for(register: Register, m: Mention) -> str | None:
    """The country for which whoever is told of with it may speak: "Seoul's", "Thai", "of Peru", "a Thai aide"."""
    low = register.text.low
    if m.type not in ("body", "place"):
        land = next((t.of for t in m.titles if t.of and not t.inferred), None)
    elif m.adjective or m.organ or low[m.end : m.end + 1] in (["'s"], ["'"]) or low[m.start - 1] in _OF_WHERE:
        land = register.lexicon.country_of(m.value)
    else:
        land = None
    return land if land in register.authority.countries else None


def _where(m: Mention) -> int:
    """Where a mention begins."""
    return m.start
