"""Time the page in a real browser: `python docs/measure_page.py [VISITORS]`, 30 visitors unless told.

Prints how long a visitor waits for the title of each page, for an answer alone, and for an answer when many ask at
once; for docs/mesures.md, on an idle machine. Each visitor's page is checked to hold its own question and no other.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

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
SLOW = 120_000  # milliseconds
ANSWERED = "Cette réponse vous a aidé"


async def main(visitors: int) -> None:
    """Measure, and print a line a figure, in seconds."""
    questions = [str(entry.head["question"]) for entry in read_kb(ROOT / "kb").questions.values()]
    with tempfile.TemporaryDirectory() as data, running({"MAINTELEX_DATA": data}) as address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            for path in PATHS:
                times = [await _opening(browser, f"{address}/{path}") for _ in range(VISITS + 1)]
                _tell(f"titre de /{path}", times[1:])
            _tell(
                "réponse, un visiteur seul", await _one_by_one(browser, address, questions[:ALONE])
            )
            together = await _together(browser, address, questions[:visitors])
            _tell(f"réponse, {len(together)} visiteurs à la fois", together)
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


async def _together(browser: Browser, address: str, questions: Sequence[str]) -> list[float]:
    """Seconds until each answer, all asked at once; each page must hold its own question alone."""
    pages = [await _visitor(browser, address) for _ in questions]
    times = await asyncio.gather(*map(_asked, pages, questions))
    for page, question in zip(pages, questions, strict=True):
        shown = [
            " ".join(text.split()) for text in await page.get_by_test_id("stText").all_inner_texts()
        ]
        if shown != [" ".join(question.split())]:
            raise SystemExit(f"A visitor asked {question!r} and reads {shown!r}.")
    return list(times)


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


def _tell(name: str, times: Sequence[float]) -> None:
    """Print the middle, the 95th percentile and the longest."""
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    print(
        f"{name:38} médiane {statistics.median(ordered):5.2f}   p95 {high:5.2f}   max {ordered[-1]:5.2f}"
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
