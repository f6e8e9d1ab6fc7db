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
