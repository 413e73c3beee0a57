"""A store of what many reports told: Parquet files by issuer, one small index that names those in force.

Readers open the index and what it names. The one writer, alone behind a lock, writes new files beside the old ones and
puts a new index in place of the old at the end: whatever stops it, a reader finds the old store or the new one.
Everything in it is data; nothing that it holds is ever run.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..checks.past import Source, Told
from ..checks.tell import Teller
from ..extract.claims import read
from ..extract.document import Document, Unread
from ..extract.identity import bucket
from . import cache, rows
from .extras import INDEX, is_store
from .faults import HistoryError
from .lock import LOCK, writing
from .stamp import stamp
from .whole import whole

if TYPE_CHECKING:  # an audit without a history never imports it
    import pyarrow as pa  # type: ignore[import-untyped]

FORMAT = 1
PARTS = 64
"""So many files hold the claims; all claims of an issuer stand in one of them."""
_SPILL = 50_000
"""So many claims are held in memory before they are written."""
__all__ = ["Built", "HistoryError", "Store", "build", "is_store", "tell"]
DOCUMENTS = ("path", "sha256", "title", "issuer", "year", "stamp")


def tell(document: Document) -> list[dict[str, Any]]:
    """What one document tells, as rows."""
    return [rows.row(one) for one in Teller(read(document)).told()]


@dataclass(frozen=True, slots=True)
class Built:
    """What building did: reports read, kept as they were, not readable; claims in the store."""

    read: int
    kept: int
    unread: tuple[Unread, ...]
    reports: int
    claims: int


class Store:
    """A history in a folder. Raises :class:`HistoryError` for what is no history of this format."""

    def __init__(self, path: str) -> None:
        """Open the history in ``path`` for reading."""
        self.path = path
        self.index = _index(path)

    def told(self, sources: Sequence[Source]) -> Iterator[Told]:
        """What the reports of the issuers of ``sources`` told; read part by part."""
        wanted: dict[int, set[str]] = {}
        for source in sources:
            if source.issuer:
                key = bucket(source.issuer)
                wanted.setdefault(_part(key), set()).add(key)
        for part in sorted(wanted):
            table = self.table(part, sorted(wanted[part]))
            if table is not None:
                yield from self._told(table.to_pylist())

    def table(
        self, part: int, keys: Sequence[str] | None = None, columns: Sequence[str] | None = None
    ) -> pa.Table | None:
        """The claims of one part, all or those of some issuers; ``None`` where it has none."""
        name = self.index["claims"].get(str(part))
        if name is None:
            return None
        filters = [("bucket", "in", list(keys))] if keys is not None else None
        return _parquet(self.path, name, filters, columns)

    def everything(self) -> Iterator[Told]:
        """All claims with a key of their own, part by part."""
        for part in range(PARTS):
            table = self.table(part)
            if table is not None:
                yield from self._told(row for row in table.to_pylist() if row["kind"])

    def _told(self, found: Iterable[dict[str, Any]]) -> Iterator[Told]:
        try:
            yield from rows.told(found)
        except (ValueError, TypeError, KeyError, IndexError, ZeroDivisionError) as error:
            raise HistoryError(self.path, "history.damaged", why=str(error)) from None

    def documents(self) -> list[dict[str, str]]:
        """The reports of the store: path, sha256, title, issuer and year of each."""
        if not self.index["documents"]:
            return []
        table = _parquet(self.path, self.index["documents"], None, None)
        found: list[dict[str, str]] = table.to_pylist()
        return found


def _index(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path, INDEX).read_bytes())
    except FileNotFoundError:
        raise HistoryError(path, "history.none") from None
    except OSError as error:
        raise HistoryError(path, "history.unreadable", why=error.strerror or type(error).__name__) from None
    except (ValueError, RecursionError):
        raise HistoryError(path, "history.damaged", why=INDEX) from None
    names = (found.get("claims"), found.get("documents")) if isinstance(found, dict) else (None, None)
    if not isinstance(names[0], dict) or not isinstance(names[1], str) or found.get("history") != FORMAT:
        raise HistoryError(path, "history.format", format=FORMAT)
    for name in (*names[0].values(), names[1]):
        if not isinstance(name, str) or os.path.basename(name) != name:
            raise HistoryError(path, "history.damaged", why=INDEX)
    kept: dict[str, Any] = found
    return kept


def _parquet(folder: str, name: str, filters: Any, columns: Sequence[str] | None) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    try:
        return pq.read_table(
            os.path.join(folder, name), filters=filters, columns=columns and list(columns), partitioning=None
        )
    except (OSError, pa.ArrowException, ValueError, KeyError) as error:
        why = " ".join(str(error).split())[:120]
        raise HistoryError(folder, "history.damaged", why=f"{name}: {why}") from None


def _part(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:4]) % PARTS


Names = Callable[[str], str]
Read = Callable[[Sequence[str]], Iterable[tuple[Document | Unread, list[dict[str, Any]]]]]


def build(folder: str, paths: Sequence[str], reader: Read, name: Names) -> Built:
    """Read reports into the history in ``folder``; unchanged ones are not read again.

    ``reader`` gives for each path, in order, the document (or why it cannot be read) and its rows; ``name`` is how a
    path is called in the store. Reports of the store that ``paths`` do not name stay. Raises :class:`HistoryError`.
    """
    with writing(folder):
        try:
            return _build(folder, paths, reader, name)
        except OSError as error:
            raise HistoryError(
                folder, "history.unwritable", why=error.strerror or type(error).__name__
            ) from None


def _build(folder: str, paths: Sequence[str], reader: Read, name: Names) -> Built:
    store = Store(folder) if is_store(folder) else None
    mark = stamp()
    if store is None and any(entry != LOCK and not entry.startswith(".tmp-") for entry in os.listdir(folder)):
        raise HistoryError(folder, "history.other")
    known = {d["path"]: d for d in store.documents()} if store else {}
    fresh = [path for path in paths if not _same(known.get(name(path)), mark, path)]
    spill = _Spill(folder)
    unread: list[Unread] = []
    replaced: set[str] = set()
    try:
        for document, found in reader(fresh):
            if isinstance(document, Unread):
                unread.append(document)
                continue
            replaced.add(document.path)
            spill.add(found)
            one = found[0] if found else {}
            known[document.path] = {
                "path": document.path,
                "sha256": document.sha256,
                "title": document.title,
                "issuer": one.get("issuer", document.issuer),
                "year": one.get("year", document.period),
                "stamp": mark,
            }
        claims, total = spill.join(store, replaced)
    finally:
        spill.clear()
    listed = [known[path] for path in sorted(known)]
    table = {key: [rows.clean(d[key]) for d in listed] for key in DOCUMENTS}
    documents = _write(folder, "documents", table)
    index = {"history": FORMAT, "documents": documents, "claims": claims}
    _replace(folder, INDEX, (json.dumps(index, indent=1, sort_keys=True) + "\n").encode())
    keep = {INDEX, LOCK, documents, *claims.values()}
    for entry in os.listdir(folder):
        if entry not in keep and (entry.endswith(".parquet") or entry.startswith(".tmp-")):
            with suppress(OSError):
                os.unlink(os.path.join(folder, entry))
    return Built(len(replaced), len(paths) - len(fresh), tuple(unread), len(listed), total)


def _same(known: dict[str, str] | None, mark: str, path: str) -> bool:
    """Whether a report is in the store as this gouji, with these words, would read it again."""
    return known is not None and known["stamp"] == mark and known["sha256"] == cache.digest(path)


class _Spill:
    """Rows on their way into the parts: in memory up to a limit, then in files that only this writer knows."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.held: dict[int, list[dict[str, Any]]] = {}
        self.count = 0
        self.files: dict[int, list[str]] = {}

    def add(self, found: Iterable[dict[str, Any]]) -> None:
        for one in found:
            self.held.setdefault(_part(one["bucket"]), []).append(one)
            self.count += 1
        if self.count >= _SPILL:
            for part, several in self.held.items():
                handle, path = tempfile.mkstemp(prefix=".tmp-", suffix=".parquet", dir=self.folder)
                os.close(handle)
                self.files.setdefault(part, []).append(path)
                _save(path, rows.columns(several))
            self.held, self.count = {}, 0

    def join(self, store: Store | None, replaced: set[str]) -> tuple[dict[str, str], int]:
        """Write every part that changes, one after the other; the names of all parts, and how many claims they hold."""
        import pyarrow as pa
        import pyarrow.compute as pc  # type: ignore[import-untyped]
        import pyarrow.parquet as pq

        claims: dict[str, str] = dict(store.index["claims"]) if store else {}
        total = 0
        for part in range(PARTS):
            tables = [pq.read_table(path, partitioning=None) for path in self.files.get(part, ())]
            if part in self.held:
                tables.append(_table(rows.columns(self.held[part])))
            old = store.table(part) if store else None
            if old is not None and replaced:
                kept = old.filter(pc.invert(pc.is_in(old["path"], pa.array(sorted(replaced), pa.string()))))
                changed = bool(tables) or kept.num_rows != old.num_rows
                old = kept
            else:
                changed = bool(tables)
            if old is not None:
                tables.insert(0, old)
            if not tables:
                continue
            together = pa.concat_tables(tables)
            total += together.num_rows
            if not changed:
                continue
            order = [
                ("issuer", "ascending"),
                ("year", "ascending"),
                ("path", "ascending"),
                ("index", "ascending"),
                ("kind", "ascending"),
            ]
            together = together.sort_by(order).cast(_schema()).combine_chunks()
            if together.num_rows:
                claims[str(part)] = _write(self.folder, f"claims-{part:02}", together)
            else:
                claims.pop(str(part), None)
        return claims, total

    def clear(self) -> None:
        for several in self.files.values():
            for path in several:
                with suppress(OSError):
                    os.unlink(path)


