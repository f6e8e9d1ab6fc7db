"""Training of the default encoder, on the wordings of the knowledge base and on open legal text.

An embedding bag over hashed features is trained so that the wordings of one document point the
same way, and so do the questions of one kind to decline: softmax over one proxy vector a class
(Movshovitz-Attias et al., "No Fuss Distance Metric Learning using Proxies", ICCV 2017), features
dropped at random so that no single word carries a topic. Articles of law add a second loss: an
article is nearer to its own headings than to those of others (in-batch negatives, as in Henderson
et al., 2017, arXiv:1705.00652). The proxies are thrown away; the rows are kept as int8 with one
scale each.
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
import numpy.typing as npt

from retrieval.analysis import VERSION, feature_array

Bag = npt.NDArray[np.int64]
ST_MODULE = "retrieval.encoders.torch_bag.TorchBag"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the encoder is trained."""

    buckets: int = 32_768
    dimension: int = 256
    epochs: int = 12
    batch: int = 256
    learning_rate: float = 5e-3
    temperature: float = 0.07
    dropped: float = 0.6  # share of a text's features left out at each step
    pairs: int = 96  # pairs of open text in a step
    pair_weight: float = 0.3  # of their loss
    seed: int = 20261124


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the encoder learns from.

    Attributes:
        texts: wordings and questions to decline.
        labels: the class of each text: a document, or a kind of question to decline.
        pairs: (headings, beginning of the text) of articles of law.
    """

    texts: Sequence[str]
    labels: Sequence[str]
    pairs: Sequence[tuple[str, str]] = ()


def train_encoder(
    lessons: Lessons,
    folder: Path,
    recipe: Recipe | None = None,
    *,
    on_epoch: Callable[[int, float], None] = lambda epoch, loss: None,
) -> None:
    """Write an encoder to `folder`, replacing what was there at the end.

    Args:
        folder: receives config.json, rows.npy, scales.npy, and modules.json by which
            sentence-transformers loads the same model.
        on_epoch: called after each epoch with its number, from 1, and its mean loss.
    """
    recipe = recipe or Recipe()
    rows = _Training(lessons, recipe).run(on_epoch)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127.0
    halved = scales.astype(np.float16)
    packed = np.round(rows / scales[:, None]).astype(np.int8)
    digest = hashlib.sha256(packed.tobytes() + halved.tobytes()).hexdigest()
    name = f"maintelex-bag-{recipe.dimension}"
    config = {"name": name, "analysis": VERSION, **asdict(recipe), "sha256": digest}
    modules = [{"idx": 0, "name": "0", "path": "", "type": ST_MODULE}]
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / "rows.npy", packed)
    _save(folder / "scales.npy", halved)
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


class _Training:
    """One training run: the same lessons and recipe give the same rows."""

    def __init__(self, lessons: Lessons, recipe: Recipe) -> None:
        import torch

        torch.manual_seed(recipe.seed)
        self._recipe, self._draw = recipe, np.random.default_rng(recipe.seed)
        self._bags = self._features(lessons.texts)
        self._pairs = [self._features(texts) for texts in zip(*lessons.pairs, strict=True)]
        names = {label: n for n, label in enumerate(sorted(set(lessons.labels)))}
        self._targets = np.array([names[label] for label in lessons.labels])
        self._table = torch.nn.EmbeddingBag(recipe.buckets, recipe.dimension, mode="sum")
        torch.nn.init.normal_(self._table.weight, std=0.02)
        self._proxies = torch.nn.Parameter(torch.randn(len(names), recipe.dimension))
        self._optimiser = torch.optim.Adam(
            [self._table.weight, self._proxies], lr=recipe.learning_rate
        )

    def run(self, on_epoch: Callable[[int, float], None]) -> npt.NDArray[np.float32]:
        """The trained rows, (buckets, dimension)."""
        size = self._recipe.batch
        for epoch in range(1, self._recipe.epochs + 1):
            order = self._draw.permutation(len(self._bags))
            batches = [order[start : start + size] for start in range(0, len(order), size)]
            on_epoch(epoch, float(np.mean([self._step(batch) for batch in batches])))
        return np.asarray(self._table.weight.detach().numpy(), dtype=np.float32)

    def _features(self, texts: Sequence[str]) -> list[Bag]:
        """The features of each text."""
        return [feature_array(text, self._recipe.buckets) for text in texts]

    def _step(self, chosen: npt.NDArray[np.int64]) -> float:
        """One step of gradient over some texts; its loss."""
        import torch
        from torch.nn.functional import cross_entropy, normalize

        vectors = self._encode([self._bags[row] for row in chosen])
        scores = vectors @ normalize(self._proxies, dim=1).T / self._recipe.temperature
        targets = torch.from_numpy(self._targets[chosen])
        loss = cross_entropy(scores, targets, label_smoothing=0.05)
        if self._pairs:
            loss = loss + self._recipe.pair_weight * self._pair_loss()
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        return float(loss.detach())

    def _pair_loss(self) -> Any:
        """How far articles are from their headings, against those of the other pairs drawn."""
        import torch
        from torch.nn.functional import cross_entropy

        headings, texts = self._pairs
        drawn = self._draw.integers(0, len(texts), self._recipe.pairs)
        first = self._encode([headings[row] for row in drawn])
        second = self._encode([texts[row] for row in drawn])
        scores = first @ second.T / self._recipe.temperature
        return cross_entropy(scores, torch.arange(len(drawn)))

    def _encode(self, bags: Sequence[Bag]) -> Any:
        """Unit vectors of texts some of whose features are left out."""
        import torch
        from torch.nn.functional import normalize

        kept = [bag[self._draw.random(len(bag)) >= self._recipe.dropped] for bag in bags]
        offsets = np.cumsum([0] + [len(bag) for bag in kept[:-1]])
        table = self._table(torch.from_numpy(np.concatenate(kept)), torch.from_numpy(offsets))
        return normalize(table, dim=1)


def _save(path: Path, array: npt.NDArray[Any]) -> None:
    """Write an array beside its place, then move it there: never half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npy")
    with os.fdopen(handle, "wb") as out:
        np.save(out, array, allow_pickle=False)
    os.replace(name, path)
