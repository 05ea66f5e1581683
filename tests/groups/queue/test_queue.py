"""The group queue as a coordinator works it, through the admin's own addresses."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from groups.models import GroupApplication, Placement, PlacementStatus
from home import roles
from linksite.intake import actions
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.html import soup
from tests.queues import GROUP_QUEUE, act, content, logged_in, page_of


@pytest.fixture
def kari(db):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR, first_name="Kari")


def listed(client, query=""):
    """Return the names in the list, in its order."""
    rows = client.get(f"{GROUP_QUEUE}{query}").context["object_list"]
    return [application.name for application in rows]


def test_newest_first_and_the_longest_waiting_first_on_demand(kari):
    for name, hours in (("Per", 5), ("Ida", 1), ("Bo", 9)):
        make.GroupApplicationFactory(
            name=name, submitted_at=make.timezone.now() - make.timedelta(hours=hours)
        )
    assert listed(kari) == ["Ida", "Per", "Bo"]
    assert listed(kari, "?ordering=submitted_at") == ["Bo", "Per", "Ida"]


def test_a_row_says_how_long_who_and_what_for(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa")
    make.GroupApplicationFactory(
        overdue=True, offer=offer, on_waiting_list=True, assigned_to=kari.user
    )
    page = content(kari.get(GROUP_QUEUE))
    for text in ("Overdue", "Tirsdagsgruppa", "waiting list", "Kari Fjell"):
        assert text in page


def test_the_page_says_which_place_on_the_waiting_list(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa")
    waiting = {"offer": offer, "on_waiting_list": True}
    _first, second = (make.GroupApplicationFactory(**waiting) for _ in range(2))
    assert "Tirsdagsgruppa (number 2 on the waiting list)" in content(kari.get(page_of(second)))
    for elsewhere in ({"offer": offer}, {**waiting, "placed": True}):
        page = content(kari.get(page_of(make.GroupApplicationFactory(**elsewhere))))
        assert "on the waiting list)" not in page


def test_an_offer_that_is_gone_leaves_the_application(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    make.GroupApplicationFactory(name="Ida", offer=offer)
    offer.delete()
    assert listed(kari) == ["Ida"]


def test_the_list_asks_the_database_the_same_however_many_rows(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    staff = make.UserFactory(role=roles.GROUP_COORDINATOR)
    counts = []
    for rows in (1, 49):
        make.GroupApplicationFactory.create_batch(
            rows, offer=offer, assigned_to=staff, area=make.AreaFactory(), overdue=True
        )
        kari.get(GROUP_QUEUE)
        with CaptureQueriesContext(connection) as queries:
            kari.get(GROUP_QUEUE)
        counts.append(len(queries))
    # Two for the settings, which decide what is overdue, and one for the user's own views.
    assert counts[0] == counts[1] <= 20


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?status=new", ["Ny", "Sen"]),
        ("?status=open", ["Ny", "Sen", "Mi"]),
        ("?status=closed", ["Ferdig"]),
        ("?status=waiting", ["Mi"]),
        ("?due=overdue", ["Sen"]),
        ("?due=today", ["Mi"]),
        ("?due=none", ["Ny", "Sen"]),
        ("?assigned_to=nobody", ["Ny", "Sen", "Ferdig"]),
        ("?received_to=2020-01-01", []),
        ("?language=nn", ["Mi"]),
        ("?on_waiting_list=true", ["Mi"]),
        ("?status=nonsense", []),
        ("?assigned_to=999999", []),
    ],
)
def test_filters_live_in_the_address(kari, query, names):
    fields = {"status": Status.WAITING, "language": "nn", "on_waiting_list": True}
    make.GroupApplicationFactory(name="Ferdig", closed=True, submitted_at=make.moment(-20))
    make.GroupApplicationFactory(
        name="Mi",
        assigned_to=kari.user,
        submitted_at=make.moment(-15),
        follow_up_on=make.days(0),
        **fields,
    )
    make.GroupApplicationFactory(name="Sen", overdue=True)
    make.GroupApplicationFactory(name="Ny")
    assert listed(kari, query) == names


@pytest.mark.parametrize(("value", "said"), [("true", "Ja"), ("false", "Nei")])
def test_a_yes_or_no_in_force_is_said_in_the_users_language(kari, value, said):
    UserProfile.objects.filter(user=kari.user).update(preferred_language="nb")
    page = soup(kari.get(f"{GROUP_QUEUE}?on_waiting_list={value}"))
    [pill] = page.select(".w-active-filters .w-pill")
    assert pill.get_text(" ", strip=True).startswith(f"På venteliste: {said}")


def test_filters_by_who_offer_topic_and_area(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    topic, area = make.TopicFactory(), make.AreaFactory()
    make.GroupApplicationFactory(name="Ola")
    make.GroupApplicationFactory(
        name="Ida", offer=offer, topics=[topic], area=area, assigned_to=kari.user
    )
    for query in (
        f"assigned_to={kari.user.pk}",
        f"offer={offer.pk}",
        f"topics={topic.pk}",
        f"area={area.pk}",
    ):
        assert listed(kari, f"?{query}") == ["Ida"]
    assert listed(kari, "?offer=any") == ["Ola"]


@pytest.mark.parametrize(("hours", "is_listed"), [(-30, True), (-1, True), (23, True), (25, False)])
def test_filter_by_places_about_to_expire(kari, hours, is_listed):
    application = make.GroupApplicationFactory(name="Ida", proposed=True)
    place = Placement.objects.create(
        group=make.SelfHelpGroupFactory(),
        application=application,
        status=PlacementStatus.PROPOSED,
        reply_by=make.timezone.now() + make.timedelta(hours=hours),
    )
    assert listed(kari, "?place=running_out") == ["Ida"] * is_listed
    place.status = PlacementStatus.ACCEPTED
    place.save()
    assert listed(kari, "?place=running_out") == []


def test_the_waiting_list_is_named_only_while_somebody_is_on_it(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa")
    waiting = {"offer": offer, "on_waiting_list": True}
    make.GroupApplicationFactory(**waiting, placed=True)
    make.GroupApplicationFactory(**waiting, closed=True)
    assert "(waiting list)" not in content(kari.get(GROUP_QUEUE))
    make.GroupApplicationFactory(**waiting, waiting=True)
    assert "(waiting list)" in content(kari.get(GROUP_QUEUE))


def test_each_quick_view_is_an_address_that_says_it_is_shown(kari):
    make.GroupApplicationFactory()
    views = list(kari.get(GROUP_QUEUE).context["view"].quick_views)
    for view in views:
        shown = kari.get(view["url"]).context["view"].quick_views
        assert [other["url"] for other in shown if other["is_shown"]] == [view["url"]]


def test_who_is_to_be_called_next_has_waited_longest(kari):
    waiting = [
        make.GroupApplicationFactory(waiting=True, submitted_at=make.moment(-days))
        for days in (20, 40, 30)
    ]
    views = kari.get(GROUP_QUEUE).context["view"].quick_views
    urls = [view["url"] for view in views if "ordering" in view["url"]]
    assert len(urls) == 3
    for application in waiting:
        application.follow_up_on = make.days(-1)
        application.save()
    for url in urls:
        rows = list(kari.get(url).context["object_list"])
        assert rows == [waiting[1], waiting[2], waiting[0]]


@pytest.mark.parametrize(
    "query",
    ["åse", "ÅSE", "Åse Lind", "lind åse", "aase@", "41 23 45 67", "+47 412", "0047 41234567"],
)
def test_search_finds_by_what_people_say(kari, query):
    make.GroupApplicationFactory(name="Åse Marie Lind", email="aase@example.org")
    make.GroupApplicationFactory(name="Bo", email="bo@example.org", phone="+4799887766")
    assert listed(kari, f"?q={query.replace('+', '%2B')}") == ["Åse Marie Lind"]


def test_search_finds_the_reference_however_it_is_written(kari):
    application = make.GroupApplicationFactory(name="Ida")
    make.GroupApplicationFactory(name="Bo")
    letters = application.reference.replace("-", "")
    for spelling in (
        application.reference,
        letters,
        letters.lower(),
        f" {letters[:3]} {letters[3:]}",
    ):
        assert listed(kari, f"?q={spelling}") == ["Ida"]


@pytest.mark.parametrize("query", ['"', "%", "_", "%00", "'", "\\", "''", "æ" * 500, "--", "("])
def test_search_survives_what_it_does_not_understand(kari, query):
    make.GroupApplicationFactory(name="Ida")
    response = kari.get(GROUP_QUEUE, {"q": "\0" if query == "%00" else query})
    assert response.status_code == 200


def test_a_wildcard_is_an_ordinary_character(kari):
    make.GroupApplicationFactory(name="Ida")
    assert listed(kari, "?q=%25") == [] == listed(kari, "?q=_")


def export_csv(client, query=""):
    response = client.get(f"{GROUP_QUEUE}?export=csv&{query}")
    text = content(response).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_holds_what_the_list_shows_with_related_names(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa")
    make.GroupApplicationFactory(
        name='=HYPERLINK("http://x")',
        offer=offer,
        topics=[make.TopicFactory(name="Sorg"), make.TopicFactory(name="Angst")],
        area=make.AreaFactory(name="Nordsiden"),
        availability=["mon", "weekend"],
        assigned_to=kari.user,
    )
    make.GroupApplicationFactory(closed=True)
    [row] = export_csv(kari, "status=open")
    values = list(row.values())
    assert '\'=HYPERLINK("http://x")' in values
    for value in ("Tirsdagsgruppa", "Nordsiden", kari.user.username, "41234567"):
        assert value in values
    # In the user's language, although the rows are sent after the view has returned.
    for value in ("New", "Monday evening, At the weekend", "Sorg (English), Angst (English)"):
        assert value in values


def test_xlsx_holds_the_same(kari):
    make.GroupApplicationFactory(name="=1+1")
    response = kari.get(f"{GROUP_QUEUE}?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content)))["1"]
    [name] = [cell for cell in sheet[2] if cell.value == "=1+1"]
    assert name.data_type == "s"


def test_an_export_asks_the_database_the_same_however_many_rows(kari):
    topic, counts = make.TopicFactory(), []
    for rows in (1, 30):
        make.GroupApplicationFactory.create_batch(rows, topics=[topic])
        with CaptureQueriesContext(connection) as queries:
            export_csv(kari)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_export_is_logged_by_filter_names_never_by_values(kari):
    make.GroupApplicationFactory.create_batch(3, name="Ida")
    make.GroupApplicationFactory(name="Bo")
    export_csv(kari, "q=Ida&status=new")
    [entry] = ModelLogEntry.objects.filter(action="intake.export")
    data = {"format": "csv", "count": 3, "filters": ["status", "search"]}
    assert (entry.user, entry.data) == (kari.user, data)
    assert "Ida" not in f"{entry.label}{entry.message}"
    assert entry.content_type.model_class() is GroupApplication
    history = content(logged_in(roles.PRIVACY_OFFICER).get("/admin/reports/site-history/"))
    assert "Exported: 3 (filters: status, search)" in history


def test_nonsense_in_a_filter_exports_nothing_rather_than_everything(kari):
    make.GroupApplicationFactory()
    assert export_csv(kari, "status=nonsense") == []


def test_the_page_shows_everything_about_it(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa")
    application = make.GroupApplicationFactory(
        name="Åse <Lind>",
        offer=offer,
        topics=[make.TopicFactory(name="Sorg")],
        availability=["mon"],
        contact_by="phone",
        message="Ring etter fire\n<script>",
    )
    application.mails.create(kind="receipt", to=application.email, subject="Mottatt", body="Takk")
    actions.add_note(application, "Ringte <b>i dag</b>", user=kari.user)
    page = content(kari.get(page_of(application)))
    for text in (
        "Åse &lt;Lind&gt;",
        'href="tel:+4741234567"',
        f'href="mailto:{application.email}"',
        "Do not leave a message",
        "Tirsdagsgruppa",
        "Sorg",
        "Monday evening",
        "Ring etter fire",
        "&lt;script&gt;",
        "Ringte &lt;b&gt;i dag",
        application.consent_text,
        "Mottatt",
    ):
        assert text in page


def test_each_opening_is_logged_and_listed(kari):
    application = make.GroupApplicationFactory()
    reader = logged_in(roles.PRIVACY_OFFICER, first_name="Pia")
    reader.get(page_of(application))
    assert "Pia Fjell" in content(kari.get(page_of(application)))
    entries = registry.get_logs_for_instance(application).filter(action="intake.view")
    assert [entry.user for entry in entries] == [kari.user, reader.user]


def test_a_page_shown_again_after_an_error_counts_as_read(kari):
    application = make.GroupApplicationFactory()
    act(kari, application, "step")
    assert registry.get_logs_for_instance(application).get().action == "intake.view"


def test_a_note_and_a_new_status_in_one_click(kari):
    application = make.GroupApplicationFactory()
    response = act(kari, application, "step", note="Ringte", status=Status.CONTACTED)
    assert response.status_code == 302 and response.url == page_of(application)
    application.refresh_from_db()
    assert application.status == Status.CONTACTED
    assert application.notes.get().text == "Ringte"


def test_closing_from_the_page_needs_a_reason_and_keeps_the_note(kari):
    application = make.GroupApplicationFactory()
    response = act(kari, application, "step", note="Fikk hjelp", status=Status.CLOSED)
    assert response.status_code == 422 and "Fikk hjelp" in content(response)
    assert "Choose why" in content(response)
    act(kari, application, "step", status=Status.CLOSED, reason=ClosingReason.WITHDREW)
    application.refresh_from_db()
    assert application.closing_reason == ClosingReason.WITHDREW


def test_a_reason_left_in_the_list_does_not_disturb_another_change(kari):
    application = make.GroupApplicationFactory()
    act(kari, application, "step", status=Status.CONTACTED, reason=ClosingReason.WITHDREW)
    application.refresh_from_db()
    assert (application.status, application.closing_reason) == (Status.CONTACTED, "")


def test_a_change_outside_the_table_is_explained_and_the_note_kept(kari):
    application = make.GroupApplicationFactory()
    response = act(kari, application, "step", note="Plass!", status=Status.PLACED)
    assert response.status_code == 409 and "Plass!" in content(response)
    assert not application.notes.exists()


@pytest.mark.parametrize(
    ("action", "data", "kept"),
    [
        ("step", {"note": "Min tekst", "status": "closed", "reason": "withdrew"}, "Min tekst"),
        ("assign", {"to": ""}, "Nobody"),
        ("follow_up", {"follow_up_on": make.days(9)}, make.days(9).isoformat()),
    ],
)
def test_two_people_at_the_same_application(kari, action, data, kept):
    application = make.GroupApplicationFactory()
    ola = make.UserFactory(role=roles.GROUP_COORDINATOR, first_name="Ola")
    actions.change_status(application, Status.CONTACTED, user=ola, version=1)
    response = act(kari, application, action, version=1, **data)
    page = content(response)
    assert response.status_code == 409
    assert "Nothing was saved" in page and "Ola Fjell" in page and kept in page
    application.refresh_from_db()
    assert (application.status, application.version) == (Status.CONTACTED, 2)
    assert not application.notes.exists()
    assert act(kari, application, action, version=2, **data).status_code == 302


def test_assign_to_me(kari):
    application = make.GroupApplicationFactory()
    act(kari, application, "assign", to=kari.user.pk)
    application.refresh_from_db()
    assert application.assigned_to == kari.user


def test_the_list_of_colleagues_holds_only_who_works_this_queue(kari):
    make.UserFactory(role=roles.NETWORK_COORDINATOR, first_name="Nina")
    page = content(kari.get(page_of(make.GroupApplicationFactory())))
    assert "Kari Fjell" in page and "Nina Fjell" not in page


@pytest.mark.parametrize("day", ["2020-01-01", "tull", "31.02.2026"])
def test_a_follow_up_date_must_make_sense(kari, day):
    application = make.GroupApplicationFactory()
    assert act(kari, application, "follow_up", follow_up_on=day).status_code == 422


@pytest.mark.parametrize("data", [{}, {"action": "delete"}, {"action": "step"}])
def test_a_tampered_form_does_nothing(kari, data):
    application = make.GroupApplicationFactory()
    assert kari.post(page_of(application), data).status_code in (400, 422)
    application.refresh_from_db()
    assert application.version == 1


def test_the_page_asks_the_database_little(kari):
    application = make.GroupApplicationFactory()
    for _ in range(10):
        actions.add_note(application, "Ringte", user=kari.user)
    kari.get(page_of(application))
    with CaptureQueriesContext(connection) as queries:
        kari.get(page_of(application))
    # Among them two for the settings, one each for the next and previous, two for duplicates.
    assert len(queries) <= 34


@pytest.mark.parametrize("above", [False, True])
def test_an_offer_somebody_applied_for_is_not_deleted(centre, above):
    editor = logged_in(roles.EDITOR)
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    make.GroupApplicationFactory(offer=offer)
    page = centre.nb.groups if above else offer
    response = editor.post(f"/admin/pages/{page.pk}/delete/", follow=True)
    assert "cannot be deleted" in content(response)
    editor.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", follow=True)
    assert type(page).objects.filter(pk=page.pk).exists()


def test_an_offer_nobody_applied_for_is_deleted(centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    make.GroupApplicationFactory()
    logged_in(roles.EDITOR).post(f"/admin/pages/{offer.pk}/delete/")
    assert not type(offer).objects.filter(pk=offer.pk).exists()


@pytest.fixture(params=["topic", "area"])
def chosen(request, db):
    """A topic, or an area, that an application names."""
    thing = {"topic": make.TopicFactory, "area": make.AreaFactory}[request.param]()
    fields = {"topics": [thing]} if request.param == "topic" else {"area": thing}
    make.GroupApplicationFactory(name="Ida", **fields)
    return thing


def delete(client, thing):
    """Return what a user is told who deletes a snippet, alone and then together with another."""
    label = f"groups/{thing._meta.model_name}"
    other = type(thing).objects.create(name="Ingen", slug="ingen")
    alone = client.post(f"/admin/snippets/{label}/delete/{thing.pk}/", follow=True)
    query = f"id={other.pk}&id={thing.pk}"
    many = client.post(f"/admin/bulk/{label}/delete/?{query}", follow=True)
    return content(alone), content(many)


def test_what_somebody_chose_is_not_deleted(chosen):
    for page in delete(logged_in(roles.EDITOR), chosen):
        assert "cannot be deleted" in page
        assert "Ida" not in page
    assert type(chosen).objects.filter(pk=chosen.pk).exists()


def test_what_nobody_chose_is_deleted(chosen):
    GroupApplication.objects.all().delete()
    delete(logged_in(roles.EDITOR), chosen)
    assert not type(chosen).objects.filter(pk=chosen.pk).exists()


@pytest.mark.parametrize(("verified", "answer"), [(True, "Yes"), (False, "No")])
def test_staff_see_whether_the_robot_check_was_passed(kari, verified, answer):
    application = make.GroupApplicationFactory(verified=verified)
    page = content(kari.get(page_of(application)))
    assert f"Passed the robot check: {answer.lower()}." in page
    assert ("does not mean it was a robot" in page) is not verified
    [row] = export_csv(kari)
    assert row["Passed the robot check"] == answer


def test_a_colleague_who_is_gone_leaves_nobody_behind(kari):
    gone = make.UserFactory(first_name="Gunnar", last_name="Borte")
    open_one = make.GroupApplicationFactory(assigned_to=gone)
    closed = make.GroupApplicationFactory(assigned_to=gone, closed=True)
    gone.is_active = False
    gone.save()
    open_one.refresh_from_db()
    closed.refresh_from_db()
    assert (open_one.assigned_to, closed.assigned_to) == (None, gone)
    assert open_one.reference in content(kari.get(f"{GROUP_QUEUE}?assigned_to=nobody"))
    assert "Gunnar Borte" in content(kari.get(GROUP_QUEUE))
    assert closed.reference in content(kari.get(f"{GROUP_QUEUE}?assigned_to={gone.pk}"))
    assert "Assigned to nobody" in content(kari.get(page_of(open_one)))
