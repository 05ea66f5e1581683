"""English as it is written in Norway: the day first, twenty-four hours."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
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
    f"{day} {time}" for day in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y") for time in TIME_INPUT_FORMATS
]
