"""One step of a bench, in a process of its own: `evaluation.bench` starts it.

It reads a job as JSON on standard input and prints what it measured as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from evaluation.bench_memory import peak_mb
from retrieval.encoders import Vectors, open_encoder
from retrieval.generation import Manifest, current, read_manifest
from retrieval.vectors import VectorIndex

K = 8  # hits of a timed search, as the assistant asks for
NEAREST = 10  # neighbours that recall is taken over
_WARM = 5  # searches before the clock runs: the first ones load what the others find loaded
_BLOCK = 20_000  # vectors compared at once with exact search: 20 MB


def main() -> None:
    """Run the job on standard input."""
    job = json.load(sys.stdin)
    steps = {"build": _build, "query": _query}
    print(json.dumps(steps[job["step"]](job)))


def _build(job: Mapping[str, Any]) -> dict[str, float]:
    """Build an index; its size and what it took."""
    from ingest.build import Plan, build

    plan = Plan(Path(job["kb"]), Path(job["index"]), (Path(job["source"]),), str(job["encoder"]))
    start = perf_counter()
    report = build(plan)
    seconds = perf_counter() - start
    if report.failures:
        raise SystemExit(f"{report.failures[0].problem} {report.failures[0].fix}")
    return {
        "passages": report.manifest.passages,
        "build_s": round(seconds, 3),
        "build_cpu_s": round(sum(os.times()[:4]), 3),  # its own and, ended, its workers'
        "build_peak_mb": peak_mb(),
        "disk_mb": _disk_mb(current(Path(job["index"]))),
    }


def _query(job: Mapping[str, Any]) -> dict[str, float | str]:
    """Ask the questions; how long each took, and how near exact search the index is."""
    from retrieval import Retriever

    index, questions = Path(job["index"]), list(job["questions"])
    start = perf_counter()
    retriever = Retriever.open(index, encoder=str(job["encoder"]))
    opened = perf_counter() - start
    for question in questions[:_WARM]:
        retriever.search(question, K)
    times, worked = [], []
    for question in questions:
        start, at_work = perf_counter(), process_time()
        retriever.search(question, K)
        times.append(perf_counter() - start)
        worked.append(process_time() - at_work)
    peak = peak_mb()  # before recall, which reads every vector
    manifest = read_manifest(current(index))
    return {
        "open_ms": round(opened * 1e3, 1),
        "query_p50_ms": round(float(np.percentile(times, 50)) * 1e3, 2),
        "query_p95_ms": round(float(np.percentile(times, 95)) * 1e3, 2),
        "query_cpu_ms": round(float(np.percentile(worked, 50)) * 1e3, 2),
        "query_peak_mb": peak,
        "index_kind": _index_kind(manifest),
        "recall_at_10": round(_recall(index, manifest, str(job["encoder"]), questions), 4),
    }


def _index_kind(manifest: Manifest) -> str:
    """The kind of index that the passages' vectors are in."""
    return str(manifest.vectors["passages"])


def _recall(index: Path, manifest: Manifest, encoder: str, questions: Sequence[str]) -> float:
    """The share of the ten nearest passages that the index finds, over the questions.

    A passage as near as the tenth counts as found, whichever of the equals it is (Aumüller et al.,
    "ANN-Benchmarks", Information Systems 2020).
    """
    stored = VectorIndex(
        current(index) / "passages.faiss", rows=manifest.passages, dimension=manifest.dimension
    )
    asked = open_encoder(encoder).encode(list(questions))
    exact = _tenth_best(stored.all(), asked)
    found = [
        sum(score >= least - 1e-5 for _, score in stored.search(vector, NEAREST))
        for vector, least in zip(asked, exact, strict=True)
    ]
    return float(np.mean(found)) / min(NEAREST, manifest.passages)


def _tenth_best(vectors: Vectors, asked: Vectors) -> Vectors:
    """The tenth best inner product of each query with the vectors; the least one of fewer."""
    kept = min(NEAREST, len(vectors))
    best = np.empty((len(asked), 0), dtype=np.float32)
    for start in range(0, len(vectors), _BLOCK):
        scores = np.hstack([best, asked @ vectors[start : start + _BLOCK].T])
        best = -np.partition(-scores, min(kept, scores.shape[1]) - 1, axis=1)[:, :kept]
    return np.asarray(best.min(axis=1), dtype=np.float32)


def _disk_mb(folder: Path) -> float:
    """The size of a folder's files, in MiB."""
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return round(total / 2**20, 2)
