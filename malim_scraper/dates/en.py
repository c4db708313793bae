"""English words of dates."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec")
MONTH_ENDINGS = ""
DAY_ENDINGS = "st nd rd th of"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun"
YEAR_WORDS = ""
CLOCK_WORDS = "at on time"
DAYS_AGO = {"today": 0, "yesterday": 1}
NOW = ("just now", "moments ago", "a moment ago")
UNITS = {
    "second": "seconds second secs sec s",
    "minute": "minutes minute mins min m",
    "hour": "hours hour hrs hr h",
    "day": "days day d",
    "week": "weeks week wks wk w",
    "month": "months month mos mo",
    "year": "years year yrs yr y",
}
AGO = "ago"
ONE = "a an one"
