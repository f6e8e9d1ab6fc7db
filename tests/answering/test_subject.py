"""A message that only names a subject is offered the questions on it, not turned away."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answering.subject import names_subject
from retrieval import Candidate, Retriever

TITLES = (
    "Quelle convention collective appliquer aux salariés du prestataire ?",
    "Quel préavis et quelle forme respecter pour résilier ?",
)
CANDIDATES = tuple(Candidate(f"kb:questions/{n}", t, 0.0, 0.5) for n, t in enumerate(TITLES))


@pytest.fixture(scope="module")
def assistant(kb_index: Path) -> Assistant:
    """The assistant over the whole base."""
    return Assistant(Retriever.open(kb_index))


@pytest.mark.parametrize(
    "subject", ["convention collective", "la convention collective ?", "Préavis"]
)
def test_words_of_a_title_name_a_subject(subject: str) -> None:
    """Little words and capitals aside, all of the message stands in one title."""
    assert names_subject(subject, CANDIDATES)


@pytest.mark.parametrize(
    "message",
    ["divorce", "convention collective du bâtiment", "convention préavis", "le la les", "",
     "convention convention convention convention"],
)  # fmt: skip
def test_other_messages_name_none(message: str) -> None:
    """A word of elsewhere, words of two titles, a long message: none."""
    assert not names_subject(message, CANDIDATES)


@pytest.mark.parametrize(
    "subject",
    ["convention collective", "préavis", "prescription", "mise en demeure", "clause pénale",
     "réversibilité", "tacite reconduction", "clause résolutoire"],
)  # fmt: skip
def test_a_subject_of_the_base_is_answered_or_offered(assistant: Assistant, subject: str) -> None:
    """The main subjects, named alone, lead to an answer or to the questions near them."""
    answer = assistant.answer(subject)
    assert answer.status != "declined" or answer.reason == "sujet nommé, sans question"
    assert answer.citations or len(answer.alternatives) == 3


@pytest.mark.parametrize(
    "subject", ["divorce", "licenciement", "bail commercial", "recette de gâteau"]
)
def test_a_subject_of_elsewhere_is_declined(assistant: Assistant, subject: str) -> None:
    """What the base does not deal with is declined as before."""
    assert assistant.answer(subject).reason.startswith("hors du champ")
