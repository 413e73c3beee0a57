"""A real browser for the tests of the page: Chromium where there is one, and nothing of the network."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The browser: that of GOUJI_CHROMIUM, else the first on the path."""
    named = os.environ.get("GOUJI_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, or the test is skipped and says what is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = executable()
    if path is None:
        pytest.skip("no browser: install chromium or name one in GOUJI_CHROMIUM")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@dataclass
class Visit:
    """A page that is open, and what it asked for and complained of."""

    page: Page
    context: BrowserContext
    path: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The page's own address."""
        return self.path.as_uri()

    def quiet(self) -> None:
        """Assert that the page asked for nothing but itself and complained of nothing."""
        assert self.complaints == []
        assert {one.partition("#")[0] for one in self.requests if not one.startswith("blob:")} <= {
            self.address
        }


@contextmanager
def visit(browser: Browser, source: str, fragment: str = "", **options: Any) -> Iterator[Visit]:
    """Open ``source`` from disk; every other request is recorded and refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.html"
        path.write_text(source, "utf-8")
        context = browser.new_context(accept_downloads=True, **options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        made = Visit(page, context, path)
        page.on("request", lambda request: made.requests.append(request.url))
        page.on(
            "console",
            lambda message: made.complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: made.complaints.append(str(error)))

        def refuse(dialog: Dialog) -> None:
            made.complaints.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", refuse)
        context.route(
            "**/*",
            lambda route: route.continue_() if route.request.url.startswith(path.as_uri()) else route.abort(),
        )
        page.goto(made.address + fragment)
        yield made
        context.close()
