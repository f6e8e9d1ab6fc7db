"""What a bench is told as: a table for a person, a folder of files for a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from evaluation.bench import Bench, Measure, bench_object
from evaluation.bench_plot import draw_bench, growth

_COLUMNS = (
    ("passages", lambda m: _number(m.passages)),
    ("construction (s)", lambda m: _number(m.build_s, 1)),
    ("processeur (s)", lambda m: _number(m.build_cpu_s, 1)),
    ("passages/s", lambda m: _number(m.passages_per_s)),
    ("mémoire à la construction (Mio)", lambda m: _number(m.build_peak_mb)),
    ("disque (Mio)", lambda m: _number(m.disk_mb, 1)),
    ("vecteurs", lambda m: m.index_kind),
    ("rappel@10", lambda m: _number(m.recall_at_10, 3)),
    ("ouverture (ms)", lambda m: _number(m.open_ms)),
    ("recherche p50 (ms)", lambda m: _number(m.query_p50_ms, 1)),
    ("recherche p95 (ms)", lambda m: _number(m.query_p95_ms, 1)),
    ("recherche, processeur (ms)", lambda m: _number(m.query_cpu_ms, 1)),
    ("mémoire à la recherche (Mio)", lambda m: _number(m.query_peak_mb)),
)


def bench_table(measures: Sequence[Measure]) -> str:
    """The measures as a Markdown table, one size a line."""
    rows = [[name for name, _ in _COLUMNS], ["--:" for _ in _COLUMNS]]
    rows += [[show(measure) for _, show in _COLUMNS] for measure in measures]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def bench_markdown(found: Bench) -> str:
    """A page: the table, the figure, how cost grows, and how to measure it again."""
    machine = found.machine
    source = (
        f"{_number(found.corpus_passages or 0)} passages d'un dossier de codes ; au-delà, des copies mêlées"
        if found.corpus == "folder"
        else "phrases de la base recombinées"
    )
    sizes = ",".join(str(measure.size) for measure in found.measures)
    corpus = " --corpus DOSSIER" if found.corpus == "folder" else ""
    lines = [
        "# Banc d'essai",
        "",
        f"Corpus : {source}. {found.questions} questions, graine {found.seed}."
        f" Machine : {machine['processors']} processeurs {machine['architecture']},"
        f" {machine['system']}, Python {machine['python']}.",
        "",
        bench_table(found.measures),
        "",
        *growth_lines(found.measures),
        "![Coût selon le nombre de passages](bench.png)",
        "",
        f"Pour mesurer de nouveau : `maintelex bench{corpus} --sizes {sizes}"
        f" --questions {found.questions} --report DOSSIER`.",
        "",
    ]
    return "\n".join(lines)


def growth_lines(measures: Sequence[Measure]) -> list[str]:
    """How each cost grows between the smallest and the largest size; nothing for one size."""
    if len(measures) < 2:
        return []
    costs = (
        ("construction (processeur)", "build_cpu_s"),
        ("recherche p95", "query_p95_ms"),
        ("recherche (processeur)", "query_cpu_ms"),
        ("mémoire à la recherche", "query_peak_mb"),
        ("disque", "disk_mb"),
    )
    told = " ; ".join(f"{name}, n^{_number(growth(measures, key), 2)}" for name, key in costs)
    return [f"Croissance avec le nombre n de passages : {told}.", ""]


def write_report(found: Bench, folder: Path) -> None:
    """Write bench.json, bench.png and bench.md into a folder, made if need be.

    Raises:
        MissingPackageError: matplotlib is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(bench_object(found), ensure_ascii=False, indent=2)
    (folder / "bench.json").write_text(text + "\n", encoding="utf-8")
    (folder / "bench.md").write_text(bench_markdown(found), encoding="utf-8")
    draw_bench(found.measures, folder / "bench.png")


def _number(value: float, places: int = 0) -> str:
    """A number as the French write it."""
    return f"{value:,.{places}f}".replace(",", " ").replace(".", ",")
