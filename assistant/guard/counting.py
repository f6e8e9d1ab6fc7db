"""Numbers, dates, amounts and legal references: each stands in the sources of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from assistant.guard.claims import Claim, Fault
from assistant.guard.figures import Figures, Stated, endless, figures, stated
from assistant.guard.lexicon import COMMON_NAMES
from assistant.guard.sources import Fact, Pool
from assistant.guard.types import Base
from ingest.quantities import Quantity
from retrieval.analysis import fold

WHOLE = 0.8  # share of a sentence's words from which a fact says all that it says
NEAR = 0.34  # share of a sentence's words that a fact must hold for its numbers to be those meant

_NAME = re.compile(r"(?<=[^\W_])[ ,’'](?:\(\s?)?([A-ZÀ-Ö][\w’'-]{2,})")
_PART = re.compile(r"[^\W_]{3,}")
_OWN = frozenset({"modele"})  # the model contract: no code of law


def counting_fault(claim: Claim, base: Base) -> Fault | None:
    """The first number or reference of a sentence that its sources don't hold."""
    if endless(claim.words):
        return Fault("numbers", "Suite de chiffres qui n'est pas un nombre.")
    return (None if claim.repeated else figure_fault(claim, base)) or _name_fault(claim)


def figure_fault(claim: Claim, base: Base) -> Fault | None:
    """The first number or reference in figures; a sentence repeated from a source has none."""
    found = figures(claim.words)
    return _reference_fault(claim.words, found, claim.pool, base) or _number_fault(claim, found)


def title_fault(words: str, pool: Pool, base: Base) -> Fault | None:
    """The first number or reference of a heading that no source holds."""
    found = figures(words)
    fault = _reference_fault(words, found, pool, base)
    if fault or not found.quantities:
        return fault
    states = [*pool.states(), *map(stated, pool.headings)]
    missing = next((q for q in found.quantities if not _held(q, states)), None)
    return _missing(missing) if missing else None


def _reference_fault(words: str, found: Figures, pool: Pool, base: Base) -> Fault | None:
    """The first legal reference that no source of a sentence holds."""
    for key in sorted(found.articles):
        if not any(key in state.articles for state in pool.states()):
            return _foreign(key.partition(":")[2], words, base)
    for keys in found.coded:
        if not any(_names(keys, state) for state in pool.states()):
            return _foreign(min(keys).partition(":")[2].replace("@", ", "), words, base)
    for code in sorted(found.codes - _OWN):
        if not any(code in state.codes for state in pool.states()):
            return Fault("reference", f"Texte étranger aux sources citées : « {code} ».")
    return None


def _names(keys: frozenset[str], state: Stated) -> bool:
    """Whether a source names an article: in its code, or without saying which."""
    if keys & state.coded:
        return True
    bare = {key.partition("@")[0] for key in keys}
    other = any(key.partition("@")[0] in bare for key in state.coded)
    return not other and bool(bare & state.articles)


def _foreign(name: str, words: str, base: Base) -> Fault:
    """A reference that the sources of a sentence don't hold."""
    where = "qu'aucune source citée ne porte" if base.knows(words) else "absente de la base"
    return Fault("reference", f"Référence {where} : « {name} ».")


def _number_fault(claim: Claim, found: Figures) -> Fault | None:
    """The first number of a sentence that isn't said of the same thing in its sources."""
    for quantity in found.quantities:
        if not any(_held(quantity, (state,)) for state in _near(claim)):
            return _missing(quantity)
    for word in sorted(found.multiples):
        if not any(word in state.multiples for state in _near(claim)):
            return Fault("numbers", f"« {word} » n'est pas dans les sources citées.")
    return None


def _near(claim: Claim) -> Iterator[Stated]:
    """What is stated by the facts that a sentence is about; those that say all of it, alone."""
    yield from map(stated, claim.pool.headers)
    whole = [fact for fact in claim.support.rivals if _shared(claim, fact) >= WHOLE]
    near = (fact for fact in claim.pool.facts if _shared(claim, fact) >= NEAR)
    for fact in chain(claim.support.facts, whole, () if whole else near):
        yield stated(fact.text)


def _shared(claim: Claim, fact: Fact) -> float:
    """The share of a sentence's words that a fact holds."""
    keys = claim.reading.keys
    return len(keys & fact.whole.keys) / len(keys) if keys else 1.0


def _held(quantity: Quantity, states: Iterable[Stated]) -> bool:
    """Whether some sources hold a quantity."""
    return any(state.known.has(quantity) for state in states)


def _missing(quantity: Quantity) -> Fault:
    """A quantity that no source holds."""
    return Fault("numbers", f"« {quantity.text} » n'est pas dans les sources citées.")


def _name_fault(claim: Claim) -> Fault | None:
    """The first proper name of a sentence that its sources don't hold."""
    for found in _NAME.finditer(claim.words):
        parts = set(_PART.findall(fold(found[1])))
        if not parts <= COMMON_NAMES | claim.pool.words:
            return Fault("reference", f"Nom étranger aux sources citées : « {found[1]} ».")
    return None
