"""A few sentences for the annual report to the municipality, in any of the site's languages."""

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linksite.intake.tally import Event
from linksite.report.reading import RUNNING
from linksite.report.rounding import WITHHELD

from .dimensions import GROUP_QUEUE
from .figures import GROUPS, NETWORK_QUEUE, Figures
from .sections import MEDIAN, SLOWEST_TENTH


def annual_text(figures: Figures, centre: str, language: str) -> str:
    """Return the text in `language`; its numbers are those of the tables."""
    with translation.override(language):
        sentences = [
            _signed_up(figures, centre),
            *_waited(figures),
            _places(figures),
            _left(figures),
            _groups(figures),
        ]
        return "\n\n".join(filter(None, sentences))


def _signed_up(figures, centre):
    text = _(
        "In %(period)s, %(centre)s received %(groups)s applications for a place in a self-help "
        "group and %(network)s for the network for initiators. In %(before)s there were "
        "%(groups_before)s and %(network_before)s."
    )
    facts = {"period": figures.period_in_words, "before": figures.before, "centre": centre}
    for name, queue in {"groups": GROUP_QUEUE, "network": NETWORK_QUEUE}.items():
        before = figures.count(queue, Event.RECEIVED, period=figures.before)
        facts[name] = _number(figures.count(queue, Event.RECEIVED))
        facts[f"{name}_before"] = _number(before)
    return text % facts


def _waited(figures):
    half_and_most = {
        Event.CONTACTED: (
            _("Half of those who asked for a group were contacted within %(days)s days."),
            _("Nine out of ten were contacted within %(days)s days."),
        ),
        Event.STARTED: (
            _("Half of those who started had waited at most %(days)s days from signing up."),
            _("Nine out of ten had waited at most %(days)s days."),
        ),
    }
    for event, sentences in half_and_most.items():
        waited = [
            (sentence, figures.days(GROUP_QUEUE, event, percent, figures.period))
            for sentence, percent in zip(sentences, (MEDIAN, SLOWEST_TENTH), strict=True)
        ]
        yield " ".join(sentence % {"days": days} for sentence, days in waited if days != WITHHELD)


def _places(figures):
    text = _("%(placed)s got a place in a group, and %(started)s started in one.")
    events = {"placed": Event.PLACED, "started": Event.STARTED}
    numbers = {name: _number(figures.count(GROUP_QUEUE, event)) for name, event in events.items()}
    return capfirst(text % numbers)


def _left(figures):
    left = figures.count(GROUP_QUEUE, Event.CLOSED)
    if left == 0:
        return ""
    text = _("%(left)s of those who asked for a group left without starting in one.")
    return capfirst(text % {"left": _number(left)})


def _groups(figures):
    text = _("%(started)s groups started, %(own)s carried on by themselves and %(ended)s ended.")
    then = _("At the end of the period, %(running)s groups were running.")
    now = _("%(running)s groups are running now.")
    events = {
        "started": Event.GROUP_STARTED,
        "own": Event.GROUP_ON_ITS_OWN,
        "ended": Event.GROUP_ENDED,
        "running": RUNNING,
    }
    numbers = {name: _number(figures.count(GROUPS, event)) for name, event in events.items()}
    return f"{capfirst(text % numbers)} {capfirst((then if figures.is_over else now) % numbers)}"


def _number(count):
    return str(count) if count else pgettext("a number of people", "no")
