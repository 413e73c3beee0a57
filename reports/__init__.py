"""One file per output format, and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

Render = Callable[..., str | bytes]
"""``render(audit, lang, *, verbose=False)``: text, or the bytes of a file that is no text."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the command line must know of a format before its renderer is imported.

    ``file`` is where it goes when nobody says (``-`` is standard output). ``extra`` is the extra of the
    distribution that brings the packages ``needs``. ``graded`` formats mark what fails the run, and are
    told the threshold as ``fail_on``. ``function`` is the renderer's name in ``module``. ``ending`` is how the
    name of a file ends that is meant to be of this format when nobody says.
    """

    module: str
    file: str = "-"
    extra: str = ""
    needs: tuple[str, ...] = ()
    graded: bool = False
    function: str = "render"
    ending: str = ""

    def missing(self) -> bool:
        """Whether a package that the format needs is not installed."""
        return any(find_spec(name) is None for name in self.needs)


KINDS: Mapping[str, Format] = {
    "terminal": Format(".terminal"),
    "json": Format(".json", ending=".json"),
    "html": Format(".html", "gouji-audit.html", ending=".html"),
    "sarif": Format(".sarif", graded=True, ending=".sarif"),
    "junit": Format(".junit", graded=True, ending=".xml"),
    "github": Format(".github"),
    "gitlab": Format(".gitlab"),
    "rdjson": Format(".rdjson"),
    "markdown": Format(".markdown", ending=".md"),
    "xlsx": Format(".xlsx", "gouji-audit.xlsx", "office", ("openpyxl",), ending=".xlsx"),
    "docx": Format(".docx", "gouji-audit.docx", "office", ("docx",), ending=".docx"),
    "csv": Format(".ledger", "gouji-ledger.csv", "ledger", ("pandas",), function="csv", ending=".csv"),
    "parquet": Format(
        ".ledger",
        "gouji-ledger.parquet",
        "ledger",
        ("pandas", "pyarrow"),
        function="parquet",
        ending=".parquet",
    ),
}
"""The formats by name, in the order of the help text."""


def format_of(path: str) -> str:
    """The format that the name of an output file asks for; ``terminal`` (plain text) for any other name."""
    return next(
        (name for name, kind in KINDS.items() if kind.ending and path.endswith(kind.ending)), "terminal"
    )


class _Formats(Mapping[str, Render]):
    """Renderers by name; one is imported when it is asked for, so that JSON never pays for HTML."""

    def __getitem__(self, name: str) -> Render:
        kind = KINDS[name]
        render: Render = getattr(import_module(kind.module, __package__), kind.function)
        return render

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


FORMATS: Mapping[str, Render] = _Formats()
