/* The life of a supervisor: see supervisor.h for what it promises. */
#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLEANUP_MS 60000
#define AGAIN_MS 100

static struct spec spec;
static struct status status = {.phase = "starting"};
static struct log logs[2] = {{.name = "stdout", .file = -1, .pipe = -1}, {.name = "stderr", .file = -1, .pipe = -1}};
static int run_dir, log_dir, signals, report = -1;
static bool ending, childless;
static int64_t deadline; /* when SIGKILL is sent next; valid while ending */

/* Tells the launching process how it went; it passes that on as its exit code and standard error. */
static void tell(int code, const char *message, const char *detail) {
  char text[600];
  int length = snprintf(text, sizeof text, "%c%s%s", code, message, detail);
  if (report >= 0 && write(report, text, (size_t)length) < 0) errno = 0; /* it does not wait any more */
  if (report >= 0) close(report);
  report = -1;
}

static _Noreturn void refuse(int code, const char *message, const char *detail) {
  tell(code, message, detail);
  _exit(code);
}

/* Waits for the daemon's word. Its end without a word is an answer too. */
static _Noreturn void pass_on(int from) {
  char text[600];
  size_t length = 0;
  for (ssize_t got; (got = read(from, text + length, sizeof text - length)) > 0;) length += (size_t)got;
  if (length == 0) _exit(EXIT_BROKEN);
  if (length > 1 && write(2, text + 1, length - 1) < 0) _exit(EXIT_BROKEN);
  _exit(text[0]);
}

static void become_daemon(void) {
  int channel[2];
  close_range(3, ~0U, 0); /* nothing that whoever started us had open reaches the task */
  if (pipe2(channel, O_CLOEXEC) != 0) exit(EXIT_BROKEN);
  pid_t pid = fork();
  if (pid < 0) exit(EXIT_BROKEN);
  if (pid > 0) {
    close(channel[1]);
    pass_on(channel[0]);
  }
  close(channel[0]);
  report = channel[1];
  setsid();
  umask(022);
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd < 3; fd++) dup2(null, fd);
  if (null > 2) close(null);
  /* The kernel should rather end the task than what watches over it. Only root may say so. */
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0 && write(score, "-900", 4) < 0) errno = 0;
  if (score >= 0) close(score);
}

static void catch_signals(void) {
  sigset_t caught;
  sigemptyset(&caught);
  sigaddset(&caught, SIGTERM);
  sigaddset(&caught, SIGCHLD);
  sigprocmask(SIG_BLOCK, &caught, NULL);
  int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ};
  for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
  signals = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0) refuse(EXIT_BROKEN, "no signalfd: ", strerror(errno));
}

