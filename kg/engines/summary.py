"""The summary: what a build did, in counts, and what a user should look at."""

import msgspec

from kg.articles import Refusal, printable


class Summary(msgspec.Struct, kw_only=True):
    """What a build did, in counts."""

    store: str
    seen: int = 0
    articles: int = 0
    unchanged: int = 0
    refused: list[Refusal] = []
    duplicates: list[tuple[str, str]] = []
    warnings: list[tuple[str, str]] = []
    """File and warning."""
    without_date: list[str] = []
    without_events: list[str] = []
    unread: int = 0
    """Sentences that betray an event which no mapper could read."""
    people: int = 0
    events: int = 0
    agreements: int = 0
    discrepancies: list[str] = []
    quads: int = 0
    conforms: bool = True
    violations: list[str] = []
    validation_warnings: int = 0
    quarantined: list[tuple[str, str]] = []
    """Files of the articles kept out of the default graph, and the first reason."""

    @property
    def read(self) -> int:
        """How many of the sources seen gave an article of their own."""
        return self.seen - len(self.refused) - len(self.duplicates)

    @property
    def verdict(self) -> str:
        """What validation found, in a few words."""
        parts = [f"{len(self.violations)} violations (kg validate tells)"] if self.violations else ["conforms"]
        parts += [f"{len(self.quarantined)} kept out (kg query quarantined tells)"] if self.quarantined else []
        parts += [f"{self.validation_warnings} warnings"] if self.validation_warnings else []
        return ", ".join(parts)

    def findings(self, strict: bool = False) -> bool:
        """Return whether a user should look: the graph does not conform, or, if strict, anything is amiss."""
        return not self.conforms or bool(strict and (self.refused or self.discrepancies or self.validation_warnings))

    def text(self) -> str:
        """Return the summary as a table of a few lines."""
        refused, twice = len(self.refused), len(self.duplicates)
        seen = f"{self.seen} seen: {self.read} read, {refused} refused, {twice} duplicate"
        rows = [
            ("articles", f"{self.articles} in the store ({seen})"),
            ("events", str(self.events)),
            ("people", str(self.people)),
            ("agreements", str(self.agreements)),
            ("discrepancies", str(len(self.discrepancies))),
            ("unread", f"{self.unread} sentences that betray an event (kg map --unread lists them)"),
            ("shapes", self.verdict),
            ("store", f"{self.store}, {self.quads:,} quads"),
        ]  # fmt: skip
        lines = [f"{name:<14}{value}" for name, value in rows]
        lines += [f"! {refusal.file}: {refusal.reason}" for refusal in self.refused]
        lines += [f"= {file}: the same article as {other}" for file, other in self.duplicates]
        lines += [f"~ {file}: {warning}" for file, warning in self.warnings]
        lines += [f"? {file}: no event found" for file in self.without_events]
        lines += [f"? {file}: no date stated, and none could be inferred" for file in self.without_date]
        lines += [f"# {label}" for label in self.discrepancies]
        lines += [f"x {violation}" for violation in self.violations[:10]]
        lines += [f"q {file}: {reason}" for file, reason in self.quarantined]
        return "\n".join(map(printable, lines)) + "\n"
