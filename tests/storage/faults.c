/* A disk that fails, or a process that dies, at the n-th change of files below a directory: loaded by LD_PRELOAD.

   FAULT_UNDER is the directory. FAULT_HOW is `kill` (before the change), `after` (it), `short` (half of a write is
   taken, and then there is no room) or the number of an error; FAULT_AT is the change, from 1 on, and FAULT_LAST the
   last that fails. FAULT_COUNT is a file outside of the directory that gets a byte for each change. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GO_ON, FAIL, SHORT, DIE };

static int is_ours(const char *path) {
    const char *under = getenv("FAULT_UNDER");
    return under && strncmp(path, under, strlen(under)) == 0;
}

static int is_open_ours(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

static int verdict(int concerns_us) {
    static long count, counter = -1;
    if (!concerns_us) return GO_ON;
    if (counter < 0) counter = open(getenv("FAULT_COUNT"), O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (syscall(SYS_write, counter, ".", 1) != 1) abort();
    long now = __sync_add_and_fetch(&count, 1), at = atol(getenv("FAULT_AT")), last = atol(getenv("FAULT_LAST"));
    const char *how = getenv("FAULT_HOW");
    if (now < at || now > last) return GO_ON;
    if (!strcmp(how, "kill")) kill(getpid(), SIGKILL);
    if (!strcmp(how, "after")) return DIE;
    if (!strcmp(how, "short") && now == at) return SHORT;
    errno = strcmp(how, "short") ? atoi(how) : ENOSPC;
    return FAIL;
}

#define CHANGE(type, name, declared, given, concerns_us)                                   \
    type name declared {                                                                   \
        static type(*real) declared;                                                       \
        if (!real) real = (type(*) declared)dlsym(RTLD_NEXT, #name);                       \
        int then = verdict(concerns_us);                                                   \
        if (then == FAIL) return -1;                                                       \
        type done = real given;                                                            \
        if (then == DIE) kill(getpid(), SIGKILL);                                          \
        return done;                                                                       \
    }
#define TAKEN (then == SHORT && size > 1 ? size / 2 : size)

CHANGE(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, TAKEN), is_open_ours(file))
CHANGE(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, TAKEN, at), is_open_ours(file))
CHANGE(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, TAKEN, at), is_open_ours(file))
CHANGE(int, fsync, (int file), (file), is_open_ours(file))
CHANGE(int, fdatasync, (int file), (file), is_open_ours(file))
CHANGE(int, ftruncate, (int file, off_t size), (file, size), is_open_ours(file))
CHANGE(int, ftruncate64, (int file, off64_t size), (file, size), is_open_ours(file))
CHANGE(int, rename, (const char *from, const char *to), (from, to), is_ours(to))
CHANGE(int, unlink, (const char *path), (path), is_ours(path))
CHANGE(int, mkdir, (const char *path, mode_t mode), (path, mode), is_ours(path))
