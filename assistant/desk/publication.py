"""Publication: an approved answer becomes a question of the base, signed and dated.

It goes to its customer in the same transaction. The store is the record; files are written from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from sqlalchemy import RowMapping, insert, select

from assistant.desk.accounts import confirmed
from assistant.desk.edits import checked
from assistant.desk.errors import AccessError, ConflictError, EditError
from assistant.desk.items import change, locked, reviewed_text
from assistant.desk.kb_file import NewQuestion, new_file, revised_file
from assistant.desk.overlay import clear, overlaid, write_files
from assistant.desk.roles import Actor, require
from assistant.desk.sources import digests
from assistant.desk.store import Store, Work
from assistant.desk.tables import ANSWERS, PUBLICATIONS, REVISIONS
from assistant.desk.texts import clean
from assistant.guard import Base
from ingest.readers.kb import KnowledgeBase, read_kb

Kind = Literal["new", "variant", "revision"]
MAX_WORDINGS = 50
_PERSONAL = frozenset(
    {"COURRIEL", "IBAN", "TVA", "NIR", "CARTE", "SIRET", "SIREN", "ADRESSE", "TELEPHONE", "IP",
     "PLAQUE"}
)  # fmt: skip
_NAMED = _PERSONAL | {"PERSONNE", "SOCIETE"}


@dataclass(frozen=True, slots=True)
class Target:
    """What an approved answer becomes in the base.

    Attributes:
        kind: "new", a question of its own; "variant", wordings of a question whose answer stays;
            "revision", another answer to a question.
        question: id of the base's question, for a variant or a revision.
        new: for a new question.
        wordings: ways of asking, written by the lawyer: a customer's own words can name people.
    """

    kind: Kind
    question: str = ""
    new: NewQuestion | None = None
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """An answer that was published."""

    id: int
    document: str  # "kb:questions/<id>"
    kind: Kind
    question: str
    wordings: tuple[str, ...]
    markdown: str
    citations: Sequence[dict[str, Any]]
    at: datetime
    sources: Mapping[str, str]  # digest of each passage cited, by id; empty for an old one
    returned: datetime | None  # when it went back to the queue
    withdrawn: datetime | None  # since when nobody is given it


@dataclass(frozen=True, slots=True)
class Publications:
    """What was published from a store.

    Args:
        store: an open store.
        kb: folder of the base that is published into.
    """

    store: Store
    kb: Path

    def publish(self, actor: Actor, item: int, version: int, target: Target, guard: Base) -> int:
        """Publish the approved text of an item, and send it to its customer; the new version.

        Args:
            guard: where the passages are: the text is held to them once more.

        Raises:
            AccessError: the actor is no lawyer, or the item is somebody else's.
            ConflictError: it was changed, or is not approved.
            EditError: the text cannot enter the base; nothing is sent.
        """
        require(actor, "lawyer")
        base = self.base()
        with self.store.write() as work:
            row = _approved(work, actor, item, version)
            text = _text(work, row)
            _hold(text, guard, reviewed_text(work.connection, item))
            made = _made(base, target, text, work.at.date())
            signed = {"item_id": item, "author_id": actor.account_id, "at": work.at,
                      "sources": digests(made["citations"], guard.passage)}  # fmt: skip
            new = insert(PUBLICATIONS).values(**made, **signed).returning(PUBLICATIONS.c.id)
            number = work.connection.execute(new).scalar_one()
            done = change(work, actor, row, "release", made["document"], state="published")
            work.note(actor.name, "publish", f"publication:{number}", item=item,
                      document=made["document"], kind=target.kind, version=done)  # fmt: skip
        return done

    def all(self) -> list[Publication]:
        """Every publication, oldest first, those withdrawn among them."""
        return published(self.store)

    def base(self) -> KnowledgeBase:
        """The base with what was published over it, so that a published question can be revised.

        What was withdrawn is in it: a lawyer is about to write it anew.
        """
        files = self._files(withdrawn=True)
        if not files:
            return read_kb(self.kb)
        with TemporaryDirectory() as folder:
            published = Path(folder) / "published"
            write_files(files, published, self.kb)
            return read_kb(overlaid(self.kb, published, Path(folder) / "base"))

    def export(self, folder: Path, *, anew: bool = False) -> list[Path]:
        """Write the files of what is published into a folder; what was written, sorted.

        What was withdrawn is not.

        Args:
            folder: made if it is missing.
            anew: take out the files of questions and wordings that are there already.

        Raises:
            StoreError: the folder cannot be written.
        """
        files = self._files(withdrawn=False)
        if anew:
            clear(folder)
        return write_files(files, folder, self.kb)

    def _files(self, *, withdrawn: bool) -> Sequence[Mapping[str, str]]:
        """The files of the publications, oldest first, with or without those withdrawn."""
        found = select(PUBLICATIONS.c.files).order_by(PUBLICATIONS.c.id)
        if not withdrawn:
            found = found.where(PUBLICATIONS.c.withdrawn.is_(None))
        with self.store.read() as connection:
            return connection.execute(found).scalars().all()


def _approved(work: Work, actor: Actor, item: int, version: int) -> RowMapping:
    """An item whose text was approved, held by the actor."""
    me = confirmed(work.connection, actor, "lawyer")
    row = locked(work, item, version)
    if row["state"] != "approved":
        raise ConflictError(
            f"La réponse à {row['reference']} n'est pas approuvée.", fix="Approuvez-la d'abord."
        )
    if row["holder_id"] != me and actor.role != "admin":
        raise AccessError("Cette question est prise par un autre juriste.")
    return row


def _text(work: Work, item: RowMapping) -> RowMapping:
    """The text in force of an item: Markdown and citations."""
    if item["revision"] is None:
        found = select(ANSWERS.c.markdown, ANSWERS.c.citations).where(
            ANSWERS.c.question_id == item["question_id"]
        )
    else:
        found = select(REVISIONS.c.markdown, REVISIONS.c.citations).where(
            REVISIONS.c.item_id == item["id"], REVISIONS.c.number == item["revision"]
        )
    return work.connection.execute(found).mappings().one()


def _hold(text: RowMapping, guard: Base, reviewed: str) -> None:
    """Hold a text to its passages as they are now: an authority may have changed since."""
    known = {int(citation["n"]): str(citation["passage_id"]) for citation in text["citations"]}
    if not known or max(known) > 200:
        raise EditError("Le texte ne cite rien.", fix="Citez au moins un passage.")
    sources = [known.get(n, known[min(known)]) for n in range(1, max(known) + 1)]
    checked(str(text["markdown"]), sources, guard, reviewed=reviewed)


def _made(base: KnowledgeBase, target: Target, text: RowMapping, on: date) -> dict[str, Any]:
    """The row of a publication."""
    wordings = [clean(line, "Une formulation", longest=1_000) for line in target.wordings]
    wordings = [" ".join(line.split()) for line in wordings]
    if len(wordings) > MAX_WORDINGS or any(line.startswith("#") for line in wordings):
        raise EditError(f"{MAX_WORDINGS} formulations au plus, sans # au début.")
    identifier, question, file = _file(base, target, text, on)
    _refuse_personal(" \n".join([question, *wordings]), _NAMED)
    _refuse_personal(str(text["markdown"]), _PERSONAL)
    files = {f"questions/{identifier}.md": file} if file else {}
    if wordings:
        files[f"variants/{identifier}.txt"] = "\n".join(wordings) + "\n"
    return {
        "document": f"kb:questions/{identifier}",
        "kind": target.kind,
        "question": question,
        "wordings": wordings,
        "markdown": text["markdown"],
        "citations": text["citations"],
        "files": files,
    }


def _file(base: KnowledgeBase, target: Target, text: RowMapping, on: date) -> tuple[str, str, str]:
    """The id and question of a publication, and its file; none for a variant."""
    if target.kind == "new":
        if target.new is None:
            raise EditError("Une nouvelle question a besoin d'un titre.", fix="Remplissez-le.")
        file = new_file(base, target.new, text["markdown"], text["citations"], on)
        return target.new.id, clean(target.new.question, "La question", longest=300), file
    entry = base.questions.get(target.question)
    if entry is None:
        raise EditError(
            f"La base n'a pas de question « {target.question[:80]} ».", fix="Choisissez-en une."
        )
    if target.kind == "variant":
        if not target.wordings:
            raise EditError("Donnez au moins une formulation.")
        return entry.id, str(entry.head["question"]), ""
    file = revised_file(base, entry, text["markdown"], text["citations"], on)
    return entry.id, str(entry.head["question"]), file


def _refuse_personal(text: str, kinds: frozenset[str]) -> None:
    """Refuse a text that tells who somebody is: everybody will read it."""
    from assistant.privacy import find

    found = next((one for one in find(text) if one.kind in kinds), None)
    if found is not None:
        raise EditError(
            f"« {text[found.start : found.end][:60]} » semble désigner une personne ou une société.",
            fix="Retirez-le : ce qui est publié est lu par tous.",
        )


def published(store: Store) -> list[Publication]:
    """Every publication of a store, oldest first, those withdrawn among them."""
    with store.read() as connection:
        rows = connection.execute(select(PUBLICATIONS).order_by(PUBLICATIONS.c.id)).mappings()
        return [publication_of(row) for row in rows]


def publication_of(row: RowMapping) -> Publication:
    """A publication from its row."""
    known = {name: row[name] for name in Publication.__dataclass_fields__}
    return Publication(
        **known | {"wordings": tuple(row["wordings"]), "sources": row["sources"] or {}}
    )
