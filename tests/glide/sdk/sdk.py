#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The test programs of 3dfx's Glide SDK, run under Wine with our DLLs and the local transport.

    sdk.py [--out FOLDER] [--frames N] [NAME …]      names: 2-00 … 2-29, 3-00 … 3-49; default: all

The sources come from Debian's source package `glide` (its licence is 3dfx's), are compiled with
mingw-w64 against import libraries of our DLLs, and are kept under ${XDG_CACHE_HOME:-~/.cache}/trireme.
FOLDER gets the frame that each program showed last (2-00.png …), contact.png with all of them, and
results.md.
"""

import argparse
import concurrent.futures
import contextlib
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402

WINE = programs.SOURCE / "tests" / "windows" / "wine.sh"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "trireme" / "glide-sdk"
VERSION = "2002.04.10ds1"
GCC = "i686-w64-mingw32-gcc"
SCREEN = (640, 480)
TILE = (160, 120)
COLUMNS = 8
TIMEOUT = 60  # seconds, of one program
# Stencils are there with 32-bit pixels only.
ARGUMENTS = {"3-49": " -p argb8888"}

# The two Glides: where their programs and headers lie, what these want defined, which DLL.
GLIDES = {
    "2": {"tests": "glide2x/sst1/glide/tests", "dll": "glide2x", "define": ["-DSST1"], "common": ["tlib", "plib"],
          "include": ["glide2x/sst1/glide/src", "glide2x/sst1/incsrc", "glide2x/sst1/init", "swlibs/newpci/pcilib"]},
    "3": {"tests": "glide3x/h5/glide3/tests", "dll": "glide3x", "define": ["-DFX_GLIDE_NAPALM=1", "-DH3", "-DSDK_GLIDE3"],
          "common": ["tlib"], "include": ["glide3x/h5/glide3/src", "glide3x/h5/incsrc"]},
}


@dataclasses.dataclass
class Program:
    name: str  # 2-05
    glide: str
    source: pathlib.Path
    purpose: str
    wrong: str = ""  # why it did not compile, or did not run to its end

    @property
    def exe(self):
        return f"test{self.name[2:]}.exe"


def apt_options(folder):
    """Source entries made of the binary entries that apt uses already, in a folder of their own."""
    for part in ("parts", "lists/partial", "cache"):
        (folder / part).mkdir(parents=True)
    targets = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                              "Created-By: Packages", "Origin: Debian"], check=True, text=True, stdout=subprocess.PIPE)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    lines = sorted({f"deb-src [signed-by={keyring}] {line}\n" for line in targets.stdout.splitlines()})
    (folder / "parts" / "source.list").write_text("".join(lines), encoding="ascii")
    return ["-q", "-o", "Dir::Etc::sourcelist=/dev/null", "-o", f"Dir::Etc::sourceparts={folder}/parts",
            "-o", f"Dir::State::lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache", "-o", "APT::Sandbox::User=root"]


def wanted(member):
    """Tests and headers: the SDK's library is not looked at."""
    return "/tests/" in member.name or member.name.endswith(".h")


