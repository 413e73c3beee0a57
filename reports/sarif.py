"""The findings as SARIF 2.1.0, for GitHub code scanning and every other reader of that format.

Source of the format: OASIS, Static Analysis Results Interchange Format 2.1.0 with errata 01. Of the limits of
code scanning (docs.github.com, "SARIF results exceed limit") those that a run can reach are kept: 25,000
results, 100 places for each, 10 MB compressed. Whatever is cut is said in a notification, and errors are cut
last. Accepted exceptions stay, marked as suppressed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import version
from inspect import cleandoc
from typing import Any
from urllib.parse import quote

from ..checks import CHECKS
from ..checks.audit import Audit
from ..checks.relation import Judged
from .messages import Messages, messages
from .note import evidence, feasible, note, qualities, suspicions
from .outcome import status_of
from .plain import whole_text
from .region import Region, Regions, Repair
from .view import View, checks
from .write import one_line

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS, SHOWN_RESULTS, MOST_PLACES = 25_000, 5_000, 100
MOST_BYTES, MOST_NOTES = 10_000_000, 1_000
_ROOT = "REPOROOT"
_PRINTS = 2048
"""A report's passage longer than this is no help in a message."""


def render(audit: Audit, lang: str, *, verbose: bool = False, fail_on: str = "error") -> str:
    """One SARIF log with one run; ``fail_on`` is the threshold that its exit code was judged by."""
    return _Log(View(audit), messages(lang), fail_on).text()


