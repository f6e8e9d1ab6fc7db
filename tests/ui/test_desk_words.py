"""The desk's words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.desk.figures import Asked
from interfaces.ui.desk.charts import Bar, bars, columns
from interfaces.ui.desk.editor import insert
from interfaces.ui.desk.figures_view import by_theme, by_week
from interfaces.ui.desk.sources_of import numbered
from interfaces.ui.desk.words import ago, on_day, slug, theme_name
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


def test_a_moment_is_told_where_the_reader_is() -> None:
    """Without a browser, in Paris: an hour later than UTC in winter, two in summer."""
    assert on_day(NOW) == "24/11/2026 à 13:00"
    assert on_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02/07/2026 à 00:30"


def test_every_week_has_its_column() -> None:
    """A week without a question stands among the others, up to today's; each counts by its way."""
    monday = date(2026, 11, 9)
    asked = [Asked(monday, "responsabilite", "answered", waited, None) for waited in (True, False)]
    drawn = by_week(asked, date(2026, 11, 4), date(2026, 11, 24))
    assert [bar.name for bar in drawn] == ["02/11", "09/11", "16/11", "23/11"]
    assert [bar.total for bar in drawn] == [0, 2, 0, 0]
    assert drawn[1].counts == {"waited": 1, "answered": 1}


def test_the_largest_theme_comes_first() -> None:
    """Then by name; a question without a theme counts too."""
    week = date(2026, 11, 9)
    themes = ("responsabilite", "", "contrats-lies", "")
    drawn = by_theme([Asked(week, theme, "declined", False, None) for theme in themes])
    assert [(bar.name, bar.total) for bar in drawn] == [
        ("Sans thème", 2), ("Contrats liés", 1), ("Responsabilité", 1),
    ]  # fmt: skip


def test_a_bar_is_drawn_to_scale_and_told() -> None:
    """Half of the longest, a third of it red; who does not see it reads its counts; names are escaped."""
    kinds = {"answered": "répondues", "declined": "sans réponse"}
    drawn = bars([Bar("A<b>", {"answered": 4, "declined": 2}), Bar("B", {"declined": 3})], kinds)
    assert "width:50.00%" in drawn and "width:33.33%" in drawn
    assert "A&lt;b&gt; : répondues 4, sans réponse 2" in plain(drawn) and "A<b>" not in drawn
    assert bars([], kinds) == '<dl class="ml-bars"></dl>'


def test_columns_name_what_fits() -> None:
    """Of a year's weeks, one name in seven is written, and no number stands on a column."""
    drawn = columns(
        [Bar(f"{n}/11", {"answered": n}) for n in range(1, 53)], {"answered": "répondues"}
    )
    assert drawn.count("/11</span><span") == 8 and "ml-crowded" in drawn
    assert "29/11 : répondues 29" in plain(drawn)


def plain(html: str) -> str:
    """HTML on plain spaces."""
    return html.replace("\u00a0", " ").replace("\u202f", " ")
