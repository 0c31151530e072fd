"""Write what the pages take from the program: tables, the transcript of the README, the help of all commands.

    python docs/regenerate.py

Between ``<!-- NAME -->`` and ``<!-- /NAME -->`` a page holds what `WRITERS` has for NAME. A test compares.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from kg import queries
from kg.cli import main as command_line

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- ([\w-]+) -->\n).*?(<!-- /\2 -->)", re.DOTALL)
WIDTH = 100


def table(*rows: tuple[str, ...]) -> str:
    """Return ``rows``, the first being the header, as a Markdown table.

    >>> print(table(("a", "b"), ("1", "2|3")), end="")
    | a | b |
    |---|---|
    | 1 | 2\\|3 |
    """
    head, *body = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body]) + "\n"


def usage(name: str, command: click.Command) -> str:
    """Return a command and its arguments as one types it."""
    pieces = command.collect_usage_pieces(context(name, command))
    return " ".join(["kg", name, *(piece for piece in pieces if piece != "[OPTIONS]")])


def commands(page: str) -> str:
    """Return the table of the commands."""
    rows = [(f"`{usage(n, c)}`", c.get_short_help_str(200)) for n, c in command_line.commands.items()]
    return table(("command", "does"), *rows)


def stored_queries(page: str) -> str:
    """Return the table of the stored queries and what they ask for."""
    rows = []
    for query in map(queries.load, queries.names()):
        asked = [f"`--{p.name}`" if p.required else f"[`--{p.name}`]" for p in query.parameters]
        rows.append((f"`{query.name}`", query.summary, " ".join(asked)))
    return table(("query", "answers", "parameters"), *rows)


def transcript(page: str) -> str:
    """Return the console session of ``page``: its commands, run again in a fresh store, and what they print now."""
    typed = re.findall(r"^\$ (.*)$", page, re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        answers = [f"$ {line}\n{shell(line, Path(folder) / 'store')}" for line in typed]
    return "```console\n" + "\n".join(answers) + "```\n"


def shell(line: str, store: Path) -> str:
    """Return what a command line prints in this checkout, ``store`` being the store and shown as ``store``."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "KG_STORE": str(store), "PYTHONUTF8": "1"}
    done = subprocess.run(
        line,
        shell=True,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )
    if done.returncode:
        raise SystemExit(f"{line!r} ends with {done.returncode} ({done.stdout.strip()}); mend that line of the page")
    # The clock is the one thing that a page and a run never share.
    return re.sub(
        r"\d{4}-\d\d-\d\dT[\d:]{8}\+00:00", "2026-11-22T06:00:00+00:00", done.stdout.replace(str(store), "store")
    )


def reference(page: str) -> str:
    """Return the help of every command and every stored query."""
    sections = [section("kg", command_line, "##")]
    for name, command in command_line.commands.items():
        sections.append(section(f"kg {name}", command, "##"))
        if isinstance(command, click.Group):
            group = context(name, command)
            found = {sub: command.get_command(group, sub) for sub in command.list_commands(group)}
            sections += [section(f"kg {name} {sub}", c, "###") for sub, c in found.items() if c]
    return "\n".join(sections)


def measured(path: Path, page: str) -> str:
    """Return a table that a measurement has left."""
    return path.read_text("utf-8")


def section(path: str, command: click.Command, level: str) -> str:
    """Return a heading and the help of a command as it is printed in a wide terminal."""
    return f"{level} {path}\n\n```text\n{command.get_help(context(path, command)).rstrip()}\n```\n"


def context(name: str, command: click.Command) -> click.Context:
    """Return the context in which the command line has ``command``, the terminal being wide."""
    names = command_line.context_settings["help_option_names"]  # click keeps the first it sees
    return click.Context(command, info_name=name, terminal_width=WIDTH, help_option_names=names)


WRITERS: dict[str, Callable[[str], str]] = {
    "commands": commands,
    "queries": stored_queries,
    "transcript": transcript,
    "reference": reference,
    **{path.stem: partial(measured, path) for path in (ROOT / "bench" / "results").glob("*.md")},
}
PAGES = (ROOT / "README.md", ROOT / "docs" / "cli.md", ROOT / "docs" / "benchmarks.md")


def regenerated(page: str) -> str:
    """Return ``page`` with each of its blocks written anew."""
    return BLOCK.sub(lambda found: found[1] + WRITERS[found[2]](found[0]) + found[3], page)


if __name__ == "__main__":
    for file in PAGES:
        file.write_text(regenerated(file.read_text("utf-8")), "utf-8")
