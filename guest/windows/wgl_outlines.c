/* SPDX-License-Identifier: MIT */
/*
 * wglUseFontOutlines(): display lists that draw the glyphs of the device context's font as lines or
 * as filled and extruded shapes. GDI gives the outlines of a font that is as high as its design's
 * grid; in the lists that is 1.
 */
#include <math.h>
#include <stdlib.h>

#include "guest/windows/outline.h"
#include "guest/windows/wgl.h"

/* Edges that meet at an angle with a cosine above it belong to one curved surface. */
#define SMOOTH_COSINE 0.8f

struct outline_font {
    HDC dc; /* of memory, with the font */
    HFONT font;
    HGDIOBJ old_font;
    float em; /* units of the design's grid */
    bool wide;
    float deviation, extrusion;
    int kind; /* WGL_FONT_LINES or WGL_FONT_POLYGONS */
};

typedef DWORD(WINAPI *get_outline_function)(HDC, UINT, UINT, GLYPHMETRICS *, DWORD, void *,
                                            const MAT2 *);

/* As CreateFontIndirect() made it, but for the size; NULL: it is no TrueType font. */
static HFONT font_of_the_grid(HDC dc, float *em)
{
    LOGFONTA description;
    UINT size = GetOutlineTextMetricsA(dc, 0, NULL);
    OUTLINETEXTMETRICA *metrics = size ? malloc(size) : NULL;
    HFONT font = NULL;
    if (metrics && GetOutlineTextMetricsA(dc, size, metrics) && metrics->otmEMSquare > 0 &&
        GetObjectA(GetCurrentObject(dc, OBJ_FONT), sizeof description, &description)) {
        *em = (float)metrics->otmEMSquare;
        if (description.lfWidth != 0 && metrics->otmTextMetrics.tmHeight > 0) {
            description.lfWidth = (LONG)((float)description.lfWidth * *em /
                                         (float)(metrics->otmTextMetrics.tmHeight -
                                                 metrics->otmTextMetrics.tmInternalLeading));
        }
        description.lfHeight = -(LONG)metrics->otmEMSquare;
        font = CreateFontIndirectA(&description);
    }
    free(metrics);
    return font;
}

static bool font_init(struct outline_font *font, HDC dc)
{
    font->dc = CreateCompatibleDC(dc);
    font->font = font->dc ? font_of_the_grid(dc, &font->em) : NULL;
    if (!font->font) {
        if (font->dc) {
            DeleteDC(font->dc);
        }
        return false;
    }
    font->old_font = SelectObject(font->dc, font->font);
    if (font->deviation == 0.0f) {
        font->deviation = 1.0f / font->em;
    }
    return true;
}

static void font_finish(struct outline_font *font)
{
    SelectObject(font->dc, font->old_font);
    DeleteObject(font->font);
    DeleteDC(font->dc);
}

/* Windows 98 has no GetGlyphOutlineW(), but for the name: there the code page must do. */
static DWORD get_wide_outline(HDC dc, WCHAR character, UINT format, GLYPHMETRICS *metrics,
                              DWORD size, void *buffer, const MAT2 *matrix)
{
    get_outline_function function = (get_outline_function)(void *)GetProcAddress(
        GetModuleHandleA("gdi32.dll"), "GetGlyphOutlineW");
    DWORD result =
        function ? function(dc, character, format, metrics, size, buffer, matrix) : GDI_ERROR;
    if (result != GDI_ERROR || (function && GetLastError() != ERROR_CALL_NOT_IMPLEMENTED)) {
        return result;
    }
    unsigned char bytes[2] = {0};
    int length =
        WideCharToMultiByte(CP_ACP, 0, &character, 1, (char *)bytes, sizeof bytes, NULL, NULL);
    UINT code = length == 2 ? (UINT)bytes[0] << 8 | bytes[1] : bytes[0];
    return GetGlyphOutlineA(dc, code, format, metrics, size, buffer, matrix);
}

/* Bytes of the outline, or GDI_ERROR. */
static DWORD get_outline(const struct outline_font *font, DWORD code, UINT format,
                         GLYPHMETRICS *metrics, DWORD size, void *buffer)
{
    static const MAT2 identity = {{0, 1}, {0, 0}, {0, 0}, {0, 1}};
    return font->wide
               ? get_wide_outline(font->dc, (WCHAR)code, format, metrics, size, buffer, &identity)
               : GetGlyphOutlineA(font->dc, code, format, metrics, size, buffer, &identity);
}

static struct outline_point point_of(const struct outline_font *font, const POINTFX *point)
{
    return (struct outline_point){
        ((float)point->x.value + (float)point->x.fract / 65536.0f) / font->em,
        ((float)point->y.value + (float)point->y.fract / 65536.0f) / font->em,
    };
}

/* All points but the last are control points of curves, which meet half-way between them. */
static void add_curves(const struct outline_font *font, struct outline *outline,
                       const TTPOLYCURVE *curve)
{
    for (unsigned i = 0; i + 1 < curve->cpfx; i++) {
        struct outline_point control = point_of(font, &curve->apfx[i]);
        struct outline_point to = point_of(font, &curve->apfx[i + 1]);
        if (i + 2 < curve->cpfx) {
            to.x = (control.x + to.x) / 2;
            to.y = (control.y + to.y) / 2;
        }
        outline_curve(outline, control, to, font->deviation);
    }
}

