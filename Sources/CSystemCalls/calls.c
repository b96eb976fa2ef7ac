#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#endif

#ifdef __APPLE__
#include <copyfile.h>
#include <sys/clonefile.h>
#endif

int nm_rename_exclusively(const char *from, const char *to) {
#if defined(__linux__)
  // Through syscall(2): musl has no wrapper.
  int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
  if (result != 0 && (errno == EINVAL || errno == ENOSYS)) errno = ENOTSUP;
  return result;
#elif defined(__APPLE__)
  return renamex_np(from, to, RENAME_EXCL);
#else
  errno = ENOTSUP;
  return -1;
#endif
}

int nm_clone(int from, int to) {
#if defined(__linux__)
  return ioctl(to, FICLONE, from);
#else
  // clonefile(2) makes the file itself; the copy below clones through copyfile(3) instead.
  (void)from;
  (void)to;
  errno = ENOTSUP;
  return -1;
#endif
}

static int copy_through_memory(int from, int to) {
  const size_t capacity = 1 << 20;
  char *buffer = malloc(capacity);
  if (!buffer) return -1;
  int result = 0;
  for (;;) {
    ssize_t count = read(from, buffer, capacity);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      result = (int)count;
      break;
    }
    for (ssize_t done = 0; done < count;) {
      ssize_t written = write(to, buffer + done, (size_t)(count - done));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        free(buffer);
        return -1;
      }
      done += written;
    }
  }
  free(buffer);
  return result;
}

int nm_copy(int from, int to, int64_t size) {
#if defined(__linux__)
  int64_t done = 0;
  while (done < size) {
    ssize_t count = copy_file_range(from, NULL, to, NULL, (size_t)(size - done), 0);
    if (count < 0 && errno == EINTR) continue;
    // Another filesystem, or one without the call; both offsets stand at `done`.
    if (count < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)) break;
    if (count < 0) return -1;
    if (count == 0) break;
    done += count;
  }
  return copy_through_memory(from, to);
#elif defined(__APPLE__)
  (void)size;
  return fcopyfile(from, to, NULL, COPYFILE_DATA | COPYFILE_CLONE);
#else
  (void)size;
  return copy_through_memory(from, to);
#endif
}

int nm_flush_filesystem(int file) {
#if defined(__linux__)
  return syncfs(file);
#else
  (void)file;
  errno = ENOTSUP;
  return -1;
#endif
}

static void fill_times(struct timespec times[2], int64_t time) {
  times[0].tv_sec = 0;
  times[0].tv_nsec = UTIME_OMIT;
  times[1].tv_sec = time / 1000000000;
  times[1].tv_nsec = time % 1000000000;
}

int nm_set_file_modified(int file, int64_t time) {
  struct timespec times[2];
  fill_times(times, time);
  return futimens(file, times);
}

int nm_set_path_modified(const char *path, int64_t time) {
  struct timespec times[2];
  fill_times(times, time);
  return utimensat(AT_FDCWD, path, times, 0);
}

void nm_begin_flush(int file) {
#if defined(__linux__)
  // It only saves time; if it fails, the flush that follows tells why.
  (void)sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)file;
#endif
}
