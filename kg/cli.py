"""The command line: read arguments, call, print, exit code.

Results go to standard output, messages and progress to standard error. Exit codes: 0 fine; 1 findings (what does not
conform or is contradicted); 2 wrong use or an error, told in one sentence.

Everything but click is imported inside the commands: ``kg --help`` has to answer at once.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypedDict

import click

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.articles import Reading
    from kg.judgements import Judgements
    from kg.publishing import Answer as StoredAnswer
    from kg.publishing import Site
    from kg.publishing.folder import Each, Share, Written
    from kg.queries import Answer, StoredQuery
    from kg.store import Store
    from kg.things import Source

FINDINGS, WRONG = 1, 2
QUERY_FORMATS = ("table", "columns", "csv", "json", "xml", "ttl")
DUMP_FORMATS = ("turtle", "ntriples", "nquads", "trig", "jsonld")
MAP_FORMATS = ("trig", "nquads", "turtle")
REPORT_FORMATS = ("text", "json", "sarif", "turtle", "html")
ENGINES = ("auto", "shacl-rust", "pyshacl")
PROTOCOLS = ("auto", "gsp", "update")
RDF = frozenset((".ttl", ".nt", ".nq", ".trig", ".jsonld"))


class Number(click.FloatRange):
    """A number within bounds; "nan", which lies within none and outside of none, is refused as well."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; refuse what is none."""
        number = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value!r} is no number.", param, ctx)
        return number


SECONDS = Number(0.1, 86_400)


class Commands(click.Group):
    """A group that shows an error of this package once, in one sentence, and lists commands in the order written."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order they were written."""
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as click does; turn what users can mend into a sentence and `WRONG`."""
        try:
            return super().main(*args, **kwargs)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            sys.exit(WRONG)
        except BrokenPipeError:  # the reader has seen enough, "kg dump | head"; say nothing at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Diplomatic news in; a sourced, validated, Wikidata-linked graph out.

    Build a store from articles, then ask it:

    \b
      kg build articles/ --store store
      kg query who-met --person "Xi Jinping" --from 2021 --to 2023
    """


store_option = click.option(
    "--store", default="store", envvar="KG_STORE", show_default=True, show_envvar=True, metavar="DIR",
    type=click.Path(path_type=Path), help="Folder of the store.",
)  # fmt: skip
at_option = click.option("--at", metavar="URL", help="SPARQL endpoint to ask instead of the store.")
default_as_option = click.option(
    "--default-as", default="", metavar="IRI", help="Graph that has our default graph's place there."
)
base_option = click.option("--base", metavar="IRI", help="Base of the IRIs of things, ending in / or #.")
output_option = click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write, - for standard output.",
)


shapes_option = click.option(
    "--shapes",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of SHACL shapes beside ours.",
)
checks_option = click.option(
    "--checks", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder of checks beside ours."
)
deadline_option = click.option(
    "--deadline", metavar="SECONDS", type=SECONDS, default=600, show_default=True,
    help="How long pyshacl and checks of your own may take.",
)  # fmt: skip


jobs_option = click.option(
    "--jobs", metavar="N", type=click.IntRange(1), help="Processes that work at a time; by default one a core."
)


@contextmanager
def open_store(path: Path) -> "Iterator[Store]":
    """Yield the store in ``path``, open for reading."""
    from kg.store import Store

    with Store.open(path) as store:
        yield store


@contextmanager
def open_source(path: Path, at: str | None, default_as: str = "") -> "Iterator[Source]":
    """Yield what is to be asked: the endpoint ``at``, where one is given, else the store in ``path``."""
    if not at:
        if default_as:
            raise KgError("--default-as is for an endpoint elsewhere; give its address as --at")
        with open_store(path) as store:
            yield store
        return
    from kg.endpoint import Endpoint
    from kg.transport import authorization

    yield Endpoint(at, headers=authorization(os.environ), default_as=check_graph(default_as))


@contextmanager
def open_output(path: Path) -> Iterator[IO[bytes]]:
    """Yield ``path`` open to be written, ``-`` being standard output; a file appears only once it is complete."""
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as file:
            yield file
        fresh.replace(path)
    except OSError as error:
        raise KgError(f"{path} cannot be written ({error.strerror}); give -o another name") from None
    finally:
        fresh.unlink(missing_ok=True)


def tell(message: str) -> None:
    """Write a message for the user to standard error."""
    click.echo(message, err=True)


def progress() -> Callable[[str], None] | None:
    """Return what shows progress where someone is watching, else None."""
    return (lambda message: tell(f"… {message}")) if sys.stderr.isatty() else None


