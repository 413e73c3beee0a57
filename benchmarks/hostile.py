"""How time grows with texts that are made to make it grow: runs, nests, endless lines.

usage: python benchmarks/hostile.py [--mb 1,2,4] [--only WORD] [--seconds N] [--json OUT]

Every text is one piece repeated (or nested) to so many megabytes of UTF-8. Each is read and audited in a process of its
own that may take ``--seconds`` of processor per megabyte. Printed are seconds per megabyte at every size, and the growth:
the last over the first. Linear is 1; quadratic is the ratio of the sizes. Texts that take more than their time show as
``-``. The exit status is 1 where a text grows by more than half, or does not end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HEAD = "# 某某市2024年统计公报\n\n"
FOOT = "\n全年受理704件，办结573件，办结率81.39%。\n"

#: Name, what is repeated.
REPEATED: dict[str, str] = {
    "digits": "7",
    "digits and commas": "1,",
    "digits and points": "1.",
    "digits and spaces": "1 ",
    "wide digits": "７",
    "Chinese digits": "三",
    "Chinese tens": "十",
    "multiples": "万",
    "ideographs": "的",
    "letters": "a",
    "spaces": " ",
    "wide spaces": "\u3000",
    "zero widths": "\u200b",
    "tabs": "\t",
    "line ends": "\n",
    "form feeds": "\f",
    "commas": "，",
    "points of lists": "、",
    "full stops": "。",
    "colons": "：",
    "semicolons": "；",
    "opened": "（",
    "closed": "）",
    "quotes": "“",
    "titles": "《",
    "bars": "|",
    "bars and spaces": "| ",
    "hashes": "#",
    "hash lines": "# \n",
    "stars": "*",
    "dashes": "-",
    "long dashes": "—",
    "backticks": "`",
    "percents": "%",
    "tags": "<p",
    "links": "[a](",
    "entities": "&nbsp;",
    "backslashes": "\\",
    "list marks": "一、",
    "items": "（一）",
    "ordinals": "第",
    "first": "第一",
    "years": "2017年",
    "of which": "其中",
    "of which, told": "其中：",
    "shares": "占",
    "growth": "同比增长",
    "respectively": "分别为",
    "and": "和",
    "counts": "3件",
    "counts in a list": "3件、",
    "counts in clauses": "甲类3件，",
    "sentences": "甲类3件。",
    "percents in a list": "3%、",
    "percents in brackets": "（3%）",
    "ratios": "3:",
    "ranges": "3—",
    "hedges": "近3件余",
    "money": "受理3.5亿元，增长2.1%，",
    "endless breakdown": "其中：甲类3件，占2%，",
    "endless list": "甲、乙、丙",
    "rates": "受理704件，办结573件，办结率81.39%，",
    "reports": "全年受理704件，办结573件，办结率81.39%；其中甲类300件、乙类404件。",
    "paragraphs": "全年受理704件，办结573件，办结率81.39%。\n\n",
    "headings": "一、工作\n\n受理3件。\n\n",
    "rows": "| 甲 | 3 | 2% |\n",
    "narrow rows": "| 3 |\n",
    "one wide row": "| 3 ",
    "tables": "\n| 项目 | 件 |\n|---|---|\n| 甲 | 3 |\n| 合计 | 3 |\n\n",
    "this and last year": "今年受理3件，上年受理2件，",
    "total of many": "合计3件，",
    "directions": "上升",
    "dates": "2024年1月1日",
    "counts before brackets": "3件（甲）",
    "growth of many": "增长3%",
    "shares of many": "占3%",
    "of which, nested": "其中甲类3件，其中",
    "this year and": "今年3件比上年3件",
    "one of two": "3件和",
    "rate of many": "率3%",
    "total growth": "总数3件同比增长3%",
    "plus and minus": "-3+3",
    "words and counts": "某某某某3件某某某某",
    "numbered lists": "1.甲3件2.乙3件",
    "quoted counts": "“3件”",
    "fractions": "3/4",
    "months": "1—3月",
    "per head": "人均3元",
    "hundred percent": "100%",
    "reported twice": "物业纠纷704件。",
    "rising": "由3件增加到4件",
}
NESTED = {
    "brackets": ("（", "）"),
    "quotes": ("“", "”"),
    "counts": ("（其中3件", "）"),
    "tags": ("<div>", "</div>"),
}


def text(name: str, megabytes: float) -> str:
    """The text of one name, of about so many megabytes."""
    size = int(megabytes * 1_000_000)
    if name.startswith("nested "):
        a, b = NESTED[name.removeprefix("nested ")]
        count = size // len((a + b).encode())
        return HEAD + a * count + "3件" + b * count + FOOT
    if name == "different":  # no two names alike
        count = size // 24
        return (
            HEAD
            + "".join(f"{chr(0x4E00 + i % 9000)}{chr(0x4E00 + i // 9000)}类{i}件，" for i in range(count))
            + FOOT
        )
    if name in VARIED:
        told, each = VARIED[name]
        return HEAD + told(size // each) + FOOT
    piece = REPEATED[name]
    return HEAD + piece * (size // len(piece.encode())) + FOOT


def _statements(count: int) -> str:
    """A breakdown with growths, told over and over with other numbers: each of its growths is contradicted."""
    told = []
    for i in range(count):
        a, b = 1000 + i * 7919 % 9000, 500 + i * 104729 % 5000
        whole, part, rest = (f"{n // 10}.{n % 10}亿元" for n in (a + b, a, b))
        up, more, down = (f"{1 + i * step % 19}.{i % 10}%" for step in (31, 17, 13))
        told.append(
            f"全市实现一般公共预算收入{whole}，增长{up}，其中税收收入{part}，增长{more}，非税收入{rest}，下降{down}。"
        )
    return "".join(told)


def _changes(count: int) -> str:
    """A total with its change and growth, over and over, none of which agree."""
    return "".join(
        f"收入总计{100 + i * 7919 % 900}.{i % 10}亿元，比上年增加{50 + i % 40}.{i % 7}亿元，增长{1 + i * 31 % 20}.{i % 9}%；"
        for i in range(count)
    )


def _counts(count: int) -> str:
    """A great count with its growth, over and over: the numbers that it can have grown from are many."""
    return "".join(
        f"全市受理案件{1000 + i * 7919 % 90000}件，增长{1 + i * 31 % 20}.{10 + i % 90}%；"
        for i in range(count)
    )


def _rates(count: int) -> str:
    """Two counts with a rate that is not theirs, over and over."""
    return "".join(
        f"全年受理{5000 + i * 7919 % 90000}件，办结{1000 + i * 104729 % 4000}件，办结率{1 + i % 90}.{10 + i % 90}%。"
        for i in range(count)
    )


#: Name, what tells so many statements that differ in their numbers, about how many bytes each takes.
VARIED: dict[str, tuple[Callable[[int], str], int]] = {
    "different breakdowns": (_statements, 149),
    "different changes": (_changes, 68),
    "different counts": (_counts, 44),
    "different rates": (_rates, 57),
}
NAMES = [*REPEATED, *(f"nested {name}" for name in NESTED), "different", *VARIED]

_CHILD = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2])))
from gouji.checks.run import audit
from gouji.extract.reader import load
warm = sys.argv[1] + ".warm.txt"
with open(warm, "w", encoding="utf-8") as file:
    file.write("# 某某市2024年统计公报\\n\\n受理704件，办结573件，办结率81.39%。| 3 | 4 |\\n")
audit([load(warm)])
begin = time.process_time()
document = load(sys.argv[1])
middle = time.process_time()
audit([document])
end = time.process_time()
print(middle - begin, end - middle, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measured(name: str, megabytes: float, seconds: float) -> tuple[float, float, int] | None:
    """Seconds of reading and of judging, and megabytes of memory; ``None`` where time ran out or it fell over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text(text(name, megabytes), "utf-8")
        most = str(int(seconds * megabytes) + 20)
        done = subprocess.run([sys.executable, "-c", _CHILD, str(path), most], capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-300:] if done.returncode > 0 else f"signal {-done.returncode}", file=sys.stderr)
        return None
    read, judged, memory = done.stdout.split()
    return float(read), float(judged), int(memory)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mb", default="1,2,4", help="sizes in megabytes")
    parser.add_argument("--only", default="", help="texts whose name holds this")
    parser.add_argument("--seconds", type=float, default=200, help="processor per megabyte")
    parser.add_argument("--json", metavar="OUT")
    arguments = parser.parse_args()
    sizes = [float(size) for size in arguments.mb.split(",")]
    rows = []
    bad = 0
    print(f"{'text':24}" + "".join(f"{f'{size:g} MB':>22}" for size in sizes) + "   growth  memory")
    for name in NAMES:
        if arguments.only not in name:
            continue
        cells, per, memory = [], [], 0
        for size in sizes:
            found = measured(name, size, arguments.seconds)
            if found is None:
                cells.append(None)
                break
            read, judged, memory = found
            cells.append((round(read / size, 2), round(judged / size, 2)))
            per.append((read + judged) / size)
        growth = per[-1] / per[0] if len(per) == len(sizes) else None
        worse = growth is None or (growth > 1.5 and per[-1] > 0.5)
        bad += worse
        shown = "".join(f"{f'{cell[0]} + {cell[1]}' if cell else '-':>22}" for cell in cells)
        print(
            f"{name:24}{shown}   {'-' if growth is None else f'{growth:.2f}':>6}  {memory:4} MB{'  <--' if worse else ''}",
            flush=True,
        )
        rows.append({"text": name, "per_mb": cells, "growth": growth, "memory_mb": memory})
    if arguments.json:
        Path(arguments.json).write_text(
            json.dumps({"mb": sizes, "rows": rows, "at": int(time.time())}, ensure_ascii=False)
        )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
