"""One sentence at a time over a small base: what stays, what goes, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guard import MAX_ANSWER, Rule, Sources, Verified, verify
from tests.guard.conftest import CONTRACT, FEE, PASSAGES, PENALTY, Shelf

Kept = Callable[[str], Verified]
PAYS = "Le client paie l'indemnité prévue [1]."


def reason(verified: Verified) -> Rule | None:
    """The rule by which the only removal was made."""
    return verified.removed[0].rule if verified.removed else None


@pytest.mark.parametrize(
    "sentence",
    [
        PAYS,
        "L'indemnité prévue est payée par le client [1].",
        "Le juge peut réduire l'indemnité manifestement excessive (C. civ., art. 1231-5) [1][2].",
        "Le préavis est de 3 mois, sauf faute grave du prestataire [1].",
        "Le prestataire n'a pas le droit de garder le matériel du client [1].",
        "« Les contrats légalement formés tiennent lieu de loi à ceux qui les ont faits » [3].",
    ],
)
def test_what_a_source_says_stays(kept: Kept, sentence: str) -> None:
    """The same, said in the same words or nearly."""
    verified = kept(sentence)
    assert verified.kept == verified.total == 1 and verified.answered and not verified.removed


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Le client paie l'indemnité prévue.", "marker"),
        ("Le client paie l'indemnité prévue [9].", "marker"),
        ("Le préavis est de six mois, sauf faute grave du prestataire [1].", "numbers"),
        ("Le client paie l'indemnité prévue de 500 euros [1].", "numbers"),
        ("Le client paie l'indemnité prévue avant le 3 mars 2031 [1].", "numbers"),
        ("Le juge peut réduire l'indemnité excessive (C. civ., art. 1999) [1].", "reference"),
        ("Le juge peut réduire l'indemnité excessive (Cass. com., n° 17-22.333) [1].", "reference"),
        ("Le client paie l'indemnité prévue, voir https://piege.exemple/x [1].", "link"),
        ("Le client paie [l'indemnité](https://piege.exemple) prévue [1].", "link"),
        ("Le client paie <b>l'indemnité</b> prévue [1].", "link"),
        ("« Les contrats tiennent lieu de bible aux juges pressés » [3].", "quote"),
        ("Le prestataire paie l'indemnité prévue [1].", "role"),
        ("Le client ne paie pas l'indemnité prévue [1].", "negation"),
        ("Le prestataire peut garder le matériel du client [1].", "negation"),
        ("Le préavis est de trois mois [1].", "negation"),
        ("Le client doit former ses employés à la cuisine italienne [1].", "unsupported"),
        ("The customer pays the fee that the contract sets [1].", "language"),
        ("Selon mes consignes, le client paie l'indemnité prévue [1].", "leak"),
    ],
)
def test_what_no_source_says_goes(kept: Kept, sentence: str, rule: Rule) -> None:
    """One fault, one removal: the sentence as written, its rule, and words for a lawyer."""
    verified = kept(sentence)
    assert reason(verified) == rule and not verified.answered
    assert verified.markdown == "" and verified.citations == ()
    assert verified.removed[0].sentence == sentence and verified.removed[0].detail


def test_one_fault_takes_one_sentence(kept: Kept) -> None:
    """The others stay, with their markers counted anew."""
    verified = kept(f"L'article 1999 l'impose [2]. {PAYS} Le juge peut modérer la pénalité [2].")
    assert (verified.kept, verified.total) == (2, 3)
    assert "1999" not in verified.markdown
    assert [c.passage_id for c in verified.citations] == [FEE.id, PENALTY.id]
    assert verified.markdown.startswith("Le client paie l'indemnité prévue [1].")


def test_an_answer_without_its_first_sentence_is_none(kept: Kept) -> None:
    """What is left may be true: it no longer answers."""
    assert not kept(f"Le client garde tout [1]. {PAYS}").answered


def test_a_quote_close_to_its_source_is_put_right(kept: Kept) -> None:
    """A word of little weight that differs: the stored words are shown, and the citation says so."""
    verified = kept(
        "Le code dit : « Les contrats légalement formés tiennent lieu de lois à ceux qui les ont"
        " faits » [3]."
    )
    assert "tiennent lieu de loi à ceux" in verified.markdown
    assert [c.check for c in verified.citations] == ["reajuste"]


def test_a_list_goes_with_what_introduces_it(kept: Kept) -> None:
    """Points under a sentence that is taken out say something else without it."""
    verified = kept(f"Le ministre interdit ceci [9] :\n\n- {PAYS}")
    assert verified.markdown == "" and [r.rule for r in verified.removed] == ["marker", "orphan"]


def test_a_heading_goes_with_all_that_stands_under_it(kept: Kept) -> None:
    """No title is left over nothing."""
    verified = kept(f"{PAYS}\n\n### En pratique\n\nLe client garde tout [1].")
    assert verified.markdown == PAYS


@pytest.mark.parametrize("form", ["[1, 2]", "[1][2]", "[1-2]", "[^1][^2]", "[sources 1 et 2]"])
def test_markers_are_read_in_every_form(kept: Kept, form: str) -> None:
    """However a model writes its sources, they are shown one way."""
    verified = kept(f"Le juge peut réduire une indemnité manifestement excessive {form}.")
    assert verified.markdown.endswith("excessive [1][2].") and len(verified.citations) == 2


def test_a_passage_that_the_base_lost_supports_nothing() -> None:
    """The stored text counts, not the one that was handed over."""
    verified = verify(PAYS, PASSAGES, base=Shelf([PENALTY, CONTRACT]))
    assert reason(verified) == "marker"


def test_sources_read_beforehand_change_nothing(shelf: Shelf) -> None:
    """A text that grows is verified over passages that are read once."""
    sources = Sources(PASSAGES, shelf)
    asked = len(shelf.asked)
    first = verify(PAYS, PASSAGES, base=shelf, sources=sources)
    assert first == verify(PAYS, PASSAGES, base=Shelf()) and len(shelf.asked) == asked


def test_only_passages_that_are_cited_are_cut(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that no sentence names cost nothing."""
    read: list[str] = []
    from assistant.guard import sources

    real = sources.passage_facts
    monkeypatch.setattr(sources, "passage_facts", lambda p: read.append(p.id) or real(p))
    verify("Les contrats légalement formés tiennent lieu de loi [3].", PASSAGES, base=shelf)
    assert PENALTY.id not in read and CONTRACT.id in read


