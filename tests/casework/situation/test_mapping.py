"""The mapping: dated facts with their source; a correction replaces and nothing is lost."""

from datetime import date, timedelta

import pytest

from casework.cases import actions as cases
from casework.law.errors import BeforeBirth, CaseIsClosed, InTheFuture
from casework.models import MappingEntry
from casework.situation import mapping
from casework.situation import queries as situation
from casework.timeline.corrections import TakenBack
from tenants.accounts.models import User
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import BORN, a_case
from tests.casework.situation.making import a_fact, a_full_mapping, entry_details
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
AREAS = MappingEntry.Area.values


def take_back(entry: MappingEntry, *, by: User, version: int = 1) -> None:
    case = entry.client.cases.get()
    mapping.take_back(case=case, entry=entry, reason="Väärä asiakas", version=version, by=by, at=NOON)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def test_a_fact_keeps_who_told_it_when_and_who_wrote_it_down(case, aino):
    a_fact(case, by=aino, source="relative", source_note="The sister", learned_on=date(2026, 11, 20))

    (entry,) = situation.current_entries(case.client)
    assert (entry.source, entry.source_note, entry.learned_on) == ("relative", "The sister", date(2026, 11, 20))
    assert (entry.written_by, entry.period) == (aino, "1998–2015")
    assert case.events.get(kind="mapping.added").facts == {"area": "work"}


def test_the_same_fact_written_twice_is_one(case, aino):
    assert a_fact(case, by=aino) == a_fact(case, by=aino)

    assert MappingEntry.objects.count() == case.events.filter(kind="mapping.added").count() == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1998", "1998"),
        ("1998-2004", "1998–2004"),
        ("1998 – 2004", "1998–2004"),
        ("2015-", "2015–"),
        (" 2015 ", "2015"),
    ],
)
def test_years_are_stored_in_one_way(typed, stored):
    assert mapping.normal_period(typed, born_on=BORN) == stored


@pytest.mark.parametrize("typed", ["as a child", "98", "1998–04", "1998/2004", "–2004", "3.5.1998", "１９９８"])
def test_anything_but_years_is_refused_because_it_is_stored_in_the_open(typed):
    with pytest.raises(mapping.NotYears):
        mapping.normal_period(typed, born_on=BORN)


def test_years_run_forward_and_begin_after_birth():
    with pytest.raises(mapping.YearsBackwards):
        mapping.normal_period("2004–1998", born_on=BORN)
    with pytest.raises(mapping.YearsBeforeBirth):
        mapping.normal_period(str(BORN.year - 1), born_on=BORN)
    assert mapping.normal_period(str(BORN.year), born_on=BORN) == str(BORN.year)


def test_nothing_was_learned_before_birth_or_tomorrow(case, aino):
    with pytest.raises(BeforeBirth):
        a_fact(case, by=aino, learned_on=BORN - timedelta(1))
    with pytest.raises(InTheFuture):
        a_fact(case, by=aino, learned_on=TODAY + timedelta(1))


def test_a_first_meeting_writes_what_was_told_today_and_skips_the_rest(case, aino):
    mapping.interview(case=case, texts={"health": " The back hurts. ", "work": "  "}, by=aino, at=NOON)

    (entry,) = situation.current_entries(case.client)
    assert (entry.area, entry.text, entry.source, entry.learned_on) == ("health", "The back hurts.", "client", TODAY)
    assert case.events.get(kind="mapping.interviewed").facts == {"areas": "health"}


def test_a_first_meeting_saved_twice_is_written_once(case, aino):
    a_full_mapping(case, by=aino)
    a_full_mapping(case, by=aino)

    assert [entry.area for entry in situation.current_entries(case.client)] == AREAS
    assert case.events.filter(kind="mapping.interviewed").count() == 1


def test_an_empty_first_meeting_is_refused(case, aino):
    with pytest.raises(mapping.NothingTold):
        mapping.interview(case=case, texts=dict.fromkeys(AREAS, ""), by=aino, at=NOON)


