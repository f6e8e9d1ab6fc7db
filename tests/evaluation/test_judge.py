"""Judging: what is asked of the retriever, with which weights, and how it is summed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evaluation.ablation import ablate
from evaluation.fit import FOLDS
from evaluation.judge import Verdict, crossed, dealt, judge, learnable, observed
from evaluation.judgement import (
    ABSENT,
    ALL,
    AMONG,
    CLAUSES,
    CONTRACT,
    QUESTIONS,
    Catalogue,
    catalogue,
    misses,
    summed_up,
)
from evaluation.measures import MEASURES
from evaluation.questions import Question
from evaluation.run import Evaluation, as_json, evaluate
from evaluation.threads import one_thread
from retrieval import Retriever
from retrieval.legs import LEGS

NOTHING = Catalogue({}, {})


def verdict(
    name: str, right: Sequence[str], ranked: Sequence[str], *, declined: bool = False
) -> Verdict:
    """What a retriever might have said."""
    question = Question(name, f"question {name}", tuple(right), "sms")
    return Verdict(question, tuple(ranked), (), 0.5, 0.5, declined)


def quiet(stage: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


def test_a_verdict_is_what_the_retriever_says(
    retriever: Retriever, questions: list[Question]
) -> None:
    """Documents, probabilities and the decision to decline are those of `rank` and its threshold."""
    for found in judge(retriever, questions[:3] + questions[-3:]):
        ranking = retriever.rank(found.question.text)
        assert found.ranked == tuple(one.document_id for one in ranking.candidates)
        assert (found.top, found.scope) == (
            ranking.candidates[0].probability, ranking.scope.probability,
        )  # fmt: skip
        assert found.declined == (found.scope < retriever.weights.threshold)


def test_passages_are_those_of_the_search(retriever: Retriever, questions: list[Question]) -> None:
    """The passages are those that `search` gives, and only for questions that have an answer."""
    first, foreign = judge(retriever, [questions[0], questions[-1]])
    hits = retriever.search(questions[0].text, 50)
    assert first.passages == tuple(hit.passage.id for hit in hits)
    assert foreign.passages == ()


def test_other_weights_leave_the_retriever_as_it_was(
    retriever: Retriever, questions: list[Question]
) -> None:
    """Judging with other weights changes the verdicts, not the retriever."""
    own = retriever.weights
    without = replace(own, legs=dict.fromkeys(own.legs, 0.0))
    blind = judge(retriever, questions[:3], without)
    assert retriever.weights is own
    # Every leg silent: all documents are equal, and ties go by id.
    assert all(list(one.ranked) == sorted(one.ranked) for one in blind)


def test_every_question_is_judged_once_outside_its_fold(questions: list[Question]) -> None:
    """Folds share out the questions, and none is among those learnt on when it is judged."""
    folds = list(dealt(questions))
    judged = [question.id for _, fold in folds for question in fold]
    assert len(folds) == FOLDS
    assert sorted(judged) == sorted(question.id for question in questions)
    for rest, fold in folds:
        assert not {questions[place].id for place in rest} & {question.id for question in fold}
        assert len(rest) + len(fold) == len(questions)


def test_a_label_changes_no_verdict_of_its_own_question(
    retriever: Retriever, questions: list[Question]
) -> None:
    """In cross-validation a question is judged as if its own label were unknown."""
    seen = observed(retriever, questions)
    place = next(n for n, question in enumerate(questions) if question.id.endswith("-sms"))
    lied = replace(seen, right=seen.right.copy())
    lied.right[place] = (lied.right[place] + 1) % seen.legs.shape[1]
    with one_thread():
        honest = crossed(retriever, questions, seen, quiet)
        assert crossed(retriever, questions, lied, quiet)[place] == honest[place]
    assert [one.question for one in honest] == questions


def test_few_questions_cannot_teach(retriever: Retriever, questions: list[Question]) -> None:
    """Weights are not learnt from a handful of questions, nor from one sort alone."""
    assert learnable(observed(retriever, questions))
    assert not learnable(observed(retriever, questions[:20]))
    assert not learnable(observed(retriever, [one for one in questions if one.documents]))


def test_the_index_is_unseen_by_questions_on_other_documents(
    retriever: Retriever, questions: list[Question]
) -> None:
    """A question whose document the index does not hold scores 0, and the document is named."""
    strange = Question("strange", "où est le document", ("kb:questions/nulle-part",), "sms")
    found = evaluate(retriever, [*questions[:4], strange])
    assert found.judged.unknown == ("kb:questions/nulle-part",)
    assert found.shipped.themes[ABSENT]["hit@1"].mean == 0.0
    assert found.shipped.documents[ALL]["hit@1"].count == 5
    assert found.crossed is None


def test_figures_by_group() -> None:
    """Figures are given over all, by sort of document, by register and by theme."""
    theme = Catalogue({"kb:questions/a": "prix", "kb:contract/c": CONTRACT}, {})
    verdicts = [
        verdict("1", ["kb:questions/a"], ["kb:questions/a"]),
        verdict("2", ["kb:questions/a"], ["kb:contract/c", "kb:questions/a"]),
        verdict("3", ["kb:contract/c"], ["kb:questions/a", "kb:contract/c"]),
    ]
    found = summed_up(verdicts, theme)
    hit1 = {name: (one["hit@1"].mean, one["hit@1"].count) for name, one in found.documents.items()}
    assert hit1 == {
        ALL: (pytest.approx(1 / 3), 3), QUESTIONS: (0.5, 2), CLAUSES: (0.0, 1), AMONG: (1.0, 1),
    }  # fmt: skip
    assert found.registers["sms"]["RR"].mean == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert {name: one["hit@3"].count for name, one in found.themes.items()} == {
        "prix": 2, CONTRACT: 1,
    }  # fmt: skip


def test_declining_is_counted_on_both_sides() -> None:
    """Foreign questions declined are right, the base's own questions declined are lost."""
    verdicts = [
        verdict("own", ["d"], ["d"]),
        verdict("lost", ["d"], ["d"], declined=True),
        verdict("foreign", [], ["d"], declined=True),
        verdict("taken", [], ["d"]),
    ]
    found = summed_up(verdicts, NOTHING)
    assert (found.declined.mean, found.lost.mean) == (0.5, 0.5)
    assert found.kinds["sms"] == found.declined
    assert [one.id for one in misses(verdicts)] == ["lost", "taken"]


