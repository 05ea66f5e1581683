"""Text as people send it: cleaned in one place, before any form, query or admin field sees it."""

import re
import unicodedata

from django.http import QueryDict

#: Line breaks of word processors, which XML 1.0 and many fields cannot hold.
LINE_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
#: What shows nothing, or turns the direction of what stands beside it: control characters,
#: surrogates, noncharacters, and most of what Unicode calls Default_Ignorable_Code_Point.
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    "\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
#: Joiners belong inside words of Arabic and Indian scripts, and inside emoji; not beside Latin
#: letters, digits, spaces or the edge of the text.
STRAY_JOINERS = re.compile(
    "(?<![\u0590-\U0001ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0590-\U0001ffff])"
)
#: Choose how an emoji looks, and nothing beside a letter.
STRAY_SELECTORS = re.compile("(?<![#*0-9\u2000-\u3299\U0001f000-\U0001ffff])[\ufe00-\ufe0f]+")
#: Marks above and below letters. No language stacks more than three (Vietnamese two).
MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
#: Control characters as JSON writes them. Rich text is sent so.
ESCAPED_CONTROLS = re.compile(
    r"(?<!\\)((?:\\\\)*)\\(?:u00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF])|[bf])"
)


def clean(text: str) -> str:
    """Return text composed (NFC), without what cannot be seen or turns its direction."""
    if text.isascii() and text.isprintable():
        return text
    text = LINE_BREAKS.sub("\n", text)
    text = HIDDEN.sub("", unicodedata.normalize("NFC", text))
    return MARKS.sub(r"\1", STRAY_SELECTORS.sub("", STRAY_JOINERS.sub("", text)))


#: Letters that are no other letter with a mark, as somebody writes them who cannot type them.
PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
        "ı": "i",
    }
)


def fold(text: str) -> str:
    """Return text as every search compares it: small letters without marks, words by one space.

    Punctuation goes, for a name is written with one apostrophe or hyphen or another; so does the
    difference between aa and å.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", clean(text)).casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = re.sub(r"[^\w\s]|_", "", letters.translate(PLAIN_LETTERS))
    return " ".join(re.sub("aa+", "a", letters).split())


def cleaned(sent: QueryDict) -> QueryDict:
    """Return what was sent with its names and values cleaned; passwords stay as they are."""
    result = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        result.setlist(clean(name), [_cleaned(name, value) for value in values])
    return result


def _cleaned(name, value):
    if "password" in name:
        return value
    if value.startswith("{") and '"entityMap"' in value:
        # Rich text counts the characters before a link, so each is replaced by one.
        return ESCAPED_CONTROLS.sub(r"\1 ", value)
    return clean(value)
