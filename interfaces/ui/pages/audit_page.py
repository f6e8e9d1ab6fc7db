"""The audit of a visitor's own contract. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import later, say
from interfaces.ui.pages.frame import page, pdf_button, show_error, word_button
from interfaces.ui.upload import file_field, read_contract
from retrieval.errors import AppError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from assistant.contract_audit import Audit

LEAD = later(
    "Votre contrat, lu à côté du modèle : risques relevés, clauses absentes, rédactions proposées."
)
TYPES = ["pdf", "docx", "txt"]
_SIDES = {
    "tous": later("Tous"),
    "client": later("Je suis le client"),
    "prestataire": later("Je suis le prestataire"),
}
_AUDIT = "audit"  # what was found, in the visitor's own session
_TURN = "audit-turn"  # how many files were read
PRIVACY = later(
    "Le fichier est lu sur ce serveur, sans modèle de langage, puis effacé : ni lui ni ses mots ne sont"
    " enregistrés. L’analyse reste dans cette page et disparaît quand vous la fermez."
)


def draw(settings: Settings) -> None:
    """Draw the upload, then what was found."""
    uploaded = file_field(
        say("Contrat en PDF, en Word (DOCX) ou en texte, 20 Mo et 150 pages au plus"), TYPES,
        key=f"contrat-{st.session_state.setdefault(_TURN, 0)}",
    )  # fmt: skip
    st.html(f'<p class="ml-lead">{say(PRIVACY)}</p>')
    if uploaded:
        _audit(settings, uploaded)
    elif _AUDIT in st.session_state:
        _show(st.session_state[_AUDIT])
    else:
        _await()


def _await() -> None:
    """Say what an analysis will give."""
    from interfaces.ui.pages.pieces import empty

    st.html(
        empty(
            say("L’analyse apparaîtra ici"),
            say(
                "Chaque constat donne le passage du contrat, la règle, son autorité et une rédaction"
                " à proposer. Suivent les clauses absentes et un rapport à télécharger."
            ),
        )
    )


def _audit(settings: Settings, uploaded: UploadedFile) -> None:
    """Keep what is found in an upload, and let the upload go; say why when it cannot be read."""
    _forget()
    try:
        with st.spinner(say("Lecture du contrat, quelques secondes…")):
            st.session_state[_AUDIT] = _read(settings, uploaded)
    except AppError as error:
        show_error(error)
        return
    st.session_state[_TURN] += 1  # another control: Streamlit frees the file of the former
    st.rerun()


def _read(settings: Settings, uploaded: UploadedFile) -> Audit:
    """The audit of an upload."""
    from interfaces.ui.pages.resources import one_turn, open_auditor

    contract = read_contract(uploaded)
    with one_turn():
        return open_auditor(settings.kb).audit(contract)


def _show(found: Audit) -> None:
    """Draw what was found, and the report."""
    from interfaces.ui.pages.audit_html import clauses_html, risk_html, summary_html

    st.html(summary_html(found))
    _downloads(found)
    sides = _sides(found)
    shown = [risk for risk in found.risks if sides is None or risk.check.side in (sides, "deux")]
    st.html("".join(risk_html(n, risk, opened=n <= 2) for n, risk in enumerate(shown, start=1)))
    st.html(clauses_html(found))
    st.button(say("Effacer l’analyse"), key="forget", icon=":material/delete:", on_click=_forget)


def _sides(found: Audit) -> str | None:
    """Whose risks the visitor wants to read; None for all."""
    if not found.risks:
        return None
    names = {"tous": None, "client": "client", "prestataire": "prestataire"}
    chosen = st.segmented_control(
        say("Risques à montrer"), list(names), default="tous", required=True, key="cote",
        format_func=lambda name: say(_SIDES[name]),
    )  # fmt: skip
    return names[chosen or "tous"]


def _forget() -> None:
    """Forget what was found, and its report."""
    for key in (_AUDIT, "audit-pdf"):
        st.session_state.pop(key, None)


def _downloads(found: Audit) -> None:
    """Draw the report's downloads."""
    from datetime import UTC, datetime

    from assistant.contract_audit import report_docx, report_pdf
    from interfaces.ui.pages.resources import one_turn

    def pdf() -> bytes:
        with one_turn():
            return report_pdf(found, datetime.now(UTC))

    left, right = st.columns(2)
    with left:
        word_button("audit-word", "analyse.docx", lambda: report_docx(found, datetime.now(UTC)))
    with right:
        pdf_button("audit-pdf", st.session_state[_TURN], "analyse.pdf", pdf)


page(later("Analyser mon contrat"), LEAD, draw)
