/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_extension_years.h"

#include <stdbool.h>
#include <string.h>

/* Names without "GL_", separated by spaces. The years were not compared one by one with the
 * extensions' specifications. */
static const struct {
    unsigned year;
    const char *names;
} years[] = {
    {1995, "EXT_abgr EXT_blend_color EXT_blend_minmax EXT_blend_subtract EXT_copy_texture "
           "EXT_subtexture EXT_texture EXT_texture_object EXT_vertex_array EXT_polygon_offset"},
    {1996, "EXT_texture3D EXT_compiled_vertex_array IBM_rasterpos_clip INGR_blend_func_separate"},
    {1997, "EXT_bgra EXT_packed_pixels EXT_point_parameters EXT_rescale_normal "
           "EXT_separate_specular_color EXT_draw_range_elements EXT_texture_edge_clamp "
           "SGIS_generate_mipmap SGIS_texture_border_clamp SGIS_texture_edge_clamp "
           "SGIS_texture_lod"},
    {1998, "ARB_multitexture IBM_texture_mirrored_repeat"},
    {1999, "3DFX_texture_compression_FXT1 ARB_multisample ARB_texture_cube_map "
           "ARB_texture_env_add ARB_transpose_matrix EXT_blend_func_separate EXT_fog_coord "
           "EXT_multi_draw_arrays EXT_secondary_color EXT_stencil_wrap EXT_texture_cube_map "
           "EXT_texture_env_add EXT_texture_filter_anisotropic EXT_texture_lod_bias "
           "NV_blend_square NV_fog_distance NV_light_max_exponent NV_texgen_reflection "
           "NV_texture_env_combine4 S3_s3tc"},
    {2000, "ARB_point_parameters ARB_texture_border_clamp ARB_texture_compression "
           "ATI_texture_mirror_once EXT_texture_compression_s3tc EXT_texture_env_combine "
           "EXT_texture_env_dot3 MESA_window_pos NV_packed_depth_stencil NV_texture_rectangle"},
    {2001, "ARB_depth_texture ARB_shadow ARB_texture_env_combine ARB_texture_env_crossbar "
           "ARB_texture_env_dot3 ARB_texture_mirrored_repeat ARB_window_pos ATI_fragment_shader "
           "EXT_stencil_two_side NV_copy_depth_to_color NV_depth_clamp NV_half_float"},
    {2002, "ARB_fragment_program ARB_vertex_program ATI_draw_buffers ATI_separate_stencil "
           "ATI_texture_env_combine3 ATI_texture_float EXT_shadow_funcs MESA_pack_invert "
           "MESA_ycbcr_texture NV_primitive_restart"},
    {2003, "ARB_fragment_program_shadow ARB_fragment_shader ARB_occlusion_query "
           "ARB_point_sprite ARB_shader_objects ARB_shading_language_100 "
           "ARB_texture_non_power_of_two ARB_vertex_buffer_object ARB_vertex_shader "
           "EXT_blend_equation_separate OES_read_format"},
    {2004, "ARB_color_buffer_float ARB_draw_buffers ARB_half_float_pixel "
           "ARB_pixel_buffer_object ARB_texture_float ARB_texture_rectangle "
           "ATI_texture_compression_3dc EXT_pixel_buffer_object EXT_texture_compression_dxt1 "
           "EXT_texture_mirror_clamp EXT_texture_rectangle EXT_texture_sRGB"},
    {2005, "EXT_framebuffer_blit EXT_framebuffer_multisample EXT_framebuffer_object "
           "EXT_packed_depth_stencil"},
    {2006, "EXT_draw_buffers2 EXT_draw_instanced EXT_framebuffer_sRGB "
           "EXT_gpu_program_parameters EXT_gpu_shader4 EXT_packed_float EXT_texture_array "
           "EXT_texture_buffer_object EXT_texture_compression_latc EXT_texture_compression_rgtc "
           "EXT_texture_integer EXT_texture_sRGB_decode EXT_texture_shared_exponent "
           "EXT_timer_query EXT_transform_feedback"},
    {2007, "NV_conditional_render NV_depth_buffer_float"},
    {2008, "AMD_draw_buffers_blend AMD_texture_texture4 ARB_depth_buffer_float "
           "ARB_draw_instanced ARB_framebuffer_object ARB_framebuffer_sRGB ARB_geometry_shader4 "
           "ARB_half_float_vertex ARB_instanced_arrays ARB_map_buffer_range "
           "ARB_texture_buffer_object ARB_texture_compression_rgtc ARB_texture_rg "
           "ARB_vertex_array_object EXT_texture_swizzle EXT_vertex_array_bgra"},
    {2009, "AMD_conservative_depth AMD_seamless_cubemap_per_texture AMD_shader_stencil_export "
           "ARB_compatibility ARB_copy_buffer ARB_depth_clamp ARB_draw_buffers_blend "
           "ARB_draw_elements_base_vertex ARB_fragment_coord_conventions ARB_provoking_vertex "
           "ARB_sample_shading ARB_seamless_cube_map ARB_shader_texture_lod ARB_sync "
           "ARB_texture_cube_map_array ARB_texture_gather ARB_texture_multisample "
           "ARB_texture_query_lod ARB_uniform_buffer_object ARB_vertex_array_bgra "
           "EXT_provoking_vertex EXT_texture_snorm NV_copy_image NV_texture_barrier"},
    {2010, "ANGLE_texture_compression_dxt3 ANGLE_texture_compression_dxt5 ARB_ES2_compatibility "
           "ARB_blend_func_extended ARB_draw_indirect ARB_explicit_attrib_location "
           "ARB_gpu_shader5 ARB_gpu_shader_fp64 ARB_occlusion_query2 ARB_sampler_objects "
           "ARB_separate_shader_objects ARB_shader_bit_encoding ARB_shader_precision "
           "ARB_shader_stencil_export ARB_shader_subroutine ARB_tessellation_shader "
           "ARB_texture_buffer_object_rgb32 ARB_texture_compression_bptc ARB_texture_rgb10_a2ui "
           "ARB_texture_swizzle ARB_timer_query ARB_transform_feedback2 ARB_transform_feedback3 "
           "ARB_vertex_attrib_64bit ARB_vertex_type_2_10_10_10_rev ARB_viewport_array "
           "ARB_debug_output EXT_vertex_attrib_64bit"},
    {2011, "AMD_multi_draw_indirect ARB_base_instance ARB_compressed_texture_pixel_storage "
           "ARB_conservative_depth ARB_internalformat_query ARB_map_buffer_alignment "
           "ARB_shader_atomic_counters ARB_shader_image_load_store ARB_shading_language_420pack "
           "ARB_shading_language_packing ARB_texture_storage ARB_transform_feedback_instanced "
           "EXT_framebuffer_multisample_blit_scaled"},
    {2012, "AMD_shader_trinary_minmax AMD_vertex_shader_layer AMD_vertex_shader_viewport_index "
           "ARB_ES3_compatibility ARB_arrays_of_arrays ARB_clear_buffer_object "
           "ARB_compute_shader ARB_copy_image ARB_explicit_uniform_location "
           "ARB_fragment_layer_viewport ARB_framebuffer_no_attachments "
           "ARB_internalformat_query2 ARB_invalidate_subdata ARB_multi_draw_indirect "
           "ARB_program_interface_query ARB_robust_buffer_access_behavior ARB_shader_image_size "
           "ARB_shader_storage_buffer_object ARB_stencil_texturing ARB_texture_buffer_range "
           "ARB_texture_query_levels ARB_texture_storage_multisample ARB_texture_view "
           "ARB_vertex_attrib_binding KHR_debug KHR_robustness KHR_texture_compression_astc_hdr "
           "KHR_texture_compression_astc_ldr NV_shader_atomic_float"},
    {2013, "ARB_clear_texture ARB_enhanced_layouts ARB_seamless_cubemap_per_texture "
           "ARB_shader_draw_parameters ARB_shader_group_vote ARB_texture_mirror_clamp_to_edge "
           "ARB_texture_stencil8 ARB_vertex_type_10f_11f_11f_rev EXT_debug_label "
           "EXT_shader_framebuffer_fetch EXT_shader_framebuffer_fetch_non_coherent "
           "EXT_shader_integer_mix"},
    {2014, "ARB_ES3_1_compatibility ARB_clip_control ARB_conditional_render_inverted "
           "ARB_cull_distance ARB_derivative_control ARB_pipeline_statistics_query "
           "ARB_shader_texture_image_samples ARB_texture_barrier "
           "ARB_transform_feedback_overflow_query EXT_polygon_offset_clamp "
           "KHR_blend_equation_advanced KHR_blend_equation_advanced_coherent "
           "KHR_context_flush_control KHR_robust_buffer_access_behavior"},
    {2015, "ARB_ES3_2_compatibility ARB_gpu_shader_int64 ARB_parallel_shader_compile "
           "ARB_post_depth_coverage ARB_shader_atomic_counter_ops ARB_shader_ballot "
           "ARB_shader_clock ARB_shader_viewport_layer_array ARB_texture_filter_minmax "
           "EXT_texture_filter_minmax EXT_texture_sRGB_R8 EXT_texture_sRGB_RG8 KHR_no_error "
           "KHR_texture_compression_astc_sliced_3d"},
    {2016, "MESA_shader_integer_functions"},
    {2017, "ARB_polygon_offset_clamp ARB_texture_filter_anisotropic KHR_parallel_shader_compile"},
    {2018, "EXT_texture_shadow_lod MESA_framebuffer_flip_y"},
    {2020, "EXT_EGL_sync"},
};

static bool lists(const char *names, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = names; (at = strstr(at, name)); at += length) {
        if ((at == names || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

unsigned gl_extension_year(const char *name)
{
    for (unsigned i = 0; i < sizeof years / sizeof years[0]; i++) {
        if (strncmp(name, "GL_", 3) == 0 && lists(years[i].names, name + 3)) {
            return years[i].year;
        }
    }
    return 0;
}
