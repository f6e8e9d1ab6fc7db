"""Reading the setting that names a model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.model.errors import ModelError

LOCAL = "openai_compatible"  # the provider of a model named by an address

_NAMED = re.compile(r"([a-z][a-z0-9_]*):(\S{1,200})")
_FIX = (
    "Écrivez « fournisseur:modèle » (openai:…, mistralai:…, ollama:…) ou l'adresse d'un serveur"
    " compatible avec OpenAI : « http://localhost:1234/v1#modèle »."
)


@dataclass(frozen=True, slots=True)
class Spec:
    """A model by its provider and name, or by its address and name."""

    provider: str
    name: str
    address: str = ""  # "http://localhost:1234/v1"; empty for a provider's own

    @property
    def label(self) -> str:
        """How the model is shown: never with a password that its address could hold."""
        if not self.address:
            return f"{self.provider}:{self.name}"
        return f"{self.name} ({urlsplit(self.address).hostname})"


def read_spec(setting: str) -> Spec:
    """The model that a setting names.

    Raises:
        ModelError: absent; the setting is of neither form.
    """
    address, _, name = setting.strip().partition("#")
    if re.match(r"https?://", address):
        return Spec(LOCAL, _name(name), _address(address))
    named = _NAMED.fullmatch(setting.strip())
    if not named:
        raise ModelError("absent", setting[:60], "réglage illisible", fix=_FIX)
    return Spec(named[1], named[2])


def _name(name: str) -> str:
    """The name of a model behind an address."""
    if not re.fullmatch(r"\S{1,200}", name):
        raise ModelError("absent", name[:60] or "?", "nom de modèle absent de l'adresse", fix=_FIX)
    return name


def _address(address: str) -> str:
    """An address that names a host and carries no password."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise ModelError("absent", "?", "adresse incorrecte", fix=_FIX)
    if parts.username or parts.password or parts.query:
        raise ModelError(
            "absent", parts.hostname or "?", "adresse avec un mot de passe ou des paramètres",
            fix="Donnez la clé par MAINTELEX_MODEL_KEY.",
        )  # fmt: skip
    return address.rstrip("/")
