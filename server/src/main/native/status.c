/* The status file: "key=value" lines, replaced atomically and durably. */
#define _GNU_SOURCE
#include "supervisor.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t clock_ms(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int64_t now_ms(void) { return clock_ms(CLOCK_REALTIME); }

int64_t monotonic_ms(void) { return clock_ms(CLOCK_MONOTONIC); }

/* The kernel's name for this boot; pids and start times mean nothing in another one. */
static const char *boot_id(void) {
  static char id[64];
  if (id[0] == '\0') {
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, id, sizeof id - 1);
    if (fd >= 0) close(fd);
    id[length > 0 ? length : 0] = '\0';
    id[strcspn(id, "\n")] = '\0';
  }
  return id;
}

static int write_all(int fd, const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(fd, text, length);
    if (written <= 0) return -1;
    text += written;
    length -= (size_t)written;
  }
  return 0;
}

static size_t format(const struct status *status, char *text, size_t size) {
  static uint64_t main_start, own_start;
  if (own_start == 0) own_start = start_ticks(getpid());
  /* The main process is known until it is reaped, so its start time is read while it exists. */
  if (main_start == 0 && status->main_pid > 0) main_start = start_ticks(status->main_pid);
  int n = snprintf(text, size,
                   "format=1\nphase=%s\nboot=%s\nsupervisor=%d\nsupervisor-start=%" PRIu64
                   "\nmain=%d\nmain-start=%" PRIu64 "\nstarted=%" PRId64 "\ndropped=%" PRId64 "\n",
                   status->phase, boot_id(), (int)getpid(), own_start, (int)status->main_pid,
                   main_start, status->started_ms, status->dropped);
  if (status->killed) n += snprintf(text + n, size - (size_t)n, "killed=1\n");
  if (status->signalled) n += snprintf(text + n, size - (size_t)n, "signalled=1\n");
  if (status->main_over && WIFEXITED(status->wait_status)) {
    n += snprintf(text + n, size - (size_t)n, "exit=%d\n", WEXITSTATUS(status->wait_status));
  } else if (status->main_over) {
    n += snprintf(text + n, size - (size_t)n, "signal=%d\n", WTERMSIG(status->wait_status));
  }
  if (status->ended_ms > 0) n += snprintf(text + n, size - (size_t)n, "ended=%" PRId64 "\n", status->ended_ms);
  if (status->message[0] != '\0') n += snprintf(text + n, size - (size_t)n, "message=%s\n", status->message);
  return (size_t)n;
}

int status_write(int run_dir, const struct status *status) {
  char text[2048];
  size_t length = format(status, text, sizeof text);
  int fd = openat(run_dir, "status.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0) return -1;
  bool safe = write_all(fd, text, length) == 0 && fsync(fd) == 0;
  close(fd);
  if (!safe || renameat(run_dir, "status.new", run_dir, "status") != 0) return -1;
  return fsync(run_dir);
}