def _schema() -> Any:
    import pyarrow as pa

    return pa.schema(
        [(name, pa.string()) for name in rows.TEXTS]
        + [(name, pa.int64()) for name in rows.NUMBERS]
        + [(name, pa.bool_()) for name in rows.FLAGS]
        + [(name, pa.list_(pa.string())) for name in rows.LISTS]
    )


def _table(found: dict[str, list[Any]]) -> Any:
    import pyarrow as pa

    return pa.table(found, schema=_schema() if "key" in found else None)


def _save(path: str, found: Any) -> None:
    import pyarrow.parquet as pq

    pq.write_table(
        _table(found) if isinstance(found, dict) else found, path, compression="zstd", row_group_size=20_000
    )


def _write(folder: str, kind: str, found: Any) -> str:
    """Write a table into a file named by its content; the name."""
    handle, temporary = tempfile.mkstemp(prefix=".tmp-", suffix=".parquet", dir=folder)
    os.close(handle)
    try:
        _save(temporary, found)
        with open(temporary, "rb+") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
            os.fsync(file.fileno())
        name = f"{kind}-{digest}.parquet"
        os.chmod(temporary, 0o644)
        os.replace(temporary, os.path.join(folder, name))
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    return name


def _replace(folder: str, name: str, data: bytes) -> None:
    """Put a file in place of another, as a whole or not at all."""
    with whole(os.path.join(folder, name), durable=True) as file:
        file.write(data)
