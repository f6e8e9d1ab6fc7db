"""What the facts' controls say is what the assistant reads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.facts import Facts, Span, facts_of, only_facts, read_facts
from interfaces.ui.assistant.case_panel import CLIENTS, OLDEST, SIDES, sentences

DAYS = st.dates(OLDEST, date(2026, 1, 1))


@pytest.mark.parametrize("sentence", [*SIDES.values(), *CLIENTS.values()])
def test_a_choice_is_a_fact_and_no_question(sentence: str) -> None:
    """No choice is searched as a question, nor completes one."""
    assert only_facts(sentence)
    assert read_facts(sentence) != Facts()


@pytest.mark.parametrize("side", sorted(SIDES))
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_a_choice_changes_no_other(side: str, client: str) -> None:
    """The capacity of the client says nothing of whose the question is, in whatever order."""
    for said in ([SIDES[side], CLIENTS[client]], [CLIENTS[client], SIDES[side]]):
        facts = facts_of(said)
        assert (facts.side, facts.client) == (side, client)


@given(DAYS, st.sampled_from(sorted(SIDES)), st.sampled_from(sorted(CLIENTS)))
def test_what_the_controls_say_is_read_back(day: date, side: str, client: str) -> None:
    """Date, side and capacity come back as they were chosen."""
    facts = Facts(contract=Span(day, day), side=side, client=client)  # type: ignore[arg-type]
    assert facts_of(sentences(facts)) == facts


def test_a_vague_date_is_left_to_the_text() -> None:
    """A year is not turned into a day that nobody gave."""
    assert sentences(Facts(contract=Span(date(2014, 1, 1), date(2014, 12, 31)))) == []
