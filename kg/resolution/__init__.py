"""Resolution: claims of all articles → the resolved graph, one IRI a real thing, contradictions found."""

from kg.resolution.graphs import resolve
from kg.resolution.records import Record

__all__ = ["Record", "resolve"]
