# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures as (width, height, RGB bytes): read and write PPM, write PNG, compare."""

import struct
import zlib


class Picture:
    def __init__(self, width, height, rgb):
        assert len(rgb) == width * height * 3, (width, height, len(rgb))
        self.width, self.height, self.rgb = width, height, bytes(rgb)

    @classmethod
    def from_ppm(cls, data):
        """The first picture in `data`, a binary PPM (P6, 8 bits)."""
        return next(cls.all_from_ppm(data))

    @classmethod
    def all_from_ppm(cls, data):
        """Every picture in `data`, binary PPMs one after the other."""
        at = 0
        while at < len(data):
            fields = []
            while len(fields) < 4:
                while data[at:at + 1].isspace():
                    at += 1
                if data[at:at + 1] == b"#":
                    at = data.index(b"\n", at)
                    continue
                end = at
                while not data[end:end + 1].isspace():
                    end += 1
                fields.append(data[at:end])
                at = end
            at += 1
            if fields[0] != b"P6" or fields[3] != b"255":
                raise ValueError(f"not an 8-bit PPM: {fields}")
            width, height = int(fields[1]), int(fields[2])
            size = width * height * 3
            yield cls(width, height, data[at:at + size])
            at += size

    @classmethod
    def read(cls, path):
        with open(path, "rb") as file:
            return cls.from_ppm(file.read())

    def crop(self, x, y, width, height):
        if x < 0 or y < 0 or x + width > self.width or y + height > self.height:
            raise ValueError(f"{width}x{height}+{x}+{y} is not inside {self.width}x{self.height}")
        rows = (self.rgb[((y + row) * self.width + x) * 3:((y + row) * self.width + x + width) * 3]
                for row in range(height))
        return Picture(width, height, b"".join(rows))

    def write_png(self, path):
        rows = b"".join(b"\0" + self.rgb[y * self.width * 3:(y + 1) * self.width * 3]
                        for y in range(self.height))

        def chunk(name, body):
            return (struct.pack(">I", len(body)) + name + body
                    + struct.pack(">I", zlib.crc32(name + body)))

        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n"
                       + chunk(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0))
                       + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

    def differing_pixels(self, other):
        """How many pixels differ; pictures of different size differ in all."""
        if (self.width, self.height) != (other.width, other.height):
            return max(self.width * self.height, other.width * other.height)
        if self.rgb == other.rgb:
            return 0
        return sum(self.rgb[i:i + 3] != other.rgb[i:i + 3] for i in range(0, len(self.rgb), 3))

    def colours(self):
        """The number of different colours: 1 means that nothing was drawn."""
        return len({self.rgb[i:i + 3] for i in range(0, len(self.rgb), 3)})
