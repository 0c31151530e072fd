"""Coercion: who presses, punishes or attacks whom."""

from dataclasses import replace

from kg.language.dates import shift_years
from kg.language.words import words
from kg.mappers.acts import (
    acts,
    bodies,
    count,
    country_behind,
    doer,
    done_at,
    done_upon,
    drop_limit,
    governed,
    hypothetical,
    metonym,
    own_date,
    owner_of_deed,
    owners,
    passive,
    prompted,
    reported,
    reporting,
    stand_in,
    told_at,
    verbal,
    years_told,
)
from kg.mappers.arguments import read_arguments
from kg.mappers.circumstances import date_announced, town_before
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group
from kg.mappers.reference import resolved
from kg.mappers.subjects import may_act

_TARGETS = ("on", "against", "of", "into", "in", "at", "from", "with", "to", "object")
_PUNISHED = ("on", "against", "at")
_PUNISHING = frozenset((*_PUNISHED, "of"))
_AIMS = ("on", "against", "of", "into", "in", "at")
_BORDERING = ("with", "near", "around")
_BESIDE = words("acts", "beside_deeds")
_CRAFT = words("deeds", "craft") | words("deeds", "units")
_REASONS = words("acts", "before_reasons")
_HELPING = words("acts", "passive_auxiliaries") | words("grammar", "perfect_auxiliaries")
_PHRASE_ENDS = words("acts", "no_adjectives") | words("acts", "before_reasons")
_APART = _REASONS | {"and", ",", "'s", "that", "which", "who"}
_DETERMINERS = words("grammar", "determiners") - {"also", "concurrently", "currently"}
_PREPOSITIONS = words("grammar", "argument_prepositions")
_BEFORE_PLACES = words("grammar", "before_places")
_ARMS = words("acts", "arms")
_LAUNCHES = words("acts", "launches")
_WHOLE = words("acts", "all_out")
_SPECIAL = words("acts", "of_ones_own")
_WITHSTANDING = words("acts", "withstanding")
_PRESSING = words("acts", "pressing_nouns")
_EFFECTS = words("acts", "effects")
_FRESH = words("acts", "fresh")
_RESOLVING = words("acts", "deciding_verbs") | words("acts", "doing_verbs")
_OTHER_NOUNS = words("acts", "no_adjectives")
_ORGANS = words("grammar", "speaking_organs")
_MISSIONS = words("deeds", "envoys")
_OFFICES = words("ceremonies", "offices_abroad")
_UNIONS_OWN = words("deeds", "unions_own")
_OWN = words("acts", "own")
_SOIL = words("acts", "soil")
_FORCE = words("acts", "taking_effect")
_INTO_FORCE = words("acts", "before_effect")
_COMING = words("acts", "coming_into_effect")
_HINDRANCES = words("deeds", "hindrances")
_PUNISHMENTS = words("deeds", "punishments") | _HINDRANCES | words("deeds", "property")
_FINITE = words("gatherings", "modals") | words("acts", "passive_auxiliaries")
_TOPICAL = words("grammar", "topic_prepositions") - {"in", "for", "against", "to"}
_ENDURING = words("acts", "enduring")
_LANDS = words("acts", "lands")
_PLANS = words("acts", "plans_for")
_MODALS = words("gatherings", "modals")
_NEAR_SUFFERING = 5
_BESIDE_VERB = 3
_LATER = words("acts", "coming_later")
_CUT_OFF = words("deeds", "cut_aid") | words("deeds", "unions_own") | words("deeds", "traffic")
_ARMED = ("use-of-force", "show-of-force")
_BY_FORCE = (*_ARMED, "border-closure")
_MEASURES = ("sanctions", "sanctions-relief", "coercion", "border-closure")
_LIMITED = ("sanctions", "sanctions-relief")
_DIPLOMATS = words("acts", "diplomats")
_ENVOYS = ("expulsion", "summons", "recall")
_TOLD_OF = (*_ENVOYS, "sanctions")
"""What a state does by its ministry, which then tells of it."""
_OF_THINGS = {"border-closure": words("deeds", "borders"), "recall": words("deeds", "envoys")}
"""What is closed or called home by nouns that are said of much else."""
_STRUCK_AT = ("on", "against")
_STRIKES = ("strike", "strikes")
_TARGETS_STRUCK = words("deeds", "struck")
_WHOLE_DAY = len("2000-01-01")
_BEFORE_TARGETS = 6
_BEFORE_BLOW = ("in", "by")
_WHICH = ("that", "which")
_CONDEMNED = "condemnation"
_FARTHEST_EFFECT = 20
_NEAR_BEHIND = 9
"""How many tokens behind a deed it is told whose envoys it was done to, to whose ministry, from where."""
_BEFORE_BLOWS = 16
"""How many tokens before a blow it may be told who was hurt."""
_CALLED_FOR = frozenset(("for", "to"))


