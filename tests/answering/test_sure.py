"""When an answer goes out, with a notice or without, and when it does not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.abroad import is_abroad
from assistant.answering.sure import answers, certainty, on_the_edge, percent, status_of
from retrieval import Candidate, Ranking
from retrieval.types import Scope

THRESHOLD = 0.6


def ranking(scope: float, *shares: float, first: str = "kb:questions/a") -> Ranking:
    """A ranking with some shares, the first document named."""
    names = [first, *(f"kb:questions/{n}" for n in range(1, len(shares)))]
    found = tuple(Candidate(n, n, s, s) for n, s in zip(names, shares, strict=True))
    return Ranking(found, Scope(scope), {})


@pytest.mark.parametrize(
    ("answered", "scope", "share"),
    [(True, 0.95, 0.2), (False, 0.3, 1.0), (True, 0.45, 0.9), (False, 0.45, 0.5)],
)
def test_whether_the_base_answers(answered: bool, scope: float, share: float) -> None:
    """In the field, or at its edge and very near one question."""
    assert answers(ranking(scope, share), THRESHOLD) is answered


def test_nothing_ranked_answers_nothing() -> None:
    """An index without questions declines."""
    assert not answers(Ranking((), Scope(1.0), {}), THRESHOLD)


@pytest.mark.parametrize(
    ("edge", "scope", "share"),
    [(True, 0.5, 0.95), (True, 0.7, 0.5), (False, 0.7, 0.95), (False, 0.95, 0.3)],
)
def test_the_notice_comes_where_it_tells_something(edge: bool, scope: float, share: float) -> None:
    """A sure subject near the edge goes out without a notice: it is as often right as others."""
    assert on_the_edge(ranking(scope, share), THRESHOLD) is edge


def status(found: Ranking, *, certain: float = 1.0, as_of: date | None = None) -> tuple[str, str]:
    """The status of an answer on one subject."""
    return status_of(found, certain, ("Titre", ""), as_of, "fr", THRESHOLD)


def test_an_uncertain_subject_is_told() -> None:
    """Documents that together may well not answer go out with a notice that names the first."""
    assert status(ranking(1.0, 0.2), certain=0.3) == (
        "needs_review",
        "sujet incertain ; réponse la plus proche : « Titre »",
    )


def test_an_older_contract_goes_to_a_lawyer() -> None:
    """A contract older than the reform always does."""
    assert status(ranking(1.0, 1.0), as_of=date(2014, 1, 1))[0] == "needs_review"


def test_a_clause_is_called_a_clause() -> None:
    """The reason does not call a clause of the model a question."""
    told = status(ranking(1.0, 1.0, first="kb:contract/prix"))
    assert told == ("answered", "clause du modèle reconnue : « Titre »")


def test_certainty_is_a_share() -> None:
    """What several documents shown are worth together, never above one."""
    some = ranking(1.0, 0.7, 0.2).candidates
    assert certainty((*some, None)) == pytest.approx(0.9)
    assert certainty((*some, *some)) == 1.0


def test_a_share_is_written_as_the_language_writes_it() -> None:
    """French parts the sign from the figure."""
    assert percent(0.171, "fr") == "17\N{NO-BREAK SPACE}%" and percent(0.171, "en") == "17%"


@pytest.mark.parametrize(
    ("abroad", "question", "first"),
    [
        (True, "Under New York law, is a limitation clause enforceable?", "kb:questions/a"),
        (True, "droit suisse : quel préavis ?", "kb:questions/a"),
        (True, "Que dit le droit belge sur la clause pénale ?", "kb:questions/a"),
        (False, "Peut-on choisir la loi suisse ?", "kb:questions/droit-applicable-langue"),
        (False, "Mon prestataire belge peut-il augmenter ses prix ?", "kb:questions/a"),
    ],
)
def test_foreign_law_is_not_answered_by_the_french(abroad: bool, question: str, first: str) -> None:
    """Another law than the French one is declined; which law applies is answered."""
    assert is_abroad(question, ranking(1.0, 0.9, first=first), True) is abroad
