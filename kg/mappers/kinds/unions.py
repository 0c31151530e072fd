"""Unions: the whole that acts where one of its organs does."""

from kg.authority import Authority

_UNIONS = {"eu-body": "eu", "un-body": "un", "au-body": "afu"}


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