def test_what_cites_the_law_vouches_for_it(kept: Kept) -> None:
    """A reviewed sentence that cites an article supports the same sentence under that article."""
    assert kept("Le client paie l'indemnité prévue [3].").answered


@given(st.text(max_size=400))
def test_any_text_is_taken(text: str) -> None:
    """Nothing raises, and nothing is shown that no source holds."""
    verified = verify(text, PASSAGES, base=Shelf())
    assert verified.kept <= verified.total


@given(st.lists(st.sampled_from([PAYS, "[", "]", "**", "« ", " »", "|", "\n", "# ", "- ", "[1]", "."]),
                max_size=30))  # fmt: skip
def test_any_markdown_is_taken(pieces: list[str]) -> None:
    """Marks left open, tables without end: the guard reads on, and cites what it shows."""
    verified = verify("".join(pieces), PASSAGES, base=Shelf())
    assert all(f"[{c.n}]" in verified.markdown for c in verified.citations)


def test_a_flood_is_cut(kept: Kept) -> None:
    """A text of a million characters is read to its bound."""
    assert len(kept(f"{PAYS} " * 25_000).markdown) <= MAX_ANSWER


@pytest.mark.parametrize(
    ("rule", "without"),
    [
        (
            "Aucun juge n'est nécessaire, sauf pour détruire ce qui a été mal fait ou obtenir"
            " l'avance des fonds.",
            "Aucun juge n'est nécessaire",
        ),
        (
            "Contre un écrit, on prouve par un autre écrit, sauf exceptions.",
            "Contre un écrit, on prouve par un autre écrit",
        ),
    ],
)
def test_a_rule_without_its_exception_goes(rule: str, without: str) -> None:
    """However long the exception is, and where it is told no further."""
    source = replace(CONTRACT, text=rule)
    verified = verify(f"{without} [1].", [source], base=Shelf([source]))
    assert reason(verified) == "negation"
    assert verify(f"{rule.rstrip('.')} [1].", [source], base=Shelf([source])).kept == 1


def test_a_text_that_grows_is_judged_as_if_it_were_new(shelf: Shelf) -> None:
    """What comes next may change the fate of a sentence: what was judged before is not kept then."""
    text = (
        f"{PAYS} Le préavis est de trois mois [1]. Toutefois, une faute grave du prestataire en"
        " dispense [1].\n\n## En pratique\n\nDeux points :\n\n- Le préavis est de six mois [1].\n- Le"
        " prestataire ne peut pas garder le matériel du client [1]."
    )
    read_once = Sources(PASSAGES, shelf)
    for end in range(0, len(text) + 1, 7):
        again = verify(text[:end], PASSAGES, base=shelf, sources=read_once)
        assert again == verify(text[:end], PASSAGES, base=shelf)
    assert again.kept and {removal.rule for removal in again.removed} >= {"numbers"}
