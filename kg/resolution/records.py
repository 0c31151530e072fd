"""Records: an article and its claims, the unit that is mapped once, kept, and resolved with all others."""

import msgspec

from kg.articles import Article
from kg.mappers.claims import ArticleClaims


class Record(msgspec.Struct, frozen=True):
    """One mapped article; ``digest`` names its content and the versions that mapped it."""

    article: Article
    claims: ArticleClaims
    digest: str

    @property
    def key(self) -> str:
        """The slug of the article's IRI."""
        return self.article.key
