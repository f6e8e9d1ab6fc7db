"""An evaluation of answers over the small base, without a model and with one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answering import Assistant
from assistant.answering.generate import GenerativeAssistant
from assistant.answering.write import Writer
from assistant.model import ModelSettings, open_model
from evaluation.answers.ask import Asking, Held, Outcome
from evaluation.answers.figures import summed_up
from evaluation.answers.plain import Foreign
from evaluation.answers.report import as_text, write_report
from evaluation.answers.run import AnswersEvaluation, as_json, evaluate_answers
from evaluation.answers.sets import Expected
from evaluation.answers.tables import tables
from evaluation.judgement import ALL
from retrieval import Retriever
from tests.model.scripted_server import KEY, ModelServer, serve
from tests.model.scripts import SCRIPTS
from tests.retrieval.small_base import TOPICS

FEE, BACKUP = TOPICS[0], TOPICS[1]
HOSTILE = "<script>alert(1)</script> | `rm`\n| a |"


def expects(name: str, text: str, *documents: str, **more: object) -> Expected:
    """A question of a made set."""
    return Expected(name, "essai", text, "sms", documents, **more)  # type: ignore[arg-type]


QUESTIONS = (
    expects("a", FEE.question, f"kb:questions/{FEE.id}", mention=(("réduire",),), cite=("1231-5",)),
    expects("b", BACKUP.question, f"kb:questions/{FEE.id}"),  # a wrong label: another is first
    expects("c", "Que dit la clause sur la résiliation ?", "kb:contract/resiliation"),
    expects("d#1", BACKUP.question, f"kb:questions/{BACKUP.id}", conversation="d"),
    expects("d#2", "Et si le contrat ne dit rien ?", f"kb:questions/{BACKUP.id}", conversation="d"),
    expects("f", "Quel vaccin pour mon chat ?"),
    expects("g", FEE.question),  # wrongly held foreign
)


@pytest.fixture(scope="module")
def opened(judged_home: Path) -> Retriever:
    """The small base, read only."""
    return Retriever.open(judged_home / "index")


@pytest.fixture(scope="module")
def found(opened: Retriever) -> AnswersEvaluation:
    """The evaluation without a model."""
    return evaluate_answers(Assistant(opened), opened, QUESTIONS)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """The scripted server."""
    yield from serve(SCRIPTS)


def with_model(name: str, opened: Retriever, server: ModelServer) -> AnswersEvaluation:
    """The evaluation with the model of a script, at 2 and 10 a million tokens."""
    asked = ModelSettings(f"{server.address}#{name}", SecretStr(KEY), price_in=2.0, price_out=10.0)
    writer = Writer(open_model(asked))
    assistant = GenerativeAssistant(Assistant(opened), writer)
    return evaluate_answers(assistant, opened, QUESTIONS[:3], model=writer.model.label)


def test_questions_are_counted_by_what_they_expect(found: AnswersEvaluation) -> None:
    """Five that the base must answer, two to decline."""
    assert (found.answered, found.foreign) == (5, 2) and found.model == ""


def test_right_answers_and_right_subjects_are_told_apart(found: AnswersEvaluation) -> None:
    """A wrong label is right (nothing is asked of its words) and its subject is not the first."""
    shares = found.summary.sets[ALL]
    assert shares.right.mean == 1.0 and shares.first.mean == pytest.approx(4 / 5)
    assert found.summary.sets["essai"] == shares


def test_a_turn_is_asked_after_those_before(found: AnswersEvaluation) -> None:
    """The follow-up alone says too little: it is answered from the turn before."""
    assert not [one for one in found.summary.missed if one.id == "d#2"]


def test_declining_is_judged_both_ways(found: AnswersEvaluation) -> None:
    """One of the two to decline was; none of the others."""
    assert found.summary.declined[ALL].mean == 0.5
    assert found.summary.sets[ALL].declined.mean == 0.0
    assert [one.id for one in found.summary.missed] == ["g"]


def test_nothing_foreign_is_shown(found: AnswersEvaluation) -> None:
    """By the plain reader, and by the guard."""
    assert found.summary.shown.total == 0 and found.summary.guard.removed == {}
    guard = found.summary.guard
    assert guard.cited > 10 and 0 < guard.kept <= guard.sentences


def test_time_is_told_with_the_guard_s_part(found: AnswersEvaluation) -> None:
    """A share of the whole."""
    times = found.summary.times
    assert 0 < times.median <= times.p95 and 0 < times.guard_share < 1
    assert found.summary.model is None


def test_an_honest_model_is_counted(opened: Retriever, server: ModelServer) -> None:
    """Its answers, its tokens (two calls an answer), its cost, and every sentence kept."""
    found = with_model("honest", opened, server)
    use = found.summary.model
    assert use and use.written == 3 and use.because == {}
    assert (use.tokens_in, use.tokens_out) == (6_000, 600)
    assert use.cost == pytest.approx(6_000 * 2e-6 + 600 * 10e-6)
    assert found.summary.shown.total == 0 and found.summary.guard.removed == {}
    assert any(table.title.startswith("Modèle de langage : honest") for table in tables(found))


def test_what_a_dishonest_model_adds_is_removed_and_counted(
    opened: Retriever, server: ModelServer
) -> None:
    """The sentence is taken out of each answer by its rule; the plain reader finds nothing left."""
    found = with_model("amounts", opened, server)
    assert found.summary.guard.removed == {"numbers": 3} and found.summary.shown.total == 0


def test_a_model_that_fails_leaves_the_base_s_answer(
    opened: Retriever, server: ModelServer
) -> None:
    """By its reason."""
    use = with_model("no-key", opened, server).summary.model
    assert use and use.written == 0 and sum(use.because.values()) == 3


def outcome(**changed: object) -> Outcome:
    """An outcome made by hand."""
    one = Outcome(
        expects("x", HOSTILE, "kb:questions/<b>"), {"answered": True, "mention": False}, "answered",
        ("kb:questions/autre",), False, 2, (Foreign("link", HOSTILE),),
        Held(4, 3, ("negation",), 5.0), ("reference", "orphan"), 10.0, 2.0,
    )  # fmt: skip
    return replace(one, **changed)  # type: ignore[arg-type]


def made(*outcomes: Outcome) -> AnswersEvaluation:
    """An evaluation of outcomes made by hand."""
    met = [replace(o, checks=dict.fromkeys(REQUIRED, True) | dict(o.checks)) for o in outcomes]
    return AnswersEvaluation("g", "h", "e", "", len(met), 0, summed_up(met, {}))


REQUIRED = ("answered", "mention", "cite", "clause", "not", "grounded")


def test_what_is_shown_and_foreign_is_told_to_the_letter() -> None:
    """The question, the sort, the text: in the figures and in a table."""
    found = made(outcome(), outcome(foreign=(), expected=expects("y", "?", "kb:questions/autre")))
    assert found.summary.shown.items == (("x", "link", HOSTILE),)
    assert ("Liens", "1") in next(
        t for t in tables(found) if t.title == "Montré et absent de la base"
    ).rows
    assert found.summary.guard.doubted == {"negation": 2}
    assert found.summary.guard.removed == {"reference": 2, "orphan": 2}


def test_a_wrong_answer_is_listed_with_what_it_lacks() -> None:
    """Its requirement in French; ids without what they share."""
    rows = tables(made(outcome()))[-1].rows
    assert rows[0][2:] == ("dit la règle", "<b>", "autre")


def test_every_row_is_as_wide_as_its_head() -> None:
    """And nothing of a hostile question is alive in the report."""
    for table in tables(made(outcome())):
        assert {len(row) for row in table.rows} == {len(table.head)}, table.title


def test_the_report_holds_the_figures(found: AnswersEvaluation, tmp_path: Path) -> None:
    """JSON, Markdown and page; each says that the development sets flatter."""
    paths = write_report(found, tmp_path / "new")
    assert [path.name for path in paths] == ["answers.json", "answers.md", "answers.html"]
    figures = json.loads(paths[0].read_text(encoding="utf-8"))
    assert figures["summary"]["sets"][ALL]["right"]["mean"] == 1.0 and figures["format"] == 1
    for path in paths[1:]:
        assert "validation croisée" in path.read_text(encoding="utf-8")


def test_a_hostile_question_is_dead_in_the_report(tmp_path: Path) -> None:
    """Neither the page nor the Markdown holds a tag of it."""
    _, markdown, page = write_report(made(outcome()), tmp_path)
    assert "<script" not in page.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<script", markdown.read_text(encoding="utf-8"))


def test_the_text_counts_what_it_leaves_out(found: AnswersEvaluation) -> None:
    """The long table is left to the report."""
    text = as_text(found)
    assert "1 réponse à revoir : --report ou --json les donne." in text
    assert "sans modèle de langage" in text and QUESTIONS[0].text not in text


def test_nothing_to_answer_is_no_share(opened: Retriever) -> None:
    """Foreign questions alone: no share of right answers, null in JSON, and a report all the same."""
    found = evaluate_answers(Assistant(opened), opened, QUESTIONS[5:6])
    assert found.summary.right != found.summary.right and found.summary.sets == {}
    assert json.dumps(as_json(found), allow_nan=False) and "Déclinées à raison".upper() in as_text(
        found
    )


def test_an_answer_in_english_is_not_read_again(opened: Retriever) -> None:
    """It can't be compared to sources in French."""
    asked = expects("e", FEE.english, f"kb:questions/{FEE.id}")
    (one,) = Asking(Assistant(opened), opened).ask([asked])
    assert one.right and one.held.sentences == 0 and one.first
