"""Checks PDFs for PDF/UA-1 and PDF/A-3a with the independent validator page-validation.

Prints a line for each file and profile; exits with 1 if any fails.
"""

import sys

import page

PROFILES = ("PDF_UA_1", "PDF_A_3A")


def main(paths: list[str]) -> int:
    failed = 0
    for path in paths:
        for name in PROFILES:
            report = page.validate_pdf(path, profile=getattr(page.ValidationProfile, name))
            if report.is_compliant:
                print(f"ok {name} {path}")
                continue
            failed = 1
            print(f"FAIL {name} {path}")
            for failure in report.failures[:20]:
                print(f"    {failure.rule_id}: {failure.message}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
