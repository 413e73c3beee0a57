"""One picture of a page into its characters and lines: what :mod:`gouji.extract.pdf_glyphs` is to text.

Lines of text are found, straightened and read one by one; lines that hold digits are read twice, from two
cuts of the picture, and where the two differ the digit is doubtful whatever the reader says of itself. Drawn
lines are taken out before: a border beside a number is easily read as a 1.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from importlib import import_module
from itertools import pairwise
from typing import Any

from . import ocr_ink
from .pdf_glyphs import Glyph, Rule, Sheet
from .sureness import marked

#: Pixels of the longer side of a page when its lines are looked for; they are read from the whole picture.
_LOOK = 1440
#: Pixels of the longer side that a picture may have; larger ones are made smaller first.
LARGEST = 4200
_TURNED = 0.25  # degrees from which a page is turned straight
_LEAN = 8.0  # degrees beyond which a line is no line of the page
_POOR = 0.55  # mean sureness below which a line is no reading
_LONE = 0.8  # the same for marks that no line was found for
_DOUBT = 60  # percent for a digit that two readings do not agree on
_WIDE = "\u2e7f"


@dataclass(slots=True)
class Seen:
    """What was read of a page: its sheet, and shares of its height at which ink could not be read."""

    sheet: Sheet
    unread: list[float] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class _Text:
    """A line as read: characters with sureness (0 to 1) and the x of their middle, in pixels."""

    chars: list[tuple[str, float, float]]
    middle: float
    height: float
    left: float  # where its ink begins and ends
    right: float
    em: float = 0.0


class Engine:
    """The reader of lines: rapidocr, with the models that its wheel brings, never fetching any."""

    def __init__(self) -> None:
        """Load it; raises ``ImportError`` where it, or a model, is missing."""
        self.cv2 = import_module("cv2")
        self.numpy = import_module("numpy")
        rapid = import_module("rapidocr")
        models = import_module("pathlib").Path(rapid.__file__).parent / "models"
        if not all(any(models.glob(f"*{part}*.onnx")) for part in ("det", "rec", "cls")):
            raise ImportError("rapidocr without its models")
        self._ocr = rapid.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": 0.0,
                "Global.max_side_len": LARGEST,
                # more threads than lines of 48 pixels can use only wait for one another
                "EngineConfig.onnxruntime.intra_op_num_threads": min(os.cpu_count() or 1, 4),
            }
        )

    def places(self, image: Any) -> list[Any]:
        """Find lines of text: four corners each, from the upper left one clockwise, in pixels."""
        height, width = image.shape[:2]
        scale = min(_LOOK / max(height, width), 1.0)
        small = image
        if scale < 1:
            small = self.cv2.resize(image, None, fx=scale, fy=scale, interpolation=self.cv2.INTER_AREA)
        found = self._ocr(small, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [self.numpy.float32(box / scale) for box in boxes]

    def upside_down(self, crop: Any) -> bool:
        """Whether a line stands on its head."""
        found = self._ocr(crop, use_det=False, use_cls=True, use_rec=False)
        said = getattr(found, "cls_res", None) or [("0", 0.0)]
        return str(said[0][0]) == "180" and float(said[0][1]) > 0.9

    def line(self, crop: Any) -> list[tuple[str, float, float]]:
        """Read one line: characters, blanks too, each with its sureness and its place as a share of the width."""
        found = self._ocr(crop, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        texts, words = getattr(found, "txts", None), getattr(found, "word_results", None)
        if not texts or not texts[0].strip() or not words or not words[0]:
            return []
        info, text = words[0], texts[0]
        columns = [column for word in info.word_cols for column in word]
        if len(info.confs) != len(text) or len(columns) != len(text.replace(" ", "")):
            return []
        at = iter(columns)
        result: list[tuple[str, float, float]] = []
        for char, sure in zip(text, info.confs, strict=True):
            place = result[-1][2] if char == " " and result else 0.0
            if char != " ":
                place = (float(next(at)) + 0.5) / max(float(info.line_txt_len), 1.0)
            result.append((char, float(sure), place))
        return _per_mille(result)


def _per_mille(chars: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Put ‰ together again, which is read as % and a 0: no number begins right behind a percent sign."""
    result: list[tuple[str, float, float]] = []
    for number, (char, sure, at) in enumerate(chars):
        after = chars[number + 1][0] if number + 1 < len(chars) else ""
        if char in "0oO" and result and result[-1][0] == "%" and not (after.isdigit() or after == "."):
            result[-1] = ("‰", min(sure, result[-1][1]), result[-1][2])
        else:
            result.append((char, sure, at))
    return result


# --- a page ----------------------------------------------------------------------------------------


