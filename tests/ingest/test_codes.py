"""Codes of law are read whole: every article, its headings and its words, in both shapes of file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.files import read_document
from ingest.types import Limits
from retrieval.errors import DocumentError
from tests.ingest.small_code import (
    code_text,
    front_matter,
    marked,
    passages_of,
    plain,
    read_articles,
    read_law,
    write_code,
)
from tests.retrieval.any_text import SOME

numbers = st.builds(
    lambda letter, first, rest: f"{letter}{first}{rest}",
    st.sampled_from(["", "L", "R", "D", "A", "LO", "R*"]),
    st.integers(1, 999),
    st.sampled_from(["", "-1", "-12-3", " bis", " quinquies A"]),
)
sentences = st.lists(
    st.sampled_from(
        ["Le prestataire répond de sa faute.", "1° Un dommage ;", "Section 2 du contrat.", "Il paie",
         "Article abrogé.", "Titre II : Des biens", "#3", "Art. L. 1.-Le bien.", "|a|b|", "d'œuvre ﬁnie"]
    ),
    min_size=1, max_size=5,
).map("\n\n".join)  # fmt: skip
codes = st.lists(st.tuples(numbers, sentences), min_size=1, max_size=12)


def letters(texts: Iterable[str]) -> str:
    """Texts joined, white space and ligatures apart."""
    return "".join("".join(texts).replace("ﬁ", "fi").split())


@SOME
@given(codes)
def test_no_article_is_lost(tmp_path: Path, articles: list[tuple[str, str]]) -> None:
    """Every marked article is there, in order, with all its words."""
    whole = [(label, f"{text}\n\nIl paie.") for label, text in articles]
    read = read_articles(tmp_path, marked(whole))
    assert [article.label for article in read] == [label for label, _ in whole]
    assert [letters([a.text]) for a in read] == [letters([text]) for _, text in whole]


@SOME
@given(codes)
def test_a_plain_code_loses_no_word(tmp_path: Path, articles: list[tuple[str, str]]) -> None:
    """Articles on plain lines are found one by one; each keeps all its words."""
    whole = [(label, f"{text}\n\nLe juge décide.") for label, text in articles]
    read = read_articles(tmp_path, plain(whole))
    assert [article.label for article in read] == [label for label, _ in whole]
    assert [letters([a.text]) for a in read] == [letters([text]) for _, text in whole]


@SOME
@given(codes, st.sampled_from([marked, plain]))
def test_ids_are_unique_and_name_the_document(
    tmp_path: Path, articles: list[tuple[str, str]], shape: Callable[..., str]
) -> None:
    """Labels may come back; ids may not."""
    passages = passages_of(tmp_path, shape(articles) + "\n\nRien d'autre.")
    assert len({p.id for p in passages}) == len(passages) > 0
    assert all(p.id.partition("#")[0] == p.document_id for p in passages)


def test_headings_are_nested_by_their_first_word(tmp_path: Path) -> None:
    """Headings of one level stand inside each other as the law's divisions do."""
    body = (
        "## Partie législative\n\n### Livre Ier : DES BIENS\n\n#### Titre Ier : De l'achat\n\n"
        "#### Chapitre Ier : Du prix\n\n##### Article L1\n\nUn.\n\n#### Section 1 : Du délai\n\n"
        "#### I : Du terme\n\n##### Article L2\n\nDeux.\n\n#### Chapitre II : De la chose\n\n"
        "##### Article L3\n\nTrois.\n\n#### Titre II : De la vente\n\n##### Article L4\n\nQuatre.\n\n"
        "## Annexes\n\n##### Article Annexe I\n\nCinq."
    )
    top = ("Partie législative", "Livre Ier : DES BIENS")
    first = (*top, "Titre Ier : De l'achat")
    assert [article.heading_path for article in read_articles(tmp_path, body)] == [
        (*first, "Chapitre Ier : Du prix"),
        (*first, "Chapitre Ier : Du prix", "Section 1 : Du délai", "I : Du terme"),
        (*first, "Chapitre II : De la chose"),
        (*top, "Titre II : De la vente"),
        ("Annexes",),
    ]


def test_a_heading_may_go_on_at_the_next_line(tmp_path: Path) -> None:
    """A line right under a heading ends it; one after an empty line is text."""
    body = (
        "#### Chapitre Ier : Des œuvres\net des droits\n\n##### Article 1\n\nUn.\n\n"
        "#### Chapitre II\n\nRéservé.\n\n##### Article 2\n\nDeux."
    )
    articles = read_articles(tmp_path, body)
    assert [(a.label, a.heading_path, a.text) for a in articles] == [
        ("1", ("Chapitre Ier : Des œuvres et des droits",), "Un."),
        ("", ("Chapitre II",), "Réservé."),
        ("2", ("Chapitre II",), "Deux."),
    ]


