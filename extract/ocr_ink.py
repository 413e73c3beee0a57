"""Ink on a picture of a page: drawn lines, and marks like characters that no reading has accounted for.

Text detectors skip whole lines of clean pages without a word. So what they found is compared with the ink:
what looks like a character and stands in no line that was read is gathered here, to be read by itself or
reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_RULE = 2.5  # ems; a straight stroke longer than this is a drawn line, no part of a character
_THICK = 0.4  # ems; what is thicker is no line
_LOW, _HIGH, _WIDE = 0.3, 2.2, 8.0  # ems; a mark outside of these bounds is no character
_SMALL = 0.45  # ems; a group lower than this holds no digit: dots, dashes, specks
_PICTURE = 4.0  # ems each way: one mark as large is a picture or a stamp
_MOST = 60  # groups; more are the texture of a picture
_SPARSE = 0.02  # share of an em square; fainter marks are specks of dust


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


def ink(grey: Any, em: float, cv2: Any) -> Any:
    """Tell ink (255) from paper (0), paper being what is about as light as what surrounds it."""
    block = int(3 * em) | 1
    return cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(block, 15), 18
    )


def rules(found: Any, em: float, cv2: Any) -> tuple[list[Box], list[Box], Any]:
    """Find lying and standing lines in ink, and a mask of all of them."""
    kinds: list[list[Box]] = []
    mask = None
    for lying in (True, False):
        size = (int(_RULE * em), 1) if lying else (1, int(_RULE * em))
        opened = cv2.morphologyEx(found, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        joined = cv2.dilate(opened, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        boxes = []
        for x, y, w, h, _ in _marks(joined, cv2):
            if (h if lying else w) <= _THICK * em + 2:
                boxes.append(Box(x, y, x + w, y + h))
            else:
                joined[y : y + h, x : x + w] = 0  # the inside of something dark
        kinds.append(boxes)
        mask = joined if mask is None else cv2.bitwise_or(mask, joined)
    return kinds[0], kinds[1], mask


def _marks(found: Any, cv2: Any) -> list[tuple[int, int, int, int, int]]:
    """Give x, y, width, height and area of each connected mark."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(found, 8)
    return [tuple(int(value) for value in row) for row in stats[1:]]  # type: ignore[misc]


def unread(found: Any, covered: Any, em: float, cv2: Any) -> tuple[list[Box], list[Box]]:
    """Gather marks like characters outside of what is ``covered``, line by line; and pictures.

    ``found`` is ink without drawn lines, ``covered`` a mask of the places that were read.
    """
    pictures: list[Box] = []
    lost = found.copy()
    lost[:] = 0
    for x, y, w, h, area in _marks(found, cv2):
        if w > _PICTURE * em and h > _PICTURE * em:
            pictures.append(Box(x, y, x + w, y + h))
            continue
        if not (_LOW * em <= h <= _HIGH * em and w <= _WIDE * em) or area < _SPARSE * em * em:
            continue
        # read is what stands in a line by more than half, edges of the line included
        part = covered[y : y + h, x : x + w]
        if cv2.countNonZero(part) * 2 >= w * h:
            continue
        lost[y : y + h, x : x + w] = 255
    reach = cv2.getStructuringElement(cv2.MORPH_RECT, (int(1.6 * em) | 1, int(0.3 * em) | 1))
    groups = []
    for x, y, w, h, _ in _marks(cv2.dilate(lost, reach), cv2):
        inner = cv2.boundingRect(lost[y : y + h, x : x + w])
        box = Box(x + inner[0], y + inner[1], x + inner[0] + inner[2], y + inner[1] + inner[3])
        if box.y1 - box.y0 < _SMALL * em or any(_inside(box, picture) for picture in pictures):
            continue
        groups.append(box)
    if len(groups) > _MOST:
        pictures.append(
            Box(
                min(one.x0 for one in groups),
                min(one.y0 for one in groups),
                max(one.x1 for one in groups),
                max(one.y1 for one in groups),
            )
        )
        groups = []
    return sorted(groups, key=lambda one: (one.y0, one.x0)), pictures


def _inside(box: Box, other: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1
