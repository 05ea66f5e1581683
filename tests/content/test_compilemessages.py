"""Translations are compiled without GNU gettext, and faults in them are named."""

import gettext
import io

import pytest
from django.core.management import CommandError, call_command

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


@pytest.fixture
def catalogue(tmp_path, settings):
    """A folder of translations; call it with entries to write the bokmål ones."""
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "nb" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)

    def write(entries):
        path.write_text(f"{HEADER}\n{entries}", encoding="utf-8")
        return path

    return write


def run(*args):
    out = io.StringIO()
    call_command("compilemessages", *args, stdout=out, stderr=out)
    return out.getvalue()


def faults():
    """What --check prints when it fails."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="Faults in the translations"):
        call_command("compilemessages", "--check", stdout=out, stderr=out)
    return out.getvalue()


def compiled(path):
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_compiles_what_gettext_reads(catalogue):
    path = catalogue(
        'msgid "Sign up"\nmsgstr "Meld deg på"\n\n'
        'msgctxt "weekday"\nmsgid "Sun"\nmsgstr "Søn"\n\n'
        'msgid "%(count)d place"\nmsgid_plural "%(count)d places"\n'
        'msgstr[0] "%(count)d plass"\nmsgstr[1] "%(count)d plasser"\n'
    )
    assert "django.po" in run()
    texts = compiled(path)
    assert texts.gettext("Sign up") == "Meld deg på"
    assert texts.pgettext("weekday", "Sun") == "Søn"
    assert texts.ngettext("%(count)d place", "%(count)d places", 3) == "%(count)d plasser"


def test_leaves_a_fresh_file_alone_and_notices_a_change(catalogue):
    path = catalogue('msgid "Group"\nmsgstr "Gruppe"\n')
    run()
    assert run() == ""
    catalogue('msgid "Group"\nmsgstr "Samtalegruppe"\n')
    run("--verbosity", "0")
    assert compiled(path).gettext("Group") == "Samtalegruppe"


def test_does_not_use_fuzzy_or_obsolete_entries(catalogue):
    path = catalogue(
        '#, fuzzy\nmsgid "Place"\nmsgstr "Plassen"\n\n#~ msgid "Course"\n#~ msgstr "Kurs"\n'
    )
    run()
    assert compiled(path).gettext("Place") == "Place"
    assert compiled(path).gettext("Course") == "Course"


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ('msgid "Group"\nmsgstr "en "gruppe""\n', "line 7"),
        ('msgid "Group"\nmsgstr "A"\n\nmsgid "Group"\nmsgstr "B"\n', "already exists"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(catalogue, entries, fault):
    catalogue(entries)
    with pytest.raises(CommandError, match=rf"django\.po cannot be read.*{fault}"):
        run()


def test_check_accepts_complete_translations(catalogue):
    catalogue(
        'msgid "%(name)s has {count} of %s"\nmsgstr "{count} av %s har %(name)s"\n\n'
        'msgid "One place"\nmsgid_plural "%(count)d places"\n'
        'msgstr[0] "%(count)d plass"\nmsgstr[1] "%(count)d plasser"\n\n'
        '#~ msgid "Gone"\n#~ msgstr ""\n'
    )
    run()
    assert run("--check") == ""


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Group"\nmsgstr ""\n', "untranslated: 'Group'"),
        ('#, fuzzy\nmsgid "Group"\nmsgstr "Gruppa"\n', "fuzzy: 'Group'"),
        ('msgid "Hi %(name)s"\nmsgstr "Hei %(navn)s"\n', "other placeholders than the original"),
        ('msgid "{count} left"\nmsgstr "noen igjen"\n', "other placeholders than the original"),
        ('msgid "%s of %s"\nmsgstr "%s"\n', "other placeholders than the original"),
        (
            'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "%(n)d dag"\nmsgstr[1] ""\n',
            "untranslated: '%(n)d day'",
        ),
        (
            'msgid "A day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "En dag"\nmsgstr[1] "dager"\n',
            "other placeholders than the original",
        ),
    ],
)
def test_check_names_the_fault_and_its_line(catalogue, entry, fault):
    catalogue(entry)
    run()
    found = faults()
    assert "django.po:6: " in found or "django.po:7: " in found
    assert fault in found


def test_check_wants_the_compiled_file_to_be_fresh(catalogue):
    path = catalogue('msgid "Group"\nmsgstr "Gruppe"\n')
    assert "not compiled" in faults()
    assert not path.with_suffix(".mo").exists()
    run()
    catalogue('msgid "Group"\nmsgstr "Samtalegruppe"\n')
    assert "not compiled" in faults()
