"""The embedded store: what was read and mapped, and the graph made of it, on disk and acknowledged.

A store is a folder::

    store.json           the ledger: counts and checksums of all that is acknowledged
    journal/             what was read and mapped, batch by batch
    generations/N/       the current database (Oxigraph) and the files that go with it
    scratch/             what a running build needs for itself
    lock                 held by the one process that writes
    …                    files that others keep here (`Store.write_file`)

A file counts once the ledger names it, and the ledger is replaced in one step: a build killed anywhere leaves what was
acknowledged whole, and readers never see a database being written.
"""

from kg.store.generations import GENERATIONS, QUADS
from kg.store.journal import Batch, Entry, Journal, Place, write_batch
from kg.store.ledger import LEDGER
from kg.store.store import DEFAULT_GRAPH, Mode, Results, Store, Term

__all__ = [
    "DEFAULT_GRAPH",
    "GENERATIONS",
    "LEDGER",
    "QUADS",
    "Batch",
    "Entry",
    "Journal",
    "Mode",
    "Place",
    "Results",
    "Store",
    "Term",
    "write_batch",
]
