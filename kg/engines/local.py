"""Building on this machine: articles in, a resolved, validated store out."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from kg.articles import Refusal
from kg.engines.judging import Judgement, Verdict, judge
from kg.engines.mapping import claims_version, graph_version
from kg.engines.progress import Progress
from kg.engines.resolving import Resolver
from kg.engines.revising import Reviser
from kg.engines.rules import Rules
from kg.engines.stages import Setting
from kg.engines.summary import Summary
from kg.engines.taking import Note, Stored, take_in
from kg.engines.workers import Crew
from kg.engines.workings import Workings, keep, kept, what
from kg.errors import KgError
from kg.iris import BASE, digest
from kg.judgements import Judgements, parse
from kg.memory import give_back
from kg.store import Entry, Place, Store
from kg.store.intake import Intake, state_of

JUDGEMENTS = "judgements.sssom.tsv"
SUMMARY = "summary.json"
FEW = 500
"""Articles, or rather fewer, that this process resolves sooner than others can be started."""
LITTLE = 10
"""One article in so many, and somewhat more of few, is what may differ from the articles that workings are of."""


def build(paths: Iterable[str | os.PathLike[str]], store: str | os.PathLike[str], *, base: str = BASE,
          judgements: Judgements | None = None, rules: Rules | None = None, prune: bool = False, jobs: int = 1,
          progress: Callable[[str], None] | None = None) -> Summary:  # fmt: skip
    """Map, resolve, validate and store the articles of ``paths``; return what happened.

    What the store holds already stays, unless with ``prune`` its source is gone from ``paths``; an article met again is
    replaced whole, an unchanged one is not read anew, and where nothing changed nothing is resolved. ``judgements``
    replace those of the store, which keeps a copy for the next build; None leaves them. An article that breaks
    ``rules``, by default our own, stays out of the default graph. ``jobs`` is how many processes work where there is
    enough to do; it changes no byte of what comes out.
    """
    told, rules, named = Progress(progress), rules or Rules(), [os.fspath(path) for path in paths]
    with Store.open(store, mode="write") as opened, Crew(jobs) as crew:
        if judgements is None:
            judgements = kept_judgements(opened)
        told.stage("reading and mapping")
        intake = Intake(opened, named, version=claims_version(), prune=prune)
        take_in(intake, named, crew, told)
        give_back()
        articles = opened.journal.each_once()[0]
        if not articles and not opened.ledger.get("state"):
            reasons = "; ".join(f"{r.file}: {r.reason}" for r in intake.refused[:3])
            raise KgError(f"no article could be read from {', '.join(named)}" + (f" ({reasons})" if reasons else ""))
        state = digest("|".join((state_of(articles), graph_version(), base, judgements.text(), rules.digest)), 64)
        if opened.ledger.get("state") == state:
            opened.settle()
        else:
            setting = Setting(str(opened.scratch()), base, read_places)
            resolver = Resolver(crew.workers(False), setting, judgements, progress=told)
            stamp = digest("|".join((graph_version(), base, judgements.text(), rules.digest)), 64)
            verdict, workings = _verdict(opened, articles, resolver, crew, rules, stamp, told)
            told.stage("storing")
            summary = _summary(verdict, articles, str(Path(store)))
            files = {JUDGEMENTS: judgements.text().encode(), SUMMARY: msgspec.json.encode(summary)}
            content = [bucket.content for bucket in verdict.graph.buckets]
            opened.replace(content, _ledger(base, len(articles), state, workings), files)
        return _told(opened, intake, articles, str(Path(store)))


def _verdict(store: Store, articles: Sequence[Entry], resolver: Resolver, crew: Crew, rules: Rules, stamp: str,
             progress: Progress) -> tuple[Verdict, str]:  # fmt: skip
    """Return what may be published of the articles, and the name of the folder of the workings it was made from.

    Where little changed since there are some, that only is resolved and judged anew, with what hangs together with it.
    """
    places = _places(store, articles)
    known = kept(store.workings, stamp)
    entries, journal = {entry.key: entry for entry in articles}, store.journal.folder
    gone, come = known.differences(entries, places, journal) if known else ({}, {})
    if known is None or not _is_little(gone, come, known):
        resolver.workers = crew.workers(len(articles) >= FEW)
        graph = resolver.resolve(list(places.values()))
        give_back()
        if resolver.many:  # nearly all of it will stay
            store.prepare([bucket.content for bucket in graph.buckets])
        progress.stage("validating")
        judgement = Judgement(resolver, rules).of(graph)
        folder = Path(resolver.setting.scratch)
        told = {entry.key: (what(entry), places[entry.key]) for entry in articles}
        keep(Workings(stamp, told, resolver.keep(), graph, judgement.known), folder)
        reviser = Reviser(resolver, graph, places)
        return judge(reviser, judgement, graph, {}, {}, places, progress), folder.name
    progress.stage("resolving and validating what hangs together with what changed")
    resolver.workers = crew.workers(len(gone.keys() | come.keys()) >= FEW)
    resolver.restore(known.kept)
    reviser, judgement = Reviser(resolver, known.graph, places), Judgement(resolver, rules, known.known)
    graph = judgement.revised(reviser, gone, come, ())
    return judge(reviser, judgement, graph, gone, come, places, progress), Path(known.folder).name


def _is_little(gone: Mapping[str, Place], come: Mapping[str, Place], known: Workings) -> bool:
    """Tell whether it is less work to revise than to begin anew, and the records of what is gone are there still."""
    little = len(gone.keys() | come.keys()) * LITTLE <= len(known.articles) + FEW
    return little and all(Path(path).is_file() for path in {place.path for place in gone.values()})


def map_files(paths: Iterable[str | os.PathLike[str]], *, base: str = BASE, jobs: int = 1,
              progress: Callable[[str], None] | None = None) -> Iterator[bytes | Refusal]:  # fmt: skip
    """Yield the graph of the articles of ``paths`` as sorted N-Quads, in pieces, after a refusal for each that is none.

    Memory stays flat; what is needed on the way lies in a folder for temporary files. Nothing is validated.
    """
    told, named = Progress(progress), [os.fspath(path) for path in paths]
    with TemporaryDirectory() as folder, Store.open(folder, mode="write") as store, Crew(jobs) as crew:
        told.stage("reading and mapping")
        intake = Intake(store, named, version=claims_version())
        take_in(intake, named, crew, told)
        yield from intake.refused
        articles = store.journal.each_once()[0]
        if articles:
            setting = Setting(str(store.scratch()), base, read_places)
            resolver = Resolver(crew.workers(len(articles) >= FEW), setting, Judgements(), progress=told)
            graph = resolver.resolve(list(_places(store, articles).values()))
            yield from (bucket.lines() for bucket in graph.buckets)


def _places(store: Store, articles: Iterable[Entry]) -> dict[str, Place]:
    """Return where the records are, by key, those that lie together being together."""
    places = ((entry.key, store.journal.place(entry)) for entry in articles)
    return dict(sorted(places, key=lambda place: place[1]))


def read_places(places: Sequence[Place]) -> Iterator[bytes]:
    """Yield the records at places."""
    return (place.read() for place in places)


def _ledger(base: str, articles: int, state: str, workings: str) -> dict[str, str | int]:
    built = datetime.now(UTC).isoformat(timespec="seconds")
    return {"base": base, "articles": articles, "built": built, "state": state, "workings": workings}


def stored_texts(store: Store) -> dict[str, str]:
    """Return the texts of a store's articles by IRI."""
    payloads = store.journal.payloads(store.journal.each_once()[0])
    articles = (msgspec.msgpack.decode(data, type=Stored).article for data in payloads)
    return {f"{store.base}article/{article.key}": article.text for article in articles}


