/*
 * Each volume has two locks, in a directory that the task cannot reach. "owner" is held by the
 * supervisor alone. "tenant" is held by an open file that every process of the task inherits, so
 * that it stays locked when the supervisor is killed and the task lives on. Both are OFD locks:
 * they belong to the open file, not to a process, and conflict with java.nio's file locks.
 */
#define _GNU_SOURCE
#include "supervisor.h"

#include <fcntl.h>
#include <unistd.h>

int lock_file(int dir, const char *name) {
  int fd = openat(dir, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fd >= 0 && fcntl(fd, F_OFD_SETLK, &whole) != 0) {
    close(fd);
    fd = -1;
  }
  return fd;
}

const char *lock_volumes(struct spec *spec) {
  for (size_t i = 0; i < spec->lock_count; i++) {
    int dir = open(spec->locks[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int owner = dir < 0 ? -1 : lock_file(dir, "owner");
    int tenant = owner < 0 ? -1 : lock_file(dir, "tenant");
    if (tenant < 0) return spec->locks[i];
    /* Out of the way of programs that count on low numbers. */
    int high = fcntl(tenant, F_DUPFD_CLOEXEC, 200);
    if (high >= 0) close(tenant);
    spec->tenants[i] = high >= 0 ? high : tenant;
    close(dir);
  }
  return NULL;
}