@contextmanager
def progress_line() -> Iterator[Callable[[str], None] | None]:
    """Yield what shows progress in one line, where someone is watching, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda message: click.echo(f"\r\x1b[K… {message}", err=True, nl=False)
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)


class Based(TypedDict, total=False):
    """The base of IRIs as a keyword argument."""

    base: str


def check_base(base: str | None) -> Based:
    """Return ``base`` as keyword arguments, none where the default is meant."""
    if base is None:
        return {}
    if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")) or set(base) & set(' <>"{}|\\^`'):
        raise KgError(f"--base takes an http(s) IRI that ends in / or #, not {base!r}")
    return {"base": base}


# ---------------------------------------------------------------------------------------------- map, build, validate


@main.command("map")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(MAP_FORMATS), default="trig", show_default=True, help="RDF to write."
)
@click.option("--cut", is_flag=True, help="Show what was cut away from each article instead, and why.")
@click.option("--unread", is_flag=True, help="Show the sentences that betray an event no mapper could read instead.")
@base_option
@output_option
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="What maps: this process, or Apache Spark, which writes shards of N-Quads to a new folder (-o).",
)
@click.option("--partitions", metavar="N", type=click.IntRange(1), help="Pieces in which Spark shares out the work.")
@jobs_option
def map_(files: tuple[str, ...], form: str, cut: bool, unread: bool, base: str | None, output: Path, engine: str,
         partitions: int | None, jobs: int | None) -> None:  # fmt: skip
    """Map articles to RDF, storing nothing.

    FILE is an article (text, HTML, JSON, JSONL, gzip too), a folder of them, or - for standard input.
    """
    from kg.articles import read

    based = check_base(base)
    if engine == "spark":
        map_on_spark(files, output, partitions, jobs, based)
        return
    if form == "nquads" and not (cut or unread):
        write_mapped(files, output, jobs, based)
        return
    readings = read(files)
    if cut:
        show_cuts(readings)
        return
    from kg.engines import map_articles, nquads

    mapped = map_articles(readings)
    for refusal in mapped.refused:
        tell(f"kg: {refusal.line}")
    if not mapped.records:
        raise KgError(f"no article could be read from {', '.join(files)}; give a file or folder of articles")
    if unread:
        show_unread(mapped.records)
    else:
        write_graph(nquads(mapped.records, **based), form, output, **based)


def write_mapped(paths: tuple[str, ...], path: Path, jobs: int | None, based: Based) -> None:
    """Write the N-Quads of articles, whatever their number, and tell what was refused."""
    from kg.articles import Refusal
    from kg.engines import cores, map_files

    empty = True
    with open_output(path) as output, progress_line() as told:
        for found in map_files(paths, jobs=jobs or cores(), progress=told, **based):
            if isinstance(found, Refusal):
                tell(f"kg: {found.file}: {found.reason}")
            else:
                empty = not output.write(found)
        if empty:
            raise KgError(f"no article could be read from {', '.join(paths)}; give a file or folder of articles")


def map_on_spark(paths: tuple[str, ...], folder: Path, partitions: int | None, jobs: int | None, based: Based) -> None:
    """Map what Spark can read to shards in a folder, and tell what became of it."""
    from kg.engines.spark import map_archive, session

    if str(folder) == "-":
        raise click.UsageError("--engine spark writes shards; give the new folder for them as -o DIR.")
    shards = map_archive(session(jobs), paths, str(folder), partitions=partitions, **based)
    for refusal in shards.refused:
        tell(f"kg: {refusal.line}")
    for file, other in shards.duplicates:
        tell(f"kg: {file}: the same article as {other}")
    tell(f"kg: {shards.articles} articles, {shards.quads:,} quads in {shards.folder}")


def show_cuts(readings: "Iterator[Reading]") -> None:
    """Print what was cut from each article, a paragraph each, and why."""
    from kg.articles import printable

    articles = 0
    for reading in readings:
        if reading.refusal is not None:
            tell(f"kg: {reading.refusal.line}")
        if reading.article is not None:
            articles += 1
            click.echo(f"{printable(reading.article.file)}: {len(reading.article.cut)} cut")
            for cut in reading.article.cut:
                click.echo(f"  [{cut.reason}] {' '.join(cut.text.split())}")
    if not articles:
        raise KgError("no article could be read; give a file or folder of articles")


def show_unread(records: Any) -> None:
    """Print file, reason and sentence of what betrays an event and was not read, apart by tabs."""
    from kg.articles import printable
    from kg.engines import unread_sentences

    for file, unread, sentence in unread_sentences(records):
        click.echo(f"{printable(file)}\t{unread.reason}\t{' '.join(sentence.split())}")


def write_graph(nquads: bytes, form: str, path: Path, *, base: str | None = None) -> None:
    """Write N-Quads in another form."""
    if form == "nquads":
        with open_output(path) as output:
            output.write(nquads)
        return
    from kg.iris import BASE
    from kg.store import Store

    write_dump(Store.in_memory(nquads, base=base or BASE), form, path)


def write_dump(store: "Store", form: str, path: Path) -> None:
    """Write a store as ``form`` to ``path``, and tell what the form leaves out."""
    from kg.dumps import dump

    with open_output(path) as output:
        note = dump(store, form, output)
    if note:
        tell(f"kg: {note}")


@main.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@store_option
@click.option(
    "--judgements",
    metavar="FILE",
    type=click.Path(path_type=Path),
    envvar="KG_JUDGEMENTS",
    show_envvar=True,
    help="SSSOM/TSV that says which thing is which Wikidata item; the store keeps a copy for the next build.",
)
@click.option("--prune", is_flag=True, help="Remove articles that came from the PATHs before and are there no more.")
@click.option("--strict", is_flag=True, help="Exit with 1 for refused articles, contradictions and warnings too.")
@base_option
@shapes_option
@checks_option
@deadline_option
@jobs_option
def build(paths: tuple[str, ...], store: Path, judgements: Path | None, prune: bool, strict: bool, base: str | None,
          shapes: tuple[Path, ...], checks: tuple[Path, ...], deadline: float, jobs: int | None) -> None:  # fmt: skip
    """Map, resolve, validate and store articles; print a summary.

    PATH is an article, a file, archive or crawl of articles, a feed, a folder of these, or - for standard input
    (docs/inputs.md has the formats). What the store holds already stays: a changed article is replaced whole, an
    unchanged one not read again, and a build that was stopped goes on where it was. Of a store that is there no PATH is
    needed. An article that breaks a rule stays out of the default graph: kg query quarantined.
    """
    if not paths and judgements is None and not (store / "store.json").exists():
        raise click.UsageError("Missing argument 'PATH...'.")
    from kg.engines import Rules, cores
    from kg.engines import build as build_store
    from kg.judgements import load

    judged = load(judgements) if judgements else None
    rules = Rules(shapes=shapes, checks=checks, deadline=deadline)
    with progress_line() as told:
        summary = build_store(paths, store, judgements=judged, rules=rules, prune=prune, jobs=jobs or cores(),
                              progress=told, **check_base(base))  # fmt: skip
    click.echo(summary.text(), nl=False)
    sys.exit(FINDINGS if summary.findings(strict) else 0)


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@store_option
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@shapes_option
@checks_option
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="What applies the shapes."
)
@deadline_option
@click.option(
    "--format", "form", type=click.Choice(REPORT_FORMATS), default="text", show_default=True, help="How to write it."
)
@output_option
def validate(files: tuple[Path, ...], store: Path, strict: bool, shapes: tuple[Path, ...], checks: tuple[Path, ...],
             engine: str, deadline: float, form: str, output: Path) -> None:  # fmt: skip
    """Check a store, RDF files or articles; print what to mend, where, and the sentence behind it.

    FILE is RDF (.ttl .nt .nq .trig .jsonld, or .json with a @context) or an article; without FILE the store is
    checked. Lines and columns are those of the article's text as kg reads it.
    """
    from kg.engines import Rules
    from kg.validation.formats import WRITERS

    quads, texts = data_to_validate(files, store)
    report = Rules(shapes=shapes, checks=checks, engine=engine, deadline=deadline).report(quads, texts)
    for note in report.notes:
        tell(f"kg: {note}")
    with open_output(output) as written:
        written.write(WRITERS[form](report).encode())
    sys.exit(FINDINGS if not report.conforms or (strict and report.counts["Warning"]) else 0)


def data_to_validate(files: tuple[Path, ...], store: Path) -> tuple[bytes, dict[str, str]]:
    """Return N-Quads and the texts of articles by IRI, from files or from a store."""
    from pyoxigraph import RdfFormat

    from kg import engines
    from kg.validation import read_quads
    from kg.validation.statements import nquads

    if not files:
        with open_store(store) as opened:
            return opened.database.dump(format=RdfFormat.N_QUADS) or b"", engines.stored_texts(opened)
    graphs = [file for file in files if is_rdf(file)]
    data = nquads([quad for file in graphs for quad in read_quads(file)])
    if len(graphs) == len(files):
        return data, {}
    from kg.articles import read

    mapped = engines.map_articles(read([str(file) for file in files if file not in graphs]))
    for refusal in mapped.refused:
        tell(f"kg: {refusal.line}")
    if not mapped.records:
        raise KgError(f"nothing could be read from {', '.join(map(str, files))}; give RDF files or articles")
    return data + engines.nquads(mapped.records), engines.texts(mapped.records)


def is_rdf(file: Path) -> bool:
    """Tell whether a file is RDF and no article; of JSON its first keys tell."""
    if file.suffix.lower() != ".json":
        return file.suffix.lower() in RDF
    try:
        with file.open("rb") as opened:
            beginning = opened.read(4096)
    except OSError:
        return False
    return any(key in beginning for key in (b'"@context"', b'"@graph"', b'"@id"'))


# ---------------------------------------------------------------------------------------------- queries


@main.command("queries")
def list_queries() -> None:
    """List the stored queries, what they answer and what they ask for."""
    from kg.queries import load, names

    for name in names():
        query = load(name)
        asked = " ".join(f"--{p.name}" if p.required else f"[--{p.name}]" for p in query.parameters)
        click.echo(f"{name:<18}{query.summary}{f' ({asked})' if asked else ''}")


class StoredQueries(click.Group):
    """A group whose commands are the stored queries, each with its parameters as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the stored queries."""
        from kg.queries import names

        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command of a stored query. Raises `QueryError` with near names where there is none."""
        from kg.queries import load

        return query_command(load(cmd_name))


