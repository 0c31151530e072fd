"""Gatherings: what they are called — the words of a name around its noun, and what is no gathering."""

from kg.language.bodies import DASHES
from kg.language.dates import WEEKDAYS
from kg.language.words import read_lexicon, words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import GATHERINGS, Draft, Name
from kg.mappers.groups import Group
from kg.mappers.reference import leaders, resolved
from kg.mappers.subjects import may_act

_COUNTS = frozenset(read_lexicon()["counts"]["numbers"])
_ORDINALS = words("grammar", "ordinals")
_APART = words("grammar", "apart")
_STAY_OUT = words("gatherings", "before_names")
_SMALL = words("gatherings", "within_names")
_NOT_AFTER = words("gatherings", "no_gathering_after")
_AIMS = words("gatherings", "aims")
_NOT_BEFORE = words("gatherings", "no_gathering_before")
_PARTS = words("gatherings", "parts")
_ARTICLES = ("a", "an")
_DEFINITE = words("gatherings", "definite")
_VAGUE = words("gatherings", "vague")
_CARRYING = words("gatherings", "carrying")
_SETTING_UP = words("gatherings", "setting_up")
_STANDING = words("gatherings", "standing")
_WHERE = words("gatherings", "where")
_BOARDS = words("gatherings", "boards")
_PHRASE_ENDS = words("gatherings", "phrase_ends")
_ENDS_NAMES = _PHRASE_ENDS | _SMALL | {"among"}
_BEFORE_NOUN = words("gatherings", "articles") | {'"', "“"}
_JOINTS = frozenset("-–—'’/&()+")
_MARKS = frozenset('"“”')
_ROW_MARKS = words("grammar", "row_marks")
_HELD = words("gatherings", "held_participles")
_BEING = words("grammar", "passive_helpers")
_PLANNED = words("grammar", "planning_participles") | {"set"}
_FOUNDING = words("gatherings", "founding")
_FOUNDED = frozenset(word for word in _FOUNDING if word.endswith("ed")) | {"founded", "initiated"}
_THERE_FOR = words("gatherings", "purpose")
_TRAVEL = words("gatherings", "travel")
_SPEAKING = words("gatherings", "speaking")
_PARTAKING = words("gatherings", "partaking")
WAYS = words("gatherings", "ways")
"""Words that lead to a gathering and from it, behind a verb of going."""
_JOURNEYING = words("gatherings", "journeying")
_DELEGATIONS, _LEADING = words("grammar", "delegations"), words("grammar", "leading_verbs")
_OFFICES = words("offices", "heads")
_MEETING = words("gatherings", "sitting_verbs")
_ORGANS = words("gatherings", "sitting_organs")
_JOINT = words("gatherings", "joint")
_BELONGING = words("gatherings", "belonging")
_SEATING = words("gatherings", "before_seats")
_JOINING = words("gatherings", "within_titles")
_WITHIN_TITLES = words("gatherings", "sitting_bodies") | {"state"}
_SERIAL_NOUNS = words("gatherings", "sitting_nouns") | {"session"}
_ROW = (",", "and", "as")
_HELPERS = words("grammar", "auxiliaries")
_LONGEST = 16  # tokens of a name before its noun
_LONGEST_ROW = 3
_FARTHEST_HELD = 24
"""Tokens behind the noun of a gathering up to the verb that tells of it."""
_MOST_ADJECTIVES = 3
_HOSTING = words("grammar", "hosting_verbs")
FARTHEST_HOST = 28
"""Tokens behind who receives others up to what they come for."""
_EARLIER = words("grammar", "earlier_ones")
_STATES_OF_TALKS = words("grammar", "states_of_talks")
_FARTHEST_IN_ROW = 12


