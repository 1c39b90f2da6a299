"""A phrase is offered when a second person has approved it, in its kind and language, and never holds a client."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Phrase, PhraseWording
from casework.phrases import actions as phrases
from casework.phrases.queries import offered
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.casework.phrases.making import TEXT, a_phrase
from tests.conftest import NOON
from tests.people import person


def texts(kind: str = "grounds", language: str = "fi") -> list[str]:
    return [wording.text for wording in offered(kind, language)]


def test_a_phrase_is_offered_when_it_is_approved(kaavi, aino, bertta):
    phrase = a_phrase(by=aino)
    assert texts() == []

    phrases.approve(phrase=phrase, version=1, by=bertta, at=NOON)

    assert texts() == [TEXT]
    assert (texts("question"), texts(language="sv")) == ([], [])


def test_a_changed_phrase_is_approved_anew_and_the_approved_wording_is_offered_until_then(kaavi, aino, bertta):
    phrase = a_phrase(by=aino, approved_by=bertta)

    phrase = phrases.change(
        phrase=phrase, title="Arviointi", text="Uusi teksti.", version=phrase.version, by=aino, at=NOON
    )
    assert texts() == [TEXT]
    phrases.approve(phrase=phrase, version=phrase.version, by=bertta, at=NOON)

    assert texts() == ["Uusi teksti."]
    assert [wording.text for wording in PhraseWording.objects.all()] == ["Uusi teksti.", TEXT]


def test_saving_what_stands_there_is_no_change(kaavi, aino, bertta):
    phrase = a_phrase(by=aino, approved_by=bertta)

    phrases.change(phrase=phrase, title="Arviointi", text=TEXT, version=phrase.version, by=aino, at=NOON)

    assert PhraseWording.objects.count() == 1


def test_nobody_approves_a_wording_that_they_have_not_seen(kaavi, aino, bertta):
    phrase = a_phrase(by=aino)
    seen = phrase.version
    phrases.change(phrase=phrase, title="Arviointi", text="Uusi teksti.", version=seen, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        phrases.approve(phrase=phrase, version=seen, by=bertta, at=NOON)


def test_a_supervisor_does_not_approve_what_they_wrote_while_there_is_another(kaavi, bertta):
    phrase = a_phrase(by=bertta)
    person("Bruno", Role.SUPERVISOR)

    with pytest.raises(phrases.WrittenByOneself, match="Bruno"):
        phrases.approve(phrase=phrase, version=1, by=bertta, at=NOON)


def test_a_supervisor_who_is_alone_approves_what_they_wrote(kaavi, bertta):
    a_phrase(by=bertta, approved_by=bertta)

    assert texts() == [TEXT]


def test_who_has_left_does_not_count_as_a_second_person(kaavi, bertta):
    bruno = person("Bruno", Role.SUPERVISOR)
    bruno.is_active = False
    bruno.save()

    a_phrase(by=bertta, approved_by=bertta)

    assert texts() == [TEXT]


def test_what_is_approved_already_is_not_approved_again(kaavi, aino, bertta):
    phrase = a_phrase(by=aino, approved_by=bertta)

    with pytest.raises(phrases.NothingToApprove):
        phrases.approve(phrase=phrase, version=phrase.version, by=bertta, at=NOON)


def test_a_retired_phrase_is_offered_no_more_until_it_is_approved_again(kaavi, aino, bertta):
    phrase = a_phrase(by=aino, approved_by=bertta)
    phrase = phrases.retire(phrase=phrase, version=phrase.version, by=bertta, at=NOON)
    assert texts() == []
    with pytest.raises(phrases.AlreadyRetired):
        phrases.retire(phrase=phrase, version=phrase.version, by=bertta, at=NOON)
    with pytest.raises(phrases.AlreadyRetired):
        phrases.change(phrase=phrase, title="-", text="-", version=phrase.version, by=aino, at=NOON)

    another = person("Bruno", Role.SUPERVISOR)
    phrases.approve(phrase=phrase, version=phrase.version, by=another, at=NOON + timedelta(days=1))

    assert texts() == [TEXT]
    wording = PhraseWording.objects.get()
    assert (wording.approved_by, wording.approved_at) == (bertta, NOON)


@pytest.mark.parametrize("code", ["131052-308T", "131052\N{EN DASH}308T", "hetu131052-308t"])
@pytest.mark.parametrize("field", ["title", "text"])
def test_an_identity_code_is_refused_at_its_field(kaavi, aino, code, field):
    said: dict[str, Any] = {field: f"Asiakas {code} pyytää."}

    with pytest.raises(phrases.OfAClient) as refused:
        a_phrase(by=aino, **said)

    assert refused.value.field == field
    assert not Phrase.objects.exists()


def test_the_second_persons_are_asked_by_a_mail_that_says_nothing_of_the_text(kaavi, aino, bertta, paula):
    a_phrase(by=aino)

    mail = OutgoingEmail.objects.get()
    assert mail.to == bertta
    assert TEXT not in mail.text + mail.html + mail.subject
    assert "Arviointi" not in mail.text + mail.html + mail.subject


def test_each_step_is_in_the_access_log(kaavi, aino, bertta):
    phrase = a_phrase(by=aino, approved_by=bertta)
    phrases.retire(phrase=phrase, version=phrase.version, by=bertta, at=NOON)

    logged = AccessEntry.objects.filter(subject=str(phrase.pk)).order_by("at").values_list("action", flat=True)
    assert set(logged) == {"phrase.written", "phrase.approved", "phrase.retired"}


def test_a_coordinator_approves_and_retires_nothing_and_a_team_member_writes_nothing(kaavi, aino, daavid):
    phrase = a_phrase(by=aino)
    step: dict[str, Any] = {"phrase": phrase, "version": 1, "by": aino, "at": NOON}

    for act in (phrases.approve, phrases.retire):
        with pytest.raises(PermissionDenied):
            act(**step)
    with pytest.raises(PermissionDenied):
        a_phrase(by=daavid)


def test_a_phrase_of_one_municipality_is_not_offered_in_another(kaavi, aino, bertta, tuusniemi):
    a_phrase(by=aino, approved_by=bertta)

    with in_municipality(tuusniemi):
        assert texts() == []
