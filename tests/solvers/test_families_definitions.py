"""Families of values against their definitions, counted out in loops that share nothing with the formulas."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from quizcnn.errors import InputError
from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Value

CASES = 150


def draws(seed: str) -> Iterator[random.Random]:
    rng = random.Random(f"definitions {seed}")
    return itertools.repeat(rng, CASES)


def answer(family: str, **inputs: Any) -> dict[str, Any]:
    return dict(get_family(family).answer(inputs))


def grid(rng: random.Random, height: int, width: int) -> list[list[int]]:
    return [[rng.randint(-9, 9) for _ in range(width)] for _ in range(height)]


def test_convolution_by_counting() -> None:
    for rng in draws("convolution"):
        kernel, image = grid(rng, rng.randint(1, 3), rng.randint(1, 3)), grid(rng, rng.randint(3, 5), rng.randint(3, 5))
        stride, padding, flip = rng.randint(1, 3), rng.randint(0, 2), rng.random() < 0.5
        pixels = {(y, x): value for y, row in enumerate(image) for x, value in enumerate(row)}
        kh, kw = len(kernel), len(kernel[0])
        expected: list[list[int]] = []
        top = -padding
        while top + kh <= len(image) + padding:
            expected.append([])
            left = -padding
            while left + kw <= len(image[0]) + padding:
                total = 0
                for u, v in itertools.product(range(kh), range(kw)):
                    weight = kernel[kh - 1 - u][kw - 1 - v] if flip else kernel[u][v]
                    total += weight * pixels.get((top + u, left + v), 0)
                expected[-1].append(total)
                left += stride
            top += stride
        found = answer("conv2d_forward", image=image, kernel=kernel, stride=stride, padding=padding, flip_kernel=flip)
        assert [list(row) for row in found["output"]] == expected


def test_flipping_is_the_mathematical_convolution() -> None:
    """Padded by the whole kernel, the flipped one gives the coefficients of a product of two polynomials."""
    image, kernel = [[1, 2, 3]], [[4, 5]]
    found = answer(
        "conv2d_forward", image=[[0] * 3, *image, [0] * 3], kernel=[[0, 0], *kernel], padding=1, flip_kernel=True
    )
    # (1 + 2x + 3x^2)(4 + 5x) = 4 + 13x + 22x^2 + 15x^3
    assert (4, 13, 22, 15) in found["output"]


@pytest.mark.parametrize("mode", ["max", "avg"])
def test_pooling_by_counting(mode: str) -> None:
    for rng in draws(f"pooling {mode}"):
        kernel = rng.randint(1, 3)
        padding, stride, include = rng.randint(0, kernel // 2), rng.randint(1, 3), rng.random() < 0.5
        image = grid(rng, rng.randint(3, 6), rng.randint(3, 6))
        inside = {(y, x): value for y, row in enumerate(image) for x, value in enumerate(row)}
        border = -math.inf if mode == "max" else 0
        expected: list[list[float]] = []
        for top in range(-padding, len(image) + padding - kernel + 1, stride):
            expected.append([])
            for left in range(-padding, len(image[0]) + padding - kernel + 1, stride):
                places = list(itertools.product(range(top, top + kernel), range(left, left + kernel)))
                window = [inside.get(place, border) for place in places]
                count = len(window) if include else sum(place in inside for place in places)
                expected[-1].append(max(window) if mode == "max" else sum(window) / count)
        found = answer(
            "pool2d_forward",
            image=image,
            kernel_size=kernel,
            stride=stride,
            padding=padding,
            mode=mode,
            count_include_pad=include,
        )
        assert [list(row) for row in found["output"]] == [pytest.approx(row) for row in expected]


def test_decimals_of_a_matrix_add_up_as_on_paper() -> None:
    assert answer("conv2d_forward", image=[[0.1, 0.2, -0.3]], kernel=[[1, 1, 1]])["output"] == ((0,),)
    assert answer("conv2d_forward", image=[[1e17, 1, -1e17]], kernel=[[1, 1, 1]])["output"] == ((1,),)
    assert answer("pool2d_forward", image=[[0.1, 0.2], [0.3, 0.4]], kernel_size=2, mode="avg")["output"] == ((0.25,),)


def test_softmax_of_far_apart_logits_keeps_its_tail() -> None:
    found = answer("softmax", logits=[0, -50])
    assert found["log_probabilities"][0] == pytest.approx(-math.exp(-50), rel=1e-12)
    assert found["log_probabilities"][1] == -50
    assert answer("softmax", logits=[10000, 0])["log_probabilities"] == (0, -10000)
    assert answer("softmax", logits=[10000, 10000])["logsumexp"] == pytest.approx(10000 + math.log(2), rel=1e-15)
    assert answer("softmax", logits=[1, 3], temperature=1e-4)["probabilities"] == (0, 1)
    assert answer("softmax", logits=[1, 3], temperature=1e12)["probabilities"] == pytest.approx((0.5, 0.5))


def test_softmax_adds_up_and_keeps_ratios() -> None:
    for rng in draws("softmax"):
        logits = [rng.randint(-60, 60) / 10 for _ in range(rng.randint(1, 6))]
        temperature = rng.choice((0.5, 1, 2))
        found = answer("softmax", logits=logits, temperature=temperature)
        assert sum(found["probabilities"]) == pytest.approx(1)
        for one, other in itertools.combinations(range(len(logits)), 2):
            ratio = found["probabilities"][one] / found["probabilities"][other]
            assert ratio == pytest.approx(math.e ** ((logits[one] - logits[other]) / temperature))
        for p, log, logit in zip(found["probabilities"], found["log_probabilities"], logits, strict=True):
            assert math.e**log == pytest.approx(p)
            assert logit / temperature - log == pytest.approx(found["logsumexp"])


def test_gradient_of_the_loss_by_small_steps() -> None:
    for rng in draws("cross entropy"):
        logits = [rng.randint(-20, 20) / 10 for _ in range(rng.randint(2, 5))]
        rest: dict[str, Any] = {
            "target": rng.randrange(len(logits)),
            "label_smoothing": rng.choice((0, 0.1, 0.4)),
            "margin": rng.choice((0, 0.35)),
            "scale": rng.choice((1, 4)),
        }
        found = answer("cross_entropy", logits=logits, **rest)
        assert sum(found["smoothed_targets"]) == pytest.approx(1)
        for place in range(len(logits)):
            around = [[z + by * (at == place) for at, z in enumerate(logits)] for by in (1e-5, -1e-5)]
            high, low = (answer("cross_entropy", logits=moved, **rest)["loss"] for moved in around)
            assert found["grad_logits"][place] == pytest.approx((high - low) / 2e-5, abs=1e-6)


def test_a_sure_loss_keeps_its_digits() -> None:
    found = answer("cross_entropy", logits=[40, 0], target=0)
    assert found["loss"] == pytest.approx(math.exp(-40), rel=1e-12)
    assert found["grad_logits"] == pytest.approx((-math.exp(-40), math.exp(-40)), rel=1e-12)
    assert answer("cross_entropy", logits=[0] * 10, target=3)["loss"] == pytest.approx(math.log(10), rel=1e-15)
    assert answer("cross_entropy", logits=[0, 10000], target=0)["loss"] == 10000
    assert answer("cross_entropy", logits=[5], target=0) == {
        "loss": 0,
        "grad_logits": (0,),
        "smoothed_targets": (1,),
    }


def test_normalised_values_have_mean_beta_and_spread_gamma() -> None:
    for rng in draws("batch norm"):
        values = [rng.randint(-50, 50) / 10 for _ in range(rng.randint(2, 8))]
        if len(set(values)) == 1:
            continue
        gamma, beta = rng.choice((0.5, 2, 3)), rng.choice((-1, 0, 2))
        output = answer("batch_norm_forward", values=values, gamma=gamma, beta=beta, eps=0)["output"]
        count = len(values)
        assert sum(output) / count == pytest.approx(beta, abs=1e-12)
        assert sum((y - beta) ** 2 for y in output) / count == pytest.approx(gamma**2)
        assert sorted(range(count), key=values.__getitem__) == sorted(range(count), key=output.__getitem__)


def test_variance_far_from_zero_keeps_its_digits() -> None:
    found = answer("batch_norm_forward", values=[1e9, 1e9 + 0.5, 1e9 + 1], eps=0)
    assert found["mean"] == 1e9 + 0.5
    assert found["variance"] == pytest.approx(1 / 6, rel=1e-15)
    assert found["output"] == pytest.approx((-math.sqrt(1.5), 0, math.sqrt(1.5)), rel=1e-15)
    assert answer("batch_norm_forward", values=[1e-200, 3e-200], eps=0)["output"] == (-1, 1)
    assert answer("batch_norm_forward", values=[7])["output"] == (0,)


@pytest.mark.parametrize("kind", ["batch", "layer", "instance", "group"])
def test_statistics_by_index_sets(kind: str) -> None:
    for rng in draws(kind):
        groups = rng.randint(1, 3)
        sizes = [rng.randint(1, 3), groups * rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 3)]
        sets: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
        for n, c, y, x in itertools.product(*map(range, sizes)):
            name = {"batch": (c,), "layer": (n,), "instance": (n, c), "group": (n, c * groups // sizes[1])}[kind]
            sets.setdefault(name, set()).add((n, c, y, x))
        found = answer(
            "normalization_statistics",
            kind=kind,
            **dict(zip(("batch_size", "channels", "height", "width"), sizes, strict=True)),
            groups=groups,
        )
        assert found["statistics"] == len(sets)
        assert {found["elements_per_statistic"]} == {len(members) for members in sets.values()}
        assert found["statistics_shape"] == tuple(
            len({name[axis] for name in sets}) for axis in range(len(next(iter(sets))))
        )


def test_initial_scale_fills_the_variance() -> None:
    for rng in draws("init"):
        fan_in, fan_out = rng.randint(1, 999), rng.randint(1, 999)
        sizes = {"fan_in": fan_in, "fan_out": fan_out}
        for scheme, expected in (
            ("xavier", Fraction(2, fan_in + fan_out)),
            ("kaiming", Fraction(2, fan_in)),
        ):
            normal = answer("init_scale", scheme=f"{scheme}_normal", **sizes)
            assert normal["bound"] is None
            assert normal["std"] ** 2 == pytest.approx(float(expected))
            uniform = answer("init_scale", scheme=f"{scheme}_uniform", **sizes)
            # the variance of a uniform distribution is a twelfth of its squared width
            assert (2 * uniform["bound"]) ** 2 / 12 == pytest.approx(float(expected))
    huge = answer("init_scale", scheme="kaiming_normal", fan_in=2 * 10**400, fan_out=1)
    assert huge["std"] == pytest.approx(1e-200, rel=1e-12)


def test_adam_step_by_step() -> None:
    """Several steps in fractions, the root alone a float; the stored moments go from one step to the next."""
    for rng in draws("adam"):
        b1, b2 = Fraction(rng.choice((5, 8, 9)), 10), Fraction(rng.choice((90, 99, 999)), 1000)
        weight, m, v = 1.0, Fraction(0), Fraction(0)
        state: dict[str, Any] = {"weight": 1.0, "m": 0.0, "v": 0.0}
        for step in range(1, 4):
            gradient = Fraction(rng.randint(-20, 20) or 1, 10)
            m, v = b1 * m + (1 - b1) * gradient, b2 * v + (1 - b2) * gradient**2
            mean, square = m / (1 - b1**step), v / (1 - b2**step)
            weight -= 0.1 * float(mean) / (math.sqrt(float(square)) + 1e-8)
            rates = {"beta1": float(b1), "beta2": float(b2), "learning_rate": 0.1}
            state = answer("adam_step", gradient=float(gradient), step=step, **state, **rates)
            assert state == pytest.approx({"weight": weight, "m": float(m), "v": float(v)}, rel=1e-12, abs=1e-15)


def test_the_first_adam_step_is_the_learning_rate() -> None:
    for gradient in (1e-3, 7, -250):
        found = answer("adam_step", weight=0, gradient=gradient, step=1, eps=0, learning_rate=0.01)
        assert found["weight"] == pytest.approx(-math.copysign(0.01, gradient), rel=1e-15)
    late = answer("adam_step", weight=0, gradient=2, step=10**500, m=2, v=4, eps=0, learning_rate=0.5)
    assert late["weight"] == pytest.approx(-0.5, rel=1e-15)
    assert answer("adam_step", weight=1, gradient=-9, step=2, m=1)["m"] == 0


def test_metrics_from_lists_of_answers() -> None:
    for rng in draws("metrics"):
        truth = [rng.randint(0, 1) for _ in range(rng.randint(1, 12))]
        guess = [rng.randint(0, 1) for _ in truth]
        pairs = list(zip(truth, guess, strict=True))
        beta = rng.choice((0.5, 1, 2))
        found = answer(
            "binary_metrics",
            tp=pairs.count((1, 1)),
            fp=pairs.count((0, 1)),
            fn=pairs.count((1, 0)),
            tn=pairs.count((0, 0)),
            beta=beta,
        )
        assert found["accuracy"] == share([t == g for t, g in pairs])
        assert found["precision"] == (precision := share([t == 1 for t, g in pairs if g == 1]))
        assert found["recall"] == (recall := share([g == 1 for t, g in pairs if t == 1]))
        assert found["specificity"] == (specificity := share([g == 0 for t, g in pairs if t == 0]))
        assert found["fpr"] == share([g == 1 for t, g in pairs if t == 0])
        assert found["balanced_accuracy"] == (recall + specificity) / 2
        assert found["f1"] == harmonic(precision, recall, Fraction(1))
        assert found["f_beta"] == harmonic(precision, recall, Fraction(beta))
        assert found["mcc"] == pytest.approx(correlation(truth, guess), abs=1e-15)
        assert found["majority_accuracy"] == max(share([t == c for t in truth]) for c in (0, 1))


def share(flags: list[bool]) -> Fraction:
    return Fraction(sum(flags), len(flags)) if flags else Fraction(0)


def harmonic(precision: Fraction, recall: Fraction, beta: Fraction) -> Fraction:
    """The harmonic mean of precision once and recall beta squared times."""
    if not precision or not recall:
        return Fraction(0)
    return (1 + beta**2) / (1 / precision + beta**2 / recall)


def correlation(xs: list[int], ys: list[int]) -> float:
    """Pearson's correlation of two lists, 0 where one of them does not vary."""
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        return 0.0
    mx, my = Fraction(sum(xs), len(xs)), Fraction(sum(ys), len(ys))
    covariance = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return float(covariance) / math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))


