"""Statements: words reported as an event — a speech, an appearance before the press, a condemnation of its own day."""

from dataclasses import replace

from kg.language.words import words
from kg.mappers.acts import acting_capitals, given_at, given_by, own_date, passive, stand_in
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, standing_for
from kg.mappers.kinds.unions import raised
from kg.mappers.reference import acting_behind, go_on, resolved
from kg.mappers.subjects import find_subject, subject_after

_STANCES = frozenset(("condemnation", "threat", "support-statement"))
_ISSUED = "issuance"
_AIM = 4
"""How many words may say to what end, before a protest: "to lodge a strong | protest"."""
_FAR = 16
"""Tokens up to which who gave a speech may be told behind it."""
_DEFINITE = words("grammar", "definite_determiners")
_ORGANS = words("grammar", "speaking_organs")
_SAID = words("grammar", "saying_verbs")
_WE = words("grammar", "we")
_ALONGSIDE = words("gatherings", "alongside")
_JOINS = words("grammar", "joins")
_FRAMES = words("grammar", "speech_frames")
_TOLD = words("grammar", "reporting_verbs") | words("grammar", "announcing_verbs")
_TELLING = words("grammar", "telling_verbs")
_BARE = words("grammar", "bare_speeches")
_PRESS = words("grammar", "press")
_PRONOUNS = words("acts", "speaking_pronouns")
_QUOTES = frozenset('"”»')
_REPORTING = _SAID | words("grammar", "announcing_verbs")
_WAS = words("grammar", "forms_of_be_past")
_PREPOSITIONS = words("grammar", "before_no_subject")
_ORGAN_NEAR = 9
"""How many words before an organ may open a sentence: "In a statement on Tuesday, the | ministry | said"."""
_OF_WHOM = 7
"""Within how many tokens behind an organ it is told whose it is."""
_ENDS = _QUOTES | {","}


