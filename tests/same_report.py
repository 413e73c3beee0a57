"""One example report as a Word file, a web page, a PDF and a scan: blocks of Markdown laid out anew."""

from __future__ import annotations

import io
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from .docx_file import docx, p, r
from .pdf_files import Pdf, paragraph

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:\\Windows\\Fonts\\simsun.ttc",
)


def font() -> str | None:
    """A font with Chinese characters; ``None`` where the system has none of those known."""
    return next((name for name in FONTS if Path(name).exists()), None)


def blocks(markdown: str) -> list[str | list[list[str]]]:
    """Paragraphs without marks, and tables as rows of cells."""
    found: list[str | list[list[str]]] = []
    for block in re.split(r"\n{2,}", markdown.strip()):
        if block.startswith("|"):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
            found.append([row for row in rows if not set("".join(row)) <= set("-: ")])
        else:
            found.append(block.lstrip("# ").replace("**", ""))
    return found


def as_docx(markdown: str) -> bytes:
    body = ""
    for block in blocks(markdown):
        if isinstance(block, str):
            body += p(r(block))
        else:
            rows = ("".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in row) for row in block)
            body += "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    return docx(body)


def as_html(markdown: str) -> bytes:
    body = ""
    for number, block in enumerate(blocks(markdown)):
        if isinstance(block, str):
            body += f"<h1>{escape(block)}</h1>" if number == 0 else f"<p>{escape(block)}</p>"
        else:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
            body += "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    page = f"<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body>{body}</body></html>"
    return page.encode()


def as_pdf(markdown: str) -> bytes:
    pdf = Pdf()
    pdf.page()
    y = 760.0
    for block in blocks(markdown):
        if y < 160:
            pdf.page()
            y = 760.0
        if isinstance(block, str):
            y = paragraph(pdf, block, y)
            continue
        xs = [75.0, 195.0, 255.0, 345.0, 435.0, 540.0]
        ys = [y + 16 - 24 * k for k in range(len(block) + 1)]
        pdf.grid(xs, ys)
        for row in block:
            for x, cell in zip(xs, row, strict=False):
                pdf.text(x + 4, y, cell, 12)
            y -= 24
        y -= 12
    return pdf.data()


@cache
def as_pictures(markdown: str) -> tuple[Any, ...]:
    """Pages of A4 at 200 dots per inch, as Pillow draws them."""
    from PIL import Image, ImageDraw, ImageFont

    name = font()
    assert name is not None
    size, left, right = 44, 210, 1440
    kind = ImageFont.truetype(name, size, index=2 if name.endswith("CJK-Regular.ttc") else 0)
    small = ImageFont.truetype(name, 32, index=2 if name.endswith("CJK-Regular.ttc") else 0)
    pages: list[Any] = []

    def turned() -> tuple[Any, int]:
        pages.append(Image.new("L", (1654, 2339), 255))
        return ImageDraw.Draw(pages[-1]), 220

    draw, y = turned()
    for block in blocks(markdown):
        if isinstance(block, str):
            line, x = "", left + 2 * size
            for char in block + "\n":
                if char == "\n" or x + draw.textlength(line + char, kind) > right:
                    if y > 2080:
                        draw, y = turned()
                    draw.text((x, y), line, 0, kind)
                    line, x, y = "", left, y + 78
                line += char
            continue
        if y > 2080 - 64 * len(block):
            draw, y = turned()
        xs = [left, left + 340, left + 480, left + 720, left + 960, right]
        for x in xs:
            draw.line((x, y, x, y + 64 * len(block)), 0, 3)
        for k, row in enumerate([*block, []]):
            draw.line((left, y + 64 * k, right, y + 64 * k), 0, 3)
            for x, cell in zip(xs, row, strict=False):
                draw.text((x + 12, y + 64 * k + 10), cell, 0, small)
        y += 64 * len(block) + 40
    return tuple(pages)


def as_scan(markdown: str, format: str = "PDF") -> bytes:
    """A file of pictures without a text layer: PDF or TIFF with all pages, PNG or JPEG with the first."""
    first, *rest = as_pictures(markdown)
    out = io.BytesIO()
    if format in ("PDF", "TIFF"):
        first.save(out, format, save_all=True, append_images=rest, resolution=200, dpi=(200, 200))
    else:
        first.save(out, format)
    return out.getvalue()
