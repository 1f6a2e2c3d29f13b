"""Every fixed word on a paper, in both languages, and how points and letters are written."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.text import Lang, Text

PAPER = Text("Version {letter}", "试卷 {letter}")
KEY = Text("Key, version {letter}", "参考答案，试卷 {letter}")
KEY_TITLE = "{title}: key"
FACTS = Text(
    "{minutes} minutes · {points} points · calculator allowed", "满分 {points} 分　考试时间 {minutes} 分钟　可用计算器"
)
KEY_FACTS = Text(
    "{points} points · made with quizcnn {program}, seed {seed}", "满分 {points} 分　quizcnn {program}，随机种子 {seed}"
)
NAME, DATE = Text("Name", "姓名"), Text("Date", "日期")
CODE = Text("Paper code", "试卷编号")
PAGE = Text("Page {page} of {pages}", "第 {page} 页，共 {pages} 页")
PAGE_POINTS = Text("Points on this page", "本页得分")
DO_NOT_HAND_OUT = Text("Key: do not hand out", "参考答案，请勿外传")
END = Text("End of the paper", "试卷结束")
END_OF_KEY = Text("End of the key", "答案结束")
SCORE_HEADS = (Text("Part", "部分"), Text("Points", "满分"), Text("Score", "得分"))
TOTAL = Text("Total", "总分")
CONVENTIONS = Text("Conventions", "约定")
NAMES = Text("Names and defaults are those of PyTorch.", "名称与缺省值按 PyTorch。")
BLANK = Text("blank", "填空")
PART = Text("Part {number}. {title}", "第 {number} 部分　{title}")

EACH = Text("{points} each", "每题 {points} 分")
BEST = Text("the best {choose} of {count} count", "{count} 题中取得分最高的 {choose} 题计分")
STEPS_COUNT = Text("write the steps down", "写出步骤")
CHAIN = Text("(a), (b), … build on each other", "标有（a）（b）的各题前后相承")
SINGLE = Text("one option is right", "每题只有一个选项正确")
ALL_OR_NOTHING = Text(
    "where several options may be right, exactly the right ones earn the points", "多选题全部选对才得分"
)
ALL_OR_HALF = Text(
    "where several options may be right, all of them earn the points, some of them without a wrong one half",
    "多选题全部选对得满分，选对但不全得一半，有选错得 0 分",
)
PER_OPTION = Text(
    "where several options may be right, each one rightly chosen or rightly left earns its share",
    "多选题每个选项判断正确即得相应分数",
)
RIGHT_MINUS_WRONG = Text(
    "where several options may be right, a wrong one takes away what a right one earns",
    "多选题错选一项抵消一项选对的得分",
)

CHOOSE_ALL = Text("(choose all that apply)", "（选出所有正确的）")
NUMBERS_IN_ORDER = Text("Write the numbers of the lines in the right order:", "按正确的顺序写出各行的编号：")
LETTERS_ONCE = Text(
    "Write one letter on each line; no letter is used twice.", "每条横线填一个字母，每个字母至多用一次。"
)
LETTERS_AGAIN = Text(
    "Write one letter on each line; a letter may be used again.", "每条横线填一个字母，字母可以重复使用。"
)
FORMULA_IN = Text("in {symbols}", "用 {symbols} 表示")
DECIMALS = Text("({count} decimal places)", "（保留 {count} 位小数）")
ONE_DECIMAL = Text("(1 decimal place)", "（保留 1 位小数）")
ONE_SOLUTION = Text("(one solution is enough)", "（写出一组即可）")
LENGTH = Text("about\u00a0{words}\u00a0words", "约\u00a0{words}\u00a0字")
BRACKETS = Text("({text})", "（{text}）")
POINTS_WANTED = (Text("one point", "一个要点"), Text("{count} points", "{count} 个要点"))

SHEET = Text("Answer sheet", "答题卡")
SHEET_FOOT = Text("To have it marked by the program, type it as {example}", "输入计算机评分时这样写：{example}")
ON_PAPER = Text("write on the paper", "写在试卷上")
FORMULA = Text("formula", "公式")

ANSWER = Text("Answer", "答案")
ANSWERS = Text("Answers", "答案")
STEPS = Text("Steps", "步骤")
WHY = Text("Why", "理由")
KEEP = Text("Keep", "一句话")
ALSO_RIGHT = Text("Also right", "也算对")
APPROXIMATE = Text(
    "an approximate figure with at least three right digits, such as {example}",
    "至少三位数字正确的近似值，如 {example}",
)
TOLERANCE = Text("up to {percent} % off", "误差不超过 {percent}%")
EVERY_SOLUTION = Text("every answer with the property asked", "满足所求性质的任何答案")
CHECKLIST = Text("Key points", "要点")
CAP = Text("At most {percent} % where it says that {belief}", "若认为{belief}，至多得 {percent}%")
MODEL_ANSWER = Text("Model answer", "参考表述")
POINTS_OF_STEPS = Text("+{points}", "{points} 分")
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def amount(value: float) -> str:
    """Points as they are printed: ``3``, ``1.5``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def points_words(value: float, lang: Lang) -> str:
    """``3 points``, ``3 分``."""
    if lang == "zh":
        return f"{amount(value)} 分"
    return f"{amount(value)} point{'' if value == 1 else 's'}"


def joined(parts: Sequence[str], lang: Lang) -> str:
    """Remarks parted by semicolons."""
    return ("；" if lang == "zh" else "; ").join(part for part in parts if part)
