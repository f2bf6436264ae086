/* The benchmark's load generator: many WebSockets, one thread, nothing allocated for a frame.
 *
 * It opens --sockets connections to 127.0.0.1:--port, sends {"type":"authenticate"} on each with
 * a token of --tokens (a file, one a line, taken in turn), and waits until each was answered
 * `authenticated`. After --settle seconds it watches --ticks ticks of the server, which sends a
 * frame to every socket at each multiple of 1/--hz seconds of the wall clock.
 *
 * A frame belongs to the tick in whose period it arrives; its delay is its arrival minus the
 * tick. Whatever comes in the last twentieth of a period counts as the next tick, come early.
 * A socket that got no frame in a period missed one; a second frame in a period is `doubled`.
 *
 * --say is a text that each socket sends once it was let in, such as a subscription.
 * --awake 1 looks for frames without a pause while ticks are watched: a core that sleeps has to be
 * woken by whoever sends, which on a virtual machine costs the sender microseconds a frame.
 * --stuck of the sockets authenticate and then never read. --pid is the server: its CPU clock
 * (all threads, in nanoseconds) and how busy its --core was are read when the ticks begin and
 * when they end, its resident memory before the first connect too; its clock also once all are in,
 * and once each reader has had its first frame. --close 1 says goodbye with close
 * frames instead of
 * resetting the connections. Prints a line when the ticks begin, and at the end one JSON object.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "measuring.h"
#include "wsclient.h"

#define CONNECT_PATIENCE (180 * SECOND)
#define FRAME_PATIENCE (5 * SECOND)
#define CLOSE_PATIENCE (3 * SECOND)

struct server_use {
    int64_t cpu;
    int64_t core;
    long rss_kb;
};

static int port, sockets = 100, stuck, in_flight = 64, polite, awake;
static double hz = 1, settle = 3;
static int64_t ticks = 10;
static pid_t server_pid;
static int server_core;
static const char *say = "";
static char **tokens;
static int token_count;

static struct client *clients;
static int poller, connecting, ready, closed, framed;
static uint64_t errors, doubled, early, frame_bytes;
static struct delays delays;
static int recording;
static int64_t first_tick, period, margin;

static struct server_use use_of_server(void) {
    struct server_use use = {cpu_ns(server_pid), core_busy_ns(server_core), 0};
    char path[64];
    long pages = 0;
    if (!server_pid) return use;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)server_pid);
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%*d %ld", &pages) != 1) fail(path);
    fclose(file);
    use.rss_kb = pages * (sysconf(_SC_PAGESIZE) / 1024);
    return use;
}

static void read_tokens(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    if (!file) fail(path);
    while ((length = getline(&line, &room, file)) > 0) {
        line[strcspn(line, "\r\n")] = 0;
        if (!*line) continue;
        tokens = realloc(tokens, (token_count + 1) * sizeof *tokens);
        tokens[token_count++] = strdup(line);
    }
    free(line);
    fclose(file);
}

static void close_client(struct client *client) {
    if (client->state == READY) ready--;
    else connecting--;
    closed++;
    client->state = CLOSED;
    close(client->fd);
}

static void record_delivery(struct client *client, int64_t now) {
    int64_t since = now + margin - first_tick;
    if (!recording || since < 0) return;
    int64_t tick = since / period;
    if (tick >= ticks) return;
    int64_t delay = now - (first_tick + tick * period);
    frame_bytes = client->length;
    early += delay < 0;
    add_delay(&delays, delay < 0 ? 0 : delay);
    if (tick == client->last_tick) {
        doubled++;
    } else {
        client->last_tick = tick;
        client->ticks_seen++;
    }
}

static void on_message(struct client *client, int64_t now) {
    if (client->opcode == PING) {
        send_frame(client, PONG, client->head, client->head_length);
    } else if (client->opcode == TEXT || client->opcode == BINARY) {
        if (!strncmp(client->head, "{\"type\":\"deviceData\"", 20)) {
            framed += !client->has_frame;
            client->has_frame = 1;
            record_delivery(client, now);
        } else if (!strncmp(client->head, "{\"type\":\"authenticated\"", 23)) {
            if (client->state != WAITING) return;
            client->state = READY;
            connecting--;
            ready++;
            if (*say) send_frame(client, TEXT, say, strlen(say));
            if (client->stuck && epoll_ctl(poller, EPOLL_CTL_DEL, client->fd, NULL)) fail("epoll");
        } else if (*say && !strncmp(client->head, "{\"type\":\"subscribed\"", 20)) {
            return;
        } else if (!errors++) {
            fprintf(stderr, "the server said: %s\n", client->head);
        }
    }
}

static void start(struct client *client, int number) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct linger reset = {1, 0};
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = client};
    int yes = 1, small = 4096;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0) fail("socket");
    client->stuck = number >= sockets - stuck;
    client->last_tick = -1;
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (client->stuck) setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (!polite) setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    if (connect(client->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)
        fail("connect");
    client->state = CONNECTING;
    if (epoll_ctl(poller, EPOLL_CTL_ADD, client->fd, &event)) fail("epoll");
    connecting++;
}

static void on_upgrade(struct client *client) {
    char message[3000];
    const char *token = token_count ? tokens[(client - clients) % token_count] : "none";
    int length = snprintf(message, sizeof message, "{\"type\":\"authenticate\",\"token\":\"%s\"}",
                          token);
    client->state = WAITING;
    send_frame(client, TEXT, message, length);
}

static void on_event(struct client *client) {
    static char buffer[1 << 18];
    if (client->state == CLOSED) return;
    if (client->state == CONNECTING) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        ask_for_upgrade(client, port);
        if (epoll_ctl(poller, EPOLL_CTL_MOD, client->fd, &event)) fail("epoll");
        return;
    }
    ssize_t length = recv(client->fd, buffer, sizeof buffer, 0);
    if (length > 0) take_bytes(client, buffer, length, clock_ns(CLOCK_REALTIME));
    else if (length == 0 || (errno != EAGAIN && errno != EINTR)) close_client(client);
}

static void serve_events(int64_t until) {
    struct epoll_event events[256];
    int64_t left = until - clock_ns(CLOCK_REALTIME);
    int wait = left <= 0 || (awake && recording) ? 0 : left > 10000000 ? 10 : (int)(left / 1000000);
    int count = epoll_wait(poller, events, 256, wait);
    for (int i = 0; i < count; i++) on_event(events[i].data.ptr);
}

static void serve_until(int64_t moment) {
    while (clock_ns(CLOCK_REALTIME) < moment) serve_events(moment);
}

static void connect_all(void) {
    int64_t give_up = clock_ns(CLOCK_REALTIME) + CONNECT_PATIENCE;
    int next = 0;
    while (ready < sockets) {
        while (next < sockets && connecting < in_flight) {
            start(&clients[next], next);
            next++;
        }
        int64_t now = clock_ns(CLOCK_REALTIME);
        serve_events(now + 5000000);
        if (closed || now > give_up) {
            fprintf(stderr, "of %d sockets %d are ready and %d were closed\n", sockets, ready,
                    closed);
            exit(2);
        }
    }
}

static void wait_for_first_frames(void) {
    int64_t give_up = clock_ns(CLOCK_REALTIME) + FRAME_PATIENCE;
    while (framed < sockets - stuck && clock_ns(CLOCK_REALTIME) < give_up)
        serve_events(clock_ns(CLOCK_REALTIME) + 5000000);
}

static void say_goodbye(void) {
    int64_t give_up = clock_ns(CLOCK_REALTIME) + CLOSE_PATIENCE;
    for (int i = 0; i < sockets; i++)
        if (clients[i].state == READY) send_frame(&clients[i], CLOSE, "\x03\xe8", 2);
    while (ready > stuck && clock_ns(CLOCK_REALTIME) < give_up) serve_events(give_up);
}

static void read_options(int count, char **values) {
    static const struct option known[] = {
        {"port", 1, 0, 'p'},   {"sockets", 1, 0, 'n'}, {"stuck", 1, 0, 's'},
        {"tokens", 1, 0, 't'}, {"hz", 1, 0, 'z'},      {"ticks", 1, 0, 'k'},
        {"settle", 1, 0, 'w'}, {"pid", 1, 0, 'i'},     {"in-flight", 1, 0, 'f'},
        {"core", 1, 0, 'o'},   {"close", 1, 0, 'c'},   {"say", 1, 0, 'a'},
        {"awake", 1, 0, 'e'},  {0, 0, 0, 0},
    };
    int option;
    while ((option = getopt_long(count, values, "", known, NULL)) != -1) switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'n': sockets = atoi(optarg); break;
        case 's': stuck = atoi(optarg); break;
        case 't': read_tokens(optarg); break;
        case 'z': hz = atof(optarg); break;
        case 'k': ticks = atoll(optarg); break;
        case 'w': settle = atof(optarg); break;
        case 'i': server_pid = atoi(optarg); break;
        case 'o': server_core = atoi(optarg); break;
        case 'f': in_flight = atoi(optarg); break;
        case 'a': say = optarg; break;
        case 'e': awake = atoi(optarg); break;
        case 'c': polite = atoi(optarg); break;
        default: exit(2);
    }
    if (port < 1 || sockets < 1 || stuck < 0 || stuck > sockets || hz <= 0 || ticks < 1) {
        fprintf(stderr, "see the head of wsload.c for what has to be given\n");
        exit(2);
    }
}

static void raise_file_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < (rlim_t)sockets + 16) {
        fprintf(stderr, "%d sockets need a higher limit of open files\n", sockets);
        exit(2);
    }
}

int main(int count, char **values) {
    read_options(count, values);
    raise_file_limit();
    clients = calloc(sockets, sizeof *clients);
    poller = epoll_create1(0);
    if (!clients || poller < 0) fail("starting");
    period = SECOND / hz;
    margin = period / 20;

    struct server_use at_rest = use_of_server();
    int64_t began = clock_ns(CLOCK_REALTIME);
    connect_all();
    int64_t connected = clock_ns(CLOCK_REALTIME);
    struct server_use with_everybody = use_of_server();
    wait_for_first_frames();
    struct server_use with_frames = use_of_server();
    serve_until(connected + (int64_t)(settle * SECOND));

    first_tick = (clock_ns(CLOCK_REALTIME) / period + 2) * period;
    serve_until(first_tick - margin);
    recording = 1;
    puts("watching");
    fflush(stdout);
    struct server_use before = use_of_server();
    int64_t own_before = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    int64_t from = clock_ns(CLOCK_REALTIME);
    serve_until(first_tick + ticks * period - margin);
    recording = 0;
    struct server_use after = use_of_server();
    int64_t own = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - own_before;
    int64_t lasted = clock_ns(CLOCK_REALTIME) - from;

    uint64_t missed_frames = 0, missed_sockets = 0;
    for (int i = 0; i < sockets - stuck; i++) {
        missed_frames += ticks - clients[i].ticks_seen;
        missed_sockets += clients[i].ticks_seen < (uint64_t)ticks;
    }
    int closed_meanwhile = closed;
    if (polite) say_goodbye();
    printf("{\"sockets\":%d,\"stuck\":%d,\"hz\":%g,\"ticks\":%ld,\"seconds\":%.3f,"
           "\"deliveries\":%lu,\"frame_bytes\":%lu,\"missed_frames\":%lu,"
           "\"missed_sockets\":%lu,\"doubled\":%lu,\"early\":%lu,\"errors\":%lu,\"closed\":%d,"
           "\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f,"
           "\"server_cpu\":%.6f,\"core_busy\":%.3f,\"generator_busy\":%.3f,"
           "\"connect_seconds\":%.3f,\"connect_cpu\":%.6f,\"first_frame_cpu\":%.6f,"
           "\"rss_at_rest_kb\":%ld,\"rss_before_kb\":%ld,"
           "\"rss_after_kb\":%ld}\n",
           sockets, stuck, hz, (long)ticks, (double)lasted / SECOND, delays.count,
           frame_bytes, missed_frames, missed_sockets, doubled, early, errors, closed_meanwhile,
           percentile_ms(&delays, 0.5), percentile_ms(&delays, 0.99), delays.greatest / 1e6,
           (double)(after.cpu - before.cpu) / SECOND,
           (double)(after.core - before.core) / SECOND, (double)own / lasted,
           (double)(connected - began) / SECOND, (double)(with_everybody.cpu - at_rest.cpu) / SECOND,
           (double)(with_frames.cpu - at_rest.cpu) / SECOND,
           at_rest.rss_kb, before.rss_kb, after.rss_kb);
    return 0;
}
