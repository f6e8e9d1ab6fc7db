"""Any sentence-transformers model, by local path or by name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from retrieval.encoders.base import Vectors
from retrieval.errors import EncoderError


class SentenceEncoder:
    """A sentence-transformers model behind the encoder's one verb.

    Args:
        model: a local folder, or a name that sentence-transformers knows.

    Raises:
        EncoderError: the package or the model cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(model, device="cpu")
        except Exception as error:  # whatever the hub, the disk or torch raises
            raise EncoderError(
                f"L'encodeur {model!r} n'a pas pu être chargé : {type(error).__name__} : {error}.",
                fix="Donnez le chemin d'un modèle sentence-transformers local,"
                " ou retirez MAINTELEX_ENCODER pour l'encodeur par défaut.",
            ) from error
        self.name = f"st:{model}"
        self.dimension = int(self._model.encode(["dimension"]).shape[1])
        self.fingerprint = f"st-{self.dimension}-{self._digest()}"

    def _digest(self) -> str:
        """A hash of the model's weights: a version trained anew has another one."""
        import torch

        total = hashlib.sha256(str(self._model).encode())
        for name, weight in sorted(self._model.state_dict().items()):
            total.update(name.encode())
            total.update(weight.detach().cpu().reshape(-1).view(torch.uint8).numpy().data)
        return total.hexdigest()[:16]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n_texts, dimension), L2-normalised."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)
