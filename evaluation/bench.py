"""How cost grows with the number of passages: `maintelex bench`.

Each size is built, then queried, in two fresh processes, so that no size inherits the memory or the
warm caches of another; `evaluation.bench_step` is what runs in them.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from evaluation.bench_corpus import Corpus, open_corpus, write_sources
from evaluation.bench_memory import resident_mb
from ingest.passages import kb_wordings
from ingest.readers.kb import read_kb
from retrieval.errors import BuildError, UsageError

SEED = 20261124
_SAMPLED = 0.05  # seconds between two looks at a step's memory
SMALLEST, LARGEST = 10, 1_000_000  # passages of one size
MOST_SIZES = 12
MOST_QUESTIONS = 5_000
# Found from any working folder, which stays as it is: an encoder's path may be relative to it.
_STEP = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parents[1])!r});"
    " from evaluation.bench_step import main; main()"
)


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """What to measure.

    Raises:
        UsageError: a size or the number of questions is out of range.
    """

    kb: Path
    sizes: tuple[int, ...]  # passages beside those of the kb; `SMALLEST` to `LARGEST` each
    corpus: Path | None = None  # folder of documents, best of codes of law; None: from the kb
    questions: int = 200  # wordings of the kb asked at each size
    encoder: str = ""
    seed: int = SEED

    def __post_init__(self) -> None:
        wrong = [size for size in self.sizes if not SMALLEST <= size <= LARGEST]
        if wrong or not 1 <= len(self.sizes) <= MOST_SIZES:
            raise UsageError(
                f"Tailles refusées : {', '.join(map(str, wrong or self.sizes)) or 'aucune'}.",
                fix=f"Donnez 1 à {MOST_SIZES} tailles de {SMALLEST} à {LARGEST} passages.",
            )
        if not 1 <= self.questions <= MOST_QUESTIONS:
            raise UsageError(
                f"Nombre de questions refusé : {self.questions}.",
                fix=f"Demandez 1 à {MOST_QUESTIONS} questions.",
            )


@dataclass(frozen=True, slots=True)
class Measure:
    """What one size costs."""

    size: int  # passages asked for
    passages: int  # in the index, those of the kb with them
    build_s: float  # reading, embedding, indexing and training, in seconds
    build_cpu_s: float  # the same as the processors count it: steady on a busy machine
    passages_per_s: float  # of the index, built in a second
    build_peak_mb: float  # most memory that the building process and its workers held, in MiB
    disk_mb: float  # size of the generation, in MiB
    index_kind: str  # of the vectors: "flat" is exact, "hnsw" approximate
    open_ms: float  # opening the index
    query_p50_ms: float  # median of a search
    query_p95_ms: float  # 95 searches in 100 take less
    query_cpu_ms: float  # median of the processor's time of a search: steady on a busy machine
    query_peak_mb: float  # most memory that the querying process held, in MiB
    recall_at_10: float  # share of the ten truly nearest passages that the vectors' index finds


@dataclass(frozen=True, slots=True)
class Bench:
    """What a bench measured, smallest size first."""

    machine: Mapping[str, str | int]
    corpus: str  # "folder" or "kb": where the passages were taken from
    corpus_passages: int | None  # in the folder; sizes above it are made of mixed copies
    questions: int
    seed: int
    measures: tuple[Measure, ...]


def bench(plan: BenchPlan, on_measure: Callable[[Measure], None] = lambda measure: None) -> Bench:
    """Measure each size of a plan, calling `on_measure` after each.

    Raises:
        UsageError: the corpus holds nothing to read.
        BuildError: a step failed; its last words are told.
    """
    corpus = open_corpus(plan.corpus, plan.kb, plan.seed)
    asked = _questions(plan)
    measures = []
    for size in sorted(set(plan.sizes)):
        measures.append(_measure(plan, corpus, size, asked))
        on_measure(measures[-1])
    return Bench(
        _machine(),
        "folder" if plan.corpus else "kb",
        corpus.count,
        len(asked),
        plan.seed,
        tuple(measures),
    )


def _questions(plan: BenchPlan) -> list[str]:
    """Wordings of the kb, drawn with the plan's seed."""
    wordings = sorted({wording.text for wording in kb_wordings(read_kb(plan.kb))})
    if not wordings:
        raise UsageError(
            f"La base {plan.kb} n'a aucune formulation à poser.",
            fix="Indiquez une autre base (--kb).",
        )
    return Random(plan.seed).sample(wordings, min(plan.questions, len(wordings)))


def _measure(plan: BenchPlan, corpus: Corpus, size: int, asked: Sequence[str]) -> Measure:
    """Build and query one size, in a folder that is then removed."""
    with tempfile.TemporaryDirectory(prefix="maintelex-bench-") as name:
        folder = Path(name)
        sources = folder / "sources"
        write_sources(corpus, size, sources)
        common = {"index": str(folder / "index"), "encoder": plan.encoder}
        job = {"step": "build", "kb": str(plan.kb.resolve()), "source": str(sources), **common}
        built = _step(job)
        queried = _step({"step": "query", "questions": list(asked), **common})
    rate = round(built["passages"] / built["build_s"], 1)
    return Measure(size=size, passages_per_s=rate, **built, **queried)


def _step(job: Mapping[str, object]) -> dict[str, Any]:
    """Run a step in a process of its own; what it measured, its peak with its workers' added.

    Raises:
        BuildError: the process failed.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", _STEP], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        out, err, peak = _watched(process, json.dumps(job))
    if process.returncode:
        words = (err.strip() or f"code {process.returncode}").splitlines()[-1]
        raise BuildError(
            f"L'étape « {job['step']} » du banc d'essai a échoué : {words}",
            fix="Corrigez cette cause ; si la mémoire ou le disque manque, demandez des tailles moindres (--sizes).",
        )
    found = dict(json.loads(out.splitlines()[-1]))
    key = f"{job['step']}_peak_mb"
    return found | {key: max(found[key], round(peak, 1))}


def _watched(process: subprocess.Popen[str], job: str) -> tuple[str, str, float]:
    """What a process says on both its outputs, and the most memory seen while it ran, in MiB."""
    peak, given = 0.0, job
    while True:
        try:
            return *process.communicate(given, timeout=_SAMPLED), peak
        except subprocess.TimeoutExpired:
            given = ""  # communicate() goes on with what it was first given
            peak = max(peak, resident_mb(process.pid))


def _machine() -> dict[str, str | int]:
    """What the figures depend on, nothing that names the machine."""
    return {
        "processors": os.cpu_count() or 1,
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def bench_object(found: Bench) -> dict[str, Any]:
    """A bench as JSON values, with the names of the fields."""
    return asdict(found)
