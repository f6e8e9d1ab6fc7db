"""Files are read a few at a time, whoever sends them."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from interfaces.ui.upload import AT_ONCE, MEGABYTES, reading_turn
from retrieval.errors import AppError


def test_who_finds_no_room_is_told_and_served_afterwards() -> None:
    """When all turns are taken, the next visitor reads so; a turn given back is free again."""
    with ExitStack() as taken:
        for _ in range(AT_ONCE):
            taken.enter_context(reading_turn())
        with pytest.raises(AppError, match="Réessayez"), reading_turn(wait=0):
            pass
    with reading_turn(wait=0):
        pass


def test_a_reading_that_fails_gives_its_turn_back() -> None:
    """Files that cannot be read do not use the turns up."""
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ValueError), reading_turn(wait=0):
            raise ValueError


def test_the_server_refuses_what_no_page_reads() -> None:
    """A file over the limit is refused by the server too, before it fills its memory."""
    import tomllib

    from interfaces.settings import ROOT

    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        assert tomllib.load(file)["server"]["maxUploadSize"] == MEGABYTES
