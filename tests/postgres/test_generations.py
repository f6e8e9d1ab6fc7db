"""Going back to a generation of a database."""

from __future__ import annotations

import pytest

from ingest.generations import database_generations, database_roll_back
from retrieval.errors import IndexMissingError
from retrieval.postgres import current_generation
from tests.postgres.conftest import Home


def test_one_goes_back_and_builds_on(home: Home) -> None:
    """The old generation is served again, then the next build, as in a folder."""
    first = current_generation(home.address)
    second = home.build().manifest.generation
    assert [g.manifest.generation for g in database_generations(home.address)] == [second, first]
    database_roll_back(home.address, first)
    assert current_generation(home.address) == first
    assert [g.served for g in database_generations(home.address)] == [True, False]
    third = home.build().manifest.generation
    assert current_generation(home.address) == third


def test_an_unknown_generation_changes_nothing(home: Home) -> None:
    """A name that is not kept is refused; the same generation is served."""
    before = current_generation(home.address)
    with pytest.raises(IndexMissingError):
        database_roll_back(home.address, "x'; DROP SCHEMA maintelex_index CASCADE; --")
    assert current_generation(home.address) == before
