"""The pages and papers on which a representative is named: head, basic details, letters, map, consents."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals.queries import letter_of
from casework.cases import actions as cases
from casework.models import Appeal, AppealLetter, AppealSupplement, Case, Decision, Representation
from casework.representatives import actions as representatives
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.casework.appeals.making import an_appeal_of
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, a_paper
from tests.casework.representatives.making import a_guardian, a_representation
from tests.casework.statements.making import a_statement
from tests.conftest import NOON
from tests.papers import read_docx, read_pdf
from tests.people import PortalClient, browser_of, person

TODAY = date(2026, 11, 23)
BUDGET = 15
NAMED = "Tuula Turva, legal guardian"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi):
    return person("Aino", Role.COORDINATOR, language="en")


@pytest.fixture
def web(aino, time_is) -> PortalClient:
    time_is(NOON)
    return browser_of(aino)


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino, language="en", phone="040 123 4567")


def of_case(name: str, case: Case, *keys: Any) -> str:
    return reverse(name, args=[case.number, *keys])


def printed(web: PortalClient, address: str) -> str:
    return " ".join(read_pdf(web.get(address).content).text.split())


def plain(page: Any) -> str:
    return " ".join(page.text.split())


def test_a_guardian_is_written_down_named_in_the_head_and_ended(web, case, aino):
    guardian = a_guardian(case, by=aino)
    add = of_case("representative_add", case)
    typed = {"person": guardian.pk, "kind": "guardian", "scope": "all", "begins_on": "2026-01-07"}
    typed |= {"validity": "until", "valid_until": "2027-03-12"}
    assert "A power of attorney given to you as the coordinator does not belong here" in web.get(add).text

    page = web.post(add, typed, follow=True)

    assert "all matters, from 7.1.2026, until 12.3.2027" in plain(page)
    head = plain(web.get(case.get_absolute_url()))
    assert "Legal guardian" in head
    assert "Tuula Turva" in head
    found = Representation.objects.get()
    web.post(of_case("representative_end", case, found.pk), {"ended_on": "2026-11-20", "version": 1})
    assert "until 12.3.2027" not in plain(web.get(case.get_absolute_url()))
    assert "holds no more since 20.11.2026" in plain(web.get(of_case("case_basics", case)))


def test_papers_of_an_earlier_case_are_linked_where_they_are_and_can_be_kept(web, case, aino):
    paper = a_paper(case, by=aino)
    found = a_representation(case, by=aino, document=paper)
    a_consent(case, by=aino, document=paper)
    Case.objects.filter(pk=case.pk).update(outcome="work", closed_on=TODAY)
    later = cases.open(client=case.client, coordinator=aino, opened_on=TODAY, by=aino, at=NOON)

    basics = web.get(of_case("case_basics", later)).text

    assert basics.count(f'href="{of_case("document", case, paper.pk)}"') == 2
    assert of_case("document", later, paper.pk) not in basics
    correct = of_case("representative_correct", later, found.pk)
    known = {bound.html_name: bound.value() or "" for bound in web.get(correct).context["form"]}
    assert web.post(correct, known | {"scope": "money", "reason": "Luin väärin."}).status_code == 302
    assert (found.locked().scope, found.locked().document) == ("money", paper)


def test_of_a_paper_that_ended_by_its_day_the_head_asks(web, case, aino):
    a_representation(case, by=aino, validity="until", valid_until=date(2026, 11, 1))

    assert "the last day has passed: ask whether it goes on" in web.get(case.get_absolute_url()).text


def test_who_is_not_safe_is_not_in_the_list_and_the_head_says_so(web, case, aino):
    guardian = a_guardian(case, by=aino)
    a_representation(case, person=guardian, by=aino)
    guardian.safety = "not_safe"
    guardian.save()

    assert "not to be contacted" in web.get(case.get_absolute_url()).text
    assert list(web.get(of_case("representative_add", case)).context["form"].fields["person"].queryset) == []


def test_the_letter_of_an_appeal_names_who_signs_and_receives(web, case, aino):
    found = a_representation(case, by=aino)
    appeal = an_appeal_of(case, by=aino)

    text = printed(web, of_case("appeal_pdf", case, appeal.pk) + "?language=en")

    assert f"Signs and receives for the client {NAMED}" in text
    assert "Kuja 2, Kaavi" in text
    assert f"{NAMED}, for {case.client.name}" in text
    filed = {"filed_on": "2026-11-23", "is_as_written": "on", "version": appeal.version}
    web.post(of_case("appeal_file", case, appeal.pk), filed)
    assert AppealLetter.objects.get().representation == found


def test_another_signer_can_be_chosen(web, case, aino):
    found = a_representation(case, by=aino)
    appeal = an_appeal_of(case, by=aino)
    enclose = of_case("appeal_enclose", case, appeal.pk)
    assert "all matters, from 7.1.2026, until further notice" in web.get(enclose).text

    two = web.post(enclose, {"representation": found.pk, "signed_by": "Veli Vesa", "version": 1})
    assert "A representative is chosen, and another name is written" in two.text
    web.post(enclose, {"representation": "", "signed_by": "", "version": 1})

    assert AppealLetter.objects.get().representation is None
    assert NAMED not in printed(web, of_case("appeal_pdf", case, appeal.pk) + "?language=en")


def test_a_signer_whose_paper_is_not_known_is_asked_about_once(web, case, aino):
    found = a_representation(case, by=aino, validity="unknown")
    appeal = an_appeal_of(case, by=aino)
    assert letter_of(appeal, on=TODAY).representation is None
    enclose, typed = of_case("appeal_enclose", case, appeal.pk), {"representation": found.pk, "version": 1}

    asked = web.post(enclose, typed)

    assert "It is not known whether the paper covers this." in asked.text
    sure = asked.context["form"].in_doubt.answer
    web.post(enclose, typed | {"sure": sure})
    assert AppealLetter.objects.get().representation == found
    assert "It is not known whether the paper covers this." in web.get(appeal.get_absolute_url()).text


def test_a_paper_that_ended_before_the_filing_is_asked_about(web, case, aino):
    found = a_representation(case, by=aino)
    appeal = an_appeal_of(case, by=aino)
    web.post(of_case("appeal_enclose", case, appeal.pk), {"representation": found.pk, "version": 1})
    representatives.end(case=case, representation=found, ended_on=date(2026, 11, 22), version=1, by=aino, at=NOON)

    filed = {"filed_on": "2026-11-23", "is_as_written": "on", "version": Appeal.objects.get().version}
    page = web.post(of_case("appeal_file", case, appeal.pk), filed)

    assert "The paper holds no more." in page.text
    assert Appeal.objects.get().filed_on is None


def test_a_letter_that_follows_names_them_too(web, case, aino):
    a_representation(case, by=aino)
    appeal = an_appeal_of(case, by=aino)
    web.post(of_case("appeal_file", case, appeal.pk), {"filed_on": "2026-11-23", "version": appeal.version})
    new = of_case("appeal_supplement_new", case, appeal.pk)
    begun = web.get(new).context["form"]["representation"].value()

    web.post(new, {"kind": "evidence", "receiver": "decider", "text": "Uusi.", "representation": begun})

    word = web.get(of_case("appeal_supplement_docx", case, AppealSupplement.objects.get().pk))
    assert "Tuula Turva, edunvalvoja" in read_docx(word.content).text


def test_the_paper_for_consents_and_the_letter_to_a_doctor_are_signed_by_who_may(web, case, aino):
    found = a_representation(case, by=aino)
    request = a_statement(case=case, by=aino)
    on_behalf = f"{NAMED}, on behalf of {case.client.name}"

    assert on_behalf in printed(web, of_case("consent_paper", case))
    assert on_behalf not in printed(web, of_case("consent_paper", case) + "?signer=client")
    assert "Tuula Turva, edunvalvoja" in printed(web, of_case("statement_pdf", case, request.pk))
    assert "Tuula Turva" not in printed(web, of_case("statement_pdf", case, request.pk) + "?signer=client")
    web.post(of_case("representative_end", case, found.pk), {"ended_on": "2026-11-20", "version": 1})
    assert on_behalf not in printed(web, of_case("consent_paper", case))


def test_of_a_guardian_of_money_the_paper_for_consents_asks_once(web, case, aino):
    found = a_representation(case, scope="money", by=aino)
    address = f"{of_case('consent_paper', case)}?signer={found.pk}"
    assert f'?signer={found.pk}">{NAMED}</a>' in web.get(of_case("case_basics", case)).text

    page = web.get(address)

    assert "The paper is about money and benefits only." in page.text
    assert NAMED not in printed(web, of_case("consent_paper", case))
    assert NAMED in printed(web, of_case("consent_paper", case) + page.context["sure_url"])


def test_the_clients_map_and_the_paper_of_the_end_name_them_once(web, case, aino):
    a_representation(case, by=aino)

    assert f"{NAMED}, signs and receives for you" in printed(web, of_case("case_map_pdf", case))
    assert printed(web, of_case("case_map_pdf", case)).count("Tuula Turva") == 1
    assert NAMED in printed(web, of_case("withdrawal_paper", case))


def test_a_protective_order_hides_how_they_are_reached(web, aino):
    case = a_case(by=aino, language="en", protective_order_source="client")
    a_representation(case, by=aino)
    appeal = an_appeal_of(case, by=aino)

    text = printed(web, of_case("appeal_pdf", case, appeal.pk) + "?language=en")

    assert NAMED in text
    assert "Kuja 2" not in text
    assert "040 222 3333" not in text


def test_a_decision_says_that_it_was_sent_to_them_and_the_clock_is_of_that_notice(web, case, aino):
    application = application_at("filed", case=case, by=aino)
    new = of_case("decision_new", case, application.pk)
    assert "sent_to" not in web.get(new).context["form"].fields
    a_representation(case, by=aino)
    typed = {"decided_on": "2026-11-19", "notice_on": "2026-11-20", "channel": "post", "result": "rejected"}

    page = web.post(new, typed | {"sent_to": "representative", "version": application.version}, follow=True)

    decision = Decision.objects.get()
    assert (decision.sent_to, decision.last_day is not None) == ("representative", True)
    assert "is not verified: look at the decision" in web.get(decision.get_absolute_url()).text
    assert page.status_code == 200


def test_a_decision_that_a_client_brings_says_that_it_was_sent_to_them_too(web, case, aino):
    brought = of_case("brought_decision", case)
    assert "sent_to" not in web.get(brought).context["form"].fields
    a_representation(case, by=aino)
    claim = {"benefit_code": "TKE-T", "decider_code": "keva", "matter": "new", "filed_on": "2025-06-02"}
    typed = claim | {"decided_on": "2026-11-19", "notice_on": "2026-11-20", "channel": "post", "result": "rejected"}

    web.post(brought, typed | {"sent_to": "representative"})

    decision = Decision.objects.get()
    assert decision.sent_to == "representative"
    assert "is not verified: look at the decision" in web.get(decision.get_absolute_url()).text


def test_the_pages_are_for_who_works_with_the_case(web, case, aino, daavid, cecilia, bertta):
    found = a_representation(case, by=aino)
    addresses = [of_case("representative_add", case)]
    addresses += [of_case(f"representative_{name}", case, found.pk) for name in ("correct", "end", "remove")]
    for address in addresses:
        assert web.get(address).status_code == 200
        assert browser_of(daavid).get(address).status_code == 403
        assert browser_of(bertta).get(address).status_code == 302  # first the reason
        with in_municipality("tuusniemi"):
            assert browser_of(cecilia).get(address).status_code == 404


def test_a_representative_of_another_client_is_not_found(web, case, aino):
    other = a_representation(a_case(by=aino, last_name="Toinen"), by=aino)

    assert web.get(of_case("representative_correct", case, other.pk)).status_code == 404


@pytest.mark.parametrize("name", ["case", "case_basics", "representative_add"])
def test_pages_stay_within_the_budget(web, case, aino, name, django_assert_max_num_queries):
    for number in range(5):
        a_representation(case, person=a_guardian(case, name=f"Tuula {number}", by=aino), by=aino)
    web.get(of_case(name, case))

    with django_assert_max_num_queries(BUDGET):
        web.get(of_case(name, case))
