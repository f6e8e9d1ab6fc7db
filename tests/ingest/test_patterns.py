"""The small language in which lawyers say what to look for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.patterns import (
    FAR,
    MAX_TOKENS,
    NEAR,
    Match,
    PatternError,
    Sentences,
    parse_pattern,
    tokens,
)


def matches(pattern: str, sentence: str) -> list[Match]:
    """The matches of a pattern in one sentence."""
    return [match for _, match in Sentences([sentence]).find(parse_pattern(pattern))]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("tacite reconduction", "Par tacite reconduction, le contrat repart."),
        ("reconduction tacite", "La RECONDUCTION est tacite."),
        (
            "prestataire … revis* … prix",
            "Le prestataire pourra, chaque année, réviser seul les prix.",
        ),
        ("revis*|modifi* tarif*", "Il modifie ses tarifs."),
        ("sous trait*", "La sous-traitance est libre."),
        ("ne … rembours*", "L'avance n'est pas remboursée."),
        ("penalite pourcent", "La pénalité, en %."),
        ("1195", "L'article 1195 est écarté."),
    ],
)
def test_a_pattern_is_found(pattern: str, sentence: str) -> None:
    """Accents, capitals, elisions and hyphens don't count."""
    assert matches(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("reconduction tacite", "Tacite est la reconduction."),  # order
        ("prix ferme", "Le prix que le client paie chaque mois est ferme."),  # too far
        ("tarif", "Les tarifs changent."),  # whole word
        ("prix … revis* !indice", "Le prix est révisé selon l'indice Syntec."),  # banned
        ("preavis # mois", "Le préavis est raisonnable."),  # no number
    ],
)
def test_a_pattern_is_not_found(pattern: str, sentence: str) -> None:
    """Order, distance, whole words and banned words count."""
    assert not matches(pattern, sentence)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), ("trois", 3), ("trois (3)", 3), ("quarante-cinq", 45), ("quatre-vingt-dix", 90),
        ("vingt et un", 21), ("cent vingt", 120), ("deux cents", 200), ("1 500", 1500), ("12,5", 12.5),
        ("soixante-dix", 70),
    ],
)  # fmt: skip
def test_numbers_in_digits_and_in_words(text: str, value: float) -> None:
    """A number is caught with its unit, however it is written."""
    assert matches("preavis # jours", f"un préavis de {text} jours") == [Match(value, "jours")]


def test_a_unit_goes_with_the_nearest_number() -> None:
    """Of two numbers, the one beside the unit is caught."""
    assert matches("poste* … # jour*", "pour 12 postes, sous 3 jours") == [Match(3.0, "jours")]


def test_groups_stand_for_their_words() -> None:
    """« @prestataire » is any word of the group."""
    pattern = parse_pattern("@prestataire|nous revis*", {"prestataire": ["éditeur", "agence"]})
    assert pattern.items[0].words == ("editeur", "agence", "nous")


@pytest.mark.parametrize(
    "text", ["", "!mot", "(a+)+", "*", "a b c d e f g h i j k l m n", "@inconnu", "a|"]
)
def test_a_wrong_pattern_is_refused(text: str) -> None:
    """Anything that is no list of words is refused, with the reason."""
    with pytest.raises(PatternError):
        parse_pattern(text)


def test_distances_are_those_told() -> None:
    """NEAR and FAR words are allowed, not one more."""
    for dots, reach in (("", NEAR), (" …", FAR)):
        pattern = f"prix{dots} ferme"
        assert matches(pattern, "prix " + "x " * (reach - 1) + "ferme")
        assert not matches(pattern, "prix " + "x " * reach + "ferme")


@given(st.lists(st.sampled_from(["prix", "ferme", "revise", "12", "mois", "pas"]), max_size=60))
def test_matching_agrees_with_the_plain_definition(words: list[str]) -> None:
    """« a b » is found where b stands within NEAR words after a, and nowhere else."""
    expected = any(
        "ferme" in words[at + 1 : at + 1 + NEAR] for at, word in enumerate(words) if word == "prix"
    )
    # Runs of numbers in digits are one token for each, so that places are those of the words.
    assert bool(matches("prix ferme", " ; ".join(words))) is expected


@given(st.text(max_size=300))
def test_any_text_gives_tokens(text: str) -> None:
    """No text breaks the tokens, and there are never too many."""
    assert len(tokens(text)) <= MAX_TOKENS


def test_the_work_is_bounded() -> None:
    """A sentence made to make a regular expression explode is read to its bound."""
    pattern = " … ".join(["aa*"] * 12)
    assert matches(pattern, "aa " * 50_000)
