#!/usr/bin/env python3
"""What the daemon costs over years: memory, idling, and history. Linux, Python 3.9 or later.

    tests/cost.py memory  --program target/release/boardpack   # 40 boards x 50 months in one daemon
    tests/cost.py idle    --program target/release/boardpack   # 765 boards, nothing due
    tests/cost.py history --program target/release/boardpack   # the idle cost after 100 and after 2,000 packs

Each makes a council of its own in a temporary folder, starts the daemon on it and ends
it. docs/performance.md has what was measured.
"""

import argparse
import datetime
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")


def month(back):
    """The month so many months before this one, as 2026-10."""
    today = datetime.date.today()
    index = today.year * 12 + today.month - 1 - back
    return f"{index // 12}-{index % 12 + 1:02}"


def council(folder, boards, months):
    """A council whose packs of the last months are all due."""
    config = folder / "config"
    (config / "boards").mkdir(parents=True)
    (folder / "share").mkdir()
    (config / "boardpack.toml").write_text(
        f'[council]\nname = "Costshire"\ncontact = "us"\n[schedule]\nfirst_period = "{month(months)}"\n'
        'catch_up_months = 240\n[storage.share]\nkind = "directory"\npath = "../share"\n'
        '[publish]\npath = "../published"\nheld = "../held"\n[limits]\nsettle_seconds = 0\n'
    )
    indicators = 10
    register, rows = [], ["ref,month,value"]
    for nth in range(indicators):
        register.append(
            f'[indicators.IND{nth:02}]\ntitle = "Visits {nth}"\nplain = "Visits."\nnoun = "visits"\nowner = "Head"\n'
            'source = "s"\nbasis = "in-period"\nunit = "count"\nbetter = "none"\nfrequency = "monthly"\n'
        )
        rows += [f"IND{nth:02},{month(back)},{1000 + 37 * nth + back % 11}" for back in range(months + 14, 0, -1)]
    (config / "indicators.toml").write_text("".join(register))
    (folder / "share" / "s.csv").write_text("\n".join(rows) + "\n")
    (config / "sources.toml").write_text(
        '[sources.s]\ntitle = "S"\nfiles = "s.csv"\nlayout = "long"\n'
        'month = { column = "month", formats = ["%Y-%m"] }\ncolumns = { indicator = "ref", value = "value" }\n'
    )
    for nth in range(boards):
        (config / "boards" / f"board-{nth:03}.toml").write_text(
            f'title = "Board {nth}"\nscorecard = "Scorecard"\nowner = "Director"\n'
            "schedule = { working_day = 1 }\n"
            f'[[sections]]\nnumber = "1"\ntitle = "Visits"\nindicators = ["IND{nth % indicators:02}"]\n'
        )


def memory_of(pid):
    """Resident memory in MB: whole, and without what is read from the program's own file."""
    found = {}
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(("VmRSS:", "RssAnon:")):
            name, value = line.split(":")
            found[name] = int(value.split()[0]) / 1024
    return found["VmRSS"], found["RssAnon"]


def processor_of(pid):
    """Processor time so far, in seconds, its children's included."""
    parts = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(part) for part in parts[11:15]) / TICK


def packs(folder):
    """Packs that stand."""
    published = folder / "published"
    return sum(1 for _ in published.glob("*/*/r1/manifest.json")) if published.is_dir() else 0


class Daemon:
    def __init__(self, program, folder):
        self.folder = folder
        self.log = open(folder / "log", "wb")
        command = [str(pathlib.Path(program).resolve()), "daemon"]
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(90)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()

    def until(self, wanted, seen=lambda made, memory: None):
        """Waits for so many packs; tells each look's count and memory."""
        while True:
            if self.process.poll() is not None:
                sys.exit(f"the daemon ended: {(self.folder / 'log').read_text()[-2000:]}")
            made = packs(self.folder)
            seen(made, memory_of(self.process.pid))
            if made >= wanted:
                return
            time.sleep(1)

    def idle(self, seconds, settle=90):
        """Waits for quiet, then gives memory and the share of a core over some time."""
        time.sleep(settle)
        begin, used = time.monotonic(), processor_of(self.process.pid)
        most = (0.0, 0.0)
        while time.monotonic() - begin < seconds:
            most = max(most, memory_of(self.process.pid))
            time.sleep(1)
        share = (processor_of(self.process.pid) - used) / (time.monotonic() - begin)
        return most, share


def memory(args):
    wanted = args.boards * args.months
    early, late = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        council(folder, args.boards, args.months)
        with Daemon(args.program, folder) as daemon:

            def seen(made, used):
                if 50 <= made <= 150:
                    early.append(used)
                elif made > 150:
                    late.append(used)
                if args.verbose:
                    print(f"{made} packs: {used[0]:.0f} MB, {used[1]:.0f} MB anonymous", flush=True)

            daemon.until(wanted, seen)
    first, last = max(early), max(late)
    print(f"most after 100 packs: {first[0]:.1f} MB; until {wanted}: {last[0]:.1f} MB; ratio {last[0] / first[0]:.2f}")


def idle(args):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        council(folder, args.boards, args.months)
        with Daemon(args.program, folder) as daemon:
            daemon.until(args.boards * args.months)
            (rss, anonymous), share = daemon.idle(args.seconds)
        print(
            f"{args.boards} boards, {args.boards * args.months} packs: {rss:.1f} MB resident, "
            f"{anonymous:.1f} MB of it anonymous; {100 * share:.3f}% of a core over {args.seconds} s"
        )


def history(args):
    shares = []
    for months in (args.months // 20 or 1, args.months):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            council(folder, args.boards, months)
            with Daemon(args.program, folder) as daemon:
                daemon.until(args.boards * months)
                shares.append(daemon.idle(args.seconds)[1])
        print(f"{args.boards * months} packs: {100 * shares[-1]:.3f}% of a core", flush=True)
    print(f"ratio {shares[1] / shares[0]:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["memory", "idle", "history"])
    parser.add_argument("--program", default="target/release/boardpack")
    parser.add_argument("--boards", type=int)
    parser.add_argument("--months", type=int)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    usual = {"memory": (40, 50), "idle": (765, 1), "history": (40, 50)}[args.what]
    args.boards, args.months = args.boards or usual[0], args.months or usual[1]
    {"memory": memory, "idle": idle, "history": history}[args.what](args)


if __name__ == "__main__":
    main()
