"""The release pack: the store in every form, gzipped too, with a catalogue of what there is.

The catalogue is DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) and VoID (https://www.w3.org/TR/void/) in one Turtle file;
its IRIs are relative, so that it is right wherever the folder is put. The same store gives the same bytes: what the
clock said stands in the store's ledger, not here.
"""

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyoxigraph as ox

from kg.namespaces import PREFIXES, VERSION_IRI, iri
from kg.publishing.things import CLASSES
from kg.store import DEFAULT_GRAPH, Store
from kg.turtle import Names, describe, header, rank

FOLDER = "data"
CATALOGUE = "catalogue.ttl"
SUMS = "SHA256SUMS"

Dump = Callable[[Store, str, IO[bytes]], object]

FORMS = {
    "graph.ttl": ("turtle", "text/turtle", "The graph: what the articles say together, as Turtle"),
    "articles.trig": ("trig", "application/trig", "The graph and that of each article, as TriG"),
    "articles.nq": ("nquads", "application/n-quads", "The graph and that of each article, as sorted N-Quads"),
    "articles.jsonld": ("jsonld", "application/ld+json", "The graph and that of each article, as JSON-LD"),
}
"""The files of a pack: the form of the dump, its media type, a title."""


class Distribution(NamedTuple):
    """A file of a pack."""

    name: str
    media_type: str
    title: str
    size: int
    """In bytes."""
    digest: str
    """SHA-256, in hexadecimal."""
    compressed: bool


class Release(NamedTuple):
    """What a catalogue says of a release beyond what the store knows."""

    title: str
    licence: str = ""
    publisher: str = ""


def paths() -> list[str]:
    """Return the paths of the files of a pack."""
    return [*(f"{FOLDER}/{name}{end}" for name in FORMS for end in ("", ".gz")), f"{FOLDER}/{SUMS}", CATALOGUE]


def write_dumps(store: Store, target: Path, name: str, dump: Dump) -> list[Distribution]:
    """Write the store below ``target`` in the form of ``name``, a key of `FORMS`, plain and gzipped; return both."""
    form, media_type, title = FORMS[name]
    plain = target / FOLDER / name
    plain.parent.mkdir(parents=True, exist_ok=True)
    with plain.open("wb") as output:
        dump(store, form, output)
    packed = plain.with_name(f"{name}.gz")
    # Neither the name nor the time goes into the header, so that the same content gives the same bytes.
    with (
        plain.open("rb") as source,
        packed.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as output_gz,
    ):
        shutil.copyfileobj(source, output_gz, 1 << 20)
    return [
        _distribution(plain, media_type, title, compressed=False),
        _distribution(packed, media_type, f"{title}, gzipped", compressed=True),
    ]


def write_catalogue(store: Store, target: Path, dumps: list[Distribution], release: Release) -> None:
    """Write what tells of the dumps: the catalogue, and their sums."""
    (target / CATALOGUE).write_bytes(catalogue(store, dumps, release))
    sums = "".join(f"{d.digest}  {d.name}\n" for d in sorted(dumps))
    (target / FOLDER / SUMS).write_text(sums)


def _distribution(file: Path, media_type: str, title: str, *, compressed: bool) -> Distribution:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Distribution(file.name, media_type, title, file.stat().st_size, digest, compressed)


# ---------------------------------------------------------------------------------------------- the catalogue

_HERE = "https://here.invalid/"
"""Stands for the folder while the catalogue is made; cut off in the end, so that its IRIs are relative."""
_SPDX = "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_VOCABULARIES = ("dip", "dcterms", "oa", "org", "owl", "prov", "rdfs", "schema", "skos")

Value = ox.NamedNode | ox.Literal


def catalogue(store: Store, files: Iterable[Distribution], release: Release) -> bytes:
    """Return the catalogue of a release as Turtle, its IRIs relative to the folder."""
    files = list(files)
    nodes: dict[str, list[tuple[str, Value]]] = {
        "": [
            ("rdf:type", _iri("dcat:Catalog")),
            ("dcterms:title", _en(release.title)),
            ("dcat:dataset", _here("#dataset")),
            ("foaf:primaryTopic", _here("#dataset")),
        ],
        "#dataset": _dataset(store, files, release),
        "#build": _build(store),
        "#wikidata": [
            ("rdf:type", _iri("void:Linkset")),
            ("void:subjectsTarget", _here("#dataset")),
            ("void:objectsTarget", _here("#wikidata-items")),
            ("void:linkPredicate", _iri("skos:exactMatch")),
            ("void:triples", _number(sum(1 for _ in store.quads(None, _iri("skos:exactMatch"), None, DEFAULT_GRAPH)))),
        ],
        "#wikidata-items": [("rdf:type", _iri("void:Dataset")), ("void:uriSpace", ox.Literal(PREFIXES["wd"]))],
        **{f"#{kind}": part for kind, part in _partitions(store)},
        **{f"{FOLDER}/{file.name}": _described(file, release) for file in files},
        **{f"{FOLDER}/{file.name}#checksum": _checksum(file) for file in files},
    }
    names = Names({**PREFIXES, "spdx": _SPDX})
    paragraphs = [
        describe(sorted((ox.Triple(_here(name), _property(p), v) for p, v in said), key=rank), names)
        for name, said in nodes.items()
    ]
    known = {**PREFIXES, "spdx": _SPDX}
    text = header({prefix: known[prefix] for prefix in sorted(names.used)}) + "".join(paragraphs)
    return text.replace(f"<{_HERE}", "<").encode()


