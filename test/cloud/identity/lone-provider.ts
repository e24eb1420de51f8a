import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalHandler } from "../../../local/gateway/gateway.ts";
import { mountIdentity } from "../../../local/identity/mount.ts";
import { identitySecrets } from "../../../local/identity/secrets.ts";
import type { SigningIn } from "./sign-in.ts";

/** The embedded provider by itself. Beside it is `/signed-in`, an empty page, and nothing else. */
export class LoneProvider {
  readonly logged: string[] = [];
  readonly #dataDir = mkdtempSync(join(tmpdir(), "touchstone-identity-"));
  #server: Server | undefined;

  async open(): Promise<SigningIn> {
    const secrets = await identitySecrets(this.#dataDir);
    let handle: LocalHandler = () => false;
    const server = createServer(async (request, response) => {
      if (await handle(request, response)) return;
      response.writeHead(request.url?.startsWith("/signed-in") ? 204 : 404).end();
    });
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const plan = {
      issuer: `${url}/oidc`,
      clientId: "console",
      scopes: ["openid"],
      callbackUrls: [`${url}/signed-in`],
      logoutUrls: [`${url}/`],
      accessTokenSeconds: 900,
      idTokenSeconds: 900,
      refreshTokenSeconds: 3_600,
      rotates: true,
      revokes: true,
    };
    handle = mountIdentity(plan, secrets, (line) => this.logged.push(line));
    return { url, signIn: { issuer: plan.issuer, clientId: plan.clientId, password: secrets.password } };
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
