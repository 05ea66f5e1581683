"""Several people signed up at once by their organisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.signup.forms.network import PeopleFormSet
from network.models import NetworkApplication, Nominee
from network.queue.people import LEAST, MORE, MOST
from tests.home.signup.visitor import fields, form_of, problems


def rows(response):
    return sum(1 for name in fields(response) if name.startswith("people-") and "-name" in name)


def named(count, start=0):
    return {f"people-{n}-name": f"Igangsetter {n}" for n in range(start, start + count)}


def test_there_are_at_least_five_rows(visitor):
    assert rows(visitor.open(interest="network")) == LEAST == 5


def test_more_rows_come_on_demand_and_everything_stays(visitor):
    data = visitor.fill_in("network", name="", phone="nei", **named(5), more_people="1")
    response = visitor.send(data, after=0)
    assert rows(response) == 5 + MORE
    assert not problems(response)
    shown = fields(response)
    assert shown["phone"] == ["nei"]
    assert shown["people-4-name"] == ["Igangsetter 4"]
    assert shown["consent"] == ["on"]
    assert not NetworkApplication.objects.exists()


def test_the_rows_added_are_saved_with_the_others(visitor):
    data = visitor.fill_in("network", **named(5), more_people="1")
    more = fields(visitor.send(data, after=0)) | named(3, start=5)
    assert visitor.send(more).status_code == 303
    assert [person.name for person in Nominee.objects.all()] == [
        f"Igangsetter {n}" for n in range(8)
    ]


def test_more_and_more_rows(visitor):
    data = visitor.fill_in("network", more_people="1")
    again = {**fields(visitor.send(data, after=0)), "more_people": "1"}
    assert rows(visitor.send(again, after=0)) == 5 + 2 * MORE


def test_the_page_opens_again_at_the_first_new_row(visitor):
    button = form_of(visitor.open(interest="network")).find(attrs={"name": "more_people"})
    address, fragment = button["formaction"].split("#")
    again = visitor.send(visitor.fill_in("network", **named(2), more_people="1"), after=0)
    assert address == "?interest=network"
    assert form_of(again).find(id=fragment)["name"] == f"people-{LEAST}-name"


def test_there_is_an_end_to_the_rows(visitor):
    data = visitor.fill_in("network", **named(48), more_people="1")
    response = visitor.send(data, after=0)
    assert rows(response) == MOST
    assert not form_of(response).find(attrs={"name": "more_people"})


def test_the_rows_stay_as_many_when_something_is_wrong(visitor):
    blank = {f"people-{n}-name": "" for n in range(10)}
    assert rows(visitor.sign_up("network", name="", **blank)) == 10


def test_too_many_people_are_all_kept_and_the_limit_is_told(visitor):
    response = visitor.sign_up("network", **named(MOST + 1))
    assert str(MOST) in problems(response)["send"]
    assert fields(response)[f"people-{MOST}-name"] == [f"Igangsetter {MOST}"]
    assert visitor.sign_up("network", **named(MOST)).status_code == 303


def test_whoever_has_anything_filled_in_needs_a_name(visitor):
    response = visitor.sign_up("network", **{"people-2-role": "leder"})
    assert list(problems(response)) == ["id_people-0-name"]


def test_a_way_to_reach_them_is_not_needed(visitor):
    visitor.sign_up("network", **named(1))
    person = Nominee.objects.get()
    assert (person.email, person.phone) == ("", "")


def test_nobody_but_the_contact_person_is_fine(visitor):
    visitor.sign_up("network", **{"people-0-name": "  "})
    assert NetworkApplication.objects.count() == 1
    assert not Nominee.objects.exists()


@given(
    st.dictionaries(
        st.integers(0, 999_999), st.sampled_from(["name", "email", "phone", "role"]), max_size=60
    )
)
def test_gaps_and_odd_numbers_close_up(sent):
    data = {f"people-{index}-{field}": f"{index}" for index, field in sent.items()}
    forms = PeopleFormSet(data)
    assert [form.number for form in forms] == list(range(1, len(forms) + 1))
    assert len(forms) == max(LEAST, len(sent))
    written = [form[sent[index]].value() for form, index in zip(forms, sorted(sent), strict=False)]
    assert written == [str(index) for index in sorted(sent)]


@pytest.mark.parametrize("name", ["people--1-name", "people-x-name", "people-0-iq", "people-0"])
def test_other_names_are_passed_over(name):
    assert not any(form.has_changed() for form in PeopleFormSet({name: "x"}))
