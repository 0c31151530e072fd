"""Groups: the mentions of a sentence joined into rows ("President X, Prime Minister Y and Z")."""

from dataclasses import replace
from itertools import pairwise

from kg.language.text import Mention, Text, Title
from kg.language.words import words

_JOINS = words("grammar", "joins")
_JOINING_WORDS = words("grammar", "closing_joins")
_ASIDE = words("grammar", "joined_to_bodies")
_ORIGIN = words("grammar", "before_origins")
_OPENING = words("grammar", "fronting_words")
_TELLS_NEWS = words("grammar", "news_verbs")
_ACTING = words("grammar", "requests") | words("grammar", "said_verbs")
_AHEAD = ("will", "would")
_PREPOSITIONS = words("grammar", "argument_prepositions")
_BEING = words("grammar", "passive_helpers")
_DOING = words("grammar", "auxiliaries") - _BEING - {"to"} | {"would"}
_FARTHEST_SAID = 12
"""Tokens between who says something and the "it" that takes him up, to either side of the verb."""
_FRONTING = words("grammar", "fronting_places")
_OTHERS = words("grammar", "others_unnamed")
_OFFICIALS = words("grammar", "unnamed_officials")
_RECEIVING = words("grammar", "own_hosts")
_OWN = words("groups", "own")
_KIN = words("names", "kin") | _RECEIVING
_THEIRS = words("groups", "own") | words("groups", "their")
_BEHIND_PLACES = (["on"], ["to"], ["at"], ["for"], ["during"])
_COMMA = [","]
_COMMA_AND = [",", "and"]
_OWNED = (["'s", "and"], ["'s", ","])
_DASHES = (["-"], ["–"])
_WIDEST = 4  # tokens between two of a row, before an office one more: ", as well as the"
_PRONOUNS = ("he", "him", "own", "group", "guest", "envoy")


class Group:
    """Mentions in a row: "President X, Prime Minister Y and Z"."""

    __slots__ = ("end", "mentions", "start")

    def __init__(self, start: int, end: int, mentions: list[Mention]) -> None:
        self.start, self.end, self.mentions = start, end, mentions


def standing_for(person: int, at: int) -> Group:
    """Return a group of one person for whom the word at a token stands, or nothing printed does ("I", "your")."""
    return Group(at, at, [Mention("person", at, at, person=person)])


Arguments = dict[str, list[Group]]
"""Groups by how they stand to a phrase: ``subject``, ``possessor``, ``adjective``, ``object``, or a preposition."""


def people_in(g: Group) -> int:
    """Return how many of a group are people: by name, by office, or as those of a body ("Turkish officials")."""
    if any(m.organ for m in g.mentions):
        return len(g.mentions)
    return sum(m.type in ("person", "office") for m in g.mentions)


def closing(text: Text, g: Group) -> int:
    """Return the token behind a group and the comma that closes what tells who it is: "the minister, X|,|"."""
    return g.end + (text.low[g.end] == "," and "," in text.low[g.start : g.end])


def find_groups(text: Text, mentions: list[Mention]) -> list[Group]:
    """Return the groups of a sentence in order; a title in the plural is shared out among the bodies beside it."""
    if not mentions:
        return []
    listed = [m for m in _without_their(text, mentions) if not _is_apart(text, m)]
    groups = _rows(text, _with_origins(text, listed))
    for g in groups:
        if text.low[g.start - 1] == "," and text.low[g.start - 2] in _RECEIVING and text.low[g.start - 3] in _OWN:
            g.start -= 3  # "|his host, President X|"
        if len(g.mentions) > 1 and any(_shared(m) for m in g.mentions):
            g.mentions = _shared_out(g.mentions)
        elif g.mentions[-1].organ and all(m.adjective for m in g.mentions[:-1]):  # "Lao and Thai |officials|"
            acting = (m if m.organ and not m.adjective else replace(m, adjective=False, organ=True) for m in g.mentions)
            g.mentions = list(acting)
    return groups


