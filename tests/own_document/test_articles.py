"""The article of a contract is found from its headings, and never invented."""

from __future__ import annotations

import pytest

from assistant.own_document.articles import article_of, is_heading, place_of, with_articles
from ingest.types import Block, Document
from retrieval.types import Passage
from tests.own_document.small_contract import FIRST, SECOND, pdf, read_own, word


def passage(*path: str, text: str = "Le texte.", page: int | None = None) -> Passage:
    """A passage under headings."""
    return Passage("doc:0/c#p0.1", "doc:0/c", "document", "c", text, heading_path=path, page=page)


@pytest.mark.parametrize(
    ("path", "article"),
    [
        (("CONTRAT", "Article 7 – Durée"), "art. 7"),
        (("ARTICLE 1er - OBJET",), "art. 1"),
        (("Article premier",), "art. 1"),
        (("ARTICLE IV : PRIX",), "art. IV"),
        (("7. Durée du contrat",), "art. 7"),
        (("II – DURÉE",), "art. II"),
        (("Article 8 – Accès", "8.1 La Téléassistance est le mode normal"), "art. 8"),
        (("Annexe 6. « Données »", "Article 9 – Intervention"), "art. 9"),
        (("Annexe 2 – Niveaux de service", "1. Priorités"), "annexe 2"),
        (("Dispositions générales",), ""),
        ((), ""),
    ],
)
def test_the_nearest_heading_that_names_an_article_decides(
    path: tuple[str, ...], article: str
) -> None:
    """An article is read from the deepest heading up; a bare number in an annex is none."""
    assert article_of(passage(*path)) == article


def test_the_numbered_paragraph_before_the_words_is_told() -> None:
    """The last « 7.x » before a quote is its paragraph; one after it is not."""
    text = "7.1 Le client paie.\n\n7.2 Il peut partir.\n\n7.3 Il rend le matériel."
    one = passage("Article 7 – Fin", text=text, page=4)
    assert place_of(one, text.index("Il peut")) == "art. 7.2, p. 4"
    assert place_of(one, text.index("Le client")) == "art. 7.1, p. 4"


def test_a_number_of_another_article_is_no_paragraph() -> None:
    """« 13.2 », named in article 7, is not a paragraph of article 7."""
    one = passage("Article 7 – Fin", text="13.2 s'applique.\nLe client paie.")
    assert place_of(one, 20) == "art. 7"


def test_without_article_nor_page_nothing_is_said() -> None:
    """A place that is not known is not made up."""
    assert place_of(passage(), 0) == ""


def test_articles_of_a_word_file_without_styles_are_found() -> None:
    """Lines « Article 7 - … » stand for headings where no style marks any."""
    document = read_own("c.docx", word([line for line in [*FIRST, *SECOND] if line]))
    held = next(p for p in document.passages if "indemnité" in p.text)
    assert article_of(held) == "art. 7"


def test_an_article_that_opens_its_paragraph_is_found() -> None:
    """« Article 4 – Prix. Le prix est… » on one line names the article too."""
    long = (
        "Article 4 – Prix. Le prix est fixe pour toute la durée du contrat, hors nouveau matériel."
    )
    document = read_own("c.docx", word([long, "Il est payé le premier du mois."]))
    assert {article_of(p) for p in document.passages} == {"art. 4"}


def test_a_sentence_that_names_an_article_opens_none() -> None:
    """« Article 4 s'applique… » is a sentence, not a heading."""
    lines = ["Article 4 - Prix", "Le prix est fixe.", "L'article 9 du Code civil est respecté."]
    document = read_own("c.docx", word(lines))
    assert {article_of(p) for p in document.passages} == {"art. 4"}


def test_a_table_of_contents_is_left_out() -> None:
    """A line that leads to a page says nothing of its article."""
    lines = ["Article 7 – Résiliation ............................ 12", *SECOND]
    document = read_own("c.docx", word(lines))
    assert "......" not in " ".join(p.text for p in document.passages)


def test_headings_are_told_from_sentences() -> None:
    """A heading is short and does not end as a sentence does."""
    assert is_heading("Article 7 - Résiliation anticipée")
    assert not is_heading("7.1 Le client paie le prix.")
    assert not is_heading("Le client paie")


def test_pages_and_articles_of_a_pdf() -> None:
    """In a PDF, a passage has its page and its article."""
    held = next(p for p in read_own("c.pdf", pdf()).passages if "indemnité" in p.text)
    assert place_of(held, held.text.index("Le client")) == "art. 7.1, p. 2"


@pytest.mark.parametrize("mark", [". ", "_", "…"])
def test_endless_dots_cost_no_more_than_words(mark: str) -> None:
    """A line of nothing but leaders is read through once, not once from each of its dots."""
    block = Block(mark * (200_000 // len(mark)))
    document = Document("doc:0/c.pdf", "c.pdf", "c", "0" * 64, (block,))
    assert with_articles(document).blocks == (block,)
