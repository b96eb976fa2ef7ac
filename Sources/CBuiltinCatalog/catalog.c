#include "CBuiltinCatalog.h"

// `#embed` costs neither build time nor start-up; a resource bundle would have to travel with the binary.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char bytes[] = {
#embed "neuromaps.yaml"
};

const unsigned char *neuromaps_builtin_catalog(ptrdiff_t *count) {
  *count = sizeof bytes;
  return bytes;
}