def test_metrics_of_huge_counts_stay_exact() -> None:
    found = answer("binary_metrics", tp=4 * 10**900, fp=10**900, fn=2 * 10**900, tn=3 * 10**900, beta=0.1)
    small = answer("binary_metrics", tp=4, fp=1, fn=2, tn=3, beta=0.1)
    assert found == pytest.approx(small)
    assert {name: value for name, value in found.items() if name != "mcc"} == {
        name: value for name, value in small.items() if name != "mcc"
    }
    # beta = 1/10 as it is written: (1 + 1/100) * 4 / (1.01 * 4 + 0.01 * 2 + 1)
    assert small["f_beta"] == Fraction(404, 506)
    assert answer("binary_metrics", tp=10**999, fp=0, fn=1, tn=10**999)["recall"] == Fraction(10**999, 10**999 + 1)


def test_metrics_of_nothing_are_zero_and_the_steps_say_so() -> None:
    family = get_family("binary_metrics")
    inputs = {"tp": 0, "fp": 0, "fn": 0, "tn": 0}
    assert set(family.answer(inputs).values()) == {0}
    for output in family.outputs:
        said = [step.caption.en for step in family.steps_to(family.read(inputs), [output])]
        assert any("zero denominator" in line for line in said), output


def test_auc_by_counting_pairs() -> None:
    for rng in draws("auc"):
        scores = [rng.randint(0, 6) for _ in range(rng.randint(2, 10))]
        labels = [rng.randint(0, 1) for _ in scores]
        if len(set(labels)) == 1:
            continue
        ups = [score for score, label in zip(scores, labels, strict=True) if label == 1]
        downs = [score for score, label in zip(scores, labels, strict=True) if label == 0]
        points = [Fraction(2 * (up > down) + (up == down), 2) for up in ups for down in downs]
        assert answer("roc_auc", scores=scores, labels=labels)["auc"] == float(sum(points) / len(points))


