"""What time makes wrong is found, on the day it becomes so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.check_dates import months_between
from tests.ingest.small_kb import DECISION, STATUTE, SmallKb

OLD = STATUTE | {
    "id": "c-civ-ancien-1134", "citation": "C. civ., ancien art. 1134", "article": "1134",
    "in_force_since": None, "in_force_until": "2016-09-30", "replaced_by": ["c-civ-1211"],
}  # fmt: skip
STATES = "Le contrat fait loi [@c-civ-ancien-1134]."


@pytest.fixture
def kb(tmp_path: Path) -> SmallKb:
    """A base that knows an article that has ended."""
    base = SmallKb(tmp_path / "kb")
    base.law(OLD)
    return base


def test_law_that_has_ended_is_found_with_its_heir(kb: SmallKb) -> None:
    """Cited as if in force, it is an error; the remedy names what replaced it."""
    kb.question(body=STATES)
    (finding,) = kb.findings()
    assert finding.problem == "« c-civ-ancien-1134 » n'est plus en vigueur depuis le 2016-09-30"
    assert "c-civ-1211" in finding.remedy
    assert finding.level == "erreur"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("L'ancien article 1134 le disait [@c-civ-ancien-1134].", {}),
        ("Avant la réforme, le contrat faisait loi [@c-civ-ancien-1134].", {}),
        (STATES, {"applies_to": "2016-09-30"}),
    ],
)
def test_old_law_told_as_such_passes(kb: SmallKb, body: str, head: dict[str, str]) -> None:
    """In a sentence that speaks of the past, or in an answer on contracts of the past."""
    kb.question(body=body, **head)
    assert kb.problems() == ""


def test_law_ends_on_its_day(kb: SmallKb) -> None:
    """Right until its last day, wrong from the next."""
    kb.law(STATUTE | {"id": "c-civ-1211", "in_force_until": "2026-12-31"})
    assert kb.problems(date(2026, 12, 31)) == ""
    assert "n'est plus en vigueur" in kb.problems(date(2027, 1, 1))


def test_a_decision_left_behind_must_be_told_as_such(kb: SmallKb) -> None:
    """« dépassée » may stand in the sentence or beside it, not in another paragraph."""
    kb.law(OLD, decisions=[DECISION | {"standing": "dépassée"}])
    kb.question(body="Le plafond tombe [@cass-com-2010-06-29].\n\nElle est dépassée.")
    assert "est une décision dépassée" in kb.problems()
    kb.question(body="Le plafond tombe [@cass-com-2010-06-29]. Cette décision est dépassée.")
    assert kb.problems() == ""


def test_an_authority_changed_since_the_review_is_an_error(kb: SmallKb) -> None:
    """`changed_on` after the page's `reviewed_on`: someone has to read the page again."""
    kb.law(STATUTE | {"changed_on": "2026-11-25"})
    levels = {(finding.path, finding.level) for finding in kb.findings()}
    assert levels == {
        ("questions/preavis.md", "erreur"),
        ("contract/clauses/33-resiliation.md", "erreur"),
    }


@pytest.mark.parametrize(
    ("dates", "level"),
    [
        ({"reviewed_on": "2026-11-25"}, "avis"),
        ({"reviewed_on": "2026-11-25", "changed_on": "2026-11-24"}, None),
        ({"changed_on": "2026-11-24"}, None),
    ],
)
def test_an_authority_only_read_again_is_advice(
    kb: SmallKb, dates: dict[str, str], level: str | None
) -> None:
    """Without a change after the page's review there is at most an advice."""
    kb.law(STATUTE | dates)
    assert {finding.level for finding in kb.findings()} == ({level} if level else set())


def test_an_entry_not_reviewed_for_a_year_is_advice(kb: SmallKb) -> None:
    """Twelve months to the day, and the check still passes."""
    assert kb.problems(date(2027, 11, 23)) == ""
    findings = kb.findings(date(2027, 11, 24))
    assert {finding.level for finding in findings} == {"avis"}
    assert "(12 mois)" in findings[0].problem


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 60))
def test_months_count_whole_months(start: date, months: int) -> None:
    """The same day some months later is that many months away, the day before one fewer."""
    start = start.replace(day=min(start.day, 28))
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    assert months_between(start, date(year, month + 1, start.day)) == months
    if start.day > 1:
        assert months_between(start, date(year, month + 1, start.day - 1)) == months - 1
