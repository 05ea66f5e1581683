"""The address by which people answer about their place. It says nothing of groups."""

from django.urls import path

from . import answering

app_name = "groups"


urlpatterns = [
    path("svar/<str:token>/", answering.answer, name="answer"),
    path("svar/<str:token>/avtale.ics", answering.appointment, name="appointment"),
]
