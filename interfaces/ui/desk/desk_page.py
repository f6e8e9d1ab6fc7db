"""« Bureau des juristes »: the queue, one question at a time, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.look import desk_page
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import empty

if TYPE_CHECKING:
    from assistant.desk import Store

LEAD = later("Relisez, corrigez, approuvez : ce que vous envoyez est ce que le client lit.")


def draw(settings: Settings, store: Store) -> None:
    """Draw the desk for a lawyer, the sign-in form for anybody else."""
    actor = session.let_in(
        store,
        session.is_lawyer,
        say("Réservé aux juristes du service."),
        say("Cette page est réservée aux juristes."),
    )
    if actor is None:
        return
    from interfaces.ui.desk.views import draw_views

    draw_views(settings, store, actor)


desk_page(
    later("Bureau des juristes"),
    LEAD,
    empty(
        say("Ce bureau n’est pas ouvert"),
        say(
            "La personne qui administre ce site ouvre le premier compte avec « maintelex users add »."
        ),
    ),
    draw,
)
