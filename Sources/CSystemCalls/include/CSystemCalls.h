#ifndef NEUROMAPS_SYSTEM_CALLS_H
#define NEUROMAPS_SYSTEM_CALLS_H

#include <stdint.h>

// System calls that Swift's C modules do not show (they need _GNU_SOURCE, or differ by system).
// Those with a result return 0, or -1 with errno.

/// Renames unless the target exists (errno EEXIST); ENOTSUP where the filesystem cannot tell.
int nm_rename_exclusively(const char *from, const char *to);

/// Makes the open, empty file `to` share the blocks of the open file `from`; ENOTSUP where it cannot.
int nm_clone(int from, int to);

/// Copies all of the open file `from` to the open, empty file `to`, inside the kernel where it can.
int nm_copy(int from, int to, int64_t size);

/// Makes all that was written to the filesystem of the open file `file` durable; ENOTSUP where there is no
/// call that also tells of errors.
int nm_flush_filesystem(int file);

/// Sets the time of last change, in nanoseconds since 1970, and leaves that of last use.
int nm_set_file_modified(int file, int64_t time);
int nm_set_path_modified(const char *path, int64_t time);

/// Has the disk begin to write what was written to the open file `file`, and does not wait for it.
void nm_begin_flush(int file);

/// Starts a program that reads nothing; `output` and `errors` become the ends to read what it writes from. It has
/// no other file of this process, and the usual answers to signals.
int nm_start_program(const char *path, char *const arguments[], char *const environment[], int32_t *process,
                     int32_t *output, int32_t *errors);

/// Takes note of the end of a program that this process started: 1 and its exit code, as a shell would tell it; 0
/// while it runs, if that is not waited for; -1 with errno where nothing is known of it.
int nm_end_of_program(int32_t process, int waits, int32_t *code);

#endif
