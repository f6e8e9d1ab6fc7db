"""A minimal knowledge base that `maintelex check` finds clean, for tests to spoil."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ingest.check import check_kb
from ingest.readers.kb import Finding

TODAY = date(2026, 11, 24)
REVIEWED = {"reviewed_on": "2026-11-24", "reviewed_by": "Test"}

SHORT = (
    "Un contrat à durée indéterminée prend fin avec un préavis raisonnable [@c-civ-1211]."
    " Le modèle fixe ce préavis [@clause:resiliation]."
)
NOTE = "La clause suit l'article 1211 du Code civil [@c-civ-1211]."
STATUTE: dict[str, Any] = {
    "id": "c-civ-1211", "citation": "C. civ., art. 1211", "code": "Code civil", "article": "1211",
    "title": "Durée indéterminée", "summary": "Chacun peut mettre fin au contrat, avec un préavis raisonnable.",
    "in_force_since": "2016-10-01", "confidence": "high", **REVIEWED,
}  # fmt: skip
DECISION: dict[str, Any] = {
    "id": "cass-com-2010-06-29", "citation": "Cass. com., 29 juin 2010, n° 09-11.841",
    "date": "2010-06-29", "facts": "Un logiciel n'a pas été livré.", "holding": "Le plafond tient.",
    "standing": "actuelle", "statutes": ["c-civ-1211"], "confidence": "high", **REVIEWED,
}  # fmt: skip


class SmallKb:
    """A base of one question, one clause, one statute and one decision, under a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in (
            "questions",
            "contract/clauses",
            "contract/annexes",
            "law",
            "variants/clauses",
        ):
            (root / folder).mkdir(parents=True)
        self.law()
        self.question()
        self.clause()

    def law(
        self, *statutes: Mapping[str, Any], decisions: list[Mapping[str, Any]] | None = None
    ) -> None:
        """Write the law: the statute and decision above, replaced or completed by those given."""
        known = {STATUTE["id"]: STATUTE} | {str(item["id"]): item for item in statutes}
        self._yaml("statutes", statutes=list(known.values()))
        self._yaml("case_law", decisions=[DECISION] if decisions is None else decisions)
        self._yaml("collective_agreements", rules=[], agreements=[])

    def question(
        self, name: str = "preavis", short: str = SHORT, body: str = "Voir le contrat.", **head: Any
    ) -> Path:
        """Write a question; `authorities` follow from its text unless given."""
        sections = f"## Réponse courte\n\n{short}\n\n## Explication\n\n{body}\n\n## En pratique\n\nÉcrivez.\n\n## Limites\n\nRien.\n"
        front = {
            "id": name, "theme": "duree", "question": f"Quel préavis donner ({name}) ?",
            "question_en": f"What notice is due ({name})?", "authorities": _cited(short + body),
            "clauses": ["resiliation"], "related": [], "audience": "tous", "applies_from": None,
            "applies_to": None, **REVIEWED, "status": "publiee", "reponse_courte_en": "A reasonable one.",
        }  # fmt: skip
        return self._markdown(f"questions/{name}.md", front | head, sections)

    def clause(
        self, note: str = NOTE, text: str = "33.1 Le préavis est de trente jours.", **head: Any
    ) -> Path:
        """Write the clause."""
        front = {
            "id": "resiliation", "number": 33, "title": "Résiliation", "options": [],
            "authorities": _cited(note), **REVIEWED, "status": "publiee",
        }  # fmt: skip
        sections = f"## Clause\n\n{text}\n\n## Note de rédaction\n\n{note}\n"
        return self._markdown("contract/clauses/33-resiliation.md", front | head, sections)

    def findings(self, on: date = TODAY) -> list[Finding]:
        """What the check finds on a day."""
        return check_kb(self.root, on)

    def problems(self, on: date = TODAY) -> str:
        """The same as one text, empty when the base is clean."""
        return "\n".join(map(str, self.findings(on)))

    def _yaml(self, name: str, **content: Any) -> None:
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (self.root / "law" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def _markdown(self, name: str, front: Mapping[str, Any], sections: str) -> Path:
        path = self.root / name
        head = yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False)
        path.write_text(f"---\n{head}---\n\n{sections}", encoding="utf-8")
        return path


def _cited(text: str) -> list[str]:
    """The authorities that a text cites."""
    from ingest.readers.kb import CITATION

    return sorted({name for name in CITATION.findall(text) if not name.startswith("clause:")})
