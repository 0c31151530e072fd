"""One judgement: a subject, an object, whether they are the same, and who says so, when and why."""

from collections.abc import Mapping

import msgspec

from kg.iris import digest
from kg.namespaces import iri

EXACT_MATCH = iri("skos:exactMatch")
NO_TERM = iri("sssom:NoTermFound")
"""The object of a judgement that the register has nothing for the subject."""
SAME = frozenset((EXACT_MATCH, iri("owl:sameAs")))
"""Predicates by which two IRIs name one thing."""

# https://mapping-commons.github.io/sssom/Mapping/#slots, in that order, which is the order of columns and of sorting.
SLOTS = (
    "record_id", "subject_id", "subject_label", "subject_category", "predicate_id", "predicate_label",
    "predicate_modifier", "object_id", "object_label", "object_category", "mapping_justification", "author_id",
    "author_label", "reviewer_id", "reviewer_label", "creator_id", "creator_label", "license", "subject_type",
    "subject_source", "subject_source_version", "object_type", "object_source", "object_source_version",
    "predicate_type", "mapping_provider", "mapping_source", "mapping_cardinality", "cardinality_scope", "mapping_tool",
    "mapping_tool_id", "mapping_tool_version", "mapping_date", "publication_date", "review_date", "confidence",
    "reviewer_agreement", "curation_rule", "curation_rule_text", "subject_match_field", "object_match_field",
    "match_string", "subject_preprocessing", "object_preprocessing", "similarity_score", "similarity_measure",
    "see_also", "issue_tracker_item", "other", "comment",
)  # fmt: skip


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A row of an SSSOM file, the three identifiers of its statement as IRIs."""

    subject: str
    predicate: str
    object: str
    slots: Mapping[str, str]
    """All cells that are not empty, by slot, as written."""
    line: int = 0
    """Where it stands in its file; 0 for one that is not in a file yet."""

    @property
    def negative(self) -> bool:
        """Whether it denies the match."""
        return self.slots.get("predicate_modifier") == "Not"

    @property
    def joins(self) -> bool:
        """Whether it says that two IRIs name one thing."""
        return self.predicate in SAME and not self.negative and not self.is_unmatched

    @property
    def parts(self) -> bool:
        """Whether it says that two IRIs do not name one thing."""
        return self.predicate in SAME and self.negative and not self.is_unmatched

    @property
    def is_unmatched(self) -> bool:
        """Whether it says that the register has nothing for the subject."""
        return self.object == NO_TERM and not self.negative

    @property
    def key(self) -> tuple[str, ...]:
        """What rows are sorted by: their cells in the order of `SLOTS`."""
        return tuple(self.slots.get(slot, "") for slot in SLOTS)

    @property
    def slug(self) -> str:
        """The last part of the IRI of its record: a digest of what it says, whatever its line."""
        ids = ("subject_id", "predicate_id", "object_id")
        cells = (f"{slot}={value}" for slot, value in sorted(self.slots.items()) if slot not in ids)
        return digest("\n".join((self.subject, self.predicate, self.object, *cells)))

    def text(self) -> str:
        """Return it as a sentence of few words: ``Xi Jinping is wd:Q15031``."""
        subject = self.slots.get("subject_label") or self.slots["subject_id"]
        if self.is_unmatched:
            return f"{subject} has no item"
        verb = "is" if self.predicate in SAME else self.slots["predicate_id"]
        return f"{subject} {verb} {'not ' * self.negative}{self.slots['object_id']}"
