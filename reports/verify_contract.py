"""The contract of the JSON: its shape, its names, its counts; nothing that needs arithmetic of ties."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .verify_figure import Illegible, faults, read
from .view import checks

# Verdicts that decide; only they make a figure "checked".
_BASES = frozenset({"exact", "balanced", "rounded", "coarse", "chosen", "hedged", "disclaimed"})


@dataclass(frozen=True)
class Fault:
    """One disagreement: where (an id, or ``summary``), about which key, what the file says, what is found."""

    place: str
    key: str
    says: str
    finds: str


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an audit, as shipped."""
    found: dict[str, Any] = json.loads(
        files("gouji.reports").joinpath("audit.schema.json").read_text("utf-8")
    )
    return found


def shape(data: Any) -> str | None:
    """The first place where ``data`` lacks the shape of an audit, as ``/documents/0/text: …``; else ``None``.

    Reads the shipped schema itself (the few words of JSON Schema that it uses), so that nothing more has to
    be installed.
    """
    return next(_misfits(data, schema(), ""), None)


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def _misfits(data: Any, rule: dict[str, Any], at: str) -> Iterator[str]:
    if "$ref" in rule:
        rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]]
    types = rule.get("type", [])
    types = [types] if isinstance(types, str) else types
    allowed = tuple(t for name in types for t in _TYPES[name])
    if types and (not isinstance(data, allowed) or (isinstance(data, bool) and "boolean" not in types)):
        yield f"{at or '/'}: {'|'.join(types)}"
        return
    if "enum" in rule and data not in rule["enum"]:
        yield f"{at}: {data!r}"
    if "const" in rule and data != rule["const"]:
        yield f"{at}: {data!r}"
    if isinstance(data, str):
        if "pattern" in rule and not re.search(rule["pattern"], data):
            yield f"{at}: {data!r}"
        if len(data) < rule.get("minLength", 0):
            yield f"{at}: {data!r}"
    if isinstance(data, int | float) and not rule.get("minimum", data) <= data <= rule.get("maximum", data):
        yield f"{at}: {data!r}"
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _misfits(item, rule.get("items", {}), f"{at}/{index}")
    if isinstance(data, dict):
        known = rule.get("properties", {})
        for key in rule.get("required", ()):
            if key not in data:
                yield f"{at}/{key}: -"
        for key, item in data.items():
            extra = rule.get("additionalProperties", {})
            if key not in known and extra is False:
                yield f"{at}/{key}"
            else:
                yield from _misfits(item, known.get(key) or extra or {}, f"{at}/{key}")


def contract(data: dict[str, Any]) -> Iterator[Fault]:
    """What breaks the contract in an audit of the right shape."""
    together = {**data, "documents": [*data["documents"], *data.get("history", ())]}
    yield from _unique(together)
    for document in together["documents"]:
        yield from _spans(document)
    yield from _relations(together)
    yield from _statuses(together)
    yield from _summary(data)


def _unique(data: dict[str, Any]) -> Iterator[Fault]:
    names = [f["id"] for d in data["documents"] for f in d["figures"]] + [r["id"] for r in data["relations"]]
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(name, "id", str(count), "1")


def _spans(document: dict[str, Any]) -> Iterator[Fault]:
    """Every span holds its text, every figure stands once, the values are those of the print."""
    text, end = document["text"], 0
    for entry in document["figures"]:
        inside = text[entry["start"] : entry["end"]]
        if inside != entry["text"] or entry["end"] <= entry["start"]:
            yield Fault(entry["id"], "text", entry["text"], inside)
        if entry["start"] < end:
            yield Fault(entry["id"], "start", str(entry["start"]), f">= {end}")
        end = entry["end"]
        where = entry["where"]
        line = _line_of(document, entry["start"])
        if where["line"] is not None and where["line"] != line:
            yield Fault(entry["id"], "line", str(where["line"]), str(line))
        try:
            figure = read(entry, 0)
        except Illegible:
            continue
        for key, says, finds in faults(entry, figure):
            yield Fault(entry["id"], key, says, finds)
    for entry in document.get("skipped", ()):
        if text[entry["start"] : entry["end"]] != entry["text"]:
            yield Fault(f"@{entry['start']}", "skipped", entry["text"], text[entry["start"] : entry["end"]])


