"""Read leads as anybody would: csv, phonenumbers, and a set for those who come twice."""  # noqa: INP001  a script that is run, never imported

import csv
import sys
from pathlib import Path

import phonenumbers

people: dict[str, dict[str, str]] = {}
with Path(sys.argv[1]).open(newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        try:
            parsed = phonenumbers.parse(row["phone_number"], "US")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            people.setdefault(number, row)
print(len(people))
