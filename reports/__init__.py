"""One file per output format, and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

Render = Callable[..., str]
"""``render(audit, lang, *, verbose=False) -> str``"""


_MODULES = {"terminal": ".terminal", "json": ".json", "html": ".html"}


class _Formats(Mapping[str, Render]):
    """Formats by name; a renderer is imported when it is asked for, so that JSON never pays for HTML."""

    def __getitem__(self, name: str) -> Render:
        render: Render = import_module(_MODULES[name], __package__).render
        return render

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FORMATS: Mapping[str, Render] = _Formats()
