/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same OpenGL calls made twice: of the host's GL directly, and through encoder, rings and
 * decoder on another context of the same GL. What a test noted both times must be equal.
 */
#ifndef TRIREME_TESTS_OPENGL_PAIR_H
#define TRIREME_TESTS_OPENGL_PAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "dispatch/gl_decoder_private.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"
#include "ring/chunk_assembler.h"

#define PAIR_SIZE 64 /* of the drawing surface, pixels each way */

/* The functions that tests call; more can be added at will. */
/* clang-format off */
#define PAIR_FUNCTIONS(X) \
    X(ActiveTexture) X(AlphaFunc) X(ArrayElement) X(AttachShader) X(Begin) \
    X(BeginConditionalRender) X(BeginQuery) X(BeginQueryIndexed) X(BeginTransformFeedback) \
    X(BindAttribLocation) X(BindBuffer) X(BindBufferBase) X(BindBuffersBase) X(BindBufferRange) X(BindFramebuffer) \
    X(BindImageTexture) X(BindRenderbuffer) X(BindTexture) X(BindVertexArray) X(BindVertexBuffer) X(Bitmap) \
    X(BlendEquation) X(BlendFunc) X(BlendFuncSeparate) X(BufferData) X(BufferSubData) X(CallList) \
    X(CallLists) X(Clear) X(ClearBufferData) X(ClearBufferSubData) X(ClearColor) X(ClearTexImage) \
    X(ClientActiveTexture) X(ClientWaitSync) X(Color4f) X(Color4ub) X(ColorMask) X(ColorPointer) \
    X(CompileShader) X(CompressedTexImage2D) X(CompressedTexSubImage2D) X(CopyBufferSubData) \
    X(CopyPixels) X(CopyTexImage1D) X(CopyTexImage2D) X(CopyTexSubImage1D) X(CopyTexSubImage2D) \
    X(CopyTexSubImage3D) X(CreateProgram) X(CreateShader) X(CreateShaderProgramv) X(CullFace) \
    X(DebugMessageCallback) X(DebugMessageControl) X(DebugMessageInsert) X(DeleteBuffers) X(DeleteFramebuffers) \
    X(DeleteLists) X(DeleteRenderbuffers) X(DeleteProgram) X(DeleteQueries) X(DeleteShader) X(DeleteSync) \
    X(DeleteTextures) X(DeleteVertexArrays) X(DetachShader) X(DepthFunc) X(Disable) X(DisableClientState) \
    X(DisableVertexAttribArray) X(DispatchCompute) X(DrawArrays) X(DrawArraysIndirect) \
    X(DrawArraysInstanced) X(DrawArraysInstancedBaseInstance) X(DrawBuffer) X(DrawElements) \
    X(DrawElementsBaseVertex) X(DrawElementsIndirect) X(DrawElementsInstanced) \
    X(DrawElementsInstancedBaseInstance) X(DrawElementsInstancedBaseVertex) \
    X(DrawElementsInstancedBaseVertexBaseInstance) X(DrawPixels) X(DrawRangeElements) \
    X(EdgeFlagPointer) X(Enable) X(EnableClientState) X(EnableVertexAttribArray) X(End) \
    X(EndConditionalRender) X(EndList) X(EndQuery) X(EndQueryIndexed) X(EndTransformFeedback) \
    X(FeedbackBuffer) X(FenceSync) X(Finish) X(Flush) X(FlushMappedBufferRange) X(FogCoordPointer) \
    X(Fogf) X(Fogfv) X(Fogi) X(FramebufferTexture2D) X(FrontFace) X(Frustum) X(GenBuffers) \
    X(GenFramebuffers) X(GenLists) X(GenQueries) X(GenRenderbuffers) X(GenTextures) X(GenVertexArrays) X(GenerateMipmap) \
    X(GetActiveUniform) X(GetAttachedShaders) X(GetAttribLocation) X(GetBooleanv) X(GetBufferParameteriv) \
    X(GetBufferPointerv) X(GetBufferSubData) X(GetCompressedTexImage) X(GetDebugMessageLog) \
    X(GetDoublev) X(GetError) X(GetFloatv) X(GetFragDataLocation) X(GetInteger64v) X(GetInteger64i_v) X(GetIntegeri_v) \
    X(GetIntegerv) X(GetObjectLabel) X(GetObjectPtrLabel) X(GetPixelMapfv) X(GetPointerv) \
    X(GetPolygonStipple) X(GetProgramInfoLog) X(GetProgramResourceIndex) X(GetProgramResourceLocation) \
    X(GetProgramiv) X(GetQueryObjecti64v) X(GetQueryObjectiv) X(GetQueryObjectui64v) \
    X(GetQueryObjectuiv) X(GetQueryiv) X(GetShaderSource) X(GetShaderiv) X(GetString) X(GetStringi) \
    X(GetSynciv) X(GetTexImage) X(GetTexLevelParameteriv) X(GetUniformBlockIndex) X(GetUniformIndices) \
    X(GetUniformLocation) X(GetUniformfv) X(GetnCompressedTexImageARB) X(GetnPixelMapfvARB) \
    X(GetnPixelMapuivARB) X(GetnPixelMapusvARB) X(GetnPolygonStippleARB) X(GetnTexImageARB) X(GetVertexAttribPointerv) X(GetVertexAttribiv) X(GetVertexAttribIiv) X(GetVertexAttribfv) X(Hint) \
    X(IndexPointer) X(InitNames) X(InterleavedArrays) X(InvalidateBufferData) \
    X(InvalidateBufferSubData) X(IsBuffer) X(IsEnabled) X(IsFramebuffer) \
    X(IsList) X(IsQuery) X(IsRenderbuffer) X(IsSync) X(IsTexture) X(IsVertexArray) X(LightModelfv) \
    X(LightModeli) X(Lightf) X(Lightfv) X(Lighti) X(Lightiv) X(LineWidth) X(LinkProgram) X(ListBase) \
    X(LoadIdentity) X(LoadMatrixf) X(LoadName) X(LockArraysEXT) X(MapBuffer) X(MapBufferRange) \
    X(Materialf) X(Materialfv) X(Materiali) X(Materialiv) X(MatrixMode) X(MemoryBarrier) \
    X(MultiDrawArrays) X(MultiDrawElements) X(MultiDrawElementsBaseVertex) X(NewList) X(NormalPointer) \
    X(ObjectLabel) X(ObjectPtrLabel) X(Ortho) X(PassThrough) X(PixelMapfv) X(PixelStoref) \
    X(PixelStorei) X(PointSize) X(PolygonMode) X(PolygonStipple) X(PopAttrib) X(PopClientAttrib) \
    X(PopDebugGroup) X(PopMatrix) X(PopName) X(PrimitiveRestartIndex) X(PushAttrib) X(PushClientAttrib) \
    X(PushDebugGroup) X(PushMatrix) X(PushName) X(QueryCounter) X(RasterPos2f) X(ReadBuffer) \
    X(ReadPixels) X(ReadnPixels) X(Rectf) X(RenderMode) X(Scissor) X(SecondaryColorPointer) X(SelectBuffer) \
    X(ShadeModel) X(ShaderSource) X(StencilFunc) X(StencilOp) X(TexBuffer) X(TexCoord2f) \
    X(TexCoordPointer) X(TexEnvf) X(TexEnvi) X(TexGenfv) X(TexGeni) X(TexImage1D) X(TexImage2D) \
    X(TexImage3D) X(TexParameteri) X(TexSubImage1D) X(TexSubImage2D) X(TexSubImage3D) \
    X(TransformFeedbackVaryings) X(Uniform1fv) X(Uniform1i) X(Uniform1ui) X(Uniform4f) X(Uniform4fv) \
    X(UniformMatrix2fv) X(UnlockArraysEXT) \
    X(UnmapBuffer) X(UseProgram) X(Vertex2f) X(VertexAttrib4f) X(VertexAttribBinding) \
    X(VertexAttribDivisor) X(VertexAttribFormat) X(VertexAttribIPointer) X(VertexAttribLPointer) X(VertexAttribIFormat) X(VertexBindingDivisor) \
    X(VertexAttribPointer) X(VertexPointer) X(Viewport) X(WaitSync)
