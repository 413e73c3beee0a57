"""Hostile files for every reader and for the whole way from a file to every output.

usage: python benchmarks/fuzz.py [--seconds 60] [--seed 1] [--only docx,pdf,…] [--keep FOLDER] [FILE…]

Good files of every format are spoilt in the ways that break readers: bytes flipped, cut, doubled; parts of a zip archive
changed inside and packed again; elements of XML and HTML doubled, nested, renamed, emptied; words and signs that the
audit looks for put anywhere into texts. Each is read, audited, rendered in every format and annotated. A fault is an
exception (a reader may only give an ``Unread``), more seconds than ``--most``, text that is not one line where one line
is promised, or an output that cannot be encoded. What faults is written to ``--keep`` with its traceback. With FILE only
those are tried. The same seed tries the same files. The exit status is 1 where something faulted.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gouji.checks.run import audit  # noqa: E402
from gouji.extract.document import Document, Unread  # noqa: E402
from gouji.extract.formats import name as format_of  # noqa: E402
from gouji.extract.reader import load  # noqa: E402
from gouji.extract.text import UnreadError  # noqa: E402
from gouji.reports import FORMATS, KINDS, annotate_docx, annotate_pdf  # noqa: E402
from gouji.reports.annotate import marks  # noqa: E402
from gouji.reports.mark import Mark, Refused  # noqa: E402
from gouji.reports.messages import messages  # noqa: E402
from gouji.reports.view import View  # noqa: E402
from tests.docx_file import docx, p, packed, r, tbl, tr  # noqa: E402
from tests.pdf_files import Pdf, paragraph  # noqa: E402

TITLE = "某某市司法局2017年法治政府建设情况报告"
LINES = (
    "全年受理物业纠纷704件，同比增长5.3%，调解成功803件，调解成功率81.93%。",
    "全年一般公共预算收入54.22亿元，其中：税收收入43.35亿元，增长4.1%，占79.9%；非税收入10.87亿元，下降2.0%。",
    "三次产业结构比为22.7:32.4:44.9。三项分别为10.9%、23.1%和66.0%。",
    "2016年受理668件，2017年受理704件，增加36件，增长5.4%。",
    "人均地区生产总值94622元，年末常住人口2119.2万人，完成预算的98.71%，超额近2.2万余元。",
)
ROWS = (
    ("项目", "2016年", "2017年", "增长%"),
    ("甲类", "12", "13", "8.3"),
    ("乙类", "30", "31", "3.3"),
    ("合计", "42", "45", "4.8"),
)
WORDS = (
    "7", "0", ".", ",", "，", "、", "。", "；", "：", "（", "）", "(", ")", "%", "％", "‰", "万", "亿", "元", "件", "个百分点", "其中", "其中：", "占",
    "分别为", "同比增长", "下降", "增长", "比上年", "近", "超过", "余", "以上", "三分之二", "一半", "翻一番", "10倍", "100%", "—", "-", "至", "~",
    "2017年", "一季度", "第一", "一、", "（一）", "# ", "| ", "|", "\n", "\n\n", "\f", "\r", "\t", " ", "\u3000", "\u200b", "\ufeff", "\0", "\x1b",
    "\u2028", "\x85", "\ud7ff", "\ufffe", "\U0001f600", "\U00020000", "𝟙", "①", "㎡", "½", "Ⅳ", "٣", "百", "千", "〇", "零", "负", "−", "=1+1",
    "<", ">", "&", "&amp;", "]]>", "\\", "`", "*", "_", "[a](b)", "999999999999999999999999", "0.0000000000000000001", "1e999",
)  # fmt: skip
TAGS = ("w:r", "w:t", "w:p", "w:tbl", "w:tr", "w:tc", "w:ins", "w:del", "w:sdt", "w:sdtContent", "w:hyperlink", "w:pict", "w:txbxContent",
        "w:fldChar", "w:tab", "w:br", "w:sym", "w:vanish", "w:numPr", "mc:AlternateContent", "mc:Choice", "table", "tr", "td", "th", "div", "p", "span",
        "script", "style", "row", "c", "v", "f", "is", "si", "mergeCell", "ofd:TextCode", "ofd:TextObject")  # fmt: skip
VALUES = (
    "",
    "0",
    "-1",
    "1",
    "99",
    "65536",
    "4294967296",
    "99999999999999999999",
    "a",
    "restart",
    "continue",
    "0.5",
    "1e9",
    "A1:XFD1048576",
    "../x",
    "\u4e00",
)


def seeds() -> dict[str, list[bytes]]:
    """Good files by format."""
    found: dict[str, list[bytes]] = {}
    plain = "\n\n".join((f"# {TITLE}", *LINES, *("| " + " | ".join(row) + " |" for row in ROWS)))
    texts = [plain, *(path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*-20*")))]
    found["txt"] = [text.encode() for text in texts] + [plain.encode("gb18030"), plain.encode("utf-16")]
    found["csv"] = [
        "\n".join(",".join(row) for row in ROWS).encode(),
        "\n".join("\t".join(row) for row in ROWS).encode("gbk"),
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    body = "".join(f"<p>{line}</p>" for line in LINES)
    found["html"] = [
        f"<!doctype html><html><head><title>{TITLE}</title><meta charset=utf-8></head><body><div><h1>{TITLE}</h1>{body}"
        f"<table>{table}</table><ul><li>甲<li>乙</ul></div></body></html>".encode()
    ]
    note = '<w:footnote w:id="2">' + p(LINES[3]) + "</w:footnote>"
    box = (
        "<w:r><w:pict><v:textbox><w:txbxContent>"
        + p(LINES[4])
        + "</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    whole = (
        p(TITLE, '<w:pStyle w:val="h"/>')
        + p(
            r(LINES[0][:9]) + r(LINES[0][9:], "<w:b/>"),
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        )
        + p(
            '<w:ins w:id="1" w:author="a">'
            + r(LINES[1])
            + '</w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>'
        )
        + p(
            r(LINES[2])
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + box
            + field
            + r("3件")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        + tbl(*(tr(*row) for row in ROWS))
        + "<w:sdt><w:sdtContent>"
        + p(LINES[3])
        + "</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    found["docx"] = [
        docx(
            whole,
            footnotes=note,
            numbering=numbering,
            styles=styles,
            settings="<w:trackRevisions/>",
            comments="",
        )
    ]
    made = Pdf()
    made.page()
    y = paragraph(made, TITLE + "".join(LINES), 760)
    xs, ys = [70.0, 180.0, 290.0, 400.0, 510.0], [y - 20.0 - 30 * i for i in range(5)][::-1]
    made.grid(xs, ys)
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            made.text(xs[j] + 5, ys[-1] - 20 - 30 * i, cell, 12)
    made.page(rotate=90)
    paragraph(made, "".join(LINES[1:]), 700)
    found["pdf"] = [made.data()]
    try:
        import openpyxl
    except ImportError:
        pass
    else:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in ROWS:
            sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in row])
        sheet["D5"] = "=C4/B4-1"
        sheet["D5"].number_format = "0.00%;[Red]-0.00%"
        sheet.merge_cells("A6:B6")
        out = io.BytesIO()
        book.save(out)
        found["xlsx"] = [out.getvalue()]
    text = "".join(
        f'<ofd:TextObject ID="{i}" Boundary="10 {10 + 10 * i} 150 8" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g {len(line)} 5">{line}</ofd:TextCode>'
        "</ofd:TextObject>"
        for i, line in enumerate((TITLE, *LINES))
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    found["ofd"] = [
        packed({
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>".encode(),
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>'
            f'<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'.encode(),
            "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="2">{text}</ofd:Layer></ofd:Content></ofd:Page>'.encode(),
        })
    ]  # fmt: skip
    return found


# --- how files are spoilt ----------------------------------------------------------------------------


def spoilt_bytes(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        if not out:
            break
        at = rng.randrange(len(out))
        size = rng.choice((1, 1, 2, 8, 64, 1024))
        kind = rng.randrange(6)
        if kind == 0:
            out[at] = rng.randrange(256)
        elif kind == 1:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del out[at : at + size]
        elif kind == 3:
            out[at:at] = out[at : at + size] * rng.choice((1, 2, 50))
        elif kind == 4:
            other = rng.randrange(len(out))
            out[at : at + size] = out[other : other + size]
        else:
            out[at : at + size] = rng.choice((b"\0", b"\xff", b"<", b">", b"&", b'"', b"9", b" ")) * size
    return bytes(out)


def spoilt_text(text: str, rng: random.Random) -> str:
    for _ in range(rng.choice((1, 2, 4, 12))):
        at = rng.randrange(len(text) + 1)
        size = rng.choice((0, 1, 2, 10, 80))
        kind = rng.randrange(5)
        if kind <= 1:
            text = text[:at] + rng.choice(WORDS) * rng.choice((1, 1, 1, 2, 40, 400)) + text[at + size :]
        elif kind == 2:
            text = text[:at] + text[at + size :]
        elif kind == 3:
            text = text[:at] + text[at : at + size] * rng.choice((2, 3, 30)) + text[at + size :]
        else:
            other = rng.randrange(len(text) + 1)
            text = text[:at] + text[other : other + size] + text[at:]
    return text


_TAG = re.compile(r"<(/?)([\w:]+)([^<>]*)>")


def spoilt_markup(text: str, rng: random.Random) -> str:
    for _ in range(rng.choice((1, 2, 4))):
        tags = list(_TAG.finditer(text))
        if not tags:
            return spoilt_text(text, rng)
        tag = rng.choice(tags)
        a, b = tag.span()
        kind = rng.randrange(8)
        if kind == 0:
            text = text[:a] + text[b:]
        elif kind == 1:
            end = rng.choice(tags).end()
            text = text[:b] + text[min(a, end) : max(b, end)] * rng.choice((1, 2, 20)) + text[b:]
        elif kind == 2:
            name = rng.choice(TAGS)
            text = (
                text[:a]
                + f"<{name}>" * rng.choice((1, 5, 120))
                + text[a:b]
                + f"</{name}>" * rng.choice((1, 5, 120))
                + text[b:]
            )
        elif kind == 3:
            text = text[:a] + f"<{tag[1]}{rng.choice(TAGS)}{tag[3]}>" + text[b:]
        elif kind == 4:
            name = rng.choice(TAGS)
            end = rng.choice([t for t in tags if t.start() >= a]).end()
            text = text[:a] + f"<{name}>" + text[a:end] + f"</{name}>" + text[end:]
        elif kind == 5 and "=" in tag[3]:
            value = rng.choice(VALUES)
            text = text[:a] + re.sub(r'"[^"]*"', f'"{value}"', tag.group(), count=1) + text[b:]
        elif kind == 6:
            one, two = sorted(rng.sample(range(len(text) + 1), 2))
            text = text[:one] + text[two:]
        else:
            inside = list(re.finditer(r">([^<>]+)<", text))
            if inside:
                here = rng.choice(inside)
                text = (
                    text[: here.start(1)]
                    + spoilt_text(here[1], rng).replace("<", "&lt;").replace("\0", "")
                    + text[here.end(1) :]
                )
    return text


def spoilt_tree(data: bytes, rng: random.Random) -> bytes:
    """Change a part of XML so that it stays well-formed: what a reader takes in and must make sense of."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return data
    for _ in range(rng.choice((1, 2, 4, 8))):
        parents = [one for one in root.iter() if len(one)]
        if not parents:
            break
        parent = rng.choice(parents)
        at = rng.randrange(len(parent))
        child = parent[at]
        kind = rng.randrange(8)
        if kind == 0:
            parent.remove(child)
        elif kind == 1:
            for _ in range(rng.choice((1, 2, 30))):
                parent.insert(at, copy.deepcopy(child))
        elif kind == 2:
            inside = set(map(id, child.iter()))
            homes = [one for one in parents if id(one) not in inside]
            parent.remove(child)
            rng.choice(homes).insert(0, child)
        elif kind == 3:
            wrapper = ElementTree.Element(rng.choice([one.tag for one in root.iter()]))
            parent[at] = wrapper
            wrapper.append(child)
        elif kind == 4:
            child.tag = rng.choice([one.tag for one in root.iter()])
        elif kind == 5 and child.attrib:
            child.set(rng.choice(sorted(child.attrib)), rng.choice(VALUES))
        elif kind == 6:
            parent[at : at + 1] = list(child)
        else:
            texts = [one for one in root.iter() if (one.text or "").strip()]
            if texts:
                one = rng.choice(texts)
                one.text = "".join(char for char in spoilt_text(one.text or "", rng) if char.isprintable())
    try:
        return ElementTree.tostring(root, "utf-8")
    except (RecursionError, ValueError):
        return data


