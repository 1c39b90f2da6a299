"""What coordinators and referring parties write, in their own plain words. None of it is about anybody."""

REFERRERS = {
    "employment": ("omavalmentaja Leena Koski", "asiantuntija Petteri Vauhkonen"),
    "social_work": ("aikuissosiaalityö, Riitta Aalto", "sosiaaliohjaaja Mika Tuomi"),
    "health_care": ("lääkäri Kalle Rinne, terveysasema", "terveydenhoitaja Sari Niemi, työttömien terveystarkastus"),
    "kela": ("työkykyneuvoja Hanna Laaksonen",),
    "client": ("",),
    "other": ("ohjaaja Jonna Kivi, työpaja Portti",),
}
REASONS = (
    "Selkäkipu estää rakennustyön, jota asiakas on tehnyt 20 vuotta. Työttömänä kolmatta vuotta, jatkosuunta puuttuu.",
    "Kuntouttava työtoiminta on keskeytynyt kolme kertaa voinnin takia. Työkyky pitäisi selvittää kunnolla.",
    "Asiakas on ollut työttömänä yli 700 päivää. Terveystarkastuksessa nousi esiin masennus ja unettomuus.",
    "Sairauspäivärahan enimmäisaika täyttyy pian. Asiakas tarvitsee apua eläke- ja kuntoutusasioiden selvittämiseen.",
    "Eläkehakemus on hylätty kahdesti. Asiakas ei jaksa enää selvittää asiaa yksin.",
    "Asiakas on tehnyt siivoustyötä, mutta kädet eivät enää kestä. Toivoo uutta alaa, koulutus jäi aikoinaan kesken.",
    "Oppimisvaikeuksia ei ole koskaan tutkittu. Kaksi ammattikoulutusta on jäänyt kesken.",
    "Asiakas toivoo itse, että joku katsoisi kokonaisuuden: terveyden, toimeentulon ja työn.",
    "Pitkä hoitosuhde psykiatrialla on päättynyt. Työhön paluu ei ole onnistunut ilman tukea.",
    "Työkokeilu päättyi polvikipuihin. Tarvitaan lääkärin arvio siitä, mikä työ sopisi.",
    "Useita sairauksia, mutta kukaan ei ole arvioinut niitä yhdessä. Pyydämme työkyvyn selvittämistä.",
    "Nuori aikuinen, joka ei ole ollut töissä tai koulutuksessa kolmeen vuoteen. Perhe on huolissaan.",
)
CONTACT = (
    "Soitettu. Asiakas ei vastannut, jätetty soittopyyntö ja lähetetty tekstiviesti.",
    "Soitettu ja kerrottu palvelusta. Asiakas haluaa miettiä ja puhua ensin puolisonsa kanssa.",
    "Asiakas soitti takaisin. Kerrottu, että palvelu on vapaaehtoinen ja että hän päättää itse, mitä asioita "
    "selvitetään.",
)
WILLING = (
    "Asiakas haluaa palvelun. Sovittu tapaaminen tutussa paikassa, koska virastoon tulo jännittää.",
    "Asiakas lähtee mielellään mukaan: ”hyvä kun joku kysyy, mitä minulle kuuluu”. Sovittu ensimmäinen tapaaminen.",
    "Puhuttu pitkään. Asiakas on väsynyt luukulta luukulle kulkemiseen ja toivoo yhtä ihmistä, joka tuntee asian.",
)
FIRST_MEETING = (
    "Ensimmäinen tapaaminen. Käytiin läpi elämäntilanne, toimeentulo ja se, mikä arjessa sujuu. Asiakas kertoi "
    "avoimesti terveydestään. Sovittiin, että pyydetään aiemmat lausunnot terveysasemalta.",
    "Tavattiin asiakkaan kotona. Puhuttiin työhistoriasta, josta hän on ylpeä. Toive: työ, jossa selkä kestää, tai "
    "rauha eläkeasian kanssa.",
    "Tapaaminen kirjastossa. Asiakas oli jännittänyt etukäteen, mutta juttu luisti. Kirjattiin yhdessä, mitkä asiat "
    "ovat auki ja missä järjestyksessä edetään.",
)
MAPPING = (
    "Puhuttu terveydestä lapsuudesta asti. Koulussa oli erityisopetusta, mutta syytä ei kerrottu. Tämä on hyvä tuoda "
    "lääkärin tietoon.",
    "Kartoitettu toimeentulo: yleistuki ja asumistuki. Velkajärjestely päättyy keväällä. Taloudellinen huoli vie unta.",
    "Käyty läpi, mitä asiakas jaksaa tavallisena päivänä. Aamupäivät ovat parempia, iltapäivällä kipu ottaa vallan.",
    "Asiakas toi mukanaan vanhat epikriisit. Niistä löytyi työterveyden lausunto, jota ei ole käytetty missään "
    "hakemuksessa.",
    "Puoliso oli mukana. Hän kertoi, miten paljon arki on muuttunut kahdessa vuodessa. Tärkeä tieto lääkärille.",
)
NETWORK = (
    "Verkostopalaveri: asiakas, sosiaaliohjaaja ja omavalmentaja. Sovittiin, että työkyky selvitetään ennen uusia "
    "palveluja.",
    "Verkostopalaveri terveysasemalla. Kaikki saivat saman kuvan tilanteesta. Omavalmentaja ei tarjoa työkokeilua nyt.",
)
DOCTOR = (
    "Olin mukana lääkärin vastaanotolla. Autoin kertomaan, mitä arjessa ei enää onnistu. Lääkäri kirjoittaa "
    "B-lausunnon.",
    "Lääkärikäynti yhdessä. Asiakas oli kirjoittanut oireet paperille, ja ne käytiin läpi rauhassa. Lähete "
    "fysioterapiaan.",
    "Vastaanotolla puhuttiin ensimmäistä kertaa myös mielialasta. Asiakas oli helpottunut, että asia otettiin todesta.",
)
TEAM = (
    "Työkykytiimi: lääkäri, sosiaalityö, työllisyysalueen asiantuntija ja koordinaattori. Tiimin näkemys: raskas työ "
    "ei enää onnistu, jäljellä olevaa työkykyä selvitetään.",
    "Työkykytiimissä sovittiin työnjako: lääkäri täydentää lausuntoa, koordinaattori kirjoittaa työ- ja toimintakyvyn "
    "kuvauksen, sosiaaliohjaaja varmistaa toimeentulon odotusajaksi.",
)
DESCRIPTION = (
    "Työ- ja toimintakyvyn kuvaus kirjoitettu yhdessä asiakkaan kanssa. Luettiin ääneen, ja hän korjasi kaksi kohtaa.",
    "Kuvaus valmis. Asiakas sanoi: ”tuossa on ensimmäisen kerran koko minun tilanteeni”.",
)
FILED = (
    "Hakemus täytetty yhdessä ja lähetetty. Kerrottu, mitä odotusaikana tapahtuu ja kenelle voi soittaa.",
    "Hakemus lähetetty liitteineen. Asiakas pelkää hylkäystä; sovittiin, että luetaan päätös yhdessä, tuli mitä tuli.",
)
WAITING = (
    "Soitettu käsittelijälle: hakemus on käsittelyssä, lisäselvityksiä ei tarvita.",
    "Asiakas soitti ja kysyi päätöksestä. Kerrottu tavallinen käsittelyaika ja sovittu, että kysyn ensi viikolla.",
    "Puhelu asiakkaan kanssa. Odottaminen kuormittaa, mutta kävelylenkit ovat jatkuneet.",
    "Tarkistettu, että toimeentulo on kunnossa odotusajan. Työnhaku on voimassa.",
)
OVERDUE = (
    "Soitettu käsittelijälle. Hakemus odottaa asiantuntijalääkäriä, arviota päätöksestä ei annettu. Soitan uudelleen.",
    "Päätös viipyy. Kysytty kiirehtimistä, koska asiakkaan toimeentulo on epävarma.",
)
REJECTED = (
    "Luettiin päätös yhdessä. Asiakas pettyi, mutta haluaa selvittää, mitä päätöksestä puuttuu.",
    "Hylkäävä päätös tuli. Puhuttu siitä, että päätökseen voi hakea muutosta ja että aikaa on.",
)
APPEAL = (
    "Valitusta kirjoitettu yhdessä. Pyydetään vielä lääkäriltä lisälausunto sairaudesta, jota päätös ei mainitse.",
    "Käyty läpi valituksen perusteet. Asiakas hyväksyi tekstin, se lähtee heti kun lausunto on tullut.",
)
GRANTED = (
    "Myönteinen päätös! Asiakas itki ilosta puhelimessa. Käydään yhdessä läpi, mitä maksuissa muuttuu.",
    "Päätös on myönteinen. Sovittu seurantasoitto kolmen kuukauden päähän.",
)
FOLLOW_UP = (
    "Seurantasoitto. Arki on rauhoittunut, ja asiakas on alkanut käydä viikoittain uimassa.",
    "Seuranta: suunta pitää. Asiakas tietää, keneen ottaa yhteyttä, jos tilanne muuttuu.",
)
TASKS = {
    "contact": ("Soita uudelleen", "Sovi ensimmäinen tapaaminen", "Vahvista tapaamisaika tekstiviestillä"),
    "mapping": ("Pyydä aiemmat lausunnot terveysasemalta", "Varaa aika lääkärille", "Sovi verkostopalaveri"),
    "assessing": (
        "Muistuta lääkäriä B-lausunnosta",
        "Valmistele tiimin käsittely",
        "Kirjoita työ- ja toimintakyvyn kuvaus",
    ),
    "applying": ("Täytä hakemus yhdessä asiakkaan kanssa", "Tarkista hakemuksen liitteet", "Pyydä valtakirja"),
    "waiting": ("Soita asiakkaalle odotusajasta", "Tarkista, että työnhaku on voimassa", "Kysy käsittelyn vaihe"),
    "overdue": ("Kysy päätöksen viipymisestä", "Kysy, voiko käsittelyä kiirehtiä"),
    "more": ("Toimita pyydetty lisäselvitys", "Pyydä lääkäriltä täydennys lausuntoon"),
    "checking": ("Käy päätös läpi asiakkaan kanssa", "Tarkista, otettiinko kaikki sairaudet huomioon"),
    "appealing": ("Viimeistele valitus", "Pyydä lisälausunto valitukseen", "Hae asiakkaan allekirjoitus valitukseen"),
    "asking": ("Kysy, missä vaiheessa asia on", "Soita asiakkaalle odotusajasta"),
    "follow_up": ("Seurantasoitto", "Kysy, miten uusi arki sujuu"),
}
MEETING_WORDS = ("Asiakastapaaminen", "Käytiin läpi tilanne ja seuraavat vaiheet")
COORDINATION = (
    "Puhelut asiakkaan ja terveysaseman kanssa",
    "Lausuntojen kokoaminen",
    "Yhteydenpito käsittelijään",
    "Asioiden yhteensovittaminen sosiaalityön kanssa",
)
MORE_ASKED = (
    "Lääkärinlausunto jäljellä olevasta työkyvystä ja kuntoutusmahdollisuuksista.",
    "Selvitys työhistoriasta vuosilta 2015–2021 ja työnantajan kuvaus työtehtävistä.",
)
# What stands in the calendar, on the agenda and in requests for statements.
DOCTOR_ASKED = "lääkäri Kalle Rinne, terveysasema"
QUESTIONS = (
    "Mitä työkyvystä on jäljellä, ja mitä vielä pitää selvittää?",
    "Olisiko kuntoutustutkimuspoliklinikasta apua ennen eläkehakemusta?",
    "Kuka vastaa hoidosta, ja miten työkokeilu sovitetaan siihen?",
)
SHEETS = (
    {
        "wants_to_say": "Kipu on pahentunut syksyn aikana. En ole kertonut kaikkea aiemmin, koska aika loppui kesken.",
        "daily_limits": "Jaksan kotitöitä noin puoli tuntia. Yöllä herään kipuun monta kertaa.",
        "asked_for": "Lausunto siitä, mitä työtä voisin vielä tehdä.",
    },
    {
        "wants_to_say": "Mieliala on ollut matala pitkään, ja uni on katkonaista.",
        "daily_limits": "Kaupassa käynti ja soittaminen virastoihin jäävät usein tekemättä.",
        "asked_for": "Arvio hoidosta ja B-lausunto kaikista sairauksistani.",
    },
)
SAID = (
    "Käytiin läpi tilanne ja seuraavat vaiheet. Asiakas tietää, mitä odotetaan ja kenelle soittaa.",
    "Asiakas kertoi voinnistaan. Sovittiin, että lausunto pyydetään ja tilanteeseen palataan, kun se on tullut.",
    "Lääkäri kävi sairaudet läpi rauhassa. Hoito jatkuu ennallaan, ja lausunto kirjoitetaan.",
)
STATEMENT_PURPOSE = (
    "Kaikki sairaudet ja se, mitä niiden takia ei työssä pysty tekemään. Arvio jäljellä olevasta työkyvystä."
)