class _Log:
    def __init__(self, view: View, words: Messages, fail_on: str) -> None:
        self.view, self.words, self.fail_on = view, words, fail_on
        self.regions = Regions(view)
        found = (judged.relation.check for judged in view.audit.relations)
        self.rules = list(dict.fromkeys((*CHECKS, *found)))
        self.places = {name: place for place, name in enumerate(self.rules)}

    def text(self) -> str:
        """The log within the limits."""
        wanted = [*self.view.findings, *self.view.suppressed]
        results = [_json(self.result(judged)) for judged in wanted[:MOST_RESULTS]]
        kept = len(results)
        while True:
            text = self.log(results[:kept], len(wanted))
            # a gzip of text this repetitive is far smaller; only a long log is worth compressing to know
            if kept == 0 or len(text) < MOST_BYTES // 4:
                return text
            size = len(gzip.compress(text.encode("utf-8", "backslashreplace"), 6, mtime=0))
            if size <= MOST_BYTES:
                return text
            kept = min(kept * 9 // 10, kept * MOST_BYTES // size)

    def log(self, results: list[str], wanted: int) -> str:
        """The log, a line per result."""
        run = {
            "tool": {"driver": self.driver()},
            "invocations": [self.invocation(wanted - len(results), wanted)],
            "language": "zh-CN" if self.words.lang == "zh" else "en-US",
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {_ROOT: {"description": {"text": self.words("ui.root")}}},
            "artifacts": [self.artifact(index) for index in range(len(self.view.audit.documents))],
        }
        head = _json(run)[:-1]
        rows = ",\n".join(results)
        return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{head}, "results": [\n{rows}\n]}}]}}\n'

    # --- the tool ----------------------------------------------------------------------------------

    def driver(self) -> dict[str, Any]:
        return {
            "name": "gouji",
            "fullName": self.words("ui.product", version=version("gouji")),
            "version": version("gouji"),
            "semanticVersion": version("gouji"),
            "language": "zh-CN" if self.words.lang == "zh" else "en-US",
            "rules": [self.rule(name) for name in self.rules],
            "notifications": [
                self.notice("unread", self.words("ui.unread")),
                self.notice("limit", self.words("ui.cut")),
                self.notice("read", self.words("ui.read_notes")),
            ],
        }

    def notice(self, name: str, text: str) -> dict[str, Any]:
        """A kind of notification; code scanning wants all three texts."""
        said = {"text": text}
        return {"id": name, "shortDescription": said, "fullDescription": said, "help": said}

    def rule(self, name: str) -> dict[str, Any]:
        """A check as a rule; its help is its documentation."""
        word, table = self.words.word("check", name), checks().get(name)
        formula = table.formula if table else ""
        text = documentation(name) or formula or word
        rule: dict[str, Any] = {
            "id": name,
            "name": "".join(part.capitalize() for part in name.split("_")) + "Tie",
            "shortDescription": {"text": _message(word)},
            "fullDescription": {
                "text": _message(f"{word}{self.words('ui.colon')}{formula}" if formula else word)
            },
            "help": {"text": _message(text), "markdown": _markdown(text)},
            "defaultConfiguration": {"level": "warning"},
            "properties": {"tags": ["consistency"], "precision": "high", "problem.severity": "warning"},
        }
        return rule

    def invocation(self, cut: int, wanted: int) -> dict[str, Any]:
        """How the run ended; what could not be read, and what the limits cut."""
        notices: list[dict[str, Any]] = [
            {
                "descriptor": {"id": "unread", "index": 0},
                "level": "error",
                "message": {"text": _message(unread.reason)},
                "locations": [{"physicalLocation": {"artifactLocation": _file(unread.path)}}],
            }
            for unread in self.view.audit.unread
        ]
        notices += [
            {
                "descriptor": {"id": "read", "index": 2},
                "level": "note",
                "message": {"text": _message(line)},
                "locations": [{"physicalLocation": {"artifactLocation": self.location(index)}}],
            }
            for index, line in self.view.read_notes[:MOST_NOTES]
        ]
        limits = []
        if cut:
            limits.append(self.words("ui.cut_results", cut=cut, wanted=wanted))
        elif wanted > SHOWN_RESULTS:
            limits.append(self.words("ui.cut_shown", shown=SHOWN_RESULTS, wanted=wanted))
        for line in limits:
            descriptor = {"id": "limit", "index": 1}
            notices.append({"descriptor": descriptor, "level": "warning", "message": {"text": line}})
        return {
            "executionSuccessful": not self.view.audit.unread,
            "exitCode": status_of(self.view, self.fail_on),
            "toolExecutionNotifications": notices,
        }

    def artifact(self, index: int) -> dict[str, Any]:
        document = self.view.audit.documents[index].document
        entry: dict[str, Any] = {
            "location": _file(document.path),
            "roles": [] if self.view.audit.documents[index].earlier else ["analysisTarget"],
            "hashes": {"sha-256": document.sha256},
        }
        if document.encoding:
            entry["encoding"] = document.encoding
        if document.title:
            entry["description"] = {"text": _message(document.title)}
        return entry

    # --- a finding ---------------------------------------------------------------------------------

    def result(self, judged: Judged) -> dict[str, Any]:
        name, words = judged.relation.check, self.words
        others = self.regions.others(judged)[: MOST_PLACES - 1]
        entry: dict[str, Any] = {
            "ruleId": name,
            "ruleIndex": self.places[name],
            "kind": "fail",
            "level": judged.verdict.severity or "note",
            "message": {"text": self.message(judged, others)},
            "locations": [],
            "relatedLocations": [],
            # code scanning follows a finding by the second key alone
            "partialFingerprints": {
                "gouji/v1": judged.fingerprint,
                "primaryLocationLineHash": judged.fingerprint,
            },
            "suppressions": [],
        }
        region = self.regions.primary(judged)
        if region:
            entry["locations"].append({"physicalLocation": self.physical(region)})
        for number, (role, claim, place) in enumerate(others, 1):
            label = f"{words.word('role', role)}{words('ui.colon')}{one_line(claim.figure.text)}"
            if self.view.is_earlier(claim):
                label += words("ui.bracketed", text=claim.period)
            entry["relatedLocations"].append(
                {
                    "id": number,
                    "message": {"text": _message(label)},
                    "physicalLocation": self.physical(place),
                }
            )
        if judged.suppressed:
            suppression = {
                "kind": "external",
                "status": "accepted",
                "justification": whole_text(judged.suppressed),
            }
            entry["suppressions"].append(suppression)
        repairs = self.regions.repairs(judged)
        if repairs:
            entry["fixes"] = [self.fix(repairs, judged)]
        entry["properties"] = self.properties(judged)
        return entry

    def message(self, judged: Judged, others: Iterable[tuple[str, Any, Region]]) -> str:
        """The note, what qualifies it, and links to the other numbers."""
        words = self.words
        text = _message(note(judged, self.view, words))
        extra = words("ui.separator").join(qualities(judged, self.view, words))
        lines = [text + _message(words("ui.bracketed", text=extra) if extra else "")]
        lines += [_message(line) for line in suspicions(judged, self.view, words)]
        links = [
            f"[{_message(one_line(claim.figure.text))}]({n})" for n, (_, claim, _) in enumerate(others, 1)
        ]
        if links:
            lines.append(words("ui.related", figures=words("ui.separator").join(links)))
        return "\n".join(lines)

    def fix(self, repairs: Sequence[Repair], judged: Judged) -> dict[str, Any]:
        """All replacements that mend a finding together, by file."""
        changes: dict[int, list[dict[str, Any]]] = {}
        for repair in repairs:
            changes.setdefault(repair.region.document, []).append(
                {
                    "deletedRegion": _region(repair.region),
                    "insertedContent": {"text": whole_text(repair.text)},
                }
            )
        return {
            "description": {"text": _message("\n".join(suspicions(judged, self.view, self.words)))},
            "artifactChanges": [
                {"artifactLocation": self.location(document), "replacements": replacements}
                for document, replacements in changes.items()
            ],
        }

    def properties(self, judged: Judged) -> dict[str, Any]:
        """What the verdict says beyond level and message, by the names of the JSON contract."""
        verdict = judged.verdict
        found = {
            "verdict": verdict.verdict,
            "basis": verdict.basis,
            "strength": judged.relation.strength,
            "equation": whole_text(verdict.equation) or None,
            "gap": verdict.gap or None,
            "evidence": [whole_text(word) for word in evidence(judged)] or None,
            "diagnosis": judged.diagnosis,
            "suspects": [
                {"text": whole_text(text), "suggestion": whole_text(s.suggestion), "reason": s.reason}
                for s in judged.suspects
                for text in [self.view.figures[s.figure][1].text if s.figure in self.view.figures else ""]
            ]
            or None,
            "feasible": feasible(judged, self.words) or None,
            "joint": [whole_text(other.verdict.equation) for other in self.view.joined(judged)] or None,
        }
        return {name: value for name, value in found.items() if value is not None}

    def physical(self, region: Region) -> dict[str, Any]:
        text = self.view.audit.documents[region.document].document.text[region.start : region.end]
        entry = _region(region)
        entry["snippet"] = {"text": whole_text(text[:_PRINTS])}
        return {"artifactLocation": self.location(region.document), "region": entry}

    def location(self, index: int) -> dict[str, Any]:
        path = self.view.audit.documents[index].document.path
        return {**_file(path), "index": index}


