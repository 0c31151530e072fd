"""Loading: a store's graphs into a triple store elsewhere, only what changed, nothing counted before it is there."""

from kg.loading.graphs import DEFAULT, Plan, plan
from kg.loading.journal import Journal
from kg.loading.load import Loader, Report
from kg.loading.protocols import PROTOCOLS

__all__ = ["DEFAULT", "PROTOCOLS", "Journal", "Loader", "Plan", "Report", "plan"]
