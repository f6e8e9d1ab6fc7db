"""`maintelex bench`: what an index costs to build and to query, and how that grows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrieval.errors import UsageError

if TYPE_CHECKING:
    from evaluation.bench import Measure

_SIZES = "1000,10000,61000,200000"


@click.command()
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Dossier de codes de loi d'où tirer les passages ; sans lui, phrases de la base recombinées.",
)
@click.option("--sizes", default=_SIZES, show_default=True, help="Nombres de passages à mesurer.")
@click.option(
    "--questions", default=200, show_default=True, help="Formulations de la base à poser."
)
@click.option("--seed", type=int, help="Graine du tirage ; la même donne les mêmes passages.")
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON au lieu du tableau.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier où écrire bench.json, bench.png et bench.md.",
)
def bench(corpus: Path | None, sizes: str, questions: int, seed: int | None,
          kb: Path | None, as_json: bool, report: Path | None) -> None:  # fmt: skip
    """Mesure le coût de l'index : construction, recherche, mémoire, disque, selon sa taille.

    Chaque taille est construite puis interrogée dans des processus neufs. Au-delà des passages du
    corpus, des copies mêlées complètent.
    """
    from evaluation.bench import SEED, BenchPlan, bench_object
    from evaluation.bench import bench as measure
    from evaluation.bench_plot import check_plotting
    from evaluation.bench_report import bench_table, write_report
    from interfaces.settings import load_settings

    settings = load_settings(kb=kb)
    plan = BenchPlan(settings.kb, _numbers(sizes), corpus, questions, settings.encoder,
                     SEED if seed is None else seed)  # fmt: skip
    if report:
        check_plotting()
    found = measure(plan, _tell)
    if report:
        write_report(found, report)
    table = bench_table(found.measures)
    click.echo(json.dumps(bench_object(found), ensure_ascii=False) if as_json else table)


def _numbers(text: str) -> tuple[int, ...]:
    """Numbers parted by commas."""
    try:
        return tuple(int(part.replace("_", "")) for part in text.split(","))
    except ValueError as error:
        raise UsageError(
            f"Tailles illisibles : {text[:80]!r}.", fix="Exemple : --sizes 1000,10000,61000."
        ) from error


def _tell(measured: Measure) -> None:
    """Say that a size is done."""
    click.echo(
        f"{measured.passages} passages : {measured.build_s:.1f} s de construction,"
        f" {measured.query_p50_ms:.1f} ms la recherche.",
        err=True,
    )
