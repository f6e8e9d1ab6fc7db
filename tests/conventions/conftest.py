"""The decision table of the real base, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.agreements_table import AgreementTable, read_agreement_table
from ingest.readers.kb import read_kb

KB = Path(__file__).parents[2] / "kb"


@pytest.fixture(scope="session")
def table() -> AgreementTable:
    """The table of `kb/law/collective_agreements.yaml`."""
    return read_agreement_table(read_kb(KB))
