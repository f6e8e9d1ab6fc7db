"""A page of a PDF as a picture."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.page_image import BOUNDS, MOST_HEIGHT, WIDTH, draw, main, page_image, place_of
from ingest.reading import Bounds
from retrieval.errors import DocumentError
from tests.ingest.pdf_maker import encrypt_pdf, make_pdf

CLAUSE = "Le Prestataire repond sous quatre heures ouvrees."
FILE = make_pdf([["Page de garde"], ["Article 7", CLAUSE, "Autre ligne du contrat."]])


def folded(text: str) -> str:
    """Letters and figures alone, without accents nor capitals."""
    split = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in split if c.isalnum())


def colours(image: Image.Image) -> set[Sequence[int]]:
    """The colours of a picture that are neither grey nor white."""
    seen = image.getcolors(maxcolors=image.width * image.height) or []
    return {tuple(c) for _, c in seen if isinstance(c, tuple) and max(c) - min(c) > 60}


def test_a_page_is_drawn_with_its_words_marked() -> None:
    """The child gives a PNG of the page asked, with a colour behind the words."""
    picture = page_image(FILE, 2, "Le prestataire répond sous  quatre heures")
    image = Image.open(BytesIO(picture.png)).convert("RGB")
    assert picture.found
    assert 0 < picture.at < 0.3
    assert image.width == WIDTH
    assert colours(image)


def test_a_page_that_is_not_there_is_told() -> None:
    """A page past the last gives a sentence, not a traceback."""
    with pytest.raises(DocumentError, match="page 3"):
        page_image(FILE, 3, "")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 nothing", encrypt_pdf(FILE, user_password="secret")]
)
def test_a_file_that_is_no_open_pdf_is_told(data: bytes) -> None:
    """Garbage and a locked file bring the child down, and nobody else."""
    with pytest.raises(DocumentError):
        page_image(data, 1, "")


def test_drawing_has_a_time() -> None:
    """A child that takes too long is stopped."""
    short = Bounds(seconds=0.01, memory_bytes=BOUNDS.memory_bytes)
    with pytest.raises(DocumentError, match="secondes"):
        page_image(FILE, 1, "", short)


def test_words_that_are_elsewhere_are_not_marked() -> None:
    """Nothing is coloured when the words are not on the page."""
    image, at = draw(FILE, 1, CLAUSE)
    assert at is None
    assert not colours(image)


def test_a_very_tall_page_is_made_smaller() -> None:
    """A page without bounds does not give a picture without bounds."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    page = PdfReader(BytesIO(FILE)).pages[0]
    page.mediabox.upper_right = (100, 14_000)
    writer.add_page(page)
    file = BytesIO()
    writer.write(file)
    image, _ = draw(file.getvalue(), 1, "")
    assert image.height <= MOST_HEIGHT + 1


@given(st.text(max_size=60), st.integers(0, 30), st.integers(13, 30))
def test_what_a_page_holds_is_found_there(text: str, start: int, length: int) -> None:
    """Words taken from a page are found, whole, where they or their equals stand."""
    page = f"article premier le {text} prestataire répond sous quatre heures ouvrées"
    words = page[start : start + length]
    first, end = place_of(list(page), words)
    assert folded(page[first:end]) == folded(words)


@pytest.mark.parametrize(
    ("page", "words", "found"),
    [
        ("la rési-\nliation est", "la résiliation", "la rési-\nliation"),
        ("L’eﬃcacité du support", "L'efficacité", "L’eﬃcacité"),
        ("Le client paie à trente jours. Fin", "le client paie à trente jours, puis rien d'autre ici",
         "Le client paie à trente"),
        ("Rien de cela", "des mots qui ne sont pas sur la page", ""),
        ("", "mots", ""),
        ("page", "", ""),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_broken(page: str, words: str, found: str) -> None:
    """Hyphens, ligatures, apostrophes and accents don't hide a quote; its beginning is enough."""
    first, end = place_of(list(page), words)
    assert page[first:end].startswith(found[:-3])
    assert bool(end) == bool(found)


def test_the_child_answers_in_one_line_then_a_picture(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What the child says is a line of JSON and a PNG."""
    asked = {"page": 1, "words": "garde", "bounds": {}}

    class Given:
        """A standard input."""

        buffer = BytesIO(json.dumps(asked).encode() + b"\n" + FILE)

    monkeypatch.setattr("ingest.page_image.narrow", lambda bounds: None)
    monkeypatch.setattr("sys.stdin", Given)
    main()
    head, _, png = capfdbinary.readouterr().out.partition(b"\n")
    assert 0 < json.loads(head)["at"] < 1
    assert png.startswith(b"\x89PNG")
