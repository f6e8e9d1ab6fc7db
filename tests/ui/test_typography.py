"""Apostrophes as printers write them."""

from __future__ import annotations

import pytest

from interfaces.ui.assistant.typography import typographic, typographic_html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("l'article 1231-5 n'est pas d'ordre", "l’article 1231-5 n’est pas d’ordre"),
        ("the client's duty", "the client’s duty"),
        ("l’article", "l’article"),
        ("le mot 'résilier' entre guillemets", "le mot 'résilier' entre guillemets"),
        ("", ""),
    ],
)
def test_apostrophes_within_words_are_curled(typed: str, shown: str) -> None:
    """Those that tie two words are; those that quote a word, and those of printers, stay."""
    assert typographic(typed) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>l&#x27;article</p>", "<p>l’article</p>"),
        ("<p>l'<mark>article</mark></p>", "<p>l’<mark>article</mark></p>"),
        (
            '<a href="https://a.fr/l&#x27;x">d&#x27;un</a>',
            '<a href="https://a.fr/l&#x27;x">d’un</a>',
        ),
        ('<a title="l\'un">&#x27;mot&#x27;</a>', '<a title="l\'un">&#x27;mot&#x27;</a>'),
    ],
)
def test_what_is_read_of_html_is_curled(html: str, shown: str) -> None:
    """The texts between the tags are; tags and addresses stay as they are."""
    assert typographic_html(html) == shown
