"""What `maintelex ask` does with an answer beside printing it: a document, a dossier, a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrieval.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from assistant.answering import Answer, Answers
    from assistant.own_document import OwnDocument
    from interfaces.settings import Settings
    from retrieval import Retriever


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for beside the answer."""

    document: Path | None = None  # the customer's own
    dossier: Path | None = None  # file to write
    keep: bool = False

    def check(self, *, batch: bool) -> None:
        """Refuse what cannot be done before a question is answered.

        Raises:
            UsageError: the answers are many.
            DossierError: the dossier's format is unknown.
        """
        if batch and (self.document or self.dossier or self.keep):
            raise UsageError(
                "--document, --dossier et --keep valent pour une seule question.",
                fix="Retirez-les, ou posez les questions une à une.",
            )
        if self.dossier:
            from assistant.dossier.write import check_format

            check_format(self.dossier)

    def read_document(self) -> OwnDocument | None:
        """The customer's document, if there is one.

        Raises:
            DocumentError: it cannot be read.
        """
        if self.document is None:
            return None
        from assistant.own_document import OWN_LIMITS, OwnDocument

        try:
            with self.document.open("rb") as file:
                data = file.read(OWN_LIMITS.max_bytes + 1)
        except OSError as error:
            absent = isinstance(error, FileNotFoundError)
            cause = "fichier introuvable" if absent else f"lecture impossible ({error.strerror})"
            raise DocumentError(
                f"{self.document.name} : {cause}.",
                fix="Vérifiez le chemin et les droits du fichier.",
            ) from error
        return OwnDocument.read(self.document.name, data)


def answer_one(
    question: str, as_of: date | None, options: Options, assistant: Answers, retriever: Retriever,
    settings: Settings,
) -> tuple[Answer, str]:  # fmt: skip
    """The answer to one question as it is to be shown, and its id when it was kept.

    What is kept is the answer without the customer's document, which leaves no trace.

    Raises:
        DocumentError: the customer's document cannot be read.
        AppError: the dossier or the record cannot be written.
    """
    document = options.read_document()
    answer = assistant.answer(question, as_of=as_of)
    identifier = _keep(answer, retriever, settings) if options.keep else ""
    if document is not None:
        from assistant.own_document import with_document

        answer = with_document(answer, document, retriever)
    if options.dossier:
        from assistant.dossier import Exchange
        from interfaces.dossier_command import write_dossier

        write_dossier([Exchange(answer, identifier)], retriever, options.dossier)
    return answer, identifier


def _keep(answer: Answer, retriever: Retriever, settings: Settings) -> str:
    """Keep an answer, and say under which id."""
    from assistant.provenance import record_of
    from interfaces.explain_command import kept_answers

    record = record_of(answer, retriever)
    kept_answers(settings).keep(record)
    click.echo(f"Réponse gardée : {record.id} (maintelex explain {record.id})", err=True)
    return record.id