def find_gathering(s: Sentence, t: Trigger) -> Name | None:
    """Return where the name of a gathering stands; ``None`` where the phrase names none."""
    low = s.text.low
    head = next((k for k in range(t.end - 1, t.start - 1, -1) if low[k] in GATHERINGS), t.end - 1)
    if _is_other_noun(s, head) or _goes_on(s, t):
        return None
    name = _read_name(s, t, head)
    return None if _is_none(s, t, name) else name


def _is_other_noun(s: Sentence, head: int) -> bool:
    """Whether the words beside the noun make it another: "press conference", "conference room"."""
    low = s.text.low
    before = low[head - 1] if head > s.first else ""
    if is_state_of(s, head - 1):
        return False
    return before in _NOT_BEFORE or before == "-" or (head + 1 < s.last and low[head + 1] in _NOT_AFTER)


def is_state_of(s: Sentence, k: int) -> bool:
    """Return whether "in" at token ``k`` leads from how talks go to them: "the |progress in| negotiations"."""
    return k - 1 > s.first and s.text.low[k] == "in" and s.text.low[k - 1] in _STATES_OF_TALKS


def _read_name(s: Sentence, t: Trigger, head: int) -> Name:
    """The name around the noun of a trigger: "the 15th BRICS |Summit| on Trade"."""
    low = s.text.low
    start = name_start(s, t.start if not t.predicate else head)
    end = name_end(s, max(head + 1, t.end if not t.predicate else 0))
    numbered = any(_is_number(s, k) for k in range(start, head)) or _is_round(s, t)
    bodies = any(m.type in ("body", "place") and start <= m.start < head for m in s.text.mentions[s.index])
    words = s.text.tokens.words
    quoted = end + 1 < s.last and words[end] in "\"“«'‘" and words[end + 1][0].isupper()
    capital = words[head][0].isupper() and head > s.first and (start < head or t.end - t.start > 1)
    longer = any(words[k][0].isupper() for k in range(start, head)) or (end > head + 1 and words[end - 1][0].isupper())
    if t.kind in ("dialogue", "negotiation-round") and not capital:
        # "China-EU dialogue" is a way of going on as well as a sitting; "the RCEP negotiations" have a name
        longer = longer and not bodies and t.kind == "negotiation-round"
        bodies = False
    proper = numbered or bodies or (longer and not _is_shouted(s)) or (longer and start < head) or capital or quoted
    return Name(start, head, end, proper or low[head] not in GATHERINGS, numbered)


def _is_shouted(s: Sentence) -> bool:
    return s.index == 0 and s.register.shouting


def _is_number(s: Sentence, k: int) -> bool:
    word = s.text.low[k]
    return (word[:1].isdigit() and "-" not in word) or (s.text.low[k] in _ORDINALS and s.text.low[k] not in _VAGUE)


def name_start(s: Sentence, head: int) -> int:
    """The first token of the name: back over capitals, numbers and the small words between them."""
    low, words = s.text.low, s.text.tokens.words
    people = [m for m in s.text.mentions[s.index] if m.type == "person" and m.end <= head]
    officers = [m for m in s.text.mentions[s.index] if m.type == "office" and m.end == head and m.titles[0].plural]
    start, small, quoted = head, 0, False
    for k in range(head - 1, max(s.first, head - _LONGEST) - 1, -1):
        word = words[k]
        if officers and officers[0].start <= k:
            start = k  # "CARICOM heads of government |meeting|"
            continue
        if low[k] in _JOINING and k - 1 > s.first and words[k - 1][0].isupper() and low[k - 1] in _WITHIN_TITLES:
            continue  # "Heads of State and Government"
        if low[k] == "and" and start == k + 1 and _names_on(s, k):
            continue  # "the A-B Trade |and| Technology Council"
        counted = low[k] in _VAGUE and k > s.first and _is_number(s, k - 1)  # "the 45th |regular| meeting"
        if (low[k] in _STAY_OUT and not counted) or any(m.start <= k < m.end for m in people):
            break
        if low[k] in GATHERINGS and low[k + 1] in _ROW_MARKS:
            break  # "the Oslo Forum and |the Bern| Conference"
        if word[0].isupper() or _is_number(s, k):
            start, small = k, 0
        elif word[0].isalpha():
            small += 1
            if small > 4 or word.endswith("ly"):
                break
        elif word in _MARKS and (quoted or not _MARKS.isdisjoint(words[max(s.first, k - 4) : k - 1])):
            quoted = not quoted  # "the 4th |"2+2"| dialogue"
        elif word not in _JOINTS and low[k] != "'s":
            break
    while start < head and low[start] in _DEFINITE:
        start += 1
    return start


