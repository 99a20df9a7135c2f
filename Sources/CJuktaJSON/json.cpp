#include "CJuktaJSON.h"

#if __has_include(<simdjson.h>)
#include <simdjson.h>
#else
#error "simdjson.h not found: install libsimdjson-dev (Debian, Ubuntu: apt-get install libsimdjson-dev)"
#endif

const char *jukta_simdjson_version(void) { return SIMDJSON_STRINGIFY(SIMDJSON_VERSION); }
