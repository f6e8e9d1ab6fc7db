"""The finder of collective agreements."""

from __future__ import annotations

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import later, say
from interfaces.ui.markup import french
from interfaces.ui.pages.frame import page

LEAD = later(
    "Dites comment se répartit l’activité de l’entreprise : la page indique la convention probable, ses"
    " raisons, et ce qui la changerait."
)
BASES = {"turnover": later("Chiffre d’affaires"), "headcount": later("Effectif")}
NATURES = {"commerciale": later("Commerciale"), "industrielle": later("Industrielle")}


def draw(settings: Settings) -> None:
    """Draw the facts to give, then what they point to."""
    from assistant.conventions import TOLERANCE, Facts, find_agreements
    from interfaces.ui.pages.convention_html import finding_html
    from interfaces.ui.pages.pieces import empty
    from interfaces.ui.pages.printing import print_button
    from interfaces.ui.pages.resources import open_agreements

    table = open_agreements(settings.kb)
    shares = _shares({name: (a.label, a.help) for name, a in table.activities.items()})
    company = _company()
    total = sum(shares.values())
    _total(total)
    if abs(total - 100) > TOLERANCE:
        st.html(
            empty(
                say("La réponse apparaîtra ici"), say("Donnez des parts dont la somme fait 100 %.")
            )
        )
        return
    facts = Facts({name: share for name, share in shares.items() if share}, *company)
    st.html(finding_html(find_agreements(table, facts)))
    print_button(say("Imprimer ou enregistrer en PDF"))


def _shares(activities: dict[str, tuple[str, str]]) -> dict[str, float]:
    """The share of each activity, in percent."""
    st.html(f'<h2 class="ml-label">{say("Part de chaque activité, en %")}</h2>')
    with st.container(key="shares"):
        return {
            name: float(st.number_input(label, 0, 100, 0, step=5, key=f"part-{name}",
                                        help=told[:1].upper() + told[1:] + ".",
                                        persist_state="session"))
            for name, (label, told) in activities.items()
        }  # fmt: skip


def _company() -> tuple[str | None, str | None, str | None, int | None]:
    """What the shares measure, the nature of the activity, the NAF code, the headcount."""
    st.html(f'<h2 class="ml-label">{say("L’entreprise (facultatif)")}</h2>')
    first, second, third, fourth = st.columns(4)
    basis = first.selectbox(say("Les parts mesurent"), list(BASES), index=None,
                            format_func=lambda name: say(BASES[name]),
                            placeholder=say("Non précisé"), key="base", persist_state="session")  # fmt: skip
    nature = second.selectbox(say("Nature de l’activité"), list(NATURES), index=None, key="nature",
                              format_func=lambda name: say(NATURES[name]),
                              placeholder=say("Non précisée"),
                              persist_state="session")  # fmt: skip
    naf = third.text_input(say("Code NAF (ou APE)"), key="naf", max_chars=10, placeholder="62.02A",
                           persist_state="session")  # fmt: skip
    count = fourth.number_input(say("Nombre de salariés"), 0, 1_000_000, None, key="effectif",
                                placeholder=say("Non précisé"), persist_state="session")  # fmt: skip
    return basis, nature, naf.strip() or None, count


def _total(total: float) -> None:
    """Draw the sum of the shares, and how far it is from 100."""
    gap = 100 - total
    if not gap:
        told = say("Total : {total} %, le compte y est.", total=total)
    elif gap > 0:
        told = say("Total : {total} %, il reste {gap} %.", total=total, gap=gap)
    else:
        told = say("Total : {total} %, {gap} % de trop.", total=total, gap=-gap)
    done = "" if gap else " ml-done"
    st.html(f'<p class="ml-total{done}" role="status">{french(told)}</p>')


page(later("Convention collective"), LEAD, draw)
