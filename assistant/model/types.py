"""What a language model is set with, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model, and what it may cost in time, text and money. Its key never shows."""

    model: str  # "openai:gpt-…", "mistralai:…", "ollama:…", or "http://localhost:1234/v1#name"
    key: SecretStr = field(default_factory=lambda: SecretStr(""))
    timeout_s: float = 20.0  # for all the calls of one answer, new tries included
    max_tokens: int = 1_200  # of one reply
    max_characters: int = 12_000  # of one reply; past them it is refused
    price_in: float = 0.0  # for a million tokens read, in any one currency
    price_out: float = 0.0  # for a million tokens written
    tries: int = 3  # of one call, when the model is overloaded
    failures: int = 3  # calls lost one after the other before the model is left aside
    pause_s: float = 30.0  # for which it is left aside


@dataclass(frozen=True, slots=True)
class Usage:
    """What some calls took. The sum of two is that of all their calls."""

    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    cost: float = 0.0  # in the currency of the prices set
    counted: bool = True  # False where the model told no tokens: four characters are then one

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.seconds + other.seconds,
            self.cost + other.cost,
            self.counted and other.counted,
        )


@dataclass(frozen=True, slots=True)
class Message:
    """What a model is sent: what it must do, and what it is given."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply as it comes."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    finish: str = ""  # why the reply ended, on the piece that ends it


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply."""

    text: str
    model: str  # label
    usage: Usage
