"""Quotes are found again in the text they come from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.quotes import MAX_QUOTE, best_quote, contains, sentences

TEXT = (
    "Le juge peut réduire la pénalité (C. civ., art. 1231-5). La clause contraire est réputée non"
    " écrite. Voir aussi Cass. com., 25 sept. 2019, n° 18-14.427."
)


def test_references_do_not_end_a_sentence() -> None:
    """The dots of « art. », « Cass. com. » and « n° » do not cut a sentence."""
    assert len(sentences(TEXT)) == 3


def test_the_sentence_that_shares_most_is_quoted() -> None:
    """The quote is the sentence whose words the statement shares."""
    assert best_quote(TEXT, "une clause contraire n'est pas écrite") == (
        "La clause contraire est réputée non écrite."
    )


def test_apostrophes_and_spaces_do_not_matter() -> None:
    """A quote is found again whatever its apostrophes and spaces."""
    assert contains("l’acheteur\u00a0: il paie", "l'acheteur : il  paie")


def test_an_empty_quote_is_no_quote() -> None:
    """Nothing is not found anywhere."""
    assert not contains(TEXT, " ")


def test_another_number_is_not_found() -> None:
    """A quote with one digit changed is not in the text."""
    assert not contains(TEXT, "C. civ., art. 1231-6")


@given(st.text(max_size=2000), st.text(max_size=200))
def test_every_quote_stands_in_its_text(text: str, statement: str) -> None:
    """A quote that is not empty is always in the text it was taken from, and bounded."""
    quote = best_quote(text, statement)
    assert len(quote) <= MAX_QUOTE
    assert not quote.strip() or contains(text, quote) or not quote.isprintable()
