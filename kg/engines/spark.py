"""Apache Spark: mapping and resolution of archives, on one machine or a cluster, to sorted shards of N-Quads.

The stages are those of the local engine (`kg.engines.stages`), with Spark's shuffles where that has files:

    sources ─▶ records ─▶ reports ─ by slug ─▶ tellings ─ by block ─▶ pairs ─▶ events, articles ─ by range ─▶ shards

Through the driver go duplicates, the pairs of tellings that may be one event, and the facts (one a thing, not an
article): some hundred bytes for each; of a few articles the subjects too, which say where to cut. Articles, reports and
lines never do. Lines pass through Java in runs, sorted in Python: for a row a line Java takes longer than Python does.
"""

import os
import shutil
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice, pairwise
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import msgspec

from kg.articles import Refusal, Source, unpack
from kg.engines import stages
from kg.engines.mapping import first_of_each, map_source
from kg.engines.stages import article_writer, event_parts, event_writer
from kg.errors import EngineError
from kg.iris import BASE, digest
from kg.judgements import Judgements
from kg.language.lexicon import load_lexicon
from kg.resolution import Record
from kg.resolution.clusters import Telling, components, joined, pairs_of
from kg.resolution.links import Links
from kg.resolution.matching import Ground, blocks
from kg.resolution.parts import Fact, Facts, Part
from kg.resolution.references import ReferenceWriter
from kg.resolution.reports import Report, reports_of, solo_name

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

    Batches = Iterator[RecordBatch]

ROWS, PARQUET = "{jsonl,ndjson,jsonlines}", "parquet"
"""Endings of files that are read row by row; what ends otherwise is read whole."""
_DAEMON = "kg.engines.daemon"
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""On one machine nearly all of the work is Python's; compiling Java well takes longer than what it saves."""
_BATCH = 4_000_000
"""Bytes that go back to Spark at a time, about."""
Row = tuple[Any, ...]


class Shards(NamedTuple):
    """What a run has written."""

    folder: str
    """Its text files, in the order of their names, are the graph as sorted N-Quads."""
    articles: int
    quads: int
    refused: list[Refusal]
    duplicates: list[tuple[str, str]]


def session(jobs: int | None = None) -> "SparkSession":
    """Return the session that is active or that ``spark-submit`` describes, else one on ``jobs`` cores of this machine.

    Raises `EngineError` where PySpark or Java is missing.
    """
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError("PySpark is not installed; install it with: pip install 'diplomacy-kg[spark]'") from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise EngineError("Spark needs Java 17 or newer; install it, or set JAVA_HOME")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("diplomacy-kg").config("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.python.daemon.module", _DAEMON)
    if not SparkConf().contains("spark.master"):
        builder = (
            builder.master(f"local[{jobs or '*'}]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.memory", "2g")
            .config("spark.driver.extraJavaOptions", _JAVA)
        )
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def map_archive(
    spark: "SparkSession",
    paths: Sequence[str],
    folder: str,
    *,
    base: str = BASE,
    judgements: Judgements | None = None,
    partitions: int | None = None,
) -> Shards:
    """Map and resolve the articles of ``paths``, anything Spark can read, into shards in ``folder``, which is new.

    ``partitions`` are the pieces in which work is shared out, by default four a core. Raises `EngineError`.
    """
    from pyspark.sql import Observation
    from pyspark.sql import functions as f
    from pyspark.storagelevel import StorageLevel

    pieces = partitions or 4 * spark.sparkContext.defaultParallelism
    spark.conf.set("spark.sql.shuffle.partitions", pieces)
    disk = StorageLevel.DISK_ONLY
    mapped = sources(spark, paths).repartition(pieces).mapInArrow(_map, _MAPPED).persist(disk)
    again, dropped, duplicates = _duplicates(mapped)
    refused = [Refusal(*row) for row in mapped.where("refused is not null").select("file", "refused").collect()]
    kept = mapped.where("refused is null")
    if again:
        kept = kept.dropDuplicates(["file", "content"])
    if dropped:
        gone = spark.createDataFrame(dropped, "file string, content string")
        kept = kept.join(f.broadcast(gone), ["file", "content"], "left_anti")
    records = kept.select("record")
    articles = records.count()
    if not articles:
        reasons = "; ".join(f"{refusal.file}: {refusal.reason}" for refusal in refused[:3])
        raise EngineError(f"no article could be read from {', '.join(paths)}" + (f" ({reasons})" if reasons else ""))
    cuts = _cuts(records, articles, pieces, base)
    reports = records.mapInArrow(partial(_tell, base), _REPORTS)
    tellings = (
        reports.repartition(pieces, "slug")
        .sortWithinPartitions("slug", "article", "position")
        .mapInArrow(_gather, _TELLINGS)
        .persist(disk)
    )
    compared = (
        tellings.select(f.explode("blocks").alias("block"), "slug", "telling")
        .repartition(pieces, "block")
        .sortWithinPartitions("block", "slug")
        .mapInArrow(_compare, _PAIRS)
    )
    heads = spark.createDataFrame(_heads(sorted(set(map(tuple, compared.collect())))), _HEADS)
    events = (
        tellings.join(f.broadcast(heads), "slug", "left")
        .select(f.coalesce("head", "slug").alias("head"), "slug", "telling", "pairs")
        .repartition(pieces, "head")
        .sortWithinPartitions("head", "slug")
        .mapInArrow(partial(_join, base, cuts), _WRITTEN)
        .persist(disk)
    )
    names = {old: new for part in _held(events, "name") for old, new in msgspec.msgpack.decode(part)}
    known = spark.sparkContext.broadcast(names)
    states = records.mapInArrow(partial(_state, base, cuts, known), _WRITTEN).persist(disk)
    written = events.union(states)
    references = _references(spark, written, pieces, base, cuts, judgements or Judgements())
    runs = written.where("kind = 'line'").union(references).select("place", "held")
    ordered = runs.repartitionByRange(pieces, "place").sortWithinPartitions("place").mapInArrow(_finish, _FINISHED)
    counted = Observation()
    _save(ordered.observe(counted, f.sum("quads").alias("quads")).select("text"), folder)
    for frame in (mapped, tellings, events, states):
        frame.unpersist()
    return Shards(folder, articles, counted.get["quads"], sorted(refused, key=lambda r: r.file), duplicates)


