"""Rules whose edges matter: what they must find, and what they must leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.bank.models import QUESTION, Choice, Topic
from quizcnn.bank.rules.drawn import check_drawn
from quizcnn.bank.rules.languages import check_languages
from quizcnn.bank.rules.options import check_options, key_is_longest
from quizcnn.bank.rules.references import find_circles
from quizcnn.bank.rules.teaching import check_teaching

EXPLANATION = {
    "en": "In train mode the layer normalises with the statistics of the batch it is given, in eval mode with constants that it has stored before.",
    "zh": "训练模式下，该层用当前批次的均值和方差做归一化；推理模式下改用事先存好的常数，每张图的输出只取决于自身，结果稳定。",
}


def choice(**changes: Any) -> Choice:
    options = [
        {
            "text": {"en": f"Belief number {n}.", "zh": f"第{n}种想法。"},
            "why": {"en": f"Because of {n}.", "zh": f"理由{n}。"},
        }
        for n in "一二三"
    ]
    options[0]["key"] = True  # type: ignore[assignment]
    data = {
        "id": "q", "kind": "choice", "topic": "t", "difficulty": 2, "prompt": {"en": "Which?", "zh": "哪一种？"}, "options": options,
        "explanation": EXPLANATION, "samples": {"1": "correct"},
    } | changes  # fmt: skip
    question = QUESTION.validate_python(data)
    assert isinstance(question, Choice)
    return question


def with_text(en: str, zh: str, place: int = 1) -> Choice:
    question = choice().model_dump()
    question["options"][place]["text"] = {"en": en, "zh": zh}
    return choice(**question)


def said(findings: Any) -> str:
    return " | ".join(message for _, message in findings)


@pytest.mark.parametrize(
    "zh",
    [
        "卷积核 3×3，步幅 2", "输出为 (8, 64)，共 512 个", "用 `nn.Conv2d(c, c)` 计算", "约 50 % 的像素", "$k=3$ 时成立", "精确率（precision）下降", "“平均精度”上升",
        "混合精度训练", "半精度（FP16）", "8×64×56×56", "宽取 x2 − x1（不加 1）", "请画出曲线", "逐条处理请求", "按 [x, y, 宽, 高] 填写", "到 0.5～0.7 之间",
    ],
)  # fmt: skip
def test_good_chinese_is_left_alone(zh: str) -> None:
    code = "`nn.Conv2d(c, c)`" if "`" in zh else ""
    assert said(check_languages(choice(prompt={"en": f"Which one {code}?", "zh": zh}))) == ""


@pytest.mark.parametrize(
    ("zh", "finding"),
    [
        ("卷积核3×3", "no space"), ("步幅 2,填充 1", "half-width"), ("输出(不含偏置)", "half-width"), ("对吗?", "half-width"), ("使用`x`计算", "no space"),
        ("卷积 ，步幅", "a space beside"), ("您觉得呢", "您"), ("请选择", "请"), ("精度下降", "精度"), ("Which one?", "copy"), ("Only this.", "no Chinese"),
        ("", "empty"), ("当 $k$时", "no space"),
    ],
)  # fmt: skip
def test_chinese_faults_are_found(zh: str, finding: str) -> None:
    en = "Which one `x`?" if "`" in zh else "Which one?"
    assert finding in said(check_languages(choice(prompt={"en": en, "zh": zh})))


@pytest.mark.parametrize(
    "text", ["64", "ResNet-50", "loss = loss_fn(model(x), y)", "with torch.autocast('cuda'): ...", "L1"]
)
def test_code_and_names_may_stand_for_both_languages(text: str) -> None:
    question = choice().model_dump()
    question["options"][1]["text"] = text
    assert said(check_languages(choice(**question))) == ""


@pytest.mark.parametrize(
    "text",
    [
        "All of the above.",
        "None of the above",
        "Both of these",
        "Neither of them.",
        "A and B",
        "both A and C are right",
    ],
)
def test_sweeping_options_are_found(text: str) -> None:
    assert "stand alone" in said(check_options(with_text(text, "以上都对")))


@pytest.mark.parametrize(
    "text", ["None of them can be larger than 0.25.", "All of the weights are shared.", "Both branches are added."]
)
def test_options_that_only_begin_alike_are_left_alone(text: str) -> None:
    assert "stand alone" not in said(check_options(with_text(text, "全部权重共享")))


def test_a_short_key_never_stands_out() -> None:
    question = choice().model_dump()
    for place, text in enumerate(("Sixteen times", "None", "Twice")):
        question["options"][place]["text"] = {"en": text, "zh": f"第{place}个"}
    assert said(check_options(choice(**question))) == ""


@pytest.mark.parametrize(
    ("texts", "ordered", "fault"),
    [
        (("64", "128", "1,152"), True, False), (("1,152", "128", "64"), True, False), (("64", "128", "1,152"), False, True),
        (("128", "64", "1,152"), True, True), (("0.5", "−1", "2"), True, True), (("2 MB", "16 MB", "4 MB"), True, True), (("64", "128", "more"), False, False),
    ],
)  # fmt: skip
def test_numbers_stand_in_order(texts: tuple[str, ...], ordered: bool, fault: bool) -> None:
    question = choice().model_dump() | {"ordered": ordered}
    for place, text in enumerate(texts):
        question["options"][place]["text"] = text
    assert ("stand in order" in said(check_options(choice(**question)))) is fault


def test_the_key_may_be_longer_but_not_conspicuously() -> None:
    question = choice().model_dump()
    question["options"][0]["text"] = {"en": "A" * 25, "zh": "想法"}
    assert said(check_options(choice(**question))) == ""
    assert key_is_longest(choice(**question))
    question["options"][0]["text"] = {"en": "A" * 29, "zh": "想法"}
    assert "stands out" in said(check_options(choice(**question)))


def test_a_hint_may_repeat_what_the_prompt_shows() -> None:
    gap = {"a": {"number": 128}}
    prompt = {"en": "From 64 to 128 channels: [[a]] filters.", "zh": "从 64 到 128 个通道：[[a]] 个滤波器。"}
    cloze = {
        "id": "q",
        "kind": "cloze",
        "topic": "t",
        "difficulty": 2,
        "explanation": EXPLANATION,
        "gaps": gap,
        "samples": {"128": "correct"},
    }
    hint = {"en": "Which of 64 and 128?", "zh": "64 和 128，哪一个？"}
    shown = QUESTION.validate_python(cloze | {"prompt": prompt, "hints": [hint]})
    assert said(check_teaching(shown)) == ""
    hidden = {"en": "From 64 channels on: [[a]] filters.", "zh": "从 64 个通道起：[[a]] 个滤波器。"}
    assert "holds the key: '128'" in said(
        check_teaching(QUESTION.validate_python(cloze | {"prompt": hidden, "hints": [hint]}))
    )


def numeric(en: str, zh: str = "边长 {n}，输出多少？", **changes: Any) -> Any:
    return QUESTION.validate_python(
        {
            "id": "q", "kind": "numeric", "topic": "t", "difficulty": 2, "family": "conv2d_output_shape", "ask": ["out_height"],
            "draw": {"in_height": [32, 64], "kernel_size": [3, 5]}, "tie": {"in_width": "in_height"}, "explanation": EXPLANATION,
            "phrasings": [{"en": en, "zh": zh.replace("{n}", "{in_height}")}],
            "samples": [{"inputs": {"in_height": 32, "kernel_size": 3}, "answers": {"30": "correct"}}],
        } | changes
    )  # fmt: skip


@pytest.mark.parametrize(
    "en",
    [
        "A {in_height}×{in_height} map.", "ResNet-50 takes {in_height}.", "`nn.Conv2d(64, 64, 3)` on {in_height}", "VOC 2010 with {in_height}",
        "a 1×1 layer on {in_height}", "Give 4 decimal places for {in_height}.", "boxes [x1, y1] and {in_height}", "$2^3$ and {in_height}",
        "He et al. (2015): {in_height}",
    ],
)  # fmt: skip
def test_numbers_with_an_owner_are_left_alone(en: str) -> None:
    assert said(check_drawn(numeric(en))) == ""


@pytest.mark.parametrize(
    "en",
    [
        "64 channels, side {in_height}",
        "side {in_height}, 3x3",
        "{in_height} and 0.5",
        "a batch of 32: {in_height}",
        "{in_height} 2,048",
    ],
)
def test_numbers_without_an_owner_are_found(en: str) -> None:
    assert "neither a parameter" in said(check_drawn(numeric(en)))


def test_a_fixed_value_owns_its_number() -> None:
    assert said(check_drawn(numeric("stride 2, side {in_height}", fixed={"stride": 2}))) == ""


def test_a_placeholder_in_mathematics_is_found() -> None:
    assert "dollar signs" in said(check_drawn(numeric("$n={in_height}$ for {in_height}")))


def test_the_printed_convention_may_not_stand_in_the_wording_too() -> None:
    wording = "Side {in_height}. PyTorch's nn.Conv2d: an incomplete last step is dropped (floor)."
    assert "printed under the prompt" in said(check_drawn(numeric(wording)))
    stated = numeric(wording).model_copy(update={"states": ("convention",)})
    assert "printed under" not in said(check_drawn(stated))


def topics(**prerequisites: str) -> dict[str, Topic]:
    return {
        name: Topic.model_validate(
            {
                "id": name,
                "title": {"en": name, "zh": name},
                "area": "x",
                "difficulty": 1,
                "interview_frequency": 1,
                "prerequisites": before.split(),
            }
        )
        for name, before in prerequisites.items()
    }


@pytest.mark.parametrize(
    ("graph", "circles"),
    [
        ({"a": "", "b": "a", "c": "a b"}, []),
        ({"a": "b", "b": "a"}, [("a", "b")]),
        ({"a": "a"}, [("a",)]),
        ({"a": "", "b": "a d", "c": "b", "d": "c"}, [("b", "d", "c")]),
        ({"a": "b c", "b": "d", "c": "d", "d": ""}, []),
    ],
)
def test_circles_of_prerequisites(graph: dict[str, str], circles: list[tuple[str, ...]]) -> None:
    assert list(find_circles(topics(**graph))) == circles
