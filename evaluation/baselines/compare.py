"""MainteLex beside the others: the same documents, the same questions, the same process."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from evaluation.baselines.corpus import Engine, Source, corpus, without_wordings
from evaluation.judge import Progress
from evaluation.judgement import Group, document_groups
from evaluation.packages import MissingPackageError
from evaluation.questions import Question
from evaluation.threads import one_thread
from ingest.passages import kb_wordings
from ingest.readers.kb import read_kb
from retrieval import Retriever
from retrieval.errors import UsageError


@dataclass(frozen=True, slots=True)
class Contender:
    """An engine to compare with."""

    name: str  # as the report calls it
    place: str  # "module:Class" of an `Engine`
    wordings: bool = False  # it is given the wordings of the base too


RECIPE = "Recette des tutoriels"
CONTENDERS = (
    Contender(RECIPE, "evaluation.baselines.tutorial:Tutorial"),
    Contender("BM25", "evaluation.baselines.bm25:Bm25"),
    Contender("Haystack, hybride", "evaluation.baselines.haystack:Haystack"),
    Contender("txtai, hybride", "evaluation.baselines.txtai:Txtai"),
    Contender("BM25 + formulations", "evaluation.baselines.bm25:Bm25", wordings=True),
    Contender(RECIPE + " + formulations", "evaluation.baselines.tutorial:Tutorial", wordings=True),
)


@dataclass(frozen=True, slots=True)
class Timings:
    """How long an engine took, on this machine."""

    build_s: float  # from texts to an index, packages and models loaded before
    query_ms: float  # mean over the questions, one by one, after a first that isn't counted
    rank_ms: float | None = None  # of MainteLex: ordering documents alone, without their passages


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of an engine."""

    name: str
    documents: Group  # as in `Judgement.documents`
    pieces: int  # texts indexed
    timings: Timings


@dataclass(frozen=True, slots=True)
class Absent:
    """An engine that could not run."""

    name: str
    problem: str
    fix: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the others did, and how long MainteLex itself took."""

    own: Timings
    others: tuple[Compared, ...]
    absent: tuple[Absent, ...]
    load: float  # of the machine before: processes that wanted to run, mean of a minute
    cores: int  # of the machine; each engine had one thread


def compare(
    retriever: Retriever,
    kb: Path,
    questions: Sequence[Question],
    on_progress: Progress,
    contenders: Sequence[Contender] = CONTENDERS,
) -> Comparison:
    """The contenders over the documents of the index, and MainteLex built again from `kb`.

    A document counts as found from its best chunk. Engines whose package is missing are told.

    Raises:
        UsageError: no question that the base answers.
        KnowledgeBaseError: the base cannot be built again.
    """
    asked = [question for question in questions if question.documents]
    if not asked:
        raise UsageError(
            "Aucune question à laquelle la base répond : rien à comparer.",
            fix="Ajoutez au jeu des questions à « topic » ou à « clause ».",
        )
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    others: list[Compared] = []
    absent: list[Absent] = []
    with one_thread():
        own = _own_timings(retriever, kb, asked)
        sources = corpus(retriever, kb_wordings(read_kb(kb)))
        for done, contender in enumerate(contenders, start=1):
            try:
                others.append(_run(contender, sources, asked))
            except MissingPackageError as error:
                absent.append(Absent(contender.name, error.problem, error.fix))
            on_progress("comparaisons", done, len(contenders))
    return Comparison(own, tuple(others), tuple(absent), load, cores)


def _run(contender: Contender, sources: Sequence[Source], asked: Sequence[Question]) -> Compared:
    """Build one engine, ask it every question, and judge it."""
    module, _, name = contender.place.partition(":")
    engine: Engine = getattr(import_module(module), name)()
    start = perf_counter()
    pieces = engine.build(sources if contender.wordings else without_wordings(sources))
    built = perf_counter() - start
    ranked: dict[str, list[str]] = {}
    engine.search(asked[0].text)
    start = perf_counter()
    for question in asked:
        ranked[question.id] = engine.search(question.text)
    mean = (perf_counter() - start) / len(asked) * 1e3
    ranked = {name: list(dict.fromkeys(found)) for name, found in ranked.items()}
    groups = document_groups(asked, ranked)
    return Compared(contender.name, groups, pieces, Timings(built, mean))


def _own_timings(retriever: Retriever, kb: Path, asked: Sequence[Question]) -> Timings:
    """MainteLex: a whole build from the files of the base, then every question."""
    from ingest.build import Plan, build

    with TemporaryDirectory(prefix="maintelex-eval-") as folder:
        start = perf_counter()
        build(Plan(kb, Path(folder) / "index", encoder=retriever.manifest.encoder_spec))
        built = perf_counter() - start
    search = _mean_ms(lambda text: retriever.search(text), asked)
    return Timings(built, search, _mean_ms(lambda text: retriever.rank(text), asked))


def _mean_ms(ask: Callable[[str], object], asked: Sequence[Question]) -> float:
    """Mean milliseconds a question."""
    ask(asked[0].text)
    start = perf_counter()
    for question in asked:
        ask(question.text)
    return (perf_counter() - start) / len(asked) * 1e3
