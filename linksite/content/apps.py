from django.apps import AppConfig
from willow.plugins.pillow import PillowImage
from willow.registry import registry


class ContentConfig(AppConfig):
    name = "linksite.content"
    label = "content"

    def ready(self):
        """Have Wagtail open and prepare pictures in our way."""
        from . import pictures  # noqa: PLC0415, models are not there before

        registry.register_operation(PillowImage, "auto_orient", pictures.upright)
        for kind in pictures.FILES:
            registry.register_converter(kind, PillowImage, pictures.opened)
