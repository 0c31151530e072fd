"""Compile what reads articles, where it is asked for: ``HATCH_BUILD_HOOKS_ENABLE=1 pip install .``.

The modules are those that ``[tool.hatch.build.targets.wheel.hooks.custom]`` names; mypyc compiles them in a copy, so
that nothing is left beside the sources. The sources are in the wheel too.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_OPTIMISED = "1"
"""Level of the C compiler; above it, compiling takes minutes more and reading no less."""


_TYPES = "mypy.toml"


class Compiler(BuildHookInterface[Any]):
    """Puts compiled modules into a wheel, which then is of one platform and one version of Python."""

    _scratch = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is written; an editable installation reads its sources as they are."""
        if version == "editable":
            return
        root, compiled, plain = Path(self.root), self.config["compiled"], self.config["plain"]
        files = [path.relative_to(root).as_posix() for folder in compiled for path in (root / folder).rglob("*.py")]
        self._scratch = tempfile.mkdtemp()
        shutil.copytree(
            root / "kg", Path(self._scratch, "kg"), ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
        )
        shutil.copy(
            root / "pyproject.toml", Path(self._scratch, _TYPES)
        )  # under another name: setuptools would read it
        modules = sorted(set(files) - set(plain))
        for module in (Path(self._scratch, name) for name in modules):
            module.write_text(with_constants_declared(module.read_text(encoding="utf-8")), encoding="utf-8")
        command = [sys.executable, __file__, *modules]
        subprocess.run(command, cwd=self._scratch, check=True)  # noqa: S603 - our own file
        for path in Path(self._scratch).rglob("*"):
            if path.suffix in (".so", ".pyd") and "build" not in path.relative_to(self._scratch).parts:
                build_data["force_include"][str(path)] = path.relative_to(self._scratch).as_posix()
        build_data["pure_python"], build_data["infer_tag"] = False, True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled, which now is in the wheel."""
        if self._scratch:
            shutil.rmtree(self._scratch)


def with_constants_declared(source: str) -> str:
    """Return a module in which names in capitals are declared constant: else they are looked up by name at each use.

    >>> with_constants_declared("import re\\n_ENDS = ('c', *D)\\nAT_LEAST = 3").split("\\n")
    ['from typing import Final; import re', "_ENDS: Final[tuple[str, ...]] = ('c', *D)", 'AT_LEAST: Final = 3']
    """
    lines = source.split("\n")
    declared = False
    for node in ast.parse(source).body:
        name = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(node, ast.Assign) and isinstance(name, ast.Name) and re.fullmatch("_?[A-Z][A-Z0-9_]+", name.id):
            kind = "Final[tuple[str, ...]]" if _is_row_of_words(node.value) else "Final"
            lines[node.lineno - 1] = f"{name.id}: {kind}{lines[node.lineno - 1][name.end_col_offset :]}"
            declared = True
    first = next((n for n, line in enumerate(lines) if line.startswith(("import ", "from "))), 0)
    if declared:  # on a line that is there, so that tracebacks tell the lines of the source
        lines[first] = f"from typing import Final; {lines[first]}"
    return "\n".join(lines)


def _is_row_of_words(value: ast.expr) -> bool:
    """Whether a tuple holds strings: as one of any length it is kept whole, and not made anew at each use."""
    words = value.elts if isinstance(value, ast.Tuple) else []
    plain = [word for word in words if not isinstance(word, ast.Starred)]
    return bool(plain) and all(isinstance(word, ast.Constant) and isinstance(word.value, str) for word in plain)


def compile_here(modules: list[str]) -> None:
    """Compile modules of the working directory, on all cores."""
    from mypyc.build import mypycify
    from setuptools import setup
    from setuptools.command.build_ext import build_ext

    class BuildOnAllCores(build_ext):
        """Hands each file to a compiler of its own; setuptools would go through them one by one."""

        def build_extension(self, extension: Any) -> None:
            compile_all = self.compiler.compile

            def compile_apart(sources: list[str], **options: Any) -> list[str]:
                with ThreadPoolExecutor(os.cpu_count()) as pool:
                    made = pool.map(lambda source: compile_all([source], **options), sources)
                    return [name for names in made for name in names]

            self.compiler.compile = compile_apart
            super().build_extension(extension)
            self.compiler.compile = compile_all

    setup(
        name="compiled",
        packages=[],
        ext_modules=mypycify(
            [f"--config-file={_TYPES}", *modules], opt_level=_OPTIMISED, debug_level="0", multi_file=True
        ),
        cmdclass={"build_ext": BuildOnAllCores},
        script_args=["--quiet", "build_ext", "--inplace"],
    )


if __name__ == "__main__":
    compile_here(sys.argv[1:])
