"""Whether a question asks for the law of another country: the base knows French law alone."""

from __future__ import annotations

import re

from assistant.answering.facts import READ, flat
from retrieval import Ranking

CHOICE_OF_LAW = frozenset({"kb:questions/droit-applicable-langue", "kb:contract/droit-applicable"})

_ADJECTIVES = (
    r"(?:suisse|belge|luxembourgeois|allemand|anglais|britannique|americain|espagnol|italien|marocain|algerien"
    r"|tunisien|senegalais|ivoirien|quebecois|canadien|portugais|neerlandais|irlandais|monegasque)"
)
_PLACES = (
    r"(?:new york|california|texas|delaware|florida|english|uk|us|u s|american|british|german|swiss|belgian|spanish"
    r"|italian|irish|dutch|canadian|indian|scottish)"
)
_LAW = re.compile(
    rf"\b(?:droit {_ADJECTIVES}\b|loi {_ADJECTIVES}e?\b|code des obligations suisse"
    rf"|{_PLACES} (?:contract )?law\b|(?:valid|legal|enforceable|allowed) in (?:the )?"
    r"(?:california|texas|new york|uk|us|usa|germany|spain|belgium|switzerland|england|ireland|canada)\b)"
)


def is_abroad(question: str, ranking: Ranking, answered: bool) -> bool:
    """Whether a question asks for another law than the French one, and not which one applies.

    Args:
        question: any text; its first `READ` characters are read.
        ranking: the ranking found for it.
        answered: whether the base answers it.
    """
    first = {candidate.document_id for candidate in ranking.candidates[:2]}
    asks_which = answered and bool(first & CHOICE_OF_LAW)
    return bool(_LAW.search(flat(question[:READ]))) and not asks_which
