"""Files, questions and lines that nobody wishes for: a clear word, nothing broken, nobody slowed."""

from __future__ import annotations

import os
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from interfaces.settings import ROOT
from interfaces.ui.server import _await, command, free_port
from tests.browser.test_chat import QUESTION, VOTE, ask, greeted
from tests.ingest.pdf_maker import encrypt_pdf, make_pdf

SLOW = 60_000  # milliseconds
ATTACK = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"


def word(paragraphs: int) -> bytes:
    """A DOCX of so many paragraphs, small for its length."""
    stream, made = BytesIO(), BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                start, end = data.split(b"<w:body>")[0], b"</w:body></w:document>"
                data = (
                    start + b"<w:body>" + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * paragraphs + end
                )
            new.writestr(name, data)
    return made.getvalue()


def bomb() -> bytes:
    """A DOCX that unpacks to a thousand times what it weighs."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(220_000_000))
    return made.getvalue()


def files() -> dict[str, tuple[bytes, str]]:
    """Hostile files by name, each with a word of what is to be said of it."""
    return {
        "bombe.docx": (bomb(), "décompressé"),
        "secret.pdf": (encrypt_pdf(make_pdf([["Le contrat."]]), user_password="s"), "mot de passe"),
        "photo.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(200), "image PNG"),
        "long.pdf": (make_pdf([["Une page."]] * 500), "500 pages"),
        f"{ATTACK.replace('/', '')}.pdf": (b"%PDF-1.7 broken", "abîmé"),
    }


def unharmed(page: Page) -> None:
    """No script of a visitor's ran, and no page broke."""
    assert page.title() != "hacked"
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator("[data-testid=stMain] img[src=x]")).to_have_count(0)


def test_a_file_that_cannot_be_read_is_told(
    visitor: BrowserContext, address: str, tmp_path: Path
) -> None:
    """Each says what is wrong with it; one of 100 MB does not even leave the browser."""
    page = visitor.new_page()
    page.goto(f"{address}/analyser-mon-contrat")
    control = page.locator('input[type="file"]')
    control.wait_for(state="attached", timeout=SLOW)
    for name, (data, told) in files().items():
        control.set_input_files([{"name": name, "mimeType": "", "buffer": data}])
        alert = page.get_by_test_id("stAlert")
        expect(alert).to_contain_text(told, timeout=SLOW)
        expect(page.locator(".ml-risk")).to_have_count(0)
        page.get_by_test_id("stFileChipDeleteBtn").locator("button").click()
        expect(alert).to_have_count(0, timeout=SLOW)
    unharmed(page)
    heavy = tmp_path / "lourd.pdf"
    with heavy.open("wb") as file:
        file.truncate(100_000_000)
    control.set_input_files(heavy)
    expect(page.get_by_test_id("stFileChipIconError")).to_be_visible(timeout=SLOW)
    said = "getComputedStyle(document.querySelector('[data-testid=stFileUploader]'), '::after')"
    assert "20 Mo" in page.evaluate(f"{said}.content")


def test_a_hostile_reading_keeps_nobody_waiting(visitor: BrowserContext, address: str) -> None:
    """While a file takes all the time that it may, another visitor is answered."""
    other, page = greeted(visitor, address), visitor.new_page()
    page.goto(f"{address}/analyser-mon-contrat")
    control = page.locator('input[type="file"]')
    control.wait_for(state="attached", timeout=SLOW)
    control.set_input_files([{"name": "lent.docx", "mimeType": "", "buffer": word(1_000_000)}])
    expect(page.get_by_test_id("stSpinner")).to_be_visible(timeout=SLOW)
    ask(other)
    expect(page.get_by_test_id("stSpinner")).to_be_visible()


def test_any_question_has_an_answer(visitor: BrowserContext, address: str) -> None:
    """Markup, unseen characters, other scripts and 100 kB: each is answered as text."""
    page = greeted(visitor, address)
    questions = [
        f"{ATTACK} Puis-je résilier ?",
        "Puis-je \u202erésilier\u0007\u200b le contrat\u0001 ?",
        "我可以终止维护合同吗？ هل يمكنني إنهاء العقد؟",
        "résilier le contrat " * 5_000,
    ]
    for question in questions:
        ask(page, question)
        unharmed(page)
    page.get_by_test_id("stChatInputTextArea").fill(" ")
    page.keyboard.press("Enter")
    expect(page.get_by_text(VOTE)).to_have_count(len(questions))


def test_two_clicks_two_tabs_and_the_back_button(visitor: BrowserContext, address: str) -> None:
    """An example clicked twice is asked once; a tab keeps its own talk, there after a way back."""
    page, tab = greeted(visitor, address), greeted(visitor, address)
    page.get_by_role("button", name="Mon prestataire").dblclick()
    expect(page.get_by_text(VOTE)).to_have_count(1, timeout=SLOW)
    ask(tab)
    page.get_by_test_id("stTopNav").get_by_role("link", name="Aide").click()
    expect(page.locator("h1")).to_have_text("Aide", timeout=SLOW)
    page.go_back()
    expect(page.get_by_text(VOTE)).to_have_count(1, timeout=SLOW)
    expect(tab.get_by_test_id("stMain").get_by_text(QUESTION)).to_have_count(1)
    for each in (page, tab):
        unharmed(each)


@dataclass(slots=True)
class Site:
    """A site that can be stopped and started at the same address."""

    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, once this returns."""
        self.process = subprocess.Popen(
            command("127.0.0.1", self.port), cwd=ROOT, env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _await(self.process, f"{self.address}/_stcore/health")

    def stop(self) -> None:
        """Serve no more."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)


@pytest.fixture
def site(kb_index: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of one's own."""
    environment = {"MAINTELEX_INDEX": str(kb_index), "MAINTELEX_DATA": str(tmp_path)}
    made = Site(free_port(), environment)
    made.start()
    yield made
    made.stop()


def test_a_lost_connection_is_told_and_loses_nothing(visitor: BrowserContext, site: Site) -> None:
    """The visitor reads in French that the site is silent; once it is back, so is the talk."""
    page = greeted(visitor, site.address)
    ask(page)
    site.stop()
    dialog = page.get_by_test_id("stDialog")
    expect(dialog).to_be_visible(timeout=SLOW)
    said = (
        "getComputedStyle(document.querySelector('[data-testid=stDialog] h2'), '::after').content"
    )
    assert "Le site ne répond plus" in page.evaluate(said)
    site.start()
    expect(dialog).to_have_count(0, timeout=SLOW)
    ask(page, "Et le préavis ?")
    expect(page.get_by_text(VOTE)).to_have_count(2)
    unharmed(page)
