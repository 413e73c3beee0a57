"""A hand-made audit that every renderer is tested on: each verdict, two documents, an unread file."""

from __future__ import annotations

import re
from fractions import Fraction

from gouji.checks.audit import Audit, Audited, Habits
from gouji.checks.relation import Judged, Relation, Suspect, Verdict
from gouji.extract.claim import Claim
from gouji.extract.document import Block, Document, Figure, Flow, Skipped, Unread
from gouji.extract.interval import Interval

NEW = """# 云溪市司法局2017年工作总结

一、人民调解

2017年，全市各级调解组织受理各类纠纷239625件，调解成功217523件，成功率为90.77%；出动调解员约1.2万人次。
其中，物业纠纷受理3161件，成功率94.53%，制作协议书8503份，涉及金额12565万元；婚姻家庭纠纷受理22214件，调解成功20998件，成功率94.53%，制作协议书8503份，涉及金额12565万元。

二、行政复议

全年收到复议申请704件，审结690件，其中维持573件、驳回80件、终止37件。地区生产总值增长5.3%（按可比价计算）。

| 项目 | 上年 | 本年 |
|---|---|---|
| 法律援助 | 1100 | 1249 |
| 公证 | 8,120 | 8,404 |
"""

OLD = """云溪市司法局2016年工作总结

全市各级调解组织受理各类纠纷228000件。
"""

_NUMERAL = re.compile(r"[\d,.]*\d")


class Build:
    """One document in the making: figures are found by their text, in order of the calls."""

    def __init__(self, text: str, number: int, path: str, title: str, period: str) -> None:
        self.text, self.number, self.path, self.title, self.period = text, number, path, title, period
        self.claims: list[Claim] = []
        self.at = 0

    def figure(
        self,
        printed: str,
        unit: str,
        indicator: str,
        subject: str = "",
        role: str = "value",
        approx: str = "exact",
        direction: str | None = None,
    ) -> Claim:
        """The next figure printed so; money and percent are measured, everything else is counted."""
        start = self.text.index(printed, self.at)
        self.at = start + len(printed)
        match = _NUMERAL.search(printed)
        assert match
        numeral = match[0]
        scale = 10_000 if "万" in printed else 1
        decimals = len(numeral.partition(".")[2])
        value = Fraction(numeral.replace(",", "")) * scale
        ulp = Fraction(scale, 10**decimals)
        discrete = unit not in ("%", "元") and scale == 1
        half = Fraction(0) if discrete else ulp / 2
        index = len(self.claims)
        figure = Figure(
            id=f"d{self.number + 1}f{index + 1}",
            start=start,
            end=self.at,
            text=printed,
            value=value,
            unit=unit,
            approx=approx,
            interval=Interval(value - half, value + half),
            kind={"%": "percent", "元": "money"}.get(unit, "count"),
            printed_unit=("万" if scale > 1 else "") + unit,
            numeral=numeral,
            numeral_start=start + match.start(),
            decimals=decimals,
            ulp=ulp,
            discrete=discrete,
            flow_start=start,
            flow_end=self.at,
        )
        claim = Claim(
            figure,
            index,
            document=self.number,
            role=role,
            indicator=indicator,
            subject=subject,
            period=self.period,
            direction=direction,
        )
        self.claims.append(claim)
        return claim

    def audited(
        self, habits: Habits, share: Fraction | None, status: dict[str, tuple[str, str | None]]
    ) -> Audited:
        """The document, its lines as blocks, with the statuses of its figures."""
        blocks, start = [], 0
        for line in self.text.split("\n"):
            heading = line.startswith(("#", "一、", "二、")) or (start == 0 and "总结" in line)
            kind = "heading" if heading else "row" if line.startswith("|") else "text"
            skip = len(line) - len(line.lstrip("# "))
            if line and not line.startswith("|---"):
                level = 0 if not heading else 1 if start == 0 else 2
                blocks.append(Block(start + skip, start + len(line), kind, level))
            start += len(line) + 1
        skipped = tuple(
            Skipped(match.start(), match.end(), match[0], "year")
            for match in re.finditer(r"201\d年", self.text)
        )
        document = Document(
            path=self.path,
            sha256=f"{self.number}" * 64,
            text=self.text,
            title=self.title,
            issuer="云溪市司法局",
            period=self.period,
            encoding="utf-8",
            flow=Flow(self.text, list(range(len(self.text) + 1)), tuple(blocks)),
            figures=tuple(claim.figure for claim in self.claims),
            skipped=skipped,
        )
        return Audited(document, tuple(self.claims), habits, share, status)


def point(number: int | str | Fraction) -> Interval:
    """A single value."""
    return Interval(Fraction(number), Fraction(number))


