"""The page that asks SPARQL: what its scripts are told of the graph, the vocabulary and the stored queries.

They are built in ``web/`` from CodeMirror and Oxigraph's WebAssembly, and stand among the assets. A site in a folder is
asked in the page itself, which loads the dump; a server is asked by the SPARQL Protocol.
"""

import json
from typing import TYPE_CHECKING, Any

from kg.namespaces import PREFIXES
from kg.publishing import vocabulary
from kg.publishing.pack import FOLDER
from kg.publishing.pages import script_text
from kg.publishing.things import PAGED, PART
from kg.things import CLASSES

if TYPE_CHECKING:
    from kg.publishing.site import Site

DATA = f"{FOLDER}/articles.nq.gz"
"""The dump that the page loads: every graph, so that what each article says can be asked too."""
EXAMPLE = """# Whom do people meet most often?
SELECT ?one ?other (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event a dip:Event ; dip:participant ?a , ?b .
  ?a rdfs:label ?one . ?b rdfs:label ?other .
  FILTER(STR(?a) < STR(?b) && LANG(?one) = "en" && LANG(?other) = "en")
}
GROUP BY ?one ?other
ORDER BY DESC(?events) ?one ?other
LIMIT 50
"""


def page(site: "Site", path: str) -> bytes:
    """Return the page."""
    return site.page("sparql.html", path, told=told(site), data=DATA)


def without_header(text: str) -> str:
    """Return a stored query without the lines that describe it.

    >>> without_header("#+ summary: All\\n\\nASK { ?s ?p ?o }\\n")
    'ASK { ?s ?p ?o }\\n'
    """
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+")).lstrip()


def told(site: "Site") -> str:
    """Return what the scripts are told, as JSON that may stand in a page."""
    values: dict[str, Any] = {
        "base": site.store.base,
        "paged": PAGED,
        "part": PART,
        "prefixes": PREFIXES,
        "classes": CLASSES,
        "terms": vocabulary.definitions(),
        "example": EXAMPLE,
        "queries": [
            {
                "name": question.name,
                "description": question.description,
                "lists": question.lists,
                "parameters": [parameter._asdict() for parameter in question.parameters],
                "sparql": without_header(question.sparql),
            }
            for question in site.questions.values()
        ],
    }
    if site.endpoint:
        values["endpoint"] = site.endpoint
    else:
        values |= {"data": DATA, "wasm": "assets/oxigraph.wasm.gz", "worker": "assets/sparql-worker.js"}
    return script_text(json.dumps(values, ensure_ascii=False, separators=(",", ":")))
