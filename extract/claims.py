"""From figures to claims: labels, roles, stages, and the frames that hold them together."""

from __future__ import annotations

import re
from dataclasses import replace

from .claim import Claim, Reading
from .clauses import segments
from .document import Document
from .frames import FrameBuilder
from .ladders import ladders
from .periods import Periods
from .roles import PERCENT, POINTS, Role, role_of, scope_of
from .words import trim


def read(document: Document, number: int = 0) -> Reading:
    """The document's claims and frames. Never raises on odd text: what has no words stays without."""
    builder = FrameBuilder(document.flow)
    lex = ladders()
    periods = Periods(document.flow, document.period)
    block = -1
    scope = ""
    listed: tuple[str, Role] | None = None
    all_segments = list(segments(document.flow, document.figures))
    for i, segment in enumerate(all_segments):
        figure = segment.figure
        after = segment.after
        if i + 1 < len(all_segments):
            gap = all_segments[i + 1].figure.flow_start - figure.flow_end
            after = after[: max(gap, 0)]
        segment = replace(segment, after=after)
        period = periods.at(figure.flow_start)
        role = role_of(figure.unit, segment.before, segment.clause, after, segment.depth, document.period)
        if (
            segment.glued
            and _LIST_ITEM.match(segment.before)
            and listed is not None
            and listed[0] == figure.unit
        ):
            role = listed[1]  # 分别为3.1%、35.0%和61.9%: a list has one role
        listed = (figure.unit, role) if role.name not in ("value", "other") else None
        own = role.name in ("value", "prior", "limit")
        label = trim(segment.before if own else segment.before[: role.start])
        noun = after if own else ""
        if segment.block != block:
            block = segment.block
            scope = _heading_scope(document, block)
        scope = scope_of(label) or scope
        stage = ""
        if role.name == "value" and figure.unit not in PERCENT and figure.unit != POINTS:
            stage = lex.stage(label or noun[:12])
        builder.add(
            Claim(
                figure=figure,
                index=i,
                document=number,
                block=segment.block,
                sentence=segment.sentence,
                clause=segment.clause_index,
                role=role.name,
                stage=stage,
                indicator=role.object if role.name == "rate" else label or noun,
                scope=scope,
                period=period,
                issuer=document.issuer,
                direction=role.direction,
                object=role.object,
                words=role.words,
                label=label,
                noun=noun,
                before=segment.before,
                glued=segment.glued and not _LISTED.match(segment.before),
                depth=segment.depth,
            ),
            segment,
        )
    claims, frames = builder.finish()
    return Reading(document, number, claims, frames)


def _heading_scope(document: Document, block: int) -> str:
    """The scope that the headings between the last block and this one set; a heading without one clears it."""
    blocks = document.flow.blocks
    text = document.flow.text
    for number in range(block, max(block - 40, -1), -1):
        heading = blocks[number] if number < len(blocks) else None
        if heading is not None and heading.kind == "heading":
            found = scope_of(text[heading.start : heading.end])
            if found or number == block:
                return found
            # a sub-heading (1. 一般公共预算) keeps what the heading above it says
            continue
    return ""


_LIST_ITEM = re.compile(r"(?:[、和及与]|以及)\Z")
_LISTED = re.compile(r"[、和及与]|以及")
