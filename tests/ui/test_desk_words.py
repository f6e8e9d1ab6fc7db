"""The desk's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interfaces.ui.desk.editor import insert
from interfaces.ui.desk.sources_of import numbered
from interfaces.ui.desk.words import ago, slug, theme_name
from tests.ui.test_sources import citation

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=5), "il y a 5 min"),
        (timedelta(hours=47), "il y a 47 h"),
        (timedelta(days=3), "il y a 3 jours"),
    ],
)
def test_an_age_is_told(age: timedelta, told: str) -> None:
    """In minutes, hours, then days."""
    assert ago(NOW - age, NOW) == told


def test_a_theme_has_its_accents() -> None:
    """Slugs lose accents; lawyers read them."""
    assert theme_name("duree-et-resiliation") == "Durée et résiliation"
    assert theme_name("sous-traitance-et-cession") == "Sous-traitance et cession"
    assert theme_name("") == "Sans thème"


def test_a_question_gives_an_id() -> None:
    """Small letters and dashes, six words at most."""
    assert (
        slug("Puis-je résilier à l'échéance, sans préavis ?")
        == "puis-resilier-echeance-sans-preavis"
    )


def test_a_citation_goes_where_it_is_wanted() -> None:
    """The first [?] becomes the marker; without one, it goes to the end."""
    assert insert("Le juge réduit [?]. Oui [?].", "[4]") == "Le juge réduit [4]. Oui [?]."
    assert insert("Le juge réduit.\n", "[4]") == "Le juge réduit. [4]"


def test_a_gap_in_the_numbers_is_filled() -> None:
    """Marker [3] names the third source; an unused number repeats the first."""
    cited = [citation(n=1, passage_id="kb:law/a"), citation(n=3, passage_id="kb:law/c")]
    assert numbered(cited) == ["kb:law/a", "kb:law/a", "kb:law/c"]
    assert numbered([]) == []
