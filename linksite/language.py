"""Which language a visitor is answered in."""

import re

from django.middleware.locale import LocaleMiddleware

# Many browsers still send the old macrolanguage code; most people who send it write bokmål.
NORWEGIAN = re.compile(r"(?<![\w-])no(?![\w])(-[a-z]+)?", re.IGNORECASE)


#: Addresses that are the same in every language.
WITHOUT_LANGUAGE = ("/admin/", "/documents/", "/media/", "/static/")


class LanguageMiddleware(LocaleMiddleware):
    """Django's locale middleware, which also understands `no` as bokmål (`nb`).

    An address without a language that is not found stays not found: it is not looked up under
    `/nb/` as well.
    """

    def process_request(self, request):
        header = request.META.get("HTTP_ACCEPT_LANGUAGE")
        if header:
            request.META["HTTP_ACCEPT_LANGUAGE"] = NORWEGIAN.sub("nb", header)
        super().process_request(request)

    def process_response(self, request, response):
        if request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
