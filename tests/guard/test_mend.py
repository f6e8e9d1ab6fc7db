"""A composed answer without what the guard finds at fault in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Answer, Assistant
from assistant.citation import Citation
from assistant.guard import mend
from ingest.build import Plan, build
from retrieval import Retriever
from tests.guard.conftest import CONTRACT, PENALTY, Shelf
from tests.retrieval.small_base import TOPICS, question_file, write, write_base

ABSENT = "Cette règle est aussi celle de l'article 1999-4 du Code civil"
PAYS = TOPICS[0]


def cited(n: int, passage: object = PENALTY, quote: str = "la pénalité ainsi convenue") -> Citation:
    """A citation of a passage of the small base."""
    of = CONTRACT if passage is CONTRACT else PENALTY
    return Citation(n, of.id, "statute", of.title, of.reference, of.url, quote)


LAW = cited(2, CONTRACT, "Les contrats légalement formés")
TEXTS = (
    "Le juge peut modérer la pénalité [1]. Le contrat fait loi [2].",
    "- Gardez le contrat [2].",
)


def test_a_sound_answer_is_untouched(shelf: Shelf) -> None:
    """Its texts are the same, its citations checked."""
    mended = mend(TEXTS, [cited(1), LAW], base=shelf)
    assert mended.texts == TEXTS and not mended.removed
    assert [(c.n, c.check) for c in mended.citations] == [(1, "verifie"), (2, "verifie")]
    assert mended.checked == 2


def test_a_sentence_whose_only_source_fails_goes(shelf: Shelf) -> None:
    """The others stay, numbered anew; both the quote and the sentence are kept for lawyers."""
    mended = mend(TEXTS, [cited(1, quote="la pénalité perpétuelle"), LAW], base=shelf)
    assert mended.texts == ("Le contrat fait loi [1].", "- Gardez le contrat [1].")
    assert [(c.n, c.passage_id) for c in mended.citations] == [(1, CONTRACT.id)]
    assert [r.rule for r in mended.removed] == ["quote", "marker"]
    assert mended.removed[1].sentence == "Le juge peut modérer la pénalité."


def test_a_sentence_with_another_source_stays(shelf: Shelf) -> None:
    """It loses the marker of the source that fails, no more."""
    mended = mend(["Le contrat fait loi [1][2]."], [cited(1, quote="rien"), LAW], base=shelf)
    assert mended.texts == ("Le contrat fait loi [1].",)


def test_a_marker_that_leads_nowhere_goes(shelf: Shelf) -> None:
    """A number without a citation is no source."""
    mended = mend(["Le juge peut modérer la pénalité [1][9]."], [cited(1)], base=shelf)
    assert mended.texts == ("Le juge peut modérer la pénalité [1].",)
    assert [r.rule for r in mended.removed] == ["marker"]


def test_a_sentence_that_names_an_absent_text_goes(shelf: Shelf) -> None:
    """That sentence alone, in a paragraph that names others."""
    text = f"Le juge peut modérer la pénalité [1]. {ABSENT} [1]."
    mended = mend([text], [cited(1)], base=shelf)
    assert mended.texts == ("Le juge peut modérer la pénalité [1].",)
    assert [r.rule for r in mended.removed] == ["reference"]
    assert "1999-4" in mended.removed[0].detail


def test_what_a_text_of_law_tells_of_stays(shelf: Shelf) -> None:
    """A number that a cited summary of the law names, "cité à tort 1152-2", is the base's own."""
    told = replace(PENALTY, text=f"{PENALTY.text} Parfois cité à tort « article 1152-2 ».")
    base = Shelf([told, CONTRACT])
    text = "Le juge peut modérer la pénalité, parfois cité à tort « article 1152-2 » [1]."
    assert mend([text], [cited(1)], base=base).texts == (text,)
    assert mend([text], [cited(1)], base=shelf).texts == ("",)


def test_a_reference_read_across_two_sentences_takes_both(shelf: Shelf) -> None:
    """Neither can be told from the other: what is left names no absent text."""
    text = "Le juge peut modérer la pénalité selon l'art. [1]. 1999-4 du Code civil [1]."
    mended = mend([text], [cited(1)], base=shelf)
    assert "1999" not in "".join(mended.texts)


def test_what_announced_it_goes_too(shelf: Shelf) -> None:
    """Neither a heading nor an introduction is left alone, and the citation goes with its sentence."""
    text = f"**Si vous payez**\n\nDeux points :\n\n- {ABSENT} [1]."
    mended = mend([text, TEXTS[1]], [cited(1), LAW], base=shelf)
    assert mended.texts == ("", "- Gardez le contrat [1].")
    assert [r.rule for r in mended.removed] == ["orphan", "orphan", "reference"]
    assert [c.passage_id for c in mended.citations] == [CONTRACT.id]


def test_nothing_may_be_left(shelf: Shelf) -> None:
    """A base that lost everything leaves an empty answer, and never raises."""
    mended = mend(TEXTS, [cited(1), LAW], base=Shelf([]))
    assert mended.texts == ("", "") and mended.citations == ()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """The answer of a base in which a section names an article that no file holds."""
    folder = tmp_path_factory.mktemp("broken")
    kb = write_base(folder / "kb")
    (kb / "variants/out-of-scope.yaml").unlink()  # a build is then quick
    spoilt = replace(PAYS, explanation=f"{PAYS.explanation} [@c-civ-1231-5]. {ABSENT}")
    write(kb / f"questions/{PAYS.id}.md", question_file(spoilt))
    build(Plan(kb, folder / "index"))
    return Assistant(Retriever.open(folder / "index")).answer(PAYS.question)


def test_the_assistant_shows_no_absent_text(broken: Answer) -> None:
    """The sentence is not shown, the rest is, and a lawyer is called."""
    assert "1999-4" not in broken.text and PAYS.explanation in broken.text
    assert broken.status == "needs_review" and "vérification" in broken.reason
    assert {removal.rule for removal in broken.removed} == {"reference"}


def test_a_sound_answer_tells_the_time_of_its_check(broken: Answer) -> None:
    """The stages add up to the whole."""
    times = dict(broken.timings_ms)
    total = times.pop("total")
    assert set(times) == {"retrieve", "compose", "guard"}
    assert sum(times.values()) == pytest.approx(total, abs=0.05)


def test_every_citation_carries_its_check(broken: Answer) -> None:
    """What is left was found in the base."""
    assert broken.citations and {c.check for c in broken.citations} == {"verifie"}