def statement(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Statements reported as events, with those who speak."""
    if t.kind in _STANCES and t.predicate and (_is_threatened(s, t, draft) or _is_dated_thing(s, draft)):
        draft.forget_date()
    if t.kind in _STANCES and (not _is_news(s, t, args, draft) or (_summoned(s, t) and not t.predicate)):
        return ""
    if t.predicate and t.end - t.start == 1 and s.text.low[t.start - 1] in _PREPOSITIONS:
        return ""  # "took part |in| protests"
    if _first_person(s, t) or _in_passing(s, t):
        return ""
    before = s.text.low[max(s.first, t.start - _AIM) : t.start]
    if (
        t.predicate
        and t.kind in _STANCES
        and s.text.low[t.start].endswith("s")
        and s.text.low[t.start - 2] in _PREPOSITIONS
    ):
        return ""  # "bowed to pressure |from street protests|"
    participle = t.predicate and t.kind == t.top and s.text.low[t.start].endswith("ing") and before[-1:] == [","]
    if participle and any(d.spans[-1] == s.span and d.top in ("message", "statement") for d in s.drafts):
        return ""  # "congratulated X, |writing on social media| that"
    if not t.predicate and (t.kind in _STANCES or t.kind == "protest-note") and before[-1:] == ["in"]:
        return ""  # "was called in |in protest"
    if t.kind == "protest-note" and not t.predicate and "to" in before and _summoned(s, t):
        return ""  # "was summoned |to lodge a protest"
    if _only_tells(s, t, draft):
        return ""
    speakers = _speakers(s, t, args, draft)
    if t.kind == "press-statement" and not t.predicate:
        speakers = speakers + _beside(s, t, args, speakers)
    if not s.take(draft, "speaker", speakers):
        draft.parties |= _ministry(s, t, draft) or acting_capitals(s, t) or _at_home(s, speakers)
    if not t.predicate:
        issuers = [m.value for g in args.get("adjective", []) for m in g.mentions]
        draft.parties |= s.authority.organisations.keys() & issuers  # "the Security Council press statement"
    if not draft.weight() and t.kind == "press-statement" and not t.predicate:
        go_on(s, draft, "speaker")
    if not draft.weight() and draft.headline and s.context.before_press:
        turn = next(iter(s.context.turns.values()))
        draft.roles += [("speaker", turn.speaker), ("speaker", turn.addressee)]
    if not draft.weight() and draft.headline and (s.text.low[t.end - 1] in _BARE or _opens_headline(s, t)):
        s.take(draft, "speaker", _opening_news(s))
    if not draft.weight():
        return "nobody is said to speak"
    dated = t.predicate and draft.date is not None and draft.date != s.published
    if not dated and not draft.people and not draft.lead and s.text.says("in_statement", *s.span) and _reports(s):
        return ""
    if t.kind in _STANCES and _is_part(s, draft):
        return ""
    if draft.lead and not draft.people:
        issued = (d for d in s.drafts if d.lead and d.kind == _ISSUED and draft.parties <= d.parties)
        draft.roles += [("speaker", k) for d in issued for k in sorted(d.people)]
    if t.kind in _STANCES or t.kind == "protest-note":
        draft.parties |= _aimed_at(s, t)
    draft.parties = raised(draft.parties | s.register.homes(draft.people), s.authority)
    if t.kind not in _STANCES and draft.date is None and not s.text.says("earlier_news", *s.span):
        draft.background = False  # "earlier he held a press conference", the same day
    return None


def _only_tells(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether words only tell who reports the rest: "…, X |said in a statement|", "according to a statement by X".

    What the first sentences tell by nobody else's deed, and what was said to the press, are news themselves.
    """
    low, said = s.text.low, t.start
    if not t.predicate:
        if low[max(s.first, t.start - 3) : t.start - 1] == ["according", "to"]:
            return True
        if "," in low[max(s.first, t.start - 2) : t.start] and not _REPORTING.isdisjoint(low[t.end : s.last][-2:]):
            return True  # "…, |a statement| from the office said"
        said = next((k for k in range(t.start - 1, max(s.first, t.start - 6), -1) if low[k] in _REPORTING), said)
        if _FRAMES.isdisjoint(low[said : t.end]):
            return False
    taken_up = (
        low[said] in _REPORTING and low[said - 1] in _WAS and not any(m.start < said for m in s.text.mentions[s.index])
    )
    if taken_up and said - s.first < 5:
        return True  # "This was announced in a statement by the ministry"
    closing = low[said] in _REPORTING and s.last - t.end < 8 and said - s.first > 8
    if not closing or "," not in low[max(s.first, said - 9) : said]:
        return False
    if any(d.spans[-1] == s.span and d.top != t.top for d in s.drafts):
        return True
    return not draft.lead and _PRESS.isdisjoint(low[t.start + 1 : t.end + 4])


def _summoned(s: Sentence, t: Trigger) -> bool:
    """Whether an envoy is called in before that in the sentence."""
    return any(x.kind == "summons" and x.start < t.start for x in s.triggers)


def _is_threatened(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the date is that of what would be done: "threatened |to expel them on Friday|"."""
    return s.text.low[t.end - 1] == "to" and any(begin >= t.hit.end for begin, _ in draft.premises)


def _is_dated_thing(s: Sentence, draft: Draft) -> bool:
    """Whether the date is that of what a stance is taken on: "condemned the |March 8| attack"."""
    low = s.text.low
    for when in (w for w in s.whens if w.value == draft.date):
        first, last = s.text.token_at(when.start), s.text.token_at(when.end)
        if low[first - 1] in _DEFINITE and last < s.last and low[last].isalpha():
            return True
    return False


def _is_part(s: Sentence, draft: Draft) -> bool:
    """Whether a stance is one of those who talk in the news: "the ministers condemned terrorism" at their meeting."""
    talks = (d for d in s.drafts if d.lead and d.top in ("call", "meeting", "conference"))
    return any(len(d.people) > 1 and draft.people <= d.people and draft.parties <= d.parties for d in talks)


def _given(s: Sentence, t: Trigger, draft: Draft) -> list[Group]:
    """Who gave the speech that a clause behind tells of, on its own day: "the speech that |X| gave in Y in May"."""
    speaker, verb = given_by(s, t, _FAR), given_at(s, t, _FAR)
    own = own_date(s, replace(t, start=verb, end=verb + 1)) if speaker and verb is not None else None
    if own is None:
        return []
    draft.take_date(own)
    return speaker


def _first_person(s: Sentence, t: Trigger) -> bool:
    """Whether somebody tells what they themselves shall say ("I will … and deliver remarks")."""
    lead = s.text.low[s.clause_start(t.start) : t.start]
    closed = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _QUOTES), -1)
    if t.predicate and lead and lead[-1] in _PRONOUNS:
        closed = -1
    return "i" in lead[closed + 1 :]


def _in_passing(s: Sentence, t: Trigger) -> bool:
    """Whether somebody's words are only what something else is about: "over |remarks by the president"."""
    low = s.text.low
    if t.predicate or t.end - t.start == 1 or t.start - s.first < 3:
        return False
    if low[t.end - 1] == "of":
        return not _framed(s, t)  # "a statement of principles"
    named = low[t.start] in _BARE or low[t.start - 1] == "the"  # "rejected the statement by X"
    return low[t.end - 1] == "by" and named and not _framed(s, t)


def _saying(s: Sentence, t: Trigger) -> list[Group]:
    """Who said something on an occasion, told right before: "X |said|, addressing Y at", "noted by X at"."""
    low = s.text.low
    for g in reversed([g for g in s.groups if g.end <= t.start - 2][-4:]):
        by = g.start - 1 - (low[g.start - 1] == "the")
        told = by > s.first and (low[by - 1] in _TOLD if low[by] == "by" else low[by] in _SAID and low[by - 1] in _ENDS)
        if (told and low[g.end] in _FRAMES) or low[g.end] in _TOLD:
            return [resolved(s, g)]
    return []


def _organ_said(s: Sentence, t: Trigger) -> bool:
    """Whether an organ says what is told, not one it speaks of: "…," |said the ministry| in a statement"."""
    low = s.text.low
    said = next((k for k in range(t.start - 1, max(s.first, t.start - _ORGAN_NEAR), -1) if low[k] in _SAID), None)
    if said is None or _ORGANS.isdisjoint(low[said : t.start]):
        return False
    return not any(said < g.start < t.start for g in s.groups)


def _framed(s: Sentence, t: Trigger) -> bool:
    """Whether something is told as said in a statement or speech: "in his |opening remarks", "told a |briefing|"."""
    low = s.text.low
    told = not _TELLING.isdisjoint(low[max(s.first, t.start - 2) : t.start])
    return told or not _FRAMES.isdisjoint(low[max(s.first, t.start - 4) : t.start + 1])


def _beside(s: Sentence, t: Trigger, args: Arguments, speakers: list[Group]) -> list[Group]:
    """Who speaks to the press with somebody: "at a news conference with X", "at a |joint| one" the other who talked."""
    if "joint" not in s.text.low[t.start - 1 : t.end]:
        beside = args.get("with", []) + _alongside(s, t)
        return [g for g in beside if g.mentions[0].type in ("person", "office")]
    told = {m.person for g in speakers for m in g.mentions}
    talks = [d for d in s.drafts if d.top == "meeting" and told & d.people and len(d.people) == 2]
    others = sorted(talks[-1].people - told) if talks else []
    return args.get("with", []) or [standing_for(k, t.start) for k in others]


def _alongside(s: Sentence, t: Trigger) -> list[Group]:
    """Who stands behind "alongside", right after words to the press: "a press conference |alongside| A, B and C"."""
    if s.text.low[t.end] not in _ALONGSIDE:
        return []
    behind = [m for m in s.text.mentions[s.index] if m.start > t.end and m.type in ("person", "office")]
    row = behind[:1]
    for m in behind[1:]:
        if not _JOINS.issuperset(s.text.low[row[-1].end : m.start]) or s.text.low[m.end] in _REPORTING:
            break
        row.append(m)
    return [Group(m.start, m.end, [m]) for m in row]


def _opens_headline(s: Sentence, t: Trigger) -> bool:
    """Whether a headline begins with words on an occasion: "|Press statements| following the talks"."""
    return t.start == s.first and s.text.low[t.end] in _FRAMES


def _opening_news(s: Sentence) -> list[Group]:
    """Who begins the news beneath a headline that names no speaker: "Address to the forum. |X| addressed the forum"."""
    first = s.text.sentences[1][0] if len(s.text.sentences) > 1 else 0
    behind = (m for m in (s.text.mentions[1] if first else ()) if m.type in ("person", "office"))
    return [resolved(s, Group(m.start, m.end, [m])) for m in behind if m.start - first < 2][:1]


def _at_home(s: Sentence, speakers: list[Group]) -> set[str]:
    """The country of an office that goes without one, which is that of the publisher."""
    offices = any(m.type == "office" and m.titles[0].of is None for g in speakers for m in g.mentions)
    home = s.register.home
    organ = next((k for k in range(s.first, min(s.first + _ORGAN_NEAR, s.last)) if s.text.low[k] in _ORGANS), None)
    unnamed = not speakers and organ is not None and not any(g.start < organ + _OF_WHOM for g in s.groups)
    return {home} if (offices or unnamed) and home else set()


def _reports(s: Sentence) -> bool:
    """Whether the news is something else, of which a ministry's statement only tells."""
    return any(d.lead and d.top != "statement" for d in s.drafts)


def _aimed_at(s: Sentence, t: Trigger) -> set[str]:
    """The one country that what is condemned or protested against is of, or was done in."""
    begin, end = (t.end, s.last) if not passive(s, t) else (s.first, t.start)
    found: set[str] = set()
    for m in s.text.mentions[s.index]:
        if begin <= m.start < end and m.type in ("body", "place"):
            country = s.lex.country_of(m.value)
            found |= {country} if country else set()
        elif begin <= m.start < end and t.kind == "protest-note":
            found |= {title.of for title in m.titles if title.of and title.of in s.authority.countries}
    return found if len(found) == 1 else set()


def _is_news(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Whether a stance is told as an event: in the lead, on a day of its own, or in a statement.

    Else it is what was said at the call, the meeting or in the statement that the article is about.
    """
    told = [d for d in s.drafts if d.lead and d.top in ("call", "meeting", "statement", "message", "conference")]
    others = any(s.text.low[g.start] not in _PRONOUNS for g in args.get("subject", []))
    if not draft.lead and told and others and all(d.kind == t.kind for d in told):
        return True  # "X condemned the attack. Y, |too, condemned| it"
    if draft.lead:
        return not any(d.spans[-1] == s.span for d in told)
    if draft.date and len(draft.date) > 4:
        return not any(d.date == draft.date for d in told)
    return s.text.says("in_statement", *s.span) is not None


def _ministry(s: Sentence, t: Trigger, draft: Draft) -> set[str]:
    """Return the country whose ministry speaks ("the Turkish Foreign Ministry said"), or that of a "we" in the lead."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.type != "body":
            continue
        organ = next((k for k in range(m.start + 1, min(m.end + 4, s.last)) if low[k] in _ORGANS), None)
        if organ is None and t.start - m.end < 3 and "of" in low[max(s.first, m.start - 2) : m.start]:
            begin = max(s.first, m.start - 10)  # "the Ministry of Foreign Affairs and Expatriates of X condemned"
            organ = next((k for k in range(m.start - 2, begin - 1, -1) if low[k] in _ORGANS), None)
        if organ is not None and (m.end <= t.start or not _SAID.isdisjoint(low[organ : organ + 3])):
            return {m.value}
    spoken = draft.lead and s.register.home and not _WE.isdisjoint(low[max(s.first, t.start - 3) : t.start])
    return {s.register.home} if spoken and s.register.home else set()


def _speakers(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> list[Group]:
    """Who speaks: subject, "by" and "from" whom, whose words; after "In a statement on Monday, …" whoever follows."""
    low = s.text.low
    if t.predicate:
        spoken = args.get("object", []) if low[t.end - 1] == "by" else []
        by = args.get("by", []) if passive(s, t) or "subject" not in args else []
        return args.get("subject", []) + by + spoken or stand_in(s, t.start)
    told = args.get("by", []) + args.get("from", []) + args.get("of", []) * (low[t.end - 1] == "of")
    told = [g for g in told if g.mentions[0].type != "its"]  # "a complaint over incursions by |its| ships"
    if low[t.end - 1] in ("by", "from", "of"):
        told = told or args.get("object", [])
    if told:
        return told
    framed = _framed(s, t)
    if framed and (saying := _saying(s, t)):
        return saying
    if framed and _organ_said(s, t):
        return []
    after = subject_after(s, t.end) if framed else []
    if after and _SAID.isdisjoint(low[t.end : after[0].start]):  # not "in a statement, |said| X would"
        return after
    whose = args.get("possessor", [])
    if whose and s.groups and (beside := [g for g in s.groups if 0 <= g.start - t.end < 2 and framed]):
        return beside  # "In his opening remarks Minister X called …"
    if low[t.end - 1] in _BARE and not framed:
        own = whose if not draft.lead and own_date(s, t) is not None else []
        return args.get("subject", []) or own or _given(s, t, draft)  # "his speech drew crowds" tells of none
    if t.kind == "protest-note":
        return find_subject(s, t) or whose  # "India lodges strong protest with X"
    if whose or args.get("subject") or low[t.end - 1] in _BARE:
        return whose or args.get("subject", [])
    if framed:
        return find_subject(s, t)
    return [Group(m.start, m.end, [m]) for m in acting_behind(s, t.end)]  # "Briefing the press, X …"
