"""Documents of before 2007 (.doc, .wps, .xls, .et), RTF and binary workbooks (.xlsb): converted by LibreOffice where it is installed.

The old formats are file systems of binary records; reading them right is a project of its own. LibreOffice
runs without a window, in a profile and folder of its own that are removed afterwards, for at most a minute.
Its profile runs no macros and follows no link out of a document: what a document only refers to is not fetched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from . import apart
from .extracted import Extracted
from .text import UnreadError

#: Seconds for one conversion; 300 pages take some ten.
TIMEOUT = 60

#: What LibreOffice is called, by system.
_NAMES = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
)
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    # a proxy that nobody answers at, should a link be followed all the same
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    + "</oor:items>"
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))


def office() -> str | None:
    """Find LibreOffice: on the path, else where its installers put it."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if os.path.exists(place)), None)


def kind(data: bytes) -> str:
    """Tell what an OLE file is by the names in its directory: xlsx for a workbook, docx for a text."""
    return "xlsx" if any(name in data for name in _WORKBOOKS) else "docx"


def read(data: bytes, path: str) -> Extracted:
    """Convert and read; raise :class:`UnreadError` that says what to install, or what went wrong."""
    if data.startswith(b"{\\rtf"):
        source, target = "rtf", "docx"
    elif data.startswith(b"PK"):
        source, target = "xlsb", "xlsx"
    elif _ENCRYPTED in data:
        raise UnreadError("encrypted")
    else:
        target = kind(data)
        source = "xls" if target == "xlsx" else "doc"
    return apart.read(target, convert(data, source, target), path)


def convert(data: bytes, source: str, target: str, timeout: float = TIMEOUT) -> bytes:
    """Convert the bytes of a file of format ``source`` to ``target``, both as file name endings."""
    program = office()
    if program is None:
        raise UnreadError("needs_office")
    with tempfile.TemporaryDirectory(prefix="gouji-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        (here / "out").mkdir()
        (here / f"in.{source}").write_bytes(data)
        (here / "profile" / "user").mkdir(parents=True)
        (here / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        command = [
            program,
            f"-env:UserInstallation={(here / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(here / "out"),
            str(here / f"in.{source}"),
        ]
        _run(command, timeout)
        made = here / "out" / f"in.{target}"
        if not made.is_file():
            raise UnreadError("conversion_failed")
        return made.read_bytes()


def _run(command: list[str], timeout: float) -> None:
    """Run to its end, or end it with all that it started: LibreOffice works in a child of its own."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadError("conversion_failed") from error
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        raise UnreadError("conversion_timeout", seconds=str(round(timeout))) from None
