# SPDX-License-Identifier: GPL-2.0-or-later
"""Glide programs in a VM, for the test classes of the Linux guest and of the one with Wine: each
version's library draws what the local transport does, and costs no more exits than OpenGL."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "glide" / "sdk"))
from support import programs
from support.pictures import Picture
from support.waiting import PATIENCE, until
from support.wine import has_mount_namespaces
import sdk
import sdk_programs

SCENE = "/trireme/tests/glide/glide_scene"
CHECKS = "/trireme/tests/glide/glide3_checks"
FRAMES = 30
WIDTH, HEIGHT = 320, 240
# Opening the board and its screen, the lock and the region that the scene's last frame reads.
OTHER_ROUND_TRIPS = 4
# Where two programs' windows are: beside an OpenGL program's at the left, above each other.
PLACES = {"glide2x": (400, 0), "glide3x": (400, HEIGHT + 20)}
# Before these, and while the texture travels.
OTHER_DOORBELLS = 12
# Of 3dfx's SDK: triangles and their depths, an antialiased polygon, textures in mipmaps.
SDK_PROGRAMS = ["2-05", "2-25", "3-20"]


def local_picture():
    """The scene's last frame, through the local transport."""
    with programs.x_server(), tempfile.TemporaryDirectory() as folder:
        programs.run([programs.BUILD / "tests/glide/glide_scene", "libglide3x.so", str(FRAMES),
                      f"{folder}/scene.ppm"], trireme=True,
                     env={"LD_LIBRARY_PATH": str(programs.BUILD / "guest/glide")})
        return Picture.read(f"{folder}/scene.ppm")


def with_16_bits(picture):
    """Of each pixel what a frame buffer of 5, 6 and 5 bits keeps."""
    masks = bytes([0xf8, 0xfc, 0xf8]) * (picture.width * picture.height)
    rgb = int.from_bytes(picture.rgb, "big") & int.from_bytes(masks, "big")
    return Picture(picture.width, picture.height, rgb.to_bytes(len(masks), "big"))


class GlidePrograms:
    """What both guests' tests have; self.guest is the VM, self.scene the picture."""

    def assert_draws_the_scene(self, program, library, path):
        """A frame costs doorbells before and after its wait, and at most one round trip, the wait for the
        frame before the last, which takes as many looks at the device as it lasts."""
        name = os.path.basename(program)
        before = len(self.guest.statistics(name))
        self.guest.check(f"{program} {library} {FRAMES} '{path}'", PATIENCE)
        picture = Picture.read(os.path.join(self.guest.folder, "glide.ppm"))
        self.assertEqual(picture.differing_pixels(self.scene), 0, library)
        context = until(lambda: self.guest.statistics(name)[before:], f"the line of {library}'s program")[0]
        exits = context["doorbells"] + context["waits"]
        print(f"{library}: {context['frames']} frames, {exits} exits, {context['round_trips']} round "
              "trips", file=sys.stderr)
        self.assertEqual(context["frames"], FRAMES)
        self.assertLessEqual(context["doorbells"], 2 * FRAMES + OTHER_DOORBELLS)
        self.assertLessEqual(context["round_trips"], FRAMES + OTHER_ROUND_TRIPS)

    def stay_and_show(self, command, name):
        """A program that draws its frames and shows the last one until the test ends."""
        process = self.guest.launch(f"exec {command}", name)
        self.addCleanup(self.guest.kill, process, name)
        self.guest.until_said(name, "drew")

    def assert_scenes_are_shown(self):
        for name, (x, y) in PLACES.items():
            def shown(x=x, y=y):
                display = self.guest.display(1024, 768).crop(x, y, WIDTH, HEIGHT)
                return with_16_bits(display).differing_pixels(self.scene) == 0
            until(shown, f"the picture of {name}")


class GlideInLinux(GlidePrograms):
    def test_glide(self):
        for library in ("libglide2x.so", "libglide3x.so"):
            self.assert_draws_the_scene(SCENE, library, "/share/glide.ppm")

    def test_glide_i386(self):
        if not (programs.BUILD / "tests/glide/glide_scene32").exists():
            self.skipTest("this build has no i386 part")
        for library in ("libglide2x.so", "libglide3x.so"):
            self.assert_draws_the_scene(SCENE + "32", library, "/share/glide.ppm")

    def test_answers_to_locks_fit(self):
        """A lock that shows what was drawn takes a doorbell to ask and at most another one."""
        self.guest.check(f"{CHECKS} large_locks", PATIENCE)
        context = until(lambda: self.guest.statistics("glide3_checks"), "the line of glide3_checks")[0]
        print(f"locks: {context['round_trips']} round trips, {context['doorbells']} doorbells", file=sys.stderr)
        self.assertLessEqual(context["doorbells"], 2 * context["round_trips"])

    def test_two_glides_and_opengl(self):
        """At the same time, beside each other."""
        windows = set()
        for name, (x, y) in PLACES.items():
            self.stay_and_show(f"{SCENE} lib{name}.so {FRAMES} /share/{name}.ppm stay", name)
            found = set(self.guest.check("xdotool search --name '^Glide$'", PATIENCE).split())
            window, = found - windows
            windows = found
            self.guest.check(f"xdotool windowmove {int(window)} {x} {y}", PATIENCE)
        self.assert_scenes_are_shown()
        self.assert_draws_as_native()
        self.assert_scenes_are_shown()


class GlideInWine(GlidePrograms):
    def test_glide(self):
        for library in ("glide.dll", "glide2x.dll", "glide3x.dll"):
            self.assert_draws_the_scene(f"wine {SCENE}.exe", library, "Z:\\share\\glide.ppm")

    def test_two_glides_and_opengl(self):
        """At the same time, beside each other."""
        for name, (x, y) in PLACES.items():
            self.stay_and_show(f"wine {SCENE}.exe {name}.dll {FRAMES} 'Z:\\share\\{name}.ppm' stay {x} {y}",
                               name)
        self.assert_scenes_are_shown()
        self.stay("opengl", 0, 0)
        until(lambda: self.guest.display(WIDTH, HEIGHT).differing_pixels(self.native) == 0,
              "the picture of the OpenGL program")
        self.assert_scenes_are_shown()

    @unittest.skipUnless(has_mount_namespaces(), "wine.sh has no mount namespace here")
    def test_sdk(self):
        """Programs of 3dfx's SDK show what they show on this machine."""
        source = sdk_programs.fetch()
        chosen = [p for p in sdk_programs.find_programs(source) if p.name in SDK_PROGRAMS]
        with sdk.programs_at(chosen, source) as work:
            here = [sdk.run(program, work, 3) for program in chosen]
            for folder in work.iterdir():
                shutil.copytree(folder, os.path.join(self.guest.folder, folder.name))
        for program, local in zip(chosen, here):
            there = sdk.run_in_vm(program, self.guest, 3)
            self.assertEqual((local.wrong, there.wrong), ("", ""), program.name)
            self.assertEqual(there.frame.differing_pixels(local.frame), 0, program.name)
