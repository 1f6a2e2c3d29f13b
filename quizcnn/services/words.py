"""The words of the program: every message a learner meets outside a grade, in both languages.

A verdict is one row: symbol, word, then the number or the rule, never the person. What to do comes before why. Grades word
themselves (``grading``); errors word themselves (``errors``).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizcnn.solvers.values import format_number
from quizcnn.text import Lang, Text

if TYPE_CHECKING:
    from quizcnn.errors import StorageError
    from quizcnn.services.requests import DrillRequest
    from quizcnn.services.views import Placed, Summary

NOTHING_TYPED = Text(
    "Nothing typed. Enter again shows the answer and counts as Again.",
    "还没有作答。再按一次 Enter 看答案，按“重来”计。",
)
NOTHING_TYPED_UNCOUNTED = Text("Nothing typed. Enter again shows the answer.", "还没有作答。再按一次 Enter 看答案。")
GAP_EMPTY = Text(
    "{label} is empty. Enter again counts it as blank.",
    "{label}还空着。再按一次 Enter 按没有作答计。",
)
TOO_LONG = Text(
    "{count} characters, {most} at most. Shorten it; nothing recorded.",
    "写了 {count} 个字符，最多 {most} 个，删短一些。本次不计。",
)
LINES_LEFT_OUT = Text("{count} more lines were left out of the paste.", "粘贴内容的另外 {count} 行没有放进来。")
NO_NUMBERS = Text("This question has no numbers to change.", "这道题没有可换的数字。")
MORE_LIKE_THIS = Text("more like this", "再来一题")
SLOW = Text("{seconds} s, usually {usual} s: Hard is proposed.", "用时 {seconds} 秒，平时约 {usual} 秒，建议评“困难”。")
TIME = Text("{seconds} s (usually {usual} s)", "{seconds} 秒（平时约 {usual} 秒）")
NOT_RECORDED = Text("Nothing recorded.", "本次不计。")
FOR_EXAMPLE = Text("For example", "例如")
READ_AS = Text("read as {value}", "读作 {value}")
UNREADABLE = Text("cannot be read", "没看懂")
RIGHT_ANSWER = Text("Right answer: {key}", "正确答案：{key}")
SHOWN = Text("The answer, counted as Again: {key}", "答案如下，按“重来”计：{key}")
SHOWN_BELOW = Text("The answer is shown; it counts as Again.", "已显示答案，按“重来”计。")
NOT_ANSWERED = Text("Not answered. Right answer: {key}", "没有作答。正确答案：{key}")
NOT_ANSWERED_BELOW = Text("Not answered; the answer is shown.", "没有作答，已显示答案。")
SECOND_TRY = Text("Second try: Hard is proposed.", "再试一次，建议评“困难”。")
SECOND_TRY_UNCOUNTED = Text("Second try.", "再试一次。")
NO_MORE_HINTS = Text(
    "No more hints. ? again shows the answer and counts as Again.", "没有更多提示了。再输入一次 ? 看答案，按“重来”计。"
)
NO_MORE_HINTS_UNCOUNTED = Text("No more hints. ? again shows the answer.", "没有更多提示了。再输入一次 ? 看答案。")
HINT = Text("Hint {number} of {total}: {hint}", "提示 {number} / {total}：{hint}")
SKIPPED = Text("Skipped; it comes back at the end. Nothing recorded.", "已跳过，最后再来。本次不计。")
SKIPPED_PLACEMENT = Text("Skipped: taken as not known.", "已跳过，按不会处理。")
UNDONE = Text("Undone: {question} is as it was before {time}.", "已撤销：{question} 回到 {time} 之前的状态。")
NOTHING_TO_UNDO = Text("Nothing to undo.", "没有可撤销的。")
LEECH = Text(
    "Missed {lapses} times, so it is set aside. Press w to read it through; u keeps it.",
    "已经错了 {lapses} 次，先放一放。按 w 细看，按 u 留在复习里。",
)
NOT_BEGUN = Text("new", "未学")
BEGUN = Text("begun", "在学")
"""Of what was seen, but nothing of it remembered over a day yet."""
MORE_NEW = 5
LIMIT_REACHED = Text(
    "Today's {count} new cards are done; reviews go on. n adds 5 more.",
    "今天的 {count} 张新卡学完了，复习照常。按 n 再加 5 张。",
)
NOTHING_DUE = Text(
    "Nothing due before {when} ({count} cards). Enter: 10 extra, schedule untouched.",
    "{when}前没有到期的卡（之后 {count} 张）。按 Enter 加练 10 题，不影响排期。",
)
NO_MISSES = Text("Nothing was missed in the last two weeks.", "近两周没有错题。")
NONE_SOON = Text("Nothing falls due within {days} days.", "{days} 天内没有到期的卡。")
NONE_FIT = Text("Nothing to ask: no card that fits is due or new.", "没有可出的题：符合条件的卡都没到期，也没有新卡。")
BACKLOG = Text(
    "{waiting} cards wait. Today {today}, the most useful first; the rest is spread over {days} days.",
    "积压 {waiting} 张。今天先做最要紧的 {today} 张，其余分 {days} 天做完。",
)
SAVED = Text(
    "Saved at question {number} of {total}; Enter at home goes on here.",
    "已保存到第 {number} / {total} 题，在首页按 Enter 接着做。",
)
SAVED_PLAIN = Text("Saved at question {number} of {total}.", "已保存到第 {number} / {total} 题。")
SUSPENDED = Text(
    "Suspended: {question} does not come up until it is resumed.", "已暂停：{question} 在恢复之前不再出现。"
)
FLAGGED = Text("Flagged: {question}.", "已标记：{question}。")
OVERRULED = Text("Counted as right on your word, and noted with the question.", "按你的判断算对，并记在这道题上。")
NOT_SAVED = Text(
    "Not saved: {why} Your answer is kept here; Enter tries again.", "没能保存：{why}答案还在，按 Enter 再试。"
)
CANNOT_DRAW = Text("{question} cannot be drawn and is left out: {why}", "{question} 无法出题，已跳过：{why}")
COMES_BACK = Text(
    "The same point comes back with new numbers in about {cards} cards.", "同一个点约 {cards} 题后换一组数字再来。"
)
COMES_BACK_SAME = Text("It comes back in about {cards} cards.", "约 {cards} 题后再来。")
COMES_BACK_NEXT = Text("It comes back as the next card.", "下一题就再来。")
UNCOUNTED = Text("Practice, not counted.", "加练，不计入。")
WHY = Text("Why", "为什么")
STEPS = Text("Steps", "步骤")
DONE = Text("Done", "完成")
PLACED = Text(
    "You stand at level {numeric} of 5 in numbers and {concept} in concepts. {waiting} of {total} questions can wait: harder ones come first.",
    "你的水平：计算 {numeric} / 5，概念 {concept} / 5。{total} 题里有 {waiting} 题可以先放一放，先学更难的。",
)
PLACED_LOW = Text(
    "You stand at level {numeric} of 5 in numbers and {concept} in concepts. New cards come by what interviews ask most.",
    "你的水平：计算 {numeric} / 5，概念 {concept} / 5。新卡按面试常考程度安排。",
)
PLACE_YOURSELF = Text(
    "Not new to this? c, then placement: ten questions, and what you know can wait.",
    "已有基础？按 c 选“水平测试”：十道题，已经会的以后再说。",
)
TIME_IS_UP = Text("Time is up; {waiting} questions wait for the next session.", "时间到，剩下 {waiting} 题留到下次。")
MINUTES_LEFT = Text("{minutes} min left", "剩 {minutes} 分钟")
RATINGS = {1: Text("Again", "重来"), 2: Text("Hard", "困难"), 3: Text("Good", "良好"), 4: Text("Easy", "简单")}

AREAS = {
    "activations": Text("Activations", "激活函数"),
    "architectures": Text("Architectures", "网络结构"),
    "attention-and-transformers": Text("Attention and Transformers", "注意力与 Transformer"),
    "classic-ml": Text("Classic machine learning", "传统机器学习"),
    "classic-vision": Text("Classic vision", "传统视觉"),
    "convolution": Text("Convolution", "卷积"),
    "data": Text("Data", "数据"),
    "deployment": Text("Deployment", "部署"),
    "detection": Text("Detection", "目标检测"),
    "frameworks": Text("Frameworks", "框架"),
    "initialization": Text("Initialization", "初始化"),
    "losses": Text("Losses", "损失函数"),
    "metrics": Text("Metrics", "评价指标"),
    "normalization": Text("Normalization", "归一化"),
    "optimization": Text("Optimization", "优化"),
    "pooling": Text("Pooling", "池化"),
    "receptive-field": Text("Receptive field", "感受野"),
    "regularization": Text("Regularization", "正则化"),
    "segmentation": Text("Segmentation", "分割"),
    "sequence-models": Text("Sequence models", "序列模型"),
    "shapes-and-cost": Text("Shapes and cost", "形状与计算量"),
    "training-practice": Text("Training practice", "训练实践"),
    "video-3d": Text("Video and 3D", "视频与三维"),
}
"""The areas of the built-in bank; a bank of one's own shows its slug."""

