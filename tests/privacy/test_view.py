"""A text as the recognisers read it, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy.view import View
from tests.retrieval.any_text import ANY_TEXT, SOME


@pytest.mark.parametrize(
    ("cased", "text"),
    [
        ("Societe Levesque", "Société Lévesque"),
        ("Societe Levesque", "Socie\u0301te\u0301 Le\u0301vesque"),
        ("l'oeuvre - SAS", "l’œuvre – SAS"),
        ("Dupont", "Du\u200bp\u00adont"),
        ("06 39", "06\u00a0\u202f39"),
        ("06 39", "\uff10\uff16 \uff13\uff19"),
        ("a b\nc", "a \t b\u2028c"),
        ("fin", "\ufb01n"),
    ],
)
def test_plain_letters(cased: str, text: str) -> None:
    """Accents, ligatures, unseen characters and repeated spaces are gone; capitals stay."""
    assert View.of(text).cased == cased


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("M. Le\u0301vesque.", "Le\u0301vesque"),
        ("M. Du\u200bpont !", "Du\u200bpont"),
        ("le œufs Dupont", "Dupont"),
        ("\u200bDupont", "Dupont"),
        ("Jean  Dupont", "Dupont"),
    ],
)
def test_the_way_back(text: str, name: str) -> None:
    """A word of the view leads to all the characters of the text that it was read from."""
    view = View.of(text)
    (word,) = [word for word in view.words() if word.low in ("levesque", "dupont")]
    start, end = view.span(word.start, word.end)
    assert text[start:end] == name


@given(ANY_TEXT)
@SOME
def test_views_of_any_text(text: str) -> None:
    """Both spellings have one length, and each word comes from a part of the text, in order."""
    view = View.of(text)
    assert len(view.cased) == len(view.folded)
    before = 0
    for word in view.words():
        start, end = view.span(word.start, word.end)
        assert before <= start < end <= len(text)
        before = start


@given(st.text("abcéÉ .'-"))
@SOME
def test_gaps_and_words_make_the_view(text: str) -> None:
    """Nothing is lost between the words: gaps and words, put together, are the view's beginning."""
    view = View.of(text)
    said = "".join(word.gap + word.text for word in view.words())
    assert view.cased.startswith(said)


@pytest.mark.parametrize(
    ("low", "text"), [("sarl", "S.A.R.L. Dupont"), ("sas", "S.A.S Dupont"), ("sa", "S.A. Dupont")]
)
def test_dotted_legal_forms(low: str, text: str) -> None:
    """A legal form written with dots is one word, read without them."""
    assert [word.low for word in View.of(text).words()] == [low, "dupont"]


def test_the_preposition_is_not_the_verb() -> None:
    """ "à" and "a" stay two words: after the verb only does a capital name somebody who acts."""
    assert [word.low for word in View.of("il a été à Lyon").words()][1::2] == ["a", "à"]
