/*
 * The supervisor of one task.
 *
 * It is a small static program that starts a task's main process, outlives the server that started
 * it, and answers for the task alone: it holds the locks of the task's volumes, keeps its logs
 * bounded, ends the whole process tree, and records the outcome durably. It talks to the server
 * through files in the task's run directory only:
 *
 *   lock       held (OFD write lock) for as long as this process lives
 *   spec       what to run; read once and removed at once, since it holds the environment
 *   status     what is known; replaced as a whole, each time durably
 *   kill       written by the server: the grace period in ms, then SIGTERM is the wake-up
 *   logs/      stdout.<offset>, stderr.<offset>: segments named by the offset of their first byte
 */
#ifndef HOMEPORT_SUPERVISOR_H
#define HOMEPORT_SUPERVISOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Exit codes of the launching process, all known to the server (sysexits.h where one fits). */
enum {
  EXIT_STARTED = 0,
  EXIT_BAD_SPEC = 65,
  EXIT_BROKEN = 71,
  EXIT_VOLUME_IN_USE = 75,
  EXIT_ALREADY_RUN = 76,
};

/* ---- locks.c: one supervisor a run, one tenant a volume ---- */

struct spec;

/* Takes an OFD write lock that conflicts with java.nio's file locks; -1 if somebody else has it. */
int lock_file(int dir, const char *name);

/* Locks every volume of the spec; returns the lock directory that is taken, or NULL if none is. */
const char *lock_volumes(struct spec *spec);

/* ---- spec.c: what to run ---- */

#define MAX_LOCKS 64
#define MAX_GROUPS 64
#define MAX_LIMITS 16
#define MAX_CGROUPS 16

struct limit {
  int resource;
  uint64_t soft, hard;
};

struct spec {
  const char *task;
  const char *directory;             /* where the main process starts */
  char **argv, **envp;               /* NULL-terminated */
  char **cleanup;                    /* run after the end; NULL if none */
  const char *locks[MAX_LOCKS];      /* one directory for each volume: holds "owner" and "tenant" */
  int tenants[MAX_LOCKS];            /* descriptors of the "tenant" locks, which the task inherits */
  size_t lock_count;
  const char *cgroups[MAX_CGROUPS];  /* directories with a cgroup.procs to join */
  size_t cgroup_count;
  struct limit limits[MAX_LIMITS];
  size_t limit_count;
  bool switch_user;
  uid_t uid;
  gid_t gid;
  gid_t groups[MAX_GROUPS];
  size_t group_count;
  bool polite_to_main_only;          /* SIGTERM to the main process, not the tree (containers) */
  int64_t grace_ms;
  int64_t log_bytes;                 /* size of a segment */
  int log_segments;                  /* how many are kept */
};

/* Reads and removes the file "spec" of the run directory. Returns a message, or NULL if all is well. */
const char *spec_read(int run_dir, struct spec *spec);

/* Reads a spec from a pipe, up to its end. */
const char *spec_from_pipe(int fd, struct spec *spec);

/* ---- status.c: what is known ---- */

struct status {
  const char *phase; /* starting, running, ending, ended */
  pid_t main_pid;
  int64_t started_ms, ended_ms;
  bool main_over, killed, signalled;
  int wait_status;
  int64_t dropped; /* bytes of output that found no room */
  char message[512];
};

/* Replaces the file "status" of the run directory; returns 0 once it is safe on disk. */
int status_write(int run_dir, const struct status *status);

/* Milliseconds since 1970. */
int64_t now_ms(void);

/* Milliseconds of a clock that is never set. */
int64_t monotonic_ms(void);

/* ---- logs.c: bounded output ---- */

struct log {
  const char *name; /* stdout or stderr */
  int pipe;         /* where the output comes from; -1 once over */
  int file;         /* the current segment; -1 if it could not be opened */
  int64_t start;    /* offset of the segment's first byte */
  int64_t size;     /* bytes in the segment */
  int64_t dropped;  /* bytes not written since the last note */
  int64_t dropped_total;
};

/* Moves what is in the pipe to the log. Never blocks; never gives up on a full disk, but drops. */
void log_pump(struct log *log, int log_dir, const struct spec *spec);

/* ---- tree.c: the processes of the task ---- */

/* Sends a signal to every descendant of this process; returns how many there were. */
int tree_signal(int signal);

/* The start time of a process in clock ticks since boot (proc(5), stat field 22); 0 if it is gone. */
uint64_t start_ticks(pid_t pid);

/* ---- child.c: becoming the task ---- */

/* In the child: waits for a byte on `go`, then becomes the main process. Reports why not on `fail`. */
_Noreturn void child_become(const struct spec *spec, int go, int fail, int out, int err, int null);

#endif
