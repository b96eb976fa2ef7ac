#ifndef NEUROMAPS_SCHEMAS_H
#define NEUROMAPS_SCHEMAS_H

#include <stddef.h>

/// The bytes of manifest.schema.json, embedded when this was compiled; they live as long as the program.
const unsigned char *neuromaps_manifest_schema(ptrdiff_t *count);

/// The same of lock.schema.json.
const unsigned char *neuromaps_lock_schema(ptrdiff_t *count);

/// The same of catalog.schema.json.
const unsigned char *neuromaps_catalog_schema(ptrdiff_t *count);

#endif
