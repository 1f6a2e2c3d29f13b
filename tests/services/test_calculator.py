"""What may be typed to the calculator: short names, sizes with an x, numbers as people write them."""

from __future__ import annotations

import pytest

from quizcnn.errors import UsageError
from quizcnn.services.calculator import defaults_of, read_words
from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Json

TYPED: list[tuple[str, str, dict[str, Json]]] = [
    ("conv2d_output_shape", "224x224 k=3x5", {"in_height": 224, "in_width": 224, "kernel_size": [3, 5]}),
    ("conv2d_output_shape", "3x224x112 k=7 s=2 p=3", {"in_channels": 3, "in_height": 224, "in_width": 112, "kernel_size": 7, "stride": 2, "padding": 3}),
    ("conv2d_output_shape", "input=56×56, kernel=3, pad=1", {"in_height": 56, "in_width": 56, "kernel_size": 3, "padding": 1}),
    ("conv2d_output_shape", "in_height=8 in_width=8 kernel_size=[3,5] layout=NHWC", {"in_height": 8, "in_width": 8, "kernel_size": [3, 5], "layout": "NHWC"}),
    ("conv2d_parameters", "cin=64 cout=128 k=3 bias=false", {"in_channels": 64, "out_channels": 128, "kernel_size": 3, "bias": False}),
    ("linear_parameters", "in_f=25,088 out_f=4096", {"in_features": 25_088, "out_features": 4096}),
    ("box_iou", "a=[0,0,4,4] b=[2,2,6.5,6]", {"a": [0, 0, 4, 4], "b": [2, 2, 6.5, 6]}),
    ("softmax", "logits=[1e-3,2,-1]", {"logits": [0.001, 2, -1]}),
    ("softmax", "logits=[1,2] temperature=1/2", {"logits": [1, 2], "temperature": 0.5}),
]  # fmt: skip


@pytest.mark.parametrize(("family", "words", "expected"), TYPED)
def test_typed_inputs(family: str, words: str, expected: dict[str, Json]) -> None:
    found = read_words(get_family(family), words.split(" "))
    assert found == expected
    get_family(family).answer(found)


REFUSED = [
    ("conv2d_output_shape", "224", "'224' is no name=value"),
    ("conv2d_output_shape", "in_=3", "in_ may be in_height or in_width or in_channels"),
    ("conv2d_output_shape", "k=3 kernel_size=5", "kernel_size is given twice"),
    ("conv2d_output_shape", "1x3x224x224", "'1x3x224x224' is no size of conv2d_output_shape"),
    ("box_iou", "4x4", "'4x4' is no size of box_iou; it takes a=, b="),
    ("softmax", "logits=[1,", "is no value; write 3"),
    ("softmax", "=3", "is no name=value"),
]


@pytest.mark.parametrize(("family", "words", "message"), REFUSED)
def test_what_cannot_be_understood_is_named(family: str, words: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_words(get_family(family), words.split(" "))
    assert message in str(caught.value)


def test_defaults_are_told() -> None:
    family = get_family("conv2d_parameters")
    given = read_words(family, ["cin=3", "cout=8", "k=3", "g=1"])
    assert defaults_of(family.read(given), given) == {"bias": True, "pruned_in_channels": 0, "pruned_out_channels": 0}