def fetch():
    """The SDK's folder, unpacked."""
    folder = CACHE / VERSION
    if folder.exists():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as work:
        work = pathlib.Path(work)
        options = apt_options(work / "apt")
        subprocess.run(["apt-get", *options, "update"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", *options, "source", "--download-only", "--tar-only", "glide"],
                       check=True, stdout=subprocess.DEVNULL, cwd=work)
        with tarfile.open(next(work.glob("*.orig.tar.gz"))) as archive:
            members = [m for m in archive.getmembers() if m.isfile() and wanted(m)]
            archive.extractall(work / "sdk", members)
        (work / "sdk" / f"glide-{VERSION}").rename(folder)
    return folder


def find_programs(sdk):
    found = []
    for glide, facts in GLIDES.items():
        for source in sorted((sdk / facts["tests"]).glob("test[0-9][0-9].c")):
            purpose = re.search(r'\bpurpose\[\]\s*=\s*((?:\s*"[^"]*")+)', source.read_text(encoding="latin-1"))
            text = "".join(re.findall(r'"([^"]*)"', purpose.group(1))) if purpose else ""
            found.append(Program(f"{glide}-{source.stem[4:]}", glide, source, text))
    return found


def import_library(glide, folder):
    """Of our DLL, for programs that call _grFoo@8 as a DLL's _grFoo@8."""
    number = {"2": "24", "3": "31"}[glide]
    exports = (programs.BUILD / "dispatch" / "glide" / f"glide_exports_{number}.txt").read_text(encoding="ascii")
    names = [line.split()[0].removeprefix("_") for line in exports.splitlines() if not line.startswith("#")]
    dll = GLIDES[glide]["dll"]
    definition = folder / f"{dll}.def"
    definition.write_text(f"LIBRARY {dll}.dll\nEXPORTS\n" + "".join(f"  {n}\n" for n in names), encoding="ascii")
    subprocess.run(["i686-w64-mingw32-dlltool", "--add-stdcall-underscore", "-d", definition,
                    "-l", folder / f"lib{dll}.a"], check=True)


def compile_flags(glide, sdk):
    facts = GLIDES[glide]
    folders = [*facts["include"], "swlibs/fxmisc", facts["tests"]]
    return ["-w", "-std=gnu99", "-D__WIN32__", "-DWIN32", "-D__MSC__", *facts["define"],
            *(f"-I{sdk / folder}" for folder in folders)]


def readable(source, folder):
    """Test 26 declares a static function within another, which no compiler of today takes."""
    text = source.read_text(encoding="latin-1")
    mended = re.sub(r"^(\s*)static (\w+\s+imageConvert\b)", r"\1\2", text, flags=re.M)
    if mended == text:
        return source
    (folder / source.name).write_text(mended, encoding="latin-1")
    return folder / source.name


def compile_program(program, sdk, folder):
    facts = GLIDES[program.glide]
    objects = [folder / f"{name}.o" for name in (*facts["common"], "keys")]
    result = subprocess.run([GCC, *compile_flags(program.glide, sdk), "-include", HERE / "capture.h",
                             readable(program.source, folder), *objects, f"-L{folder}", f"-l{facts['dll']}",
                             "-luser32", "-lgdi32", "-lm", "-o", folder / program.exe],
                            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    errors = [line for line in result.stdout.splitlines() if "error" in line or "undefined" in line]
    program.wrong = errors[0] if result.returncode != 0 and errors else ""


def build(chosen, sdk, work):
    """A folder for each Glide, with its programs, their textures and the DLL."""
    for glide in {program.glide for program in chosen}:
        facts, folder = GLIDES[glide], work / glide
        folder.mkdir()
        import_library(glide, folder)
        compiled = {sdk / facts["tests"] / f"{name}.c": ["-DtlGetCH=sdk_key_of_window"] for name in facts["common"]}
        for source, flags in {**compiled, HERE / "keys.c": []}.items():
            subprocess.run([GCC, *compile_flags(glide, sdk), *flags, "-c", source, "-o", folder / f"{source.stem}.o"],
                           check=True)
        for texture in (*(sdk / facts["tests"]).glob("*.3df"), *(sdk / facts["tests"]).glob("*.txs")):
            shutil.copy(texture, folder)
        shutil.copy(programs.BUILD / "guest" / "glide" / f"{facts['dll']}.dll", folder)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda program: compile_program(program, sdk, work / program.glide), chosen))


def windows_path(path):
    return "Z:" + str(path).replace("/", "\\")


def end_programs(folder):
    """Those that run in the folder."""
    for link in pathlib.Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if os.readlink(link) == str(folder):
                os.kill(int(link.parent.name), signal.SIGKILL)


