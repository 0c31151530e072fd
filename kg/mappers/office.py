"""Offices: who is said to hold, to have held or to be about to hold what."""

import re
from dataclasses import replace
from functools import cache

from kg.authority import Country
from kg.iris import fold
from kg.language.lexicon import EVENTS, Lexicon
from kg.language.text import Title
from kg.language.words import read_lexicon, words
from kg.mappers.claims import OfficeClaim
from kg.mappers.entries import Entry
from kg.mappers.home import ACCREDITED, MONARCHS, find_host
from kg.mappers.journeys import Journeys
from kg.mappers.person import Register
from kg.mappers.sides import (
    accrediting,
    announcing,
    appointing,
    in_company,
    in_row,
    receiving,
    reporting,
    represented,
)
from kg.mappers.spoken import Spoken

_SENT_ABROAD = words("offices", "accredited")
_OF_STATE = words("offices", "offices_of_state")
_MISSIONS = words("offices", "missions")
_DEPARTMENTS = words("offices", "departments")
_OWN = words("groups", "own")
_ITS = words("groups", "its")
_OWNING = _OWN | _ITS
_LEAVING = words("offices", "leaving")
_GOVERNMENTS = words("offices", "governments")
_OF_FIRMS = words("offices", "of_firms")
_CHANCELLERIES = words("offices", "chancelleries")
_ONE_MISSION: dict[str, str] = read_lexicon()["offices"]["one_mission"]
_MISSIONS_IN = re.compile(rf"(.*) ({'|'.join(_ONE_MISSION)}) in (.+,.+)", re.IGNORECASE)
_HIGH_REPRESENTATIVE = "high-representative"
_HEADS_OF_ALL = ("head-of-state", "head-of-government")
_HEADS_ELSEWHERE = ("President", "Prime Minister", "King", "Emperor", "Sultan", "Emir", "Chancellor")
_RANKS: dict[str, str] = read_lexicon()["offices"]["ranks"]
_CALLED_HEADS = words("offices", "called_heads")
_SOLE = ("head-of-state", "foreign-minister")
"""Top kinds of office that one person at a time holds in a country."""
_ONE_A_COUNTRY = (*_SOLE, "head-of-government")


def map_offices(register: Register) -> tuple[OfficeClaim, ...]:
    """Return a claim for each (person, office) pair, once."""
    claims: dict[tuple[int, str, str | None], OfficeClaim] = {}
    text = register.text
    for k, entry in enumerate(register.entries):
        told = set()
        for mention in entry.mentions:
            for title in (one for titles in mention.titles for one in _each_post(titles)):
                wording = (title.text, title.printed, title.kind, title.of, title.inferred)
                if wording in told:
                    continue
                told.add(wording)
                claim = _claim(register, k, title, text.spans[text.sentence_of(mention.start)])
                if claim is not None:
                    claims.setdefault((k, fold(claim.title), claim.of), claim)
    return tuple(_without_vague(register, list(claims.values())))


def _each_post(title: Title) -> list[Title]:
    """An office at several missions, told as so many: "Economic Officer at the |Embassies in| Rome|, Oslo|"."""
    found = _MISSIONS_IN.fullmatch(title.text) if " in " in title.text else None
    if found is None:
        return [title]
    at = f"{found[1]} {_ONE_MISSION[found[2].lower()]} in "
    return [replace(title, text=at + where, printed=at + where) for where in found[3].split(", ")]


