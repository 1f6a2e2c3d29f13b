"""Every network of the bank against torch (``tests/golden/networks.json``), published counts, and what a user's own file may get wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quizcnn.bank.networks import find_networks, load_network, load_trace
from quizcnn.errors import BankError, QuizError, UsageError
from quizcnn.locations import bank_folder
from quizcnn.networks.comparison import compare
from quizcnn.networks.export import as_json
from quizcnn.networks.spec import read_network
from quizcnn.networks.table import flat_rows, markdown_lines, short, table_lines
from quizcnn.networks.trace import trace
from quizcnn.text import display_width

FOLDERS = [bank_folder()]
GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "networks.json").read_text())
PUBLISHED = {
    "alexnet": 61_100_840, "vgg11": 132_863_336, "vgg16": 138_357_544, "vgg19_bn": 143_678_248, "googlenet": 6_624_904,
    "resnet18": 11_689_512, "resnet34": 21_797_672, "resnet50": 25_557_032, "resnet101": 44_549_160, "resnet152": 60_192_808,
    "resnext50_32x4d": 25_028_904, "densenet121": 7_978_856, "squeezenet1_0": 1_248_424, "squeezenet1_1": 1_235_496,
    "mobilenet_v2": 3_504_872, "mobilenet_v3_large": 5_483_032, "mobilenet_v3_small": 2_542_856,
    "shufflenet_v2_x1_0": 2_278_604, "efficientnet_b0": 5_288_548, "vit_b_16": 86_567_656,
}  # fmt: skip
"""Parameters as torchvision's documentation gives them for its weights."""


def test_every_network_has_been_asked_of_torch() -> None:
    assert sorted(find_networks(FOLDERS)) == sorted(GOLDEN)
    assert len(GOLDEN) == 31


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_as_torch_has_it(name: str) -> None:
    expected, found = GOLDEN[name], as_json(load_trace(name, FOLDERS), "en")
    assert found["parameters"] == expected["parameters"]
    assert found["macs"] == expected["macs"]
    assert found["macs_with_attention_products"] == expected["macs"] + expected["attention_products"]
    for key in ("output_shapes", "receptive_field"):
        ours = found[key]
        assert isinstance(ours, dict)
        assert {layer: ours.get(layer) for layer in expected.get(key, {})} == expected.get(key, {})


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_parameters(name: str) -> None:
    assert load_trace(name, FOLDERS).cost.parameters == PUBLISHED[name]


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_rows_add_up(name: str) -> None:
    found = load_trace(name, FOLDERS)
    assert sum(layer.cost.parameters for layer in found.layers) == found.cost.parameters
    assert sum(layer.cost.macs for layer in found.layers) == found.cost.macs
    assert sum(layer.elements for layer in found.layers) == found.elements


def own(*layers: Any, **more: Any) -> dict[str, Any]:
    return {"name": "mine", "input": [3, 32, 32], "layers": list(layers), **more}


def test_a_network_of_ones_own_by_hand() -> None:
    found = trace(read_network(own(
        {"name": "stem", "conv": {"out_channels": 8, "kernel_size": 3, "padding": 1, "bias": False}, "then": ["batchnorm", "relu"]},
        {"name": "body", "residual": [{"depthwise": {"kernel_size": [3, 1], "padding": [1, 0]}}]},
        {"name": "both", "concat": [[], [{"conv": {"out_channels": 4, "kernel_size": 1}}]]},
        {"name": "down", "pool": {"kernel_size": 2}},
        "flatten",
        {"name": "head", "linear": {"out_features": 5}},
    )))  # fmt: skip
    assert [row.shape for row in found.rows] == [(8, 32, 32), (8, 32, 32), (12, 32, 32), (12, 16, 16), (3072,), (5,)]
    assert [row.cost.parameters for row in found.rows] == [8 * 27 + 16, 8 * 3 + 8, 8 * 4 + 4, 0, 0, 3072 * 5 + 5]
    assert [row.cost.macs for row in found.rows] == [8 * 27 * 1024, 8 * 3 * 1024, 8 * 4 * 1024, 0, 0, 3072 * 5]
    assert [row.receptive_field for row in found.rows] == [3, 5, 5, 6, None, None]
    assert [row.jump for row in found.rows] == [1, 1, 1, 2, None, None]


def test_expressions_and_repeats() -> None:
    block = {"takes": {"width": None, "stride": 1}, "layers": [{"name": "c{n}", "conv": {"out_channels": "2 * width", "kernel_size": 3, "stride": "stride", "padding": 1}}]}  # fmt: skip
    found = trace(read_network(own({"repeat": {"times": 3, "layers": [{"name": "stage{n}", "use": "pair", "with": {"width": "channels + n", "stride": 2}}]}}, blocks={"pair": block})))  # fmt: skip
    assert [(row.name, row.shape) for row in found.rows] == [
        ("stage1", (8, 16, 16)),
        ("stage2", (20, 8, 8)),
        ("stage3", (46, 4, 4)),
    ]
    assert [row.parts[0].name for row in found.rows] == ["c1", "c2", "c3"]


