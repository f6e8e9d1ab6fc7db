"""The visitor's own contract, beside the conversation: added, told, taken away."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.ui import conversation
from interfaces.ui.assistant import keeping
from interfaces.ui.assistant.shelf import Contract
from interfaces.ui.language import count, say
from interfaces.ui.markup import french, label
from interfaces.ui.upload import file_field, read_document
from retrieval.errors import AppError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

TYPES = ["pdf", "docx"]
_TURN = "contract-turn"  # how many files were read: each has a control of its own
_WRONG = "contract-wrong"


def attach_button() -> None:
    """Draw the contract that stands beside the conversation, or the way to add one."""
    beside = conversation.contract()
    with st.container(key="attached", horizontal=True, vertical_alignment="center"):
        if beside is not None:
            _present(beside)
        else:
            _absent()


def draw_wrong() -> None:
    """Draw why a file could not be read."""
    if wrong := st.session_state.pop(_WRONG, ""):
        st.error(label(wrong), icon=":material/error:")


def _absent() -> None:
    """Draw the way to add a contract."""
    with st.popover(say("Joindre mon contrat"), icon=":material/attach_file:", type="tertiary",
                    key="attach"):  # fmt: skip
        told = say(
            "Les réponses diront ce que votre contrat prévoit, article et page, à côté de la loi."
            " Il reste en mémoire le temps de la conversation : il n’est ni enregistré, ni montré à"
            " un modèle de langage."
        )
        st.html(f'<p class="ml-lead">{escape(french(told))}</p>')
        turn = st.session_state.setdefault(_TURN, 0)
        name = say("Contrat en PDF ou en Word (DOCX), 20 Mo au plus")
        uploaded = file_field(name, TYPES, key=f"own-contract-{turn}")
        if uploaded:
            with st.spinner(say("Lecture du contrat…")):
                _read(uploaded)
            st.rerun()
    if gone := conversation.lost_contract():
        lost = say("« {name} » n’est plus en mémoire : joignez-le de nouveau.", name=gone)
        st.html(f'<span class="ml-gone">{escape(lost)}</span>')


def _read(uploaded: UploadedFile) -> None:
    """Read a file and set it beside the conversation; the control lets it go either way."""
    st.session_state[_TURN] += 1
    try:
        contract = Contract(read_document(uploaded), uploaded.getvalue())
    except AppError as error:
        st.session_state[_WRONG] = str(error)
        return
    conversation.put_contract(contract)
    keeping.put_away(contract)


def _present(beside: Contract) -> None:
    """Draw the contract's name and what was read of it."""
    document = beside.document
    pages = max((passage.page or 0 for passage in document.passages), default=0)
    told = count(pages, "{n} page", "{n} pages") if pages else say("Word")
    notes = [f"{told}"]
    if document.scanned:
        notes.append(count(len(document.scanned), "{n} page sans texte, non lue",
                           "{n} pages sans texte, non lues"))  # fmt: skip
    st.html(
        f'<span class="ml-attached"><bdi>{escape(document.name)}</bdi>'
        f" <small>{escape(' · '.join(notes))}</small></span>"
    )
    st.button(say("Retirer le contrat"), key="detach", type="tertiary", icon=":material/close:",
              on_click=keeping.drop_contract)  # fmt: skip
