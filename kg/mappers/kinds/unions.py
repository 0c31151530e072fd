"""Unions: the whole that acts where one of its organs does."""

from kg.authority import Authority

_UNIONS = {"eu-body": "eu", "un-body": "un"}


def raised(parties: set[str], authority: Authority) -> set[str]:
    """Return parties with unions in the place of their organs, and a party's country beside it."""
    out: set[str] = set()
    for party in parties:
        body = authority.organisations.get(party)
        whole = _UNIONS.get(body.kind) if body else None
        if body and whole and (whole != "un" or body.label.startswith(authority.organisations[whole].label)):
            out.add(whole)
            continue
        out.add(party)
        if body and body.country:
            out.add(body.country)
    return out
