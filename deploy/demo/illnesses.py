"""Illnesses as coordinators write them down: name, ICD-10 code, what they do to the ability to work."""

from casework.clients.illnesses import IllnessDetails


def _ill(name: str, icd10: str, effect: str) -> IllnessDetails:
    return IllnessDetails(name=name, icd10=icd10, effect=effect)


BODY = (
    _ill(
        "Alaselän välilevyrappeuma",
        "M51.3",
        "Istuminen ja seisominen onnistuvat noin puoli tuntia kerrallaan. Nostaminen ja kumarat asennot eivät onnistu.",
    ),
    _ill(
        "Polvien nivelrikko", "M17.0", "Portaat ja epätasainen maasto tuottavat kipua. Kävelymatka on noin 500 metriä."
    ),
    _ill("Lonkan nivelrikko", "M16.1", "Kyykistyminen ja raskas kantaminen eivät onnistu. Yöunta häiritsee kipu."),
    _ill(
        "Olkapään kiertäjäkalvosimen oireyhtymä",
        "M75.1",
        "Käsi ei nouse hartiatason yläpuolelle. Voima on heikentynyt.",
    ),
    _ill("Rannekanavaoireyhtymä", "G56.0", "Kädet puutuvat. Hienomotorinen työ ja puristusvoima ovat heikentyneet."),
    _ill("Nivelreuma", "M05.9", "Aamujäykkyys kestää tunteja. Vointi vaihtelee päivästä toiseen."),
    _ill(
        "Krooninen kipuoireyhtymä", "R52.2", "Kipu rajoittaa päivittäin. Jaksaminen riittää noin kahden tunnin työhön."
    ),
    _ill("Sepelvaltimotauti", "I25.1", "Fyysinen rasitus tuo rintakivun. Raskas ja kiireinen työ ei sovi."),
    _ill("Keuhkoahtaumatauti", "J44.8", "Hengenahdistusta jo kevyessä rasituksessa. Pöly ja pakkanen pahentavat."),
    _ill("Aivoinfarktin jälkitila", "I69.3", "Oikea puoli on heikompi, ja uusien asioiden oppiminen on hidastunut."),
    _ill("Tyypin 2 diabetes", "E11.9", "Vireys vaihtelee. Jalkojen tuntopuutokset vaikeuttavat seisomatyötä."),
    _ill("Astma", "J45.9", "Hajut, pöly ja kylmä ilma pahentavat oireita."),
    _ill(
        "Epilepsia", "G40.9", "Korkealla, koneilla ja yksin työskentely ei ole turvallista. Ajokortti ei ole voimassa."
    ),
    _ill("Crohnin tauti", "K50.9", "Oirejaksoja on useita vuodessa, eikä niitä voi ennakoida."),
    _ill(
        "Molemminpuolinen kuulovika", "H90.3", "Meluisassa ympäristössä puheesta ei saa selvää. Kuulokojeet käytössä."
    ),
)
MIND = (
    _ill(
        "Toistuva masennus, keskivaikea jakso",
        "F33.1",
        "Aloitekyky ja keskittyminen ovat heikentyneet. Jaksaa noin tunnin.",
    ),
    _ill("Yleistynyt ahdistuneisuushäiriö", "F41.1", "Uudet tilanteet ja ryhmät kuormittavat. Poissaoloja kertyy."),
    _ill("Kaksisuuntainen mielialahäiriö", "F31.9", "Toimintakyky vaihtelee jaksoittain. Vuorotyö ei sovi."),
    _ill(
        "Traumaperäinen stressihäiriö", "F43.1", "Yöuni on rikkonaista. Äkilliset äänet ja ahtaat tilat kuormittavat."
    ),
    _ill(
        "Aktiivisuuden ja tarkkaavuuden häiriö",
        "F90.0",
        "Tehtävien jäsentäminen ja loppuun vieminen on vaikeaa ilman tukea.",
    ),
    _ill(
        "Lukemiskyvyn häiriö", "F81.0", "Kirjalliset ohjeet ja lomakkeet eivät onnistu yksin. Suullinen ohjaus auttaa."
    ),
    _ill("Laaja-alainen oppimisvaikeus", "F81.9", "Tarvitsee toistoa ja selkeitä, lyhyitä ohjeita."),
    _ill(
        "Alkoholiriippuvuus, toipumisvaihe",
        "F10.20",
        "Raittius on kestänyt yli vuoden. Kuormitus lisää retkahdusvaaraa.",
    ),
    _ill("Uniapnea", "G47.3", "Päiväväsymys heikentää keskittymistä. Hoitolaite on käytössä."),
    _ill("Migreeni", "G43.9", "Kohtauksia on viikoittain. Kirkas valo ja melu laukaisevat niitä."),
)