def _save(lines: "DataFrame", folder: str) -> None:
    from pyspark.errors import AnalysisException

    try:
        lines.write.text(folder, lineSep="\n")
    except AnalysisException as error:
        raise EngineError(f"{folder} cannot be written ({error.getCondition()}); give -o a new folder") from None


# -- sources ----------------------------------------------------------------------------------------------------------

_SOURCES = "origin string, file string, kind string, data binary, url string, charset string, warnings array<string>"
_ALONE: Row = (None, None, ())
"""What is known of a source that no crawl found."""
_MAPPED = "file string, key string, words string, content string, refused string, record binary"


def sources(spark: "SparkSession", paths: Sequence[str]) -> "DataFrame":
    """Return the sources in files and folders: rows of JSONL and Parquet, and everything else as whole files."""
    from pyspark.errors import PySparkException

    frames = []
    for path in paths:
        try:
            frames += [read(spark, path) for read in (_whole_files, _lines, _parquet)]
        except PySparkException as error:
            raise EngineError(f"Spark cannot read {path} ({error.getCondition()}); check the path") from None
    found = frames[0]
    for frame in frames[1:]:
        found = found.union(frame)
    return found


def _reader(spark: "SparkSession", form: str, endings: str) -> Any:
    return spark.read.format(form).option("recursiveFileLookup", True).option("pathGlobFilter", endings)


def _whole_files(spark: "SparkSession", path: str) -> "DataFrame":
    """Return the files that hold one article, or several in a form that cannot be cut."""
    files = _reader(spark, "binaryFile", "*").load(path).select("path", "content")
    rows = rf"(?i)\.(jsonl|ndjson|jsonlines)(\.gz)?$|\.{PARQUET}$|/[._][^/]*$"
    return files.where(~files.path.rlike(rows)).mapInArrow(partial(_unpack, _root(spark, path)), _SOURCES)


def _lines(spark: "SparkSession", path: str) -> "DataFrame":
    """Return the lines of files of JSONL, each with its number in its file."""
    from pyspark.sql import functions as f

    read = _reader(spark, "text", f"*.{ROWS}{{,.gz}}").option("lineSep", "\n").load(path)
    placed = read.select(
        f.col("_metadata.file_path").alias("path"),
        f.col("_metadata.file_block_start").alias("start"),
        f.col("value").cast("binary").alias("data"),
    )
    counted = sorted(tuple(row) for row in placed.groupBy("path", "start").count().collect())
    before: dict[tuple[str, int], int] = {}
    for _, pieces in groupby(counted, key=itemgetter(0)):
        lines = 0
        for file, start, count in pieces:
            before[file, start] = lines
            lines += count
    return placed.mapInArrow(partial(_number, _root(spark, path), before), _SOURCES)


