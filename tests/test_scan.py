"""What is a figure and what is none: dates, codes, ordinals, marks, names are passed over."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.found import Found, Passed
from gouji.extract.scan import scan


def found(text: str) -> list[str]:
    return [text[x.start : x.end] for x in scan(text) if isinstance(x, Found)]


def passed(text: str) -> list[tuple[str, str]]:
    return [(text[x.start : x.end], x.reason) for x in scan(text) if isinstance(x, Passed)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023年", "year"),
        ("2023年度", "year"),
        ("2021—2025年", "year"),
        ("（2020-2022）", "year"),
        ("2022级学生", "year"),
        ("2023年6月1日", "date"),
        ("2024-05-06", "date"),
        ("1—6月", "date"),
        ("9月30日", "date"),
        ("二〇二三年十月", "date"),
        ("五月", "date"),
        ("10:30", "time"),
        ("9时30分", "time"),
        ("局发〔2017〕101号", "document_number"),
        ("第3批", "ordinal"),
        ("第十四届", "ordinal"),
        ("第一、二、三产业", "ordinal"),
        ("7号线", "ordinal"),
        ("1、3、5号线", "ordinal"),
        ("附件2", "ordinal"),
        ("2期工程", "ordinal"),
        ("能效1级", "ordinal"),
        ("\n1.推进改革", "list_mark"),
        ("。2.2024年", "list_mark"),
        ("\n（二）加强", "list_mark"),
        ("。三是推进", "list_mark"),
        ("\n四、工作", "list_mark"),
        ("\n7.2资产管理", "list_mark"),
        ("增长[4]。", "note"),
        ("电话：021-12345678", "telephone"),
        ("邮编：200000", "postcode"),
        ("PM2.5", "code"),
        ("COVID-19", "code"),
        ("O2O模式", "code"),
        ("A4纸", "code"),
        ("编号0012", "code"),
        ("www.example.com/2023/15.html", "code"),
        ("1.2.3", "code"),
        ("9" * 30, "code"),
        ("5G网络", "name"),
        ("12345热线", "name"),
        ("拨打110", "name"),
        ("1+24+N", "name"),
        ("7×24小时", "name"),
        ("“832平台”", "name"),
        ("“八个必须”", "name"),
        ("90后", "name"),
        ("2.0版", "name"),
        ("党的十九大", "name"),
        ("八项规定", "name"),
        ("数字政府3.0建设", "version"),
        ("三级医院", "name"),
        ("建设三级公路", "grade"),
        ("《推进三年行动的意见》", "title"),
    ],
)
def test_no_figure(text: str, reason: str) -> None:
    assert found(text) == []
    assert reason in {r for _, r in passed(text)}


@pytest.mark.parametrize(
    "text",
    [
        "统一部署，进一步完善",
        "一般公共预算",
        "一体化推进",
        "一网通办",
        "一支队伍",
        "一批项目",
        "二级响应",
        "长三角一市三",
        "形成合力，完成任务",
        "部分群众",
        "十分重要",
        "二十国集团",
        "数十家企业",
        "几十个",
        "陆家湾",
        "三轮车",
        "一般性支出",
        "四舍五入",
        "一季度",
        "千家万户",
        "百年大计",
        "七成立即",
    ],
)
def test_ordinary_words_hold_no_figure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("受理704件，办结573件", ["704件", "573件"]),
        ("两份文件和三项制度", ["两份", "三项"]),
        ("七部门联合", ["七部门"]),
        ("五年来", ["五年"]),
        ("市、区两级", ["两级"]),
        ("县乡村三级网络", ["三级"]),
        ("十大行动", ["十大"]),
        ("五大体系", ["五大体系"]),
        ("实现“两个100%”", ["两个", "100%"]),
        ("签约30个，附近2家", ["30个", "2家"]),
        ("最近3年，近3年", ["3年", "3年"]),
        ("粉丝近7万，阅读", ["近7万"]),
        ("从10%到15%", ["10%", "15%"]),
        ("10%—15%", ["10%—15%"]),
        ("3至5名", ["3至5名"]),
        ("1亿2千万元", ["1亿2千万元"]),
        ("1万600元", ["1万600元"]),
        ("比为4.7:39.2:56.1", ["4.7", "39.2", "56.1"]),
        ("2000人，1998家", ["2000人", "1998家"]),
        ("GDP1.2万亿元", ["1.2万亿元"]),
        ("[3]20.5亿元", ["20.5亿元"]),
        ("为-0.67‰，增长-3.2%", ["-0.67‰", "-3.2%"]),
        ("百余户，上千名", ["百余户", "上千名"]),
        ("翻一番", ["翻一番"]),
        ("占三分之二，近九成，一半以上", ["三分之二", "近九成", "一半以上"]),
        ("15日内", ["15日"]),
        ("两三个，三四十人", ["两三个", "三四十人"]),
        ("1 100万元", ["1 100万元"]),
        ("合计|2,345.6|-12|1986", ["2,345.6", "-12", "1986"]),
        ("项目|2022年|2023年\n合计|5|6", ["5", "6"]),
        ("序号|1|2|3\n办公|5.1|6|7", ["5.1", "6", "7"]),
        ("20101|人大事务|100", ["100"]),
        ("5家国家实验室", ["5家"]),
        ("≥30个，≤5%", ["≥30个", "≤5%"]),
        ("壹拾贰万元整", ["壹拾贰万元整"]),
        ("二点五倍", ["二点五倍"]),
        ("3年多，1倍多", ["3年多", "1倍多"]),
        ("5", ["5"]),
    ],
)
def test_figures(text: str, figures: list[str]) -> None:
    assert found(text) == figures


ALPHABET = (
    "0123456789.,:-—至到/%‰年月日号第〔〕[]（）|“”《》\n 零一二三十百千万亿两余多约近超元件个级成分"
    "之点半番翻倍GP+×以上左右"
)


@given(st.text(ALPHABET, max_size=60))
def test_any_text_is_scanned_in_order_and_inside_its_bounds(text: str) -> None:
    last = 0
    for item in scan(text):
        assert 0 <= item.start < item.end <= len(text)
        assert item.end > last
        last = item.end
        if isinstance(item, Found):
            assert item.start <= item.num_start < item.num_end <= item.end
            assert item.value >= 0
            assert item.ulp > 0
            assert item.upper is None or item.upper > item.value


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "1,234,",
        "1万",
        "1+",
        "1.",
        "2023年",
        "1-",
        "第1、",
        "“一",
        "《三项",
        "1|",
        "www.a/1?",
        "三成",
        "1 234 ",
        "2023、",
        "十五分之",
        "约",
        "1至",
    ],
)
def test_the_time_is_linear_in_hostile_text(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.perf_counter()
    for _ in scan(text):
        pass
    assert time.perf_counter() - start < 60


def test_fifty_megabytes_of_digits_pass() -> None:
    start = time.perf_counter()
    assert passed("9" * 50_000_000)[0][1] == "code"
    assert time.perf_counter() - start < 60