def query_command(query: "StoredQuery") -> click.Command:
    """Return a stored query as a command."""
    parameters: list[click.Parameter] = [
        click.Option(
            [f"--{parameter.name}", f"value_{parameter.name}"],
            metavar=parameter.type.upper(),
            default=parameter.default,
            help=parameter.description + (" (required)" if parameter.required else ""),
        )
        for parameter in query.parameters
    ]
    command = click.Command(
        query.name,
        params=parameters,
        callback=partial(run_query, query),
        help=f"{query.summary}.\n\n{query.description}\n\nColumns: {', '.join(query.columns)}.",
        short_help=query.summary,
    )
    return store_option(at_option(default_as_option(query_format_option(command))))


query_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(QUERY_FORMATS),
    default="table",
    show_default=True,
    help="How to write the answer.",
)


@main.command("query", cls=StoredQueries, subcommand_metavar="NAME [--param value]...")
def query_() -> None:
    """Ask a stored query.

    A person, country, office, event … may be given by name in any spelling, by code, by Wikidata id or by IRI.
    With --at URL another triple store is asked, with KG_USER and KG_PASSWORD, or KG_TOKEN, where they are set.
    """


def run_query(query: "StoredQuery", /, store: Path, at: str | None, default_as: str, form: str,
              **values: str | None) -> None:  # fmt: skip
    """Run a stored query and print its answer."""
    from kg.queries import run

    given = {name.removeprefix("value_"): value for name, value in values.items() if value is not None}
    with open_source(store, at, default_as) as source:
        write_answer(run(source, query, given), form, source)


