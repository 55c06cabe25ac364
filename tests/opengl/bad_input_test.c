/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every command with wrong arguments (bad_calls.h): glGetError says what the host's own GL says,
 * and nobody dies; in the middle of glBegin and glEnd, without a context and with a lost one, too.
 * The calls of a few commands are made in a fresh copy (fork) of a process with a context. Where
 * the host's GL dies of a call, Trireme is spared it, and the next call is made in a fresh copy on
 * both sides.
 */
#include <criterion/criterion.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/dispatch/loopback.h"
#include "tests/opengl/bad_calls.h"
#include "tests/opengl/context.h"
#include "tests/opengl/pair.h"
#include "tests/opengl/state_answers.h"

#define BATCH 12       /* commands whose calls a process makes */
#define SECONDS_MAX 20 /* for that */
#define ERRORS 2
#define DEATHS_MAX 1 /* of calls of one command; then those with a NULL are left out */
#define REPORT_MAX 40
#define ANSWERS_AFTER 8 /* calls of a command, what is kept of the state is looked at */

/* Calls of which Mesa 22.3 dies or says what depends on its memory, and calls whose errors differ
 * for a reason. Trireme must survive them all the same. */
static const struct {
    const char *pattern, *reason;
} exceptions[] = {
    {"glBind*s",
     "Mesa adds up the first and the count, which overflows; and lets negative counts pass"},
    {"gl*Arrayv", "as above"},
    {"glBindBufferRange", "as above"},
    {"gl*Program*LocalParameter*", "Mesa adds up the index and the count, which overflows"},
    {"gl*Program*EnvParameter*", "as above"},
    {"gl*Named*BufferSubData*", "Mesa adds up offset and size, which overflows"},
    {"glInvalidateBufferSubData", "as above"},
    {"glInvalidateTexSubImage", "Mesa looks for a level of that number"},
    {"glVertexAttribs?hvNV", "Mesa does not check the index, nor the count"},
    {"glGetInternalformati64v", "Mesa does not check the size"},
    {"glGetnPixelMap*", "Mesa takes a negative size for a great one"},
    {"glGetnPolygonStipple*", "as above"},
    {"glProgramStringARB", "Mesa does not check the length"},
    {"glDrawRangeElements*", "indices out of the range that was promised: undefined"},
    {"glGetNamedProgram*", "Mesa makes a program of any target; asking twice is an error then"},
    {"gl*ockArraysEXT", "answered in the guest; the host's GL need not have them"},
    {"gl*Binary", "no formats are offered"},
    {"glCreateTextures", "Mesa looks at the target before the count, which must not be 0"},
    {"glGetDebugMessageLog", "a count of messages that no memory holds"},
    {"glSpecializeShader", "a count of constants that no memory holds"},

    {"glDraw*Indirect", "the guest looks at what is bound first, the GL at the mode"},
    {"glMultiDraw*", "the guest looks at the counts first, the GL at the mode"},
    {"glDebugMessageCallback*", "answered in the guest, between glBegin and glEnd, too"},
    {"glPushDebugGroup", "the guest looks at the text first, the GL at the source"},
    {"glTransformFeedbackVaryings", "the guest looks at the names first, the GL at the mode"},
    {"glCreateShaderProgramv", "the guest looks at the texts first, the GL at the type"},
};

enum fate {
    NOT_RUN,
    RUNNING,
    DONE,
    DIED,
    BROKE_A_RULE,
    NOT_THERE, /* the context lacks the command */
    LEFT_OUT,
};

struct outcome {
    enum fate fate;
    GLenum errors[ERRORS];
};

/* How the calls are made. */
struct situation {
    bool core, inside, trireme;
    const struct test_context *context;
    struct loop *loop; /* NULL: the host's GL is called directly */
};

/* What the processes tell each other: for each call on each side. */
static struct outcome *outcomes[2];
static unsigned *first_case; /* of each command */
static unsigned case_count;

static void *shared_memory(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(memory, MAP_FAILED);
    return memory;
}

