#if __has_include(<lz4.h>)
#include <lz4.h>
#else
#error "lz4.h not found: install liblz4-dev (Debian, Ubuntu: apt-get install liblz4-dev)"
#endif
