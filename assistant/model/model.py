"""A language model that keeps to its bounds: time, size, tries, failures."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.model.breaker import Breaker
from assistant.model.deadline import Deadline, DeadlinePassed, within
from assistant.model.errors import ModelError
from assistant.model.langchain import open_chat, refuse_cut, stream
from assistant.model.spec import Spec, read_spec
from assistant.model.types import Chunk, Message, ModelSettings, Reply, Usage

if TYPE_CHECKING:
    from assistant.model.langchain import BaseChatModel

FIRST_PAUSE = 0.5  # seconds before the second try; doubled each time
CHARACTERS = 4  # of a token, where the model counts none

_log = logging.getLogger(__name__)


def open_model(settings: ModelSettings) -> Model:
    """The model that the settings name. Its client is loaded at the first call.

    Raises:
        ModelError: absent; the setting names no model.
    """
    return Model(read_spec(settings.model), settings)


class Model:
    """Sends messages to a chat model and gives back its replies. Safe to share between threads.

    Args:
        spec: which model.
        settings: its bounds.
        clock: seconds that only go up.
        sleep: waits some seconds.
        chat: a LangChain chat model to use instead of the one that `spec` names.
    """

    def __init__(
        self,
        spec: Spec,
        settings: ModelSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chat: BaseChatModel | None = None,
    ) -> None:
        self._spec, self._settings, self._clock, self._sleep = spec, settings, clock, sleep
        self._chat, self._opening = chat, threading.Lock()
        self.breaker = Breaker(settings.failures, settings.pause_s, clock=clock, model=spec.label)

    def __repr__(self) -> str:
        return f"Model({self.label!r})"

    @property
    def label(self) -> str:
        """How the model is shown."""
        return self._spec.label

    def deadline(self) -> Deadline:
        """The moment by which all the calls of one answer must be over."""
        return Deadline.after(self._settings.timeout_s, self._clock)

    def load(self) -> None:
        """Load the client, if it is not; that takes seconds, which count in no deadline.

        Raises:
            ModelError: absent; its package is not installed, or it refuses its settings.
        """
        self._opened()

    def _opened(self) -> BaseChatModel:
        """The client, loaded."""
        with self._opening:
            if self._chat is None:
                self._chat = open_chat(self._spec, self._settings)
            return self._chat

    def ask(
        self,
        message: Message,
        *,
        deadline: Deadline | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Reply:
        """The model's reply.

        Args:
            deadline: the whole of the time allowed when None.
            on_text: called with each piece of text as it comes. After an error, what it was given
                must be thrown away.

        Raises:
            ModelError: there is no whole reply.
        """
        with self.breaker.call():
            chat = self._opened()
            call = _Call(chat, message, deadline or self.deadline(), on_text)
            reply = self._tried(call)
        usage = reply.usage
        _log.info(
            "model=%s tokens_in=%d tokens_out=%d ms=%.0f",
            self.label, usage.tokens_in, usage.tokens_out, 1000 * usage.seconds,
        )  # fmt: skip
        return reply

    def _tried(self, call: _Call) -> Reply:
        """The reply, after new tries where the model is overloaded and time is left."""
        left, pause = self._settings.tries, FIRST_PAUSE
        while True:
            left -= 1
            gathered = _Gathered(self.label, self._settings.max_characters)
            try:
                return self._once(call, gathered)
            except ModelError as error:
                wait = error.retry_after or pause * random.uniform(0.5, 1.0)
                begun = error.kind != "overloaded" or gathered.pieces
                if left <= 0 or begun or wait >= call.deadline.left:
                    raise
            self._sleep(wait)
            pause *= 2

    def _once(self, call: _Call, gathered: _Gathered) -> Reply:
        """One reply, read piece by piece."""
        started, late = self._clock(), False

        def pieces() -> Iterator[Chunk]:
            return stream(call.chat, call.message, self.label)

        try:
            with closing(within(pieces, call.deadline)) as chunks:
                for chunk in chunks:
                    gathered.add(chunk)
                    if call.on_text and chunk.text:
                        call.on_text(chunk.text)
        except DeadlinePassed:
            late = True
        if late:
            raise ModelError("timeout", self.label, f"{self._settings.timeout_s:g} s")
        return gathered.reply(call.message, self._settings, self._clock() - started)


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of the model."""

    chat: BaseChatModel
    message: Message
    deadline: Deadline
    on_text: Callable[[str], None] | None


@dataclass(slots=True)
class _Gathered:
    """The pieces of a reply so far, no longer than allowed."""

    label: str
    limit: int  # characters
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def add(self, chunk: Chunk) -> None:
        """One more piece.

        Raises:
            ModelError: too_long or refused.
        """
        self.size += len(chunk.text)
        if self.size > self.limit:
            raise ModelError("too_long", self.label, f"plus de {self.limit} caractères")
        if chunk.text:
            self.pieces.append(chunk.text)
        self.tokens_in += chunk.tokens_in
        self.tokens_out += chunk.tokens_out
        refuse_cut(chunk, self.label)

    def reply(self, message: Message, settings: ModelSettings, seconds: float) -> Reply:
        """The whole reply and what it took.

        Raises:
            ModelError: garbage; there is no text.
        """
        text = "".join(self.pieces).strip()
        if not text:
            raise ModelError("garbage", self.label, "réponse vide")
        counted = self.tokens_out > 0
        sent = len(message.system) + len(message.user)
        tokens_in = self.tokens_in if counted else -(-sent // CHARACTERS)
        tokens_out = self.tokens_out if counted else -(-len(text) // CHARACTERS)
        cost = (tokens_in * settings.price_in + tokens_out * settings.price_out) / 1_000_000
        return Reply(text, self.label, Usage(tokens_in, tokens_out, seconds, cost, counted))
