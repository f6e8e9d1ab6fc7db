"""The LangChain retriever: what it hands to a chain."""

from __future__ import annotations

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import ConfigurableField, RunnableLambda, RunnablePassthrough
from langchain_core.tools import create_retriever_tool
from pydantic import ValidationError

from retrieval import AppError, IndexMissingError, Retriever, UsageError
from retrieval.langchain import MainteLexRetriever
from retrieval.retriever import MAX_K
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.small_base import TOPICS
from tests.retrieval.ways import (
    LAW_OF_2015,
    NEW,
    OLD,
    PENALTY,
    STATUTES,
    Way,
    alone,
    in_a_loop,
    once,
)

QUESTIONS = [text for topic in TOPICS for text in topic.wordings[:2]] + ["art. 1152", PENALTY]


@pytest.fixture(scope="module")
def chained(retriever: Retriever) -> MainteLexRetriever:
    """The LangChain retriever over the small index."""
    return MainteLexRetriever(retriever=retriever)


def test_a_document_carries_the_whole_passage(chained: MainteLexRetriever) -> None:
    """Id and text are the passage's; the metadata tells the rest, dates as ISO text."""
    (document,) = chained.invoke("art. 1152", k=1)
    passage = chained.retriever.passage(OLD)
    assert passage and (document.id, document.page_content) == (OLD, passage.text)
    told = document.metadata
    assert told["reference"] == "C. civ., art. 1152 ancien (avant le 1er oct. 2016)"
    assert (told["kind"], told["title"], told["document_id"]) == ("statute", passage.title, OLD)
    assert (told["in_force_since"], told["in_force_until"]) == (None, "2016-09-30")
    assert (told["reviewed_on"], told["reviewed_by"]) == ("2026-11-24", "MainteLex")
    assert told["source"] == "kb" and told["rank"] == 1 and told["score"] >= 1_000
    why = {reason["leg"]: (reason["value"], reason["detail"]) for reason in told["reasons"]}
    assert why["reference"][0] == 1_000.0 and "1152" in why["reference"][1]


def test_a_question_carries_what_its_file_says(chained: MainteLexRetriever) -> None:
    """A question's theme, headings, authorities, clauses and audience are told."""
    told = chained.invoke(TOPICS[0].question, k=1)[0].metadata
    assert told["theme"] == "fin-du-contrat" and len(told["heading_path"]) == 1
    assert told["meta"]["authorities"] == ["c-civ-1231-5"]
    assert told["meta"]["clauses"] == ["resiliation"] and told["meta"]["audience"] == "tous"
    assert "markdown" not in told["meta"]


def test_the_url_is_the_authority_s_own(chained: MainteLexRetriever) -> None:
    """The public address comes through, and None where there is none."""
    told = {d.id: d.metadata["url"] for d in chained.invoke(PENALTY, k=MAX_K)}
    assert told[NEW] == "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032041442"
    assert told["kb:contract/prix#clause"] is None


@SOME
@given(ANY_TEXT)
def test_any_question_gives_documents_that_json_can_hold(
    retriever: Retriever, question: str
) -> None:
    """Whatever is asked, the metadata goes to JSON and back unchanged, so that other tools can store it."""
    for document in MainteLexRetriever(retriever=retriever, k=50).invoke(question):
        assert json.loads(json.dumps(document.metadata)) == document.metadata


def test_changing_a_document_changes_nothing_in_the_index(chained: MainteLexRetriever) -> None:
    """What a chain writes into a document is its own affair."""
    question = TOPICS[0].question
    before = [document.model_copy(deep=True) for document in chained.invoke(question)]
    for document in chained.invoke(question):
        document.metadata["meta"].setdefault("authorities", []).append("faux")
        document.metadata["reasons"].clear()
    assert chained.invoke(question) == before


def test_opening_a_folder_gives_the_same_retriever(
    small: Path, chained: MainteLexRetriever
) -> None:
    """`open` takes the index folder and every field of the constructor."""
    opened = MainteLexRetriever.open(small / "index", k=50, filters=STATUTES, as_of="2015-01-01")
    assert opened.invoke(PENALTY) == chained.invoke(PENALTY, **LAW_OF_2015)  # type: ignore[arg-type]


def test_opening_what_is_no_index_says_so(tmp_path: Path) -> None:
    """A folder without an index is the retriever's own error, with its remedy."""
    with pytest.raises(IndexMissingError, match="maintelex ingest"):
        MainteLexRetriever.open(tmp_path)


def test_a_retriever_cannot_change_under_a_thread(chained: MainteLexRetriever) -> None:
    """Its fields are frozen: another k is another retriever."""
    with pytest.raises(ValidationError, match="frozen"):
        chained.k = 3  # type: ignore[misc]