static void set_up(void)
{
    /* Threads do not survive a fork. */
    setenv("LP_NUM_THREADS", "0", 1);
    setenv("MESA_SHADER_CACHE_DISABLE", "true", 1);
    first_case = g_new(unsigned, bad_command_count + 1);
    case_count = 0;
    for (unsigned i = 0; i < bad_command_count; i++) {
        first_case[i] = case_count;
        case_count += bad_case_count(&bad_commands[i]);
    }
    first_case[bad_command_count] = case_count;
    for (int side = 0; side < 2; side++)
        outcomes[side] = shared_memory(case_count * sizeof *outcomes[side]);
}

static void tear_down(void)
{
    for (int side = 0; side < 2; side++)
        munmap(outcomes[side], case_count * sizeof *outcomes[side]);
    g_free(first_case);
}

TestSuite(bad_input, .init = set_up, .fini = tear_down);

/* Names 1 of most kinds exist. */
static void make_objects(const struct pair_gl *gl)
{
    GLuint name;
    gl->GenTextures(1, &name);
    gl->BindTexture(GL_TEXTURE_2D, name);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    gl->GenBuffers(1, &name);
    gl->BindBuffer(GL_ARRAY_BUFFER, name);
    gl->BufferData(GL_ARRAY_BUFFER, 4096, NULL, GL_STATIC_DRAW);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    pair_program(gl, "uniform vec4 u; void main() { gl_Position = gl_Vertex + u; }",
                 "void main() { gl_FragColor = vec4(1); }");
    while (gl->GetError() != GL_NO_ERROR)
        ;
}

static void make_call(const struct situation *s, const struct pair_gl *gl, void *function,
                      unsigned command, unsigned number, struct outcome *o)
{
    union bad_value values[BAD_ARGUMENTS_MAX];
    bad_case(&bad_commands[command], number, values);
    if (s->inside)
        gl->Begin(GL_TRIANGLES);
    bad_commands[command].call(function, values);
    if (s->inside)
        gl->End();
    for (int i = 0; i < ERRORS; i++)
        o->errors[i] = gl->GetError();
    /* Whatever the call began ends. */
    if (!s->core) {
        gl->End();
        gl->EndList();
    }
    for (int i = 0; i < 8 && gl->GetError() != GL_NO_ERROR; i++)
        ;
}

/* What the guest has kept of the context's state is what the host has. */
static bool answers_hold(const struct situation *s, const char *command)
{
    struct state_answers library, host;
    struct gl_encoder *e = loop_encoder(s->loop);
    state_answers_ask_library(&library);
    state_answers_ask_host(&host, e);
    while (trireme_glGetError() != GL_NO_ERROR)
        ;
    GLenum differs = state_answers_differ(&library, &host);
    if (differs)
        fprintf(stderr, "%s: the guest believes otherwise of %#x\n", command, differs);
    return !differs;
}

/* The process that makes the calls of a batch of commands, from one on to the last or to a deadly
 * one. */
static void make_calls(const struct situation *s, unsigned command, unsigned number, unsigned end)
{
    const struct pair_gl *gl = s->trireme ? pair_trireme_gl() : pair_native_gl();
    alarm(SECONDS_MAX);
    test_context_current(s->context);
    for (; command < end; command++, number = 0) {
        const struct bad_command *c = &bad_commands[command];
        void *function = s->trireme ? gl_entry_point(c->name) : (void *)eglGetProcAddress(c->name);
        for (; number < bad_case_count(c); number++) {
            struct outcome *native = &outcomes[0][first_case[command] + number];
            struct outcome *o = &outcomes[s->trireme][first_case[command] + number];
            if (s->trireme && native->fate == DIED)
                _exit(0);
            if (s->trireme ? native->fate != DONE : o->fate != NOT_RUN)
                continue;
            o->fate = RUNNING;
            make_call(s, gl, function, command, number, o);
            o->fate = s->loop && loop_broken(s->loop) ? BROKE_A_RULE : DONE;
            if (o->fate != DONE) {
                fprintf(stderr, "%s: %s\n", c->name, loop_broken(s->loop));
                _exit(0);
            }
            if (s->trireme && number % ANSWERS_AFTER == 0 && !answers_hold(s, c->name))
                o->fate = BROKE_A_RULE;
        }
    }
    _exit(0);
}

