"""The Content-Security-Policy, with the exceptions Wagtail's admin needs."""

from csp.middleware import CSPMiddleware
from django.conf import settings

ADMIN_PREFIX = "/admin/"


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, allowing inline code under the admin only."""

    def process_response(self, request, response):
        if request.path.startswith(ADMIN_PREFIX):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY
        return super().process_response(request, response)
