from django.apps import AppConfig


class EveningsConfig(AppConfig):
    name = "tests.third_queue.evenings"

    def ready(self):
        from linksite.intake.queue import register  # noqa: PLC0415 - models can be imported now

        from .evening_queue import EveningQueue  # noqa: PLC0415 - likewise

        register(EveningQueue())
