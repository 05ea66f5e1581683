"""Django's formats, but as Norwegians write them: 5.6.2014, kl. 13.00."""

SHORT_DATE_FORMAT = "j.n.Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = r"j. F Y \k\l. H.i"
SHORT_DATETIME_FORMAT = r"j.n.Y \k\l. H.i"
#: What staff type and what browsers send.
TIME_INPUT_FORMATS = [
    "%H:%M:%S",
    "%H:%M",
    "%H.%M",
    "%H",
    "kl. %H.%M",
    "kl. %H",
    "kl %H.%M",
    "kl %H",
]
DATETIME_INPUT_FORMATS = [
    f"{day} {time}" for day in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y") for time in TIME_INPUT_FORMATS
]
