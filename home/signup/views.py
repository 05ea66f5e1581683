"""The responses of the signup page's routes (home.models.signup)."""

from django.core import signing

from linksite.intake.links import by_link, private
from linksite.intake.models import QueueSettings

from .routing import asked_for, open_queues, passed_on, queue_for
from .tokens import read_receipt_token
from .visit import Signup


def signup(page, request):
    """Return the form for what was asked for, or the choice; take what was sent."""
    # If anything fails, no error report shows what somebody wrote.
    request.sensitive_post_parameters = "__ALL__"
    queue = queue_for(request.POST) or queue_for(asked_for(request.GET))
    return private(Signup(page, request, queue).answer() if queue else choice(page, request))


def choice(page, request):
    """Return the first step, what to sign up for; answers already given are passed on."""
    sent = request.POST or asked_for(request.GET)
    names = passed_on() if request.method == "GET" else set(sent) - {"interest"}
    kept = [(name, value) for name in sent if name in names for value in sent.getlist(name)]
    context = {"ways": [queue.way for queue in open_queues()], "kept": kept}
    return page.render(request, context_overrides=context, template="home/signup/choice.html")


def receipt(page, request, token):
    """Return the receipt of one signup; a friendly page with 410 for an expired link."""
    queue, application = _received(token)
    if application is None:
        response = page.render(request, template="home/signup/receipt_gone.html")
        response.status_code = 410
        return by_link(response)
    context = {
        "application": application,
        "people": application.people.count() if hasattr(application, "people") else 0,
        "next_steps": getattr(page, queue.way.next_steps),
        "answer_within_days": QueueSettings.current().answer_within_days,
    }
    template = "home/signup/receipt.html"
    return by_link(page.render(request, context_overrides=context, template=template))


def _received(token):
    """Return queue and application of a receipt, None if there is none (any more)."""
    try:
        reference = read_receipt_token(token)
    except signing.BadSignature:
        return None, None
    for queue in open_queues():
        received = queue.model.objects.filter(reference=reference, anonymised_at=None)
        if application := received.first():
            return queue, application
    return None, None
