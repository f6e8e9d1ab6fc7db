"""What people type, and the reference that a lawyer reads in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.codes import CODES
from retrieval.references import (
    MAX_REFERENCES,
    Reference,
    _without_accents,
    named_references,
    reference_keys,
    stored_keys,
)
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


# fmt: off
MEANT = [
    # the code stands beside the article: that code alone
    ("1231-5 du code civil",                            "art:1231-5@civ"),
    ("l'article 9 du Code civil",                       "art:9@civ"),
    ("L442-1 c.com",                                    "art:l442-1@com"),
    ("C. com., art. L. 442-1",                          "art:l442-1@com"),
    ("Code pénal : article 323-1",                      "art:323-1@pen"),
    ("article 700 cpc",                                 "art:700@cpc"),
    ("cpc art 42",                                      "art:42@cpc"),
    ("1240 cc",                                         "art:1240@civ"),
    ("art. 1231-5, al. 2, C. civ.",                     "art:1231-5@civ"),
    ("ART 1103 DU CODE CIVIL",                          "art:1103du@civ art:1103@civ"),
    ("art. 1103, 1104 et 1193 C. civ.",                 "art:1103@civ | art:1104@civ | art:1193@civ"),
    ("L. 221-18 C. consom. et 1231-5 C. civ.",          "art:l221-18@consom | art:1231-5@civ"),
    ("R. 123-220 du code de commerce",                  "art:r123-220@com"),
    ("A322-93 code du sport",                           "art:a322-93@sport"),
    ("LO 188 du code électoral",                        "art:lo188@elect"),
    ("article 12 de la loi n° 75-1334 du 31 déc. 1975", "art:12@75-1334"),
    ("article 28 DORA",                                 "art:28@dora"),
    ("article 33 du modèle de contrat",                 "art:33@modele"),
    ("article 1er de la Constitution",                  "art:1@const"),
    ("code du travail maritime, article 3",             "art:3@trav-maritime"),
    # what follows a number may be part of it
    ("article L80 B du LPF",                            "art:l80b@lpf art:l80@lpf"),
    ("39 quinquies A CGI",                              "art:39quinquiesa@cgi art:39@cgi"),
    ("L. 442-1 II du code de commerce",                 "art:l442-1ii@com art:l442-1@com"),
    ("l'article 1240 a été violé",                      "art:1240"),
    # a code outside the table: its title may go on, or stop short
    ("art R1 code du domaine de l'Etat",
     "art:r1@domaine-etat. art:r1@domaine. art:r1@domaine-etat"),
    ("code minier (nouveau), article L111-1",
     "art:l111-1@minier-nouveau. art:l111-1@minier. art:l111-1@minier-nouveau"),
    # the code stands elsewhere: that code first
    ("que prévoit le code civil, à part l'article 1103 ?", "art:1103@civ art:1103"),
    ("le code civil et le code pénal, article 1103 ?",     "art:1103@pen"),
    # no code: any article of this number, unless the number is the user's own contract's
    ("que dit l'article 1231-5 ?",                      "art:1231-5"),
    ("article 1152 du code",                            "art:1152"),
    ("l'article 12 de mon contrat",                     ""),
    ("le code civil vise-t-il mon article 12 ?",        ""),
    ("article 46, devant le tribunal (CPC)",            "art:46@cpc art:46"),
    # what is not an article of a code has its one key
    ("RGPD 28",                                         "rgpd:28"),
    ("n° 09-11.841",                                    "cass:09-11.841"),
    ("un préavis de 1 an",                              ""),
]
# fmt: on


@pytest.mark.parametrize(("typed", "expected"), MEANT)
def test_the_code_that_is_meant_is_read(typed: str, expected: str) -> None:
    """Each reference gives its keys in order of preference; `|` parts two references."""
    assert " | ".join(" ".join(found.keys) for found in named_references(typed)) == expected


# fmt: off
STORED = [
    ("C. civ., art. 1231-5",                       "art:1231-5 art:1231-5@civ"),
    ("C. civ., art. 1152 ancien (avant le 1er oct. 2016)", "art:1152 art:1152@civ"),
    ("C. urb., art. R.* 123-1",                    "art:r123-1 art:r123-1@urb"),
    ("LPF, art. L. 80 B",                          "art:l80b art:l80b@lpf"),
    ("CGI, ann. III, art. 39 quinquies A",         "art:39quinquiesa art:39quinquiesa@cgi-ann-iii"),
    ("C. énergie, art. D. 251-1-A",                "art:d251-1-a art:d251-1-a@energie"),
    ("Code du domaine de l'Etat, art. R. 1",
     "art:r1 art:r1@domaine-etat. art:r1@domaine-etat"),
    ("Code minier, art. 5",                        "art:5 art:5@minier."),
    ("Loi n° 75-1334 du 31 déc. 1975, art. 12",    "art:12 art:12@75-1334"),
    ("RGPD (règl. UE 2016/679), art. 28",          "rgpd:28"),
    ("Modèle de contrat, art. 33, Résiliation",    "art:33 art:33@modele"),
    ("C. route, annexe 1 à l'article R. 12-3",     ""),
]
# fmt: on


@pytest.mark.parametrize(("citation", "expected"), STORED)
def test_a_citation_is_kept_under_its_number_and_its_code(citation: str, expected: str) -> None:
    """An article is found by its number alone and with its code; the annex to it is not it."""
    assert " ".join(stored_keys(citation)) == expected


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.key)
def test_every_name_of_a_code_leads_to_its_articles_alone(code: object) -> None:
    """Title, short name and other names, before or after the number, give the one coded key."""
    assert isinstance(code, type(CODES[0]))
    key = f"art:1234-5@{code.key}"
    assert key in stored_keys(f"{code.short}, art. 1234-5")
    for name in (code.title, code.short, *code.called):
        for typed in (f"article 1234-5 {name}", f"{name}, art. 1234-5", f"1234-5 {name.upper()} ?"):
            assert named_references(typed) == (Reference((key,)),), typed


def test_a_code_that_the_base_lacks_leads_nowhere() -> None:
    """A question that names a code never falls back on another code's article."""
    kept = {key for name in ("C. civ.", "Code minier") for key in stored_keys(f"{name}, art. 1103")}
    assert "art:1103" in kept
    (asked,) = named_references("article 1103 du code du cinéma")
    assert not kept & set(asked.keys)


