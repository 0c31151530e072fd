"""Compile what reads articles, where it is asked for: ``HATCH_BUILD_HOOKS_ENABLE=1 pip install .``.

The modules are those that ``[tool.hatch.build.targets.wheel.hooks.custom]`` names; mypyc compiles them in a copy, so
that nothing is left beside the sources. The sources are in the wheel too.
"""

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

_CONSTANT = re.compile(r"^(_*[A-Z][A-Z0-9_]+)(?:: ([^=\n]+))? = ", re.MULTILINE)
_IMPORT = re.compile(r"^(?=import |from )", re.MULTILINE)

_TYPES = "mypy.toml"
"""What pyproject.toml is called beside the copy: by its own name setuptools would read it."""


class Compiler(BuildHookInterface[Any]):
    """Puts compiled modules into a wheel, which then is of one platform and one version of Python."""

    _scratch = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is written; an editable installation reads its sources as they are."""
        if version == "editable":
            return
        root, compiled, plain = Path(self.root), self.config["compiled"], self.config["plain"]
        files = [path.relative_to(root).as_posix() for some in compiled for path in root.glob(some)]
        self._scratch = tempfile.mkdtemp()
        shutil.copytree(
            root / "kg", Path(self._scratch, "kg"), ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
        )
        for path in Path(self._scratch, "kg").rglob("*.py"):
            if path.relative_to(self._scratch).as_posix() in files:
                path.write_text(with_constants_declared(path.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copy(root / "pyproject.toml", Path(self._scratch, _TYPES))
        command = [sys.executable, __file__, *sorted(set(files) - set(plain))]
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
    """Return a module with each of its constants declared as such, so that compiled it is not looked up by its name.

    >>> with_constants_declared("import re\\n_NEAR = 7\\n_NAMES: list[str] = []\\n")
    'from typing import Final\\nimport re\\n_NEAR: Final = 7\\n_NAMES: Final[list[str]] = []\\n'
    """
    declared = _CONSTANT.sub(lambda found: f"{found[1]}: Final{f'[{found[2]}]' if found[2] else ''} = ", source)
    return source if declared == source else _IMPORT.sub("from typing import Final\n", declared, count=1)


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
