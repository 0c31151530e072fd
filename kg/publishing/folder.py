"""Writing the site to a folder."""

from collections.abc import Callable
from pathlib import Path

from kg.errors import PublishError
from kg.publishing.site import Site

MARK = ".diplomacy-kg"
"""A file that says the folder is ours to replace."""


def publish(
    site: Site, target: Path, *, force: bool = False, tell: Callable[[str], None] = lambda message: None
) -> int:
    """Write every page of ``site`` below ``target``; return how many files.

    Raises `PublishError` where ``target`` holds other files and ``force`` is not given, or two pages have one path.
    """
    _claim(target, force)
    written: dict[str, str] = {}
    for path in site.paths():
        # Two names that differ in case alone are one file on some systems.
        if (other := written.get(path.casefold())) is not None:
            raise PublishError(f"{path} and {other} would be one file; give one of the two things another name")
        written[path.casefold()] = path
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(site.render(path))
        if len(written) % 1000 == 0:
            tell(f"{len(written):,} files")
    return len(written)


def _claim(target: Path, force: bool) -> None:
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target} is a file; name a folder to publish into")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).exists() and not force:
        raise PublishError(f"{target} holds other files; name an empty folder, or add --force to write among them")
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).touch()