@pytest.mark.parametrize("method", ["all_points", "11_points", "step"])
def test_average_precision_by_definition(method: str) -> None:
    for rng in draws(f"ap {method}"):
        scores = [rng.randint(0, 9) / 10 for _ in range(rng.randint(1, 9))]
        labels = [rng.randint(0, 1) for _ in scores]
        objects = sum(labels) + rng.randint(0, 4)
        if not objects:
            continue
        found = answer("average_precision", scores=scores, labels=labels, positives=objects, method=method)
        assert found["ap"] == pytest.approx(float(by_definition(scores, labels, objects, method)), rel=1e-12)


def by_definition(scores: list[float], labels: list[int], objects: int, method: str) -> Fraction:
    if method == "step":
        curve = [(Fraction(0), Fraction(1))]
        for threshold in sorted(set(scores), reverse=True):
            chosen = [label for score, label in zip(scores, labels, strict=True) if score >= threshold]
            curve.append((Fraction(sum(chosen), objects), share([label == 1 for label in chosen])))
        return sum(((r - before) * p for (before, _), (r, p) in itertools.pairwise(curve)), Fraction(0))
    order = sorted(zip(scores, range(len(scores)), labels, strict=True), key=lambda item: (-item[0], item[1]))
    hits = [label for _, _, label in order]
    curve = [(Fraction(sum(hits[:n]), objects), Fraction(sum(hits[:n]), n)) for n in range(1, len(hits) + 1)]

    def best(recall: Fraction) -> Fraction:
        return max([p for r, p in curve if r >= recall] or [Fraction(0)])

    if method == "11_points":
        return sum((best(Fraction(k, 10)) for k in range(11)), Fraction(0)) / 11
    return sum((best(Fraction(k, objects)) for k in range(1, objects + 1)), Fraction(0)) / objects