def with_it(text: Text, index: int) -> list[Mention]:
    """Return the mentions of a sentence with the "it" of who says what it does: "Chad announced on Monday that |it|
    will send aid"."""
    mentions, (first, last) = text.mentions[index], text.sentences[index]
    low = text.low
    at = next((k for k in range(first + 2, last - 2) if low[k] == "it"), first)
    if at == first:
        return mentions
    said = next((k for k in range(at - 1, max(first, at - _FARTHEST_SAID), -1) if low[k] in _ACTING), first)
    teller = next((m for m in reversed(mentions) if m.start < said), None)
    doing = low[at + 1] in _DOING or (low[at + 1] in _BEING and low[at + 2].endswith("ing"))
    if said == first or teller is None or teller.type != "body" or not doing or "," in low[said:at]:
        return mentions
    if said - teller.end > _FARTHEST_SAID or low[teller.start - 1 - (low[teller.start - 1] == "the")] in _PREPOSITIONS:
        return mentions
    if any(word in _PREPOSITIONS or word == "," for word in low[teller.end : said]):
        return mentions
    return sorted([*mentions, Mention("body", at, at + 1, value=teller.value)], key=lambda m: m.start)


def is_source(text: Text, m: Mention) -> bool:
    """Return whether a house is only where the news is from: "arrived in X on a visit, |Buckingham Palace reports|"."""
    low = text.low
    return m.type == "place" and low[m.start - 1] == "," and low[m.end] in _TELLS_NEWS


def _is_apart(text: Text, m: Mention) -> bool:
    """Whether a mention stands in no row and acts in nothing that the sentence tells."""
    if m.type not in ("body", "place"):
        return lists(text, m)
    return is_source(text, m) or _only_joined(text, m)


def _only_joined(text: Text, m: Mention) -> bool:
    """Whether a body only tells where others are, or by whose help: "a |Ghana-based| body", "|UN-brokered| talks"."""
    word = text.low[m.end - 1]
    return "-" in word and word.rpartition("-")[2] in _ASIDE


def _without_their(text: Text, mentions: list[Mention]) -> list[Mention]:
    """The mentions without the pronoun in "his Chilean counterpart", which stands for nobody who acts."""
    if not any(m.type in _PRONOUNS for m in mentions):
        return mentions
    following: list[Mention | None] = [*mentions[1:], None]
    return [
        m
        for m, after in zip(mentions, following, strict=True)
        if not (m.type in _PRONOUNS and after and _tells_of(text, m, after))
    ]


def _tells_of(text: Text, m: Mention, after: Mention) -> bool:
    """Whether a pronoun stands for nobody but tells who the one named behind it is."""
    if m.type in ("guest", "envoy"):  # "|his guest,| X"
        return after.start - m.end in (0, text.low[m.end] == ",") and after.type in ("person", "office")
    return _of_kin(text, m, after) or _is_likened(text, m, after)


def lists(text: Text, m: Mention) -> bool:
    """Return whether those who hold an office are named behind a colon: "with his |counterparts|: A and B"."""
    named = _shared(m) and m.titles[-1].of is None and text.low[m.end] == ":"
    return named and any(0 < x.start - m.end < _WIDEST for x in text.mentions[text.sentence_of(m.start)])


def _of_kin(text: Text, m: Mention, after: Mention) -> bool:
    """Whether a pronoun only tells whose kin somebody is: "X and |his| wife Y"."""
    return text.low[m.end] in _KIN and 0 < after.start - m.end < 3 and after.type == "person"


def _is_likened(text: Text, m: Mention, after: Mention) -> bool:
    """Whether a pronoun only tells whose counterpart somebody is."""
    return after.start == m.end and any(_likened(text, t) for t in after.titles)


def _likened(text: Text, title: Title) -> bool:
    """Whether a title only tells that somebody is what another is: "his counterpart", "his colleague"."""
    return title.counterpart or title.text.lower() in text.lexicon.colleagues


def _with_origins(text: Text, mentions: list[Mention]) -> list[Mention]:
    """The mentions with the body that tells where somebody is from, or who sends him, drawn to the name: "Zambia's
    NAME", "the president's envoy NAME"."""
    out: list[Mention] = []
    for m in mentions:
        if out and (out[-1].owns(m, text.low) or _calls(text, out[-1], m) or _sends(text, out[-1], m)):
            m = replace(m, start=out.pop().start)
        out.append(m)
    return out


def _sends(text: Text, one: Mention, m: Mention) -> bool:
    """Whether an office only tells whose envoy or deputy somebody named is."""
    return one.type == "office" and m.type == "person" and m.start == one.end and text.low[m.start] == "'s"


