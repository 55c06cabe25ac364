# SPDX-License-Identifier: GPL-2.0-or-later
"""Many pictures in one: small, in rows."""

from support.pictures import Picture

SCREEN = (640, 480)
TILE = (160, 120)
COLUMNS = 8


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
