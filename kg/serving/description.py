"""What the endpoint can do, as RDF. https://www.w3.org/TR/sparql11-service-description/"""

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.serving.worker import GRAPHS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITES = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def describe(endpoint: str, triples: int, form: str) -> bytes:
    """Return the service at ``endpoint``, whose default graph has ``triples``, described in a form of `GRAPHS`."""
    rdf, void = PREFIXES["rdf"], PREFIXES["void"]
    service, dataset, graph = (ox.NamedNode(endpoint + name) for name in ("#service", "#dataset", "#default-graph"))
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (service, rdf + "type", ox.NamedNode(_SD + "Service")),
        (service, _SD + "endpoint", ox.NamedNode(endpoint)),
        (service, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query")),
        (service, _SD + "defaultDataset", dataset),
        (dataset, rdf + "type", ox.NamedNode(_SD + "Dataset")),
        (dataset, _SD + "defaultGraph", graph),
        (graph, rdf + "type", ox.NamedNode(_SD + "Graph")),
        (graph, void + "triples", ox.Literal(triples)),
        *((service, _SD + "resultFormat", ox.NamedNode(_FORMATS + name)) for name in _WRITES),
    ]
    triples_ = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in said]
    return ox.serialize(triples_, format=GRAPHS[form], prefixes={"sd": _SD, "void": void}) or b""
