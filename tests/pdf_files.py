"""Makes small PDFs that depend on no font of the system: every character is a box in a font of their own."""

from __future__ import annotations

import zlib


class Pdf:
    """Pages of text and lines; points from the lower left corner."""

    def __init__(self) -> None:
        self.pages: list[tuple[float, float, list[str], bool, int]] = []
        self.codes: dict[str, int] = {}
        self.nameless: set[str] = set()  # characters that it does not name
        self.unmapped: set[str] = set()  # characters that the file names by a private code

    def page(self, width: float = 595, height: float = 842, rotate: int = 0) -> None:
        self.pages.append((width, height, [], False, rotate))

    def text(self, x: float, y: float, text: str, size: float = 16, angle: str = "1 0 0 1") -> None:
        """Write ``text``; a Latin character is half as wide as an ideograph."""
        out = []
        for char in text:
            code = self.codes.setdefault(char, len(self.codes))
            out.append(f"/F{code // 200} {size} Tf <{code % 200:02x}> Tj")
        self.pages[-1][2].append(f"BT {angle} {x} {y} Tm {' '.join(out)} ET")

    def hidden(self, x: float, y: float, text: str) -> None:
        """Write ``text`` where a clip lets nothing show, as edited files keep what was replaced."""
        self.pages[-1][2].append(f"q {x} {y + 60} 90 20 re W n")
        self.text(x, y, text)
        self.pages[-1][2].append("Q")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1][2].append(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """Draw every border of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def picture(self) -> None:
        """Cover the page with a picture."""
        width, height, content, _, rotate = self.pages[-1]
        content.append(f"q {width} 0 0 {height} 0 0 cm /Im Do Q")
        self.pages[-1] = (width, height, content, True, rotate)

    def data(self, locked: bool = False) -> bytes:
        """Write the file; ``locked`` claims a password that nobody knows."""
        objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]

        def add(body: bytes) -> int:
            objects.append(body)
            return len(objects)

        def stream(body: bytes, extra: bytes = b"") -> int:
            return add(b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(body), body))

        wide = stream(b"1000 0 60 -100 940 840 d1 60 -100 880 940 re f")
        narrow = stream(b"500 0 60 0 440 700 d1 60 0 380 700 re f")
        point = stream(b"500 0 60 -20 180 100 d1 60 -20 120 120 re f")
        blank = stream(b"500 0 0 0 0 0 d1")
        fonts = []
        for first in range(0, len(self.codes), 200):
            part = [char for char, code in self.codes.items() if first <= code < first + 200]
            widths = " ".join("1000" if char > "\u2e7f" else "500" for char in part)
            procs = " ".join(
                f"/g{i} {blank if c == ' ' else point if c in '.·' else narrow if c < '⺀' else wide} 0 R"
                for i, c in enumerate(part)
            )
            names = " ".join(f"/g{i}" for i in range(len(part)))
            pairs = [
                f"<{i:02x}> <{'dbc0ddb0' if c in self.unmapped else c.encode('utf-16-be').hex()}>"
                for i, c in enumerate(part)
                if c not in self.nameless
            ]
            cmap = (
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
                f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(pairs)} beginbfchar\n{chr(10).join(pairs)}\nendbfchar\n"
                "endcmap end end"
            )
            unicode = stream(cmap.encode())
            fonts.append(
                add(
                    f"<</Type/Font/Subtype/Type3/FontBBox[0 -100 1000 900]/FontMatrix[.001 0 0 .001 0 0]"
                    f"/CharProcs<<{procs}>>/Encoding<</Type/Encoding/Differences[0 {names}]>>"
                    f"/FirstChar 0/LastChar {len(part) - 1}/Widths[{widths}]/Resources<<>>"
                    f"/ToUnicode {unicode} 0 R>>".encode()
                )
            )
        image = stream(
            zlib.compress(b"\xff"),
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/FlateDecode",
        )
        named = " ".join(f"/F{i} {number} 0 R" for i, number in enumerate(fonts))
        kids = []
        for width, height, content, _, rotate in self.pages:
            body = stream("\n".join(content).encode())
            kids.append(
                add(
                    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {body} 0 R/Rotate {rotate}"
                    f"/Resources<</Font<<{named}>>/XObject<</Im {image} 0 R>>>>>>".encode()
                )
            )
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        objects[1] = f"<</Type/Pages/Kids[{listed}]/Count {len(kids)}>>".encode()
        out = bytearray(b"%PDF-1.7\n")
        offsets = []
        for number, body_ in enumerate(objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body_)
        start = len(out)
        zeros = b"0" * 64
        lock = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (zeros, zeros)
        lock = lock if locked else b""
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        for offset in offsets:
            out += b"%010d 00000 n \n" % offset
        out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, lock, start)
        return bytes(out)


def paragraph(pdf: Pdf, text: str, y: float, x: float = 75, per: int = 27, size: float = 16) -> float:
    """Write an indented paragraph in full lines of ``per`` ideographs, 28 points apart; give the next y."""
    room, at = float(per - 2), 0.0
    line = ""
    left = x + 2 * size
    for char in text:
        width = 1.0 if char > "\u2e7f" else 0.5
        if at + width > room:
            pdf.text(left, y, line, size)
            line, at, left, room = "", 0.0, x, float(per)
            y -= 28
        line += char
        at += width
    pdf.text(left, y, line, size)
    return y - 28
