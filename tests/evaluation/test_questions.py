"""Reading question sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.questions import SETS, read_questions
from retrieval.errors import UsageError
from tests.evaluation.small_set import write_rows


def test_a_topic_names_its_question_file(tmp_path: Path) -> None:
    """A line with a topic expects that question of the base, in the register of its style."""
    question = read_questions(
        write_rows(
            tmp_path, [{"id": "a", "question": "Combien ?", "topic": "prix", "style": "sms"}]
        )
    )[0]
    assert question.documents == ("kb:questions/prix",)
    assert (question.id, question.text, question.register) == ("a", "Combien ?", "sms")


def test_a_clause_comes_with_those_that_answer_too(tmp_path: Path) -> None:
    """A line with a clause expects it or any of its `also`, itself first, each once."""
    row = {"question": "Le prix ?", "clause": "prix", "also": ["annexe-tarifs", "prix"]}
    question = read_questions(write_rows(tmp_path, [row]))[0]
    assert question.documents == ("kb:contract/prix", "kb:contract/annexe-tarifs")
    assert question.register == "clause"


def test_a_question_to_decline_expects_nothing(tmp_path: Path) -> None:
    """A line with `expected` has no document, and its kind as register."""
    row = {"question": "Une recette ?", "expected": "decline", "kind": "non-legal"}
    question = read_questions(write_rows(tmp_path, [row]))[0]
    assert question.documents == ()
    assert question.register == "non-legal"


def test_a_line_without_id_is_named_by_its_place(tmp_path: Path) -> None:
    """A question without an id gets its file and line as one."""
    (question,) = read_questions(write_rows(tmp_path, [{"question": "Où ?", "topic": "prix"}]))
    assert question.id == "set.jsonl:1"


def test_conversations_are_left_out(tmp_path: Path) -> None:
    """Lines with turns are passed over: their follow-ups mean nothing alone."""
    rows: list[dict[str, object]] = [
        {"id": "c", "turns": [{"question": "Et après ?", "topic": "prix"}]},
        {"id": "q", "question": "Combien ?", "topic": "prix"},
    ]
    assert [question.id for question in read_questions(write_rows(tmp_path, rows))] == ["q"]


@pytest.mark.parametrize(
    "line",
    [
        "{", "[1]", '"texte"', "null", '{"question": "Combien ?"}', '{"topic": "prix"}',
        '{"topic": "prix", "question": "  "}', '{"topic": 3, "question": "Combien ?"}',
        '{"clause": "prix", "also": "tout", "question": "Combien ?"}',
        '{"clause": "prix", "also": [1], "question": "Combien ?"}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    """A line that is not of the format is refused with its file and number, whatever it holds."""
    (tmp_path / "set.jsonl").write_text('{"question": "Ok ?", "topic": "prix"}\n\n' + line)
    with pytest.raises(UsageError, match=r"set\.jsonl:3"):
        read_questions(tmp_path)


def test_two_questions_of_one_id_are_refused(tmp_path: Path) -> None:
    """The same id in two files is an error: measures would mix the two."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text('{"id": "x", "question": "Q ?", "topic": "prix"}')
    with pytest.raises(UsageError, match=r"b\.jsonl:1.*'x'"):
        read_questions(tmp_path)


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    """An empty folder says that it holds no question, and what to give."""
    with pytest.raises(UsageError, match="Aucune question"):
        read_questions(tmp_path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """A file in another encoding is named, with the remedy."""
    (tmp_path / "set.jsonl").write_bytes('{"question": "Où ?"}'.encode("latin-1"))
    with pytest.raises(UsageError, match="UTF-8"):
        read_questions(tmp_path)


def test_the_shipped_sets_are_read() -> None:
    """The development sets have their 240 questions, 60 on clauses, 200 to decline."""
    found = read_questions(SETS)
    expected = [question.documents[:1] for question in found]
    starts = [documents[0].split("/")[0] if documents else "" for documents in expected]
    assert [starts.count(name) for name in ("kb:questions", "kb:contract", "")] == [240, 60, 200]


def test_the_shipped_sets_ask_for_documents_that_exist() -> None:
    """Every document that the development sets expect is a file of the knowledge base."""
    kb = SETS.parents[1] / "kb"
    known = {f"kb:questions/{path.stem}" for path in (kb / "questions").glob("*.md")}
    known |= {
        f"kb:contract/{p.stem.partition('-')[2]}" for p in (kb / "contract/clauses").glob("*.md")
    }
    known |= {f"kb:contract/{path.stem}" for path in (kb / "contract/annexes").glob("*.md")}
    assert {name for question in read_questions(SETS) for name in question.documents} <= known
