"""The bulletin of the watch, its feed and its command."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.watch import Bulletin, bulletin, rss
from ingest.readers.kb import KnowledgeBase
from interfaces.cli import main
from retrieval.errors import UsageError

ON = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def found(base: KnowledgeBase) -> Bulletin:
    """The bulletin of the real base."""
    return bulletin(base, ON)


def test_what_comes_is_first_and_what_is_undated_last(found: Bulletin) -> None:
    """Then the latest changes come first."""
    ranks = {"pending": 0, "upcoming": 0, "in_force": 1, "undated": 2}
    order = [ranks[update.change.status] for update in found.updates]
    assert order == sorted(order) and len(order) >= 10
    dates = [u.change.in_force_since for u in found.updates if u.change.status == "in_force"]
    assert dates == sorted(dates, key=lambda day: day or date.min, reverse=True)


def test_a_change_names_what_it_touches(found: Bulletin, base: KnowledgeBase) -> None:
    """The reform of 2016 touches its questions, clauses, texts and old articles."""
    update = next(u for u in found.updates if u.change.id == "reforme-contrats-2016")
    assert {page.id for page in update.clauses} == set(update.change.clauses)
    assert update.questions[0].title == base.questions[update.questions[0].id].head["question"]
    assert "1134" in {old.former for old in update.former}
    assert all(text.id in base.authorities for text in update.authorities)


def test_pages_reviewed_before_a_change_are_to_be_read_again(base: KnowledgeBase) -> None:
    """Nothing before the change takes effect; afterwards, the pages that it touches."""

    def pages(on: date) -> set[str]:
        update = next(u for u in bulletin(base, on).updates if u.change.status == "upcoming")
        return {page.id for page in update.to_read_again}

    assert pages(ON) == set()
    assert pages(date(2027, 6, 1))


def test_freshness_counts_what_nobody_read_for_a_year(base: KnowledgeBase) -> None:
    """Today nothing is overdue; two years on, everything is."""
    today, later = bulletin(base, ON), bulletin(base, date(2028, 11, 25))
    assert [len(fresh.overdue) for fresh in today.freshness] == [0, 0, 0]
    assert all(len(fresh.overdue) == fresh.count for fresh in later.freshness)
    assert {fresh.kind for fresh in today.freshness} == {"question", "clause", "authority"}


def test_lately_is_bounded_and_ordered(base: KnowledgeBase) -> None:
    """The latest first, no more than asked, nothing from the future."""
    items = bulletin(base, ON, latest=5).published
    assert len(items) == 5
    assert [item.on for item in items] == sorted((item.on for item in items), reverse=True)
    assert bulletin(base, date(2000, 1, 1)).published == ()


def test_the_feed_is_rss(found: Bulletin) -> None:
    """Every item has a title, a link, a text and a guid of its own; days are those of RFC 822."""
    channel = ET.fromstring(rss(found, "https://exemple.fr/", NOW)).find("channel")
    assert (
        channel is not None
        and channel.findtext("lastBuildDate") == "Tue, 24 Nov 2026 08:00:00 +0000"
    )
    items = channel.findall("item")
    assert len(items) == len(found.updates) + len(found.published)
    guids = {item.findtext("guid") for item in items}
    assert len(guids) == len(items)
    for item in items:
        assert all(item.findtext(name) for name in ("title", "link", "description", "guid"))


def test_no_day_of_the_feed_is_to_come(found: Bulletin) -> None:
    """A change to come says its day in its text."""
    from email.utils import parsedate_to_datetime

    text = rss(found, "https://exemple.fr/", NOW)
    days = [
        parsedate_to_datetime(node.text or "").date()
        for node in ET.fromstring(text).iter("pubDate")
    ]
    assert max(days) <= ON
    assert "À partir du 12/01/2027." in text.decode()


def test_markup_is_escaped(found: Bulletin) -> None:
    """An address with markup or quotes stays text."""
    text = rss(found, "https://exemple.fr/?a=1&b=<script>", NOW)
    assert b"<script>" not in text
    assert ET.fromstring(text).findtext("channel/link") == "https://exemple.fr/?a=1&b=<script>"


@pytest.mark.parametrize("site", ["", "exemple.fr", "javascript:alert(1)", "file:///etc"])
def test_a_site_is_an_http_address(found: Bulletin, site: str) -> None:
    """Anything else is refused."""
    with pytest.raises(UsageError, match="Adresse de site incorrecte"):
        rss(found, site, NOW)


def test_the_command_prints_the_bulletin() -> None:
    """Changes, freshness and what was published lately."""
    result = CliRunner().invoke(main, ["watch", "--on", "2026-11-24", "--latest", "2"])
    assert result.exit_code == 0, result.output
    for text in ("Changements du droit", "Anciens articles :", "Fraîcheur de la base au 24/11/2026",
                 "Publié ou relu récemment"):  # fmt: skip
        assert text in result.stdout


def test_the_command_writes_the_feed(tmp_path: Path) -> None:
    """--rss writes the file and prints its name."""
    feed = tmp_path / "veille.xml"
    result = CliRunner().invoke(main, ["watch", "--rss", str(feed)])
    assert result.stdout.strip() == str(feed)
    assert ET.parse(feed).getroot().tag == "rss"


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@hypothesis_settings(max_examples=25)
@given(on=DAYS, later=DAYS, latest=st.integers(0, 300))
def test_time_only_adds(base: KnowledgeBase, on: date, later: date, latest: int) -> None:
    """As days pass, pages are published and grow old; none becomes fresh or unpublished again."""
    first, second = sorted((on, later))
    before, after = bulletin(base, first, latest=latest), bulletin(base, second, latest=10_000)
    assert len(before.published) <= latest
    assert set(before.published) <= set(after.published)
    for old, new in zip(before.freshness, after.freshness, strict=True):
        assert set(old.overdue) <= set(new.overdue) and old.count == new.count
    days = [page.on for page in before.published]
    assert days == sorted(days, reverse=True) and all(day <= first for day in days)