def write_answer(answer: "Answer", form: str, source: "Source") -> None:
    """Print an answer in one of `QUERY_FORMATS`; tables cut IRIs below the base of ``source`` short."""
    from kg.queries import WRITERS, Table, write_columns, write_table

    # Names of every script must come out whatever the locale, and CSV's line ends stay as written.
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    if form == "table":
        write_table(answer, sys.stdout, base=source.base)
        if isinstance(answer, Table) and sys.stderr.isatty():
            tell(f"{len(answer.rows)} row{'s' * (len(answer.rows) != 1)}")
    elif form == "columns":
        write_columns(answer, sys.stdout, base=source.base)
    else:
        WRITERS[form](answer, sys.stdout)
    sys.stdout.flush()


@main.command()
@click.argument("query", default="-", metavar="[QUERY|-]")
@store_option
@at_option
@click.option(
    "--format", "form", type=click.Choice(QUERY_FORMATS), help="How to write the answer.  [default: table, or ttl]"
)
def sparql(query: str, store: Path, at: str | None, form: str | None) -> None:
    """Ask SPARQL of your own: SELECT, ASK, CONSTRUCT or DESCRIBE.

    QUERY is the query, or - to read it from standard input.
    """
    from kg.namespaces import PREFIXES
    from kg.queries import Graph, ask

    text = sys.stdin.read() if query == "-" else query
    with open_source(store, at) as source:
        answer = ask(source, text, prefixes=PREFIXES)
        write_answer(answer, form or ("ttl" if isinstance(answer, Graph) else "table"), source)


@main.command()
@click.argument("thing", metavar="IRI")
@store_option
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to write it."
)
def explain(thing: str, store: Path, form: str) -> None:
    """Go from any thing back to the sentences that state it.

    IRI may also be the end of one (event/2021-02-08-…), a name, a Wikidata id or an article's file.
    """
    from kg.explain import explain as explain_thing
    from kg.explain import to_json, to_text

    with open_store(store) as opened:
        explanation = explain_thing(opened, thing)
    click.echo(to_json(explanation) if form == "json" else to_text(explanation), nl=form == "json")


@main.command()
@store_option
@click.option(
    "--format", "form", type=click.Choice(DUMP_FORMATS), default="turtle", show_default=True, help="RDF to write."
)
@output_option
def dump(store: Path, form: str, output: Path) -> None:
    """Write the store as RDF, byte for byte the same each time.

    turtle and ntriples hold the default graph; nquads, trig and jsonld the articles' graphs too.
    """
    with open_store(store) as opened:
        write_dump(opened, form, output)


@main.command()
@store_option
def check(store: Path) -> None:
    """Read every byte of the store and tell what is damaged, and what to do about it.

    Exits with 1 where something is. A build may go on meanwhile.
    """
    from kg.store.damage import damage, extent

    found = damage(store)
    for sentence in found:
        click.echo(sentence)
    if not found:
        click.echo(extent(store))
    sys.exit(FINDINGS if found else 0)


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@store_option
def backup(target: Path, store: Path) -> None:
    """Copy the store to a new folder, beside readers and builds, and verify the copy.

    The copy is a store: give it as --store, or copy it back.
    """
    from kg.store.backups import back_up
    from kg.store.damage import extent

    back_up(store, target)
    click.echo(extent(target))


