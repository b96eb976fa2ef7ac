#include "CSchemas.h"

// As the built-in catalog: part of the binary, so that nothing has to travel with it.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char manifest[] = {
#embed "manifest.schema.json"
};
static const unsigned char lock[] = {
#embed "lock.schema.json"
};
static const unsigned char catalog[] = {
#embed "catalog.schema.json"
};

const unsigned char *neuromaps_manifest_schema(ptrdiff_t *count) {
  *count = sizeof manifest;
  return manifest;
}

const unsigned char *neuromaps_lock_schema(ptrdiff_t *count) {
  *count = sizeof lock;
  return lock;
}

const unsigned char *neuromaps_catalog_schema(ptrdiff_t *count) {
  *count = sizeof catalog;
  return catalog;
}
