/* SPDX-License-Identifier: MIT */
/*
 * vsnprintf() under the name by which mingw-w64's headers call it. The one of Windows 98's C
 * library knows neither 64-bit numbers as "%llu" nor does it end what it cuts off, and mingw-w64's
 * own contains instructions that a Pentium lacks.
 *
 * Knows %s %c %d %i %u %x %p %%, the flag 0, widths, precisions of strings, and the lengths l, ll.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int __mingw_vsnprintf(char *to, size_t size, const char *format, va_list arguments);

/* 64 bits in octal and a NUL are the longest. */
#define DIGITS 24

struct output {
    char *to;
    size_t size, length;
};

static void put(struct output *output, char character)
{
    if (output->length + 1 < output->size) {
        output->to[output->length] = character;
    }
    output->length++;
}

static void put_padded(struct output *output, const char *text, size_t length, size_t width,
                       char pad)
{
    for (; width > length; width--) {
        put(output, pad);
    }
    while (length-- > 0) {
        put(output, *text++);
    }
}

static const char *number_text(char digits[DIGITS], uint64_t value, unsigned base, bool negative)
{
    char *at = digits + DIGITS;
    *--at = '\0';
    do {
        *--at = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    if (negative) {
        *--at = '-';
    }
    return at;
}

static size_t take_number(const char **format, va_list *arguments, size_t otherwise)
{
    if (**format == '*') {
        int given = va_arg(*arguments, int);
        (*format)++;
        return given < 0 ? otherwise : (size_t)given;
    }
    if (**format < '0' || **format > '9') {
        return otherwise;
    }
    size_t number = 0;
    while (**format >= '0' && **format <= '9') {
        number = number * 10 + (size_t)(*(*format)++ - '0');
    }
    return number;
}

static int64_t take_signed(va_list *arguments, unsigned longs)
{
    return longs > 1    ? va_arg(*arguments, long long)
           : longs == 1 ? va_arg(*arguments, long)
                        : va_arg(*arguments, int);
}

static uint64_t take_unsigned(va_list *arguments, unsigned longs)
{
    return longs > 1    ? va_arg(*arguments, unsigned long long)
           : longs == 1 ? va_arg(*arguments, unsigned long)
                        : va_arg(*arguments, unsigned);
}

/* One conversion, behind its '%'. */
static const char *convert(struct output *output, const char *format, va_list *arguments)
{
    char digits[DIGITS], pad = ' ', character;
    const char *text = digits;
    size_t precision = SIZE_MAX, width;
    unsigned longs = 0;
    if (*format == '0') {
        pad = '0';
        format++;
    }
    width = take_number(&format, arguments, 0);
    if (*format == '.') {
        format++;
        precision = take_number(&format, arguments, 0);
    }
    for (; *format == 'l'; format++) {
        longs++;
    }
    character = *format;
    switch (character) {
    case '\0':
        return format;
    case 's': {
        const char *given = va_arg(*arguments, const char *);
        text = given ? given : "(null)";
        size_t length = 0;
        while (length < precision && text[length]) {
            length++;
        }
        put_padded(output, text, length, width, ' ');
        return format + 1;
    }
    case 'c':
        put(output, (char)va_arg(*arguments, int));
        return format + 1;
    case 'd':
    case 'i': {
        int64_t value = take_signed(arguments, longs);
        text = number_text(digits, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, value < 0);
        break;
    }
    case 'u':
        text = number_text(digits, take_unsigned(arguments, longs), 10, false);
        break;
    case 'x':
        text = number_text(digits, take_unsigned(arguments, longs), 16, false);
        break;
    case 'p':
        text = number_text(digits, (uintptr_t)va_arg(*arguments, void *), 16, false);
        break;
    default:
        put(output, character);
        return format + 1;
    }
    put_padded(output, text, strlen(text), width, pad);
    return format + 1;
}

int __mingw_vsnprintf(char *to, size_t size, const char *format, va_list arguments)
{
    struct output output = {.to = to, .size = size};
    va_list copy;
    va_copy(copy, arguments);
    while (*format) {
        if (*format == '%') {
            format = convert(&output, format + 1, &copy);
        } else {
            put(&output, *format++);
        }
    }
    va_end(copy);
    if (size > 0) {
        to[output.length < size ? output.length : size - 1] = '\0';
    }
    return (int)output.length;
}
