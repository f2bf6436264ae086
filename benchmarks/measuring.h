/* Clocks and delays, as both load generators measure them. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ll
#define BUCKET 10000ll /* nanoseconds of one bucket of the histogram */
#define BUCKETS 2000000

struct delays {
    uint32_t buckets[BUCKETS];
    uint64_t count;
    int64_t greatest;
};

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static int64_t clock_ns(clockid_t clock) {
    struct timespec at;
    if (clock_gettime(clock, &at)) fail("clock_gettime");
    return at.tv_sec * SECOND + at.tv_nsec;
}

/* The CPU time of all threads of a process; nothing is measured of process 0. */
static int64_t cpu_ns(pid_t process) {
    clockid_t clock;
    if (!process) return 0;
    if (clock_getcpuclockid(process, &clock)) fail("the server's CPU clock");
    return clock_ns(clock);
}

/* How long a core has been at work for anybody, or was taken away by the hypervisor. */
static int64_t core_busy_ns(int core) {
    char line[512], name[16];
    long user, nice, system, idle, waiting, interrupts, soft_interrupts, stolen;
    FILE *file = fopen("/proc/stat", "r");
    if (!file) fail("/proc/stat");
    snprintf(name, sizeof name, "cpu%d ", core);
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, name, strlen(name))) continue;
        if (sscanf(line + strlen(name), "%ld %ld %ld %ld %ld %ld %ld %ld", &user, &nice, &system,
                   &idle, &waiting, &interrupts, &soft_interrupts, &stolen) != 8)
            fail(line);
        fclose(file);
        long busy = user + nice + system + interrupts + soft_interrupts + stolen;
        return busy * (SECOND / sysconf(_SC_CLK_TCK));
    }
    fprintf(stderr, "there is no core %d\n", core);
    exit(2);
}

static void add_delay(struct delays *delays, int64_t delay) {
    delays->buckets[delay / BUCKET < BUCKETS ? delay / BUCKET : BUCKETS - 1]++;
    delays->count++;
    if (delay > delays->greatest) delays->greatest = delay;
}

static double percentile_ms(const struct delays *delays, double part) {
    uint64_t wanted = part * delays->count, counted = 0;
    for (int i = 0; i < BUCKETS; i++)
        if ((counted += delays->buckets[i]) > wanted) return (i + 0.5) * BUCKET / 1e6;
    return delays->greatest / 1e6;
}
