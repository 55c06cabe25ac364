/* SPDX-License-Identifier: MIT */
#include "guest/glide/board.h"

const unsigned glide_version = 31;
