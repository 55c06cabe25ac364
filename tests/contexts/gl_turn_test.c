/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/gl_turn.h"

#include <criterion/criterion.h>
#include <glib.h>

#define THREADS 8

struct scene {
    struct gl_turn *turn;
    gint inside, collisions, waiting;
    unsigned order[THREADS], arrived;
};

static gpointer take_and_give(gpointer data)
{
    struct scene *scene = data;
    for (unsigned i = 0; i < 20000; i++) {
        gl_turn_take(scene->turn);
        if (g_atomic_int_add(&scene->inside, 1) != 0) {
            g_atomic_int_inc(&scene->collisions);
        }
        (void)g_atomic_int_dec_and_test(&scene->inside);
        gl_turn_give(scene->turn);
    }
    return NULL;
}

Test(gl_turn, one_at_a_time, .timeout = 60)
{
    struct scene scene = {.turn = gl_turn_create()};
    GThread *threads[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        threads[i] = g_thread_new("taker", take_and_give, &scene);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        g_thread_join(threads[i]);
    }
    cr_assert_eq(scene.collisions, 0);
    gl_turn_destroy(scene.turn);
}

struct visitor {
    struct scene *scene;
    unsigned number;
};

static gpointer visit(gpointer data)
{
    struct visitor *visitor = data;
    struct scene *scene = visitor->scene;
    g_atomic_int_inc(&scene->waiting);
    gl_turn_take(scene->turn);
    scene->order[scene->arrived++] = visitor->number;
    gl_turn_give(scene->turn);
    return NULL;
}

/* Also after the owner took it back at once: it is behind those that waited. */
Test(gl_turn, in_the_order_of_asking, .timeout = 60)
{
    struct scene scene = {.turn = gl_turn_create()};
    struct visitor visitors[THREADS];
    GThread *threads[THREADS];
    gl_turn_take(scene.turn);
    cr_assert_not(gl_turn_is_over(scene.turn));
    for (unsigned i = 0; i < THREADS; i++) {
        visitors[i] = (struct visitor){&scene, i};
        threads[i] = g_thread_new("visitor", visit, &visitors[i]);
        while (g_atomic_int_get(&scene.waiting) <= (gint)i) {
            g_usleep(100);
        }
        g_usleep(20000); /* from saying so to waiting */
    }
    cr_assert(gl_turn_is_over(scene.turn));
    gl_turn_give(scene.turn);
    gl_turn_take(scene.turn);
    cr_assert_eq(scene.arrived, THREADS);
    cr_assert_not(gl_turn_is_over(scene.turn));
    gl_turn_give(scene.turn);
    for (unsigned i = 0; i < THREADS; i++) {
        g_thread_join(threads[i]);
        cr_assert_eq(scene.order[i], i);
    }
    gl_turn_destroy(scene.turn);
}

Test(gl_turn, alone_it_is_never_over)
{
    struct gl_turn *turn = gl_turn_create();
    gl_turn_take(turn);
    g_usleep(20000);
    cr_assert_not(gl_turn_is_over(turn));
    gl_turn_give(turn);
    gl_turn_destroy(turn);
    gl_turn_take(NULL);
    cr_assert_not(gl_turn_is_over(NULL));
    gl_turn_give(NULL);
}
