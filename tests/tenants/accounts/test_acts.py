"""What people do with their own accounts is in the access log, and every act there has a name."""

import pytest

from tenants.accounts import acts
from tenants.audit.actions import name_of
from tenants.audit.models import AccessEntry
from tests.people import PASSWORD, browser_of
from tests.tenants.accounts.signing_in import CODES, CONFIRM, browser_at, give_phone, sign_in


def acts_of(person) -> list[str]:
    entries = AccessEntry.objects.filter(actor=person.pk, subject=str(person.pk)).order_by("id")
    return [entry.action for entry in entries]


def test_signing_in_is_logged_when_both_steps_are_taken(paula):
    visitor, phone = browser_at("kaavi"), give_phone(paula)
    assert acts_of(paula) == []

    sign_in(visitor, paula, phone)

    assert acts_of(paula) == ["person.signed_in"]


def test_a_change_of_ones_own_password_and_second_step_is_logged(paula, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_: act())
    phone, visitor = give_phone(paula), browser_of(paula)
    visitor.post(CONFIRM, {"code": phone.code()})
    visitor.post(f"{CODES}new/")
    new = "kuusi-koivu-mänty-haapa"
    visitor.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert acts_of(paula) == ["person.second_factor_changed", "person.password_changed"]


def test_an_act_without_a_name_is_refused(paula):
    with pytest.raises(acts.UnknownAct):
        acts.record("person.teleported", key=paula.pk, by=paula)


@pytest.mark.parametrize("action", acts.ACTIONS)
def test_every_act_has_a_name_on_the_page_of_the_log(action):
    assert name_of(action) == acts.ACTIONS[action]