def coercion(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Sanctions, expulsions, force; the arms and agencies of a state act as that state."""
    reason = _coercion(s, t, args, draft)
    if reason is None and t.predicate and draft.date is None:
        date_announced(s, t, draft)
    draft.parties = {_state_of(s, body) for body in draft.parties}
    return reason


def _state_of(s: Sentence, body: str) -> str:
    """The country for which an agency acts; else the body itself."""
    known = s.authority.organisations.get(body)
    return known.country if known and known.kind == "agency" and known.country else body


def _coercion(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    if _is_attribute(s, t):
        return ""
    if (measure := _in_effect(s, t)) is not None:
        reason = _by_noun(s, measure, read_arguments(s, measure), draft)
        return "" if len(draft.parties) < 2 else reason  # "X's ban on plastic bags took effect"
    if t.kind in _LIMITED and t.predicate and s.text.low[t.start].endswith("ing") and _is_idea(s, t):
        return ""
    if verbal(s, t) or (t.predicate and t.kind in _ENVOYS):
        if not t.predicate:  # "X summons Y"
            t = replace(t, predicate=True)
            args = read_arguments(s, t)
        return "" if _only_suspends(s, t) else _by_verb(s, t, args, draft)
    if t.predicate:  # "the X |attacks| on Y"
        t = replace(t, predicate=False)
        args = read_arguments(s, t)
    behind = s.text.low[t.end] if t.end < s.last else ""
    if hypothetical(s, t) or behind in _BESIDE or (t.kind in _LIMITED and _is_meant(s, t)):
        return ""
    things = _OF_THINGS.get(t.kind) if s.text.low[t.end - 1] == "of" else None
    if things is not None and things.isdisjoint(s.text.low[t.end : t.end + _NEAR_BEHIND]):
        return ""  # "the closure of schools"
    if t.kind == "expulsion" and (declared := _declared(s, t)) is not None:
        draft.parties |= bodies(s, declared)
        return None if draft.parties else "nobody is said to act"
    return _by_noun(s, t, args, draft)


def _is_attribute(s: Sentence, t: Trigger) -> bool:
    """Whether a participle only tells which place or who is spoken of: "in |occupied| Crimea"."""
    low, k = s.text.low, t.start - 1
    if t.end - t.start > 1 or not low[t.start].endswith("ed") or k < s.first or t.end >= s.last:
        return False
    behind = s.text.tokens.words[t.end]
    if low[k] in _BEFORE_PLACES and behind[:1].isupper():
        return True
    of_some = count(low[k]) or low[k] == "of" or low[k] in _DETERMINERS  # "the release of four |detained| fishermen"
    return bool(of_some) and behind.isalpha() and behind.islower() and low[t.end] not in _PREPOSITIONS


def _is_idea(s: Sentence, t: Trigger) -> bool:
    """Whether a gerund is only what is spoken of: "|lifting sanctions| would help", "talks on a deal and |lifting|"."""
    low = s.text.low
    if t.start == s.first:
        end = next((k for k in range(t.end, s.last) if low[k] == "," or low[k] in _FINITE), s.last - 1)
        return low[end] in _FINITE
    k = t.start - 1
    if low[k] == "and":
        k = next((n for n in range(k - 1, max(s.first, k - _NEAR_BEHIND), -1) if low[n] in _TOPICAL), s.first)
        return low[k] in _TOPICAL
    return low[k] in _TOPICAL


def _only_suspends(s: Sentence, t: Trigger) -> bool:
    """Whether a lone "suspended" is done to no member, dealings or aid: "suspended the session"."""
    low = s.text.low
    if t.kind != "coercion" or t.end - t.start > 1 or not low[t.start].startswith("suspend"):
        return False
    near = low[max(s.first, t.start - 9) : t.start] if passive(s, t) else low[t.end : t.end + 6]
    return country_behind(s, t) is None and _CUT_OFF.isdisjoint(near)


def _by_verb(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """ "X expelled Y", "X was summoned by Y": both take part."""
    suffered = passive(s, t)
    if t.kind == "use-of-force" and draft.status == "planned":
        return ""  # "they say that we will invade X"
    by = args.get("by", []) or args.get("object", []) * (s.text.low[t.end - 1] == "by")
    suffered = suffered or (bool(by) and s.text.low[t.start].endswith("ed"))  # "the envoy, |summoned| by X in May"
    actors = by if suffered else args.get("subject", []) + args.get("possessor", [])
    if t.kind in _ENVOYS:
        actors = [g for g in actors if g.mentions[-1].type != "office" or g.mentions[-1].titles[0].kind != "ambassador"]
    if suffered and t.kind == "coercion" and s.text.low[t.end - 1] == "from":
        actors = actors or args.get("object", []) + args.get("from", [])
    if suffered and t.kind == "summons":
        actors = actors or args.get("to", []) or args.get("at", []) or _at_ministry(s, t) or _posted_in(s, t)
    if suffered and t.kind == "border-closure":
        actors = actors or _between_before(s, t)
    if not suffered:
        led = prompted(s, t)
        draft.status = "occurred" if led else draft.status
        actors = _forces(s, t) or stand_in(s, t.start) or led or actors or owner_of_deed(s, t.start)
        actors = actors or metonym(s, t.start) or reported(s, t)
        stop = _reasons_from(s, t)
        targets = _aimed_at(s, t, [g for name in _TARGETS for g in args.get(name, []) if g.start < stop])
        targets = targets or (_struck_in(s, t) or _hurt(s, t) if t.kind == "use-of-force" else [])
    else:
        targets = args.get("subject", []) or _forces(s, t)
        measure = _measure(s, t)
        if measure is not None and _is_meant(s, measure):
            return ""  # "calls for |sanctions| on X were renewed"
        if measure is not None:
            before = [g for g in s.groups if measure.end < g.start and g.end <= t.start][:1]
            punished = [g for g in before if not _PUNISHING.isdisjoint(s.text.low[measure.end : g.start])]
            owning = owners(s, measure) or [g for g in s.groups if g.end == measure.start]
            actors = actors or owning * bool(punished)
            targets = punished or targets
        if t.kind in _TOLD_OF:
            targets = targets or _punished(s, t)
            actors = actors or reporting(s, t) or reported(s, t)
    if t.kind in _ENVOYS and (whose := _whose_envoy(s, t)):
        targets = targets + whose
        actors = actors or [g for g in s.groups if g.end == t.start and g not in whose]
    if suffered and t.kind == "expulsion":
        actors = actors or _left(s, t)
        draft.parties |= _staff(s, t)
    drop_limit(s, draft, "by" if t.kind == "expulsion" else "")  # "ordered three envoys to leave |by May 10|"
    if t.kind == "summons":
        _drop_appointed_day(s, t, draft)
    s.take(draft, "participant", actors + targets)
    if t.kind in _ENVOYS:
        s.take(draft, "participant", _named_envoy(s, t))
    if suffered and t.kind == "coercion" and not _UNIONS_OWN.isdisjoint(s.text.low[s.first : t.start]):
        before = [g for g in s.groups if g.end <= t.start and g.start >= s.clause_start(t.start)]
        actors = actors or [g for g in before if g.mentions[0].value in s.authority.organisations]  # "of the Forum"
    acting = bodies(s, actors)
    draft.helped = bodies(s, targets) - acting or _pressed(s, t, acting)
    draft.parties |= acting | draft.helped
    if t.kind in _ENVOYS:
        where_posted = t.kind == "recall" or (t.kind == "summons" and suffered and not actors)
        envoys = _envoys(s, t) | (_posts(s, t) if where_posted else set())
        if t.kind == "summons" and not envoys and not draft.people and not _of_a_mission(s, t):
            return "nobody is said to be summoned"
        draft.parties |= envoys
        if envoys and draft.parties == envoys:
            draft.parties |= next((d.parties for d in s.drafts if d.top == "coercion" and d.spans[-1] == s.span), set())
        if len(draft.parties) == 1:
            draft.parties |= _answered(s, draft) or _spoken(s)
        if not bodies(s, actors) and s.register.home and not any(d.top == "coercion" for d in s.drafts):
            draft.parties.add(s.register.home)
    else:
        if t.kind in _ARMED:
            _place_target(s, targets, draft)
        if t.kind == "use-of-force" and not bodies(s, actors) and _is_felt(s, t):
            return _suffered(s, t, targets, draft)  # "Gunmen |attacked| a base in X, killing ten"
        if t.kind in _BY_FORCE and not bodies(s, actors):
            return "nobody is said to act"
    placed = t.kind == "border-closure" or (t.kind == "use-of-force" and draft.place is not None)
    placed = placed or (t.kind in _ARMED and t.end - t.start > 1)  # "used combat drones"
    held = t.kind == "coercion" and bool(draft.people)  # "detained the president"
    alone = draft.lead or placed or held or t.kind == "show-of-force" or not _ARMS.isdisjoint(s.words_of(t))
    if not draft.parties or (len(draft.parties) < 2 and not alone):
        return "nobody is said to act"
    return None


def _by_noun(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """ "Russia's invasion of Ukraine", "sanctions imposed by the EU on Belarus"."""
    if (launch := _launch(s, t)) is not None:
        t = replace(t, start=launch)
    done = doer(s, t, args)
    upon = [g for g in args.get("adjective", []) if t.kind == "sanctions" and done and done_upon(s, g) is not None]
    own = [
        g for g in args.get("adjective", []) if g not in upon and _OTHER_NOUNS.isdisjoint(s.text.low[g.end : t.start])
    ]
    actors = bodies(s, owners(s, t) + args.get("by", []) + own + done)
    if not actors and any(name in args for name in ("on", "against", "at")):
        actors = bodies(s, args.pop("of", []))  # "the attacks of X on Y"
    near = s.text.low[max(s.first, t.start - 3) : t.end]
    fresh = draft.lead and (not _FRESH.isdisjoint(near) or any(w[0].isdigit() and w[-1].isalpha() for w in near))
    if fresh and not actors:
        done = _resolved_on(s, t, args)
        actors = bodies(s, done)
    deed = (t.kind in _BY_FORCE and (launch is not None or s.text.low[t.end - 1] not in _ARMS)) or _sent_away(s, t)
    if t.kind == "expulsion" and deed and not actors:
        actors = bodies(s, args.pop("from", [])[:1]) or _homes_of_cities(s, t)
    if t.kind == "summons" and deed and not actors:
        home = {s.register.home} if s.register.home else set()
        actors = bodies(s, _at_ministry(s, t)) or home
    aims: tuple[str, ...] = _PUNISHED if t.kind == "sanctions" else _AIMS
    if t.kind in ("border-closure", "show-of-force"):
        aims += _BORDERING
    if t.kind in _OF_THINGS and s.text.low[t.end - 1] == "of" and not actors:
        owner = [g for g in s.groups if t.end <= g.start < t.end + 2 and s.text.low[g.end] in ("'s", "’s", "'")]
        args.pop("of", None)
        # "the closure of |X's| border with Y", "the recall of |X's ambassador|"
        actors = bodies(s, owner) or (_envoys(s, t) if t.kind == "recall" else set())
    if t.kind == "border-closure" and not actors:
        actors = bodies(s, [g for g in args.get("between", []) if g.start - t.end < 3])
    stop = next((x.start for x in s.triggers if x.start >= t.end and x.top == t.top), s.last)
    targets = upon or [g for name in aims for g in args.get(name, []) if g.start < stop]
    targets = [
        g
        for g in targets
        if "," not in s.text.low[t.end : town_before(s, g.start) if g.mentions[0].is_where else g.start]
    ]
    targets = [g for g in targets if s.text.low[g.start] != "their"]  # "their close coordination"
    targets = targets or _aimed_behind(s, t, aims) or _bordering(s, t)
    if t.kind == "sanctions":
        targets = targets or _punished(s, t)
    pressed = bool(actors) and bool(targets) and s.text.low[t.end - 1] in _PRESSING
    if deed and not actors and not targets and (assailed := _all_out(s, t)) is not None:
        actors, draft.helped = assailed
        draft.parties, draft.background = actors | draft.helped, True
        return None
    ended = t.kind in ("recall", "expulsion") and bool(actors) and own_date(s, t) is not None
    imposed = t.kind == "sanctions" and bool(actors) and (_takes_effect(s, t) is not None or governed(s, t))
    if not deed and not done and not governed(s, t) and not fresh and not pressed and not ended and not imposed:
        return ""  # a topic ("the sanctions against X"), no act
    felt = t.kind == "use-of-force" and deed and not actors
    before = felt and (_is_told_of(s, t) or _is_of_a_day(s, t))
    _redate(s, t, draft, kept=bool(done) or before)
    drop_limit(s, draft)
    if not actors:
        if felt and (before or _is_felt(s, t)):
            reason = _suffered(s, t, targets, draft)
            condemned = _is_condemned(s, t)
            draft.lead, draft.background = draft.lead and not condemned, draft.background or condemned
            return reason
        if t.kind == "sanctions" and targets and governed(s, t):
            draft.parties = draft.helped = bodies(s, targets)  # "the sanctions imposed on X"
            return None
        if t.kind == "sanctions" and governed(s, t) and (suffering := bodies(s, _suffering(s, t))):
            draft.parties, draft.helped, draft.background = suffering, suffering, True
            if own_date(s, t) is None:
                draft.forget_date()
            return None
        if t.kind == "sanctions" and s.register.home and governed(s, t) and "by" in s.text.low[t.end : t.end + 3]:
            draft.parties = draft.helped = {s.register.home}  # "the sanctions imposed by Western countries"
            return None
        return "nobody is said to act" if done else ""
    if t.kind in _ARMED:
        _place_target(s, targets, draft)
    draft.background = draft.background or not (done or fresh)  # told beside the news, not as the news
    targets = targets or _own_soil(s, t) or _victims(s, t) or (_defended(s, t, actors) if deed else [])
    draft.helped = bodies(s, targets) or (_named_behind(s, t) - actors if done or fresh else set())
    draft.helped = draft.helped or (_pressed(s, t, actors) if done else set())
    if deed and t.kind in _ENVOYS:
        draft.helped |= _envoys(s, t) - actors
        people = [m for g in args.get("of", []) for m in g.mentions if m.type == "person"]
        s.take(draft, "participant", [Group(m.start, m.end, [m]) for m in people])
    if t.kind == "recall":
        draft.helped |= (_envoys(s, t) | _posts(s, t) | bodies(s, _called_from(s, t))) - actors
    draft.parties = actors | draft.helped
    draft.status = draft.status if t.kind == "show-of-force" or done or imposed else "occurred"
    return None if draft.parties else "nobody is said to act"


def _suffering(s: Sentence, t: Trigger) -> list[Group]:
    """Who lives with measures of somebody not named: "as |Quito| reels under sanctions imposed by Western states"."""
    low = s.text.low
    near = range(t.start - 1, max(s.first, t.start - _NEAR_SUFFERING), -1)
    at = next((k for k in near if low[k] in _ENDURING), None)
    if at is None:
        return []
    if low[at - 1] in _LANDS and low[at - 2] in _OWN:
        return [resolved(s, g) for g in s.groups if acts(s, g)][:1]  # "X said that |his country faces|"
    before = [g for g in s.groups if g.end <= at and at - g.end < _BESIDE_VERB]
    return [resolved(s, g) for g in before[-1:]] or metonym(s, at) or metonym(s, at - 1)


def _is_meant(s: Sentence, t: Trigger) -> bool:
    """Whether measures are only planned or weighed: "|plans| by X for new sanctions", "sanctions |would| harm"."""
    low = s.text.low
    for_what = next((k for k in range(t.start - 1, max(s.first, t.start - _NEAR_BEHIND), -1) if low[k] == "for"), None)
    if for_what is not None and not _PLANS.isdisjoint(low[max(s.first, for_what - _NEAR_BEHIND) : for_what]):
        return True
    return low[t.end] in _MODALS


def _resolved_on(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Who resolves on new measures, be the verb parted from them: "X |agreed| on Tuesday on a 13th package"."""
    low = s.text.low
    return [g for g in args.get("subject", []) if not _RESOLVING.isdisjoint(low[g.end : g.end + 4])]


def _launch(s: Sentence, t: Trigger) -> int | None:
    """The token of the noun of launching that makes arms a deed: "X's |launch| of two ballistic missiles"."""
    low = s.text.low
    if low[t.end - 1] not in _ARMS or "of" not in low[max(s.first, t.start - 4) : t.start]:
        return None
    return next((k for k in range(t.start - 2, max(s.first, t.start - 7), -1) if low[k] in _LAUNCHES), None)


def _aimed_behind(s: Sentence, t: Trigger, aims: tuple[str, ...]) -> list[Group]:
    """The targets behind who did it: "sanctions adopted by X |against Y|", "attacks X carried out |on Y|"."""
    low = s.text.low
    begin = told_at(s, t) or t.end
    for g in s.groups:
        if g.start < begin:
            continue
        lead = g.start - 1 - (low[g.start - 1] == "the")
        if not _APART.isdisjoint(low[begin:lead]):
            return []
        if lead > t.end and low[lead] in aims and low[g.start] not in _OWN:
            return [g]
        begin = g.end
    return []


def _sent_away(s: Sentence, t: Trigger) -> bool:
    """Whether a noun is one of what is done to envoys: "the expulsion of six X diplomats", "the summoning of X's"."""
    low = s.text.low
    if t.kind not in ("expulsion", "summons") or not {"of", "by"}.intersection(low[t.end - 1 : t.end + 1]):
        return False
    return not _MISSIONS.isdisjoint(low[t.end : min(t.end + _NEAR_BEHIND, s.last)])


def _homes_of_cities(s: Sentence, t: Trigger) -> set[str]:
    """The country of the city that envoys are expelled from: "the expulsion of six X diplomats |from London|"."""
    for m in s.text.mentions[s.index]:
        if m.type == "place" and t.end < m.start < t.end + _NEAR_BEHIND and s.text.low[m.start - 1] == "from":
            return {land} if (land := s.lex.country_of(m.value)) else set()
    return set()


def _own_soil(s: Sentence, t: Trigger) -> list[Group]:
    """Whose is what a deed is done on: "X condemned the attack by Y on |its soil"."""
    low = s.text.low
    its = next((k for k in range(t.end, s.clause_end(t.end)) if low[k] in _OWN and low[k + 1] in _SOIL), None)
    return [] if its is None else [resolved(s, g) for g in s.groups if g.end <= t.start][:1]


def _defended(s: Sentence, t: Trigger, actors: set[str]) -> list[Group]:
    """Who is told to stand against a deed: "support for |X| in the face of Y's brutal war"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 12), -1) if low[k] in _WITHSTANDING), None)
    if at is None:
        return []
    before = [
        g for g in s.groups if g.end <= at <= g.end + 6 and all(m.value in s.authority.countries for m in g.mentions)
    ]
    return [g for g in before[-1:] if not bodies(s, [g]) & actors]


def _all_out(s: Sentence, t: Trigger) -> tuple[set[str], set[str]] | None:
    """Who attacked whom, where a state speaks of force without saying whose.

    "The full-scale invasion" is that of its own land by who acted last, "the special operation" one of its own.
    """
    low, home = s.text.low, s.register.home
    attacker = s.context.last_acting.get("land")
    if not home or low[t.start - 1] not in ("the", "a"):
        return None
    if low[t.start] in _SPECIAL:
        return {home}, set()
    return ({attacker}, {home}) if low[t.start] in _WHOLE and attacker and attacker != home else None


def _is_felt(s: Sentence, t: Trigger) -> bool:
    """Whether it is told what an attack did: "a strike on X |killed ten"."""
    low, end = s.text.low, s.clause_end(t.end)
    while end < min(s.last, t.end + _FARTHEST_EFFECT) and low[end] in _WHICH:  # "a strike on X |that killed| ten"
        end = s.clause_end(end + 1)
    return not _EFFECTS.isdisjoint(low[t.end : min(end, t.end + _FARTHEST_EFFECT)])


def _is_of_a_day(s: Sentence, t: Trigger) -> bool:
    """Whether an attack is one of a day that is told, and on what: "|Monday's| missile |strike on| a school in X"."""
    low, own = s.text.low, own_date(s, t)
    if own is None or own.end > t.hit.start or len(own.value) < _WHOLE_DAY or "'s" not in low[t.start - 3 : t.start]:
        return False
    at = t.end - 1 + (low[t.end] in _STRUCK_AT)
    struck = low[t.start] not in _STRIKES or not _TARGETS_STRUCK.isdisjoint(low[at : at + _BEFORE_TARGETS])
    return low[at] in _STRUCK_AT and struck  # not "Monday's strike on wages"


def _is_told_of(s: Sentence, t: Trigger) -> bool:
    """Whether what an attack did stands right before it: "ten people were |killed in| a bomb |attack| in X"."""
    low = s.text.low
    lead = t.start - 1
    while lead > s.first and (low[lead].isalpha() or "-" in low[lead]) and low[lead] not in _PREPOSITIONS:
        lead -= 1
    return low[lead] in _BEFORE_BLOW and not _EFFECTS.isdisjoint(low[max(s.clause_start(lead), lead - 5) : lead])


def _is_condemned(s: Sentence, t: Trigger) -> bool:
    """Whether an attack is what somebody condemns, and no news: "condemned the |attack| that killed ten in X"."""
    return any(x.kind == _CONDEMNED and x.end <= t.start for x in s.triggers)


def _victims(s: Sentence, t: Trigger) -> list[Group]:
    """Whose people force was used on: "the attack by X that |killed| four |Israeli| civilians"."""
    low = s.text.low
    hit = next((k for k in range(t.end, min(s.clause_end(t.end) + 9, s.last)) if low[k] in _EFFECTS), None)
    if hit is None or t.kind != "use-of-force":
        return []
    return [g for g in s.groups if hit < g.start < hit + 6 and g.mentions[-1].type == "body"][:1]


def _hurt(s: Sentence, t: Trigger) -> list[Group]:
    """Whose people are told to be hurt before it is told by whom: "|X| fishermen were injured when Y ships fired"."""
    low, begin = s.text.low, max(s.first, t.start - _BEFORE_BLOWS)
    hurt = next((k for k in range(t.start - 1, begin, -1) if low[k] in _EFFECTS and low[k - 1] in _HELPING), None)
    return [g for g in s.groups if hurt is not None and g.end <= hurt and g.mentions[-1].type == "body"][-1:]


def _suffered(s: Sentence, t: Trigger, targets: list[Group], draft: Draft) -> str | None:
    """An attack nobody is said to have made: that of the country where it struck."""
    targets = (
        targets
        or [
            g
            for g in s.groups
            if t.end <= g.start < t.end + _FARTHEST_EFFECT
            and all(m.is_where for m in g.mentions)
            and s.text.low[g.start - 1 - (s.text.low[g.start - 1] == "the")] in _BEFORE_PLACES
        ][:1]
    )
    _place_target(s, targets, draft)
    country = s.lex.country_of(draft.place) if draft.place else None
    draft.parties = bodies(s, targets) | ({country} if country else set())
    return None if draft.parties and (draft.date or draft.lead) else "nobody is said to act"


def _forces(s: Sentence, t: Trigger) -> list[Group]:
    """Who does or suffers what a verb says, told by an adjective: "Russian troops shelled", "Thai envoys were told"."""
    low = s.text.low
    for g in reversed(s.groups):
        gap = low[g.end : t.start]
        if g.end > t.start or len(gap) > 7:
            continue
        last = g.mentions[-1]
        craft = low[g.start - 2 - (low[g.start - 1] == "the")] in _CRAFT  # "vessels of the Thai coast guard"
        forces = (last.organ or (last.type == "body" and last.adjective and gap)) and (craft or may_act(s, g))
        forces = forces or (craft and last.type == "body" and low[g.start - 1 - (low[g.start - 1] == "the")] == "of")
        return [g] if forces and all(_plain(w) or w in _HELPING for w in gap) else []
    return []


def _plain(word: str) -> bool:
    """Whether a word goes on a noun phrase and the verb behind it."""
    return word not in _PHRASE_ENDS and (word[0].isalnum() or word == "-")


def _aimed_at(s: Sentence, t: Trigger, targets: list[Group]) -> list[Group]:
    """The targets that stand before the reason: "sanctioned two firms for sending arms to X"."""
    low = s.text.low
    reason = next((k for k in range(t.end, min(s.last, t.end + 40)) if low[k] in _REASONS), s.last)
    return [g for g in targets if g.end <= reason]


def _punished(s: Sentence, t: Trigger) -> list[Group]:
    """On whom something is imposed, be it on some of its people: "was imposed |on| another group of |X| lawmakers"."""
    low = s.text.low
    behind = next((g for g in s.groups if g.start >= t.end), None)
    between = low[t.end : behind.start] if behind else ()
    return [behind] if behind and "," not in between and not set(_PUNISHED).isdisjoint(between) else []


def _struck_in(s: Sentence, t: Trigger) -> list[Group]:
    """Where lies what was struck, behind its name: "launched missiles at a base of the Y group |in X's north|"."""
    low = s.text.low
    behind = [g for g in s.groups if t.end <= g.start < s.clause_end(t.end) and all(m.is_where for m in g.mentions)]
    return [g for g in _aimed_at(s, t, behind) if low[g.start - 1 - (low[g.start - 1] == "the")] in _BEFORE_PLACES][:1]


def _at_ministry(s: Sentence, t: Trigger) -> list[Group]:
    """The country to whose ministry somebody is summoned: "to the Foreign Ministry of X", "to the ministry in Rome"."""
    organ = next((k for k in range(t.start, min(s.last, t.end + _NEAR_BEHIND)) if s.text.low[k] in _ORGANS), None)
    if organ is None:
        return []
    near = (m for m in s.text.mentions[s.index] if organ < m.start < organ + 5 and m.is_where)
    return [Group(m.start, m.end, [m]) for m in near if s.lex.country_of(m.value)]


def _answered(s: Sentence, draft: Draft) -> set[str]:
    """The other side of the quarrel the news is about: "In response, X ordered its envoy home".

    Of more than two that is the one who acts on the rest: "expelled A and B diplomats. A's ambassador was summoned".
    """
    news = [d for d in s.drafts if d.lead]
    quarrel = next((d for d in news if d.top in ("coercion", "relations")), news[0] if news else draft)
    if not draft.parties < quarrel.parties:
        return set()
    acting = quarrel.parties - quarrel.helped
    return quarrel.parties if len(quarrel.parties) == 2 else acting if len(acting) == 1 else set()


def _spoken(s: Sentence) -> set[str]:
    """The state whose ministry has just spoken: "X condemned the words, adding that |it| had summoned the envoy"."""
    return next((d.parties for d in s.drafts if d.top == "statement" and d.spans[-1] == s.span), set())


def _pressed(s: Sentence, t: Trigger, acting: set[str]) -> set[str]:
    """Whom the news tells to be pressed, where more is done that needs no naming: "Norway cut aid, too"."""
    if t.kind not in _MEASURES or not acting:
        return set()
    pressed = next((d.helped for d in s.drafts if d.lead and d.top == "coercion" and d.helped), set())
    return set(pressed) if not pressed & acting else set()


def _named_envoy(s: Sentence, t: Trigger) -> list[Group]:
    """Who the envoy of a phrase is, named behind his title: "recalled its |ambassador, X|, in May"."""
    near = (m for m in s.text.mentions[s.index] if t.start < m.start < t.end < m.end)
    return [Group(m.start, m.end, [m]) for m in near if m.type == "person"]


def _left(s: Sentence, t: Trigger) -> list[Group]:
    """The country that somebody is told to leave: "were ordered to leave X"."""
    low = s.text.low
    return [
        g
        for g in s.groups
        if t.end < g.start < t.end + _NEAR_BEHIND and low[t.end : g.start][-1:] in (["leave"], ["from"])
    ][:1]


def _posted_in(s: Sentence, t: Trigger) -> list[Group]:
    """Where the envoy is who was called in: "X's ambassador |in Rome| was summoned"."""
    near = (m for m in s.text.mentions[s.index] if m.is_where and m.end <= t.start < m.end + 3)
    return [Group(m.start, m.end, [m]) for m in near if s.text.low[m.start - 1] in ("in", "to")]


def _called_from(s: Sentence, t: Trigger) -> list[Group]:
    """Where an envoy was whom a noun calls home: "the recall of X's ambassador |from Y|"."""
    places = (m for m in s.text.mentions[s.index] if t.end < m.start < t.end + _NEAR_BEHIND and m.is_where)
    return [Group(m.start, m.end, [m]) for m in places if s.text.low[m.start - 1] == "from"]


def _bordering(s: Sentence, t: Trigger) -> list[Group]:
    """With whom a border is that a noun closes: "the closure of X's border |with Y|"."""
    if t.kind != "border-closure" or s.text.low[t.end - 1] != "of":
        return []
    return [g for g in s.groups if t.end < g.start < t.end + _NEAR_BEHIND and s.text.low[g.start - 1] == "with"]


def _whose_envoy(s: Sentence, t: Trigger) -> list[Group]:
    """Whose envoy a relative tells of: "|X|, whose ambassador Y expelled"."""
    low = s.text.low
    whose = next((k for k in range(t.start - 1, max(s.first, t.start - 7), -1) if low[k] == "whose"), s.first)
    return [g for g in s.groups if whose > s.first and 0 <= whose - g.end < 2]


def _between_before(s: Sentence, t: Trigger) -> list[Group]:
    """The two whose border it is: "the border |between X and Y| was closed"."""
    before = (g for g in s.groups if g.end <= t.start and len(g.mentions) == 2)
    return [g for g in before if s.text.low[g.start - 1 - (s.text.low[g.start - 1] == "the")] == "between"]


def _takes_effect(s: Sentence, t: Trigger) -> int | None:
    """Where it is told that a noun's measures come into force: "the sanctions on X took |effect| in May"."""
    low = s.text.low
    near = range(t.end + 1, min(s.clause_end(t.end), t.end + 12))
    return next((k for k in near if low[k] in _FORCE and low[k - 1] in _INTO_FORCE), None)


def _in_effect(s: Sentence, t: Trigger) -> Trigger | None:
    """The noun of the measures that a verb tells to come into force: "X's |tariffs| on Y's steel took effect"."""
    low = s.text.low
    if t.kind != "sanctions" or not t.predicate or low[t.start] not in _COMING or _FORCE.isdisjoint(low[t.end :][:2]):
        return None
    at = next((k for k in range(t.start - 1, s.first - 1, -1) if low[k] in _HINDRANCES), None)
    return None if at is None else replace(t, start=at, end=at + 1, predicate=False)


def _measure(s: Sentence, t: Trigger) -> Trigger | None:
    """The noun of what a passive verb is done to: "X's |sanctions| on Y were lifted"."""
    low = s.text.low
    near = range(t.start - 1, max(s.clause_start(t.start), t.start - _BEFORE_BLOWS) - 1, -1)
    at = next((k for k in near if low[k] in _PUNISHMENTS), None) if t.kind in _LIMITED else None
    return None if at is None else replace(t, start=at, end=at + 1, predicate=False)


def _declared(s: Sentence, t: Trigger) -> list[Group] | None:
    """Who declares whom, of "declared the ambassador of X persona non grata"; ``None`` where nobody declares."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, s.first - 1, -1) if low[k].startswith("declare")), None)
    if at is None or t.start - at > 24:
        return None
    behind = [g for g in s.groups if g.start >= t.end and low[g.start - 1] == "by"][:1]
    before = [g for g in s.groups if g.end <= at and g.start >= s.clause_start(at)]
    return before[-1:] + [g for g in s.groups if at < g.start and g.end <= t.start] + behind


def _envoys(s: Sentence, t: Trigger) -> set[str]:
    """The countries whose envoys the clause names: "the Mexican ambassador", "its ambassador to Israel"."""
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    near = [m for m in s.text.mentions[s.index] if begin <= m.start < end]
    told = {title.of for m in near for title in m.titles if title.of and title.of in s.authority.countries}
    if told:
        return told
    sent = (m for m in near if m.type == "body" and not _DIPLOMATS.isdisjoint(s.text.low[m.end - m.organ : m.end + 2]))
    return {m.value for m in sent if m.value in s.authority.countries}  # "the top US diplomat"


def _staff(s: Sentence, t: Trigger) -> set[str]:
    """Whose embassy it is whose staff is sent away, and where: "staff of the |X| embassy in |Rome| was expelled"."""
    low = s.text.low
    near = [m for m in s.text.mentions[s.index] if m.end <= t.start and m.type in ("place", "body")]
    for n, m in enumerate(near):
        if m.type == "body" and not _OFFICES.isdisjoint(
            low[m.end : m.end + 2] + low[max(0, m.start - 3) : m.start - 1]
        ):
            hosts = [x.value for x in near[n + 1 : n + 2] if x.is_where and low[x.start - 1] in _BEFORE_PLACES]
            return {m.value} | {land for host in hosts if (land := s.lex.country_of(host))}
    return set()


def _posts(s: Sentence, t: Trigger) -> set[str]:
    """The countries to which the envoys called home were sent: "ordered the ambassador to X to return"."""
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    near = [m for m in s.text.mentions[s.index] if begin <= m.start < end]
    posts = {title.text.rpartition(" to ")[2] for m in near for title in m.titles if " to " in title.text}
    if not posts:  # "X's ambassador to Y", of whom nobody knows the name
        posts = {" ".join(s.text.tokens.words[m.start : m.end]).rpartition(" to ")[2] for m in near if m.organ}
    return {code for code, land in s.authority.countries.items() if land.label in posts} if posts else set()


def _of_a_mission(s: Sentence, t: Trigger) -> bool:
    """Whether somebody of a country's embassy is meant: "summoned a representative of the X embassy"."""
    near = (m for m in s.text.mentions[s.index] if m.type == "body" and t.end <= m.start < t.end + _NEAR_BEHIND)
    return any(not _MISSIONS.isdisjoint(s.text.low[max(0, m.start - 3) : m.end + 2]) for m in near)


def _place_target(s: Sentence, targets: list[Group], draft: Draft) -> None:
    """Force is used where its target is."""
    for m in (m for g in targets for m in g.mentions):
        if (
            draft.place is None
            and not (m.adjective or m.organ)
            and (m.type == "place" or m.value in s.authority.countries)
        ):
            draft.place = m.value


def _named_behind(s: Sentence, t: Trigger) -> set[str]:
    """The bodies beside a phrase that has no object of its own: "hit X with sanctions over violence by Y settlers"."""
    low = s.text.low
    later = (k for k in range(t.end, s.last) if low[k] in _LATER)
    stop = min([s.last, *(x.start for x in s.triggers if x.start > t.start), *later])
    if t.kind in _ARMED:
        stop = next((k for k in range(t.end, stop) if low[k] == ","), stop)
    stop = min(stop, _reasons_from(s, t))
    begin = t.start - 5 if s.text.low[t.start - 1] in ("with", "new", "fresh", "further") else t.end
    return {m.value for m in s.text.mentions[s.index] if m.type == "body" and begin <= m.start < stop}


def _reasons_from(s: Sentence, t: Trigger) -> int:
    """The token from which it is told why envoys are sent home: "expelled X envoys |in reaction to the war in Y|"."""
    low = s.text.low
    why = (k for k in range(t.end, s.last) if low[k] in _REASONS or (low[k] == "in" and low[k + 2] == "to"))
    return next(why, s.last) if t.kind == "expulsion" else s.last


def _of_another(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the date of a draft is that of what the deed came after: "drills |after the visit on 2 August|"."""
    low = s.text.low
    for when in s.whens:
        first = s.text.token_at(when.start)
        if when.value == draft.date and first >= t.end and not _LATER.isdisjoint(low[t.end : first]):
            return True
    return False


def _drop_appointed_day(s: Sentence, t: Trigger, draft: Draft) -> None:
    """The day for which somebody was summoned is not the day of the summons: "has been summoned |for talks on D|"."""
    for when in s.whens:
        first = s.text.token_at(when.start)
        appointed = first >= t.end and not _CALLED_FOR.isdisjoint(s.text.low[t.end : first])
        if when.value == draft.date and appointed and s.published and when.value[: len(s.published)] > s.published:
            draft.forget_date()
            draft.status = "occurred"


def _redate(s: Sentence, t: Trigger, draft: Draft, *, kept: bool) -> None:
    """Date a deed told by a noun by the date of its own phrase; "one year after the October 7 attacks" looks back."""
    own = own_date(s, t)
    verb = _takes_effect(s, t) or done_at(s, t) or told_at(s, t)
    if verb is not None and (own is None or verb < s.text.token_at(own.start)):
        own = own_date(s, replace(t, start=verb, end=verb + 1))
    if own is None and kept and not _of_another(s, t, draft):
        return
    draft.forget_date()
    year = s.text.low[t.start - 1]
    if own is None and year.isdigit() and len(year) == 4 and t.start > s.first:  # "X's |2006| invasion"
        draft.date, draft.rule, draft.premises = year, "stated", [s.text.span(t.start - 1, t.start)]
    if own is not None:
        draft.take_date(own)
        back = years_told(s, t)
        if t.kind == "use-of-force" and draft.date and s.published and draft.date[:10] > s.published:
            draft.date = shift_years(draft.date, -1)  # "the attacks of 7 October", told in June
        if back and own.rule != "stated" and draft.date and s.published and draft.date[:4] == s.published[:4]:
            draft.date = shift_years(draft.date, -back)
            draft.rule = "years-since"
