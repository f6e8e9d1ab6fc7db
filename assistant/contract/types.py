"""What the contract generator reads, and what it hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from retrieval.errors import AppError


class ContractError(AppError):
    """A contract that could not be written or converted."""


@dataclass(frozen=True, slots=True)
class Value:
    """One of the wordings that an option chooses between."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice between wordings."""

    id: str
    label: str
    help: str
    values: tuple[Value, ...]
    default: str  # id of a value

    def label_of(self, value: str) -> str:
        """The label of a value; its id when unknown."""
        return next((known.label for known in self.values if known.id == value), value)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Choices that contradict each other, and why."""

    when: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """A blank of the model."""

    id: str
    label: str
    example: str
    required: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document to join to the contract."""

    text: str
    when: Mapping[str, str]  # empty: always


@dataclass(frozen=True, slots=True)
class Clause:
    """An article or an annex of the model, as lawyers write it."""

    id: str
    number: str  # "33", or "A2" for an annex
    title: str
    text: str  # Markdown with [[option:…]] blocks and {{ fields }}
    note: str  # the drafting note
    path: str
    line: int  # where the text begins in the file

    @property
    def is_annex(self) -> bool:
        """Whether it is an annex."""
        return self.number.startswith("A")

    @property
    def name(self) -> str:
        """How the contract calls it: « Article 33 », « Annexe 2 »."""
        return f"Annexe {self.number[1:]}" if self.is_annex else f"Article {self.number}"


@dataclass(frozen=True, slots=True)
class Model:
    """The model contract: what can be chosen, what must be filled, and the clauses in order."""

    title: str
    notice: str
    signature: str
    attachments: tuple[Attachment, ...]
    options: tuple[Option, ...]
    conflicts: tuple[Conflict, ...]
    fields: tuple[Field, ...]
    clauses: tuple[Clause, ...]  # articles by number, then annexes
    citations: Mapping[str, str]  # authority id -> citation, as lawyers write it
    version: str  # hash of the model's files, 8 characters
    reviewed_on: date  # the latest review of a clause


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with one look."""

    text: str
    bold: bool = False
    missing: bool = False  # a blank that nobody filled


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `number` is empty when it has none."""

    number: str  # "33.4", "A2.1"
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    marker: str  # "a)", "–"
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]


Block: TypeAlias = Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Article:
    """A clause, ready to be printed."""

    clause: Clause
    title: str
    blocks: tuple[Block, ...]
    note: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract, ready to be printed."""

    model: Model
    choices: Mapping[str, str]  # every option
    values: Mapping[str, str]  # the fields that were filled
    articles: tuple[Article, ...]
    annexes: tuple[Article, ...]
    attachments: tuple[str, ...]
    used: tuple[Field, ...]  # the fields that these options print, in the order of the model

    @property
    def missing(self) -> tuple[Field, ...]:
        """The fields still to fill."""
        return tuple(field for field in self.used if field.id not in self.values)

    @property
    def unused(self) -> tuple[str, ...]:
        """The fields filled for nothing with these options."""
        used = {field.id for field in self.used}
        return tuple(name for name in self.values if name not in used)
