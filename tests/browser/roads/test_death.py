"""A client dies while an appeal runs: nothing goes to the client, the clock stays, and the estate gets the answer."""

from casework.models import Case
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.browser.desk import FinnishDesk
from tests.browser.roads.steps import (
    a_client_comes,
    a_decision_comes,
    an_application_is_filed,
    the_appeal_is_written_and_sent,
    the_check_finds,
    the_decider_answers,
    the_ruling_comes,
)

CLIENT, PENSION, ALLOWANCE = "Matti Nieminen", "Työkyvyttömyyseläke (työeläke)", "Sairauspäiväraha"
BOARD = "Valitus (työeläkeasioiden muutoksenhakulautakunta)"
CLOCK = "Valitus 16.11.2026 annetusta päätöksestä: sairauspäiväraha (vastaanottaja: Kela)"
APPEAL = f"{BOARD}: työeläkelakien mukainen työkyvyttömyyseläke (lähetetty, ratkaisua odotetaan)"
OPEN = "Mikä oli asian päättyessä kesken"
WHY = "Tytär hoitaa kuolinpesän asioita."


def test_a_client_dies_with_an_appeal_running(morning):
    desk = morning("18.11.2026")
    two_rejections_one_of_them_appealed(desk)

    desk = morning("23.11.2026")
    the_case_is_closed_by_the_death(desk)
    nothing_is_for_the_client_any_more(desk)
    the_daughter_answers_for_the_estate(desk)
    a_letter_follows_in_the_closed_case(desk)

    desk = morning("16.12.2026")
    the_clock_is_on_the_followers_list_until_it_ends_with_a_reason(desk)

    desk = morning("1.9.2027")
    the_board_answers_and_the_case_stays_closed(desk)
    nothing_was_mailed_to_the_client()


def two_rejections_one_of_them_appealed(desk: FinnishDesk) -> None:
    a_client_comes(desk, CLIENT, "281269-905R", opened_on="1.9.2026", illnesses=("Selkäkipu",))
    desk.tab("Perustiedot")
    desk.panel("Perustiedot").get_by_role("link", name="Muokkaa").click()
    desk.type_in({"Puhelin": "040 123 4567", "Sähköposti": "matti@posti.example"})
    desk.press("Tallenna")
    desk.reads(CLIENT)
    an_application_is_filed(desk, PENSION, "Keva", filed_on="1.9.2026")
    a_decision_comes(desk, PENSION, "Hylätty", decided_on="16.11.2026")
    the_check_finds(desk, {"Selkäkipu": "Ei mainita"}, "Valitus")
    the_appeal_is_written_and_sent(desk, BOARD, arrived_on="18.11.2026")
    desk.open_client(CLIENT)
    an_application_is_filed(desk, ALLOWANCE, "Kela", filed_on="1.9.2026")
    a_decision_comes(desk, ALLOWANCE, "Hylätty", decided_on="16.11.2026")


def the_case_is_closed_by_the_death(desk: FinnishDesk) -> None:
    desk.open_client(CLIENT)
    desk.choose_more("Sulje asia")
    desk.tick("Asiakas on kuollut")
    desk.type_in({"Sulkemispäivä": "20.11.2026"})
    for line, what in enumerate((CLOCK, APPEAL), start=1):
        desk.choose(f"{line}. {what}", "Asiakas itse")
        desk.type_in({f"{line}. Miksi se päättyy tai kenelle se siirtyy": WHY})
    desk.press("Sulje asia")
    desk.says("Asiakas on kuollut. Siirrä tämä kuolinpesälle tai työkaverille, tai kerro, miksi se päättyy.")
    for line, what in enumerate((CLOCK, APPEAL), start=1):
        desk.choose(f"{line}. {what}", "Kuolinpesä")
    desk.press("Sulje asia")
    desk.says("Asia on suljettu.", "Asiakas on kuollut", "suljettu 20.11.2026")
    desk.says(CLOCK, APPEAL, "Kuolinpesä; seuraajana Aino", at=OPEN)
    assert desk.looks() == []