# ---------------------------------------------------------------------------------------------- publishing


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@store_option
@click.option("--title", default="Diplomacy knowledge graph", show_default=True, metavar="TEXT", help="Name of it.")
@click.option("--licence", default="", metavar="IRI", help="Licence of the data, for the catalogue.")
@click.option("--publisher", default="", metavar="NAME", help="Who publishes it, for the catalogue.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other files.")
@jobs_option
def publish(target: Path, store: Path, title: str, licence: str, publisher: str, force: bool, jobs: int | None) -> None:
    """Write the store as a site for any web host, with a release pack.

    Pages, a thing each, with its RDF beside it; dumps of everything, gzipped too, under data/; catalogue.ttl (DCAT,
    VoID). The same store gives the same bytes.
    """
    from kg.dumps import dump as write
    from kg.publishing import Release
    from kg.publishing import publish as publish_site

    if licence and not licence.startswith(("http://", "https://")):
        raise KgError(
            f"--licence takes an http(s) IRI, as https://creativecommons.org/licenses/by/4.0/, not {licence!r}"
        )
    with open_store(store) as opened, processes(jobs) as each:
        site = site_of(opened, title)
        release = Release(title, licence, publisher)
        told = progress() or (lambda message: None)
        files = publish_site(site, target, write, release, force=force, tell=told, each=each)
    click.echo(f"{files:,} files in {target}; open {target / 'index.html'}")
    if not licence:
        tell("kg: the catalogue names no licence; add --licence IRI so that others may use the data")


@contextmanager
def processes(jobs: int | None) -> "Iterator[Each | None]":
    """Yield what shares work out to processes and gives what they return; None where there is to be one alone."""
    from kg.engines import cores
    from kg.engines.workers import Died, Processes

    if (jobs := jobs or cores()) == 1:
        yield None
        return
    with Processes(jobs) as workers:

        def each(function: "Callable[[Share], Written]", shares: "Iterable[Share]") -> "Iterator[Written]":
            for done in workers.each(function, shares):
                if isinstance(done.result, Died):
                    raise KgError(
                        f"a process {done.result.reason} while it wrote pages; free some memory or take fewer --jobs"
                    )
                yield done.result

        yield each


@main.command()
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("text", "patch")), default="text", show_default=True, help="How to write it."
)
@output_option
def diff(old: Path, new: Path, form: str, output: Path) -> None:
    """Tell what changed from one release to the next, in words or as an RDF patch.

    OLD and NEW are stores, folders of kg publish, or sorted N-Quads, gzipped or not. Exits with 1 where they differ.
    """
    from kg.publishing import changes, patch, words

    with lines_of(old) as before, lines_of(new) as after:
        found = changes(before(), after())
        with open_output(output) as written:
            for line in patch(found) if form == "patch" else words(found, after):
                written.write(f"{line}\n".encode())
    sys.exit(FINDINGS if found.removed or found.added else 0)


@contextmanager
def lines_of(path: Path) -> "Iterator[Callable[[], Iterator[str]]]":
    """Yield what gives the sorted N-Quads of a store or release."""
    from tempfile import TemporaryDirectory

    from kg.publishing import release_lines

    if not (path / "store.json").is_file():
        yield partial(release_lines, path)
        return
    with TemporaryDirectory() as folder, open_store(path) as opened:
        file = Path(folder) / "articles.nq"
        write_dump(opened, "nquads", file)
        yield partial(release_lines, file)


def site_of(store: "Store", title: str, *, endpoint: str = "") -> "Site":
    """Return the site of a store, with the stored queries; ``endpoint`` is where a server answers SPARQL."""
    from kg.publishing import Question, Site
    from kg.queries import load, names

    questions = [
        Question(query.name, query.summary, query.description, query.text,
                 query.parameters, query.lists)
        for query in map(load, names())
    ]  # fmt: skip
    return Site(store, tuple(questions), stored_answer, title, endpoint=endpoint)


def stored_answer(store: "Store", name: str) -> "StoredAnswer":
    """Return the answer of a stored query that needs no parameters, for a page."""
    import io

    from kg.publishing import Answer as StoredAnswer
    from kg.queries import WRITERS, Table, load, run

    answer = run(store, load(name), {})
    if not isinstance(answer, Table):
        raise KgError(f"the stored query {name} gives no table; make it a SELECT")
    output = io.StringIO(newline="")
    WRITERS["csv"](answer, output)
    return StoredAnswer(answer.columns, answer.rows, output.getvalue().encode())


