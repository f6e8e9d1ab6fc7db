"""Filling the model in: the wordings chosen, the fields written, the contract seen as it grows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from assistant.contract import Draft, Model, draft, to_docx, to_pdf
from assistant.contract.blocks import FIELD
from assistant.contract.model import MAX_VALUE
from assistant.contract.types import Article, Field
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.language import later, say
from interfaces.ui.markup import french, label
from interfaces.ui.pages.contract_html import article_html, draft_html
from interfaces.ui.pages.frame import pdf_button, show_error, word_button
from interfaces.ui.pages.resources import one_turn, open_model
from retrieval.errors import AppError

_VALUES = "contract-values"  # field -> text, in the visitor's own session
_CHOICES = "contract-choices"
_STAYS = later(
    "Les champs laissés vides sont surlignés dans le document. Ce que vous écrivez ici reste dans cette"
    " page."
)


@st.fragment
def fill(root: Path) -> None:
    """Draw the options, the fields of one article beside its text, then the downloads."""
    model = open_model(root)
    _options(model)
    try:
        made = draft(model, _kept(_CHOICES), _kept(_VALUES))
    except AppError as error:
        show_error(error)
        return
    groups = fields_by_article(made)
    _progress(made)
    names = {
        a.clause.id: f"{a.clause.name} – {a.title} ({_filled(made, fields)})"
        for a, fields in groups
    }
    chosen = st.selectbox(
        say("Article à remplir"), list(names), format_func=names.__getitem__, key="article-rempli"
    )
    article, fields = next(group for group in groups if group[0].clause.id == chosen)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _inputs(fields)
    with right:
        st.html(f'<h3 class="ml-label">{say("Aperçu")}</h3><div class="ml-paper" aria-live="polite">'
                f"{article_html(article)}</div>")  # fmt: skip
    with st.expander(say("Relire tout le contrat")):
        st.html(f'<div class="ml-paper">{draft_html(made)}</div>')
    _downloads(made)


def fields_by_article(made: Draft) -> list[tuple[Article, list[Field]]]:
    """The fields, by the article where each comes first, in the order of the contract."""
    waiting = {field.id: field for field in made.used}
    groups = []
    for article in (*made.articles, *made.annexes):
        names = dict.fromkeys(FIELD.findall(article.clause.text))
        found = [waiting.pop(name) for name in names if name in waiting]
        if found:
            groups.append((article, found))
    return groups


def _kept(slot: str) -> dict[str, str]:
    """What the visitor has written so far."""
    found: dict[str, str] = st.session_state.setdefault(slot, {})
    return found


def _options(model: Model) -> None:
    """Draw the choices between wordings."""
    with (
        st.expander(say("Options du contrat"), expanded=not _kept(_VALUES)),
        st.container(key="options"),
    ):
        for option in model.options:
            values = [value.id for value in option.values]
            current = _kept(_CHOICES).get(option.id, option.default)
            st.selectbox(
                typographic(french(option.label)), values, index=values.index(current), key=f"choice-{option.id}",
                format_func=option.label_of, help=typographic(french(option.help)), on_change=_keep,
                args=(_CHOICES, option.id, f"choice-{option.id}"),
            )  # fmt: skip


def _inputs(fields: list[Field]) -> None:
    """Draw the fields of an article."""
    for field in fields:
        need = "" if field.required else say(" (facultatif)")
        st.text_input(
            label(typographic(field.label + need)), value=_kept(_VALUES).get(field.id, ""), max_chars=MAX_VALUE,
            placeholder=typographic(french(say("Exemple : {text}", text=field.example))),
            key=f"field-{field.id}",
            on_change=_keep, args=(_VALUES, field.id, f"field-{field.id}"),
        )  # fmt: skip


def _keep(slot: str, name: str, key: str) -> None:
    """Keep what a control holds: its own value goes when another article is shown."""
    _kept(slot)[name] = st.session_state[key]


def _filled(made: Draft, fields: list[Field]) -> str:
    """« 3 sur 7 »."""
    done = sum(field.id in made.values for field in fields)
    return say("{done} sur {total}", done=done, total=len(fields))


def _progress(made: Draft) -> None:
    """Draw how much is filled."""
    total, done = len(made.used), len(made.used) - len(made.missing)
    told = say("{done} champs remplis sur {total}", done=done, total=total)
    st.progress(done / total if total else 1.0, text=told)


def _downloads(made: Draft) -> None:
    """Draw the downloads."""
    st.html(f'<h2 class="ml-label">{say("Télécharger")}</h2><p class="ml-lead">{say(_STAYS)}</p>')
    notes = st.checkbox(say("Imprimer les notes de rédaction"), key="notes")
    left, right = st.columns(2)
    with left:
        word_button("contract-word", "contrat.docx", lambda: _word(made, notes, {}))
    with right:
        pdf_button("contract-pdf", (made.model.version, dict(made.choices), dict(made.values), notes),
                   "contrat.pdf", lambda: _pdf(made, notes))  # fmt: skip


def _word(made: Draft, notes: bool, pages: Mapping[str, int]) -> bytes:
    """The contract as a Word file."""
    return to_docx(made, datetime.now(UTC), notes=notes, pages=pages)


def _pdf(made: Draft, notes: bool) -> bytes:
    """The contract as a PDF."""
    with one_turn():
        return to_pdf(made, lambda pages: _word(made, notes, pages))
