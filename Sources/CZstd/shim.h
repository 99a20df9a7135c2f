#if __has_include(<zstd.h>)
#include <zstd.h>
#else
#error "zstd.h not found: install libzstd-dev (Debian, Ubuntu: apt-get install libzstd-dev)"
#endif
