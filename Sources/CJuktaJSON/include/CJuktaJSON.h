#ifndef CJUKTA_JSON_H
#define CJUKTA_JSON_H
// simdjson over JSON lines, behind a C header.
#ifdef __cplusplus
extern "C" {
#endif
const char *jukta_simdjson_version(void);
#ifdef __cplusplus
}
#endif
#endif
