"""Two rejections and where their appeals lead: one is corrected in full, the other goes all the way to the court."""

from tests.browser.desk import FinnishDesk
from tests.browser.roads.steps import (
    a_client_comes,
    a_decision_comes,
    an_application_is_filed,
    the_appeal_is_opened,
    the_appeal_is_sent,
    the_appeal_is_written_and_sent,
    the_check_finds,
    the_decider_answers,
    the_ruling_comes,
)

BENEFIT = "Työkyvyttömyyseläke (työeläke)"
BOARD = "Valitus (työeläkeasioiden muutoksenhakulautakunta)"
COURT = "Valitus (vakuutusoikeus)"
PROMISES = "Tehtävät ja lupaukset"
VEIKKO, RAIJA = "Veikko Tuomi", "Raija Heino"


def test_a_rejection_that_passes_over_one_illness_is_won_in_full_self_correction(morning):
    desk = morning("18.11.2026")
    a_rejection_waits_to_be_checked(desk, VEIKKO, "030568-901K")
    nothing_is_concluded_before_each_illness_is_looked_at(desk)
    found = {"Selkäkipu": "Otettu huomioon", "Masennus": "Mainitaan, mutta vaikutusta ei arvioida"}
    the_check_finds(desk, found, "Valitus")
    the_appeal_is_written_and_sent(desk, BOARD, arrived_on="18.11.2026")
    desk.says("– Masennus. Päätöksessä mainitaan se, mutta ei arvioida, miten se vaikuttaa työkykyyni.")
    desk.is_silent_about("– Selkäkipu")

    desk = morning("15.12.2026")
    the_appeal_is_opened(desk, VEIKKO, BOARD)
    the_decider_has_corrected_itself_in_full(desk)
    nothing_is_left_to_appeal(desk)


def test_corrected_in_part_lost_at_the_board_and_taken_to_the_court(morning):
    desk = morning("18.11.2026")
    a_rejection_waits_to_be_checked(desk, RAIJA, "220475-902V")
    the_check_finds(desk, {"Selkäkipu": "Ei mainita", "Masennus": "Otettu huomioon"}, "Valitus")
    the_appeal_is_written_and_sent(desk, BOARD, arrived_on="18.11.2026")

    desk = morning("20.1.2027")
    the_appeal_is_opened(desk, RAIJA, BOARD)
    the_decider_answers(
        desk, "Oikaisi päätöstään osaksi (väliaikainen päätös) ja siirtää valituksen lautakunnalle", on="15.1.2027"
    )
    desk.says("väliaikainen päätös, ei valitusoikeutta", "22.1.2027 mennessä, viimeistään 21.2.2027", "Jätetty")

    desk = morning("29.1.2027")
    it_is_asked_whether_the_appeal_was_passed_on(desk)

    desk = morning("4.2.2027")
    the_client_comments_by_a_letter(desk)
    a_new_application_goes_in_beside_the_appeal(desk)

    desk = morning("12.4.2027")
    the_new_application_is_granted_and_the_appeal_goes_on(desk)

    desk = morning("1.9.2027")
    the_board_rejects_and_the_court_is_next(desk)

    desk = morning("20.9.2027")
    the_court_is_appealed_to(desk)
    the_road_is_told_from_end_to_end(desk)


def a_rejection_waits_to_be_checked(desk: FinnishDesk, client: str, code: str) -> None:
    a_client_comes(desk, client, code, opened_on="1.9.2026", illnesses=("Selkäkipu", "Masennus"))
    an_application_is_filed(desk, BENEFIT, "Keva", filed_on="1.9.2026")
    a_decision_comes(desk, BENEFIT, "Hylätty", decided_on="16.11.2026")
    desk.says("Valitusaika päättyy 23.12.2026", at="Valitusajan viimeinen päivä")


def nothing_is_concluded_before_each_illness_is_looked_at(desk: FinnishDesk) -> None:
    desk.tick("Valitus")
    desk.press("Tallenna tarkistus")
    desk.says("Vielä katsomatta: Selkäkipu, Masennus.")


def the_decider_has_corrected_itself_in_full(desk: FinnishDesk) -> None:
    desk.follow("Päätöksen tekijän toimet")
    desk.follow("Kirjaa uusi päätös")
    desk.type_in({"Päätöksen päivä": "14.12.2026", "Postitus-, lähetys- tai luovutuspäivä": "14.12.2026"})
    desk.tick("Myönnetty", "Postitse")
    desk.press("Kirjaa uusi päätös")
    desk.says("Päätöksen tekijä oikaisi aiemman päätöksensä valituksen vuoksi.", "Myönnetty")
    assert desk.looks() == []


