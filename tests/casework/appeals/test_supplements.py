"""Letters after an appeal: written, printed, sent with their proof as documents of the case, corrected, taken back."""

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import self_correction, supplements
from casework.appeals import supplement_letter as letters
from casework.appeals.supplements import SupplementDetails
from casework.applications.evidence import NotOfThisClient
from casework.models import Appeal, AppealSupplement, Case, Correction, Document, Task
from casework.reminders.sweep import sweep
from tenants import files
from tenants.printing import report_pdf
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.casework.appeals.making import a_supplement, an_appeal_of
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_newer_version, a_paper
from tests.conftest import NOON
from tests.papers import pdf_text, read_docx, read_pdf
from tests.people import browser_of

TODAY = date(2026, 11, 23)
NAMES = ("edit", "pdf", "docx", "send", "correct", "remove")
BUDGET = 15


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    settings.FILES = tmp_path
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, phone="040 123 4567")


def page(name: str, supplement: AppealSupplement) -> str:
    number = supplement.appeal.decision.application.case.number
    return reverse(f"appeal_supplement_{name}", args=[number, supplement.pk])


def text_of(supplement: AppealSupplement) -> str:
    return pdf_text(report_pdf(letters.paper(supplement, on=TODAY)))


def sent(supplement: AppealSupplement, *, by: Any, **proof: Any) -> AppealSupplement:
    return supplements.send(supplement=supplement, sent_on=TODAY, **proof, version=supplement.version, by=by, at=NOON)


def test_it_says_in_which_matter_it_is_written_what_it_says_and_what_is_attached(case, aino):
    statement = a_paper(case, title="B-lausunto", dated_on=date(2026, 11, 20), by=aino)

    text = text_of(a_supplement(case, text="Uusi lausunto.", attachments=[statement], by=aino))

    for words in (
        *(case.client.name, case.client.identity_code, "Keva", "16.11.2026", "23.11.2026"),
        *("Uusi lausunto.", "B-lausunto, 20.11.2026"),
    ):
        assert words in text


@pytest.mark.parametrize(("receiver", "name"), [("decider", "Keva"), ("body", "muutoksenhakulautakunta")])
def test_it_goes_to_whom_has_the_appeal_now(case, aino, receiver, name):
    paper = letters.paper(a_supplement(case, receiver=receiver, by=aino), on=TODAY)

    assert name in dict(paper.facts)["Vastaanottaja"]


def test_of_a_client_who_has_died_the_estate_signs(case, aino):
    supplement = a_supplement(case, by=aino)
    Case.objects.update(outcome="died", closed_on=TODAY)

    paper = letters.paper(supplement, on=TODAY)

    assert paper.signature[-1] == f"{case.client.name} (kuolinpesä)"
    assert "040 123 4567" not in str(paper)


def test_an_appeal_that_was_not_filed_takes_its_evidence_itself(case, aino):
    details = SupplementDetails(kind="evidence", receiver="decider", text="Uusi")

    with pytest.raises(supplements.NotFiledYet):
        supplements.write(appeal=an_appeal_of(case, by=aino), details=details, by=aino, at=NOON)


def test_what_went_is_a_document_with_the_proof_of_sending_and_changes_no_more(case, aino):
    supplement = a_supplement(case, text="Uusi lausunto.", by=aino)

    went = sent(supplement, sent_by="post", sent_time=time(9, 30), receipt="RR 1", by=aino)

    document = Document.objects.get()
    assert (went.document, went.sent_by, went.sent_time, went.receipt) == (document, "post", time(9, 30), "RR 1")
    assert "Uusi lausunto." in pdf_text(files.read(document.file_id))
    details = SupplementDetails(kind="evidence", receiver="decider", text="Muu")
    for act in (
        lambda: supplements.edit(supplement=went, details=details, version=went.version, by=aino, at=NOON),
        lambda: sent(went, by=aino),
    ):
        with pytest.raises(supplements.SentAlready):
            act()


def test_whether_it_went_before_the_appeal_was_filed_is_asked_once_more(case, aino, aino_browser):
    supplement = a_supplement(case, by=aino)
    typed: dict[str, Any] = {"sent_on": "2026-11-20", "version": 1}

    asked = aino_browser.post(page("send", supplement), typed)

    assert asked.status_code == 200
    assert not AppealSupplement.objects.get().is_sent


def an_appeal_that_waits_for_a_comment(case: Case, aino) -> Appeal:
    appeal = a_supplement(case, by=aino).appeal
    self_correction.ask_comment(appeal=appeal, due_on=date(2026, 12, 4), version=appeal.version, by=aino, at=NOON)
    return appeal


def test_a_comment_that_went_is_no_longer_waited_for(case, aino):
    appeal = an_appeal_that_waits_for_a_comment(case, aino)
    sweep(on=TODAY, at=NOON)
    assert Task.objects.filter(done_at=None).exists()

    sent(a_supplement(case, appeal=appeal, kind="comment", receiver="body", by=aino), by=aino)

    appeal.refresh_from_db()
    assert (appeal.commented_on, appeal.awaits_comment) == (TODAY, False)
    assert not Task.objects.filter(done_at=None).exists()