def test_plain_headings_stand_right_above_an_article(tmp_path: Path) -> None:
    """Numbered divisions, their titles and "1° : …" lines lead to the article that they precede."""
    body = (
        "Partie réglementaire - Décrets en Conseil d'Etat\n\nTitre Ier : Dispositions générales.\n\n"
        "Article R1\n\nUn :\n\n1° Des biens ;\n\n2° Des droits\n\nSection 0I bis : Des baux\n\n"
        "Frais divers\n\n1° : Généralités\n\nArticle R2\n\nDeux."
    )
    path = (
        "Partie réglementaire - Décrets en Conseil d'Etat",
        "Titre Ier : Dispositions générales.",
    )
    first, second = read_articles(tmp_path, body)
    assert (first.label, first.heading_path) == ("R1", path)
    assert first.text == "Un :\n\n1° Des biens ;\n\n2° Des droits"
    below = ("Section 0I bis : Des baux", "1° : Généralités", "Frais divers")
    assert second.heading_path[:3] == (*path, below[0])
    assert set(second.heading_path[3:]) <= set(below)


def test_the_headings_of_an_annex_stay_in_it(tmp_path: Path) -> None:
    """In a plain code, a heading with text under it belongs to the article that holds it."""
    body = (
        "Article 1\n\nVoir l'annexe.\n\nSection 1 : Du modèle\n\nLe modèle.\n\nArticle 2\n\nDeux."
    )
    first, second = read_articles(tmp_path, body)
    assert first.text == "Voir l'annexe.\n\nSection 1 : Du modèle\n\nLe modèle."
    assert second.heading_path == ()


def test_plain_lines_are_text_where_articles_are_marked(tmp_path: Path) -> None:
    """The articles of a model in an annex are that annex's text."""
    (annex,) = read_articles(
        tmp_path, "##### Article Annexe I-5\n\nTitre Ier : But\n\nArticle 1er\n\nLe club."
    )
    assert annex.text == "Titre Ier : But\n\nArticle 1er\n\nLe club."


@pytest.mark.parametrize(
    "line",
    ["Article abrogé.", "Article 1er : Champ d'application ;", "Article R. 322-58 du code (extrait)",
     "Article 3 de la loi", "Articles L. 111-1", "Article"],
)  # fmt: skip
def test_a_line_that_only_speaks_of_an_article_opens_none(tmp_path: Path, line: str) -> None:
    """A plain line is an article's label when it holds nothing else."""
    (article,) = read_articles(tmp_path, f"Article 2\n\nDeux.\n\n{line}\n\nSuite.")
    assert article.text == f"Deux.\n\n{line}\n\nSuite."


@pytest.mark.parametrize(
    "label",
    ["R1", "L221-18", "R*9-9", "39 bis", "50 terdecies-0 A bis", "56 j terdecies A", "R123-1-A",
     "R. 234-12-5", "1er", "préliminaire", "Annexe", "Annexe à l'article 30-0 E"],
)  # fmt: skip
def test_plain_labels_of_every_form_are_known(tmp_path: Path, label: str) -> None:
    """The labels met in the LEGI base open an article."""
    articles = read_articles(tmp_path, f"Article 2\n\nDeux.\n\nArticle {label}\n\nSuite.")
    assert [article.label for article in articles] == ["2", label]


@pytest.mark.parametrize(
    "text",
    ["Article abrogé.", "(Abrogé)", "(texte abrogé).", "Abrogé par le décret n° 2012-1 du 2 mai 2012",
     "(Abrogés à compter du 1er janvier 2020)."],
)  # fmt: skip
def test_a_repealed_article_is_left_out(tmp_path: Path, text: str) -> None:
    """An article that says no more than its repeal has nothing to quote."""
    labels = [a.label for a in read_articles(tmp_path, marked([("1", text), ("2", "Deux.")]))]
    assert labels == ["2"]


@pytest.mark.parametrize(
    "text",
    ["1° (Abrogé) ;\n\n2° Le reste.", "(Abrogé). Les mines sont à l'Etat.", "Abrogeons.",
     "La loi abrogée le 3 mai reste applicable aux contrats en cours."],
)  # fmt: skip
def test_an_article_that_mentions_a_repeal_stays(tmp_path: Path, text: str) -> None:
    """A repeal inside an article takes nothing else away."""
    (article,) = read_articles(tmp_path, marked([("1", text)]))
    assert article.text == text


def test_an_article_without_text_keeps_its_name(tmp_path: Path) -> None:
    """A label with nothing under it is not lost."""
    empty, _ = read_articles(tmp_path, "##### Article L1\n\n##### Article L2\n\nDeux.")
    assert (empty.label, empty.text) == ("L1", "Article L1")