def _calls(text: Text, land: Mention, m: Mention) -> bool:
    """Whether a word or two of a title that is not known whole stand between whose it is and the rest of it."""
    if not (land.type == "body" and land.adjective and m.type == "person" and 0 < m.start - land.end < 3):
        return False
    titled = bool(m.titles) and m.titles[0].start == m.start
    return titled and all(word[0].isupper() and word.isalpha() for word in text.tokens.words[land.end : m.start])


def _rows(text: Text, mentions: list[Mention]) -> list[Group]:
    """Mentions joined by "and", and by commas where an "and" closes the row: "A, B and C"."""
    low = text.low
    groups: list[Group] = []
    row: list[Mention] = []
    commas: list[int] = []
    end = 0
    for mention in mentions:
        if mention.predicative or (mention.type == "body" and locates(text, mention)):
            continue
        if row and _abbreviates(text, mention, row[-1], end):
            end = mention.end + 1
            continue
        if row:
            wide = _WIDEST + (mention.type in ("person", "office"))
            gap = low[end : mention.start] if mention.start - end <= wide else None
            if gap in _OWNED and row[-1].type == "body" and _owned_along(text, mention):
                gap = gap[1:]  # "Chad's and |Mali's ministers|"
            if gap == _COMMA and (
                _fronted(text, row[0], mention) if len(row) == 1 else _ends_opening(text, row, commas)
            ):
                gap = None
            if gap == _COMMA_AND and len(row) == 1 and _begins_clause(text, row[0], mention):
                gap = None
            if gap and row[-1].type == mention.type == "body":
                gap = _past_unknown(text, gap, mention.start)
            if gap and mention.type == "person":
                gap = _unposted(text, _unstyled(text, gap), mention)
            if (low[mention.start] == "'s" and gap == []) or mention.type == "its":
                gap = None  # "X's special envoy Y", "aid to X and |its| support for Y"
            if gap is not None and (
                _joined(gap, row[-1], mention)
                or _from_land(text, gap, row[-1], mention)
                or _with_guest(text, gap, row[-1], mention)
            ):
                if not _JOINING_WORDS.isdisjoint(gap) or gap in _DASHES:
                    commas = []
                elif "," in gap and not (mention.adjective and row[-1].adjective):
                    commas.append(len(row))
                row.append(mention)
                end = max(end, mention.end)
                continue
            groups += _parted(text, row, commas, end)
        row, commas, end = [mention], [], mention.end
    return groups + _parted(text, row, commas, end) if row else groups


def _past_unknown(text: Text, gap: list[str], end: int) -> list[str]:
    """The words between two countries of a row without one there that is not known: "Chad|, Luxemburg, |Peru"."""
    words = text.tokens.words[end - len(gap) : end]
    if gap[0] == "," and gap.count(",") == 2 and len(gap) > 2:
        item = words[1 : 1 + gap[1:].index(",")]
        if 0 < len(item) < _WIDEST and all(word[0].isupper() for word in item):
            return gap[1 + len(item) :]
    return gap[1:] if gap[0] == "republic" and words[0][0].isupper() else gap


def _owned_along(text: Text, m: Mention) -> bool:
    """Whether an "'s" makes a body one more of those whose ministers are told of: "A's, |B's| and |C's ministers|"."""
    return _shared(m) or (m.type == "body" and text.low[m.end] == "'s")


def _unstyled(text: Text, gap: list[str]) -> list[str]:
    """The words before somebody without how he is styled, or whose kin he is: "and |His Majesty|", ", |his wife|"."""
    if gap[-1:] == _COMMA and gap[-2:-1] and gap[-2] in _RECEIVING and gap[-3:-2] and gap[-3] in _OWN:
        gap = gap[:-3]  # "and |his guest,| X"
    styled = len(gap)
    while styled and (gap[styled - 1] in text.lexicon.honorific_words or gap[styled - 1] in _KIN):
        styled -= 1
    styled -= 1 < styled < len(gap) and gap[styled - 1] in _THEIRS
    return gap[:styled] if 0 < styled < len(gap) and gap[styled] in _THEIRS and gap[styled - 1] in _JOINS else gap