def test_a_miss_says_what_was_expected_and_found() -> None:
    """A wrong first document is told with the first three; a right one is no miss."""
    wrong = verdict("w", ["d"], ["a", "b", "d", "c"])
    (found,) = misses([wrong, verdict("r", ["d"], ["d"])])
    assert (found.id, found.expected, found.got) == ("w", ("d",), ("a", "b", "d"))


def test_a_passage_is_right_when_its_document_is() -> None:
    """Passages are judged against all those of the right documents."""
    held = Catalogue({}, {"d": ("d#1", "d#2"), "e": ("e#1",)})
    found = summed_up([replace(verdict("q", ["d"], ["d"]), passages=("e#1", "d#2"))], held)
    assert found.passages["RR"].mean == 0.5
    assert found.passages["R@10"].mean == 0.5


def test_the_catalogue_knows_themes_and_passages(retriever: Retriever) -> None:
    """Questions have their theme, clauses that of the contract, each its passages."""
    held = catalogue(retriever)
    assert held.themes["kb:questions/mots-de-passe"] == "donnees"
    assert held.themes["kb:contract/prix"] == CONTRACT
    assert "kb:contract/prix#clause" in held.passages["kb:contract/prix"]


def test_the_headline_is_crossed(evaluation: Evaluation) -> None:
    """With enough questions the figures to quote are those of cross-validation."""
    assert evaluation.crossed is evaluation.headline
    assert evaluation.hit1 == evaluation.headline.documents[ALL]["hit@1"]
    assert evaluation.hit1.mean > 0.8
    assert set(evaluation.headline.passages) == set(MEASURES)


def test_ablation_names_every_leg(evaluation: Evaluation, retriever: Retriever) -> None:
    """Each leg has its line, its shipped weight, and hit@1 without it both ways."""
    assert tuple(one.leg for one in evaluation.ablation) == LEGS
    for one in evaluation.ablation:
        assert one.weight == retriever.weights.legs.get(one.leg, 0.0)
        assert one.silenced.count == 25
        assert one.relearnt is not None
        assert one.relearnt.count == 25


def test_ablation_silences_the_leg(retriever: Retriever, questions: list[Question]) -> None:
    """Without the only leg that has a weight nothing is found; without another, all is as before."""
    own = retriever.weights
    retriever.weights = replace(own, legs={**dict.fromkeys(own.legs, 0.0), "wordings": 1.0})
    try:
        rows = {one.leg: one for one in ablate(retriever, questions, None, quiet)}
    finally:
        retriever.weights = own
    assert rows["wordings"].silenced.mean < 0.3
    assert rows["senses"].silenced.mean > 0.8
    assert rows["senses"].relearnt is None


def test_the_json_has_no_nan(evaluation: Evaluation, retriever: Retriever) -> None:
    """Where there was nothing to measure the JSON says null; figures keep their names."""
    alone = evaluate(retriever, [Question("f", "une recette", (), "cuisine")])
    found = as_json(alone)
    assert found["shipped"]["lost"] == {"mean": None, "low": None, "high": None, "count": 0}
    assert as_json(evaluation)["crossed"]["documents"][ALL]["hit@1"]["mean"] == evaluation.hit1.mean


def test_an_evaluation_is_the_same_twice(
    evaluation: Evaluation, retriever: Retriever, questions: list[Question]
) -> None:
    """The same index and the same questions give the same figures."""
    assert as_json(evaluate(retriever, questions)) == as_json(evaluation)
