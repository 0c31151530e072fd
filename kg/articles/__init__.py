"""Reading articles: files, folders and standard input → `Article`, with the chrome of the page cut away."""

from kg.articles.article import Article, Cut, Reading, Refusal
from kg.articles.sources import READERS, read

__all__ = ["READERS", "Article", "Cut", "Reading", "Refusal", "read"]
