#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The medium from which Windows guests install Trireme.

    make_iso.py OUTPUT.iso SETUP.nsi [PLACE FILE]…

Each FILE lies on the medium as PLACE; setup.exe is made of them by makensis.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile


def main(output, script, *files):
    output, script = pathlib.Path(output).resolve(), pathlib.Path(script).resolve()
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder, "stage")
        for place, source in zip(files[::2], files[1::2], strict=True):
            target = stage / place
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.suffix == ".txt" or target.suffix == ".inf":
                # Windows' line ends.
                text = pathlib.Path(source).read_text(encoding="ascii")
                target.write_bytes(text.replace("\n", "\r\n").encode("ascii"))
            else:
                shutil.copy(source, target)
        setup = pathlib.Path(folder, "setup.exe")
        subprocess.run(["makensis", "-V2", "-WX", f"-DSTAGE={stage}", f"-DOUTPUT={setup}", script],
                       check=True)
        setup.rename(stage / "setup.exe")
        # Joliet names are Windows'; the others are for systems without.
        output.unlink(missing_ok=True)
        subprocess.run(["xorriso", "-report_about", "WARNING", "-as", "mkisofs", "-quiet", "-J", "-r",
                        "-V", "TRIREME", "-o", output, stage], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
