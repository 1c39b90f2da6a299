"""Documents lie in a folder or in a bucket, and nobody notices which: the same holds of both."""

import os
import uuid
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import RequestFactory
from django.utils import translation

from tenants import encryption, files, outages
from tenants.keys import ring, rotation
from tenants.scope import in_municipality
from tenants.stores import StoreAway
from tests.buckets import BUCKET, BucketServer, bucket_server, use_bucket

LETTER = b"Tutkittu 20.11.2026: canary 010594Y9032"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[BucketServer]:
    with bucket_server(tmp_path_factory.mktemp("bucket")) as running:
        yield running


@pytest.fixture
def bucket(settings, server, monkeypatch) -> None:
    use_bucket(settings, monkeypatch, server)
    for one in server.client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        server.client.delete_object(Bucket=BUCKET, Key=one["Key"])


@pytest.fixture
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture(params=["folder", "bucket"])
def _store(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(request.param)


@pytest.mark.usefixtures("_store")
def test_a_document_comes_back_as_it_was_put_there(kaavi):
    file_id = uuid.uuid4()
    content = LETTER + os.urandom(2 * 1024 * 1024)

    files.store(content, file_id=file_id)

    assert files.read(file_id) == content
    assert list(files.stored()) == [file_id]


@pytest.mark.usefixtures("_store")
def test_storing_again_replaces_and_discarding_twice_is_well(kaavi):
    file_id = uuid.uuid4()
    files.store(b"first", file_id=file_id)
    files.store(b"second", file_id=file_id)
    assert files.read(file_id) == b"second"

    files.discard(file_id)
    files.discard(file_id)

    assert list(files.stored()) == []
    with pytest.raises(files.FileMissing):
        files.read(file_id)


@pytest.mark.usefixtures("_store")
def test_a_municipality_that_never_stored_anything_has_nothing(kaavi):
    assert list(files.stored()) == []


@pytest.mark.usefixtures("_store")
def test_a_neighbour_finds_nothing_and_opens_nothing(kaavi, tuusniemi):
    file_id = uuid.uuid4()
    files.store(LETTER, file_id=file_id)
    with storages["documents"].open(f"kaavi/{file_id}") as file:
        sealed = file.read()

    with in_municipality(tuusniemi):
        assert list(files.stored()) == []
        with pytest.raises(files.FileMissing):
            files.read(file_id)
        storages["documents"].save(f"tuusniemi/{file_id}", ContentFile(sealed))
        with pytest.raises(encryption.UnknownKey):
            files.read(file_id)

    assert b"010594Y9032" not in sealed


@pytest.fixture
def _keys_of_before() -> Iterator[None]:
    """Forget the key that a test has made: its row is rolled back."""
    yield
    ring.forget_all()


@pytest.mark.usefixtures("_store", "_keys_of_before")
def test_a_change_of_keys_reaches_documents(kaavi):
    file_id = uuid.uuid4()
    files.store(LETTER, file_id=file_id)

    rotation.begin()
    assert list(files.stored_under_other_keys()) == [file_id]
    rotation.sweep(batch=100)

    assert list(files.stored_under_other_keys()) == []
    assert files.read(file_id) == LETTER


@pytest.fixture
def _away(settings, monkeypatch, server) -> None:
    use_bucket(settings, monkeypatch, BucketServer("http://127.0.0.1:9"))


@pytest.fixture
def _locked(settings, monkeypatch, server) -> None:
    use_bucket(settings, monkeypatch, server)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")


@pytest.mark.parametrize("why", ["_away", "_locked"])
def test_a_bucket_that_does_not_answer_or_let_us_in_is_told_from_a_document_that_is_gone(kaavi, request, why):
    request.getfixturevalue(why)

    for call in (
        lambda: files.store(LETTER, file_id=uuid.uuid4()),
        lambda: files.read(uuid.uuid4()),
        lambda: files.discard(uuid.uuid4()),
        lambda: list(files.stored()),
    ):
        with pytest.raises(StoreAway):
            call()


@pytest.mark.parametrize(("language", "said"), [("fi", "Asiakirjojen säilytyspaikka ei vastaa"), ("sv", "svarar inte")])
def test_a_page_says_that_documents_are_away_and_asks_to_try_again(language, said):
    try:
        raise StoreAway
    except StoreAway:
        with translation.override(language):
            answer = outages.server_error(RequestFactory().get("/"))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert said in answer.content.decode()
