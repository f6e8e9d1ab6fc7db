"""The conversation as a file: Word, PDF, Markdown; and as a link for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

import streamlit as st

from assistant.history.types import Exchange, Kept
from interfaces.settings import Settings
from interfaces.ui import conversation
from interfaces.ui.assistant import keeping
from interfaces.ui.assistant.copying import copy_button
from interfaces.ui.assistant.shelf import open_history
from interfaces.ui.assistant.visitor import holder
from interfaces.ui.conversation import GREETED
from interfaces.ui.desk import customer
from interfaces.ui.language import say
from interfaces.ui.markup import french, label
from interfaces.ui.pages.frame import pdf_button, word_button
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.dossier import Dossier
    from retrieval import Retriever

FILE = "dossier-maintelex"
MARKDOWN = "text/markdown"
_LINK = "shared-token"  # of the conversation on the screen, in the session: (name, token)


def shown(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """The exchanges whose answers may leave the page: those that wait for a lawyer may not."""
    return [one for one in exchanges if not customer.waits(one)]


@st.fragment
def actions(settings: Settings, retriever: Retriever) -> None:
    """Draw what may be done with the conversation on the screen."""
    found = [one for one in shown(conversation.exchanges()) if one.answer.reason not in GREETED]
    with st.container(key="actions", horizontal=True):
        if found:
            with st.popover(say("Enregistrer"), icon=":material/download:", key="save"):
                _files(found, retriever)
        if conversation.opened().name:
            if found:
                with st.popover(say("Partager"), icon=":material/share:", key="share"):
                    _link(settings)
            with st.popover(say("Supprimer"), icon=":material/delete:", key="delete"):
                _deletion(settings)


def dossier(exchanges: Sequence[Exchange], retriever: Retriever) -> Dossier:
    """The dossier of some exchanges, made now."""
    from assistant.dossier import Exchange as Printed
    from assistant.dossier import dossier_of
    from assistant.provenance.trace import software

    printed = [Printed(one.answer) for one in exchanges]
    return dossier_of(printed, retriever, datetime.now(UTC), software=software())


def _files(exchanges: Sequence[Exchange], retriever: Retriever) -> None:
    """Draw the downloads."""
    told = say(
        "Questions, réponses, sources avec leur version et leur vérification, et une empreinte qui"
        " montre que rien n’a été changé."
    )
    st.html(f'<p class="ml-lead">{escape(french(told))}</p>')
    word_button("save-word", f"{FILE}.docx", lambda: _made(exchanges, retriever, "docx"))
    ids = tuple(one.id for one in exchanges)
    pdf_button("save-pdf", ids, f"{FILE}.pdf", lambda: _made(exchanges, retriever, "pdf"))
    st.download_button(
        say("Télécharger en Markdown"), lambda: _made(exchanges, retriever, "md"), f"{FILE}.md",
        MARKDOWN, key="save-markdown", on_click="ignore", icon=":material/article:",
        width="stretch",
    )  # fmt: skip


def _made(exchanges: Sequence[Exchange], retriever: Retriever, form: str) -> bytes:
    """The file of some exchanges."""
    from assistant.dossier import to_markdown
    from assistant.dossier.write import write_docx, write_pdf
    from interfaces.ui.pages.resources import one_turn

    made = dossier(exchanges, retriever)
    if form == "md":
        return to_markdown(made).encode()
    file = BytesIO()
    with one_turn():
        (write_pdf if form == "pdf" else write_docx)(made, file)
    return file.getvalue()


def _link(settings: Settings) -> None:
    """Draw the link for others: made on demand, taken back on demand."""
    told = say(
        "Le lien montre une copie de la conversation telle qu’elle est maintenant, avec ce qu’elle"
        " cite de votre contrat, à qui le détient, pendant trente jours."
    )
    st.html(f'<p class="ml-lead">{escape(french(told))}</p>')
    name, token = st.session_state.get(_LINK, ("", ""))
    if token and name == conversation.opened().name:
        address = f"{_base()}?{keeping.LINK}={token}"
        st.html(
            f'<p class="ml-address">{escape(address)}</p>{copy_button(address, say("Copier le lien"))}'
        )
        st.button(say("Retirer le lien"), key="unshare", icon=":material/link_off:",
                  width="stretch", on_click=_unshare, args=(settings,))  # fmt: skip
        return
    st.button(say("Créer un lien"), key="make-link", icon=":material/link:", width="stretch",
              on_click=_share, args=(settings,))  # fmt: skip
    st.caption(say("Un nouveau lien remplace le précédent."))


def _base() -> str:
    """The address of the page, without its parameters."""
    return str(st.context.url or "").partition("?")[0].rstrip("/") + "/"


def _share(settings: Settings) -> None:
    """Make a link."""
    name = conversation.opened().name
    copy = [replace(one, received=None) for one in shown(conversation.exchanges())]
    try:
        kept = Kept(tuple(copy), conversation.case())
        token = open_history(settings).share(holder(), name, kept)
    except AppError as error:
        keeping.tell(str(error))
        return
    st.session_state[_LINK] = (name, token)


def _unshare(settings: Settings) -> None:
    """Take the link back."""
    try:
        open_history(settings).unshare(holder(), conversation.opened().name)
    except AppError as error:
        keeping.tell(str(error))
        return
    st.session_state.pop(_LINK, None)


def _deletion(settings: Settings) -> None:
    """Draw the way to delete the conversation."""
    told = say(
        "La conversation, ses liens et le contrat joint sont effacés. Ce n’est pas réversible."
    )
    st.html(f'<p class="ml-lead">{escape(french(told))}</p>')
    if st.button(say("Supprimer cette conversation"), key="delete-this", type="primary"):
        keeping.delete(settings)
        st.rerun()
    st.caption(label(say("Une question confiée à un juriste reste au bureau.")))
