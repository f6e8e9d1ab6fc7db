"""What the knowledge base holds, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ingest.check_dates import day
from ingest.readability import mean_length, reading_score
from ingest.readers.kb import CITATION, Entry, KnowledgeBase
from ingest.sentences import entry_sentences


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of a base."""

    questions: int
    clauses: int
    annexes: int
    authorities: dict[str, int]  # by kind: statute, decision, agreement
    confidence: dict[str, int]  # authorities by confidence
    standing: dict[str, int]  # decisions by standing
    wordings: dict[str, int]  # by kind: question, clause, out_of_scope
    themes: dict[str, int]  # questions by theme
    never_cited: tuple[str, ...]  # ids of authorities that no question or clause cites
    words: dict[str, int]  # of prose, by kind of entry: question, clause
    reading_score: float  # Kandel-Moles, mean of the short answers; higher is easier
    sentence_words: float  # words a sentence, mean of the short answers
    oldest_review: date | None


def kb_stats(base: KnowledgeBase) -> Stats:
    """The counts of a base that has been read."""
    annexes = sum("annexes" in entry.path for entry in base.clauses.values())
    short = [list(entry_sentences(entry, "Réponse courte")) for entry in base.questions.values()]
    kinds = base.authorities.values()
    return Stats(
        questions=len(base.questions),
        clauses=len(base.clauses) - annexes,
        annexes=annexes,
        authorities=_counted([authority.kind for authority in kinds]),
        confidence=_counted([authority.data.get("confidence") for authority in kinds]),
        standing=_counted([a.data.get("standing") for a in kinds if a.kind == "decision"]),
        wordings=_wordings(base),
        themes=_counted([entry.head.get("theme") for entry in base.questions.values()]),
        never_cited=_never_cited(base),
        words={"question": _words(base.questions), "clause": _words(base.clauses)},
        reading_score=round(_mean([reading_score(sentences) for sentences in short]), 1),
        sentence_words=round(_mean([mean_length(sentences) for sentences in short]), 1),
        oldest_review=_oldest_review(base),
    )


def _counted(names: list[object]) -> dict[str, int]:
    """How often each name comes, the most frequent first."""
    counts = Counter(str(name) for name in names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _wordings(base: KnowledgeBase) -> dict[str, int]:
    """Wordings by kind."""
    return {
        "question": sum(map(len, base.variants.values())),
        "clause": sum(map(len, base.clause_variants.values())),
        "out_of_scope": sum(map(len, base.out_of_scope.values())),
    }


def _never_cited(base: KnowledgeBase) -> tuple[str, ...]:
    """Authorities that no entry cites."""
    entries = (*base.questions.values(), *base.clauses.values())
    cited = {name for entry in entries for name in CITATION.findall(entry.text)}
    return tuple(sorted(set(base.authorities) - cited))


def _words(entries: dict[str, Entry]) -> int:
    """Words of prose, headings counted."""
    return sum(
        len(sentence.words) for entry in entries.values() for sentence in entry_sentences(entry)
    )


def _mean(values: list[float]) -> float:
    """The mean, 0 for nothing."""
    return sum(values) / len(values) if values else 0.0


def _oldest_review(base: KnowledgeBase) -> date | None:
    """The oldest day on which anything was reviewed."""
    heads = [entry.head for entry in (*base.questions.values(), *base.clauses.values())]
    heads += [authority.data for authority in base.authorities.values()]
    return min(filter(None, (day(head.get("reviewed_on")) for head in heads)), default=None)
