"""Target groups: why the service is for a client, and nothing of origin."""

from datetime import date, timedelta

import pytest

from casework.cases import actions as cases
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.models import Client, MappingEntry, NetworkPerson, TargetGroup
from casework.situation import queries as situation
from casework.situation import target_groups
from casework.situation.target_groups import Belonging, LanguageUnknown
from casework.timeline import corrections
from tenants.rough_days import RoughDay
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.casework.situation.making import in_target_groups
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def test_groups_are_recorded_with_their_source_and_in_the_order_of_the_list(case, aino):
    in_target_groups(case, "partially_able", "long_term_unemployed", by=aino)

    rows = situation.target_groups(case.client)
    assert [(row.group, row.source) for row in rows] == [
        ("long_term_unemployed", "employment"),
        ("partially_able", "employment"),
    ]


def test_what_came_and_went_is_on_the_timeline(case, aino):
    in_target_groups(case, "young", "at_risk", by=aino)
    in_target_groups(case, "at_risk", "partially_able", by=aino)

    assert [event.facts for event in case.events.filter(kind="target_groups.changed").order_by("created_at")] == [
        {"added": "young,at_risk", "left": ""},
        {"added": "partially_able", "left": "young"},
    ]


def test_what_no_longer_holds_stays_in_the_history_and_may_hold_again(case, aino):
    in_target_groups(case, "young", by=aino)
    groups = {"young": Belonging(source="kela")}
    target_groups.record(case=case, groups=groups, version=2, by=aino, at=NOON)
    target_groups.record(case=case, groups={}, version=3, by=aino, at=NOON)
    in_target_groups(case, "young", by=aino)

    removed, changed = corrections.described(corrections.of_case(case))
    assert (removed.named, removed.correction.act) == ("Nuori", "removed")
    assert ([str(old.said) for old in changed.olds], changed.correction.act) == (["Työllisyyspalvelut"], "changed")
    assert TargetGroup.objects.count() == 1
    assert TargetGroup.everything.count() == 2


def test_recording_the_same_again_changes_nothing(case, aino):
    in_target_groups(case, "young", by=aino)
    in_target_groups(case, "young", by=aino)

    assert case.events.filter(kind="target_groups.changed").count() == 1


@pytest.mark.parametrize("details", [{}, {"language": "sv"}, {"language": "sgn"}])
def test_an_immigrant_background_is_refused_when_the_service_needs_to_know_nothing_of_it(kaavi, aino, details):
    case = a_case(by=aino, **details)

    with pytest.raises(LanguageUnknown):
        in_target_groups(case, "immigrant", by=aino)

    assert not TargetGroup.objects.exists()


@pytest.mark.parametrize("details", [{"needs_interpreter": True}, {"language": "ar"}])
def test_an_immigrant_background_goes_with_a_language_or_an_interpreter(kaavi, aino, details):
    case = a_case(by=aino, **details)

    in_target_groups(case, "immigrant", by=aino)

    assert TargetGroup.objects.get().group == "immigrant"


def test_no_field_asks_for_origin():
    words = ("ethnic", "origin", "race", "religion", "nationality", "citizen", "born_in", "country")
    fields = [
        field.name for model in (Client, TargetGroup, MappingEntry, NetworkPerson) for field in model._meta.fields
    ]

    assert [name for name in fields if any(word in name for word in words)] == []


def test_nobody_belongs_to_a_group_from_tomorrow(case, aino):
    groups = {"young": Belonging(source="client", since=RoughDay(TODAY + timedelta(1)))}

    with pytest.raises(InTheFuture) as refused:
        target_groups.record(case=case, groups=groups, version=1, by=aino, at=NOON)

    assert refused.value.field == "young_since"


def test_the_second_of_two_editors_is_told(case, aino):
    in_target_groups(case, "young", by=aino)

    with pytest.raises(EditedMeanwhile):
        target_groups.record(case=case, groups={}, version=1, by=aino, at=NOON)


def test_the_groups_of_a_closed_case_are_not_changed(case, aino):
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        in_target_groups(case, "young", by=aino)
