/* One WebSocket client: the upgrade, frames out, frames in, with nothing allocated for a frame.
 *
 * Of each message only its head is kept, which is enough to know its type. Whoever includes this
 * defines on_upgrade and on_message.
 */
#include <errno.h>
#include <sys/socket.h>

#define HEAD 160
#define REQUEST_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPTED_KEY "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

enum state { UNOPENED, CONNECTING, HANDSHAKE, WAITING, READY, CLOSED };
enum opcode { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

struct client {
    int fd;
    enum state state;
    int stuck, has_frame;
    char response[768];
    size_t response_length;
    uint8_t header[10];
    size_t header_length;
    uint8_t opcode;
    uint64_t length, left;
    char head[HEAD + 1];
    size_t head_length;
    int64_t last_tick;
    uint64_t ticks_seen;
};

static void on_upgrade(struct client *client);
static void on_message(struct client *client, int64_t now);

static void ask_for_upgrade(struct client *client, int port) {
    static const char form[] =
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: " REQUEST_KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n";
    char request[512];
    int error = 0, length = snprintf(request, sizeof request, form, port);
    socklen_t size = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        errno = error;
        fail("connect");
    }
    if (send(client->fd, request, length, MSG_NOSIGNAL) != length) fail("send");
    client->state = HANDSHAKE;
}

/* Client frames are masked; with a key of zeros the masked payload is the payload. */
static void send_frame(struct client *client, enum opcode opcode, const char *payload,
                       size_t length) {
    uint8_t frame[4096];
    size_t at = 2;
    if (length > sizeof frame - 8) {
        fprintf(stderr, "a message of %zu bytes is too long to send\n", length);
        exit(2);
    }
    frame[0] = 0x80 | opcode;
    if (length < 126) {
        frame[1] = 0x80 | length;
    } else {
        frame[1] = 0x80 | 126;
        frame[2] = length >> 8;
        frame[3] = length & 255;
        at = 4;
    }
    memset(frame + at, 0, 4);
    memcpy(frame + at + 4, payload, length);
    if (send(client->fd, frame, at + 4 + length, MSG_NOSIGNAL) < 0 && errno != EAGAIN &&
        errno != EPIPE && errno != ECONNRESET)
        fail("send");
}

static void take_frames(struct client *client, const uint8_t *at, size_t length, int64_t now) {
    const uint8_t *end = at + length;
    while (at < end) {
        if (client->left) {
            size_t part = (size_t)(end - at) < client->left ? (size_t)(end - at) : client->left;
            if (client->head_length < HEAD) {
                size_t room = HEAD - client->head_length, kept = part < room ? part : room;
                memcpy(client->head + client->head_length, at, kept);
                client->head_length += kept;
                client->head[client->head_length] = 0;
            }
            at += part;
            client->left -= part;
            if (!client->left) on_message(client, now);
            continue;
        }
        client->header[client->header_length++] = *at++;
        if (client->header_length < 2) continue;
        uint8_t short_length = client->header[1] & 127;
        size_t needed = short_length == 126 ? 4 : short_length == 127 ? 10 : 2;
        if (client->header_length < needed) continue;
        if (client->header[1] & 0x80 || client->header[0] & 0x70 || !(client->header[0] & 0x80)) {
            fprintf(stderr, "not a whole, bare, unmasked frame: %02x %02x\n", client->header[0],
                    client->header[1]);
            exit(3);
        }
        client->length = short_length;
        if (needed > 2) {
            client->length = 0;
            for (size_t i = 2; i < needed; i++)
                client->length = client->length << 8 | client->header[i];
        }
        client->opcode = client->header[0] & 15;
        client->left = client->length;
        client->header_length = client->head_length = 0;
        client->head[0] = 0;
        if (!client->left) on_message(client, now);
    }
}

/* Takes what has just arrived for a client, be it the answer to the upgrade, frames or both. */
static void take_bytes(struct client *client, const char *bytes, size_t length, int64_t now) {
    if (client->state == HANDSHAKE) {
        size_t before = client->response_length;
        size_t room = sizeof client->response - 1 - before, kept = length < room ? length : room;
        memcpy(client->response + before, bytes, kept);
        client->response_length += kept;
        client->response[client->response_length] = 0;
        char *end = strstr(client->response, "\r\n\r\n");
        if (!end) return;
        if (strncmp(client->response, "HTTP/1.1 101", 12) ||
            !strstr(client->response, ACCEPTED_KEY)) {
            fprintf(stderr, "the upgrade was refused: %.200s\n", client->response);
            exit(2);
        }
        size_t used = end + 4 - client->response - before;
        bytes += used;
        length -= used;
        on_upgrade(client);
    }
    take_frames(client, (const uint8_t *)bytes, length, now);
}
