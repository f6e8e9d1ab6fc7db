"""What is asked: language, follow-up, look-up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.core import changes_subject, core
from assistant.answering.facts import only_facts
from assistant.answering.types import Language, Turn
from retrieval.analysis import STOP_WORDS, fold, normalise, words

MAX_TURNS = 3  # questions of a conversation that a follow-up may lean on

_ENGLISH = frozenset(
    """the what which who how can could may must should is are does do we our they their
    under without with from if when there has have been not would to of and in for by at i this that
    your was be will an""".split()
)
_FRENCH = frozenset(
    """le la les un une des du de est sont que qui quoi quel quelle comment peut je nous vous il
    elle pas pour dans avec mon ma notre nos si on et""".split()
)
_ABOUT_A_TEXT = frozenset(
    """article articles art code civil commerce travail consommation procedure penal civ com trav
    cpc cpi rgpd dit texte contenu arret decision cass soc crim cour cassation quoi signifie parle
    idcc convention l r d no n chambre mixte ch ancien loi""".split()
)
_LEANING = re.compile(
    r"^(?:et\b|mais\b|donc\b|alors\b|meme si|dans ce cas|du coup|ok\b|oui\b|non\b|and\b|but\b|so\b"
    r"|what if|pourquoi\b\W*$|c est a dire|sinon\b|s il|si c est|si il|si elle)"
)
_POINTING = re.compile(
    r"(?<!-)\b(?:il|elle|lui|ils|elles|cela|ca|celui|celle|ce cas|cette somme)\b"
)


def language_of(question: str) -> Language:
    """English where English little words outnumber the French ones, else French."""
    found = words(question)
    english = sum(word in _ENGLISH for word in found)
    french = sum(word in _FRENCH for word in found)
    return "en" if english > french and english >= 2 else "fr"


def is_follow_up(question: str) -> bool:
    """Whether a question leans on the one before: it opens with a link, or points and says little."""
    folded = fold(normalise(question)).replace("'", " ")
    content = [word for word in words(question) if word not in STOP_WORDS]
    if changes_subject(question):
        return False
    if _LEANING.match(folded):
        return len(content) <= 10
    return len(content) <= 4 and bool(_POINTING.search(folded))


def is_lookup(question: str) -> bool:
    """Whether a question only asks what a reference says: hardly a word beside it."""
    content = [w for w in words(question) if w not in STOP_WORDS and not any(map(str.isdigit, w))]
    return len([word for word in content if word not in _ABOUT_A_TEXT]) <= 1


def complete(question: str, turns: Sequence[Turn]) -> str:
    """The question as it is searched: a follow-up carries the question it leans on.

    A message that only states a fact ("je suis un particulier") asks the question before again.

    Args:
        turns: the conversation before, oldest first.
    """
    asked = [turn for turn in turns if not only_facts(turn.question)]
    if not asked:
        return question
    if only_facts(question):
        return complete(asked[-1].question, asked[:-1])
    return with_context(question, asked) if is_follow_up(question) else question


def with_context(question: str, turns: Sequence[Turn]) -> str:
    """A question with the one that it leans on: the last that stands alone, of the last few.

    Args:
        turns: the conversation before, oldest first; one at least.
    """
    asked = [turn for turn in turns if not only_facts(turn.question)] or list(turns)
    alone = (t for t in reversed(asked[-MAX_TURNS:]) if not is_follow_up(t.question))
    return f"{question} {core(next(alone, asked[-1]).question)}"
