// Loaded into the tool (LD_PRELOAD) to make what it asks of the system fail, or
// to end it there. Counts the calls that change files below FAULT_FOLDER;
//
//   FAULT_COUNT=FILE   writes at the end how many there were
//   FAULT_KILL=N       ends the process (SIGKILL) before call N, from 1
//   FAULT_TEAR=N       the same, but of a write half the bytes are written
//   FAULT_FULL=N       from call N on, writes fail with ENOSPC
//   FAULT_BREAK=N      call N fails with EIO, if it is an fsync, a truncation or
//                      a rename
//   FAULT_READ_ONLY=1  opening a file to write to it fails with EROFS
//   FAULT_TIMER=US     ends the process after so many microseconds

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static atomic_long calls = 0;  // of all threads

static long Setting(const char* name) {
  const char* value = getenv(name);
  return value == NULL ? 0 : atol(value);
}

static int IsBelow(const char* path) {
  const char* folder = getenv("FAULT_FOLDER");
  return folder != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int IsOurs(int fd) {
  char link[64];
  char path[PATH_MAX + 1];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, PATH_MAX);
  if (size < 0) return 0;
  path[size] = '\0';
  return IsBelow(path);
}

// Counts a call and returns its number; ends the process if it is the one.
static long Count(void) {
  const long call = ++calls;
  if (call == Setting("FAULT_KILL")) raise(SIGKILL);
  return call;
}

// Returns whether a call has to fail for want of room.
static int IsFull(long call) {
  const long full = Setting("FAULT_FULL");
  return full != 0 && call >= full;
}

// The same for want of a sound disk.
static int IsBroken(long call) { return call == Setting("FAULT_BREAK"); }

static int IsTorn(long call) { return call == Setting("FAULT_TEAR"); }

__attribute__((constructor)) static void Begin(void) {
  const long microseconds = Setting("FAULT_TIMER");
  if (microseconds == 0) return;
  const struct itimerval timer = {
      {0, 0}, {microseconds / 1000000, microseconds % 1000000}};
  signal(SIGALRM, SIG_DFL);
  setitimer(ITIMER_REAL, &timer, NULL);
}

__attribute__((destructor)) static void End(void) {
  const char* path = getenv("FAULT_COUNT");
  if (path == NULL) return;
  FILE* file = fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%ld\n", calls);
  fclose(file);
}

// The tool ends so, without destructors.
void _Exit(int exit_code) {
  End();
  _exit(exit_code);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void* bytes, size_t size) {
  if (IsOurs(fd)) {
    const long call = Count();
    if (IsTorn(call)) {
      if (REAL(write)(fd, bytes, size / 2) >= 0) raise(SIGKILL);
    }
    if (IsFull(call)) {
      errno = ENOSPC;
      return -1;
    }
  }
  return REAL(write)(fd, bytes, size);
}

#define DEFINE_PWRITE(name, offset_type)                                \
  ssize_t name(int fd, const void* bytes, size_t size, offset_type at) { \
    if (IsOurs(fd)) {                                                   \
      const long call = Count();                                        \
      if (IsTorn(call)) {                                               \
        if (REAL(name)(fd, bytes, size / 2, at) >= 0) raise(SIGKILL);   \
      }                                                                 \
      if (IsFull(call)) {                                               \
        errno = ENOSPC;                                                 \
        return -1;                                                      \
      }                                                                 \
    }                                                                   \
    return REAL(name)(fd, bytes, size, at);                             \
  }
DEFINE_PWRITE(pwrite, off_t)
DEFINE_PWRITE(pwrite64, off64_t)

#define DEFINE_SYNC(name)                  \
  int name(int fd) {                       \
    if (IsOurs(fd) && IsBroken(Count())) { \
      errno = EIO;                         \
      return -1;                           \
    }                                      \
    return REAL(name)(fd);                 \
  }
DEFINE_SYNC(fsync)
DEFINE_SYNC(fdatasync)

#define DEFINE_TRUNCATE(name, size_type)   \
  int name(int fd, size_type size) {       \
    if (IsOurs(fd) && IsBroken(Count())) { \
      errno = EIO;                         \
      return -1;                           \
    }                                      \
    return REAL(name)(fd, size);           \
  }
DEFINE_TRUNCATE(ftruncate, off_t)
DEFINE_TRUNCATE(ftruncate64, off64_t)

int rename(const char* from, const char* to) {
  if (IsBelow(from) && IsBroken(Count())) {
    errno = EIO;
    return -1;
  }
  return REAL(rename)(from, to);
}

int unlink(const char* path) {
  if (IsBelow(path)) Count();
  return REAL(unlink)(path);
}

int remove(const char* path) {
  if (IsBelow(path)) Count();
  return REAL(remove)(path);
}

#define DEFINE_OPEN(name)                                        \
  int name(const char* path, int flags, ...) {                   \
    va_list arguments;                                           \
    va_start(arguments, flags);                                  \
    const mode_t mode = (flags & O_CREAT) ? va_arg(arguments, mode_t) : 0; \
    va_end(arguments);                                           \
    if (IsBelow(path) && (flags & O_ACCMODE) != O_RDONLY &&      \
        Setting("FAULT_READ_ONLY") != 0) {                       \
      errno = EROFS;                                             \
      return -1;                                                 \
    }                                                            \
    return REAL(name)(path, flags, mode);                        \
  }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)
