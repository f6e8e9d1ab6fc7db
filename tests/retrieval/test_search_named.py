"""What a question names: old numbers and the texts that took their place, in the order of the question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrieval import Filters, Passage, Retriever
from retrieval.folder import Folder
from retrieval.generation import current
from retrieval.references import former_key
from tests.retrieval.made_index import answer, make_index

OLD_DAY, DAY = date(2015, 1, 1), date(2020, 1, 1)


def article(
    number: str, since: date | None = None, until: date | None = None, *former: str
) -> Passage:
    """An article of the civil code, with the articles it took the place of."""
    name = f"kb:law/c-civ-{number}"
    return Passage(
        f"{name}#x", name, "statute", f"Article {number}", f"Le texte numéro {number}.", in_force_since=since,
        in_force_until=until, reference=f"C. civ., art. {number}", meta={"former": list(former)},
    )  # fmt: skip


OLD = article("1152", None, date(2016, 9, 30))
NEW = article("1231-5", date(2016, 10, 1), None, "C. civ., art. 1152", "C. civ., art. 1226")
ALONE = article("1103", date(2016, 10, 1), None, "C. civ., art. 1134")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of an old article, of its successor, and of one whose predecessor is not there."""
    return make_index(tmp_path_factory.mktemp("named"), [answer(), OLD, NEW, ALONE])


@pytest.fixture(scope="module")
def law(index: Path) -> Retriever:
    """The retriever over it."""
    return Retriever.open(index)


def named(law: Retriever, question: str, as_of: date | None = None) -> list[str]:
    """References that a question names."""
    return [
        passage.reference.removeprefix("C. civ., art. ")
        for passage in law.named(question, as_of=as_of)
    ]


@pytest.mark.parametrize(
    ("question", "day", "expected"),
    [("article 1152 du code civil", DAY, ["1231-5", "1152"]),
     ("article 1152 du code civil", OLD_DAY, ["1152", "1231-5"]),
     ("art. 1152", None, ["1231-5", "1152"]),
     ("article 1226 du code civil", DAY, ["1231-5"]),
     ("article 1134 du code civil", DAY, ["1103"]),
     ("article 1231-5 du code civil", OLD_DAY, ["1231-5"]),
     ("l'article 1103 puis l'article 1152 du code civil", DAY, ["1103", "1231-5", "1152"]),
     ("l'article 1152 puis l'article 1103 du code civil", OLD_DAY, ["1152", "1231-5", "1103"]),
     ("article 1152 du code de commerce", DAY, []),
     ("article 9999 du code civil", DAY, [])],
)  # fmt: skip
def test_an_old_number_names_the_text_that_took_its_place(
    law: Retriever, question: str, day: date | None, expected: list[str]
) -> None:
    """The law of the day comes first, then the other: neither is hidden, neither is mistaken."""
    assert named(law, question, day) == expected


def test_named_passages_are_the_first_hits_in_their_order(law: Retriever) -> None:
    """Search shows first what the question names, in the order in which it is named."""
    for question in (
        "l'article 1103 puis l'article 1152 du code civil",
        "articles 1231-5 et 1103 C. civ.",
    ):
        hits = law.search(question, 9)
        wanted = [passage.id for passage in law.named(question)]
        assert [hit.passage.id for hit in hits[: len(wanted)]] == wanted
        assert all("reference" in {r.leg for r in hit.reasons} for hit in hits[: len(wanted)])


def test_a_hit_says_by_which_key_it_was_named(law: Retriever) -> None:
    """A successor says that it was found by the old number, the article itself by its own."""
    details = {
        hit.passage.id: reason.detail
        for hit in law.search("article 1152 du code civil", 9) for reason in hit.reasons if reason.leg == "reference"
    }  # fmt: skip
    assert details == {OLD.id: "art:1152@civ", NEW.id: former_key("art:1152@civ")}


def test_filters_decide_of_successors_too(law: Retriever) -> None:
    """A successor that a filter leaves out is left out."""
    only = Filters(documents=frozenset({OLD.document_id}))
    assert [
        hit.passage.id for hit in law.search("article 1152 du code civil", 9, filters=only)
    ] == [OLD.id]


def test_former_numbers_are_keys_of_their_own(index: Path) -> None:
    """An old number is no article of today's: it is kept apart from the numbers in use."""
    folder = Folder(current(index))
    numbers = {p.reference: number for number, p in enumerate(folder.all_passages(), start=1)}
    assert folder.by_reference("art:1134@civ") == []
    assert folder.by_reference("was:1134@civ") == [numbers["C. civ., art. 1103"]]
    assert folder.by_reference("was:1152") == [numbers["C. civ., art. 1231-5"]]


@pytest.mark.parametrize("former", ["C. civ., art. 1152", None, 3, {"a": 1}, [None, 3, "?"]])
def test_former_numbers_of_another_nature_are_none(tmp_path: Path, former: object) -> None:
    """What isn't a list of citations names nothing, and stops no build."""
    odd = Passage(
        "kb:law/a#x",
        "kb:law/a",
        "statute",
        "t",
        "t",
        reference="C. civ., art. 7",
        meta={"former": former},
    )
    law = Retriever.open(make_index(tmp_path, [answer(), odd]))
    assert law.named("article 1152 du code civil") == []
    assert [p.id for p in law.named("article 7 du code civil")] == [odd.id]
