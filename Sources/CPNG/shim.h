#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
#include <stddef.h>
#include <string.h>

/* libpng leaves by a jump when it fails. The jump must not cross a frame of Swift, so it begins and ends here. */

struct cpng_output {
  png_bytep bytes;
  size_t capacity;
  size_t count;
  char problem[96];
};

static inline void cpng_fail(png_structp png, png_const_charp text) {
  struct cpng_output *output = (struct cpng_output *)png_get_error_ptr(png);
  strncpy(output->problem, text, sizeof output->problem - 1);
  png_longjmp(png, 1);
}

static inline void cpng_warn(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static inline void cpng_take(png_structp png, png_bytep bytes, size_t count) {
  struct cpng_output *output = (struct cpng_output *)png_get_io_ptr(png);
  if (count > output->capacity - output->count) png_error(png, "no room for the picture");
  memcpy(output->bytes + output->count, bytes, count);
  output->count += count;
}

static inline void cpng_flush(png_structp png) { (void)png; }

/* Writes 8-bit indexed pixels with their palette as PNG: all filters, zlib's level 6, IHDR, PLTE, tRNS, IDAT, IEND and
   no other chunk. 1, or 0 with the problem in words. */
static inline int cpng_write(
    struct cpng_output *output, png_uint_32 width, png_uint_32 height, png_const_bytep pixels,
    const png_color *colors, png_const_bytep alphas, int color_count, int alpha_count) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, output, cpng_fail, cpng_warn);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    strncpy(output->problem, "no memory", sizeof output->problem - 1);
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, output, cpng_take, cpng_flush);
  png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_PLTE(png, info, colors, color_count);
  if (alpha_count > 0) png_set_tRNS(png, info, alphas, alpha_count, NULL);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
  png_set_compression_level(png, 6);
  png_write_info(png, info);
  for (png_uint_32 y = 0; y < height; y++) png_write_row(png, pixels + (size_t)y * width);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return 1;
}

#endif
