"""The WSGI application that servers run."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linksite.settings.production")
django = get_wsgi_application()


def application(environ, start_response):
    """Answer a request, read as UTF-8 whatever it calls itself.

    Django reads the query while it makes the request, before anything of ours could catch the error
    of a charset that is none, such as `hex`.
    """
    kind = environ.get("CONTENT_TYPE", "")
    environ["CONTENT_TYPE"] = re.sub(r";\s*charset\s*=[^;]*", "", kind, flags=re.IGNORECASE)
    return django(environ, start_response)