def _names_on(s: Sentence, k: int) -> bool:
    """Whether the words of a name go on before an "and": a capital, and nobody by himself."""
    word = s.text.tokens.words[k - 1]
    called = any(m.start < k <= m.end for m in s.text.mentions[s.index])
    return k - 2 > s.first and word[0].isupper() and not called and s.text.low[k - 1] not in GATHERINGS


def name_end(s: Sentence, k: int) -> int:
    """The token after the name: over "on Trade and Development", "of the Parties", but no date and nobody's name."""
    low, words = s.text.low, s.text.tokens.words
    dates = [(w.start, w.end) for w in s.whens]
    named = [m for m in s.text.mentions[s.index] if m.type in ("person", "office") and m.end > k]
    others = [x.start for x in s.triggers if x.top == "conference" and x.start >= k]
    end, small = k, 0
    if k < s.last and words[k][0].isupper():
        return k  # "Summit Joint Statement"
    while k < s.last and small < 3 and k - end < 4:
        at = s.text.tokens.starts[k]
        if (dates and any(a <= at < b for a, b in dates)) or (named and any(m.start <= k < m.end for m in named)):
            break
        if low[k] in WEEKDAYS or (low[k] == "and" and any(0 < x - k < 7 for x in others)):
            break  # "the first Dialogue on |Friday|, March 10", "the Oslo Forum |and| the Bern Conference"
        if words[k][0].isupper():
            end, small = k + 1, 0
        elif low[k] in _SMALL:
            small += 1
        elif words[k] in DASHES and words[k - 1][0].isupper() and words[min(k + 1, s.last - 1)][0].isupper():
            if s.index == 0 and s.text.tokens.end(k - 1) < s.text.tokens.starts[k]:
                break  # "X to attend the Security Conference |–| Ministry"  # "the Meeting of the Peru-Chile Group"
        else:
            break
        k += 1
    return end - 2 if words[end - 2] == "(" else end  # "the Joint Talks (JT)"