/* One contour as GDI describes it. */
static void add_contour(const struct outline_font *font, struct outline *outline,
                        const TTPOLYGONHEADER *header)
{
    const uint8_t *at = (const uint8_t *)(header + 1), *end = (const uint8_t *)header + header->cb;
    outline_start(outline, point_of(font, &header->pfxStart));
    while (at < end && !outline->out_of_memory) {
        const TTPOLYCURVE *curve = (const TTPOLYCURVE *)at;
        if (curve->wType == TT_PRIM_QSPLINE) {
            add_curves(font, outline, curve);
        } else {
            for (unsigned i = 0; i < curve->cpfx; i++) {
                outline_line(outline, point_of(font, &curve->apfx[i]));
            }
        }
        at = (const uint8_t *)&curve->apfx[curve->cpfx];
    }
    if (!outline->out_of_memory) {
        outline_close(outline);
    }
}

/* False: GDI has no such glyph, or there is no memory. */
static bool read_outline(const struct outline_font *font, DWORD code, struct outline *outline,
                         GLYPHMETRICS *metrics)
{
    DWORD size = get_outline(font, code, GGO_NATIVE, metrics, 0, NULL);
    if (size == GDI_ERROR || size == 0) {
        /* A space has no outline. */
        return size == 0 || get_outline(font, code, GGO_METRICS, metrics, 0, NULL) != GDI_ERROR;
    }
    uint8_t *buffer = malloc(size);
    bool read = buffer && get_outline(font, code, GGO_NATIVE, metrics, size, buffer) == size;
    for (DWORD at = 0; read && at < size && !outline->out_of_memory;) {
        const TTPOLYGONHEADER *header = (const TTPOLYGONHEADER *)(buffer + at);
        add_contour(font, outline, header);
        at += header->cb;
    }
    free(buffer);
    return read && !outline->out_of_memory;
}

static void draw_loops(const struct outline *outline, float z)
{
    for (unsigned i = 0; i < outline->contour_count; i++) {
        const struct outline_contour *contour = &outline->contours[i];
        trireme_glBegin(GL_LINE_LOOP);
        for (unsigned j = 0; j < contour->count; j++) {
            const struct outline_point *point = &outline->points[contour->first + j];
            trireme_glVertex3f(point->x, point->y, z);
        }
        trireme_glEnd();
    }
}

static void draw_lines(const struct outline_font *font, const struct outline *outline)
{
    draw_loops(outline, 0.0f);
    if (font->extrusion > 0.0f) {
        draw_loops(outline, -font->extrusion);
        trireme_glBegin(GL_LINES);
        for (unsigned i = 0; i < outline->point_count; i++) {
            trireme_glVertex3f(outline->points[i].x, outline->points[i].y, 0.0f);
            trireme_glVertex3f(outline->points[i].x, outline->points[i].y, -font->extrusion);
        }
        trireme_glEnd();
    }
}

/* The front, or the back, which goes round the other way. */
static void draw_face(const struct outline *outline, const unsigned *triangles, unsigned count,
                      float z, bool back)
{
    trireme_glNormal3f(0.0f, 0.0f, back ? -1.0f : 1.0f);
    for (unsigned i = 0; i < count; i++) {
        const struct outline_point *point = &outline->points[triangles[back ? count - 1 - i : i]];
        trireme_glVertex3f(point->x, point->y, z);
    }
}

static float length_of(float x, float y)
{
    return (float)sqrt((double)x * x + (double)y * y);
}

/* A contour's edge from its i-th point, seen so that what is filled lies to the left. */
struct edge {
    struct outline_point from, to;
    float x, y; /* the normal, which points away from what is filled */
};

static struct edge edge_of(const struct outline *outline, const struct outline_contour *contour,
                           unsigned i, bool clockwise)
{
    const struct outline_point *points = outline->points + contour->first;
    struct outline_point a = points[i % contour->count], b = points[(i + 1) % contour->count];
    struct edge edge = {clockwise ? b : a, clockwise ? a : b, 0.0f, 0.0f};
    float x = edge.to.x - edge.from.x, y = edge.to.y - edge.from.y;
    float length = length_of(x, y);
    if (length > 0.0f) {
        edge.x = y / length;
        edge.y = -x / length;
    }
    return edge;
}

/* The normal where the edge meets its neighbour. */
static void set_normal(const struct edge *edge, const struct edge *neighbour)
{
    float x = edge->x, y = edge->y;
    if (edge->x * neighbour->x + edge->y * neighbour->y > SMOOTH_COSINE) {
        x += neighbour->x;
        y += neighbour->y;
        float length = length_of(x, y);
        x /= length;
        y /= length;
    }
    trireme_glNormal3f(x, y, 0.0f);
}

