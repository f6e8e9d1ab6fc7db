"""Encoders: texts to vectors."""

from __future__ import annotations

from pathlib import Path

from retrieval.encoders.bag import BagEncoder
from retrieval.encoders.base import Encoder, Vectors

__all__ = ["BagEncoder", "Encoder", "Vectors", "open_encoder"]


def open_encoder(spec: str = "") -> Encoder:
    """The encoder that a setting names.

    Args:
        spec: "" for the default; a folder made by `maintelex train-encoder`; any other path or
            name is a sentence-transformers model.

    Raises:
        EncoderError: it cannot be loaded.
    """
    if not spec:
        return BagEncoder()
    if (Path(spec) / "rows.npy").is_file():
        return BagEncoder(Path(spec))
    from retrieval.encoders.sentence import SentenceEncoder

    return SentenceEncoder(spec)
