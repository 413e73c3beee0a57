"""Placeholder until the page stands."""

from ..checks.audit import Audit


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """Nothing yet."""
    raise NotImplementedError
