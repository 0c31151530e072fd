"""Unions: the whole that acts where one of its organs does, and the few states that a group without organs is."""

from kg.authority import Authority
from kg.language.words import read_lexicon
from kg.mappers.person import Register

_UNIONS = {"eu-body": "eu", "un-body": "un", "au-body": "afu"}
_FEW: dict[str, list[str]] = read_lexicon()["few_states"]


def spelt_out(parties: set[str]) -> set[str]:
    """Return parties with its states in the place of a group that is no more than they.

    >>> sorted(spelt_out({"aukus", "FR"}))
    ['AU', 'FR', 'GB', 'US']
    """
    if parties.isdisjoint(_FEW):
        return parties
    return {state for party in parties for state in _FEW.get(party, [party])}


def united(parties: set[str], authority: Authority) -> set[str]:
    """Return parties with unions in the place of their organs."""
    out: set[str] = set()
    for party in parties:
        body = authority.organisations.get(party)
        whole = _UNIONS.get(body.kind) if body else None
        of_it = body and whole and (whole != "un" or body.label.startswith(authority.organisations[whole].label))
        out.add(whole if whole and of_it else party)
    return out


def raised(parties: set[str], authority: Authority) -> set[str]:
    """Return parties `united`, and a party's country beside it."""
    out = united(parties, authority)
    known = (authority.organisations.get(party) for party in out)
    return out | {body.country for body in known if body and body.country}


def on_record(bodies: set[str], authority: Authority) -> set[str]:
    """Return those of ``bodies`` that are countries or organisations."""
    return {body for body in bodies if body in authority.countries or body in authority.organisations}


def countries_or_home(register: Register, bodies: set[str]) -> set[str]:
    """Return the bodies that are known; who holds an office of an unknown one acts at home."""
    return on_record(bodies, register.authority) or ({register.home} if bodies and register.home else set())
