"""Who is who: names to entities, offices on a day to their holders, entities to Wikidata.

The tables are CSV in ``seeds/authority``; each is read when first asked for. Names are compared folded (`kg.iris.fold`)
and never by likeness: a look-alike is a suggestion (`Authority.near_people`), not a match.
"""

from kg.authority.answers import Answer, Authority, Verdict
from kg.authority.names import Words, name_key, romanised
from kg.authority.rows import (
    Body,
    Country,
    KnownAgreement,
    Office,
    Organisation,
    Person,
    Place,
    Relation,
    Tenure,
)
from kg.authority.tenures import Cover

__all__ = [
    "Answer", "Authority", "Body", "Country", "Cover", "KnownAgreement", "Office", "Organisation", "Person", "Place",
    "Relation", "Tenure", "Verdict", "Words", "name_key", "romanised",
]  # fmt: skip
