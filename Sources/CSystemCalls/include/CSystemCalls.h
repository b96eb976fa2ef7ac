#ifndef NEUROMAPS_SYSTEM_CALLS_H
#define NEUROMAPS_SYSTEM_CALLS_H

#include <stdint.h>

// System calls that Swift's C modules do not show (they need _GNU_SOURCE, or differ by system).
// All return 0, or -1 with errno.

/// Renames unless the target exists (errno EEXIST); ENOTSUP where the filesystem cannot tell.
int nm_rename_exclusively(const char *from, const char *to);

/// Makes the open, empty file `to` share the blocks of the open file `from`; ENOTSUP where it cannot.
int nm_clone(int from, int to);

/// Copies all of the open file `from` to the open, empty file `to`, inside the kernel where it can.
int nm_copy(int from, int to, int64_t size);

#endif