def test_an_async_search_leaves_the_event_loop_free(small: Path) -> None:
    """The search runs in another thread than the loop's."""
    seen: list[int] = []

    class Watched(Retriever):
        def search(self, *args: Any, **options: Any) -> Any:
            seen.append(threading.get_ident())
            return super().search(*args, **options)

    watched = Watched.open(small / "index")
    alone(MainteLexRetriever(retriever=watched).ainvoke("prix"))
    assert seen and threading.get_ident() not in seen


@pytest.mark.parametrize("way", [once, in_a_loop], ids=["once", "in_a_loop"])
def test_callbacks_see_the_question_and_the_documents(
    chained: MainteLexRetriever, way: Way
) -> None:
    """A tracer of LangChain's sees a retriever's run start, end, and fail."""
    seen: list[object] = []

    class Tracer(BaseCallbackHandler):
        def on_retriever_start(self, serialized: Any, query: str, **_: Any) -> None:
            seen.append(query)

        def on_retriever_end(self, documents: Any, **_: Any) -> None:
            seen.append(len(documents))

        def on_retriever_error(self, error: BaseException, **_: Any) -> None:
            seen.append(type(error))

    tracer = {"callbacks": [Tracer()]}
    way(chained, "prix", config=tracer, k=2)
    with pytest.raises(AppError):
        way(chained, "prix", config=tracer, k=0)
    assert seen == ["prix", 2, "prix", UsageError]


def sources(documents: list[Document]) -> str:
    """Documents as a prompt shows them."""
    return "\n".join(
        f"[{n}] {document.metadata['reference']} : {document.page_content}"
        for n, document in enumerate(documents, start=1)
    )


def test_a_chain_puts_the_passages_before_the_model(chained: MainteLexRetriever) -> None:
    """Retriever, format, prompt and model make a chain; the model is sent the passages found."""
    prompts: list[str] = []
    prompt = ChatPromptTemplate.from_template("{sources}\n\nQuestion : {question}")
    told = RunnableLambda(lambda value: prompts.append(value.to_string()) or value)  # type: ignore[func-returns-value]
    model = FakeListChatModel(responses=["Oui [1].", "Non [1]."])
    found = chained.bind(k=2, filters={"kinds": ["statute"]})
    chain = (
        {"sources": found | sources, "question": RunnablePassthrough()}
        | prompt
        | told
        | model
        | StrOutputParser()
    )
    assert chain.invoke(PENALTY) == "Oui [1]."
    assert alone(chain.ainvoke(PENALTY)) == "Non [1]."
    assert prompts[0] == prompts[1] and f"Question : {PENALTY}" in prompts[0]
    assert "[1] C. civ., art. 1231-5 : Le juge peut réduire" in prompts[0]


def test_a_batch_keeps_the_order_of_its_questions(chained: MainteLexRetriever) -> None:
    """`batch` and `abatch` answer each question in its place."""
    expected = [chained.invoke(question, k=4) for question in QUESTIONS]
    assert chained.batch(QUESTIONS, {"max_concurrency": 4}, k=4) == expected
    assert alone(chained.abatch(QUESTIONS, k=4)) == expected


def test_k_can_be_left_to_the_configuration(chained: MainteLexRetriever) -> None:
    """LangChain's configurable fields work: a served chain lets its caller choose k."""
    open_k = chained.configurable_fields(k=ConfigurableField(id="k"))
    assert len(open_k.with_config(configurable={"k": 2}).invoke("contrat")) == 2
    assert len(open_k.invoke("contrat")) == 8


def test_an_agent_gets_it_as_a_tool(chained: MainteLexRetriever) -> None:
    """LangChain makes a tool of it, which gives the texts."""
    tool = create_retriever_tool(chained, "droit", "Cherche dans la base juridique.")
    texts = [document.page_content for document in chained.invoke(PENALTY)]
    assert tool.invoke({"query": PENALTY}) == "\n\n".join(texts)


def test_threads_find_what_one_finds(chained: MainteLexRetriever) -> None:
    """Eight threads on one retriever, each with its own options, find what one finds alone."""
    options: list[dict[str, Any]] = [
        {"k": 3},
        {"k": 9},
        LAW_OF_2015,
        {"filters": {"kinds": ["clause"]}},
    ]
    asked = [(question, each) for question in QUESTIONS[::3] for each in options]
    alone = [chained.invoke(question, **each) for question, each in asked]

    def all_from(turn: int) -> list[list[Document]]:
        order = asked[turn:] + asked[:turn]
        found = [chained.invoke(question, **each) for question, each in order]
        return found[-turn:] + found[:-turn] if turn else found

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(found == alone for found in threads.map(all_from, range(0, 24, 3)))
    finally:
        sys.setswitchinterval(interval)
