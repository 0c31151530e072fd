"""Publishing: a store as a folder for any web host: pages, the description of each thing, dumps, a catalogue."""

from kg.publishing.changes import changes, patch, release_lines, words
from kg.publishing.folder import publish
from kg.publishing.pack import Release
from kg.publishing.pages import AbsentError, Answer, Question
from kg.publishing.site import Site

__all__ = [
    "AbsentError",
    "Answer",
    "Question",
    "Release",
    "Site",
    "changes",
    "patch",
    "publish",
    "release_lines",
    "words",
]