def _line_of(document: dict[str, Any], start: int) -> int:
    """The line of an offset; of an abridged text the line in the report that its piece was taken from."""
    text, pieces = document["text"], document.get("pieces", ())
    for piece in pieces:
        if piece["start"] <= start < piece["end"]:
            found: int = piece["line"] + len(_BREAK.findall(text, piece["start"], start))
            return found
    return 0 if pieces else _line(text, start)


_BREAK = re.compile(r"\r\n|\n|\r")


def _line(text: str, start: int) -> int:
    return 1 + len(_BREAK.findall(text, 0, start))


def _relations(data: dict[str, Any]) -> Iterator[Fault]:
    known = {f["id"] for d in data["documents"] for f in d["figures"]}
    table = checks()
    ties = {r["id"]: r for r in data["relations"]}
    for relation in data["relations"]:
        name, verdict = relation["id"], relation["verdict"]
        used = [f for members in relation["terms"].values() for f in members]
        for figure in dict.fromkeys(used + [s["figure"] for s in relation["suspects"]]):
            if figure not in known:
                yield Fault(name, "terms", figure, "-")
        if not used:
            yield Fault(name, "terms", "{}", "-")
        check = table.get(relation["check"])
        if check is None or relation["formula"] != check.formula:
            yield Fault(name, "formula", relation["formula"], check.formula if check else "-")
        if (relation["basis"] == "joint") != bool(relation.get("joint")):
            yield Fault(name, "joint", str(relation.get("joint")), str(relation["basis"]))
        for other in relation.get("joint", ()):
            if other not in ties or other == name:
                yield Fault(name, "joint", other, "-")
        if (verdict == "unverified") != bool(relation["reason"]):
            yield Fault(name, "reason", str(relation["reason"]), verdict)
        if verdict in ("consistent", "unverified") and relation["gap"]:
            yield Fault(name, "gap", str(relation["gap"]), "0")
        if verdict == "consistent" and relation["basis"] not in _BASES:
            yield Fault(name, "basis", str(relation["basis"]), verdict)
        if verdict == "unverified" and relation["basis"] is not None:
            yield Fault(name, "basis", str(relation["basis"]), verdict)


def _statuses(data: dict[str, Any]) -> Iterator[Fault]:
    """A figure is checked by a decided relation, else unverified by an open one, else unrelated."""
    status: dict[str, str] = {}
    for relation in data["relations"]:
        for name in (f for members in relation["terms"].values() for f in members):
            if relation["verdict"] != "unverified":
                status[name] = "checked"
            else:
                status.setdefault(name, "unverified")
    for document in data["documents"]:
        for entry in document["figures"]:
            expected = status.get(entry["id"], "unrelated")
            if entry["status"] != expected:
                yield Fault(entry["id"], "status", entry["status"], expected)


def _summary(data: dict[str, Any]) -> Iterator[Fault]:
    states = Counter(f["status"] for d in data["documents"] for f in d["figures"])
    weights = Counter(r["severity"] for r in data["relations"] if not r["suppressed"])
    expected = {
        "documents": len(data["documents"]),
        "figures": sum(states.values()),
        "checked": states["checked"],
        "unverified": states["unverified"],
        "unrelated": states["unrelated"],
        "relations": len(data["relations"]),
        "errors": weights["error"],
        "warnings": weights["warning"],
    }
    for key, count in expected.items():
        if data["summary"][key] != count:
            yield Fault("summary", key, str(data["summary"][key]), str(count))
