# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests in Python share: an X server, pictures, and programs run natively or through Trireme."""
