"""Makes the staff of the demo centre: one for each role, and one administrator."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from ... import roles

PASSWORD = "selvhjelp-demo"  # noqa: S105
ADMIN = "admin"
EVERYTHING = {"first_name": "Admin", "is_staff": True, "is_superuser": True}

#: User name: what they are called, and their role.
STAFF = {
    "gruppe": ("Signe", roles.GROUP_COORDINATOR),
    "nettverk": ("Jonas", roles.NETWORK_COORDINATOR),
    "redaktor": ("Mona", roles.EDITOR),
    "leder": ("Halvard", roles.MANAGER),
    "personvern": ("Tuva", roles.PRIVACY_OFFICER),
}


def load_staff(password: str = PASSWORD) -> dict:
    """Return the new users by user name; all have the same password."""
    hashed = make_password(password)  # Once: hashing is slow on purpose.
    users = get_user_model().objects
    staff = {ADMIN: users.create(username=ADMIN, password=hashed, **EVERYTHING)}
    for username, (first_name, role) in STAFF.items():
        user = users.create(username=username, first_name=first_name, password=hashed)
        user.groups.add(Group.objects.get(name=role))
        staff[username] = user
    return staff
