#if __has_include(<brotli/decode.h>)
#include <brotli/decode.h>
#else
#error "brotli/decode.h not found: install libbrotli-dev (Debian, Ubuntu: apt-get install libbrotli-dev)"
#endif