def kept_judgements(store: Store) -> Judgements:
    """Return the judgements that the last build of a store was given."""
    kept = store.read_file(JUDGEMENTS)
    return parse(kept.decode(), str(store.path / JUDGEMENTS)) if kept else Judgements()


def _summary(verdict: Verdict, articles: Sequence[Entry], store: str) -> Summary:
    """Return what there is to tell of the graph, whatever articles a build was given."""
    graph, report, held = verdict
    files = {entry.key: entry.file for entry in articles}
    return Summary(
        store=store,
        articles=len(articles),
        people=graph.people,
        events=graph.events,
        agreements=graph.agreements,
        discrepancies=graph.discrepancies,
        quads=graph.quads,
        conforms=report.conforms and not held,
        violations=[result.text() for result in report.results if result.severity == "Violation"],
        validation_warnings=sum(result.severity == "Warning" for result in report.results),
        quarantined=sorted((files[key], results[0].message) for key, results in held.items()),
    )


def _told(store: Store, intake: Intake, articles: Sequence[Entry], name: str) -> Summary:
    """Return the summary kept with the graph, with what a build was given added."""
    summary = msgspec.json.decode(store.read_file(SUMMARY) or b"{}", type=Summary)
    notes = [(entry, msgspec.msgpack.decode(entry.note, type=Note)) for entry in articles]
    met = [(entry, note) for entry, note in notes if intake.is_met(entry)]
    summary.store = name
    summary.seen, summary.refused, summary.duplicates = intake.seen, intake.refused, intake.duplicates
    summary.unchanged = sum(not intake.is_new(entry) for entry, _ in met)
    summary.warnings = [(entry.file, warning) for entry, note in met for warning in note.warnings]
    summary.without_date = sorted(entry.file for entry, note in met if not note.dated)
    summary.without_events = sorted(entry.file for entry, note in met if not note.events)
    summary.unread = sum(note.unread for _, note in notes)
    return summary
