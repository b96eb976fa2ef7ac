#ifndef NEUROMAPS_BUILTIN_CATALOG_H
#define NEUROMAPS_BUILTIN_CATALOG_H

#include <stddef.h>

/// The bytes of neuromaps.yaml, embedded when this was compiled; they live as long as the program.
const unsigned char *neuromaps_builtin_catalog(ptrdiff_t *count);

#endif
