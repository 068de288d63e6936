/* The spec: NUL-terminated "key=value" records, so that values may hold anything but NUL. */
#include "supervisor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SPEC_BYTES (8 * 1024 * 1024)

static const struct {
  const char *name;
  int resource;
} LIMITS[] = {
    {"as", RLIMIT_AS},         {"core", RLIMIT_CORE},       {"cpu", RLIMIT_CPU},
    {"data", RLIMIT_DATA},     {"fsize", RLIMIT_FSIZE},     {"memlock", RLIMIT_MEMLOCK},
    {"nofile", RLIMIT_NOFILE}, {"nproc", RLIMIT_NPROC},     {"stack", RLIMIT_STACK},
};

static char *read_all(int fd, size_t *length) {
  size_t room = 0;
  char *text = NULL;
  for (;;) {
    if (*length + 1 >= room) {
      room += 16 * 1024;
      char *grown = room > MAX_SPEC_BYTES ? NULL : realloc(text, room);
      if (grown == NULL) return NULL;
      text = grown;
    }
    ssize_t got = read(fd, text + *length, room - *length - 1);
    if (got < 0) return NULL;
    if (got == 0) break;
    *length += (size_t)got;
  }
  text[*length] = '\0';
  return text;
}

/* nofile:1024:4096 */
static bool add_limit(struct spec *spec, const char *value) {
  const char *colon = strchr(value, ':');
  if (colon == NULL || spec->limit_count == MAX_LIMITS) return false;
  for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
    if (strlen(LIMITS[i].name) == (size_t)(colon - value) &&
        strncmp(LIMITS[i].name, value, (size_t)(colon - value)) == 0) {
      char *end;
      struct limit *limit = &spec->limits[spec->limit_count++];
      limit->resource = LIMITS[i].resource;
      limit->soft = strtoull(colon + 1, &end, 10);
      limit->hard = *end == ':' ? strtoull(end + 1, NULL, 10) : limit->soft;
      return true;
    }
  }
  return false;
}

static bool add(char ***list, size_t *count, char *value) {
  char **grown = realloc(*list, (*count + 2) * sizeof **list);
  if (grown == NULL) return false;
  grown[(*count)++] = value;
  grown[*count] = NULL;
  *list = grown;
  return true;
}

struct counts {
  size_t argv, envp, cleanup;
};

static bool take(struct spec *spec, struct counts *counts, const char *key, char *value) {
  if (strcmp(key, "arg") == 0) return add(&spec->argv, &counts->argv, value);
  if (strcmp(key, "env") == 0) return add(&spec->envp, &counts->envp, value);
  if (strcmp(key, "cleanup") == 0) return add(&spec->cleanup, &counts->cleanup, value);
  if (strcmp(key, "limit") == 0) return add_limit(spec, value);
  if (strcmp(key, "task") == 0) return (spec->task = value) != NULL;
  if (strcmp(key, "directory") == 0) return (spec->directory = value) != NULL;
  if (strcmp(key, "lock") == 0) {
    return spec->lock_count < MAX_LOCKS && (spec->locks[spec->lock_count++] = value) != NULL;
  }
  if (strcmp(key, "cgroup") == 0) {
    return spec->cgroup_count < MAX_CGROUPS && (spec->cgroups[spec->cgroup_count++] = value) != NULL;
  }
  if (strcmp(key, "uid") == 0) {
    spec->switch_user = true;
    spec->uid = (uid_t)strtoul(value, NULL, 10);
    return true;
  }
  if (strcmp(key, "gid") == 0) return spec->gid = (gid_t)strtoul(value, NULL, 10), true;
  if (strcmp(key, "group") == 0) {
    if (spec->group_count == MAX_GROUPS) return true; /* more than NFS can carry; not worth failing */
    spec->groups[spec->group_count++] = (gid_t)strtoul(value, NULL, 10);
    return true;
  }
  if (strcmp(key, "polite") == 0) return spec->polite_to_main_only = strcmp(value, "main") == 0, true;
  if (strcmp(key, "grace-ms") == 0) return spec->grace_ms = strtoll(value, NULL, 10), true;
  if (strcmp(key, "log-bytes") == 0) return spec->log_bytes = strtoll(value, NULL, 10), true;
  if (strcmp(key, "log-segments") == 0) return spec->log_segments = (int)strtol(value, NULL, 10), true;
  return false; /* written by a newer server: refuse rather than run something else than was meant */
}

static const char *spec_parse(char *text, size_t length, struct spec *spec) {
  memset(spec, 0, sizeof *spec);
  spec->grace_ms = 3000;
  spec->log_bytes = 10 * 1024 * 1024;
  spec->log_segments = 2;
  struct counts counts = {0};
  for (char *record = text; record < text + length; record += strlen(record) + 1) {
    char *equals = strchr(record, '=');
    if (equals == NULL) return "the spec is malformed";
    *equals = '\0';
    bool known = take(spec, &counts, record, equals + 1);
    if (!known) return "the spec has something this supervisor does not know";
    *equals = '='; /* so that the loop's strlen sees the whole record; values point behind it */
  }
  if (spec->task == NULL || spec->argv == NULL || spec->directory == NULL) return "the spec is incomplete";
  if (spec->envp == NULL && !add(&spec->envp, &counts.envp, NULL)) return "out of memory";
  if (spec->log_bytes < 4096 || spec->log_segments < 1) return "the spec's log limits are too small";
  return NULL;
}

const char *spec_read(int run_dir, struct spec *spec) {
  int fd = openat(run_dir, "spec", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return "there is no spec (any more)";
  struct stat about;
  size_t length = 0;
  bool sane = fstat(fd, &about) == 0 && about.st_size <= MAX_SPEC_BYTES;
  char *text = sane ? read_all(fd, &length) : NULL;
  close(fd);
  if (unlinkat(run_dir, "spec", 0) != 0) return "the spec cannot be removed";
  if (text == NULL) return "the spec cannot be read";
  return spec_parse(text, length, spec);
}

const char *spec_from_pipe(int fd, struct spec *spec) {
  size_t length = 0;
  char *text = read_all(fd, &length);
  return text == NULL ? "the spec cannot be read" : spec_parse(text, length, spec);
}