REVIEWS = (Text("{count} review", "复习 {count} 张"), Text("{count} reviews", "复习 {count} 张"))
NEW_CARDS = (Text("{count} new card", "新卡 {count} 张"), Text("{count} new cards", "新卡 {count} 张"))
JOINED = Text(" and ", "，")

KINDS = {
    "numeric": Text("number", "数值题"),
    "inverse": Text("inverse", "反求题"),
    "expression": Text("formula", "公式题"),
    "choice": Text("choice", "选择题"),
    "cloze": Text("gaps", "填空题"),
    "ordering": Text("ordering", "排序题"),
    "matching": Text("matching", "配对题"),
    "short_answer": Text("in your own words", "简答题"),
    "recall": Text("self-rated", "自评题"),
}


def say(text: Text, lang: Lang, **values: object) -> str:
    """The words with their values filled in; numbers are formatted as everywhere."""
    shown = {name: format_number(value) if isinstance(value, int | float) else value for name, value in values.items()}
    return text[lang].format(**shown)


def nothing_to_ask(request: DrillRequest, summary: Summary, lang: Lang) -> str:
    """Why a session has no question."""
    if request.mistakes:
        return NO_MISSES[lang]
    if request.ahead is not None:
        return say(NONE_SOON, lang, days=request.ahead)
    if not request.is_plain:
        return NONE_FIT[lang]
    return say(NOTHING_DUE, lang, when=Text("tomorrow", "明天")[lang], count=summary.due_tomorrow)


