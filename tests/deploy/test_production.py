"""A machine that is not whole starts nothing: the whole list at once, exit code 1, no traceback."""

import json
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.core.checks import run_checks

from deploy import production
from deploy.local import embedded
from deploy.local.servers import QUIET_LOG
from tenants import starting
from tenants.database.current import connection
from tests.browser.serving import served
from tests.buckets import BucketServer, bucket_server, use_bucket
from tests.databases import as_superuser
from tests.deploy.machines import SECRET, a_machine

Said = namedtuple("Said", "code out err")
OWN = "suunta_test_own"
PUBLIC = {
    "SUUNTA_DOMAIN": "suunta.example",
    "SUUNTA_PUBLIC_ADDRESS": "https://{host}",
    "SUUNTA_PROXIES": "1",
    "SUUNTA_FROM": "Suunta <suunta@varkaus.example>",
    "SUUNTA_SUPPORT_EMAIL": "tuki@varkaus.example",
}
MAIL_IS_AWAY = "The mail server cannot be reached: ConnectionRefusedError (SMTP_HOST)."


def run(environment, *words):
    done = subprocess.run(
        [sys.executable, *words], cwd=embedded.ROOT, env=environment, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def listed(said):
    return [line.removeprefix("  - ") for line in (said.out + said.err).splitlines() if line.startswith("  - ")]


def checked(database, folder, **changes):
    said = run(a_machine(database, folder, **changes), "manage.py", "check_production")
    assert said.code == 1  # the mail server is away in all of them
    return [line for line in listed(said) if line != MAIL_IS_AWAY]


# --- the list -----------------------------------------------------------------------------------------------------


def test_of_a_machine_that_was_given_nothing_everything_is_told_at_once(own_database, tmp_path):
    names = ("DATABASE_URL", "REDIS_URL", "SUUNTA_MASTER_KEYS_FILE", "SUUNTA_FILES", "SMTP_HOST", "SECRET_KEY")
    nothing = {"SUUNTA_DOMAIN": "suunta.example", "SUUNTA_PROXIES": "one", **dict.fromkeys(names)}

    said = run(a_machine(own_database, tmp_path, **nothing), "manage.py", "check_production")

    assert said.code == 1
    assert listed(said) == [
        "DATABASE_URL is not set.",
        "REDIS_URL is not set.",
        "SECRET_KEY is not set, or shorter than 50 characters.",
        "SMTP_HOST is not set.",
        "SUUNTA_FILES (or SUUNTA_S3_BUCKET, where several hosts share the documents) is not set.",
        "SUUNTA_FROM is not set.",
        "SUUNTA_MASTER_KEYS_FILE is not set.",
        "SUUNTA_PROXIES=one is not the number of proxies before the web server.",
        "SUUNTA_PUBLIC_ADDRESS has to be https://{host}, it is http://{host}:8000.",
        "SUUNTA_SUPPORT_EMAIL is not set.",
    ]
    assert not (tmp_path / "home").exists()  # and nothing was made up instead


def test_of_a_machine_that_is_whole_nothing_is_told(own_database, tmp_path):
    assert checked(own_database, tmp_path, **PUBLIC) == []


def test_what_is_weak_on_localhost_is_named(own_database, tmp_path):
    weak = {
        "SECRET_KEY": SECRET[:49],
        "SUUNTA_DEBUG": "1",
        "SUUNTA_SECOND_FACTOR": "off",
        "SUUNTA_FILES": "/nowhere",
        "SUUNTA_LOGIN": "root",
        "SMTP_TIMEOUT": "soon",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SUUNTA_MASTER_KEYS_FILE": "/nowhere",
    }

    assert checked(own_database, tmp_path, **weak) == [
        "Documents cannot be kept in /nowhere (SUUNTA_FILES): No such file or directory.",
        "SECRET_KEY is not set, or shorter than 50 characters.",
        "SMTP_TIMEOUT=soon is not a whole number.",
        "SUUNTA_DEBUG=1 is for the demo on localhost with the embedded database: unset it.",
        "SUUNTA_LOGIN=root is not a login: app or migrator.",
        "SUUNTA_SECOND_FACTOR=off is for the demo on localhost with the embedded database: unset it.",
        "The broker does not answer (REDIS_URL).",
        "The master keys are missing: /nowhere (SUUNTA_MASTER_KEYS_FILE).",
    ]


def test_a_bucket_may_take_the_place_of_the_folder_and_one_that_refuses_us_is_told(tmp_path, settings, monkeypatch):
    with bucket_server(tmp_path / "bucket") as server:
        use_bucket(settings, monkeypatch, server)
        assert production.documents_can_be_kept() == []

        use_bucket(settings, monkeypatch, server)  # as a new process would
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
        (told,) = production.documents_can_be_kept()

    assert told.msg.startswith("Documents cannot be kept in the bucket suunta (SUUNTA_S3_BUCKET): ")
    assert "SignatureDoesNotMatch" in told.msg


def test_a_machine_with_a_bucket_needs_no_folder(own_database, tmp_path):
    machine = {**PUBLIC, "SUUNTA_FILES": None, **BucketServer("http://127.0.0.1:9").environment}

    (told,) = checked(own_database, tmp_path, **machine)

    assert told.startswith("Documents cannot be kept in the bucket suunta (SUUNTA_S3_BUCKET): Could not connect")


def test_what_is_weak_where_others_come_is_named(own_database, tmp_path):
    open_to_all = {**PUBLIC, "SUUNTA_DEMO": "1", "SUUNTA_PUBLIC_ADDRESS": "http://{host}", "SUUNTA_FROM": ""}

    assert checked(own_database, tmp_path, **open_to_all) == [
        "SUUNTA_DEMO=1 is for localhost: its people have a password that stands in the code.",
        "SUUNTA_FROM is not set.",
        "SUUNTA_PUBLIC_ADDRESS has to be https://{host}, it is http://{host}.",
    ]
    assert checked(own_database, tmp_path, **{**PUBLIC, "SUUNTA_PROXIES": "0"}) == [
        "https ends at a proxy: set SUUNTA_PROXIES to the number before the web server."
    ]


def test_other_master_keys_than_the_databases_are_told_with_whose_they_do_not_open(own_database, tmp_path):
    keys = tmp_path / "keys.json"
    assert run(a_machine(own_database, tmp_path), "manage.py", "new_master_key", "--to", str(keys)).code == 0
    written = json.loads(keys.read_text())
    keys.write_text(json.dumps(dict([*written.items()][:1])))  # the new one without those that were there

    assert checked(own_database, tmp_path, SUUNTA_MASTER_KEYS_FILE=str(keys)) == [
        f"{keys} holds other master keys than the database was sealed with: the console, varkaus, kaavi and 2 more."
    ]


def test_a_database_that_is_away_or_does_not_know_us_is_told(own_database, tmp_path):
    nowhere = own_database["DATABASE_URL"].replace(OWN, "nowhere")
    (told,) = checked(own_database, tmp_path, DATABASE_URL=nowhere)

    assert told.startswith("The database does not let us in: ")
    assert 'database "nowhere" does not exist' in told
    assert embedded.password("app") not in told


def test_a_login_that_is_too_strong_is_told(own_database, tmp_path):
    (told,) = checked(own_database, tmp_path, DATABASE_URL=own_database["MIGRATOR_DATABASE_URL"])

    assert told.startswith("The database login is too strong: ")


def test_an_empty_database_is_told_how_it_is_filled(own_database, tmp_path):
    connection.close()
    with as_superuser(OWN) as superuser:
        superuser.execute("drop table django_migrations")

    assert checked(own_database, tmp_path) == ["The database is not of this version: run manage.py prepare_database."]


def test_a_server_that_writes_values_into_its_log_is_told(own_database, tmp_path):
    connection.close()
    with as_superuser() as superuser:
        superuser.execute(f"alter database {OWN} set log_statement = 'all'")

    (told,) = checked(own_database, tmp_path)

    assert told.endswith(f"log_statement is all, must be {QUIET_LOG['log_statement']}.")


def test_an_older_postgresql_is_told(own_database, monkeypatch):
    connection.close()
    monkeypatch.setattr("tenants.database.logins.OLDEST_SERVER", 990_000)

    found = run_checks(tags=[starting.PRODUCTION], include_deployment_checks=True, databases=["default"])

    assert "PostgreSQL 16 or newer is needed." in [one.msg for one in found]
    connection.close()


def test_on_localhost_with_the_embedded_database_nothing_is_asked(own_database):
    said = run(own_database, "manage.py", "check_production")

    assert said.code == 1
    assert said.err == (
        "CommandError: This is localhost with the embedded database, which needs none of it: set DATABASE_URL.\n"
    )


# --- those who start ----------------------------------------------------------------------------------------------

WEB = ("-m", "gunicorn", "--config=python:deploy.web_server", "deploy.wsgi")
WORKER = ("-m", "celery", "-A", "tasks.app", "worker", "--queues")
BEAT = ("-m", "celery", "-A", "tasks.app", "beat", "--schedule", "{folder}/schedule")


@pytest.mark.parametrize(
    "process",
    [WEB, (*WEB, "--preload"), (*WORKER, "mail,documents"), BEAT],
    ids=["web", "web, loaded before", "worker", "beat"],
)
def test_no_process_starts_on_a_machine_that_is_not_whole(own_database, tmp_path, process):
    weak = a_machine(own_database, tmp_path, SUUNTA_SECOND_FACTOR="off", SECRET_KEY=None)

    said = run(weak, *(word.format(folder=tmp_path) for word in process))

    assert said.code == 1
    assert "SECRET_KEY is not set, or shorter than 50 characters." in said.err
    assert "SUUNTA_SECOND_FACTOR=off is for the demo" in said.err
    assert "Suunta does not start here. deploy/runbook.md says how each is set.\n" in said.err


@pytest.mark.parametrize(
    ("process", "login", "told"),
    [
        (WEB, "migrator", "This process works with the login app: SUUNTA_LOGIN=migrator is another's."),
        ((*WORKER, "mail"), "migrator", "This process works with the login app: SUUNTA_LOGIN=migrator is another's."),
        ((*WORKER, "provisioning,mail"), "migrator", "This process works with the login app: SUUNTA_LOGIN=migrator"),
        (
            (*WORKER, "provisioning"),
            "app",
            "This process works with the login migrator: SUUNTA_LOGIN=app is another's.",
        ),
    ],
)
def test_the_login_that_changes_structure_is_for_its_own_worker_only(own_database, tmp_path, process, login, told):
    said = run(a_machine(own_database, tmp_path, SUUNTA_LOGIN=login), *process)

    assert said.code == 1
    assert told in said.err


def test_a_web_server_starts_while_mail_server_and_broker_are_away(own_database, tmp_path):
    away = a_machine(own_database, tmp_path, REDIS_URL="redis://127.0.0.1:1/0")

    with served(away) as port, closing(HTTPConnection("127.0.0.1", port, timeout=60)) as web:
        web.request("GET", "/health/ready")

        assert web.getresponse().status == 200


@pytest.mark.parametrize("name", ["SUUNTA_SECOND_FACTOR", "SUUNTA_DEBUG"])
@pytest.mark.parametrize(
    ("changes", "is_open"),
    [({}, True), ({"SUUNTA_DOMAIN": "suunta.example"}, False), ({"SUUNTA_HOME": "elsewhere"}, False)],
)
def test_the_doors_of_the_demo_open_on_localhost_with_the_embedded_database_only(own_database, name, changes, is_open):
    """Also where no check was run."""
    ask = "from deploy import settings; print(settings.SECOND_FACTOR_OFF or settings.DEBUG, settings.FAULTS)"
    opening = {"SUUNTA_SECOND_FACTOR": "off", "SUUNTA_DEBUG": "1"}[name]

    said = run({**own_database, name: opening, **changes}, "-c", ask)

    assert said.out.startswith(str(is_open))
    assert (name in said.out) is not is_open