def nothing_is_for_the_client_any_more(desk: FinnishDesk) -> None:
    desk.says("Asiakas on kuollut: ota yhteyttä kuolinpesän yhteyshenkilöön.", at="Yhteystiedot")
    assert desk.main.locator("[href^='tel:'], [href^='mailto:']").count() == 0
    desk.press("Muut toiminnot")
    for paper in ("Asiakkaan oma kartta", "Uusi hakemus", "Kirjoita muistiinpano"):
        assert desk.main.get_by_role("link", name=paper, exact=True).count() == 0


def the_daughter_answers_for_the_estate(desk: FinnishDesk) -> None:
    desk.follow("Kirjaa kuolinpesän yhteyshenkilö")
    desk.is_silent_about("Kysy asiakkaalta", "vasta, kun asiakas on sanonut")
    desk.type_in({"Nimi": "Tytär Tuula", "Puhelin": "040 555 1234", "Osoite": "Kuja 2, 73600 Kaavi"})
    desk.tick("Saa ottaa yhteyttä")
    desk.press("Tallenna henkilö")
    desk.says("Tytär Tuula")


def a_letter_follows_in_the_closed_case(desk: FinnishDesk) -> None:
    the_appeal_is_opened_in_the_closed_case(desk)
    desk.follow("Kirjoita kirje")
    desk.tick("Lisäselvitys", "Päätöksen tekijä")
    desk.type_in({"Teksti": "Asiakas kuoli 20.11.2026. Kuolinpesä jatkaa valitusta."})
    desk.press("Tallenna kirje")
    desk.says("Lisäselvitys, 23.11.2026", at="Myöhemmät kirjeet")


def the_appeal_is_opened_in_the_closed_case(desk: FinnishDesk) -> None:
    desk.tab("Hakemukset")
    desk.open_at("Hakemukset", f"Avaa: {PENSION}")
    desk.reads(BOARD)


def the_clock_is_on_the_followers_list_until_it_ends_with_a_reason(desk: FinnishDesk) -> None:
    desk.says(f"{CLIENT} · Kela, sairauspäiväraha", "viimeinen päivä 23.12.2026", at="Määräajat")
    desk.open_at("Määräajat", CLIENT)
    desk.tab("Perustiedot")
    the_change_of_an_end_is_opened(desk, CLOCK)
    desk.choose("Kenellä se on tästä eteenpäin", "Päättyy")
    desk.press("Tallenna")
    desk.says("Kerro, miksi se päättyy.")  # the words that stood there said to whom it went
    desk.type_in({"Miksi se päättyy tai kenelle se siirtyy": "Kuolinpesä ei hae muutosta sairauspäivärahaan."})
    desk.press("Tallenna")
    desk.says("Kuolinpesä ei hae muutosta sairauspäivärahaan.", at=OPEN)
    desk.go_to("Tänään")
    desk.is_silent_about(CLIENT, at="Määräajat")


def the_change_of_an_end_is_opened(desk: FinnishDesk, what: str) -> None:
    desk.panel(OPEN).get_by_role("link").filter(has_text=what).filter(has_text="Muuta").click()
    desk.reads("Kenellä se on tästä eteenpäin?")


def the_board_answers_and_the_case_stays_closed(desk: FinnishDesk) -> None:
    desk.go_to("Asiakkaat")
    desk.choose("Vaihe", "Suljettu")
    desk.press("Näytä asiat")
    desk.follow("Nieminen Matti")
    the_appeal_is_opened_in_the_closed_case(desk)
    the_decider_answers(desk, "Ei oikaissut päätöstään, vaan siirsi valituksen lautakunnalle", on="20.1.2027")
    the_ruling_comes(desk, "Hyväksytty", on="30.8.2027")
    desk.says("Hyväksytty")
    desk.page.get_by_role("navigation", name="Olet tässä").get_by_role("link", name=CLIENT).click()
    desk.reads(CLIENT)
    desk.says("Suljettu", "suljettu 20.11.2026", "Asiakas on kuollut")
    desk.tab("Aikajana")
    desk.says("Elokuu 2027", "Marraskuu 2026", "Valitus jätetty", at="Aikajana")


def nothing_was_mailed_to_the_client() -> None:
    with in_municipality("kaavi"):
        assert not Case.objects.get().is_open
        assert set(OutgoingEmail.objects.values_list("to_email", flat=True)) <= {"aino@kaavi.example"}
