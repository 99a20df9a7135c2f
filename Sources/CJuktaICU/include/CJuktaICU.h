#ifndef CJUKTA_ICU_H
#define CJUKTA_ICU_H

// The few ICU calls that Jukta makes. No ICU type appears here: see Documentation/decisions/0002.
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of ICU that is linked, as "72.1".
const char *jukta_icu_version(void);

#ifdef __cplusplus
}
#endif
#endif