BAD = {
    "groups: 2": ("a, on 3×32×32: groups, in_channels: groups must divide", 4),
    "kernel_size: 40": ("a, on 3×32×32: kernel_size: the kernel covers 40 pixels, the padded input has 34", 4),
    "kernal_size: 3": ("no key 'kernal_size' here; did you mean 'kernel_size'?", 4),
    "stride: s": ("nothing is called 's'", 4),
    "stride: 0": ("stride", 4),
}


@pytest.mark.parametrize("option", sorted(BAD))
def test_errors_name_file_line_and_layer(option: str, tmp_path: Path) -> None:
    message, line = BAD[option]
    path = tmp_path / "mine.yaml"
    kernel = "" if option.startswith("kern") else "kernel_size: 3, "
    path.write_text(
        f"name: mine\ninput: 3x32x32\nlayers:\n  - {{name: a, conv: {{out_channels: 10, {kernel}padding: 1, {option}}}}}\n"
    )
    with pytest.raises(BankError) as caught:
        load_trace(str(path), FOLDERS)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{path}:{line}:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a mapping is expected"),
        ("- 1", "a mapping is expected"),
        ("name: mine\ninput: 3x32\nlayers: []\n", "the input is channels, height and width"),
        ("name: mine\ninput: 3x32x32\nlayers: {}\n", "layers are a list"),
        ("name: mine\ninput: 3x32x32\nlayers:\n  - {use: none}\n", "no block is called 'none'"),
        ("name: mine\ninput: 3x32x32\nlayers:\n  - {concat_kept: none}\n", "nothing was kept as 'none'"),
        ("name: mine\ninput: 3x32x32\nlayers:\n  - flatten\n  - {pool: {kernel_size: 2}}\n", "takes a map"),
        ("name: mine\ninput: 3x32x32\nlayers:\n  - {transformer_layer: {heads: 1, mlp_dim: 4}}\n", "takes tokens"),
        ("name: mine\ninput: 3x32x32\nlayers:\n  - {residual: [{pool: {kernel_size: 2}}]}\n", "cannot be added"),
        ("name: mine\ninput: 3x32x32\nlayers:\n  - {repeat: {times: 1001, layers: [relu]}}\n", "times is 1001"),
        ("name: mine\ninput: 3x32x32\nblocks: {b: {layers: [{use: b}]}}\nlayers:\n  - {use: b}\n", "too many layers"),
        ("name: mine\nname: yours\ninput: 3x32x32\nlayers: []\n", "stands twice"),
        ("name: [", r"mine\.yaml:\d+:\d+: "),
    ],
)  # fmt: skip
def test_broken_files_are_refused_in_words(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(QuizError, match=message) as caught:
        load_trace(str(path), FOLDERS)
    assert str(path) in str(caught.value)


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean resnet50"):
        load_trace("resnet55", FOLDERS)


def test_another_input_goes_through_until_it_does_not_fit() -> None:
    assert load_trace("resnet50", FOLDERS, (3, 256, 320)).row("layer4").shape == (2048, 8, 10)  # type: ignore[union-attr]
    with pytest.raises(BankError, match=r"pool4, on 512×1×1: kernel_size"):
        load_trace("vgg16", FOLDERS, (3, 8, 8))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_a_table_keeps_its_width(name: str, lang: Any) -> None:
    """Figures are never cut, so a table of stages must fit 80 columns without its bars, and 120 with them."""
    found = load_trace(name, FOLDERS)
    for width in (80, 120):
        lines = list(table_lines(found, lang, width=width))
        start, end = lines.index(""), len(lines) - lines[::-1].index("") - 1
        assert max(map(display_width, lines[start:end])) <= width
    assert any(set(line) & set("▏▎▍▌▋▊▉█") for line in table_lines(found, lang, width=120))


def test_depth_opens_blocks() -> None:
    found = load_trace("resnet18", FOLDERS)
    names = [(level, row.name) for level, row in flat_rows(found.rows, 3)]
    assert names[2:8] == [(0, "layer1"), (1, "block1"), (2, "conv1"), (2, "conv2"), (1, "block2"), (2, "conv1")]
    assert sum("`conv2`" in line for line in markdown_lines(found, "en", depth=3)) == 8


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (999, "999"), (1000, "1.000 k"), (12_345, "12.35 k"), (999_999, "1.000 M"), (1_028_000_000, "1.028 G"), (5 * 10**15, "5,000,000 G")])  # fmt: skip
def test_short_numbers(number: int, text: str) -> None:
    assert short(number) == text


def test_two_networks_beside_each_other() -> None:
    lines = {
        line.label.en: line for line in compare(load_trace("resnet50", FOLDERS), load_trace("vgg16", FOLDERS), "en")
    }
    assert (lines["parameters"].first, lines["parameters"].second) == ("25,557,032", "138,357,544")
    assert lines["parameters"].times == pytest.approx(138_357_544 / 25_557_032)
    assert lines["most parameters in"].second == "fc6, 74 %"  # 102,764,544 of 138,357,544


def test_files_and_names_agree() -> None:
    for name, path in find_networks(FOLDERS).items():
        network = load_network(path)
        assert network.name == name
        assert network.source
        assert network.variant.en
        assert network.variant.zh