def test_further_evidence_that_went_is_no_comment(case, aino):
    appeal = an_appeal_that_waits_for_a_comment(case, aino)

    sent(a_supplement(case, appeal=appeal, kind="evidence", by=aino), by=aino)

    appeal.refresh_from_db()
    assert appeal.awaits_comment


def test_a_comment_that_nobody_waits_for_changes_nothing_of_the_appeal(case, aino):
    appeal = a_supplement(case, by=aino).appeal

    sent(a_supplement(case, appeal=appeal, kind="comment", receiver="body", by=aino), by=aino)

    appeal.refresh_from_db()
    assert appeal.commented_on is None


def test_an_edited_text_keeps_what_it_said_before(case, aino):
    supplement = a_supplement(case, text="Vanha teksti", by=aino)
    details = SupplementDetails(kind="comment", receiver="body", text="Uusi")

    supplements.edit(supplement=supplement, details=details, version=1, by=aino, at=NOON)

    assert "Vanha teksti" in Correction.objects.get(about_kind="appeal_supplement").before
    with pytest.raises(EditedMeanwhile):
        supplements.edit(supplement=supplement, details=details, version=1, by=aino, at=NOON)


def test_a_paper_of_another_case_is_not_attached(case, aino):
    with pytest.raises(NotOfThisClient):
        a_supplement(case, attachments=[a_paper(a_case(by=aino), by=aino)], by=aino)


def test_a_letter_is_written_printed_and_sent_on_the_pages(case, aino, aino_browser):
    appeal = a_supplement(case, by=aino).appeal
    typed: dict[str, Any] = {"kind": "comment", "receiver": "body", "text": "Selvitys ei vastaa arkea."}

    shown = aino_browser.post(reverse("appeal_supplement_new", args=[case.number, appeal.pk]), typed, follow=True).text

    supplement = AppealSupplement.objects.get(kind="comment")
    assert page("send", supplement) in shown
    assert read_pdf(aino_browser.get(page("pdf", supplement)).content).language == "fi"
    assert "Selvitys ei vastaa arkea." in read_docx(aino_browser.get(page("docx", supplement)).content).text
    typed = {"sent_on": "2026-11-23", "sent_by": "electronic", "receipt": "4713", "version": 1}
    assert "4713" in aino_browser.post(page("send", supplement), typed, follow=True).text
    kept = reverse("document", args=[case.number, Document.objects.get().pk])
    assert aino_browser.get(page("pdf", supplement)).headers["Location"] == kept


def test_an_attachment_that_was_replaced_stays_chosen(case, aino, aino_browser):
    paper = a_paper(case, by=aino)
    supplement = a_supplement(case, attachments=[paper], by=aino)
    a_newer_version(paper, by=aino)

    assert str(paper.pk) in str(aino_browser.get(page("edit", supplement)).context["form"]["attachments"])
    typed: dict[str, Any] = {"kind": "comment", "receiver": "body", "text": "Muu", "attachments": [paper.pk]}
    aino_browser.post(page("edit", supplement), typed | {"version": 1})

    changed = AppealSupplement.objects.get()
    assert (changed.text, list(changed.attachments.all())) == ("Muu", [paper])


@pytest.mark.parametrize("name", NAMES)
def test_the_outsider_finds_nothing(case, aino, cecilia, tuusniemi, name):
    address = page(name, a_supplement(case, by=aino))
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(address).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_who_has_another_role_is_refused(case, aino, paula, name):
    assert browser_of(paula).get(page(name, a_supplement(case, by=aino))).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_the_colleague_without_a_reason_is_asked_for_one(case, aino, bertta, name):
    answer = browser_of(bertta).get(page(name, a_supplement(case, by=aino)))

    assert answer.headers["Location"].startswith(reverse("case_reason", args=[case.number]))


def test_a_letter_of_another_case_is_not_found_here(case, aino, aino_browser):
    supplement = a_supplement(case, by=aino)
    address = reverse("appeal_supplement_pdf", args=[a_case(by=aino).number, supplement.pk])

    assert aino_browser.get(address).status_code == 404


@pytest.mark.parametrize("name", ["appeal", *NAMES])
def test_a_page_asks_few_questions_however_many_letters_there_are(
    case, aino, aino_browser, django_assert_max_num_queries, name
):
    supplement = a_supplement(case, attachments=[a_paper(case, by=aino) for _ in range(4)], by=aino)
    for _ in range(4):
        sent(a_supplement(case, appeal=supplement.appeal, by=aino), by=aino)
    address = supplement.appeal.get_absolute_url() if name == "appeal" else page(name, supplement)

    aino_browser.get(address)  # renews the session
    with django_assert_max_num_queries(BUDGET):
        assert aino_browser.get(address).status_code in {200, 302}
