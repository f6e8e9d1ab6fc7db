"""A bench builds and asks each size in processes of its own, and tells what it cost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from evaluation.bench import LARGEST, SMALLEST, BenchPlan, Measure, bench
from evaluation.bench_corpus import Corpus, Text, open_corpus, write_sources
from evaluation.bench_memory import peak_mb, resident_mb
from evaluation.bench_plot import draw_bench, growth
from evaluation.bench_report import bench_markdown, bench_table, growth_lines
from evaluation.bench_step import _tenth_best
from ingest.code_passages import document_passages
from ingest.readers.files import load
from ingest.types import Limits
from interfaces.cli import main
from retrieval.errors import BuildError, UsageError
from tests.ingest.small_code import marked, write_code
from tests.retrieval.any_text import SOME
from tests.retrieval.small_base import write_base

ROOT = Path(__file__).resolve().parents[2]
MEASURE = Measure(
    size=1000, passages=1045, build_s=12.5, build_cpu_s=20.0, passages_per_s=104.5, build_peak_mb=512.0,
    disk_mb=3.25, index_kind="flat", open_ms=80.0, query_p50_ms=4.2, query_p95_ms=9.8, query_cpu_ms=3.9,
    query_peak_mb=120.0, recall_at_10=1.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base, without questions to decline: quickly built."""
    folder = write_base(tmp_path_factory.mktemp("bench") / "kb")
    (folder / "variants/out-of-scope.yaml").unlink()
    return folder


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two small codes."""
    folder = tmp_path_factory.mktemp("codes")
    for name, first in (("un", 1), ("deux", 101)):
        body = marked(
            [(f"L{n}", f"Le bien {n} est vendu. Il est livré.") for n in range(first, first + 20)]
        )
        write_code(folder, body, name=f"{name}.md", title=f"Code {name}")
    return folder


@pytest.fixture(scope="module")
def ran(kb: Path, codes: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """`maintelex bench` run once on two tiny sizes, and the folder of its report."""
    report = tmp_path_factory.mktemp("report") / "banc"
    arguments = ["bench", "--corpus", str(codes), "--kb", str(kb), "--sizes", "60,30"]
    arguments += ["--questions", "6", "--json", "--report", str(report)]
    return CliRunner().invoke(main, arguments, catch_exceptions=False), report


def test_a_bench_tells_every_cost(ran: tuple[Result, Path]) -> None:
    """One JSON object: the documented fields, the sizes in order, figures that can be true."""
    done, _ = ran
    found = json.loads(done.stdout)
    assert set(found) == {
        "machine", "corpus", "corpus_passages", "questions", "seed", "measures",
    }  # fmt: skip
    assert (found["corpus"], found["corpus_passages"], found["questions"]) == ("folder", 40, 6)
    first, second = found["measures"]
    assert [first["size"], second["size"]] == [30, 60]
    assert second["passages"] - first["passages"] == 30
    for row in (first, second):
        assert set(row) == {field.name for field in fields(Measure)}
        assert (row["index_kind"], row["recall_at_10"]) == ("flat", 1.0)
        assert min(row["build_s"], row["build_cpu_s"], row["query_cpu_ms"]) > 0
        assert 0 < row["query_p50_ms"] <= row["query_p95_ms"]
        assert min(row["build_peak_mb"], row["query_peak_mb"]) > 10
        assert 0 < row["disk_mb"] < 100


def test_each_size_is_told_when_it_is_done(ran: tuple[Result, Path]) -> None:
    """Whoever waits sees each size on standard error; the machine is not named."""
    done, _ = ran
    assert done.stderr.count("passages :") == 2
    machine = json.loads(done.stdout)["machine"]
    assert set(machine) == {"processors", "architecture", "system", "python"}


def test_a_report_has_its_figures_its_page_and_its_plot(ran: tuple[Result, Path]) -> None:
    """bench.json is what --json prints; bench.md shows the table and the figure beside it."""
    done, report = ran
    assert json.loads((report / "bench.json").read_text()) == json.loads(done.stdout)
    page = (report / "bench.md").read_text()
    assert "![Coût selon le nombre de passages](bench.png)" in page
    assert "--corpus DOSSIER --sizes 30,60 --questions 6" in page
    assert str(report) not in page
    image = (report / "bench.png").read_bytes()
    assert image.startswith(b"\x89PNG")
    assert len(image) > 10_000


def test_the_table_is_for_a_person(kb: Path) -> None:
    """Without --json and without a corpus, sentences of the kb make the passages of a table."""
    arguments = ["bench", "--kb", str(kb), "--sizes", "10", "--questions", "2"]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert "passages/s" in done.stdout
    assert "| flat | 1,000 |" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sizes", "dix"], "dix"),
        (["--sizes", ""], "illisibles"),
        (["--sizes", str(SMALLEST - 1)], str(SMALLEST - 1)),
        (["--sizes", f"1000,{LARGEST + 1}"], str(LARGEST + 1)),
        (["--sizes", ",".join(["10"] * 13)], "10, 10"),
        (["--questions", "0"], "0"),
        (["--questions", "5001"], "5001"),
        (["--corpus", "nulle-part"], "nulle-part"),
    ],
)
def test_a_bad_argument_is_named(arguments: list[str], told: str) -> None:
    """What is out of range is refused at once, as a wrong usage, with the value received."""
    done = CliRunner().invoke(main, ["bench", *arguments])
    assert done.exit_code == 2
    assert told in done.stderr


def test_an_empty_corpus_is_named(kb: Path, tmp_path: Path) -> None:
    """A folder without a readable text is no corpus."""
    with pytest.raises(UsageError, match="aucun texte lisible"):
        bench(BenchPlan(kb, (10,), tmp_path))


def test_a_failed_step_is_told(kb: Path, codes: Path, tmp_path: Path) -> None:
    """A process that fails gives its last words, not a table of half the sizes."""
    spoilt = Path(shutil.copytree(kb, tmp_path / "kb"))
    (spoilt / "questions/abimee.md").write_text("---\nid: [\n---\n", encoding="utf-8")
    with pytest.raises(BuildError, match="« build »"):
        bench(BenchPlan(spoilt, (10,), codes, questions=1))


def written(corpus: Corpus, size: int, folder: Path) -> list[str]:
    """The texts of the passages that the reader finds in a written corpus."""
    write_sources(corpus, size, folder)
    loaded = load([folder], Limits())
    assert loaded.failures == ()
    return [p.text for document in loaded.documents for p in document_passages(document)]


texts = st.lists(
    st.sampled_from(
        ["Le bien est vendu. Il est livré ; le prix est dû.", "# Titre", "Article 3",
         "---", "Un.\n\n##### Article 4\n\nDeux.", "  ##  ", "1° Un bien ;\n\n2° Un droit."]
    ),
    min_size=1, max_size=9,
)  # fmt: skip


@SOME
@given(texts, st.integers(1, 40), st.integers(0, 9))
def test_a_corpus_gives_as_many_passages_as_asked(
    tmp_path_factory: pytest.TempPathFactory, found: list[str], size: int, seed: int
) -> None:
    """Whatever the texts hold, each size is met to the passage, twice the same."""
    corpus = Corpus([Text(text, ("Livre Ier", "Titre II")) for text in found], len(found), seed)
    first, second = (
        written(corpus, size, tmp_path_factory.mktemp("w") / "sources") for _ in range(2)
    )
    assert len(first) == size
    assert first == second


def test_more_passages_than_the_corpus_are_mixed_copies(codes: Path, kb: Path) -> None:
    """All the corpus first, then the start of one passage with the end of another."""
    corpus = open_corpus(codes, kb, seed=1)
    took = [text.text for text in corpus.take(70)]
    own = [text.text for text in corpus.texts]
    assert took[:40] == own
    assert {text.split(". ")[0] for text in took[40:]} <= {text.split(". ")[0] for text in own}


def test_the_kb_alone_makes_a_corpus(kb: Path) -> None:
    """Sentences of the kb are recombined, the same ones for the same seed."""
    corpus = open_corpus(None, kb, seed=3)
    known = {text.text for text in corpus.texts}
    took = list(corpus.take(50))
    assert corpus.count is None
    assert len(set(took)) > 40
    assert all(any(sentence in text.text for sentence in known) for text in took)
    assert took == list(open_corpus(None, kb, seed=3).take(50))
    assert took != list(open_corpus(None, kb, seed=4).take(50))


@SOME
@given(st.integers(1, 60), st.integers(1, 4), st.integers(0, 99))
def test_the_tenth_best_is_that_of_a_plain_sort(rows: int, asked: int, seed: int) -> None:
    """Exact search by blocks agrees with sorting every score."""
    draw = np.random.default_rng(seed)
    vectors = draw.normal(size=(rows, 8)).astype(np.float32)
    queries = draw.normal(size=(asked, 8)).astype(np.float32)
    expected = np.sort(queries @ vectors.T, axis=1)[:, ::-1][:, : min(10, rows)][:, -1]
    assert np.allclose(_tenth_best(vectors, queries), expected)


def test_a_child_s_memory_is_its_own() -> None:
    """A small process started by a large one doesn't report the large one's memory."""
    code = "from evaluation.bench_memory import peak_mb; print(peak_mb())"
    ballast = bytearray(400 * 2**20)
    ballast[:: 2**12] = b"x" * len(ballast[:: 2**12])
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True
    )
    assert peak_mb() > 400
    assert 0 < float(child.stdout) < 400


def test_the_memory_of_workers_counts() -> None:
    """What a process's own children hold is added to what it holds."""
    worker = "x = b'x' * (150 * 2**20); print('held', flush=True); input()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        held = resident_mb(process.pid)
        process.communicate("\n")
    assert held > 150
    assert resident_mb(process.pid) == 0


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0])
def test_growth_is_the_exponent(exponent: float) -> None:
    """A cost that follows a power of the number of passages gives that power."""
    measures = [replace(MEASURE, passages=n, build_s=3 * n**exponent) for n in (100, 1_000, 20_000)]
    assert growth(measures, "build_s") == pytest.approx(exponent, abs=1e-6)


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_sizes_is_drawn(tmp_path: Path, count: int) -> None:
    """One size is a dot, several a line; a cost of nothing breaks no scale."""
    measures = [replace(MEASURE, passages=10**n, open_ms=0, build_s=0) for n in range(1, count + 1)]
    draw_bench(measures, tmp_path / "bench.png")
    assert (tmp_path / "bench.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("shown", "of"), [(bench_table, 1), (growth_lines, 0)], ids=["table", "growth"]
)
def test_one_size_has_no_growth(shown: Callable[[list[Measure]], object], of: int) -> None:
    """A single size has its line in the table and no rate of growth."""
    assert str(shown([MEASURE])).count("1 045") == of


def test_figures_are_written_in_french(kb: Path) -> None:
    """A comma before the decimals, a space between the thousands."""
    from evaluation.bench import Bench

    machine = {"processors": 2, "architecture": "x86_64", "system": "Linux", "python": "3.11"}
    page = bench_markdown(Bench(machine, "kb", None, 200, 7, (MEASURE,)))
    assert (
        "| 1 045 | 12,5 | 20,0 | 104 | 512 | 3,2 | flat | 1,000 | 80 | 4,2 | 9,8 | 3,9 | 120 |"
        in page
    )
    assert "phrases de la base recombinées" in page
