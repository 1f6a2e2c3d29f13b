"""What every family refuses: inputs of a wrong kind, missing, unknown, misspelt or too large, each named in the error."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from golden_vectors import solved

from quizcnn.errors import InputError, UsageError
from quizcnn.solvers.base import family_modules, get_family

FAMILIES = sorted(family_modules())
HUGE = 10**1000
LONGEST = 10**999
NAN, INFINITE = float("nan"), float("inf")
BAD: dict[str, list[Any]] = {
    "integer": ["3", "", True, False, 2.5, NAN, INFINITE, -INFINITE, {}, [], [3], HUGE, -HUGE],
    "number": ["0.5", True, NAN, INFINITE, -INFINITE, {}, [], [0.5], HUGE],
    "boolean": [0, 1, "true", "", 2.5, [], {}],
    "choice": ["no such thing", "", 1, True, [], {}],
    "pair": ["3", True, 2.5, NAN, INFINITE, {}, [], [1], [1, 2, 3], [1, None], ["1", 2], [1, 2.5], HUGE, [1, HUGE]],
    "triple": ["3", True, 2.5, NAN, {}, [], [1], [1, 2], [1, 2, 3, 4], [1, 2, None], [1, "1", 2], [1, 2, 2.5], HUGE],
    "list": ["x", "", 3, True, {}, [], [None], ["a"], [NAN], [[]]],
    "matrix": [
        "x",
        3,
        True,
        {},
        [],
        [[]],
        [1, 2],
        [[1, 2], [3]],
        [[1, "a"]],
        [[None]],
        [[NAN]],
        [[True]],
        [[INFINITE]],
    ],
    "box": [
        "x",
        3,
        {},
        [],
        [1, 2, 3],
        [1, 2, 3, 4, 5],
        [0, 0, 1, "a"],
        [0, 0, 1, None],
        [0, 0, 1, NAN],
        [0, 0, 1, True],
    ],
    "record": ["x", 3, True, [], [1]],
}


def kind_of(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """The kind of one input, from its JSON Schema."""
    if "anyOf" in schema:
        return kind_of(next(part for part in schema["anyOf"] if part.get("type") != "null"), definitions)
    if "$ref" in schema:
        return "record"
    if "enum" in schema or "const" in schema or schema["type"] == "string":
        return "choice"
    if schema["type"] != "array":
        return str(schema["type"])
    if "prefixItems" in schema:
        return {2: "pair", 3: "triple"}.get(len(schema["prefixItems"]), "box")
    items = schema["items"]
    return "matrix" if items.get("type") == "array" and "prefixItems" not in items else "list"


def is_optional(schema: Mapping[str, Any]) -> bool:
    return any(part.get("type") == "null" for part in schema.get("anyOf", ()))


def bad_values(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[Any]:
    yield from BAD[kind_of(schema, definitions)]
    if not is_optional(schema):
        yield None
    plain = next((part for part in schema.get("anyOf", ()) if part.get("type") != "null"), schema)
    if "minimum" in plain:
        yield plain["minimum"] - 1
    if "exclusiveMinimum" in plain:
        yield plain["exclusiveMinimum"]
    if "maximum" in plain:
        yield plain["maximum"] + 1
    for item in plain.get("prefixItems", ())[:1]:
        if "minimum" in item:
            yield item["minimum"] - 1
            yield [item["minimum"], item["minimum"] - 1]


def refused(family: str, inputs: Any) -> InputError:
    with pytest.raises(InputError) as error:
        get_family(family).answer(inputs)
    assert len(str(error.value)) < 20_000
    return error.value


def refusal_of(family: str, inputs: Any) -> InputError | None:
    """The refusal, or None where there is an answer."""
    try:
        get_family(family).answer(inputs)
    except InputError as error:
        return error
    return None


def names(error: InputError, name: str) -> bool:
    """Whether the error names an input, in its list and in its words."""
    listed = any(place == name or place.startswith((f"{name}[", f"{name}.")) for place in error.inputs)
    return listed and name in str(error)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_value_of_a_wrong_kind_is_refused_by_name(family: str) -> None:
    schema = get_family(family).inputs.model_json_schema()
    definitions = schema.get("$defs", {})
    base = solved(family)[0].inputs
    for name, part in schema["properties"].items():
        for value in bad_values(part, definitions):
            if value == [] and part.get("default") == []:
                continue  # a list that may be empty
            if value == [[]] and part.get("type") == "array" and "minItems" not in part["items"]:
                continue  # a list of lists that may be empty
            error = refused(family, {**base, name: value})
            assert names(error, name), (name, str(value)[:40], str(error)[:200])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_wrong_argument_of_a_layer_is_refused_with_its_place(family: str) -> None:
    schema = get_family(family).inputs.model_json_schema()
    definitions = schema.get("$defs", {})
    base = solved(family)[0].inputs
    for name, part in schema["properties"].items():
        reference = part.get("items", {}).get("$ref", "")
        if not reference:
            continue
        for argument, inner in definitions[reference.rsplit("/", 1)[-1]]["properties"].items():
            for value in bad_values(inner, definitions):
                changed: dict[str, Any] = copy.deepcopy(dict(base))
                changed[name].append({**changed[name][0], argument: value})
                place = f"{name}[{len(changed[name]) - 1}].{argument}"
                assert names(refused(family, changed), place), (place, value)
        changed = copy.deepcopy(dict(base))
        changed[name][0]["strides"] = 1
        assert names(refused(family, changed), f"{name}[0].strides")


@pytest.mark.parametrize("family", FAMILIES)
def test_missing_and_unknown_inputs_are_named(family: str) -> None:
    model = get_family(family).inputs
    base = solved(family)[0].inputs
    for name, field in model.model_fields.items():
        if field.is_required():
            error = refused(family, {key: value for key, value in base.items() if key != name})
            assert names(error, name)
            assert "missing" in str(error)
        misspelt = next(word for letter in "xyq" if (word := name[:-1] + letter) not in model.model_fields)
        error = refused(family, {**base, misspelt: base.get(name, 1)})
        assert names(error, misspelt)
        assert (
            f"did you mean {name}" in str(error)
            or any(f"did you mean {other}" in str(error) for other in model.model_fields)
            or (len(name) == 1 and "the inputs are" in str(error))
        )
    error = refused(family, {**base, "zzz_unknown": 1})
    assert names(error, "zzz_unknown")
    assert all(name in str(error) for name in model.model_fields)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("inputs", [None, [], "kernel_size=3", 3, True])
def test_inputs_that_are_no_object_are_refused(family: str, inputs: Any) -> None:
    assert names(refused(family, inputs), "inputs")


@pytest.mark.parametrize("family", FAMILIES)
def test_the_longest_sizes_are_answered_or_refused_at_once(family: str) -> None:
    schema = get_family(family).inputs.model_json_schema()
    base = solved(family)[0].inputs
    for name, part in schema["properties"].items():
        if kind_of(part, schema.get("$defs", {})) not in ("integer", "pair"):
            continue
        start = time.process_time()
        error = refusal_of(family, {**base, name: LONGEST})
        assert error is None or names(error, name), (name, str(error)[:200])
        assert time.process_time() - start < 1, name


@pytest.mark.parametrize("family", FAMILIES)
def test_whole_decimals_pass_for_integers(family: str) -> None:
    entry = get_family(family)
    schema = entry.inputs.model_json_schema()
    for vector in solved(family)[:5]:
        whole = {
            name: float(value)
            for name, value in vector.inputs.items()
            if isinstance(value, int)
            and not isinstance(value, bool)
            and kind_of(schema["properties"][name], {}) in ("integer", "pair")
        }
        assert entry.answer({**vector.inputs, **whole}) == entry.answer(vector.inputs)


@pytest.mark.parametrize(
    "name", ["conv2d_output_shapes", "", "no_such", None, 3, ["conv2d_output_shape"], "../base", "x" * 10_000]
)
def test_a_family_that_does_not_exist_is_named(name: Any) -> None:
    with pytest.raises(UsageError) as error:
        get_family(name)
    assert "family" in str(error.value)
    assert len(str(error.value)) < 300


def test_a_misspelt_family_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="conv2d_output_shape"):
        get_family("conv2d_output_shapes")


BASE = {"in_height": 56, "in_width": 56, "kernel_size": 3}


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        (
            {**BASE, "kernel_size": [3, 3, 3]},
            "kernel_size must be one number or a pair [height, width], not a list of 3",
        ),
        ({**BASE, "kernel_size": "3"}, "kernel_size must be a whole number, not the text '3'"),
        ({**BASE, "kernel_size": [3, 0]}, "kernel_size[1] must be at least 1, not 0"),
        ({**BASE, "stride": 0}, "stride must be at least 1, not 0"),
        ({**BASE, "strides": 2}, "strides is not an input; did you mean stride?"),
        ({**BASE, "layout": "CHWN"}, "layout must be 'NCHW' or 'NHWC', not the text 'CHWN'"),
        ({"in_height": 56, "kernel_size": 3}, "in_width is missing"),
        (
            {**BASE, "in_height": True, "in_width": None},
            "in_height must be a whole number, not true; in_width must be a whole number, not null",
        ),
        ({**BASE, "padding": 10**1000}, "padding has more than 1000 digits"),
        ({**BASE, "kernel_size": 99}, "kernel_size, in_height: the kernel covers 99 pixels, the padded input has 56"),
    ],
)
def test_refusals_read_well(inputs: dict[str, Any], sentence: str) -> None:
    assert str(refused("conv2d_output_shape", inputs)) == sentence


@pytest.mark.parametrize(
    ("family", "inputs", "expected"),
    [
        ("conv2d_output_shape", {**BASE, "in_width": 2}, {"kernel_size", "in_width"}),
        ("conv2d_output_shape", {**BASE, "dilation": 30}, {"kernel_size", "dilation", "in_height"}),
        ("pool2d_output_shape", {**BASE, "padding": 2}, {"padding", "kernel_size"}),
        ("pool2d_output_shape", {**BASE, "padding": 2, "dilation": 3}, {"padding", "kernel_size"}),
        ("pool2d_output_shape", {**BASE, "kernel_size": 60}, {"kernel_size", "in_height"}),
        (
            "conv_transpose2d_output_shape",
            {**BASE, "stride": 2, "output_padding": 2},
            {"output_padding", "stride", "dilation"},
        ),
        (
            "conv_transpose2d_output_shape",
            {**BASE, "in_width": 1, "padding": 2},
            {"padding", "kernel_size", "in_width"},
        ),
        (
            "conv2d_parameters",
            {"in_channels": 6, "out_channels": 8, "kernel_size": 3, "groups": 4},
            {"groups", "in_channels"},
        ),
        (
            "conv2d_parameters",
            {"in_channels": 6, "out_channels": 9, "kernel_size": 3, "groups": 4},
            {"groups", "in_channels", "out_channels"},
        ),
        (
            "conv2d_parameters",
            {"in_channels": 6, "out_channels": 8, "kernel_size": 3, "pruned_in_channels": 6},
            {"pruned_in_channels", "in_channels"},
        ),
        ("attention_parameters", {"embed_dim": 10, "num_heads": 3}, {"num_heads", "embed_dim"}),
        (
            "depthwise_separable_cost",
            {
                "in_channels": 3,
                "out_channels": 4,
                "kernel_size": 3,
                "out_height": 4,
                "out_width": 4,
                "width_multiplier": 0.5,
            },
            {"width_multiplier", "in_channels"},
        ),
        ("receptive_field", {"layers": [{"kernel_size": 3, "stride": 10**999}] * 100}, {"layers"}),
    ],
)
def test_both_inputs_are_named_where_two_disagree(family: str, inputs: dict[str, Any], expected: set[str]) -> None:
    assert set(refused(family, inputs).inputs) == expected
