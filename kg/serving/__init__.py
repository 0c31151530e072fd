"""Serving: the pages of the site live from a store, its things by their IRIs, and SPARQL for strangers.

Nothing is imported here: a worker process starts often, and needs little of it.
"""