def _claim(register: Register, k: int, title: Title, span: tuple[int, int]) -> OfficeClaim | None:
    lexicon = register.lexicon
    title = _by_body(register, _by_rank(register, k, title))
    if title.kind is None and fold(title.text) in lexicon.generic and not _leads_body(register, title):
        return None
    if _is_title_of_house(register, title) or (title.kind in ACCREDITED and _is_rank(register, k, title)):
        return None
    if (
        title.kind is None
        and title.inferred
        and title.printed.islower()
        and _OF_STATE.isdisjoint(title.text.lower().split())
    ):
        return None  # a calling, not an office: "a lawyer", "portfolio manager"
    if title.kind in _OF_FIRMS and title.inferred and title.of in register.authority.countries:
        return None  # of a firm that is not named beside it, and of no country
    label, of = lexicon.office_named(title.printed, title.of, title.kind, title.text)
    if not label or (fold(label) in lexicon.generic and not _leads_body(register, title)):
        return None
    if title.kind in MONARCHS and title.printed.casefold() == title.text.casefold():
        label = lexicon.office_kinds[title.kind].label  # as printed, and not "Monarch"
    return OfficeClaim(
        person=k, title=label, kind=title.kind, of=of, stated=not title.inferred, when=title.when, span=span
    )


def _by_body(register: Register, title: Title) -> Title:
    """The office of whoever is called the head or chief of an organisation that has one such office: "NATO chief"."""
    if fold(title.text) not in _CALLED_HEADS or title.inferred or title.of not in register.authority.organisations:
        return title
    label = _heads_of_bodies(register.lexicon).get(title.of or "")
    return (
        replace(title, text=label, printed=label, kind=register.lexicon.kind_by_label.get(fold(label)))
        if label
        else title
    )


@cache
def _heads_of_bodies(lexicon: Lexicon) -> dict[str, str]:
    """The office of the head of each organisation that has one, by its id."""
    found: dict[str, list[str]] = {}
    for office in lexicon.authority.offices.values():
        if office.kind == "organisation-head":
            found.setdefault(lexicon.body_of(office.of), []).append(office.title)
    return {body: titles[0] for body, titles in found.items() if len(titles) == 1}


def _by_rank(register: Register, k: int, title: Title) -> Title:
    """The office of whoever is called head of state, or of government: that which is held, or the one there is."""
    top, lexicon, authority = _RANKS.get(fold(title.text)), register.lexicon, register.authority
    if top is None or title.inferred or title.of not in authority.countries:
        return title
    key = register.entries[k].key
    tenures = authority.tenures_of(key) if key and register.day else ()
    held = [authority.offices[t.office] for t in tenures if authority.covers(t, register.day or "") != "no"]
    labels = [office.title for office in held if lexicon.body_of(office.of) == title.of]
    kinds = {label: lexicon.kind_by_label.get(fold(label)) for label in labels or _HEADS_ELSEWHERE}
    fitting = [
        (label, kind)
        for label, kind in kinds.items()
        if kind and lexicon.office_kinds[kind].top == top and (labels or lexicon.offices(label, title.of or ""))
    ]
    if len(fitting) != 1:
        return title
    label, kind = fitting[0]
    return replace(title, text=label, printed=label, kind=kind)


def _is_title_of_house(register: Register, title: Title) -> bool:
    """Whether somebody is called prince without being the sovereign of a principality, or king in a republic."""
    lexicon = register.lexicon
    if title.kind in MONARCHS and title.inferred and title.of:
        return bool(lexicon.offices("President", title.of)) and not lexicon.offices(
            lexicon.title_label(title.kind, title.text), title.of
        )
    if title.kind != "sovereign-prince":
        return False
    label = lexicon.title_label(title.kind, title.text)
    return not (title.of and lexicon.offices(label, title.of))


def _is_rank(register: Register, k: int, title: Title) -> bool:
    """Whether somebody is called ambassador by rank: the article gives another office, and no posting."""
    if " to " in title.text or (title.of and not title.inferred):
        return False
    others = (t for t in register.entries[k].titles if t.when == "current" and t.kind not in ACCREDITED)
    return any(t.kind or t.of for t in others if fold(t.text) not in register.lexicon.generic)


def _leads_body(register: Register, title: Title) -> bool:
    """Whether somebody is called the leader or head of a body that is no state."""
    stated = bool(title.of) and not title.inferred and title.of not in register.authority.countries
    return stated and fold(title.text) in register.lexicon.leading


