"""Files are written whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.contract import ContractError, save


def test_a_file_is_written_over_the_old_one(tmp_path: Path) -> None:
    """The new bytes replace the old ones, readable by others, and no other file remains."""
    path = tmp_path / "contrat.docx"
    for data in (b"ancien", b"nouveau"):
        save(data, path)
    assert path.read_bytes() == b"nouveau"
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last step fails, the old file is whole and nothing else remains."""
    path = tmp_path / "contrat.docx"
    save(b"ancien", path)

    def broken(*_: object) -> None:
        raise OSError(28, "plus de place")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(ContractError, match="plus de place"):
        save(b"nouveau", path)
    assert path.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["absent/contrat.docx", "."])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    """A folder that does not exist, or a folder for a file, gives a message with a remedy."""
    with pytest.raises(ContractError, match="Impossible d'écrire") as caught:
        save(b"x", tmp_path / name)
    assert "-o" in caught.value.fix
