"""The WSGI application that a web server such as gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

# Whoever serves a desk gets the strict settings unless the environment says otherwise.
os.environ.setdefault("FACTCHECK_DEBUG", "0")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = get_wsgi_application()