def _to_party(register: Register, title: Title) -> None:
    """Offices of the party that leads a state are the party's, though the article names the state or nothing."""
    kind = register.lexicon.office_kinds.get(title.kind or "")
    secretary = "party committee" in fold(title.text)
    if secretary or (kind and kind.top == "party-leader" and kind.code not in ("party-leader", "opposition-leader")):
        title.of = register.lexicon.ruling_parties.get(title.of or "", title.of)


def _tell_part(register: Register, title: Title) -> None:
    """Where the body is a part of a state or union, let the title say of which part, and be of the whole.

    An agency is part of the state for the press of that state ("Administrator of the … Agency", US); elsewhere it
    stands for itself, as an international organisation does.
    """
    part = register.authority.organisations.get(title.of or "")
    if part is None:
        return
    home = part.country if part.country == register.home else ""
    whole = {"agency": home, "eu-body": "eu", "au-body": "afu"}.get(part.kind)
    if not whole:
        return
    names = (part.label, *part.aliases)
    if not any(fold(name) in fold(title.text) for name in (*names, part.label.partition(" ")[2]) if name):
        title.text = f"{title.text} of the {max(names, key=len) if part.kind == 'agency' else part.label}"
        title.kind = register.lexicon.kind_by_label.get(fold(title.text))
    title.of = whole


def complete_all(register: Register) -> None:
    """Give every title the body the text leaves open: stated elsewhere, held by the person, at last at home."""
    for entry in register.entries:
        _complete(register, entry)
    spoken, journeys = Spoken(register), Journeys(register)
    for k, entry in enumerate(register.entries):
        opened: dict[str, str | None] = {}
        land: str | None = None
        for title in sorted(entry.titles, key=lambda t: _top(register, t) not in _ONE_A_COUNTRY):
            if title.of is None:  # one office of one person is of one body, wherever it is named
                own = land if _is_of_state(register, title.kind) else None
                title.of = opened.get(title.text) or own or _likely_body(register, k, title, spoken, journeys)
                opened[title.text] = title.of
                land = land or (title.of if _top(register, title) in _ONE_A_COUNTRY else None)
            _tell_chancellor(register, title)
            _tell_part(register, title)
            _to_party(register, title)
            _tell_other(register, title)
    _tell_hosts(register)
    register.complete = True


def _tell_other(register: Register, title: Title) -> None:
    """Take for no more than its words what is called like the one office of an organisation, and is of another body."""
    one = register.lexicon.phrase_body(title.printed, title.kind) if title.kind else None
    if one in register.authority.organisations and title.of is not None and title.of != one and title.inferred:
        title.kind, title.text = None, title.printed


def _tell_chancellor(register: Register, title: Title) -> None:
    """A chancellor of a state whose ministry is a chancellery is its minister of foreign affairs."""
    if title.kind == "chancellor" and fold(title.of or "") in _CHANCELLERIES:
        title.kind = "foreign-minister"
        title.text = register.lexicon.office_kinds[title.kind].label


def _tell_hosts(register: Register) -> None:
    """Envoys of other countries in the press of this one are accredited here, though the article need not say so."""
    mission = find_host(register.text.article, register.lexicon)
    host = register.authority.countries.get(mission or register.home or _credited(register) or "")
    if host is not None:
        for entry in register.entries:
            _tell_host(register, entry, host)


def _tell_host(register: Register, entry: Entry, host: Country) -> None:
    envoys = [t for t in entry.titles if t.kind in ACCREDITED]
    if any(" to " in t.text for t in entry.titles if t.when == "current" or t.kind in ACCREDITED):
        return
    if envoys and any(t.kind not in ACCREDITED and t.kind and t.when == "current" for t in entry.titles):
        return  # an ambassador by rank
    for title in envoys:
        leaving = title.when == "former" and not _LEAVING.isdisjoint(fold(title.printed).split())
        if title.of in register.authority.countries and title.of != host.iso and (title.when != "former" or leaving):
            title.text = f"{title.text} to {host.label}"