def test_a_recall_of_three_tenths_counts_at_the_point_0_3() -> None:
    """Three of ten objects: the points 0, 0.1, 0.2 and 0.3 have precision 1, the other seven 0."""
    found = answer("average_precision", scores=[3, 2, 1], labels=[1, 1, 1], positives=10, method="11_points")
    assert found["ap"] == pytest.approx(4 / 11, rel=1e-15)


def test_iou_by_counting_unit_cells() -> None:
    for rng in draws("iou"):
        boxes = []
        for _ in range(2):
            x, y = rng.randint(0, 8), rng.randint(0, 8)
            boxes.append([x, y, x + rng.randint(0, 6), y + rng.randint(0, 6)])
        cells = [{(x, y) for x in range(x1, x2) for y in range(y1, y2)} for x1, y1, x2, y2 in boxes]
        common, union, areas = len(cells[0] & cells[1]), len(cells[0] | cells[1]), len(cells[0]) + len(cells[1])
        expected: dict[str, float] = {
            "intersection": common,
            "union": union,
            "iou": common / union if union else 0,
            "dice": 2 * common / areas if areas else 0,
            "distance": 1 - common / union if union else 1,
        }
        for form, (a, b) in formats(boxes).items():
            assert answer("box_iou", a=a, b=b, format=form) == pytest.approx(expected, rel=1e-15)


