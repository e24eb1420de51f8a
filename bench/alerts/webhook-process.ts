import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import type { Arrival, Asked, Told } from "./webhook-receiver.ts";

// The receiver, a process of its own: notes when each message came, of which event, and whether its signature holds.
// /hook/NAME answers at once, /dead/NAME never, /floor/NAME/N takes what the floor posts, which is not signed.

const verifiers = new Map<string, Webhook>();
let arrivals: Arrival[] = [];
/** Messages to living receivers since the arrivals were taken. */
const seen = new Set<string>();

interface Item {
  readonly ref: { readonly id: string };
  readonly receivedAt: string;
}

interface ToldOf {
  readonly at: string;
  readonly item?: Item;
}

interface Body {
  readonly data?: ToldOf & {
    readonly first?: ToldOf;
    readonly subject?: { readonly by: string; readonly id: string };
  };
  readonly at?: string;
}

/** What it tells of: an event by itself by its item, an alert by its subject. */
function contentOf(body: string): Pick<Arrival, "about" | "item" | "since" | "receivedAt"> {
  const { data, at } = JSON.parse(body) as Body;
  const event = data?.first ?? data;
  const { item } = event ?? {};
  const about = data?.subject ? `alert ${data.subject.by} ${data.subject.id}` : `event ${item?.ref.id}`;
  return {
    about,
    item: item?.ref.id ?? "",
    since: Date.parse(event?.at ?? at ?? ""),
    receivedAt: Date.parse(item?.receivedAt ?? ""),
  };
}

function isSigned(name: string, headers: IncomingMessage["headers"], body: string): boolean {
  try {
    verifiers.get(name)?.verify(body, headers as Record<string, string>);
    return verifiers.has(name);
  } catch {
    return false;
  }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = Date.now();
  const { url = "", headers } = request;
  const [, how = "", name = "", part = ""] = url.split("/");
  const body = await text(request);
  if (how !== "dead") response.writeHead(200).end();
  const id = how === "floor" ? `${name}/${part}` : String(headers["webhook-id"]);
  const signed = how === "floor" || isSigned(name, headers, body);
  if (how === "hook") seen.add(id);
  arrivals.push({ how, name, id, at, signed, ...contentOf(body) });
}

const tell = (told: Told): void => void process.send?.(told);

process.on("message", (asked: Asked) => {
  switch (asked.kind) {
    case "open": {
      const server = createServer((request, response) => {
        receive(request, response).catch(() => response.destroy());
      });
      return server.listen(0, "127.0.0.1", () => tell({ kind: "open", port: (server.address() as AddressInfo).port }));
    }
    case "secrets":
      for (const [name, secret] of Object.entries(asked.secrets)) verifiers.set(name, new Webhook(secret));
      return tell({ kind: "done" });
    case "count": {
      const { user, system } = process.cpuUsage();
      return tell({ kind: "count", messages: seen.size, cpuMs: (user + system) / 1000 });
    }
    case "take": {
      const taken = arrivals;
      arrivals = [];
      seen.clear();
      return tell({ kind: "arrivals", arrivals: taken });
    }
  }
});
process.on("disconnect", () => process.exit());