def _credited(register: Register) -> str | None:
    """The one country to whose head, with an office told in full, an article says that credentials were presented."""
    if not any(hit.sense.value == "credentials" for hit in register.text.layers[EVENTS]):
        return None
    kinds = register.lexicon.office_kinds
    titles = [t for entry in register.entries for t in entry.titles if t.kind and t.when == "current"]
    lands = {t.of for t in titles if kinds[t.kind or ""].top == "head-of-state"}
    land = lands.pop() if len(lands) == 1 else None
    return land if land in register.authority.countries else None


def _complete(register: Register, entry: Entry) -> None:
    """Complete the titles of one person from what is said of that person."""
    countries, organisations = register.authority.countries, register.authority.organisations
    stated: dict[str, str] = {}
    for title in entry.titles:
        if title.of:
            stated.setdefault(title.kind or fold(title.text), title.of)
    bodies = [t.of for t in entry.titles if t.of]
    country = next((body for body in (*bodies, entry.origin) if body in countries), None)
    organisation = next((body for body in bodies if body in organisations), None)
    if country is None and organisation is not None:  # "a member of the … Party and minister": of the state it leads
        country = next((land for land, party in register.lexicon.ruling_parties.items() if party == organisation), None)
    for title in entry.titles:
        own = register.home if title.proposed and not _SENT_ABROAD.isdisjoint(fold(title.text).split()) else None
        if own and title.of != own:
            title.of = None  # a state nominates its own envoys: "Nominee for Ambassador to the Grand Duchy of X"
        if title.of is None:
            title.inferred = True
            title.of = (
                own
                or _phrase_body(register, title)
                or _only(register, entry, title)
                or stated.get(title.kind or fold(title.text))
                or _said_short(register, entry, title)
                or _held(register, entry, title)
                or country
                or (organisation if not _is_of_state(register, title.kind) else None)
            )


def _only(register: Register, entry: Entry, title: Title) -> str | None:
    """The one body that has such an office, unless who is who knows the person for another country's."""
    body = register.lexicon.only_body(title.text)
    land = register.authority.people[entry.key].country if entry.key else ""
    return None if land and body in register.authority.countries and body != land else body


def _phrase_body(register: Register, title: Title) -> str | None:
    """The body of the one office so called, if the article speaks of it."""
    body = register.lexicon.phrase_body(title.printed, title.kind)
    if body in register.authority.countries:
        return body if register.home == body or body in register.spoken_of else None
    known = register.authority.organisations.get(body or "")
    told = known is not None and (body in register.spoken_of or fold(known.label).split()[0] in fold(title.printed))
    return body if told else None


def _likely_body(register: Register, k: int, title: Title, spoken: Spoken, journeys: Journeys) -> str | None:
    """The body an office left open is of, and never that of the holder's counterparts."""
    likened = spoken.likened(k)
    body = _one_left(register, k, title, spoken, likened) or _open_body(register, k, title, spoken, journeys)
    return spoken.besides(*likened) if body in likened else body


def _one_left(register: Register, k: int, title: Title, spoken: Spoken, likened: set[str]) -> str | None:
    """The one of several countries of whose officers an article tells together that is nobody else's of them.

    "The foreign ministers of Chad and Peru met. Foreign Minister X told Peru's Foreign Minister Y …": X is of Chad.
    """
    top = _top(register, title)
    shared = spoken.shared(top) if top in _ONE_A_COUNTRY else []
    if not shared:
        return None
    others = (t for n, entry in enumerate(register.entries) if n != k for t in entry.titles if not t.inferred)
    taken = {t.of for t in others if _top(register, t) == top} | likened
    left = [lands - taken for lands in shared]
    return next((land for lands in left if len(lands) == 1 for land in lands), None)


