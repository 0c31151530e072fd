"""How many articles a second are read and mapped on one core, and in how much memory.

    python bench/mapping.py [FOLDER] [--articles N] [--runs N] [--peers VENV] [--keep]

Beside it, in the same run and on the same texts: reading alone; a bare Aho-Corasick scan for the same phrases, which
is the least any such reader does; and, where spaCy is installed, its tokenizer with these phrases as an entity ruler.
Whether the reader is compiled stands beside it: run this with the Python of an environment that has a compiled wheel.
With an environment that has bench/peers.txt, spaCy's small English model, which finds names, on a share of the texts.
Each figure is the median of runs in processes of their own; a small folder is gone through again and again. Seconds
are processor time, so that work going on beside it does not count.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import measuring

SEEDS = Path(__file__).parent.parent / "seeds" / "articles"
_MODEL = "spaCy, small English model, NER only"
_SHARE = 100
"""Of how many texts, evenly chosen, a model gets to find the names."""
Work = Callable[[], object]


def texts(folder: str) -> list[str]:
    """Return the texts of the articles of a folder."""
    from kg.articles import read

    return [reading.article.text for reading in read([folder]) if reading.article]


def phrases() -> list[str]:
    """Return every phrase the reader knows."""
    from kg.language.lexicon import load_lexicon

    return sorted({phrase for phrase, _ in load_lexicon()._phrases()})


def mapping(folder: str) -> Work:
    """Return what reads and maps a folder as ``kg build`` does."""
    from kg.articles import read
    from kg.engines import map_articles
    from kg.language.lexicon import load_lexicon

    lexicon = load_lexicon()
    return lambda: map_articles(read([folder]), lexicon=lexicon)


def reading(folder: str) -> Work:
    """Return what reads a folder and does nothing with it."""
    return lambda: texts(folder)


def scanning(folder: str) -> Work:
    """Return what scans texts for the phrases and does nothing with them."""
    from ahocorasick_rs import AhoCorasick

    scanner = AhoCorasick([phrase.lower() for phrase in phrases()])
    lowered = [text.lower() for text in texts(folder)]
    return lambda: [scanner.find_matches_as_indexes(text, overlapping=True) for text in lowered]


def ruling(folder: str) -> Work:
    """Return spaCy's English tokenizer with the phrases as an entity ruler; no model."""
    import spacy

    pipeline = spacy.blank("en")
    ruler: Any = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "PHRASE", "pattern": phrase} for phrase in phrases()])
    read_before = texts(folder)
    return lambda: list(pipeline.pipe(read_before))


def compiled() -> bool:
    """Return whether this environment has a wheel whose reader is compiled."""
    found = find_spec("kg.mappers.event")
    return found is not None and not str(found.origin).endswith(".py")


SUBJECTS: dict[str, Callable[[str], Work]] = {
    "read and map": mapping,
    "read only": reading,
    "bare ahocorasick-rs scan": scanning,
    "spaCy, blank English with entity ruler": ruling,
}


def measure(subject: str, folder: str, least: int) -> dict[str, float]:
    """Return articles a second over ``least`` articles or more, seconds of preparation and peak memory in MB."""
    start = time.process_time()
    work = SUBJECTS[subject](folder)
    ready = time.process_time()
    articles, rounds = len(texts(folder)), 0
    begun = time.process_time()
    while rounds * articles < least:
        work()
        rounds += 1
    spent = time.process_time() - begun
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"articles/s": rounds * articles / spent, "ready after s": ready - start, "peak MB": peak}


def medians(runs: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure over ``runs``.

    >>> medians([{"a": 1.0}, {"a": 5.0}, {"a": 2.0}])
    {'a': 2.0}
    """
    together = list(runs)
    return {name: median(run[name] for run in together) for name in together[0]}


def compare(folder: str, least: int, runs: int, peers: Path | None) -> list[dict[str, Any]]:
    """Return a row a subject, the subjects taking turns, with its speed as a multiple of reading and mapping."""
    subjects = [name for name in SUBJECTS if "entity ruler" not in name or find_spec("spacy")]
    known = texts(folder)
    share = [known[n * len(known) // _SHARE] for n in range(_SHARE)]
    turns = []
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(share, file)
        file.flush()
        for _ in range(runs):
            given = [folder, "--articles", str(least), "--subject"]
            turn = {name: measuring.apart(__file__, *given, name) for name in subjects}
            if peers:
                turn[_MODEL] = measuring.apart(measuring.PEERS, "names", file.name, python=peers / "bin" / "python")
            turns.append(turn)
    figures = {name: medians(turn[name] for turn in turns) for name in turns[0]}
    ours = figures["read and map"]["articles/s"]
    named = {"read and map": "read and map, compiled"} if compiled() else {}
    return [
        {"": named.get(name, name), **row, "times as fast": row["articles/s"] / ours} for name, row in figures.items()
    ]


def main() -> None:
    """Measure and print; with ``--subject`` one subject in this process, as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", default=str(SEEDS))
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="go through at least N a run")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--peers", type=Path, metavar="VENV", help="an environment that has bench/peers.txt")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    parser.add_argument("--subject", choices=SUBJECTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.subject:
        print(json.dumps(measure(asked.subject, asked.folder, asked.articles)))
        return
    measuring.one_core()
    shipped = Path(asked.folder).resolve() == SEEDS.resolve()
    command = "python bench/mapping.py" + ("" if shipped else f" {Path(asked.folder).name}")
    command += " --peers VENV" if asked.peers else ""
    measuring.report(
        "mapping" + ("" if shipped else f"-{Path(asked.folder).name}") + ("-compiled" if compiled() else ""),
        command,
        compare(asked.folder, asked.articles, asked.runs, asked.peers),
        keep=asked.keep,
    )


if __name__ == "__main__":
    main()