static void draw_sides(const struct outline *outline, float extrusion)
{
    bool clockwise = outline_is_clockwise(outline);
    trireme_glBegin(GL_QUADS);
    for (unsigned i = 0; i < outline->contour_count; i++) {
        const struct outline_contour *contour = &outline->contours[i];
        for (unsigned j = 0; j < contour->count; j++) {
            struct edge edge = edge_of(outline, contour, j, clockwise);
            struct edge before = edge_of(outline, contour, j + contour->count - 1, clockwise);
            struct edge behind = edge_of(outline, contour, j + 1, clockwise);
            set_normal(&edge, clockwise ? &behind : &before);
            trireme_glVertex3f(edge.from.x, edge.from.y, 0.0f);
            trireme_glVertex3f(edge.from.x, edge.from.y, -extrusion);
            set_normal(&edge, clockwise ? &before : &behind);
            trireme_glVertex3f(edge.to.x, edge.to.y, -extrusion);
            trireme_glVertex3f(edge.to.x, edge.to.y, 0.0f);
        }
    }
    trireme_glEnd();
}

static void draw_polygons(const struct outline_font *font, const struct outline *outline)
{
    unsigned count;
    unsigned *triangles = outline_fill(outline, &count);
    trireme_glBegin(GL_TRIANGLES);
    draw_face(outline, triangles, count, 0.0f, false);
    if (font->extrusion > 0.0f) {
        draw_face(outline, triangles, count, -font->extrusion, true);
    }
    trireme_glEnd();
    if (font->extrusion > 0.0f) {
        draw_sides(outline, font->extrusion);
    }
    free(triangles);
}

static GLYPHMETRICSFLOAT metrics_of(const struct outline_font *font, const GLYPHMETRICS *metrics)
{
    return (GLYPHMETRICSFLOAT){
        .gmfBlackBoxX = (float)metrics->gmBlackBoxX / font->em,
        .gmfBlackBoxY = (float)metrics->gmBlackBoxY / font->em,
        .gmfptGlyphOrigin = {(float)metrics->gmptGlyphOrigin.x / font->em,
                             (float)metrics->gmptGlyphOrigin.y / font->em},
        .gmfCellIncX = (float)metrics->gmCellIncX / font->em,
        .gmfCellIncY = (float)metrics->gmCellIncY / font->em,
    };
}

static bool make_list(const struct outline_font *font, DWORD code, GLuint list,
                      GLYPHMETRICSFLOAT *told)
{
    struct outline outline = {0};
    GLYPHMETRICS metrics = {0};
    bool read = read_outline(font, code, &outline, &metrics);
    if (read) {
        GLYPHMETRICSFLOAT sizes = metrics_of(font, &metrics);
        trireme_glNewList(list, GL_COMPILE);
        if (outline.contour_count > 0 && font->kind == WGL_FONT_LINES) {
            draw_lines(font, &outline);
        } else if (outline.contour_count > 0) {
            draw_polygons(font, &outline);
        }
        trireme_glTranslatef(sizes.gmfCellIncX, sizes.gmfCellIncY, 0.0f);
        trireme_glEndList();
        if (told) {
            *told = sizes;
        }
    }
    outline_finish(&outline);
    return read;
}

static DWORD use_outlines(struct outline_font *font, HDC dc, DWORD first, DWORD count, DWORD list,
                          GLYPHMETRICSFLOAT *metrics)
{
    bool made = true;
    if (!context_current()) {
        return ERROR_INVALID_OPERATION;
    }
    if (font->deviation < 0.0f || font->extrusion < 0.0f ||
        (font->kind != WGL_FONT_LINES && font->kind != WGL_FONT_POLYGONS)) {
        return ERROR_INVALID_PARAMETER;
    }
    if (!font_init(font, dc)) {
        return ERROR_INVALID_HANDLE;
    }
    for (DWORD i = 0; made && i < count; i++) {
        made = make_list(font, first + i, list + i, metrics ? &metrics[i] : NULL);
    }
    font_finish(font);
    return made ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

static BOOL use_font(HDC dc, DWORD first, DWORD count, DWORD list, GLYPHMETRICSFLOAT *metrics,
                     struct outline_font font)
{
    DWORD error = use_outlines(&font, dc, first, count, list, metrics);
    return wgl_result(error);
}

BOOL WINAPI trireme_wglUseFontOutlinesA(HDC dc, DWORD first, DWORD count, DWORD list,
                                        FLOAT deviation, FLOAT extrusion, int kind,
                                        GLYPHMETRICSFLOAT *metrics)
{
    return use_font(dc, first, count, list, metrics,
                    (struct outline_font){
                        .deviation = deviation,
                        .extrusion = extrusion,
                        .kind = kind,
                    });
}

BOOL WINAPI trireme_wglUseFontOutlinesW(HDC dc, DWORD first, DWORD count, DWORD list,
                                        FLOAT deviation, FLOAT extrusion, int kind,
                                        GLYPHMETRICSFLOAT *metrics)
{
    return use_font(dc, first, count, list, metrics,
                    (struct outline_font){
                        .wide = true,
                        .deviation = deviation,
                        .extrusion = extrusion,
                        .kind = kind,
                    });
}