def test_a_correction_replaces_and_the_old_wording_stays_readable(case, aino, bertta):
    entry = a_fact(case, by=aino)

    right = entry_details(text="Plumber.")
    mapping.correct(case=case, entry=entry, details=right, version=1, by=bertta, at=NOON)

    (now,) = situation.current_entries(case.client)
    assert (now.text, now.written_by, now.version) == ("Plumber.", bertta, 2)
    assert [one.text for one in situation.chain_of(entry)] == ["Plumber.", entry.text]
    assert [one.written_by for one in situation.chain_of(now)] == [bertta, aino]
    assert list(situation.earlier_entries(case.client)) == [entry]


def test_a_fact_may_be_moved_to_its_right_area(case, aino):
    entry = a_fact(case, by=aino)

    moved = entry_details(area="education")
    mapping.correct(case=case, entry=entry, details=moved, version=1, by=aino, at=NOON)

    assert [one.area for one in situation.current_entries(case.client)] == ["education"]


def test_saving_without_a_change_corrects_nothing(case, aino):
    entry = a_fact(case, by=aino)
    same = entry_details(learned_on=TODAY, period="1998–2015")

    assert mapping.correct(case=case, entry=entry, details=same, version=1, by=aino, at=NOON) == entry
    assert not case.events.filter(kind="mapping.corrected").exists()


def test_the_second_of_two_who_correct_is_told_and_may_then_replace_the_newest(case, aino, bertta):
    entry = a_fact(case, by=aino)
    edit = {"case": case, "entry": entry, "at": NOON}
    mapping.correct(details=entry_details(text="First."), version=1, by=aino, **edit)

    with pytest.raises(EditedMeanwhile) as told:
        mapping.correct(details=entry_details(text="Second."), version=1, by=bertta, **edit)
    mapping.correct(details=entry_details(text="Second."), version=told.value.current_version, by=bertta, **edit)

    (now,) = situation.current_entries(case.client)
    assert (now.text, len(situation.chain_of(now))) == ("Second.", 3)


def test_what_is_taken_off_stays_in_the_history_and_is_not_corrected(case, aino, bertta):
    entry = a_fact(case, by=aino)

    take_back(entry, by=bertta)

    assert situation.current_entries(case.client) == []
    (kept,) = situation.earlier_entries(case.client)
    assert (kept.removed_at, kept.removed_by, kept.removed_reason) == (NOON, bertta, "Väärä asiakas")
    assert case.events.filter(kind="mapping.removed").count() == 1
    with pytest.raises(TakenBack):
        take_back(entry, by=aino)
    with pytest.raises(TakenBack):
        mapping.correct(case=case, entry=entry, details=entry_details(text="x"), version=1, by=aino, at=NOON)


def test_taking_off_a_corrected_fact_takes_its_newest_wording_and_brings_no_old_one_back(case, aino):
    entry = a_fact(case, by=aino)
    mapping.correct(case=case, entry=entry, details=entry_details(text="Plumber."), version=1, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        take_back(entry, by=aino)
    take_back(entry, by=aino, version=2)

    assert situation.current_entries(case.client) == []


def test_nothing_is_written_about_a_closed_case(case, aino):
    entry = a_fact(case, by=aino)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        a_fact(case, by=aino, text="Late.")
    with pytest.raises(CaseIsClosed):
        mapping.correct(case=case, entry=entry, details=entry_details(text="x"), version=1, by=aino, at=NOON)
    with pytest.raises(CaseIsClosed):
        take_back(entry, by=aino)


def test_a_protective_order_takes_the_housing_out_of_what_others_build_on(kaavi, aino):
    case = a_case(by=aino, protective_order_source="population information system")
    a_full_mapping(case, by=aino)

    assert "housing" not in [entry.area for entry in situation.current_entries(case.client)]
    assert "housing" in [entry.area for entry in situation.current_entries(case.client, is_revealed=True)]


def test_facts_follow_the_order_of_a_first_meeting(case, aino):
    for area in ("hopes", "childhood", "work"):
        a_fact(case, by=aino, area=area)

    assert [entry.area for entry in situation.current_entries(case.client)] == ["childhood", "work", "hopes"]
