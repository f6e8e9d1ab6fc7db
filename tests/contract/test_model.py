"""What may be chosen, what may be filled, and what is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.contract import Model, check_values, draft, load_model, resolve
from assistant.contract.types import Conflict
from retrieval.errors import KnowledgeBaseError, UsageError
from tests.contract.conftest import ROOT
from tests.contract.small_model import small_model


def test_the_defaults_are_allowed(model: Model) -> None:
    """Without a choice, every option takes its default, and nothing contradicts."""
    assert resolve(model, {}) == {option.id: option.default for option in model.options}


@pytest.mark.parametrize(
    "conflict", load_model(ROOT / "kb").conflicts, ids=lambda c: "-".join(c.when)
)
def test_each_conflict_is_refused_with_its_reason(model: Model, conflict: Conflict) -> None:
    """Two options that contradict each other are refused, both named, with the reason."""
    with pytest.raises(UsageError) as caught:
        resolve(model, dict(conflict.when))
    assert conflict.reason in caught.value.problem
    assert all(f"{name}={value}" in caught.value.problem for name, value in conflict.when.items())
    assert caught.value.fix


def test_each_half_of_a_conflict_is_allowed_alone(model: Model) -> None:
    """A conflict refuses the pair, not either choice by itself."""
    for conflict in model.conflicts:
        for name, value in conflict.when.items():
            assert resolve(model, {name: value})[name] == value


def test_an_unknown_option_is_refused(model: Model) -> None:
    """An option that does not exist is refused, with those that do."""
    with pytest.raises(UsageError, match="Option inconnue : couleur") as caught:
        resolve(model, {"couleur": "bleu"})
    assert "facturation" in caught.value.fix


def test_an_unknown_value_is_refused(model: Model) -> None:
    """A value that an option does not have is refused, with those it has."""
    with pytest.raises(UsageError, match="facturation : gratuit") as caught:
        resolve(model, {"facturation": "gratuit"})
    assert "forfait, regie, intervention" in caught.value.fix


@pytest.mark.parametrize(
    ("name", "hint"),
    [("client_non", "client_nom"), ("preavis_jour", "preavis_jours"), ("zzz", "--list")],
)
def test_an_unknown_field_is_refused(model: Model, name: str, hint: str) -> None:
    """A field that does not exist is refused, with the closest names, or the way to list them."""
    with pytest.raises(UsageError, match=f"Champ inconnu : {name}") as caught:
        check_values(model, {name: "x"})
    assert hint in caught.value.fix


def test_a_long_value_is_refused(model: Model) -> None:
    """500 characters are accepted, 501 are not."""
    assert check_values(model, {"client_nom": "x" * 500})
    with pytest.raises(UsageError, match="501"):
        check_values(model, {"client_nom": "x" * 501})


def test_an_empty_value_remains_to_be_filled(model: Model) -> None:
    """A value of spaces or of control characters fills nothing."""
    assert check_values(model, {"client_nom": " \n", "client_siren": "\x00\x1f"}) == {}


def test_lines_of_a_value_are_joined(model: Model) -> None:
    """A value on several lines becomes one line."""
    assert check_values(model, {"client_nom": "Un\r\n  Deux\tTrois"}) == {
        "client_nom": "Un Deux Trois"
    }


@given(st.text(st.characters(), max_size=500))
def test_any_value_can_be_written_in_xml(value: str) -> None:
    """Whatever is typed, lone surrogates and control characters included, XML can hold the rest."""
    for text in check_values(small_model("1.1 Un."), {"nom": value}).values():
        etree.Element("p").text = text


def test_every_field_is_described_and_used(model: Model) -> None:
    """The fields that the clauses use are those that options.yaml describes."""
    used = {
        name for clause in model.clauses for name in re.findall(r"\{\{ *(\w+) *\}\}", clause.text)
    }
    assert used == {field.id for field in model.fields}


def test_each_clause_lists_the_options_that_it_uses(model: Model) -> None:
    """The `options` of a clause's front matter are those of its blocks."""
    for path in sorted((ROOT / "kb" / "contract").glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        listed = re.search(r"^options: \[(.*)\]$", text, re.MULTILINE)
        assert listed, path
        found = set(re.findall(r"\[\[option:([a-z-]+)=", text))
        assert found == set(filter(None, listed[1].split(", "))), path


def test_clauses_are_in_order(model: Model) -> None:
    """The articles come by number, then the annexes."""
    assert [clause.number for clause in model.clauses] == [
        *map(str, range(1, 45)), *(f"A{n}" for n in range(1, 7)),
    ]  # fmt: skip


def test_a_malformed_options_file_says_so(tmp_path: Path) -> None:
    """A mistake in options.yaml is reported as a mistake of the base, not as a crash."""
    kb = tmp_path / "kb"
    shutil.copytree(ROOT / "kb" / "contract", kb / "contract")
    (kb / "law").mkdir()
    for source in (ROOT / "kb" / "law").glob("*.yaml"):
        shutil.copy(source, kb / "law")
    path = kb / "contract" / "options.yaml"
    good = path.read_text(encoding="utf-8")
    for bad in ("document: 3", "a: [", good.replace("default: forfait", "default: troc")):
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(KnowledgeBaseError, match="options.yaml"):
            load_model(kb)
    path.unlink()
    with pytest.raises(KnowledgeBaseError, match="illisible"):
        load_model(kb)


def test_a_missing_base_says_so(tmp_path: Path) -> None:
    """Without clauses there is no contract."""
    with pytest.raises(KnowledgeBaseError, match="Aucune clause"):
        load_model(tmp_path / "absent")


def test_a_field_that_nobody_describes_is_refused() -> None:
    """A clause that uses an unknown field is a mistake of the model."""
    with pytest.raises(KnowledgeBaseError, match="inconnu_x"):
        draft(small_model("1.1 Pour {{ inconnu_x }}."), {}, {})
