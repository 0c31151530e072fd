"""diplomacy-kg: diplomatic news in, a sourced, validated, Wikidata-linked RDF graph out."""

__version__ = "0.1.0"