def _file(path: str) -> dict[str, Any]:
    """A file by its path from the root; the command line gives no absolute ones, a program may."""
    return {"uri": f"file://{uri(path)}"} if path.startswith("/") else {"uri": uri(path), "uriBaseId": _ROOT}


def uri(path: str) -> str:
    """A path as a relative URI: everything but plain characters and slashes percent-encoded."""
    return quote(path.encode("utf-8", "surrogateescape") if _encodable(path) else whole_text(path), safe="/")


def _encodable(path: str) -> bool:
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def documentation(check: str) -> str:
    """The documentation of a check: its module's docstring; "" for a check that is no module."""
    if check not in CHECKS:
        return ""
    return cleandoc(import_module(f"gouji.checks.{check}").__doc__ or "")


def _markdown(text: str) -> str:
    """A docstring as Markdown: its examples as a list, their texts as they stand."""
    lines = []
    for line in text.splitlines():
        kind, colon, example = line.partition(": ")
        if colon and kind in ("Fails", "Holds", "Silent"):
            lines.append(f"- **{kind}:** {example.replace('<', '&lt;')}")
        else:
            lines.append(line.replace("<", "&lt;"))
    return "\n".join(lines)


def _message(text: str) -> str:
    """Plain text for a message, whose brackets would make links and whose braces placeholders."""
    text = whole_text(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")


def _region(region: Region) -> dict[str, Any]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "charOffset": region.offset,
        "charLength": region.end - region.start,
    }


def _json(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)
