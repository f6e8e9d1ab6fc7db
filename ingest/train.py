"""Training of the default encoder, on the wordings of the knowledge base.

An embedding bag over hashed features is trained so that the wordings of one document point the
same way: softmax over one proxy vector a document (Movshovitz-Attias et al., "No Fuss Distance
Metric Learning using Proxies", ICCV 2017), features dropped at random so that no single word
carries a topic. The proxies are thrown away; the rows are kept as int8 with one scale each.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.analysis import features
from retrieval.types import Wording


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the encoder is trained."""

    buckets: int = 32_768
    dimension: int = 256
    epochs: int = 8
    batch: int = 256
    learning_rate: float = 5e-3
    temperature: float = 0.07
    dropped: float = 0.35  # share of a text's features left out at each step
    seed: int = 20261124


def train_encoder(
    wordings: Sequence[Wording],
    folder: Path,
    recipe: Recipe | None = None,
    *,
    on_epoch: Callable[[int, float], None] = lambda epoch, loss: None,
) -> None:
    """Write an encoder trained on the wordings to `folder`, replacing what was there at the end.

    Args:
        wordings: ways of asking, labelled by document.
        folder: receives config.json, rows.npy and scales.npy.
        on_epoch: called after each epoch with its number, from 1, and its mean loss.
    """
    recipe = recipe or Recipe()
    rows = _fit(wordings, recipe, on_epoch)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127.0
    halved = scales.astype(np.float16)
    packed = np.round(rows / scales[:, None]).astype(np.int8)
    digest = hashlib.sha256(packed.tobytes() + halved.tobytes()).hexdigest()
    config = {"name": f"maintelex-bag-{recipe.dimension}", **asdict(recipe), "sha256": digest}
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / "rows.npy", packed)
    _save(folder / "scales.npy", halved)
    text = json.dumps(config, indent=2) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")


def _fit(
    wordings: Sequence[Wording], recipe: Recipe, on_epoch: Callable[[int, float], None]
) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The trained rows, (buckets, dimension)."""
    import torch

    torch.manual_seed(recipe.seed)
    draw = np.random.default_rng(recipe.seed)
    labels = sorted({wording.document_id for wording in wordings})
    place = {label: number for number, label in enumerate(labels)}
    targets = np.array([place[wording.document_id] for wording in wordings])
    bags = [np.array(features(w.text, recipe.buckets), dtype=np.int64) for w in wordings]
    table = torch.nn.EmbeddingBag(recipe.buckets, recipe.dimension, mode="sum")
    torch.nn.init.normal_(table.weight, std=0.02)
    proxies = torch.nn.Parameter(torch.randn(len(labels), recipe.dimension))
    optimiser = torch.optim.Adam([table.weight, proxies], lr=recipe.learning_rate)
    for epoch in range(1, recipe.epochs + 1):
        losses = [
            _step(
                table, proxies, optimiser, [bags[i] for i in chosen], targets[chosen], recipe, draw
            )
            for chosen in _batches(draw.permutation(len(bags)), recipe.batch)
        ]
        on_epoch(epoch, float(np.mean(losses)))
    return table.weight.detach().numpy()


def _batches(order: np.ndarray[Any, Any], size: int) -> list[np.ndarray[Any, Any]]:
    """The order cut into runs of `size`."""
    return [order[start : start + size] for start in range(0, len(order), size)]


def _step(
    table: Any,
    proxies: Any,
    optimiser: Any,
    bags: list[np.ndarray[Any, Any]],
    targets: np.ndarray[Any, Any],
    recipe: Recipe,
    draw: np.random.Generator,
) -> float:
    """One step of gradient; its loss."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    kept = [bag[draw.random(len(bag)) >= recipe.dropped] for bag in bags]
    offsets = np.cumsum([0] + [len(bag) for bag in kept[:-1]])
    summed = table(torch.from_numpy(np.concatenate(kept)), torch.from_numpy(offsets))
    scores = normalize(summed, dim=1) @ normalize(proxies, dim=1).T / recipe.temperature
    loss = cross_entropy(scores, torch.from_numpy(targets), label_smoothing=0.05)
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return float(loss.detach())


def _save(path: Path, array: np.ndarray[Any, Any]) -> None:
    """Write an array beside its place, then move it there: never half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npy")
    with os.fdopen(handle, "wb") as out:
        np.save(out, array, allow_pickle=False)
    os.replace(name, path)
