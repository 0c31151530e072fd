"""The resolved graph of a few records at once, in memory; engines do the same in stages."""

from collections.abc import Iterable

from kg.iris import BASE
from kg.judgements import Judgements
from kg.language.lexicon import Lexicon
from kg.resolution.articles import ArticleWriter
from kg.resolution.events import EventWriter
from kg.resolution.happenings import resolve_events
from kg.resolution.links import Links
from kg.resolution.parts import Facts
from kg.resolution.records import Record
from kg.resolution.references import ReferenceWriter


def resolve(
    records: Iterable[Record], lexicon: Lexicon, base: str = BASE, judgements: Judgements | None = None
) -> bytes:
    """Return everything the records state and what it adds up to, as sorted N-Quads; order in changes nothing.

    Raises `MappingError` where a claim points outside its article's text, `JudgementError` where judgements contradict
    each other or who is who.
    """
    references = ReferenceWriter(lexicon, base, Links(judgements or Judgements(), lexicon.authority, base))
    articles, events = ArticleWriter(lexicon, base), EventWriter(lexicon, base)
    records = sorted(records, key=lambda r: r.key)
    happenings = resolve_events(records, events.namer)
    names = {old: event.name for event in happenings for old in event.others}
    lines: set[str] = set()
    facts = Facts()
    for part in (*(articles.part(record, names) for record in records), *map(events.part, happenings)):
        lines.update(part.lines)
        facts.update(part.facts)
    lines.update(references.lines(facts))
    return "".join(sorted(lines)).encode()
