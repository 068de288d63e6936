/*
 * Bounded logs. A log is a row of segments, each named by the offset of its first byte, so that
 * readers can follow it by offset while old segments go.
 */
#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <unistd.h>

#define MAX_KEPT 1024

static void segment_name(char *name, size_t size, const char *log, int64_t start) {
  snprintf(name, size, "%s.%020" PRId64, log, start);
}

static int compare(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

/* Removes the oldest segments until at most `keep` are left. */
static void prune(const char *log, int log_dir, int keep) {
  static int64_t starts[MAX_KEPT];
  size_t count = 0, prefix = strlen(log);
  int fd = openat(log_dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd < 0 ? NULL : fdopendir(fd);
  if (dir == NULL) return;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL && count < MAX_KEPT;) {
    if (strncmp(entry->d_name, log, prefix) == 0 && entry->d_name[prefix] == '.') {
      starts[count++] = strtoll(entry->d_name + prefix + 1, NULL, 10);
    }
  }
  closedir(dir);
  qsort(starts, count, sizeof *starts, compare);
  for (size_t i = 0; (int64_t)i < (int64_t)count - keep; i++) {
    char name[64];
    segment_name(name, sizeof name, log, starts[i]);
    unlinkat(log_dir, name, 0);
  }
}

static void open_segment(struct log *log, int log_dir, const struct spec *spec) {
  char name[64];
  log->start += log->size;
  log->size = 0;
  if (log->file >= 0) close(log->file);
  /* The oldest goes first, so that a disk filled by this very log has room again. */
  prune(log->name, log_dir, spec->log_segments - 1);
  segment_name(name, sizeof name, log->name, log->start);
  log->file = openat(log_dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
}

/* Writes what fits, and says how much that was. */
static size_t write_some(struct log *log, const char *bytes, size_t length) {
  size_t done = 0;
  while (log->file >= 0 && done < length) {
    ssize_t written = write(log->file, bytes + done, length - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    done += (size_t)written;
  }
  log->size += (int64_t)done;
  return done;
}

static void append(struct log *log, int log_dir, const struct spec *spec, const char *bytes, size_t length) {
  while (length > 0) {
    if (log->file < 0 || log->size >= spec->log_bytes) open_segment(log, log_dir, spec);
    if (log->dropped > 0) { /* a gap is said where it is, as soon as there is room to say it */
      char note[96];
      int size = snprintf(note, sizeof note, "\n[homeport: %" PRId64 " bytes were lost here, the disk was full]\n",
                          log->dropped);
      if (write_some(log, note, (size_t)size) == (size_t)size) log->dropped = 0;
    }
    int64_t room = spec->log_bytes - log->size;
    size_t part = room > 0 && (int64_t)length > room ? (size_t)room : length;
    size_t written = log->dropped == 0 ? write_some(log, bytes, part) : 0;
    if (written < part) {
      log->dropped += (int64_t)(part - written);
      log->dropped_total += (int64_t)(part - written);
    }
    bytes += part;
    length -= part;
  }
}

void log_pump(struct log *log, int log_dir, const struct spec *spec) {
  static char buffer[32 * 1024];
  /* A few rounds only: one chatty stream must not keep signals or the other stream waiting. */
  for (int round = 0; log->pipe >= 0 && round < 16; round++) {
    ssize_t got = read(log->pipe, buffer, sizeof buffer);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
      close(log->pipe);
      log->pipe = -1;
      return;
    }
    append(log, log_dir, spec, buffer, (size_t)got);
  }
}
