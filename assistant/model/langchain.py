"""The one place where LangChain's chat models are opened, read, and their errors told in ours."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from assistant.model.errors import Kind, ModelError
from assistant.model.spec import LOCAL, Spec
from assistant.model.types import Chunk, Message, ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel as BaseChatModel  # for the others here
    from langchain_core.messages import AIMessageChunk

NO_KEY = "aucune"  # sent where a server asks for none: the client wants a text
KEYLESS = frozenset({LOCAL, "ollama"})

_ENDS = ("finish_reason", "done_reason", "stop_reason", "stopReason")
_CUT = frozenset({"length", "max_tokens", "model_length"})
_WITHHELD = frozenset({"content_filter", "safety", "refusal", "prohibited_content"})


def open_chat(spec: Spec, settings: ModelSettings) -> BaseChatModel:
    """The chat model that a spec names. Nothing is sent yet.

    Raises:
        ModelError: absent; its package is not installed, or it refuses its settings.
    """
    from langchain.chat_models import init_chat_model

    if not settings.key.get_secret_value() and spec.provider not in KEYLESS:
        raise ModelError("absent", spec.label, "aucune clé", fix="Donnez MAINTELEX_MODEL_KEY.")
    provider = "openai" if spec.provider == LOCAL else spec.provider
    options = _OPTIONS.get(spec.provider, _any)(spec, settings)
    failure = ModelError("absent", spec.label, f"fournisseur « {provider} » inconnu ou mal réglé")
    try:
        chat: BaseChatModel = init_chat_model(spec.name, model_provider=provider, **options)
        return chat
    except ImportError:
        package = "langchain-" + provider.replace("_", "-")
        failure = ModelError("absent", spec.label, f"le paquet {package} n'est pas installé",
                             fix=f"Lancez « pip install {package} ».")  # fmt: skip
    except (ValueError, TypeError):  # an unknown provider; pydantic's errors are ValueErrors
        pass
    raise failure  # outside the handler: the provider's words may hold the key


def stream(chat: BaseChatModel, message: Message, label: str) -> Iterator[Chunk]:
    """The pieces of a reply, as they come.

    Nothing goes to LangSmith, whatever variables are set: questions stay between the user and
    the model.

    Raises:
        ModelError: of every kind but open_circuit.
    """
    from langsmith import tracing_context

    asked = [("system", message.system), ("human", message.user)]
    failure: ModelError | None = None
    ended = False
    try:
        with tracing_context(enabled=False):
            for piece in chat.stream(asked):
                chunk = _chunk(piece)
                ended = ended or bool(chunk.finish)
                yield chunk
    except Exception as error:  # the client and its parsers may raise anything on a bad server
        failure = told(error, label)
    if failure:
        raise failure  # outside the handler: the provider's words may hold the key
    if not ended:
        raise ModelError("garbage", label, "réponse interrompue")


def refuse_cut(chunk: Chunk, label: str) -> None:
    """Refuse a reply that was cut, or held back, by the model's own limits.

    Raises:
        ModelError: too_long or refused.
    """
    end = chunk.finish.lower()
    if end in _CUT:
        raise ModelError("too_long", label, "coupée à la limite")
    if end in _WITHHELD:
        raise ModelError("refused", label, "réponse retenue par son fournisseur",
                         fix="Posez la question autrement.")  # fmt: skip


def told(error: Exception, label: str) -> ModelError:
    """A provider's error in our words: its kind, its HTTP status, nothing that it says."""
    if isinstance(error, ModelError):
        return error
    status = _status(error)
    if status is not None:
        return ModelError(_kind_of(status), label, f"HTTP {status}", retry_after=_wait(error))
    names = " ".join(kind.__name__ for one in _chain(error) for kind in type(one).__mro__)
    if "Timeout" in names:
        return ModelError("timeout", label)
    if "ConnectError" in names or "ConnectionRefused" in names:
        return ModelError("absent", label, "connexion impossible")
    return ModelError("garbage", label, type(error).__name__)


def _chunk(piece: AIMessageChunk) -> Chunk:
    """A LangChain piece as ours."""
    usage = piece.usage_metadata
    found = (piece.response_metadata.get(name) for name in _ENDS)
    return Chunk(
        str(piece.text),
        usage["input_tokens"] if usage else 0,
        usage["output_tokens"] if usage else 0,
        next((str(end) for end in found if end), ""),
    )


def _kind_of(status: int) -> Kind:
    """The kind of an HTTP status."""
    if status == 408:
        return "timeout"
    if status == 429 or status >= 500:
        return "overloaded"
    return "refused" if status >= 400 else "garbage"


def _status(error: Exception) -> int | None:
    """The HTTP status that an error carries, by itself or by its response."""
    response = getattr(error, "response", None)
    for holder in (error, response):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and status >= 400:
            return status
    return None


def _wait(error: Exception) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3); dates are not read."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        wait = float(headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    return wait if math.isfinite(wait) and wait >= 0 else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it comes from, ten at most."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _any(spec: Spec, settings: ModelSettings) -> dict[str, Any]:
    """What most of LangChain's chat models are made with. Tries are ours."""
    return {
        "api_key": settings.key.get_secret_value() or NO_KEY,
        "timeout": math.ceil(settings.timeout_s),
        "max_retries": 0,
        "max_tokens": settings.max_tokens,
        "temperature": 0.0,
    }


def _openai(spec: Spec, settings: ModelSettings) -> dict[str, Any]:
    """OpenAI's own: the address is told, so that no variable of the process moves it."""
    options = {"base_url": "https://api.openai.com/v1", "stream_usage": True}
    return {**_any(spec, settings), **options, "timeout": settings.timeout_s}


def _local(spec: Spec, settings: ModelSettings) -> dict[str, Any]:
    """A server that speaks OpenAI's protocol; older ones know `max_tokens` alone."""
    options = {"base_url": spec.address, "use_responses_api": False}
    body = {"extra_body": {"max_tokens": settings.max_tokens}, "max_tokens": None}
    return {**_openai(spec, settings), **options, **body}


def _ollama(spec: Spec, settings: ModelSettings) -> dict[str, Any]:
    """Ollama on this machine; elsewhere, name its address."""
    return {
        "base_url": "http://localhost:11434",
        "num_predict": settings.max_tokens,
        "temperature": 0.0,
        "client_kwargs": {"timeout": settings.timeout_s},
    }


_OPTIONS: dict[str, Callable[[Spec, ModelSettings], dict[str, Any]]] = {
    "openai": _openai,
    LOCAL: _local,
    "ollama": _ollama,
}