def _begins_clause(text: Text, one: Mention, other: Mention) -> bool:
    """Whether the second of two acts on his own: "conveyed the greetings |of A, and B in turn asked|", "will talk
    |with A, and B, the speaker, will meet| him"."""
    low = text.low
    behind = other.end + 2 * (low[other.end : other.end + 2] == ["in", "turn"])
    behind += low[behind] == "," and "," in low[other.start : other.end]
    governed = low[one.start - 1 - (low[one.start - 1] == "the")] in _PREPOSITIONS
    return one.start > 0 and governed and (low[behind] in _ACTING or low[behind] in _AHEAD)


def _ends_opening(text: Text, row: list[Mention], commas: list[int]) -> bool:
    """Whether a row closed by "and" ends what a sentence opens with: "Following talks between A and B|, C and D …"."""
    first = text.sentences[text.sentence_of(row[0].start)][0]
    before = row[0].start - 1 - (text.low[row[0].start - 1] == "the")
    led = before > first and text.low[before] in _PREPOSITIONS and text.low[first] in _OPENING
    return led and not commas and "," not in text.low[first : row[0].start]


def _unposted(text: Text, gap: list[str], mention: Mention) -> list[str]:
    """The words before an officer without those that only tell of what: "A, |SOUTHCOM| Commander B, and C"."""
    told = len(gap)
    while told > 1 and text.tokens.words[mention.start - len(gap) + told - 1][0].isupper():
        told -= 1
    titled = bool(mention.titles) and mention.titles[0].start == mention.start
    return gap[:told] if titled and gap[told - 1] in _JOINS else gap


def _parted(text: Text, row: list[Mention], commas: list[int], end: int) -> list[Group]:
    """The groups of a row that ends before a token: more than one where nothing but commas joins it."""
    in_headline = bool(commas) and (_ends_headline(text, row, end) or _opens_headline(text, row, end))
    whole = not commas or in_headline or leaves_out(text, end) or _each_titled(row)
    return [Group(row[0].start, end, row)] if whole else _split(row, commas)


def _each_titled(row: list[Mention]) -> bool:
    """Whether a row is of three people or more, each with an office before the name: a list, however it goes on."""
    return len(row) > 2 and all(m.type == "person" and m.name and m.titles[:1] and m.start < m.name[0] for m in row)


def _ends_headline(text: Text, row: list[Mention], end: int) -> bool:
    """Whether a row of people, each with a title, is the last of a headline, which does without "and"."""
    last = text.sentences[0][1]
    titled = all(m.type == "person" and m.titles for m in row)
    return titled and text.article.title is not None and end <= last and not any(map(str.isalnum, text.low[end:last]))


def _opens_headline(text: Text, row: list[Mention], end: int) -> bool:
    """Whether people begin a headline and do something together, without "and": "|Roe, Poe| meet in X"."""
    opens = row[0].start == text.sentences[0][0] and text.article.title is not None
    return opens and all(m.type == "person" for m in row) and text.tokens.words[end][:1].islower()


def leaves_out(text: Text, end: int) -> bool:
    """Return whether a row that ends before a token closes with people unnamed: "A, B, |and others|"."""
    low, k = text.low, end + (text.low[end] == ",")
    if low[k] != "and":
        return False
    near = low[k + 1 : k + 1 + _WIDEST]
    who = next((n for n, word in enumerate(near) if word in _OFFICIALS), 0)
    return not _OTHERS.isdisjoint(near[:1]) or (who > 0 and all(map(str.isalpha, near[:who])))


def locates(text: Text, mention: Mention) -> bool:
    """Return whether a country only says where the city before it lies: "in Doha, Qatar, X and Y met"."""
    k = mention.start - (text.low[mention.start - 1] == "the")
    comma = text.low[k - 1] == ","
    k -= comma
    after = text.low[mention.end : mention.end + 1]
    closed = not comma or after == [","] or (text.low[mention.start - 1] == "the" and after[:1] in _BEHIND_PLACES)
    if mention.adjective or k < 1 or not closed:
        return False  # "in Doha |Qatar|", or between commas
    places = text.mentions[text.sentence_of(mention.start)]
    return any(m.type == "place" and m.end == k and text.lexicon.country_of(m.value) == mention.value for m in places)


