"""Which language a visitor is answered in."""

import re

from django.middleware.locale import LocaleMiddleware

# Many browsers still send the old macrolanguage code; most of who sends it write bokmål.
NORWEGIAN = re.compile(r"(?<![\w-])no(?![\w])(-[a-z]+)?", re.IGNORECASE)


class LanguageMiddleware(LocaleMiddleware):
    """Django's locale middleware, which also understands `no` as bokmål (`nb`)."""

    def process_request(self, request):
        header = request.META.get("HTTP_ACCEPT_LANGUAGE")
        if header:
            request.META["HTTP_ACCEPT_LANGUAGE"] = NORWEGIAN.sub("nb", header)
        super().process_request(request)
