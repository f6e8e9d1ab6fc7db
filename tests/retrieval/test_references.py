"""What people type, and the reference that a lawyer reads in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.references import reference_keys
from tests.retrieval.any_text import ANY_TEXT, SOME

# fmt: off
TABLE = [
    # articles of the civil code
    ("article 1231-5 du code civil",              "art:1231-5"),
    ("art 1152",                                  "art:1152"),
    ("art. 1152 ancien",                          "art:1152"),
    ("l'article 1719, s'il vous plaît",           "art:1719"),
    ("L’ARTICLE 1103",                            "art:1103"),
    ("selon 1231-5, c'est réductible ?",          "art:1231-5"),
    ("art. 1231-5, al. 2",                        "art:1231-5"),
    ("1103 du code civil",                        "art:1103"),
    ("1152 C. civ.",                              "art:1152"),
    ("articles 1103 et 1104 du code civil",       "art:1103 art:1104"),
    ("art. 1103, 1104 et 1193 C. civ.",           "art:1103 art:1104 art:1193"),
    ("articles 1231-1 à 1231-7",                  "art:1231-1 art:1231-7"),
    # articles with a letter
    ("L442-1 c.com",                              "art:l442-1"),
    ("C. com., art. L. 442-1, II",                "art:l442-1"),
    ("L.441\u201110",                             "art:l441-10"),
    ("D. 441-5 du code de commerce",              "art:d441-5"),
    ("R. 4121-1",                                 "art:r4121-1"),
    ("art. L. 215-1-1 C. consom.",                "art:l215-1-1"),
    ("art. L. 441-10 et L. 441-6",                "art:l441-10 art:l441-6"),
    # decisions
    ("n° 09-11.841",                              "cass:09-11.841"),
    ("Cass. com., 29 juin 2010, n° 09-11.841",    "cass:09-11.841"),
    ("pourvoi 09-11841",                          "cass:09-11.841"),
    ("n° 18-23.261 et 18-23.699",                 "cass:18-23.261 cass:18-23.699"),
    ("CA Toulouse, RG 08/05858",                  "rg:08/05858"),
    # collective agreements and the GDPR
    ("IDCC 1486",                                 "idcc:1486"),
    ("idcc n° 1539",                              "idcc:1539"),
    ("RGPD 28",                                   "rgpd:28"),
    ("article 28 du RGPD",                        "rgpd:28"),
    ("RGPD (règl. UE 2016/679), art. 32",         "rgpd:32"),
    ("GDPR article 33",                           "rgpd:33"),
    # no reference at all
    ("depuis 2016, 10 000 euros sur 36 mois",     ""),
    ("06 12 34 56 78",                            ""),
    ("le 12-05-2024",                             ""),
    ("un préavis de 1 an",                        ""),
    ("",                                          ""),
]
# fmt: on


@pytest.mark.parametrize(("typed", "expected"), TABLE)
def test_a_reference_is_read_as_a_lawyer_would(typed: str, expected: str) -> None:
    """Each way of naming an article, a decision or an agreement leads to its one key."""
    assert " ".join(reference_keys(typed)) == expected


def test_a_reference_named_twice_is_one_key() -> None:
    """Saying a reference again adds nothing."""
    assert reference_keys("art. 1152, donc l'article 1152") == ("art:1152",)


@SOME
@given(ANY_TEXT)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text gives keys, each once; none raises."""
    keys = reference_keys(text)
    assert len(set(keys)) == len(keys)
    assert all(":" in key for key in keys)


@SOME
@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from(["L. ", "L.", "l ", "L"]))
def test_any_numbered_article_is_read_whole(article: int, part: int, letter: str) -> None:
    """An article with a letter keeps its whole number, whatever the spacing."""
    number = f"{article + 99}-{part}"
    assert reference_keys(f"l'article {letter}{number} du code") == (f"art:l{number}",)
