"""Sets read with what their answers must say, conversations turn by turn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.answers.sets import Expected, read_sets
from retrieval.errors import UsageError


def written(folder: Path, *rows: object, name: str = "essai") -> Path:
    """A set of some lines."""
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return path


def test_the_development_sets_are_read_whole() -> None:
    """240 questions, 60 on clauses, 200 to decline, 24 conversations of three turns."""
    found = read_sets()
    assert len(found) == 240 + 60 + 200 + 72 and len({one.id for one in found}) == len(found)
    assert sum(one.foreign for one in found) == 200 and sum(one.on_clause for one in found) == 60


def test_a_set_goes_by_its_short_name() -> None:
    """ "clauses" is dev_clauses.jsonl."""
    assert read_sets(["clauses"]) == read_sets(["dev_clauses"])
    assert {one.set for one in read_sets(["clauses"])} == {"dev_clauses"}


def test_files_and_folders_are_sets_too(tmp_path: Path) -> None:
    """A file twice is read once."""
    path = written(tmp_path, {"id": "a", "topic": "prix", "question": "Combien ?"})
    assert [one.id for one in read_sets([str(tmp_path), str(path)])] == ["a"]


def test_a_turn_keeps_its_place(tmp_path: Path) -> None:
    """Turns have the id of their conversation and their number, and say so as their register."""
    turns = [{"question": "Et si ?", "topic": "prix"}, {"question": "Et sinon ?", "topic": "sla"}]
    written(tmp_path, {"id": "c", "turns": turns})
    first, second = read_sets([str(tmp_path)])
    assert (first.id, second.id) == ("c#1", "c#2")
    assert first.conversation == second.conversation == "c" and second.register == "tour 2"
    assert second.documents == ("kb:questions/sla",)


def test_what_is_asked_of_an_answer_is_read(tmp_path: Path) -> None:
    """The clause first, then those that answer too; patterns by group."""
    row = {"id": "a", "clause": "prix", "also": ["duree"], "question": "?", "must_mention": [["x", "y"]],
           "must_cite_any": ["1103"], "must_not": ["z"]}  # fmt: skip
    written(tmp_path, row)
    assert read_sets([str(tmp_path)]) == [
        Expected("a", "essai", "?", "clause", ("kb:contract/prix", "kb:contract/duree"),
                 (("x", "y"),), ("1103",), ("z",))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"question": "?"}, "ni « topic », ni « clause », ni « expected »"),
        ({"topic": "prix", "question": " "}, "« question » doit être un texte"),
        ({"topic": "prix", "question": "?", "must_not": ["("]}, "expression '('"),
        ({"topic": "prix", "question": "?", "must_mention": ["x"]}, "expressions régulières"),
        ({"topic": "prix", "question": "?", "must_cite_any": "1103"}, "doit être une liste"),
        ({"id": "c", "turns": ["?"]}, "« turns » doit être une liste d'objets"),
        (["?"], "n'est pas un objet"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, row: object, told: str) -> None:
    """By its file, its number, and what is wrong."""
    written(tmp_path, {"id": "ok", "topic": "prix", "question": "?"}, row)
    with pytest.raises(UsageError) as caught:
        read_sets([str(tmp_path)])
    assert told in caught.value.problem and "essai.jsonl:2" in caught.value.problem


def test_an_unknown_set_is_told_with_the_known_ones() -> None:
    """The remedy names them."""
    with pytest.raises(UsageError) as caught:
        read_sets(["introuvable"])
    assert "'introuvable'" in caught.value.problem and "conversations" in caught.value.fix


def test_an_id_is_taken_once(tmp_path: Path) -> None:
    """Across files too."""
    for name in ("a", "b"):
        written(tmp_path, {"id": "x", "topic": "prix", "question": "?"}, name=name)
    with pytest.raises(UsageError, match="déjà pris"):
        read_sets([str(tmp_path)])


def test_no_question_is_no_evaluation(tmp_path: Path) -> None:
    """An empty folder is said so."""
    with pytest.raises(UsageError, match="Aucune question"):
        read_sets([str(tmp_path)])
