"""The page that reads a visitor's contract, run in process by Streamlit's own AppTest."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.contract_audit.conftest import FILLER, word
from tests.ingest.pdf_maker import encrypt_pdf, make_pdf
from tests.ui.seen import html, words

PAGE = Path(__file__).resolve().parents[2] / "interfaces" / "ui" / "pages" / "audit_page.py"
CONTRACTS = Path(__file__).resolve().parents[1] / "contract_audit" / "contracts"
HARSH = (CONTRACTS / "05-conditions-agressives.md").read_bytes()


def sent(name: str, data: bytes) -> AppTest:
    """The page once a file was sent."""
    app = AppTest.from_file(str(PAGE), default_timeout=180).run()
    app.file_uploader(key="contrat-0").set_value((name, data, "application/octet-stream")).run()
    assert not app.exception
    return app


def bomb() -> bytes:
    """A Word file that unpacks to far more than it weighs."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return stream.getvalue()


def test_a_contract_gives_findings_by_severity() -> None:
    """Findings come with passage, rule, authority and wording; the gravest first."""
    shown = html(sent("contrat.txt", HARSH))
    assert "risques élevés" in shown
    for told in (
        "Ce que dit le contrat",
        "La règle",
        "Autorités",
        "À demander",
        "Rédaction proposée",
    ):
        assert told in shown
    assert shown.index("Risque élevé") < shown.index("Risque moyen")
    assert "Clauses du modèle que nous n’avons pas trouvées" in shown
    assert "Ce que cette analyse ne fait pas" in shown


def test_markers_of_a_finding_lead_to_its_own_sources() -> None:
    """Every marker has its target, and no target is there twice."""
    shown = html(sent("contrat.txt", HARSH))
    linked = [part.split('"')[0] for part in shown.split('href="#')[1:]]
    assert linked
    assert all(shown.count(f'id="{name}"') == 1 for name in linked)


def test_one_side_sees_its_own_risks() -> None:
    """The provider is not shown what weighs on the customer only."""
    app = sent("contrat.txt", HARSH)
    app.button_group(key="cote").set_value("Je suis le prestataire").run()
    assert "pèse sur le client" not in html(app)


def test_what_the_contract_says_is_text() -> None:
    """Tags in a file or in its name are shown as typed, never run."""
    attack = "La responsabilité du prestataire est limitée à 10 euros <img src=x onerror=alert(1)>."
    shown = html(sent("<svg onload=alert(2)>.docx", word(FILLER, attack)))
    assert "<img" not in shown
    assert "<svg" not in shown


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("image.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 500, "image PNG"),
        (
            "secret.pdf",
            encrypt_pdf(make_pdf([[FILLER[:80]]]), user_password="secret"),
            "mot de passe",
        ),
        ("long.pdf", make_pdf([["Page."]] * 151), "151"),
        ("court.txt", b"Bonjour.", "trop peu de texte"),
    ],
    ids=["picture", "encrypted", "too long", "too short"],
)
def test_what_cannot_be_read_is_refused_clearly(name: str, data: bytes, told: str) -> None:
    """A refusal says why in French, shows no finding, and speaks of no index nor command."""
    app = sent(name, data)
    assert told in app.error[0].value.replace("\\", "")
    assert "ml-risk" not in html(app)
    assert "index" not in app.error[0].value
    assert "MAINTELEX" not in app.error[0].value


def test_a_bomb_is_refused() -> None:
    """A Word file that unpacks to hundreds of megabytes is refused before it is unpacked."""
    app = sent("bombe.docx", bomb())
    assert app.error
    assert "ml-risk" not in html(app)


def test_the_file_is_let_go_once_read() -> None:
    """After the analysis no control holds the file; the analysis is still shown."""
    app = sent("contrat.txt", HARSH)
    assert not app.file_uploader[0].value
    assert "ml-risk" in html(app)


def test_the_visitor_can_have_it_forgotten() -> None:
    """A click forgets what was found."""
    app = sent("contrat.txt", HARSH)
    next(button for button in app.button if button.key == "forget").click().run()
    assert not app.exception
    assert "ml-risk" not in html(app)


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the file nor its words are left on the disk."""
    monkeypatch.setenv("MAINTELEX_DATA", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sent("contrat.txt", HARSH)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_page_says_what_becomes_of_the_file() -> None:
    """Before anything is sent, the visitor reads that nothing is kept."""
    told = words(AppTest.from_file(str(PAGE), default_timeout=180).run())
    assert "ni lui ni ses mots ne sont enregistrés" in told
