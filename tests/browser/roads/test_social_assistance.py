"""Social assistance is reviewed first, and then goes to the administrative court."""

from tests.browser.desk import FinnishDesk
from tests.browser.roads.steps import (
    a_client_comes,
    a_decision_comes,
    an_application_is_filed,
    the_appeal_is_opened,
    the_appeal_is_written_and_sent,
    the_check_finds,
    the_ruling_comes,
)

CLIENT, BENEFIT = "Teuvo Saari", "Perustoimeentulotuki"
REVIEW, COURT = "Oikaisuvaatimus", "Valitus (hallinto-oikeus)"


def test_social_assistance_is_reviewed_first_and_then_goes_to_the_administrative_court(morning):
    desk = morning("18.11.2026")
    a_rejection_is_reviewed_first(desk)
    the_appeal_is_written_and_sent(desk, REVIEW, arrived_on="18.11.2026", grounds="Vuokra on jätetty huomiotta.")
    nobody_passes_it_on(desk)

    desk = morning("21.12.2026")
    the_appeal_is_opened(desk, CLIENT, REVIEW)
    the_words_are_those_of_a_review(desk)
    the_ruling_comes(desk, "Hyväksytty osittain", on="18.12.2026")
    the_court_is_next(desk)
    it_all_stands_on_the_timeline(desk)


def a_rejection_is_reviewed_first(desk: FinnishDesk) -> None:
    a_client_comes(desk, CLIENT, "150866-904A", opened_on="1.9.2026", illnesses=())
    an_application_is_filed(desk, BENEFIT, "Kela", filed_on="1.9.2026")
    a_decision_comes(desk, BENEFIT, "Hylätty", decided_on="16.11.2026")
    desk.says("Oikaisuvaatimusaika päättyy 23.12.2026", at="Oikaisuvaatimusajan viimeinen päivä")
    desk.is_silent_about("lautakunta", "Aloita valitus")
    the_check_finds(desk, {}, REVIEW)


def nobody_passes_it_on(desk: FinnishDesk) -> None:
    desk.says("Kelan oikaisuvaatimuskeskus")
    desk.is_silent_about("Lautakunnassa", "Päätöksen tekijän toimet")
    assert desk.looks() == []


def the_words_are_those_of_a_review(desk: FinnishDesk) -> None:
    desk.follow("Kirjaa ratkaisu")
    desk.says("Jos ratkaisu on edes osittain kielteinen, valitus siitä aloitetaan heti")
    desk.follow("Peruuta")


def the_court_is_next(desk: FinnishDesk) -> None:
    desk.open_at("Mitä seuraavaksi", COURT)
    desk.reads(COURT)
    desk.says("Haen muutosta ratkaisuun, joka on annettu 18.12.2026.", "hallinto-oikeus", "Valmisteilla")
    desk.is_silent_about("valitukseeni", "vakuutusoikeus", "lautakunta")  # nobody has appealed yet
    desk.says("Valitusaika päättyy 25.1.2027", at="Valitusajan viimeinen päivä")  # 18.12. + 7 + 30 days is a Sunday
    desk.says("tuomioistuimessa ennen virka-ajan päättymistä", at="Valitusajan viimeinen päivä")


def it_all_stands_on_the_timeline(desk: FinnishDesk) -> None:
    desk.open_client(CLIENT)
    desk.tab("Aikajana")
    desk.says("Päätös: hylätty", REVIEW, "perustoimeentulotuki, Kela", at="Aikajana")
