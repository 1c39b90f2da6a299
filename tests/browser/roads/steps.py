"""Steps that several roads take: a client comes, applies, gets a decision, and the decision is checked."""

import re
from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.desk import FinnishDesk


def a_client_comes(desk: FinnishDesk, name: str, code: str, *, opened_on: str, illnesses: tuple[str, ...]) -> None:
    first, last = name.split()
    desk.follow("Uusi asiakas")
    desk.type_in({"Etunimi": first, "Sukunimi": last, "Henkilötunnus": code, "Asian avaamispäivä": opened_on})
    desk.press("Avaa asia")
    desk.reads(name)
    for illness in illnesses:
        desk.follow("Lisää sairaus")
        desk.type_in({"Sairaus tai vamma": illness})
        desk.press("Tallenna sairaus")
        desk.says(illness, at="Sairaudet")


def an_application_is_filed(desk: FinnishDesk, benefit: str, decider: str, *, filed_on: str) -> None:
    desk.follow("Uusi hakemus")
    desk.choose("Etuus tai palvelu", benefit)
    desk.choose("Päätöksen tekijä", decider)
    desk.type_in({"Vireilletulopäivä": filed_on})
    desk.press("Aloita hakemus")
    desk.reads(benefit)
    desk.says("Odottaa päätöstä")


def a_decision_comes(desk: FinnishDesk, benefit: str, result: str, *, decided_on: str, until: str = "") -> None:
    """Write down a letter that was posted on the day of the decision."""
    desk.follow("Kirjaa päätös")
    desk.type_in({"Päätöksen päivä": decided_on, "Postitus-, lähetys- tai luovutuspäivä": decided_on})
    if until:
        desk.type_in({"Viimeinen päivä, jolle etuus on myönnetty": until})
    desk.tick(result, "Postitse")
    desk.press("Kirjaa päätös")
    desk.reads(f"Päätös: {benefit}")
    desk.says(result)


def the_check_finds(desk: FinnishDesk, illnesses: Mapping[str, str], *endings: str) -> None:
    """Say how the decision treats each illness, and how the check ends."""
    for illness, found in illnesses.items():
        desk.choose(f"{illness}: miten sitä käsitellään päätöksessä?", found)
    desk.tick(*endings)
    desk.press("Tallenna tarkistus")
    expect(desk.main.get_by_role("status")).to_contain_text("Tarkistus on suljettu.")


def the_appeal_is_written_and_sent(desk: FinnishDesk, heading: str, *, arrived_on: str, grounds: str = "") -> None:
    """Begin it at the decision, finish its text, and write down that it arrived; `grounds`: what is written anew."""
    words = heading.split(" (", maxsplit=1)[0].lower()
    desk.press(f"Aloita {words}")
    desk.reads(heading)
    desk.follow("Muokkaa tekstiä")
    drafted = re.sub(r" \[[^]]*\]", "", desk.field("Perustelut").input_value())
    desk.type_in({"Perustelut": grounds or drafted})
    desk.press("Tallenna teksti")
    desk.reads(heading)
    desk.is_silent_about("Teksti on kesken.")
    the_appeal_is_sent(desk, heading, arrived_on=arrived_on)


def the_appeal_is_sent(desk: FinnishDesk, heading: str, *, arrived_on: str) -> None:
    words = f"Kirjaa {heading.split(' (', maxsplit=1)[0].lower()} jätetyksi"
    desk.follow(words)
    desk.type_in({"Saapumispäivä": arrived_on})
    desk.press(words)
    desk.reads(heading)
    desk.says("Jätetty")


def the_decider_answers(desk: FinnishDesk, answer: str, *, on: str) -> None:
    desk.follow("Päätöksen tekijän toimet")
    desk.tick(answer)
    desk.type_in({"Milloin": on})
    desk.press("Tallenna")
    expect(desk.main.get_by_role("status")).to_contain_text("Tieto on kirjattu.")


def the_ruling_comes(desk: FinnishDesk, result: str, *, on: str) -> None:
    """Write down a ruling that was posted on its day."""
    desk.follow("Kirjaa ratkaisu")
    desk.type_in({"Ratkaisun päivä": on, "Postitus-, lähetys- tai luovutuspäivä": on})
    desk.tick(result, "Postitse")
    desk.press("Kirjaa ratkaisu")
    expect(desk.main.get_by_role("status")).to_contain_text("Ratkaisu on kirjattu.")


def the_appeal_is_opened(desk: FinnishDesk, client: str, heading: str) -> None:
    """Find the appeal of the only decision that is appealed from the list of clients."""
    desk.open_client(client)
    desk.tab("Hakemukset")
    desk.open_at("Hakemukset", "Avaa: ")
    desk.reads(heading)


def the_application_is_opened(desk: FinnishDesk, client: str, benefit: str) -> None:
    """Find an application from the list of clients."""
    desk.open_client(client)
    desk.tab("Hakemukset")
    desk.follow(benefit)
    desk.reads(benefit)
