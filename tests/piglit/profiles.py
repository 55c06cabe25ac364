# SPDX-License-Identifier: GPL-2.0-or-later
"""The tests that piglit installs, read from its profiles: what each is called, and how it is run."""

import ast
import gzip
import os
import re
import xml.etree.ElementTree

FOLDER = next((path for path in ("/usr/lib/x86_64-linux-gnu/piglit", "/usr/lib/piglit")
               if os.path.isdir(path)), "/usr/lib/x86_64-linux-gnu/piglit")
PROFILES = ("quick_gl", "quick_shader")

# The window system is GLX on both sides; piglit's programs for OpenGL ES use EGL.
PLATFORM = "glx"
OTHER_API = re.compile(r"_gles\d$|^egl-|^wgl-")


class Test:
    """One test: `command` runs it alone; `shader` is its file if shader_runner can run it with others."""

    def __init__(self, kind, name, options):
        program, *arguments = options["command"]
        self.name, self.program, self.shader = name, f"{FOLDER}/bin/{program}", None
        if kind in ("shader", "glsl_parser", "asm_parser"):
            at = 1 if kind == "asm_parser" else 0
            arguments[at] = f"{FOLDER}/{arguments[at]}"
        if kind == "gl_builtin":
            arguments[0] = f"{FOLDER}/tests/{arguments[0]}"
        if kind == "shader" and program == "shader_runner":
            self.shader = arguments[0]
        if kind in ("gl", "gl_builtin", "shader"):
            arguments.append("-auto")
        # Tests that may run beside others draw into a framebuffer object, not into a window.
        if kind == "shader" or (kind == "gl" and options.get("run_concurrent", True)):
            arguments.append("-fbo")
        self.command = [self.program, *arguments]

    @property
    def folder(self):
        return os.path.dirname(self.shader)


def _is_for_us(options):
    # Some that a profile names are not installed.
    return (not OTHER_API.search(options["command"][0])
            and os.path.exists(f"{FOLDER}/bin/{options['command'][0]}")
            and PLATFORM in options.get("require_platforms", [PLATFORM])
            and PLATFORM not in options.get("exclude_platforms", []))


def tests(profiles=PROFILES):
    """Every desktop OpenGL test of these profiles, in their order."""
    for profile in profiles:
        with gzip.open(f"{FOLDER}/tests/{profile}.xml.gz") as file:
            for _, element in xml.etree.ElementTree.iterparse(file):
                if element.tag != "Test":
                    continue
                options = {option.get("name"): ast.literal_eval(option.get("value"))
                           for option in element.iter("option")
                           if option.get("name") in ("command", "run_concurrent", "require_platforms",
                                                     "exclude_platforms")}
                if "command" in options and _is_for_us(options):
                    yield Test(element.get("type"), element.get("name"), options)
                element.clear()


def matcher(patterns):
    """A function that says whether a name matches one of the patterns, of which * and ? are special."""
    union = "|".join(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".") for pattern in patterns)
    return re.compile(f"(?:{union})", re.DOTALL).fullmatch
