"""A question in English, searched in the French of the base too."""

from __future__ import annotations

from assistant.answering import sure
from assistant.answering.following import Rank, mixed
from assistant.answering.understand import language_of
from retrieval import Ranking

PARTIES = frozenset(
    {"prestataire", "client"}
)  # nearly every question names them: they tell none apart
_LEXICON, _ARROW = " (lexique)", " → "


def in_both_languages(rank: Rank) -> Rank:
    """A way to rank that hears English: as written, and as the lexicon reads it in French.

    The base is written in French, and has ten times fewer wordings in English. Where the question as
    written is not near one of the base, each ranking counts for a half; whether the base answers at
    all is told by the question as written.
    """

    def ranked(query: str) -> Ranking:
        written = rank(query)
        if not written.candidates or written.candidates[0].probability >= sure.NEAR:
            return written
        terms = french_terms(written) if language_of(query) == "en" else ()
        return mixed(rank(", ".join(terms)), written) if terms else written

    return ranked


def french_terms(ranking: Ranking) -> tuple[str, ...]:
    """The terms of art that the lexicon read in a question, in order; not the parties' names."""
    told = next(iter(ranking.reasons.values()), ())
    read = (reason.detail for reason in told if reason.detail.endswith(_LEXICON))
    terms = (detail.removesuffix(_LEXICON).rpartition(_ARROW)[2] for detail in read)
    return tuple(term for term in dict.fromkeys(terms) if term not in PARTIES)
