"""A language model behind one setting: any that LangChain drives, bounded in time, size and failures."""

from __future__ import annotations

from assistant.model.breaker import Breaker
from assistant.model.deadline import Deadline
from assistant.model.errors import Kind, ModelError
from assistant.model.model import Model, open_model
from assistant.model.types import ModelSettings, Reply, Usage

__all__ = [
    "Breaker",
    "Deadline",
    "Kind",
    "Model",
    "ModelError",
    "ModelSettings",
    "Reply",
    "Usage",
    "open_model",
]
