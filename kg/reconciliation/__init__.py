"""Reconciliation: which person, office, organisation, country, place or agreement of a store a name may mean.

The Reconciliation Service API 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/,
without what is HTTP: `kg.serving` has that.
"""

from kg.reconciliation.entities import TYPES, Entities, Entity
from kg.reconciliation.matching import Index
from kg.reconciliation.properties import PROPERTIES
from kg.reconciliation.protocol import BATCH, RequestError, manifest, read_extension, read_queries
from kg.reconciliation.service import Service, SlowError

__all__ = [
    "BATCH",
    "PROPERTIES",
    "TYPES",
    "Entities",
    "Entity",
    "Index",
    "RequestError",
    "Service",
    "SlowError",
    "manifest",
    "read_extension",
    "read_queries",
]
