"""The units that may be typed after a number of the families."""

from __future__ import annotations

PIXELS = ("px", "pixel", "pixels", "像素")
PARAMETERS = ("params", "param", "parameters", "parameter", "weights", "weight", "参数", "个参数", "个")
MACS = ("MACs", "MAC", "mult-adds", "multiply-adds", "次乘加", "次")
FLOPS = ("FLOPs", "FLOP", "次浮点运算", "次")
CHANNELS = ("channels", "channel", "dims", "维", "个通道", "通道", "个")
COUNT = ("个",)
BYTES = ("bytes", "byte", "B", "字节")
MEGABYTES = ("MB", "megabytes", "megabyte", "兆字节")
MEBIBYTES = ("MiB", "mebibytes", "mebibyte")
