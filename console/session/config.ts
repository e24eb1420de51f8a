/** Where people sign in; `GET /config.json`, no secrets. */
export interface SessionConfig {
  readonly issuer: string;
  readonly clientId: string;
}

/** @throws where the server has none: the console cannot do anything without it. */
export async function loadConfig(): Promise<SessionConfig> {
  const response = await fetch("/config.json", { cache: "no-store", credentials: "omit" });
  const body = (await response.json()) as Partial<SessionConfig>;
  if (!response.ok || typeof body.issuer !== "string" || typeof body.clientId !== "string")
    throw new Error("config.json names no issuer");
  return { issuer: body.issuer, clientId: body.clientId };
}