static void open_logs(int ends[2]) {
  if (mkdirat(run_dir, "logs", 0755) != 0 && errno != EEXIST) refuse(EXIT_BROKEN, "no log directory: ", strerror(errno));
  log_dir = openat(run_dir, "logs", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  for (int i = 0; i < 2; i++) {
    int ours[2];
    if (pipe2(ours, O_CLOEXEC) != 0) refuse(EXIT_BROKEN, "no pipe: ", strerror(errno));
    fcntl(ours[0], F_SETFL, O_NONBLOCK);
    /* So that the task may open /dev/stdout by name after it has switched users. */
    if (spec.switch_user && fchown(ours[1], spec.uid, spec.gid) != 0) errno = 0;
    logs[i].pipe = ours[0];
    ends[i] = ours[1];
  }
}

static void say(const char *text) {
  snprintf(status.message, sizeof status.message, "%s", text);
  for (char *c = status.message; *c != '\0'; c++) {
    if (*c == '\n' || *c == '\r') *c = ' ';
  }
}

/* Starts the main process; it runs nothing of the task's before it is on record. */
static void start_main(void) {
  int go[2], fail[2], ends[2], null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  open_logs(ends);
  if (null < 0 || pipe2(go, O_CLOEXEC) != 0 || pipe2(fail, O_CLOEXEC) != 0) refuse(EXIT_BROKEN, "no pipe: ", strerror(errno));
  status.started_ms = now_ms();
  status.main_pid = fork();
  if (status.main_pid < 0) refuse(EXIT_BROKEN, "cannot fork: ", strerror(errno));
  if (status.main_pid == 0) {
    close(go[1]);
    child_become(&spec, go[0], fail[1], ends[0], ends[1], null);
  }
  close(go[0]);
  close(fail[1]);
  close(ends[0]);
  close(ends[1]);
  close(null);
  status.phase = "running";
  if (status_write(run_dir, &status) != 0) refuse(EXIT_BROKEN, "cannot record the start: ", strerror(errno));
  if (write(go[1], "g", 1) != 1) refuse(EXIT_BROKEN, "cannot start: ", strerror(errno));
  close(go[1]);
  char text[400];
  ssize_t length = read(fail[0], text, sizeof text - 1); /* end of file: it runs */
  close(fail[0]);
  text[length > 0 ? length : 0] = '\0';
  if (length > 0) say(text);
}

static void record(const char *phase) {
  status.phase = phase;
  status.dropped = logs[0].dropped_total + logs[1].dropped_total;
  if (status_write(run_dir, &status) != 0) errno = 0; /* on a full disk only the end insists */
}

/* Asks politely once, and sets the time at which it is done otherwise. A later request can only shorten it. */
static void begin_end(int64_t grace_ms) {
  int64_t until = monotonic_ms() + grace_ms;
  if (!ending || until < deadline) deadline = until;
  if (ending) return;
  ending = true;
  record("ending");
  if (grace_ms <= 0) return;
  if (spec.polite_to_main_only && !status.main_over) {
    kill(status.main_pid, SIGTERM);
  } else {
    tree_signal(SIGTERM);
    tree_signal(SIGCONT); /* a stopped process hears nothing */
  }
}

/* The server wrote how long to wait; without that file the signal came from somebody else. */
static void on_request(bool by_signal) {
  char text[32];
  int fd = openat(run_dir, "kill", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  if (length < 0 && !by_signal) return;
  if (length >= 0) {
    text[length] = '\0';
    status.killed = true;
    begin_end(strtoll(text, NULL, 10));
  } else {
    status.signalled = true;
    begin_end(spec.grace_ms);
  }
}

static void reap(void) {
  int how;
  pid_t pid;
  while ((pid = waitpid(-1, &how, WNOHANG)) > 0) {
    if (pid == status.main_pid && !status.main_over) {
      status.main_over = true;
      status.wait_status = how;
      bool was_ending = ending;
      begin_end(spec.grace_ms);
      if (was_ending) record("ending"); /* so that the code is known even if this process dies now */
      if (was_ending && spec.polite_to_main_only) tree_signal(SIGTERM);
    }
  }
  childless = pid < 0 && errno == ECHILD;
}

static void drain_signals(void) {
  struct signalfd_siginfo info;
  while (read(signals, &info, sizeof info) == (ssize_t)sizeof info) {
    if (info.ssi_signo == SIGTERM) on_request(true);
  }
}

static void pump_logs(void) {
  for (int i = 0; i < 2; i++) log_pump(&logs[i], log_dir, &spec);
}

/* Ends what is due, and says how long nothing else is. */
static int enforce(void) {
  if (!ending) return -1;
  int64_t left = deadline - monotonic_ms();
  if (left <= 0) {
    tree_signal(SIGKILL);
    deadline = monotonic_ms() + AGAIN_MS; /* what forked meanwhile is met in the next round */
    left = AGAIN_MS;
  }
  return left > 1000 ? 1000 : (int)left;
}

static void watch(void) {
  for (;;) {
    reap();
    if (status.main_over && childless) return;
    int timeout = enforce();
    struct pollfd sources[] = {{signals, POLLIN, 0}, {logs[0].pipe, POLLIN, 0}, {logs[1].pipe, POLLIN, 0}};
    poll(sources, 3, timeout);
    drain_signals();
    pump_logs();
  }
}

/* Runs the command that removes what does not descend from here, such as a container of a daemon. */
static void clean_up(void) {
  if (spec.cleanup == NULL) return;
  pid_t pid = fork();
  if (pid == 0) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(spec.cleanup[0], spec.cleanup, spec.envp);
    _exit(127);
  }
  int64_t until = monotonic_ms() + CLEANUP_MS;
  while (pid > 0 && waitpid(pid, NULL, WNOHANG) == 0) {
    if (monotonic_ms() > until) kill(pid, SIGKILL);
    poll(NULL, 0, 20);
  }
  while (waitpid(-1, NULL, WNOHANG) >= 0) {
    tree_signal(SIGKILL);
    poll(NULL, 0, 20);
  }
}

/* Becomes a command inside a running task (a health check): its user, its cgroups, its environment. */
static int run_probe(void) {
  int go[2], null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const char *problem = spec_from_pipe(0, &spec);
  if (problem == NULL && pipe2(go, O_CLOEXEC) == 0 && write(go[1], "g", 1) == 1) {
    child_become(&spec, go[0], 2, 1, 2, null);
  }
  fprintf(stderr, "%s\n", problem != NULL ? problem : strerror(errno));
  return EXIT_BAD_SPEC;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--probe") == 0) return run_probe();
  if (argc != 2) {
    fprintf(stderr, "usage: homeport-supervisor RUN-DIRECTORY\n       homeport-supervisor --probe <SPEC\n");
    return 64;
  }
  become_daemon();
  run_dir = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (run_dir < 0) refuse(EXIT_BAD_SPEC, "no run directory: ", strerror(errno));
  if (lock_file(run_dir, "lock") < 0) refuse(EXIT_ALREADY_RUN, "another supervisor has this run", "");
  if (faccessat(run_dir, "status", F_OK, 0) == 0) refuse(EXIT_ALREADY_RUN, "this run has been started before", "");
  const char *problem = spec_read(run_dir, &spec);
  if (problem != NULL) refuse(EXIT_BAD_SPEC, problem, "");
  const char *taken = lock_volumes(&spec);
  if (taken != NULL) refuse(EXIT_VOLUME_IN_USE, "somebody holds the lock of a volume: ", taken);
  catch_signals();
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  start_main();
  tell(EXIT_STARTED, "", "");
  on_request(false); /* the server may have asked before there was anybody to hear it */
  watch();
  pump_logs();
  clean_up();
  status.ended_ms = now_ms();
  status.phase = "ended";
  status.dropped = logs[0].dropped_total + logs[1].dropped_total;
  while (status_write(run_dir, &status) != 0) sleep(1); /* the volumes stay locked until it is told */
  return 0;
}