def _property(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SPDX + name.removeprefix("spdx:")) if name.startswith("spdx:") else _iri(name)


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(iri(name))


def _here(name: str) -> ox.NamedNode:
    return ox.NamedNode(_HERE + name)


def _en(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def _number(value: int) -> ox.Literal:
    return ox.Literal(value)


def _dataset(store: Store, files: list[Distribution], release: Release) -> list[tuple[str, Value]]:
    counted: Any = store.query(
        "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties) {?s ?p ?o}"
    )
    triples, subjects, predicates = (int(count.value) for count in next(counted))
    said: list[tuple[str, Value]] = [
        ("rdf:type", _iri("dcat:Dataset")),
        ("rdf:type", _iri("void:Dataset")),
        ("dcterms:title", _en(release.title)),
        ("dcterms:description", _en(f"Diplomatic events, who took part in which office, and agreements, read from "
                                    f"{len(store.graphs()):,} articles; every fact with the sentence that states it.")),
        ("dcterms:conformsTo", ox.NamedNode(VERSION_IRI)),
        ("void:triples", _number(triples)),
        ("void:distinctSubjects", _number(subjects)),
        ("void:properties", _number(predicates)),
        ("void:uriSpace", ox.Literal(store.base)),
        ("void:subset", _here("#wikidata")),
        ("foaf:homepage", _here("index.html")),
        ("prov:wasGeneratedBy", _here("#build")),
    ]  # fmt: skip
    said += [("void:classPartition", _here(f"#{kind}")) for kind, _ in _partitions(store)]
    said += [("void:vocabulary", ox.NamedNode(PREFIXES[prefix])) for prefix in _VOCABULARIES]
    said += [("dcat:distribution", _here(f"{FOLDER}/{file.name}")) for file in files]
    said += [("void:dataDump", _here(f"{FOLDER}/{file.name}")) for file in files]
    said += [("dcterms:license", ox.NamedNode(release.licence))] if release.licence else []
    said += [("dcterms:publisher", _en(release.publisher))] if release.publisher else []
    return said


def _partitions(store: Store) -> list[tuple[str, list[tuple[str, Value]]]]:
    """Return what is said of the things of each class the graph has."""
    found: list[tuple[str, list[tuple[str, Value]]]] = []
    for kind, name in sorted(CLASSES.items()):
        count = sum(1 for _ in store.quads(None, _iri("rdf:type"), ox.NamedNode(name), DEFAULT_GRAPH))
        said: list[tuple[str, Value]] = [("void:class", ox.NamedNode(name)), ("void:entities", _number(count))]
        found += [(kind, [("rdf:type", _iri("void:Dataset")), *said])] if count else []
    return found


def _build(store: Store) -> list[tuple[str, Value]]:
    """Return the provenance of the run that made the store: by what, from how many articles, when."""
    said: list[tuple[str, Value]] = [
        ("rdf:type", _iri("prov:Activity")),
        ("rdfs:label", _en(f"Build of {len(store.graphs()):,} articles by {store.ledger.get('software', 'kg')}")),
        ("prov:used", ox.NamedNode(VERSION_IRI)),
    ]
    built = store.ledger.get("built")
    return said + ([("prov:endedAtTime", ox.Literal(str(built), datatype=_iri("xsd:dateTime")))] if built else [])


def _described(file: Distribution, release: Release) -> list[tuple[str, Value]]:
    said: list[tuple[str, Value]] = [
        ("rdf:type", _iri("dcat:Distribution")),
        ("dcterms:title", _en(file.title)),
        ("dcat:downloadURL", _here(f"{FOLDER}/{file.name}")),
        ("dcat:mediaType", ox.NamedNode(_MEDIA + file.media_type)),
        ("dcat:byteSize", ox.Literal(str(file.size), datatype=_iri("xsd:nonNegativeInteger"))),
        ("spdx:checksum", _here(f"{FOLDER}/{file.name}#checksum")),
    ]
    said += [("dcat:compressFormat", ox.NamedNode(_MEDIA + "application/gzip"))] if file.compressed else []
    return said + ([("dcterms:license", ox.NamedNode(release.licence))] if release.licence else [])


def _checksum(file: Distribution) -> list[tuple[str, Value]]:
    return [
        ("rdf:type", ox.NamedNode(_SPDX + "Checksum")),
        ("spdx:algorithm", ox.NamedNode(_SPDX + "checksumAlgorithm_sha256")),
        ("spdx:checksumValue", ox.Literal(file.digest, datatype=_iri("xsd:hexBinary"))),
    ]
