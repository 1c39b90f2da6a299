"""What is known and written of Pekka, who is invented: his life, his network, his visits and what the team says."""

from casework.clients.network import NetworkDetails
from casework.meetings.minutes import Words
from casework.visits.actions import Debrief, Preparation
from deploy.demo.accounts import DOCTOR, EMPLOYMENT_EXPERT, NURSE, PHYSIOTHERAPIST, SOCIAL_WORKER

HEALTH_CENTRE = "Kaavin terveysasema"
GP = "lääkäri Kalle Rinne, Kaavin terveysasema"
REASON = (
    "Asiakas on ollut työttömänä yli kaksi vuotta. Selkä on leikattu, ja polvet ja uni vaivaavat. Kuljettajan työ ei "
    "enää onnistu, eikä kukaan ole arvioinut kokonaisuutta. Asiakas toivoo itse selvittelyä."
)
TOLD = {
    "childhood": "Lapsena oli paljon korvatulehduksia. Vasemman korvan kuulo on siitä asti ollut huonompi.",
    "learning": "Lukeminen on ollut hidasta jo koulussa. Lomakkeet Pekka täyttää mieluiten toisen kanssa.",
    "family": "Asuu yksin. Avioero kolme vuotta sitten. Aikuinen tytär Kuopiossa, veli asuu naapurissa.",
    "income": "Yleistuki ja asumistuki. Autolaina päättyy keväällä. Rahat riittävät, kun mitään ei hajoa.",
    "housing": "Oma pieni talo kylällä, puulämmitys. Veli on tehnyt puut viime syksystä asti.",
    "hopes": "Haluaisi ajaa jotakin kevyttä muutaman tunnin päivässä. Eniten toivoo, että kipu otetaan todesta.",
}
# Area, text, source, more about the source, years; `{operated}` and `{ended}` count from the year of loading.
LEARNED = (
    (
        "health",
        "Lannerangan välilevyleikkaus. Kipu säteilee vasempaan jalkaan, ja jalka puutuu kävellessä.",
        "document",
        "Epikriisi, ortopedian poliklinikka",
        "{operated}–",
    ),
    (
        "treatment",
        "Kipulääke päivittäin. Uniapneaan hengityslaite, jota Pekka käyttää joka yö. Fysioterapia jäi kesken.",
        "health_care",
        HEALTH_CENTRE,
        "",
    ),
    (
        "education",
        "Peruskoulu. Metsäkoneenkuljettajan koulutuksesta on suoritettu puolet.",
        "employment",
        "Työnhakijan tiedot",
        "1990–1992",
    ),
    (
        "work",
        "Sahalla, kuorma-auton kuljettajana ja viimeksi varastossa. Työ loppui tuotannollisista syistä.",
        "employment",
        "Työnhakijan tiedot",
        "1992–{ended}",
    ),
    ("health", "Istui tapaamisessa noin 20 minuuttia kerrallaan ja nousi sitten seisomaan.", "observed", "", ""),
    ("hopes", "Veli kertoo, että Pekka haluaisi taas lähteä kalalle, kun selkä sallisi.", "relative", "Veli", ""),
)
NETWORK = (
    NetworkDetails(name="Kalle Rinne", role="doctor", organisation=HEALTH_CENTRE, phone="050 000 0901", safety="safe"),
    NetworkDetails(
        name="Leena Koski",
        role="employment_expert",
        organisation="Työllisyysalue",
        email="leena.koski@tyollisyys.example",
        safety="safe",
        note="Omavalmentaja.",
    ),
    NetworkDetails(
        name="Matti Rytkölä",
        role="relative",
        phone="050 000 0902",
        safety="safe",
        note="Veli. Auttaa puissa ja kyyditsee. Hänelle saa kertoa ajoista.",
    ),
    NetworkDetails(
        name="Jenni Rytkölä",
        role="child",
        phone="050 000 0903",
        safety="unknown",
        note="Tytär. Pekka kysyy luvan itse.",
    ),
    NetworkDetails(
        name="Päivi Rytkölä",
        role="other",
        safety="not_safe",
        note="Entinen puoliso. Hänelle ei soiteta eikä kerrota mitään, ei edes asioinnista.",
    ),
)
GROUPS = {"long_term_unemployed": ("employment", 800), "partially_able": ("health_care", 300)}
INTERVIEW = {
    "moving": (1, "Kävelee puoli kilometriä. Nostaminen ei onnistu."),
    "endurance": (1, "Jaksaa kotitöitä noin tunnin, sitten on päästävä makuulle."),
    "sleep": (1, "Herää kipuun monta kertaa yössä ja on aamulla väsynyt."),
    "mood": (2, "Apea mutta ei toivoton. Iltaisin asiat pyörivät mielessä."),
    "people": (3, "Tulee toimeen kaikkien kanssa, kun saa puhua rauhassa."),
    "daily": (2, "Talo pysyy kunnossa veljen avulla. Asioille pääsee kyydillä."),
    "reading": (2, "Lyhyet tekstit sujuvat, lomakkeet eivät yksin."),
    "hopes": (2, "Tietää, mitä ei enää jaksa. Uusi suunta puuttuu."),
}
LATER = {
    "sleep": (2, "Herää enää kerran yössä, kun lääkitys vaihdettiin."),
    "mood": (3, "Puhelee ja suunnittelee. Kalareissu on sovittu."),
    "daily": (3, "Hoitaa kaupan ja lämmityksen pääosin itse."),
    "hopes": (3, "Kevyt kuljetustyö osa-aikaisena, kun hoito on viety loppuun."),
}
NURSES = {
    "senses": (2, "Vasen korva kuulee huonosti, kuulokojetta ei ole."),
    "sleep": (1, "Uni on katkonaista, vaikka hengityslaite on käytössä."),
    "treatment": (2, "Ottaa lääkkeet ohjeen mukaan. Fysioterapia jäi kesken kyydin puutteen takia."),
}
FIRST_CHECK = {
    "moving": (1, "Eteentaivutus ja kyykky jäävät puolitiehen. Nostaa viisi kiloa."),
    "endurance": (1, "Kävelytesti keskeytyi kipuun neljän minuutin kohdalla."),
    "hands": (4, "Ei rajoituksia."),
}
SECOND_CHECK = {
    "moving": (2, "Kyykky onnistuu tuesta. Nostaa kahdeksan kiloa pöydältä."),
    "endurance": (2, "Kävelytesti vietiin loppuun yhdellä tauolla. Istuu 40 minuuttia."),
    "hands": (4, "Ei rajoituksia."),
}
KYKYVIISARI = (
    "Pekan oma yhteenveto: arki on kaventunut ja työ tuntuu kaukaiselta, mutta ihmissuhteet kantavat. Haluaa muutosta "
    "liikkumiseen ja uneen."
)
SHEET = Preparation(
    wants_to_say=(
        "Selkä on pahentunut vuodessa. Vasen jalka pettää portaissa. En saa nukuttua, ja se vie voimat. Viime kerralla "
        "puhuttiin vain polvista."
    ),
    daily_limits="Istun 20 minuuttia, kävelen puoli kilometriä. Puita en enää tee. Autoa ajan vain kylälle.",
    asked_for="B-lausunto, jossa ovat kaikki sairaudet. Lähete fysioterapiaan. Yöksi toinen lääke.",
)
SAID = Debrief(
    said=(
        "Lääkäri luki Pekan paperin ensin ja tutki selän ja jalan. Hän sanoi, että kuljettajan työhön ei ole paluuta. "
        "Unesta puhuttiin ensimmäistä kertaa."
    ),
    ordered="Lähete fysioterapiaan, iltalääkkeen vaihto, magneettikuvaus. B-lausunto kirjoitetaan kuvauksen jälkeen.",
    next_step="Varmista, että lähete fysioterapiaan on lähtenyt",
)
STATEMENT = (
    "Lannerangan välilevyrappeuma ja leikkauksen jälkitila (M51.1), polvien nivelrikko (M17.0) ja uniapnea (G47.3).",
    "Istuminen ja seisominen onnistuvat 20–40 minuuttia kerrallaan. Nostot yli viisi kiloa, kumarat asennot ja tärinä "
    "eivät onnistu. Yöuni on katkonaista, mikä heikentää vireyttä.",
    "Kuorma-auton kuljettajan ja varaston työhön potilas on työkyvytön. Arvio kevyemmästä työstä tehdään hoidon ja "
    "fysioterapian jälkeen.",
)
QUESTION = "Mitä työtä Pekka voi tehdä hoidon jälkeen, ja mistä hän elää sen ajan?"
NEXT_QUESTION = "Miten hoito on edennyt, ja voiko kevyttä kuljetustyötä kokeilla keväällä?"
MINUTES = Words(
    text=(
        "Pekka oli itse mukana ensimmäiset kymmenen minuuttia ja kertoi tavallisesta päivästään. Lääkäri: raskas työ "
        "ei enää onnistu. Fysioterapeutti: kunto on noussut, kun harjoittelu on säännöllistä. Terveydenhoitaja: kuulo "
        "on tutkittava. Sosiaalityöntekijä: yleistuki ei kata hoitoajan matkoja. Työllisyysasiantuntija: kevyitä "
        "kuljetuksia on tarjolla kahdella työnantajalla."
    ),
    recommendation=(
        "Hoito ja fysioterapia viedään loppuun. Sen ajaksi haetaan sairauspäivärahaa. Työkokeilua mietitään keväällä."
    ),
    decision="Koordinaattori kirjoittaa työ- ja toimintakyvyn kuvauksen ja auttaa hakemuksessa. Tiimi palaa asiaan.",
)
# Who promised what: profession, title, due in days from today, done how many days ago.
PROMISES = (
    (DOCTOR.profession, "Tee lähete kipupoliklinikalle", -20, 21),
    (NURSE.profession, "Varaa aika kuulontutkimukseen", -18, 22),
    (PHYSIOTHERAPIST.profession, "Tee loppuarvio harjoittelujakson jälkeen", -19, 20),
    (SOCIAL_WORKER.profession, "Selvitä korvaus hoitoajan matkoista", 3, None),
    (EMPLOYMENT_EXPERT.profession, "Kysy työnantajilta kevyestä kuljetustyöstä", 12, None),
)
DESCRIPTION = {
    "purpose": "Sairauspäivärahahakemuksen liitteeksi ja myöhemmin työkokeilun suunnitteluun.",
    "strengths": (
        "Kädet ja päättely toimivat hyvin. Tulee toimeen ihmisten kanssa ja tuntee kuljetusalan. Noin kahden tunnin "
        "kevyt työ onnistuu, kun asentoa voi vaihtaa 20 minuutin välein ja nostot jäävät alle viiden kilon."
    ),
    "conclusion": (
        "Kuljettajan ja varaston työhön ei ole paluuta. Hoito, fysioterapia ja kuulon tutkiminen ovat kesken, eikä "
        "työtä ole syytä kokeilla ennen niiden loppua. Kuvaus on luettu Pekalle ääneen, ja hän hyväksyi sen."
    ),
}
NEXT_SHEET = Preparation(
    wants_to_say="Yöt ovat paremmat uudella lääkkeellä. Jalka puutuu yhä, kun kävelen yli kilometrin.",
    daily_limits="Istun nyt 40 minuuttia. Lumitöitä en pysty tekemään.",
    asked_for="Magneettikuvan tulos selkokielellä. Jatkuuko sairausloma?",
)
