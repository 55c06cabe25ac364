#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The medium for Windows guests, and its setup.exe under Wine."""

import contextlib
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest

WINDOWS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(WINDOWS.parent))
from support import programs  # noqa: E402
from support.wine import WineTest  # noqa: E402

ISO = programs.BUILD / "trireme-guest.iso"
GUEST = programs.BUILD / "guest" / "windows"
SOURCE = programs.SOURCE / "guest" / "windows"

# Where each file of the medium comes from.
FILES = {
    "driver/trireme.sys": GUEST / "driver" / "trireme-32.sys",
    "driver/trireme.vxd": GUEST / "vxd" / "trireme.vxd",
    "driver/x64/trireme.sys": GUEST / "driver" / "trireme-64.sys",
    "programs/spin.exe": GUEST / "programs" / "spin.exe",
    "programs/wglinfo.exe": GUEST / "programs" / "wglinfo.exe",
    "x64/opengl32.dll": GUEST / "opengl32-64.dll",
    "x86/opengl32.dll": GUEST / "opengl32-32.dll",
}
TEXTS = {"driver/trireme.inf": SOURCE / "driver" / "trireme.inf", "readme.txt": SOURCE / "installer" / "readme.txt"}


def extract(folder):
    subprocess.run(["xorriso", "-osirrox", "on", "-indev", ISO, "-extract", "/", folder], check=True,
                   stderr=subprocess.DEVNULL)
    subprocess.run(["chmod", "-R", "u+w", folder], check=True)


