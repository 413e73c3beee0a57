"""The exit status of an audit: for the command line, and for formats that record it."""

from __future__ import annotations

from .view import View

CLEAN, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3
THRESHOLDS = ("error", "warning", "never")


def status_of(view: View, fail_on: str) -> int:
    """The exit status for a threshold, one of :data:`THRESHOLDS`; findings win over unread files."""
    counts = view.counts
    reached = {"error": counts.errors, "warning": counts.errors + counts.warnings, "never": 0}[fail_on]
    if reached:
        return FINDINGS
    return UNREADABLE if view.audit.unread else CLEAN


def fails(severity: str | None, fail_on: str) -> bool:
    """Whether a finding of that severity fails a run with that threshold."""
    return (severity == "error" and fail_on != "never") or (severity == "warning" and fail_on == "warning")
