"""Letters are read when they wait, after the virus scan, each once; what is looked for anew is read anew."""

import json
import logging
import shutil
from datetime import timedelta

import pytest
from django.db import connection

from casework.clients import actions as clients
from casework.clients import illnesses as client_illnesses
from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.decisions import actions as decisions
from casework.documents import actions as documents
from casework.letters import actions as letters
from casework.letters import queries, reading
from casework.letters.presenters import Outcome, found_in_letter
from casework.models import Letter, LetterSearch
from tenants import files
from tenants.models import DueWork
from tenants.pdfs import PdfWithScripts
from tenants.rounds import SomeFailed
from tenants.scope import in_console
from tests.casework.applications.making import a_decision, an_illness
from tests.casework.cases.making import a_case
from tests.casework.letters import samples
from tests.casework.letters.making import a_letter, letter_of, read_all, read_here
from tests.conftest import NOON
from tests.tenants.scanner import listening_scanner
from tests.tenants.uploads import EICAR, odt, pdf

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def case(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    return a_case(by=aino, identity_code="010180-999A")


@pytest.fixture
def kela_letter(case, aino):
    return a_letter(case, samples.pdf(samples.KELA), by=aino)


def announced():
    with in_console():
        return list(DueWork.objects.filter(kind="letters.read_waiting").values_list("at", flat=True))


def proposed(case, text, *, by):
    """What a letter to the client of a case says, by name."""
    letter = a_letter(case, samples.pdf(f"{text}\n{case.client.name}\n010180-999A"), by=by)
    read_all()
    return {name: found["value"] for name, found in json.loads(letter_of(letter).content)["proposals"].items()}


# --- when ---------------------------------------------------------------------------------------------------------


def test_the_file_of_a_decision_is_read_once(case, aino, kela_letter):
    assert queries.next_reading() == kela_letter.created_at

    assert read_all() == 1
    assert read_all() == 0

    letter = letter_of(kela_letter)
    assert (letter.state, letter.why, letter.pages, letter.read_pages) == ("read", "", 1, 1)
    assert queries.next_reading() is None


def test_adding_one_announces_it_in_the_same_transaction(case, aino):
    before = len(announced())
    a_letter(case, samples.pdf(samples.KELA), by=aino)

    assert announced()[before:] == [NOON]


def test_other_files_are_not_read(case, aino):
    a_letter(case, samples.pdf(samples.KELA), by=aino, kind="medical")

    assert read_all() == 0


def test_a_file_that_became_the_text_of_a_decision_is_read_whatever_it_is_called(case, aino):
    document = a_letter(case, samples.pdf(samples.KELA), by=aino, kind="other")
    decision = a_decision(by=aino)
    with pytest.raises(decisions.DocumentOfAnotherCase):
        decisions.attach_document(decision=decision, document=document, version=decision.version, by=aino, at=NOON)

    own = a_letter(decision.application.case, samples.pdf(samples.KELA), by=aino, kind="other")
    before = len(announced())
    decisions.attach_document(decision=decision, document=own, version=decision.version, by=aino, at=NOON)

    assert len(announced()) == before + 1
    assert read_all() == 1


def test_it_is_read_after_the_virus_scan_only(case, aino, settings):
    with listening_scanner() as scanner:
        settings.CLAMD_ADDRESS = scanner.address
        clean = a_letter(case, samples.pdf(samples.KELA), by=aino)
        infected = a_letter(case, pdf(more=[b"%" + EICAR + b"\nnull"]), by=aino)
        assert read_all() == 0

        documents.scan_waiting(at=LATER)

        assert read_all() == 1
    assert letter_of(clean).is_read
    assert not Letter.objects.filter(document=infected).exists()


def test_a_newer_illness_is_looked_for_in_letters_that_were_read_before(case, aino, kela_letter):
    read_all()
    hands = an_illness(case, "Rannekanavaoireyhtymä", by=aino)

    assert queries.next_reading() is not None
    assert read_all() == 1

    assert LetterSearch.objects.get().illness == hands
    assert queries.next_reading() is None


def test_an_illness_that_is_called_otherwise_is_looked_for_again(case, aino, kela_letter):
    hands = an_illness(case, "Masennus", by=aino)
    read_all()
    decision = a_decision(by=aino)
    decision.document = kela_letter
    assert found_in_letter(decision)[hands.pk].outcome(hands) is Outcome.NOT_FOUND

    renamed = client_illnesses.change(
        case=case,
        illness=hands,
        details=IllnessDetails(name="Rannekanavaoireyhtymä"),
        version=hands.version,
        by=aino,
        at=NOON,
    )
    assert found_in_letter(decision)[hands.pk].outcome(renamed) is Outcome.NOT_LOOKED
    read_all()

    decision.document = type(kela_letter).objects.get(pk=kela_letter.pk)
    assert found_in_letter(decision)[hands.pk].outcome(renamed) is Outcome.FOUND


# --- whose --------------------------------------------------------------------------------------------------------


def test_a_letter_of_somebody_else_is_stopped_and_nothing_of_it_is_kept(case, aino):
    an_illness(case, "Rannekanavaoireyhtymä", by=aino)
    text = samples.KELA.replace("Meikäläinen Matti", "Virtanen Maija").replace("010180-999A", "131052-308T")
    document = a_letter(case, samples.pdf(text), by=aino)

    read_all()

    letter = letter_of(document)
    assert letter.state == "not_the_clients"
    assert letter.content == '{"mismatches": ["identity_code", "name"]}'
    assert not LetterSearch.objects.exists()


def test_a_letter_is_compared_again_when_the_client_is_put_right(case, aino):
    document = a_letter(case, samples.pdf(samples.KELA.replace("010180-999A", "010180-9004")), by=aino)
    read_all()
    assert letter_of(document).state == "not_the_clients"
    assert read_all() == 0

    client = case.client
    client.refresh_from_db()
    corrected = ClientDetails(first_name="Matti", last_name="Meikäläinen", identity_code="010180-9004")
    clients.change(client=client, details=corrected, version=client.version, by=aino, at=NOON)

    assert read_all() == 1
    assert letter_of(document).is_read


# --- what cannot be read ------------------------------------------------------------------------------------------


def test_a_file_that_is_missing_stops_no_other_and_is_not_tried_for_ever(case, aino):
    lost = a_letter(case, samples.pdf(samples.KELA), by=aino)
    good = a_letter(case, samples.pdf(samples.KELA), by=aino)
    files.discard(lost.file_id)

    assert (read_all(), read_all()) == (2, 0)

    assert letter_of(good).is_read
    assert (letter_of(lost).state, letter_of(lost).why) == ("unreadable", "missing")


def test_a_broken_reader_is_no_fault_of_the_letter_which_is_tried_again(case, aino, kela_letter, monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", ("-c", "import nothing_of_that_name"))
    with pytest.raises(SomeFailed, match="ReaderBroken"):
        letters.read_waiting(at=NOON)
    monkeypatch.undo()

    assert letter_of(kela_letter).state == "waiting"
    assert read_all() == 1


def test_what_was_tried_in_vain_keeps_no_new_one_waiting(case, aino, monkeypatch):
    first, second = (a_letter(case, samples.pdf(samples.KELA), by=aino) for _number in range(2))
    monkeypatch.setattr(reading, "PROGRAM", ("-c", "import nothing_of_that_name"))
    with pytest.raises(SomeFailed):
        letters.read_waiting(at=NOON, most=1)
    monkeypatch.undo()

    with read_here():
        assert letters.read_waiting(at=LATER, most=1) == 1

    assert letter_of(second).is_read
    assert letter_of(first).state == "waiting"


def test_a_text_document_of_another_kind_says_so(case, aino):
    document = a_letter(case, odt(), by=aino, name="päätös.odt")

    read_all()

    assert (letter_of(document).state, letter_of(document).why) == ("unreadable", "other_kind")


def test_a_scan_is_read_as_soon_as_there_is_something_to_read_it_with(case, aino, monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: "")
    document = a_letter(case, samples.scanned(samples.KELA), by=aino)
    read_all()
    assert letter_of(document).why == "only_pictures"
    assert queries.next_reading() is None

    monkeypatch.setattr(reading, "tesseract", lambda: "/usr/bin/tesseract")

    assert queries.next_reading() is not None


def test_a_scan_in_which_nothing_is_recognised_is_not_read_for_ever(case, aino, monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: shutil.which("true"))
    document = a_letter(case, samples.scanned(samples.KELA), by=aino)

    assert (read_all(), read_all()) == (1, 0)
    assert (letter_of(document).state, letter_of(document).why) == ("unreadable", "unrecognised")
    assert queries.next_reading() is None


def test_a_turn_begins_no_further_letter_after_its_time(case, aino, monkeypatch):
    for _number in range(2):
        a_letter(case, samples.pdf(samples.KELA), by=aino)
    monkeypatch.setattr(letters, "TURN", -1.0)

    assert read_all() == 0


def test_a_file_that_is_refused_when_it_is_added_is_never_read(case, aino):
    with pytest.raises(PdfWithScripts):
        a_letter(case, pdf(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), by=aino)

    assert queries.next_reading() is None


# --- what is kept, and where --------------------------------------------------------------------------------------


def test_no_word_of_a_letter_lies_open_in_the_database_or_in_a_log(case, aino, kela_letter, caplog):
    an_illness(case, "Rannekanavaoireyhtymä", by=aino)
    caplog.set_level(logging.DEBUG)

    read_all()

    assert "rannekanavaoireyhtymää" in LetterSearch.objects.get().places
    assert "2027-01-04" in letter_of(kela_letter).content
    with connection.cursor() as cursor:
        cursor.execute("select content, places from casework_letter, casework_lettersearch")
        kept = b"".join(map(bytes, cursor.fetchone()))
    assert b"rannekanava" not in kept
    assert b"2027" not in kept
    assert "rannekanava" not in caplog.text


def test_a_letter_that_fails_leaves_no_word_in_the_log(case, aino, kela_letter, caplog, monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", ("-c", "print('begun\\n{Hakemuksenne hylätään')"))
    with pytest.raises(SomeFailed, match="JSONDecodeError") as failure:
        letters.read_waiting(at=NOON)

    assert "hylätään" not in f"{failure.value} {caplog.text}"


# --- who decides --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "decider"),
    [
        ("Kansaneläkelaitos", "kela"),
        ("Keski-Savon työllisyysalue", "employment_area"),
        ("Pohjois-Savon hyvinvointialue", "wellbeing_county"),
        ("Yleinen työttömyyskassa YTK", "unemployment_fund"),
        ("ILMARINEN", "ilmarinen"),
    ],
)
def test_a_decider_is_known_as_its_letters_write_it(case, aino, head, decider):
    assert proposed(case, head, by=aino)["decider"] == decider


def test_a_client_who_is_called_as_a_decider_makes_no_letter_its_own(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    case = a_case(by=aino, last_name="Elo", identity_code="010180-999A")

    assert proposed(case, "Sosiaalitoimisto", by=aino)["decider"] == ""
    assert proposed(case, "Kela", by=aino)["decider"] == "kela"


@pytest.mark.parametrize(
    "body", ["Vakuutusoikeus", "TYÖELÄKEASIOIDEN MUUTOKSENHAKULAUTAKUNTA", "Itä-Suomen hallinto-oikeus"]
)
def test_the_answer_of_every_board_and_court_is_known(case, aino, body):
    assert proposed(case, f"{body}\nPÄÄTÖS 12.10.2026", by=aino) == {"answer": "board"}
