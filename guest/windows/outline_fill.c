/* SPDX-License-Identifier: MIT */
/*
 * Each outer contour becomes a ring, into which its holes are cut by bridges: two lines between the
 * same points, there and back. Then triangles whose inside nothing else of the ring reaches
 * ("ears") are taken off one after the other. No point is added, so that neighbours have no gaps.
 */
#include <stdlib.h>

#include "guest/windows/outline.h"

/* Of one contour; more are filled. */
#define MOST_HOLES 256

/* A corner of a ring. */
struct corner {
    unsigned point; /* of the outline */
    unsigned next, previous;
};

struct part {
    unsigned contour;
    float area;            /* twice, with the sign of its direction: > 0 counter-clockwise */
    const struct part *in; /* NULL: it is no hole */
};

struct filler {
    const struct outline_point *points;
    struct corner *corners;
    unsigned corner_count;
    unsigned *triangles;
    unsigned count; /* of `triangles` */
};

/* > 0: c lies to the left of the line from a to b. */
static float side(struct outline_point a, struct outline_point b, struct outline_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static struct outline_point place(const struct filler *filler, unsigned corner)
{
    return filler->points[filler->corners[corner].point];
}

static float twice_the_area(const struct outline *outline, const struct outline_contour *contour)
{
    float sum = 0;
    const struct outline_point *points = outline->points + contour->first;
    for (unsigned i = 0; i < contour->count; i++) {
        struct outline_point a = points[i], b = points[(i + 1) % contour->count];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum;
}

static float magnitude(float value)
{
    return value < 0 ? -value : value;
}

bool outline_is_clockwise(const struct outline *outline)
{
    float largest = 0;
    for (unsigned i = 0; i < outline->contour_count; i++) {
        float area = twice_the_area(outline, &outline->contours[i]);
        if (magnitude(area) > magnitude(largest)) {
            largest = area;
        }
    }
    return largest < 0;
}

static bool contains(const struct outline *outline, const struct outline_contour *contour,
                     struct outline_point at)
{
    bool inside = false;
    const struct outline_point *points = outline->points + contour->first;
    for (unsigned i = 0; i < contour->count; i++) {
        struct outline_point a = points[i], b = points[(i + 1) % contour->count];
        if ((a.y > at.y) != (b.y > at.y) && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            inside = !inside;
        }
    }
    return inside;
}

static int larger_first(const void *a, const void *b)
{
    float first = magnitude(((const struct part *)a)->area);
    float second = magnitude(((const struct part *)b)->area);
    return (first < second) - (first > second);
}

/* Which contours are holes, and of which; the smallest that contains it decides. */
static void find_holes(const struct outline *outline, struct part *parts, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct outline_point at = outline->points[outline->contours[parts[i].contour].first];
        const struct part *around = NULL;
        for (unsigned j = 0; j < i; j++) {
            if (contains(outline, &outline->contours[parts[j].contour], at)) {
                around = &parts[j];
            }
        }
        bool turns = around && (around->area > 0) != (parts[i].area > 0);
        parts[i].in = turns && !around->in ? around : NULL;
    }
}

/* The contour as a ring of its own, its inside (or a hole's outside) to the left; returns its first
 * corner. */
static unsigned add_ring(struct filler *filler, const struct outline_contour *contour, bool reverse)
{
    unsigned first = filler->corner_count, count = contour->count;
    for (unsigned i = 0; i < count; i++) {
        filler->corners[first + i] = (struct corner){
            .point = contour->first + (reverse ? count - 1 - i : i),
            .next = first + (i + 1) % count,
            .previous = first + (i + count - 1) % count,
        };
    }
    filler->corner_count += count;
    return first;
}

static bool in_triangle(struct outline_point a, struct outline_point b, struct outline_point c,
                        struct outline_point at)
{
    return side(a, b, at) >= 0 && side(b, c, at) >= 0 && side(c, a, at) >= 0;
}

static bool same_place(struct outline_point a, struct outline_point b)
{
    return a.x == b.x && a.y == b.y;
}

static unsigned rightmost(const struct filler *filler, unsigned ring)
{
    unsigned best = ring, at = ring;
    do {
        if (place(filler, at).x > place(filler, best).x) {
            best = at;
        }
        at = filler->corners[at].next;
    } while (at != ring);
    return best;
}

/* Is the point on the ring's side of both lines that meet in the corner? */
static bool faces(const struct filler *filler, unsigned corner, struct outline_point at)
{
    struct outline_point before = place(filler, filler->corners[corner].previous),
                         here = place(filler, corner),
                         behind = place(filler, filler->corners[corner].next);
    bool first = side(before, here, at) >= 0, second = side(here, behind, at) >= 0;
    return side(before, here, behind) > 0 ? first && second : first || second;
}

/* Of the corners of the ring that a bridge has put to one place, that which faces the point. */
static unsigned facing_corner(const struct filler *filler, unsigned ring, unsigned corner,
                              struct outline_point from)
{
    unsigned at = ring;
    do {
        if (same_place(place(filler, at), place(filler, corner)) && faces(filler, at, from)) {
            return at;
        }
        at = filler->corners[at].next;
    } while (at != ring);
    return corner;
}

/* The edge of the ring that a line from the point to the right meets first: its right end. */
static unsigned right_of(const struct filler *filler, unsigned ring, struct outline_point from,
                         struct outline_point *hit)
{
    unsigned at = ring, found = ring;
    bool any = false;
    do {
        unsigned next = filler->corners[at].next;
        struct outline_point a = place(filler, at), b = place(filler, next);
        if (a.y <= from.y && b.y >= from.y && a.y != b.y) {
            float x = a.x + (from.y - a.y) / (b.y - a.y) * (b.x - a.x);
            if (x >= from.x && (!any || x < hit->x)) {
                any = true;
                *hit = (struct outline_point){x, from.y};
                found = a.x > b.x ? at : next;
            }
        }
        at = next;
    } while (at != ring);
    return found;
}

/*
 * The corner of the ring that a point inside it sees: the right end of the edge to its right,
 * unless corners lie in the triangle between, of which it is the one with the flattest view.
 */
static unsigned visible_corner(const struct filler *filler, unsigned ring,
                               struct outline_point from)
{
    struct outline_point hit = from;
    unsigned found = right_of(filler, ring, from, &hit);
    struct outline_point end = place(filler, found);
    float flattest = 0, nearest = 0;
    bool blocked = false;
    unsigned at = ring;
    do {
        struct outline_point other = place(filler, at);
        bool between = end.y < from.y ? in_triangle(from, end, hit, other)
                                      : in_triangle(from, hit, end, other);
        if (between && other.x > from.x && !same_place(other, end)) {
            float slope = magnitude(other.y - from.y) / (other.x - from.x);
            if (!blocked || slope < flattest || (slope == flattest && other.x < nearest)) {
                blocked = true;
                flattest = slope;
                nearest = other.x;
                found = at;
            }
        }
        at = filler->corners[at].next;
    } while (at != ring);
    return facing_corner(filler, ring, found, from);
}

static void join(struct filler *filler, unsigned from, unsigned to)
{
    filler->corners[from].next = to;
    filler->corners[to].previous = from;
}

/* From the ring's corner over to the hole's, round it, and back. */
static void cut_bridge(struct filler *filler, unsigned corner, unsigned hole)
{
    unsigned back = filler->corner_count++, again = filler->corner_count++;
    filler->corners[back].point = filler->corners[hole].point;
    filler->corners[again].point = filler->corners[corner].point;
    join(filler, filler->corners[hole].previous, back);
    join(filler, again, filler->corners[corner].next);
    join(filler, back, again);
    join(filler, corner, hole);
}

static bool is_ear(const struct filler *filler, unsigned corner)
{
    const struct corner *at = &filler->corners[corner];
    struct outline_point a = place(filler, at->previous), b = place(filler, corner),
                         c = place(filler, at->next);
    if (side(a, b, c) <= 0) {
        return false;
    }
    for (unsigned other = filler->corners[at->next].next; other != at->previous;
         other = filler->corners[other].next) {
        struct outline_point point = place(filler, other);
        if (!same_place(point, a) && !same_place(point, b) && !same_place(point, c) &&
            in_triangle(a, b, c, point)) {
            return false;
        }
    }
    return true;
}

static void take_off(struct filler *filler, unsigned corner)
{
    const struct corner *at = &filler->corners[corner];
    if (side(place(filler, at->previous), place(filler, corner), place(filler, at->next)) > 0) {
        filler->triangles[filler->count++] = filler->corners[at->previous].point;
        filler->triangles[filler->count++] = at->point;
        filler->triangles[filler->count++] = filler->corners[at->next].point;
    }
    join(filler, at->previous, at->next);
}

static void clip_ears(struct filler *filler, unsigned ring)
{
    unsigned left = 1;
    for (unsigned at = filler->corners[ring].next; at != ring; at = filler->corners[at].next) {
        left++;
    }
    for (unsigned at = ring, missed = 0; left >= 3;) {
        unsigned next = filler->corners[at].next;
        /* A ring that crosses itself may have no ear left: then the next corner goes. */
        if (is_ear(filler, at) || missed > left) {
            take_off(filler, at);
            left--;
            missed = 0;
            next = filler->corners[next].next; /* slivers come of one fan of all */
        } else {
            missed++;
        }
        at = next;
    }
}

/* Holes are cut in from right to left: the line to the right of one meets none that is to come. */
static void fill_part(struct filler *filler, const struct outline *outline,
                      const struct part *parts, unsigned count, unsigned which)
{
    unsigned holes[MOST_HOLES], hole_count = 0;
    const struct part *part = &parts[which];
    unsigned ring = add_ring(filler, &outline->contours[part->contour], part->area < 0);
    for (unsigned i = which + 1; i < count && hole_count < MOST_HOLES; i++) {
        if (parts[i].in == part) {
            unsigned corner = rightmost(
                filler, add_ring(filler, &outline->contours[parts[i].contour], parts[i].area > 0));
            unsigned at = hole_count++;
            while (at > 0 && place(filler, holes[at - 1]).x < place(filler, corner).x) {
                holes[at] = holes[at - 1];
                at--;
            }
            holes[at] = corner;
        }
    }
    for (unsigned i = 0; i < hole_count; i++) {
        cut_bridge(filler, visible_corner(filler, ring, place(filler, holes[i])), holes[i]);
    }
    clip_ears(filler, ring);
}

unsigned *outline_fill(const struct outline *outline, unsigned *count)
{
    /* A ring of n corners has n - 2 triangles, a bridge brings two corners and so two triangles. */
    unsigned most = outline->point_count + 2 * outline->contour_count;
    struct filler filler = {.points = outline->points};
    struct part *parts = calloc(outline->contour_count + 1, sizeof *parts);
    unsigned part_count = 0;
    filler.corners = calloc(most + 1, sizeof *filler.corners);
    filler.triangles = calloc((size_t)most * 3 + 1, sizeof *filler.triangles);
    if (parts && filler.corners && filler.triangles) {
        for (unsigned i = 0; i < outline->contour_count; i++) {
            float area = twice_the_area(outline, &outline->contours[i]);
            if (area != 0) {
                parts[part_count++] = (struct part){.contour = i, .area = area};
            }
        }
        qsort(parts, part_count, sizeof *parts, larger_first);
        find_holes(outline, parts, part_count);
        for (unsigned i = 0; i < part_count; i++) {
            if (!parts[i].in) {
                fill_part(&filler, outline, parts, part_count, i);
            }
        }
    }
    free(parts);
    free(filler.corners);
    if (filler.count == 0) {
        free(filler.triangles);
        filler.triangles = NULL;
    }
    *count = filler.count;
    return filler.triangles;
}
