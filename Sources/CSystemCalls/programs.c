#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// No other program that is started meanwhile shall hold an end of the pipe, or nobody would see its end.
static int open_pipe(int ends[2]) {
#if defined(__linux__)
  return pipe2(ends, O_CLOEXEC);
#else
  if (pipe(ends) != 0) return -1;
  (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

static int fill_actions(posix_spawn_file_actions_t *actions, int output, int errors) {
  int failure = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
  if (failure == 0) failure = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (failure == 0) failure = posix_spawn_file_actions_adddup2(actions, errors, 2);
  return failure;
}

// What this program does with signals is no business of the other one.
static int fill_attributes(posix_spawnattr_t *attributes) {
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  int failure = posix_spawnattr_setflags(attributes, flags);
  if (failure == 0) failure = posix_spawnattr_setsigmask(attributes, &none);
  if (failure == 0) failure = posix_spawnattr_setsigdefault(attributes, &usual);
  return failure;
}

// Gives an error number, as posix_spawn(3) does.
static int spawn(const char *path, char *const arguments[], char *const environment[], int output, int errors,
                 pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int failure = posix_spawn_file_actions_init(&actions);
  if (failure != 0) return failure;
  failure = posix_spawnattr_init(&attributes);
  if (failure == 0) {
    failure = fill_actions(&actions, output, errors);
    if (failure == 0) failure = fill_attributes(&attributes);
    if (failure == 0) failure = posix_spawn(process, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return failure;
}

int nm_start_program(const char *path, char *const arguments[], char *const environment[], int32_t *process,
                     int32_t *output, int32_t *errors) {
  int out[2], err[2];
  if (open_pipe(out) != 0) return -1;
  if (open_pipe(err) != 0) {
    int reason = errno;
    close(out[0]);
    close(out[1]);
    errno = reason;
    return -1;
  }
  pid_t child = 0;
  int failure = spawn(path, arguments, environment, out[1], err[1], &child);
  close(out[1]);
  close(err[1]);
  if (failure != 0) {
    close(out[0]);
    close(err[0]);
    errno = failure;
    return -1;
  }
  *process = (int32_t)child;
  *output = out[0];
  *errors = err[0];
  return 0;
}

int nm_end_of_program(int32_t process, int waits, int32_t *code) {
  int status = 0;
  pid_t ended;
  do ended = waitpid((pid_t)process, &status, waits ? 0 : WNOHANG);
  while (ended < 0 && errno == EINTR);
  if (ended <= 0) return (int)ended;
  *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return 1;
}
