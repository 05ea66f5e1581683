from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "linksite.content"
    label = "content"
