"""The Chinese form: parts by kind that count and sum, brackets at the end of choices, points once, the binding margin, the key."""

from __future__ import annotations

import re
from functools import cache

import pytest

from quizcnn.generation.exam import Exam, make_exam
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.printing import chinese
from quizcnn.printing.document import Paragraph, Quick, Run
from quizcnn.printing.key import build_key
from quizcnn.printing.markdown import write_markdown
from quizcnn.printing.paper import build_paper
from quizcnn.services.exams.shelf import load_blueprint
from tests.exams.sample_exam import builtin_catalog, sample_exam

COUNTED = re.compile(r"本题共 (\d+) (小题|空)(?:，每(?:小题|空) ([\d.]+) 分)?(?:，取得分最高的 (\d+) 小题计分)?，共 (\d+) 分")  # fmt: skip
KINDS = ("单项选择题", "多项选择题", "填空题", "计算题", "简答题", "排序与配对题")


@cache
def _exam(name: str, seed: int = 7) -> Exam:
    catalog = builtin_catalog()
    return make_exam(load_blueprint(catalog.folders, name), catalog, seed, 1, "kinds")


@pytest.fixture(params=["cv-45", "dl-90", "numbers-15"])
def exam(request: pytest.FixtureRequest) -> Exam:
    return _exam(request.param)


def test_parts_go_by_kind_in_the_usual_order(exam: Exam) -> None:
    titles = [section.title for section in build_paper(exam, exam.versions[0], "zh").sections]
    assert [title.split("、")[0] for title in titles] == list("一二三四五六"[: len(titles)])
    kinds = [title.split("、")[1] for title in titles]
    assert kinds == [kind for kind in KINDS if kind in kinds]
    for number, kind in enumerate(kinds):
        for item in exam.versions[0].in_section(number):
            answer = item.variant.fields[0].answer
            if "选择" in kind:
                assert isinstance(answer, ChoiceAnswer)
                assert answer.multiple == (kind == "多项选择题")
            if kind == "简答题":
                assert isinstance(answer, KeypointsAnswer | RecallAnswer)


def test_each_heading_counts_its_questions_and_their_points(exam: Exam) -> None:
    version = exam.versions[0]
    paper = build_paper(exam, version, "zh")
    total = 0.0
    for number, section in enumerate(paper.sections):
        items = version.in_section(number)
        found = COUNTED.match(section.rule)
        assert found, section.rule
        count, unit, each, best, points = found.groups()
        total += float(points)
        assert int(count) == (len(items) if unit == "小题" else sum(len(item.variant.fields) for item in items))
        if each:
            assert float(each) * int(best or count) == float(points)
        elif not best:
            assert sum(item.points for item in items) == float(points)
    assert total == exam.blueprint.points
    assert paper.score is not None
    assert [float(each) for each in paper.score.points] == [*(float(m[5]) for s in paper.sections if (m := COUNTED.match(s.rule))), total]  # fmt: skip
    assert paper.score.parts == (*chinese.NUMERALS[: len(paper.sections)], "总分")


def test_points_of_single_questions_are_printed_only_where_they_differ(exam: Exam) -> None:
    for section in build_paper(exam, exam.versions[0], "zh").sections:
        said = "，每" in section.rule
        assert all(bool(question.points) != said for question in section.questions)


def test_choices_end_in_brackets_and_in_no_stop(exam: Exam) -> None:
    version = exam.versions[0]
    for section in build_paper(exam, version, "zh").sections:
        for question in section.questions:
            item = next(each for each in version.items if each.number == question.number)
            is_choice = isinstance(item.variant.fields[0].answer, ChoiceAnswer)
            assert question.closing == ("（　　）" if is_choice else "")
            if is_choice:
                last = [block for block in question.stem if isinstance(block, Paragraph)][-1].content[-1]
                assert not (isinstance(last, Run) and re.search(r"[。：:.]$", last.text))


@pytest.mark.parametrize(
    ("prompt", "stem"),
    [
        ("最可能的原因是：", "最可能的原因是"),
        ("下面哪一项正确？", "下面哪一项正确？"),
        ("选出正确的一项。", "选出正确的一项"),
    ],
)
def test_a_question_mark_stays_and_a_stop_goes(prompt: str, stem: str) -> None:
    item = next(item for item in _exam("cv-45").versions[0].items if isinstance(item.variant.fields[0].answer, ChoiceAnswer))  # fmt: skip
    closed, brackets = chinese.close((Paragraph((Run(prompt),)),), item)
    assert closed == (Paragraph((Run(stem),)),)
    assert brackets == "（　　）"


def test_the_rule_of_the_heading_is_the_policy_that_marks() -> None:
    exam = _exam("dl-90")
    rules = {section.title.split("、")[1]: section.rule for section in build_paper(exam, exam.versions[0], "zh").sections}  # fmt: skip
    assert rules["多项选择题"].endswith("每小题有一个或几个选项正确，全部选对得满分，选对但不全得一半，有选错得 0 分")
    assert rules["单项选择题"].endswith("每小题只有一个选项正确")
    assert rules["计算题"].endswith("写出必要的步骤")
    assert "取得分最高的 3 小题计分" in rules["简答题"]
    part = next(part for part in exam.blueprint.sections if part.title.zh == "多项选择题")
    assert part.policy == "all-or-half"


def test_no_english_frame_and_no_half_width_marks_in_the_frame(exam: Exam) -> None:
    for document in (build_paper(exam, exam.versions[0], "zh"), build_key(exam, exam.versions[0], "zh")):
        words = document.words
        frame = " ".join((document.facts, document.version, words.name, words.date, words.code, words.page, words.page_points, words.end, *(section.title + section.rule for section in document.sections)))  # fmt: skip
        assert not re.search(r"[A-Za-z]{2,}", re.sub(r"quizcnn [\d.]+|\{pages?\}", "", frame))
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", frame)
        assert (words.mark, words.brackets) == ("．", ("（", "）"))


def test_the_key_is_a_scoring_guide_with_the_answers_at_a_glance(exam: Exam) -> None:
    version = exam.versions[0]
    key = build_key(exam, version, "zh")
    assert key.title.endswith("参考答案与评分标准")
    (quick,) = key.front
    assert isinstance(quick, Quick)
    assert quick.head == "答案速查"
    listed = {number for number, _ in quick.items}
    choices = {str(item.number) for item in version.items if isinstance(item.variant.fields[0].answer, ChoiceAnswer)}
    prose = {str(item.number) for item in version.items if isinstance(item.variant.fields[0].answer, KeypointsAnswer)}
    assert choices <= listed
    assert not prose & listed
    worked = [item for item in version.items if item.steps]
    assert write_markdown(key).count(" 分**") >= len(worked)


def test_the_binding_margin_takes_the_name_off_the_paper() -> None:
    exam = sample_exam()
    paper = build_paper(exam, exam.versions[0], "zh", seal=True)
    assert paper.seal is not None
    assert paper.seal.fields == ("姓名", "学号", "班级")
    assert (paper.seal.line, paper.seal.rule) == ("密封线", "线内不要答题")
    assert build_paper(exam, exam.versions[0], "zh").seal is None


def test_gaps_earn_points_each_where_they_all_earn_the_same() -> None:
    exam = sample_exam()
    paper = build_paper(exam, exam.versions[0], "en", form="plain")
    assert paper.form == "plain"
    assert not any(question.closing for section in paper.sections for question in section.questions)
