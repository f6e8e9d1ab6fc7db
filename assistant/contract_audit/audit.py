"""The audit of a contract: clauses aligned with the model's, checks put one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.contract import Draft, draft, load_model
from assistant.contract.types import Article, Item, Paragraph, Table
from assistant.contract_audit.align import Aligner
from assistant.contract_audit.judge import Judge
from assistant.contract_audit.types import (
    Alignment,
    Audit,
    Contract,
    Quote,
    Risk,
    Source,
    Suggestion,
)
from ingest.readers.contract_checks import CHECKS, SEVERITIES, Check, read_checks, read_signs
from ingest.readers.kb import KnowledgeBase, read_kb
from retrieval.errors import KnowledgeBaseError

LANDMARKS = 4  # clauses of the model found, under which the file may be no such contract
_OPTIONS = {"sauvegarde": "prestataire", "materiel": "avec"}  # the fullest wording of the model


class Auditor:
    """Audits contracts beside one model. Reading only; safe to share between threads."""

    def __init__(self, base: KnowledgeBase, made: Draft) -> None:
        self.checks, self._signs = read_checks(base), read_signs(base)
        wrong = [finding for finding in base.findings if finding.path == CHECKS]
        if wrong or not self.checks:
            problem = str(wrong[0]) if wrong else f"Aucun contrôle dans {base.root / CHECKS}."
            raise KnowledgeBaseError(
                problem, fix="Corrigez la base, puis lancez « maintelex check »."
            )
        self._authorities = base.authorities
        self._articles = {a.clause.id: a for a in (*made.articles, *made.annexes)}
        self._version = made.model.version
        wordings = {
            name: [text for _, _, text in lines] for name, lines in base.clause_variants.items()
        }
        self._aligner = Aligner(made.model, wordings)

    @classmethod
    def open(cls, root: Path) -> Auditor:
        """The auditor of the knowledge base under `root`.

        Raises:
            KnowledgeBaseError: the model or its checks break their own rules.
        """
        return cls(read_kb(root), draft(load_model(root), _OPTIONS, {}))

    def audit(self, contract: Contract) -> Audit:
        """What a contract holds, lacks and risks."""
        alignments, places = self._aligner.align(contract)
        judge = Judge(contract, places)
        alignments = tuple(self._signed(judge, alignment) for alignment in alignments)
        failed = {check.id: judge.fails(check) for check in self.checks}
        risks = [
            self._risk(check, quotes)
            for check in self.checks
            if (quotes := failed[check.id]) is not None
        ]
        return Audit(
            contract=contract,
            present=tuple(a for a in alignments if a.quotes),
            missing=tuple(a for a in alignments if not a.quotes),
            unusual=self._aligner.unusual(contract),
            risks=tuple(sorted(risks, key=lambda risk: SEVERITIES.index(risk.check.severity))),
            passed=tuple(check for check in self.checks if failed[check.id] is None),
            version=self._version,
            warnings=tuple(_warnings(contract, sum(bool(a.quotes) for a in alignments))),
        )

    def _signed(self, judge: Judge, alignment: Alignment) -> Alignment:
        """An alignment, with the sentences that show the clause when none was like it."""
        quotes = alignment.quotes or judge.signs(self._signs.get(alignment.clause, ()))
        return replace(alignment, quotes=quotes)

    def _risk(self, check: Check, quotes: tuple[Quote, ...]) -> Risk:
        """A check that failed, with its authorities and the model's wording."""
        sources = []
        for name in sorted(check.authorities, key=lambda n: check.rule.find(f"[@{n}]")):
            known = self._authorities[name]
            summary = str(known.data.get("summary") or known.data.get("holding") or "")
            sources.append(Source(name, known.citation, known.data.get("url"), summary))
        return Risk(check, quotes, tuple(sources), self._suggestion(check))

    def _suggestion(self, check: Check) -> Suggestion:
        """The paragraphs of the model that a check names; the whole first clause otherwise."""
        article = self._articles[check.clauses[0]]
        found = [
            text
            for name in check.clauses
            for text in paragraphs(self._articles[name])
            if text.split("\u00a0")[0] in check.suggestion
        ]
        return Suggestion(f"{article.clause.name} – {article.title}", tuple(found))


def paragraphs(article: Article) -> list[str]:
    """The paragraphs of an article with their numbers; list items and tables with the one above."""
    texts: list[str] = []
    for block in article.blocks:
        if isinstance(block, Table):
            continue
        text = "".join(span.text for span in block.spans)
        if isinstance(block, Paragraph) and block.number:
            texts.append(f"{block.number}\u00a0 {text}")
        elif texts:
            marker = f"{block.marker} " if isinstance(block, Item) else ""
            texts[-1] += f"\n{marker}{text}"
    return texts


def _warnings(contract: Contract, found: int) -> list[str]:
    """What the reader must know before relying on an audit."""
    told = []
    if contract.unread_pages:
        pages = ", ".join(map(str, contract.unread_pages))
        told.append(
            f"Pages sans texte, non lues : {pages}. Ce sont des images : passez-les par une"
            " reconnaissance de caractères (OCR)."
        )
    if found < LANDMARKS:
        told.append(
            "Ce document ressemble peu à un contrat d'assistance informatique : prenez les"
            " constats avec prudence."
        )
    return told