class Medium(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.folder = pathlib.Path(cls.stack.enter_context(tempfile.TemporaryDirectory()), "medium")
        extract(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    def test_files(self):
        found = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        glide = {f"x86/{path.name}" for path in (programs.BUILD / "guest" / "glide").glob("glide*.dll")}
        self.assertEqual(found, {*FILES, *TEXTS, *glide, "setup.exe"})
        for place, source in FILES.items():
            self.assertEqual((self.folder / place).read_bytes(), source.read_bytes(), place)

    def test_texts_have_windows_line_ends(self):
        for place, source in TEXTS.items():
            text = (self.folder / place).read_bytes()
            self.assertEqual(text, source.read_bytes().replace(b"\n", b"\r\n"), place)

    def test_setup_is_for_32_bit_windows(self):
        data = (self.folder / "setup.exe").read_bytes()
        header = struct.unpack_from("<I", data, 0x3c)[0]
        self.assertEqual(struct.unpack_from("<H", data, header + 4)[0], 0x14c)
        # An ANSI one imports no Unicode call of user32.
        self.assertNotIn(b"CreateWindowExW", data)
        self.assertIn(b"CreateWindowExA", data)

    def test_names_are_windows_ones_too(self):
        """A Joliet volume descriptor has an escape sequence of its own."""
        with ISO.open("rb") as iso:
            iso.seek(16 * 2048)
            descriptors = [iso.read(2048) for _ in range(8)]
        self.assertTrue(any(d[0] == 2 and d[88:91] == b"%/E" for d in descriptors))
        self.assertEqual(descriptors[0][40:47], b"TRIREME")


class Setup(WineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drive = cls.root / "prefix" / "drive_c"
        extract(cls.folder / "medium")

    def setUp(self):
        # A folder of its own for each: others may use this Windows at the same time.
        self.name = f"{self.folder.name}-{self._testMethodName}"
        self.installed = self.drive / self.name
        self.addCleanup(self.uninstall)

    def wine_path(self, *command, trireme=False):
        """Runs a program by its path."""
        return programs.run([self.script, *command], trireme, timeout=120, options=["--files"], check=False)

    def setup_exe(self, *arguments):
        result = self.wine_path(self.folder / "medium" / "setup.exe", "/S", *arguments, f"/D=C:\\{self.name}")
        return result.returncode

    def uninstall(self):
        """The uninstaller goes on in a copy of itself, which removes the first."""
        if (self.installed / "uninstall.exe").exists():
            self.wine_path(f"C:\\{self.name}\\uninstall.exe", "/S")
        deadline = time.monotonic() + 60
        while self.installed.exists() and time.monotonic() < deadline:
            time.sleep(0.1)

    def game(self, name, machine=0x14c):
        """A folder with something that has a program's headers; and its name as Wine has it."""
        game = self.folder / name
        game.mkdir()
        header = bytes(0x1f0)
        (game / "game.exe").write_bytes(b"MZ" + bytes(58) + struct.pack("<I", 0x230) + header + b"PE\0\0" +
                                        struct.pack("<H", machine) + bytes(64))
        return game, "Z:" + str(game).replace("/", "\\")

    def registered(self):
        result = self.wine_path("reg", "query", "HKLM\\Software\\Trireme", "/s")
        return result.stdout if result.returncode == 0 else ""

    def test_installs_repairs_and_uninstalls(self):
        self.assertEqual(self.setup_exe(), 0)
        for place, source in FILES.items():
            self.assertEqual((self.installed / place).read_bytes(), source.read_bytes(), place)
        self.assertTrue((self.installed / "readme.txt").exists())
        self.assertIn(self.name, self.registered())
        # Windows calls it oem0.inf or so, Wine leaves it its name.
        inf = [path for path in (self.drive / "windows" / "inf").glob("*.inf")
               if b"Trireme" in path.read_bytes()]
        self.assertEqual(len(inf), 1)

        (self.installed / "x86" / "opengl32.dll").write_bytes(b"damaged")
        (self.installed / "driver" / "trireme.inf").unlink()
        self.assertEqual(self.setup_exe(), 0)
        self.assertEqual((self.installed / "x86" / "opengl32.dll").read_bytes(),
                         FILES["x86/opengl32.dll"].read_bytes())
        self.assertTrue((self.installed / "driver" / "trireme.inf").exists())

        self.uninstall()
        self.assertFalse(self.installed.exists())
        self.assertFalse(inf[0].exists())
        self.assertNotIn(self.name, self.registered())

    def test_a_game_gets_the_libraries_and_draws(self):
        game, windows_name = self.game("game")
        shutil.copy(FILES["programs/spin.exe"], game)
        self.assertEqual(self.setup_exe(f"/GAME={windows_name}"), 0)
        result = self.wine_path(game / "spin.exe", "5", trireme=True)
        self.assertRegex(result.stdout, r"^5 frames, .* [1-9]\d* exits", result.stderr)
        self.uninstall()
        self.assertEqual({path.name for path in game.iterdir()}, {"game.exe", "spin.exe"})

    def test_what_a_game_had_comes_back(self):
        game, windows_name = self.game("had libraries")
        (game / "opengl32.dll").write_bytes(b"the game's own")
        for _ in range(2):
            self.assertEqual(self.setup_exe(f"/GAME={windows_name}"), 0)
            self.assertEqual((game / "opengl32.dll").read_bytes(), FILES["x86/opengl32.dll"].read_bytes())
        self.setup_exe(f"/UNGAME={windows_name}")
        self.assertEqual((game / "opengl32.dll").read_bytes(), b"the game's own")
        self.assertEqual({path.name for path in game.iterdir()}, {"game.exe", "opengl32.dll"})

    def test_a_64_bit_game_gets_64_bit_libraries(self):
        game, windows_name = self.game("wide", 0x8664)
        self.assertEqual(self.setup_exe(f"/GAME={windows_name}"), 0)
        self.assertEqual((game / "opengl32.dll").read_bytes(), FILES["x64/opengl32.dll"].read_bytes())

    def test_a_game_that_is_not_there_is_an_error(self):
        self.assertEqual(self.setup_exe("/GAME=Z:\\tmp\\no such folder"), 2)
        self.assertFalse(self.installed.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
