"""Many reports: whether all workers agree, what it costs, whether a killed run ends with the same bytes.

usage: python benchmarks/scale.py [--documents N] [--workers 1,2,dask] [--sizes 1,10 [--jobs 2]] [--big MB] [--keep FOLDER]

The documents are made from the reports of ``GOUJI_SHARED`` (else the examples): figures that stand in no tie get
other last digits, seeded by their place, so that what agreed still agrees. One in twenty is damaged (bytes that are
no text, a Word file or PDF cut off) and must be reported as unreadable, and no other may be. Each way of working
runs in a process of its own; the largest of its processes is measured by the system.

agreement   the folders of ``gouji audit --each`` of one process, two, and a local Dask cluster, byte for byte
resume      killed (-9) when half is done, and started again: the same bytes
sizes       seconds per MB over folders of growing size; and of one report of so many MB beside one of 30 KB
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mutation import ROOT, shared

from gouji.checks.run import audit
from gouji.extract.document import Document, Unread
from gouji.extract.reader import load

DAMAGED = 20
LIMIT = 200_000  # reports longer than this are left out of what is made: they would be most of the work


@cache
def bases() -> list[tuple[Document, list[tuple[int, int]]]]:
    """The reports to make others from, each with the last digits that no tie knows."""
    folder = shared() / "corpus" / "text"
    paths = sorted(folder.rglob("*.txt")) or sorted((ROOT / "examples").glob("*.md"))
    found = []
    for path in paths:
        if path.stat().st_size > LIMIT:
            continue
        document = load(str(path))
        if isinstance(document, Unread):
            continue
        (audited,) = audit([document]).documents
        free = []
        for figure in audited.document.figures:
            end = figure.numeral_start + len(figure.numeral)
            status = audited.status.get(figure.id, ("unrelated", None))[0]
            if status == "unrelated" and len(figure.numeral) > 1 and document.text[end - 1 : end].isdigit():
                free.append((end - 1, end))
        found.append((document, free))
    return found


def make(folder: Path, count: int) -> tuple[int, int]:
    """Write ``count`` documents; how many bytes they hold, and how many are damaged."""
    known = bases()
    size = damaged = 0
    for number in range(count):
        document, free = known[number % len(known)]
        draw = random.Random(f"{number}")
        text = list(document.text)
        for start, _ in free:
            text[start] = draw.choice("123456789")
        where = folder / f"{number % 100:02}"
        where.mkdir(parents=True, exist_ok=True)
        stem = f"{number:05}_{Path(document.path).stem}"
        data, suffix = "".join(text).encode("utf-8"), ".txt"
        if number % DAMAGED == DAMAGED - 1:
            damaged += 1
            data, suffix = (
                (b"\x00\x01" * 400, ".txt"),
                (b"PK\x03\x04" + data[:300], ".docx"),
                (b"%PDF-1.7\n", ".pdf"),
            )[number // DAMAGED % 3]
        (where / (stem + suffix)).write_bytes(data)
        size += len(data)
    return size, damaged


def command(source: Path, target: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gouji.reports",
        "audit",
        str(source),
        "--each",
        str(target),
        "--fail-on",
        "never",
        "--quiet",
        *more,
    ]


def largest(work: Sequence[str]) -> tuple[float, int, str]:
    """Seconds, memory of the largest process (MB), and what was printed, of a command with all its processes."""
    code = (
        "import resource, subprocess, sys, time\n"
        "began = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "took = time.perf_counter() - began\n"
        "print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n"
        "print(done.stdout.strip() or done.stderr.strip())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *work], capture_output=True, text=True, check=True)
    first, _, rest = done.stdout.partition("\n")
    took, memory = first.split()
    return float(took), int(memory), rest.strip()


def digest(folder: Path) -> str:
    """One digest of all files of a folder, names and bytes."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "gouji-each.jsonl").read_text("utf-8").splitlines()]


def work(way: str, source: Path, target: Path) -> tuple[float, int, str]:
    """One way of working: a number of processes, or ``dask`` for a local cluster of two."""
    if way != "dask":
        return largest(command(source, target, "--jobs", way))
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        took, memory, told = largest(command(source, target, "--scheduler", cluster.scheduler_address))
    # the workers are children of this process; they have ended now
    return took, max(memory, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024), told


def killed(source: Path, target: Path, half: int) -> int:
    """Kill a run when ``half`` of the documents are done; how many were."""
    with subprocess.Popen(
        command(source, target, "--jobs", "2"), start_new_session=True, stdout=subprocess.DEVNULL
    ) as run:
        ledger, done = target / "gouji-each.jsonl", 0
        while run.poll() is None and done < half:
            time.sleep(0.05)
            done = ledger.read_bytes().count(b"\n") if ledger.exists() else 0
        os.killpg(run.pid, signal.SIGKILL)
    return done


