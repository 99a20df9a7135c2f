// The scan for signs, quotes, brackets and line ends: sixteen bytes at a time. Vectors of the
// compiler's own, so the same source is SSE2 and NEON; Swift's vectors compare lane by lane here.
#ifndef CJUKTA_MARKS_H
#define CJUKTA_MARKS_H

#include <stdint.h>
#include <string.h>

typedef uint8_t jukta_bytes __attribute__((vector_size(16)));

static inline jukta_bytes jukta_load(const uint8_t *at) {
  jukta_bytes bytes;
  memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// One bit a lane of a vector whose lanes are 0 or 255.
static inline uint64_t jukta_bits(jukta_bytes lanes) {
#if defined(__SSE2__)
  typedef char jukta_chars __attribute__((vector_size(16)));
  return (uint16_t)__builtin_ia32_pmovmskb128((jukta_chars)lanes);
#else
  typedef uint64_t jukta_words __attribute__((vector_size(16)));
  const jukta_bytes weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const jukta_words words = (jukta_words)(lanes & weights);
  const uint64_t sum = 0x0101010101010101u;
  return (words[0] * sum >> 56) | (words[1] * sum >> 56) << 8;
#endif
}

static inline uint64_t jukta_marks16(const uint8_t *at) {
  const jukta_bytes first = jukta_load(at), second = jukta_load(at + 1), third = jukta_load(at + 2);
  const jukta_bytes bengali = (jukta_bytes)(first == 0xE0);
  // danda, double danda; the sign ৷
  jukta_bytes found = bengali & (jukta_bytes)(second == 0xA5);
  found |= bengali & (jukta_bytes)(second == 0xA7) & (jukta_bytes)(third == 0xB7);
  // curly quotes, ellipsis, line separators, ‼ ⁉ (and dashes and joiners: told apart later), ❤; « »
  found |= (jukta_bytes)(first == 0xE2) & (jukta_bytes)((second & 0xE2) == 0x80);
  found |= (jukta_bytes)(first == 0xC2) & (jukta_bytes)((second | 0x10) == 0xBB);
  // emoji, and ！ ？ with their neighbours
  found |= (jukta_bytes)(first >= 0xEF);
  // ? . ! " ( ) '
  found |= (jukta_bytes)(first == 0x3F) | (jukta_bytes)(first == 0x2E);
  found |= (jukta_bytes)((uint8_t)1 >= first - 0x21) | (jukta_bytes)((first | 1) == 0x29);
  found |= (jukta_bytes)(first == 0x27);
  // [ ] { | } with their neighbours X Y Z \ ^ _ x y z ~, and ؟ with lead bytes of Arabic and Hebrew;
  // line feed to carriage return
  found |= (jukta_bytes)((first & 0x58) == 0x58) | (jukta_bytes)(first - 0x0A <= 3);
  return jukta_bits(found);
}

/// Bit i: whether a mark may start at `at[i]`, for 64 bytes. Reads 66.
static inline uint64_t jukta_marks(const uint8_t *at) {
  return jukta_marks16(at) | jukta_marks16(at + 16) << 16 | jukta_marks16(at + 32) << 32
    | jukta_marks16(at + 48) << 48;
}

#endif
