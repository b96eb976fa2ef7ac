#ifndef C_SYSTEM_CALL_SPY_H
#define C_SYSTEM_CALL_SPY_H

/// Asked before each watched system call of the thread that watches.
///
/// `name` is the call, `path` what it is about (of a descriptor: the path it was opened under).
/// Returns 0 to let the call happen, or the errno that it shall fail with.
typedef int (*nm_spy)(void *context, const char *name, const char *path);

/// Watches fsync, fchmod, write, flock, rename, renameat2 and link of this thread from now on; with no spy, no more.
///
/// The functions of this file stand in for the C library's in the program that they are linked into.
void nm_watch_system_calls(nm_spy spy, void *context);

/// Whether watching works here: on Linux with glibc.
int nm_can_watch_system_calls(void);

#endif
