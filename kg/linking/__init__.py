"""Linking with Wikidata: items for what has none, judgements on them, and what there is to give back."""

from kg.linking.mismatches import mismatches
from kg.linking.proposals import THRESHOLD, Linker, Report
from kg.linking.quickstatements import tenures
from kg.linking.review import Item, decide, load_items, save_items
from kg.linking.service import Cache, Service
from kg.linking.unlinked import linked, unlinked
from kg.transport import Transport

__all__ = [
    "THRESHOLD", "Cache", "Item", "Linker", "Report", "Service", "Transport", "decide", "linked",
    "load_items", "mismatches", "save_items", "tenures", "unlinked",
]  # fmt: skip
