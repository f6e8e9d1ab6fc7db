"""Until when one may sue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.deadlines import RULES, Action, Event, add_months, prescription
from ingest.readers.kb import KnowledgeBase
from retrieval.errors import UsageError

START = date(2024, 2, 29)
ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("rule", "end"),
    [
        ("generale", date(2029, 2, 28)), ("commerciale", date(2029, 2, 28)),
        ("consommateur", date(2026, 2, 28)), ("vice-cache", date(2026, 2, 28)),
    ],
)  # fmt: skip
def test_the_time_of_each_rule(rule: str, end: date) -> None:
    """Five years, or two; a 29 February ends on a 28th."""
    found = prescription(Action(rule, START), ON)
    assert found.act_before == end
    assert found.out_of_time is (end <= ON)


def test_a_recognition_starts_the_time_again() -> None:
    """For the same length, from its day."""
    found = prescription(
        Action("generale", START), ON, [Event("reconnaissance", date(2025, 5, 31))]
    )
    assert found.act_before == date(2030, 5, 31)
    assert {"c-civ-2240", "c-civ-2231"} <= set(found.working.authorities)


def test_a_mediation_suspends_the_time() -> None:
    """Its days are added."""
    event = Event("mediation", date(2026, 1, 1), date(2026, 3, 2))
    assert prescription(Action("generale", START), ON, [event]).act_before == date(2029, 4, 29)


def test_six_months_remain_after_a_mediation() -> None:
    """Even when it began on the eve of the end."""
    event = Event("mediation", date(2029, 2, 27), date(2029, 3, 31))
    assert prescription(Action("generale", START), ON, [event]).act_before == date(2029, 9, 30)


def test_a_court_stops_the_time() -> None:
    """No end is computed while a court is seised."""
    found = prescription(
        Action("generale", START), date(2040, 1, 1), [Event("justice", date(2025, 1, 1))]
    )
    assert found.act_before is None and not found.out_of_time


def test_a_contract_may_set_the_time() -> None:
    """Between one and ten years."""
    assert prescription(Action("generale", START, 1), ON).act_before == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("action", "events", "said"),
    [
        (Action("inconnue", START), [], "Action inconnue"),
        (Action("generale", START, 11), [], "d'un an à dix ans"),
        (Action("generale", START, 3, periodic=True), [], "somme périodique"),
        (Action("consommateur", START, 3), [], "avec un consommateur"),
        (Action("generale", START), [Event("lettre", date(2025, 1, 1))], "Événement inconnu"),
        (Action("generale", START), [Event("mediation", date(2025, 1, 1))], "pas de date de fin"),
        (Action("generale", START), [Event("reconnaissance", date(2020, 1, 1))], "vient avant"),
        (Action("generale", START), [Event("reconnaissance", date(2030, 1, 1))], "après la fin du délai"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told(action: Action, events: list[Event], said: str) -> None:
    """Each refusal says what was received and cites the rule where there is one."""
    with pytest.raises(UsageError, match=said):
        prescription(action, ON, events)


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(sorted(RULES)),
    st.integers(0, 700), st.integers(0, 400),
)  # fmt: skip
def test_no_event_shortens_the_time(start: date, rule: str, later: int, length: int) -> None:
    """A recognition or a mediation never brings the end nearer."""
    plain = prescription(Action(rule, start), ON).act_before
    day = start + timedelta(days=later)
    for event in (
        Event("reconnaissance", day),
        Event("mediation", day, day + timedelta(days=length)),
    ):
        changed = prescription(Action(rule, start), ON, [event]).act_before
        assert plain and changed and changed >= plain


@given(st.lists(st.integers(1, 700), min_size=1, max_size=4, unique=True))
def test_the_order_of_events_does_not_count(gaps: list[int]) -> None:
    """Events are put in the order of their days."""
    events = [Event("reconnaissance", START + timedelta(days=gap)) for gap in gaps]
    there = prescription(Action("generale", START), ON, events)
    back = prescription(Action("generale", START), ON, events[::-1])
    assert there == back
    assert there.act_before == add_months(START + timedelta(days=max(gaps)), 60)


def test_every_rule_is_in_the_base(base: KnowledgeBase) -> None:
    """The authorities of the rules are those of kb/law."""
    assert all(rule.authority in base.authorities for rule in RULES.values())
