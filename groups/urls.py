"""The address where people answer about their place. It does not mention groups."""

from django.urls import path

from . import answering

app_name = "groups"
urlpatterns = [
    path("svar/<str:token>/", answering.answer, name="answer"),
    path("svar/<str:token>/avtale.ics", answering.appointment, name="appointment"),
]