def _is_none(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether the noun tells of something else: a seat on a board, a body."""
    low = s.text.low
    if name.end < s.last and s.text.tokens.words[name.head + 1] == "-":
        return True  # "summit-level"; a dash only goes on
    if name.end < s.last and low[name.end] in _AIMS:
        return True  # "the Summit of the States |objectives|"
    called = low[name.head] in GATHERINGS or (name.start < t.start and low[name.head].isdigit())  # "the ninth 2+2"
    if low[t.start] == "assembly" and not name.numbered:
        return True  # "the election to the National Assembly of X"
    if _is_byname(s, name) or not (called or _is_occasion(s, t, name)):
        return True
    if low[governor_of(s, name)] == "in" and not _MEETING.isdisjoint(low[max(s.first, name.start - 6) : name.start]):
        return True  # "met in emergency session"
    if t.kind == "dialogue" and not name.numbered and not name.proper and low[governor_of(s, name)] == "of":
        return True  # "as part of the ongoing dialogue with allies"
    if t.kind == "dialogue" and not name.numbered and _is_set_up(s, name):
        return True  # "committed to |launching| a Strategic Dialogue"
    if low[governor_of(s, name)] == "as" and low[name.start - 1] in _ARTICLES:
        return True  # "was set up |as a forum| for members"
    if "such" in low[max(s.first, name.start - 1) : name.head]:
        return True  # "the first such summit since"
    mentions = s.text.mentions[s.index]
    if any(title.start <= name.head < title.end for m in mentions for title in m.titles):
        return True
    if t.kind == "congress" and not (name.numbered or t.end - t.start > 2 or low[t.start] in ("party", "plenum")):
        behind = low[name.head + 1 : name.head + 7]
        return _ORGANS.isdisjoint(behind[: behind.index("and")] if "and" in behind else behind)
    lately = low[t.start - 1] in _EARLIER and t.end - t.start > 1  # "after the |recent| round of talks in X"
    series = _is_round(s, t) or lately or (t.end - t.start > 1 and (is_carried(s, name) or is_held(s, name)))
    if low[t.start] in ("round", "rounds") and not (series and _is_of_talks(s, t)):
        return True
    if in_round(s, t) or _is_part(s, t, name) or _sits_again(s, name):
        return True
    if _is_of_instrument(s, name) or _is_owner(s, name) or _is_founded(s, name):
        return True
    held = governed(s, name) or name.numbered or on_margins(s, name) or is_held(s, name)
    if not held and (
        low[name.head] in _STANDING or any(m.type == "body" and m.start <= name.head < m.end for m in mentions)
    ):
        return True
    return _is_seat(s, name)


def _is_set_up(s: Sentence, name: Name) -> bool:
    """Whether a series of sittings is only told to begin, with no day or place of a first one."""
    low, governor = s.text.low, governor_of(s, name)
    k = governor - (governor > s.first and low[governor] == "of")
    if k < s.first or low[k] not in _SETTING_UP:
        return False
    return not s.date_between(name.end, s.clause_end(name.end)) and low[name.end] not in _WHERE


def _is_of_instrument(s: Sentence, name: Name) -> bool:
    """Whether it is what an instrument is called by: "the Memorandum on Bilateral |Consultations|"."""
    return any(p.named and p.start < name.head < p.end for p in s.context.instruments.get(s.index, ()))


def _is_founded(s: Sentence, name: Name) -> bool:
    """Whether only a way of meeting is set up: "agreed to |establish| a Dialogue", "the |launch of| a Dialogue"."""
    low, k = s.text.low, governor_of(s, name)
    behind = name.end + (low[name.end] in _HELPERS)
    if behind > name.end and low[behind] in _FOUNDED:
        return True  # "the Forum |was established| in 1963"
    if k < s.first or low[k] in _CARRYING:
        return False
    return low[k] in _FOUNDING or (low[k] == "of" and low[k - 1] in _FOUNDING)


def _is_owner(s: Sentence, name: Name) -> bool:
    """Whether only something of the gathering is spoken of, and nothing at it: "the Summit's agenda"."""
    low = s.text.low
    own = not name.numbered and (low[name.head + 1] == "'s" or low[name.end] == "'s")
    if any(g.start < name.end < g.end and name.head < g.start for g in s.groups):
        return False  # "the meeting of |A's and B's ministers|"
    return own and not governed(s, name) and not on_margins(s, name)


def is_held(s: Sentence, name: Name) -> bool:
    """Whether a phrase behind the name tells that the gathering takes place."""
    stop = min(s.last, name.head + _FARTHEST_HELD)
    return s.text.says("held", *s.text.span(name.head, stop)) is not None or _runs(s, name.end, stop - 1)


def _runs(s: Sentence, begin: int, stop: int) -> bool:
    """Whether a verb without an object tells when the gathering begins or ends: "|began| Wednesday in X", or a passive
    that it is held: "|will be convened| in X"."""
    low = s.text.low
    near = range(begin, min(stop, s.clause_end(begin)))
    if any(low[k] in _BEING and low[k + 1] in _HELD for k in near):
        return True
    if any(low[k] in _BEING and low[k + 1] in _PLANNED and low[k + 2] == "for" for k in near):
        return True  # "is set |for| May 5"
    return any(map(s.has_no_object, near))


def _goes_on(s: Sentence, t: Trigger) -> bool:
    """Whether the name goes on to another noun: "the UN General Assembly |session", "the G20 |Summit"."""
    after = next((x for x in s.triggers if x.start >= t.end and x.top == "conference"), None)
    between = s.text.low[t.end : after.start] if after is not None else []
    return after is not None and len(between) < 4 and _ENDS_NAMES.isdisjoint(between)


def _is_byname(s: Sentence, name: Name) -> bool:
    """Whether the name in quotation marks is another of the gathering right before it."""
    k = name.start - 1
    if k <= s.first or s.text.tokens.words[k] not in "\"“«'‘":
        return False
    return any(x.top == "conference" and 0 < k - x.end + 1 < 3 for x in s.triggers if x.end <= k)


def _is_occasion(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether a body named without such a noun is an occasion here: "at the G20 in Delhi", "attended COP28"."""
    low = s.text.low
    ends = (
        t.end >= s.last
        or low[t.end] in _PHRASE_ENDS
        or low[t.end] == "("
        or low[t.end].isdigit()
        or s.date_between(t.end, t.end + 1)
    )
    if not ends:
        return False  # unlike "SPIEF |2022|"
    if on_margins(s, name):
        return True
    governor = governor_of(s, name)
    led = low[governor] in _BELONGING or (low[governor] == "in" and low[governor - 1] == "leadership")
    return not led and governed(s, name)


def _is_round(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase is the counted round of a series, or counts them: "the 15th round of …", "two rounds of …"."""
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    if s.text.low[t.start] == "rounds":
        return before.isdigit() or before in _COUNTS
    return s.text.low[t.start] == "round" and (before[:1].isdigit() or before in _ORDINALS)


def _is_of_talks(s: Sentence, t: Trigger) -> bool:
    """Whether a round is one of talks and not, say, of sanctions: the phrase or the text around it says so."""
    if any(x.top == "appointment" and 0 < x.start - t.end < 4 for x in s.triggers):
        return False  # "the first round of the general elections"
    talks = any(x is not t and x.top in ("conference", "meeting") for x in s.triggers)
    return t.end - t.start > 1 or talks or any(d.top == "conference" for d in s.drafts)


def in_round(s: Sentence, t: Trigger) -> bool:
    """Return whether the phrase only says what the round just named is of ("third round of the trade negotiations")."""
    return any(0 < t.start - x.start < 12 and _is_round(s, x) for x in s.triggers)


def _is_part(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether it is the opening session, a segment … of the gathering named right after it."""
    low = s.text.low
    if name.numbered or low[name.head] not in _PARTS or low[name.head + 1] != "of":
        return False
    after = next((x for x in s.triggers if x.start > name.head and x.top == "conference"), None)
    if after is None or low[after.end - 1] in _STANDING:
        return False  # "a |session of| the joint commission", by which that sits
    return after.start - name.head < 14 and "," not in low[name.head : after.start]


def _sits_again(s: Sentence, name: Name) -> bool:
    """Whether it is the board whose meeting was just named: "the 16th meeting of the A-B joint |commission|"."""
    low = s.text.low
    told = [x for x in s.triggers if x.end <= name.start and x.top in ("conference", "meeting")]
    if low[name.head] not in _STANDING:  # "the second meeting of the A-B |Dialogue|"
        told = [x for x in told if low[x.end - 1] in _SERIAL_NOUNS and _is_number(s, x.start - 1)]
    return any(low[x.end] == "of" and name.start - x.end < 4 for x in told)


def _is_seat(s: Sentence, name: Name) -> bool:
    """Whether the gathering is only what somebody sits on: "a member of the board of the … Conference"."""
    low = s.text.low
    governor = governor_of(s, name)
    if low[governor] == "and":  # "Director-General for Neighbourhood and Enlargement |Negotiations"
        governor = next((k for k in range(governor - 1, s.first, -1) if not s.text.tokens.words[k][0].isupper()), 0)
    if governor <= s.first or low[governor] not in _SEATING or on_margins(s, name):
        return False
    if low[governor - 1] in _OFFICES:
        return True
    if is_hosted_for(s, governor):
        return False
    people = [m for m in s.text.mentions[s.index] if m.type == "person" and m.start <= governor]
    begin = max(s.first, governor - 6)
    acts = (k for k in range(begin, governor) if low[k] in s.lex.verbs or low[k].endswith("ed"))
    before = range(max(acts, default=begin), governor)  # not so in "the President |looked forward| to the Summit"
    return any(low[k] in _BOARDS and not any(m.start <= k < m.end for m in people) for k in before)


def on_margins(s: Sentence, name: Name) -> bool:
    """Whether something happens on the margins of the gathering."""
    return s.text.says("margins", *s.text.span(max(s.first, name.start - 6), name.head + 1)) is not None


def before_name(s: Sentence, start: int) -> int:
    """The last token before a name and its article and adjectives; before the sentence if none."""
    low, k = s.text.low, start - 1
    for n in range(k, max(s.first, k - _MOST_ADJECTIVES) - 1, -1):
        if low[n] in _BEFORE_NOUN:
            k = n  # "|a separate| gathering"
        if (low[n] in _STAY_OUT and low[n] not in _VAGUE) or not low[n].replace("-", "").isalpha():
            break
    while k >= s.first and (
        low[k] in _DEFINITE
        or low[k] in _VAGUE
        or low[k] in _BEFORE_NOUN
        or ("-" in low[k] and low[k] not in _STAY_OUT)  # unlike "|co-chaired| the meeting"
    ):
        k -= 1
    return k


def governor_of(s: Sentence, name: Name) -> int:
    """The token that governs the name, or the row it stands in: "took part |in| the A Summit and the B Forum"."""
    if name.governor is not None:
        return name.governor
    low, k = s.text.low, before_name(s, name.start)
    told = [x for x in s.triggers if x.top == "conference" and x.end <= k and not x.predicate]
    for x in reversed(told[-_LONGEST_ROW:]):
        joint = k - 2 * (low[k - 1 : k + 1] == ["well", "as"])
        if k < s.first or low[joint] not in _ROW or not 0 <= joint - x.end < _FARTHEST_IN_ROW:
            break
        if any(y.predicate and x.end <= y.start < k for y in s.triggers) or not _HELPERS.isdisjoint(low[x.end : k]):
            break
        k = before_name(s, name_start(s, x.start))
    name.governor = k
    return k


def governed(s: Sentence, name: Name) -> bool:
    """Whether the gathering is where something happens ("at the …") or what somebody attends."""
    governor = governor_of(s, name)
    if governor < s.first:
        return False
    low = s.text.low
    if low[governor] in _WHERE or is_addressed(s, governor):
        return True
    if (low[governor] == "in" and is_partaking(s, governor - 1)) or is_there_for(s, name):
        return True
    if is_hosted_for(s, governor):
        return True
    if low[governor] == "for" and (
        not _TRAVEL.isdisjoint(low[max(s.first, governor - 10) : governor])
        or any(x.top == "visit" and 0 <= governor - x.end < 10 for x in s.triggers)
    ):
        return True
    if (
        low[governor] in ("to", "for", "in") and low[governor - 1] in _DELEGATIONS
    ):  # "will lead the delegation to the Forum"
        return not _LEADING.isdisjoint(low[max(s.first, governor - 8) : governor])
    if low[governor] in WAYS and not _JOURNEYING.isdisjoint(low[max(s.first, governor - 16) : governor]):
        return True  # "travelling from the A Summit to the B Forum"
    begin, stop = max(s.first, governor - 7), governor + 1
    said = s.text.says("attending", *s.text.span(begin, stop))
    if said is None:
        return False
    return _APART.isdisjoint(low[s.text.token_at(said[1]) : stop])  # "spoke |ahead of| the summit"


def is_hosted_for(s: Sentence, governor: int) -> bool:
    """Whether somebody receives others for a gathering: "will |host| delegates of 20 member states |for| the Forum"."""
    low = s.text.low
    return low[governor] == "for" and not _HOSTING.isdisjoint(low[max(s.first, governor - FARTHEST_HOST) : governor])


def is_met_for(s: Sentence, name: Name) -> bool:
    """Whether somebody is told to have met for the gathering: "|gathered| in X on Monday |for| their summit"."""
    low, governor = s.text.low, governor_of(s, name)
    if governor <= s.first or low[governor] != "for":
        return False
    near = range(governor - 1, max(s.first, governor - _LONGEST) - 1, -1)
    verb = next((k for k in near if low[k] in _MEETING and not low[k].endswith("ing")), governor)
    return verb < governor and not any(x.predicate and verb < x.start < governor for x in s.triggers)


def is_there_for(s: Sentence, name: Name) -> bool:
    """Whether somebody is told with no verb to be somewhere for the gathering: "|In Oslo for| the summit, X met Y"."""
    low, governor = s.text.low, governor_of(s, name)
    k = governor if low[governor] == "for" else governor - 1
    if low[k] not in _THERE_FOR:
        return False
    where = next((m for m in s.text.mentions[s.index] if m.end == k and m.is_where and low[m.start - 1] == "in"), None)
    return where is not None and (where.start - 1 == s.first or low[where.start - 2] == ",")


def is_partaking(s: Sentence, k: int) -> bool:
    """Whether a noun or participle at token ``k`` tells that somebody is at what is named: "his |participation| in"."""
    return k >= s.first and s.text.low[k] in _PARTAKING


def is_addressed(s: Sentence, governor: int) -> bool:
    """Whether "before" the gathering is in its presence: "his speech before the General Assembly"."""
    low = s.text.low
    return low[governor] == "before" and not _SPEAKING.isdisjoint(low[max(s.first, governor - 3) : governor])


def is_carried(s: Sentence, name: Name) -> bool:
    """Whether a verb before the noun makes it a sitting: "held a regular |meeting", "resumed |negotiations"."""
    near = s.text.low[max(s.first, name.start - 5) : name.start]
    if near[-1:] == ["for"] and not _MEETING.isdisjoint(near[-2:]):
        return True  # "the parties |met for| peace talks"
    if _CARRYING.isdisjoint(near):
        return False
    verb = next(k for k in range(len(near) - 1, -1, -1) if near[k] in _CARRYING)
    return "on" not in near[verb:]  # not in "concluded a pact on consultations"


def own_side(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """Return the country of whoever tells of his side's talks with another: "told her of the talks with Y's envoys"."""
    sides = draft.parties | s.register.homes(draft.people)
    acting = (g for g in s.groups if g.end <= t.start and g.mentions[0].type in ("person", "he", "office"))
    told = Draft(draft.kind, draft.top)
    s.take(told, "participant", [resolved(s, g) for g in acting if may_act(s, g)][:1])
    own = told.parties | s.register.homes(told.people) or {s.register.home or ""}
    return min(own) if len(own) == 1 and not own & (sides | {""}) else None


def of_two(s: Sentence, start: int, end: int) -> set[str]:
    """Return the two countries of the news, whose a board is that is only called joint: "the joint commission met"."""
    if _JOINT.isdisjoint(s.text.low[start:end]):
        return set()
    told = Draft("session", "conference")
    s.take(told, "participant", [Group(start, end, leaders(s))])
    lands = (told.parties | s.register.homes(told.people)) & s.authority.countries.keys()
    return lands if len(lands) == 2 else set()
