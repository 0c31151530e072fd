"""Engines: mapping and resolution run on this machine, on any number of cores, or on Apache Spark."""

from kg.engines.local import build, kept_judgements, map_files, stored_texts
from kg.engines.mapping import Mapped, map_articles, nquads, texts, unread_sentences
from kg.engines.rules import Rules
from kg.engines.summary import Summary
from kg.engines.workers import cores

__all__ = [
    "Mapped",
    "Rules",
    "Summary",
    "build",
    "cores",
    "kept_judgements",
    "map_articles",
    "map_files",
    "nquads",
    "stored_texts",
    "texts",
    "unread_sentences",
]
