"""Writing the site to a folder."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from kg.collector import no_collection
from kg.errors import PublishError
from kg.publishing import pack
from kg.publishing.pack import Distribution, Dump, Release
from kg.publishing.pages import Question
from kg.publishing.site import Answers, Site
from kg.store import Store

MANIFEST = ".diplomacy-kg"
"""A file that lists what was written: the folder is ours to replace, and only what it lists."""
CATALOGUE_PAGE = "data.html"
"""The page that tells of the dumps, and so is written after them."""
FEW = 3000
"""Files that one process writes before others would have begun."""
SHARE = 400

Share = tuple[str, ...]
Written = tuple[int, list[Distribution]]
Each = Callable[[Callable[[Share], Written], Iterable[Share]], Iterable[Written]]
"""Gives what a function, picklable, returns for each share, in any order."""


def publish(
    site: Site,
    target: Path,
    dump: Dump,
    release: Release,
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda message: None,
    each: Each | None = None,
) -> int:
    """Write every page of ``site``, and the release pack, below ``target``; return how many files there are.

    Where there are many, the work is shared out by ``each``: processes that open the store and write each a part.
    What an earlier run wrote and this one does not is deleted. Raises `PublishError` where ``target`` holds other
    files and ``force`` is not given, or two pages have one path.
    """
    before = _claim(target, force)
    site.release = release
    with no_collection():
        paths = list(site.paths())
        _refuse_doubles(paths)
        written = {*paths, *pack.paths()}
        _note(target, before | written)  # before any of it is there: what a killed run leaves is ours, too
        try:
            for folder in {(target / path).parent for path in written}:
                folder.mkdir(parents=True, exist_ok=True)
            dumps = _shared(site, target, dump, paths, each if len(paths) > FEW else None, tell)
            site.dumps = sorted(dumps, key=lambda dump: pack.paths().index(f"{pack.FOLDER}/{dump.name}"))
            pack.write_catalogue(site.store, target, site.dumps, release)
            _write(site, target, dump, (CATALOGUE_PAGE,))
        except OSError as error:
            raise PublishError(
                f"{target} cannot be written ({error.strerror}); free space or name another folder"
            ) from None
    for path in before - written:
        (target / path).unlink(missing_ok=True)
    _note(target, written)
    return len(written)


def _shared(
    site: Site, target: Path, dump: Dump, paths: list[str], each: Each | None, tell: Callable[[str], None]
) -> list[Distribution]:
    """Write the pages and the dumps, here or by ``each``; return the dumps."""
    pages = [path for path in paths if path != CATALOGUE_PAGE]
    # What takes longest is begun first: the dumps, then the lists of everything, which come before all things.
    shares = [(name,) for name in pack.FORMS] + [tuple(pages[at : at + SHARE]) for at in range(0, len(pages), SHARE)]
    if each is None:
        results: Iterable[Written] = map(partial(_write, site, target, dump), shares)
    else:
        results = each(partial(_write_elsewhere, Opening.of(site), target, dump), shares)
    dumps: list[Distribution] = []
    done = 0
    for number, found in results:
        dumps += found
        done += number
        tell(f"{done:,} of {len(paths):,} pages")
    return dumps


def _write(site: Site, target: Path, dump: Dump, share: Share) -> Written:
    """Write the pages at the paths of a share, or the dumps it names; return how many pages, and which dumps."""
    dumps: list[Distribution] = []
    for path in share:
        if path in pack.FORMS:
            dumps += pack.write_dumps(site.store, target, path, dump)
        else:
            (target / path).write_bytes(site.render(path))
    return len(share) - len(dumps) // 2, dumps


def _write_elsewhere(opening: "Opening", target: Path, dump: Dump, share: Share) -> Written:
    return _write(_opened(opening), target, dump, share)


class Opening(NamedTuple):
    """What another process has to know to open a site whose store has a folder."""

    store: Path
    digest: str
    questions: tuple[Question, ...]
    answers: Answers | None
    title: str
    release: Release | None

    @classmethod
    def of(cls, site: Site) -> "Opening":
        """Return how ``site`` is opened."""
        digest = str(site.store.ledger.get("digest", ""))
        return cls(site.store.path, digest, (*site.questions.values(),), site.answers, site.title, site.release)


@lru_cache(maxsize=1)
def _opened(opening: Opening) -> Site:
    """Return the site, once for all shares of a process. Raises `PublishError` where the store has become another."""
    store = Store.open(opening.store)
    if store.ledger.get("digest", "") != opening.digest:
        raise PublishError(f"{opening.store} was built anew while it was published; run the same command again")
    site = Site(store, opening.questions, opening.answers, opening.title)
    site.release = opening.release
    return site


def _refuse_doubles(paths: list[str]) -> None:
    seen: dict[str, str] = {}
    for path in paths:
        # Two names that differ in case alone are one file on some systems.
        if (other := seen.setdefault(path.casefold(), path)) is not path:
            raise PublishError(f"{path} and {other} would be one file; give one of the two things another name")


def _claim(target: Path, force: bool) -> set[str]:
    """Make ``target`` a folder that may be written; return what an earlier run wrote there."""
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target} is a file; name a folder to publish into")
    manifest = target / MANIFEST
    if target.is_dir() and any(target.iterdir()) and not manifest.is_file() and not force:
        raise PublishError(f"{target} holds other files; name an empty folder, or add --force to write among them")
    try:
        target.mkdir(parents=True, exist_ok=True)
        before = set(manifest.read_text().splitlines()) if manifest.is_file() else set()
        _note(target, before)
    except OSError as error:
        raise PublishError(f"{target} cannot be written ({error.strerror}); name another folder") from None
    return {path for path in before if not path.startswith("/") and ".." not in path.split("/")}


def _note(target: Path, paths: set[str]) -> None:
    (target / MANIFEST).write_text("".join(f"{path}\n" for path in sorted(paths)))
