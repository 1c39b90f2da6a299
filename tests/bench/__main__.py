"""`make bench`: measurements as JSON. Ratios are taken side by side in one run, since machines are noisy."""

import json
import os
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2] / ".suunta" / "bench"


def main(names: list[str]) -> None:
    """Run the named measurements, or all."""
    os.environ.setdefault("SUUNTA_HOME", str(HOME))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from tests import databases
    from tests.bench import adding, documents, overhead, pages, sweeping

    setup_test_environment()
    databases.make_base_database(is_copied=databases.start_and_copy())
    measurements = {
        module.__name__.rpartition(".")[2]: module for module in (adding, documents, overhead, pages, sweeping)
    }
    results = {}
    for name in names or measurements:
        print(f"{name} …", file=sys.stderr)
        with databases.copied_database("suunta_bench"):
            results[name] = measurements[name].measure()
    print(json.dumps(results, indent=2))
    databases.drop_database(databases.BASE)


if __name__ == "__main__":
    main(sys.argv[1:])
