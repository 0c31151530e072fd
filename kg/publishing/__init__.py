"""Publishing: a store as a folder for any web host: pages, the description of each thing, dumps, a catalogue."""

from kg.publishing.folder import publish
from kg.publishing.pages import AbsentError, Answer
from kg.publishing.site import Site

__all__ = ["AbsentError", "Answer", "Site", "publish"]
