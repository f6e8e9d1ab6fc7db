"""The settings: one frozen object, built once at each door and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.connections import DATABASES
from retrieval.errors import SettingsError

PREFIX = "MAINTELEX_"
ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What can be set, by an environment variable `MAINTELEX_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    kb: Path = Field(ROOT / "kb", description="Dossier de la base de connaissances.")
    index: Path = Field(ROOT / "var" / "index", description="Dossier de l'index.")
    database_url: SecretStr = Field(
        SecretStr(""),
        description="Base PostgreSQL qui garde l'index et le bureau à la place des dossiers :"
        " « postgresql://compte:mot-de-passe@machine:5432/base ».",
    )
    data: Path = Field(ROOT / "var", description="Dossier du bureau : comptes, questions, avis.")
    encoder: str = Field(
        "",
        description="Encodeur : vide pour celui de MainteLex, sinon chemin ou nom d'un modèle"
        " sentence-transformers.",
    )
    max_file_mb: int = Field(20, ge=1, le=500, description="Taille maximale d'un document, en Mo.")
    max_pages: int = Field(500, ge=1, le=5000, description="Nombre maximal de pages d'un PDF.")
    host: str = Field("localhost", description="Adresse où écoute la page.")
    port: int = Field(8501, ge=1, le=65535, description="Port de la page.")
    model: str = Field(
        "",
        max_length=500,
        description="Modèle de langage : vide pour s'en passer, sinon « fournisseur:modèle » ou"
        " « http://adresse/v1#modèle ».",
    )
    model_key: SecretStr = Field(SecretStr(""), description="Clé du modèle de langage.")
    model_timeout_s: float = Field(
        20.0, gt=0, le=600, description="Temps laissé au modèle pour une réponse, en secondes."
    )
    model_price_in: float = Field(
        0.0, ge=0, description="Prix d'un million de jetons lus par le modèle."
    )
    model_price_out: float = Field(
        0.0, ge=0, description="Prix d'un million de jetons écrits par le modèle."
    )
    embed_sites: str = Field(
        "",
        max_length=2_000,
        description="Sites qui peuvent montrer l'assistant dans leurs pages, séparés par des espaces :"
        " « https://cabinet.exemple ».",
    )
    lawyer_contact: str = Field(
        "", description="Adresse électronique des juristes, montrée quand une réponse manque."
    )

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr) -> SecretStr:
        """Refuse the address of anything else: it would be taken for a folder, and shown."""
        address = value.get_secret_value()
        if address and not address.startswith(DATABASES):
            raise ValueError("doit commencer par « postgresql:// »")
        return value

    @property
    def served(self) -> Path | str:
        """Where the index is, for `Retriever.open`: the database if one is set, else the folder."""
        return self.database_url.get_secret_value() or self.index

    @property
    def desk(self) -> Path | str:
        """Where the desk is, for `open_desk`: the database if one is set, else a file."""
        return self.database_url.get_secret_value() or self.votes

    @property
    def votes(self) -> Path:
        """The file of the votes, which is the desk's too when no database is set."""
        return self.data / "desk.sqlite"


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """The settings that the environment gives.

    Args:
        environment: the environment to look for unknown names in; the process's when None.
        overrides: values that win over the environment; None is no value. A folder given for the
            index wins over a database of the environment.

    Raises:
        SettingsError: a name is unknown or a value is out of range.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    if environment is not None or given:
        return _read(os.environ if environment is None else environment, given)
    own = ((name, value) for name, value in os.environ.items() if name.upper().startswith(PREFIX))
    return _of_the_process(tuple(own))


@lru_cache(maxsize=4)
def _of_the_process(own: tuple[tuple[str, str], ...]) -> Settings:
    """The settings of the process's environment, read once while it stays: each run of a page asks."""
    return _read(dict(own), {})


def _read(names: Mapping[str, str], given: dict[str, Any]) -> Settings:
    """The settings of an environment and of values that win over it."""
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    unknown = sorted(
        name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known
    )
    if unknown:
        raise SettingsError(
            f"Réglage inconnu : {', '.join(unknown)}.",
            fix="Réglages possibles : " + ", ".join(sorted(known)) + ".",
        )
    if "index" in given:
        given.setdefault("database_url", "")
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        secret = field in Settings.model_fields and (
            Settings.model_fields[field].annotation is SecretStr
        )
        told = "" if secret else f" {first.get('input')!r}"
        raise SettingsError(
            f"{PREFIX}{field.upper()} : valeur refusée{told} ({first['msg']}).",
            fix="Corrigez-la ou retirez-la.",
        ) from error
