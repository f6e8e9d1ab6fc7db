"""Questions that wait for an answer, in a visitor's session."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_a_question_waits_until_it_is_answered() -> None:
    """Asked by a button, by the next one, twice: each is kept once, the first one first."""

    def page() -> None:
        import streamlit as st

        from interfaces.ui.conversation import submit, submitted, waiting

        for question in ("Une ?", "Deux ?", "Une ?"):
            submit(question)
        st.text(submitted())
        st.text(submitted())
        st.text(", ".join(waiting()))

    app = AppTest.from_function(page).run()
    assert [text.value for text in app.text] == ["Une ?", "Une ?", "Une ?, Deux ?"]


def test_what_is_typed_waits_behind_what_was_interrupted() -> None:
    """A question typed while another is without an answer comes second."""

    def page() -> None:
        import streamlit as st

        from interfaces.ui.conversation import submit, submitted, waiting

        st.chat_input("Question", key="question")
        submit("Interrompue ?")
        submitted()
        st.text(", ".join(waiting()))

    app = AppTest.from_function(page).run()
    app.chat_input(key="question").set_value("Nouvelle ?").run()
    assert app.text[0].value == "Interrompue ?, Nouvelle ?"


def test_a_new_conversation_waits_for_nothing() -> None:
    """Who begins anew gives up what was not answered."""

    def page() -> None:
        import streamlit as st

        from interfaces.ui.conversation import start_again, submit, submitted

        submit("Une ?")
        start_again()
        st.text(str(submitted()))

    assert AppTest.from_function(page).run().text[0].value == "None"


def test_a_question_that_fails_leaves_room_for_the_next() -> None:
    """Why it has no answer is told, and the question that followed it comes first."""

    def page() -> None:
        import streamlit as st

        from interfaces.ui.conversation import ask, failed, submit, waiting
        from interfaces.ui.service import Service
        from retrieval.errors import IndexMissingError

        class Lost:
            """What answers, once the index is gone."""

            def answer(self, question: str, **given: object) -> None:
                raise IndexMissingError("Il n'y a plus d'index.")

        if "begun" not in st.session_state:
            st.session_state["begun"] = True
            submit("Une ?")
            submit("Deux ?")
            ask(Service(None, Lost()), "Une ?")  # type: ignore[arg-type]
        st.text(failed())
        st.text(", ".join(waiting()))

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["Il n'y a plus d'index.", "Deux ?"]


def test_a_fault_of_the_program_is_not_met_twice() -> None:
    """A question on which the program breaks is let go: the next run is not broken by it."""

    def page() -> None:
        import streamlit as st

        from interfaces.ui.conversation import ask, waiting
        from interfaces.ui.service import Service

        if "begun" not in st.session_state:
            st.session_state["begun"] = True
            ask(Service(None, None), "Une ?")  # type: ignore[arg-type]
        st.text(str(waiting()))

    app = AppTest.from_function(page).run()
    assert app.exception
    assert app.run().text[0].value == "[]"


def test_words_that_need_no_lawyer_are_those_of_the_answers() -> None:
    """Greetings, facts and words about the assistant, in both languages; nothing else."""
    from interfaces.ui.conversation import GREETED

    assert {"salutation", "fait noté", "fact noted", "propos sur l'assistant"} < GREETED
    assert "about the assistant" in GREETED
    assert not any("champ" in reason or "field" in reason for reason in GREETED)
