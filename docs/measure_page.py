"""Time the page as its visitors meet it: `python docs/measure_page.py [VISITORS]`, 30 unless told.

Prints how long a visitor waits in a real browser for the title of each page and for an answer; then for an answer
when many ask in the same instant: all but one speak to the server as a browser does, without drawing, since thirty
browsers on the server's own processor would time themselves; the last one is a browser. For docs/mesures.md, on an
idle machine. Each visitor must get an answer, and its own question with it.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from playwright.async_api import Browser, Page, async_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie beside this folder

from ingest.readers.kb import read_kb  # noqa: E402
from interfaces.ui.server import running  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATHS = (
    "",
    "modele-de-contrat",
    "analyser-mon-contrat",
    "echeances",
    "signature",
    "veille",
    "aide",
)
VISITS = 5  # of each page, after one that warms the server
ALONE = 10  # questions asked one after the other
ROUNDS = 3  # of visitors who ask together
SLOW = 120_000  # milliseconds
ANSWERED = "Cette réponse vous a aidé"


class Visitor:
    """A visitor without a screen: sends and hears what the page of a browser does."""

    def __init__(self, link: ClientConnection) -> None:
        self._link, self._page, self._field = link, "", ""
        self.read: list[str] = []  # questions that the page shows

    @classmethod
    async def come(cls, address: str) -> Self:
        """A visitor who has the page before them."""
        site = address.replace("http", "ws", 1) + "/_stcore/stream"
        visitor = cls(await connect(site, subprotocols=["streamlit"], max_size=None))  # type: ignore[list-item]
        await visitor._hear("")
        return visitor

    async def ask(self, question: str) -> float:
        """Seconds until the sources of the answer are there."""
        return await self._hear(question)

    async def leave(self) -> None:
        """Close the page."""
        await self._link.close()

    async def _hear(self, question: str) -> float:
        """Have the page run, and listen until it is whole; seconds until its sources."""
        told = BackMsg()
        told.rerun_script.page_script_hash = self._page
        told.rerun_script.context_info.locale = "fr-FR"
        if question:
            field = told.rerun_script.widget_states.widgets.add()
            field.id, field.chat_input_value.data = self._field, question
        start, answered = time.perf_counter(), float("inf")
        await self._link.send(told.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(await self._link.recv()))  # type: ignore[arg-type]
            if message.WhichOneof("type") == "script_finished":
                return answered
            if self._sees(message):
                answered = min(answered, time.perf_counter() - start)

    def _sees(self, message: ForwardMsg) -> bool:
        """Note what a message draws; whether it draws the answer's sources."""
        if message.WhichOneof("type") == "new_session":
            self._page = message.new_session.page_script_hash
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "chat_input":
            self._field = element.chat_input.id
        elif kind == "text":
            self.read.append(element.text.body)
        return kind == "html" and "ml-source" in element.html.body


async def main(visitors: int) -> None:
    """Measure, and print a line a figure, in seconds."""
    # Questions that the base answers: an answer is told by its sources.
    questions = [str(entry.head["question"]) for entry in read_kb(ROOT / "kb").questions.values()]
    with tempfile.TemporaryDirectory() as data, running({"MAINTELEX_DATA": data}) as address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            for path in PATHS:
                times = [await _opening(browser, f"{address}/{path}") for _ in range(VISITS + 1)]
                _tell(f"titre de /{path}", times[1:])
            alone = await _one_by_one(browser, address, questions[:ALONE])
            _tell("réponse, un visiteur seul", alone)
            together, drawn = [], []
            for turn in range(ROUNDS):
                asked = questions[turn * visitors : (turn + 1) * visitors]
                times, last = await _together(browser, address, asked)
                together += times
                drawn.append(last)
            _tell(f"réponse, {visitors} visiteurs à la fois", together)
            _tell("dont un dans un navigateur", drawn)
            await browser.close()


async def _opening(browser: Browser, address: str) -> float:
    """Seconds until a new visitor sees the title of a page."""
    context = await browser.new_context(viewport={"width": 1440, "height": 960}, locale="fr-FR")
    page = await context.new_page()
    start = time.perf_counter()
    await page.goto(address, wait_until="commit")
    await page.locator("h1").first.wait_for(timeout=SLOW)
    taken = time.perf_counter() - start
    await context.close()
    return taken


async def _one_by_one(browser: Browser, address: str, questions: Sequence[str]) -> list[float]:
    """Seconds until each answer, one visitor after the other; the first warms the server."""
    times = []
    for question in (questions[0], *questions):
        page = await _visitor(browser, address)
        times.append(await _asked(page, question))
        await page.context.close()
    return times[1:]


async def _together(
    browser: Browser, address: str, questions: Sequence[str]
) -> tuple[list[float], float]:
    """Seconds until each answer, all asked at once, and until the one in the browser."""
    *others, drawn = questions
    visitors = [await Visitor.come(address) for _ in others]
    page = await _visitor(browser, address)
    last, *times = await asyncio.gather(
        _asked(page, drawn),
        *(visitor.ask(question) for visitor, question in zip(visitors, others, strict=True)),
    )
    shown = await page.get_by_test_id("stText").all_inner_texts()
    for question, read in zip(questions, [*(v.read for v in visitors), shown], strict=True):
        if [_plain(text) for text in read] != [_plain(question)]:
            raise SystemExit(f"A visitor asked {question!r} and reads {read!r}.")
    for visitor in visitors:
        await visitor.leave()
    await page.context.close()
    return [*times, last], last


async def _visitor(browser: Browser, address: str) -> Page:
    """A new visitor's page, ready for a question."""
    context = await browser.new_context(viewport={"width": 1440, "height": 960}, locale="fr-FR")
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_test_id("stChatInputTextArea").wait_for(timeout=SLOW)
    await page.wait_for_timeout(300)
    return page


async def _asked(page: Page, question: str) -> float:
    """Seconds from the Enter key to the answer on the screen."""
    await page.get_by_test_id("stChatInputTextArea").fill(question)
    start = time.perf_counter()
    await page.keyboard.press("Enter")
    await page.locator(".ml-source").or_(page.get_by_text(ANSWERED)).first.wait_for(timeout=SLOW)
    return time.perf_counter() - start


def _plain(text: str) -> str:
    """A question without what the page does to its spaces and apostrophes."""
    return " ".join(text.replace("’", "'").split())


def _tell(name: str, times: Sequence[float]) -> None:
    """Print the middle, the 95th percentile and the longest."""
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    print(
        f"{name:38} médiane {statistics.median(ordered):5.2f}   p95 {high:5.2f}   max {ordered[-1]:5.2f}",
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
