"""The client who comes with a year-old rejection under appeal: written on the first day, changed by the board."""

from tests.browser.desk import FinnishDesk
from tests.browser.roads.steps import a_client_comes, the_appeal_is_opened, the_ruling_comes

CLIENT, BENEFIT = "Liisa Laine", "Työkyvyttömyyseläke (työeläke)"
BOARD = "Valitus (työeläkeasioiden muutoksenhakulautakunta)"


def test_a_year_old_rejection_under_appeal_is_written_on_the_first_day_and_goes_on_from_there(morning):
    desk = morning("23.11.2026")
    a_client_comes(desk, CLIENT, "091180-903E", opened_on="23.11.2026", illnesses=("Masennus",))
    the_rejection_and_her_own_appeal_are_written(desk)
    what_is_not_known_of_the_appeal_is_said(desk)
    its_days_stand_where_they_belong(desk)

    desk = morning("24.11.2026")
    desk.says("Kysy, onko valitus siirretty", CLIENT, at="Tehtävät ja lupaukset")

    desk = morning("1.2.2027")
    the_board_changes_it(desk)


def the_rejection_and_her_own_appeal_are_written(desk: FinnishDesk) -> None:
    desk.follow("Asiakkaalla on päätös mukanaan")
    desk.choose("Etuus tai palvelu", BENEFIT)
    desk.choose("Päätöksen tekijä", "Keva")
    desk.type_in({"Vireilletulopäivä": "11.7.2025", "Päätöksen päivä": "19.10.2025"})
    desk.type_in({"Postitus-, lähetys- tai luovutuspäivä": "20.10.2025"})
    desk.type_in({"Valitus saapui päätöksen tekijälle": "18.11.2025"})
    desk.group("Tulos").get_by_label("Hylätty").check()
    desk.tick("Postitse")
    desk.press("Tallenna päätös")
    desk.reads(f"Päätös: {BENEFIT}")
    desk.says("Valitus jätetty 18.11.2025, odottaa ratkaisua.", at="Miten tästä eteenpäin")
    desk.is_silent_about("Myöhästynyt valitus", at="Miten tästä eteenpäin")  # it was in time
    assert desk.looks() == []


def what_is_not_known_of_the_appeal_is_said(desk: FinnishDesk) -> None:
    desk.open_at("Muutoksenhaku", BOARD)
    desk.reads(BOARD)
    desk.says("Tämän valituksen tekstiä ei ole täällä.")  # nothing is put into her mouth


def its_days_stand_where_they_belong(desk: FinnishDesk) -> None:
    desk.open_client(CLIENT)
    desk.tab("Hakemukset")
    desk.says("Ajalta ennen asiaa", "Valitus jätetty 18.11.2025, odottaa ratkaisua.", at="Hakemukset")
    desk.tab("Aikajana")
    desk.says("Marraskuu 2025", "Valitus jätetty", "Lokakuu 2025", "Päätös: hylätty", at="Aikajana")
    desk.says("avattu 23.11.2026")  # nothing was backdated


def the_board_changes_it(desk: FinnishDesk) -> None:
    the_appeal_is_opened(desk, CLIENT, BOARD)
    the_ruling_comes(desk, "Hyväksytty", on="28.1.2027")
    desk.says("Hyväksytty", "Jos asiasta tehdään tämän ratkaisun vuoksi uusi päätös")
    desk.go_to("Tänään")
    desk.is_silent_about("Kysy, onko valitus siirretty", at="Tehtävät ja lupaukset")
