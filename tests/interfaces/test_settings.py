"""Settings refuse what they do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.settings import Settings, load_settings
from retrieval.errors import SettingsError


def test_a_misspelt_setting_is_refused() -> None:
    """A variable that no setting reads is named, with the possible ones."""
    with pytest.raises(SettingsError, match="MAINTELEX_INDX") as caught:
        load_settings({"MAINTELEX_INDX": "/tmp"})
    assert "MAINTELEX_INDEX" in caught.value.fix


def test_a_value_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that is none is told with its value."""
    monkeypatch.setenv("MAINTELEX_PORT", "70000")
    with pytest.raises(SettingsError, match="70000"):
        load_settings()


def test_the_command_line_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the caller says wins over the environment."""
    monkeypatch.setenv("MAINTELEX_INDEX", "/elsewhere")
    assert load_settings(index=tmp_path).index == tmp_path


def test_every_setting_is_described() -> None:
    """Each setting says what it is for, and stands in the README."""
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"MAINTELEX_{name.upper()}" in readme


def test_the_address_of_the_database_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is in the database when one is set; neither settings nor their fields show where."""
    monkeypatch.setenv("MAINTELEX_DATABASE_URL", "postgresql://u:hush@machine/base")
    settings = load_settings()
    assert settings.served == "postgresql://u:hush@machine/base"
    assert "hush" not in f"{settings!r} {settings} {settings.database_url} {settings.model_dump()}"


def test_a_folder_given_by_the_caller_wins_over_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`--index` names a folder whatever the environment says; without either, it is the default."""
    assert load_settings().served == load_settings().index
    monkeypatch.setenv("MAINTELEX_DATABASE_URL", "postgresql://u:hush@machine/base")
    assert load_settings(index=tmp_path).served == tmp_path


@pytest.mark.parametrize("address", ["mysql://u:hush@machine/base", "u:hush@machine", "/hush"])
def test_an_address_of_something_else_is_refused_unseen(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Another kind of database is refused by name of setting, without its address."""
    monkeypatch.setenv("MAINTELEX_DATABASE_URL", address)
    with pytest.raises(SettingsError, match="MAINTELEX_DATABASE_URL.*postgresql://") as caught:
        load_settings()
    assert "hush" not in f"{caught.value} {caught.value!r} {caught.value.__cause__}"
