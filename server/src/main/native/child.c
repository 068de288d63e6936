/* Becoming the task: everything between fork and exec. */
#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static _Noreturn void give_up(int fail, const char *what, const char *on) {
  char text[400];
  int length = snprintf(text, sizeof text, "%s %s: %s", what, on, strerror(errno));
  if (write(fail, text, (size_t)length) < 0) _exit(126);
  _exit(errno == ENOENT ? 127 : 126);
}

/* "0" means the writer. Done before privileges go, and before the program can fork. */
static void join_cgroups(const struct spec *spec) {
  for (size_t i = 0; i < spec->cgroup_count; i++) {
    int dir = open(spec->cgroups[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = dir < 0 ? -1 : openat(dir, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    /* A limit that cannot be had is reported by the server beforehand, and is no reason not to run. */
    if (fd >= 0 && write(fd, "0", 1) < 0) errno = 0;
    if (fd >= 0) close(fd);
    if (dir >= 0) close(dir);
  }
}

static void become_user(const struct spec *spec, int fail) {
  if (!spec->switch_user) return;
  if (geteuid() == 0 && setgroups(spec->group_count, spec->groups) != 0) give_up(fail, "cannot set", "groups");
  if (setresgid(spec->gid, spec->gid, spec->gid) != 0) give_up(fail, "cannot switch to the group of", "the user");
  if (setresuid(spec->uid, spec->uid, spec->uid) != 0) give_up(fail, "cannot switch to", "the user");
}

_Noreturn void child_become(const struct spec *spec, int go, int fail, int out, int err, int null) {
  char byte;
  /* End of file instead of the byte: the supervisor died before it had recorded this process. */
  if (read(go, &byte, 1) != 1) _exit(EXIT_BROKEN);
  /* A session of its own, so that no terminal and no group signal of ours reaches it. */
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0) {
    if (write(score, "0", 1) < 0) errno = 0; /* only inherits the supervisor's; nothing depends on it */
    close(score);
  }
  join_cgroups(spec);
  if (dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) give_up(fail, "cannot connect", "output");
  for (size_t i = 0; i < spec->limit_count; i++) {
    struct rlimit limit = {spec->limits[i].soft, spec->limits[i].hard};
    if (setrlimit(spec->limits[i].resource, &limit) != 0) give_up(fail, "cannot set", "a resource limit");
  }
  if (geteuid() != 0 || !spec->switch_user) {
    if (chdir(spec->directory) != 0) give_up(fail, "cannot enter", spec->directory);
    become_user(spec, fail);
  } else {
    become_user(spec, fail); /* first, so that it is the user who must be able to enter */
    if (chdir(spec->directory) != 0) give_up(fail, "the user cannot enter", spec->directory);
  }
  umask(022);
  for (size_t i = 0; i < spec->lock_count; i++) fcntl(spec->tenants[i], F_SETFD, 0);
  environ = spec->envp; /* execvp looks for the program along the task's own PATH */
  execvp(spec->argv[0], spec->argv);
  give_up(fail, "cannot run", spec->argv[0]);
}
