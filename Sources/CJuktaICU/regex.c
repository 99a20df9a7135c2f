#include "icu.h"

// The opaque handle of the header is ICU's own object under another name.
static URegularExpression *icu(const jukta_icu_regex *regex) { return (URegularExpression *)regex; }

jukta_icu_regex *jukta_icu_regex_open(const uint16_t *pattern, int32_t count, const char **message,
                                      int32_t *position) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place = {0};
  // As in Oniguruma's Ruby syntax: ^ and $ at every line, and only a line feed ends one.
  uint32_t flags = UREGEX_MULTILINE | UREGEX_UNIX_LINES;
  URegularExpression *regex = uregex_open(pattern, count, flags, &place, &status);
  if (U_FAILURE(status)) {
    *message = u_errorName(status);
    *position = place.offset;
    return NULL;
  }
  return (jukta_icu_regex *)regex;
}

void jukta_icu_regex_close(jukta_icu_regex *regex) { uregex_close(icu(regex)); }

int32_t jukta_icu_regex_set_text(jukta_icu_regex *regex, const uint16_t *text, int32_t count) {
  UErrorCode status = U_ZERO_ERROR;
  uregex_setText(icu(regex), text, count, &status);
  // Of ten thousand steps each, counted over all matches of a text (`uregex_findNext` does not begin anew):
  // a second or so, where a hostile pattern takes for ever, and a thousand steps for each unit.
  uregex_setTimeLimit(icu(regex), 2000 + count / 10, &status);
  return U_SUCCESS(status) ? 0 : JUKTA_ICU_REGEX_OTHER;
}

int32_t jukta_icu_regex_next(jukta_icu_regex *regex, int32_t *start, int32_t *end) {
  UErrorCode status = U_ZERO_ERROR;
  UBool found = uregex_findNext(icu(regex), &status);
  if (U_SUCCESS(status) && found) {
    *start = uregex_start(icu(regex), 0, &status);
    *end = uregex_end(icu(regex), 0, &status);
  }
  if (U_SUCCESS(status)) return found ? 1 : 0;
  return status == U_REGEX_TIME_OUT         ? JUKTA_ICU_REGEX_TIME
         : status == U_REGEX_STACK_OVERFLOW ? JUKTA_ICU_REGEX_STACK
                                            : JUKTA_ICU_REGEX_OTHER;
}
