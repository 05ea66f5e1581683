"""What somebody asks for decides the queue their signup lands in; each queue says how (`Way`)."""

from collections.abc import Mapping

from django.http import QueryDict

from linksite.intake.queue import Queue, queues


def open_queues() -> list[Queue]:
    """Return the queues that people can sign up for, in the order they are offered."""
    return [queue for queue in queues() if queue.way]


def asked_for(query: QueryDict) -> QueryDict:
    """Return what an address asks for, by its right names.

    `?Offer=…` was typed from a poster, `&amp;offer=…` comes from a mail program.
    """
    asked = QueryDict(mutable=True)
    for name, values in query.lists():
        asked.setlist(name.lower().removeprefix("amp;").strip(), values)
    if interest := asked.get("interest"):
        asked["interest"] = interest.strip().lower()
    return asked


def queue_for(asked: Mapping) -> Queue | None:
    """Return the queue for what an address or a form asks for, None if that is not clear.

    Naming an offer or a meeting is enough.
    """
    open_ = open_queues()
    named = [queue for queue in open_ if queue.way.interest == asked.get("interest")]
    aimed = [queue for queue in open_ if asked.get(queue.way.form_class.target_name)]
    return next(iter(named or aimed), None)


def passed_on() -> set[str]:
    """Return the names that an address may carry to the form."""
    forms = [queue.way.form_class for queue in open_queues()]
    return {form.target_name for form in forms if form.target_name}.union(
        *(f.from_address for f in forms)
    )
