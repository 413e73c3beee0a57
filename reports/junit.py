"""The audit as JUnit XML: a suite per document, a test case per check that found ties in it.

The dialect is that of the xUnit plugin of Jenkins (``junit-10.xsd``), which GitLab, Azure and others read. A
finding that fails the run is a ``failure``, any other one stands in ``system-out``; a check whose ties are
all undecided is ``skipped`` with the reasons, never passed; an unread file is an ``error``.
"""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..checks.audit import Audit
from ..checks.relation import Judged
from .messages import Messages, messages
from .note import note, qualities, suspicions
from .outcome import fails
from .plain import xml_text
from .region import Regions
from .view import View, checks, is_finding


def render(audit: Audit, lang: str, *, verbose: bool = False, fail_on: str = "error") -> str:
    """The audit as one ``testsuites`` element; ``fail_on`` is the threshold that failures are judged by."""
    return _Suites(View(audit), messages(lang), fail_on).text()


class _Suites:
    def __init__(self, view: View, words: Messages, fail_on: str) -> None:
        self.view, self.words, self.fail_on = view, words, fail_on
        self.regions = Regions(view)
        self.order = {name: place for place, name in enumerate(checks())}

    def text(self) -> str:
        root = Element("testsuites", {"name": "gouji"})
        homes: dict[int, dict[str, list[Judged]]] = {}
        for judged in self.view.audit.relations:
            region = self.regions.primary(judged)
            found = homes.setdefault(region.document if region else 0, {})
            found.setdefault(judged.relation.check, []).append(judged)
        for index, audited in enumerate(self.view.audited):
            self.document(root, index, audited.document.path, homes.get(index, {}))
        for unread in self.view.audit.unread:
            suite = self.suite(root, unread.path)
            case = self.case(suite, unread.path, self.words("ui.unread"))
            SubElement(case, "error", {"type": "unread", "message": xml_text(unread.reason)})
        for suite in root:
            self.count(suite)
        for name in ("tests", "failures", "errors"):
            root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
        indent(root, " ")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"

    def document(self, root: Element, index: int, path: str, ties: dict[str, list[Judged]]) -> None:
        suite = self.suite(root, path)
        for name in sorted(ties, key=lambda name: (self.order.get(name, len(self.order)), name)):
            self.check(self.case(suite, path, self.words.word("check", name)), index, ties[name])
        if not ties:
            case = self.case(suite, path, self.words("ui.relations"))
            SubElement(case, "skipped", {"message": self.words("decision.nothing")})

    def check(self, case: Element, index: int, ties: list[Judged]) -> None:
        """What a check found: failures first, then what to read."""
        reading = []
        for judged in ties:
            if not is_finding(judged):
                continue
            severity, line = judged.verdict.severity or "warning", self.line(judged)
            if judged.suppressed or not fails(severity, self.fail_on):
                reading.append(line)
                continue
            failure = SubElement(case, "failure", {"type": severity})
            failure.set("message", xml_text(note(judged, self.view, self.words)))
            failure.text = xml_text(line)
        undecided = Counter(
            judged.verdict.reason for judged in ties if judged.verdict.verdict == "unverified"
        )
        reasons = [
            f"{self.words.reason(code)}{self.words('ui.bracketed', text=self.words('ui.times', count=count))}"
            for code, count in undecided.items()
        ]
        if sum(undecided.values()) == len(ties):
            SubElement(case, "skipped", {"message": xml_text(self.words("ui.comma").join(reasons))})
        reading += [f"{self.words.word('verdict', 'unverified')}{self.words('ui.colon')}{r}" for r in reasons]
        if reading:
            SubElement(case, "system-out").text = xml_text("\n".join(reading))

    def line(self, judged: Judged) -> str:
        """A finding in full: severity, place, note, what qualifies it, and what may be wrong."""
        words, region = self.words, self.regions.primary(judged)
        place = ""
        if region:
            path = self.view.audit.documents[region.document].document.path
            place = f"{path}:{region.line}:{region.column} "
        mark = (
            words("ui.suppressed")
            if judged.suppressed
            else words.word("severity", judged.verdict.severity or "")
        )
        extra = words("ui.separator").join([*qualities(judged, self.view, words), judged.fingerprint])
        head = f"{mark} {place}{note(judged, self.view, words)}{words('ui.bracketed', text=extra)}"
        return "\n".join([head, *suspicions(judged, self.view, words)])

    def suite(self, root: Element, path: str) -> Element:
        return SubElement(root, "testsuite", {"name": xml_text(path)})

    def case(self, suite: Element, path: str, name: str) -> Element:
        return SubElement(suite, "testcase", {"classname": xml_text(path), "name": name, "time": "0"})

    def count(self, suite: Element) -> None:
        """Cases, not findings, are counted: a case fails once."""
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            suite.set(name, str(sum(case.find(tag) is not None for case in suite)))
        suite.set("tests", str(len(suite)))