def seen(engine: Engine, image: Any, points: float | None) -> Seen:
    """Read a page; ``points`` is the worth of a pixel, ``None`` where the picture does not tell.

    ``image`` has three channels. What comes back has the size of the page in points, as a sheet of text has.
    """
    cv2, numpy = engine.cv2, engine.numpy
    boxes = engine.places(image)
    image, boxes = _upright(engine, image, boxes)
    height, width = image.shape[:2]
    if not boxes:
        return _blank(engine, image, points)
    tall = sorted(_sides(box)[1] for box in boxes)[len(boxes) // 2]
    em = 0.72 * tall
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    found = ocr_ink.ink(grey, em, cv2)
    lying, standing, mask = ocr_ink.rules(found, em, cv2)
    paper = int(numpy.median(grey))
    clean = image.copy()
    clean[mask > 0] = paper
    found[mask > 0] = 0
    covered = numpy.zeros_like(grey)
    texts: list[_Text] = []
    lost: list[ocr_ink.Box] = []
    for box in sorted(boxes, key=lambda one: (float(one[0][1]), float(one[0][0]))):
        left, top, right, bottom = _around(box, width, height)
        if right - left < 4 or bottom - top < 4:
            continue
        read = _read(engine, clean, left, top, right, bottom)
        if read:
            inner = cv2.boundingRect(found[top:bottom, left:right])
            if inner[2]:
                read.left, read.right = left + inner[0], left + inner[0] + inner[2]
            texts.append(read)
            covered[top:bottom, left:right] = 255
    groups, pictures = ocr_ink.unread(found, covered, em, cv2)
    for group in groups:
        pad = int(0.25 * em)
        left, top = max(group.x0 - pad, 0), max(group.y0 - pad, 0)
        right, bottom = min(group.x1 + pad, width), min(group.y1 + pad, height)
        read = _read(engine, clean, left, top, right, bottom, _LONE)
        if read and any(char.isalnum() for char, *_ in read.chars):
            texts.append(read)
        else:
            lost.append(group)
    _sizes(texts)
    usual = sorted(one.em for one in texts)[len(texts) // 2] if texts else em
    scale = points or 14.0 / usual
    sheet = _sheet(texts, lying, standing, width, height, scale)
    return Seen(sheet, [round((one.y0 + one.y1) / 2 / height, 3) for one in lost], len(pictures))


def _blank(engine: Engine, image: Any, points: float | None) -> Seen:
    """A page without a line: empty paper, or a picture that could not be read."""
    cv2 = engine.cv2
    height, width = image.shape[:2]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    found = ocr_ink.ink(grey, 30, cv2)
    marks = cv2.countNonZero(found) > 0.0005 * height * width
    scale = points or 72 / 200
    return Seen(Sheet(width * scale, height * scale), [0.5] if marks else [])


def _sides(box: Any) -> tuple[float, float]:
    width = math.dist(box[0], box[1]) + math.dist(box[3], box[2])
    height = math.dist(box[0], box[3]) + math.dist(box[1], box[2])
    return width / 2, height / 2


def _angle(boxes: list[Any]) -> float:
    """The angle of the page in degrees, told by its long lines."""
    angles = []
    for box in boxes:
        width, height = _sides(box)
        if width > 5 * height:
            dx, dy = float(box[1][0] - box[0][0]), float(box[1][1] - box[0][1])
            angle = math.degrees(math.atan2(dy, dx))
            if abs(angle) < _LEAN:
                angles.append(angle)
    return sorted(angles)[len(angles) // 2] if angles else 0.0


def _upright(engine: Engine, image: Any, boxes: list[Any]) -> tuple[Any, list[Any]]:
    """Turn the page as its lines run, and find the lines again where it was turned."""
    cv2 = engine.cv2
    if not boxes:
        return image, boxes
    sides = [_sides(box) for box in boxes]
    standing = sum(height for width, height in sides if height > 1.5 * width)
    if standing > sum(width for width, height in sides if width > 1.5 * height):
        image = cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)
        boxes = engine.places(image)
    longest = sorted(boxes, key=lambda box: -_sides(box)[0])[:5]
    heads = 0
    for box in longest:
        left, top, right, bottom = _around(box, image.shape[1], image.shape[0])
        if right - left > 4 and bottom - top > 4:
            heads += engine.upside_down(image[top:bottom, left:right])
    if 2 * heads > len(longest):
        image = cv2.rotate(image, cv2.ROTATE_180)
        boxes = engine.places(image)
    angle = _angle(boxes)
    if abs(angle) >= _TURNED:
        height, width = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        image = cv2.warpAffine(
            image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        boxes = engine.places(image)
    return image, boxes


def _around(box: Any, width: int, height: int) -> tuple[int, int, int, int]:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return (
        max(math.floor(min(xs)), 0),
        max(math.floor(min(ys)), 0),
        min(math.ceil(max(xs)), width),
        min(math.ceil(max(ys)), height),
    )


def _read(
    engine: Engine, image: Any, left: int, top: int, right: int, bottom: int, least: float = _POOR
) -> _Text | None:
    """Read the line in a rectangle; ``None`` for what is no line, told by its letters and digits."""
    crop = image[top:bottom, left:right]
    chars = engine.line(crop)
    letters = [sure for char, sure, _ in chars if char.isalnum()] or [sure for _, sure, _ in chars]
    if not letters or sum(letters) / len(letters) < least:
        return None
    if any(char.isdigit() for char, *_ in chars):
        chars = _twice(engine, crop, chars)
    placed = [(char, sure, left + at * (right - left)) for char, sure, at in chars]
    return _Text(placed, (top + bottom) / 2, float(bottom - top), float(left), float(right))


def _twice(
    engine: Engine, crop: Any, chars: list[tuple[str, float, float]]
) -> list[tuple[str, float, float]]:
    """Read the line a second time from a cut that is a little wider; doubt the digits that differ."""
    cv2 = engine.cv2
    edge = max(crop.shape[0] // 10, 2)
    wider = cv2.copyMakeBorder(crop, edge, edge, 3 * edge, 3 * edge, cv2.BORDER_REPLICATE)
    again = engine.line(wider)
    other = [char for char, *_ in again if char != " "]
    own = [(place, char) for place, (char, *_) in enumerate(chars) if char != " "]
    doubtful = _different([char for _, char in own], other)
    result = list(chars)
    for index in doubtful:
        place = own[index][0]
        char, sure, at = result[place]
        result[place] = (char, min(sure, _DOUBT / 100), at)
    return result


def _different(own: list[str], other: list[str]) -> list[int]:
    """Indices of the characters of ``own`` that ``other`` has otherwise, or beside which it has more."""
    from difflib import SequenceMatcher

    found: list[int] = []
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if kind == "insert":
            # only what would change a number is held against its neighbours
            if any(char.isdigit() or char in ".,%" for char in other[c:d]):
                found += [index for index in (a - 1, a) if 0 <= index < len(own)]
            continue
        found += range(a, b)
    return found


# --- places ----------------------------------------------------------------------------------------


def _sizes(texts: list[_Text]) -> None:
    """Give each line its em: the distance of its ideographs, else what its height says on this page."""
    shares = []
    for one in texts:
        steps = sorted(
            b[2] - a[2] for a, b in pairwise(one.chars) if a[0] > _WIDE and b[0] > _WIDE and b[2] > a[2]
        )
        if len(steps) >= 4:
            one.em = min(steps[len(steps) // 2], one.height)
            shares.append(one.em / one.height)
    usual = sorted(shares)[len(shares) // 2] if shares else 0.72
    for one in texts:
        if not one.em:
            one.em = usual * one.height
    # what differs by no more than these measurements do is one size
    sizes = sorted(one.em for one in texts for _ in one.chars)
    common = sizes[len(sizes) // 2] if sizes else 1.0
    for one in texts:
        if 0.82 < one.em / common < 1.22:
            one.em = common


def _sheet(
    texts: list[_Text],
    lying: list[ocr_ink.Box],
    standing: list[ocr_ink.Box],
    width: int,
    height: int,
    scale: float,
) -> Sheet:
    sheet = Sheet(width * scale, height * scale, picture=1.0)
    for one in texts:
        em = one.em * scale
        base = one.middle * scale + 0.38 * em
        before: Glyph | None = None
        blank = False
        last = max(place for place, (char, *_) in enumerate(one.chars) if char != " ")
        for place, (char, sure, x) in enumerate(one.chars):
            if char == " ":
                blank = True
                continue
            half = (0.46 if char > _WIDE else 0.24) * em
            x0, x1 = x * scale - half, x * scale + half
            if place == 0:
                x0 = min(one.left * scale, x * scale)
            if place == last:
                x1 = max(one.right * scale, x * scale)
            if before is not None:
                latin = char <= _WIDE and before.char[0] <= _WIDE
                if x0 < before.x1 or (latin and not blank and x0 - before.x1 < 0.6 * em):
                    x0 = before.x1  # neither over nor apart from the last one
                    x1 = max(x1, x0 + 0.1 * em)
            if blank:
                sheet.spaced.add(len(sheet.glyphs))
                blank = False
            before = Glyph(
                marked(char, math.floor(100 * sure)), x0, x1, base - 0.8 * em, base + 0.08 * em, base, em
            )
            sheet.glyphs.append(before)
    sheet.lying = [Rule((r.y0 + r.y1) / 2 * scale, r.x0 * scale, r.x1 * scale) for r in lying]
    sheet.standing = [Rule((r.x0 + r.x1) / 2 * scale, r.y0 * scale, r.y1 * scale) for r in standing]
    return sheet
