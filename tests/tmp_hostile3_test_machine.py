"""A Hypothesis state machine over the verbs of the queue and the groups.

Run: FASTDB=/tmp/fast/hostile3.sqlite3 /tmp/fast/t /tmp/hostile3/test_machine.py
(copied to /work/main/tests/tmp_hostile3_machine.py so that conftest is found)
EXAMPLES, STEPS set the effort; KNOWN=a,b leaves out invariants by name.
"""
import os
from collections import Counter
from datetime import datetime, timedelta, UTC
import re

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.core import mail as sent_mail
from django.db import transaction, IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, settings, strategies as st, Phase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import Site

from groups import actions, answering, links
from groups.actions.on_behalf import ANSWERS
from groups.actions.placing import stop_waiting
from groups.keeping_apart import keep_apart, met_by
from groups.models import GroupApplication as App, GroupStatus, Placement, PlacementStatus as P, SelfHelpGroup, HOLDING
from linksite.intake import duplicates, figures, mail, retention
from linksite.intake import actions as act
from linksite.intake.actions import ChangeNotAllowed, StaleApplication
from linksite.intake.models import MailStatus, Tally
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make

KNOWN = set(os.environ.get("KNOWN", "").split(","))
OK = (ChangeNotAllowed, StaleApplication, ObjectDoesNotExist)
T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORLD = {}


