"""The web server's entry point: Django behind the fair share by host."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django = get_wsgi_application()

from deploy.fair_share import FairShare  # noqa: E402 (it knows models)
from deploy.web_server import PLACES  # noqa: E402

application = FairShare(django, threads=settings.WEB_THREADS, places=PLACES)