@SOME
@given(st.lists(st.sampled_from(["du", "domaine", "minier", "(", "l'", "etat"]), max_size=9))
def test_a_title_outside_the_table_finds_itself(words: list[str]) -> None:
    """Whatever words a title has, its articles are found under it, at the first key."""
    title = " ".join(["Code zélé", *words])
    (asked,) = named_references(f"article 1103 du {title}")
    assert asked.keys[0] in stored_keys(f"{title}, art. 1103")


@SOME
@given(ANY_TEXT)
def test_no_question_breaks_the_references(text: str) -> None:
    """Any text gives references, each once, each with keys; none raises."""
    found = named_references(text)
    assert len(set(found)) == len(found)
    assert all(reference.keys for reference in found)
    assert len(set(stored_keys(text))) == len(stored_keys(text))


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


def test_a_question_made_of_references_is_read_to_a_bound() -> None:
    """Each reference is looked up: a page of them is not let to hold a search up."""
    question = " ".join(f"C. civ., art. {number}" for number in range(1100, 1300))
    found = named_references(question)
    assert len(found) == MAX_REFERENCES
    assert found[0].keys[0].startswith("art:1100")


@SOME
@given(st.one_of(ANY_TEXT, st.text(st.characters(categories=("Mn", "Mc", "Ll", "Lu", "Lo")))))
def test_accents_of_any_script_are_dropped(text: str) -> None:
    """Every combining mark goes, whatever the script, and every other character stays."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if not set("œŒæÆ°") & set(text):
        assert _without_accents(text) == plain
    assert _without_accents("œuvre n° 3, Ægis, été") == "oeuvre no 3, AEgis, ete"
