"""Many writers at once: the chain never forks and never skips."""

import threading

import pytest
from django.db import connection

from foundation.audit.models import Entry
from foundation.audit.services import record
from foundation.audit.verification import verify

WRITERS, EACH = 4, 10


@pytest.mark.django_db(transaction=True)
def test_writers_wait_for_one_another(request):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a SQLite database in memory has one connection; the file and PostgreSQL runs cover this")
    problems = []

    def write():
        try:
            for _ in range(EACH):
                record(action="test.happened")
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Entry.objects.count() == verify().entries == WRITERS * EACH
