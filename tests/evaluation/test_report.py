"""The report: the same figures everywhere, and nothing of a hostile question left alive."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evaluation.judgement import ALL, Miss
from evaluation.plots import Plot, plots
from evaluation.report import as_markdown, as_page, as_text, write_report
from evaluation.run import Evaluation
from evaluation.tables import interval, tables
from retrieval.errors import AppError
from tests.evaluation.made_evaluation import comparison, made

HOSTILE = '</td><script>alert("x")</script><img src=x onerror=alert(1)> | `rm`\n| a | b |'


class Page(HTMLParser):
    """The tags and attributes of a page, its text and its pictures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.images: list[dict[str, str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        if tag == "img":
            self.images.append({name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data


@pytest.fixture(scope="module")
def drawn() -> list[Plot]:
    """The plots of a made evaluation, drawn once."""
    return plots(made(comparison=comparison()))


def told_badly(evaluation: Evaluation) -> Evaluation:
    """An evaluation that a hostile question is a miss of."""
    return replace(evaluation, misses=(Miss("<b>id</b>", HOSTILE, (), (), 0.5, False),))


def test_the_three_files_hold_the_figures(evaluation: Evaluation, tmp_path: Path) -> None:
    """JSON, Markdown and page are written, and each gives hit@1 of the whole set."""
    made = write_report(evaluation, tmp_path / "new/report")
    assert [path.name for path in made] == ["report.json", "report.md", "report.html"]
    figures = json.loads(made[0].read_text(encoding="utf-8"))
    assert figures["crossed"]["documents"][ALL]["hit@1"]["mean"] == evaluation.hit1.mean
    for path in made[1:]:
        text = re.sub(r"\\(.)", r"\1", path.read_text(encoding="utf-8"))
        assert interval(evaluation.hit1) in text


def test_text_markdown_and_page_have_the_same_cells(
    evaluation: Evaluation, drawn: list[Plot]
) -> None:
    """Every cell of every table is in the Markdown and in the page; short ones in the text too."""
    markdown = re.sub(r"\\(.)", r"\1", as_markdown(evaluation))
    page, text = Page(as_page(evaluation, drawn)).text, as_text(evaluation)
    for table in tables(evaluation):
        for cell in (cell for row in table.rows for cell in row):
            assert cell in page
            assert re.sub(r"[ \n]+", " ", cell) in markdown
            assert table.long or cell in text


def test_the_page_needs_nothing_else(evaluation: Evaluation, drawn: list[Plot]) -> None:
    """The page names no other file or address, and its pictures are PNG with a text for each."""
    source = as_page(evaluation, drawn)
    page = Page(source)
    assert not {"script", "link", "iframe"} & set(page.tags)
    assert "http://" not in source
    assert "https://" not in source
    assert len(page.images) == len(drawn)
    for image in page.images:
        kind, _, data = image["src"].partition(",")
        assert kind == "data:image/png;base64"
        assert base64.b64decode(data).startswith(b"\x89PNG")
        assert len(image["alt"]) > 30


def test_a_hostile_question_is_shown_as_text(evaluation: Evaluation, drawn: list[Plot]) -> None:
    """Markup in a question or an id becomes text: no tag and no attribute comes of it."""
    page = Page(as_page(told_badly(evaluation), drawn))
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert len(page.images) == len(drawn)
    assert not [name for name in page.names if name.startswith("on")]
    assert HOSTILE in page.text


def test_a_hostile_question_keeps_to_its_cell(evaluation: Evaluation) -> None:
    """In Markdown a question opens no row, no cell and no tag."""
    line = next(
        line for line in as_markdown(told_badly(evaluation)).splitlines() if "alert" in line
    )
    assert len(re.findall(r"(?<!\\)\|", line)) == 7  # six cells
    assert not re.search(r"(?<!\\)[<>`]", line)


def test_a_hostile_document_stays_text(evaluation: Evaluation, drawn: list[Plot]) -> None:
    """The name of a document that the index lacks comes from the set: it is escaped as well."""
    judged = replace(evaluation.judged, unknown=("kb:questions/<script>alert(1)</script>",))
    told = replace(evaluation, judged=judged)
    assert "script" not in Page(as_page(told, drawn)).tags
    assert not re.search(r"(?<!\\)<script", as_markdown(told))


def test_every_row_is_as_wide_as_its_head(evaluation: Evaluation) -> None:
    """Tables have as many cells in each row as in their head."""
    for table in tables(replace(evaluation, comparison=comparison())):
        assert {len(row) for row in table.rows} == {len(table.head)}, table.title


def test_the_plots_are_in_the_page(evaluation: Evaluation, drawn: list[Plot]) -> None:
    """Every plot given is a picture of the page, in order, with its text and its bytes."""
    images = Page(as_page(evaluation, drawn)).images
    assert [image["alt"] for image in images] == [plot.said for plot in drawn]
    read = [base64.b64decode(image["src"].partition(",")[2]) for image in images]
    assert read == [plot.png for plot in drawn]


def test_long_tables_are_left_to_the_report(evaluation: Evaluation) -> None:
    """The terminal counts the errors and says where they are; the report lists them."""
    told = told_badly(evaluation)
    assert "alert" not in as_text(told)
    assert "1 erreur : --report ou --json" in as_text(told)


def test_a_folder_that_cannot_be_written_is_told(evaluation: Evaluation, tmp_path: Path) -> None:
    """A report whose folder is a file says so in French."""
    (tmp_path / "report").write_text("")
    with pytest.raises(AppError, match="n'a pas pu être écrit"):
        write_report(evaluation, tmp_path / "report")


def test_few_questions_are_told(evaluation: Evaluation) -> None:
    """Without cross-validation the report says so, and gives the shipped weights alone."""
    text = as_text(replace(evaluation, crossed=None))
    assert "Trop peu de questions" in text
    assert "validation croisée " not in text
