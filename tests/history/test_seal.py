"""A secret opens what it sealed, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.history import HistoryError, Holder, new_token
from assistant.history.seal import MAX_BYTES, is_token


@given(st.binary(max_size=2_000), st.text(max_size=40))
def test_what_is_sealed_opens_again(data: bytes, about: str) -> None:
    """Any data comes back, and its sealed form does not repeat."""
    holder = Holder(new_token())
    sealed = holder.seal(data, about)
    assert holder.open(sealed, about) == data
    assert holder.seal(data, about) != sealed


@given(st.integers(min_value=0, max_value=60))
def test_a_changed_byte_is_refused(place: int) -> None:
    """Whoever writes to the store cannot put words into a conversation."""
    holder = Holder(new_token())
    sealed = bytearray(holder.seal(b"question" * 10, "c1"))
    sealed[place % len(sealed)] ^= 1
    with pytest.raises(HistoryError):
        holder.open(bytes(sealed), "c1")


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 200])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    """Too short, or nothing of ours: one answer."""
    with pytest.raises(HistoryError):
        Holder(new_token()).open(sealed, "c1")


def test_another_secret_or_another_name_opens_nothing() -> None:
    """A row cannot be moved to another conversation, nor read by another visitor."""
    holder = Holder(new_token())
    sealed = holder.seal(b"question", "c1")
    for other, about in ((Holder(new_token()), "c1"), (holder, "c2")):
        with pytest.raises(HistoryError):
            other.open(sealed, about)


def test_too_much_is_refused() -> None:
    """What is sealed has a bound."""
    with pytest.raises(HistoryError):
        Holder(new_token()).seal(b"x" * (MAX_BYTES + 1), "c1")


def test_the_secret_stays_out_of_sight() -> None:
    """Neither what finds, nor what is shown of a holder, gives the secret."""
    token = new_token()
    holder = Holder(token)
    assert token not in repr(holder)
    assert len({holder.owner, holder.derived("desk"), holder.derived("other"), token}) == 4


@pytest.mark.parametrize(
    "text", ["", "x" * 42, "x" * 44, "x" * 42 + "=", "x" * 42 + "\n", "é" * 43]
)
def test_only_a_secret_looks_like_one(text: str) -> None:
    """A cookie or an address that anybody may write is checked for its form."""
    assert is_token(new_token())
    assert not is_token(text)
