"""Writing the site to a folder."""

from collections.abc import Callable
from pathlib import Path

from kg.errors import PublishError
from kg.publishing import pack
from kg.publishing.pack import Dump, Release, write_pack
from kg.publishing.site import Site

MANIFEST = ".diplomacy-kg"
"""A file that lists what was written: the folder is ours to replace, and only what it lists."""


def publish(
    site: Site,
    target: Path,
    dump: Dump,
    release: Release,
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda message: None,
) -> int:
    """Write every page of ``site``, and the release pack, below ``target``; return how many files there are.

    What an earlier run wrote and this one does not is deleted. Raises `PublishError` where ``target`` holds other
    files and ``force`` is not given, or two pages have one path.
    """
    before = _claim(target, force)
    site.release = release
    paths = list(site.paths())
    _refuse_doubles(paths)
    written: set[str] = set()
    try:
        tell("the release pack")
        site.dumps = write_pack(site.store, target, dump, release)
        written.update(pack.paths())
        for number, path in enumerate(paths, 1):
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(site.render(path))
            written.add(path)
            if number % 1000 == 0:
                tell(f"{number:,} of {len(paths):,} pages")
    except OSError as error:
        raise PublishError(
            f"{target} cannot be written ({error.strerror}); free space or name another folder"
        ) from None
    finally:
        _note(target, before | written)
    for path in before - written:
        (target / path).unlink(missing_ok=True)
    _note(target, written)
    return len(written)


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
