# SPDX-License-Identifier: GPL-2.0-or-later
"""The test programs of 3dfx's Glide SDK as Windows programs: their sources come from Debian's source
package `glide` (its licence is 3dfx's), are compiled with mingw-w64 against import libraries of our
DLLs, and are kept under ${XDG_CACHE_HOME:-~/.cache}/trireme."""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from support import programs  # noqa: E402

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "trireme" / "glide-sdk"
VERSION = "2002.04.10ds1"
GCC = "i686-w64-mingw32-gcc"
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
    wrong: str = ""  # why it did not compile

    @property
    def exe(self):
        return f"test{self.name[2:]}.exe"

    def command(self, frames):
        """The program and its arguments, as a shell of any system takes them."""
        return f"{self.exe} -n {frames}" + ARGUMENTS.get(self.name, "")


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
