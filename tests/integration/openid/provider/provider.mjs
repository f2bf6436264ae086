// A provider of identities on a free port: anybody signs in, with any name and password.

import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "gateway",
      client_secret: "secret of the gateway",
      redirect_uris: [process.argv[2]],
    },
  ],
  claims: { openid: ["sub"], email: ["email"] },
  cookies: { keys: ["a key for tests"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com` }),
  }),
});
server.on("request", provider.callback());
console.log(issuer);
