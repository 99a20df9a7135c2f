#include "icu.h"

const char *jukta_icu_version(void) { return U_ICU_VERSION; }

static const UNormalizer2 *composing(int32_t compatible) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *instance =
      compatible ? unorm2_getNFKCInstance(&status) : unorm2_getNFCInstance(&status);
  return U_SUCCESS(status) ? instance : NULL;
}

int32_t jukta_icu_decompose(uint32_t scalar, int32_t compatible, uint32_t *out, int32_t capacity) {
  const UNormalizer2 *instance = composing(compatible);
  UChar units[64];
  UErrorCode status = U_ZERO_ERROR;
  if (instance == NULL) return 0;
  int32_t length = unorm2_getDecomposition(instance, (UChar32)scalar, units, 64, &status);
  if (length <= 0 || U_FAILURE(status)) return 0;
  int32_t count = 0;
  for (int32_t i = 0; i < length && count < capacity;) {
    UChar32 next;
    U16_NEXT(units, i, length, next);
    out[count++] = (uint32_t)next;
  }
  return count;
}

int32_t jukta_icu_compose(uint32_t first, uint32_t second) {
  const UNormalizer2 *instance = composing(0);
  return instance == NULL ? -1 : unorm2_composePair(instance, (UChar32)first, (UChar32)second);
}

int32_t jukta_icu_combining_class(uint32_t scalar) {
  return u_getCombiningClass((UChar32)scalar);
}

int32_t jukta_icu_has_boundary_before(uint32_t scalar, int32_t compatible) {
  const UNormalizer2 *instance = composing(compatible);
  return instance != NULL && unorm2_hasBoundaryBefore(instance, (UChar32)scalar);
}

int32_t jukta_icu_age(uint32_t scalar) {
  UVersionInfo version;
  u_charAge((UChar32)scalar, version);
  return version[0] * 256 + version[1];
}

uint32_t jukta_icu_lowercase(uint32_t scalar) { return (uint32_t)u_tolower((UChar32)scalar); }

uint32_t jukta_icu_fold(uint32_t scalar) {
  return (uint32_t)u_foldCase((UChar32)scalar, U_FOLD_CASE_DEFAULT);
}

uint32_t jukta_icu_category_mask(uint32_t scalar) { return U_GET_GC_MASK((UChar32)scalar); }

struct categories {
  uint8_t *out;
  uint32_t count;
};

static UBool U_CALLCONV note_category(const void *context, UChar32 start, UChar32 limit,
                                      UCharCategory category) {
  const struct categories *categories = context;
  uint32_t end = (uint32_t)limit < categories->count ? (uint32_t)limit : categories->count;
  for (uint32_t scalar = (uint32_t)start; scalar < end; scalar++) {
    categories->out[scalar] = (uint8_t)category;
  }
  return end == (uint32_t)limit;
}

void jukta_icu_categories(uint8_t *out, uint32_t count) {
  struct categories categories = {out, count};
  u_enumCharTypes(note_category, &categories);
}

int32_t jukta_icu_normalize(int32_t form, const uint16_t *text, int32_t count, uint16_t *out,
                            int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *instance = form == 0   ? unorm2_getNFCInstance(&status)
                                 : form == 1 ? unorm2_getNFDInstance(&status)
                                 : form == 2 ? unorm2_getNFKCInstance(&status)
                                             : unorm2_getNFKDInstance(&status);
  if (U_FAILURE(status)) return -1;
  int32_t length = unorm2_normalize(instance, text, count, out, capacity, &status);
  return status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status) ? length : -1;
}