/* clang-format on */

struct pair_gl {
#define MEMBER(name) __typeof__(&trireme_gl##name) name;
    PAIR_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* One side's run: what it calls, what it noted. */
struct pair_side {
    const struct pair_gl *gl;
    bool trireme;
    GByteArray *notes;
};

/* Notes bytes, and for messages what they are. */
void pair_note(struct pair_side *side, const void *bytes, size_t n);
/* Notes the pixels of the surface, and the error. */
void pair_note_picture(struct pair_side *side);

/* Runs `body` on both sides and asserts that it noted the same, no less than `least` bytes. */
void pair_run(void (*body)(struct pair_side *side), size_t least);
/* The same in core profile contexts. */
void pair_run_core(void (*body)(struct pair_side *side), size_t least);

/* A loopback (tests/dispatch/loopback.h) to a context of its own. */
struct loop;
struct loop *loop_create(bool core);
void loop_destroy(struct loop *loop);
struct gl_encoder *loop_encoder(struct loop *loop);
struct gl_decoder *loop_decoder(struct loop *loop);
struct test_context;
const struct test_context *loop_context(const struct loop *loop);
/* Publishes and decodes everything. */
void loop_drain(struct loop *loop);
/* The same; the GL's error after it. Fails the test if a rule was broken. */
GLenum loop_error(struct loop *loop);
/* The first broken rule; NULL: none yet. */
const char *loop_broken(const struct loop *loop);
/* Bytes of records and chunks that were decoded. */
uint64_t loop_bytes(const struct loop *loop);
/* Bytes of replies so far, modulo 2³². */
uint32_t loop_reply_bytes(const struct loop *loop);

/* What bodies call: Trireme's entry points; those of the host's GL. */
const struct pair_gl *pair_trireme_gl(void);
const struct pair_gl *pair_native_gl(void);

/* Memory whose end is the end of a page that others may not touch; for tests of what is read. */
void *guarded_alloc(size_t bytes);
void guarded_free(void *memory, size_t bytes);

/* A program of vertex and fragment shader. */
GLuint pair_program(const struct pair_gl *gl, const char *vertex, const char *fragment);

#endif
