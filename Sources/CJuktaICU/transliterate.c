#include "icu.h"

static UTransliterator *icu(const jukta_icu_transliterator *transliterator) {
  return (UTransliterator *)transliterator;
}

jukta_icu_transliterator *jukta_icu_transliterator_open(const char *name) {
  UChar units[64];
  int32_t length = 0;
  for (; name[length] != 0; length++) {
    if (length == 64) return NULL;
    units[length] = (UChar)(unsigned char)name[length];
  }
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *opened =
      utrans_openU(units, length, UTRANS_FORWARD, NULL, 0, NULL, &status);
  return U_SUCCESS(status) ? (jukta_icu_transliterator *)opened : NULL;
}

void jukta_icu_transliterator_close(jukta_icu_transliterator *transliterator) {
  utrans_close(icu(transliterator));
}

int32_t jukta_icu_transliterate(const jukta_icu_transliterator *transliterator, uint16_t *text,
                                int32_t count, int32_t capacity) {
  int32_t length = count, limit = count;
  UErrorCode status = U_ZERO_ERROR;
  utrans_transUChars(icu(transliterator), text, &length, capacity, 0, &limit, &status);
  return status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status) ? length : -1;
}
