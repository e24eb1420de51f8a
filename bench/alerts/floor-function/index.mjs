import { request } from "node:http";

// The least that a function between a queue and receivers can do: posts each message's body, as often as it says.

const post = (url, body) =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), connection: "close" },
    });
    outgoing.on("response", (answer) => answer.resume().on("end", resolve));
    outgoing.on("error", reject);
    outgoing.end(body);
  });

export const handler = async ({ Records }) => {
  await Promise.all(
    Records.flatMap(({ body }) => {
      const { url, posts } = JSON.parse(body);
      return Array.from({ length: posts }, (_, n) => post(`${url}/${n}`, body));
    }),
  );
  return { batchItemFailures: [] };
};
