"""How many quads a second are written of what articles state, beside morph-kgc that makes the same quads of tables.

    python bench/quads.py CORPUS --peers VENV [--articles N] [--runs N] [--keep]

The articles are mapped, untimed; then their graphs are written, and once more with all that is resolved. morph-kgc gets
the quads of these graphs as CSV, a table for each class of thing with its properties as columns and one for each
property of several values, and the RML mapping that makes of them what they were: it is compared, quad by quad. VENV
has bench/peers.txt. One core, processor seconds, medians of runs in processes of their own.
"""

import argparse
import csv
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, cast

import measuring
import pyoxigraph as ox
from mapping import medians

PREFIXES = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
Quads = set[ox.Quad]
Things = dict[tuple[str, str], dict[str, set[str]]]
"""Of each graph and subject the values, by column."""


def records(corpus: str, articles: int) -> list[Any]:
    """Return what some articles state."""
    from kg.articles import read
    from kg.engines import map_articles

    return map_articles(islice(read([corpus]), articles)).records


def graphs(corpus: str, articles: int) -> bytes:
    """Return the graphs of articles, as N-Quads."""
    from kg.engines.stages import article_writer
    from kg.iris import BASE

    writer = article_writer(BASE)
    return "".join(line for record in records(corpus, articles) for line in writer.part(record, {}).lines).encode()


def writing(corpus: str, articles: int) -> Callable[[], int]:
    """Return what writes the graphs of articles, and tells how many quads."""
    from kg.engines.stages import article_writer
    from kg.iris import BASE

    known, writer = records(corpus, articles), article_writer(BASE)
    return lambda: "".join(line for record in known for line in writer.part(record, {}).lines).count("\n")


def resolving(corpus: str, articles: int) -> Callable[[], int]:
    """Return what resolves what articles state, writes all of it, sorted, and tells how many quads."""
    from kg.engines import nquads

    known = records(corpus, articles)
    return lambda: nquads(known).count(b"\n")


SUBJECTS = {"write the graphs of articles": writing, "resolve and write all": resolving}


def measure(subject: str, corpus: str, articles: int) -> dict[str, float]:
    """Return quads a second, the first run of which warms what is kept."""
    work = SUBJECTS[subject](corpus, articles)
    work()
    begun = time.process_time()
    quads = work()
    spent = time.process_time() - begun
    return {"quads": quads, "processor s": spent, "quads/s": quads / spent}


def column(quad: ox.Quad) -> str:
    """Return the name of the column that a quad's value is in: its property, and what makes a term of a value."""
    value = quad.object
    if isinstance(value, ox.NamedNode):
        return f"{quad.predicate.value} IRI"
    if not isinstance(value, ox.Literal):
        raise SystemExit(f"{value} has no place in a table")
    return f"{quad.predicate.value} {'@' + value.language if value.language else value.datatype.value}"


def tables(quads: Iterable[ox.Quad], folder: Path) -> Path:
    """Write quads as CSV files to a folder, and the mapping that makes them; return the mapping's path."""
    of_class: dict[tuple[str, bool], Things] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    every = list(quads)
    kind = {(str(q.graph_name), str(q.subject)): str(q.object) for q in every if q.predicate.value.endswith("#type")}
    for quad in every:
        place = str(quad.graph_name), str(quad.subject)
        value = cast("ox.NamedNode | ox.Literal", quad.object).value
        of_class[kind.get(place, ""), isinstance(quad.graph_name, ox.NamedNode)][place][column(quad)].add(value)
    maps: list[str] = []
    for (_, named), things in of_class.items():
        columns = {name for values in things.values() for name in values}
        several = {name for name in columns if any(len(values.get(name, ())) > 1 for values in things.values())}
        for names in ([*sorted(columns - several)], *([name] for name in sorted(several))):
            if names:
                maps.append(table(things, names, named, folder / f"{len(maps)}.csv"))
    mapping = folder / "mapping.ttl"
    mapping.write_text(PREFIXES + "".join(maps), "utf-8")
    return mapping


def table(things: Things, names: list[str], named: bool, file: Path) -> str:
    """Write columns of things to a CSV file, a row a thing, or a value where there are several; return its mapping."""
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(["of", "about", *(f"c{n}" for n, _ in enumerate(names))])
        for (graph, subject), values in things.items():
            width = max(len(values.get(name, ())) for name in names)
            cells = [sorted(values.get(name, ())) for name in names]
            for n in range(width):
                writer.writerow([graph[1:-1], subject[1:-1], *(cell[n] if n < len(cell) else "" for cell in cells)])
    objects = []
    for n, name in enumerate(names):
        predicate, _, form = name.partition(" ")
        says = {"I": "rr:termType rr:IRI", "@": f'rr:language "{form[1:]}"'}.get(form[0], f"rr:datatype <{form}>")
        value = f'[ rml:reference "c{n}" ; {says} ]'
        objects.append(f" ;\n rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap {value} ]")
    graph = ' ; rr:graphMap [ rml:reference "of" ; rr:termType rr:IRI ]' if named else ""
    return (
        f'<urn:map:{file.stem}> rml:logicalSource [ rml:source "{file}" ; rml:referenceFormulation ql:CSV ] ;\n'
        f' rr:subjectMap [ rml:reference "about" ; rr:termType rr:IRI{graph} ]{"".join(objects)} .\n'
    )


def compare(corpus: str, articles: int, runs: int, python: Path) -> list[dict[str, Any]]:
    """Return a row a subject, the subjects taking turns."""
    figures: dict[str, list[dict[str, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        ours = set(ox.parse(graphs(corpus, articles), format=ox.RdfFormat.N_QUADS))
        mapping = tables(ours, Path(folder))
        for _ in range(runs):
            for name in SUBJECTS:
                figures[name].append(measuring.apart(__file__, corpus, "--articles", str(articles), "--subject", name))
            figures["morph-kgc"].append(measuring.apart(measuring.PEERS, "quads", str(mapping), python=python))
        theirs = set(ox.parse(Path(f"{mapping}.nq").read_bytes(), format=ox.RdfFormat.N_QUADS))
        if ours != theirs:
            raise SystemExit(f"the quads differ: {len(ours - theirs)} only here, {len(theirs - ours)} only there")
    rows = {name: medians(some) for name, some in figures.items()}
    theirs_a_second = rows["morph-kgc"]["quads/s"]
    return [{"": name, **row, "times morph-kgc": row["quads/s"] / theirs_a_second} for name, row in rows.items()]


def main() -> None:
    """Measure and print; with ``--subject`` one subject in this process, as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--peers", type=Path, metavar="VENV")
    parser.add_argument("--articles", type=int, default=1000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    parser.add_argument("--subject", choices=SUBJECTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.subject:
        print(json.dumps(measure(asked.subject, asked.corpus, asked.articles)))
        return
    if asked.peers is None:
        parser.error("give the environment that has bench/peers.txt as --peers VENV")
    measuring.one_core()
    command = f"python bench/quads.py {Path(asked.corpus).name} --peers VENV --articles {asked.articles}"
    rows = compare(asked.corpus, asked.articles, asked.runs, asked.peers / "bin" / "python")
    measuring.report("quads", command, rows, keep=asked.keep)


if __name__ == "__main__":
    main()