def spoilt_zip(data: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.15:
        return spoilt_bytes(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return spoilt_bytes(data, rng)
    if not files:
        return data
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice(sorted(files, key=lambda n: (len(files[n]), n))[-6:])
        kind = rng.randrange(12)
        if kind == 0:
            files.pop(name, None)
        elif kind == 1:
            files[name] = b""
        elif kind == 2:
            files[name] = spoilt_bytes(files[name], rng)
        elif kind == 3:
            files[name] = (
                files[name]
                .decode("utf-8", "replace")
                .encode(rng.choice(("utf-16", "gb18030", "latin-1")), "replace")
            )
        elif kind < 10:
            files[name] = spoilt_tree(files[name], rng)
        else:
            files[name] = spoilt_markup(files[name].decode("utf-8", "replace"), rng).encode(
                "utf-8", "replace"
            )
        if not files:
            break
    return packed(files)


def spoilt(kind: str, data: bytes, rng: random.Random) -> bytes:
    if kind in ("docx", "xlsx", "ofd"):
        return spoilt_zip(data, rng)
    if kind == "html" and rng.random() < 0.8:
        return spoilt_markup(data.decode("utf-8", "replace"), rng).encode("utf-8", "replace")
    if kind in ("txt", "csv") and rng.random() < 0.85:
        return spoilt_text(data.decode("utf-8", "replace"), rng).encode("utf-8", "replace")
    if kind == "pdf" and rng.random() < 0.6:
        return spoilt_pdf(data, rng)
    return spoilt_bytes(data, rng)


def spoilt_pdf(data: bytes, rng: random.Random) -> bytes:
    """Change numbers, names and operators, which a byte seldom does."""
    for _ in range(rng.choice((1, 2, 5))):
        found = list(
            re.finditer(
                rb"-?\d+(?:\.\d+)?|/\w+|\b(?:obj|endobj|stream|endstream|Tm|Tf|Tj|re|cm|xref|trailer)\b", data
            )
        )
        if not found:
            break
        at = rng.choice(found)
        choices = (
            b"",
            b"0",
            b"-1",
            b"1e9",
            b"99999999999",
            b"0.00001",
            b"1 0 R",
            b"/Kids",
            b"/Page",
            b"[",
            b"]",
            b"<<",
            b">>",
            b"endstream",
        )
        data = data[: at.start()] + rng.choice((*choices, rng.choice(found).group())) + data[at.end() :]
    return data


# --- what is tried -----------------------------------------------------------------------------------


class SlowError(Exception):
    """It took more time than it may."""


def _alarm(_: int, __: FrameType | None) -> None:
    raise SlowError


def tried(data: bytes, folder: Path, rng: random.Random, every: bool) -> str:
    """Take one file the whole way; give what became of it. Raises for a fault."""
    path = folder / rng.choice(("a.txt", "a.docx", "a.pdf", "甲.csv", "b"))
    path.write_bytes(data)
    found = load(str(path), rng.choice(("zh", "en")))
    if isinstance(found, Unread):
        assert found.reason.strip()
        assert "\n" not in found.reason, "a reason is one line"
        return "unread"
    assert all("\n" not in note for note in found.notes)
    for figure in found.figures:
        assert 0 <= figure.start < figure.end <= len(found.text), "a figure stands in the text"
    result = audit([found])
    names = [name for name, kind in KINDS.items() if not kind.missing()]
    for name in names if every else rng.sample(names, 1):
        out = FORMATS[name](
            result, "zh", verbose=True, **({"fail_on": "error"} if KINDS[name].graded else {})
        )
        if isinstance(out, str):
            out.encode("utf-8", "backslashreplace")
            if name == "json":
                json.loads(out)
    copied(
        found, data, [mark for listed in marks(View(result), messages("zh")).values() for mark in listed], rng
    )
    return "findings" if any(j.verdict.severity for j in result.relations) else "read"


def copied(found: Document, data: bytes, listed: list[Mark], rng: random.Random) -> None:
    """Annotate the findings and some other numbers; the copy reads as the original."""
    kind = format_of(data)
    if kind not in ("docx", "pdf"):
        return
    listed = listed + [
        Mark(f.start, f.end, f.text) for f in rng.sample(found.figures, min(5, len(found.figures)))
    ]
    listed.sort(key=lambda mark: (mark.start, mark.end))
    try:
        made, placed = (annotate_docx if kind == "docx" else annotate_pdf).annotated(data, found.text, listed)
    except Refused as refused:
        if refused.code == "changed":
            raise ValueError("a file does not read the same twice") from None
        return
    except UnreadError:
        return
    if not placed:
        return
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        file.write(made)
        file.flush()
        again = load(file.name)
    assert isinstance(again, Document), again
    assert again.text == found.text, "a copy reads as the original"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="formats, parted by commas")
    parser.add_argument("--most", type=int, default=20, help="seconds of processor that one file may take")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="folder for what faults")
    parser.add_argument("--limit", type=int, default=0, help="end after so many files")
    arguments = parser.parse_args()
    signal.signal(signal.SIGPROF, _alarm)
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()

    def attempt(name: str, data: bytes, rng: random.Random, every: bool = False) -> None:
        with tempfile.TemporaryDirectory() as folder:
            signal.setitimer(signal.ITIMER_PROF, arguments.most)
            try:
                counts[f"{name} {tried(data, Path(folder), rng, every)}"] += 1
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)
                own = [
                    frame
                    for frame in where
                    if "/tests/" not in frame.filename and "/benchmarks/" not in frame.filename
                ]
                last = (own or where)[-1]
                key = f"{name} {type(error).__name__} {Path(last.filename).name}:{last.lineno}"
                counts[f"{name} fault"] += 1
                faults[key] += 1
                if faults[key] == 1:
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    stem = re.sub(r"[^\w.]+", "-", key)
                    (arguments.keep / f"{stem}.bin").write_bytes(data)
                    (arguments.keep / f"{stem}.txt").write_text(
                        "".join(traceback.format_exception(error)), "utf-8", "replace"
                    )
                    print(f"{key}: {str(error)[:200]}", flush=True)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)

    rng = random.Random(arguments.seed)
    if arguments.files:
        for path in arguments.files:
            attempt(path.name, path.read_bytes(), rng, every=True)
    else:
        good = {
            kind: files
            for kind, files in seeds().items()
            if not arguments.only or kind in arguments.only.split(",")
        }
        for kind, files in good.items():
            for data in files:
                attempt(f"{kind} (good)", data, rng, every=True)
        pool = {kind: list(files) for kind, files in good.items()}
        end = time.monotonic() + arguments.seconds
        number = 0
        while time.monotonic() < end and not (arguments.limit and number >= arguments.limit):
            kind = rng.choice(sorted(pool))
            mine = random.Random(rng.getrandbits(64))
            data = spoilt(kind, mine.choice(pool[kind]), mine)
            if len(data) < 60_000 and mine.random() < 0.1:
                pool[kind] = [*pool[kind][-60:], data]  # spoilt twice, three times
            attempt(kind, data, mine)
            number += 1
    for name, count in sorted(counts.items()):
        print(f"{name:24} {count:7}")
    for name, count in faults.most_common():
        print(f"FAULT {name}  x{count}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
