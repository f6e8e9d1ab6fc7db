"""The words of a source that a citation shows."""

from __future__ import annotations

from math import sqrt

from assistant.guard.reading import Reading
from assistant.guard.sources import Fact, passage_facts
from retrieval import Passage

MAX_QUOTE = 400  # characters


def words_of(passage: Passage, said: Reading | None) -> str:
    """The sentence of a passage that shares most with another, verbatim, at most `MAX_QUOTE` long.

    Sentences of the passage are those already read; one that does not stand in its text as it was
    cut (emphasis, a citation within) is looked for among the sentences of the text itself.

    Args:
        said: the sentence of the answer; the passage's own title counts where there is none.
    """
    from assistant.answering.quotes import best_quote

    keys = said.keys if said else frozenset()
    best = max(passage_facts(passage), key=lambda fact: _overlap(fact, keys), default=None)
    if best and len(best.text) <= MAX_QUOTE and best.text in passage.text:
        return best.text
    return best_quote(passage.text, " ".join(said.words) if said else passage.title)


def _overlap(fact: Fact, keys: frozenset[str]) -> float:
    """The words that a sentence shares, damped by its length."""
    own = fact.reading.keys
    return len(own & keys) / (1.0 + sqrt(len(own)))