def _parquet(spark: "SparkSession", path: str) -> "DataFrame":
    """Return the rows of files of Parquet, each as the JSON object it stands for."""
    from pyspark.sql import functions as f

    endings = f"*.{PARQUET}"
    if not _reader(spark, "binaryFile", endings).load(path).select("path").head(1):
        return spark.createDataFrame([], _SOURCES)
    read = _reader(spark, "parquet", endings).option("mergeSchema", True).load(path)
    root = _root(spark, path)
    name = f.udf(partial(_relative, root))
    file = f.concat(name(f.col("_metadata.file_path")), f.lit("#"), f.col("_metadata.row_index") + 1)
    data = f.to_json(f.struct(*read.columns)).cast("binary")
    known = (f.lit(None).cast("string").alias("url"), f.lit(None).cast("string").alias("charset"))
    alone = (*known, f.array().cast("array<string>").alias("warnings"))
    return read.select(file.alias("origin"), file.alias("file"), f.lit("row").alias("kind"), data.alias("data"), *alone)


def _root(spark: "SparkSession", path: str) -> str:
    """Return a path as Spark tells those of files, without what comes before it where it names a folder."""
    hadoop = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = hadoop.getFileSystem(spark._jsc.hadoopConfiguration())
    whole = str(system.makeQualified(hadoop).toUri().getPath())
    folder = bool(system.isDirectory(hadoop))
    return whole.rstrip("/") + "/" if folder else whole.rpartition("/")[0] + "/"


def _relative(root: str, path: str) -> str:
    """Return the name of a file relative to the folder given.

    >>> _relative("/data/", "file:///data/news/a%20b.txt"), _relative("/data/", "s3a://bucket/data/a.txt")
    ('news/a b.txt', 'a.txt')
    """
    from urllib.parse import unquote

    return unquote(path.partition(root)[2]) or PurePosixPath(path).name


def _unpack(root: str, batches: "Batches") -> "Batches":
    rows = (
        _source_row(source)
        for path, content in _rows(batches)
        for source in unpack(content, path, _relative(root, path))
    )
    return _batches(rows, _SOURCES)


def _source_row(source: Source | Refusal) -> Row:
    if isinstance(source, Refusal):
        return "", source.file, "refused", source.reason.encode(), *_ALONE
    return source.origin, source.file, source.kind, source.data, source.url, source.charset, source.warnings


def _number(root: str, before: dict[tuple[str, int], int], batches: "Batches") -> "Batches":
    def rows() -> Iterator[Row]:
        for (path, start), group in groupby(_rows(batches), key=itemgetter(0, 1)):
            file = _relative(root, path)
            for number, (_, _, data) in enumerate(group, before[path, start] + 1):
                data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
                if data.strip():
                    yield f"{path}#{number}", f"{file}#{number}", "row", data, *_ALONE

    return _batches(rows(), _SOURCES)


# -- stages -----------------------------------------------------------------------------------------------------------

_REPORTS = "slug string, article string, position int, report binary"
_TELLINGS = "slug string, blocks array<string>, telling binary"
_PAIRS = "one string, other string, level int, rule string"
_HEADS = "slug string, head string, pairs binary"
_FACTS = msgspec.msgpack.Decoder(list[tuple[Fact, int]])
_WRITTEN = "kind string, place int, held binary"
"""What tasks write: sorted runs of lines by bucket, facts by where they are added up, slugs that lead to others."""
_FINISHED = "text string, quads int"
_LINES = 20_000
"""Lines in a run, at most, and in a row of what comes out: some megabytes."""
_PER_PIECE, _EVERY = 8, 16
"""Of so many articles a piece every so many lines tell where to cut the lines of all."""


def _map(batches: "Batches") -> "Batches":
    lexicon = load_lexicon()

    def rows() -> Iterator[Row]:
        for origin, file, kind, data, url, charset, warnings in _rows(batches):
            if kind == "refused":
                source: Source | Refusal = Refusal(file, data.decode())
            else:
                source = Source(origin, file, kind, data, url, charset, tuple(warnings))
            for found in map_source(source, lexicon):
                if isinstance(found, Refusal):
                    yield found.file, None, None, None, found.reason, None
                else:
                    article = found.article
                    packed = msgspec.msgpack.encode(found)
                    yield article.file, article.key, digest(article.text), article.content_digest, None, packed

    return _batches(rows(), _MAPPED)


