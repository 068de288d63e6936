/*
 * The processes of the task. This process is a "child subreaper": a descendant whose parent ends
 * becomes its child, so nothing escapes by forking twice, and when there is no child left there is
 * no descendant left.
 */
#include "supervisor.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct process {
  pid_t pid, parent;
  bool descendant;
};

/* Fields of /proc/<pid>/stat, counted as in proc(5); the name (field 2) may hold anything. */
static bool read_stat(pid_t pid, pid_t *parent, uint64_t *start) {
  char path[40], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return false;
  text[length] = '\0';
  char *field = strrchr(text, ')');
  for (int number = 2; field != NULL && number < 22; number++) {
    field = strchr(field + 1, ' ');
    if (field != NULL && number + 1 == 4) *parent = (pid_t)strtol(field + 1, NULL, 10);
    if (field != NULL && number + 1 == 22) *start = strtoull(field + 1, NULL, 10);
  }
  return field != NULL;
}

uint64_t start_ticks(pid_t pid) {
  pid_t parent;
  uint64_t start = 0;
  return read_stat(pid, &parent, &start) ? start : 0;
}

static struct process *all_processes(size_t *count) {
  static struct process *list;
  static size_t room;
  *count = 0;
  DIR *proc = opendir("/proc");
  if (proc == NULL) return NULL;
  for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
    pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10), parent;
    uint64_t start;
    if (pid <= 0 || !read_stat(pid, &parent, &start)) continue;
    if (*count == room) {
      struct process *grown = realloc(list, (room + 256) * sizeof *list);
      if (grown == NULL) break;
      list = grown;
      room += 256;
    }
    list[(*count)++] = (struct process){pid, parent, false};
  }
  closedir(proc);
  return list;
}

static bool is_marked(const struct process *list, size_t count, pid_t pid) {
  for (size_t i = 0; i < count; i++) {
    if (list[i].pid == pid) return list[i].descendant;
  }
  return false;
}

int tree_signal(int signal) {
  size_t count;
  struct process *list = all_processes(&count);
  pid_t self = getpid();
  bool more = list != NULL;
  while (more) { /* a child may stand before its parent, so until nothing changes */
    more = false;
    for (size_t i = 0; i < count; i++) {
      if (!list[i].descendant && (list[i].parent == self || is_marked(list, count, list[i].parent))) {
        list[i].descendant = true;
        more = true;
      }
    }
  }
  int reached = 0;
  for (size_t i = 0; list != NULL && i < count; i++) {
    if (list[i].descendant) {
      reached++;
      kill(list[i].pid, signal);
    }
  }
  return reached;
}
