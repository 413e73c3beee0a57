"""What the page carries inside itself: style, script, data, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

STYLES = ("page.css", "page_parts.css")
SCRIPTS = (
    "page.js",
    "page_inspector.js",
    "page_findings.js",
    "page_search.js",
    "page_notes.js",
    "page_keys.js",
)
"""In the order of use: each script sees what those before it declare."""


def asset(name: str) -> str:
    """A file that is shipped beside this one, with plain line ends so that its hash is the same anywhere."""
    return files("gouji.reports").joinpath(name).read_text("utf-8").replace("\r\n", "\n")


@cache
def style() -> str:
    """The style sheet of the page."""
    return "".join(map(asset, STYLES))


@cache
def script() -> str:
    """The program of the page: its files in one scope, so that they leave no names behind."""
    return "\n(() => {\n" + "".join(map(asset, SCRIPTS)) + "})();\n"


@cache
def template() -> Template:
    """The page's template; it escapes all it is given and stops at a name that it does not know."""
    environment = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


@cache
def policy() -> str:
    """Nothing may be loaded or sent; one style sheet and one script may run, named by hash."""

    def digest(text: str) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; img-src data:; style-src '{digest(style())}'; script-src '{digest(script())}'; "
        "base-uri 'none'; form-action 'none'"
    )


def inert(data: object) -> str:
    """JSON that cannot end its script element nor open a comment in it, whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
