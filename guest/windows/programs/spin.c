/* SPDX-License-Identifier: MIT */
/*
 * spin.exe [FRAMES [PICTURE.ppm]]: a textured cube turns, until Escape or for so many frames, and
 * the window's title and the last line say what that costs. The cube turns with the frames, not
 * with time, so that a frame looks the same wherever it is drawn.
 */
#include <stdio.h>
#include <stdlib.h>

#include "guest/windows/programs/window.h"
#include "guest/windows/wgl_statistics.h"

#include <GL/gl.h>

#define WIDTH 640
#define HEIGHT 480
#define TEXELS 64
#define CUBES 5

/* Every OpenGL call of the program counts, the ones that frames consist of. */
static unsigned calls;
#define GL(call) (calls++, call)

static void make_texture(void)
{
    static GLubyte texels[TEXELS][TEXELS][3];
    GLuint texture;
    for (int y = 0; y < TEXELS; y++) {
        for (int x = 0; x < TEXELS; x++) {
            int check = ((x >> 3) ^ (y >> 3)) & 1;
            texels[y][x][0] = (GLubyte)(check ? 255 : x * 4);
            texels[y][x][1] = (GLubyte)(check ? 255 - y * 2 : 60);
            texels[y][x][2] = (GLubyte)(check ? 160 : y * 4);
        }
    }
    GL(glGenTextures(1, &texture));
    GL(glBindTexture(GL_TEXTURE_2D, texture));
    GL(glPixelStorei(GL_UNPACK_ALIGNMENT, 1));
    GL(glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR));
    GL(glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR));
    GL(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, TEXELS, TEXELS, 0, GL_RGB, GL_UNSIGNED_BYTE, texels));
}

static void draw_cube(void)
{
    /* Of each face: its normal, and two directions along it. */
    static const GLfloat faces[6][3][3] = {
        {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}},  {{0, 0, -1}, {-1, 0, 0}, {0, 1, 0}},
        {{1, 0, 0}, {0, 0, -1}, {0, 1, 0}}, {{-1, 0, 0}, {0, 0, 1}, {0, 1, 0}},
        {{0, 1, 0}, {1, 0, 0}, {0, 0, -1}}, {{0, -1, 0}, {1, 0, 0}, {0, 0, 1}},
    };
    static const GLfloat corners[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    GL(glBegin(GL_QUADS));
    for (int f = 0; f < 6; f++) {
        GL(glNormal3fv(faces[f][0]));
        for (int c = 0; c < 4; c++) {
            GLfloat vertex[3];
            for (int i = 0; i < 3; i++) {
                vertex[i] = faces[f][0][i] + corners[c][0] * faces[f][1][i] +
                            corners[c][1] * faces[f][2][i];
            }
            GL(glTexCoord2fv(corners[c]));
            GL(glVertex3fv(vertex));
        }
    }
    GL(glEnd());
}

/* Up and down between -1 and 1, 120 frames a turn. */
static GLfloat bob(int at)
{
    int place = at % 120;
    return (GLfloat)(place < 60 ? place - 30 : 90 - place) / 30;
}

static void draw(int frame, int width, int height)
{
    static const GLfloat light[4] = {2, 3, 4, 0};
    GLdouble right = height > 0 ? (GLdouble)width / height : 1;
    GL(glViewport(0, 0, width, height));
    GL(glMatrixMode(GL_PROJECTION));
    GL(glLoadIdentity());
    GL(glFrustum(-right, right, -1, 1, 2, 30));
    GL(glMatrixMode(GL_MODELVIEW));
    GL(glLoadIdentity());
    GL(glLightfv(GL_LIGHT0, GL_POSITION, light));
    GL(glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT));
    GL(glTranslatef(0, 0, -9));
    GL(glRotatef((GLfloat)frame, 0.3f, 1, 0.1f));
    draw_cube();
    for (int i = 0; i < CUBES; i++) {
        GL(glPushMatrix());
        GL(glRotatef((GLfloat)(i * 360 / CUBES), 0, 1, 0));
        GL(glTranslatef(3.2f, bob(frame + i * 24), 0));
        GL(glRotatef((GLfloat)(frame * 2), 1, 1, 0));
        GL(glScalef(0.4f, 0.4f, 0.4f));
        draw_cube();
        GL(glPopMatrix());
    }
}

static bool save(const char *path, int width, int height)
{
    FILE *file = fopen(path, "wb");
    GLubyte *pixels = malloc((size_t)(width * height * 3));
    if (!file || !pixels) {
        return false;
    }
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels);
    fprintf(file, "P6\n%d %d\n255\n", width, height);
    for (int y = height - 1; y >= 0; y--) {
        fwrite(pixels + y * width * 3, 3, (size_t)width, file);
    }
    free(pixels);
    return fclose(file) == 0;
}

/* Zeros where the opengl32.dll is not Trireme's. */
static struct wgl_statistics statistics(void)
{
    struct wgl_statistics now = {.size = sizeof now};
    wgl_get_statistics_call *get =
        (wgl_get_statistics_call *)(void *)wglGetProcAddress(WGL_GET_STATISTICS);
    if (!get || !get(&now)) {
        now.exits = now.round_trips = 0;
    }
    return now;
}

/* Once a second: what the last second cost. */
static void show_costs(HWND window, int frame)
{
    static DWORD last;
    static int last_frame;
    static unsigned last_calls;
    static struct wgl_statistics before;
    char title[160];
    DWORD now = GetTickCount();
    if (now - last < 1000) {
        return;
    }
    struct wgl_statistics costs = statistics();
    double seconds = (now - last) / 1000.0, frames = frame - last_frame;
    if (last != 0 && frames > 0) {
        sprintf(title, "Trireme - %.1f fps, %.0f calls/s, %.2f exits and %.2f waits a frame",
                frames / seconds, (calls - last_calls) / seconds,
                (costs.exits - before.exits) / frames,
                (costs.round_trips - before.round_trips) / frames);
        SetWindowTextA(window, title);
    }
    last = now;
    last_frame = frame;
    last_calls = calls;
    before = costs;
}

static void set_up(void)
{
    make_texture();
    GL(glEnable(GL_TEXTURE_2D));
    GL(glEnable(GL_DEPTH_TEST));
    GL(glEnable(GL_LIGHTING));
    GL(glEnable(GL_LIGHT0));
    GL(glEnable(GL_NORMALIZE));
    GL(glClearColor(0.1f, 0.15f, 0.25f, 1));
}

int main(int argc, char **argv)
{
    struct window window = {0};
    int last = argc > 1 ? atoi(argv[1]) : 0, frame = 0;
    bool saved = true;
    if (!window_open(&window, "Trireme", WIDTH, HEIGHT, true)) {
        return 1;
    }
    set_up();
    DWORD start = GetTickCount();
    while (window_messages() && (last <= 0 || frame < last)) {
        RECT size = {0, 0, 0, 0};
        GetClientRect(window.handle, &size);
        draw(++frame, size.right, size.bottom);
        if (frame == last && argc > 2) {
            saved = save(argv[2], size.right, size.bottom);
        }
        SwapBuffers(window.dc);
        show_costs(window.handle, frame);
    }
    glFinish();
    double seconds = (GetTickCount() - start + 1) / 1000.0;
    struct wgl_statistics costs = statistics();
    printf("%d frames, %.1f fps, %u calls, %.0f calls/s, %lu exits, %lu waits for the host\n",
           frame, frame / seconds, calls, calls / seconds, costs.exits, costs.round_trips);
    if (!saved) {
        printf("cannot write %s\n", argv[2]);
    }
    window_close(&window);
    return saved ? 0 : 1;
}