def audit() -> Audit:
    """Build the fixture afresh."""
    new = Build(NEW, 0, "reports/2017.md", "云溪市司法局2017年工作总结", "2017")
    accepted = new.figure("239625件", "件", "受理")
    succeeded = new.figure("217523件", "件", "调解成功")
    rate = new.figure("90.77%", "%", "成功率", role="rate")
    sent = new.figure("约1.2万人次", "人次", "出动", approx="about")
    p_accepted = new.figure("3161件", "件", "受理", "物业纠纷")
    p_rate = new.figure("94.53%", "%", "成功率", "物业纠纷", role="rate")
    p_papers = new.figure("8503份", "份", "协议书", "物业纠纷")
    p_money = new.figure("12565万元", "元", "金额", "物业纠纷")
    f_accepted = new.figure("22214件", "件", "受理", "婚姻家庭纠纷")
    f_succeeded = new.figure("20998件", "件", "调解成功", "婚姻家庭纠纷")
    f_rate = new.figure("94.53%", "%", "成功率", "婚姻家庭纠纷", role="rate")
    f_papers = new.figure("8503份", "份", "协议书", "婚姻家庭纠纷")
    f_money = new.figure("12565万元", "元", "金额", "婚姻家庭纠纷")
    received = new.figure("704件", "件", "申请", "复议")
    closed = new.figure("690件", "件", "审结", "复议")
    parts = [
        new.figure(text, "件", name) for text, name in (("573件", "维持"), ("80件", "驳回"), ("37件", "终止"))
    ]
    growth = new.figure("5.3%", "%", "地区生产总值", role="growth", direction="up")
    table = [new.figure(text, "", name) for text, name in (("1100", "法律援助"), ("1249", "法律援助"))]
    table += [new.figure(text, "", "公证") for text in ("8,120", "8,404")]
    old = Build(OLD, 1, "reports/2016.txt", "云溪市司法局2016年工作总结", "2016")
    earlier = old.figure("228000件", "件", "受理")

    half = Fraction(1, 200)
    exact = Fraction(21752300, 239625)
    relations = [
        Judged(
            "r1",
            Relation(
                "rate",
                {"part": (succeeded,), "whole": (accepted,), "rate": (rate,)},
                "stated",
                ("成功率",),
            ),
            Verdict(
                "truncated",
                severity="warning",
                power=Fraction(9999, 10000),
                equation="217523 / 239625 = 90.7764…%",
                stated=Interval(Fraction(9077, 100) - half, Fraction(9077, 100) + half),
                recomputed=point(exact),
                gap=1,
            ),
            "rate-1b6f0c11",
            (Suspect(rate.figure.id, "90.78%", "四舍五入"),),
        ),
        Judged(
            "r2",
            Relation(
                "subset", {"part": (p_papers,), "whole": (p_accepted,)}, "customary", ("协议书", "受理")
            ),
            Verdict(
                "inconsistent",
                severity="error",
                equation="8503 ≤ 3161",
                stated=point(8503),
                recomputed=Interval(None, Fraction(3161)),
                gap=5342,
            ),
            "subset-77aa01de",
            (Suspect(p_papers.figure.id, "", "复制自婚姻家庭纠纷"),),
        ),
        Judged(
            "r3",
            Relation(
                "duplicate",
                {"first": (p_rate, p_papers, p_money), "second": (f_rate, f_papers, f_money)},
                "customary",
                ("物业纠纷", "婚姻家庭纠纷"),
            ),
            Verdict(
                "suspicious",
                severity="error",
                equation="94.53%, 8503, 12565万元 = 94.53%, 8503, 12565万元",
                chance=Fraction(1, 250000),
            ),
            "duplicate-c0ffee02",
        ),
        Judged(
            "r4",
            Relation(
                "rate",
                {"part": (f_succeeded,), "whole": (f_accepted,), "rate": (f_rate,)},
                "stated",
                ("成功率",),
            ),
            Verdict(
                "consistent",
                basis="exact",
                power=Fraction(99995, 100000),
                equation="20998 / 22214 = 94.5259…%",
                stated=Interval(Fraction(9453, 100) - half, Fraction(9453, 100) + half),
                recomputed=point(Fraction(2099800, 22214)),
            ),
            "rate-5e5e5e03",
        ),
        Judged(
            "r5",
            Relation("sum", {"total": (closed,), "part": tuple(parts)}, "stated", ("其中",)),
            Verdict(
                "consistent",
                basis="exact",
                power=Fraction(999, 1000),
                equation="573 + 80 + 37 = 690",
                stated=point(690),
                recomputed=point(690),
            ),
            "sum-00000004",
        ),
        Judged(
            "r6",
            Relation("subset", {"part": (closed,), "whole": (received,)}, "customary", ("审结", "申请")),
            Verdict("consistent", basis="exact", power=Fraction(3, 10), equation="690 ≤ 704"),
            "subset-00000005",
        ),
        Judged(
            "r7",
            Relation("growth", {"growth": (growth,)}, "stated", ("可比价",), reason="real_terms"),
            Verdict("unverified", reason="real_terms"),
            "growth-00000006",
        ),
        Judged(
            "r8",
            Relation("growth_cross", {"current": (accepted,), "prior": (earlier,)}, "customary", ("受理",)),
            Verdict("unverified", reason="cross_period"),
            "growth_cross-00000007",
        ),
    ]
    status: dict[str, tuple[str, str | None]] = {
        claim.figure.id: ("checked", None) for judged in relations for claim in judged.relation.claims()
    }
    status[growth.figure.id] = ("unverified", "real_terms")
    status[sent.figure.id] = ("unrelated", "no_relation")
    for claim in table:
        status[claim.figure.id] = ("unrelated", "no_relation")
    status[earlier.figure.id] = ("unverified", "cross_period")
    return Audit(
        documents=(
            new.audited(Habits({"%": 2}, rounded=1, truncated=1), Fraction(61, 100), status),
            old.audited(Habits(), Fraction(0), status),
        ),
        relations=tuple(relations),
        unread=(Unread("reports/broken.pdf", "是 PDF 文件，目前只读 .txt 和 .md"),),
    )


def clean() -> Audit:
    """A report in which every decided tie holds."""
    full = audit()
    kept = tuple(
        judged for judged in full.relations if judged.verdict.verdict in ("consistent", "unverified")
    )
    return Audit(full.documents[:1], kept)
