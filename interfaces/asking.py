"""The assistant that the settings ask for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answering import Answers
    from assistant.answering.write import Writer
    from assistant.model import ModelSettings
    from interfaces.settings import Settings
    from retrieval import Retriever

MODELS = 8  # settings whose client is kept


def open_assistant(settings: Settings, retriever: Retriever, *, model: bool = True) -> Answers:
    """The extractive assistant, with a language model over it when the settings name one.

    Cheap enough to be called at each question: the model's client is opened once for the process.

    Args:
        model: False leaves the model out, whatever the settings say.

    Raises:
        ModelError: the setting names no model.
    """
    from assistant.answering import Assistant

    extractive = Assistant(retriever)
    if not model or not settings.model:
        return extractive
    from assistant.answering.generate import GenerativeAssistant
    from assistant.model import ModelSettings

    asked = ModelSettings(
        settings.model,
        settings.model_key,
        timeout_s=settings.model_timeout_s,
        price_in=settings.model_price_in,
        price_out=settings.model_price_out,
    )
    return GenerativeAssistant(extractive, _writer(asked))


@lru_cache(maxsize=MODELS)
def _writer(asked: ModelSettings) -> Writer:
    """The writer of some settings, one for the process: its client and its circuit breaker last.

    Raises:
        ModelError: the setting names no model.
    """
    from assistant.answering.write import Writer
    from assistant.model import open_model

    return Writer(open_model(asked))
