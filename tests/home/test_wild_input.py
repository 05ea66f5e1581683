"""Whatever is sent to whatever address: an answer, never an error of ours."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import GroupApplication
from network.models import NetworkApplication
from tests import factories as make

WILD = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ODD = [
    "",
    " ",
    "\0",
    "\x0b",
    "\u200b",
    "\u202e",
    "\ud800".encode("utf-8", "replace").decode(),
    "é",
    "e\u0301",
    "😀",
    "-1",
    "0",
    "1",
    "9" * 19,
    "9" * 400,
    "1e9",
    "NaN",
    "x" * 5000,
    "ord " * 300,
    "'",
    '"',
    "%",
    "\\",
    "1' OR '1'='1",
    "../../etc/passwd",
    "<script>",
    "{{7*7}}",
    "null",
    "true",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "2026-11",
    "[]",
    "{}",
    "nobody",
    "none",
    "kl 25",
]
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=60))
NAMES = [
    "q",
    "p",
    "page",
    "topic",
    "topics",
    "area",
    "place",
    "offer",
    "meeting",
    "interest",
    "language",
    "status",
    "due",
    "mail",
    "assigned_to",
    "received_from",
    "received_to",
    "ordering",
    "on_waiting_list",
    "first",
    "last",
    "compare",
    "year",
    "when",
    "next",
    "id",
    "export",
    "view",
    "kind",
    "weekday",
    "organisation",
    "timestamp_from",
    "timestamp_to",
    "label",
    "user",
    "action",
    "object_type",
    "name",
    "consent",
    "email",
    "phone",
    "form_token",
    "age_band",
    "availability",
    "people-0-name",
    "people-999999-name",
    "version",
    "seen",
    "csrf",
]
sent = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=12)),
    st.lists(texts, min_size=1, max_size=3),
    max_size=5,
)
PUBLIC = [
    "/nb/",
    "/en/artikler/",
    "/nb/artikler/",
    "/nb/grupper/",
    "/nb/nettverk/",
    "/nb/pamelding/",
    "/nb/search/",
    "/nb/feed/rss.xml",
    "/en/feed/atom.xml",
    "/nb/svar/tull/",
    "/nb/svar/tull/avtale.ics",
    "/nb/pamelding/receipt/tull/",
    "/sitemap.xml",
    "/nowhere/",
    "/admin/login/",
]
LISTS = [
    "group_applications:index",
    "group_applications:index_results",
    "network_applications:index",
    "self_help_groups:index",
    "self_help_groups:meetings",
    "network_meetings:index",
    "initiators:index",
    "groups_board:index",
    "figures",
    "wagtailadmin_home",
    "wagtailadmin_reports:site_history",
    "group_applications:add",
    "network_applications:add",
    "initiators:add",
]


def no_error(response):
    for part in response.streaming_content if response.streaming else ():
        assert part is not None
    assert response.status_code < 500, response.status_code


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_takes_anything(client, centre, address):
    make.GroupOfferPageFactory(parent=centre.nb.groups, slug="sorg")
    make.NetworkMeetingPageFactory(parent=centre.nb.network)

    @WILD
    @given(sent)
    def ask(data):
        no_error(client.get(address, data))
        no_error(client.post(address, data))

    ask()


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("address", ["/nb/svar/{}/", "/nb/pamelding/receipt/{}/", "/nb/{}/", "/{}"])
def test_any_path_is_answered(client, centre, address, text):
    no_error(client.get(address.format(text)))


@pytest.fixture
def staff(client, centre):
    client.force_login(make.UserFactory(is_superuser=True))
    make.GroupApplicationFactory()
    make.NetworkApplicationFactory(people=1)
    make.SelfHelpGroupFactory()
    return client


@pytest.mark.parametrize("name", LISTS)
def test_a_list_or_form_of_the_admin_takes_anything(staff, name):
    address = reverse(name)

    @WILD
    @given(sent)
    def ask(data):
        no_error(staff.get(address, data))
        no_error(staff.post(address, data))

    ask()


ANSWERS = """to note call status reason follow_up_on why lead call_on in_queue name email phone kind
body subject partner consented by_mail agreed""".split()
PAGES = [
    *(
        f"{queue}:{name}"
        for queue in ("group_applications", "network_applications")
        for name in ("inspect", "correct", "write")
    ),
    "group_applications:conversation",
    "group_applications:not_us",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_an_application_take_anything(staff, name):
    model = GroupApplication if name.startswith("group") else NetworkApplication
    application = model.objects.get()
    kind = ["not_reached"] if name.endswith("write") else []
    address = reverse(name, args=[application.pk, *kind])
    actions = st.sampled_from(["step", "assign", "follow_up", "x", ""])
    answers = st.dictionaries(st.sampled_from(ANSWERS), texts, max_size=5)

    @WILD
    @given(sent, answers, actions)
    def ask(data, said, action):
        no_error(staff.get(address, data))
        application.refresh_from_db()
        known = {"version": application.version, "action": action}
        no_error(staff.post(address, {**data, **known, **said}))

    ask()
