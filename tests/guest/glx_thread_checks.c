/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Contexts and windows of several threads. */
#include <pthread.h>
#include <stdio.h>

#include "glx_checks.h"

#define RED 0xff0000u
#define GREEN 0x00ff00u
#define BLUE 0x0000ffu

#define THREADS 4

static void *draw_in_own_window(void *data)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    uint32_t own = 0x10u << (8 * (*(int *)data % 3));
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    for (int i = 0; i < 60; i++) {
        clear_to(own);
        CHECK(read_colour(3, 3) == own);
        glXSwapBuffers(window.dpy, window.window);
    }
    expect_colour(window.dpy, window.window, 50, 40, own);
    glXMakeCurrent(window.dpy, None, NULL);
    glXDestroyContext(window.dpy, context);
    close_window(&window);
    return NULL;
}

static void threads(void)
{
    pthread_t thread[THREADS];
    int numbers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        pthread_create(&thread[i], NULL, draw_in_own_window, &numbers[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
    }
}

struct hand_over {
    struct window *window;
    GLXContext context;
    uint32_t before, after;
    bool release;
};

static void *take_over(void *data)
{
    struct hand_over *hand = data;
    CHECK(glXMakeCurrent(hand->window->dpy, hand->window->window, hand->context));
    CHECK(read_colour(10, 10) == hand->before);
    clear_to(hand->after);
    if (hand->release) {
        glXMakeCurrent(hand->window->dpy, None, NULL);
    }
    return NULL;
}

/* The last thread ends with the context current: it must be to be had again. */
static void handed_from_thread_to_thread(void)
{
    struct window window = open_default_window();
    struct hand_over hand = {&window, create_context(&window, NULL), 0, 0, true};
    CHECK(glXMakeCurrent(window.dpy, window.window, hand.context));
    clear_to(0);
    for (uint32_t i = 1; i <= 20; i++) {
        pthread_t thread;
        glXMakeCurrent(window.dpy, None, NULL);
        hand.before = hand.after;
        hand.after = i;
        pthread_create(&thread, NULL, take_over, &hand);
        pthread_join(thread, NULL);
        CHECK(glXMakeCurrent(window.dpy, window.window, hand.context));
        CHECK(read_colour(10, 10) == i);
    }
}

static void *steal(void *data)
{
    struct hand_over *hand = data;
    Display *dpy = hand->window->dpy;
    CHECK(!glXMakeCurrent(dpy, hand->window->window, hand->context));
    CHECK(glXGetCurrentContext() == NULL);
    return NULL;
}

static void current_elsewhere_is_bad_access(void)
{
    struct window window = open_default_window();
    struct hand_over hand = {&window, create_context(&window, NULL), 0, 0, true};
    pthread_t thread;
    catch_errors();
    CHECK(glXMakeCurrent(window.dpy, window.window, hand.context));
    pthread_create(&thread, NULL, steal, &hand);
    pthread_join(thread, NULL);
    CHECK(caught_error(window.dpy) == BadAccess);
    clear_to(GREEN);
    CHECK(read_colour(0, 0) == GREEN);
}

struct second_thread {
    struct window *window;
    GLXContext context;
    pthread_barrier_t barrier;
};

static void *hold_the_window(void *data)
{
    struct second_thread *second = data;
    CHECK(glXMakeCurrent(second->window->dpy, second->window->window, second->context));
    clear_to(RED);
    CHECK(read_colour(7, 7) == RED);
    pthread_barrier_wait(&second->barrier);
    pthread_barrier_wait(&second->barrier);
    CHECK(read_colour(7, 7) == GREEN);
    glXMakeCurrent(second->window->dpy, None, NULL);
    return NULL;
}

/* Loader threads often make the main window current, and never draw to it. */
static void window_current_in_two_threads(void)
{
    struct window window = open_default_window();
    GLXContext drawing = create_context(&window, NULL);
    struct second_thread second = {.window = &window, .context = create_context(&window, drawing)};
    pthread_t thread;
    pthread_barrier_init(&second.barrier, NULL, 2);
    pthread_create(&thread, NULL, hold_the_window, &second);
    pthread_barrier_wait(&second.barrier);
    CHECK(glXMakeCurrent(window.dpy, window.window, drawing));
    clear_to(GREEN);
    CHECK(read_colour(7, 7) == GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
    pthread_barrier_wait(&second.barrier);
    pthread_join(thread, NULL);
    clear_to(BLUE);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, BLUE);
}

#define ROUNDS 10

/* After much else, so that the host is behind. */
static void clear_part(int x, uint32_t colour)
{
    glEnable(GL_SCISSOR_TEST);
    glScissor(x, 0, 8, 8);
    for (int i = 0; i < 2000; i++) {
        clear_to(GREEN);
    }
    clear_to(colour);
}

/* Its part of each picture, each as soon as the other thread has swapped the one before. */
static void *draw_beside(void *data)
{
    struct second_thread *second = data;
    CHECK(glXMakeCurrent(second->window->dpy, second->window->window, second->context));
    for (uint32_t i = 0; i < ROUNDS; i++) {
        clear_part(8, i << 8);
        glFlush();
        pthread_barrier_wait(&second->barrier);
        pthread_barrier_wait(&second->barrier);
    }
    clear_part(8, BLUE);
    glXMakeCurrent(second->window->dpy, None, NULL);
    return NULL;
}

/* Contexts that share nothing, in two threads, draw one picture together. */
static void two_threads_in_one_window(void)
{
    struct window window = open_default_window();
    GLXContext drawing = create_context(&window, NULL);
    struct second_thread second = {.window = &window, .context = create_context(&window, NULL)};
    pthread_t thread;
    pthread_barrier_init(&second.barrier, NULL, 2);
    CHECK(glXMakeCurrent(window.dpy, window.window, drawing));
    pthread_create(&thread, NULL, draw_beside, &second);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        pthread_barrier_wait(&second.barrier);
        clear_part(0, 200 - i);
        glXSwapBuffers(window.dpy, window.window);
        pthread_barrier_wait(&second.barrier);
        glXWaitGL();
        expect_colour(window.dpy, window.window, 4, window.height - 5, 200 - i);
        expect_colour(window.dpy, window.window, 12, window.height - 5, i << 8);
    }
    pthread_join(thread, NULL);
    CHECK(read_colour(12, 4) == BLUE);
}
static void *draw_after_another(void *data)
{
    struct hand_over *hand = data;
    CHECK(glXMakeCurrent(hand->window->dpy, hand->window->window, hand->context));
    clear_to(hand->after);
    CHECK(read_colour(10, 10) == hand->after);
    glXMakeCurrent(hand->window->dpy, None, NULL);
    return NULL;
}

/* Its context goes on to another window, and is idle. */
static void window_left_to_a_stranger(void)
{
    struct window window = open_default_window(), other = open_default_window();
    struct hand_over hand = {&window, create_context(&window, NULL), 0, BLUE, true};
    GLXContext context = create_context(&other, NULL);
    pthread_t thread;
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    clear_to(RED);
    CHECK(glXMakeCurrent(other.dpy, other.window, context));
    pthread_create(&thread, NULL, draw_after_another, &hand);
    pthread_join(thread, NULL);
    clear_to(GREEN);
    CHECK(read_colour(10, 10) == GREEN);
}

const struct glx_check thread_checks[] = {
    {"threads", threads},
    {"handed_from_thread_to_thread", handed_from_thread_to_thread},
    {"current_elsewhere_is_bad_access", current_elsewhere_is_bad_access},
    {"window_current_in_two_threads", window_current_in_two_threads},
    {"two_threads_in_one_window", two_threads_in_one_window},
    {"window_left_to_a_stranger", window_left_to_a_stranger},
    {0},
};
