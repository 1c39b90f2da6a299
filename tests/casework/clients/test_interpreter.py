"""Whether a client needs an interpreter: who has not been asked is not shown as needing none."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from casework.models import Client
from casework.timeline import corrections
from tests.casework.cases.making import BORN, a_case, a_client

migration = import_module("casework.migrations.0042_interpreter_asked")


def basics_of(case, browser) -> str:
    return str(browser.get(reverse("case_basics", args=[case.number])).text)


@pytest.mark.parametrize(
    ("answer", "said"),
    [({}, "ei kysytty"), ({"needs_interpreter": False}, "ei tarvita"), ({"needs_interpreter": True}, "tarvitaan")],
)
def test_the_page_says_what_was_answered_and_no_more(kaavi, aino, aino_browser, answer, said):
    page = basics_of(a_case(by=aino, **answer), aino_browser)

    interpreter = page.partition("Tulkki")[2][:200]
    assert f">{said}<" in interpreter.replace("\n", "").replace("  ", "")


@pytest.mark.parametrize(("typed", "stored"), [("", None), ("True", True), ("False", False)])
def test_the_form_asks_and_takes_no_answer_for_none(kaavi, aino, aino_browser, typed, stored):
    case = a_case(by=aino)
    known = {"first_name": "Matti", "last_name": "Uusi", "born_on": BORN.isoformat(), "language": "fi"}

    address = reverse("client_edit", args=[case.number])
    aino_browser.post(address, known | {"decision_channel": "unknown", "needs_interpreter": typed, "version": 1})

    client = Client.objects.get()
    assert (client.last_name, client.needs_interpreter) == ("Uusi", stored)
    assert aino_browser.get(address).context["form"]["needs_interpreter"].value() == stored


def test_the_history_says_nothing_where_nobody_was_asked(kaavi, aino):
    client = a_client(by=aino)

    assert "Tarvitsee tulkin" not in [old.label for old in corrections.standing(client)]


def test_an_unticked_box_from_before_is_no_answer(kaavi, aino):
    asked = a_client(by=aino, needs_interpreter=True)
    unticked = a_client(by=aino, needs_interpreter=False)

    with connection.schema_editor() as editor:
        migration.forget_answers_that_nobody_gave(apps, editor)

    answers = dict(Client.objects.values_list("pk", "needs_interpreter"))
    assert answers == {asked.pk: True, unticked.pk: None}
