"""Reading articles: files, folders and standard input → `Article`, with the chrome of the page cut away."""

from kg.articles.article import Article, Cut, Reading, Refusal
from kg.articles.characters import printable
from kg.articles.sources import PARSERS, Source, gather, interpret, read, unpack

__all__ = [
    "PARSERS",
    "Article",
    "Cut",
    "Reading",
    "Refusal",
    "Source",
    "gather",
    "interpret",
    "printable",
    "read",
    "unpack",
]
