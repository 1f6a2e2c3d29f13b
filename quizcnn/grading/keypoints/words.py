"""Words that carry no subject but decide what a clause says: negators, directions, comparisons, corrections, stop words.

English words stand as stems, as :mod:`quizcnn.grading.keypoints.reading` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


STOP_EN = frozenset(
    _words(
        """a an the this that these those it its they them their there is are was were be been being am do does did have has had having will would
    can could may might must should shall to of in on at by for from with as and or if then so than also just very much many some any each all
    such which who whom whose what when where how why because since thus therefore hence while during through over under into onto out off up
    about between among per via you we i he she one's own s t re ve ll more most other another only too both either same way use make get let
    go come take give become call mean happen thing kind e.g i.e etc eg ie here but however although though whereas yet again still even now"""
    )
) - {"more", "most", "same", "up", "over", "under", "mean", "than", "per", "each", "all", "only"}
STOP_ZH = _words(
    "的 了 是 和 与 或 把 被 就 都 也 还 这 那 它 其 个 种 地 得 着 在 对 从 到 由 于 为 以 及 等 之 所 来 去 而 但 却 并 且 吗 呢 吧 啊 "
    "可以 因此 所以 因为 如果 一个 这样 这种 使得 通过 进行 这个 那个 它们 我们 而且 并且 但是 然后 也就是 就是 以及 由于 其中 同时 需要 能够 一些 还是 也会 会 能 让 使 用 有 从而 使得 里 时 "
    "很多 许多 更多的 多个 大量 时候 情况 方法 主要 什么 怎么 怎样 为什么 每次 来说 觉得 应该 可能 一般 通常"
)

NEGATORS_EN = frozenset(
    _words(
        "not n't no never without cannot neither nor none nothing zero lack absent free avoid prevent elimin remov replac skip omit wrong fals myth instead fail refus stop hardly"
    )
)
NEGATORS_ZH = ("并不", "不会", "不能", "不是", "不再", "没有", "无需", "不用", "不需要", "不必", "无法", "不", "没", "无", "未", "非", "去掉", "去除", "取代", "代替", "替代", "避免", "防止", "取消", "省去", "误解", "错误")  # fmt: skip
NOT_NEGATORS_ZH = ("不仅", "不但", "不只", "不光", "不过", "不断", "不管", "不论", "无论", "非常", "非线性", "没错", "差不多", "不平衡", "无关", "不足", "不稳定", "不准", "无监督", "未知", "不少")  # fmt: skip
NEGATING_PHRASES = ("rather than", "instead of", "far from", "no longer")
NOT_NEGATORS_EN = ("not only", "not just", "no matter", "no doubt")

AXES_EN: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(_words("more increas larger higher grow rise rais enlarg bigger expand greater gain wider widen boost extra amplifi strengthen stronger improv longer explod"), ("amount", 1)),
    **dict.fromkeys(_words("fewer less reduc decreas smaller lower shrink fall drop save cheaper cheap lighten weaken weaker diminish cut halv few narrow vanish decay fade shorter mitig allevi suppress limit lessen declin fell"), ("amount", -1)),
    **dict.fromkeys(_words("faster fast quicker quick speed quickli"), ("speed", 1)),
    **dict.fromkeys(_words("slower slow slowli"), ("speed", -1)),
    **dict.fromkeys(_words("deeper deep"), ("depth", 1)),
    **dict.fromkeys(_words("shallow shallower"), ("depth", -1)),
    **dict.fromkeys(_words("specif special"), ("general", -1)),
    **dict.fromkeys(_words("generic general"), ("general", 1)),
    **dict.fromkeys(_words("unchang constant ident fix frozen"), ("change", -1)),
    **dict.fromkeys(_words("chang move differ vari wors"), ("change", 1)),
    **dict.fromkeys(_words("preserv retain surviv"), ("keep", 1)),
    **dict.fromkeys(_words("lose lost discard destroy"), ("keep", -1)),
    **dict.fromkeys(_words("separ individu independ own"), ("joint", -1)),
    **dict.fromkeys(_words("togeth joint jointli simultan"), ("joint", 1)),
    **dict.fromkeys(_words("maximum max largest"), ("statistic", 1)),
    **dict.fromkeys(_words("averag mean"), ("statistic", -1)),
}  # fmt: skip
"""Stem to an axis and its side."""
AXES_ZH: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(_words("增大 变大 增加 增多 更多 更大 较大 提高 升高 上升 扩大 变多 放大 加重 增强 加大 增长 更高 变高 变强 大一些 多一些 越来越大 膨胀 改善 提升 很高 较高 偏高"), ("amount", 1)),
    **dict.fromkeys(_words("减少 减小 降低 变小 缩小 更少 更小 较小 减轻 下降 少一些 小一些 变少 减弱 更低 变低 缓解 抑制 压低 压缩 越来越小 衰减 消失 节省 省 减半 少 很低 较低 偏低"), ("amount", -1)),
    **dict.fromkeys(_words("更快 加快 变快 快 加速"), ("speed", 1)),
    **dict.fromkeys(_words("更慢 变慢 慢 减慢"), ("speed", -1)),
    **dict.fromkeys(_words("更深 加深 变深"), ("depth", 1)),
    **dict.fromkeys(_words("更浅 变浅"), ("depth", -1)),
    **dict.fromkeys(_words("通用"), ("general", 1)),
    **dict.fromkeys(_words("专用 特定"), ("general", -1)),
    **dict.fromkeys(_words("不变 不动 一样 相同 没变 固定 常数"), ("change", -1)),
    **dict.fromkeys(_words("变 变化 改变 变差 不同 随着"), ("change", 1)),
    **dict.fromkeys(_words("保留"), ("keep", 1)),
    **dict.fromkeys(_words("丢 丢失 丢掉 丢弃"), ("keep", -1)),
    **dict.fromkeys(_words("各自 单独 分别 独立"), ("joint", -1)),
    **dict.fromkeys(_words("一起 同时 所有"), ("joint", 1)),
    **dict.fromkeys(_words("最大值 取最大"), ("statistic", 1)),
    **dict.fromkeys(_words("平均值 均值 平均"), ("statistic", -1)),
}  # fmt: skip
ADJECTIVES: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(_words("large high big great huge wide many long"), ("amount", 1)),
    **dict.fromkeys(_words("small low little tiny few short"), ("amount", -1)),
    "all": ("joint", 1),
    "same": ("change", -1),
    "deep": ("depth", 1),
    "shallow": ("depth", -1),
}  # fmt: skip
"""Adjectives: a direction where they end a clause ("is low"), a mere description before a noun."""
LIGHT = frozenset(
    _words(
        "add need requir have each per all onli input output give becom stay keep keeps far sever one number first second amount done "
        "加入 加上 增加了 保持 输入 输出 每个 各 一点 一些 等于 为 面积 数量 第一 第二"
    )
)
"""Words that a claim can do without."""
RIVALS = (
    ("t:1x1", "t:depthwise"),
    ("t:one stage", "t:two stage"),
    ("t:training", "t:inference"),
    ("t:precision", "t:recall"),
    ("t:batch norm", "t:layer norm"),
    ("t:transposed convolution", "t:interpolation"),
    ("t:false positive", "t:true positive"),
    ("t:negative", "t:positive"),
    ("t:equivariant", "t:invariant"),
)
"""Terms that are taken for one another: naming the other one is not naming this one."""
TELLING = frozenset(_words("vanish decay fade explod halv narrow widen 消失 衰减 减半 加速 膨胀"))
"""Directions that also say what happens: the word itself counts too."""
ENDINGS_ZH: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys("高大多强宽", ("amount", 1)),
    **dict.fromkeys("低小少弱窄", ("amount", -1)),
}
"""Adjectives that end a Chinese phrase."""
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "ρ": "rho", "σ": "sigma"}  # fmt: skip
SYMBOLS: Mapping[str, tuple[str, int]] = {"↑": ("amount", 1), "↓": ("amount", -1)}

DIVIDES = ("divid by", "除以", "/", "over")
"""Relations whose two sides may not be exchanged."""
THAN_EN, THAN_ZH = "than", ("比",)

CORRECTIONS = ("actually no", "no wait", "or rather", "scratch that", "wait no", "i mean", "correction", "更正", "不对，", "说错了", "应该说")  # fmt: skip
DENIALS_ZH = ("误解", "误区", "错误地认为", "不对的")
