"""Writes ``networks.json``: what torch says of every network of the bank, for the ordinary tests to compare.

    python tests/golden/networks.py [NAME ...]      with an interpreter that has requirements/oracle.txt

Models are torchvision's, or built here from their papers. Parameters are counted from the tensors, multiply-accumulates by hooks
from the tensors that pass, shapes from the outputs, and a receptive field is measured: how many rows of the input have a gradient from one
unit of the layer, with all weights positive and averages in place of maxima.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.modules.setdefault("torchvision._meta_registrations", types.ModuleType("torchvision._meta_registrations"))  # its compiled operators are not needed  # fmt: skip
import torch  # noqa: E402
import torchvision  # noqa: E402
from torch import Tensor, nn  # noqa: E402
from torch.nn import functional  # noqa: E402

TARGET = Path(__file__).parent / "networks.json"
BANK = Path(__file__).parents[2] / "question_bank" / "networks"
WIDTH = 96
"""Columns of the tall image that receptive fields are measured on; enough for the last map to have one."""


def _chain(*parts: tuple[str, nn.Module]) -> nn.Sequential:
    found = nn.Sequential()
    for name, part in parts:
        found.add_module(name, part)
    return found


def _conv(inside: int, outside: int, kernel: int, *more: nn.Module, **options: Any) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inside, outside, kernel, **options), *(more or (nn.ReLU(),)))


def lenet5() -> nn.Module:
    return _chain(
        ("conv1", _conv(1, 6, 5, nn.Tanh())), ("pool1", nn.AvgPool2d(2)), ("conv2", _conv(6, 16, 5, nn.Tanh())), ("pool2", nn.AvgPool2d(2)),
        ("flatten", nn.Flatten()), ("fc3", nn.Linear(400, 120)), ("fc4", nn.Linear(120, 84)), ("fc5", nn.Linear(84, 10)),
    )  # fmt: skip


def alexnet_2012() -> nn.Module:
    return _chain(
        ("conv1", _conv(3, 96, 11, stride=4)), ("pool1", nn.MaxPool2d(3, 2)), ("conv2", _conv(96, 256, 5, padding=2, groups=2)), ("pool2", nn.MaxPool2d(3, 2)),
        ("conv3", _conv(256, 384, 3, padding=1)), ("conv4", _conv(384, 384, 3, padding=1, groups=2)), ("conv5", _conv(384, 256, 3, padding=1, groups=2)), ("pool5", nn.MaxPool2d(3, 2)),
        ("flatten", nn.Flatten()), ("fc6", nn.Linear(9216, 4096)), ("fc7", nn.Linear(4096, 4096)), ("fc8", nn.Linear(4096, 1000)),
    )  # fmt: skip


def zf5() -> nn.Module:
    pool = {"kernel_size": 3, "stride": 2, "ceil_mode": True}
    return _chain(
        ("conv1", _conv(3, 96, 7, stride=2, padding=1)), ("pool1", nn.MaxPool2d(**pool)), ("conv2", _conv(96, 256, 5, stride=2)), ("pool2", nn.MaxPool2d(**pool)),
        ("conv3", _conv(256, 384, 3, padding=1)), ("conv4", _conv(384, 384, 3, padding=1)), ("conv5", _conv(384, 256, 3, padding=1)), ("pool5", nn.MaxPool2d(**pool)),
        ("flatten", nn.Flatten()), ("fc6", nn.Linear(9216, 4096)), ("fc7", nn.Linear(4096, 4096)), ("fc8", nn.Linear(4096, 1000)),
    )  # fmt: skip


class Inception(nn.Module):
    """Four branches of Szegedy et al. 2015, their channels behind each other."""

    def __init__(self, inside: int, one: int, three_in: int, three: int, five_in: int, five: int, pooled: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList([
            _conv(inside, one, 1),
            nn.Sequential(_conv(inside, three_in, 1), _conv(three_in, three, 3, padding=1)),
            nn.Sequential(_conv(inside, five_in, 1), _conv(five_in, five, 5, padding=2)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), _conv(inside, pooled, 1)),
        ])  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([branch(x) for branch in self.branches], 1)


def inception_v1() -> nn.Module:
    def pool() -> nn.Module:
        return nn.MaxPool2d(3, 2, ceil_mode=True)

    return _chain(
        ("conv1", _conv(3, 64, 7, stride=2, padding=3)), ("pool1", pool()), ("conv2", _conv(64, 64, 1)), ("conv3", _conv(64, 192, 3, padding=1)), ("pool2", pool()),
        ("inception3a", Inception(192, 64, 96, 128, 16, 32, 32)), ("inception3b", Inception(256, 128, 128, 192, 32, 96, 64)), ("pool3", pool()),
        ("inception4a", Inception(480, 192, 96, 208, 16, 48, 64)), ("inception4b", Inception(512, 160, 112, 224, 24, 64, 64)), ("inception4c", Inception(512, 128, 128, 256, 24, 64, 64)),
        ("inception4d", Inception(512, 112, 144, 288, 32, 64, 64)), ("inception4e", Inception(528, 256, 160, 320, 32, 128, 128)), ("pool4", pool()),
        ("inception5a", Inception(832, 256, 160, 320, 32, 128, 128)), ("inception5b", Inception(832, 384, 192, 384, 48, 128, 128)),
        ("avgpool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()), ("fc", nn.Linear(1024, 1000)),
    )  # fmt: skip


def mobilenet_v1() -> nn.Module:
    def separable(inside: int, outside: int, stride: int) -> nn.Module:
        return nn.Sequential(
            nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False), nn.BatchNorm2d(inside), nn.ReLU(),
            nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU(),
        )  # fmt: skip

    widths = [32, 64, 128, 128, 256, 256, *[512] * 6, 1024, 1024]
    strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]
    return _chain(
        ("conv1", nn.Sequential(nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU())),
        *((f"separable{n + 1}", separable(widths[n], widths[n + 1], stride)) for n, stride in enumerate(strides)),
        ("avgpool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()), ("fc", nn.Linear(1024, 1000)),
    )  # fmt: skip


class UNet(nn.Module):
    """Ronneberger et al. 2015, figure 1."""

    def __init__(self) -> None:
        super().__init__()
        widths = [64, 128, 256, 512, 1024]
        for n, (inside, outside) in enumerate(zip([1, *widths], widths, strict=False), 1):
            self.add_module(f"down{n}", nn.Sequential(_conv(inside, outside, 3), _conv(outside, outside, 3)))
        for n, width in enumerate(widths[3::-1], 1):
            self.add_module(f"upconv{n}", nn.ConvTranspose2d(2 * width, width, 2, 2))
            self.add_module(f"up{n}", nn.Sequential(_conv(2 * width, width, 3), _conv(width, width, 3)))
        self.head = nn.Conv2d(64, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for n in range(1, 5):
            x = self.get_submodule(f"down{n}")(x)
            skips.append(x)
            x = functional.max_pool2d(x, 2)
        x = self.get_submodule("down5")(x)
        for n in range(1, 5):
            x = self.get_submodule(f"upconv{n}")(x)
            skip = skips.pop()
            edge = (skip.shape[2] - x.shape[2]) // 2
            x = self.get_submodule(f"up{n}")(
                torch.cat([skip[:, :, edge : edge + x.shape[2], edge : edge + x.shape[3]], x], 1)
            )
        return self.head(x)


OWN: dict[str, Callable[[], nn.Module]] = {
    "lenet5": lenet5, "alexnet_2012": alexnet_2012, "zf5": zf5, "inception_v1": inception_v1, "mobilenet_v1": mobilenet_v1, "unet": UNet,
}  # fmt: skip
RESNET = {name: name for name in ("maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool")} | {"conv1": "relu"}


def build(name: str) -> nn.Module:
    """The model, without trained weights, in evaluation."""
    if name in OWN:
        return OWN[name]().eval()
    options: dict[str, Any] = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    model: nn.Module = torchvision.models.get_model(name, weights=None, **options)
    return model.eval()


def places(name: str, model: nn.Module) -> dict[str, str]:
    """The module of torch whose output a layer's is, by the names of the bank."""
    if name in OWN:
        return {child: child for child, _ in model.named_children()}
    if name.startswith(("resnet", "resnext")):
        return RESNET
    if name.startswith(("vgg", "alexnet")):
        return dict(_numbered(model.features, stages=name.startswith("vgg")))  # type: ignore[arg-type]
    if name == "googlenet":
        return {
            child.replace("maxpool", "pool"): child
            for child, _ in model.named_children()
            if child not in ("dropout", "fc")
        }
    if name == "densenet121":
        return {child: f"features.{child}" for child, _ in model.features.named_children() if child[:4] in ("pool", "dens", "tran") or child == "norm5"} | {"conv0": "features.relu0"}  # type: ignore[union-attr,operator]  # fmt: skip
    if name.startswith("squeezenet"):
        return dict(_squeezenet(model.features)) | {"conv10": "classifier.2", "avgpool": "classifier.3"}  # type: ignore[arg-type]
    if name == "mobilenet_v2":
        ends = (0, 1, 3, 6, 10, 13, 16, 17, 18)
        return dict(
            zip(
                ["conv1", *(f"stage{n}" for n in range(1, 8)), "conv_last"],
                (f"features.{end}" for end in ends),
                strict=True,
            )
        )
    if name.startswith("mobilenet_v3"):
        last = len(model.features) - 1  # type: ignore[arg-type]
        return {"conv1": "features.0", "conv_last": f"features.{last}", "avgpool": "avgpool"} | {
            f"bneck{n}": f"features.{n}" for n in range(1, last)
        }
    if name.startswith("shufflenet"):
        return {child: child for child, _ in model.named_children() if child != "fc"}
    if name == "efficientnet_b0":
        return {"stem": "features.0", "head": "features.8", "avgpool": "avgpool"} | {
            f"stage{n}": f"features.{n}" for n in range(1, 8)
        }
    return {"conv_proj": "conv_proj"}