/* Where a command has died of enough calls with a NULL, it is spared the rest. */
static void leave_out(unsigned command)
{
    unsigned count = bad_case_count(&bad_commands[command]), deaths = 0;
    for (unsigned i = 0; i < count; i++) {
        struct outcome *o = &outcomes[0][first_case[command] + i];
        deaths += o->fate == DIED;
        if (deaths >= DEATHS_MAX && o->fate == NOT_RUN &&
            bad_case_has_null(&bad_commands[command], i))
            o->fate = LEFT_OUT;
    }
}

/* Moves to the first call from there on that is to be made; the one that was being made was
 * deadly. False: there is none in the batch. */
static bool next_call(const struct situation *s, unsigned *command, unsigned *number, unsigned end)
{
    for (; *command < end; ++*command, *number = 0) {
        for (; *number < bad_case_count(&bad_commands[*command]); ++*number) {
            const struct outcome *native = &outcomes[0][first_case[*command] + *number];
            struct outcome *o = &outcomes[s->trireme][first_case[*command] + *number];
            if (o->fate == RUNNING) {
                o->fate = DIED;
                if (!s->trireme)
                    leave_out(*command);
            }
            if (o->fate == NOT_RUN && (!s->trireme || native->fate == DONE))
                return true;
        }
    }
    return false;
}

static void make_all_calls(const struct situation *s)
{
    for (unsigned first = 0; first < bad_command_count; first += BATCH) {
        unsigned command = first, number = 0, end = MIN(first + BATCH, bad_command_count);
        while (next_call(s, &command, &number, end)) {
            pid_t child = fork();
            if (child == 0)
                make_calls(s, command, number, end);
            waitpid(child, NULL, 0);
        }
    }
}

