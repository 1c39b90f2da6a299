"""The words by which a letter grants or rejects; what only might be, or was before, is no verdict."""

from datetime import date

import pytest

from casework.letters.results import ends_of, verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "Hakemuksenne hylätään.",
        "Kela on hylännyt hakemuksenne.",
        "Olemme hylänneet hakemuksenne.",
        "Teille ei myönnetä työkyvyttömyyseläkettä.",
        "Emme myönnä teille kuntoutustukea.",
        "Teille ei voida myöntää kuntoutusrahaa.",
        "HYLKÄÄVÄ PÄÄTÖS",
        "Työkykynne on osittain alentunut, joten hakemuksenne hylätään.",
        "Ansökan om sjukdagpenning avslås.",
        "FPA har avslagit er ansökan.",
        "Ni beviljas inte sjukpension.",
        "Sjukpension kan inte beviljas.",
        "Avslag",
    ],
)
def test_a_rejection(sentence):
    assert verdict(sentence) == "rejected"


@pytest.mark.parametrize(
    "sentence",
    [
        "Teille myönnetään työkyvyttömyyseläke 1.12.2026 alkaen.",
        "Kela myöntää teille kuntoutusrahaa.",
        "Olemme myöntäneet teille kuntoutustuen.",
        "Hakemuksenne hyväksytään.",
        "Ni beviljas rehabiliteringsstöd från den 1 december 2026.",
        "FPA beviljar er rehabiliteringspenning.",
    ],
)
def test_a_grant(sentence):
    assert verdict(sentence) == "granted"


@pytest.mark.parametrize(
    "sentence",
    [
        "Hakemuksenne hyväksytään osittain.",
        "Hakemus on osittain hylätty.",
        "Päivärahaa myönnetään osaksi.",
        "Ansökan avslås delvis.",
        "Er ansökan bifalls delvis.",
    ],
)
def test_in_part(sentence):
    assert verdict(sentence) == "partly"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kuntoutustuki voidaan myöntää, jos työkyky on heikentynyt.",
        "Työkyvyttömyyseläkettä ei myönnetä, jos hakija on työssä.",
        "Aiempi hakemuksenne hylättiin, ja Kela hylkää samat perusteet.",
        "Om arbetsförmågan är nedsatt beviljas sjukpension.",
        "Er tidigare ansökan avslogs, och då beviljas ingen ersättning.",
        "Voitte hakea muutosta tähän päätökseen.",
        "Teille myönnetään kuntoutusraha, mutta kulukorvaus hylätään.",
        "",
    ],
)
def test_what_might_be_or_was_before_or_says_both_is_no_verdict(sentence):
    assert verdict(sentence) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Kuntoutustuki myönnetään 30.11.2027 saakka.",
        "Kuntoutustuki myönnetään 30. marraskuuta 2027 asti.",
        "Sairauspäiväraha myönnetään ajalle 1.12.2026–30.11.2027.",
        "Ni beviljas rehabiliteringsstöd till och med den 30 november 2027.",
        "Stödet beviljas t.o.m. 30.11.2027.",
    ],
)
def test_until_when_it_is_granted(sentence):
    assert list(ends_of(sentence)) == [date(2027, 11, 30)]


def test_the_day_from_which_it_is_granted_is_no_end():
    assert list(ends_of("Teille myönnetään työkyvyttömyyseläke 1.12.2026 alkaen.")) == []
