"""Passages follow headings and pages, hold their limits and lose nothing."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import chunk, split_text
from ingest.types import Block, Document
from retrieval.errors import UsageError

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
prose = st.lists(
    st.sampled_from(
        ["Le", "client", "résilie.", "art.", "5", "Oui !", "\n", " ", "délai", "x" * 70]
    ),
    max_size=60,
).map(" ".join)
paths = st.sampled_from([(), ("A",), ("A", "B")])
pages = st.sampled_from([None, 1, 2])
blocks = st.lists(st.builds(Block, text=words | prose, heading_path=paths, page=pages), max_size=12)
sizes = st.tuples(st.integers(1, 120), st.integers(0, 80)).map(lambda p: (p[0], p[0] + p[1]))


def document_of(*blocks: Block) -> Document:
    """A document made of these blocks."""
    return Document(
        id="doc:0123456789ab/contrat.pdf",
        name="contrat.pdf",
        title="Contrat",
        sha256="0" * 64,
        blocks=blocks,
    )


def texts(*blocks: Block, target: int = 900, limit: int = 1400) -> list[str]:
    """The texts of the passages that the blocks give."""
    return [p.text for p in chunk(document_of(*blocks), target=target, limit=limit)]


def letters(texts: list[str]) -> str:
    """The texts joined, white space dropped."""
    return "".join("".join(texts).split())


@given(blocks, sizes)
def test_no_character_is_lost_and_order_is_kept(blocks: list[Block], size: tuple[int, int]) -> None:
    """Read one after the other, the passages say what the blocks say, white space aside."""
    passages = texts(*blocks, target=size[0], limit=size[1])
    assert letters(passages) == letters([block.text for block in blocks])


@given(blocks, sizes)
def test_limits_are_held(blocks: list[Block], size: tuple[int, int]) -> None:
    """No passage is longer than the limit, none is empty, none starts or ends with a space."""
    for text in texts(*blocks, target=size[0], limit=size[1]):
        assert 0 < len(text) <= size[1]
        assert text == text.strip()


@given(blocks, sizes)
def test_ids_are_unique(blocks: list[Block], size: tuple[int, int]) -> None:
    """Even where pages come back out of order, each passage has its own id."""
    ids = [p.id for p in chunk(document_of(*blocks), target=size[0], limit=size[1])]
    assert len(set(ids)) == len(ids)


@given(blocks, sizes)
def test_places_are_kept(blocks: list[Block], size: tuple[int, int]) -> None:
    """Each text stays on its page and under its headings: a citation opens where it stands."""
    expected: dict[object, str] = defaultdict(str)
    found: dict[object, str] = defaultdict(str)
    for block in blocks:
        expected[block.heading_path, block.page] += letters([block.text])
    for p in chunk(document_of(*blocks), target=size[0], limit=size[1]):
        found[p.heading_path, p.page] += letters([p.text])
    assert found == {place: text for place, text in expected.items() if text}


@given(prose, sizes)
def test_words_stay_whole(text: str, size: tuple[int, int]) -> None:
    """A word that fits in a passage is never cut."""
    found = [
        word
        for passage in texts(Block(text), target=size[0], limit=size[1])
        for word in passage.split()
    ]
    if all(len(word) <= size[1] for word in text.split()):
        assert found == text.split()


def test_short_blocks_are_joined_up_to_the_target() -> None:
    """Short paragraphs share a passage as long as it does not exceed the target."""
    assert texts(Block("aaaa"), Block("bbbb"), Block("cccc"), target=10, limit=20) == [
        "aaaa\n\nbbbb",
        "cccc",
    ]


def test_a_block_between_target_and_limit_stays_whole() -> None:
    """A paragraph a little over the target is not cut."""
    assert texts(Block("un deux. trois quatre"), target=10, limit=30) == ["un deux. trois quatre"]


def test_headings_are_never_crossed() -> None:
    """Two clauses never share a passage, however short."""
    assert texts(Block("a", ("Durée",)), Block("b", ("Prix",))) == ["a", "b"]


def test_pages_are_never_crossed() -> None:
    """A passage stands on one page, so that its link opens the right one."""
    assert texts(Block("a", page=1), Block("b", page=2)) == ["a", "b"]


def test_long_blocks_are_cut_at_ends_of_sentences() -> None:
    """The cut falls between two sentences, at the one nearest to the target."""
    text = "Le contrat dure un an. Il se renouvelle. Le préavis est de trois mois."
    assert texts(Block(text), target=40, limit=50) == [
        "Le contrat dure un an. Il se renouvelle.",
        "Le préavis est de trois mois.",
    ]


@pytest.mark.parametrize(
    "reference", ["l'art. 1231-5", "C. civ. 1103", "Cass. com. du 9", "M. Durand"]
)
def test_legal_abbreviations_end_no_sentence(reference: str) -> None:
    """A reference to the law is not torn apart at its full stop."""
    passages = texts(
        Block(f"Le juge modère. Selon {reference} il le peut aussi."), target=22, limit=40
    )
    assert any(reference in passage for passage in passages)


def test_overlong_words_are_cut_at_the_limit() -> None:
    """Only a word longer than a whole passage is cut."""
    assert texts(Block("x" * 25), target=10, limit=10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_passage_says_where_it_stands() -> None:
    """Id, reference, headings and page come from the document and the block."""
    (passage,) = chunk(document_of(Block("Un an.", ("Contrat", "Durée"), page=4)))
    assert passage.id == "doc:0123456789ab/contrat.pdf#p4.1"
    assert passage.document_id == passage.id.split("#")[0]
    assert (passage.kind, passage.title) == ("document", "Contrat")
    assert (passage.heading_path, passage.page) == (("Contrat", "Durée"), 4)
    assert passage.reference == "Contrat, p. 4"


def test_passages_are_numbered_within_their_page() -> None:
    """Numbers start again on each page; without pages they run through page 0."""
    paged = chunk(document_of(Block("a", ("A",), 1), Block("b", ("B",), 1), Block("c", ("B",), 2)))
    assert [p.id.split("#")[1] for p in paged] == ["p1.1", "p1.2", "p2.1"]
    unpaged = chunk(document_of(Block("a", ("A",)), Block("b", ("B",))))
    assert [p.id.split("#")[1] for p in unpaged] == ["p0.1", "p0.2"]
    assert unpaged[0].reference == "Contrat"


def test_a_document_without_text_gives_no_passage() -> None:
    """Blocks of white space give nothing to index."""
    assert texts(Block(" \n ")) == []


@pytest.mark.parametrize(("target", "limit"), [(0, 10), (11, 10)])
def test_impossible_sizes_are_refused(target: int, limit: int) -> None:
    """A target under one or over the limit is an error of the caller, told with both values."""
    with pytest.raises(UsageError, match=str(limit)) as caught:
        chunk(document_of(), target=target, limit=limit)
    assert caught.value.fix


@pytest.mark.parametrize("unit", [". ", "IV. ", "a. ", "… "])
def test_text_that_ends_everywhere_costs_no_more_than_prose(unit: str) -> None:
    """Hundreds of thousands of stops are cut like any text: only the nearest one is judged."""
    text = (unit * 50_000).strip()
    assert all(len(piece) <= 300 for piece in split_text(text, 200, 300))
