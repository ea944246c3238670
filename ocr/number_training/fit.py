"""Fits the network of ``ocr.number_reader`` and writes it as ONNX.

The only place that imports PyTorch, which no office needs: the fitted network is part of the
product (see docs/reading.md for how it was made).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ocr.number_reader import HEIGHT, SIGNS, STEP
from ocr.number_training.texts import Rng
from ocr.raster import Gray

ALPHABET = SIGNS + " "  # answer 0 of the network is "nothing new here"
_LOG = logging.getLogger(__name__)
_BATCH = 48
_TOP_RATE = 2.5e-3


@dataclass(frozen=True, slots=True)
class Example:
    """A strip and what stands on it."""

    strip: Gray
    text: str


def network() -> nn.Sequential:
    """Return the network: strips (n × 1 × ``HEIGHT`` × w) → scores (n × answers × 1 × w/2)."""

    def layer(
        inner: int, outer: int, size: tuple[int, int], step: tuple[int, int],
        pad: tuple[int, int],
    ) -> list[nn.Module]:  # fmt: skip
        convolution = nn.Conv2d(inner, outer, size, step, pad, bias=False)
        return [convolution, nn.BatchNorm2d(outer), nn.ReLU()]

    return nn.Sequential(
        *layer(1, 24, (5, 5), (2, STEP), (2, 2)),
        *layer(24, 48, (3, 3), (2, 1), (1, 1)),
        *layer(48, 64, (3, 3), (2, 1), (1, 1)),
        *layer(64, 96, (5, 3), (1, 1), (0, 1)),
        *layer(96, 128, (1, 5), (1, 1), (0, 2)),
        *layer(128, 128, (1, 7), (1, 1), (0, 3)),
        *layer(128, 128, (1, 5), (1, 1), (0, 2)),
        nn.Conv2d(128, len(ALPHABET) + 1, (1, 1)),
    )


def fit(examples: Sequence[Example], rounds: int, seed: int = 1) -> nn.Sequential:
    """Fit the network for so many rounds over the examples."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = network().to(memory_format=torch.channels_last)
    steps = rounds * (len(examples) // _BATCH + 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=_TOP_RATE, weight_decay=1e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _TOP_RATE, total_steps=steps + rounds, pct_start=0.1
    )
    loss_of = nn.CTCLoss(blank=0, zero_infinity=True)
    for number in range(rounds):
        net.train()
        total, count = 0.0, 0
        for batch in _batches(examples, rng):
            strips, targets, widths, lengths = _tensors(batch, rng)
            with torch.autocast("cpu", torch.bfloat16):
                answers = net(strips.to(memory_format=torch.channels_last))
            scores = answers.float().squeeze(2).permute(2, 0, 1).log_softmax(2)
            loss = loss_of(scores, targets, widths, lengths)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            rate.step()
            total, count = total + float(loss.detach()), count + 1
            if count % 100 == 0:
                _LOG.info("round %d step %d: loss %.4f", number + 1, count, total / count)
    net.train(mode=False)
    return net.to(memory_format=torch.contiguous_format)


def _batches(examples: Sequence[Example], rng: Rng) -> Iterator[list[Example]]:
    """Give all examples once, those of about one width together."""
    widths = np.array([each.strip.shape[1] for each in examples])
    order = np.argsort(widths + rng.uniform(0, 60, len(widths)))
    starts = np.arange(0, len(order), _BATCH)
    rng.shuffle(starts)
    for start in starts:
        yield [examples[place] for place in order[start : start + _BATCH]]


def _tensors(
    batch: Sequence[Example], rng: Rng
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    widest = max(each.strip.shape[1] for each in batch) + 8
    widest += widest % STEP
    strips = np.full((len(batch), 1, HEIGHT, widest), 255, np.float32)
    for place, each in enumerate(batch):
        left, down = int(rng.integers(0, 8)), int(rng.integers(-1, 2))
        strips[place, 0, :, left : left + each.strip.shape[1]] = np.roll(each.strip, down, 0)
    strips += np.asarray(rng.normal(0, rng.uniform(0, 6), strips.shape), np.float32)
    targets = [ALPHABET.index(sign) + 1 for each in batch for sign in each.text]
    widths = torch.full((len(batch),), widest // STEP, dtype=torch.long)
    lengths = torch.tensor([len(each.text) for each in batch])
    return torch.from_numpy(1.0 - strips / 255.0), torch.tensor(targets), widths, lengths


def save(net: nn.Sequential, path: Path) -> None:
    """Write the network as ONNX for strips of any width."""
    strip = torch.zeros(1, 1, HEIGHT, 256)
    torch.onnx.export(
        net, (strip,), str(path), input_names=["strip"], output_names=["scores"],
        dynamic_axes={"strip": {0: "n", 3: "w"}, "scores": {0: "n", 3: "w"}}, dynamo=False,
    )  # fmt: skip
