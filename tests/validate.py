"""Checks PDFs for PDF/UA-1 and PDF/A-3a with the independent validator page-validation.

Prints a line for each file and profile; exits with 1 if any fails.

The validator (0.11) takes a stream that happens to end in a carriage return,
followed by the writer's line feed, for one with a line end of two bytes, and
calls its length wrong (PDFA3A-STREAM-LENGTH-001). About one stream in 256 ends
like that. That one rule is therefore checked here as well, to the byte, and its
verdict is set aside only where every length in the file is right.
"""

import re
import sys

import page

PROFILES = ("PDF_UA_1", "PDF_A_3A")
STREAM_LENGTH = "PDFA3A-STREAM-LENGTH-001"
BEGIN = re.compile(rb">>\s*stream\r?\n")
LENGTH = re.compile(rb"/Length (\d+)\b(?! \d+ R)")


def lengths_are_right(path: str) -> bool:
    """Whether each stream is as long as it says, and ends where it says."""
    with open(path, "rb") as file:
        data = file.read()
    seen = 0
    at = 0
    while begin := BEGIN.search(data, at):
        length = LENGTH.search(data, data.rindex(b" obj", 0, begin.start()), begin.start())
        if not length:
            return False
        end = begin.end() + int(length.group(1))
        if not re.match(rb"\r?\nendstream\b", data[end : end + 12]):
            return False
        seen += 1
        at = end
    return seen > 0 and seen == len(re.findall(rb"\r?\nendstream\b", data))


def failures(path: str, name: str) -> list[str]:
    report = page.validate_pdf(path, profile=getattr(page.ValidationProfile, name))
    if report.is_compliant:
        return []
    found = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    if all(failure.rule_id == STREAM_LENGTH for failure in report.failures) and lengths_are_right(path):
        return []
    return found or ["not compliant, for no reason given"]


def main(paths: list[str]) -> int:
    failed = 0
    for path in paths:
        for name in PROFILES:
            found = failures(path, name)
            print(f"{'FAIL' if found else 'ok'} {name} {path}")
            for line in found[:20]:
                print(f"    {line}")
            failed |= bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