@main.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port to listen on; 0: any.",
)
@click.option("--title", default="Diplomacy knowledge graph", show_default=True, metavar="TEXT", help="Name of it.")
@click.option("--root-path", default="", metavar="PATH", help="Path below which a proxy serves it, as /kg.")
@click.option(
    "--deadline",
    type=SECONDS,
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=2000,
    show_default=True,
    metavar="MB",
    help="How much memory a query may take; 0: no limit.",
)
@click.option(
    "--rate",
    type=Number(0),
    default=200.0,
    show_default=True,
    metavar="N",
    help="Queries a second of one client, over time; 0: no limit.",
)
def serve(
    store: Path, host: str, port: int, title: str, root_path: str, deadline: float, memory: int, rate: float
) -> None:
    """Serve the store: its pages at /, things at /id/…, SPARQL at /sparql, stored queries at /query/NAME.csv?….

    Everything is read-only. Queries run in processes of their own, with a deadline and a memory cap. Names are matched
    for OpenRefine at /reconcile; /openapi.json describes all of it. A store that is built anew is served without a
    restart.
    """
    from kg.store import Store

    try:
        from kg.serving.app import Limits, application
        from kg.serving.running import run
    except ImportError:
        raise KgError("kg serve needs more: pip install 'diplomacy-kg[serve]'") from None

    def opened() -> "Site":
        now = Store.open(store)
        now.database  # noqa: B018  tells in a sentence that there is nothing yet
        return site_of(now, title, endpoint="sparql")

    limits = Limits(deadline=deadline, memory=memory * 1_000_000, rate=rate)
    app = application(opened(), limits, opened)
    run(
        app, host, port, root_path=root_path, patience=deadline,
        begun=lambda port: tell(f"serving {store} at http://{host}:{port}{root_path}/"),
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- loading


@main.command()
@store_option
@click.option("--to", "to", required=True, metavar="URL", help="Address of the triple store; docs/stores has them.")
@click.option(
    "--protocol",
    type=click.Choice(PROTOCOLS),
    default="auto",
    show_default=True,
    help="How to write: Graph Store Protocol, SPARQL Update, or the first that is taken.",
)
@default_as_option
@click.option("--show", is_flag=True, help="Print what would be sent and dropped; nothing is sent.")
@click.option("--again", is_flag=True, help="Send everything, whatever was loaded before.")
@click.option("--replace", is_flag=True, help="Replace what the default graph holds though it is not from here.")
@click.option("--trust", is_flag=True, help="Take the store's word instead of asking what it holds then.")
@click.option(
    "--batch", type=Number(0.001, 1000), default=8, show_default=True, metavar="MB", help="Most to send in one request."
)
@click.option(
    "--deadline", type=SECONDS, default=900, show_default=True, metavar="SECONDS", help="For a request, tries included."
)
def load(store: Path, to: str, protocol: str, default_as: str, show: bool, again: bool, replace: bool, trust: bool,
         batch: float, deadline: float) -> None:  # fmt: skip
    """Load the store into a triple store elsewhere, sending the graphs that changed.

    Each graph is kept as loaded once the triple store, asked again, holds it; a load that ends early goes on where it
    was. Graphs that are gone here are dropped there, graphs of others left alone. KG_USER and KG_PASSWORD, or KG_TOKEN,
    are sent as Basic or Bearer authentication.
    """
    from contextlib import closing

    from kg import loading
    from kg.transport import authorization

    with open_store(store) as opened, closing(
        loading.Loader(
            opened, to, headers=authorization(os.environ), protocol=protocol, default_as=check_graph(default_as),
            again=again, replace=replace, trust=trust, batch=int(batch * (1 << 20)), deadline=deadline,
            tell=progress(),
        )
    ) as loader:  # fmt: skip
        click.echo(loader.plan().text() if show else loader.load().text(), nl=False)


def check_graph(iri: str) -> str:
    """Return ``iri`` if it can name a graph, or is empty."""
    from pyoxigraph import NamedNode

    try:
        return NamedNode(iri).value if iri else ""
    except ValueError:
        raise KgError(f"--default-as takes an IRI, not {iri!r}") from None


# ---------------------------------------------------------------------------------------------- who is who


@main.command()
@click.argument("title", required=False)
@click.option("--of", "of", metavar="COUNTRY", help="Country or organisation, by name or code.")
@click.option("--on", "on", metavar="DATE", help="Day, as 2023-12-01.")
@click.option("--name", metavar="NAME", help="Name to check: is, or was, this the holder?")
@click.option(
    "--batch", metavar="FILE.tsv", type=click.Path(path_type=Path), help="Columns title, of, on, name; - reads stdin."
)
@click.option("--strict", is_flag=True, help="Exit with 1 where something is contradicted.")
@click.option("--why", is_flag=True, help="Add the tenure that says so, and why an answer is not plain.")
def who(
    title: str | None, of: str | None, on: str | None, name: str | None, batch: Path | None, strict: bool, why: bool
) -> None:
    """Tell who held an office on a day, or what contradicts a name.

    Prints tab-separated columns title, of, on, name, holder, wikidata, verdict; the verdict is holder, also-held,
    unknown or contradicted. --why adds the tenure that says so (office, start, end, as_of: the day it was last seen
    open) and, where the answer is not plain, why as a word and as a sentence.
    """
    if batch is not None and (title or of or on or name):
        raise click.UsageError("give either --batch or TITLE, --of, --on and --name")
    if batch is None and not (title and of and on):
        raise click.UsageError("give TITLE, --of COUNTRY and --on DATE, or --batch FILE.tsv")
    columns, rows = read_batch(batch) if batch else (list(WHO), [[title or "", of or "", on or "", name or ""]])
    contradicted, bad = answer_who(columns, rows, why=why)
    if bad:
        raise KgError(f"{bad} of {len(rows)} rows have no date that is one; the others are answered")
    sys.exit(FINDINGS if strict and contradicted else 0)


WHO = ("title", "of", "on", "name")
WHO_ADDED = ("holder", "wikidata", "verdict")
WHO_WHY = ("office", "start", "end", "as_of", "why", "reason")


def read_batch(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a tab-separated file that has the columns `WHO`, name left out or not."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path} cannot be read ({error}); give a UTF-8 file of tab-separated columns") from None
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    missing = [column for column in WHO[:3] if not lines or column not in lines[0]]
    if missing:
        raise KgError(f"{path} has no column {', '.join(missing)}; begin it with the header: {' '.join(WHO)}")
    header, *rows = lines
    ragged = next((number for number, row in enumerate(rows, 2) if len(row) > len(header)), None)
    if ragged:
        raise KgError(
            f"{path}, row {ragged} has more cells than the header; separate the {len(header)} columns by tabs"
        )
    return header, [row + [""] * (len(header) - len(row)) for row in rows]


def day_of(text: str) -> str:
    """Return ``text`` if it is a date of the calendar, at the precision of a day, a month or a year."""
    from datetime import date

    filled = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        if date.fromisoformat(filled).isoformat() == filled:
            return text
    except ValueError:
        pass
    raise KgError(f"{text!r} is not a date; write it as 2023-12-01")


def answer_who(columns: list[str], rows: list[list[str]], *, why: bool) -> tuple[bool, int]:
    """Print ``rows`` with what who is who answers; return whether anything is contradicted, and how many dates are bad.

    A row with a bad date is unknown, told on standard error and passed over; of one row alone it is an error.
    """
    from kg.authority import Answer, Authority

    authority = Authority.load()
    click.echo("\t".join((*columns, *WHO_ADDED, *(WHO_WHY if why else ()))))
    contradicted, bad = False, 0
    for number, row in enumerate(rows, 2):
        asked = dict(zip(columns, row, strict=True))
        try:
            answer = authority.who(asked["title"], asked["of"], day_of(asked["on"]), asked.get("name") or None)
        except KgError as error:
            if len(rows) == 1:
                raise
            tell(f"kg: row {number}: {error}")
            answer, bad = Answer("unknown", why="no-date", reason=str(error)), bad + 1
        contradicted |= answer.verdict == "contradicted"
        # Of several who held it, the one asked about; where nobody was asked about, all.
        holders = answer.holders[:1] if asked.get("name") and answer.verdict != "contradicted" else answer.holders
        labels, ids = ("; ".join(cells) for cells in ([p.label for p in holders], [p.wikidata or "" for p in holders]))
        tenure = answer.tenure
        reasons = (tenure.office, tenure.start, tenure.end, tenure.as_of) if tenure else ("", "", "", "")
        added = (labels, ids.strip("; "), answer.verdict, *((*reasons, answer.why, answer.reason) if why else ()))
        click.echo("\t".join((*row, *added)))
        if len(rows) == 1 and answer.reason:
            tell(f"kg: {answer.reason}")
    return contradicted, bad


# ---------------------------------------------------------------------------------------------- Wikidata

WIKIDATA_SERVICE = "https://wikidata.reconci.link/en/api"


@main.command()
@store_option
@click.option(
    "--judgements",
    default="judgements.sssom.tsv",
    show_default=True,
    metavar="FILE",
    envvar="KG_JUDGEMENTS",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="SSSOM/TSV to read, and to add what is decided to.",
)
@click.option("--service", default=WIKIDATA_SERVICE, show_default=True, metavar="URL", help="Reconciliation service.")
@click.option(
    "--threshold", default=95.0, show_default=True, help="Score from which a candidate without rival is accepted."
)
@click.option("--review", is_flag=True, help="Decide in the terminal what was left open, asking no service.")
@click.option(
    "--author",
    envvar="KG_AUTHOR",
    show_envvar=True,
    default="",
    metavar="NAME",
    help="Who decides: an ORCID or a name.",
)
@click.option(
    "--cache",
    metavar="DIR",
    envvar="KG_CACHE",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="Folder of answers given before.  [default: the user's cache folder]",
)
@click.option("--fresh", is_flag=True, help="Ask anew what was answered before.")
@click.option(
    "--quickstatements",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write new tenures as QuickStatements instead, - for standard output; nothing is sent.",
)
@click.option(
    "--mismatches", metavar="FILE", type=click.Path(path_type=Path),
    help="Write contradictions as a Mismatch Finder import instead; nothing is sent.",
)  # fmt: skip
def link(store: Path, judgements: Path, review: bool, author: str, quickstatements: Path | None,
         mismatches: Path | None, **asking: Any) -> None:  # fmt: skip
    """Find Wikidata items for what has none, and tell Wikidata's editors what they have not.

    A candidate above the threshold without rival becomes a judgement; the rest goes to a file beside the judgements and
    stays unlinked until --review decides. kg build --judgements FILE brings judgements into the graph.
    """
    if quickstatements or mismatches:
        give_back(store, quickstatements, mismatches)
    elif review:
        review_links(judgements, author)
    else:
        sys.exit(find_links(store, judgements, **asking))


def review_file(judgements: Path) -> Path:
    """Return the file beside the judgements for what is not decided."""
    return judgements.with_name(judgements.name.removesuffix(".tsv").removesuffix(".sssom") + ".review.tsv")


def load_judgements(path: Path, store: "Store | None" = None) -> "Judgements":
    """Return the judgements of a file that agree with each other, where there is no file yet those of the store."""
    from kg.engines import kept_judgements
    from kg.judgements import Judgements, load

    if path.exists():
        judged = load(path)
    else:
        judged = kept_judgements(store) if store else Judgements()
        judged.name = str(path)
    judged.clusters()
    return judged


def find_links(store: Path, path: Path, *, service: str, threshold: float, cache: Path | None, fresh: bool) -> int:
    """Ask a service for items, print what came of it and return the exit code."""
    from datetime import date

    from kg import linking
    from kg.authority import Authority

    answers = linking.Cache(cache or user_cache(), service, fresh=fresh)
    with open_store(store) as opened:
        linker = linking.Linker(
            service=linking.Service.connect(service, linking.Transport(), answers),
            judgements=load_judgements(path, opened),
            path=path,
            review=review_file(path),
            on=date.today(),
            threshold=threshold,
            words=Authority.load().name_words,
            taken=linking.linked(opened),
            tell=progress() or (lambda message: None),
        )
        things = linking.unlinked(opened)
    report = linker.link(things)
    for name in report.nameless:
        tell(f"kg: {name!r} is too short a name to ask for")
    for problem in report.unusable:
        tell(f"kg: {problem}")
    click.echo(report.text(), nl=False)
    for line in report.accepted:
        click.echo(f"= {line}")
    if report.accepted:
        tell(f"kg: bring them into the graph with: kg build --judgements {path} --store {store}")
    if report.review:
        tell(f"kg: decide the rest with: kg link --review --judgements {path}")
    return FINDINGS if report.unusable else 0


def user_cache() -> Path:
    """Return the folder for what can be had again."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "diplomacy-kg"


def review_links(path: Path, author: str) -> None:
    """Ask a person to decide item by item; each decision is on disk before the next is asked for."""
    from datetime import date

    from kg import linking

    judged = load_judgements(path)
    items = linking.load_items(review_file(path))
    if not items:
        click.echo("nothing to review")
    left = list(items)
    for number, item in enumerate(items, 1):
        click.echo(f"\n[{number}/{len(items)}] {item.text()}")
        while (choice := ask_choice(len(item.proposals))) not in ("q", "s"):
            try:
                linking.decide(judged, item, choice, author=author, on=date.today())
            except KgError as error:
                tell(f"kg: {error}")
                continue
            left.remove(item)
            judged.save(path)
            linking.save_items(review_file(path), left)
            break
        if choice == "q":
            break
    if len(left) < len(items):
        tell(f"kg: bring the decisions into the graph with: kg build --judgements {path}")


def ask_choice(candidates: int) -> str:
    """Return what a person chooses; the end of input means to quit."""
    numbers = f"1{f'-{candidates}' if candidates > 1 else ''} it is that one, n none of these, " if candidates else ""
    try:
        return str(click.prompt(f"{numbers}t no such item, s skip, q quit", prompt_suffix=": ")).strip().lower()
    except click.Abort:
        click.echo()
        return "q"


def give_back(store: Path, quickstatements: Path | None, mismatches: Path | None) -> None:
    """Write what Wikidata's editors may want, for them to review."""
    from kg import linking
    from kg.authority import Authority

    with open_store(store) as opened:
        if quickstatements:
            found = linking.tenures(opened, Authority.load())
            with open_output(quickstatements) as output:
                output.write(found.text().encode())
            tell(f"kg: {found.summary()}")
        if mismatches:
            contradictions = linking.mismatches(opened, Authority.load())
            with open_output(mismatches) as output:
                output.write(contradictions.text().encode())
            tell(f"kg: {contradictions.summary()}")
