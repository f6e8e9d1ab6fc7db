"""What the audit of a contract reads, and what it hands out."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.contract_checks import Check


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the contract, as written."""

    text: str
    page: int | None = None  # of a PDF, from 1


@dataclass(frozen=True, slots=True)
class Part:
    """An article of the contract: its heading and its paragraphs."""

    heading: str  # as written: « Article 5 – Durée »; empty before the first heading
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def page(self) -> int | None:
        """The page where it begins, of a PDF."""
        return self.lines[0].page if self.lines else None


@dataclass(frozen=True, slots=True)
class Contract:
    """A customer's contract, read."""

    name: str  # of the file
    parts: tuple[Part, ...]  # in the order of the file
    unread_pages: tuple[int, ...] = ()  # pages of a PDF that are images without text


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the contract, as they stand in it."""

    text: str
    heading: str  # of the part; empty when it has none
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A wording of the model contract, its blanks still to fill."""

    place: str  # « Article 28 – Responsabilité »
    paragraphs: tuple[str, ...]  # with their numbers: « 28.6 L'indemnité … »


@dataclass(frozen=True, slots=True)
class Source:
    """An authority behind a rule."""

    id: str  # in kb/law
    citation: str  # as lawyers write it
    url: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A check that the contract does not pass."""

    check: Check
    quotes: tuple[Quote, ...]  # in the order of the contract; none when something is missing
    sources: tuple[Source, ...]  # as the rule cites them
    suggestion: Suggestion

    @property
    def rule(self) -> str:
        """The rule, its [@id] citations replaced by [n], n counting `sources` from 1."""
        text = self.check.rule
        for number, source in enumerate(self.sources, start=1):
            text = text.replace(f"[@{source.id}]", f"[{number}]")
        return text


@dataclass(frozen=True, slots=True)
class Alignment:
    """A clause of the model, and the parts of the contract that speak of the same thing."""

    clause: str  # id
    title: str  # « Article 28 – Responsabilité »
    quotes: tuple[Quote, ...]  # the nearest paragraphs, best first; none when it is missing
    score: float  # of the best, 0 to 1; comparable within one audit only


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in a contract."""

    contract: Contract
    present: tuple[Alignment, ...]  # clauses of the model that are there, in its order
    missing: tuple[Alignment, ...]  # those that are not
    unusual: tuple[Quote, ...]  # parts that look like no clause of the model
    risks: tuple[Risk, ...]  # the gravest first, then in the order of the checks
    passed: tuple[Check, ...]  # checks that found nothing
    version: str  # of the model's exact wording
    warnings: tuple[str, ...] = ()  # what could not be read or judged, for the reader

    def count(self, severity: str) -> int:
        """How many risks have a severity."""
        return sum(risk.check.severity == severity for risk in self.risks)