def run(program, work, frames):
    """Runs it in its folder; returns the frame that it showed last, or None."""
    folder = work / program.glide
    frame = folder / f"{program.name}.ppm"
    command = [str(WINE), "cmd", "/c", f"cd /d {windows_path(folder)} && {program.exe} -n {frames}"
               + ARGUMENTS.get(program.name, "")]
    watchdog = threading.Timer(TIMEOUT, end_programs, [folder])
    watchdog.start()
    result = programs.run(command, trireme=True, timeout=2 * TIMEOUT, options=["--files"], check=False,
                          env={"SDK_FRAME": windows_path(frame)})
    late = not watchdog.is_alive()
    watchdog.cancel()
    text = result.stdout + result.stderr
    if late:
        program.wrong = f"did not end in {TIMEOUT} s"
        return None
    if "Unhandled exception" in text or "page fault" in text or result.returncode in (3, 5, 139):
        program.wrong = "crashed"
    elif not frame.exists():
        program.wrong = "showed nothing: " + (text.strip().splitlines() or ["no output"])[-1]
    return Picture.read(frame) if frame.exists() else None


def shrink(picture):
    """A tile of the picture: averages of 4 × 4 pixels."""
    step = SCREEN[0] // TILE[0]
    rgb = bytearray()
    for y in range(TILE[1]):
        rows = [picture.rgb[(y * step + i) * SCREEN[0] * 3:(y * step + i + 1) * SCREEN[0] * 3] for i in range(step)]
        for x in range(TILE[0]):
            for channel in range(3):
                at = x * step * 3 + channel
                rgb.append(sum(sum(row[at:at + step * 3:3]) for row in rows) // (step * step))
    return bytes(rgb)


def contact_sheet(frames, path):
    """Tiles in rows, two pixels apart, in the programs' order; grey where there is no frame."""
    lines = (len(frames) + COLUMNS - 1) // COLUMNS
    cell = TILE[0] + 2, TILE[1] + 2
    width, height = cell[0] * COLUMNS, cell[1] * lines
    sheet = bytearray(b"\x60" * (width * height * 3))
    for index, frame in enumerate(frames):
        if frame is None:
            continue
        tile = shrink(frame)
        left, top = index % COLUMNS * cell[0], index // COLUMNS * cell[1]
        for y in range(TILE[1]):
            at = ((top + y) * width + left) * 3
            sheet[at:at + TILE[0] * 3] = tile[y * TILE[0] * 3:(y + 1) * TILE[0] * 3]
    Picture(width, height, sheet).write_png(path)


@contextlib.contextmanager
def programs_at(chosen, sdk):
    """Builds them in /tmp, which the Debian with Wine shares with this machine."""
    subprocess.run([WINE, "--build"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="trireme-sdk-") as work, programs.x_server(1280, 1024):
        work = pathlib.Path(work)
        build(chosen, sdk, work)
        try:
            yield work
        finally:
            for folder in work.iterdir():
                end_programs(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("glide-sdk"))
    parser.add_argument("--frames", type=int, default=10)
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    sdk = fetch()
    chosen = [p for p in find_programs(sdk) if not args.names or p.name in args.names]
    args.out.mkdir(parents=True, exist_ok=True)
    frames = []
    with programs_at(chosen, sdk) as work:
        for program in chosen:
            frame = None if program.wrong else run(program, work, args.frames)
            if frame:
                frame.write_png(args.out / f"{program.name}.png")
            frames.append(frame)
            print(f"{program.name}  {program.wrong or 'ran'}", flush=True)
    contact_sheet(frames, args.out / "contact.png")
    table = "| program | what it says of itself | result |\n|---|---|---|\n" + "".join(
        f"| {p.name} | {p.purpose} | {p.wrong or 'ran to its end'} |\n" for p in chosen)
    (args.out / "results.md").write_text(table, encoding="utf-8")
    return 0 if all(not p.wrong for p in chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