def formats(boxes: list[list[int]]) -> dict[str, list[list[float]]]:
    """The same boxes in all three formats."""
    sized = [[x1, y1, x2 - x1, y2 - y1] for x1, y1, x2, y2 in boxes]
    centred = [[x + w / 2, y + h / 2, w, h] for x, y, w, h in sized]
    return {
        "xyxy": [list(map(float, box)) for box in boxes],
        "xywh": [list(map(float, box)) for box in sized],
        "cxcywh": centred,
    }


def test_boxes_that_touch_in_decimals_do_not_overlap() -> None:
    # in binary 0.1 + 0.2 is larger than 0.3
    found = answer("box_iou", a=[0.1, 0, 0.2, 1], b=[0.3, 0, 1, 1], format="xywh")
    assert (found["intersection"], found["iou"], found["distance"]) == (0, 0, 1)
    assert answer("box_iou", a=[0, 0, 0.3, 1], b=[0, 0, 0.1, 1])["iou"] == 1 / 3


def test_nms_by_its_definition() -> None:
    for rng in draws("nms"):
        boxes = []
        for _ in range(rng.randint(1, 7)):
            x, y = rng.randint(0, 6), rng.randint(0, 6)
            boxes.append([x, y, x + rng.randint(0, 6), y + rng.randint(1, 6)])
        scores = [rng.randint(0, 4) for _ in boxes]
        threshold = rng.choice((Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)))
        cells = [{(x, y) for x in range(x1, x2) for y in range(y1, y2)} for x1, y1, x2, y2 in boxes]
        rest = sorted(range(len(boxes)), key=lambda place: (-scores[place], place))
        kept: list[int] = []
        while rest:
            first, *others = rest
            kept.append(first)
            rest = [place for place in others if jaccard(cells[first], cells[place]) <= threshold]
        assert answer("nms", boxes=boxes, scores=scores, iou_threshold=float(threshold))["kept"] == tuple(kept)