def _open_body(register: Register, k: int, title: Title, spoken: Spoken, journeys: Journeys) -> str | None:
    """At home, unless somebody else holds that one office there: then the other country the article speaks of."""
    home = register.home
    if whose := _served(register, title) or _named_within(register, title):
        return whose
    if (side := reporting(register, title)) and not journeys.arrives(title, side):
        return side
    if side := spoken.side(title) or spoken.introduced(title) or receiving(register, title):
        return side
    if side := represented(register, title) or appointing(register, title):
        return side
    if title.kind and ("secretary-general" in title.kind or title.kind == _HIGH_REPRESENTATIVE):
        return spoken.organisation
    if any(t.kind == _HIGH_REPRESENTATIVE for t in register.entries[k].titles[:_MOST_TITLES]) and spoken.organisation:
        return spoken.organisation  # "High Representative/Vice-President X"
    if title.kind in _ENVOYS and (home is None or not spoken.names(home)) and spoken.organisation:
        return spoken.organisation
    if title.kind and "deputy" in title.kind and register.lexicon.office_kinds[title.kind].top == "ambassador":
        return next(iter(spoken.senders)) if len(spoken.senders) == 1 else home
    if spoken.host and not _is_of_mission(register, title):
        return spoken.host
    if (side := in_company(register, title)) in register.authority.countries:
        return side
    if (beside := in_row(register, title)) is not None:
        return beside
    if _is_of_state(register, title.kind) and (visited := journeys.host(title)):
        return visited
    if accredited := accrediting(register, title):
        return accredited
    if home and _is_of_state(register, title.kind) and journeys.arrives(title, home) and (own := spoken.next_to(home)):
        return own
    if home and (own := _where_there_is_one(register, title, home, spoken)):
        return own
    if (own := announcing(register, title)) and home in (None, own):
        return own
    if home is None:
        host = register.authority.country(title.text.partition(" to ")[2])
        most = spoken.most
        if title.kind and most and _led_by_another(register, k, title, most):
            most = spoken.besides(most)
        if len(spoken.accredited) == 1 and _is_of_mission(register, title):
            most = next(iter(spoken.accredited))
        if most and _is_of_state(register, title.kind) and journeys.arrives(title, most):
            most = spoken.next_to(most)
        return most if host is None or host.iso != most else None
    kinds = register.lexicon.office_kinds
    if title.kind in _BESIDE and (beside := spoken.before(title)):
        return beside
    if title.kind in ACCREDITED and " to " not in title.text:
        return spoken.sender or home
    if title.kind and _held_by_another(register, k, title, home):
        there = spoken.before(title) or spoken.abroad or spoken.foreign
        return home if there is None or _led_by_another(register, k, title, there) else there
    if title.kind is None or kinds[title.kind].top not in ("head-of-state", "head-of-government", "foreign-minister"):
        return home
    for n in spoken.known.get(title.kind, ()):
        of_home = any(t.kind == title.kind and t.of in (None, home) for t in register.entries[n].titles)
        if n != k and of_home and register.country_of(n) == home:
            return spoken.abroad
    return home


def _where_there_is_one(register: Register, title: Title, home: str, spoken: Spoken) -> str | None:
    """The one country spoken of that has such a head, where home has none: "President X" in the press of a kingdom.

    Of several it is the one of whose officers the text tells, or of which it speaks far oftener than of any other.
    """
    lexicon = register.lexicon
    if title.kind is None or lexicon.office_kinds[title.kind].top not in _HEADS_OF_ALL:
        return None
    label = lexicon.title_label(title.kind, title.text)
    if lexicon.offices(label, home) or not any(lexicon.offices(other, home) for other in _HEADS_ELSEWHERE):
        return None
    having = [land for land in register.spoken_of if land and land != home and lexicon.offices(label, land)]
    if len(having) > 1:
        told = {t.of for entry in register.entries for t in entry.titles if not t.inferred}
        most = spoken.foreign
        having = [land for land in having if land in told] or [land for land in having if land == most]
    if len(having) != 1:
        return None
    beside = register.text.mentions[register.text.sentence_of(title.start)][:_MOST_TITLES]
    return having[0] if all(t.of != having[0] for m in beside for t in m.titles) else None


