"""What somebody sees when something is missing, and that nothing typed is lost."""

import re

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groups.models import GroupApplication
from home.signup.forms.group import GroupForm
from home.signup.forms.network import NetworkForm
from home.signup.targets import Target
from network.models import NetworkApplication
from network.organisation_numbers import WEIGHTS
from tests import factories as make
from tests.home.signup.visitor import fields, form_of, problems, soup

REACH = {"name": "Åse", "consent": "on"}
PEOPLE_TYPE_A_NUMBER = [
    "91234567",
    "912 34 567",
    "91 23 45 67",
    "912.34.567",
    "912-34-567",
    "(912) 34 567",
    "+47 912 34 567",
    "+4791234567",
    "0047 912 34 567",
    " 912\u00a034\u00a0567 ",
    "tlf 912 34 567",
    "९१२ ३४ ५६७",
]


def group_form(**data):
    return form_for(GroupForm, data)


def network_form(**data):
    return form_for(NetworkForm, data)


def form_for(form_class, data):
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent[name] = value
    return form_class(
        sent, target=Target(), consent_text="Ja.", page_language="nb", minimum_age=18, initial={}
    )


def test_the_least_is_a_name_a_way_to_reach_them_and_consent(visitor):
    response = visitor.sign_up("group", name="", phone="", consent="")
    assert response.status_code == 200
    assert list(problems(response)) == ["id_name", "id_phone", "id_consent"]
    assert not GroupApplication.objects.exists()


def test_an_email_address_alone_is_enough(visitor):
    assert visitor.sign_up("group", phone="", email="ase@example.org").status_code == 303


@pytest.mark.parametrize(
    ("contact_by", "given", "at"),
    [
        ("email", {"phone": "91234567"}, "id_email"),
        ("phone", {"email": "a@example.org", "phone": ""}, "id_phone"),
        ("text", {"email": "a@example.org", "phone": ""}, "id_phone"),
    ],
)
def test_the_way_they_prefer_has_to_be_given(visitor, contact_by, given, at):
    assert list(problems(visitor.sign_up("group", contact_by=contact_by, **given))) == [at]


def test_everything_typed_comes_back_with_the_errors(visitor):
    topic, area = make.TopicFactory(), make.AreaFactory()
    typed = {
        "name": "  Åse <b>Å</b> ",
        "email": "ase(at)example.org",
        "phone": "912 34",
        "contact_by": ["text"],
        "leave_message": ["on"],
        "language": ["en"],
        "message": "\nLinje 1\r\nLinje 2",
        "heard_from": ["gp"],
        "topics": [topic.slug],
        "area": [area.slug],
        "age_band": ["25-34"],
        "availability": ["mon", "fri"],
        "consent": ["on"],
    }
    response = visitor.sign_up("group", **typed)
    shown = fields(response)
    assert set(problems(response)) == {"id_email", "id_phone"}
    for name, value in typed.items():
        assert shown[name] == (value if isinstance(value, list) else [value]), name


def test_everything_typed_comes_back_from_the_network_form(visitor):
    typed = {
        "organisation": ["LMS"],
        "organisation_number": ["12345"],
        "organisation_kind": ["nav"],
        "cooperation": ["guidance"],
        "people-0-name": [""],
        "people-0-email": ["ikke en adresse"],
        "people-0-phone": ["12"],
        "people-0-role": ["leder"],
    }
    response = visitor.sign_up("network", **typed)
    shown = fields(response)
    assert {name: shown[name] for name in typed if shown[name] != [""]} == {
        name: value for name, value in typed.items() if value != [""]
    }
    assert set(problems(response)) == {
        "id_organisation_number",
        "id_people-0-name",
        "id_people-0-email",
        "id_people-0-phone",
    }


@pytest.mark.parametrize("interest", ["group", "network"])
def test_every_error_is_linked_announced_and_beside_its_field(visitor, interest):
    response = visitor.sign_up(
        interest,
        name="",
        phone="1",
        email="x",
        consent="",
        contact_by="pigeon",
        language="xx",
        **{"people-1-email": "y"},
    )
    page = soup(response)
    summary = page.find(id="errors")
    assert summary["tabindex"] == "-1" and summary.has_attr("autofocus")
    assert page.title.text.split()[0].endswith(":")
    found = problems(response)
    assert len(found) >= 6
    for target, message in found.items():
        control = page.find(id=target)
        assert control["aria-invalid"] == "true"
        group = control if control.has_attr("aria-describedby") else control.find_parent("fieldset")
        described = " ".join(
            page.find(id=reference).get_text(" ", strip=True)
            for reference in group["aria-describedby"].split()
        )
        assert message in described


