"""A visitor who clicks while a language model writes: no question is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from interfaces.ui.assistant.typography import typographic
from interfaces.ui.server import running
from tests.browser.test_chat import VOTE, ask
from tests.model.scripted_server import KEY, Asked, ModelServer, Play, serve
from tests.model.scripts import BACKUP, LEAVING, model, write_trapped_base

SLOW = 60_000  # milliseconds
FIRST, SECOND = "Combien coûte un départ anticipé ?", BACKUP


def _slow_on_the_second(asked: Asked, before: int) -> Play:
    """An honest model that waits half-way through its answer to the second question."""
    return model(waits=FIRST in asked.user, size=8)(asked, before)


@pytest.fixture(scope="module")
def writer() -> Iterator[ModelServer]:
    """The server of the model."""
    yield from serve({"slow": _slow_on_the_second})


@pytest.fixture(scope="module")
def page_address(
    browser: Browser, writer: ModelServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a page on which that model writes."""
    folder = tmp_path_factory.mktemp("interrupted")
    index: Path = write_trapped_base(folder)
    settings = {"INDEX": index, "DATA": folder / "data", "MODEL_KEY": KEY,
                "MODEL": f"{writer.address}#slow"}  # fmt: skip
    with running({f"MAINTELEX_{name}": str(value) for name, value in settings.items()}) as found:
        yield found


def test_what_is_asked_while_a_model_writes_loses_no_question(
    visitor: BrowserContext, page_address: str, writer: ModelServer
) -> None:
    """A fact set right and a question asked meanwhile leave the first one its answer, then come."""
    page = visitor.new_page()
    page.goto(page_address)
    ask(page, LEAVING)
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(FIRST)
    page.keyboard.press("Enter")
    expect(page.locator(".ml-live")).to_be_visible(timeout=SLOW)
    field.fill(SECOND)
    page.keyboard.press("Enter")
    page.wait_for_timeout(1_000)  # the page has what was typed, the model is still half-way
    writer.heard.set()
    expect(page.get_by_text(VOTE)).to_have_count(3, timeout=SLOW)
    asked = page.get_by_test_id("stChatMessage").get_by_test_id("stText").all_inner_texts()
    assert asked == [typographic(one) for one in (LEAVING, FIRST, SECOND)]
    page.reload()
    expect(page.get_by_text(VOTE)).to_have_count(3, timeout=SLOW)
