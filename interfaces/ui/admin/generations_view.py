"""The generations that are kept, and going back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.admin.rights import noted
from interfaces.ui.desk import session
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import badge, prose

if TYPE_CHECKING:
    from assistant.desk import Store
    from ingest.generations import Generation

_LEAD = later(
    "Chaque indexation fait une génération ; les dernières sont gardées. Revenir à l’une d’elles la sert"
    " aussitôt à tous ; la prochaine indexation la remplacera."
)


def generations_view(settings: Settings, store: Store) -> None:
    """Draw each generation, the one in use named."""
    from interfaces.place import kept_generations

    st.html(f'<p class="ml-lead">{prose(say(_LEAD))}</p>')
    for kept in kept_generations(settings):
        name = kept.manifest.generation
        with st.container(key=f"admin-row-{name}", horizontal=True, vertical_alignment="center"):
            st.html(_told(kept))
            if not kept.served:
                st.button(
                    say("Servir celle-ci"), key=f"serve-{name}", on_click=_serve,
                    args=(settings, store, name),
                )  # fmt: skip


def _told(kept: Generation) -> str:
    """A generation as HTML."""
    made = kept.manifest
    moment = f"{made.created[:10]} {made.created[11:16]} UTC"
    served = f" {badge(say('en usage'), 'low')}" if kept.served else ""
    told = say("{documents} documents, {passages} passages, {wordings} formulations",
               documents=made.documents, passages=made.passages, wordings=made.wordings)  # fmt: skip
    return (
        f'<p class="ml-about-item"><b>{prose(moment)}</b>{served}</p>'
        f'<p class="ml-lead">{prose(told)} · {prose(made.generation)}</p>'
    )


def _serve(settings: Settings, store: Store, name: str) -> None:
    """Serve a generation, and say who did."""
    from interfaces.place import serve_generation

    def serve() -> None:
        noted(store, "index-serve", f"generation:{name}")
        serve_generation(settings, name)

    session.attempt(serve, say("Cette génération est servie."))