def _named_within(register: Register, title: Title) -> str | None:
    """The international organisation, or the government, an office is of, named within: "head of the EU Delegation"."""
    text, organisations = register.text, register.authority.organisations
    for k in range(title.start + 1, title.end):
        found = text.entities.get(k)
        if found and found[0].sense.type == "organisation" and {"to", "for"}.isdisjoint(text.low[title.start : k]):
            return found[0].sense.value if not organisations[found[0].sense.value].country else None
        if found and found[0].sense.type == "demonym" and text.low[title.end - 1] in _GOVERNMENTS:
            return found[0].sense.value  # "Minister of Trade of the |Chadian| transitional government"
    return None


def _is_of_mission(register: Register, title: Title) -> bool:
    """Whether somebody works at an embassy."""
    kind = register.lexicon.office_kinds.get(title.kind or "")
    called = fold(title.text).split()
    at_home = not _DEPARTMENTS.isdisjoint(called)  # "Secretary of the Ministry"
    return (kind is not None and kind.top == "ambassador") or not (at_home or _MISSIONS.isdisjoint(called))


def _served(register: Register, title: Title) -> str | None:
    """The body for which whoever somebody serves stands: "NAME's spokesman", "NAME and his deputy minister, X"."""
    text = register.text
    owner = title.start - (text.low[title.start] != "'s")
    if owner < 1 or (text.low[owner] != "'s" and text.low[owner] not in _OWNING):
        return None
    if text.low[owner] in _ITS:
        here = text.mentions[text.sentence_of(title.start)]
        lands = [
            m.value for m in here if m.type == "body" and m.end <= owner and m.value in register.authority.countries
        ]
        return lands[-1] if lands else None  # "ties with Chad and its president, X"
    row = [m for m in text.mentions[text.sentence_of(title.start)] if m.type == "person" and m.person >= 0]
    before = [m.person for m in row if m.end <= owner and (m.end == owner or text.low[owner] in _OWN)]
    return register.country_of(before[-1]) if before else None


def _top(register: Register, title: Title) -> str:
    """The top kind of an office, if it is of any."""
    kind = register.lexicon.office_kinds.get(title.kind or "")
    return kind.top if kind is not None else ""


def _led_by_another(register: Register, k: int, title: Title, country: str) -> bool:
    """Whether the article states that somebody else heads a country or its ministry: "King X of Y, and Sultan Z".

    It states too whose president somebody known is that it only calls president.
    """
    top = _top(register, title)
    if top not in _SOLE:
        return False
    others = ((t, entry) for n, entry in enumerate(register.entries) if n != k for t in entry.titles)
    return any(
        t.of == country and (entry.key or not t.inferred) and t.when == "current" and _top(register, t) == top
        for t, entry in others
    )


def _held_by_another(register: Register, k: int, title: Title, home: str) -> bool:
    """Whether who is who gives the office at home to somebody of another name on the day; deputies may be several."""
    if title.kind and "deputy" in title.kind:
        return False
    authority = register.authority
    for office in register.lexicon.offices(register.lexicon.title_label(title.kind, title.text), home):
        for tenure in authority.holders(office.id, register.day or "", certain=True):
            held = fold(authority.people[tenure.person].label).split()
            whole = "".join(register.entries[k].words)  # "L.Oyun-Erdene" is Oyunerdene
            if not any(word in whole for word in held if len(word) > _SHORT) and not {*held} & {
                *register.entries[k].words
            }:
                return True
    return False


