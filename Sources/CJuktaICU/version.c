#include "CJuktaICU.h"

#if __has_include(<unicode/uversion.h>)
#include <unicode/uversion.h>
#else
#error "ICU headers not found: install libicu-dev (Debian, Ubuntu: apt-get install libicu-dev)"
#endif

const char *jukta_icu_version(void) { return U_ICU_VERSION; }