def _duplicates(mapped: "DataFrame") -> tuple[bool, list[tuple[str, str]], list[tuple[str, str]]]:
    """Tell whether rows are there twice; return file and content of what repeats others, and file and file repeated.

    It is decided as on one machine.
    """
    from pyspark.sql import functions as f

    named = mapped.where("refused is null").select(f.explode(f.array("key", "words")).alias("name"), "file", "content")
    groups = named.groupBy("name").agg(f.collect_list(f.struct("file", "content")).alias("all"))
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    again = False
    for name, group in groups.where(f.size("all") > 1).collect():
        rows = {tuple(row) for row in group}
        again |= len(rows) < len(group)
        for row in rows:
            names[row].append(name)
    repeated = first_of_each(names)
    return again, list(repeated), sorted((file, first[0]) for (file, _), first in repeated.items())


def _cuts(records: "DataFrame", articles: int, pieces: int, base: str) -> tuple[str, ...]:
    """Return where to cut the lines of all into so many buckets, about equal; any cuts give the same lines."""
    some = records.sample(min(1.0, _PER_PIECE * pieces / articles), seed=0)
    rows = some.mapInArrow(partial(_sample, base), "subject string").collect()
    return stages.cuts([f"{subject} " for (subject,) in rows], pieces)


def _sample(base: str, batches: "Batches") -> "Batches":
    writer = article_writer(base)
    lines = (line for record in _records(batches) for line in writer.part(record, {}).lines)
    return _batches(((line.partition(" ")[0],) for line in islice(lines, 0, None, _EVERY)), "subject string")


def _tell(base: str, batches: "Batches") -> "Batches":
    namer = event_writer(base).namer
    reports = (report for record in _records(batches) for report in reports_of((record,), namer))
    rows = ((solo_name(r, namer), r.article, r.position, msgspec.msgpack.encode(r)) for r in reports)
    return _batches(rows, _REPORTS)


def _gather(batches: "Batches") -> "Batches":
    decode = msgspec.msgpack.Decoder(Report).decode

    def rows() -> Iterator[Row]:
        for slug, group in groupby(_rows(batches), key=itemgetter(0)):
            reports = tuple(decode(report) for *_, report in group)
            found = sorted({block for report in reports for block in blocks(report)})
            yield slug, found, msgspec.msgpack.encode((slug, reports))

    return _batches(rows(), _TELLINGS)


def _compare(batches: "Batches") -> "Batches":
    decode = msgspec.msgpack.Decoder(Telling).decode

    def rows() -> Iterator[Row]:
        for block, group in groupby(_rows(batches), key=itemgetter(0)):
            told: list[Telling] = [decode(telling) for *_, telling in group]
            for (i, j), why in pairs_of(told, block).items():
                yield told[i][0], told[j][0], why.level, why.rule

    return _batches(rows(), _PAIRS)


def _heads(pairs: Sequence[Row]) -> list[tuple[str, str, bytes | None]]:
    """Return, for each telling that may be one event with another, the first of all such, and there all the pairs."""
    heads = components((one, other) for one, other, *_ in pairs)
    together: dict[str, list[Row]] = defaultdict(list)
    for pair in pairs:
        together[heads[pair[0]]].append(pair)
    return [
        (slug, head, msgspec.msgpack.encode(together[slug]) if slug == head else None) for slug, head in heads.items()
    ]


def _join(base: str, cuts: Sequence[str], batches: "Batches") -> "Batches":
    decode = msgspec.msgpack.Decoder(Telling).decode
    unpack_pairs = msgspec.msgpack.Decoder(list[tuple[str, str, int, str]]).decode
    names: dict[str, str] = {}

    def parts() -> Iterator[Part]:
        for _, group in groupby(_rows(batches), key=itemgetter(0)):
            rows = list(group)
            told: list[Telling] = [decode(telling) for _, _, telling, _ in rows]
            at = {slug: i for i, (slug, _) in enumerate(told)}
            pairs = unpack_pairs(rows[0][3]) if rows[0][3] else []
            clusters = joined(told, {(at[a], at[b]): Ground(level, rule) for a, b, level, rule in pairs})
            yield from event_parts(event_writer(base), clusters, names)

    return _batches(_written(parts(), names, cuts), _WRITTEN)