def placed(found: Placed, lang: Lang) -> str:
    """What a placement found, in one or two sentences."""
    line = PLACED if found.waiting else PLACED_LOW
    return say(line, lang, numeric=found.numeric, concept=found.concept, waiting=found.waiting, total=found.total)


def not_saved(error: StorageError, lang: Lang) -> str:
    """That something could not be saved, why, and what is safe."""
    return say(NOT_SAVED, lang, why=f"{error.said(lang)}{'.' if lang == 'en' else '。'}")


def count_cards(reviews: int, new: int, lang: Lang) -> str:
    """``11 reviews and 5 new cards``; a kind of which there is none is left out."""
    counted = ((reviews, REVIEWS), (new, NEW_CARDS))
    return JOINED[lang].join(say(forms[count != 1], lang, count=count) for count, forms in counted if count)


def area_name(area: str, lang: Lang) -> str:
    """The name of an area, its slug where it has none."""
    return AREAS[area][lang] if area in AREAS else area


def short_interval(span: timedelta, lang: Lang) -> str:
    """An interval in a number and a unit, for a row of ratings: ``1m``, ``6h``, ``8d``, ``5mo``, ``1.2y``; ``1 分``, ``8 天``."""
    minutes = span.total_seconds() / 60
    days = minutes / (24 * 60)
    count, en, zh = (
        (f"{max(1, round(minutes))}", "m", "分")
        if minutes < 60
        else (f"{round(minutes / 60)}", "h", "小时")
        if days < 1
        else (f"{round(days)}", "d", "天")
        if days < 60
        else (f"{round(days / 30.4)}", "mo", "个月")
        if days < 365
        else (f"{days / 365:.1f}", "y", "年")
    )
    return f"{count} {zh}" if lang == "zh" else f"{count}{en}"


def long_interval(span: timedelta, lang: Lang) -> str:
    """An interval in words: ``10 minutes``, ``8 days``; ``10 分钟``, ``8 天``."""
    minutes = max(1, round(span.total_seconds() / 60))
    hours, days = round(minutes / 60), round(minutes / 1440)
    count, en, zh = (
        (minutes, "minute", "分钟")
        if minutes < 60
        else (hours, "hour", "小时")
        if minutes < 1440
        else (days, "day", "天")
    )
    return f"{count} {zh}" if lang == "zh" else f"{count} {en}{'' if count == 1 else 's'}"


def day_name(day: date, lang: Lang) -> str:
    """A day without its year: ``12 Dec``, ``12 月 12 日``."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.month} 月 {day.day} 日" if lang == "zh" else f"{day.day} {months[day.month - 1]}"
