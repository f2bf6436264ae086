/* The limit that the gateway is compared with: one thread, one epoll, one prebuilt frame.
 *
 * At each multiple of 1/HZ seconds of the wall clock it writes the same WebSocket frame, made once
 * of the text in FILE, to every client that has authenticated (any text message does). It polls
 * nothing, parses no JSON and checks no token. A client that does not read gets no new frame
 * until the rest of its last one has gone out.
 *
 * Usage: reference FILE HZ. Listens on a free port of 127.0.0.1 and prints its number.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MOST_FILES 65536
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define AUTHENTICATED "{\"type\":\"authenticated\",\"message\":\"Authentication successful.\"}"

enum state { FREE, HANDSHAKE, OPEN, WATCHING };

struct client {
    enum state state;
    size_t unsent; /* bytes of the frame that the kernel has not taken yet */
};

static struct client clients[MOST_FILES];
static int most_fd;
static uint8_t *frame;
static size_t frame_length;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static uint32_t rotated(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static void sha1_block(uint32_t hash[5], const uint8_t *block) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = rotated(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? (b & c) | (~b & d)
                     : i < 40 ? b ^ c ^ d
                     : i < 60 ? (b & c) | (b & d) | (c & d)
                              : b ^ c ^ d;
        static const uint32_t k[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
        uint32_t next = rotated(a, 5) + f + e + k[i / 20] + w[i];
        e = d;
        d = c;
        c = rotated(b, 30);
        b = a;
        a = next;
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
    hash[4] += e;
}

/* The SHA-1 of a text of 60 characters (a key and the GUID), which with its padding fills two
 * blocks, in base64. */
static void accept_key(const char key[24], char answer[29]) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t hash[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    uint8_t text[128] = {0}, sum[21] = {0};
    memcpy(text, key, 24);
    memcpy(text + 24, GUID, 36);
    text[60] = 0x80;
    text[126] = 60 * 8 >> 8;
    text[127] = 60 * 8 & 255;
    sha1_block(hash, text);
    sha1_block(hash, text + 64);
    for (int i = 0; i < 20; i++) sum[i] = hash[i / 4] >> (24 - i % 4 * 8);
    for (int i = 0; i < 7; i++) {
        uint32_t three = sum[3 * i] << 16 | sum[3 * i + 1] << 8 | sum[3 * i + 2];
        for (int j = 0; j < 4; j++) answer[4 * i + j] = digits[three >> (18 - 6 * j) & 63];
    }
    answer[27] = '=';
    answer[28] = 0;
}

static void read_frame(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    fseek(file, 0, SEEK_END);
    size_t length = ftell(file), header = length < 126 ? 2 : length < 65536 ? 4 : 10;
    rewind(file);
    frame_length = header + length;
    frame = calloc(1, frame_length);
    frame[0] = 0x81;
    frame[1] = header == 2 ? length : header == 4 ? 126 : 127;
    for (size_t i = 2; i < header; i++) frame[i] = length >> 8 * (header - 1 - i);
    if (fread(frame + header, 1, length, file) != length) fail(path);
    fclose(file);
}

static void drop(int fd) {
    clients[fd].state = FREE;
    close(fd);
}

static void send_frame(int fd) {
    struct client *client = &clients[fd];
    size_t left = client->unsent ? client->unsent : frame_length;
    ssize_t sent = send(fd, frame + frame_length - left, left, MSG_NOSIGNAL);
    if (sent >= 0) {
        client->unsent = left - sent;
    } else if (errno != EAGAIN) {
        drop(fd);
    }
}

static void tick(void) {
    for (int fd = 0; fd <= most_fd; fd++)
        if (clients[fd].state == WATCHING) send_frame(fd);
}

static void upgrade(int fd, char *request) {
    char *key = strcasestr(request, "sec-websocket-key: "), answer[256], accepted[29];
    if (!key || strlen(key) < 19 + 24) {
        drop(fd);
        return;
    }
    accept_key(key + 19, accepted);
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                          accepted);
    clients[fd].state = OPEN;
    if (send(fd, answer, length, MSG_NOSIGNAL) != length) drop(fd);
}

/* Messages are short and their senders ours, so each is taken to arrive in one piece. */
static void hear(int fd) {
    char message[8192];
    ssize_t length = recv(fd, message, sizeof message - 1, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0 || (clients[fd].state != HANDSHAKE && (message[0] & 15) == 8)) {
        drop(fd);
        return;
    }
    message[length] = 0;
    if (clients[fd].state == HANDSHAKE) {
        upgrade(fd, message);
    } else if (clients[fd].state == OPEN) {
        static const uint8_t header[2] = {0x81, sizeof AUTHENTICATED - 1};
        char answer[2 + sizeof AUTHENTICATED - 1];
        memcpy(answer, header, 2);
        memcpy(answer + 2, AUTHENTICATED, sizeof AUTHENTICATED - 1);
        clients[fd].state = WATCHING;
        if (send(fd, answer, sizeof answer, MSG_NOSIGNAL) != sizeof answer) drop(fd);
    }
}

static void watch(int poller, int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) fail("epoll");
}

static void welcome(int poller, int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MOST_FILES) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        clients[fd] = (struct client){.state = HANDSHAKE};
        if (fd > most_fd) most_fd = fd;
        watch(poller, fd);
    }
}

static int listen_and_tell(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1024)) fail("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static int start_ticking(double hz) {
    int timer = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK);
    int64_t period = 1e9 / hz;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t first = ((now.tv_sec * 1000000000ll + now.tv_nsec) / period + 1) * period;
    struct itimerspec ticks = {
        .it_value = {first / 1000000000ll, first % 1000000000ll},
        .it_interval = {period / 1000000000ll, period % 1000000000ll},
    };
    if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &ticks, NULL)) fail("timer");
    return timer;
}

int main(int count, char **values) {
    struct rlimit files;
    if (count != 3) return fprintf(stderr, "usage: reference FILE HZ\n"), 1;
    read_frame(values[1]);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    int poller = epoll_create1(0), listener = listen_and_tell();
    int timer = start_ticking(atof(values[2]));
    watch(poller, listener);
    watch(poller, timer);
    for (;;) {
        struct epoll_event events[256];
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            uint64_t expired;
            if (fd == listener) welcome(poller, listener);
            else if (fd != timer) hear(fd);
            else if (read(timer, &expired, sizeof expired) == sizeof expired) tick();
        }
    }
}
