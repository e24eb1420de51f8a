import { createRequire } from "node:module";
import type { Answer, Call } from "../gate/call.ts";

interface EmbeddedTables {
  handle(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

type RequestListener = (request: object, response: object) => void;

interface DynaliteServer {
  listeners(event: "request"): RequestListener[];
  close(done: (fault?: Error) => void): void;
}

interface LevelReads {
  _get(key: unknown, options: object): Promise<unknown>;
  _getSync?(key: unknown, options: object): unknown;
}

const require = createRequire(import.meta.url);
const dynalite = require("dynalite") as (options: object) => DynaliteServer;

/**
 * LevelDB finds a row in microseconds; handing that to a thread of its own and hearing back costs several times as much,
 * and each call reads twice at the least. Measured: a quarter of the processor time of a call.
 */
function readInThisThread(): void {
  const { Level } = createRequire(require.resolve("dynalite"))("level") as { Level: { prototype: LevelReads } };
  const { prototype } = Level;
  if (!prototype._getSync) throw new Error("LevelDB reads in its own threads only: its version is not the one pinned");
  prototype._get = async function (this: LevelReads, key, options) {
    return this._getSync?.(key, options);
  };
}

/**
 * DynamoDB's embedded part: dynalite on LevelDB in `folder`. Calls go to its request listener in this process, so that
 * the gate in front costs no second trip over HTTP.
 */
export function openTables(folder: string): EmbeddedTables {
  readInThisThread();
  const server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [listener] = server.listeners("request");
  if (listener === undefined) throw new Error("dynalite has no request listener: its version is not the one pinned");
  return {
    handle: (call) => new Promise((resolve) => listener(replay(call), capture(resolve))),
    close: () => closeDatabase(server),
  };
}

/** A request whose body has been read already, with as much of Node's interface as dynalite uses. */
function replay({ headers, body }: Call): object {
  const bytes = Buffer.from(body);
  return {
    method: "POST",
    url: "/",
    headers,
    on(event: string, listener: (chunk?: Buffer) => void) {
      if (event === "data" && bytes.length > 0) listener(bytes);
      if (event === "end") listener();
    },
    removeAllListeners() {},
  };
}

function capture(done: (answer: Answer) => void): object {
  const headers: Record<string, string> = {};
  const response = {
    statusCode: 200,
    setHeader(name: string, value: string | number) {
      headers[name.toLowerCase()] = String(value);
    },
    end(body = "") {
      done({ status: response.statusCode, headers, body });
    },
  };
  return response;
}

/** dynalite complains that its server was never opened and leaves its database open: that ends with the thread. */
function closeDatabase(server: DynaliteServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((fault) => {
      const code = (fault as NodeJS.ErrnoException | undefined)?.code;
      if (fault == null || code === "ERR_SERVER_NOT_RUNNING") resolve();
      else reject(fault);
    });
  });
}