def _numbered(features: nn.Sequential, *, stages: bool) -> Iterator[tuple[str, str]]:
    """``conv3_2`` or ``conv5`` at its ReLU, ``pool3`` after it."""
    stage, turn, convs = 1, 0, 0
    for place, module in features.named_children():
        if isinstance(module, nn.ReLU):
            turn, convs = turn + 1, convs + 1
            yield (f"conv{stage}_{turn}" if stages else f"conv{convs}"), f"features.{place}"
        elif isinstance(module, nn.MaxPool2d):
            yield f"pool{stage if stages else convs}", f"features.{place}"
            stage, turn = stage + 1, 0


def _squeezenet(features: nn.Sequential) -> Iterator[tuple[str, str]]:
    """A pool is called after what it follows: ``pool4`` after ``fire4``."""
    number = 1
    yield "conv1", "features.1"
    for place, module in features.named_children():
        if type(module).__name__ == "Fire":
            number += 1
            yield f"fire{number}", f"features.{place}"
        elif isinstance(module, nn.MaxPool2d):
            yield f"pool{number}", f"features.{place}"


def describe(name: str, size: tuple[int, int, int], fields: bool) -> dict[str, Any]:
    """What torch says of one network."""
    with torch.device("meta"):
        model = build(name)
    shapes: dict[str, list[int]] = {}
    macs, products = [0], [0]

    def count(module: nn.Module, inputs: tuple[Tensor, ...], output: Any) -> None:
        if isinstance(module, nn.ConvTranspose2d):
            macs[0] += module.weight.numel() * inputs[0].shape[2] * inputs[0].shape[3]
        elif isinstance(module, nn.Conv2d):
            macs[0] += module.weight.numel() * output.shape[2] * output.shape[3]
        elif isinstance(module, nn.MultiheadAttention):
            tokens, width = inputs[0].shape[1:]
            macs[0] += tokens * (module.in_proj_weight.numel() + module.out_proj.weight.numel())
            products[0] += 2 * tokens * tokens * width
        elif isinstance(module, nn.Linear):
            macs[0] += module.weight.numel() * (output.numel() // output.shape[-1])

    for module in model.modules():
        module.register_forward_hook(count)
    names = places(name, model)
    for layer, place in names.items():
        model.get_submodule(place).register_forward_hook(lambda _, __, output, layer=layer: shapes.__setitem__(layer, list(output.shape[1:])))  # fmt: skip
    model(torch.empty(1, *size, device="meta"))
    found: dict[str, Any] = {
        "parameters": sum(each.numel() for each in model.parameters()),
        "macs": macs[0],
        "attention_products": products[0],
        "output_shapes": {layer: shapes[layer] for layer in names if layer in shapes and len(shapes[layer]) == 3},
    }
    if fields:
        found["receptive_field"] = measure_fields(
            name, size[0], [each for each in found["output_shapes"] if each != "avgpool"]
        )
    return found


def measure_fields(name: str, channels: int, layers: list[str]) -> dict[str, int]:
    """Rows of the input that reach one unit in the middle of each layer; the image is made taller until no edge is met."""
    model = build(name).double()
    names = places(name, model)
    _soften(model)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(1.0 / parameter[0].numel() if parameter.ndim == 4 else 1.0)
    height = 256
    while True:
        found = _measure(model, names, channels, layers, height)
        if found is not None:
            return found
        height *= 2


class _Enough(Exception):  # noqa: N818  what follows the last layer is not run
    pass


def _measure(
    model: nn.Module, names: dict[str, str], channels: int, layers: list[str], height: int
) -> dict[str, int] | None:
    image = torch.ones(1, channels, height, WIDTH, dtype=torch.float64, requires_grad=True)
    outputs: dict[str, Tensor] = {}
    hooks = [
        model.get_submodule(names[layer]).register_forward_hook(lambda _, __, output, layer=layer: outputs.__setitem__(layer, output))
        for layer in layers
    ]  # fmt: skip

    def stop(*_: Any) -> None:
        raise _Enough

    hooks.append(model.get_submodule(names[layers[-1]]).register_forward_hook(stop))
    with contextlib.suppress(_Enough):
        model(image)
    for hook in hooks:
        hook.remove()
    found = {}
    for layer, output in outputs.items():
        unit = output[0, :, output.shape[2] // 2, output.shape[3] // 2].sum()
        (gradient,) = torch.autograd.grad(unit, image, retain_graph=True)
        rows = gradient[0].abs().sum((0, 2)).nonzero().flatten()
        if rows[0] == 0 or rows[-1] == height - 1:
            return None
        found[layer] = int(rows[-1] - rows[0] + 1)
    return found


def _soften(model: nn.Module) -> None:
    """Averages in place of maxima, and nothing for activations, so that every path leaves a gradient."""
    for name, child in model.named_children():
        if isinstance(child, nn.MaxPool2d):
            setattr(model, name, nn.AvgPool2d(child.kernel_size, child.stride, child.padding, child.ceil_mode))
        elif isinstance(child, nn.ReLU | nn.ReLU6 | nn.Tanh | nn.BatchNorm2d):
            setattr(model, name, nn.Identity())
        else:
            _soften(child)


def main(wanted: list[str]) -> None:
    found: dict[str, Any] = json.loads(TARGET.read_text()) if TARGET.exists() else {}
    for path in sorted(BANK.glob("*.yaml")):
        if wanted and path.stem not in wanted:
            continue
        text = path.read_text()
        size = tuple(map(int, re.search(r"^input: \[(\d+), (\d+), (\d+)\]", text, re.MULTILINE).groups()))  # type: ignore[union-attr]
        global_paths = ("squeeze_excite", "conv_transpose", "tokens", "channel_shuffle")
        found[path.stem] = describe(path.stem, size, not any(word in text for word in global_paths))  # type: ignore[arg-type]
        print(path.stem, found[path.stem]["parameters"], found[path.stem]["macs"], flush=True)
    lines = (f"{json.dumps(name)}: {json.dumps(found[name])}" for name in sorted(found))
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
