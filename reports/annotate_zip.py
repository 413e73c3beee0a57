"""A zip archive with some members replaced or added; all others keep their bytes, packed as they were."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s4B4H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_STAMP = (0, (1 << 5) | 1)  # 1980-01-01: zip has no "no time"
_ZIP64 = 1
_SIZED_LATER = 8


def replaced(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """``data`` with the members in ``parts`` (by the names of the archive) replaced; new ones stand at the end.

    Raises ``zipfile.BadZipFile`` or ``ValueError`` for an archive whose directory does not fit it.
    """
    out = bytearray()
    directory = bytearray()
    count = 0
    left = dict.fromkeys(parts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        comment = archive.comment
        for info in archive.infolist():
            count += 1
            utf8 = info.flag_bits & 0x800
            name = info.orig_filename.encode("utf-8" if utf8 else "cp437")
            flags, method, crc = info.flag_bits & ~_SIZED_LATER, info.compress_type, info.CRC
            size = info.file_size
            left.pop(info.filename, None)
            new = parts.get(info.filename)
            if new is None:
                packed = _packed(data, info)
            else:
                packed, method, crc, size = _deflated(new)
                flags &= ~6  # how hard it was packed
            year, month, day, hour, minute, second = info.date_time
            stamp = hour << 11 | minute << 5 | second >> 1, max(year - 1980, 0) << 9 | month << 5 | day
            extra = _without(info.extra, _ZIP64)
            offset = len(out)
            need = min(info.extract_version, 255)
            numbers = (flags, method, *stamp, crc, len(packed), size)
            out += _LOCAL.pack(b"PK\3\4", need, *numbers, len(name), len(extra)) + name + extra + packed
            directory += _CENTRAL.pack(
                b"PK\1\2", info.create_version & 255, info.create_system, need, 0, *numbers, len(name), len(extra),
                len(info.comment), 0, info.internal_attr, info.external_attr, offset,
            ) + name + extra + info.comment  # fmt: skip
    for filename in left:
        count += 1
        name = filename.encode()
        packed, method, crc, size = _deflated(parts[filename])
        numbers = (0x800, method, *_STAMP, crc, len(packed), size)
        offset = len(out)
        out += _LOCAL.pack(b"PK\3\4", 20, *numbers, len(name), 0) + name + packed
        directory += _CENTRAL.pack(
            b"PK\1\2", 20, 0, 20, 0, *numbers, len(name), 0, 0, 0, 0, 0, offset
        ) + name  # fmt: skip
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(out), len(comment))
    return bytes(out + directory + end + comment)


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member as they are packed."""
    at = info.header_offset
    head = data[at : at + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile(info.filename)
    *_, name, extra = _LOCAL.unpack(head)
    begin = at + _LOCAL.size + name + extra
    packed = data[begin : begin + info.compress_size]
    if len(packed) != info.compress_size:
        raise zipfile.BadZipFile(info.filename)
    return packed


def _deflated(content: bytes) -> tuple[bytes, int, int, int]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return packed, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content)


def _without(extra: bytes, unwanted: int) -> bytes:
    """The extra fields of a member but one; what does not parse is kept."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind != unwanted:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept + extra[at:]
