"""Words as the rules compare them: by the group of their synonyms, or by the start of their stem."""

from __future__ import annotations

from functools import lru_cache

from assistant.guard.lexicon import COMMON, COMPARED, LINKS, LONG_STARTS, ROLES, SYNONYMS, TURNS
from retrieval.analysis import STOP_WORDS, stem

START = 5  # letters of a stem that are compared
LONG = 7


def weight(keys: frozenset[str]) -> float:
    """What some keys count for: common words of the field, half."""
    return len(keys) - 0.5 * len(keys & _common())


@lru_cache(maxsize=32_768)
def key_of(token: str) -> str:
    """What a token is compared by; "" when it has no content."""
    if not token[0].isalnum() or len(token) < 2 or token in STOP_WORDS or token in LINKS:
        return ""
    if token in role_of() or token in turn_of() or token in COMPARED or token.isdigit():
        return ""
    return _synonyms().get(token) or _start(token)


def _start(token: str) -> str:
    """The start of a token's stem."""
    root = stem(token)
    return root[: LONG if root.startswith(LONG_STARTS) else START]


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    """The key of each word that has synonyms."""
    table: dict[str, str] = {}
    for line in SYNONYMS.strip().splitlines():
        first, *others = line.split()
        for word in (first, *others):
            table.setdefault(word, _start(first))
    return table


@lru_cache(maxsize=1)
def role_of() -> dict[str, str]:
    """The role of each word that names one."""
    return {word: role for role, words in ROLES.items() for word in words.split()}


@lru_cache(maxsize=1)
def turn_of() -> dict[str, str]:
    """The kind of each word that turns a statement."""
    return {word: kind for kind, words in TURNS.items() for word in words.split()}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The keys of the words that nearly every passage holds."""
    return frozenset(_synonyms().get(word) or _start(word) for word in COMMON)
