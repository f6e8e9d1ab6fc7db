"""Questions that answer the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ingest.passages import plain
from ingest.readers.kb import Entry, Finding, KnowledgeBase
from retrieval.analysis import stems

# Measured on the 134 questions of November 2026: the two most alike that differ share 0.27 of
# their stems; of copies under another wording with one sentence dropped, 98 in 100 share more.
LIKENESS = 0.35


def check_likeness(base: KnowledgeBase) -> Iterator[Finding]:
    """Pairs of questions whose wording and short answer share too many stems.

    Advice: whether two entries are one is for a lawyer to say.
    """
    bags = {name: _bag(entry) for name, entry in base.questions.items()}
    for first, second in combinations(sorted(bags), 2):
        shared = likeness(bags[first], bags[second])
        if shared >= LIKENESS:
            entry = base.questions[second]
            yield Finding(entry.path, entry.line_of("question:"),
                          f"presque la même question que « {first} » ({shared:.0%} de mots communs)",
                          "réunissez les deux, ou dites ce qui les sépare", "avis")  # fmt: skip


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """The Jaccard index of two sets, in [0, 1]; 0 when both are empty."""
    return len(first & second) / (len(first | second) or 1)


def _bag(entry: Entry) -> frozenset[str]:
    """The stems of a question and its short answer."""
    short = "".join(plain(s.markdown) for s in entry.sections if s.title == "Réponse courte")
    return frozenset(stems(f"{entry.head.get('question')} {short}"))
