#define _GNU_SOURCE
#include "CSystemCallSpy.h"

// Any header tells whether the library is glibc.
#include <stdio.h>

#if defined(__linux__) && defined(__GLIBC__)

#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Thread_local nm_spy current;
static _Thread_local void *current_context;

void nm_watch_system_calls(nm_spy spy, void *context) {
  current = spy;
  current_context = context;
}

int nm_can_watch_system_calls(void) { return 1; }

// The spy's own calls are not watched.
static int refused(const char *name, const char *path) {
  nm_spy spy = current;
  if (!spy) return 0;
  current = NULL;
  int error = spy(current_context, name, path);
  current = spy;
  if (error) errno = error;
  return error;
}

static int refused_for(const char *name, int file) {
  if (!current) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t count = readlink(link, path, sizeof path - 1);
  path[count < 0 ? 0 : count] = 0;
  return refused(name, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) {
  if (refused_for("fsync", file)) return -1;
  return (int)syscall(SYS_fsync, file);
}

int syncfs(int file) {
  if (refused_for("syncfs", file)) return -1;
  return (int)syscall(SYS_syncfs, file);
}

int fchmod(int file, mode_t mode) {
  if (refused_for("fchmod", file)) return -1;
  return (int)syscall(SYS_fchmod, file, mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (refused_for("write", file)) return -1;
  return REAL(write)(file, bytes, count);
}

int flock(int file, int operation) {
  if (refused_for("flock", file)) return -1;
  return (int)syscall(SYS_flock, file, operation);
}

int rename(const char *from, const char *to) {
  if (refused("rename", to)) return -1;
  return REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
  if (refused("link", to)) return -1;
  return REAL(link)(from, to);
}

long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_renameat2 && refused("renameat2", (const char *)a[3])) return -1;
  return REAL(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#else

void nm_watch_system_calls(nm_spy spy, void *context) {
  (void)spy;
  (void)context;
}

int nm_can_watch_system_calls(void) { return 0; }

#endif
