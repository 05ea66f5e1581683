from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self):
        # Models can be imported only now.
        from linksite.intake.queue import register

        from .network_queue import NetworkQueue

        register(NetworkQueue())
