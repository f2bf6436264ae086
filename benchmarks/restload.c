/* The benchmark's REST client: one thread, --connections kept alive, one request at a time on each.
 *
 * Asks 127.0.0.1:--port for GET --target with the first token of --tokens for --seconds, after a
 * second of warming up. Each answer must have a Content-Length; one that is not 200 is counted as
 * refused. --pid is the server, whose CPU clock is read, as is how busy its --core was. Prints one JSON object.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "measuring.h"

struct connection {
    int fd;
    int64_t asked_at;
    char head[4096];
    size_t head_length;
    int64_t body_left; /* below zero while the head has not ended */
};

static int port, connection_count = 32, recording;
static double seconds = 5;
static const char *target = "/";
static pid_t server_pid;
static int server_core;
static char token[3000], request[4096];
static size_t request_length;
static uint64_t refused, body_bytes;
static struct delays delays;
static char buffer[1 << 16];

static void read_token(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file || !fgets(token, sizeof token, file)) fail(path);
    token[strcspn(token, "\r\n")] = 0;
    fclose(file);
}

static void ask(struct connection *connection) {
    connection->head_length = 0;
    connection->body_left = -1;
    connection->asked_at = clock_ns(CLOCK_MONOTONIC);
    if (send(connection->fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length)
        fail("send");
}

static void open_connection(struct connection *connection, int poller) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    int yes = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (epoll_ctl(poller, EPOLL_CTL_ADD, connection->fd, &event)) fail("epoll");
    ask(connection);
}

static void finish(struct connection *connection) {
    if (recording) {
        add_delay(&delays, clock_ns(CLOCK_MONOTONIC) - connection->asked_at);
        if (strncmp(connection->head, "HTTP/1.1 200", 12) && !refused++)
            fprintf(stderr, "refused: %.60s\n", connection->head);
    }
    ask(connection);
}

static void on_bytes(struct connection *connection) {
    ssize_t length = recv(connection->fd, buffer, sizeof buffer, 0);
    if (length <= 0) {
        fprintf(stderr, "the server closed a connection\n");
        exit(2);
    }
    if (connection->body_left < 0) {
        size_t before = connection->head_length, room = sizeof connection->head - 1 - before;
        size_t kept = (size_t)length < room ? (size_t)length : room;
        memcpy(connection->head + before, buffer, kept);
        connection->head_length += kept;
        connection->head[connection->head_length] = 0;
        char *end = strstr(connection->head, "\r\n\r\n");
        if (!end) return;
        char *named = strcasestr(connection->head, "\r\ncontent-length:");
        if (!named || named > end) {
            fprintf(stderr, "an answer without Content-Length\n");
            exit(2);
        }
        connection->body_left = atoll(named + 17);
        if (recording) body_bytes += connection->body_left;
        length -= end + 4 - connection->head - before;
    }
    connection->body_left -= length;
    if (connection->body_left == 0) finish(connection);
}

static void serve_until(int poller, int64_t moment) {
    struct epoll_event events[64];
    while (clock_ns(CLOCK_MONOTONIC) < moment) {
        int count = epoll_wait(poller, events, 64, 10);
        for (int i = 0; i < count; i++) on_bytes(events[i].data.ptr);
    }
}

int main(int count, char **values) {
    static const struct option known[] = {
        {"port", 1, 0, 'p'},    {"connections", 1, 0, 'c'}, {"target", 1, 0, 'u'},
        {"tokens", 1, 0, 't'},  {"seconds", 1, 0, 's'},     {"pid", 1, 0, 'i'},
        {"core", 1, 0, 'o'},
        {0, 0, 0, 0},
    };
    int option, poller = epoll_create1(0);
    while ((option = getopt_long(count, values, "", known, NULL)) != -1) switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'c': connection_count = atoi(optarg); break;
        case 'u': target = optarg; break;
        case 't': read_token(optarg); break;
        case 's': seconds = atof(optarg); break;
        case 'i': server_pid = atoi(optarg); break;
        case 'o': server_core = atoi(optarg); break;
        default: return 2;
    }
    request_length = snprintf(request, sizeof request,
                              "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: application/json\r\n"
                              "Authorization: Bearer %s\r\n\r\n",
                              target, port, token);
    struct connection *connections = calloc(connection_count, sizeof *connections);
    for (int i = 0; i < connection_count; i++) open_connection(&connections[i], poller);
    serve_until(poller, clock_ns(CLOCK_MONOTONIC) + SECOND);

    recording = 1;
    int64_t from = clock_ns(CLOCK_MONOTONIC), own = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    int64_t server = cpu_ns(server_pid), core = core_busy_ns(server_core);
    serve_until(poller, from + (int64_t)(seconds * SECOND));
    int64_t lasted = clock_ns(CLOCK_MONOTONIC) - from;
    own = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - own;
    server = cpu_ns(server_pid) - server;
    core = core_busy_ns(server_core) - core;

    printf("{\"seconds\":%.3f,\"answers\":%lu,\"refused\":%lu,\"body_bytes\":%lu,"
           "\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"server_cpu\":%.6f,\"core_busy\":%.3f,"
           "\"generator_busy\":%.3f}\n",
           (double)lasted / SECOND, delays.count, refused,
           delays.count ? body_bytes / delays.count : 0, percentile_ms(&delays, 0.5),
           percentile_ms(&delays, 0.99), (double)server / SECOND, (double)core / SECOND,
           (double)own / lasted);
    return 0;
}
