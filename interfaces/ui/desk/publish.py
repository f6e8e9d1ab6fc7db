"""Publication: an approved answer enters the base, and goes to its customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.place import base_for
from interfaces.ui.desk.similar import near
from interfaces.ui.desk.words import slug, theme_name
from interfaces.ui.language import later, say
from interfaces.ui.pages.resources import open_base

if TYPE_CHECKING:
    from assistant.desk import Actor, Item, Store, Target
    from retrieval import Retriever

Kind = Literal["new", "variant", "revision"]
PUBLISHED = "published"  # in the folder of the data: what the next index adds to the base
_KINDS: dict[Kind, str] = {
    "new": later("Nouvelle question de la base"),
    "revision": later("Nouvelle réponse à une question de la base"),
    "variant": later("Nouvelles formulations d’une question de la base"),
}
_LEAD = later(
    "La réponse part au client et entre dans la base, signée et datée : elle sera donnée mot pour"
    " mot aux questions proches. Aucun nom de personne ni de société."
)


def draw_publish(
    settings: Settings, store: Store, actor: Actor, item: Item, retriever: Retriever
) -> None:
    """Draw the form by which an approved answer enters the base."""
    with st.expander(say("Publier dans la base"), icon=":material/library_add:"):
        st.caption(say(_LEAD))
        kind = _kind(item)
        with st.form(f"publish-{item.row.id}", border=False):
            if kind == "new":
                _new(settings, item)
            else:
                known = _near(retriever, item)
                st.selectbox(
                    say("Question de la base"), list(known), format_func=lambda one: known[one],
                    key="desk-near",
                )  # fmt: skip
            st.text_area(
                say("Autres façons de la poser, une par ligne"), key="desk-wordings",
                max_chars=8_000,
                placeholder=say("Écrites par vous : les mots d’un client peuvent le désigner."),
            )  # fmt: skip
            st.form_submit_button(
                say("Publier et envoyer"), type="primary",
                on_click=_publish, args=(settings, store, actor, item, retriever, kind),
            )  # fmt: skip


def _kind(item: Item) -> Kind:
    """Draw the choice of what an answer becomes; what came back is of the base already."""
    kinds = list(_KINDS)
    again = item.suggested.status == "validated"
    return st.radio(
        say("Ce qu’elle devient"), kinds, format_func=lambda one: say(_KINDS[one]), key="desk-kind",
        index=kinds.index("revision") if again else 0,
    )  # fmt: skip


def _near(retriever: Retriever, item: Item) -> dict[str, str]:
    """The questions of the base that an answer may go to, by document: its own first."""
    own = {item.suggested.document: item.question} if item.suggested.status == "validated" else {}
    return own | dict(near(retriever, item.question))


def _new(settings: Settings, item: Item) -> None:
    """Draw what a new question needs."""
    themes = sorted(
        {str(entry.head.get("theme")) for entry in open_base(settings.kb).questions.values()}
    )
    place = themes.index(item.row.theme) if item.row.theme in themes else 0
    st.text_input(
        say("Question, comme un client la poserait, sans nom"), key="desk-question", max_chars=300
    )
    st.selectbox(say("Thème"), themes, index=place, format_func=theme_name, key="desk-theme")
    st.text_input(say("La question en anglais"), key="desk-question-en", max_chars=300)
    st.text_area(say("La réponse courte en anglais"), key="desk-short-en", max_chars=1_000)


def _publish(
    settings: Settings, store: Store, actor: Actor, item: Item, retriever: Retriever, kind: Kind
) -> None:  # fmt: skip
    """Publish, and write the files that the next index reads."""
    from assistant.desk import Publications

    made = Publications(store, settings.kb)

    def act() -> None:
        made.publish(actor, item.row.id, item.row.version, _target(kind), base_for(retriever))

    if session.attempt(
        act, say("Publiée et envoyée : elle répond dès maintenant aux questions proches.")
    ):
        session.attempt(lambda: made.export(settings.data / PUBLISHED), "")


def _target(kind: Kind) -> Target:
    """What the form asks for."""
    from assistant.desk import NewQuestion, Target

    lines = tuple(line.strip() for line in _said("desk-wordings").splitlines() if line.strip())
    if kind != "new":
        question = _said("desk-near").removeprefix("kb:questions/")
        return Target(kind, question=question, wordings=lines)
    asked = _said("desk-question").strip()
    new = NewQuestion(
        slug(asked), _said("desk-theme"), asked, _said("desk-question-en"), _said("desk-short-en")
    )
    return Target("new", new=new, wordings=lines)


def _said(key: str) -> str:
    """What a field holds."""
    return str(st.session_state.get(key) or "")
