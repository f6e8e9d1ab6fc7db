"""The policy: which answers go out at once, which are reviewed after, which wait for a lawyer.

One file, `kb/desk/policy.yaml`, explains itself to lawyers; here it is read, and followed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.desk.errors import PolicyError

FILE = Path("desk") / "policy.yaml"  # in the folder of the base
MAX_BYTES = 100_000

Route = Literal["publier", "publier et relire", "attendre"]
Status = Literal["answered", "needs_review", "declined"]
Urgency = Literal[1, 2, 3]  # low, normal, high

_URGENCIES: dict[str, Urgency] = {"basse": 1, "normale": 2, "haute": 3}
_WORDS = {"oui": True, "non": False}  # YAML 1.2 takes them for words, people for booleans
YesNo = Annotated[bool, BeforeValidator(lambda v: _WORDS.get(v, v) if isinstance(v, str) else v)]
_PROBLEMS = {
    "extra_forbidden": "mot inconnu",
    "missing": "il manque",
    "literal_error": "valeur inconnue",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What the policy looks at in an answer."""

    status: Status
    confidence: float  # 0 to 1
    theme: str = ""  # of the question of the base that answered; nothing when none did
    customer_document: bool = False  # whether it leans on a document of the customer's
    negative_vote: bool = False
    as_of: date | None = None  # date of the contract


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an answer."""

    route: Route
    urgency: Urgency
    reason: str  # the rule that decided, in French, for lawyers


class Condition(BaseModel):
    """When a rule fits: all that is given must be true."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statut: Status | None = None
    confiance_sous: float | None = Field(None, ge=0, le=1)
    themes: tuple[str, ...] = ()
    document_client: YesNo | None = None
    vote: Literal["negatif"] | None = None
    contrat_avant: date | None = None

    def fits(self, case: Case) -> bool:
        """Whether a case meets every condition given."""
        return all(
            (
                self.statut is None or case.status == self.statut,
                self.confiance_sous is None or case.confidence < self.confiance_sous,
                not self.themes or case.theme in self.themes,
                self.document_client is None or case.customer_document is self.document_client,
                self.vote is None or case.negative_vote,
                self.contrat_avant is None
                or (case.as_of is not None and case.as_of < self.contrat_avant),
            )
        )

    @property
    def told(self) -> str:
        """The conditions in words."""
        parts = [
            self.statut and {"declined": "sans réponse", "needs_review": "réponse à confirmer",
                             "answered": "répondue"}[self.statut],
            self.themes and "thème " + ", ".join(self.themes),
            self.confiance_sous is not None and f"confiance sous {self.confiance_sous:.0%}",
            self.document_client is not None
            and ("document du client" if self.document_client else "sans document du client"),
            self.vote and "vote négatif",
            self.contrat_avant and f"contrat antérieur au {self.contrat_avant:%d/%m/%Y}",
        ]  # fmt: skip
        return " ; ".join(str(part) for part in parts if part)


class Rule(BaseModel):
    """A condition, and what becomes of the answers that meet it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    si: Condition
    alors: Route
    urgence: Literal["basse", "normale", "haute"] = "normale"


class Policy(BaseModel):
    """The policy of a desk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    regles: tuple[Rule, ...] = Field((), max_length=200)
    sinon: Route
    clients_anonymes: YesNo
    conservation_jours: int = Field(ge=1, le=3650)
    relire_apres_jours: int = Field(365, ge=1, le=3650)

    def decide(self, case: Case) -> Decision:
        """What becomes of an answer: the first rule that fits says."""
        for rule in self.regles:
            if rule.si.fits(case):
                return Decision(rule.alors, _URGENCIES[rule.urgence], rule.si.told[:200])
        return Decision(self.sinon, 2, "aucune règle particulière")


def load_policy(kb: Path, themes: Collection[str] | None = None) -> Policy:
    """The policy of a knowledge base.

    Args:
        kb: folder of the base.
        themes: those of its questions; a rule on another is refused. Not looked at when None.

    Raises:
        PolicyError: the file is missing or wrong; file, line and remedy are told.
    """
    path = kb / FILE
    text = _text(path)
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        policy = Policy.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _wrong(line, "syntaxe YAML incorrecte", "vérifiez retraits et deux-points") from error
    except ValidationError as error:
        first = error.errors()[0]
        words = ".".join(str(part) for part in first["loc"])
        problem = _PROBLEMS.get(first["type"], first["msg"])
        raise _wrong(
            _line(tree, first["loc"]),
            f"« {words} » : {problem}",
            "voyez les mots en tête du fichier",
        ) from error
    _check_conditions(policy, tree, themes)
    return policy


def _text(path: Path) -> str:
    """The file, bounded."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PolicyError(
                f"{FILE.as_posix()} dépasse {MAX_BYTES // 1000} ko.", fix="Raccourcissez-le."
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(
            f"La politique de relecture {path} ne peut pas être lue.",
            fix="Remettez kb/desk/policy.yaml, enregistré en UTF-8.",
        ) from error


def _check_conditions(policy: Policy, tree: Any, themes: Collection[str] | None) -> None:
    """Refuse a rule without condition, which would hide those below, and unknown themes."""
    for number, rule in enumerate(policy.regles):
        line = _line(tree, ("regles", number, "si"))
        if not rule.si.told:
            raise _wrong(line, "cette règle n'a pas de condition", "ajoutez-en une, ou « sinon »")
        for theme in rule.si.themes:
            if themes is not None and theme not in themes:
                raise _wrong(
                    line,
                    f"thème « {theme} » inconnu",
                    "thèmes de la base : " + ", ".join(sorted(themes)),
                )


def _line(tree: Any, path: tuple[int | str, ...]) -> int:
    """The line of a value in a file, or of what holds it when it is missing."""
    node = tree
    for part in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == part]
            if not found:
                break
            node = found[0][1]
    return node.start_mark.line + 1 if node is not None else 1


def _wrong(line: int, problem: str, remedy: str) -> PolicyError:
    """What to tell of a line."""
    return PolicyError(
        f"{FILE.as_posix()}:{line}: {problem}.", fix=f"{remedy[0].upper()}{remedy[1:]}."
    )
