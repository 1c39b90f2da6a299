"""Sickness allowance to its maximum, jobseeker the day after, rehabilitation subsidy, its continuation in time."""

from tests.browser.desk import FinnishDesk
from tests.browser.roads.steps import (
    a_client_comes,
    a_decision_comes,
    an_application_is_filed,
    the_application_is_opened,
    the_check_finds,
)

CLIENT = "Sirkka Räsänen"
PROMISES = "Tehtävät ja lupaukset"
DAYS = "Sairauspäivärahan maksetut päivät"
NO_APPEAL = "Asiakas ei valita tästä päätöksestä. Muistutukset valitusajan päättymisestä lopetetaan."


def test_from_sickness_allowance_over_its_maximum_to_a_rehabilitation_subsidy_that_goes_on(morning):
    desk = morning("24.11.2026")
    kela_has_granted_sickness_allowance(desk)
    the_paid_days_are_typed(desk, "140", counted_on="20.11.2026", told_by="Kelan kirje 23.11.")
    desk.says("Kela on laskenut 140 maksettua päivää 20.11.2026 mennessä", "2.12.2026", at=DAYS)

    desk = morning("25.11.2026")
    desk.says("150 maksettua päivää täyttyy 2.12.2026: silloin on aika hakea eläkettä tai kuntoutusta", at=PROMISES)

    desk = morning("18.1.2027")
    a_newer_count_moves_the_end(desk)

    desk = morning("22.2.2027")
    it_is_time_to_apply(desk)

    desk = morning("1.3.2027")
    the_client_is_a_jobseeker(desk)

    desk = morning("12.4.2027")
    the_subsidy_is_granted(desk)

    desk = morning("28.12.2027")
    desk.says("Varaa lääkäriaika: kuntoutustuki päättyy 31.3.2028", at=PROMISES)

    desk = morning("24.1.2028")
    the_continuation_is_applied_for_in_time(desk)
    it_all_stands_on_the_timeline(desk)


def kela_has_granted_sickness_allowance(desk: FinnishDesk) -> None:
    a_client_comes(desk, CLIENT, "120371-900H", opened_on="1.9.2026", illnesses=("Selkäsairaus",))
    an_application_is_filed(desk, "Sairauspäiväraha", "Kela", filed_on="1.10.2026")
    a_decision_comes(desk, "Sairauspäiväraha", "Myönnetty määräajaksi", decided_on="20.10.2026", until="31.5.2027")
    the_check_finds(desk, {"Selkäsairaus": "Otettu huomioon"}, "Päätös hyväksytään", NO_APPEAL)
    desk.says("Kukaan ei ole kirjannut tänne, montako päivää Kela on maksanut.", at=DAYS)
    desk.is_silent_about("150 maksettua päivää", at=DAYS)  # nothing is reckoned from nothing


def the_paid_days_are_typed(desk: FinnishDesk, paid: str, *, counted_on: str, told_by: str) -> None:
    desk.follow("Kirjaa maksetut päivät")
    desk.tick("Sairauspäiväraha")
    desk.type_in({"Maksettuja päiviä siihen mennessä": paid, "Mihin päivään laskettu": counted_on})
    desk.type_in({"Missä luku on tai kuka sen kertoi": told_by})
    desk.press("Tallenna maksetut päivät")
    desk.reads(DAYS)


def a_newer_count_moves_the_end(desk: FinnishDesk) -> None:
    desk.open_at(PROMISES, "150 maksettua päivää")
    the_paid_days_are_typed(desk, "259", counted_on="15.1.2027", told_by="OmaKela")
    desk.says("viimeinen maksettu päivä 28.2.2027", at=DAYS)
    assert desk.looks() == []


def it_is_time_to_apply(desk: FinnishDesk) -> None:
    desk.says("Työnhakijaksi ilmoittautuminen viimeistään 1.3.2027: jälkikäteen se ei onnistu", at=PROMISES)
    desk.open_at(PROMISES, "Sairauspäivärahan enimmäisaika päättyy 28.2.2027")
    desk.says("asiakkaalla on oikeus työttömyysetuuteen työnhakijana", at=DAYS)
    desk.open_client(CLIENT)
    an_application_is_filed(desk, "Kuntoutustuki", "Keva", filed_on="22.2.2027")
    desk.go_to("Tänään")
    desk.says("Työnhakijaksi ilmoittautuminen", at=PROMISES)
    desk.is_silent_about("Sairauspäivärahan enimmäisaika päättyy", at=PROMISES)


def the_client_is_a_jobseeker(desk: FinnishDesk) -> None:
    desk.open_at(PROMISES, "Kirjaa ilmoittautuminen")
    desk.type_in({"Ilmoittautui työnhakijaksi": "1.3.2027", "Kuka kertoi": "Asiakas itse"})
    desk.press("Tallenna ilmoittautuminen")
    desk.reads(DAYS)
    desk.says("Ilmoittautunut työnhakijaksi 1.3.2027", at=DAYS)
    desk.go_to("Tänään")
    desk.is_silent_about("Työnhakijaksi ilmoittautuminen", at=PROMISES)


def the_subsidy_is_granted(desk: FinnishDesk) -> None:
    the_application_is_opened(desk, CLIENT, "Kuntoutustuki")
    a_decision_comes(desk, "Kuntoutustuki", "Myönnetty määräajaksi", decided_on="8.4.2027", until="31.3.2028")
    desk.says("Jatkohakemukseksi riittää tavallisesti uusi B-lausunto")
    assert desk.looks() == []
    the_check_finds(desk, {"Selkäsairaus": "Otettu huomioon"}, "Päätös hyväksytään", NO_APPEAL)


def the_continuation_is_applied_for_in_time(desk: FinnishDesk) -> None:
    desk.open_at(PROMISES, "Uusi lausunto maksajalle (Keva): kuntoutustuki päättyy 31.3.2028")
    desk.follow("Aloita jatkohakemus")
    desk.type_in({"Vireilletulopäivä": "24.1.2028"})
    desk.press("Aloita jatkohakemus")
    desk.says("Odottaa päätöstä", "jatkohakemus")
    desk.go_to("Tänään")
    desk.is_silent_about("kuntoutustuki päättyy 31.3.2028", at=PROMISES)


def it_all_stands_on_the_timeline(desk: FinnishDesk) -> None:
    desk.open_client(CLIENT)
    desk.tab("Aikajana")
    desk.says("Kelan laskemat maksetut päivät kirjattu", "maksettuja päiviä 259", at="Aikajana")
    desk.says("Päätös: myönnetty määräajaksi", "kuntoutustuki, Keva", "Tammikuu 2028", at="Aikajana")
