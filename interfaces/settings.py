"""The settings: one frozen object, built once at each door and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.errors import SettingsError

PREFIX = "MAINTELEX_"
ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What can be set, by an environment variable `MAINTELEX_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    kb: Path = Field(ROOT / "kb", description="Dossier de la base de connaissances.")
    index: Path = Field(ROOT / "var" / "index", description="Dossier de l'index.")
    data: Path = Field(ROOT / "var", description="Dossier des avis des visiteurs.")
    encoder: str = Field(
        "",
        description="Encodeur : vide pour celui de MainteLex, sinon chemin ou nom d'un modèle"
        " sentence-transformers.",
    )
    max_file_mb: int = Field(20, ge=1, le=500, description="Taille maximale d'un document, en Mo.")
    max_pages: int = Field(500, ge=1, le=5000, description="Nombre maximal de pages d'un PDF.")
    host: str = Field("localhost", description="Adresse où écoute la page.")
    port: int = Field(8501, ge=1, le=65535, description="Port de la page.")
    lawyer_contact: str = Field(
        "", description="Adresse électronique des juristes, montrée quand une réponse manque."
    )


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """The settings that the environment gives.

    Args:
        environment: the environment to look for unknown names in; the process's when None.
        overrides: values that win over the environment; None is no value.

    Raises:
        SettingsError: a name is unknown or a value is out of range.
    """
    names = os.environ if environment is None else environment
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    unknown = sorted(
        name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known
    )
    if unknown:
        raise SettingsError(
            f"Réglage inconnu : {', '.join(unknown)}.",
            fix="Réglages possibles : " + ", ".join(sorted(known)) + ".",
        )
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX
        raise SettingsError(
            f"{name} : valeur refusée {first.get('input')!r} ({first['msg']}).",
            fix="Corrigez-la ou retirez-la.",
        ) from error