def _state(base: str, cuts: Sequence[str], names: Any, batches: "Batches") -> "Batches":
    writer = article_writer(base)
    parts = (writer.part(record, names.value) for record in _records(batches))
    return _batches(_written(parts, {}, cuts), _WRITTEN)


def _written(parts: Iterable[Part], names: dict[str, str], cuts: Sequence[str]) -> Iterator[Row]:
    """Yield runs of lines, then facts with their number, then slugs that lead to others.

    All that is many goes through Spark packed.
    """
    facts, lines = Facts(), list[str]()
    for part in parts:
        facts.update(part.facts)
        lines += part.lines
        if len(lines) > _LINES:
            yield from _runs(lines, cuts)
            lines = []
    yield from _runs(lines, cuts)
    places: dict[int, list[tuple[Fact, int]]] = defaultdict(list)
    for fact, count in facts.items():
        places[crc32("\n".join(fact).encode()) % (len(cuts) + 1)].append((fact, count))
    for place, some in places.items():
        yield "fact", place, msgspec.msgpack.encode(some)
    if names:
        yield "name", 0, msgspec.msgpack.encode(list(names.items()))


def _runs(lines: list[str], cuts: Sequence[str]) -> Iterator[Row]:
    """Sort lines and yield those of each bucket, all in one."""
    lines.sort()
    ends = [*(bisect_left(lines, cut) for cut in cuts), len(lines)]
    for bucket, (start, end) in enumerate(pairwise([0, *ends])):
        if start < end:
            yield "line", bucket, "".join(lines[start:end]).encode()


def _finish(batches: "Batches") -> "Batches":
    """Sort what runs have for each bucket."""

    def rows() -> Iterator[Row]:
        for _, group in groupby(_rows(batches), key=itemgetter(0)):
            lines = sorted(line for _, run in group for line in run.splitlines(keepends=True))
            for some in _portions(lines):
                yield b"".join(some)[:-1].decode(), len(some)

    return _batches(rows(), _FINISHED)


def _portions(many: list[Any]) -> Iterator[list[Any]]:
    return (many[start : start + _LINES] for start in range(0, len(many), _LINES))


def _add(batches: "Batches") -> "Batches":
    """Add up the facts of places."""
    facts = Facts()
    for (held,) in _rows(batches):
        for fact, count in _FACTS.decode(held):
            facts[fact] += count
    rows = (("fact", 0, msgspec.msgpack.encode(some)) for some in _portions(list(facts.items())))
    return _batches(rows, _WRITTEN)


def _held(written: "DataFrame", kind: str) -> list[bytes]:
    from pyspark.sql import functions as f

    return [row[0] for row in written.where(f.col("kind") == kind).select("held").collect()]


def _references(
    spark: "SparkSession", written: "DataFrame", pieces: int, base: str, cuts: Sequence[str], judgements: Judgements
) -> "DataFrame":
    """Return the lines about all that is mentioned."""
    lexicon = load_lexicon()
    placed = written.where("kind = 'fact'").select("place", "held").repartition(pieces, "place").select("held")
    facts = Facts(
        {fact: n for held in _held(placed.mapInArrow(_add, _WRITTEN), "fact") for fact, n in _FACTS.decode(held)}
    )
    lines = ReferenceWriter(lexicon, base, Links(judgements, lexicon.authority, base)).lines(facts)
    return spark.createDataFrame(list(_runs(list(lines), cuts)), _WRITTEN)


# -- Arrow ------------------------------------------------------------------------------------------------------------


def _rows(batches: "Batches") -> Iterator[Row]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _records(batches: "Batches") -> Iterator[Record]:
    decode = msgspec.msgpack.Decoder(Record).decode
    return (decode(record) for (record,) in _rows(batches))


def _batches(rows: Iterable[Row], schema: str) -> "Batches":
    """Yield rows as Arrow has them, some megabytes at a time."""
    import pyarrow

    types = {
        "string": pyarrow.string(), "binary": pyarrow.binary(), "int": pyarrow.int32(),
        "array<string>": pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    fields = pyarrow.schema([(name, types[kind]) for name, kind in (field.split(" ") for field in schema.split(", "))])
    held: list[Row] = []
    size = 0

    def batch() -> "RecordBatch":
        columns = zip(*held, strict=True)
        arrays = [pyarrow.array(column, kind.type) for column, kind in zip(columns, fields, strict=True)]
        return pyarrow.RecordBatch.from_arrays(arrays, schema=fields)

    for row in rows:
        held.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
        if size > _BATCH:
            yield batch()
            held, size = [], 0
    if held:
        yield batch()
