"""What makes an answer right, requirement by requirement."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.answering import Answer, Citation, Part
from evaluation.answers.right import authority, checks, points_to
from evaluation.answers.sets import Expected

LAW = Citation(
    1,
    "kb:law/c-civ-1231-5",
    "statute",
    "Clause pénale",
    "C. civ., art. 1231-5",
    None,
    "Le juge peut",
)
CLAUSE = Citation(
    2, "kb:contract/prix#clause", "clause", "Prix", "Modèle de contrat, art. 18", None, "Le prix"
)
ANSWER = Answer(
    "?", "answered", (Part("", "Le juge peut réduire l'indemnité [1] [2]."),), (LAW, CLAUSE), 0.9,
    "connue", "fr", (), "g",
)  # fmt: skip
EXPECTED = Expected(
    "a", "essai", "?", "sms", ("kb:questions/indemnite",), (("réduire", "modérer"), ("indemnité",)),
    ("1231-5",), ("toujours due",),
)  # fmt: skip


def failed(expected: Expected = EXPECTED, answer: Answer = ANSWER) -> set[str]:
    """The requirements that an answer does not meet."""
    return {name for name, met in checks(expected, answer).items() if not met}


def with_text(text: str) -> Answer:
    """The same answer in other words."""
    return replace(ANSWER, parts=(Part("", text),))


def test_a_right_answer_meets_all() -> None:
    """It names the rule, cites its source, and every marker leads to one."""
    assert failed() == set()


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (with_text("Le juge peut réduire la dette [1]."), {"mention"}),
        (with_text("Le juge peut RÉDUIRE l'indemnité, toujours due [1]."), {"not"}),
        (with_text("Le juge peut réduire l'indemnité [1] [3]."), {"grounded"}),
        (replace(ANSWER, citations=(CLAUSE,)), {"cite", "grounded"}),
        (replace(ANSWER, status="declined"), {"answered"}),
        (replace(ANSWER, status="needs_review"), set()),
        (replace(ANSWER, parts=(), citations=()), {"answered", "mention", "cite", "grounded"}),
    ],
)
def test_what_is_missing_is_named(answer: Answer, names: set[str]) -> None:
    """One requirement at a time."""
    assert failed(answer=answer) == names


@pytest.mark.parametrize(("name", "names"), [("prix", set()), ("duree", {"clause"})])
def test_a_clause_must_be_a_source(name: str, names: set[str]) -> None:
    """The clause itself, or one that answers too."""
    assert failed(replace(EXPECTED, documents=(f"kb:contract/{name}",))) == names
    also = replace(EXPECTED, documents=(f"kb:contract/{name}", "kb:contract/prix"))
    assert failed(also) == set()


@pytest.mark.parametrize(("status", "right"), [("declined", True), ("answered", False)])
def test_what_is_foreign_must_be_declined(status: str, right: bool) -> None:
    """And nothing else is asked of it."""
    answer = replace(ANSWER, status=status)  # type: ignore[arg-type]
    assert checks(replace(EXPECTED, documents=()), answer) == {"declined": right}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("1231-5", "art. 1231-5", True), ("1231-5", "art. 1231-51", False), ("1231-5", "11231-5", False),
        ("L.441-10", "L. 441-10", True), ("L.441-10", "L. 441-101", False),
        ("28", "RGPD, article 28", True), ("28", "28 jours", False), ("28", "art. 280", False),
        ("09-11.841", "n° 09-11.841", True), (r"\b1103\b", "1103", True),
    ],
)  # fmt: skip
def test_an_authority_is_read_as_lawyers_write_it(name: str, text: str, found: bool) -> None:
    """A number is not found in a longer one; a number alone only after "article"."""
    assert bool(re.search(authority(name), text)) is found


def test_hyphens_are_all_one() -> None:
    """A source with a non-breaking hyphen is the same article."""
    spaced = replace(
        ANSWER, citations=(replace(LAW, reference="art. 1231‑ 5", passage_id="x", quote=""),)
    )
    assert "cite" not in failed(answer=spaced)


def test_a_source_points_to_its_document() -> None:
    """Whatever the section."""
    assert points_to([CLAUSE], ["kb:contract/prix"]) and not points_to([LAW], ["kb:contract/prix"])
