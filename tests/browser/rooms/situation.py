"""A mapping that has met everything: facts, one of them corrected, people safe and not safe, target groups."""

from datetime import timedelta

from django.utils import timezone

from casework.models import Case
from casework.situation import mapping
from tenants.accounts.models import User
from tests.casework.situation.making import a_fact, a_network_person, entry_details, in_target_groups


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Make one of each object of the room; the answer are the arguments of its addresses."""
    now, today = timezone.now(), timezone.localdate()
    told = {
        "childhood": "Kuulo heikko vasemmassa korvassa lapsesta asti.",
        "treatment": "Fysioterapia päättyi keväällä. Särkylääke tarvittaessa.",
        "hopes": "Kevyempi työ, jossa saa välillä istua. Hyvä päivä on se, kun jaksaa kävellä järvelle.",
    }
    mapping.interview(case=case, texts=told, by=aino, at=now)
    first = a_fact(case, by=aino, at=now, text="Kirvesmies rakennuksilla.", period="1998-2015")
    right = entry_details(text="Kirvesmies rakennuksilla, lopetti selän takia.", learned_on=today, period="1998-2016")
    entry = mapping.correct(case=case, entry=first, details=right, version=1, by=aino, at=now)
    gone = a_fact(case, by=aino, at=now, area="income", text="Saa ansiopäivärahaa.", period="")
    mapping.remove(case=case, entry=gone, by=aino, at=now)
    doctor = a_network_person(case, by=aino, at=now, name="Liisa Lääkäri", organisation="Kaavin terveysasema")
    unsafe = {"role": "spouse", "organisation": "", "safety": "not_safe", "phone": "040 111 2222", "email": ""}
    a_network_person(case, by=aino, at=now, name="Entinen Puoliso", **unsafe)
    left = {"role": "employer", "safety": "unknown", "ended_on": today - timedelta(days=30)}
    a_network_person(case, by=aino, at=now, name="Pekka Pomo", organisation="Rakennus Oy", **left)
    in_target_groups(case, "long_term_unemployed", "partially_able", by=aino, at=now)
    return {"mapping_entry_id": entry.pk, "network_person_id": doctor.pk}
