"""The settings as this process sees them; secrets are never shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st
from pydantic import SecretStr

from interfaces.settings import PREFIX, Settings
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import prose

if TYPE_CHECKING:
    from assistant.desk import Store

_LEAD = later(
    "Ils se changent sur le serveur, par des variables d’environnement ; la page les relit au démarrage."
)
_USER = re.compile(r"(?<=://)[^/@\s]+@")  # a name and password inside an address


def settings_view(settings: Settings, _: Store) -> None:
    """Draw each setting: its name, its value, whether it was set, what it is for."""
    rows = "".join(
        f"<tr><td><code>{prose(PREFIX + name.upper())}</code></td><td>{prose(shown(settings, name))}</td>"
        f"<td>{prose(say('donné') if name in settings.model_fields_set else say('par défaut'))}</td>"
        f"<td>{prose(say(field.description or ''))}</td></tr>"
        for name, field in Settings.model_fields.items()
    )
    heads = (say("Réglage"), say("Valeur"), say("Origine"), say("Sens"))
    head = "".join(f'<th scope="col">{prose(text)}</th>' for text in heads)
    st.html(
        f'<p class="ml-lead">{prose(say(_LEAD))}</p><div class="ml-table" tabindex="0" role="region"'
        f' aria-label="{prose(say("Réglages"))}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def shown(settings: Settings, name: str) -> str:
    """The value of a setting for the screen, without any secret."""
    value = getattr(settings, name)
    if isinstance(value, SecretStr):
        return say("renseigné, caché") if value.get_secret_value() else say("vide")
    return _USER.sub("…@", str(value)) or say("vide")