def jaccard(a: set[Any], b: set[Any]) -> Fraction:
    return Fraction(len(a & b), len(a | b)) if a | b else Fraction(0)


def test_a_box_at_a_decimal_threshold_stays() -> None:
    for tenths in range(1, 10):
        boxes = [[0, 0, 1, 1], [0, 0, 1, tenths / 10]]
        assert answer("nms", boxes=boxes, scores=[2, 1], iou_threshold=tenths / 10)["kept"] == (0, 1)
        just_below = tenths / 10 - 1e-9
        assert answer("nms", boxes=boxes, scores=[2, 1], iou_threshold=just_below)["kept"] == (0,)


BIG = [[1] * 700] * 700
MANY: list[tuple[str, dict[str, Any], set[str]]] = [
    ("conv2d_forward", {"image": [[1]], "kernel": [[1]], "padding": 10**6}, {"image", "padding"}),
    ("conv2d_forward", {"image": [[1]], "kernel": [[1]], "padding": 10**400}, {"image", "padding"}),
    ("conv2d_forward", {"image": BIG, "kernel": [[1] * 300] * 300}, {"image", "kernel", "padding"}),
    ("pool2d_forward", {"image": BIG, "kernel_size": 200, "stride": 1, "mode": "max"}, {"image", "kernel_size"}),
    ("nms", {"boxes": [[0, 0, 1, 1]] * 2500, "scores": [1] * 2500, "iou_threshold": 0.5}, {"boxes", "scores"}),
]


@pytest.mark.parametrize(("family", "inputs", "named"), MANY)
def test_work_beyond_all_use_is_refused_by_name(family: str, inputs: dict[str, Any], named: set[str]) -> None:
    with pytest.raises(InputError) as refused:
        get_family(family).answer(inputs)
    assert set(refused.value.inputs) == named


def test_large_paddings_with_large_strides_are_no_work() -> None:
    size = 10**300
    found = answer("conv2d_forward", image=[[3]], kernel=[[2]], padding=size, stride=size)
    assert found["output"] == ((0, 0, 0), (0, 6, 0), (0, 0, 0))
    wide: Value = answer("pool2d_forward", image=[[-5]], kernel_size=2 * size, padding=size, mode="max")["output"]
    assert wide == ((-5,),)