def nothing_is_left_to_appeal(desk: FinnishDesk) -> None:
    desk.open_client(VEIKKO)
    desk.tab("Hakemukset")
    desk.says("Myönnetty", "Valituksen ratkaisu: päätöksen tekijä oikaisi päätöksensä.", at="Hakemukset")
    desk.is_silent_about("viimeinen päivä", "Tavoitepäivä", at="Hakemukset")
    desk.tab("Aikajana")
    desk.says("Päätöksen tekijä oikaisi päätöksensä", "Päätös: myönnetty", "Päätös: hylätty", at="Aikajana")


def it_is_asked_whether_the_appeal_was_passed_on(desk: FinnishDesk) -> None:
    desk.open_at(PROMISES, "Kysy, onko valitus siirretty")
    desk.reads(BOARD)
    the_decider_answers(desk, "Ei oikaissut päätöstään, vaan siirsi valituksen lautakunnalle", on="28.1.2027")
    desk.says("Siirretty lautakunnalle")
    desk.choose_more("Asiakas voi antaa vastineen")
    desk.type_in({"Vastineen viimeinen päivä": "5.2.2027"})
    desk.press("Tallenna")
    desk.reads(BOARD)
    assert desk.looks() == []
    desk.go_to("Tänään")
    desk.is_silent_about("Kysy, onko valitus siirretty", at=PROMISES)


def the_client_comments_by_a_letter(desk: FinnishDesk) -> None:
    desk.open_at(PROMISES, "Asiakas voi antaa vastineen valitusasiassa viimeistään 5.2.2027")
    desk.follow("Kirjoita kirje")
    desk.tick("Vastine", "Muutoksenhakuelin")
    desk.type_in({"Teksti": "Väliaikainen päätös ei riitä: selkäkipua ei ole vieläkään arvioitu."})
    desk.press("Tallenna kirje")
    desk.open_at("Myöhemmät kirjeet", "Kirje lähti")
    desk.press("Kirjaa lähteneeksi")
    desk.says("Vastine, 4.2.2027", "lähetetty 4.2.2027", at="Myöhemmät kirjeet")
    desk.go_to("Tänään")
    desk.is_silent_about("vastineen", at=PROMISES)  # nobody asks for what went


def a_new_application_goes_in_beside_the_appeal(desk: FinnishDesk) -> None:
    the_appeal_is_opened(desk, RAIJA, BOARD)
    desk.page.get_by_role("navigation", name="Olet tässä").get_by_role("link", name="Päätös").click()
    desk.says("Uuden hakemuksen voi tehdä, vaikka muutoksenhaku on kesken. Muutoksenhaku jatkuu.")
    desk.open_at("Miten tästä eteenpäin", "Aloita hakemus")
    desk.type_in({"Vireilletulopäivä": "4.2.2027"})
    desk.press("Aloita hakemus")
    desk.reads(BENEFIT)
    desk.says("Odottaa päätöstä")


def the_new_application_is_granted_and_the_appeal_goes_on(desk: FinnishDesk) -> None:
    desk.open_at("Viipyvät päätökset", RAIJA)
    desk.reads(BENEFIT)
    a_decision_comes(desk, BENEFIT, "Myönnetty", decided_on="10.4.2027")
    desk.open_client(RAIJA)
    desk.tab("Hakemukset")
    desk.says("Myönnetty", "Valitus jätetty 18.11.2026, odottaa ratkaisua.", at="Hakemukset")


def the_board_rejects_and_the_court_is_next(desk: FinnishDesk) -> None:
    the_appeal_is_opened(desk, RAIJA, BOARD)
    the_ruling_comes(desk, "Hylätty", on="30.8.2027")
    desk.open_at("Mitä seuraavaksi", COURT)
    desk.reads(COURT)
    desk.says("Haen muutosta ratkaisuun, joka on annettu 30.8.2027.", "vakuutusoikeus", "Valmisteilla")
    desk.says("Valitusaika päättyy 6.10.2027", at="Valitusajan viimeinen päivä")  # 30.8. + 7 + 30 days
    assert desk.looks() == []


def the_court_is_appealed_to(desk: FinnishDesk) -> None:
    desk.open_client(RAIJA)
    desk.tab("Hakemukset")
    desk.open_at("Hakemukset", "Avaa valitus")
    desk.reads(COURT)
    the_appeal_is_sent(desk, COURT, arrived_on="20.9.2027")


def the_road_is_told_from_end_to_end(desk: FinnishDesk) -> None:
    desk.open_client(RAIJA)
    desk.tab("Hakemukset")
    desk.says("Valitus jätetty 20.9.2027, odottaa ratkaisua.", "Myönnetty", "Hylätty", at="Hakemukset")
    desk.tab("Aikajana")
    told = ("Päätös: hylätty", "Valitus jätetty", "Päätös: myönnetty", "Syyskuu 2027", "Elokuu 2027", "Tammikuu 2027")
    desk.says(*told, at="Aikajana")
