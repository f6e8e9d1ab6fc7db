"""The default encoder as a module of sentence-transformers: `SentenceTransformer(folder)` loads it.

Needs torch, and is never imported by the retriever: a query goes through `BagEncoder`, which
gives the same vectors with numpy alone.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers.models import Module

from retrieval.analysis import features
from retrieval.encoders.bag import BagEncoder

FILES = ("config.json", "rows.npy", "scales.npy")


class TorchBag(Module):  # type: ignore[misc]
    """An embedding bag over hashed features, its vectors of unit length.

    Args:
        folder: as `BagEncoder` reads it.

    Raises:
        EncoderError: the folder lacks a file, or the files do not fit together.
    """

    save_in_root = True

    def __init__(self, folder: Path) -> None:
        super().__init__()
        encoder = BagEncoder(folder)
        self.folder, self.buckets, self.dimension = folder, encoder.buckets, encoder.dimension
        self.table = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(encoder.rows()), mode="sum"
        )

    def preprocess(self, inputs: list[str], **_: Any) -> dict[str, torch.Tensor]:
        """The features of texts, one run after the other, and where each run starts."""
        bags = [features(text, self.buckets) for text in inputs]
        starts = np.cumsum([0] + [len(bag) for bag in bags[:-1]])
        flat = [bucket for bag in bags for bucket in bag]
        return {
            "input_ids": torch.tensor(flat, dtype=torch.long),
            "offsets": torch.from_numpy(starts.astype(np.int64)),
        }

    tokenize = preprocess

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Add the texts' vectors, (texts, dimension), under "sentence_embedding"."""
        summed = self.table(features["input_ids"], features["offsets"])
        features["sentence_embedding"] = torch.nn.functional.normalize(summed, dim=1)
        return features

    def get_embedding_dimension(self) -> int:
        """How many numbers a vector has."""
        return self.dimension

    get_sentence_embedding_dimension = get_embedding_dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the model's files to a folder."""
        for name in FILES:
            shutil.copyfile(self.folder / name, Path(output_path) / name)

    @classmethod
    def load(cls, model_name_or_path: str, **_: Any) -> TorchBag:
        """The model of a local folder."""
        return cls(Path(model_name_or_path))
