from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self):
        from linksite.intake.queue import register  # noqa: PLC0415 - models can be imported only now

        from .network_queue import NetworkQueue  # noqa: PLC0415 - likewise

        register(NetworkQueue())