def test_every_control_has_a_label_and_every_id_is_there_once(visitor):
    make.TopicFactory(), make.AreaFactory()
    for interest in ("group", "network"):
        page = soup(visitor.open(interest=interest))
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for control in form_of(visitor.open(interest=interest)).find_all(
            ["input", "select", "textarea"]
        ):
            if control.get("type") != "hidden":
                assert page.find("label", attrs={"for": control["id"]}), control
        for element in page.main.find_all(attrs={"aria-describedby": True}):
            assert all(page.find(id=part) for part in element["aria-describedby"].split())


@pytest.mark.parametrize("number", PEOPLE_TYPE_A_NUMBER)
def test_a_phone_number_as_people_type_it(db, number):
    form = group_form(**REACH, phone=number)
    assert not form.has_error("phone")
    assert form.cleaned_data["phone"].as_e164 == "+4791234567"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from("49"),
    rest=st.text("0123456789", min_size=7, max_size=7),
    blanks=st.lists(st.sampled_from(["", " ", "\u00a0", "-", "."]), min_size=8, max_size=8),
    country=st.sampled_from(["", "+47", "+47 ", "0047 "]),
)
def test_any_norwegian_mobile_number_with_any_spacing(db, start, rest, blanks, country):
    digits = start + rest
    typed = country + "".join(map("".join, zip(digits, blanks, strict=True)))
    form = group_form(**REACH, phone=typed)
    assert form.has_error("phone") or form.cleaned_data["phone"].as_e164 == f"+47{digits}"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_no_text_at_all_breaks_a_field(db, text):
    names = ["name", "email", "phone", "message", "contact_by", "language", "topics", "area"]
    form = group_form(**dict.fromkeys([*names, "age_band", "availability", "instead"], text))
    form.is_valid()
    assert list(form.problems()) or form.cleaned_data
    network = ["organisation", "organisation_number", "organisation_kind", "cooperation"]
    network_form(**dict.fromkeys([*network, "people-0-name", "people-0-phone"], text)).is_valid()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(categories=["L", "M", "Nd", "Pd"]), min_size=1, max_size=60))
@example("Ægir Ōyama-Šimić")
@example("ليلى")
@example("Nguyễn Thị")
@example("山田 太郎")
@example("Ŋállá O’Brien")
@example("X")
def test_a_name_in_any_script(db, name):
    form = group_form(**REACH | {"name": name}, phone="91234567")
    assert not form.has_error("name")
    assert form.cleaned_data["name"] == " ".join(name.split())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from(["", " ", "."]))
def test_organisation_numbers_are_checked_by_their_last_digit(db, eight, gap):
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, eight, strict=True))
    right = (11 - total % 11) % 11
    for last in range(10):
        typed = gap.join([eight[:3], eight[3:6], eight[6:] + str(last)])
        form = network_form(**REACH, phone="91234567", organisation_number=typed)
        assert form.has_error("organisation_number") is (last != right)
        if last == right:
            assert form.cleaned_data["organisation_number"] == f"{eight}{last}"


def test_a_message_that_is_too_long_is_kept_and_the_room_is_told(visitor):
    long = "å" * 5001
    response = visitor.sign_up("group", message=long)
    assert "5001" in problems(response)["id_message"] and "5000" in problems(response)["id_message"]
    assert fields(response)["message"] == [long]
    assert visitor.sign_up("group", message=long[1:]).status_code == 303


@pytest.mark.parametrize("interest", ["group", "network"])
def test_no_text_field_is_cut_by_the_browser(visitor, interest):
    assert not form_of(visitor.open(interest=interest)).find_all(maxlength=True)


def test_line_breaks_do_not_get_into_a_name(visitor):
    visitor.sign_up("group", name="Åse\r\nBcc: b@example.org")
    assert GroupApplication.objects.get().name == "Åse Bcc: b@example.org"


def test_an_organisation_without_a_number_is_no_partner(visitor):
    make.OrganisationFactory(number="")
    visitor.sign_up("network", organisation="Et lag", organisation_number="")
    assert NetworkApplication.objects.get().partner is None


def test_nobody_is_asked_for_a_reason(visitor):
    hint = soup(visitor.open(interest="group")).find(id="id_message_helptext").text
    assert re.search("need not say why|trenger ikke", hint)
