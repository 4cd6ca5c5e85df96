"""Running a command and measuring it; where and of what it was measured.

Python's standard library only. Linux.
"""

import dataclasses
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

# Starts a command and writes what it used to a file descriptor. A process of
# its own, because Linux counts the memory of the process that starts a command
# into the command's peak: this one is small (10 MB) whatever its parent holds.
LAUNCHER = """
import json, os, sys, time
report, command = int(sys.argv[1]), sys.argv[2:]
os.set_inheritable(report, False)
begin = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
os.write(report, json.dumps({
    "seconds": time.monotonic() - begin,
    "cpu_seconds": usage.ru_utime + usage.ru_stime,
    "peak_mb": usage.ru_maxrss * 1024 / 1e6,
    "status": os.waitstatus_to_exitcode(status),
}).encode())
"""


@dataclasses.dataclass
class Usage:
    """What one run of a command used, with all of its child processes."""

    seconds: float
    cpu_seconds: float  # user + system
    peak_mb: float  # of the largest process
    status: int


class CommandFailed(Exception):
    """A measured command exited with another status than 0."""


def run(command, stdout=subprocess.DEVNULL, env=None):
    """Runs a command once; its last words are in CommandFailed."""
    read_end, write_end = os.pipe()
    with tempfile.TemporaryFile() as errors:
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(write_end)]
        subprocess.run(
            launcher + [str(part) for part in command],
            stdout=stdout,
            stderr=errors,
            env=env,
            pass_fds=[write_end],
            check=False,
        )
        os.close(write_end)
        with os.fdopen(read_end) as report:
            text = report.read()
        usage = Usage(**json.loads(text)) if text else Usage(0, 0, 0, -1)
        if usage.status != 0:
            errors.seek(0)
            lines = errors.read().decode(errors="replace").strip().splitlines()
            raise CommandFailed(lines[-1] if lines else f"exit {usage.status}")
    return usage


def run_to_file(command, path, env=None):
    with open(path, "wb") as output:
        return run(command, output, env)


def repeat(measure, runs, budget_seconds):
    """Usages of `runs` calls after one that warms up.

    Where that would take longer than the budget there are fewer calls, and
    where only one fits the first call is the one that counts.
    """
    first = measure()
    runs = min(runs, int(budget_seconds / max(first.seconds, 1e-3)))
    return [measure() for _ in range(runs)] if runs >= 2 else [first]


def summary(values):
    """Median, least and greatest of some numbers."""
    return {
        "median": statistics.median(values),
        "min": min(values),
        "max": max(values),
    }


def usage_summary(usages):
    return {
        "runs": len(usages),
        "seconds": summary([u.seconds for u in usages]),
        "cpu_seconds": summary([u.cpu_seconds for u in usages]),
        "peak_mb": max(u.peak_mb for u in usages),
        "raw": [dataclasses.asdict(u) for u in usages],
    }


def parse_size(text):
    """10k, 1M or 500 as a number."""
    factor = {"k": 1_000, "M": 1_000_000}.get(text[-1:], 1)
    return int(float(text.rstrip("kM")) * factor)


def parse_list(parse):
    """A parser of values with commas between them."""
    return lambda text: [parse(part) for part in text.split(",") if part]


def log(text):
    print(text, file=sys.stderr, flush=True)


def _first_match(path, key):
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":" if ":" in line else "=")
        if name.strip() == key:
            return value.strip().strip('"')
    return "unknown"


def machine():
    """The machine, and how busy it is now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": _first_match("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9, 1),
        "system": _first_match("/etc/os-release", "PRETTY_NAME"),
        "python": platform.python_version(),
        "load": [round(x, 2) for x in os.getloadavg()],
    }


def commit():
    """The commit of this checkout, "+" behind it where files are changed."""

    def git(*arguments):
        command = ["git", "-C", str(Path(__file__).parent), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "HEAD") + ("+" if changed else "")


def command_line():
    """The command of this process; of paths only the last part."""
    return " ".join(part.rstrip("/").split("/")[-1] for part in sys.argv)


def header():
    """What every file of raw numbers begins with."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "time": now.isoformat(timespec="seconds"),
        "commit": commit(),
        "command": command_line(),
        "machine": machine(),
    }


def default_folder():
    """benchmarks/runs/<today>."""
    today = datetime.date.today().isoformat()
    return Path(__file__).resolve().parent / "runs" / today


def write_json(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def spread(values, digits=2):
    """median (min-max) as text."""
    median, least, most = (
        f"{values[key]:.{digits}f}" for key in ("median", "min", "max")
    )
    return median if least == most else f"{median} ({least}-{most})"


def print_table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |", flush=True)
