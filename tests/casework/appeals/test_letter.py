"""The letter of an appeal: all that an appeal must contain, to the decider, with what is attached and nothing else."""

from datetime import date, time
from typing import Any

import pytest

from casework.appeals import actions as appeals
from casework.appeals import correcting, filing
from casework.appeals import letter as letters
from casework.appeals.queries import letter_of
from casework.applications import actions as applications
from casework.applications.evidence import NotOfThisClient
from casework.law.workflow import StepNotAllowed
from casework.models import Appeal, AppealLetter, Case, Correction, Document
from tenants import files
from tenants.printing import Fact, Report, report_pdf
from tenants.versions import EditedMeanwhile
from tests.casework.applications.making import a_decision, answered, appeal_at, application_at, in_db
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.representatives.making import a_representation
from tests.casework.situation.making import a_network_person
from tests.conftest import NOON
from tests.papers import pdf_text, read_pdf

TODAY = date(2026, 11, 23)
POWER = Document.Kind.POWER_OF_ATTORNEY
HOME: dict[str, Any] = {"phone": "040 123 4567", "street": "Koivukuja 3", "postal_code": "73600", "city": "Kaavi"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


def an_appeal(aino, **client: Any) -> Appeal:
    application = application_at("filed", case=a_case(by=aino, **{**HOME, **client}), by=aino)
    appeal = appeal_at(decision=a_decision(application=application, by=aino), by=aino)
    return appeals.edit(
        appeal=appeal, demand="Myönnettävä.", grounds="Masennus sivuutettiin.", version=1, by=aino, at=NOON
    )


def an_appeal_of_employer(aino, *, employer: str = "Savon Paja Oy", **client: Any) -> Appeal:
    application = applications.draft(
        case=a_case(by=aino, **{**HOME, **client}),
        benefit_code="PAL",
        decider_code="employment_area",
        employer=employer,
        filed_on=date(2026, 11, 2),
        by=aino,
        at=NOON,
    )
    return appeal_at(decision=a_decision(application=application, by=aino), by=aino)


def case_of(appeal: Appeal) -> Case:
    return appeal.decision.application.case


def written(appeal: Appeal, **options: Any) -> Report:
    return letters.paper(letter_of(appeal, on=TODAY), on=TODAY, **options)


def facts(paper: Report) -> dict[str, str]:
    found: list[Fact] = [*paper.facts, *(fact for section in paper.sections for fact in section.facts)]
    return dict(found)


def enclosed(appeal: Appeal, *, by: Any, version: int = 1, **details: Any) -> AppealLetter:
    known = {"attachments": [], **details}
    return filing.enclose(appeal=appeal, **known, version=version, by=by, at=NOON)


def test_it_holds_all_that_an_appeal_must_contain(kaavi, aino):
    appeal = an_appeal(aino)
    client = case_of(appeal).client

    text = pdf_text(report_pdf(written(appeal)))

    for words in (
        *(client.name, client.identity_code, "040 123 4567", "Koivukuja 3, 73600 Kaavi"),
        *("Keva", "16.11.2026", "Työkyvyttömyyseläke", "Myönnettävä.", "Masennus sivuutettiin."),
    ):
        assert words in text


def test_how_the_client_is_reached_is_written_by_hand_where_nobody_knows_it(kaavi, aino):
    unknown = facts(written(an_appeal(aino, phone="", street="", postal_code="", city="")))

    assert unknown["Osoite"].startswith("____")
    assert unknown["Puhelin"].startswith("____")


def test_it_goes_to_the_decider_and_not_to_the_board(kaavi, aino):
    found = list(facts(written(an_appeal(aino))).values())

    assert "Keva" in found[0]
    assert "muutoksenhakulautakunta" in found[1]


def test_at_the_court_it_names_the_ruling_it_is_against(kaavi, aino):
    board = answered(appeal_at("filed", decision=a_decision(by=aino), by=aino), by=aino)

    found = facts(written(Appeal.objects.get(against=board)))

    assert "Keva" in next(iter(found.values()))
    assert "Vakuutusoikeus" in " ".join(found.values())
    assert "23.11.2026" in found.values()


def test_for_pay_subsidy_the_employer_appeals_and_signs_and_the_client_is_whom_it_is_about(kaavi, aino):
    paper = written(an_appeal_of_employer(aino))

    found = facts(paper)
    assert (found["Nimi"], found["Ketä asia koskee"]) == ("Savon Paja Oy", "Matti Meikäläinen")
    assert (paper.author, paper.signature[-1]) == ("Savon Paja Oy", "Savon Paja Oy")
    told = str([found, paper.signature])
    for canary in ("050374", "040 123 4567", "Koivukuja"):
        assert canary not in told


@pytest.mark.parametrize("known", [{"employer": ""}, {"protective_order_source": "Shown"}])
def test_an_employer_who_is_not_told_is_written_in_by_hand(kaavi, aino, known):
    paper = written(an_appeal_of_employer(aino, **known))

    assert facts(paper)["Nimi"].startswith("____")
    assert (paper.author, paper.signature[-1]) == ("Työnantaja", "Työnantaja")


def test_for_who_has_died_the_estate_appeals_and_not_the_dead(kaavi, aino):
    appeal = an_appeal(aino)
    Case.objects.update(outcome="died", closed_on=TODAY)

    paper = written(in_db(appeal))

    assert paper.author == paper.signature[-1] == facts(paper)["Nimi"] == "Matti Meikäläinen (kuolinpesä)"
    assert "040 123 4567" not in str(paper)
    assert "Koivukuja" not in str(paper)


def test_the_contact_of_the_estate_signs_and_is_reached(kaavi, aino):
    appeal = an_appeal(aino)
    a_representation(Case.objects.get(), by=aino)
    Case.objects.update(outcome="died", closed_on=TODAY)
    case = Case.objects.get()
    reached: dict[str, Any] = {"phone": "040 555 1234", "email": "", "address": "Kuja 2, Kaavi"}
    a_network_person(case, name="Poika Pasi", role="estate", safety="not_safe", by=aino)
    a_network_person(case, name="Tytär Tuula", role="estate", **reached, by=aino)

    paper = written(in_db(appeal))

    assert facts(paper)["Kuolinpesän yhteyshenkilö"] == "Tytär Tuula"
    assert (facts(paper)["Osoite"], facts(paper)["Puhelin"]) == ("Kuja 2, Kaavi", "040 555 1234")
    assert paper.signature[-1] == "Tytär Tuula, muutoksenhakija: Matti Meikäläinen (kuolinpesä)"
    assert "Tuula Turva" not in str(paper)


def test_where_the_last_day_is_not_known_the_letter_does_not_say_that_it_is_late(kaavi, aino):
    appeal = an_appeal(aino)
    Appeal.objects.update(last_day=None, safe_day=None)
    said = "Päätös tuli kesällä."

    filing.file(appeal=in_db(appeal), filed_on=TODAY, late_reason=said, version=2, by=aino, at=NOON)

    headings = {section.heading: list(section.paragraphs) for section in written(in_db(appeal)).sections}
    assert headings["Muutoksenhakuajasta"] == [said]
    assert not [heading for heading in headings if "myöhässä" in heading]


def test_a_request_for_review_is_no_appeal_in_its_letter(kaavi, aino):
    application = application_at("filed", benefit="TTO", decider="kela", by=aino)

    text = pdf_text(report_pdf(written(appeal_at(decision=a_decision(application=application, by=aino), by=aino))))

    assert "Oikaisuvaatimus" in text
    assert "alit" not in text  # neither valittaja nor valitetaan


def test_only_what_is_attached_stands_among_the_attachments(kaavi, aino):
    appeal = an_appeal(aino)
    sent = a_paper(case_of(appeal), title="B-lausunto", dated_on=date(2026, 11, 2), by=aino)
    a_paper(case_of(appeal), title="Muu paperi", by=aino)
    assert [section.points for section in written(appeal).sections if section.points] == []

    enclosed(appeal, attachments=[sent], by=aino)

    assert [section.points for section in written(appeal).sections if section.points] == [["B-lausunto, 2.11.2026"]]


def test_who_acts_for_the_client_signs_and_the_power_of_attorney_is_attached(kaavi, aino):
    appeal = an_appeal(aino)
    power = a_paper(case_of(appeal), POWER, title="Valtakirja", dated_on=date(2026, 11, 3), by=aino)

    enclosed(appeal, power_of_attorney=power, signed_by="Aino Auttaja", by=aino)

    paper = written(appeal)
    assert "Aino Auttaja" in paper.signature[-1]
    assert case_of(appeal).client.name in paper.signature[-1]
    assert [section.points for section in paper.sections if section.points] == [["Valtakirja, 3.11.2026"]]


def test_without_a_power_of_attorney_none_is_claimed(kaavi, aino):
    appeal = an_appeal(aino)

    enclosed(appeal, signed_by="Aino Auttaja", by=aino)

    paper = written(appeal)
    assert "valtakirja" not in str(paper.signature).lower()
    assert not [section for section in paper.sections if section.points]


@pytest.mark.parametrize(("language", "paper"), [("fi", "fi"), ("sv", "sv"), ("so", "fi")])
def test_it_is_in_the_official_language_of_the_client(kaavi, aino, language, paper):
    assert read_pdf(report_pdf(written(an_appeal(aino, language=language)))).language == paper


def test_the_client_s_copy_says_so_and_leaves_the_words_of_the_appeal(kaavi, aino):
    paper = written(an_appeal(aino), language="en")

    assert (paper.language, paper.subtitle) == ("en", "Copy for the client")
    [grounds] = [section for section in paper.sections if section.paragraphs == ["Masennus sivuutettiin."]]
    assert grounds.language == "fi"


def test_under_a_protective_order_it_tells_no_address_and_says_so(kaavi, aino):
    text = pdf_text(report_pdf(written(an_appeal(aino, protective_order_source="Shown", language="sv"))))

    assert "spärrmarkering" in text.lower()
    for canary in ("040 123", "Koivukuja", "73600", "Adress _", "Telefon _"):
        assert canary not in text


def test_the_filed_letter_is_a_document_with_its_hash_and_the_proof_of_sending(kaavi, aino):
    appeal = an_appeal(aino)
    proof: dict[str, Any] = {"sent_by": "electronic", "sent_time": time(14, 5), "receipt": "OmaKela 4711"}

    filing.file(appeal=appeal, filed_on=TODAY, **proof, is_as_written=True, version=2, by=aino, at=NOON)

    letter = AppealLetter.objects.get()
    document = Document.objects.get(kind="appeal")
    assert letter.document == document
    assert (letter.sent_time, letter.receipt, in_db(appeal).sent_by) == (time(14, 5), "OmaKela 4711", "electronic")
    assert document.sha256
    assert "Masennus sivuutettiin." in pdf_text(files.read(document.file_id))


def test_the_paper_that_is_kept_is_of_the_day_of_filing_however_late_that_is_written_down(kaavi, aino):
    filed_on = date(2026, 11, 19)

    filing.file(appeal=an_appeal(aino), filed_on=filed_on, is_as_written=True, version=2, by=aino, at=NOON)

    assert Document.objects.get(kind="appeal").dated_on == filed_on


def test_a_reason_for_being_late_stands_in_the_letter_that_is_kept(kaavi, aino):
    appeal = an_appeal(aino)
    Appeal.objects.update(last_day=date(2026, 11, 20))
    late: dict[str, Any] = {"late_reason": "Sairaalassa 10.-22.11."}

    filing.file(appeal=appeal, filed_on=TODAY, **late, is_as_written=True, version=2, by=aino, at=NOON)

    assert late["late_reason"] in pdf_text(files.read(Document.objects.get(kind="appeal").file_id))


def test_nothing_is_kept_of_an_appeal_that_somebody_else_wrote(kaavi, aino):
    filing.file(appeal=an_appeal(aino), filed_on=TODAY, version=2, by=aino, at=NOON)

    assert not AppealLetter.objects.exists()
    assert not Document.objects.exists()


def test_another_paper_that_was_filed_is_the_one_that_is_kept(kaavi, aino):
    appeal = an_appeal(aino)
    scan = a_paper(case_of(appeal), title="Skannattu valitus", by=aino)

    filing.file(appeal=appeal, filed_on=TODAY, document=scan, is_as_written=True, version=2, by=aino, at=NOON)

    assert AppealLetter.objects.get().document == scan
    assert Document.objects.count() == 1


def test_a_filing_that_was_taken_back_leaves_no_proof_to_the_next_one(kaavi, aino):
    appeal = an_appeal(aino)
    filing.file(appeal=appeal, filed_on=TODAY, receipt="4711", is_as_written=True, version=2, by=aino, at=NOON)
    back = correcting.take_back_step(appeal=in_db(appeal), reason="Väärä asia", version=3, by=aino, at=NOON)

    filing.file(appeal=back, filed_on=TODAY, version=back.version, by=aino, at=NOON)

    letter = AppealLetter.objects.get()
    assert (letter.document, letter.receipt) == (None, "")
    assert Correction.objects.filter(about_kind="appeal_letter").exists()


def test_what_was_filed_takes_no_more_attachments(kaavi, aino):
    appeal = an_appeal(aino)
    filing.file(appeal=appeal, filed_on=TODAY, version=2, by=aino, at=NOON)

    with pytest.raises(StepNotAllowed):
        enclosed(appeal, signed_by="Aino", by=aino)


def test_two_who_say_what_goes_with_it_do_not_write_over_each_other(kaavi, aino):
    appeal = an_appeal(aino)
    enclosed(appeal, signed_by="Aino", by=aino)

    with pytest.raises(EditedMeanwhile):
        enclosed(appeal, signed_by="Bertta", by=aino)


@pytest.mark.parametrize("name", ["attachments", "power_of_attorney"])
def test_a_paper_of_another_case_goes_with_nothing(kaavi, aino, name):
    foreign = a_paper(a_case(by=aino), POWER, by=aino)

    goes_with: dict[str, Any] = {name: [foreign] if name == "attachments" else foreign}

    with pytest.raises(NotOfThisClient):
        enclosed(an_appeal(aino), by=aino, **goes_with)


def test_what_was_attached_before_stays_in_the_history(kaavi, aino):
    appeal = an_appeal(aino)
    old, new = (a_paper(case_of(appeal), title=title, by=aino) for title in ("Vanha", "Uusi"))
    enclosed(appeal, attachments=[old], by=aino)

    enclosed(appeal, attachments=[new], version=2, by=aino)

    assert str(old.pk) in Correction.objects.get(about_kind="appeal_letter").before


def test_a_wrong_receipt_is_put_right_and_the_old_one_kept(kaavi, aino):
    appeal = an_appeal(aino)
    filing.file(appeal=appeal, filed_on=TODAY, receipt="4711", version=2, by=aino, at=NOON)
    letter = AppealLetter.objects.get()
    right: dict[str, Any] = {"document": None, "sent_time": None, "receipt": "4712"}

    filing.correct_proof(letter=letter, **right, reason="Näppäilyvirhe", version=letter.version, by=aino, at=NOON)

    assert AppealLetter.objects.get().receipt == "4712"
    assert "4711" in Correction.objects.get(about_kind="appeal_letter").before
    assert case_of(appeal).events.filter(kind="appeal.corrected", about_id=appeal.pk).exists()