@pytest.mark.parametrize("rank", ["code", "constitution_fr"])
def test_front_matter_makes_a_code(tmp_path: Path, rank: str) -> None:
    """Rank and LEGITEXT identifier say that a file is a code; title and address come with them."""
    code = read_law(write_code(tmp_path, marked([("1", "Un.")]), rank=rank))
    assert code.title == "Code de la consommation"
    assert code.url.endswith("LEGITEXT000006069565")
    assert code.in_force_until is None


@pytest.mark.parametrize(
    "changed",
    [{"rank": "loi"}, {"identifier": "JORFTEXT000006069565"}, {"title": " "},
     {"identifier": "LEGITEXT000006069565\nx"}],
)  # fmt: skip
def test_other_markdown_keeps_its_reader(tmp_path: Path, changed: dict[str, str]) -> None:
    """A file whose front matter announces no code is read as any Markdown."""
    document = read_document(write_code(tmp_path, marked([("1", "Un.")]), **changed), Limits())
    assert document.code is None
    assert document.blocks[-1].text == "Un."


@pytest.mark.parametrize(
    "head",
    ["---\n[[[[\n---\n", "---\na: &a [x]\nb: *c\n---\n", "---\n- liste\n---\n", "---\n\x00\n---\n",
     "---\n" + "[" * 3000 + "\n---\n", "---\n" + front_matter().replace("---\n", ""), "---\n---\n"],
)  # fmt: skip
def test_broken_front_matter_is_no_code(tmp_path: Path, head: str) -> None:
    """Front matter that cannot be read never makes a code, and never stops the reading."""
    path = tmp_path / "note.md"
    path.write_text(head + "\nTexte.\n", encoding="utf-8")
    try:
        assert read_document(path, Limits()).code is None
    except DocumentError as error:
        assert "pas du texte" in error.problem  # a NUL is no text


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    """A file saved on Windows, with a byte order mark, is the same code."""
    path = tmp_path / "code.md"
    path.write_bytes(
        b"\xef\xbb\xbf" + code_text(marked([("1", "Un.")])).replace("\n", "\r\n").encode()
    )
    assert [article.text for article in read_law(path).articles] == ["Un."]


@pytest.mark.parametrize(
    "source",
    ["javascript:alert(1)", "https://www.legifrance.gouv.fr.evil.example/x", "http://x/",
     "https://www.legifrance.gouv.fr/x' onclick=", ""],
)  # fmt: skip
def test_an_address_is_legifrance_s_or_made_from_the_identifier(
    tmp_path: Path, source: str
) -> None:
    """No other site, and no script, can slip into a citation's link."""
    code = read_law(write_code(tmp_path, marked([("1", "Un.")]), source=source))
    assert code.url == "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069565"


@pytest.mark.parametrize(
    ("updated", "until"), [("2020-05-01", date(2020, 5, 1)), ("jamais", date.min)]
)
def test_a_repealed_code_says_until_when(tmp_path: Path, updated: str, until: date) -> None:
    """A repealed code was in force until its last change; at no time when that isn't said."""
    path = write_code(tmp_path, marked([("1", "Un.")]), status="repealed", last_updated=updated)
    assert read_law(path).in_force_until == until


def test_a_code_past_the_limits_is_named(tmp_path: Path) -> None:
    """Too many characters or articles: the owner is told, and the machine spared."""
    path = write_code(tmp_path, marked([(str(n), "Un.") for n in range(1, 9)]))
    for limits, told in (
        (Limits(max_code_characters=100), "100 caractères"),
        (Limits(max_articles=7), "plus de 7 articles"),
    ):
        with pytest.raises(DocumentError, match=told):
            read_document(path, limits)
    assert len(read_law(path, Limits(max_articles=8, max_characters=100)).articles) == 8


@pytest.mark.parametrize("body", ["", "## Partie législative\n\n#### Section 1", "\n" * 50])
def test_a_code_without_a_word_is_named(tmp_path: Path, body: str) -> None:
    """A code of headings alone has nothing to index."""
    with pytest.raises(DocumentError, match="aucun texte"):
        read_document(write_code(tmp_path, body), Limits())


@pytest.mark.parametrize(
    "line",
    ["I " * 5000, "Article " + "1-" * 9000, "Article 1" + " bis" * 9000, "Section " * 9000,
     "# " * 9000, "(" * 50_000, "abrogé " * 9000, "-0 " * 9000],
    ids=lambda line: line[:9],
)  # fmt: skip
def test_a_hostile_line_is_read_in_one_go(tmp_path: Path, line: str) -> None:
    """Lines made to send a pattern astray are text like any other, or part of a heading."""
    body = "\n\n".join([line.strip()] * 20 + ["Article 2", "Deux."])
    assert read_articles(tmp_path, body)[-1].text == "Deux."