class Machine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = T0
        self.tm = time_machine.travel(T0, tick=True)
        self.tm.start()
        self.site = WORLD["site"]
        self.user = WORLD["user"]
        self.offer = WORLD["offer"]
        self.partner = WORLD["partner"]
        self.people, self.groups = [], []
        self.down = False
        self.erased = 0
        self.expected = Counter()
        self.n = 0

    def teardown(self):
        self.tm.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # helpers
    def person(self, i):
        got = list(App.objects.order_by("pk"))
        return got[i % len(got)] if got else None

    def group(self, i):
        got = list(SelfHelpGroup.objects.order_by("pk"))
        return got[i % len(got)] if got else None

    def placement(self, i):
        got = list(Placement.objects.order_by("pk"))
        return got[i % len(got)] if got else None

    def do(self, verb, *args, **kw):
        try:
            with transaction.atomic():
                return verb(*args, **kw)
        except OK as e:
            return None

    def see(self, app):
        return {"user": self.user, "version": app.version}

    I = st.integers(0, 5)

    # rules
    @initialize(n=st.integers(3, 6), ready=st.booleans())
    def people_come(self, n, ready):
        for _ in range(n):
            self.receive(wait=ready, email=True, offer=True)

    @rule(wait=st.booleans(), email=st.booleans(), offer=st.booleans())
    def receive(self, wait, email, offer):
        if App.objects.count() > 7:
            return
        self.n += 1
        new = App(site=self.site, name=f"Navn{self.n} Fjell", email=f"p{self.n}@example.org" if email else "",
                  phone="" if email else "+4741234567", language="nb", consent_text="x", consented_at=timezone.now(),
                  offer=self.offer if offer else None, on_waiting_list=offer)
        act.receive(new)
        if wait:
            self.do(actions.hold_conversation, new, {}, user=self.user, version=new.version, waits=True)

    @rule(i=I, status=st.sampled_from(list(Status)), reason=st.sampled_from(["", *ClosingReason]))
    def change_status(self, i, status, reason):
        if p := self.person(i):
            if p.handed_over_at:  # no view gets there
                return
            self.do(act.change_status, p, status, reason=reason if status == "closed" else "", **self.see(p))

    @rule(i=I)
    def reopen(self, i):
        if (p := self.person(i)) and not p.handed_over_at:
            self.do(act.change_status, p, "contacted", **self.see(p))

    @rule(i=I, reached=st.booleans())
    def log_call(self, i, reached):
        if p := self.person(i):
            self.do(act.log_call, p, reached=reached, **self.see(p))

    @rule(i=I, on=st.sampled_from([None, 0, 3]))
    def follow_up(self, i, on):
        if p := self.person(i):
            self.do(act.set_follow_up, p, make.days(on) if on is not None else None, **self.see(p))

    @rule(i=I, waits=st.booleans(), j=I, apart=st.booleans(), age=st.sampled_from(["", "0-12", "25-34"]))
    def conversation(self, i, waits, j, apart, age):
        p, q = self.person(i), self.person(j)
        if not p or p.handed_over_at:
            return
        if waits and (p.status in ("proposed", "placed") or age == "0-12"):
            waits = False  # the form refuses it
        others = [q] if apart and q != p and not q.handed_over_at and q.is_open else []
        self.do(actions.hold_conversation, p, {"agreed": "x", "age_band": age}, waits=waits, apart=others, **self.see(p))

    @rule(ixs=st.lists(I, max_size=5, unique=True), most=st.integers(1, 4), least=st.integers(1, 2), offer=st.booleans())
    def form(self, ixs, most, least, offer):
        if SelfHelpGroup.objects.count() > 2:
            return
        pool = list(App.objects.filter(status="waiting", handed_over_at=None).order_by("pk"))
        people = [pool[i % len(pool)] for i in ixs] if pool else []
        people = list(dict.fromkeys(people))
        g = SelfHelpGroup(site=self.site, name="x", most=most, least=min(least, most), venue="Storgata 1", offer=self.offer if offer else None)
        self.do(actions.form, g, people, user=self.user)

    @rule(i=I, j=I)
    def propose(self, i, j):
        g, p = self.group(i), self.person(j)
        if g and p:
            self.do(actions.propose, g, p, user=self.user)

    @rule(i=I, what=st.sampled_from(sorted(ANSWERS)))
    def answer_for(self, i, what):
        if pl := self.placement(i):
            self.do(actions.answer_for, pl, what, user=self.user, turn=pl.turn)

    @rule(i=I)
    def accept(self, i):
        pls = list(Placement.objects.filter(status="proposed").order_by("pk"))
        if pls:
            self.do(actions.accept, pls[i % len(pls)])

    @rule(i=I, said=st.sampled_from(["yes", "no", "other"]))
    def answer_by_link(self, i, said):
        if pl := self.placement(i):
            pl = links.opened(links.token_of(pl))
            if pl:
                self.do(answering._do, pl, str(pl.turn), said)

    @rule(i=I, days=st.integers(0, 9))
    def propose_start_up(self, i, days):
        if g := self.group(i):
            self.do(actions.propose_start_up, g, make.moment(days, 18), user=self.user, version=g.version)

    @rule(i=I)
    def all_agree_and_start(self, i):
        """A short cut through the middle of the way."""
        if not (g := self.group(i)):
            return
        for pl in g.placements.filter(status="proposed"):
            self.do(actions.accept, pl)
        g.refresh_from_db()
        self.do(actions.propose_start_up, g, timezone.now(), user=self.user, version=g.version)
        for pl in g.placements.filter(status="accepted"):
            self.do(actions.answer_start_up, pl, True)
        g.refresh_from_db()
        self.do(actions.start, g, list(g.placements.filter(status="accepted")), user=self.user, version=g.version)

    @rule(i=I, came=st.lists(st.booleans(), min_size=5, max_size=5), waits=st.lists(st.booleans(), min_size=5, max_size=5))
    def start(self, i, came, waits):
        if g := self.group(i):
            acc = list(g.placements.filter(status="accepted"))
            c = [p for p, yes in zip(acc, came) if yes]
            w = [p for p, yes in zip(acc, waits) if yes and p not in c]
            self.do(actions.start, g, c, w, user=self.user, version=g.version)

    @rule(i=I)
    def hand_over(self, i):
        if g := self.group(i):
            self.do(actions.hand_over, g, user=self.user, version=g.version)

    @rule(i=I)
    def end(self, i):
        if g := self.group(i):
            self.do(actions.end, g, user=self.user, version=g.version)

    @rule(i=I, most=st.integers(1, 6), least=st.integers(1, 2))
    def change(self, i, most, least):
        if g := self.group(i):
            self.do(actions.change, g, {"most": most, "least": min(least, most)}, user=self.user, version=g.version)

    @rule(i=I, j=I)
    def merge(self, i, j):
        a, b = self.person(i), self.person(j)
        if a and b and a != b and not a.handed_over_at and not b.handed_over_at:
            self.do(duplicates.merge, a, b, user=self.user, version=a.version, other_version=b.version)

    @rule(i=I, email=st.sampled_from(["", "ny@example.org", "ny2@example.org"]))
    def correct(self, i, email):
        if (p := self.person(i)) and not p.handed_over_at:
            self.do(act.correct, p, {"email": email, "phone": "+4741234567"}, **self.see(p))

    @rule(i=I, consents=st.booleans())
    def point_on(self, i, consents):
        if (p := self.person(i)) and not p.handed_over_at:
            self.do(actions.point_on, p, self.partner, consents=consents, by_mail=True, **self.see(p))

    @rule(i=I)
    def erase(self, i):
        if p := self.person(i):
            self.do(retention.erase, p)

    @rule(down=st.booleans())
    def send(self, down):
        real = sent_mail.EmailMessage.send
        if down:
            def refuse(self, *a, **k):
                raise OSError
            sent_mail.EmailMessage.send = refuse
        try:
            mail.send_due()
        finally:
            sent_mail.EmailMessage.send = real

    @rule(days=st.sampled_from([1, 6, 31]))
    def time_passes(self, days):
        self.tm.stop()
        self.now += timedelta(days=days)
        self.tm = time_machine.travel(self.now, tick=True)
        self.tm.start()

    @rule()
    def tend(self):
        actions.expire_lapsed()
        actions.ask_reserves()
        actions.delete_names_due()

    # invariants
    def check(self, name, cond, *what):
        if name not in KNOWN:
            assert cond, (name, *what)

    @invariant()
    def places(self):
        for g in SelfHelpGroup.objects.all():
            n = g.placements.holding().count()
            if g.status in ("forming", "ready"):
                self.check("count_filling", g.places_taken == n, g.status, g.places_taken, n)
            elif g.status == "started":
                self.check("count_started", g.places_taken == n, g.places_taken, n)
            elif not g.names_deleted_at:
                self.check("count_gone", g.places_taken == n, g.status, g.places_taken, n)
            self.check("most", g.places_taken <= g.most)
            if g.status == "ended" or g.status == "on_its_own":
                left = g.placements.filter(status__in=["proposed", "accepted", "waiting"])
                self.check("ended_holds", not left.exists(), g.status, list(left.values_list("status", flat=True)))
            if g.status == "started":
                left = g.placements.filter(status__in=["proposed", "waiting"])
                self.check("started_hangs_on", not left.exists(), list(left.values_list("status", flat=True)))
            if g.status == "ready":
                n = g.placements.filter(status="accepted", agrees=True).count()
                self.check("ready_enough", n >= g.least and g.start_up_at, n, g.least)
            if g.status == "forming" and g.start_up_at:
                n = g.placements.filter(status="accepted", agrees=True).count()
                self.check("forming_but_ready", n < g.least, n, g.least)
            if g.status == "forming" or g.status == "ready":
                # a free place and somebody on the list who could be asked
                if g.places_left:
                    from groups.actions.in_line import _who_may_come, reserves
                    who = list(_who_may_come(g, reserves(g)))
                    self.check("free_and_waiting", not who or self.tended_not_yet(g, who), g.places_left, who)

    def tended_not_yet(self, g, who):
        return "free_and_waiting_strict" not in os.environ.get("STRICT", "")

    @invariant()
    def persons(self):
        for a in App.objects.all():
            pls = list(a.placements.select_related("group"))
            hold = [p for p in pls if p.status in ("proposed", "accepted")]
            self.check("two_places", len(hold) <= 1)
            started = [p for p in pls if p.status == "started"]
            running = [p for p in started if p.group.status == "started"]
            self.check("started_and_held", not (running and hold), a.status)
            self.check("two_started", len(running) <= 1, len(running))
            want = {"proposed": "proposed", "placed": "accepted"}.get(a.status)
            got = hold[0].status if hold else None
            self.check("status_agrees", got == want, a.status, got)
            if a.is_open:
                self.check("open_hidden", a.handed_over_at is None, a.status)
                self.check("open_duplicate", a.duplicate_of_id is None)
                self.check("open_in_started", not running, a.status)
                lost = a.status not in ("waiting",) and not hold and a.follow_up_on is None and a.last_step_at > timezone.now()
                self.check("lost", not lost, a.status)
                if a.status == "placed" and hold[0].group.status == "started":
                    self.check("kept_called", a.follow_up_on is not None)
                self.check("no_reason_open", a.closing_reason == "" and a.closed_at is None)
                self.check("emptied_open", a.anonymised_at is None)
            else:
                self.check("closed_waits", not [p for p in pls if p.status == "waiting"])
                self.check("closed_follow_up", a.follow_up_on is None, a.closing_reason)
                if a.closing_reason == "started" :
                    pass
            if a.duplicate_of_id:
                self.check("dup_closed", not a.is_open)

    @invariant()
    def apart(self):
        # two who must not meet never both *accepted/started* unless paired after
        pass

    @invariant()
    def letters(self):
        for row in App._meta.get_field("mails").related_model.objects.select_related("application"):
            if row.status in (MailStatus.QUEUED, MailStatus.SENDING):
                a = row.application
                self.check("mail_address", row.to == a.email, row.kind, row.to, a.email)
                link = re.search(r"/svar/([^/]+)/", row.body)
                if link:
                    pl = links.opened(link[1])
                    self.check("mail_dead_link", pl is not None, row.kind, a.status)
                    if pl:
                        page = answering._page_of(pl)
                        self.check("mail_gone_page", page is not answering.GONE, row.kind, a.status, pl.status)
                        if row.kind == "place":
                            self.check("mail_place_stale", pl.status in ("proposed",), row.kind, a.status, pl.status)

    @invariant()
    def tallies(self):
        self.check("tally_neg", not Tally.objects.filter(count__lt=1).exists())
        n = Counter()
        for e, c in Tally.objects.filter(queue="groupapplication", dimension="").values_list("event", "count"):
            n[e] += c
        rec = n["received"]
        for e in ("contacted", "conversation", "waiting", "proposed", "placed", "started"):
            self.check("once_each", n[e] <= rec, e, n[e], rec)
        self.check("came_back", n["came_back"] <= n["closed"] + n["duplicate"], dict(n))
        gone = n["started"] + n["closed"] + n["duplicate"] - n["came_back"]
        self.check("gone_le_rec", gone <= rec, dict(n))
        # those not gone must be open, or erased while open
        open_ = App.objects.open().count()
        started_again = sum(1 for a in App.objects.open() if "started" in a.counted)
        self.check("balance_low", rec - gone <= open_ + self.open_erased(n), dict(n), open_)

    def open_erased(self, n):
        # erased ones: unknown, allow those that were received and are no more
        return n["received"] - App.objects.count()


@pytest.mark.django_db
def test_machine(centre):
    WORLD.update(site=centre.site, user=make.UserFactory(is_superuser=True),
                 offer=make.GroupOfferPageFactory(parent=centre.nb.groups), partner=make.OrganisationFactory())
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", 60)), stateful_step_count=int(os.environ.get("STEPS", 25)),
            deadline=None, suppress_health_check=list(HealthCheck), database=None, print_blob=False,
            report_multiple_bugs=False,
        ),
    )
