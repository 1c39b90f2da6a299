"""The words by which a letter grants or rejects; what only might be, or was before, is no verdict."""

from datetime import date

import pytest

from casework.letters.results import ends_of, is_perhaps_told, verdict


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
        "Ansökan godkänns inte.",
        "Er ansökan bifalls inte.",
        "FPA bifaller inte er ansökan.",
        "Er ansökan kan därför inte godkännas.",
        "Hakemustanne ei hyväksytä.",
        "Emme hyväksy hakemustanne.",
        "Hakemustanne ei voida hyväksyä.",
        "Teille ei täten voida enää myöntää kuntoutustukea.",
        "Olemme päättäneet, ettemme myönnä teille eläkettä.",
        "Teille ei makseta sairauspäivärahaa 1.9.2026 alkaen.",
        "Teille ei ole myönnetty eläkettä.",
        "Sinulle ei makseta sairauspäivärahaa.",
        "Teillä ei siten ole oikeutta työkyvyttömyyseläkkeeseen.",
        "Päätös on kielteinen.",
        "Ni har inte rätt till sjukpension.",
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
        "Muilta osin hakemus hylätään.",
        "I övrigt avslås ansökan.",
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
        "Kuntoutustukea ei voida myöntää, jos hakija on työssä.",
        "Kela poistaa päätöksen, jolla hakemuksenne on hylätty.",
        "Lautakunta kumoaa Kelan päätöksen ja hakemuksenne hylkäämisen, joten se on hylätty syyttä.",
        "Kela myöntää sairauspäivärahaa enintään 300 päivää.",
        "Kun hakemus hylätään, saatte perustelut.",
        "Kela hylkää hakemuksen, kun selvitystä ei ole toimitettu.",
        "När ansökan avslås får ni motiveringen.",
        "Nämnden upphäver beslutet genom vilket er ansökan avslås.",
        "Lääkäri on myöntänyt teille sairauslomaa.",
        "Teille ei makseta päivärahaa omavastuuajalta.",
        "Miksi hakemus hylätään?",
        "Muuten hakemus ratkaistaan käytettävissä olevilla tiedoilla tai se hylätään.",
        "Annars avslås ansökan.",
        "Lautakunta hylkää valituksen.",
        "Valituksenne hylätään.",
        "Oikaisuvaatimus hylätään.",
        "Besvären förkastas.",
        "Teillä ei ole oikeutta valittaa välipäätöksestä.",
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
        "Päivärahaa myönnetään ajalta 1.9.–30.11.2027.",
        "Päivärahaa myönnetään ajalta 1.–30.11.2027.",
        "Kuntoutustuki myönnetään marraskuun 2027 loppuun.",
        "Kuntoutustuki myönnetään alkaen 1.12.2026 ja päättyen 30.11.2027.",
        "Stödet beviljas till utgången av november 2027.",
    ],
)
def test_until_when_it_is_granted(sentence):
    assert list(ends_of(sentence)) == [date(2027, 11, 30)]


def test_the_day_from_which_it_is_granted_is_no_end():
    assert list(ends_of("Teille myönnetään työkyvyttömyyseläke 1.12.2026 alkaen.")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Kela on hylännyt hakemuksenne 3.2.2025.",
        "Kela on 3.2.2025 antamallaan päätöksellä hylännyt hakemuksenne.",
        "Hakemuksenne on hylätty 3.2.2025.",
        "Keva on myöntänyt teille kuntoutustuen 31.12.2025 saakka.",
        "FPA har den 3 februari 2025 avslagit er ansökan.",
        "Ni har beviljats rehabiliteringsstöd till och med den 31 december 2025.",
        "Ilmarinen on vuonna 2024 hylännyt hakemuksenne.",
        "FPA har år 2024 avslagit er ansökan.",
        "Kela myöntää ammatillista kuntoutusta.",
        "FPA beviljar yrkesinriktad rehabilitering.",
    ],
)
def test_what_may_tell_of_an_earlier_decision_or_of_anybodys(sentence):
    assert verdict(sentence)
    assert is_perhaps_told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hakemuksenne hylätään 1.9.2026 alkaen.",
        "Olemme hylänneet hakemuksenne.",
        "Kuntoutustuki myönnetään 30.11.2027 saakka.",
        "Kela myöntää teille kuntoutusrahaa.",
        "FPA beviljar er rehabiliteringspenning.",
        "HYLKÄÄVÄ PÄÄTÖS",
    ],
)
def test_what_this_letter_decides_is_not_told(sentence):
    assert not is_perhaps_told(sentence)
