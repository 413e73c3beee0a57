"""A tree of a page, forgiving and linear: whatever is fed, it takes one pass and a bounded depth.

Browsers' rules matter here only where they decide what stands beside what: which cell a text is in, and
which element ends where nothing ends it. Parsers that follow them to the letter take quadratic time on
pages nested deep on purpose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

#: Elements inside one another beyond this depth are put side by side: no page that people read has more.
DEPTH = 200

_FAILURES = 20  # tags without an end, after which the rest is text
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>\"']++|(?<==)\s*\"[^\"]*+\"|(?<==)\s*'[^']*+'|[\"'])*+)>",
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?+")
_RAW = frozenset(("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"))
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in _RAW}
_VOID = frozenset(
    (
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    )
)
#: What a start tag ends: these elements, where nothing of the second set stands between.
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "table", "td", "th"))),
    "option": (frozenset(("option",)), frozenset(("select",))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "table", "td", "th"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "table", "td", "th"))),
    "td": (frozenset(("td", "th")), frozenset(("table",))),
    "th": (frozenset(("td", "th")), frozenset(("table",))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "tbody": (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))),
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_IMPLIED.update(dict.fromkeys(_HEADINGS, (_HEADINGS, frozenset(("table", "td", "th", "div", "li")))))
_IMPLIED["thead"] = _IMPLIED["tfoot"] = _IMPLIED["tbody"]
_PARAGRAPH = (frozenset(("p",)), frozenset(("td", "th", "table", "caption", "button", "li", "div")))
#: End tags that may end a cell with all that is open in it; any other stays inside of its cell.
_TABLE = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "body", "html"))
_WALLS = frozenset(("td", "th"))


@dataclass(slots=True, eq=False)
class Node:
    """An element with its children: elements and texts, entities resolved, in order."""

    tag: str
    attributes: str = ""
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Give the value of an attribute, empty where it is absent or empty."""
        if name not in self.attributes.lower():
            return ""
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == name:
                return unescape(match[2] or match[3] or match[4] or "").strip()
        return ""

    def has(self, name: str) -> bool:
        """Tell whether there is an attribute ``name``, with a value or without."""
        found = name in self.attributes.lower()
        return found and any(match[1].lower() == name for match in _ATTRIBUTE.finditer(self.attributes))


class _Builder:
    def __init__(self) -> None:
        self.root = Node("")
        self.stack = [self.root]

    def text(self, text: str) -> None:
        if text:
            self.stack[-1].children.append(unescape(text) if "&" in text else text)

    def close(self, ends: frozenset[str], walls: frozenset[str]) -> None:
        """End the innermost open element of ``ends`` unless one of ``walls`` stands before it."""
        for at in range(len(self.stack) - 1, 0, -1):
            if self.stack[at].tag in ends:
                del self.stack[at:]
                return
            if self.stack[at].tag in walls:
                return

    def start(self, tag: str, attributes: str) -> None:
        if tag in BLOCKS:
            self.close(*_PARAGRAPH)
        if tag in _IMPLIED:
            self.close(*_IMPLIED[tag])
        node = Node(tag, attributes)
        self.stack[-1].children.append(node)
        if tag not in _VOID and len(self.stack) < DEPTH:
            self.stack.append(node)

    def end(self, tag: str) -> None:
        if tag == "br":
            self.stack[-1].children.append(Node("br"))
            return
        walls = frozenset(("table",)) if tag in _TABLE and tag != "table" else frozenset()
        self.close(frozenset((tag,)), walls if tag in _TABLE else _WALLS)


def parse(page: str) -> Node:
    """Build the tree of ``page``; its root has no name. Any string is admitted."""
    builder = _Builder()
    at, size, failures = 0, len(page), 0
    comments = True  # there may be an end of a comment ahead
    while at < size:
        opened = page.find("<", at)
        if opened < 0 or failures >= _FAILURES:
            builder.text(page[at:])
            break
        builder.text(page[at:opened])
        follows = page[opened + 1 : opened + 2]
        if follows in ("!", "?"):
            end = page.find("-->", opened + 4) if comments and page.startswith("<!--", opened) else -1
            if end >= 0:
                at = end + 3
                continue
            comments = comments and not page.startswith("<!--", opened)
            end = page.find(">", opened)
            at = end + 1 if end >= 0 else size
            continue
        match = (
            _TAG.match(page, opened) if follows.isascii() and (follows.isalpha() or follows == "/") else None
        )
        if match is None:
            failures += follows == "/" or (follows.isascii() and follows.isalpha())
            builder.text("<")
            at = opened + 1
            continue
        at = match.end()
        tag = match[2].lower()
        if match[1]:
            builder.end(tag)
            continue
        builder.start(tag, match[3])
        if tag in _RAW:
            found = _ENDS[tag].search(page, at)
            end = found.start() if found else size
            builder.text(page[at:end])
            at = end
    return builder.root
