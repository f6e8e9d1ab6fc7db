"""The page on signature: what the base says, each part with its authority."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.kb import KnowledgeBase, read_kb
from interfaces.ui.pages.signature_html import Cited, part_of, section_of, sentence_on
from tests.ui.seen import html, words
from tests.ui.test_pages import opened

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "signature-electronique"


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    """The base of the product."""
    return read_kb(ROOT / "kb")


def test_the_three_levels_are_there() -> None:
    """Each level has its card, the lightest first: when it is enough, then the words of the base."""
    shown = html(opened("signature"))
    told = ("Peut suffire pour un contrat courant", "ne réunit pas les garanties de la signature avancée",
            "À préférer quand l’enjeu", "liée au signataire", "À choisir pour", "présume fiable")  # fmt: skip
    places = [shown.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)
    assert shown.count('class="ml-card"') >= 7


def test_every_marker_has_its_reference() -> None:
    """Each number leads to an authority of the list, and each authority is cited."""
    import re

    shown = html(opened("signature"))
    asked = {int(n) for n in re.findall(r'href="#signature-(\d+)"', shown)}
    listed = {int(n) for n in re.findall(r'id="signature-(\d+)"', shown)}
    assert asked == listed == set(range(1, len(listed) + 1))
    assert "[@" not in shown


def test_annexes_lead_to_the_model() -> None:
    """What to join leads to the articles of the model."""
    shown = html(opened("signature"))
    assert 'href="modele-de-contrat?article=documents-contractuels"' in shown
    assert "Joignez les six annexes du modèle" in words(opened("signature"))


def test_english_has_the_short_answer_of_the_base() -> None:
    """The English interface shows the base's own English, and says that the law stays French."""
    shown = html(opened("signature", lang="en"))
    assert "Only a qualified signature is presumed reliable" in shown
    assert "French law is read in French" in shown
    assert 'lang="fr"' in shown


def test_a_base_without_these_questions_is_not_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another base gives an empty page, not an error."""
    (tmp_path / "questions").mkdir()
    monkeypatch.setenv("MAINTELEX_KB", str(tmp_path))
    assert not opened("signature").error


def test_html_of_the_base_is_text(base: KnowledgeBase) -> None:
    """A tag in a page of the base is shown, never run; an unknown id leaves no mark."""
    made = Cited(base, "x").html("<script>alert(1)</script> dit [@nobody]. [@clause:nobody]")
    assert "<script>" not in made and "&lt;script&gt;" in made
    assert "nobody" not in made


def test_numbers_follow_the_first_mention(base: KnowledgeBase) -> None:
    """The second mention of an authority has the number of the first."""
    cited = Cited(base, "x")
    made = cited.html("Un [@c-civ-1366]. Deux [@c-civ-1367] et [@c-civ-1366].")
    assert [made.count(f'href="#x-{n}"') for n in (1, 2)] == [2, 1]
    assert "art. 1367" in cited.references("Sources").replace("\u00a0", " ")


def test_a_part_is_found_by_its_heading(base: KnowledgeBase) -> None:
    """The text under a heading, without the next one; nothing for a heading that is not there."""
    entry = base.questions[QUESTION]
    part = part_of(entry, "En pratique", "Si vous êtes le client")
    assert part.startswith("- Lisez") and "###" not in part and "nominatif" not in part
    assert part_of(entry, "En pratique", "Ailleurs") == section_of(entry, "Ailleurs") == ""


@pytest.mark.parametrize(("text", "told"), [
    ("Un. Deux fois [@a]. Trois.", "Deux fois [@a]."),
    ("Un.", ""),
    ("", ""),
])  # fmt: skip
def test_a_sentence_is_found_by_its_beginning(text: str, told: str) -> None:
    """The whole sentence with its citation."""
    assert sentence_on(text, "Deux") == told
