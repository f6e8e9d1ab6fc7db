"""The policy file: read, explained and followed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.desk.errors import PolicyError
from assistant.desk.policy import MAX_BYTES, Case, load_policy
from ingest.readers.kb import read_kb

KB = Path(__file__).resolve().parents[2] / "kb"
END = "sinon: publier\nclients_anonymes: oui\nconservation_jours: 90\n"


def written(folder: Path, text: str) -> Path:
    """A base with a policy file."""
    (folder / "desk").mkdir()
    (folder / "desk" / "policy.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_file_of_the_base_is_sound() -> None:
    """It reads, and names only themes of the base."""
    themes = {str(entry.head["theme"]) for entry in read_kb(KB).questions.values()}
    assert load_policy(KB, themes).conservation_jours == 365


@pytest.mark.parametrize(
    ("case", "route", "urgency"),
    [
        (Case("answered", 0.9, "prix-et-paiement"), "publier", 2),
        (Case("answered", 0.9, negative_vote=True), "publier et relire", 3),
        (Case("declined", 0.99), "publier", 2),
        (Case("declined", 0.55), "attendre", 1),
        (Case("answered", 0.95, customer_document=True), "attendre", 3),
        (Case("needs_review", 0.5, as_of=date(2015, 1, 1)), "attendre", 2),
        (Case("answered", 0.9, as_of=date(2016, 10, 1)), "publier", 2),
        (Case("answered", 0.59, "social-et-conventions"), "attendre", 2),
        (Case("answered", 0.6, "social-et-conventions"), "publier", 2),
        (Case("answered", 0.5, "responsabilite"), "publier et relire", 3),
        (Case("needs_review", 0.2, "prix-et-paiement"), "publier et relire", 2),
    ],
)
def test_what_becomes_of_an_answer(case: Case, route: str, urgency: int) -> None:
    """The file of the base, read as a lawyer reads it."""
    decision = load_policy(KB).decide(case)
    assert (decision.route, decision.urgency) == (route, urgency)


def test_the_first_rule_that_fits_decides(tmp_path: Path) -> None:
    """Order counts, and the decision says which rule it was."""
    rules = """regles:
  - si: {themes: [prix], confiance_sous: 0.5}
    alors: attendre
    urgence: haute
  - si: {statut: answered}
    alors: publier et relire
"""
    policy = load_policy(written(tmp_path, rules + END))
    assert policy.decide(Case("answered", 0.4, "prix")).route == "attendre"
    assert policy.decide(Case("answered", 0.4, "prix")).reason == "thème prix ; confiance sous 50%"
    assert policy.decide(Case("answered", 0.5, "prix")).route == "publier et relire"
    assert policy.decide(Case("declined", 0.5, "prix")).route == "publier"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("regles: []\n" + END.replace("sinon: publier\n", ""), 1, "sinon"),
        (END + "sinom: publier\n", 4, "sinom"),
        (END + "regles:\n  - si: {statu: declined}\n    alors: publier\n", 5, "mot inconnu"),
        (END + "regles:\n  - si: {statut: declined}\n    alors: jeter\n", 6, "valeur inconnue"),
        (END + "regles:\n  - si: {statut: declined}\n", 5, "alors"),
        (END + "regles:\n  - si: {}\n    alors: publier\n", 5, "pas de condition"),
        (END + "regles:\n  - si: {themes: [prixx]}\n    alors: publier\n", 5, "prixx"),
        (END + "regles:\n  - si: {confiance_sous: 2}\n    alors: publier\n", 5, "confiance_sous"),
        (END.replace("oui", "peut-être"), 2, "clients_anonymes"),
        (END.replace("90", "0"), 3, "conservation_jours"),
        ("regles: [\n" + END, 3, "YAML"),
        ("", 1, "policy.yaml"),
        ("- a\n", 1, "policy.yaml"),
        ("a: &a [*a]\n", 1, "policy.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    """File, line, word and remedy."""
    with pytest.raises(PolicyError, match=told) as caught:
        load_policy(written(tmp_path, text), {"prix"})
    assert f"policy.yaml:{line}:" in caught.value.problem and caught.value.fix


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """There is no silent policy."""
    with pytest.raises(PolicyError, match="ne peut pas être lue"):
        load_policy(tmp_path)


@pytest.mark.parametrize("text", ["#" * (MAX_BYTES + 1), "a: \udcff"])
def test_a_hostile_file_is_refused(tmp_path: Path, text: str) -> None:
    """Neither a huge file nor one that is no UTF-8 is read."""
    (tmp_path / "desk").mkdir()
    path = tmp_path / "desk" / "policy.yaml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PolicyError):
        load_policy(tmp_path)