def _held(register: Register, entry: Entry, title: Title) -> str | None:
    """The body of an office of this kind that who is who gives the person."""
    if not entry.key:
        return None
    authority = register.authority
    wanted = fold(register.lexicon.title_label(title.kind, title.text))
    held = [t for t in authority.tenures_of(entry.key) if fold(authority.offices[t.office].title) == wanted]
    then = [t for t in held if register.day and authority.covers(t, register.day) != "no"]
    for tenure in then or held[-1:]:
        return register.lexicon.body_of(authority.offices[tenure.office].of)
    if whole := _told_short(register, entry.key, title, wanted):
        return whole
    kind = register.lexicon.office_kinds.get(title.kind or "")
    if kind and kind.top == "organisation-head":
        heads = [t for t in authority.tenures_of(entry.key) if authority.offices[t.office].kind == "organisation-head"]
        now = [t for t in heads if register.day and authority.covers(t, register.day) != "no"]
        return register.lexicon.body_of(authority.offices[now[0].office].of) if len(now) == 1 else None
    return authority.people[entry.key].country or None


def _told_short(register: Register, key: str, title: Title, wanted: str) -> str | None:
    """The organisation of which somebody known is told to be president without its name: "President von der Leyen"."""
    authority, lexicon = register.authority, register.lexicon
    for tenure in authority.tenures_of(key) if register.day else ():
        office = authority.offices[tenure.office]
        body = lexicon.body_of(office.of)
        called = body in authority.organisations and fold(office.title).startswith(f"{wanted} of ")
        if called and authority.covers(tenure, register.day or "") != "no":
            title.text, title.kind = office.title, lexicon.kind_by_label.get(fold(office.title))
            return body
    return None


def _said_short(register: Register, entry: Entry, title: Title) -> str | None:
    """The organisation that the same person is told in full to head: "World Bank President X", then "President X"."""
    begun = f"{fold(title.text)} of "
    told = (t for t in entry.titles[:_MOST_TITLES] if t.of and not t.inferred)
    whole = next((t for t in told if fold(t.text).startswith(begun)), None)
    if whole is None or whole.of not in register.authority.organisations or whole.when != title.when:
        return None
    title.text, title.kind, title.printed = whole.text, whole.kind, whole.printed
    return whole.of


_MOST_TITLES = 50
"""Of one person that are looked at; somebody may be named with one ten thousand times."""
_SHORT = 4
"""Letters of a word that may be part of another by chance."""

_ENVOYS = frozenset({"special-envoy", "special-representative"})
"""Kinds of office that organisations give as well as states."""

_BESIDE = frozenset({"vice-president", "crown-prince", "first-lady"})
"""Kinds of office named beside the head of the same state."""


def _is_of_state(register: Register, kind: str | None) -> bool:
    """Whether only states have such offices."""
    return kind is not None and register.lexicon.office_kinds[kind].top in (
        "head-of-state",
        "head-of-government",
        "foreign-minister",
        "minister",
        "ambassador",
        "speaker",
    )


def _is_chief(register: Register, kind: str | None) -> bool:
    return kind is not None and register.lexicon.office_kinds[kind].top in (
        "head-of-state",
        "head-of-government",
        "party-leader",
    )


def _without_vague(register: Register, claims: list[OfficeClaim]) -> list[OfficeClaim]:
    """Drop a title that is another title of the same person and body with less said ("Minister", "Secretary")."""
    titles: dict[tuple[int, str | None], list[str]] = {}
    for claim in claims:
        titles.setdefault((claim.person, claim.of), []).append(claim.title)
    kept = []
    stating = {claim.person for claim in claims if claim.stated}
    for claim in claims:
        if claim.kind == "ambassador" and not claim.stated and " to " not in claim.title and claim.person in stating:
            continue  # a rank: "Ambassador X, Permanent Representative of Y"
        others = titles[claim.person, claim.of]
        if len(others) == 1 or _is_chief(register, claim.kind) or not _says_less(claim.title, others):
            kept.append(claim)
    return kept


def _says_less(title: str, others: list[str]) -> bool:
    """Whether all words of a title are among those of another that has more."""
    words = set(fold(title).split())
    return any(other != title and words < set(fold(other).split()) for other in others)
