"""Files that no document names: whoever added them was cut off after the file was written and before its row was.

They are sealed and nobody's. An operator deletes them, no alarm does: beside an older database that was restored, newer
files are strays, too.
"""

from django.db import connection, transaction

from casework.models import Document
from tenants import files


@transaction.atomic
def forget() -> int:
    """Delete them, of the municipality one is in; answer how many there were.

    The row is written before its file, so the lock lets whoever is adding one come to an end first.
    """
    with connection.cursor() as cursor:
        cursor.execute("lock table casework_document in share mode")
    named = set(Document._base_manager.values_list("file_id", flat=True))
    strays = [file_id for file_id in files.stored() if file_id not in named]
    for file_id in strays:
        files.discard(file_id)
    return len(strays)