/* A process with a context of its own, from which those that make calls are copied. */
static void run_side(struct situation s, void (*body)(const struct situation *s))
{
    pid_t child = fork();
    if (child == 0) {
        struct test_context context;
        s.context = &context;
        if (s.trireme) {
            s.loop = loop_create(s.core);
            s.context = loop_context(s.loop);
        } else {
            test_context_create(&context, s.core);
        }
        if (!s.core)
            make_objects(s.trireme ? pair_trireme_gl() : pair_native_gl());
        if (s.trireme)
            loop_drain(s.loop);
        body(&s);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    if (status != 0)
        cr_log_error("a process ended with status %#x", status);
}

/* Which commands the context lacks; they are errors, whatever their arguments. */
static void find_lacking(const struct situation *s)
{
    for (unsigned i = 0; i < bad_command_count; i++) {
        unsigned opcode = bad_commands[i].opcode;
        if (opcode == 0 || loop_decoder(s->loop)->gl->all[opcode - GL_OP_FIRST])
            continue;
        for (unsigned number = first_case[i]; number < first_case[i + 1]; number++)
            outcomes[0][number].fate = NOT_THERE;
    }
}

static unsigned differences;

static void report(unsigned command, unsigned number, const char *format, ...)
{
    if (differences++ >= REPORT_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = bad_case_text(&bad_commands[command], number);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    cr_log_error("%s: %s", text, what);
}

static bool is_exception(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++) {
        if (fnmatch(exceptions[i].pattern, name, 0) == 0)
            return true;
    }
    return false;
}

static void compare(unsigned command, unsigned number)
{
    const struct outcome *native = &outcomes[0][first_case[command] + number];
    const struct outcome *here = &outcomes[1][first_case[command] + number];
    const struct bad_command *c = &bad_commands[command];
    bool null = bad_case_has_null(c, number), exception = is_exception(c->name);
    if (native->fate == LEFT_OUT)
        return;
    if (native->fate == DIED) {
        if (!null && !exception)
            report(command, number, "the host's GL dies of it");
        return;
    }
    if (here->fate != native->fate)
        report(command, number, here->fate == BROKE_A_RULE ? "a rule is broken" : "it died");
    /* A NULL may be an error, or make the GL do nothing in spite of others. */
    if (here->fate != DONE || exception ||
        (null && (native->errors[0] == GL_NO_ERROR || here->errors[0] == GL_NO_ERROR)))
        return;
    if (memcmp(native->errors, here->errors, sizeof here->errors) != 0)
        report(command, number, "%#x then %#x natively, %#x then %#x here", native->errors[0],
               native->errors[1], here->errors[0], here->errors[1]);
}

static void run(const struct situation *situation)
{
    struct situation s = *situation;
    unsigned done = 0;
    differences = 0;
    s.trireme = true;
    run_side(s, find_lacking);
    s.trireme = false;
    run_side(s, make_all_calls);
    s.trireme = true;
    run_side(s, make_all_calls);
    for (unsigned command = 0; command < bad_command_count; command++) {
        for (unsigned i = first_case[command]; i < first_case[command + 1]; i++) {
            if (outcomes[0][i].fate == NOT_THERE)
                continue;
            compare(command, i - first_case[command]);
            done += outcomes[1][i].fate == DONE;
        }
    }
    cr_assert_eq(differences, 0, "%u of %u calls differ", differences, done);
    cr_assert_gt(done, 10000, "%u calls", done);
}

/* All calls, with NULLs and all, of a program without a context or with a lost one. */
static void call_all(const struct situation *s)
{
    for (unsigned command = 0; command < bad_command_count; command++) {
        const struct bad_command *c = &bad_commands[command];
        void *function = gl_entry_point(c->name);
        for (unsigned i = 0; i < bad_case_count(c); i++) {
            union bad_value values[BAD_ARGUMENTS_MAX];
            struct outcome *o = &outcomes[1][first_case[command] + i];
            bad_case(c, i, values);
            o->fate = RUNNING;
            c->call(function, values);
            o->errors[0] = trireme_glGetError();
            o->fate = DONE;
        }
    }
}

static void call_all_without_context(const struct situation *s)
{
    gl_encoder_make_current(NULL);
    call_all(s);
}

/* The server ends while a reply is waited for. */
static bool no_more(void *data, uint32_t seen)
{
    return false;
}

static void call_all_with_lost_context(const struct situation *s)
{
    static struct gl_encoder_ops ops;
    struct gl_encoder *e = loop_encoder(s->loop);
    GLint size = 0;
    trireme_glEnableClientState(GL_VERTEX_ARRAY);
    trireme_glVertexPointer(2, GL_FLOAT, 0, &ops);
    ops = *e->ops;
    ops.wait = no_more;
    e->ops = &ops;
    trireme_glGetIntegerv(GL_MAX_TEXTURE_SIZE, &size);
    cr_assert(e->lost);
    call_all(s);
}

static void survive(void (*body)(const struct situation *s))
{
    run_side((struct situation){.trireme = true}, body);
    for (unsigned command = 0; command < bad_command_count; command++) {
        for (unsigned i = first_case[command]; i < first_case[command + 1]; i++) {
            const struct outcome *o = &outcomes[1][i];
            if (o->fate != DONE || o->errors[0] != GL_NO_ERROR)
                report(command, i - first_case[command], "fate %d, error %#x", o->fate,
                       o->errors[0]);
        }
    }
    cr_assert_eq(differences, 0, "%u calls", differences);
}

Test(bad_input, calls_without_a_context_do_nothing)
{
    survive(call_all_without_context);
}

Test(bad_input, calls_of_a_lost_context_do_nothing)
{
    survive(call_all_with_lost_context);
}

Test(bad_input, errors_are_the_hosts, .timeout = 240)
{
    run(&(struct situation){0});
}

Test(bad_input, errors_between_begin_and_end_are_the_hosts, .timeout = 240)
{
    run(&(struct situation){.inside = true});
}

Test(bad_input, errors_in_core_contexts_are_the_hosts, .timeout = 240)
{
    run(&(struct situation){.core = true});
}
