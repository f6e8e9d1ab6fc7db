"""Texts of every kind, and how many of them a property is tried on."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# Surrogates, emoji, controls, combining marks: whatever a form or a file may hold.
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=120)

SOME = settings(
    max_examples=40,
    deadline=None,  # the first example loads what the others find loaded
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
