"""docs/guide-python.md runs as it is written, and shows what really comes out."""

from __future__ import annotations

import ast
import io
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from interfaces.cli import main
from retrieval.retriever import LEGS
from tests.retrieval.small_base import build_base

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs/guide-python.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"# -> (.*)$")


@dataclass(frozen=True, slots=True)
class Step:
    """A statement of a python block, or a line of a bash block, with what the guide says it shows."""

    line: int  # of the guide, from 1
    language: str
    code: str
    shown: str | None  # "…" stands for any text; None where the guide shows nothing


def steps() -> Iterator[Step]:
    """The steps of the guide, in order."""
    for block in _BLOCK.finditer(GUIDE):
        first = GUIDE[: block.start(2)].count("\n") + 1
        if block[1] == "python":
            yield from _statements(block[2], first)
        elif block[1] == "bash":
            for number, code in enumerate(block[2].splitlines(), first):
                yield Step(number, "bash", code, None)


def _statements(source: str, first: int) -> Iterator[Step]:
    """The statements of a python block, each with the comments that end it or follow it."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        last = node.end_lineno or node.lineno
        shown = _SHOWN.findall(lines[last - 1])
        for line in lines[last:]:
            if not line.startswith("# -> "):
                break
            shown.append(line.removeprefix("# -> "))
        code = "\n" * (first + node.lineno - 2) + "\n".join(lines[node.lineno - 1 : last])
        yield Step(first + node.lineno - 1, "python", code, "\n".join(shown) if shown else None)


STEPS = list(steps())
SHOWING = [step for step in STEPS if step.shown is not None]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """What each step prints, by line of the guide: all run in order, in one namespace and one folder."""
    home = tmp_path_factory.mktemp("guide")
    build_base(home)
    (home / "var").mkdir()
    (home / "index").rename(home / "var/index")
    names: dict[str, Any] = {"__name__": "guide"}
    with chdir(home):
        return {step.line: _run(step, names) for step in STEPS}


def _run(step: Step, names: dict[str, Any]) -> str:
    """What a step prints. The command line is the real one, over the folder that the guide names."""
    if step.language == "bash":
        program, *arguments = shlex.split(step.code)
        assert program == "maintelex"
        settings = {"MAINTELEX_KB": "kb", "MAINTELEX_INDEX": "var/index"}
        done = CliRunner().invoke(main, arguments, env=settings, catch_exceptions=False)
        assert done.exit_code == 0, f"guide-python.md:{step.line} : {done.output}"
        return done.output
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(step.code, "docs/guide-python.md", "exec"), names)  # the guide's own code
    return printed.getvalue().rstrip("\n")


def matches(shown: str, printed: str) -> bool:
    """Whether a text is the one shown, where "…" stands for any."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


@pytest.mark.parametrize("step", SHOWING, ids=lambda step: f"line{step.line}")
def test_the_guide_shows_what_comes_out(outputs: dict[int, str], step: Step) -> None:
    """Each output of the guide is what its code prints."""
    assert step.shown is not None and matches(step.shown, outputs[step.line]), outputs[step.line]


def test_every_block_is_run(outputs: dict[int, str]) -> None:
    """No block is of a language that isn't run, and every output shown belongs to a statement."""
    assert {block[1] for block in _BLOCK.finditer(GUIDE)} == {"python", "bash"}
    assert len(outputs) == len(STEPS)
    assert sum((step.shown or "").count("\n") + 1 for step in SHOWING) == GUIDE.count("# -> ")


def test_what_is_printed_is_shown(outputs: dict[int, str]) -> None:
    """Whatever a python step prints, the guide shows: a reader knows what to expect."""
    printing = [s.line for s in STEPS if s.language == "python" and outputs[s.line] and not s.shown]
    assert printing == []


def test_a_wrong_output_would_be_noticed() -> None:
    """An ellipsis stands for any text, and everything else for itself."""
    assert matches("kb:…#a", "kb:questions/x#a") and matches("…", "a\nb")
    assert not matches("kb:…#a", "kb:questions/x#b") and not matches("[1]", "1")


def test_every_reason_is_told(outputs: dict[int, str]) -> None:
    """Every leg that a hit or a ranking gives as its reason has its row in the guide."""
    told = {
        name
        for row in re.findall(r"^\| (`.+?) \|", GUIDE, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    shown = set(re.findall(r"^(\w+) +-?\d+\.\d\d", "\n".join(outputs.values()), re.MULTILINE))
    assert {"text", "dense"} <= shown and {*shown, *LEGS} <= told


def test_links_lead_somewhere() -> None:
    """Links of the guide, and of the page of filters, lead to files that exist."""
    for page in ("guide-python.md", "filtres.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / "docs" / link).exists(), link