def _abbreviates(text: Text, mention: Mention, before: Mention, end: int) -> bool:
    """Whether a body is only what one right before it is called for short: "the World Trade Organization |(WTO)|"."""
    bracketed = mention.start == end + 1 and text.low[end] == "(" and text.low[mention.end] == ")"
    return bracketed and mention.type == before.type == "body" and mention.value == before.value


def _joined(gap: list[str], one: Mention, other: Mention) -> bool:
    if gap == [",", "and", "the"] and one.type == "body" and other.type == "office" and not _shared(other):
        return False  # "the invasion of X, and the President"
    if one.type == "he" and other.type in ("person", "office"):
        return gap[:1] == ["and"]  # "|he and| X met"
    if other.type in _PRONOUNS or one.type in _PRONOUNS:
        return False
    if _shared(one) and other.type == "body" and not other.adjective and gap[:1] and gap[0] in _ORIGIN:
        return all(w in _JOINS for w in gap[1:])  # "counterparts from Greece and Finland"
    return all(w in _JOINS for w in gap) and (one.type == "place") == (other.type == "place")


def _fronted(text: Text, one: Mention, other: Mention) -> bool:
    """Whether who is named first acts in no row: "From A, President X and Y sent …", "According to X, A and B …"."""
    first = one.start - 1 - (text.low[one.start - 1] == "the")
    if first > 0 and text.low[first - 1 : first + 1] == ["according", "to"]:
        return True
    if one.type != "body" or one.adjective or other.type not in ("person", "office"):
        return False
    return text.low[one.start - 1 - (text.low[one.start - 1] == "the")] in _FRONTING or _ends_opening(text, [one], [])


def _from_land(text: Text, gap: list[str], one: Mention, other: Mention) -> bool:
    """Whether a country tells where somebody is from: "X of Norway, Y of Chad and Z"."""
    if one.type != "person" or other.type != "body" or other.adjective or gap not in (["of"], ["of", "the"]):
        return False
    return other.value in text.lexicon.authority.countries and text.low[other.end] != "'s"


def _with_guest(text: Text, gap: list[str], one: Mention, other: Mention) -> bool:
    """Whether somebody is told of with a guest of his, or an envoy: "he |and his guest| met"."""
    if gap != ["and"] or one.type not in ("person", "he"):
        return False
    return other.type == "envoy" or (other.type == "guest" and text.low[other.start] in _OWN)


def _split(row: list[Mention], commas: list[int]) -> list[Group]:
    """A row, parted at the commas no "and" came after; a list of countries, or of their officers, stays whole."""
    if (len(row) > 2 and all(m.type == "body" or _shared(m) for m in row)) or (commas and _under_one_title(row)):
        commas = []
    elif len(row) == 2 and row[0].adjective and (row[1].organ or _of_own_body(row[1])):
        commas = []  # "Kazakh, Uzbek leaders"
    parts = [row[start:cut] for start, cut in pairwise([0, *commas, len(row)])]
    return [Group(part[0].start, max(m.end for m in part), part) for part in parts if part]


def _shared(m: Mention) -> bool:
    """Whether a mention is an office in the plural, which the bodies beside it share."""
    return m.type == "office" and m.titles[-1].plural


def _of_own_body(m: Mention) -> bool:
    """Whether an office in the plural is printed with its body: "Uzbek presidents"."""
    return _shared(m) and bool(m.titles[-1].of) and not m.titles[-1].inferred


def _under_one_title(row: list[Mention]) -> bool:
    """Whether people share one title printed before them: "the ministers of A – X, B – Y"."""
    return len({m.titles[0].start if m.titles else -1 for m in row}) == 1 and bool(row[0].titles)


def _shared_out(row: list[Mention]) -> list[Mention]:
    """ "The foreign ministers of A and B", "the A and B foreign ministers": an office a body."""
    shared = next(m for m in row if _shared(m))
    out: list[Mention] = []
    for m in row:
        if m.type == "body":
            title = replace(shared.titles[-1], of=m.value, plural=False)
            out.append(Mention("office", m.start, m.end, titles=[title]))
        elif m is shared and m.titles[-1].of:
            out.append(replace(m, titles=[replace(m.titles[-1], plural=False)]))
        elif m is not shared:
            out.append(m)
    return out


def add(found: Arguments, how: str, g: Group) -> None:
    """Take a group in as an argument, unless its pronoun stands for nobody."""
    if g.mentions:
        found.setdefault(how, []).append(g)
