"""heapq.heapify on distinct values (negated for max); with equal ones the definition on a linked tree, sunk recursively.

heapq moves a value to a leaf and back up, which ends in the same heap where values differ. Parent and children come from numbering
the nodes of the tree breadth first.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size = rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20))
    values = rng.sample(range(-20, 100), size) if rng.random() < 0.7 else [rng.randint(0, 5) for _ in range(size)]
    found: dict[str, Any] = {"values": values}
    if rng.random() < 0.6:
        found["kind"] = rng.choice(("min", "min", "max"))
    if rng.random() < 0.8:
        found["index"] = rng.randrange(size)
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"values": [1]},
        {"values": [1, 1, 1, 1], "index": 1},
        {"values": list(range(1, 11))},
        {"values": list(range(10, 0, -1)), "kind": "min", "index": 4},
        {"values": [4, 10, 3, 5, 1], "index": 3},
        {"values": [2, 5, 5, 1, 9, 9, 9], "index": 2},
        {"values": [10**30, 10**30 + 1], "index": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"values": []}, {"values": [1, 2], "index": 2}, {"values": [1, 2], "index": -1}]


def nodes(values: list[int]) -> list[dict[str, Any]]:
    """A complete tree filled breadth first: each node knows its number, parent and children."""
    root: dict[str, Any] = {"number": 0, "value": values[0], "parent": None, "children": []}
    found, waiting = [root], deque([root])
    for number, value in enumerate(values[1:], start=1):
        if len(waiting[0]["children"]) == 2:
            waiting.popleft()
        node = {"number": number, "value": value, "parent": waiting[0], "children": []}
        waiting[0]["children"].append(node)
        waiting.append(node)
        found.append(node)
    return found


def sink(node: dict[str, Any], sign: int) -> None:
    if node["children"]:
        child = max(node["children"], key=lambda each: sign * each["value"])  # the left one of equals
        if sign * child["value"] > sign * node["value"]:
            node["value"], child["value"] = child["value"], node["value"]
            sink(child, sign)


def order(node: dict[str, Any], sign: int) -> None:
    for child in reversed(node["children"]):
        order(child, sign)
    sink(node, sign)


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    values, index, sign = inputs["values"], inputs.get("index", 0), 1 if inputs.get("kind", "max") == "max" else -1
    if not 0 <= index < len(values):
        raise ValueError("index")
    tree = nodes(values)
    order(tree[0], sign)
    heap = [node["value"] for node in tree]
    if len(set(values)) == len(values):
        other = [-sign * value for value in values]
        heapq.heapify(other)
        assert [-sign * value for value in other] == heap
    node = tree[index]
    children = [child["number"] for child in node["children"]] + [None, None]
    parent = node["parent"]["number"] if node["parent"] else None
    return {"heap": heap, "parent": parent, "left": children[0], "right": children[1]}