def sizes(source: Path, megabytes: Sequence[int], room: Path, jobs: int) -> None:
    """Seconds per MB of folders of growing size."""
    paths = [path for path in sorted(source.rglob("*.txt")) if b"\x00" not in path.read_bytes()[:8]]
    for wanted in megabytes:
        folder, total, number = room / f"size{wanted}", 0, 0
        while total < wanted * 1_000_000:
            path = paths[number % len(paths)]
            (folder / f"{number % 50:02}").mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / f"{number % 50:02}" / f"{number:06}_{path.name}")
            total += path.stat().st_size
            number += 1
        took, memory, _ = largest(command(folder, room / f"out{wanted}", "--jobs", str(jobs)))
        mb = total / 1e6
        print(
            f"folder of {mb:8.1f} MB, {number:6} reports   {took / mb:6.2f} s/MB   largest process {memory} MB",
            flush=True,
        )
        shutil.rmtree(folder)
        shutil.rmtree(room / f"out{wanted}")


def big(megabytes: float, room: Path) -> None:
    """One report of many MB, made of the paragraphs of all, beside one of 30 KB made in the same way."""
    paragraphs = [line for document, _ in bases() for line in document.text.split("\n") if len(line) > 40]
    random.Random("paragraphs").shuffle(paragraphs)
    base = 0.0
    for wanted in (30_000, int(megabytes * 1_000_000)):
        text, size, number = [], 0, 0
        while size < wanted:
            line = paragraphs[number % len(paragraphs)]
            text.append(line)
            size += len(line.encode()) + 2
            number += 1
        path = room / f"one{wanted}.txt"
        path.write_text("\n\n".join(text), encoding="utf-8")
        times = []
        for _ in range(9 if wanted == 30_000 else 1):
            began = time.process_time()
            found = audit([load(str(path))])
            if found.unread:
                print(f"one report of {size / 1e6:8.2f} MB   not read: {found.unread[0].reason}", flush=True)
                return
            times.append((time.process_time() - began) / (size / 1e6))
        took = sorted(times)[len(times) // 2]
        base = base or took
        print(
            f"one report of {size / 1e6:8.2f} MB   {took:6.2f} s/MB of processor time   {took / base:4.2f}x",
            flush=True,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, make the documents, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--workers", default="1,2,dask")
    parser.add_argument("--sizes", default="", help="MB of folders, for example 1,10,100")
    parser.add_argument("--jobs", type=int, default=1, help="processes for the folders of --sizes")
    parser.add_argument("--big", type=float, default=0, help="MB of one report")
    parser.add_argument("--keep", type=Path, help="a folder for all files, which stay")
    chosen = parser.parse_args(arguments)
    room = chosen.keep or Path(tempfile.mkdtemp(prefix="gouji-scale-"))
    source = room / "reports"
    size, damaged = make(source, chosen.documents)
    mb = size / 1e6
    print(
        f"{chosen.documents} documents, {mb:.1f} MB, {damaged} damaged; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    digests, first = {}, 0.0
    for way in filter(None, chosen.workers.split(",")):
        took, memory, told = work(way, source, room / f"out-{way}")
        first = first or took
        digests[way] = digest(room / f"out-{way}")
        speed = f"{chosen.documents / took:6.1f} documents/s   {took / mb:5.2f} s/MB   {first / took:4.2f}x"
        print(
            f"{way:>5}   {took:8.1f} s   {speed}   largest process {memory} MB   {digests[way]}\n        {told}",
            flush=True,
        )
    if digests:
        print("all ways: " + ("the same bytes" if len(set(digests.values())) == 1 else "DIFFERENT BYTES"))
        told = rows(room / f"out-{next(iter(digests))}")
        lost = [
            row["path"]
            for row in told
            if ("reason" in row) != (int(Path(row["path"]).stem[:5]) % DAMAGED == DAMAGED - 1)
        ]
        print(
            f"damaged and reported: {sum('reason' in row for row in told)} of {damaged}; others lost: {len(lost)}"
        )
        done = killed(source, room / "out-killed", chosen.documents // 2)
        took, _, _ = largest(command(source, room / "out-killed", "--jobs", "2"))
        same = digest(room / "out-killed") in digests.values()
        print(
            f"killed after {done}, resumed in {took:.1f} s: {'the same bytes' if same else 'DIFFERENT BYTES'}",
            flush=True,
        )
    if chosen.sizes:
        sizes(source, [int(mb) for mb in chosen.sizes.split(",")], room, chosen.jobs)
    if chosen.big:
        big(chosen.big, room)
    if not chosen.keep:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
