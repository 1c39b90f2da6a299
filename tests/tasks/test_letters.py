"""A real worker reads letters that were added, without anybody asking; one that is stopped stops no other."""

from casework.models import Letter
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.letters import samples
from tests.casework.letters.making import a_letter
from tests.people import person
from tests.tasks.processes import wait_until


def states_in(schema):
    with in_municipality(schema):
        return list(Letter.objects.values_list("state", flat=True))


def test_letters_are_read_by_a_worker_though_one_of_them_cannot_be(workers, broker, own_database, settings, tmp_path):
    settings.FILES = tmp_path / "files"
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        case = a_case(by=aino, identity_code="010180-999A")
        a_letter(case, samples.pdf("Virtanen Maija\nHakemuksenne hylätään."), by=aino)
        a_letter(case, samples.pdf(samples.KELA), by=aino)
    workers.worker(SUUNTA_FILES=str(settings.FILES))
    workers.beat()

    wait_until(lambda: sorted(states_in("kaavi")) == ["not_the_clients", "read"])

    assert states_in("tuusniemi") == []
    assert "hylätään" not in workers.said()
